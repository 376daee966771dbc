//! The two servers, and what they noted of the requests they got.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;

use crate::program::Program;

/// The token that the servers accept. It stands nowhere else, so that it can be searched for.
pub const TOKEN: &str = "canary-7f3d1c9a-token";

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerKind {
    /// `scimmy-routers` of npm.
    NodeScimmy,
    /// `scim2-server` of PyPI.
    PythonScim2,
}

/// A running server; it ends when this goes.
pub struct Peer {
    program: Program,
    url: String,
    folder: TempDir,
}

/// What to start a server with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seeded {
    /// How many users there are from the beginning.
    pub users: usize,
    /// The page's origin, where the server is to answer CORS.
    pub cors_origin: Option<&'static str>,
    /// Milliseconds before every answer.
    pub delay_ms: u32,
}

/// One request as the server noted it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalLine {
    /// The method.
    pub method: String,
    /// Path and query.
    pub url: String,
    /// The status of the answer.
    pub status: u64,
}

impl Peer {
    /// Starts a server on a free port.
    pub async fn start(kind: PeerKind, seeded: Seeded) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a journal");
        let mut command = program(kind);
        command
            .env("SCIM_TOKEN", TOKEN)
            .env("SCIM_PORT", "0")
            .env("SCIM_SEED", seeded.users.to_string())
            .env("SCIM_DELAY_MS", seeded.delay_ms.to_string())
            .env("SCIM_JOURNAL", journal_in(&folder));
        if let Some(origin) = seeded.cors_origin {
            command.env("SCIM_CORS_ORIGIN", origin);
        }
        let ready = |line: &str| line.strip_prefix("READY ").map(str::to_owned);
        let (program, url) = Program::start(command, ready).await;
        Self { program, url, folder }
    }

    /// A server of fifty users.
    pub async fn of_fifty(kind: PeerKind) -> Self {
        Self::start(kind, Seeded { users: 50, ..Seeded::default() }).await
    }

    /// Its SCIM base URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The requests that it has answered so far.
    pub fn journal(&self) -> Vec<JournalLine> {
        let text = std::fs::read_to_string(journal_in(&self.folder)).unwrap_or_default();
        text.lines().map(read_line).collect()
    }

    /// Ends it: from now on connections are refused.
    pub async fn stop(&mut self) {
        self.program.end().await;
    }
}

fn program(kind: PeerKind) -> Command {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    match kind {
        PeerKind::NodeScimmy => {
            let own = folder.join("node-scimmy");
            installed(&own.join("node_modules"));
            let mut command = Command::new("node");
            command.arg(own.join("server.mjs"));
            command
        }
        PeerKind::PythonScim2 => {
            let own = folder.join("python-scim2");
            let python = match cfg!(windows) {
                true => own.join(".venv").join("Scripts").join("python.exe"),
                false => own.join(".venv").join("bin").join("python"),
            };
            installed(&python);
            let mut command = Command::new(python);
            command.arg(own.join("serve.py"));
            command
        }
    }
}

fn installed(path: &Path) {
    let advice = "run `cargo xtask test peers`, which installs both servers";
    assert!(path.exists(), "`{}` does not exist: {advice}", path.display());
}

fn journal_in(folder: &TempDir) -> PathBuf {
    folder.path().join("journal")
}

fn read_line(line: &str) -> JournalLine {
    let value: Value = serde_json::from_str(line).expect("a journal's line is JSON");
    let text = |name: &str| value[name].as_str().expect("a text").to_owned();
    JournalLine {
        method: text("method"),
        url: text("url"),
        status: value["status"].as_u64().expect("a number"),
    }
}
