//! The second pass: managers and memberships, after all objects exist.
//!
//! Entra asks for each reference whether it is set, and writes those that are not. A preview
//! compares with what the application returned; of a group it reads the members once.

use std::collections::BTreeSet;

use scim::answer;
use serde_json::{Value, json};

use super::step::OutcomeState;
use super::traffic::Errand;
use super::{Cycle, trouble};
use crate::configuration::{ObjectKind, TargetAttribute};
use crate::mapping::{flows_on_update, is_reference, source_ids};
use crate::planning::{Action, ActionKind, Change, ErrorCode, dialect};
use crate::report::Purpose;
use crate::source::SourceObject;

/// Provision on demand takes a group with five members at most; an administrator picks them, here
/// they are the first ones.
pub(super) const MEMBERS_ON_DEMAND: usize = 5;

/// Something left to do after all objects were judged.
#[derive(Clone, Copy, Debug)]
pub(super) enum Task {
    /// Disable or delete an object that left.
    Release(usize),
    /// Set the references of one row of one object.
    Refer {
        /// The object that holds the references.
        owner: usize,
        /// The mapping row.
        row: usize,
    },
}

/// References of one row whose presence is being asked for.
#[derive(Debug)]
pub(super) struct Check {
    targets: Vec<String>,
    is_set: Vec<Option<bool>>,
}

/// Where a reference of the directory points to in the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pointer {
    /// An object with this id.
    Known(String),
    /// An object that the cycle would create; its name.
    ToBeCreated(String),
    /// Nothing: the name, and why no reference is sent.
    Dropped(String, &'static str),
}

impl Pointer {
    /// The id as a request shows it; a placeholder where the application has not given it yet.
    pub(super) fn id(&self) -> Option<String> {
        match self {
            Self::Known(id) => Some(id.clone()),
            Self::ToBeCreated(label) => Some(format!("{{id of {label}}}")),
            Self::Dropped(..) => None,
        }
    }
}

impl Cycle {
    /// Lists a task for every row with references of every object that is provisioned.
    pub(super) fn list_references(&mut self) {
        let mut tasks = Vec::new();
        for owner in 0..self.population.len() {
            let Some(object) = self.population.object(owner) else { continue };
            if !self.is_provisioned(owner) {
                continue;
            }
            let is_new = self.action_kind(owner) == Some(ActionKind::Create);
            let rows =
                self.population.mapper(object.kind).rows().filter(|(_, row)| {
                    is_reference(&row.target) && (is_new || flows_on_update(row))
                });
            let pending = rows.filter(|(row, _)| self.has_references(owner, *row));
            tasks.extend(pending.map(|(row, _)| Task::Refer { owner, row }));
        }
        self.tasks.extend(tasks);
    }

    /// Whether references of a row are to be written, or members to be taken out.
    fn has_references(&self, owner: usize, row: usize) -> bool {
        !self.pointers(owner, row).is_empty() || !self.left_members(owner, row).is_empty()
    }

    /// Whether an object is (or will be) in the application because of this job.
    fn is_provisioned(&self, position: usize) -> bool {
        let Some(record) = self.records.get(position) else { return false };
        let exists = record.target_id.is_some();
        record.in_scope()
            && match self.action(position) {
                Some(Action::Create) => exists || self.permit.is_none(),
                Some(Action::Update { .. } | Action::Enable { .. }) => true,
                Some(Action::Skip { .. }) => record.is_matched,
                _ => false,
            }
    }

    pub(super) fn begin_task(&mut self, task: Task) {
        match task {
            Task::Release(position) => self.release(position),
            Task::Refer { owner, row } => self.refer(owner, row),
        }
    }

    /// References of one row: planned at once, or asked for first.
    fn refer(&mut self, owner: usize, row: usize) {
        self.remove_members(owner, row);
        let Some(object) = self.population.object(owner) else { return };
        let (kind, pointers) = (object.kind, self.pointers(owner, row));
        if pointers.is_empty() {
            return;
        }
        let is_new = self.action_kind(owner) == Some(ActionKind::Create);
        let target_id = self.records.get(owner).and_then(|record| record.target_id.clone());
        match (&self.permit, target_id) {
            (None, Some(id)) if kind == ObjectKind::Group => {
                let read = self.reader.members(&id);
                self.traffic.ask(Errand::ReadMembers { group: owner, row }, read);
            }
            (None, _) => self.plan_manager(owner, row, &pointers),
            (Some(_), Some(id)) => {
                let mut targets: Vec<String> = pointers.iter().filter_map(known).collect();
                targets.retain(|target| !self.holds(owner, row, target));
                if is_new && kind == ObjectKind::Group {
                    self.write_references(owner, row, &targets);
                } else {
                    self.ask_references(owner, row, &id, targets);
                }
            }
            (Some(_), None) => {}
        }
    }

