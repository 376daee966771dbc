//! The sandbox behind HTTP: built for this machine, the testers stand in front of it.

use std::path::PathBuf;

use crate::command::{Echo, Invocation};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools;
use crate::workspace::Workspace;

const EXAMPLE: &str = "serve";

/// Builds it with the features that the unit tests are built with, as the relay is.
pub(crate) fn build(workspace: &Workspace, progress: &mut Progress) -> Result<(), Failure> {
    tools::c_compiler(workspace)?;
    Invocation::new("cargo", &workspace.root)
        .args(["build"].iter().chain(&tools::UNAIDED).chain(&["--example", EXAMPLE]))
        .run(&workspace.log("sandbox"), Echo::OnFailure, progress)?
        .succeeded(tools::CRATES)
}

/// The program.
pub(crate) fn binary(workspace: &Workspace) -> PathBuf {
    workspace.example(EXAMPLE)
}
