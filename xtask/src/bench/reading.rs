//! Measuring how long it takes to read everybody of a real server by pages, beside a published client
//! that does the same: all of them in turn, against one running server.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use super::median;
use crate::arguments::Bench;
use crate::command::{Echo, Invocation};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::workspace::Workspace;
use crate::{peers, python, tools};

/// Accounts that the server is seeded with.
const ACCOUNTS: &str = "10000";
/// The server's token: whoever measures has made the server.
const TOKEN: &str = "measured";
/// Requests that are under way at once.
const AT_ONCE: [&str; 2] = ["6", "1"];

/// A server that ends with the measurement.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Builds, starts the server, measures and tells.
pub(super) fn run(asked: &Bench) -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    let mut progress = Progress::new(3);
    let folder = workspace.root.join("tests").join("servers");
    progress.stage("tools", "the server and the published client");
    tools::c_compiler(&workspace)?;
    peers::servers(&workspace, &mut progress)?;
    let client = python::environment(&folder.join("scim2-client"), &workspace, &mut progress)?;
    progress.stage("build", "the reader, optimised");
    Invocation::new("cargo", &workspace.root)
        .args(["build", "--release", "-p", "servers", "--example", "read_all"])
        .run(&workspace.log("reading"), Echo::OnFailure, &mut progress)?
        .succeeded(tools::CRATES)?;
    progress.stage("measure", "all in turn");
    let (_server, url) = start(&workspace, &mut progress)?;
    let ours = workspace.target.join("release").join("examples");
    let ours = ours.join(format!("read_all{}", std::env::consts::EXE_SUFFIX));
    let theirs = Invocation::new(client, &folder.join("scim2-client")).args(["read_all.py", &url]);
    let readers = AT_ONCE
        .map(|pace| Invocation::new(&ours, &workspace.root).args([url.as_str(), pace]))
        .into_iter()
        .chain([theirs]);
    let readers: Vec<Invocation> = readers.map(|reader| reader.env("SCIM_TOKEN", TOKEN)).collect();
    let mut rounds = Vec::new();
    for round in 1..=asked.rounds {
        let mut seconds = Vec::new();
        for reader in &readers {
            let ended =
                reader.run(&workspace.log("reading-run"), Echo::OnFailure, &mut progress)?;
            let told = told(&ended.output);
            ended.succeeded_locally()?;
            seconds.push(told.ok_or_else(|| Failure::new("a reader did not tell its time"))?);
        }
        rounds.push(seconds);
        progress.say(&format!("round {round} of {}", asked.rounds));
    }
    progress.say(&format!("\n{}", table(&rounds)));
    Ok(())
}

/// Starts the server on a free port, and waits until it listens.
fn start(workspace: &Workspace, progress: &mut Progress) -> Result<(Server, String), Failure> {
    let folder = workspace.root.join("tests").join("servers").join("python-scim2");
    let python = python::environment(&folder, workspace, progress)?;
    let mut child = Invocation::new(python, &folder)
        .args(["serve.py"])
        .env("SCIM_TOKEN", TOKEN)
        .env("SCIM_SEED", ACCOUNTS)
        .env("SCIM_PORT", "0")
        .command()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| Failure::new(format!("cannot start the server: {error}")))?;
    let output = child.stdout.take();
    let server = Server(child);
    let lines = output.into_iter().flat_map(|output| BufReader::new(output).lines());
    let ready = lines
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("READY ").map(|url| url.trim().to_owned()));
    let url = ready.ok_or_else(|| Failure::new("the server ended before it was ready"))?;
    Ok((server, url))
}

/// The seconds in `10000 accounts, 102 requests, 1.234 s: Complete`.
fn told(output: &str) -> Option<f64> {
    let line = output.lines().find(|line| line.contains(" accounts, "))?;
    let seconds = |part: &str| match part.trim().split_once(' ')? {
        (number, "s") => number.parse().ok(),
        _ => None,
    };
    line.split([',', ':']).find_map(seconds)
}

/// Medians of the ratios of the rounds.
fn table(rounds: &[Vec<f64>]) -> String {
    let mut table =
        String::from("| requests at once | s | times of scim2-client |\n|---|---|---|\n");
    for (at, pace) in AT_ONCE.into_iter().enumerate() {
        let seconds = median(rounds.iter().map(|round| round[at]).collect());
        let ratios = rounds.iter().map(|round| round[at] / round[AT_ONCE.len()]);
        let ratio = median(ratios.collect());
        table += &format!("| {pace} | {seconds:.2} | {ratio:.2} |\n");
    }
    let theirs = median(rounds.iter().map(|round| round[AT_ONCE.len()]).collect());
    table + &format!("| scim2-client, one | {theirs:.2} | 1 |\n")
}

#[cfg(test)]
mod tests {
    use super::{table, told};

    #[test]
    fn a_reader_tells_its_seconds() {
        assert_eq!(told("10000 accounts, 102 requests\n"), None);
        assert_eq!(told("10000 accounts, 6 at once, 1.250 s: Some(Complete)\n"), Some(1.25));
        assert_eq!(told("log\n10000 accounts, 4.000 s\n"), Some(4.0));
        assert_eq!(told(""), None);
    }

    #[test]
    fn ratios_are_of_one_round() {
        let table = table(&[vec![1.0, 2.0, 4.0], vec![3.0, 3.0, 3.0], vec![1.0, 4.0, 4.0]]);
        assert!(table.contains("| 6 | 1.00 | 0.25 |"), "{table}");
        assert!(table.contains("| 1 | 3.00 | 1.00 |"), "{table}");
        assert!(table.contains("| scim2-client, one | 4.00 | 1 |"), "{table}");
    }
}
