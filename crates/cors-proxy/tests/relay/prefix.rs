//! The convention of other CORS proxies, `<relay>/<target URL>`, under the relay's own rules.

use crate::upstream::Upstream;
use crate::world::{Setup, World};

const TOOL: &str = "https://tool.example";

async fn world() -> (World, Upstream) {
    let upstream = Upstream::ok().await;
    let mut setup = Setup::allowing(&[&upstream.url("/scim/v2")]);
    setup.origins = vec![TOOL.to_owned()];
    (setup.start().await, upstream)
}

#[tokio::test]
async fn a03_a_target_behind_the_relays_address_arrives_byte_by_byte() {
    let (world, upstream) = world().await;
    let path = "/scim/v2//Users?filter=userName%20eq%20%22o'brien%2Btest%40x.y%22&a=/../b?c";
    let call = world.keyed("PATCH", &format!("/{}", upstream.url(path)));
    let call = call.header("authorization", "Bearer canary").header("origin", TOOL);
    let answer = call.body("application/json", b"{\"a\":1}").send().await;
    assert_eq!((answer.status, answer.get("x-relay-outcome")), (200, Some("upstream")));
    assert_eq!(answer.get("access-control-allow-origin"), Some(TOOL));
    assert_eq!(answer.get("content-disposition"), Some("attachment"));
    let heard = upstream.heard().remove(0);
    assert!(heard.starts_with(&format!("PATCH {path} HTTP/1.1\r\n")), "{heard}");
    assert!(heard.contains("authorization: Bearer canary\r\n"));
}

#[tokio::test]
async fn a02_a_target_in_the_path_and_one_in_a_header_are_two() {
    let (world, upstream) = world().await;
    let target = upstream.url("/scim/v2");
    let call = world.keyed("GET", &format!("/{target}")).header("x-relay-target", &target);
    call.send().await.expect_fault(400, "bad_target");
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn b10_the_list_holds_for_it() {
    let (world, upstream) = world().await;
    for (target, status, fault) in [
        (upstream.url("/admin"), 403, "target_not_allowed"),
        (upstream.url("/scim/v2/../../admin"), 403, "target_not_allowed"),
        (upstream.url("/scim/v2/..%2fadmin"), 403, "target_not_allowed"),
        ("https://off.example/".to_owned(), 403, "target_not_allowed"),
        ("https:/off.example/".to_owned(), 400, "bad_target"),
        ("https:off.example/".to_owned(), 400, "bad_target"),
        ("https://u:hunter2@off.example/".to_owned(), 400, "userinfo_not_allowed"),
        ("HTTPS://169.254.169.254/".to_owned(), 403, "target_not_allowed"),
    ] {
        let answer = world.keyed("GET", &format!("/{target}")).send().await;
        answer.expect_fault(status, fault);
        assert!(!answer.text().contains("hunter2"));
    }
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn f14_the_key_is_asked_for_here_too() {
    let (world, upstream) = world().await;
    let path = format!("/{}", upstream.url("/scim/v2"));
    world.request("GET", &path).send().await.expect_fault(401, "key_missing");
    let wrong = world.request("GET", &path).header("x-relay-key", "guess");
    wrong.send().await.expect_fault(401, "key_wrong");
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn f02_host_and_origin_are_checked_here_too() {
    let (world, upstream) = world().await;
    let path = format!("/{}", upstream.url("/scim/v2"));
    let evil = world.keyed("GET", &path).header("origin", "https://evil.example");
    evil.send().await.expect_fault(403, "origin_not_allowed");
    let link = world.keyed("GET", &path).header("sec-fetch-mode", "navigate");
    link.send().await.expect_fault(403, "origin_not_allowed");
    let rebound = world.keyed("GET", &path).host("evil.example");
    rebound.send().await.expect_fault(403, "host_not_allowed");
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn f06_its_preflight_is_answered_without_a_call() {
    let (world, upstream) = world().await;
    let path = format!("/{}", upstream.url("/scim/v2/Users"));
    let answer = world
        .request("OPTIONS", &path)
        .header("origin", TOOL)
        .header("access-control-request-method", "PATCH")
        .send()
        .await;
    assert_eq!((answer.status, answer.get("access-control-max-age")), (204, Some("600")));
    assert!(upstream.heard().is_empty());
}
