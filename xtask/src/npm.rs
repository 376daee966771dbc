//! Node's packages: installed as the lock file says, once for each lock file.

use std::fs;
use std::path::Path;

use crate::apt;
use crate::command::{Echo, Invocation, find_program};
use crate::failure::Failure;
use crate::fingerprint::Fingerprint;
use crate::progress::Progress;
use crate::workspace::Workspace;

const OLDEST: u32 = 20;
const REGISTRY: &str = "npm's registry (`npm config get registry` tells which)";

/// Installs what a folder's `package-lock.json` names, unless that was done.
pub(crate) fn ci(
    folder: &Path,
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<(), Failure> {
    node(workspace, progress)?;
    let mut lock = Fingerprint::default();
    lock.file(&folder.join("package-lock.json"))?;
    let (lock, stamp) = (lock.to_string(), folder.join("node_modules").join(".installed"));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let npm = find_program("npm").ok_or_else(|| by_hand("npm is not on PATH"))?;
    let log = workspace.log("npm");
    Invocation::new(npm, folder)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .run(&log, Echo::OnFailure, progress)?
        .succeeded(REGISTRY)?;
    fs::write(&stamp, lock).map_err(|error| Failure::file("write", &stamp, &error))
}

/// Sees that Node is there and new enough; where it is missing, apt may have it.
fn node(workspace: &Workspace, progress: &mut Progress) -> Result<(), Failure> {
    if find_program("node").is_none() || find_program("npm").is_none() {
        let because = |failure: Failure| failure.repair(repair());
        apt::install(&["nodejs", "npm"], workspace, progress).map_err(because)?;
    }
    let answer = Invocation::new("node", &workspace.root).args(["--version"]).ask();
    let answer = answer.ok_or_else(|| by_hand("`node --version` does not answer"))?;
    match major(&answer) {
        Some(version) if version >= OLDEST => Ok(()),
        _ => Err(by_hand(&format!("Node is {answer}; the test servers need {OLDEST} or later"))),
    }
}

fn by_hand(what: &str) -> Failure {
    Failure::new(what).repair(repair())
}

fn repair() -> String {
    format!("install Node {OLDEST} or later with npm (https://nodejs.org) and put both on PATH")
}

fn major(answer: &str) -> Option<u32> {
    answer.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        for (answer, expected) in [("v20.20.2", Some(20)), ("v8.1\n", Some(8)), ("20.1", None)] {
            assert_eq!(major(answer), expected, "{answer}");
        }
    }
}
