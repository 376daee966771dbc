//! What nobody here wrote and the tests run: two SCIM servers, two testers of SCIM services.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::workspace::Workspace;
use crate::{npm, python};

/// Installs both servers unless they are.
pub(crate) fn servers(workspace: &Workspace, progress: &mut Progress) -> Result<(), Failure> {
    let servers = workspace.root.join("tests").join("servers");
    npm::ci(&servers.join("node-scimmy"), workspace, progress)?;
    python::environment(&servers.join("python-scim2"), workspace, progress).map(drop)
}

/// Installs both testers unless they are, and gives the Python that finds them.
pub(crate) fn testers(workspace: &Workspace, progress: &mut Progress) -> Result<PathBuf, Failure> {
    python::environment(&workspace.root.join("tests").join("compliance"), workspace, progress)
}
