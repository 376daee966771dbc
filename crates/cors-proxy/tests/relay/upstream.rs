//! A server that says exactly what a test tells it to say, and remembers what it heard.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;

/// What the server does, in order, after it has read one request; then it closes.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Write(Vec<u8>),
    Wait(Duration),
    /// The same bytes again and again until the other side goes away.
    Repeat(Vec<u8>, Duration),
}

pub(crate) struct Upstream {
    pub(crate) address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
    connections: Arc<Counts>,
}

/// How many connections there were, and how many there are.
#[derive(Default)]
struct Counts {
    all: AtomicUsize,
    open: AtomicUsize,
}

impl Upstream {
    pub(crate) async fn says(text: &str) -> Self {
        Self::does(vec![Step::Write(text.as_bytes().to_vec())]).await
    }

    pub(crate) async fn ok() -> Self {
        Self::says(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}",
        )
        .await
    }

    pub(crate) async fn does(steps: Vec<Step>) -> Self {
        Self::start(steps, false).await
    }

    /// A sound server that keeps its connections open, as most do.
    pub(crate) async fn patient() -> Self {
        let text = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        Self::start(vec![Step::Write(text.as_bytes().to_vec())], true).await
    }

    async fn start(steps: Vec<Step>, patient: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (heard, connections) = (Arc::new(Mutex::new(Vec::new())), Arc::<Counts>::default());
        let (record, counts) = (Arc::clone(&heard), Arc::clone(&connections));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (steps, record, counts) =
                    (steps.clone(), Arc::clone(&record), Arc::clone(&counts));
                tokio::spawn(async move {
                    counts.all.fetch_add(1, Ordering::Relaxed);
                    counts.open.fetch_add(1, Ordering::Relaxed);
                    while converse(&mut stream, &steps, &record).await && patient {}
                    // The end of the stream is part of what the server says.
                    let _ = stream.shutdown().await;
                    counts.open.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
        Self { address, heard, connections }
    }

    /// Connections so far.
    pub(crate) fn connections(&self) -> usize {
        self.connections.all.load(Ordering::Relaxed)
    }

    /// Connections that are open now.
    pub(crate) fn open(&self) -> usize {
        self.connections.open.load(Ordering::Relaxed)
    }

    /// Every request so far, as it came over the wire.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

/// Reads one request, then does the steps; false when the other side is gone.
pub(crate) async fn converse<S>(stream: &mut S, steps: &[Step], record: &Mutex<Vec<String>>) -> bool
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let Some(request) = read_request(stream).await else { return false };
    record.lock().unwrap().push(request);
    for step in steps {
        match step {
            Step::Write(bytes) => {
                if stream.write_all(bytes).await.is_err() {
                    return false;
                }
            }
            Step::Wait(time) => tokio::time::sleep(*time).await,
            Step::Repeat(bytes, pause) => {
                while stream.write_all(bytes).await.is_ok() {
                    tokio::time::sleep(*pause).await;
                }
            }
        }
    }
    true
}

async fn read_request<S: AsyncRead + Unpin>(stream: &mut S) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0_u8; 4096];
        let count = stream.read(&mut piece).await.ok()?;
        if count == 0 {
            return None;
        }
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| {
                    line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok()
                })
                .unwrap_or(0);
            if body.len() >= length {
                return Some(text);
            }
        }
    }
}
