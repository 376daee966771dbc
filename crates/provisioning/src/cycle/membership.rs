//! Members that left a group: what an incremental cycle takes out of the application.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Cycle;
use super::step::Known;
use super::traffic::Errand;
use crate::configuration::ObjectKind;
use crate::mapping::source_ids;
use crate::planning::{Action, Change, SkipReason, dialect};

impl Cycle {
    /// The directory ids that a row pointed to in the cycle before and points to no more.
    ///
    /// A manager that is taken away is a value that became null, and null does not flow.
    pub(super) fn left_members(&self, owner: usize, row: usize) -> Vec<String> {
        let Some(object) = self.population.object(owner) else { return Vec::new() };
        let mapping = self.population.mapper(object.kind).mapping();
        let (Some(mapping), Some(earlier)) = (mapping.attributes.get(row), self.settled(owner))
        else {
            return Vec::new();
        };
        if object.kind != ObjectKind::Group {
            return Vec::new();
        }
        let now: BTreeSet<&str> = source_ids(object, mapping).into_iter().collect();
        let left = source_ids(earlier, mapping).into_iter().filter(|id| !now.contains(id));
        left.filter_map(|id| self.account_of_former(id)).collect()
    }

    /// The application's id of somebody who left a group. Whoever was purged takes the membership
    /// along.
    fn account_of_former(&self, source_id: &str) -> Option<String> {
        let Known::Links(links) = &self.known else { return None };
        let is_purged = self.since.purged.contains(source_id);
        links.get(source_id).filter(|_| !is_purged).cloned()
    }

    /// Takes members out of a group that the application knows, or plans to.
    pub(super) fn remove_members(&mut self, group: usize, row: usize) {
        let left = self.left_members(group, row);
        let Some(object) = self.population.object(group) else { return };
        let mapping = self.population.mapper(object.kind).mapping();
        let Some(attribute) = mapping.attributes.get(row).map(|row| row.target.path.to_string())
        else {
            return;
        };
        let id = self.records.get(group).and_then(|record| record.target_id.clone());
        let Some(id) = id.filter(|_| !left.is_empty() && mapping.actions.update) else { return };
        if let Some(permit) = &self.permit {
            let requests = dialect::members_removed(&left, self.wire);
            for request in self.writer.patch(ObjectKind::Group, &id, &requests) {
                self.traffic.tell(Errand::WriteReference(group), request, permit);
            }
        }
        let before = Some(Value::from(left));
        self.append(group, Change { attribute, before, after: Value::Null, row });
    }

    /// Adds a change of references to the verdict on an object that exists.
    pub(super) fn append(&mut self, owner: usize, change: Change) {
        let Some(object) = self.population.object(owner) else { return };
        let may_update = self.population.mapper(object.kind).mapping().actions.update;
        let Some(record) = self.records.get(owner) else { return };
        let Some(outcome) = record.outcome.and_then(|at| self.outcomes.get_mut(at)) else { return };
        match (&mut outcome.action, &record.target_id) {
            (Action::Update { changes, .. } | Action::Enable { changes, .. }, _) => {
                changes.push(change);
            }
            (Action::Skip { reason: SkipReason::RedundantExport, .. }, Some(id)) if may_update => {
                outcome.action = Action::Update { target_id: id.clone(), changes: vec![change] };
            }
            _ => {}
        }
    }
}
