//! C23: when a connection is used again, and when it is not.

use std::time::Duration;

use cors_proxy::{Limits, Use};

use crate::upstream::Upstream;
use crate::world::{Setup, Table, World};

async fn world(upstream: &Upstream, limits: Limits) -> World {
    let setup = Setup { limits, ..Setup::allowing(&[&upstream.url("/scim")]) };
    setup.start().await
}

#[tokio::test]
async fn c23_reads_use_a_connection_again_and_writes_do_not() {
    let upstream = Upstream::patient().await;
    let world = world(&upstream, Limits::own()).await;
    let target = upstream.url("/scim");
    for count in 0..4 {
        let answer = world.get(&target).await;
        assert_eq!(answer.status, 200);
        // Who was not connected anew is not told how long that took.
        let timing = answer.get("x-relay-timing").unwrap();
        assert_eq!(timing.contains("connect;dur="), count == 0, "{timing}");
        assert!(timing.contains("first-byte;dur="), "{timing}");
    }
    assert_eq!((upstream.connections(), upstream.heard().len()), (1, 4));
    let write = world.call("POST", &target).body("application/json", b"{}");
    assert_eq!(write.send().await.status, 200);
    assert_eq!(upstream.connections(), 2);
}

#[tokio::test]
async fn c23_an_idle_connection_is_closed_soon() {
    let upstream = Upstream::patient().await;
    let limits = Limits { idle: Duration::from_millis(50), ..Limits::own() };
    let world = world(&upstream, limits).await;
    let target = upstream.url("/scim");
    for _ in 0..2 {
        assert_eq!(world.get(&target).await.status, 200);
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(upstream.open(), 0);
    }
    assert_eq!(upstream.connections(), 2);
}

#[tokio::test]
async fn c23_a_connection_belongs_to_one_client() {
    let upstream = Upstream::patient().await;
    let mut setup = Setup::allowing(&[&upstream.url("/scim")]);
    setup.trusted = vec!["127.0.0.1".parse().unwrap()];
    let world = setup.start().await;
    for client in ["198.51.100.1", "198.51.100.2", "198.51.100.1"] {
        let call = world.call("GET", &upstream.url("/scim")).header("x-forwarded-for", client);
        assert_eq!(call.send().await.status, 200);
    }
    assert_eq!(upstream.connections(), 2);
}

#[tokio::test]
async fn c23_a_name_that_leads_elsewhere_leads_to_no_old_connection() {
    let upstream = Upstream::patient().await;
    let port = upstream.address.port();
    let table = Table::of("app.test", &[&["127.0.0.1"], &["127.0.0.1"], &["169.254.169.254"]]);
    let mut setup = Setup::default().resolving(table.clone());
    setup.policy.allow_private(&format!("http://app.test:{port}/"), Use::Own).unwrap();
    let world = setup.start().await;
    let target = format!("http://app.test:{port}/Users");
    for _ in 0..2 {
        assert_eq!(world.get(&target).await.status, 200);
    }
    world.get(&target).await.expect_fault(403, "target_not_allowed");
    assert_eq!((table.asked(), upstream.connections(), upstream.heard().len()), (3, 1, 2));
}

#[tokio::test]
async fn c23_a_name_that_moved_within_the_network_leads_to_a_new_connection() {
    let upstream = Upstream::patient().await;
    let port = upstream.address.port();
    let table = Table::of("app.test", &[&["127.0.0.1"], &["127.0.0.2"]]);
    let mut setup = Setup::default().resolving(table);
    setup.policy.allow_private(&format!("http://app.test:{port}/"), Use::Own).unwrap();
    let world = setup.start().await;
    let target = format!("http://app.test:{port}/Users");
    assert_eq!(world.get(&target).await.status, 200);
    // Nothing listens there, and the connection that is still open is not the answer.
    world.get(&target).await.expect_fault(502, "upstream_unreachable");
    assert_eq!(upstream.heard().len(), 1);
}

#[tokio::test]
async fn c23_a_read_on_a_connection_that_was_just_closed_is_asked_again() {
    // This one closes after every answer without a word.
    let upstream = Upstream::ok().await;
    let world = world(&upstream, Limits::own()).await;
    for _ in 0..20 {
        assert_eq!(world.get(&upstream.url("/scim")).await.status, 200);
    }
    assert_eq!(upstream.heard().len(), 20);
}
