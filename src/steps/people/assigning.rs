//! Changing who is assigned, and with which role.

use leptos::prelude::*;
use provisioning::source::DEFAULT_ACCESS;

use crate::ui::SelectOption;
use crate::wizard::{People, Wizard};
use crate::worker::message::Role;

/// Assigning and taking back, with the role that new assignments get.
#[derive(Clone, Copy)]
pub(super) struct Assigning {
    pub(super) wizard: Wizard,
    /// The roles that the people brought along; without any there is Default Access.
    pub(super) roles: Memo<Vec<SelectOption>>,
    /// The role that was chosen for new assignments.
    pub(super) chosen: RwSignal<Option<String>>,
}

impl Assigning {
    pub(super) fn new(wizard: Wizard) -> Self {
        let roles = Memo::new(move |_| {
            wizard.people.with(|people| match people {
                People::Ready(summary) => {
                    let line = |role: &Role| SelectOption::new(role.id.clone(), role.name.clone());
                    summary.roles.iter().map(line).collect()
                }
                _ => Vec::new(),
            })
        });
        Self { wizard, roles, chosen: RwSignal::new(None) }
    }

    /// The role of new assignments: the chosen one, else the first, else Default Access.
    pub(super) fn role(self) -> String {
        let first = self.wizard.people.with(|people| match people {
            People::Ready(summary) => summary.roles.first().map(|role| role.id.clone()),
            _ => None,
        });
        self.chosen.get().or(first).unwrap_or_else(|| DEFAULT_ACCESS.to_owned())
    }

    /// The role id with which a principal is assigned itself.
    pub(super) fn own_role(self, id: &str) -> Option<String> {
        self.wizard.with(|draft| draft.assignment(id).map(|line| line.app_role_id.clone()))
    }

    pub(super) fn assign(self, id: &str, role: &str) {
        self.wizard.edit("assignment", |draft| draft.assign(id, role));
    }

    pub(super) fn unassign(self, id: &str) {
        self.wizard.edit("assignment", |draft| draft.unassign(id));
    }

    /// Assigns or takes back many at once, as one step of undo.
    pub(super) fn all(self, ids: &[String], role: Option<&str>) {
        self.wizard.edit("assignments", |draft| {
            for id in ids {
                match role {
                    Some(role) => draft.assign(id, role),
                    None => draft.unassign(id),
                }
            }
        });
    }

    /// Assigns whoever is not, and the reverse.
    pub(super) fn turn(self, id: &str) {
        if self.wizard.peek(|draft| draft.assignment(id).is_some()) {
            self.unassign(id);
        } else {
            let role = untrack(|| self.role());
            self.assign(id, &role);
        }
    }
}
