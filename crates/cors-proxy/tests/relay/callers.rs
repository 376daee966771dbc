//! F: who may use the relay, and what its browser is told.

use cors_proxy::{Callers, Use};

use crate::upstream::Upstream;
use crate::world::{Answer, Setup, World};

const TOOL: &str = "https://tool.example";

async fn world() -> (World, Upstream) {
    let upstream = Upstream::ok().await;
    let mut setup = Setup::allowing(&[&upstream.url("/scim")]);
    setup.origins = vec![TOOL.to_owned()];
    (setup.start().await, upstream)
}

/// A call as the browser makes it for a page at `origin`.
async fn called_from(origin: &str, world: &World, upstream: &Upstream) -> Answer {
    let site = if origin == TOOL { "cross-site" } else { "same-origin" };
    let call = world.call("GET", &upstream.url("/scim/Users")).header("origin", origin);
    call.header("sec-fetch-site", site).send().await
}

#[tokio::test]
async fn f01_a_known_page_may_read_the_answer() {
    let (world, upstream) = world().await;
    for origin in [TOOL, &world.origin()] {
        let answer = called_from(origin, &world, &upstream).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.all("access-control-allow-origin"), [origin]);
        assert_eq!(answer.get("vary"), Some("Origin"));
    }
}

#[tokio::test]
async fn f08_credentials_are_never_allowed() {
    let (world, upstream) = world().await;
    let answer = called_from(TOOL, &world, &upstream).await;
    assert_eq!(answer.get("access-control-allow-credentials"), None);
    let asked = world.request("OPTIONS", "/relay").header("origin", TOOL);
    let answer = asked.header("access-control-request-method", "GET").send().await;
    assert_eq!((answer.status, answer.get("access-control-allow-credentials")), (204, None));
}

#[tokio::test]
async fn f09_what_the_page_may_read_is_a_fixed_list() {
    let (world, upstream) = world().await;
    let answer = called_from(TOOL, &world, &upstream).await;
    let exposed = answer.get("access-control-expose-headers").unwrap();
    for name in [
        "etag",
        "retry-after",
        "location",
        "content-type",
        "x-relay-status",
        "x-relay-outcome",
        "x-relay-www-authenticate",
        "x-relay-timing",
        "x-relay-tls",
    ] {
        assert!(exposed.split(", ").any(|listed| listed == name), "{name}");
    }
    assert!(!exposed.contains('*') && !exposed.contains("set-cookie"));
}

#[tokio::test]
async fn f01_a_fault_is_readable_by_the_page_too() {
    let (world, _) = world().await;
    let answer = world.call("GET", "https://off.example/").header("origin", TOOL).send().await;
    answer.expect_fault(403, "target_not_allowed");
    assert_eq!(answer.get("access-control-allow-origin"), Some(TOOL));
}

