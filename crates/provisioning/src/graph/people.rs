//! People as Microsoft Graph lists them become a [`Directory`], whole or not at all.
//!
//! Read are the answers of `GET /users` and `GET /groups` (`{ "value": [...] }`), a bare list, and
//! one object that gathers `users`, `groups` (with `members`), `appRoleAssignedTo` and `appRoles`.

mod attribute;
mod fault;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub use self::fault::{ReadFault, Spot};
use crate::configuration::ObjectKind;
use crate::source::{AppRole, AppRoleAssignment, DEFAULT_ACCESS, Directory, SourceObject};
use fault::Place;

/// Reads people. JSON nested deeper than 128 levels is refused.
///
/// # Errors
/// Everything that is wrong, each with its place; nothing is applied then.
pub fn read(text: &str) -> Result<Directory, Vec<ReadFault>> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| vec![ReadFault::syntax(&error)])?;
    let mut reading = Reading::default();
    reading.document(&value);
    reading.finish()
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    directory: Directory,
    places: BTreeMap<String, String>,
    faults: Vec<ReadFault>,
}

impl Reading {
    fn document(&mut self, value: &Value) {
        let root = Place::root();
        match value {
            Value::Array(items) => self.objects(items, None, &root),
            Value::Object(members) if members.get("value").is_some_and(Value::is_array) => {
                self.all_pages(members, &root);
                self.list(members, "value", |reading, item, place| reading.object(item, None, place));
            }
            Value::Object(members) if SECTIONS.iter().any(|name| members.contains_key(*name)) => {
                self.sections(members);
            }
            Value::Object(members) if members.contains_key("id") => self.object(value, None, &root),
            Value::Object(members) if members.contains_key("error") => self.refuse(
                &root,
                "this is an error answer of Microsoft Graph, not a list of people",
                "run the request again with the permission User.Read.All and paste its answer",
            ),
            _ => self.refuse(
                &root,
                "no people were found",
                "paste the answer of GET /users, or an object with `users`, `groups`, `appRoleAssignedTo` and `appRoles`",
            ),
        }
    }

    fn sections(&mut self, members: &Map<String, Value>) {
        let user = Some(ObjectKind::User);
        let group = Some(ObjectKind::Group);
        self.list(members, "users", |reading, item, place| reading.object(item, user, place));
        self.list(members, "groups", |reading, item, place| reading.object(item, group, place));
        self.list(members, "appRoles", Self::app_role);
        self.list(members, "appRoleAssignedTo", Self::assignment);
    }

    /// A section: a list, or a Graph answer with the list in `value`.
    fn list(
        &mut self,
        members: &Map<String, Value>,
        name: &str,
        mut read: impl FnMut(&mut Self, &Value, &Place),
    ) {
        let place = Place::root().member(name);
        let Some(section) = members.get(name) else { return };
        if let Value::Object(answer) = section {
            self.all_pages(answer, &place);
        }
        let items = match section.get("value").unwrap_or(section) {
            Value::Array(items) => items,
            Value::Null => return,
            _ => return self.refuse(&place, "a list was expected", "put the objects into [ ]"),
        };
        for (index, item) in items.iter().enumerate() {
            read(self, item, &place.element(index));
        }
    }

    /// A first page taken for the whole directory would be a preview that misses people.
    fn all_pages(&mut self, answer: &Map<String, Value>, place: &Place) {
        if answer.contains_key("@odata.nextLink") {
            self.refuse(
                &place.member("@odata.nextLink"),
                "this is one page of several: Microsoft Graph names the address of the next one",
                "fetch all pages, put their objects into one `value` list, and remove this member",
            );
        }
    }

    fn objects(&mut self, items: &[Value], kind: Option<ObjectKind>, place: &Place) {
        for (index, item) in items.iter().enumerate() {
            self.object(item, kind, &place.element(index));
        }
    }

    /// A user or group; where the section does not say which, the object does.
    fn object(&mut self, value: &Value, kind: Option<ObjectKind>, place: &Place) {
        let Value::Object(members) = value else {
            return self.refuse(place, "an object was expected", "put each person into { }");
        };
        let kind = kind.unwrap_or_else(|| kind_of(members));
        let Some(id) = self.id(members, place) else { return };
        let attributes = attribute::read(members, place, &mut self.faults);
        let member_ids = self.members(members, place);
        let deleted = members.get("deletedDateTime").is_some_and(|at| !at.is_null());
        let object =
            SourceObject { id, kind, attributes, members: member_ids, soft_deleted: deleted };
        match kind {
            ObjectKind::User => self.directory.users.push(object),
            ObjectKind::Group => self.directory.groups.push(object),
        }
    }

