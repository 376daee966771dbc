//! One call: checked, sent to a permitted target, and answered with what the target said.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, EXPECT, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, Response, Uri};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::{Instant, timeout, timeout_at};

use crate::callers::Callers;
use crate::clients::Clients;
use crate::connect::{Network, too_slow, unreachable};
use crate::fault::{Fault, METHODS, OUTCOME, Rule};
use crate::headers::{self, KEY, MILLISECONDS, TARGET};
use crate::journal::{Journal, Line};
use crate::limits::Limits;
use crate::policy::{Permit, Policy};
use crate::reply::{self, Bounds};
use crate::session::{Session, SessionKey};
use crate::target::Target;

/// A relay that is ready for calls.
pub struct Relay {
    pub(crate) callers: Callers,
    pub(crate) session: Session,
    policy: Policy,
    listen: SocketAddr,
    limits: Limits,
    network: Network,
    clients: Arc<Clients>,
    journal: Arc<Journal>,
}

impl Relay {
    /// A relay that listens on `listen`, with a fresh session key.
    ///
    /// # Errors
    /// The system has no random source.
    pub fn new(
        policy: Policy,
        callers: Callers,
        listen: SocketAddr,
        limits: Limits,
        network: Network,
        journal: Journal,
    ) -> Result<Self, getrandom::Error> {
        let session = Session::new(limits.wrong_keys)?;
        let (clients, journal) = (Clients::new(&limits), Arc::new(journal));
        Ok(Self { callers, session, policy, listen, limits, network, clients, journal })
    }

    /// The key as it is now.
    pub fn session_key(&self) -> SessionKey {
        self.session.key()
    }

    /// Writes the key for a page that this relay does not serve, if one may call.
    pub fn announce_key(&self) {
        if self.callers.has_strangers() {
            let key = self.session.key();
            self.journal.tell(&format!("session key for pages elsewhere: {}", key.reveal()));
        }
    }

    /// Answers one call; the caller has checked host and origin.
    pub(crate) async fn answer(&self, peer: IpAddr, request: Request<Body>) -> Response<Body> {
        let start = Instant::now();
        let (parts, body) = request.into_parts();
        let mut line = Line { method: parts.method.clone(), ..Line::default() };
        let mut body = Some(body);
        let answer = self.forward(peer, &parts, &mut body, start, &mut line).await;
        let fault = match answer {
            Ok(response) => return response,
            Err(fault) => fault,
        };
        if fault.rule() == Rule::KeyReplaced {
            self.announce_key();
        }
        // A connection that closes on unread data is reset, and the page would see that instead.
        if let Some(body) = body {
            discard(body, self.limits.request_bytes.saturating_mul(2)).await;
        }
        (line.status, line.fault) = (fault.rule().wire().0, Some(fault.rule().wire().1));
        line.milliseconds = start.elapsed().as_millis();
        self.journal.write(&line);
        axum::response::IntoResponse::into_response(fault)
    }

    async fn forward(
        &self,
        peer: IpAddr,
        parts: &Parts,
        body: &mut Option<Body>,
        start: Instant,
        line: &mut Line,
    ) -> Result<Response<Body>, Fault> {
        check_method(&parts.method)?;
        check_body(parts, self.limits.request_bytes)?;
        let place = self.clients.enter(peer, start.into_std())?;
        self.session.check(parts.headers.get(KEY).map(HeaderValue::as_bytes))?;
        let permit = self.policy.permit(read_target(parts, self.limits.target_bytes)?)?;
        line.going_to(&permit);
        let request = upstream_request(parts, &permit, body)?;
        let hide = |fault: Fault| if permit.is_listed() { fault } else { fault.without_detail() };
        let head = timeout_at(start + self.limits.first_byte, self.exchange(&permit, request))
            .await
            .unwrap_or_else(|_| Err(too_slow("the first byte", self.limits.first_byte)))
            .map_err(hide)?;
        let (head, incoming) = head.into_parts();
        check_encoding(&head.headers)?;

        let mut headers = headers::to_page(&head.headers, head.status);
        headers.insert(MILLISECONDS, milliseconds(start));
        let mut done_line = Line { status: head.status, ..std::mem::take(line) };
        let written = done_line.clone();
        let journal = Arc::clone(&self.journal);
        let done = move |bytes| {
            (done_line.bytes, done_line.milliseconds) = (bytes, start.elapsed().as_millis());
            journal.write(&done_line);
            drop(place);
        };
        let reply = reply::take(incoming, Bounds::new(&self.limits, start), done).await;
        let reply = reply.inspect_err(|_| *line = written)?;
        let mut response = Response::new(Body::new(reply));
        *response.status_mut() = headers::outer_status(head.status);
        *response.headers_mut() = headers;
        Ok(response)
    }

    /// Resolve, check, connect, send; the reply's head comes back and no redirect is followed.
    async fn exchange(
        &self,
        permit: &Permit,
        request: Request<Body>,
    ) -> Result<Response<Incoming>, Fault> {
        let addresses = self.network.addresses(permit, &self.limits).await?;
        if addresses.iter().any(|address| self.is_self(*address)) {
            return Err(headers::loop_fault());
        }
        let mut sender = self.network.connect(permit, &addresses, &self.limits).await?;
        let authority = permit.target().authority();
        let response = sender.send_request(request).await.map_err(|error| {
            if error.is_parse() || error.is_parse_too_large() {
                Fault::new(
                    Rule::BadReply,
                    format!("what `{authority}` answered is not HTTP/1.1"),
                    "check that host and port are those of the API",
                )
            } else {
                unreachable("reset", &authority, "it closed the connection without an answer")
            }
        })?;
        if response.status().is_informational() {
            return Err(Fault::new(
                Rule::BadReply,
                format!("`{authority}` wanted to leave HTTP"),
                "check that host and port are those of the API",
            ));
        }
        Ok(response)
    }

