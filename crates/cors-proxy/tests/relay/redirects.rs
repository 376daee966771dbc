//! D: a redirect is told, never followed and never rewritten.

use crate::upstream::Upstream;
use crate::world::Setup;

const TOKEN: &str = "Bearer canary-4711";

async fn redirected(method: &str, status: &str, location: &str) -> crate::world::Answer {
    let text = format!("HTTP/1.1 {status}\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
    let upstream = Upstream::says(&text).await;
    let world = Setup::allowing(&[&upstream.url("/scim")]).start().await;
    let call = world.call(method, &upstream.url("/scim/Users")).header("authorization", TOKEN);
    let call = if method == "POST" { call.body("application/json", b"{}") } else { call };
    let answer = call.send().await;
    assert_eq!(upstream.heard().len(), 1);
    answer
}

#[tokio::test]
async fn d01_a_redirect_on_the_same_host_is_told() {
    let answer = redirected("GET", "301 Moved Permanently", "/scim/v2/Users").await;
    assert_eq!((answer.status, answer.get("x-relay-status")), (200, Some("301")));
    assert_eq!(answer.get("x-relay-location"), Some("/scim/v2/Users"));
    assert_eq!(answer.get("x-relay-outcome"), Some("upstream"));
}

#[tokio::test]
async fn d02_d03_neither_token_nor_body_reaches_the_second_host() {
    let stranger = Upstream::ok().await;
    for (method, status) in [
        ("GET", "302 Found"),
        ("POST", "302 Found"),
        ("POST", "307 Temporary Redirect"),
        ("POST", "308 Permanent Redirect"),
    ] {
        let answer = redirected(method, status, &stranger.url("/steal")).await;
        assert_eq!(answer.get("x-relay-status"), status.split(' ').next(), "{status}");
    }
    assert!(stranger.heard().is_empty());
}

#[tokio::test]
async fn d04_d05_a_location_is_shown_as_it_came() {
    for location in ["http://169.254.169.254/", "https://evil.example/?x", "//evil.example"] {
        let answer = redirected("GET", "302 Found", location).await;
        assert_eq!(answer.get("x-relay-location"), Some(location));
        assert_eq!(answer.get("location"), None);
        assert_eq!(answer.status, 200);
    }
}
