//! The request's body on its way out: streamed, and watched, so that a page that sends slowly is
//! not taken for a server that answers slowly.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use http_body::Frame;

use crate::connect::too_slow;
use crate::fault::{Fault, Rule};
use crate::limits::Limits;

/// Whether the whole body has left.
#[derive(Debug)]
pub(crate) struct Sending(Arc<AtomicBool>);

struct Watched {
    body: Body,
    sent: Arc<AtomicBool>,
}

impl Sending {
    /// A body to send, and its state.
    pub(crate) fn watch(body: Option<Body>) -> (Option<Body>, Self) {
        use http_body::Body as _;
        let body = body.filter(|body| !body.is_end_stream());
        let sent = Arc::new(AtomicBool::new(body.is_none()));
        let watched = body.map(|body| Body::new(Watched { body, sent: Arc::clone(&sent) }));
        (watched, Self(sent))
    }

    /// Whose fault it is that there is no first byte.
    pub(crate) fn too_slow(&self, limits: &Limits) -> Fault {
        if self.0.load(Ordering::Relaxed) {
            return too_slow("the first byte", limits.first_byte);
        }
        Fault::new(
            Rule::RequestTooSlow,
            format!("the page took longer than {} s to send", limits.first_byte.as_secs_f32()),
            "try again; the server has not got the whole request",
        )
    }
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if matches!(polled, Poll::Ready(None)) || self.body.is_end_stream() {
            self.sent.store(true, Ordering::Relaxed);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}
