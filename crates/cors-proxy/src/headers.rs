//! Which headers cross the relay: a list of those that do, in both directions.

use axum::body::Body;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, ALLOW, AUTHORIZATION, CACHE_CONTROL, CONNECTION, CONTENT_DISPOSITION,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HOST, IF_MATCH, IF_NONE_MATCH, LOCATION,
    REFERRER_POLICY, RETRY_AFTER, USER_AGENT, VIA, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use crate::fault::{Fault, OUTCOME, Rule};
use crate::target::Target;

/// Where the call is to go: one absolute URL.
pub const TARGET: HeaderName = HeaderName::from_static("x-relay-target");
/// The session key.
pub const KEY: HeaderName = HeaderName::from_static("x-relay-key");
/// The upstream's true status.
pub const STATUS: HeaderName = HeaderName::from_static("x-relay-status");
/// The upstream's `Location` of a redirect, as text.
pub const REDIRECT: HeaderName = HeaderName::from_static("x-relay-location");
/// The upstream's `WWW-Authenticate`, which would otherwise make the browser ask for a password.
pub const CHALLENGE: HeaderName = HeaderName::from_static("x-relay-www-authenticate");
/// The upstream's true media type.
pub const MEDIA_TYPE: HeaderName = HeaderName::from_static("x-relay-content-type");
/// Milliseconds from the call's arrival to the reply's head.
pub const MILLISECONDS: HeaderName = HeaderName::from_static("x-relay-ms");
/// How long each layer took: `name`, `connect`, `tls` and `first-byte`, in the syntax of
/// `Server-Timing`.
pub const TIMING: HeaderName = HeaderName::from_static("x-relay-timing");
/// `ipv4` or `ipv6`: what the target's name was resolved to.
pub const FAMILY: HeaderName = HeaderName::from_static("x-relay-family");
/// The version of TLS that was agreed on.
pub const TLS: HeaderName = HeaderName::from_static("x-relay-tls");
/// When the upstream's certificate expires.
pub const TLS_EXPIRES: HeaderName = HeaderName::from_static("x-relay-tls-expires");
/// Names of the call's headers that were not passed on.
pub const NOT_SENT: HeaderName = HeaderName::from_static("x-relay-not-sent");
/// Names of the reply's headers that were not passed on.
pub const DROPPED: HeaderName = HeaderName::from_static("x-relay-dropped");

/// Request headers that are passed on; a preflight's answer names these and the relay's own two.
const PASSED_ON: [HeaderName; 5] = [AUTHORIZATION, ACCEPT, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH];

/// [`PASSED_ON`] and the relay's own, for `Access-Control-Allow-Headers`.
pub(crate) const ALLOW_HEADERS: &str =
    "authorization, accept, content-type, if-match, if-none-match, x-relay-target, x-relay-key";

/// Reply headers that a page on another origin may read.
pub(crate) const EXPOSE_HEADERS: &str = "allow, content-type, etag, location, retry-after, \
     x-request-id, x-relay-outcome, x-relay-status, x-relay-location, \
     x-relay-www-authenticate, x-relay-content-type, x-relay-ms, x-relay-timing, x-relay-family, \
     x-relay-tls, x-relay-tls-expires, x-relay-not-sent, x-relay-dropped";

/// Reply headers that are passed on under their own name.
const DELIVERED: [HeaderName; 4] =
    [ALLOW, ETAG, RETRY_AFTER, HeaderName::from_static("x-request-id")];

/// Reply headers that belong to one connection and are no news to anybody.
const FRAMING: [&str; 6] =
    ["connection", "content-length", "date", "keep-alive", "trailer", "transfer-encoding"];

/// The mark that stops a call from passing through a second relay.
const PSEUDONYM: &str = "cors-proxy";

/// The headers of the upstream's request.
///
/// # Errors
/// [`Rule::BadHeader`] for a header given twice or with an encoded line break, and [`Rule::Loop`]
/// for a call that has been through a relay.
pub fn to_upstream(headers: &HeaderMap, target: &Target) -> Result<HeaderMap, Fault> {
    if headers.get_all(VIA).iter().any(|via| holds(via, PSEUDONYM)) {
        return Err(loop_fault());
    }
    let mut forwarded = HeaderMap::with_capacity(12);
    for name in PASSED_ON {
        let mut values = headers.get_all(&name).iter();
        let Some(value) = values.next() else { continue };
        if values.next().is_some() {
            return Err(bad_header(&name, "is given twice"));
        }
        if holds(value, "%0d") || holds(value, "%0a") {
            return Err(bad_header(&name, "holds an encoded line break"));
        }
        if is_hop_by_hop(headers, &name) {
            continue;
        }
        let mut value = value.clone();
        value.set_sensitive(name == AUTHORIZATION);
        forwarded.insert(name, value);
    }
    let host = HeaderValue::try_from(target.authority())
        .map_err(|_| bad_header(&HOST, "cannot be made from the target's host"))?;
    forwarded.insert(HOST, host);
    forwarded.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    forwarded.insert(USER_AGENT, HeaderValue::from_static(PSEUDONYM));
    forwarded.insert(VIA, HeaderValue::from_static("1.1 cors-proxy"));
    Ok(forwarded)
}

/// The names of a call's headers that stay here, for [`NOT_SENT`]; not the relay's own, nor those
/// that belong to the connection.
pub(crate) fn not_sent(headers: &HeaderMap) -> Option<HeaderValue> {
    let mut names = String::new();
    for name in headers.keys() {
        let own = *name == HOST || *name == TARGET || *name == KEY;
        let passed_on = PASSED_ON.contains(name) && !is_hop_by_hop(headers, name);
        if own || passed_on || FRAMING.contains(&name.as_str()) {
            continue;
        }
        names.push_str(if names.is_empty() { "" } else { ", " });
        names.push_str(name.as_str());
    }
    (!names.is_empty()).then(|| HeaderValue::try_from(names).ok()).flatten()
}

