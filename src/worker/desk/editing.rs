//! People changed by hand: what there is to change, what of it is wrong, and what is in force.

use std::collections::BTreeSet;
use std::sync::Arc;

use provisioning::configuration::ObjectKind;
use provisioning::graph::people as graph;
use provisioning::source::{Attributes, Directory, SourceObject};
use provisioning::tenant::Tenant;

use super::Desk;
use crate::draft::by_hand::{Change, Put, Typed};
use crate::draft::place::Kind;
use crate::people::by_hand::{object, typed};
use crate::worker::message::{ByHandAnswer, ByHandAsk, FieldFault, Record, RecordField};

/// What is asked of every user, in this order.
const OF_USERS: [&str; 10] = [
    "userPrincipalName",
    "displayName",
    "mail",
    "givenName",
    "surname",
    "department",
    "jobTitle",
    "manager",
    "accountEnabled",
    "userType",
];

/// What is asked of every group.
const OF_GROUPS: [&str; 4] = ["displayName", "description", "mailNickname", "securityEnabled"];

impl Desk {
    /// Puts the changes of the draft in use in force, in place of those before.
    pub(super) fn follow_by_hand(&mut self) {
        let wanted = self.draft.by_hand.changes();
        if self.in_force.is(wanted) {
            return;
        }
        // Whatever shares the people would have them copied.
        self.view = None;
        self.counting = None;
        self.filling.give_up();
        let mut directory = std::mem::take(&mut self.tenant).into_directory();
        self.in_force.follow(&mut directory, wanted);
        self.tenant = Tenant::new(Arc::new(directory));
    }

    pub(super) fn by_hand(&mut self, ask: ByHandAsk) -> ByHandAnswer {
        match ask {
            ByHandAsk::Open(id) => {
                let Some(kind) = object(self.tenant.directory(), &id).map(|found| found.kind)
                else {
                    return ByHandAnswer::Record(None);
                };
                let read = self.attributes_read(kind);
                let directory = self.tenant.directory();
                let found = object(directory, &id).map(|found| record(directory, found, &read));
                ByHandAnswer::Record(found)
            }
            ByHandAsk::New(kind, id) => {
                let read = self.attributes_read(kind.into());
                let mut record = record(self.tenant.directory(), &nobody(kind, id), &read);
                let usual = match kind {
                    Kind::User => "accountEnabled",
                    Kind::Group => "securityEnabled",
                };
                let field = record.fields.iter_mut().find(|field| field.name == usual);
                if let Some(field) = field {
                    "True".clone_into(&mut field.text);
                }
                ByHandAnswer::Record(Some(Record { label: String::new(), ..record }))
            }
            ByHandAsk::Check(record) => match check(self.tenant.directory(), &record) {
                Ok(changes) => ByHandAnswer::Changes(changes),
                Err(faults) => ByHandAnswer::Wrong(faults),
            },
        }
    }

    /// The attributes that the mapping of a kind reads.
    fn attributes_read(&mut self, kind: ObjectKind) -> BTreeSet<String> {
        let mapper = self.view().population.mapper(kind);
        let rows = mapper.rows().flat_map(|(row, _)| mapper.attributes(row));
        rows.map(str::to_owned).collect()
    }
}

fn nobody(kind: Kind, id: String) -> SourceObject {
    SourceObject {
        id,
        kind: kind.into(),
        attributes: Attributes::new(),
        members: Vec::new(),
        soft_deleted: false,
    }
}

fn record(directory: &Directory, object: &SourceObject, read: &BTreeSet<String>) -> Record {
    let kind = Kind::from(object.kind);
    let usual: &[&str] = match kind {
        Kind::User => &OF_USERS,
        Kind::Group => &OF_GROUPS,
    };
    let own = object.attributes.keys().map(String::as_str);
    let own = own.filter(|name| !graph::is_told_twice(object, name) && *name != "id");
    let more: BTreeSet<&str> = own
        .chain(read.iter().map(String::as_str))
        .filter(|name| typed::name(name).is_ok())
        .collect();
    let more = more.into_iter().filter(|name| !usual.contains(name));
    let field = |name: &str| {
        let value = object.get(name);
        let text = value.map(typed::written).unwrap_or_default();
        RecordField {
            shape: value.map_or_else(|| typed::shape(name), typed::shape_of),
            text: if name == "manager" { name_of(directory, text) } else { text },
            is_read: read.contains(name),
            name: name.to_owned(),
        }
    };
    let groups = groups_of(directory, &object.id);
    Record {
        id: object.id.clone(),
        kind,
        label: object.label().to_owned(),
        fields: usual.iter().copied().chain(more).map(field).collect(),
        groups: groups.iter().map(|group| group_name(directory, group)).collect(),
        soft_deleted: object.soft_deleted,
    }
}

fn groups_of<'d>(directory: &'d Directory, id: &str) -> Vec<&'d SourceObject> {
    let holds = |group: &&SourceObject| group.members.iter().any(|member| member == id);
    directory.groups.iter().filter(holds).collect()
}

