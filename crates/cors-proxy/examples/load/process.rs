//! A program that is measured: its processor time and its memory, and the relay as one of them.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};

/// A running program; it ends with this.
pub(crate) struct Process(pub(crate) Child);

impl Process {
    /// Starts a program, or says how it is installed.
    pub(crate) fn start(command: &mut Command, install: &str) -> Self {
        Self(command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}; {install}")))
    }

    /// Processor time of the program and of its children so far, in the kernel's ticks.
    pub(crate) fn ticks(&self) -> u64 {
        let id = self.0.id().to_string();
        let processes = fs::read_dir("/proc").expect("Linux");
        let stats = processes
            .filter_map(|process| fs::read_to_string(process.ok()?.path().join("stat")).ok());
        let mut ticks = 0;
        for stat in stats {
            // The name stands in brackets and may hold spaces; the state is the first field after.
            let Some((start, rest)) = stat.rsplit_once(") ") else { continue };
            let fields: Vec<&str> = rest.split(' ').collect();
            if start.starts_with(&format!("{id} (")) || fields[1] == id {
                ticks += fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
            }
        }
        ticks
    }

    /// Memory in use, in KiB.
    pub(crate) fn resident(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The most memory that was ever in use, in KiB.
    pub(crate) fn peak(&self) -> u64 {
        self.status("VmHWM:")
    }

    fn status(&self, field: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
        line.trim().split(' ').next().unwrap().parse().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing of it is left.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Builds the relay and starts it for one API, without the rates that a load would reach at once.
pub(crate) fn relay(entry: &str) -> (Process, SocketAddr) {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let built = Command::new(cargo)
        .args(["build", "--profile", "relay", "--quiet", "-p", "cors-proxy", "--bin", "cors-proxy"])
        .status();
    assert!(built.expect("cargo").success());
    let own = std::env::current_exe().unwrap();
    // Three up from `target/release/examples/load`.
    let program = own.ancestors().nth(3).unwrap().join("relay/cors-proxy");
    let log = fs::File::create(std::env::temp_dir().join("cors-proxy-load.log")).unwrap();
    let most = u32::MAX.to_string();
    let mut relay = Command::new(program);
    relay
        .args(["--listen", "127.0.0.1:0", "--allow", entry])
        .args(["--calls-per-minute", &most, "--target-calls-per-minute", &most])
        .stdout(Stdio::piped())
        .stderr(log);
    let mut process = Process::start(&mut relay, "it was just built");
    let mut line = String::new();
    BufReader::new(process.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("READY http://").trim_end_matches('/');
    (process, address.parse().unwrap())
}

/// Asks for the session key as the served page does.
pub(crate) fn session_key(relay: SocketAddr) -> String {
    let mut stream = TcpStream::connect(relay).unwrap();
    let request = format!(
        "GET /relay/session HTTP/1.1\r\nhost: {relay}\r\nsec-fetch-site: same-origin\r\n\
         connection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    body["key"].as_str().unwrap().to_owned()
}