/// No page of these may call or ask, and no word of CORS tells it more.
async fn expect_strangers(origins: &[&str]) {
    let (world, upstream) = world().await;
    for origin in origins {
        for method in ["GET", "OPTIONS"] {
            let answer = world
                .call(method, &upstream.url("/scim/Users"))
                .header("origin", origin)
                .header("access-control-request-method", "GET")
                .send()
                .await;
            answer.expect_fault(403, "origin_not_allowed");
            assert!(answer.headers.iter().all(|(name, _)| !name.starts_with("access-control")));
        }
    }
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn f02_another_page_is_refused_without_a_word_of_cors() {
    expect_strangers(&["https://evil.example", ""]).await;
    let (world, upstream) = world().await;
    let two =
        world.call("GET", &upstream.url("/scim")).header("origin", TOOL).header("origin", TOOL);
    two.send().await.expect_fault(403, "origin_not_allowed");
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn f03_a_page_without_an_origin_of_its_own_is_refused() {
    expect_strangers(&["null"]).await;
}

#[tokio::test]
async fn f04_an_origin_is_compared_in_all_its_parts() {
    expect_strangers(&[
        "https://tool.example.evil.example",
        "https://xtool.example",
        "https://tool.example:8443",
        "http://tool.example",
        "https://TOOL.example",
        "https://tool.example/",
    ])
    .await;
}

#[tokio::test]
async fn f05_without_an_origin_the_key_decides() {
    let (world, upstream) = world().await;
    let target = upstream.url("/scim/Users");
    assert_eq!(world.get(&target).await.status, 200);
    let keyless = world.request("GET", "/relay").header("x-relay-target", &target).send().await;
    keyless.expect_fault(401, "key_missing");
    assert_eq!(keyless.get("www-authenticate"), None);
    assert_eq!(upstream.heard().len(), 1);
}

#[tokio::test]
async fn f05_a_relay_for_others_wants_origin_and_key() {
    let world = Setup::shared().start().await;
    let keyed = || {
        let call = world.request("GET", "/relay").header("x-relay-key", &world.key);
        call.header("x-relay-target", "https://a.example/")
    };
    keyed().send().await.expect_fault(403, "origin_not_allowed");
    keyed().header("origin", TOOL).send().await.expect_fault(403, "target_not_allowed");
    let keyless = world.request("GET", "/relay").header("origin", TOOL);
    keyless.send().await.expect_fault(401, "key_missing");
    // And it gives its key to nobody: the operator hands it out.
    let own = world.request("GET", "/relay/session").header("sec-fetch-site", "same-origin");
    own.send().await.expect_fault(403, "origin_not_allowed");
}

#[tokio::test]
async fn f06_a_preflight_is_answered_with_fixed_lists() {
    let (world, upstream) = world().await;
    let answer = world
        .request("OPTIONS", "/relay")
        .header("origin", TOOL)
        .header("access-control-request-method", "PATCH")
        .header("access-control-request-headers", "authorization, content-type, x-evil")
        .send()
        .await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.get("access-control-allow-origin"), Some(TOOL));
    assert_eq!(answer.get("access-control-allow-methods"), Some("GET, POST, PUT, PATCH, DELETE"));
    let headers = answer.get("access-control-allow-headers").unwrap();
    for name in ["authorization", "content-type", "x-relay-key", "x-relay-target"] {
        assert!(headers.split(", ").any(|listed| listed == name), "{name}");
    }
    assert_eq!(answer.get("access-control-max-age"), Some("600"));
    assert_eq!(answer.get("access-control-allow-private-network"), None);
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn f07_a_header_that_is_not_listed_is_not_allowed() {
    let (world, _) = world().await;
    let answer = world
        .request("OPTIONS", "/relay")
        .header("origin", TOOL)
        .header("access-control-request-method", "GET")
        .header("access-control-request-headers", "x-evil, cookie")
        .send()
        .await;
    assert_eq!(answer.status, 204);
    let headers = answer.get("access-control-allow-headers").unwrap();
    assert!(!headers.contains("x-evil") && !headers.contains("cookie"));
    assert!(!headers.contains('*'));
}

#[tokio::test]
async fn f10_a_relay_for_others_opens_no_private_network() {
    let world = Setup::shared().start().await;
    let answer = world
        .request("OPTIONS", "/relay")
        .header("origin", TOOL)
        .header("access-control-request-method", "GET")
        .header("access-control-request-private-network", "true")
        .send()
        .await;
    assert_eq!((answer.status, answer.get("access-control-allow-private-network")), (204, None));
}

#[tokio::test]
async fn f10_a_named_page_may_reach_this_machine() {
    let (world, _) = world().await;
    let answer = world
        .request("OPTIONS", "/relay")
        .header("origin", TOOL)
        .header("access-control-request-method", "GET")
        .header("access-control-request-private-network", "true")
        .send()
        .await;
    assert_eq!(answer.get("access-control-allow-private-network"), Some("true"));
}

#[tokio::test]
async fn f11_links_and_foreign_sites_are_refused() {
    let (world, upstream) = world().await;
    let target = upstream.url("/scim/Users");
    let own = world.origin();
    for headers in [
        &[("sec-fetch-mode", "navigate")][..],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "cross-site"), ("origin", &own)],
    ] {
        let mut call = world.call("GET", &target);
        for (name, value) in headers {
            call = call.header(name, value);
        }
        call.send().await.expect_fault(403, "origin_not_allowed");
    }
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn f12_a_simple_request_of_a_known_page_needs_the_key() {
    let (world, upstream) = world().await;
    let answer = world
        .request("POST", "/relay")
        .header("origin", TOOL)
        .body("text/plain", b"x")
        .send()
        .await;
    answer.expect_fault(415, "media_type_not_allowed");
    let answer = world
        .request("POST", "/relay")
        .header("origin", TOOL)
        .body("application/json", b"{}")
        .send()
        .await;
    answer.expect_fault(401, "key_missing");
    let form = "application/x-www-form-urlencoded";
    let answer =
        world.request("POST", "/relay").header("origin", TOOL).body(form, b"a=b").send().await;
    answer.expect_fault(401, "key_missing");
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn f13_the_relay_answers_to_its_own_name_only() {
    let (world, upstream) = world().await;
    let port = world.address.port();
    let target = upstream.url("/scim/Users");
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        "127.0.0.1",
        "localhost",
        &format!("127.0.0.1.:{port}"),
        "127.0.0.1:1",
    ] {
        world.call("GET", &target).host(host).send().await.expect_fault(403, "host_not_allowed");
        let page = world.request("GET", "/").host(host).send().await;
        page.expect_fault(403, "host_not_allowed");
        let key = world
            .request("GET", "/relay/session")
            .host(host)
            .header("sec-fetch-site", "same-origin")
            .send()
            .await;
        key.expect_fault(403, "host_not_allowed");
        assert!(!key.text().contains(&world.key));
    }
    assert_eq!(
        world.call("GET", &target).host(&format!("LocalHost:{port}")).send().await.status,
        200
    );
    assert_eq!(upstream.heard().len(), 1);
}

#[tokio::test]
async fn f14_a_wrong_key_is_refused_and_the_fifth_one_replaces_it() {
    let (world, upstream) = world().await;
    let target = upstream.url("/scim/Users");
    for attempt in 1..=5 {
        let answer = world
            .request("GET", "/relay")
            .header("x-relay-target", &target)
            .header("x-relay-key", "guess")
            .send()
            .await;
        match attempt {
            5 => answer.expect_fault(429, "key_replaced"),
            _ => answer.expect_fault(401, "key_wrong"),
        }
    }
    world.get(&target).await.expect_fault(401, "key_wrong");
    assert!(upstream.heard().is_empty());
    // The page elsewhere gets the new key the way it got the first: from the terminal.
    let announced = world.journal(7).await.join("\n");
    assert!(announced.contains("session key for pages elsewhere: "));
    assert!(!announced.contains(&world.key));
}

#[tokio::test]
async fn the_served_page_and_no_other_is_given_the_key() {
    let (world, _) = world().await;
    let own = world.origin();
    let ask = |headers: &[(&str, &str)]| {
        let mut request = world.request("GET", "/relay/session");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        request.send()
    };
    for headers in [
        &[("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")][..],
        &[("origin", &own)],
        &[("sec-fetch-site", "same-origin"), ("origin", &own)],
    ] {
        let answer = ask(headers).await;
        assert_eq!((answer.status, answer.get("cache-control")), (200, Some("no-store")));
        assert_eq!(answer.json()["key"], world.key.as_str());
        assert_eq!(answer.get("access-control-allow-origin"), None);
    }
    for headers in [
        &[][..],
        &[("origin", TOOL)],
        &[("origin", TOOL), ("sec-fetch-site", "cross-site")],
        &[("origin", TOOL), ("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate")],
        &[("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "navigate")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "null")],
    ] {
        let answer = ask(headers).await;
        answer.expect_fault(403, "origin_not_allowed");
        assert!(!answer.text().contains(&world.key));
    }
    assert_eq!(world.request("POST", "/relay/session").send().await.status, 405);
}

#[test]
fn an_origin_is_written_as_the_browser_writes_it() {
    let listen = "127.0.0.1:4180".parse().unwrap();
    let callers = |origin: &str| Callers::new(listen, Use::Own, &[origin.to_owned()]);
    assert!(callers(TOOL).unwrap().has_strangers());
    assert!(!callers("http://127.0.0.1:4180").unwrap().has_strangers());
    for origin in [
        "tool.example",
        "https://tool.example/path",
        "https://TOOL.example",
        "null",
        "file:///x",
        "https://*.example:*",
        "https://tool.example:443",
    ] {
        assert!(callers(origin).is_err(), "{origin}");
    }
    let shared = "0.0.0.0:4180".parse().unwrap();
    assert!(Callers::new(shared, Use::Shared, &[]).unwrap_err().to_string().contains("--origin"));
    assert!(Callers::new(shared, Use::Shared, &[TOOL.to_owned()]).is_ok());
}
