//! Files become a directory: all of them together, or nobody.
//!
//! Plain values and no browser: whoever drives an [`Import`] asks which piece it wants, fetches it,
//! and hands it in. What is held is what the people need, and one piece.

use provisioning::graph::people::{Gathering, ReadFault};
use provisioning::source::{Directory, SourceValue};

mod column;
mod encoding;
mod look;
mod reading;
mod sheet;
mod table;

pub use column::{Rows, attributes};
pub use look::{Column, Look, Seen};
pub use sheet::Assignment;

use reading::Reading;
use sheet::Membership;

/// How many bytes are read at once.
const PIECE: u64 = 1 << 20;
/// The largest files together: above it the result would not fit a page's memory.
const LARGEST: u64 = 2 << 30;

/// A file to be read.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Its name, for messages.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// How its columns are read, where it is a table and somebody has decided.
    pub assignment: Option<Assignment>,
}

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The file's number.
    pub file: usize,
    /// The first byte.
    pub from: u64,
    /// The byte behind the last one.
    pub to: u64,
}

/// Files under way.
#[derive(Debug, Default)]
pub struct Import {
    gathering: Gathering,
    memberships: Vec<Membership>,
    files: Vec<Order>,
    at: usize,
    read: u64,
    reading: Option<Reading>,
}

impl Import {
    /// An import of these files.
    pub fn new(files: Vec<Order>) -> Self {
        let mut import = Self { files, ..Self::default() };
        if import.total() > LARGEST {
            let rule = "the files have more than 2 GB together";
            import.gathering.refuse_at(None, "", rule, "choose fewer attributes in `$select`");
            import.at = import.files.len();
        }
        import
    }

    /// The piece that is to be read next; nothing once all files are read.
    pub fn wanted(&self) -> Option<Piece> {
        let file = self.files.get(self.at)?;
        let to = file.bytes.min(self.read.saturating_add(PIECE));
        Some(Piece { file: self.at, from: self.read, to })
    }

    /// Bytes that were read, and bytes in all.
    pub fn progress(&self) -> (u64, u64) {
        let before: u64 = self.files.iter().take(self.at).map(|file| file.bytes).sum();
        (before.saturating_add(self.read), self.total())
    }

    /// How many users and groups there are so far.
    pub fn count(&self) -> (usize, usize) {
        self.gathering.count()
    }

    /// Takes the piece that was wanted.
    pub fn piece(&mut self, bytes: &[u8]) {
        let Some(file) = self.files.get(self.at) else { return };
        let gathering = &mut self.gathering;
        let reading = self.reading.get_or_insert_with(|| {
            gathering.begin_file(&file.name);
            Reading::new(file)
        });
        reading.piece(bytes, gathering);
        self.read = self.read.saturating_add(bytes.len() as u64);
        let is_over = self.read >= file.bytes || bytes.is_empty() || reading.is_lost();
        if is_over && let Some(reading) = self.reading.take() {
            self.memberships.extend(reading.end(gathering));
            (self.at, self.read) = (self.at + 1, 0);
        }
        if self.gathering.has_too_many_faults() {
            self.at = self.files.len();
        }
    }

    /// The wanted piece could not be read.
    pub fn unreadable(&mut self, why: &str) {
        if let Some(file) = self.files.get(self.at) {
            self.gathering.begin_file(&file.name);
            self.gathering.refuse_at(None, "", why, "choose the file again");
        }
        self.at = self.files.len();
    }

    /// Everybody.
    ///
    /// # Errors
    /// Everything that is wrong; nothing is applied then.
    pub fn finish(mut self) -> Result<Directory, Vec<ReadFault>> {
        let memberships = std::mem::take(&mut self.memberships);
        let groups: Vec<_> =
            memberships.into_iter().map(|each| each.gather(&mut self.gathering)).collect();
        let mut directory = self.gathering.finish()?;
        for (name, members) in groups {
            membership(&mut directory, &name, members);
        }
        if directory.users.is_empty() && directory.groups.is_empty() {
            let mut nobody = Gathering::default();
            let repair = "choose the file with the users, together with the others";
            nobody.refuse_at(None, "", "no people were found", repair);
            return nobody.finish();
        }
        name_managers_by_id(&mut directory);
        Ok(directory)
    }

    fn total(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

impl Membership {
    /// Members whom no other file knows become people of their own.
    fn gather(self, into: &mut Gathering) -> (String, Vec<String>) {
        let mut ids = Vec::with_capacity(self.members.len());
        for (member, spot) in self.members {
            ids.push(member.id.clone());
            if !into.knows(&member.id) {
                into.row(member, spot);
            }
        }
        (self.group, ids)
    }
}

/// Puts members into the group of this name, which is made where there is none.
fn membership(directory: &mut Directory, name: &str, mut members: Vec<String>) {
    let is_named = |text: Option<&str>| text == Some(name);
    let group = directory.groups.iter_mut().find(|group| is_named(group.text("displayName")));
    match group {
        Some(group) => group.members.append(&mut members),
        None => directory.groups.push(provisioning::source::SourceObject {
            id: format!("group {name}"),
            kind: provisioning::configuration::ObjectKind::Group,
            attributes: [
                ("objectId".to_owned(), SourceValue::Text(format!("group {name}"))),
                ("displayName".to_owned(), SourceValue::Text(name.to_owned())),
            ]
            .into(),
            members,
            soft_deleted: false,
        }),
    }
}

/// A table may name a manager by the user principal name.
fn name_managers_by_id(directory: &mut Directory) {
    let by_name: std::collections::BTreeMap<String, String> = directory
        .users
        .iter()
        .filter_map(|user| Some((user.text("userPrincipalName")?.to_lowercase(), user.id.clone())))
        .collect();
    for user in &mut directory.users {
        if let Some(SourceValue::Text(manager)) = user.attributes.get_mut("manager")
            && manager.contains('@')
            && let Some(id) = by_name.get(&manager.to_lowercase())
        {
            manager.clone_from(id);
        }
    }
}

#[cfg(test)]
mod tests;
