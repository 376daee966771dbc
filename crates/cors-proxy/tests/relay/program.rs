//! I: the program itself, as it is started, and the page it serves.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use cors_proxy::{CONTENT_SECURITY_POLICY, Page, Use};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

use crate::upstream::{Step, Upstream};
use crate::world::{Answer, Setup, Table, World, exchange};

pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cors-proxy"));
    command.args(arguments).kill_on_drop(true);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts the program and reads the address off its `READY` line.
pub(crate) async fn start(mut command: Command) -> (Child, std::net::SocketAddr) {
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).await.unwrap();
    let address = line.strip_prefix("READY http://").and_then(|rest| rest.strip_suffix("/\n"));
    (child, address.expect("the READY line").parse().unwrap())
}

pub(crate) async fn ask(address: std::net::SocketAddr, path: &str, headers: &str) -> Answer {
    let request =
        format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{headers}\r\n");
    Answer::read(exchange(address, request.as_bytes()).await)
}

pub(crate) async fn refused(arguments: &[&str]) -> String {
    let output = program(arguments).output().await.unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

/// The log is written by a thread of its own, at once after a pause.
async fn written() {
    tokio::time::sleep(Duration::from_millis(300)).await;
}

/// The key as the served page asks for it.
pub(crate) async fn session_key(address: std::net::SocketAddr) -> String {
    let session = ask(address, "/relay/session", "sec-fetch-site: same-origin\r\n").await;
    session.json()["key"].as_str().unwrap().to_owned()
}

/// A folder with a built page, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("cors-proxy-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let root = std::env::temp_dir().join(name);
        std::fs::create_dir_all(root.join("snippets/a-1")).unwrap();
        for (file, content) in [
            ("index.html", "<!doctype html>"),
            ("wizard-0123456789abcdef.js", "export {}"),
            ("wizard-0123456789abcdef.js.br", "packed by br"),
            ("wizard-0123456789abcdef.js.gz", "packed by gzip"),
            ("wizard-0123456789abcdef_bg.wasm", "\0asm"),
            ("worker.js", "self"),
            ("snippets/a-1/inline0.js", "export {}"),
            (".hidden", "secret"),
        ] {
            std::fs::write(root.join(file), content).unwrap();
        }
        Self(root)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What the system does not remove now, it removes with its other temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn page() -> (World, Folder) {
    let folder = Folder::new();
    let page = Some(Page::new(folder.path()).unwrap());
    (Setup { page, ..Setup::default() }.start().await, folder)
}

#[tokio::test]
async fn c26_a_proxy_of_the_environment_is_not_used() {
    let (upstream, trap) = (Upstream::ok().await, Upstream::ok().await);
    let entry = upstream.url("/scim/v2");
    let mut command = program(&["--listen", "127.0.0.1:0", "--allow", &entry]);
    for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"] {
        command.env(variable, trap.url("/"));
    }
    let (_child, address) = start(command).await;
    let key = session_key(address).await;
    let headers = format!("x-relay-key: {key}\r\nx-relay-target: {entry}\r\n");
    assert_eq!(ask(address, "/relay", &headers).await.status, 200);
    assert_eq!((upstream.heard().len(), trap.connections()), (1, 0));
}

