//! Running other programs: each is printed, watched while it runs, and written to a log.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::failure::{Failure, network_trouble};
use crate::progress::{Progress, counted};

/// How many lines of a quiet program's output are shown when it fails.
const TAIL: usize = 40;

/// A program to run, with what it needs to know.
pub(crate) struct Invocation {
    program: OsString,
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
    folder: PathBuf,
}

/// Which lines of a program's output are shown while it runs; the log gets all.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Echo {
    /// None, and the last ones when it fails.
    OnFailure,
    /// What a reader acts on: no status lines of cargo and no tests that passed.
    Findings,
    /// All but status lines of cargo.
    Everything,
}

/// How a program ended, and everything that it printed.
pub(crate) struct Ended {
    /// The status that it gave.
    pub(crate) status: ExitStatus,
    /// Both streams, in the order in which they came.
    pub(crate) output: String,
    log: PathBuf,
    command: String,
}

impl Invocation {
    /// A program by name or path, to run in `folder`.
    pub(crate) fn new(program: impl AsRef<OsStr>, folder: &Path) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            arguments: Vec::new(),
            environment: Vec::new(),
            folder: folder.to_owned(),
        }
    }

    /// Adds arguments.
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.arguments.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    /// Sets a variable of its environment.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.environment.push((name.into(), value.as_ref().to_owned()));
        self
    }

    /// Lets it find its own programs in these folders before all others.
    pub(crate) fn path_first(self, folders: &[&Path]) -> Result<Self, Failure> {
        let old = std::env::var_os("PATH").unwrap_or_default();
        let all = folders.iter().map(|folder| folder.to_path_buf());
        let path = std::env::join_paths(all.chain(std::env::split_paths(&old)))
            .map_err(|error| Failure::new(format!("cannot put a folder on PATH: {error}")))?;
        Ok(self.env("PATH", path))
    }

    /// Runs it to its end, whatever that is; an error says that it could not be started.
    pub(crate) fn run(
        &self,
        log: &Path,
        echo: Echo,
        progress: &mut Progress,
    ) -> Result<Ended, Failure> {
        progress.say(&format!("  $ {self}"));
        let mut file = File::create(log).map_err(|error| Failure::file("write", log, &error))?;
        let mut child = self
            .command()
            // cargo counts what it compiles only for a terminal, unless it is told to.
            .env("CARGO_TERM_PROGRESS_WHEN", "always")
            .env("CARGO_TERM_PROGRESS_WIDTH", "120")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::new(format!("cannot start `{self}`: {error}")))?;
        let lines = merged(child.stdout.take(), child.stderr.take());
        let output = watch(&lines, &mut file, echo, progress);
        let status = child
            .wait()
            .map_err(|error| Failure::new(format!("cannot wait for `{self}`: {error}")))?;
        if echo == Echo::OnFailure && !status.success() {
            show_tail(&output, progress);
        }
        Ok(Ended { status, output, log: log.to_owned(), command: self.to_string() })
    }

    /// Runs it silently and gives what it printed on its standard output, if it ended well.
    pub(crate) fn ask(&self) -> Option<String> {
        let output = self.command().stdin(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// The plain command, for a caller that hands its own streams over.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(&self.folder);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

impl std::fmt::Display for Invocation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, value) in self.environment.iter().filter(|(name, _)| name != "PATH") {
            write!(f, "{}={} ", name.display(), value.display())?;
        }
        write!(f, "{}", self.program.display())?;
        self.arguments.iter().try_for_each(|argument| write!(f, " {}", argument.display()))
    }
}

impl Ended {
    /// A failure if it failed: by the network where its output says that `registry` did not answer.
    pub(crate) fn succeeded(self, registry: &str) -> Result<(), Failure> {
        match network_trouble(&self.output) {
            Some(line) if !self.status.success() => {
                Err(Failure::new(format!("no answer from {registry}: {line}"))
                    .repair("check the network and the proxy settings, then run the same command again: what is done stays done")
                    .repair("behind a mirror, name it in the settings of that client; they are used as they are")
                    .log(&self.log))
            }
            _ => self.succeeded_locally(),
        }
    }

    /// A failure if it failed, for a program whose own work may print words of a broken network.
    pub(crate) fn succeeded_locally(self) -> Result<(), Failure> {
        if self.status.success() {
            return Ok(());
        }
        Err(Failure::new(format!("`{}` failed ({})", self.command, self.status)).log(&self.log))
    }
}

/// The full path of a program, looked up on PATH.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    std::env::split_paths(&path)
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{name}{ending}"))))
        .find(|candidate| candidate.is_file())
}

