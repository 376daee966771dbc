//! The directory in use: an invented tenant, or people read from files.
//!
//! Runs in the worker, which holds the people; the page asks for the slices that it shows.

use provisioning::graph::people::{self, ReadFault};
use provisioning::source::{AppRoleAssignment, Directory};

pub mod by_hand;
mod dice;
pub mod import;
pub mod invented;
pub mod passing;
pub mod remark;

use crate::draft::Assignment;

/// Reads pasted or opened text; either everything is read or nothing.
///
/// # Errors
/// Every fault that was found, each with its place, rule and repair.
pub fn read(text: &str) -> Result<Directory, Vec<ReadFault>> {
    people::read(text)
}

/// A number that changes with a text, so that a draft notices people that are not its own
/// (FNV-1a; it guards against a mix-up, not against an attack).
#[derive(Clone, Copy, Debug)]
pub struct Fingerprint(u32);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0x811c_9dc5)
    }
}

impl Fingerprint {
    /// Takes the next piece of the text.
    pub fn take(&mut self, piece: &str) {
        let mix = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        self.0 = piece.bytes().fold(self.0, mix);
    }

    /// The number so far.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// The number of a whole text.
pub fn fingerprint(text: &str) -> u32 {
    let mut fingerprint = Fingerprint::default();
    fingerprint.take(text);
    fingerprint.number()
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
