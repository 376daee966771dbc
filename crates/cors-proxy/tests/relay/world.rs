//! A relay on a free port, and a client that writes its requests byte by byte.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cors_proxy::{
    Addresses, Callers, Journal, Limits, Network, Page, Policy, Reach, Relay, Resolve, Use,
    Workers, listen, reach, router,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A resolver that answers from a table, in turns, and counts how often it is asked.
#[derive(Clone, Default)]
pub(crate) struct Table(Arc<Mutex<TableState>>);

#[derive(Default)]
struct TableState {
    answers: Vec<(String, Vec<IpAddr>)>,
    aliases: Vec<(String, String)>,
    asked: Vec<String>,
}

impl Table {
    /// A table of one name; later answers come at later questions, the last one stays.
    pub(crate) fn of(name: &str, answers: &[&[&str]]) -> Self {
        let table = Self::default();
        for addresses in answers {
            let addresses = addresses.iter().map(|address| address.parse().unwrap()).collect();
            table.0.lock().unwrap().answers.push((name.to_owned(), addresses));
        }
        table
    }

    /// A `CNAME`: who asks for `name` is given the addresses of `canonical`.
    pub(crate) fn alias(&self, name: &str, canonical: &str) {
        self.0.lock().unwrap().aliases.push((name.to_owned(), canonical.to_owned()));
    }

    pub(crate) fn asked(&self) -> usize {
        self.0.lock().unwrap().asked.len()
    }
}

impl Resolve for Table {
    fn resolve<'a>(&'a self, name: &'a str) -> Addresses<'a> {
        let mut state = self.0.lock().unwrap();
        state.asked.push(name.to_owned());
        let canonical = state.aliases.iter().find(|(alias, _)| alias == name);
        let name = canonical.map_or_else(|| name.to_owned(), |(_, canonical)| canonical.clone());
        let known: Vec<usize> =
            (0..state.answers.len()).filter(|at| state.answers[*at].0 == name).collect();
        let answer = match known.as_slice() {
            [] => Err(io::Error::other("no such name")),
            [only] => Ok(state.answers[*only].1.clone()),
            [first, ..] => Ok(state.answers.remove(*first).1),
        };
        Box::pin(async move { answer })
    }
}

/// A resolver that never answers.
pub(crate) struct Silence;

impl Resolve for Silence {
    fn resolve<'a>(&'a self, _: &'a str) -> Addresses<'a> {
        Box::pin(std::future::pending())
    }
}

/// What a relay is started with; the default is an own relay that allows nothing.
pub(crate) struct Setup {
    pub(crate) policy: Policy,
    pub(crate) relay: Use,
    pub(crate) origins: Vec<String>,
    pub(crate) trusted: Vec<IpAddr>,
    pub(crate) limits: Limits,
    pub(crate) network: Network,
    pub(crate) page: Option<Page>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            policy: Policy::default(),
            relay: Use::Own,
            origins: Vec::new(),
            trusted: Vec::new(),
            limits: Limits::own(),
            network: Network::system().unwrap(),
            page: None,
        }
    }
}

impl Setup {
    pub(crate) fn allowing(entries: &[&str]) -> Self {
        let mut setup = Self::default();
        for entry in entries {
            setup.policy.allow(entry, Use::Own).unwrap();
        }
        setup
    }

    /// A relay that others reach, and the page that they use.
    pub(crate) fn shared() -> Self {
        let origins = vec!["https://tool.example".to_owned()];
        Self { relay: Use::Shared, origins, limits: Limits::shared(), ..Self::default() }
    }

    pub(crate) fn resolving(self, resolver: impl Resolve + 'static) -> Self {
        self.network(resolver, reach)
    }

    pub(crate) fn network(
        mut self,
        resolver: impl Resolve + 'static,
        reach: fn(IpAddr) -> Reach,
    ) -> Self {
        let roots = rustls::RootCertStore::empty();
        self.network = Network::new(Box::new(resolver), reach, roots).unwrap();
        self
    }

