//! G: what comes back, and how much of it for how long.

use std::time::{Duration, Instant};

use cors_proxy::Limits;

use crate::upstream::{Step, Upstream};
use crate::world::{Answer, Setup};

fn write(text: &str) -> Step {
    Step::Write(text.as_bytes().to_vec())
}

async fn relayed(upstream: &Upstream, limits: Limits) -> Answer {
    let setup = Setup { limits, ..Setup::allowing(&[&upstream.url("/scim")]) };
    setup.start().await.get(&upstream.url("/scim/Users")).await
}

async fn reply(text: &str) -> Answer {
    relayed(&Upstream::says(text).await, Limits::own()).await
}

fn head(length: usize) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n")
}

#[tokio::test]
async fn g01_a_reply_that_says_it_is_too_long_is_refused() {
    let limit = usize::try_from(Limits::own().reply_bytes).unwrap();
    let announced = Upstream::does(vec![write(&head(limit + 1)), write("{")]).await;
    relayed(&announced, Limits::own()).await.expect_fault(502, "reply_too_large");

    let mut whole = head(limit).into_bytes();
    whole.resize(whole.len() + limit, b' ');
    let answer = relayed(&Upstream::does(vec![Step::Write(whole)]).await, Limits::own()).await;
    assert_eq!((answer.status, answer.body.len(), answer.whole), (200, limit, true));
}

#[tokio::test]
async fn g01_a_reply_that_does_not_say_its_length_is_cut_off() {
    let endless = vec![
        write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n"),
        Step::Repeat(vec![b' '; 16 * 1024], Duration::ZERO),
    ];
    let upstream = Upstream::does(endless).await;
    let small = Limits { reply_bytes: 10_000, ..Limits::own() };
    relayed(&upstream, small).await.expect_fault(502, "reply_too_large");

    let limits = Limits { reply_bytes: 300_000, held_bytes: 20_000, ..Limits::own() };
    let answer = relayed(&upstream, limits).await;
    assert_eq!(answer.get("x-relay-outcome"), Some("upstream"));
    assert!(!answer.whole, "a reply that was cut off must not look whole");
    assert!(answer.body.len() <= 300_000);
    for _ in 0..200 {
        if upstream.open() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the upstream's connection stays open");
}

#[tokio::test]
async fn g02_a_packed_reply_is_refused() {
    reply("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nxyz")
        .await
        .expect_fault(502, "reply_encoded");
}

#[tokio::test]
async fn g03_an_endless_slow_reply_ends_after_the_total_time() {
    let upstream = Upstream::does(vec![
        write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"),
        Step::Repeat(b"1\r\nx\r\n".to_vec(), Duration::from_millis(20)),
    ])
    .await;
    let limits = Limits { total: Duration::from_millis(300), ..Limits::own() };
    let start = Instant::now();
    relayed(&upstream, limits.clone()).await.expect_fault(504, "upstream_timeout");
    assert!(start.elapsed() < Duration::from_secs(3));

    let answer = relayed(&upstream, Limits { held_bytes: 2, ..limits }).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.whole);
}

#[tokio::test]
async fn g04_a_server_that_says_nothing_times_out() {
    let limits = Limits { first_byte: Duration::from_millis(150), ..Limits::own() };
    let silent = Upstream::does(vec![Step::Wait(Duration::from_secs(60))]).await;
    let answer = relayed(&silent, limits.clone()).await;
    answer.expect_fault(504, "upstream_timeout");
    assert!(answer.get("x-relay-ms").unwrap().parse::<u64>().unwrap() >= 150);
    let slow = vec![
        write("HTTP/1.1 200 OK\r\n"),
        Step::Repeat(b"x-a: b\r\n".to_vec(), Duration::from_millis(30)),
    ];
    relayed(&Upstream::does(slow).await, limits).await.expect_fault(504, "upstream_timeout");
}

/// Headers that are not delivered, but named.
async fn expect_dropped(dropped: &[&str]) -> Answer {
    let lines: String = dropped.iter().map(|name| format!("{name}: *\r\n")).collect();
    let answer = reply(&format!("HTTP/1.1 200 OK\r\n{lines}content-length: 0\r\n\r\n")).await;
    let named: Vec<&str> = answer.get("x-relay-dropped").unwrap().split(", ").collect();
    for name in dropped {
        assert!(!answer.all(name).contains(&"*"), "{name}");
        assert!(named.contains(name), "{name}");
    }
    answer
}

#[tokio::test]
async fn g05_headers_that_act_on_the_relays_origin_are_dropped_and_named() {
    expect_dropped(&[
        "set-cookie",
        "set-cookie2",
        "clear-site-data",
        "strict-transport-security",
        "public-key-pins",
        "service-worker-allowed",
        "link",
        "refresh",
        "alt-svc",
        "nel",
        "report-to",
        "sourcemap",
        "server",
    ])
    .await;
}

#[tokio::test]
async fn g06_what_the_upstream_says_of_cors_and_policy_is_replaced() {
    let answer = expect_dropped(&[
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-expose-headers",
        "timing-allow-origin",
        "content-security-policy",
    ])
    .await;
    assert_eq!(answer.all("content-security-policy"), ["default-src 'none'; sandbox"]);
}

