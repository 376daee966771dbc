//! People as Microsoft Graph lists them become a [`Directory`], whole or not at all.
//!
//! Read are the answers of `GET /users` and `GET /groups` (`{ "value": [...] }`), of an
//! application's assignments, a bare list, one object on each line, and one object that gathers
//! `users`, `groups` (with `members`), `appRoleAssignedTo` and `appRoles`; pages and other files may
//! be joined. The text comes in pieces of any length, and no more of it is held than one object.

mod attribute;
mod fault;
mod gathering;
mod split;
mod write;

pub use self::attribute::{is_told_twice, set};
pub use self::fault::{ReadFault, Spot};
pub use self::gathering::Gathering;
pub use self::write::write;
use crate::source::Directory;
use split::Splitter;

/// Reads the JSON of one file into what was gathered so far.
#[derive(Debug, Default)]
pub struct Reader {
    splitter: Splitter,
}

impl Reader {
    /// Reads the next piece, which is UTF-8 without a mark and may end anywhere.
    pub fn piece(&mut self, piece: &[u8], into: &mut Gathering) {
        self.splitter.piece(piece, into);
    }

    /// Nothing follows.
    pub fn end(mut self, into: &mut Gathering) {
        self.splitter.end(into);
        if self.splitter.is_blank() {
            into.refuse_at(None, "", "there is nothing in it", "take the answer of GET /users");
        }
    }
}

/// Reads people out of one text. JSON nested deeper than 128 levels is refused.
///
/// # Errors
/// Everything that is wrong, each with its place; nothing is applied then.
pub fn read(text: &str) -> Result<Directory, Vec<ReadFault>> {
    let mut gathering = Gathering::default();
    let mut reader = Reader::default();
    reader.piece(text.trim_start_matches('\u{feff}').as_bytes(), &mut gathering);
    reader.end(&mut gathering);
    gathering.finish()
}

#[cfg(test)]
mod tests;
