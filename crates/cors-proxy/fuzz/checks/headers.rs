//! What must hold of every head: only what is listed crosses, as it came, and nothing splits a line.

use cors_proxy::steps::{to_page, to_upstream};
use cors_proxy::{CHALLENGE, DROPPED, MEDIA_TYPE, OUTCOME, REDIRECT, STATUS, Target};
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

const ASKED: [&str; 5] = ["authorization", "accept", "content-type", "if-match", "if-none-match"];
const OWN: [(&str, &str); 4] = [
    ("host", "app.example.com:8443"),
    ("accept-encoding", "identity"),
    ("user-agent", "cors-proxy"),
    ("via", "1.1 cors-proxy"),
];
const DELIVERED: [&str; 5] = ["allow", "etag", "location", "retry-after", "x-request-id"];
const MOVED: [(HeaderName, &str); 3] =
    [(REDIRECT, "location"), (CHALLENGE, "www-authenticate"), (MEDIA_TYPE, "content-type")];

/// Takes each line as `name:value`.
pub(crate) fn check(bytes: &[u8]) {
    let headers: HeaderMap = bytes.split(|byte| *byte == b'\n').filter_map(header).collect();
    asked(&headers);
    for status in [StatusCode::OK, StatusCode::FOUND, StatusCode::UNAUTHORIZED] {
        delivered(&headers, status);
    }
}

fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = line.split_at(colon);
    Some((HeaderName::from_bytes(name).ok()?, HeaderValue::from_bytes(&value[1..]).ok()?))
}

fn asked(headers: &HeaderMap) {
    let target = Target::parse("https://app.example.com:8443/scim", 100).expect("a target");
    let Ok(sent) = to_upstream(headers, &target) else { return };
    assert_eq!(sent.len(), sent.keys_len(), "a header is sent twice");
    for (name, value) in &sent {
        let own = OWN.iter().find(|(own, _)| name == own);
        match own {
            Some((_, own)) => assert_eq!(value, own, "{name}"),
            None => {
                assert!(ASKED.contains(&name.as_str()), "{name} is sent");
                let given: Vec<&HeaderValue> = headers.get_all(name).iter().collect();
                assert_eq!(given, [value], "{name}");
            }
        }
        let value = value.as_bytes().to_ascii_lowercase();
        let broken = |part: &[u8]| value.windows(part.len()).any(|window| window == part);
        assert!(![&b"\r"[..], b"\n", b"%0d", b"%0a"].into_iter().any(broken), "{name}");
    }
    assert!(OWN.iter().all(|(own, _)| sent.contains_key(*own)));
}

fn delivered(headers: &HeaderMap, status: StatusCode) {
    let page = to_page(headers, status);
    assert_eq!(page[OUTCOME], "upstream");
    assert_eq!(page[STATUS], status.as_str());
    assert!(!(status.is_redirection() && page.contains_key(LOCATION)), "a browser would follow");
    for (name, value) in &page {
        assert!(!value.as_bytes().iter().any(|byte| matches!(byte, b'\r' | b'\n')), "{name}");
        let moved = MOVED.iter().find(|(to, _)| name == to).map(|(_, from)| *from);
        if let Some(from) =
            moved.or_else(|| DELIVERED.contains(&name.as_str()).then(|| name.as_str()))
        {
            assert!(headers.get_all(from).iter().any(|given| given == value), "{name}");
        } else if name == DROPPED {
            let names = value.to_str().expect("names").split(", ");
            names.for_each(|dropped| assert!(headers.contains_key(dropped), "{dropped}"));
        } else {
            assert!([CONTENT_TYPE, OUTCOME, STATUS].contains(name), "{name} is delivered");
        }
    }
    let media_type = page[CONTENT_TYPE].to_str().expect("text").to_ascii_lowercase();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let json = essence.starts_with("application/") && essence.ends_with("json");
    assert!(essence == "text/plain" || json, "{essence} could run");
}
