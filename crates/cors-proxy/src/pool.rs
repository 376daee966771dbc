//! Connections that are kept for a moment, so that a client's next read need not shake hands anew.
//!
//! A connection is found only by the client that opened it, the target's origin, and an address
//! that was checked for this very call: a name that leads elsewhere by now leads to a new
//! connection, and nobody gets a connection on which a stranger spoke.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::ThreadId;
use std::time::Duration;

use axum::body::Body;
use hyper::client::conn::http1::SendRequest;
use tokio::time::{Instant, sleep};

use crate::limits::Limits;
use crate::trace::Tls;

/// An open connection, the address it leads to, and its TLS session.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) sender: SendRequest<Body>,
    pub(crate) address: SocketAddr,
    pub(crate) tls: Option<Tls>,
}

/// Whose connection it is, and to where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    thread: ThreadId,
    client: IpAddr,
    origin: String,
}

impl Key {
    /// A connection of the client to the origin; it belongs to the thread that drives it.
    pub(crate) fn new(client: IpAddr, origin: String) -> Self {
        Self { thread: std::thread::current().id(), client, origin }
    }
}

/// The idle connections, bounded in number and in age.
#[derive(Debug)]
pub(crate) struct Pool {
    age: Duration,
    most: usize,
    idle: Mutex<Idle>,
}

#[derive(Debug, Default)]
struct Idle {
    connections: HashMap<Key, Vec<(Instant, Connection)>>,
    count: usize,
    swept: bool,
}

impl Pool {
    pub(crate) fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self { age: limits.idle, most: limits.idle_connections, idle: Mutex::default() })
    }

    /// The connection that was used last, if it leads to one of the checked `addresses`.
    pub(crate) fn take(&self, key: &Key, addresses: &[SocketAddr]) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let connections = idle.connections.get_mut(key)?;
        let usable = |(since, connection): &(Instant, Connection)| {
            since.elapsed() < self.age
                && !connection.sender.is_closed()
                && addresses.contains(&connection.address)
        };
        let at = connections.iter().rposition(usable)?;
        let (_, connection) = connections.remove(at);
        idle.count -= 1;
        Some(connection)
    }

    /// Keeps a connection whose last reply came to its end.
    pub(crate) fn keep(self: &Arc<Self>, key: Key, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.count >= self.most || connection.sender.is_closed() {
            return;
        }
        idle.count += 1;
        idle.connections.entry(key).or_default().push((Instant::now(), connection));
        if !std::mem::replace(&mut idle.swept, true) {
            tokio::spawn(Arc::clone(self).sweep());
        }
    }

    /// Closes what has grown old, until nothing is left.
    async fn sweep(self: Arc<Self>) {
        loop {
            sleep(self.age).await;
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.connections.retain(|_, connections| {
                connections.retain(|(since, connection)| {
                    since.elapsed() < self.age && !connection.sender.is_closed()
                });
                !connections.is_empty()
            });
            idle.count = idle.connections.values().map(Vec::len).sum();
            if idle.count == 0 {
                idle.swept = false;
                return;
            }
        }
    }
}
