//! Python's packages: an environment of its own in a folder, once for each list of requirements.

use std::fs;
use std::path::{Path, PathBuf};

use crate::apt;
use crate::command::{Echo, Invocation, find_program};
use crate::failure::Failure;
use crate::fingerprint::Fingerprint;
use crate::progress::Progress;
use crate::workspace::Workspace;

const REGISTRY: &str = "Python's package index (`python3 -m pip config list` tells which)";
/// Prints `yes` where Python is new enough and can make an environment with pip.
const CAN_MAKE: &str =
    "import sys, venv, ensurepip; print('yes' if sys.version_info >= (3, 11) else 'no')";
const REPAIR: &str = "install Python 3.11 or later with venv (https://www.python.org; on Debian `python3-venv`) and put it on PATH";

/// Installs what a folder's `requirements.txt` names, unless that was done, and gives the Python
/// that finds it.
pub(crate) fn environment(
    folder: &Path,
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<PathBuf, Failure> {
    let home = folder.join(".venv");
    let inside = match cfg!(windows) {
        true => home.join("Scripts").join("python.exe"),
        false => home.join("bin").join("python"),
    };
    let mut wanted = Fingerprint::default();
    wanted.file(&folder.join("requirements.txt"))?;
    // An environment names its own place and its Python: moved or upgraded, it is made again.
    wanted.text(&folder.to_string_lossy());
    let (wanted, stamp) = (wanted.to_string(), home.join(".installed"));
    let runs = || Invocation::new(&inside, folder).args(["--version"]).ask().is_some();
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && runs() {
        return Ok(inside);
    }
    let log = workspace.log("python");
    Invocation::new(interpreter(workspace, progress)?, folder)
        .args(["-m", "venv", "--clear", ".venv"])
        .run(&log, Echo::OnFailure, progress)?
        .succeeded(REGISTRY)?;
    Invocation::new(&inside, folder)
        .args(["-m", "pip", "install", "--no-input", "--requirement", "requirements.txt"])
        .run(&log, Echo::OnFailure, progress)?
        .succeeded(REGISTRY)?;
    fs::write(&stamp, wanted).map_err(|error| Failure::file("write", &stamp, &error))?;
    Ok(inside)
}

/// A Python that can make the environment; where it is missing, apt may have it.
fn interpreter(workspace: &Workspace, progress: &mut Progress) -> Result<PathBuf, Failure> {
    if let Some(python) = capable(workspace) {
        return Ok(python);
    }
    let because = |failure: Failure| failure.repair(REPAIR);
    apt::install(&["python3", "python3-venv"], workspace, progress).map_err(because)?;
    capable(workspace).ok_or_else(|| {
        Failure::new("the Python of this system is older than 3.11 or lacks venv").repair(REPAIR)
    })
}

fn capable(workspace: &Workspace) -> Option<PathBuf> {
    let can_make = |python: &PathBuf| {
        let asked = Invocation::new(python, &workspace.root).args(["-c", CAN_MAKE]).ask();
        asked.as_deref() == Some("yes")
    };
    ["python3", "python"].into_iter().filter_map(find_program).find(can_make)
}
