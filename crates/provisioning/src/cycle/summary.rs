//! The figures of a cycle: the funnel, and how often each verdict fell.

use std::collections::BTreeMap;

use super::Cycle;
use crate::configuration::ObjectKind;
use crate::planning::{Action, ActionKind, SkipReason};

/// The figures of a cycle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Of the users.
    pub users: Counts,
    /// Of the groups.
    pub groups: Counts,
    /// Requests sent.
    pub requests: usize,
}

/// The figures of one kind of object. From `read` to `changed` they are the funnel; the gates are
/// cumulative, so each is at most the one before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Objects that the cycle looked at.
    pub read: usize,
    /// Of these, those that pass the assignment gate.
    pub assigned: usize,
    /// Of these, those that are enabled and not deleted.
    pub active: usize,
    /// Of these, those that pass the scoping filter: in scope.
    pub in_scope: usize,
    /// Of these, those with a value for a matching attribute.
    pub with_matching_value: usize,
    /// Of these, those that the application knows.
    pub matched: usize,
    /// Objects in or out of scope that would be written.
    pub changed: usize,
    /// How often each kind of verdict fell.
    pub actions: BTreeMap<ActionKind, usize>,
    /// How often each skip reason was given.
    pub skips: BTreeMap<SkipReason, usize>,
}

impl Cycle {
    /// The figures so far.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary { requests: self.traffic.sent(), ..Summary::default() };
        for (position, record) in self.records.iter().enumerate() {
            let Some(object) = self.population.object(position) else { continue };
            let counts = match object.kind {
                ObjectKind::User => &mut summary.users,
                ObjectKind::Group => &mut summary.groups,
            };
            let Some(gates) = record.gates else { continue };
            let funnel = [
                (&mut counts.read, true),
                (&mut counts.assigned, gates.assigned),
                (&mut counts.active, gates.active),
                (&mut counts.in_scope, gates.in_scope),
                (&mut counts.with_matching_value, record.has_matching_value),
                (&mut counts.matched, record.is_matched),
            ];
            for (count, passes) in funnel {
                if !passes {
                    break;
                }
                *count += 1;
            }
            if let Some(action) = self.action(position) {
                counts.add(action);
            }
        }
        summary
    }
}

impl Counts {
    fn add(&mut self, action: &Action) {
        *self.actions.entry(action.kind()).or_default() += 1;
        self.changed += usize::from(action.writes());
        if let Action::Skip { reason, .. } = action {
            *self.skips.entry(*reason).or_default() += 1;
        }
    }
}