    fn is_self(&self, address: SocketAddr) -> bool {
        let everywhere = self.listen.ip().is_unspecified() && address.ip().is_loopback();
        address.port() == self.listen.port() && (address.ip() == self.listen.ip() || everywhere)
    }
}

/// `x-relay-outcome`, `x-relay-ms` and the like never say more than this about time.
fn milliseconds(start: Instant) -> HeaderValue {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX).into()
}

pub(crate) fn check_method(method: &Method) -> Result<(), Fault> {
    if METHODS.split(", ").any(|listed| listed == method.as_str()) {
        return Ok(());
    }
    Err(Fault::new(
        Rule::MethodNotAllowed,
        "the relay does not forward this method",
        format!("use one of {METHODS}"),
    ))
}

/// A body needs a method that has one, a length, and JSON: so it is refused before any of it is
/// read, and no form of another page can send it.
fn check_body(parts: &Parts, longest: u64) -> Result<(), Fault> {
    let headers = &parts.headers;
    if headers.get(EXPECT).is_some_and(|value| !value.as_bytes().eq_ignore_ascii_case(CONTINUE)) {
        return Err(Fault::new(
            Rule::ExpectationFailed,
            "the relay meets no expectation but `100-continue`",
            "send the call without `Expect`",
        ));
    }
    if headers.contains_key(TRANSFER_ENCODING) {
        return Err(Fault::new(
            Rule::LengthRequired,
            "the body's length is not given",
            "send the body with `Content-Length`, not in chunks",
        ));
    }
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let length = length.and_then(|value| value.parse().ok()).unwrap_or(0);
    if length == 0 {
        return Ok(());
    }
    if !matches!(parts.method, Method::POST | Method::PUT | Method::PATCH) {
        return Err(Fault::new(
            Rule::BodyNotAllowed,
            format!("a body came with {}", parts.method),
            "send it with POST, PUT or PATCH",
        ));
    }
    if length > longest {
        return Err(Fault::new(
            Rule::RequestTooLarge,
            format!("the body is longer than {longest} bytes"),
            "split it into smaller calls",
        ));
    }
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !media_type.is_some_and(headers::is_json) {
        return Err(Fault::new(
            Rule::MediaTypeNotAllowed,
            "the body is not JSON",
            "send it as `application/json` or a `+json` kind of it",
        ));
    }
    Ok(())
}

const CONTINUE: &[u8] = b"100-continue";

/// The one target of a call; two could be read differently by two readers.
fn read_target(parts: &Parts, longest: usize) -> Result<Target, Fault> {
    let repair = "give one absolute URL in the header `x-relay-target`, and nothing in the query";
    let bad = |message| Fault::new(Rule::BadTarget, message, repair);
    let mut values = parts.headers.get_all(TARGET).iter();
    let value = values.next().ok_or_else(|| bad("the header `x-relay-target` is missing"))?;
    if values.next().is_some() || parts.uri.query().is_some() {
        return Err(bad("the call names more than one target"));
    }
    let text = std::str::from_utf8(value.as_bytes()).map_err(|_| bad("it is not UTF-8"))?;
    Target::parse(text, longest)
}

fn upstream_request(
    parts: &Parts,
    permit: &Permit,
    body: &mut Option<Body>,
) -> Result<Request<Body>, Fault> {
    let headers = headers::to_upstream(&parts.headers, permit.target())?;
    let mut request = Request::new(body.take().unwrap_or_default());
    *request.method_mut() = parts.method.clone();
    *request.uri_mut() = Uri::from(permit.target().path_and_query().clone());
    *request.headers_mut() = headers;
    Ok(request)
}

/// The page's browser would unpack the reply, and no bound of ours would hold.
fn check_encoding(headers: &HeaderMap) -> Result<(), Fault> {
    let plain = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if headers.get_all(http::header::CONTENT_ENCODING).iter().all(plain) {
        return Ok(());
    }
    Err(Fault::new(
        Rule::ReplyEncoded,
        "the server compressed its reply although it was asked not to",
        "switch compression off for clients that accept `identity` only",
    ))
}

/// Reads at most `most` bytes, for at most two seconds.
async fn discard(mut body: Body, most: u64) {
    let mut left = most;
    let reading = async {
        while let Some(Ok(frame)) = body.frame().await {
            let length = frame.data_ref().map_or(0, |data| data.len() as u64);
            match left.checked_sub(length) {
                Some(rest) => left = rest,
                None => break,
            }
        }
    };
    // Whoever sends more slowly than that loses the connection.
    let _ = timeout(Duration::from_secs(2), reading).await;
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
const SEAL: [(&str, &str); 6] = [
    ("cache-control", "no-store"),
    ("content-disposition", "attachment"),
    ("content-security-policy", "default-src 'none'; sandbox"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
];
