//! The listening side: HTTP/1.1 with bounds on heads, connections and idleness, and a calm end.

use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

/// Longest head of a request, in bytes: a target of 8 KiB, a token, and what browsers add.
const HEAD_BYTES: usize = 16 * 1024;
/// Most headers in a request.
const HEAD_FIELDS: usize = 100;
/// Longest time for a head to arrive, and for a connection to stay idle.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// Most connections at once; the next one waits to be accepted.
const CONNECTIONS: usize = 2048;
/// Longest time for open calls to end after the stop signal.
const FAREWELL: Duration = Duration::from_secs(10);

/// The address of the client at the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Serves `router` until `stop` is done, then lets open calls end.
pub async fn listen(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
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
        // A small answer must not wait for the next; a socket without the option is used as it is.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            router.clone().oneshot(request)
        });
        let connection = Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME)
            .max_headers(HEAD_FIELDS)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // How a client ends its connection is its own affair.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    // What is still open after that was too slow for every other bound as well.
    let _ = timeout(FAREWELL, graceful.shutdown()).await;
}
