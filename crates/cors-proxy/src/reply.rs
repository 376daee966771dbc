//! The way back: a reply is held until its status is sure, then streamed, bounded in size and time.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use crate::connect::too_slow;
use crate::fault::{Fault, Rule};
use crate::limits::Limits;
use crate::unpack::Unpack;

/// A reply's body on its way to the page.
#[derive(Debug)]
pub(crate) struct Reply {
    held: Option<Bytes>,
    rest: Option<mpsc::Receiver<Piece>>,
    length: Option<u64>,
}

/// How a reply is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Identity,
    Gzip,
}

/// The upstream's body, unpacked where it is packed.
#[derive(Debug)]
struct Source {
    body: Incoming,
    unpack: Option<Unpack>,
}

/// What the pump sends: without an end, the reply was cut off.
#[derive(Debug)]
enum Piece {
    Data(Bytes),
    End,
}

/// The reply was cut off; the page sees a broken transfer, never a short reply that looks whole.
#[derive(Debug)]
pub(crate) struct CutOff;

impl std::fmt::Display for CutOff {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("the reply was cut off")
    }
}

impl std::error::Error for CutOff {}

/// The bounds of one reply.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) bytes: u64,
    pub(crate) held: usize,
    pub(crate) deadline: Instant,
    pub(crate) total: Duration,
}

impl Bounds {
    pub(crate) fn new(limits: &Limits, start: Instant) -> Self {
        Self {
            bytes: limits.reply_bytes,
            held: limits.held_bytes,
            deadline: start + limits.total,
            total: limits.total,
        }
    }
}

/// Takes the reply's body: short ones whole, long ones as a stream.
///
/// `done` runs once with the bytes that were passed on, and whether the reply came to its end.
///
/// # Errors
/// [`Rule::ReplyTooLarge`], [`Rule::UpstreamTimeout`] or [`Rule::BadReply`], while the page has
/// not been given a status yet.
pub(crate) async fn take(
    body: Incoming,
    coding: Coding,
    bounds: Bounds,
    done: impl FnOnce(u64, bool) + Send + 'static,
) -> Result<Reply, Fault> {
    let length = body.size_hint().exact();
    if length.is_some_and(|length| length > bounds.bytes) {
        return Err(too_large(bounds.bytes));
    }
    let unpack = (coding == Coding::Gzip).then(Unpack::gzip);
    let length = length.filter(|_| unpack.is_none());
    let mut source = Source { body, unpack };
    let mut held = BytesMut::new();
    while held.len() < bounds.held {
        match source.next(bounds).await? {
            Some(data) => held.extend_from_slice(&data),
            None => {
                let held = held.freeze();
                let length = held.len() as u64;
                done(length, true);
                return Ok(Reply { held: Some(held), rest: None, length: Some(length) });
            }
        }
        if held.len() as u64 > bounds.bytes {
            return Err(too_large(bounds.bytes));
        }
    }
    // The pump has its own clock: a page that reads slowly keeps its own buffer and nothing of
    // the upstream's.
    let (send, rest) = mpsc::channel(1);
    let count = held.len() as u64;
    tokio::spawn(async move {
        let (count, whole) = pump(source, bounds, count, send).await;
        done(count, whole);
    });
    Ok(Reply { held: Some(held.freeze()), rest: Some(rest), length })
}

/// Passes the rest on and gives the number of bytes; ends early without [`Piece::End`].
async fn pump(
    mut source: Source,
    bounds: Bounds,
    start: u64,
    page: mpsc::Sender<Piece>,
) -> (u64, bool) {
    let mut count = start;
    while let Ok(data) = source.next(bounds).await {
        let length = data.as_ref().map_or(0, |data| data.len() as u64);
        if count + length > bounds.bytes {
            break;
        }
        let last = data.is_none();
        let piece = data.map_or(Piece::End, Piece::Data);
        if !matches!(timeout_at(bounds.deadline, page.send(piece)).await, Ok(Ok(()))) {
            break;
        }
        count += length;
        if last {
            return (count, true);
        }
    }
    (count, false)
}

impl Source {
    /// The next data; trailers are not passed on.
    async fn next(&mut self, bounds: Bounds) -> Result<Option<Bytes>, Fault> {
        loop {
            if let Some(unpack) = &mut self.unpack
                && let Some(data) = unpack.next().map_err(|_| broken_packing())?
            {
                return Ok(Some(data));
            }
            match timeout_at(bounds.deadline, self.body.frame()).await {
                Err(_) => return Err(too_slow("the whole reply", bounds.total)),
                Ok(None) => {
                    let Some(unpack) = &mut self.unpack else { return Ok(None) };
                    return unpack.finish().map_err(|_| broken_packing());
                }
                Ok(Some(Err(_))) => return Err(broken_off()),
                Ok(Some(Ok(frame))) => match (frame.into_data(), &mut self.unpack) {
                    (Ok(data), None) => return Ok(Some(data)),
                    (Ok(data), Some(unpack)) => unpack.feed(data),
                    (Err(_), _) => {}
                },
            }
        }
    }
}

fn broken_off() -> Fault {
    Fault::new(
        Rule::BadReply,
        "the server broke its reply off",
        "try again; if it happens again, look at the server's own log",
    )
}

fn broken_packing() -> Fault {
    Fault::new(
        Rule::ReplyEncoded,
        "the server compressed its reply although it was asked not to, and what it sent cannot be \
         unpacked",
        "switch compression off for clients that accept `identity` only",
    )
}

fn too_large(limit: u64) -> Fault {
    Fault::new(
        Rule::ReplyTooLarge,
        format!("the server's reply is longer than {limit} bytes"),
        "ask for fewer entries or fewer attributes at a time",
    )
}

impl Body for Reply {
    type Data = Bytes;
    type Error = CutOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutOff>>> {
        if let Some(held) = self.held.take()
            && !held.is_empty()
        {
            return Poll::Ready(Some(Ok(Frame::data(held))));
        }
        let Some(rest) = self.rest.as_mut() else { return Poll::Ready(None) };
        match rest.poll_recv(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Some(Piece::Data(data))) => Poll::Ready(Some(Ok(Frame::data(data)))),
            Poll::Ready(Some(Piece::End)) => {
                self.rest = None;
                Poll::Ready(None)
            }
            Poll::Ready(None) => {
                self.rest = None;
                Poll::Ready(Some(Err(CutOff)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.held.as_ref().is_none_or(Bytes::is_empty) && self.rest.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
