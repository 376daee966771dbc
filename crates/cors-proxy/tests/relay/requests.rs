//! E: which headers, methods and bodies go out.

use std::time::Duration;

use cors_proxy::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::upstream::Upstream;
use crate::world::{Answer, Call, Setup, World, exchange};

async fn world() -> (World, Upstream) {
    let upstream = Upstream::ok().await;
    (Setup::allowing(&[&upstream.url("/scim")]).start().await, upstream)
}

fn call(world: &World, upstream: &Upstream, method: &str) -> Call {
    world.call(method, &upstream.url("/scim/Users"))
}

#[tokio::test]
async fn e01_a_token_is_passed_on_once_and_written_nowhere() {
    let (world, upstream) = world().await;
    let token = "Bearer canary-4711";
    let answer = call(&world, &upstream, "GET").header("authorization", token).send().await;
    assert_eq!(upstream.heard()[0].matches("canary-4711").count(), 1);
    assert!(!format!("{answer:?}").contains("canary"));
    assert!(!world.journal(1).await.join("\n").contains("canary"));
}

#[tokio::test]
async fn e02_what_an_api_needs_is_passed_on_once() {
    let (world, upstream) = world().await;
    let answer = call(&world, &upstream, "PATCH")
        .header("authorization", "Bearer canary")
        .header("accept", "application/scim+json")
        .header("if-match", "W/\"1\"")
        .header("if-none-match", "W/\"2\"")
        .body("application/scim+json; charset=utf-8", b"{\"a\":1}")
        .send()
        .await;
    assert_eq!(answer.status, 200);
    let heard = upstream.heard().remove(0);
    for line in [
        "PATCH /scim/Users HTTP/1.1",
        "authorization: Bearer canary",
        "accept: application/scim+json",
        "if-match: W/\"1\"",
        "if-none-match: W/\"2\"",
        "content-type: application/scim+json; charset=utf-8",
        "content-length: 7",
        "accept-encoding: identity",
        "user-agent: cors-proxy",
        "via: 1.1 cors-proxy",
    ] {
        assert_eq!(heard.matches(&format!("{line}\r\n")).count(), 1, "{line} in {heard}");
    }
    assert!(heard.ends_with("\r\n\r\n{\"a\":1}"));
}

#[tokio::test]
async fn e01_a_token_given_twice_is_refused() {
    let (world, upstream) = world().await;
    let twice = call(&world, &upstream, "GET")
        .header("authorization", "Bearer a")
        .header("authorization", "Bearer b");
    twice.send().await.expect_fault(400, "bad_header");
    assert!(upstream.heard().is_empty());
}

/// Sends headers that must not go out; each is named in the answer instead.
async fn expect_dropped(dropped: &[(&str, &str)]) {
    let (world, upstream) = world().await;
    let mut request = call(&world, &upstream, "GET");
    for (name, value) in dropped {
        request = request.header(name, value);
    }
    let answer = request.send().await;
    assert_eq!(answer.status, 200);
    let named: Vec<&str> = answer.get("x-relay-not-sent").unwrap_or("").split(", ").collect();
    let heard = upstream.heard().remove(0).to_ascii_lowercase();
    for (name, value) in dropped {
        let line = format!("\r\n{name}: {}\r\n", value.to_ascii_lowercase());
        assert!(!heard.contains(&line), "{name} in {heard}");
        let framing = matches!(*name, "keep-alive" | "trailer" | "transfer-encoding");
        assert!(framing || named.contains(name), "{name} in {named:?}");
    }
    for name in ["x-relay-target", "x-relay-key", "origin:"] {
        assert!(!heard.contains(name), "{name} in {heard}");
        assert!(!named.contains(&name));
    }
}

#[tokio::test]
async fn e03_no_cookie_ever_goes_out() {
    expect_dropped(&[("cookie", "a=b"), ("cookie2", "$Version=1")]).await;
}

#[tokio::test]
async fn e04_what_would_route_elsewhere_is_dropped() {
    expect_dropped(&[
        ("x-forwarded-host", "internal"),
        ("x-forwarded-for", "10.0.0.1"),
        ("x-real-ip", "10.0.0.1"),
        ("forwarded", "for=10.0.0.1"),
        ("x-original-url", "/admin"),
        ("x-rewrite-url", "/admin"),
        ("referer", "https://page.example/"),
        ("x-api-key", "k"),
    ])
    .await;
}

