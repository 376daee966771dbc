//! Requests, answers and faults as messages.

use serde::{Deserialize, Serialize};

/// A request on its way to the application, before the token is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireRequest {
    /// The HTTP method.
    pub method: String,
    /// The absolute address.
    pub uri: String,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body; empty where there is none.
    pub body: String,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireResponse {
    /// The HTTP status.
    pub status: u16,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

/// What the sandbox answered. A slow one does not wait itself: it says how long the page is to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    /// The answer.
    pub response: WireResponse,
    /// After how many milliseconds it is to be handed on.
    pub delay_millis: u32,
}

/// Why nothing came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireFault {
    /// Which layer failed.
    pub kind: FaultKind,
    /// What happened, and the repair, in the administrator's words.
    pub message: String,
    /// How far the request came, as the relay's headers tell it; empty on other routes.
    #[serde(default)]
    pub trace: Vec<(String, String)>,
}

impl WireFault {
    /// A fault of which nothing else is known.
    pub fn new(kind: FaultKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), trace: Vec::new() }
    }
}

/// The layers that can fail before the application answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaultKind {
    /// The relay is not there, or does not accept this page.
    NoRelay,
    /// No relay is at the address that was typed, or it does not know this page.
    RelayAway,
    /// The relay does not take the session key.
    RelayKey,
    /// The relay may not reach this address.
    NotAllowed,
    /// There is no access token to send it with.
    NoAccess,
    /// The host's name is unknown.
    Name,
    /// Nobody listens there, or the network is down.
    Refused,
    /// The endpoint's certificate or protocol is not acceptable.
    Tls,
    /// No answer in time.
    Timeout,
    /// The endpoint is there but does not let this page read its answers.
    Cors,
    /// The answer is too large, or broke off.
    Broken,
    /// Somebody pressed Cancel.
    Cancelled,
}

impl WireRequest {
    /// The request as a plain value of the `http` crate's, for messages.
    pub fn from_http(request: &http::Request<Vec<u8>>) -> Self {
        Self {
            method: request.method().to_string(),
            uri: request.uri().to_string(),
            headers: headers(request.headers()),
            body: String::from_utf8_lossy(request.body()).into_owned(),
        }
    }

    /// The same request for the `http` crate; nothing where method, address or a header is none.
    pub fn to_http(&self) -> Option<http::Request<Vec<u8>>> {
        let mut builder = http::Request::builder().method(self.method.as_str()).uri(&self.uri);
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        builder.body(self.body.clone().into_bytes()).ok()
    }
}

impl WireResponse {
    /// The response as a message.
    pub fn from_http(response: &http::Response<Vec<u8>>) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: headers(response.headers()),
            body: String::from_utf8_lossy(response.body()).into_owned(),
        }
    }

    /// The same response for the `http` crate; a header that it cannot hold is left out.
    pub fn to_http(&self) -> http::Response<Vec<u8>> {
        let mut response = http::Response::new(self.body.clone().into_bytes());
        // A browser gives no status outside 100 to 999; 500 stands for "not an HTTP answer".
        *response.status_mut() = http::StatusCode::from_u16(self.status)
            .unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in &self.headers {
            let name = http::HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, http::HeaderValue::from_str(value)) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}

impl Served {
    /// The sandbox's response as a message.
    pub fn from_http(response: &http::Response<Vec<u8>>) -> Self {
        let delay_millis = sandbox::Delay::of(response).millis();
        Self { response: WireResponse::from_http(response), delay_millis }
    }
}

fn headers(map: &http::HeaderMap) -> Vec<(String, String)> {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    map.iter().map(|(name, value)| (name.to_string(), text(value))).collect()
}
