//! Which attributes a configuration reads of a person, each with the number of its slot.

use std::collections::BTreeMap;

use crate::mapping::Mapper;
use crate::scoping::CompiledFilter;
use crate::source::Directory;
use crate::source::known::{PHONES, RENAMED};

const ENABLED: &str = "accountEnabled";
const PRINCIPAL_NAME: &str = "userPrincipalName";
const ORIGINAL_NAME: &str = "originalUserPrincipalName";

/// The slots of a person under one configuration.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    names: Vec<String>,
    slots: BTreeMap<String, usize>,
    /// The member of a line that fills a slot, where it has another name.
    members: BTreeMap<String, usize>,
    pub(super) roles: Option<String>,
    pub(super) enabled: usize,
    pub(super) principal_name: usize,
    pub(super) original_name: usize,
    /// A slot that is filled from another one where it has no value of its own.
    pub(super) filled: Vec<(usize, usize)>,
}

impl Layout {
    /// A slot for every attribute that a user of the directory has, so that whatever is mapped later
    /// finds its own.
    pub fn of(directory: &Directory) -> Self {
        let mut layout = Self::default().with_own();
        for user in &directory.users {
            for name in user.attributes.keys() {
                if !layout.slots.contains_key(name) {
                    layout.add(name);
                }
            }
        }
        layout
    }

    /// The same, with a slot for whatever rows and clauses read.
    pub(super) fn covering(self, mapper: &Mapper, filter: &CompiledFilter) -> Self {
        let mut layout = self.with_own();
        for (row, _) in mapper.rows() {
            for name in mapper.attributes(row) {
                layout.add(name);
            }
        }
        for name in filter.attributes() {
            layout.add(name);
        }
        layout.filled.clear();
        for (from, name) in RENAMED.into_iter().chain([PHONES]) {
            if layout.slots.contains_key(name) {
                let pair = (layout.add(name), layout.add(from));
                layout.filled.push(pair);
            }
        }
        layout
    }

    /// What is read of everybody, whatever is mapped.
    fn with_own(self) -> Self {
        let mut layout = self;
        layout.enabled = layout.add(ENABLED);
        layout.principal_name = layout.add(PRINCIPAL_NAME);
        layout.original_name = layout.add(ORIGINAL_NAME);
        layout
    }

    fn add(&mut self, name: &str) -> usize {
        let next = self.names.len();
        let slot = *self.slots.entry(name.to_owned()).or_insert(next);
        if slot == next {
            self.names.push(name.to_owned());
        }
        slot
    }

    /// The same, with a slot for one more attribute, so that a row which is written later finds it.
    #[must_use]
    pub fn with(mut self, name: &str) -> Self {
        self.add(name);
        self
    }

    /// The same, with an attribute that lines of a file have under another name.
    #[must_use]
    pub fn reading(mut self, name: &str, member: &str) -> Self {
        let slot = self.add(name);
        self.members.insert(member.to_owned(), slot);
        self
    }

    /// The same, with the member of a line that lists the roles of a person by their names.
    #[must_use]
    pub fn reading_roles(self, member: &str) -> Self {
        Self { roles: Some(member.to_owned()), ..self }
    }

    /// The slots with the names of their attributes, in the order of the names.
    pub(super) fn by_name(&self) -> impl Iterator<Item = (&str, usize)> {
        self.slots.iter().map(|(name, slot)| (name.as_str(), *slot))
    }

    /// Names of the attributes, in the order of their slots.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The slot of an attribute.
    pub fn slot(&self, name: &str) -> Option<usize> {
        self.slots.get(name).copied()
    }

    /// The slot that a member of a line fills.
    pub(super) fn filled_by(&self, member: &str) -> Option<usize> {
        let renamed = || self.members.values().any(|slot| Some(*slot) == self.slot(member));
        match self.members.get(member) {
            Some(slot) => Some(*slot),
            None if renamed() => None,
            None => self.slot(member),
        }
    }
}