/// The headers of the page's reply, with what the browser must not act on moved or dropped.
pub fn to_page(upstream: &HeaderMap, status: StatusCode) -> HeaderMap {
    // Room for all that is added later: growing would sort them in anew.
    let mut delivered = HeaderMap::with_capacity(48);
    let mut dropped: Vec<&str> = Vec::new();
    for (name, value) in upstream {
        if DELIVERED.contains(name) && !delivered.contains_key(name) {
            delivered.insert(name, value.clone());
        } else if *name == LOCATION && status.is_redirection() {
            delivered.append(REDIRECT, value.clone());
        } else if *name == LOCATION {
            delivered.insert(LOCATION, value.clone());
        } else if *name == WWW_AUTHENTICATE {
            delivered.append(CHALLENGE, value.clone());
        } else if *name == CONTENT_TYPE {
            delivered.insert(MEDIA_TYPE, value.clone());
        } else if !FRAMING.contains(&name.as_str()) && !dropped.contains(&name.as_str()) {
            dropped.push(name.as_str());
        }
    }
    delivered.insert(CONTENT_TYPE, safe_media_type(upstream.get(CONTENT_TYPE)));
    delivered.insert(OUTCOME, HeaderValue::from_static("upstream"));
    delivered.insert(STATUS, HeaderValue::from(status.as_u16()));
    if let Ok(names) = HeaderValue::try_from(dropped.join(", "))
        && !dropped.is_empty()
    {
        delivered.insert(DROPPED, names);
    }
    delivered
}

/// JSON stays JSON; everything else is text, so that nothing of it can run.
fn safe_media_type(value: Option<&HeaderValue>) -> HeaderValue {
    let json = value.and_then(|value| value.to_str().ok()).is_some_and(is_json);
    match value {
        Some(value) if json => value.clone(),
        _ => HeaderValue::from_static("text/plain"),
    }
}

/// Whether a media type is JSON or one of its `+json` kinds (RFC 6839 §3.1).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence
        .strip_prefix("application/")
        .is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
}

/// The status that the browser sees: its own for everything that it would act on by itself.
///
/// It follows a 3xx, refuses a 407, and may repeat the request after 408, 421 and 425.
pub(crate) fn outer_status(status: StatusCode) -> StatusCode {
    match status.as_u16() {
        304 => status,
        300..=399 | 407 | 408 | 421 | 425 | 600.. => StatusCode::OK,
        _ => status,
    }
}

/// What `Connection` names belongs to the hop between page and relay (RFC 9110 §7.6.1).
fn is_hop_by_hop(headers: &HeaderMap, name: &HeaderName) -> bool {
    headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.split(',').any(|named| named.trim().eq_ignore_ascii_case(name.as_str())))
}

fn holds(value: &HeaderValue, part: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

fn bad_header(name: &HeaderName, what: &str) -> Fault {
    Fault::new(Rule::BadHeader, format!("`{name}` {what}"), "send it once, as plain text")
}

pub(crate) fn loop_fault() -> Fault {
    Fault::new(
        Rule::Loop,
        "the call would come back to a relay",
        "give the address of the server itself, not of a relay",
    )
}

/// What every answer of the relay carries, its own faults too.
pub(crate) fn seal(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    for (name, value) in SEAL {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(OUTCOME).or_insert(HeaderValue::from_static("fault"));
    response
}

/// Opened directly, a reply must be neither kept nor run on the relay's origin.
const SEAL: [(HeaderName, &str); 6] = [
    (CACHE_CONTROL, "no-store"),
    (CONTENT_DISPOSITION, "attachment"),
    (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e02_the_preflight_names_what_is_passed_on() {
        for name in PASSED_ON.iter().chain([&TARGET, &KEY]) {
            assert!(ALLOW_HEADERS.split(", ").any(|listed| listed == name.as_str()), "{name}");
        }
        assert_eq!(ALLOW_HEADERS.split(", ").count(), PASSED_ON.len() + 2);
    }

    #[test]
    fn i02_a_token_on_its_way_cannot_be_printed() {
        let target = Target::parse("https://app.example.com/scim", 100).unwrap();
        let token = HeaderValue::from_static("Bearer canary");
        let sent = to_upstream(&HeaderMap::from_iter([(AUTHORIZATION, token)]), &target).unwrap();
        assert_eq!(sent.get(AUTHORIZATION).unwrap(), "Bearer canary");
        assert!(!format!("{sent:?}").contains("canary"));
    }

    #[test]
    fn f09_the_page_may_read_what_is_delivered() {
        let own = [OUTCOME, STATUS, REDIRECT, CHALLENGE, MEDIA_TYPE, MILLISECONDS, DROPPED];
        let layers = [TIMING, FAMILY, TLS, TLS_EXPIRES, NOT_SENT];
        for name in DELIVERED.iter().chain(&own).chain(&layers) {
            assert!(EXPOSE_HEADERS.split(", ").any(|listed| listed == name.as_str()), "{name}");
        }
    }

    #[test]
    fn g07_only_json_keeps_its_media_type() {
        for (given, seen) in [
            ("application/json", "application/json"),
            ("application/scim+json; charset=utf-8", "application/scim+json; charset=utf-8"),
            ("text/html", "text/plain"),
            ("application/xhtml+xml", "text/plain"),
            ("application/javascript", "text/plain"),
            ("text/json+html", "text/plain"),
        ] {
            assert_eq!(safe_media_type(Some(&HeaderValue::from_static(given))), seen, "{given}");
        }
        assert_eq!(safe_media_type(None), "text/plain");
    }
}
