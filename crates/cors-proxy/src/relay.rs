//! One call: checked, sent to a permitted target, and answered with what the target said.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::response::IntoResponse;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Request, Response, Uri};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::{Instant, timeout, timeout_at};

use crate::callers::Callers;
use crate::clients::Clients;
use crate::connect::{Network, too_slow, unreachable};
use crate::fault::{Fault, Rule};
use crate::headers::{self, KEY, MILLISECONDS};
use crate::journal::{Journal, Line};
use crate::limits::Limits;
use crate::policy::{Permit, Policy};
use crate::reply::{self, Bounds};
use crate::request;
use crate::session::{Session, SessionKey};

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
        let mut response = fault.into_response();
        response.headers_mut().insert(MILLISECONDS, milliseconds(start));
        response
    }

    async fn forward(
        &self,
        peer: IpAddr,
        parts: &Parts,
        body: &mut Option<Body>,
        start: Instant,
        line: &mut Line,
    ) -> Result<Response<Body>, Fault> {
        request::check_method(&parts.method)?;
        request::check_body(parts, self.limits.request_bytes)?;
        let place = self.clients.enter(peer, start.into_std())?;
        self.session.check(parts.headers.get(KEY).map(HeaderValue::as_bytes))?;
        let permit = self.policy.permit(request::read_target(parts, self.limits.target_bytes)?)?;
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

/// The value of `x-relay-ms`.
fn milliseconds(start: Instant) -> HeaderValue {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX).into()
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
