//! Measuring the relay beside nginx: `crates/cors-proxy/examples/load.rs` asks both the same, by turns.

use crate::apt;
use crate::arguments::Bench;
use crate::command::{Echo, Invocation, find_program};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools;
use crate::workspace::Workspace;

/// The programs, and the Debian packages that have them.
const NEEDED: [(&str, &str); 2] = [("nginx", "nginx-light"), ("wrk", "wrk")];

/// Installs what is missing, builds, and lets the example measure and tell.
pub(super) fn run(asked: &Bench) -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    let mut progress = Progress::new(2);
    progress.stage("tools", "nginx and wrk");
    // A system's own folders for its servers are not on everybody's PATH.
    let is_missing = |program: &str| {
        let own = std::path::Path::new("/usr/sbin").join(program);
        find_program(program).is_none() && !own.exists()
    };
    let missing: Vec<&str> = NEEDED
        .into_iter()
        .filter(|(program, _)| is_missing(program))
        .map(|(_, package)| package)
        .collect();
    if !missing.is_empty() {
        apt::install(&missing, &workspace, &mut progress)?;
    }
    progress.stage("measure", "the relay and nginx in turn");
    tools::c_compiler(&workspace)?;
    Invocation::new("cargo", &workspace.root)
        .args(["run", "--release", "-p", "cors-proxy", "--example", "load", "--", "--rounds"])
        .args([asked.rounds.to_string()])
        .run(&workspace.log("load"), Echo::Everything, &mut progress)?
        .succeeded(tools::CRATES)
}
