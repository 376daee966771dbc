//! Upstreams that break, each on a real socket: every fault ends in its own answer, and the relay
//! goes on serving.

use std::io::Write;
use std::time::{Duration, Instant};

use cors_proxy::Limits;
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::upstream::{Step, Upstream};
use crate::world::{Answer, Setup};

fn write(text: &str) -> Step {
    Step::Write(text.as_bytes().to_vec())
}

/// Asks the upstream at `broken`, then a sound one through the same relay.
async fn ask(broken: &str, limits: Limits) -> Answer {
    let sound = Upstream::ok().await;
    let mut setup = Setup { limits, ..Setup::allowing(&[broken]) };
    setup.policy.allow(&sound.url("/"), cors_proxy::Use::Own).unwrap();
    let world = setup.start().await;
    let answer = world.get(broken).await;
    let after = world.get(&sound.url("/scim")).await;
    assert_eq!((after.status, after.text().as_str()), (200, "{}"));
    answer
}

async fn ask_one_that(steps: Vec<Step>, limits: Limits) -> Answer {
    let upstream = Upstream::does(steps).await;
    ask(&upstream.url("/scim"), limits).await
}

async fn ask_one_that_says(text: &str) -> Answer {
    ask_one_that(vec![write(text)], Limits::own()).await
}

#[track_caller]
fn expect_kind(answer: &Answer, fault: &str, kind: &str) {
    answer.expect_fault(502, fault);
    assert_eq!(answer.json()["kind"], kind);
}

#[tokio::test]
async fn g12_a_refused_connection() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let answer = ask(&format!("http://{free}/"), Limits::own()).await;
    expect_kind(&answer, "upstream_unreachable", "refused");
}

#[tokio::test]
async fn g12_a_reset_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = [0; 16];
            let _ = stream.read(&mut head).await;
            // What is unread when a socket closes makes the kernel send a reset.
            drop(stream);
        }
    });
    let answer = ask(&format!("http://{address}/"), Limits::own()).await;
    expect_kind(&answer, "upstream_unreachable", "reset");
}

#[tokio::test]
async fn g04_slow_headers() {
    let steps = vec![
        write("HTTP/1.1 200 OK\r\n"),
        Step::Repeat(b"x-a: b\r\n".to_vec(), Duration::from_millis(30)),
    ];
    let limits = Limits { first_byte: Duration::from_millis(200), ..Limits::own() };
    ask_one_that(steps, limits).await.expect_fault(504, "upstream_timeout");
}