/// The user principal name for a user's id; whoever is not there is told by the id.
fn name_of(directory: &Directory, id: String) -> String {
    let user = directory.users.iter().find(|user| user.id == id);
    user.and_then(|user| user.text("userPrincipalName")).map_or(id.clone(), str::to_owned)
}

fn group_name(directory: &Directory, group: &SourceObject) -> String {
    let same = directory.groups.iter().filter(|other| other.label() == group.label()).count();
    if same == 1 { group.label().to_owned() } else { group.id.clone() }
}

/// What was typed, as changes of whoever is there.
fn check(directory: &Directory, record: &Record) -> Result<Vec<Change>, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let known = object(directory, &record.id);
    let put = put(directory, record, known, &mut faults);
    let groups = groups(directory, record, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let is_put = known.is_none() || !put.attributes.is_empty() || put.soft_deleted.is_some();
    let id = &record.id;
    let current: BTreeSet<&str> =
        groups_of(directory, id).into_iter().map(|group| group.id.as_str()).collect();
    let member = |group: &&str, is_member| Change::Member {
        group: (*group).to_owned(),
        id: id.clone(),
        is_member,
    };
    let joins = groups.difference(&current).map(|group| member(group, true));
    let leaves = current.difference(&groups).map(|group| member(group, false));
    Ok(is_put.then_some(Change::Put(put)).into_iter().chain(joins).chain(leaves).collect())
}

/// The attributes that differ from those of whoever is there.
fn put(
    directory: &Directory,
    record: &Record,
    known: Option<&SourceObject>,
    faults: &mut Vec<FieldFault>,
) -> Put {
    let mut put = Put {
        id: record.id.clone(),
        kind: record.kind,
        attributes: std::collections::BTreeMap::new(),
        soft_deleted: None,
    };
    if known.is_none_or(|known| known.soft_deleted != record.soft_deleted) {
        put.soft_deleted = Some(record.soft_deleted);
    }
    for field in &record.fields {
        let before = known.and_then(|known| known.get(&field.name));
        let text = before.map(typed::written).unwrap_or_default();
        let shown = if field.name == "manager" { name_of(directory, text) } else { text };
        if shown == field.text && (known.is_some() || !is_needed(record, &field.name)) {
            continue;
        }
        match value(directory, record, field) {
            Ok(None) if before.is_none() => {}
            Ok(value) => drop(put.attributes.insert(field.name.clone(), value)),
            Err((rule, repair)) => faults.push(fault(&field.name, &rule, &repair)),
        }
    }
    put
}

fn fault(place: &str, rule: &str, repair: &str) -> FieldFault {
    FieldFault { place: place.to_owned(), rule: rule.to_owned(), repair: repair.to_owned() }
}

/// Whether Entra has nobody without a value.
fn is_needed(record: &Record, name: &str) -> bool {
    name == "displayName" || (name == "userPrincipalName" && record.kind == Kind::User)
}

fn value(
    directory: &Directory,
    record: &Record,
    field: &RecordField,
) -> Result<Option<Typed>, (String, String)> {
    let RecordField { name, shape, text, .. } = field;
    let owned = |(rule, repair): (&str, &str)| (rule.to_owned(), repair.to_owned());
    let value = typed::read(name, *shape, text).map_err(owned)?;
    let wanted = text.trim();
    let is_called = |user: &&SourceObject| {
        user.text("userPrincipalName").is_some_and(|name| name.eq_ignore_ascii_case(wanted))
    };
    if value.is_none() && is_needed(record, name) {
        return Err(owned(("it is missing", "write one: Entra has nobody without it")));
    }
    if name == "userPrincipalName"
        && let Some(other) = directory.users.iter().filter(is_called).find(|u| u.id != record.id)
    {
        let rule = format!("`{wanted}` is taken by {}", other.label());
        return Err((rule, "write another one".to_owned()));
    }
    if name == "manager" && value.is_some() {
        let user = directory.users.iter().find(|user| user.id == wanted || is_called(user));
        let Some(user) = user else {
            let rule = format!("no user has the user principal name `{wanted}`");
            return Err((rule, "pick one of the names that are offered".to_owned()));
        };
        if user.id == record.id {
            return Err(owned(("nobody is their own manager", "pick somebody else")));
        }
        return Ok(Some(Typed::Text(user.id.clone())));
    }
    Ok(value)
}

/// The ids of the groups that were named.
fn groups<'d>(
    directory: &'d Directory,
    record: &Record,
    faults: &mut Vec<FieldFault>,
) -> BTreeSet<&'d str> {
    let mut ids = BTreeSet::new();
    for name in &record.groups {
        let found: Vec<&SourceObject> = match directory.groups.iter().find(|g| g.id == *name) {
            Some(group) => vec![group],
            None => directory.groups.iter().filter(|group| group.label() == name).collect(),
        };
        match found.as_slice() {
            [group] if group.id == record.id => {
                faults.push(fault(name, "a group is no member of itself", "leave it out"));
            }
            [group] => drop(ids.insert(group.id.as_str())),
            [] => faults.push(fault(name, "no group has this name", "pick one that is offered")),
            _ => faults.push(fault(name, "several groups have this name", "write the group's id")),
        }
    }
    ids
}

#[cfg(test)]
mod tests;