    /// Where the references of one row of an object point to, those aside that an earlier cycle has
    /// dealt with.
    pub(super) fn pointers(&self, owner: usize, row: usize) -> Vec<Pointer> {
        let Some(object) = self.population.object(owner) else { return Vec::new() };
        let rows = &self.population.mapper(object.kind).mapping().attributes;
        let Some(row) = rows.get(row) else { return Vec::new() };
        let most = if self.agenda.is_on_demand() { MEMBERS_ON_DEMAND } else { usize::MAX };
        let settled: BTreeSet<&str> = self
            .settled(owner)
            .map(|earlier| source_ids(earlier, row).into_iter().collect())
            .unwrap_or_default();
        let ids = source_ids(object, row).into_iter().filter(|id| !settled.contains(id));
        ids.take(most).map(|id| self.pointer(id, &row.target)).collect()
    }

    fn pointer(&self, source_id: &str, target: &TargetAttribute) -> Pointer {
        let dropped = |label: &str, why| Pointer::Dropped(label.to_owned(), why);
        let Some(position) = self.population.position(source_id) else {
            return dropped(source_id, "is not among the objects that were read");
        };
        let Some(object) = self.population.object(position) else {
            return dropped(source_id, "is not among the objects that were read");
        };
        let label = object.label();
        if object.kind == ObjectKind::Group {
            return dropped(label, "is a group, and nested groups are not provisioned");
        }
        if !target.referenced.is_empty() && !target.referenced.contains(&object.kind) {
            return dropped(label, "is no object that the target attribute may point to");
        }
        if !self.passes_gates(position) {
            return dropped(label, "is out of scope");
        }
        if let Some(planned) = self.planned.get(&object.id) {
            let label = label.to_owned();
            return planned.clone().map_or(Pointer::ToBeCreated(label), Pointer::Known);
        }
        let linked = match &self.known {
            super::Known::Links(links) => links.get(&object.id),
            _ => None,
        };
        let record = self.records.get(position);
        match (
            record.and_then(|record| record.target_id.as_ref()).or(linked),
            self.action(position),
        ) {
            (_, Some(Action::Conflict { .. } | Action::Error { .. })) => {
                dropped(label, "could not be provisioned itself")
            }
            (Some(id), _) => Pointer::Known(id.clone()),
            (None, Some(Action::Create)) => Pointer::ToBeCreated(label.to_owned()),
            (None, _) => dropped(label, "is not provisioned yet"),
        }
    }

    /// Whether the application returned this reference when the object was matched.
    fn holds(&self, owner: usize, row: usize, target: &str) -> bool {
        let held = self.records.get(owner).map(|record| record.held.as_slice()).unwrap_or_default();
        held.iter().any(|(at, id)| *at == row && id == target)
    }

    /// A preview's plan for a manager (or another reference of a user).
    fn plan_manager(&mut self, owner: usize, row: usize, pointers: &[Pointer]) {
        let Some(after) = pointers.iter().find_map(Pointer::id) else { return };
        if self.holds(owner, row, &after) {
            return;
        }
        let held = self.records.get(owner).map(|record| record.held.as_slice()).unwrap_or_default();
        let before = held.iter().find(|(at, _)| *at == row).map(|(_, id)| json!(id));
        self.add_change(owner, row, before, json!(after));
    }

    /// A preview's plan for the members of a group, given those that the application returned.
    pub(super) fn plan_members(&mut self, group: usize, row: usize, present: &[String]) {
        let present: BTreeSet<&String> = present.iter().collect();
        let missing: Vec<String> = self
            .pointers(group, row)
            .iter()
            .filter_map(Pointer::id)
            .filter(|id| !present.contains(id))
            .collect();
        if !missing.is_empty() {
            self.add_change(group, row, None, json!(missing));
        }
    }

    /// A preview read the members of a group.
    pub(super) fn on_members(
        &mut self,
        group: usize,
        row: usize,
        response: &http::Response<Vec<u8>>,
    ) {
        match answer::resource(response) {
            Ok(read) => {
                let members = scim::path::Path::parse("members.value").map(|path| {
                    read.values(&path)
                        .into_iter()
                        .filter_map(Value::as_str)
                        .map(str::to_owned)
                        .collect()
                });
                let members: Vec<String> = members.unwrap_or_default();
                self.plan_members(group, row, &members);
            }
            Err(error) => {
                let trouble = trouble::of_answer(Purpose::CheckReference, &error);
                self.trouble(&Errand::ReadMembers { group, row }, trouble);
            }
        }
    }

