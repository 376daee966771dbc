//! One run: the sandbox behind HTTP, both testers in front of it, and what they found.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use serde::Deserialize;

/// The token that the sandbox is started with.
const TOKEN: &str = "compliance-canary";

/// What both testers found in one dialect.
pub(crate) struct Run {
    pub(crate) dialect: &'static str,
    pub(crate) findings: Vec<Finding>,
}

/// One check, as `testers.py` tells it.
#[derive(Deserialize)]
pub(crate) struct Finding {
    pub(crate) tester: String,
    pub(crate) version: String,
    pub(crate) check: String,
    pub(crate) passed: bool,
    /// The tester's own word.
    pub(crate) status: String,
    pub(crate) reason: String,
}

impl Finding {
    pub(crate) fn is(&self, tester: &str, check: &str) -> bool {
        self.tester == tester && self.check == check
    }
}

/// Runs the testers in all dialects at the same time, each before a sandbox of its own.
pub(crate) fn all(dialects: &[&'static str]) -> Vec<Run> {
    thread::scope(|scope| {
        let runs: Vec<_> = dialects.iter().map(|dialect| scope.spawn(|| one(dialect))).collect();
        runs.into_iter().map(|run| run.join().expect("a run that says what is wrong")).collect()
    })
}

fn one(dialect: &'static str) -> Run {
    let sandbox = Served::start(dialect);
    let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("testers.py");
    let output = Command::new(path("SCIM_WIZARD_PYTHON"))
        .arg(driver)
        .args([&sandbox.url, TOKEN])
        .output()
        .expect("Python can be started");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the testers did not get to their end:\n{said}");
    let lines = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let read = |line| serde_json::from_str(line).expect("a line is a finding");
    Run { dialect, findings: lines.lines().map(read).collect() }
}

/// A running sandbox; it ends when this goes.
struct Served {
    program: Child,
    url: String,
}

impl Served {
    fn start(dialect: &str) -> Self {
        let mut program = Command::new(path("SCIM_WIZARD_SANDBOX"))
            .args(["--port", "0", "--token", TOKEN, "--dialect", dialect])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the sandbox can be started");
        let mut line = String::new();
        let stdout = program.stdout.take().expect("piped");
        BufReader::new(stdout).read_line(&mut line).expect("the sandbox says when it is ready");
        let url = line.trim().strip_prefix("READY ").expect("the sandbox is ready").to_owned();
        Self { program, url }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // One that has ended already is what is wanted.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// The file that a variable names; without it, the advice how to have it set.
fn path(variable: &str) -> PathBuf {
    let path = std::env::var_os(variable).map(PathBuf::from).unwrap_or_else(|| {
        panic!("{variable} is not set: run these tests with `cargo xtask test compliance`")
    });
    assert!(path.exists(), "{variable} names `{}`, which does not exist", path.display());
    path
}
