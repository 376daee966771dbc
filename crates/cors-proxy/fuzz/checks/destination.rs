//! What must hold of every target that passes: it is one of the list, and is sent as it was judged.

use cors_proxy::steps::read_target;
use cors_proxy::{Permit, Policy, Reach, TARGET, Use, reach};
use http::{HeaderValue, Method, Request, Uri};
use url::{Host, Url};

const LONGEST: usize = 8 * 1024;

/// What the list of the check holds: scheme, host, port and prefix.
const LIST: [(&str, &str, u16, &str); 4] = [
    ("https", "app.example.com", 443, "/scim/v2"),
    ("https", "app.example.com", 8443, ""),
    ("https", "[2606:4700::1111]", 443, "/scim"),
    ("http", "127.0.0.1", 8901, "/scim/v2"),
];

/// Takes the bytes as the header `x-relay-target`, and as the path behind the relay's own address.
pub(crate) fn check(bytes: &[u8]) {
    if let Ok(value) = HeaderValue::from_bytes(bytes) {
        judge(Request::builder().uri("/relay").header(TARGET, value), bytes);
    }
    let path = [b"/", bytes].concat();
    if let Ok(uri) = Uri::try_from(path) {
        // Parsing a request line drops a fragment; what is left is what is judged, and what is sent.
        let text = bytes.split(|byte| *byte == b'#').next().unwrap_or_default();
        judge(Request::builder().uri(uri), text);
    }
}

fn judge(call: http::request::Builder, text: &[u8]) {
    let (parts, ()) = call.body(()).expect("a request").into_parts();
    for any_public in [false, true] {
        let Ok(target) = read_target(&parts, LONGEST) else { return };
        if let Ok(permit) = policy(any_public).permit(target, &Method::GET) {
            let text = str::from_utf8(text).expect("what passes is text");
            is_sent_as_judged(&permit, text);
            is_of_the_list(&permit, any_public);
        }
    }
}

fn policy(any_public: bool) -> Policy {
    let mut policy = Policy::default();
    for (scheme, host, port, prefix) in LIST {
        let entry = format!("{scheme}://{host}:{port}{prefix}");
        policy.allow(&entry, Use::Own).expect("an entry that may be listed");
    }
    if any_public {
        policy.allow_any_public();
    }
    policy
}

/// The bytes from the path on are those that came, and those that the parser judged.
fn is_sent_as_judged(permit: &Permit, text: &str) {
    let target = permit.target();
    let sent = target.path_and_query().as_str();
    let (_, rest) = text.split_once("://").expect("an absolute URL");
    let came = rest.find(['/', '?']).map_or("", |at| &rest[at..]);
    let slash = if came.starts_with('/') { "" } else { "/" };
    assert_eq!(sent, format!("{slash}{came}"), "{text}");
    let path = sent.split('?').next().unwrap_or_default();
    assert_eq!(path, target.path(), "{text}");
    assert!(!text.bytes().any(|byte| byte <= b' ' || byte >= 0x7f), "{text}");
    let decoded = path.to_ascii_lowercase().replace("%25", "%").replace("%2e", ".");
    assert!(!decoded.split('/').any(|segment| matches!(segment, "." | "..")), "{text}");
    for sign in ["%2f", "%5c", "%00", ";", "\\"] {
        assert!(!decoded.contains(sign), "{text} holds {sign}");
    }
}

/// Reads again what goes on the wire, and compares it with the list.
fn is_of_the_list(permit: &Permit, any_public: bool) {
    let target = permit.target();
    let sent = format!("{}{}", target.origin(), target.path_and_query());
    let url = Url::parse(&sent).expect("what is sent is a URL");
    assert!(url.username().is_empty() && url.password().is_none(), "{sent}");
    assert_eq!(url.fragment(), None, "{sent}");
    assert_eq!(target.authority(), &url[url::Position::BeforeHost..url::Position::AfterPort]);
    assert_eq!(url.port_or_known_default(), Some(target.port()), "{sent}");
    let place = (url.scheme(), url.host_str().unwrap_or_default(), target.port());
    let listed = LIST.iter().any(|(scheme, host, port, prefix)| {
        let (path, prefix) = (format!("{}/", url.path()), format!("{prefix}/"));
        place == (*scheme, *host, *port) && path.starts_with(&prefix)
    });
    assert_eq!(permit.is_listed(), listed, "{sent}");
    assert!(listed || any_public && url.scheme() == "https", "{sent}");
    if !listed {
        match url.host().expect("a host") {
            Host::Domain(name) => assert!(name.trim_end_matches('.').contains('.'), "{sent}"),
            Host::Ipv4(address) => assert_eq!(reach(address.into()), Reach::Public, "{sent}"),
            Host::Ipv6(address) => assert_eq!(reach(address.into()), Reach::Public, "{sent}"),
        }
    }
}