#[tokio::test]
async fn g07_a_page_is_delivered_as_text() {
    let html = "<script>alert(1)</script>";
    let length = html.len();
    let answer = reply(&format!(
        "HTTP/1.1 404 Not Found\r\ncontent-type: text/html; charset=utf-8\r\n\
         content-length: {length}\r\n\r\n{html}"
    ))
    .await;
    assert_eq!((answer.status, answer.get("x-relay-status")), (404, Some("404")));
    assert_eq!(answer.text(), html);
    assert_eq!(answer.all("content-type"), ["text/plain"]);
    assert_eq!(answer.get("x-relay-content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(answer.get("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.get("content-disposition"), Some("attachment"));
    assert_eq!(answer.get("content-security-policy"), Some("default-src 'none'; sandbox"));
}

#[tokio::test]
async fn g08_a_challenge_is_moved_so_that_no_browser_asks_for_a_password() {
    let answer = reply(
        "HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic realm=\"x\"\r\n\
         www-authenticate: Bearer error=\"invalid_token\"\r\ncontent-length: 0\r\n\r\n",
    )
    .await;
    assert_eq!((answer.status, answer.get("x-relay-status")), (401, Some("401")));
    assert_eq!(answer.get("www-authenticate"), None);
    let challenges = answer.all("x-relay-www-authenticate");
    assert_eq!(challenges, ["Basic realm=\"x\"", "Bearer error=\"invalid_token\""]);
}

#[tokio::test]
async fn g10_replies_without_a_body_stay_so() {
    for status in ["204 No Content", "304 Not Modified"] {
        let answer = reply(&format!("HTTP/1.1 {status}\r\netag: W/\"1\"\r\n\r\n")).await;
        assert_eq!(Some(answer.status.to_string().as_str()), status.split(' ').next());
        assert!(answer.body.is_empty());
        assert_eq!(answer.get("etag"), Some("W/\"1\""));
    }
    let answer = reply(
        "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
    )
    .await;
    assert_eq!((answer.status, answer.text().as_str()), (200, "{}"));
    reply("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n")
        .await
        .expect_fault(502, "bad_reply");
}

#[tokio::test]
async fn g10_statuses_that_a_browser_acts_on_are_told_beside() {
    for status in [300, 307, 407, 408, 421, 425, 999] {
        let answer = reply(&format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n")).await;
        let told = status.to_string();
        assert_eq!((answer.status, answer.get("x-relay-status")), (200, Some(told.as_str())));
    }
}

#[tokio::test]
async fn g11_what_is_not_http_is_a_fault() {
    for text in [
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
    ] {
        reply(text).await.expect_fault(502, "bad_reply");
    }
    reply("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort")
        .await
        .expect_fault(502, "bad_reply");
}

#[test]
fn g03_g04_the_program_waits_as_long_as_it_says() {
    for limits in [Limits::own(), Limits::shared()] {
        assert_eq!((limits.first_byte.as_secs(), limits.total.as_secs()), (15, 30));
        assert_eq!((limits.name.as_secs(), limits.reply_bytes), (5, 5 * 1024 * 1024));
        assert_eq!((limits.request_bytes, limits.open_calls), (1024 * 1024, 50));
    }
}

#[tokio::test]
async fn g12_a_listed_host_tells_why_and_an_unlisted_one_only_that() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let world = Setup::allowing(&[&format!("http://{free}/")]).start().await;
    let refused = world.get(&format!("http://{free}/")).await;
    refused.expect_fault(502, "upstream_unreachable");
    assert_eq!(refused.json()["kind"], "refused");

    let closing = Upstream::does(vec![]).await;
    let world = Setup::allowing(&[&closing.url("/")]).start().await;
    let reset = world.get(&closing.url("/")).await;
    reset.expect_fault(502, "upstream_unreachable");
    assert_eq!(reset.json()["kind"], "reset");

    // Public for this test only: the classifier is lent, no flag of the program does this.
    let public = |_| cors_proxy::Reach::Public;
    let table = crate::world::Table::of("known.example.com", &[&["127.0.0.1"]]);
    let silent = Upstream::does(vec![Step::Wait(Duration::from_secs(60))]).await;
    let limits = Limits { first_byte: Duration::from_millis(300), ..Limits::shared() };
    let mut setup = Setup { limits, ..Setup::shared() }.network(table.clone(), public);
    setup.policy.allow_any_public();
    let world = setup.start().await;
    let unknown = world.get("https://unknown.example.com/").await;
    for port in [free.port(), closing.address.port(), silent.address.port()] {
        let answer = world.get(&format!("https://known.example.com:{port}/")).await;
        answer.expect_fault(502, "upstream_unreachable");
        assert_eq!(answer.text(), unknown.text());
        assert_eq!(answer.status, unknown.status);
        assert_eq!(answer.get("x-relay-timing"), None);
    }
    // For oneself there is nothing to spy out.
    let mut setup = Setup::default().network(table, public);
    setup.policy.allow_any_public();
    let world = setup.start().await;
    let closed = world.get(&format!("https://known.example.com:{}/", free.port())).await;
    assert_eq!(
        (closed.fault().as_str(), &closed.json()["kind"]),
        ("upstream_unreachable", &"refused".into())
    );
    world.get("https://unknown.example.com/").await.expect_fault(502, "name_failed");
}

#[tokio::test]
async fn g13_nothing_is_ever_kept() {
    let answer =
        reply("HTTP/1.1 200 OK\r\ncache-control: max-age=60\r\ncontent-length: 0\r\n\r\n").await;
    assert_eq!(answer.all("cache-control"), ["no-store"]);
    let world = Setup::default().start().await;
    assert_eq!(world.get("https://a.example/").await.all("cache-control"), ["no-store"]);
}

#[tokio::test]
async fn g14_bytes_are_delivered_as_they_are() {
    let body = b"\xff\xfe\0\xe2\x80\xae{";
    let mut bytes = head(body.len()).into_bytes();
    bytes.extend_from_slice(body);
    let answer = relayed(&Upstream::does(vec![Step::Write(bytes)]).await, Limits::own()).await;
    assert_eq!(answer.body, body);
    assert!(answer.get("x-relay-ms").unwrap().parse::<u64>().is_ok());
}