    /// The id, which must be there once in the whole document.
    fn id(&mut self, members: &Map<String, Value>, place: &Place) -> Option<String> {
        let Some(id) = text(members, "id").or_else(|| text(members, "objectId")) else {
            self.refuse(
                &place.member("id"),
                "every object needs an id",
                "add `id` to $select, or give the object an id of its own",
            );
            return None;
        };
        if let Some(first) = self.places.get(id) {
            let rule = format!("the id `{id}` is taken by {first}");
            self.refuse(&place.member("id"), &rule, "remove one of the two objects");
            return None;
        }
        self.places.insert(id.to_owned(), place.to_string());
        Some(id.to_owned())
    }

    /// The ids of members: texts, or objects with an id.
    fn members(&mut self, members: &Map<String, Value>, place: &Place) -> Vec<String> {
        let place = place.member("members");
        let list = match members.get("members") {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.refuse(&place, "members are a list", "put the ids into [ ]");
                return Vec::new();
            }
        };
        let mut ids = Vec::with_capacity(list.len());
        for (index, member) in list.iter().enumerate() {
            match member.as_str().or_else(|| member.get("id")?.as_str()).filter(|id| !id.is_empty())
            {
                Some(id) => ids.push(id.to_owned()),
                None => self.refuse(
                    &place.element(index),
                    "a member is an id or an object with an id",
                    "write the member's directory object id",
                ),
            }
        }
        ids
    }

    /// Roles that are switched off, or that only applications can have, are no roles of people.
    fn app_role(&mut self, value: &Value, place: &Place) {
        let Value::Object(members) = value else {
            return self.refuse(place, "an object was expected", "put each role into { }");
        };
        let is_for_people = members
            .get("allowedMemberTypes")
            .and_then(Value::as_array)
            .is_none_or(|types| types.iter().any(|each| each == "User"));
        if !is_for_people || members.get("isEnabled") == Some(&Value::Bool(false)) {
            return;
        }
        let (Some(id), Some(name)) = (text(members, "id"), text(members, "displayName")) else {
            return self.refuse(
                place,
                "a role needs an id and a displayName",
                "paste the service principal's `appRoles` as Graph returns them",
            );
        };
        let value = text(members, "value").unwrap_or_default().to_owned();
        let (id, display_name) = (id.to_owned(), name.to_owned());
        self.directory.app_roles.push(AppRole { id, value, display_name });
    }

    fn assignment(&mut self, value: &Value, place: &Place) {
        let Some(members) = value.as_object() else {
            return self.refuse(place, "an object was expected", "put each assignment into { }");
        };
        let Some(principal) = text(members, "principalId") else {
            return self.refuse(
                &place.member("principalId"),
                "an assignment names who is assigned",
                "write the user's or group's directory object id",
            );
        };
        let role = text(members, "appRoleId").unwrap_or(DEFAULT_ACCESS);
        self.directory.assignments.push(AppRoleAssignment {
            principal_id: principal.to_owned(),
            app_role_id: role.to_owned(),
        });
    }

    fn refuse(&mut self, place: &Place, rule: &str, repair: &str) {
        self.faults.push(ReadFault::at(place, rule, repair));
    }

    fn finish(self) -> Result<Directory, Vec<ReadFault>> {
        if self.faults.is_empty() { Ok(self.directory) } else { Err(self.faults) }
    }
}

/// The members of an object that gathers several lists.
const SECTIONS: [&str; 4] = ["users", "groups", "appRoleAssignedTo", "appRoles"];

/// What an object of a mixed list is: it says so, or a group's own attributes do.
fn kind_of(members: &Map<String, Value>) -> ObjectKind {
    let declared = members.get("@odata.type").and_then(Value::as_str);
    let looks_like_group = !members.contains_key("userPrincipalName")
        && ["groupTypes", "securityEnabled", "mailEnabled", "members"]
            .iter()
            .any(|name| members.contains_key(*name));
    match declared {
        Some("#microsoft.graph.group") => ObjectKind::Group,
        None if looks_like_group => ObjectKind::Group,
        _ => ObjectKind::User,
    }
}

fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}
#[cfg(test)]
mod tests;
