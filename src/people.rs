//! The directory in use: an invented tenant, or people read from Microsoft Graph JSON.
//!
//! Runs in the worker, which holds the people; the page asks for the slices that it shows.

use provisioning::graph::people::{self, ReadFault};
use provisioning::source::{AppRoleAssignment, Directory};

mod dice;
pub mod import;
pub mod invented;
pub mod passing;

use crate::draft::Assignment;

/// Reads pasted or opened text; either everything is read or nothing.
///
/// # Errors
/// Every fault that was found, each with its place, rule and repair.
pub fn read(text: &str) -> Result<Directory, Vec<ReadFault>> {
    people::read(text)
}

/// A number that changes with the text, so that a draft notices people that are not its own
/// (FNV-1a; it guards against a mix-up, not against an attack).
pub fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The assignments that the text itself brought along, as the draft keeps them.
pub fn assignments(directory: &Directory) -> Vec<Assignment> {
    directory
        .assignments
        .iter()
        .map(|line| Assignment {
            principal_id: line.principal_id.clone(),
            app_role_id: line.app_role_id.clone(),
        })
        .collect()
}

/// The draft's assignments, as the directory keeps them.
pub fn assigned(assignments: &[Assignment]) -> Vec<AppRoleAssignment> {
    let line = |line: &Assignment| AppRoleAssignment {
        principal_id: line.principal_id.clone(),
        app_role_id: line.app_role_id.clone(),
    };
    assignments.iter().map(line).collect()
}
