//! The two SCIM servers that nobody here wrote: installed for the browser tests.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::workspace::Workspace;
use crate::{npm, python};

/// Installs both servers unless they are, and gives the folder that holds them.
pub(crate) fn servers(workspace: &Workspace, progress: &mut Progress) -> Result<PathBuf, Failure> {
    let servers = workspace.root.join("tests").join("servers");
    npm::ci(&servers.join("node-scimmy"), workspace, progress)?;
    python::environment(&servers.join("python-scim2"), workspace, progress)?;
    Ok(servers)
}