#[tokio::test]
async fn i01_a_call_leaves_no_trace_of_its_content() {
    let upstream = Upstream::ok().await;
    let entry = upstream.url("/scim/v2");
    let command = program(&["--listen", "127.0.0.1:0", "--allow", &entry]);
    let (mut child, address) = start(command).await;
    let key = session_key(address).await;
    let target = upstream.url("/scim/v2/Users/canary-id?filter=canary-filter");
    let body = "{\"name\":\"canary-body\"}";
    let request = format!(
        "PATCH /relay HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nx-relay-key: {key}\r\n\
         x-relay-target: {target}\r\nauthorization: Bearer canary-token\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    assert_eq!(Answer::read(exchange(address, request.as_bytes()).await).status, 200);
    assert!(upstream.heard()[0].contains("canary-token"));
    written().await;

    child.start_kill().unwrap();
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    assert!(!log.contains("canary") && !log.contains(&key), "{log}");
    let line = format!("PATCH http://{}/scim/v2/Users/{{id}} 200 ", upstream.address);
    assert!(log.contains(&line), "{log}");
    assert!(log.contains(" ms 2 bytes"), "{log}");
}

#[tokio::test]
async fn i03_a_fault_tells_nothing_that_is_not_the_callers() {
    let closing = Upstream::does(vec![]).await;
    let table = Table::of("app.test", &[&["127.0.0.1"]]);
    let mut setup = Setup::default().resolving(table);
    let origin = format!("http://app.test:{}", closing.address.port());
    setup.policy.allow_private(&format!("{origin}/"), Use::Own).unwrap();
    let world = setup.start().await;
    for target in [format!("{origin}/canary?canary"), "https://off.example/canary?canary".into()] {
        let call = world.call("GET", &target).header("authorization", "Bearer canary");
        let answer = call.send().await;
        assert!(!answer.fault().is_empty());
        for part in ["canary", "127.0.0.1", ".rs", "panicked", "hyper", world.key.as_str()] {
            assert!(!answer.text().contains(part), "{part} in {}", answer.text());
        }
    }
}

#[tokio::test]
async fn i08_who_runs_a_relay_for_others_is_told_to_everybody() {
    let own = Setup::default().start().await;
    let text = own.request("GET", "/relay/about").send().await.text();
    assert!(text.contains("Run by: whoever started it on this machine"), "{text}");

    let shared = [
        "--listen",
        "127.0.0.1:0",
        "--trusted-proxy",
        "127.0.0.1",
        "--origin",
        "https://tool.example",
        "--allow",
        "https://secret.example/scim",
    ];
    assert!(refused(&shared).await.contains("--operator"));
    let mut command = program(&shared);
    command.args(["--operator", "Contoso IT, it@contoso.example"]);
    let (_child, address) = start(command).await;
    for headers in ["origin: https://tool.example\r\n", "sec-fetch-mode: navigate\r\n"] {
        let answer = ask(address, "/relay/about", headers).await;
        let opened = headers.starts_with("origin").then_some("https://tool.example");
        assert_eq!((answer.status, answer.get("access-control-allow-origin")), (200, opened));
        for part in ["Contoso IT, it@contoso.example", "one line for each call", "Run your own"] {
            assert!(answer.text().contains(part), "{part}");
        }
        assert!(!answer.text().contains("secret"));
    }
}

#[tokio::test]
async fn i05_root_and_health_tell_nothing() {
    let world = Setup::allowing(&["https://secret.example/api"]).start().await;
    for path in ["/", "/healthz"] {
        let answer = world.request("GET", path).send().await;
        assert_eq!(answer.status, 200);
        assert!(answer.body.len() < 80);
        assert_eq!(answer.get("server"), None);
        for part in ["secret", &world.key, env!("CARGO_PKG_VERSION"), "hyper"] {
            assert!(!answer.text().contains(part), "{path}");
        }
    }
    assert_eq!(world.request("GET", "/index.html").send().await.status, 404);
}

#[tokio::test]
async fn a_port_in_use_is_told_with_the_repair() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let message = refused(&["--listen", &address, "--allow", "https://a.example/"]).await;
    assert!(message.contains(&address) && message.contains("--listen 127.0.0.1:0"), "{message}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_stop_signal_ends_it_calmly() {
    let (mut child, address) =
        start(program(&["--listen", "127.0.0.1:0", "--allow", "https://a.example/"])).await;
    assert_eq!(ask(address, "/healthz", "").await.status, 200);
    let id = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    assert!(child.wait().await.unwrap().success());
}

#[cfg(unix)]
#[tokio::test]
async fn a_stop_signal_lets_an_open_call_end() {
    let slow = Upstream::does(vec![
        Step::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 200000\r\n\r\n".to_vec()),
        Step::Write(vec![b' '; 100_000]),
        Step::Wait(Duration::from_millis(600)),
        Step::Write(vec![b' '; 100_000]),
    ])
    .await;
    let entry = slow.url("/scim");
    let (mut child, address) =
        start(program(&["--listen", "127.0.0.1:0", "--allow", &entry])).await;
    let headers =
        format!("x-relay-key: {}\r\nx-relay-target: {entry}\r\n", session_key(address).await);
    let call = tokio::spawn(async move { ask(address, "/relay", &headers).await });
    while slow.heard().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let id = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    let answer = call.await.unwrap();
    assert_eq!((answer.status, answer.body.len(), answer.whole), (200, 200_000, true));
    assert!(child.wait().await.unwrap().success());
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn i01_a_terminal_that_stands_still_holds_up_no_call() {
    // Nobody reads the log, so that its pipe is full after a few hundred lines.
    let (_child, address) =
        start(program(&["--listen", "127.0.0.1:0", "--allow", "https://a.example"])).await;
    let mut stream = BufReader::new(tokio::net::TcpStream::connect(address).await.unwrap());
    let request = format!("GET /relay HTTP/1.1\r\nhost: {address}\r\n\r\n");
    for _ in 0..2000 {
        stream.write_all(request.as_bytes()).await.unwrap();
        let (mut length, mut line) = (0, String::new());
        while line != "\r\n" {
            line.clear();
            let read = stream.read_line(&mut line);
            tokio::time::timeout(Duration::from_secs(5), read).await.expect("an answer").unwrap();
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap();
            }
        }
        stream.read_exact(&mut vec![0; length]).await.unwrap();
    }
}

/// The crowd's ends are this process's.
#[cfg(unix)]
fn allow_this_many_handles(count: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limits = getrlimit(Resource::Nofile);
    if limits.current.is_some_and(|current| current < count) {
        let raised = Rlimit { current: Some(count), ..limits };
        setrlimit(Resource::Nofile, raised).expect("the system allows a thousand sockets");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn h06_slow_clients_do_not_stop_a_fast_one() {
    // Fewer handles than there are slow clients, as far as the system's first word goes.
    let start_poor = format!(
        "ulimit -Sn 128 && exec {} --listen 127.0.0.1:0 --allow https://a.example",
        env!("CARGO_BIN_EXE_cors-proxy")
    );
    let mut command = Command::new("sh");
    command.args(["-c", &start_poor]).kill_on_drop(true).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let (_child, address) = start(command).await;
    allow_this_many_handles(1_100);
    let mut crowd = Vec::new();
    for _ in 0..1_000 {
        let mut slow = tokio::net::TcpStream::connect(address).await.unwrap();
        slow.write_all(b"GET /relay HTTP/1.1\r\nhost: slow").await.unwrap();
        crowd.push(slow);
    }
    let start = Instant::now();
    assert_eq!(ask(address, "/healthz", "").await.status, 200);
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn the_key_is_printed_only_for_a_page_elsewhere() {
    let folder = Folder::new();
    let root = folder.path().to_str().unwrap();
    for (origin, printed) in [(None, false), (Some("https://tool.example"), true)] {
        let mut command = program(&["--listen", "127.0.0.1:0", "--serve", root]);
        command.args(origin.iter().flat_map(|origin| ["--origin", *origin]));
        let (mut child, address) = start(command).await;
        let session = ask(address, "/relay/session", "sec-fetch-site: same-origin\r\n").await;
        written().await;
        child.start_kill().unwrap();
        let mut log = String::new();
        child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
        assert!(log.contains("nothing may be reached; allow a server with `--allow"), "{log}");
        assert_eq!(log.contains(session.json()["key"].as_str().unwrap()), printed, "{log}");
    }
}

#[tokio::test]
async fn j13_the_page_is_served_with_what_holds_it_together() {
    let (world, _folder) = page().await;
    for (path, media_type, kept) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/worker.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/snippets/a-1/inline0.js", "text/javascript; charset=utf-8", "no-cache"),
        (
            "/wizard-0123456789abcdef_bg.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
        ("/worker.js?x=y", "text/javascript; charset=utf-8", "no-cache"),
    ] {
        let answer = world.request("GET", path).send().await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.get("content-type"), Some(media_type), "{path}");
        assert_eq!(answer.get("cache-control"), Some(kept), "{path}");
        assert_eq!(answer.get("content-security-policy"), Some(CONTENT_SECURITY_POLICY));
        assert_eq!(answer.get("cross-origin-opener-policy"), Some("same-origin"));
        assert_eq!(answer.get("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.get("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.get("access-control-allow-origin"), None);
    }
    for path in ["/missing", "/.hidden", "/../Cargo.toml", "/snippets/", "/snippets", "/%2e%2e/x"] {
        let answer = world.request("GET", path).send().await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.get("content-security-policy"), Some(CONTENT_SECURITY_POLICY));
    }
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval';",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(CONTENT_SECURITY_POLICY.contains(part), "{part}");
    }
    assert!(!CONTENT_SECURITY_POLICY.contains("unsafe-inline"));
    assert_eq!(world.request("POST", "/").send().await.status, 405);
    let head = world.request("HEAD", "/").send().await;
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[tokio::test]
async fn the_best_packed_form_that_the_browser_takes_is_sent() {
    let (world, _folder) = page().await;
    let path = "/wizard-0123456789abcdef.js";
    for (accepted, coding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), "packed by br"),
        ("gzip", Some("gzip"), "packed by gzip"),
        ("br;q=0, gzip;q=0.5", Some("gzip"), "packed by gzip"),
        ("identity", None, "export {}"),
    ] {
        let answer = world.request("GET", path).header("accept-encoding", accepted).send().await;
        assert_eq!((answer.get("content-encoding"), answer.text().as_str()), (coding, body));
        assert_eq!(answer.get("content-type"), Some("text/javascript; charset=utf-8"));
        assert_eq!(answer.get("vary"), Some("Accept-Encoding"));
    }
}

#[tokio::test]
async fn an_unchanged_file_is_not_sent_again() {
    let (world, folder) = page().await;
    let first = world.request("GET", "/").send().await;
    let tag = first.get("etag").unwrap().to_owned();
    let again = world.request("GET", "/").header("if-none-match", &tag).send().await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    std::fs::write(folder.path().join("index.html"), "<!doctype html><p>").unwrap();
    let changed = world.request("GET", "/").header("if-none-match", &tag).send().await;
    assert_eq!((changed.status, changed.text().as_str()), (200, "<!doctype html><p>"));
}
