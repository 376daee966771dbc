//! One exchange with a permitted target: resolve, check, connect, send. The reply's head comes
//! back, and no redirect is followed.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use http::response::Parts;
use http::{HeaderMap, Method, Request, Response, Uri};
use hyper::body::Incoming;
use tokio::time::Instant;

use crate::clients::network_of;
use crate::connect::{Network, unreachable};
use crate::fault::{Fault, Rule};
use crate::headers;
use crate::limits::Limits;
use crate::policy::Permit;
use crate::pool::{Connection, Key, Pool};
use crate::trace::Trace;

/// The way out of a relay that listens on `listen`.
pub(crate) struct Upstream {
    pub(crate) network: Network,
    pub(crate) pool: Arc<Pool>,
    pub(crate) listen: SocketAddr,
    pub(crate) limits: Limits,
}

/// What is sent: everything but the target.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Body>,
}

/// What came back, and the connection on which its body still comes.
pub(crate) struct Answered {
    pub(crate) head: Parts,
    pub(crate) body: Incoming,
    pub(crate) key: Key,
    pub(crate) connection: Connection,
}

/// Why a connection gave no answer.
enum Lost {
    /// It closed first. A read may be asked again on another one.
    Closed,
    /// It answered what is no HTTP.
    NotHttp(Fault),
}

impl Upstream {
    /// Sends the call of `client` to a permitted target.
    pub(crate) async fn ask(
        &self,
        client: IpAddr,
        permit: &Permit,
        outgoing: Outgoing,
        trace: &mut Trace,
    ) -> Result<Answered, Fault> {
        let addresses = self.find(permit, trace).await?;
        let target = permit.target();
        let key = Key::new(network_of(client), target.origin().to_owned());
        // Only reads use a connection again: a server may be about to close it, and whether it
        // has done what a write asked for before it did could not be known.
        if outgoing.method == Method::GET
            && let Some(mut connection) = self.pool.take(&key, &addresses)
        {
            (trace.address, trace.tls) = (Some(connection.address), connection.tls);
            let again =
                Outgoing { method: Method::GET, headers: outgoing.headers.clone(), body: None };
            match send(&mut connection, permit, again, trace).await {
                Ok(response) => return Ok(answered(response, key, connection)),
                Err(Lost::NotHttp(fault)) => return Err(fault),
                Err(Lost::Closed) => {}
            }
        }
        let mut connection = self.network.connect(permit, &addresses, &self.limits, trace).await?;
        match send(&mut connection, permit, outgoing, trace).await {
            Ok(response) => Ok(answered(response, key, connection)),
            Err(Lost::NotHttp(fault)) => Err(fault),
            Err(Lost::Closed) => Err(unreachable(
                "reset",
                target.authority(),
                "it closed the connection without an answer",
            )),
        }
    }

    /// The target's addresses, all of them checked, none of them the relay's own.
    async fn find(&self, permit: &Permit, trace: &mut Trace) -> Result<Vec<SocketAddr>, Fault> {
        let start = Instant::now();
        let addresses = self.network.addresses(permit, &self.limits).await;
        if matches!(permit.target().host(), url::Host::Domain(_)) {
            trace.name = Some(start.elapsed());
        }
        let addresses = addresses?;
        if addresses.iter().any(|address| self.is_self(*address)) {
            return Err(headers::loop_fault());
        }
        Ok(addresses)
    }

    fn is_self(&self, address: SocketAddr) -> bool {
        let everywhere = self.listen.ip().is_unspecified() && address.ip().is_loopback();
        address.port() == self.listen.port() && (address.ip() == self.listen.ip() || everywhere)
    }
}

fn answered(response: Response<Incoming>, key: Key, connection: Connection) -> Answered {
    let (head, body) = response.into_parts();
    Answered { head, body, key, connection }
}

async fn send(
    connection: &mut Connection,
    permit: &Permit,
    outgoing: Outgoing,
    trace: &mut Trace,
) -> Result<Response<Incoming>, Lost> {
    let mut request = Request::new(outgoing.body.unwrap_or_default());
    *request.method_mut() = outgoing.method;
    *request.uri_mut() = Uri::from(permit.target().path_and_query().clone());
    *request.headers_mut() = outgoing.headers;
    let start = Instant::now();
    connection.sender.ready().await.map_err(|_| Lost::Closed)?;
    let response = connection.sender.send_request(request).await;
    trace.first_byte = Some(start.elapsed());
    let response = response.map_err(|error| {
        if error.is_parse() || error.is_parse_too_large() {
            not_http(permit, "answered is not HTTP/1.1")
        } else {
            Lost::Closed
        }
    })?;
    if response.status().is_informational() {
        return Err(not_http(permit, "wanted was to leave HTTP"));
    }
    Ok(response)
}

fn not_http(permit: &Permit, what: &str) -> Lost {
    Lost::NotHttp(Fault::new(
        Rule::BadReply,
        format!("what `{}` {what}", permit.target().authority()),
        "check that host and port are those of the API",
    ))
}