#[tokio::test]
async fn g03_a_slow_body() {
    let steps = vec![
        write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n"),
        Step::Repeat(b"x".to_vec(), Duration::from_millis(20)),
    ];
    let limits = Limits { total: Duration::from_millis(300), ..Limits::own() };
    let start = Instant::now();
    ask_one_that(steps, limits).await.expect_fault(504, "upstream_timeout");
    assert!(start.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn g01_an_endless_body() {
    let steps = vec![
        write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"),
        Step::Repeat(
            [b"4000\r\n", vec![b' '; 0x4000].as_slice(), b"\r\n"].concat(),
            Duration::ZERO,
        ),
    ];
    let answer = ask_one_that(steps, Limits::own()).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.whole, "a reply that was cut off must not look whole");
    assert!(answer.body.len() <= 5 * 1024 * 1024);
}

#[tokio::test]
async fn g11_a_truncated_body() {
    let answer =
        ask_one_that_says("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nshor").await;
    answer.expect_fault(502, "bad_reply");
    let long = vec![
        write("HTTP/1.1 200 OK\r\ncontent-length: 200000\r\n\r\n"),
        Step::Write(vec![b' '; 150_000]),
    ];
    let answer = ask_one_that(long, Limits::own()).await;
    assert_eq!((answer.status, answer.whole), (200, false));
}

#[tokio::test]
async fn g11_a_wrong_content_length() {
    for text in [
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
    ] {
        ask_one_that_says(text).await.expect_fault(502, "bad_reply");
    }
    // What comes after the announced length belongs to nothing.
    let answer =
        ask_one_that_says("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}HTTP/1.1 500 X\r\n").await;
    assert_eq!((answer.status, answer.text().as_str()), (200, "{}"));
}

#[tokio::test]
async fn g11_a_huge_header() {
    for head in [
        format!("x-large: {}\r\n", "x".repeat(100 * 1024)),
        (0..200).map(|index| format!("x-{index}: x\r\n")).collect(),
    ] {
        let text = format!("HTTP/1.1 200 OK\r\n{head}content-length: 0\r\n\r\n");
        ask_one_that_says(&text).await.expect_fault(502, "bad_reply");
    }
    let endless = vec![
        write("HTTP/1.1 200 OK\r\nx-endless: "),
        Step::Repeat(vec![b'x'; 16 * 1024], Duration::ZERO),
    ];
    ask_one_that(endless, Limits::own()).await.expect_fault(502, "bad_reply");
}

#[tokio::test]
async fn g11_two_replies_at_once() {
    let twice = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}\
                 HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{\"x\":1}";
    // Open for a while, so that only its bytes speak against using the connection again.
    let steps = vec![write(twice), Step::Wait(Duration::from_secs(5))];
    let upstream = Upstream::does(steps).await;
    let world = Setup::allowing(&[&upstream.url("/scim")]).start().await;
    for _ in 0..3 {
        let answer = world.get(&upstream.url("/scim")).await;
        assert_eq!((answer.status, answer.text().as_str()), (200, "{}"));
    }
    assert_eq!(upstream.connections(), 3);
}

#[tokio::test]
async fn g14_invalid_utf8() {
    let body = b"\xff\xfe\0\xe2\x80\xae{";
    let head = b"HTTP/1.1 200 OK\r\nx-request-id: caf\xe9\r\ncontent-length: 7\r\n\r\n";
    let steps = vec![Step::Write([head.as_slice(), body].concat())];
    let upstream = Upstream::does(steps).await;
    let world = Setup::allowing(&[&upstream.url("/scim")]).start().await;
    let answer = world.get(&upstream.url("/scim")).await;
    assert_eq!((answer.status, answer.body.as_slice()), (200, body.as_slice()));
    assert_eq!(world.get(&upstream.url("/scim")).await.body, body);
}

#[tokio::test]
async fn g10_http_1_0() {
    for text in [
        "HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}",
    ] {
        let answer = ask_one_that_says(text).await;
        assert_eq!((answer.status, answer.text().as_str(), answer.whole), (200, "{}", true));
    }
    ask_one_that_says("HTTP/0.9 200 OK\r\n\r\n{}").await.expect_fault(502, "bad_reply");
    ask_one_that_says("HTTP/2.0 200 OK\r\n\r\n{}").await.expect_fault(502, "bad_reply");
}

#[tokio::test]
async fn g10_chunks_with_trailers() {
    let answer = ask_one_that_says(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: set-cookie\r\n\r\n\
         1;ext=1\r\n{\r\n1\r\n}\r\n0\r\nset-cookie: a=b\r\n\r\n",
    )
    .await;
    assert_eq!((answer.status, answer.text().as_str(), answer.whole), (200, "{}", true));
    assert_eq!(answer.get("set-cookie"), None);
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

async fn packed(coding: &str, body: &[u8], limits: Limits) -> Answer {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: {coding}\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    ask_one_that(vec![Step::Write([head.as_bytes(), body].concat())], limits).await
}

#[tokio::test]
async fn g02_a_gzip_bomb() {
    let bomb = pack(&vec![0; 200 * 1024 * 1024]);
    assert!(bomb.len() < 250 * 1024);
    let answer = packed("gzip", &bomb, Limits::own()).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.whole && answer.body.len() <= 5 * 1024 * 1024);
    let held = Limits { held_bytes: 6 * 1024 * 1024, ..Limits::own() };
    packed("gzip", &bomb, held).await.expect_fault(502, "reply_too_large");
}

#[tokio::test]
async fn g02_a_server_that_packs_unasked_is_understood() {
    let text = format!("{{\"a\":\"{}\"}}", "x".repeat(200_000));
    for (coding, body) in [("gzip", text.as_str()), ("x-gzip", "{}"), ("GZIP", "[]")] {
        let answer = packed(coding, &pack(body.as_bytes()), Limits::own()).await;
        assert_eq!((answer.status, answer.whole), (200, true));
        assert_eq!(answer.text(), body);
        assert_eq!(answer.get("content-encoding"), None);
        assert!(answer.get("x-relay-dropped").unwrap().contains("content-encoding"));
    }
}

#[tokio::test]
async fn g02_other_codings_and_broken_ones_are_refused() {
    let whole = pack(b"{\"a\":1}");
    let (half, _) = whole.split_at(whole.len() / 2);
    for (coding, body) in
        [("br", b"xyz".as_slice()), ("gzip, br", b"x"), ("gzip", half), ("gzip", b"{}")]
    {
        packed(coding, body, Limits::own()).await.expect_fault(502, "reply_encoded");
    }
}