fn merged(
    stdout: Option<impl Read + Send + 'static>,
    stderr: Option<impl Read + Send + 'static>,
) -> Receiver<String> {
    let (sender, receiver) = channel();
    if let Some(stdout) = stdout {
        let sender = sender.clone();
        std::thread::spawn(move || send_lines(stdout, &sender));
    }
    if let Some(stderr) = stderr {
        std::thread::spawn(move || send_lines(stderr, &sender));
    }
    receiver
}

/// Sends each line, where a carriage return ends one too: cargo's counting rewrites its line.
fn send_lines(stream: impl Read, sender: &Sender<String>) {
    let mut line = Vec::new();
    let mut last = 0;
    for byte in BufReader::new(stream).bytes().map_while(Result::ok) {
        let ends = byte == b'\n' && last != b'\r' || byte == b'\r' && !line.is_empty();
        if ends && sender.send(text(&mut line)).is_err() {
            return;
        }
        if !matches!(byte, b'\n' | b'\r') {
            line.push(byte);
        }
        last = byte;
    }
    if !line.is_empty() {
        // Nobody listening any more is the end of the work, not a failure of this line.
        let _ = sender.send(text(&mut line));
    }
}

fn text(line: &mut Vec<u8>) -> String {
    let text = String::from_utf8_lossy(line).replace("\x1b[K", "");
    line.clear();
    text
}

fn watch(lines: &Receiver<String>, log: &mut File, echo: Echo, progress: &mut Progress) -> String {
    let mut output = String::new();
    let mut doing = "running".to_owned();
    loop {
        match lines.recv_timeout(Duration::from_secs(1)) {
            Ok(line) => {
                if let Some(count) = counted(&line) {
                    doing = count;
                }
                if line.trim_start().starts_with("Building [") {
                    progress.tick(&doing);
                    continue;
                }
                // The log is a convenience: a full disk shows itself in the program's own failure.
                let _ = writeln!(log, "{line}");
                if is_shown(&line, echo) {
                    progress.say(&line);
                }
                output.push_str(&line);
                output.push('\n');
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return output,
        }
        progress.tick(&doing);
    }
}

fn is_shown(line: &str, echo: Echo) -> bool {
    match echo {
        Echo::OnFailure => false,
        Echo::Everything => !is_status(line),
        Echo::Findings => {
            let passed = line.starts_with("test ") && line.ends_with("... ok");
            let announced =
                line.starts_with("running ") && line.trim_end_matches('s').ends_with(" test");
            !line.trim().is_empty() && !passed && !announced && !is_status(line)
        }
    }
}

/// Cargo puts the verb of its status lines flush right in twelve columns.
fn is_status(line: &str) -> bool {
    let verb = line.trim_start();
    let indent = line.len() - verb.len();
    let verb = verb.split(' ').next().unwrap_or(verb);
    let known = matches!(
        verb,
        "Compiling"
            | "Checking"
            | "Fresh"
            | "Downloading"
            | "Downloaded"
            | "Updating"
            | "Locking"
            | "Adding"
            | "Blocking"
            | "Finished"
            | "Documenting"
            | "Executable"
            | "Installing"
            | "Fetch"
            | "Dirty"
            | "Packaging"
    );
    known && indent + verb.len() == 12
}

fn show_tail(output: &str, progress: &mut Progress) {
    let lines: Vec<&str> = output.lines().filter(|line| !is_status(line)).collect();
    for line in lines.iter().skip(lines.len().saturating_sub(TAIL)) {
        progress.say(&format!("  | {line}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_shown_and_routine_is_not() {
        for (line, shown) in [
            ("   Compiling syn v2.0.1", false),
            ("    Finished `dev` profile in 3 s", false),
            ("test parses ... ok", false),
            ("running 24 tests", false),
            ("", false),
            ("test parses ... FAILED", true),
            ("warning: unused variable", true),
            ("     Running unittests src/lib.rs (target/debug/deps/scim-1)", true),
            ("test result: ok. 3 passed; 0 failed; 0 ignored", true),
        ] {
            assert_eq!(is_shown(line, Echo::Findings), shown, "{line}");
        }
        assert!(is_shown("test parses ... ok", Echo::Everything));
        assert!(!is_shown("anything", Echo::OnFailure));
    }

    #[test]
    fn a_rewritten_line_is_several_lines() {
        let (sender, receiver) = channel();
        send_lines(&b"a\rb\x1b[K\r\n\nlast"[..], &sender);
        drop(sender);
        assert_eq!(receiver.iter().collect::<Vec<_>>(), ["a", "b", "", "last"]);
    }

    #[test]
    fn an_invocation_reads_like_its_command_line() {
        let run = Invocation::new("npm", Path::new(".")).args(["ci", "--no-audit"]).env("CI", "1");
        assert_eq!(run.to_string(), "CI=1 npm ci --no-audit");
    }
}
