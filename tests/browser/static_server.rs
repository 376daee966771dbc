//! A plain static server that knows nothing of the page: files under a sub-path, no headers.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::environment;

/// The server; it ends when this goes.
pub struct StaticServer {
    url: String,
    missed: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl StaticServer {
    /// Serves the built page below a path, as in `/tools/scim/`; everything else is not found.
    pub async fn below(path: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it listens").port();
        let missed = Arc::new(Mutex::new(Vec::new()));
        let (base, noted) = (path.to_owned(), Arc::clone(&missed));
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (base, noted) = (base.clone(), Arc::clone(&noted));
                tokio::spawn(async move {
                    // A browser may hang up at any time.
                    let _ = answer(stream, &base, &noted).await;
                });
            }
        });
        Self { url: format!("http://127.0.0.1:{port}{path}"), missed, serving }
    }

    /// The page's address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The paths that were asked for and do not exist.
    pub fn missed(&self) -> Vec<String> {
        self.missed.lock().expect("nobody panics while noting").clone()
    }
}

impl Drop for StaticServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(stream: TcpStream, base: &str, missed: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first).await?;
    let mut header = String::new();
    while stream.read_line(&mut header).await? > 2 {
        header.clear();
    }
    let asked = first.split(' ').nth(1).unwrap_or_default();
    let path = asked.split('?').next().unwrap_or_default();
    let file = path.strip_prefix(base).and_then(file_of);
    let (status, kind, body) = match file.map(|file| (media_type(&file), std::fs::read(file))) {
        Some((kind, Ok(body))) => ("200 OK", kind, body),
        _ => {
            missed.lock().expect("nobody panics while noting").push(path.to_owned());
            ("404 Not Found", "text/plain", b"not found".to_vec())
        }
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&body).await?;
    stream.shutdown().await
}

/// The file of a path below the base; nothing outside the folder.
fn file_of(path: &str) -> Option<PathBuf> {
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let stays = path.components().all(|part| matches!(part, Component::Normal(_)));
    stays.then(|| environment::dist().join(path))
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
