//! The exact writes of one object in either wire form, to be sent or to be shown.

use scim::patch::entra::WireForm;
use scim::resource::Resource;
use serde_json::Value;

use super::reference::Pointer;
use super::{Cycle, story};
use crate::configuration::{AttributeMapping, ObjectKind};
use crate::mapping::is_reference;
use crate::planning::{Action, Change, dialect, prediction};

/// What stands for the id of an object that the application has not created yet.
const OWN_PLACEHOLDER: &str = "{id}";

impl Cycle {
    /// The writes that the verdict on an object stands for, in the order in which they are sent;
    /// empty where nothing is written or the object is unknown.
    ///
    /// Ids that the application has not given yet are shown as `{id}` and `{id of …}`.
    pub fn planned_requests(&self, source_id: &str, wire: WireForm) -> Vec<http::Request<Vec<u8>>> {
        let Some(position) = self.population.position(source_id) else { return Vec::new() };
        match self.action(position) {
            Some(Action::Create) => {
                let create = self.create_request(position);
                create.into_iter().chain(self.references_of_new(position, wire)).collect()
            }
            Some(Action::Update { .. } | Action::Enable { .. } | Action::Disable { .. }) => {
                let mut requests = self.update_requests(position, wire);
                requests.extend(self.references_of_known(position, wire));
                requests
            }
            Some(Action::Delete { target_id }) => {
                let kind = self.population.object(position).map(|object| object.kind);
                kind.map(|kind| self.writer.delete(kind, target_id)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// What the application will hold of an object after its writes, as far as it can be told: ids
    /// that the application gives stand as `{id of …}`, and what it adds by itself is missing.
    ///
    /// Nothing where the object is deleted, or the application does not know it and will not.
    pub fn predicted(&self, source_id: &str) -> Option<Resource> {
        let position = self.population.position(source_id)?;
        let object = self.population.object(position)?;
        let record = self.records.get(position)?;
        let mapper = self.population.mapper(object.kind);
        let action = self.action(position)?;
        let (current, changes) = match action {
            Action::Delete { .. } => return None,
            Action::Create => {
                let created = mapper.create(&self.population.desired(object, false));
                (created, self.reference_changes_of_new(position))
            }
            _ => (story::current_with_members(record)?, action.changes().to_vec()),
        };
        let roles = &self.population.assignment(object).roles;
        Some(prediction::after(mapper, &current, &changes, roles))
    }

    /// The second pass of an object that is created first, as changes.
    fn reference_changes_of_new(&self, position: usize) -> Vec<Change> {
        let Some(object) = self.population.object(position) else { return Vec::new() };
        let rows = self.population.mapper(object.kind).rows();
        let references = rows.filter(|(_, row)| is_reference(&row.target));
        let change = |(row, mapping): (usize, &AttributeMapping)| {
            let pointers = self.pointers(position, row);
            let after = story::reference_value(object.kind, &pointers)?;
            Some(Change { attribute: mapping.target.path.to_string(), before: None, after, row })
        };
        references.filter_map(change).collect()
    }

    /// POST of an object with every value that a create sends.
    pub(super) fn create_request(&self, position: usize) -> Option<http::Request<Vec<u8>>> {
        let object = self.population.object(position)?;
        let desired = self.population.desired(object, false);
        let resource = self.population.mapper(object.kind).create(&desired);
        Some(self.writer.create(object.kind, resource))
    }

    /// PATCHes of the attributes that differ; references are not among them.
    pub(super) fn update_requests(
        &self,
        position: usize,
        wire: WireForm,
    ) -> Vec<http::Request<Vec<u8>>> {
        let (Some(object), Some(action)) =
            (self.population.object(position), self.action(position))
        else {
            return Vec::new();
        };
        let Some(id) = action.target_id() else { return Vec::new() };
        let mapper = self.population.mapper(object.kind);
        let changes: Vec<Change> = action
            .changes()
            .iter()
            .filter(|change| !self.is_reference_row(object.kind, change.row))
            .cloned()
            .collect();
        let roles = &self.population.assignment(object).roles;
        let requests = dialect::patches(mapper, &changes, roles, wire);
        self.writer.patch(object.kind, id, &requests)
    }

    /// The second pass of an object that exists: references in its changes.
    fn references_of_known(&self, position: usize, wire: WireForm) -> Vec<http::Request<Vec<u8>>> {
        let (Some(object), Some(action)) =
            (self.population.object(position), self.action(position))
        else {
            return Vec::new();
        };
        let Some(id) = action.target_id() else { return Vec::new() };
        let rows = action.changes().iter().filter(|c| self.is_reference_row(object.kind, c.row));
        rows.flat_map(|change| match &change.before {
            Some(left) if change.after.is_null() => {
                self.writer.patch(object.kind, id, &dialect::members_removed(&ids(left), wire))
            }
            _ => self.reference_requests(object.kind, id, change.row, &ids(&change.after), wire),
        })
        .collect()
    }

    /// The second pass of an object that is created first.
    fn references_of_new(&self, position: usize, wire: WireForm) -> Vec<http::Request<Vec<u8>>> {
        let Some(object) = self.population.object(position) else { return Vec::new() };
        let id = self.records.get(position).and_then(|record| record.target_id.as_deref());
        let id = id.unwrap_or(OWN_PLACEHOLDER);
        let rows = self.population.mapper(object.kind).rows();
        rows.filter(|(_, row)| is_reference(&row.target))
            .flat_map(|(row, _)| {
                let ids: Vec<String> =
                    self.pointers(position, row).iter().filter_map(Pointer::id).collect();
                self.reference_requests(object.kind, id, row, &ids, wire)
            })
            .collect()
    }

    fn reference_requests(
        &self,
        kind: ObjectKind,
        id: &str,
        row: usize,
        targets: &[String],
        wire: WireForm,
    ) -> Vec<http::Request<Vec<u8>>> {
        let rows = &self.population.mapper(kind).mapping().attributes;
        let (Some(first), Some(row)) = (targets.first(), rows.get(row)) else { return Vec::new() };
        let requests = match kind {
            ObjectKind::Group => dialect::members_added(targets, wire),
            ObjectKind::User => vec![wire.reference(&row.target.path, first)],
        };
        self.writer.patch(kind, id, &requests)
    }

    fn is_reference_row(&self, kind: ObjectKind, row: usize) -> bool {
        let rows = &self.population.mapper(kind).mapping().attributes;
        rows.get(row).is_some_and(|row| is_reference(&row.target))
    }
}

/// The ids of a change of references: one text, or a list.
fn ids(after: &Value) -> Vec<String> {
    match after {
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        single => single.as_str().map(str::to_owned).into_iter().collect(),
    }
}
