//! The listening side: HTTP/1.1 with bounds on heads, connections and idleness, and a calm end.

use std::collections::HashMap;
use std::future::Future;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

use crate::workers::Workers;

/// Longest head of a request, in bytes: a target of 8 KiB, a token, and what browsers add.
const HEAD_BYTES: usize = 16 * 1024;
/// Most headers in a request.
const HEAD_FIELDS: usize = 100;
/// Longest time for a head to arrive, and for a connection to stay idle.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// Most connections at once; the next one waits to be accepted.
const CONNECTIONS: usize = 2048;
/// Most connections of one peer, so that nobody takes them all.
const CONNECTIONS_OF_ONE: usize = 1536;
/// Longest time for open calls to end after the stop signal.
const FAREWELL: Duration = Duration::from_secs(10);

/// The address of the client at the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// The connections that are open, all together and of each peer.
#[derive(Debug)]
struct Guests {
    all: Arc<Semaphore>,
    of_peer: Mutex<HashMap<IpAddr, usize>>,
}

/// The place of one connection; dropping it gives the place back.
struct Seat {
    guests: Arc<Guests>,
    peer: IpAddr,
    _place: OwnedSemaphorePermit,
}

/// Serves `router` until `stop` is done, then lets open calls end.
pub async fn listen(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
    workers: Workers,
) {
    let guests =
        Arc::new(Guests { all: Arc::new(Semaphore::new(CONNECTIONS)), of_peer: Mutex::default() });
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&guests.all).acquire_owned().await;
            (place, listener.accept().await)
        };
        let accepted = tokio::select! {
            accepted = next => accepted,
            () = &mut stop => break,
        };
        let (Ok(place), Ok((stream, peer))) = accepted else {
            // No file handle is left, or the like: waiting is the only way on.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        // A socket that cannot be handed over is closed, and so is one too many of a peer.
        let Ok(stream) = stream.into_std() else { continue };
        let Some(seat) = Guests::seat(&guests, peer.ip(), place) else { continue };
        workers.run(serve(stream, router.clone(), graceful.watcher(), seat));
    }
    drop(listener);
    // Whoever stops a relay waits for the calls, but not for the slowest.
    let _ = timeout(FAREWELL, graceful.shutdown()).await;
}

/// Serves one connection, on the thread that runs this.
async fn serve(stream: std::net::TcpStream, router: Router, watcher: Watcher, seat: Seat) {
    let Ok(stream) = TcpStream::from_std(stream) else { return };
    // A small answer must not wait for the next; a socket without the option is used as it is.
    let _ = stream.set_nodelay(true);
    let peer = Peer(seat.peer);
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request)
    });
    let connection = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_headers(HEAD_FIELDS)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    // How a client ends its connection is its own affair.
    let _ = watcher.watch(connection).await;
}

impl Guests {
    fn seat(guests: &Arc<Self>, peer: IpAddr, place: OwnedSemaphorePermit) -> Option<Seat> {
        let mut of_peer = guests.of_peer.lock().unwrap_or_else(PoisonError::into_inner);
        let count = of_peer.entry(peer).or_default();
        if *count >= CONNECTIONS_OF_ONE {
            return None;
        }
        *count += 1;
        Some(Seat { guests: Arc::clone(guests), peer, _place: place })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut of_peer = self.guests.of_peer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = of_peer.get_mut(&self.peer) {
            *count -= 1;
            if *count == 0 {
                of_peer.remove(&self.peer);
            }
        }
    }
}
