//! Whom a cycle looks at, and in which order: users, groups, then what needs them all.

use std::collections::BTreeSet;

use super::Cycle;
use super::step::{Phase, Progress};
use crate::configuration::ObjectKind;

/// Whom a cycle looks at, by position.
#[derive(Debug)]
pub(super) enum Agenda {
    /// An initial cycle: everyone.
    Everyone,
    /// Provision on demand: one object.
    Subject(usize),
    /// An incremental cycle: what changed, and what is tried again.
    Changed(BTreeSet<usize>),
}

impl Agenda {
    /// Whether one object was asked for by hand.
    pub(super) fn is_on_demand(&self) -> bool {
        matches!(self, Self::Subject(_))
    }

    /// The first position on the agenda from one on.
    fn from(&self, start: usize) -> Option<usize> {
        match self {
            Self::Everyone => Some(start),
            Self::Subject(subject) => (start <= *subject).then_some(*subject),
            Self::Changed(positions) => positions.range(start..).next().copied(),
        }
    }

    /// How many of the positions of one kind are on the agenda.
    fn count(&self, range: std::ops::Range<usize>) -> usize {
        match self {
            Self::Everyone => range.len(),
            Self::Subject(_) => 1,
            Self::Changed(positions) => positions.range(range).count(),
        }
    }
}

impl Cycle {
    /// How far the cycle is.
    pub fn progress(&self) -> Progress {
        let total = self.agenda.count(self.positions());
        let (done, total) = match self.phase {
            Phase::Connecting => (0, 1),
            Phase::Users | Phase::Groups => (self.done.min(total), total),
            Phase::References => (self.done, self.done + self.tasks.len() + self.checks.len()),
            Phase::Finished => (self.outcomes.len(), self.outcomes.len()),
        };
        Progress { phase: self.phase, done, total, requests: self.traffic.sent() }
    }

    /// Starts the next object or task of the phase; false where there is none left.
    pub(super) fn begin_next(&mut self) -> bool {
        match self.phase {
            Phase::Connecting | Phase::Finished => false,
            Phase::Users | Phase::Groups => {
                let Some(position) = self.next_position() else { return false };
                self.next = position + 1;
                self.begin(position);
                true
            }
            Phase::References => match self.tasks.pop_front() {
                Some(task) => {
                    self.done += 1;
                    self.begin_task(task);
                    true
                }
                None => false,
            },
        }
    }

    /// The position that is to be begun next.
    fn next_position(&self) -> Option<usize> {
        let range = self.positions();
        let next = self.agenda.from(self.next.max(range.start))?;
        range.contains(&next).then_some(next)
    }

    /// The positions of the phase's kind of object: users first, then groups.
    fn positions(&self) -> std::ops::Range<usize> {
        let users = self.population.directory().users.len();
        match self.phase {
            Phase::Users => 0..users,
            _ => users..self.population.len(),
        }
    }

    /// Goes on to the next phase, and prepares it.
    pub(super) fn advance(&mut self) {
        let configuration = self.population.configuration();
        let is_enabled = |kind: ObjectKind| configuration.mapping(kind).enabled;
        self.phase = match self.phase {
            Phase::Connecting if is_enabled(ObjectKind::User) => Phase::Users,
            Phase::Connecting | Phase::Users if is_enabled(ObjectKind::Group) => Phase::Groups,
            Phase::Connecting | Phase::Users | Phase::Groups => Phase::References,
            Phase::References | Phase::Finished => Phase::Finished,
        };
        self.done = 0;
        match self.phase {
            Phase::Users => self.index_shared_values(ObjectKind::User),
            Phase::Groups => self.index_shared_values(ObjectKind::Group),
            Phase::References => self.list_tasks(),
            Phase::Finished => self.sort_outcomes(),
            Phase::Connecting => {}
        }
    }
}
