//! The relay: it serves the page, or makes calls for one that is served elsewhere, and reaches the
//! servers it is told.

use std::time::Duration;

use servers::Program;
use tokio::process::Command;

use crate::environment;
use crate::session::eventually;

/// A relay on a free port of this machine, with the built page.
pub struct Relay {
    program: Program,
    url: String,
}

impl Relay {
    /// Starts one that may reach the given URLs and nothing else.
    pub async fn allowing(urls: &[&str]) -> Self {
        let mut command = Command::new(environment::relay());
        command.arg("--serve").arg(environment::dist());
        Self::start(command, urls).await
    }

    /// Starts one that serves no page and makes calls for the page at this address.
    pub async fn for_page_at(page: &str, urls: &[&str]) -> Self {
        let mut command = Command::new(environment::relay());
        command.args(["--origin", page.trim_end_matches('/')]);
        Self::start(command, urls).await
    }

    async fn start(mut command: Command, urls: &[&str]) -> Self {
        command.args(["--listen", "127.0.0.1:0"]);
        for url in urls {
            command.args(["--allow", url]);
        }
        let ready = |line: &str| line.strip_prefix("READY ").map(str::to_owned);
        let (program, url) = Program::start(command, ready).await;
        Self { program, url }
    }

    /// Starts one that only serves the page.
    pub async fn closed() -> Self {
        Self::allowing(&[]).await
    }

    /// The page's address, ending in a slash.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The session key that it has printed for pages elsewhere.
    pub async fn key(&self) -> String {
        eventually(Duration::from_secs(10), "the session key", async || {
            let log = self.log();
            let (_, behind) =
                log.split_once("session key for pages elsewhere: ").ok_or(log.clone())?;
            let key = behind.split_whitespace().next().unwrap_or_default();
            (key.len() == 64).then(|| key.to_owned()).ok_or(log.clone())
        })
        .await
    }

    /// All that it has printed so far.
    pub fn log(&self) -> String {
        self.program.log()
    }
}
