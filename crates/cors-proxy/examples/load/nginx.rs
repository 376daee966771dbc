//! nginx, twice: as the trivial upstream, and as the proxy that the relay is measured against.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::process::Process;

pub(crate) struct Nginx {
    pub(crate) process: Process,
    pub(crate) address: SocketAddr,
    folder: PathBuf,
}

/// What both proxies send to the upstream beside the caller's headers, and what they do not.
const TO_UPSTREAM: [(&str, &str); 6] = [
    ("accept-encoding", "identity"),
    ("user-agent", "cors-proxy"),
    ("via", "\"1.1 cors-proxy\""),
    ("x-relay-target", "\"\""),
    ("x-relay-key", "\"\""),
    ("connection", "\"\""),
];

/// What the relay adds to a reply, so that nginx writes as many bytes.
const TO_CALLER: [(&str, &str); 12] = [
    ("cache-control", "no-store"),
    ("content-disposition", "attachment"),
    ("content-security-policy", "\"default-src 'none'; sandbox\""),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("vary", "Origin"),
    ("x-relay-outcome", "upstream"),
    ("x-relay-status", "$upstream_status"),
    ("x-relay-ms", "$upstream_response_time"),
    ("x-relay-timing", "\"first-byte;dur=$upstream_header_time\""),
    ("x-relay-family", "ipv4"),
];

impl Nginx {
    /// A server with one answer, and one of five mebibytes at `/scim/v2/large`.
    pub(crate) fn upstream(reply: &str) -> Self {
        let folder = folder("upstream");
        fs::create_dir_all(folder.join("scim/v2")).unwrap();
        fs::write(folder.join("scim/v2/large"), vec![b' '; 5 * 1024 * 1024]).unwrap();
        let root = folder.display();
        Self::start(
            folder.clone(),
            &format!(
                "access_log off; default_type application/json;
                 location / {{ return 200 '{reply}'; }}
                 location = /scim/v2/large {{ root {root}; }}"
            ),
            "",
        )
    }

    /// A proxy of that server, which keeps its connections to it or does not.
    pub(crate) fn proxy(upstream: &Self, path: &str, kept: bool) -> Self {
        let set: String = TO_UPSTREAM
            .iter()
            .map(|(name, value)| format!("proxy_set_header {name} {value};\n"))
            .collect();
        let add: String = TO_CALLER
            .iter()
            .map(|(name, value)| format!("add_header {name} {value} always;\n"))
            .collect();
        let keepalive = if kept { "keepalive 64; keepalive_requests 1000000000;" } else { "" };
        let server = format!(
            "access_log access.log;
             location /relay {{
                 proxy_pass http://api{path};
                 proxy_http_version 1.1;
                 proxy_set_header host {};
                 {set}{add}
             }}",
            upstream.address
        );
        let api = format!("upstream api {{ server {}; {keepalive} }}", upstream.address);
        Self::start(folder(if kept { "kept" } else { "fresh" }), &server, &api)
    }

    fn start(folder: PathBuf, server: &str, http: &str) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        fs::create_dir_all(&folder).unwrap();
        let places: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .iter()
            .map(|name| format!("{name}_temp_path {name};\n"))
            .collect();
        let configuration = format!(
            "daemon off; worker_processes auto; pid nginx.pid; error_log error.log;
             events {{ worker_connections 8192; }}
             http {{
                 {places}{http}
                 tcp_nodelay on; keepalive_requests 1000000000; large_client_header_buffers 4 32k;
                 server {{ listen {address}; {server} }}
             }}"
        );
        let file = folder.join("nginx.conf");
        fs::write(&file, configuration).unwrap();
        let mut nginx = Command::new("nginx");
        nginx.args(["-e", "error.log", "-p"]).arg(&folder).arg("-c").arg(&file);
        let process = Process::start(&mut nginx, "apt-get install nginx-light");
        let started = Self { process, address, folder };
        for _ in 0..100 {
            if TcpStream::connect(address).is_ok() {
                return started;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("nginx does not answer on {address}");
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // A killed master leaves its workers; asked to stop, it takes them along.
        let stop = ["-TERM", &self.process.0.id().to_string()];
        let _ = Command::new("kill").args(stop).status();
        let _ = self.process.0.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn folder(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("cors-proxy-load-{}-{name}", std::process::id()))
}