#[tokio::test]
async fn e05_keys_to_metadata_services_are_dropped() {
    expect_dropped(&[
        ("metadata-flavor", "Google"),
        ("x-aws-ec2-metadata-token", "t"),
        ("metadata", "true"),
    ])
    .await;
}

#[tokio::test]
async fn e06_what_belongs_to_one_hop_is_dropped() {
    expect_dropped(&[
        ("te", "trailers"),
        ("upgrade", "websocket"),
        ("proxy-authorization", "Basic x"),
        ("proxy-connection", "keep-alive"),
        ("keep-alive", "timeout=5"),
        ("trailer", "x"),
    ])
    .await;
}

#[tokio::test]
async fn e14_neither_ranges_nor_codings_are_the_callers_to_choose() {
    expect_dropped(&[("range", "bytes=0-1"), ("accept-encoding", "br"), ("if-range", "x")]).await;
}

#[tokio::test]
async fn e04_the_host_of_the_target_is_the_host_that_is_sent() {
    let (world, upstream) = world().await;
    call(&world, &upstream, "GET").send().await;
    let heard = upstream.heard().remove(0);
    assert!(heard.contains(&format!("host: {}\r\n", upstream.address)));
    call(&world, &upstream, "GET")
        .host("internal")
        .send()
        .await
        .expect_fault(403, "host_not_allowed");
    let two = call(&world, &upstream, "GET").header("host", &world.address.to_string());
    assert!(matches!(two.send().await.status, 400 | 403));
    assert_eq!(upstream.heard().len(), 1);
}

#[tokio::test]
async fn e06_headers_named_in_connection_are_dropped_too() {
    let (world, upstream) = world().await;
    let request = format!(
        "GET /relay HTTP/1.1\r\nhost: {}\r\nconnection: close, Authorization\r\n\
         authorization: Bearer canary\r\nx-relay-key: {}\r\nx-relay-target: {}\r\n\r\n",
        world.address,
        world.key,
        upstream.url("/scim/Users")
    );
    exchange(world.address, request.as_bytes()).await;
    assert!(!upstream.heard()[0].contains("canary"));
}

