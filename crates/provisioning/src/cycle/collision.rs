//! Two objects of the directory that the application could not tell apart.

use std::collections::BTreeMap;

use super::Cycle;
use super::step::Known;
use crate::configuration::ObjectKind;
use crate::matching::{self, Query};
use crate::planning::compare::fold;
use crate::planning::{Action, ErrorCode, SkipReason};

impl Cycle {
    /// Takes an object of the application for one object of the directory; what happens instead
    /// where another one has it already.
    ///
    /// Whoever is in scope wins over somebody who left: an account that was handed on is not
    /// disabled because of its former owner. Of two in scope, the one to whom the account is linked
    /// keeps it.
    pub(super) fn claim(&mut self, position: usize, kind: ObjectKind, id: &str) -> Option<Action> {
        let key = (kind, id.to_owned());
        let linked = self.linked.get(&key).copied();
        let holder = self.claimed.get(&key).copied().or(linked).filter(|at| *at != position);
        let Some(other) = holder else {
            self.claimed.insert(key, position);
            return None;
        };
        match (self.passes_gates(position), self.passes_gates(other)) {
            (false, true) => {
                self.claimed.insert(key, other);
                Some(handed_on(id))
            }
            (true, false) => {
                self.claimed.insert(key, position);
                self.leavers.retain(|leaver| *leaver != other);
                if self.records.get(other).is_some_and(|record| record.outcome.is_some()) {
                    self.conclude(other, handed_on(id));
                }
                None
            }
            _ => {
                let conflict = self.same_source([position, other], &format!("the object `{id}`"));
                let is_linked = linked == Some(other);
                self.claimed.insert(key, other);
                if self.permit.is_none() && !is_linked {
                    self.conclude(other, conflict.clone());
                }
                Some(conflict)
            }
        }
    }

    /// Whether an object is in scope, looked at or not.
    pub(super) fn passes_gates(&self, position: usize) -> bool {
        match self.records.get(position).and_then(|record| record.gates) {
            Some(gates) => gates.in_scope,
            None => {
                let object = self.population.object(position);
                object.and_then(|object| self.population.scope(object)).is_some_and(|s| s.in_scope)
            }
        }
    }

    /// Which object of the directory each linked object of the application belongs to.
    pub(super) fn index_links(&mut self) {
        let Known::Links(links) = &self.known else { return };
        let positions = links.iter().filter_map(|(source_id, target_id)| {
            let position = self.population.position(source_id)?;
            let kind = self.population.object(position)?.kind;
            Some(((kind, target_id.clone()), position))
        });
        self.linked = positions.collect();
    }

    /// Takes the links of former owners away, so that a purge does not delete what was handed on.
    pub(super) fn drop_handed_on(&self, links: &mut BTreeMap<String, String>) {
        let owner = |source_id: &str, target_id: &str| {
            let object = self.population.object(self.population.position(source_id)?)?;
            let claimed = self.claimed.get(&(object.kind, target_id.to_owned()))?;
            self.population.object(*claimed).map(|owner| owner.id.as_str())
        };
        links.retain(|source_id, target_id| {
            owner(source_id, target_id).is_none_or(|owner| owner == source_id)
        });
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

fn handed_on(id: &str) -> Action {
    Action::Skip {
        reason: SkipReason::EntrySynchronizationSkipped,
        text: format!("`{id}` belongs to another object that is in scope; it stays as it is."),
    }
}

/// A matching value in the form in which equal ones are the same.
fn comparable(question: &Query) -> String {
    if question.case_exact { question.value.clone() } else { fold(&question.value) }
}
