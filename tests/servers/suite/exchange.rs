//! The way of one request to a service provider, and of its answer back.

use std::sync::Arc;

use http::{Request, Response};
use sandbox::{Moment, ResourceType, Sandbox, Settings};
use servers::{Peer, PeerKind, Seeded};
use tokio::runtime::Runtime;

use crate::seed;

/// When the sandbox's first request comes: the beginning of 2026.
const BEGIN: i64 = 1_767_225_600_000;

/// Something that answers requests; it sends them as they are.
pub(crate) trait Exchange: Send {
    /// Sends a request and gives the answer.
    fn exchange(&mut self, request: Request<Vec<u8>>) -> Response<Vec<u8>>;
}

/// A server at the other end of a socket; it ends when this goes.
pub(crate) struct Wire {
    runtime: Arc<Runtime>,
    http: reqwest::Client,
    peer: Peer,
}

/// A sandbox whose clock moves a second with every request.
pub(crate) struct Memory {
    sandbox: Sandbox,
    unix_millis: i64,
}

impl Wire {
    /// Starts a server that was seeded with so many users.
    pub(crate) fn start(runtime: Arc<Runtime>, kind: PeerKind, users: usize) -> Self {
        let seeded = Seeded { users, ..Seeded::default() };
        let peer = runtime.block_on(Peer::start(kind, seeded));
        // What a redirect leads to is for the reader of the answer to judge. A connection is used
        // once: after a 500, `node-scimmy` closes one that it has just called alive.
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .pool_max_idle_per_host(0)
            .no_proxy()
            .build()
            .expect("a client without settings can be made");
        Self { runtime, http, peer }
    }

    /// Where its SCIM service begins.
    pub(crate) fn url(&self) -> &str {
        self.peer.url()
    }

    async fn send(http: &reqwest::Client, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
        let told = format!("{} {}", request.method(), request.uri());
        let request = request.try_into().expect("every request that is built can be sent");
        let answer = http.execute(request).await;
        let answer = answer.unwrap_or_else(|error| panic!("{told}: no answer: {error}"));
        let mut response = Response::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        let body = answer.bytes().await;
        *response.body_mut() =
            body.unwrap_or_else(|e| panic!("{told}: half an answer: {e}")).into();
        response
    }
}

impl Exchange for Wire {
    fn exchange(&mut self, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
        self.runtime.block_on(Self::send(&self.http, request))
    }
}

impl Memory {
    /// Where its SCIM service begins, unless the settings name another path.
    pub(crate) const URL: &str = "https://sandbox.example/scim/v2";

    /// A sandbox that was seeded with so many users, as the servers seed themselves.
    pub(crate) fn new(settings: Settings, users: usize) -> Self {
        let mut sandbox = Sandbox::new(settings);
        let now = Moment::from_unix_millis(BEGIN);
        let mut insert =
            |of, resource| sandbox.insert(of, resource, &now).expect("the seed is by the RFC");
        let ids: Vec<String> =
            (1..=users).map(|number| insert(ResourceType::User, seed::user(number))).collect();
        if !ids.is_empty() {
            insert(ResourceType::Group, seed::group(&ids));
        }
        Self { sandbox, unix_millis: BEGIN }
    }
}

impl Exchange for Memory {
    fn exchange(&mut self, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
        self.unix_millis += 1_000;
        self.sandbox.handle(&request, &Moment::from_unix_millis(self.unix_millis))
    }
}
