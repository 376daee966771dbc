//! A CORS proxy of another make: it takes the target's URL behind its own address, opens every
//! answer to every page, and says nothing of itself.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Headers that it passes on.
const PASSED_ON: [&str; 2] = ["accept", "authorization"];

/// The proxy; it ends when this goes.
pub struct PrefixProxy {
    url: String,
    heard: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl PrefixProxy {
    /// Starts one below a path: `/cors`.
    pub async fn below(path: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it listens").port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (base, noted) = (format!("{path}/"), Arc::clone(&heard));
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever asks may hang up at any time.
                let _ = answer(stream, &base, &noted).await;
            }
        });
        Self { url: format!("http://127.0.0.1:{port}{path}"), heard, serving }
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Every head as it came.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("nobody panics while noting").clone()
    }
}

impl Drop for PrefixProxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(stream: TcpStream, base: &str, heard: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while stream.read_line(&mut head).await? > 2 {}
    heard.lock().expect("nobody panics while noting").push(head.clone());
    let target =
        head.split(' ').nth(1).and_then(|path| path.strip_prefix(base)).unwrap_or_default();
    let (status, kind, body) = if head.starts_with("OPTIONS ") {
        (204, String::new(), String::new())
    } else {
        passed_on(target, &head).await.unwrap_or((502, "text/plain".to_owned(), "no".to_owned()))
    };
    let answer = format!(
        "HTTP/1.1 {status} Told\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: authorization, accept\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

/// Status, media type and body of the target's answer.
async fn passed_on(target: &str, head: &str) -> Option<(u16, String, String)> {
    let mut asking = reqwest::Client::new().get(target);
    for (name, value) in head.lines().filter_map(|line| line.split_once(':')) {
        if PASSED_ON.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            asking = asking.header(name, value.trim());
        }
    }
    let answer = asking.send().await.ok()?;
    let kind = answer.headers().get("content-type").and_then(|value| value.to_str().ok());
    let (status, kind) = (answer.status().as_u16(), kind.unwrap_or_default().to_owned());
    Some((status, kind, answer.text().await.ok()?))
}
