//! An OAuth token endpoint of one client, which is also an application that takes a password.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The client identifier and the user name that it knows.
pub const CLIENT: &str = "wizard";
/// The client's secret, and the user's password.
pub const CLIENT_SECRET: &str = "canary-of-the-client";
/// Both in Base64, as Basic sends them.
const BASIC: &str = "Basic d2l6YXJkOmNhbmFyeS1vZi10aGUtY2xpZW50";
const EMPTY: &str = r#"{"totalResults":0,"Resources":[]}"#;

/// The server; it ends when this goes.
pub struct TokenEndpoint {
    origin: String,
    heard: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl TokenEndpoint {
    /// Starts one that gives this access token for an hour.
    pub async fn giving(token: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it listens").port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (token, noted) = (token.to_owned(), Arc::clone(&heard));
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever asks may hang up at any time.
                let _ = answer(stream, &token, &noted).await;
            }
        });
        Self { origin: format!("http://127.0.0.1:{port}"), heard, serving }
    }

    /// Where tokens are fetched.
    pub fn url(&self) -> String {
        format!("{}/token", self.origin)
    }

    /// Where the application is that takes a password.
    pub fn application(&self) -> String {
        format!("{}/scim/v2", self.origin)
    }

    /// Every request as it came: first line, headers, body.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("nobody panics while noting").clone()
    }
}

impl Drop for TokenEndpoint {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(stream: TcpStream, token: &str, heard: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut request = String::new();
    while stream.read_line(&mut request).await? > 2 {}
    let length = request.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let mut body = vec![0; length.unwrap_or_default()];
    stream.read_exact(&mut body).await?;
    request.push_str(&String::from_utf8_lossy(&body));
    let own = format!("client_id={CLIENT}&client_secret={CLIENT_SECRET}");
    let is_known = request.contains(BASIC) || request.contains(&own);
    let is_question = request.starts_with("POST /token ")
        && request
            .trim_end_matches(&own)
            .ends_with("grant_type=client_credentials&scope=scim%2Eread");
    let (status, body) = match (is_known, request.starts_with("GET ")) {
        (true, true) => ("200 OK", EMPTY.to_owned()),
        (true, false) if is_question => (
            "200 OK",
            format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":3600}}"#),
        ),
        (false, _) => ("401 Unauthorized", r#"{"error":"invalid_client"}"#.to_owned()),
        _ => ("400 Bad Request", r#"{"error":"invalid_request"}"#.to_owned()),
    };
    heard.lock().expect("nobody panics while noting").push(request);
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/scim+json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    stream.shutdown().await
}
