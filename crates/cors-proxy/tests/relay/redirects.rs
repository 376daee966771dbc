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
async fn d02_the_token_does_not_reach_the_second_host() {
    let stranger = Upstream::ok().await;
    for status in ["301 Moved Permanently", "302 Found", "303 See Other", "308 Permanent Redirect"]
    {
        let answer = redirected("GET", status, &stranger.url("/steal")).await;
        assert_eq!(answer.get("x-relay-status"), status.split(' ').next(), "{status}");
    }
    assert!(stranger.heard().is_empty());
}

#[tokio::test]
async fn d03_a_body_is_not_sent_again() {
    let stranger = Upstream::ok().await;
    for status in ["302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let answer = redirected("POST", status, &stranger.url("/steal")).await;
        assert_eq!(answer.get("x-relay-status"), status.split(' ').next(), "{status}");
    }
    assert!(stranger.heard().is_empty());
}

#[tokio::test]
async fn d04_a_location_inside_the_network_is_only_text() {
    for location in ["http://169.254.169.254/", "http://127.0.0.1:1/", "file:///etc/passwd"] {
        let answer = redirected("GET", "302 Found", location).await;
        assert_eq!(answer.get("x-relay-location"), Some(location));
        assert_eq!((answer.status, answer.get("location")), (200, None));
    }
}

#[tokio::test]
async fn d05_a_location_is_never_rewritten() {
    for location in ["https://evil.example/?x", "//evil.example", "/scim/v2/Users", "Users"] {
        for status in ["302 Found", "307 Temporary Redirect"] {
            let answer = redirected("GET", status, location).await;
            assert_eq!(answer.get("x-relay-location"), Some(location));
            assert_eq!((answer.status, answer.get("location")), (200, None));
        }
    }
}

#[tokio::test]
async fn d07_a_refresh_is_only_text() {
    let stranger = Upstream::ok().await;
    let page = format!("<meta http-equiv=refresh content=\"0;url={}\">", stranger.url("/"));
    let upstream = Upstream::says(&format!(
        "HTTP/1.1 200 OK\r\nrefresh: 0;url={}\r\ncontent-type: text/html\r\n\
         content-length: {}\r\n\r\n{page}",
        stranger.url("/"),
        page.len()
    ))
    .await;
    let world = Setup::allowing(&[&upstream.url("/scim")]).start().await;
    let answer = world.get(&upstream.url("/scim/Users")).await;
    assert_eq!(answer.get("refresh"), None);
    assert!(answer.get("x-relay-dropped").unwrap().contains("refresh"));
    assert_eq!((answer.get("content-type"), answer.text()), (Some("text/plain"), page));
    assert!(stranger.heard().is_empty());
}
