//! What went wrong and how to repair it: the one error that a command ends with.

use std::fmt;
use std::path::{Path, PathBuf};

/// A failure as the developer reads it: what happened, what to do, where the whole output is.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    repairs: Vec<String>,
    log: Option<PathBuf>,
    status: u8,
}

impl Failure {
    /// A failure of which only the fact is known.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), repairs: Vec::new(), log: None, status: 1 }
    }

    /// A command line that cannot be understood; the process ends with status 2.
    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self { status: 2, ..Self::new(what) }
    }

    /// A file or folder that could not be read or written.
    pub(crate) fn file(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot {doing} `{}`: {error}", path.display()))
    }

    /// Adds one thing to do about it.
    pub(crate) fn repair(mut self, repair: impl Into<String>) -> Self {
        self.repairs.push(repair.into());
        self
    }

    /// Names the file that holds the whole output.
    pub(crate) fn log(mut self, log: &Path) -> Self {
        self.log = Some(log.to_owned());
        self
    }

    /// The status that the process ends with.
    pub(crate) fn status(&self) -> u8 {
        self.status
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.what)?;
        for repair in &self.repairs {
            write!(f, "\n  repair: {repair}")?;
        }
        if let Some(log) = &self.log {
            write!(f, "\n  log: {}", log.display())?;
        }
        Ok(())
    }
}

/// What the clients of the registries print when they cannot reach one (cargo, rustup, npm, pip
/// and apt, in this order).
const NETWORK_SIGNS: [&str; 19] = [
    "spurious network error",
    "failed to download from",
    "Could not resolve host",
    "Couldn't resolve host",
    "Could not connect to server",
    "Couldn't connect to server",
    "could not download file",
    "ENOTFOUND",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "EAI_AGAIN",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Name or service not known",
    "ReadTimeoutError",
    "Temporary failure resolving",
    "Could not connect to",
    "Network is unreachable",
];

/// The line of an output that shows that the network, not the work, is what failed.
pub(crate) fn network_trouble(output: &str) -> Option<&str> {
    let tells = |line: &&str| NETWORK_SIGNS.iter().any(|sign| line.contains(sign));
    output.lines().find(tells).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_what_repair_and_log() {
        let failure = Failure::new("no compiler").repair("install one").log(Path::new("a.log"));
        assert_eq!(failure.to_string(), "error: no compiler\n  repair: install one\n  log: a.log");
        assert_eq!((failure.status(), Failure::usage("?").status()), (1, 2));
    }

    #[test]
    fn network_trouble_is_told_from_other_trouble() {
        for line in [
            "  [6] Could not resolve host name (Could not resolve host: example.test)",
            "npm error code ENOTFOUND",
            "NewConnectionError: Failed to establish a new connection: [Errno 111]",
            "Temporary failure resolving 'deb.example.test'",
        ] {
            let output = format!("first\n{line}\nlast");
            assert_eq!(network_trouble(&output), Some(line.trim()), "{line}");
        }
        assert_eq!(network_trouble("error[E0425]: cannot find value `x`"), None);
    }
}