    pub(crate) async fn start(self) -> World {
        self.start_on(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    pub(crate) fn start_on(self, listener: TcpListener) -> World {
        let address = listener.local_addr().unwrap();
        let journal = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&journal);
        let relay = Relay::new(
            self.policy,
            Callers::new(address, self.relay, &self.origins).unwrap().trusting(self.trusted),
            address,
            self.limits,
            self.network,
            Journal::new(move |line| lines.lock().unwrap().push(line.to_owned())),
        )
        .unwrap();
        let key = relay.session_key().reveal().to_owned();
        tokio::spawn(listen(
            listener,
            router(relay, self.page),
            std::future::pending(),
            Workers::here(),
        ));
        World { address, key, relay: self.relay, journal }
    }
}

pub(crate) struct World {
    pub(crate) address: SocketAddr,
    pub(crate) key: String,
    relay: Use,
    journal: Arc<Mutex<Vec<String>>>,
}

impl World {
    /// A call as the served page makes it.
    pub(crate) fn call(&self, method: &str, target: &str) -> Call {
        self.keyed(method, "/relay").header("x-relay-target", target)
    }

    /// A request with the session key, and with the page's origin where one is asked for.
    pub(crate) fn keyed(&self, method: &str, path: &str) -> Call {
        let call = self.request(method, path).header("x-relay-key", &self.key);
        match self.relay {
            Use::Own => call,
            Use::Shared => call.header("origin", "https://tool.example"),
        }
    }

    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.call("GET", target).send().await
    }

    /// Any request, with the right `Host` and nothing else.
    pub(crate) fn request(&self, method: &str, path: &str) -> Call {
        let head = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
        let host = self.address.to_string();
        Call { address: self.address, head, host: Some(host), body: Vec::new() }
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The log, once it has `count` lines.
    pub(crate) async fn journal(&self, count: usize) -> Vec<String> {
        for _ in 0..200 {
            let lines = self.journal.lock().unwrap().clone();
            if lines.len() >= count {
                return lines;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the journal has fewer than {count} lines");
    }
}

pub(crate) struct Call {
    address: SocketAddr,
    head: String,
    host: Option<String>,
    body: Vec<u8>,
}

impl Call {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    pub(crate) fn host(mut self, host: &str) -> Self {
        self.host = Some(host.to_owned());
        self
    }

    /// A body with its length and media type.
    pub(crate) fn body(self, media_type: &str, body: &[u8]) -> Self {
        let mut call = self
            .header("content-type", media_type)
            .header("content-length", &body.len().to_string());
        call.body = body.to_vec();
        call
    }

    pub(crate) async fn send(self) -> Answer {
        let host = self.host.map(|host| format!("host: {host}\r\n")).unwrap_or_default();
        let mut bytes = format!("{}{host}\r\n", self.head).into_bytes();
        bytes.extend_from_slice(&self.body);
        Answer::read(exchange(self.address, &bytes).await)
    }
}

/// Writes bytes, reads until the other side closes.
pub(crate) async fn exchange(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The relay may answer and close before it has read everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    answer
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Whether the transfer came to its proper end.
    pub(crate) whole: bool,
}

impl Answer {
    pub(crate) fn read(bytes: Vec<u8>) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer's head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers: Vec<(String, String)> = lines
            .map(|line| line.split_once(": ").expect("a header"))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let mut answer = Self { status, headers, body: Vec::new(), whole: true };
        let rest = &bytes[end + 4..];
        if answer.get("transfer-encoding") == Some("chunked") {
            (answer.body, answer.whole) = dechunk(rest);
        } else {
            let length = answer.get("content-length").map(|length| length.parse().unwrap());
            answer.whole = length.is_none_or(|length: usize| length == rest.len());
            answer.body = rest.to_vec();
        }
        answer
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let found = self.headers.iter().filter(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).collect()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// The fault's name; empty for an upstream's answer.
    pub(crate) fn fault(&self) -> String {
        if self.get("x-relay-outcome") != Some("fault") {
            return String::new();
        }
        let fault = self.json();
        assert!(!fault["message"].as_str().unwrap().is_empty());
        assert!(!fault["repair"].as_str().unwrap().is_empty());
        fault["fault"].as_str().unwrap().to_owned()
    }

    #[track_caller]
    pub(crate) fn expect_fault(&self, status: u16, name: &str) {
        assert_eq!((self.status, self.fault().as_str()), (status, name), "{}", self.text());
    }
}

fn dechunk(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    loop {
        let Some(end) = rest.windows(2).position(|two| two == b"\r\n") else {
            return (body, false);
        };
        let size = String::from_utf8_lossy(&rest[..end]).into_owned();
        let size = usize::from_str_radix(&size, 16).unwrap();
        if size == 0 {
            return (body, true);
        }
        if rest.len() < end + 2 + size + 2 {
            return (body, false);
        }
        body.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 2 + size + 2..];
    }
}