    /// Adds a reference to the plan of an object that exists; a create carries it along unseen.
    fn add_change(&mut self, owner: usize, row: usize, before: Option<Value>, after: Value) {
        let Some(object) = self.population.object(owner) else { return };
        let mapping = self.population.mapper(object.kind).mapping();
        let Some(attribute) = mapping.attributes.get(row).map(|row| row.target.path.to_string())
        else {
            return;
        };
        self.append(owner, Change { attribute, before, after, row });
    }

    /// Asks for each reference whether it is set.
    fn ask_references(&mut self, owner: usize, row: usize, id: &str, targets: Vec<String>) {
        let Some(object) = self.population.object(owner) else { return };
        if targets.is_empty() {
            return;
        }
        for (at, target) in targets.iter().enumerate() {
            let read = self.reader.reference(object.kind, id, target);
            self.traffic.ask(Errand::CheckReference { owner, row, at }, read);
        }
        let is_set = vec![None; targets.len()];
        self.checks.insert((owner, row), Check { targets, is_set });
    }

    pub(super) fn on_reference_checked(
        &mut self,
        owner: usize,
        row: usize,
        at: usize,
        response: &http::Response<Vec<u8>>,
    ) {
        match answer::list(response) {
            Ok(list) => {
                let id = self.records.get(owner).and_then(|record| record.target_id.as_deref());
                let is_set = list.resources.iter().any(|found| found.id() == id);
                self.reference_checked(owner, row, at, is_set);
            }
            Err(error) => {
                let trouble = trouble::of_answer(Purpose::CheckReference, &error);
                self.trouble(&Errand::CheckReference { owner, row, at }, trouble);
            }
        }
    }

    /// Notes one answer; after the last one, what is missing is written.
    pub(super) fn reference_checked(&mut self, owner: usize, row: usize, at: usize, is_set: bool) {
        let Some(check) = self.checks.get_mut(&(owner, row)) else { return };
        if let Some(slot) = check.is_set.get_mut(at) {
            *slot = Some(is_set);
        }
        if check.is_set.iter().any(Option::is_none) {
            return;
        }
        let Some(check) = self.checks.remove(&(owner, row)) else { return };
        let missing: Vec<String> = check
            .targets
            .into_iter()
            .zip(check.is_set)
            .filter_map(|(target, is_set)| (is_set == Some(false)).then_some(target))
            .collect();
        self.write_references(owner, row, &missing);
    }

    /// Writes references that are missing and notes them in the verdict.
    fn write_references(&mut self, owner: usize, row: usize, targets: &[String]) {
        let Some(object) = self.population.object(owner) else { return };
        let (Some(first), kind) = (targets.first(), object.kind) else { return };
        let after = if kind == ObjectKind::Group { json!(targets) } else { json!(first) };
        let mapping = self.population.mapper(kind).mapping();
        if !mapping.actions.update && self.action_kind(owner) != Some(ActionKind::Create) {
            return;
        }
        let Some(path) = mapping.attributes.get(row).map(|row| row.target.path.clone()) else {
            return;
        };
        let requests = match kind {
            ObjectKind::Group => dialect::members_added(targets, self.wire),
            ObjectKind::User => vec![self.wire.reference(&path, first)],
        };
        let id = self.records.get(owner).and_then(|record| record.target_id.clone());
        let (Some(permit), Some(id)) = (&self.permit, id) else { return };
        for request in self.writer.patch(kind, &id, &requests) {
            self.traffic.tell(Errand::WriteReference(owner), request, permit);
        }
        let held = self.records.get(owner).map(|record| record.held.as_slice()).unwrap_or_default();
        let before = held.iter().find(|(at, _)| *at == row).map(|(_, id)| json!(id));
        self.add_change(owner, row, before, after);
    }

    pub(super) fn on_reference_written(
        &mut self,
        owner: usize,
        response: &http::Response<Vec<u8>>,
    ) {
        match answer::nothing(response) {
            Ok(_) => self.set_state(owner, OutcomeState::Written),
            Err(error) => {
                let trouble = trouble::of_answer(Purpose::WriteReference, &error);
                self.trouble(&Errand::WriteReference(owner), trouble);
            }
        }
    }

    /// A reference that cannot be written does not fail its object; Entra counts it apart.
    pub(super) fn reference_failed(&mut self, owner: usize, code: ErrorCode, text: &str) {
        if let Some(record) = self.records.get_mut(owner) {
            record.reference_failure = Some(code);
        }
        let label = self.population.object(owner).map(SourceObject::label).unwrap_or_default();
        let text = format!("A reference of {label} could not be written. {text}");
        self.find("reference-failed", text);
    }
}

fn known(pointer: &Pointer) -> Option<String> {
    match pointer {
        Pointer::Known(id) => Some(id.clone()),
        Pointer::ToBeCreated(_) | Pointer::Dropped(..) => None,
    }
}
