//! One call: checked, sent to a permitted target, and answered with what the target said.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::response::IntoResponse;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Request, Response};
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout, timeout_at};

use crate::callers::Callers;
use crate::clients::{Counter, clients, network_of, targets};
use crate::connect::Network;
use crate::fault::{Fault, Rule};
use crate::headers::{self, KEY, MILLISECONDS, NOT_SENT};
use crate::journal::{Journal, Line};
use crate::limits::Limits;
use crate::policy::{Permit, Policy, Use};
use crate::pool::Pool;
use crate::reply::{self, Bounds, Coding};
use crate::request;
use crate::sending::Sending;
use crate::session::{Session, SessionKey};
use crate::trace::Trace;
use crate::upstream::{Answered, Outgoing, Upstream};

/// A relay that is ready for calls.
pub struct Relay {
    pub(crate) callers: Callers,
    pub(crate) session: Session,
    pub(crate) operator: Option<String>,
    policy: Policy,
    upstream: Upstream,
    clients: Arc<Counter<IpAddr>>,
    targets: Arc<Counter<String>>,
    journal: Journal,
}

/// What is known about one call while it lasts.
struct Course {
    start: Instant,
    trace: Trace,
    line: Line,
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
        let (clients, targets) = (clients(&limits), targets(&limits));
        let upstream = Upstream { network, pool: Pool::new(&limits), listen, limits };
        Ok(Self { callers, session, operator: None, policy, upstream, clients, targets, journal })
    }

    /// Says who runs the relay, for the page about it.
    #[must_use]
    pub fn run_by(mut self, operator: Option<String>) -> Self {
        self.operator = operator;
        self
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
        let (parts, body) = request.into_parts();
        let line = Line { method: parts.method.clone(), ..Line::default() };
        let mut course = Course { start: Instant::now(), trace: Trace::default(), line };
        let mut body = Some(body);
        let answer = self.forward(peer, &parts, &mut body, &mut course).await;
        let mut response = match answer {
            Ok(response) => response,
            Err(fault) => {
                // A connection that closes on unread data is reset, and the page would see that
                // instead.
                if let Some(body) = body {
                    discard(body, self.upstream.limits.request_bytes.saturating_mul(2)).await;
                }
                self.tell_fault(fault, &mut course)
            }
        };
        course.trace.tell(response.headers_mut());
        if let Some(names) = headers::not_sent(&parts.headers) {
            response.headers_mut().insert(NOT_SENT, names);
        }
        response
    }

    async fn forward(
        &self,
        peer: IpAddr,
        parts: &Parts,
        body: &mut Option<Body>,
        course: &mut Course,
    ) -> Result<Response<Body>, Fault> {
        let limits = &self.upstream.limits;
        request::check_method(&parts.method)?;
        request::check_body(parts, limits.request_bytes)?;
        let client = self.callers.client(peer, &parts.headers);
        let now = course.start.into_std();
        let mine = self.clients.enter(network_of(client), now)?;
        self.session.check(parts.headers.get(KEY).map(HeaderValue::as_bytes))?;
        let target = request::read_target(parts, limits.target_bytes)?;
        let permit = self.policy.permit(target, &parts.method)?;
        course.line.going_to(&permit);
        let ours = self.targets.enter(permit.target().origin().to_owned(), now)?;
        let headers = headers::to_upstream(&parts.headers, permit.target())?;
        let (body, sending) = Sending::watch(body.take());
        let outgoing = Outgoing { method: parts.method.clone(), headers, body };
        let asked = self.upstream.ask(client, &permit, outgoing, &mut course.trace);
        let asked = timeout_at(course.start + limits.first_byte, asked).await;
        let answered = asked
            .unwrap_or_else(|_| Err(sending.too_slow(limits)))
            .map_err(|fault| self.hide(fault, &permit, &mut course.trace))?;
        let coding = coding(&answered.head.headers)?;
        self.deliver(answered, coding, course, (mine, ours)).await
    }

    /// Takes the reply; `places` are given back when the last of it has been passed on.
    async fn deliver(
        &self,
        answered: Answered,
        coding: Coding,
        course: &mut Course,
        places: impl Send + 'static,
    ) -> Result<Response<Body>, Fault> {
        let Answered { head, body, key, connection } = answered;
        let mut line = Line { status: head.status, ..course.line.clone() };
        let (start, journal) = (course.start, self.journal.clone());
        let pool = Arc::clone(&self.upstream.pool);
        let done = move |bytes, whole| {
            (line.bytes, line.milliseconds) = (bytes, start.elapsed().as_millis());
            journal.write(&line);
            if whole {
                pool.keep(key, connection);
            }
            drop(places);
        };
        let bounds = Bounds::new(&self.upstream.limits, start);
        let reply = reply::take(body, coding, bounds, done).await?;
        let mut response = Response::new(Body::new(reply));
        *response.status_mut() = headers::outer_status(head.status);
        *response.headers_mut() = headers::to_page(&head.headers, head.status);
        response.headers_mut().insert(MILLISECONDS, milliseconds(start));
        Ok(response)
    }

    /// Where strangers call, a host on no list tells them only that it did not answer.
    fn hide(&self, fault: Fault, permit: &Permit, trace: &mut Trace) -> Fault {
        if permit.is_listed() || self.callers.relay() == Use::Own {
            return fault;
        }
        *trace = Trace::default();
        fault.without_detail()
    }

    fn tell_fault(&self, fault: Fault, course: &mut Course) -> Response<Body> {
        if fault.rule() == Rule::KeyReplaced {
            self.announce_key();
        }
        let (status, name) = fault.rule().wire();
        (course.line.status, course.line.fault) = (status, Some(name));
        course.line.milliseconds = course.start.elapsed().as_millis();
        self.journal.write(&course.line);
        let mut response = fault.into_response();
        response.headers_mut().insert(MILLISECONDS, milliseconds(course.start));
        response
    }
}

/// The value of `x-relay-ms`.
fn milliseconds(start: Instant) -> HeaderValue {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX).into()
}

/// How a reply is packed. The relay asks for `identity`; a server that packs all the same mostly
/// does so by gzip, which is unpacked here: the page's browser would, and no bound of ours would
/// hold.
fn coding(headers: &HeaderMap) -> Result<Coding, Fault> {
    let mut coding = Coding::Identity;
    for value in headers.get_all(http::header::CONTENT_ENCODING) {
        let name = value.as_bytes().to_ascii_lowercase();
        coding = match (name.as_slice(), coding) {
            (b"identity", coding) => coding,
            (b"gzip" | b"x-gzip", Coding::Identity) => Coding::Gzip,
            _ => {
                return Err(Fault::new(
                    Rule::ReplyEncoded,
                    "the server compressed its reply although it was asked not to",
                    "switch compression off for clients that accept `identity` only",
                ));
            }
        };
    }
    Ok(coding)
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
