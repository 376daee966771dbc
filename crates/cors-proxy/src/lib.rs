//! A CORS relay for one browser page: closed by default, and it can serve that page too.
//!
//! A page cannot call a server that does not answer CORS. This relay makes the call for it, and
//! carries an access token while doing so; so it reaches only what its operator listed, answers
//! only the pages it knows, and tells what it did. Start at [`router`] and [`Relay`]; a call
//! passes [`Callers`], [`Policy`] and [`Network`] in this order.

mod about;
mod address;
mod arguments;
mod callers;
mod clients;
mod connect;
mod cors;
mod fault;
mod headers;
mod journal;
mod limits;
mod listen;
mod options;
mod page;
mod policy;
mod pool;
mod queue;
mod relay;
mod reply;
mod request;
mod sending;
mod session;
mod target;
mod trace;
mod unpack;
mod upstream;
mod workers;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::{HeaderMap, Method, StatusCode, Uri};

pub use address::{Reach, reach};
pub use arguments::{Arguments, Command, HELP};
pub use callers::Callers;
pub use connect::{Addresses, Network, Resolve, SystemResolver};
pub use fault::{Fault, METHODS, OUTCOME, Rule};
pub use headers::{
    CHALLENGE, DROPPED, FAMILY, KEY, MEDIA_TYPE, MILLISECONDS, NOT_SENT, REDIRECT, STATUS, TARGET,
    TIMING, TLS, TLS_EXPIRES,
};
pub use journal::Journal;
pub use limits::Limits;
pub use listen::listen;
pub use page::{CONTENT_SECURITY_POLICY, Page};
pub use policy::{Permit, Policy, Refusal, Use};
pub use relay::Relay;
pub use session::SessionKey;
pub use target::Target;
pub use workers::Workers;

/// Steps of a call that the fuzz targets try one by one; no part of what this library promises.
#[doc(hidden)]
pub mod steps {
    pub use crate::headers::{to_page, to_upstream};
    pub use crate::request::read_target;
}

struct App {
    relay: Relay,
    page: Option<Page>,
}

/// The relay at `/relay` and before every target URL, its key at `/relay/session`, who runs it at
/// `/relay/about`, a sign of life at `/healthz`, and the page everywhere else.
///
/// [`listen`] tells the address of each client; served otherwise, all clients share one rate.
pub fn router(relay: Relay, page: Option<Page>) -> Router {
    Router::new()
        .route("/relay", any(call))
        .route("/relay/session", any(session))
        .route("/relay/about", any(about))
        .route("/healthz", any(|| async { page::plain(StatusCode::OK, "ok\n") }))
        .fallback(file)
        .with_state(Arc::new(App { relay, page }))
}

async fn call(State(app): State<Arc<App>>, request: Request) -> Response {
    let headers = request.headers();
    let known = app.relay.callers.check_host(request.uri(), headers);
    let origin = match known.and_then(|()| app.relay.callers.admit(headers)) {
        Ok(origin) => origin,
        Err(fault) => return headers::seal(fault.into_response()),
    };
    if cors::is_preflight(request.method(), headers) {
        return cors::open(cors::preflight(headers, app.relay.callers.relay()), origin);
    }
    let peer = request.extensions().get::<listen::Peer>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
    cors::open(headers::seal(app.relay.answer(peer, request).await), origin)
}

/// Gives the session key to the page that this relay serves, and to no other.
async fn session(
    State(app): State<Arc<App>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if method != Method::GET {
        return page::read_only();
    }
    let answer = app.relay.callers.check_own_page(&uri, &headers).map(|()| {
        let body = serde_json::json!({ "key": app.relay.session.key().reveal() }).to_string();
        let mut response = Response::new(Body::from(body));
        let json = http::HeaderValue::from_static("application/json");
        response.headers_mut().insert(http::header::CONTENT_TYPE, json);
        response.headers_mut().insert(OUTCOME, http::HeaderValue::from_static("session"));
        response
    });
    headers::seal(answer.unwrap_or_else(IntoResponse::into_response))
}

/// Says who runs the relay, to everybody; a page of the list may show it.
async fn about(State(app): State<Arc<App>>, request: Request) -> Response {
    let headers = request.headers();
    let callers = &app.relay.callers;
    if let Err(fault) = callers.check_host(request.uri(), headers) {
        return headers::seal(fault.into_response());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return page::read_only();
    }
    let text = about::text(callers.relay(), app.relay.operator.as_deref());
    cors::open(page::plain(StatusCode::OK, text), callers.admit(headers).unwrap_or_default())
}

async fn file(State(app): State<Arc<App>>, request: Request) -> Response {
    if request::target_in_path(request.uri()).is_some() {
        return call(State(app), request).await;
    }
    if let Err(fault) = app.relay.callers.check_host(request.uri(), request.headers()) {
        return headers::seal(fault.into_response());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return page::read_only();
    }
    match (&app.page, request.uri().path()) {
        (Some(page), path) => page.answer(path, request.headers()).await,
        (None, "/") => {
            page::plain(StatusCode::OK, "A relay for one page. It serves none itself.\n")
        }
        (None, _) => page::missing(),
    }
}
