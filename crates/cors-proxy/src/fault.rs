//! The relay's own faults: told apart from an upstream's answer, each with its place, rule and repair.

use std::fmt;

use axum::response::{IntoResponse, Response};
use http::header::{ALLOW, HeaderValue, RETRY_AFTER};
use http::{HeaderName, StatusCode};

/// The header that says whose answer this is: `upstream` or `fault`.
pub const OUTCOME: HeaderName = HeaderName::from_static("x-relay-outcome");

/// The methods the relay forwards, as they stand in `Allow` and in a preflight's answer.
pub const METHODS: &str = "GET, POST, PUT, PATCH, DELETE";

/// Why the relay did not deliver an upstream's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The target is missing, given twice, or not a URL the relay would connect to as written.
    BadTarget,
    /// The target carries a user name or a password.
    UserinfoNotAllowed,
    /// The target carries a fragment.
    FragmentNotAllowed,
    /// The target is longer than [`crate::Limits::target_bytes`].
    TargetTooLong,
    /// The target, or an address its name resolves to, is not on the list.
    TargetNotAllowed,
    /// The call would reach this relay, or has passed through one.
    Loop,
    /// The method is not one of [`METHODS`].
    MethodNotAllowed,
    /// A forwarded header is given twice or smuggles a line break.
    BadHeader,
    /// A body came with a method that has none.
    BodyNotAllowed,
    /// A body came without its length.
    LengthRequired,
    /// The request's body is longer than [`crate::Limits::request_bytes`].
    RequestTooLarge,
    /// The request's body is not JSON.
    MediaTypeNotAllowed,
    /// The page took too long over its request's body.
    RequestTooSlow,
    /// `Expect` asks for something other than `100-continue`.
    ExpectationFailed,
    /// `Host` is not a name this relay answers to.
    HostNotAllowed,
    /// The page that calls is not on the list of origins.
    OriginNotAllowed,
    /// `x-relay-key` is missing.
    KeyMissing,
    /// `x-relay-key` is wrong.
    KeyWrong,
    /// `x-relay-key` was wrong too often; there is a new key.
    KeyReplaced,
    /// The caller asks too often, or has too many calls open.
    TooManyCalls,
    /// The upstream's name has no address.
    NameFailed,
    /// The upstream did not accept a connection, or broke it.
    UpstreamUnreachable,
    /// No trusted TLS session with the upstream came about.
    TlsFailed,
    /// The upstream answered something that is not HTTP, or broke off.
    BadReply,
    /// The upstream compressed its answer although it was asked not to.
    ReplyEncoded,
    /// The upstream's answer is longer than [`crate::Limits::reply_bytes`].
    ReplyTooLarge,
    /// The upstream was too slow.
    UpstreamTimeout,
}

impl Rule {
    /// The HTTP status and the name of a fault; names are part of the contract with the page.
    #[must_use]
    pub const fn wire(self) -> (StatusCode, &'static str) {
        match self {
            Self::BadTarget => (StatusCode::BAD_REQUEST, "bad_target"),
            Self::UserinfoNotAllowed => (StatusCode::BAD_REQUEST, "userinfo_not_allowed"),
            Self::FragmentNotAllowed => (StatusCode::BAD_REQUEST, "fragment_not_allowed"),
            Self::TargetTooLong => (StatusCode::URI_TOO_LONG, "target_too_long"),
            Self::TargetNotAllowed => (StatusCode::FORBIDDEN, "target_not_allowed"),
            Self::Loop => (StatusCode::FORBIDDEN, "loop"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::BadHeader => (StatusCode::BAD_REQUEST, "bad_header"),
            Self::BodyNotAllowed => (StatusCode::BAD_REQUEST, "body_not_allowed"),
            Self::LengthRequired => (StatusCode::LENGTH_REQUIRED, "length_required"),
            Self::RequestTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "request_too_large"),
            Self::MediaTypeNotAllowed => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type_not_allowed")
            }
            // Not 408: a browser may repeat the call after it.
            Self::RequestTooSlow => (StatusCode::BAD_REQUEST, "request_too_slow"),
            Self::ExpectationFailed => (StatusCode::EXPECTATION_FAILED, "expectation_failed"),
            Self::HostNotAllowed => (StatusCode::FORBIDDEN, "host_not_allowed"),
            Self::OriginNotAllowed => (StatusCode::FORBIDDEN, "origin_not_allowed"),
            Self::KeyMissing => (StatusCode::UNAUTHORIZED, "key_missing"),
            Self::KeyWrong => (StatusCode::UNAUTHORIZED, "key_wrong"),
            Self::KeyReplaced => (StatusCode::TOO_MANY_REQUESTS, "key_replaced"),
            Self::TooManyCalls => (StatusCode::TOO_MANY_REQUESTS, "too_many_calls"),
            Self::NameFailed => (StatusCode::BAD_GATEWAY, "name_failed"),
            Self::UpstreamUnreachable => (StatusCode::BAD_GATEWAY, "upstream_unreachable"),
            Self::TlsFailed => (StatusCode::BAD_GATEWAY, "tls_failed"),
            Self::BadReply => (StatusCode::BAD_GATEWAY, "bad_reply"),
            Self::ReplyEncoded => (StatusCode::BAD_GATEWAY, "reply_encoded"),
            Self::ReplyTooLarge => (StatusCode::BAD_GATEWAY, "reply_too_large"),
            Self::UpstreamTimeout => (StatusCode::GATEWAY_TIMEOUT, "upstream_timeout"),
        }
    }
}

/// One fault of the relay: the rule, what happened, and what to do about it.
///
/// Neither text ever holds a header, a body, or a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    rule: Rule,
    message: String,
    repair: String,
    kind: Option<&'static str>,
    retry_after: Option<u64>,
}

impl Fault {
    /// A fault under `rule`; `message` says what happened, `repair` what to do.
    pub fn new(rule: Rule, message: impl Into<String>, repair: impl Into<String>) -> Self {
        let (message, repair) = (message.into(), repair.into());
        Self { rule, message, repair, kind: None, retry_after: None }
    }

    /// Adds the finer kind, such as `expired` for [`Rule::TlsFailed`].
    #[must_use]
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Adds `Retry-After`, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The rule that was broken.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// What a caller may learn about a host that is on no list: only that there was no answer.
    ///
    /// Otherwise the texts would tell open ports from closed ones. What a certificate lacks is
    /// still told: it is a public document.
    #[must_use]
    pub fn without_detail(self) -> Self {
        match (self.rule, self.kind) {
            (Rule::NameFailed | Rule::UpstreamUnreachable | Rule::UpstreamTimeout, _)
            | (Rule::BadReply, _)
            | (Rule::TlsFailed, Some("not_tls" | "closed" | "alert" | "other")) => Self::new(
                Rule::UpstreamUnreachable,
                "the server could not be reached",
                "check its address, or restart the relay with `--allow` for it to learn more",
            ),
            _ => self,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}; {}", self.rule.wire().1, self.message, self.repair)
    }
}

impl std::error::Error for Fault {}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, name) = self.rule.wire();
        let mut body = serde_json::json!({
            "fault": name, "message": self.message, "repair": self.repair,
        });
        if let (Some(kind), Some(members)) = (self.kind, body.as_object_mut()) {
            members.insert("kind".to_owned(), kind.into());
        }
        let json = HeaderValue::from_static("application/json");
        let mut response =
            (status, [(http::header::CONTENT_TYPE, json)], body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(OUTCOME, HeaderValue::from_static("fault"));
        if self.rule == Rule::MethodNotAllowed {
            headers.insert(ALLOW, HeaderValue::from_static(METHODS));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
