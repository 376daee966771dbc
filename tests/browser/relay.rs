//! The relay: it serves the page, and reaches the servers it is told.

use servers::Program;
use tokio::process::Command;

use crate::environment;

/// A relay on a free port of this machine, with the built page.
pub struct Relay {
    program: Program,
    url: String,
}

impl Relay {
    /// Starts one that may reach the given URLs and nothing else.
    pub async fn allowing(urls: &[&str]) -> Self {
        let mut command = Command::new(environment::relay());
        command.args(["--listen", "127.0.0.1:0", "--serve"]).arg(environment::dist());
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

    /// All that it has printed so far.
    pub fn log(&self) -> String {
        self.program.log()
    }
}
