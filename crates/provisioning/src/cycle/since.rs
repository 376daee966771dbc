//! What an incremental cycle knows of the cycle before it, and what follows for whom it looks at.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Cycle;
use super::agenda::Agenda;
use super::step::Known;
use crate::planning::{Action, ActionKind};
use crate::population::Population;
use crate::source::{Directory, SourceObject};

/// What an incremental cycle knows that an initial one does not.
#[derive(Debug, Default)]
pub(super) struct Since {
    /// The people as the cycle before saw them; nothing in an initial cycle.
    pub(super) earlier: Option<Arc<Population>>,
    /// Ids of objects that are looked at although they did not change: failures and held-back
    /// leavers. Their references are all written again.
    pub(super) retried: BTreeSet<String>,
    /// Ids of objects that were deleted for good, and stand in the directory as they last were.
    pub(super) purged: BTreeSet<String>,
    /// Those of them whose delete failed and is not due yet.
    pub(super) waiting: BTreeSet<String>,
    /// An administrator has allowed the deletes that were held back.
    pub(super) deletes_allowed: bool,
}

impl Since {
    /// Whom the cycle looks at: everyone, or what changed, came back into line, or is gone.
    pub(super) fn agenda(&self, population: &Population) -> Agenda {
        let Some(earlier) = &self.earlier else { return Agenda::Everyone };
        let is_wanted = |object: &SourceObject| {
            let is_due = self.retried.contains(&object.id)
                || self.purged.contains(&object.id)
                || has_changed(earlier, population, object);
            is_due && !self.waiting.contains(&object.id)
        };
        let positions = (0..population.len())
            .filter(|position| population.object(*position).is_some_and(is_wanted))
            .collect();
        Agenda::Changed(positions)
    }
}

/// Whether an object or its assignment is another than in the cycle before.
fn has_changed(earlier: &Population, now: &Population, object: &SourceObject) -> bool {
    let Some(before) = earlier.position(&object.id).and_then(|at| earlier.object(at)) else {
        return true;
    };
    let (old, new) = (earlier.assignment(before), now.assignment(object));
    let same_assignment =
        old.direct == new.direct && old.groups == new.groups && old.roles == new.roles;
    before != object || !same_assignment
}

/// The directory with the objects that are gone from it although the job manages them, as they
/// last were, and the ids of these.
///
/// Only a purge is an event of its own: whoever is deleted softly is still listed.
pub(super) fn with_purged(
    directory: &Arc<Directory>,
    earlier: &Population,
    is_managed: impl Fn(&str) -> bool,
) -> (Arc<Directory>, BTreeSet<String>) {
    let listed: BTreeSet<&str> =
        directory.users.iter().chain(&directory.groups).map(|each| each.id.as_str()).collect();
    let is_gone = |object: &&SourceObject| {
        !listed.contains(object.id.as_str()) && is_managed(object.id.as_str())
    };
    let tombstone = |object: &SourceObject| SourceObject { soft_deleted: true, ..object.clone() };
    let before = earlier.directory();
    let users: Vec<_> = before.users.iter().filter(is_gone).map(tombstone).collect();
    let groups: Vec<_> = before.groups.iter().filter(is_gone).map(tombstone).collect();
    let purged: BTreeSet<String> =
        users.iter().chain(&groups).map(|object| object.id.clone()).collect();
    if purged.is_empty() {
        return (Arc::clone(directory), purged);
    }
    let mut whole = Directory::clone(directory);
    whole.users.extend(users);
    whole.groups.extend(groups);
    (Arc::new(whole), purged)
}

impl Cycle {
    /// Makes an incremental cycle of one that looks at everyone.
    pub(super) fn continuing(self, since: Since) -> Self {
        let agenda = since.agenda(&self.population);
        Self { agenda, since, ..self }
    }

    /// Whether an object was deleted for good.
    pub(super) fn is_purged(&self, object: &SourceObject) -> bool {
        self.since.purged.contains(&object.id)
    }

    /// The object as the cycle before left it, where its references need not be written again: the
    /// job managed it already, it did not fail, and nobody has to create it.
    ///
    /// That is why a manager or a member who comes into scope later is not picked up before a
    /// restart: the object that points there did not change.
    pub(super) fn settled(&self, owner: usize) -> Option<&SourceObject> {
        let object = self.population.object(owner)?;
        let Known::Links(links) = &self.known else { return None };
        let is_new = self.action(owner).map(Action::kind) == Some(ActionKind::Create);
        if is_new || self.since.retried.contains(&object.id) || !links.contains_key(&object.id) {
            return None;
        }
        let earlier = self.since.earlier.as_ref()?;
        earlier.object(earlier.position(&object.id)?)
    }
}
