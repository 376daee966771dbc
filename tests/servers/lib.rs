//! Two SCIM servers that nobody here wrote, as a test starts, asks and ends them.
//!
//! `cargo xtask test peers` installs them into the folders beside this file. Whatever goes wrong
//! here is a failed test, so everything panics.

mod peer;
mod program;

pub use peer::{JournalLine, Peer, PeerKind, Seeded, TOKEN};
pub use program::Program;