#[tokio::test]
async fn e08_line_breaks_in_a_header_are_refused() {
    let (world, upstream) = world().await;
    for value in ["Bearer a%0d%0ax: y", "Bearer a%0Ax"] {
        let answer = call(&world, &upstream, "GET").header("authorization", value).send().await;
        answer.expect_fault(400, "bad_header");
    }
    for value in ["Bearer a\r\n folded", "Bearer a\rx"] {
        let answer = call(&world, &upstream, "GET").header("authorization", value).send().await;
        assert_eq!(answer.status, 400, "{value:?}");
    }
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn e09_names_count_and_size_of_headers_are_bounded() {
    let (world, upstream) = world().await;
    assert_eq!(call(&world, &upstream, "GET").header("b(d", "x").send().await.status, 400);
    let mut many = call(&world, &upstream, "GET");
    for index in 0..100 {
        many = many.header(&format!("x-{index}"), "x");
    }
    assert_eq!(many.send().await.status, 431);
    let large = call(&world, &upstream, "GET").header("x-large", &"x".repeat(17 * 1024));
    assert_eq!(large.send().await.status, 431);
    assert!(upstream.heard().is_empty());
    assert_eq!(call(&world, &upstream, "GET").send().await.status, 200);
}

#[tokio::test]
async fn e12_other_methods_are_refused() {
    let (world, upstream) = world().await;
    // A proxy's request line names another server; the relay is no such proxy.
    let line = format!(
        "GET {} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
        upstream.url("/scim"),
        world.address
    );
    let answer = Answer::read(exchange(world.address, line.as_bytes()).await);
    answer.expect_fault(403, "host_not_allowed");
    for method in ["TRACE", "TRACK", "PURGE", "get", "HEAD", "OPTIONS"] {
        let answer = call(&world, &upstream, method).send().await;
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.get("allow"), Some("GET, POST, PUT, PATCH, DELETE"));
    }
    let tunnel = format!(
        "CONNECT {0} HTTP/1.1\r\nhost: {1}\r\nconnection: close\r\n\r\n",
        upstream.address, world.address
    );
    let answer = Answer::read(exchange(world.address, tunnel.as_bytes()).await);
    assert_eq!(answer.status, 405);
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn e15_an_expectation_is_met_here_or_refused() {
    let (world, upstream) = world().await;
    let other = call(&world, &upstream, "GET").header("expect", "miracles").send().await;
    other.expect_fault(417, "expectation_failed");
    assert!(upstream.heard().is_empty());
    call(&world, &upstream, "POST")
        .header("expect", "100-continue")
        .body("application/json", b"{}")
        .send()
        .await;
    assert!(!upstream.heard()[0].contains("expect"));
}

#[tokio::test]
async fn e16_a_body_is_bounded_before_the_upstream_is_called() {
    let (world, upstream) = world().await;
    let mebibyte = usize::try_from(Limits::own().request_bytes).unwrap();
    let answer = call(&world, &upstream, "POST")
        .body("application/json", &vec![b' '; mebibyte + 1])
        .send()
        .await;
    answer.expect_fault(413, "request_too_large");
    assert!(upstream.heard().is_empty());
    let answer = call(&world, &upstream, "POST")
        .body("application/json", &vec![b' '; mebibyte])
        .send()
        .await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn e16_a_refusal_can_be_read_after_a_body_that_comes_late() {
    let (world, _upstream) = world().await;
    let length = usize::try_from(Limits::own().request_bytes).unwrap() + 1;
    let head = format!(
        "POST /relay HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\nconnection: close\r\n\r\n",
        world.address
    );
    let mut stream = TcpStream::connect(world.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    stream.write_all(&vec![b' '; length]).await.expect("the relay still reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("the connection is not reset");
    Answer::read(answer).expect_fault(413, "request_too_large");
}

#[tokio::test]
async fn e16_a_body_without_its_length_is_refused() {
    let (world, upstream) = world().await;
    let answer = call(&world, &upstream, "POST")
        .header("transfer-encoding", "chunked")
        .header("content-type", "application/json")
        .send()
        .await;
    answer.expect_fault(411, "length_required");
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn e18_a_body_needs_a_method_that_has_one() {
    let (world, upstream) = world().await;
    for method in ["GET", "DELETE"] {
        let answer = call(&world, &upstream, method).body("application/json", b"{}").send().await;
        answer.expect_fault(400, "body_not_allowed");
    }
    assert!(upstream.heard().is_empty());
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        assert_eq!(call(&world, &upstream, method).send().await.status, 200, "{method}");
    }
}

#[tokio::test]
async fn e19_only_json_and_posted_forms_go_out() {
    let (world, upstream) = world().await;
    for media_type in
        ["multipart/form-data; boundary=x", "text/html", "text/plain", "application/x"]
    {
        let answer = call(&world, &upstream, "POST").body(media_type, b"{}").send().await;
        answer.expect_fault(415, "media_type_not_allowed");
    }
    let packed = call(&world, &upstream, "POST").header("content-encoding", "gzip");
    let packed = packed.body("application/json", b"\x1f\x8b").send().await;
    packed.expect_fault(415, "media_type_not_allowed");
    let form = ("application/x-www-form-urlencoded", b"grant_type=client_credentials");
    for method in ["PUT", "PATCH"] {
        let answer = call(&world, &upstream, method).body(form.0, form.1).send().await;
        answer.expect_fault(415, "media_type_not_allowed");
    }
    assert!(upstream.heard().is_empty());
    assert_eq!(call(&world, &upstream, "POST").body(form.0, form.1).send().await.status, 200);
    assert_eq!(upstream.heard().len(), 1);
}

#[tokio::test]
async fn e16_a_page_that_sends_slowly_is_not_taken_for_a_slow_server() {
    let upstream = Upstream::ok().await;
    let limits = Limits { first_byte: Duration::from_millis(200), ..Limits::own() };
    let setup = Setup { limits, ..Setup::allowing(&[&upstream.url("/scim")]) };
    let world = setup.start().await;
    let head = format!(
        "POST /relay HTTP/1.1\r\nhost: {}\r\nx-relay-key: {}\r\nx-relay-target: {}\r\n\
         content-type: application/json\r\ncontent-length: 10\r\nconnection: close\r\n\r\n{{",
        world.address,
        world.key,
        upstream.url("/scim/Users")
    );
    let answer = Answer::read(exchange(world.address, head.as_bytes()).await);
    answer.expect_fault(400, "request_too_slow");
}
