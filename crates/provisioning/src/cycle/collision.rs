//! Two objects of the directory that the application could not tell apart.

use std::collections::BTreeMap;

use super::Cycle;
use super::object::Record;
use crate::configuration::ObjectKind;
use crate::matching::{self, Query};
use crate::planning::compare::fold;
use crate::planning::{Action, ErrorCode, SkipReason};

impl Cycle {
    /// Takes an object of the application for one object of the directory; what happens instead
    /// where another one has it already.
    ///
    /// Whoever is in scope wins over somebody who left: an account that was handed on is not
    /// disabled because of its former owner.
    pub(super) fn claim(&mut self, position: usize, kind: ObjectKind, id: &str) -> Option<Action> {
        let other = self.claimed.insert((kind, id.to_owned()), position)?;
        let in_scope = |at: usize| self.records.get(at).is_some_and(Record::in_scope);
        let handed_on = Action::Skip {
            reason: SkipReason::EntrySynchronizationSkipped,
            text: format!("`{id}` belongs to another object that is in scope; it stays as it is."),
        };
        match (in_scope(position), in_scope(other)) {
            (false, true) => {
                self.claimed.insert((kind, id.to_owned()), other);
                Some(handed_on)
            }
            (true, false) => {
                self.leavers.retain(|leaver| *leaver != other);
                self.conclude(other, handed_on);
                None
            }
            _ => {
                let conflict = self.same_source([position, other], &format!("the object `{id}`"));
                if self.permit.is_none() {
                    self.conclude(other, conflict.clone());
                }
                Some(conflict)
            }
        }
    }

    /// The conflict with others in scope that have the same matching value.
    pub(super) fn rivals(&self, position: usize, question: &Query) -> Option<Action> {
        let rivals = self.shared.get(&(question.row, comparable(question)))?;
        let all = rivals.iter().copied().chain([position]);
        Some(self.same_source(all, &format!("`{}` for `{}`", question.value, question.path)))
    }

    fn same_source(&self, all: impl IntoIterator<Item = usize>, what: &str) -> Action {
        let mut positions: Vec<usize> = all.into_iter().collect();
        positions.sort_unstable();
        positions.dedup();
        let candidates: Vec<String> = positions
            .into_iter()
            .filter_map(|at| self.population.object(at).map(|object| object.id.clone()))
            .collect();
        let text = format!(
            "{} objects of the directory yield {what}; the application cannot tell them apart.",
            candidates.len()
        );
        Action::Conflict { code: ErrorCode::DuplicateSourceEntries, text, candidates }
    }

    /// Matching values that several objects in scope share, by row.
    pub(super) fn index_shared_values(&mut self, kind: ObjectKind) {
        let mut holders: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
        let mapper = self.population.mapper(kind);
        for position in 0..self.population.len() {
            let Some(object) = self.population.object(position) else { continue };
            if object.kind != kind || !self.population.scope(object).is_some_and(|s| s.in_scope) {
                continue;
            }
            let inputs = self.population.inputs(object, false);
            for question in matching::questions(mapper, |row| mapper.row(row, &inputs)) {
                holders.entry((question.row, comparable(&question))).or_default().push(position);
            }
        }
        holders.retain(|_, positions| positions.len() > 1);
        self.shared = holders;
    }
}

/// A matching value in the form in which equal ones are the same.
fn comparable(question: &Query) -> String {
    if question.case_exact { question.value.clone() } else { fold(&question.value) }
}
