//! What was shown to work against a well-known CORS proxy, tried on this one: the token that
//! follows a redirect, the location that is rewritten, the limit that an invented origin resets,
//! and the target on loopback.

use cors_proxy::Limits;

use crate::upstream::Upstream;
use crate::world::Setup;

const TOKEN: &str = "Bearer canary-4711";

#[tokio::test]
async fn attack_a_redirect_carries_the_token_to_another_host() {
    let stranger = Upstream::ok().await;
    let upstream = Upstream::says(&format!(
        "HTTP/1.1 302 Found\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n",
        stranger.url("/steal")
    ))
    .await;
    let world = Setup::allowing(&[&upstream.url("/scim")]).start().await;
    let call = world.call("GET", &upstream.url("/scim/Users")).header("authorization", TOKEN);
    let answer = call.header("x-api-key", "canary-4711").send().await;
    assert_eq!(answer.get("x-relay-status"), Some("302"));
    assert!(stranger.heard().is_empty());
    assert!(!upstream.heard()[0].contains("x-api-key"));
}

#[tokio::test]
async fn attack_a_rewritten_location_makes_the_browser_follow_on_the_relays_origin() {
    let location = "https://evil.example/steal";
    let upstream = Upstream::says(&format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n"
    ))
    .await;
    let world = Setup::allowing(&[&upstream.url("/scim")]).start().await;
    for path in ["/relay".to_owned(), format!("/{}", upstream.url("/scim"))] {
        let call = world.keyed("GET", &path);
        let call = match path.as_str() {
            "/relay" => call.header("x-relay-target", &upstream.url("/scim")),
            _ => call,
        };
        let answer = call.send().await;
        assert_eq!((answer.status, answer.get("location")), (200, None));
        assert_eq!(answer.get("x-relay-location"), Some(location));
    }
}

#[tokio::test]
async fn attack_invented_origins_pass_the_rate() {
    let upstream = Upstream::ok().await;
    let setup = Setup::allowing(&[&upstream.url("/scim")]);
    let limits = Limits { calls_per_minute: 2, ..Limits::own() };
    let world = Setup { limits, ..setup }.start().await;
    for number in 0..6 {
        let origin = format!("https://invented-{number}.example");
        let call = world.call("GET", &upstream.url("/scim")).header("origin", &origin);
        call.send().await.expect_fault(403, "origin_not_allowed");
    }
    for number in 0..6 {
        let answer = world.get(&upstream.url("/scim")).await;
        assert_eq!(answer.status, if number < 2 { 200 } else { 429 });
    }
    assert_eq!(upstream.heard().len(), 2);
}

#[tokio::test]
async fn attack_a_target_on_loopback_is_reached() {
    let inside = Upstream::ok().await;
    let port = inside.address.port();
    let mut setup = Setup::default();
    setup.policy.allow_any_public();
    let world = setup.start().await;
    for host in ["127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        for scheme in ["http", "https"] {
            let target = format!("{scheme}://{host}:{port}/");
            world.get(&target).await.expect_fault(403, "target_not_allowed");
            let path = format!("/{target}");
            world.keyed("GET", &path).send().await.expect_fault(403, "target_not_allowed");
        }
    }
    assert!(inside.heard().is_empty());
}
