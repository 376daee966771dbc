//! What was gathered so far, from one text or from several files: the people, and every fault.

use std::collections::BTreeMap;
use std::fmt;

mod document;

use super::attribute;
use super::fault::{ReadFault, Spot};
use super::split::Section;
use crate::configuration::ObjectKind;
use crate::source::{Directory, Sharing, SourceObject};
use document::Listed;

/// How many faults are told: a file of another kind has one for everybody.
const MOST_FAULTS: usize = 100;

/// Where an object stands.
#[derive(Clone, Copy, Debug, Default)]
struct Origin {
    file: usize,
    section: Section,
    index: usize,
    spot: Option<Spot>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.section {
            Section::Whole | Section::Row => Ok(()),
            section => write!(f, "{}[{}]", section.name(), self.index),
        }
    }
}

/// A place inside an object.
#[derive(Clone, Debug)]
pub(super) struct Place {
    origin: Origin,
    path: String,
}

impl Place {
    fn root(origin: Origin) -> Self {
        Self { origin, path: origin.to_string() }
    }

    pub(super) fn member(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self { origin: self.origin, path: format!("{}{dot}{name}", self.path) }
    }

    pub(super) fn element(&self, index: usize) -> Self {
        Self { origin: self.origin, path: format!("{}[{index}]", self.path) }
    }
}

/// The pages of one list.
#[derive(Debug, Default)]
struct Pages {
    /// Pages after which another one follows.
    open: Vec<(usize, String)>,
    has_last: bool,
}

/// People under way from their files into a [`Directory`]: all of them, or nobody.
#[derive(Debug, Default)]
pub struct Gathering {
    directory: Directory,
    sharing: Sharing,
    known: BTreeMap<String, Origin>,
    faults: Vec<ReadFault>,
    files: Vec<String>,
    /// The list that is read now: what its document says of it.
    listed: Option<Listed>,
    has_list: bool,
    pages: BTreeMap<Listed, Pages>,
}

impl Gathering {
    /// What follows is of this file.
    pub fn begin_file(&mut self, name: &str) {
        self.files.push(name.to_owned());
        (self.has_list, self.listed) = (false, None);
    }

    /// How many users and groups there are so far.
    pub fn count(&self) -> (usize, usize) {
        (self.directory.users.len(), self.directory.groups.len())
    }

    /// Whether more faults were found than anybody wants to read.
    pub fn has_too_many_faults(&self) -> bool {
        self.faults.len() >= MOST_FAULTS
    }

    /// Whether somebody has this id.
    pub fn knows(&self, id: &str) -> bool {
        self.known.contains_key(id)
    }

    /// Takes over a user or group of a table's row.
    pub fn row(&mut self, mut object: SourceObject, spot: Spot) {
        let origin = Origin { section: Section::Row, spot: Some(spot), ..self.origin() };
        if self.is_new(&object.id, origin, &Place::root(origin)) {
            self.sharing.share_values(&mut object.attributes);
            attribute::add_source_names(&mut object.attributes, &mut self.sharing);
            self.push(object);
        }
    }

    /// Notes what is wrong at a place of the file.
    pub fn refuse_at(&mut self, spot: Option<Spot>, place: &str, rule: &str, repair: &str) {
        let origin = Origin { spot, ..self.origin() };
        self.refuse(&Place { origin, path: place.to_owned() }, rule, repair);
    }

    /// Everybody, once all files are read.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place; nothing is applied then.
    pub fn finish(mut self) -> Result<Directory, Vec<ReadFault>> {
        for pages in std::mem::take(&mut self.pages).into_values() {
            // A first page taken for the whole directory would be a preview that misses people.
            let Some((file, path)) = pages.open.last().filter(|_| !pages.has_last) else {
                continue;
            };
            let origin = Origin { file: *file, ..Origin::default() };
            self.refuse(
                &Place { origin, path: path.clone() },
                "this is one page of several: Microsoft Graph names the address of the next one",
                "fetch all pages and read their files together",
            );
        }
        if self.faults.is_empty() { Ok(self.directory) } else { Err(self.faults) }
    }

    fn origin(&self) -> Origin {
        Origin { file: self.files.len().saturating_sub(1), ..Origin::default() }
    }

    fn push(&mut self, object: SourceObject) {
        match object.kind {
            ObjectKind::User => self.directory.users.push(object),
            ObjectKind::Group => self.directory.groups.push(object),
        }
    }

    fn file_name(&self, file: usize) -> String {
        self.files.get(file).cloned().unwrap_or_default()
    }

    fn refuse(&mut self, place: &Place, rule: &str, repair: &str) {
        if !self.has_too_many_faults() {
            self.faults.push(ReadFault {
                file: self.file_name(place.origin.file),
                spot: place.origin.spot,
                place: place.path.clone(),
                rule: rule.to_owned(),
                repair: repair.to_owned(),
            });
        }
    }

    fn syntax(&mut self, bytes: &[u8], at: Spot, error: &serde_json::Error) {
        let file = self.file_name(self.origin().file);
        if !self.has_too_many_faults() {
            self.faults.push(ReadFault { file, ..ReadFault::syntax(bytes, at, error) });
        }
    }

    /// An id must be there once in all files.
    fn is_new(&mut self, id: &str, origin: Origin, place: &Place) -> bool {
        let Some(first) = self.known.get(id).copied() else {
            self.known.insert(id.to_owned(), origin);
            return true;
        };
        let known = ReadFault {
            file: if first.file == origin.file {
                String::new()
            } else {
                self.file_name(first.file)
            },
            spot: first.spot,
            place: first.to_string(),
            rule: String::new(),
            repair: String::new(),
        };
        let rule = format!("the id `{id}` is taken by {}", known.whereabouts());
        self.refuse(&place.member("id"), &rule, "remove one of the two objects");
        false
    }
}
