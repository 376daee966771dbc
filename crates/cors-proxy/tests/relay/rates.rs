//! H: how often, how many at once, and who is counted as one.

use std::time::Duration;

use cors_proxy::Limits;

use crate::upstream::{Step, Upstream};
use crate::world::{Answer, Setup, World};

const TOOL: &str = "https://tool.example";

async fn limited(limits: Limits) -> (World, Upstream) {
    let upstream = Upstream::ok().await;
    let mut setup = Setup { limits, ..Setup::allowing(&[&upstream.url("/scim")]) };
    setup.origins = vec![TOOL.to_owned(), "https://other.example".to_owned()];
    (setup.start().await, upstream)
}

#[track_caller]
fn expect_too_many(answer: &Answer) {
    answer.expect_fault(429, "too_many_calls");
    assert!(answer.get("retry-after").unwrap().parse::<u64>().unwrap() > 0);
}

#[tokio::test]
async fn h01_the_61st_call_within_a_minute_is_refused() {
    let (world, upstream) = limited(Limits { calls_per_minute: 60, ..Limits::own() }).await;
    let target = upstream.url("/scim");
    for _ in 0..60 {
        assert_eq!(world.get(&target).await.status, 200);
    }
    expect_too_many(&world.get(&target).await);
    assert_eq!(upstream.heard().len(), 60);
}

#[tokio::test]
async fn h01_a_target_has_a_rate_of_its_own() {
    let (world, upstream) = limited(Limits { target_calls_per_minute: 2, ..Limits::own() }).await;
    let target = upstream.url("/scim");
    for _ in 0..2 {
        assert_eq!(world.get(&target).await.status, 200);
    }
    expect_too_many(&world.get(&target).await);
    world.get("https://off.example/").await.expect_fault(403, "target_not_allowed");
}

#[tokio::test]
async fn h02_the_rate_holds_whatever_origin_is_claimed() {
    let (world, upstream) = limited(Limits { calls_per_minute: 2, ..Limits::own() }).await;
    let target = upstream.url("/scim");
    for origin in [TOOL, "https://other.example"] {
        assert_eq!(world.call("GET", &target).header("origin", origin).send().await.status, 200);
    }
    for origin in [TOOL, "https://other.example", &world.origin()] {
        expect_too_many(&world.call("GET", &target).header("origin", origin).send().await);
    }
    assert_eq!(upstream.heard().len(), 2);
}

/// Three calls of one peer that name three clients; whether all are let in.
async fn told_apart(trusted: &[&str], hops: [&str; 3]) -> bool {
    let limits = Limits { calls_per_minute: 1, ..Limits::shared() };
    let mut setup = Setup { limits, ..Setup::shared() };
    setup.trusted = trusted.iter().map(|address| address.parse().unwrap()).collect();
    let world = setup.start().await;
    let mut statuses = Vec::new();
    for hop in hops {
        let call = world.call("GET", "https://off.example/").header("x-forwarded-for", hop);
        statuses.push(call.send().await.status);
    }
    statuses.iter().all(|status| *status == 403)
}

#[tokio::test]
async fn h03_only_a_trusted_proxy_says_who_its_client_is() {
    let clients = ["198.51.100.1", "198.51.100.2", "198.51.100.3:4711"];
    assert!(!told_apart(&[], clients).await);
    assert!(!told_apart(&["192.0.2.1"], clients).await);
    assert!(told_apart(&["127.0.0.1"], clients).await);
}

#[tokio::test]
async fn h03_what_the_client_wrote_before_the_proxy_counts_for_nothing() {
    let forged = ["1.1.1.1, 198.51.100.1", "2.2.2.2, 198.51.100.1", "x, 198.51.100.1"];
    assert!(!told_apart(&["127.0.0.1"], forged).await);
    let through_two = ["198.51.100.1, 192.0.2.7", "198.51.100.2, 192.0.2.7", "[2001:db8::1]:80"];
    assert!(told_apart(&["127.0.0.1", "192.0.2.7"], through_two).await);
    assert!(!told_apart(&["127.0.0.1"], ["unknown", "_hidden", ""]).await);
}

#[tokio::test]
async fn h06_the_51st_open_call_of_a_client_is_refused() {
    let silent = Upstream::does(vec![Step::Wait(Duration::from_secs(60))]).await;
    let world = Setup::allowing(&[&silent.url("/scim")]).start().await;
    let target = silent.url("/scim");
    for _ in 0..50 {
        tokio::spawn(world.call("GET", &target).send());
    }
    for _ in 0..500 {
        if silent.heard().len() == 50 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(silent.heard().len(), 50);
    expect_too_many(&world.get(&target).await);
}

#[tokio::test]
async fn h08_retry_after_is_passed_on_and_nothing_is_repeated() {
    for status in ["429 Too Many Requests", "503 Service Unavailable"] {
        let text = format!("HTTP/1.1 {status}\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n");
        let upstream = Upstream::says(&text).await;
        let world = Setup::allowing(&[&upstream.url("/scim")]).start().await;
        let call = world.call("POST", &upstream.url("/scim")).body("application/json", b"{}");
        let answer = call.send().await;
        assert_eq!(status.split(' ').next(), Some(answer.status.to_string().as_str()));
        assert_eq!(answer.get("retry-after"), Some("7"));
        assert_eq!(upstream.heard().len(), 1);
    }
}

#[tokio::test]
async fn h08_a_write_that_got_no_answer_is_not_repeated() {
    let closing = Upstream::does(vec![]).await;
    let world = Setup::allowing(&[&closing.url("/scim")]).start().await;
    let call = world.call("POST", &closing.url("/scim")).body("application/json", b"{}");
    call.send().await.expect_fault(502, "upstream_unreachable");
    assert_eq!(closing.heard().len(), 1);
}
