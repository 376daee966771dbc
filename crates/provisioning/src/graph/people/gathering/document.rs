//! The parts of a JSON document, as they are gathered: people, groups, roles, assignments, pages.

use serde_json::{Map, Value};

use super::{Gathering, Origin, Place};
use crate::configuration::ObjectKind;
use crate::graph::people::attribute;
use crate::graph::people::fault::Spot;
use crate::graph::people::split::{Parts, Section};
use crate::source::{AppRole, AppRoleAssignment, DEFAULT_ACCESS, SourceObject};

/// What a list is of, where its document says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Listed {
    Users,
    Groups,
    Roles,
    Assignments,
}

impl Gathering {
    /// Something in a list, or alone.
    fn value(&mut self, value: &Value, origin: Origin) {
        let place = Place::root(origin);
        let Value::Object(members) = value else {
            let repair = "put each of them into { }";
            return self.refuse(&place, "an object was expected", repair);
        };
        match self.listed {
            Some(Listed::Roles) => self.app_role(members, &place),
            Some(Listed::Assignments) => self.assignment(members, &place),
            Some(Listed::Users) => self.object(members, Some(ObjectKind::User), &place),
            Some(Listed::Groups) => self.object(members, Some(ObjectKind::Group), &place),
            None if members.contains_key("principalId") => self.assignment(members, &place),
            None => self.object(members, None, &place),
        }
    }

    /// A user or group; where the section does not say which, the object does.
    fn object(&mut self, members: &Map<String, Value>, kind: Option<ObjectKind>, place: &Place) {
        let kind = kind.unwrap_or_else(|| kind_of(members));
        let Some(id) = text(members, "id").or_else(|| text(members, "objectId")) else {
            return self.refuse(
                &place.member("id"),
                "every object needs an id",
                "add `id` to $select, or give the object an id of its own",
            );
        };
        if !self.is_new(id, place.origin, place) {
            return;
        }
        let mut wrong = Vec::new();
        let attributes = attribute::read(members, place, &mut self.sharing, &mut wrong);
        for (place, rule) in wrong {
            let repair = "write it as Microsoft Graph returns it, or leave it out";
            self.refuse(&place, rule, repair);
        }
        let members_of = self.members(members, place);
        let soft_deleted = members.get("deletedDateTime").is_some_and(|at| !at.is_null());
        let id = id.to_owned();
        self.push(SourceObject { id, kind, attributes, members: members_of, soft_deleted });
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
    fn app_role(&mut self, members: &Map<String, Value>, place: &Place) {
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
                "take the service principal's `appRoles` as Graph returns them",
            );
        };
        let value = text(members, "value").unwrap_or_default().to_owned();
        let (id, display_name) = (id.to_owned(), name.to_owned());
        self.directory.app_roles.push(AppRole { id, value, display_name });
    }

    fn assignment(&mut self, members: &Map<String, Value>, place: &Place) {
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

    /// Notes whether another page follows this answer.
    fn page(&mut self, answer: &Map<String, Value>, path: String, listed: Listed) {
        let file = self.origin().file;
        let pages = self.pages.entry(listed).or_default();
        match answer.contains_key("@odata.nextLink") {
            true => pages.open.push((file, path)),
            false => pages.has_last = true,
        }
    }

    /// A document that had lists, which are empty here.
    fn answers(&mut self, members: &Map<String, Value>) {
        for section in Section::NAMED {
            match (section, members.get(section.name())) {
                (_, None | Some(Value::Null)) => {}
                (Section::Value, Some(Value::Array(_))) => {
                    // Without another word an answer is one of users.
                    let listed = self.listed.unwrap_or(Listed::Users);
                    self.page(members, "@odata.nextLink".to_owned(), listed);
                }
                (Section::Value, _) => {}
                (section, Some(Value::Object(answer))) => {
                    if let Some(listed) = listed_in(section) {
                        self.page(answer, format!("{}.@odata.nextLink", section.name()), listed);
                    }
                    if answer.get("value").is_some_and(|value| !value.is_array()) {
                        self.no_list(section);
                    }
                }
                (_, Some(Value::Array(_))) => {}
                (section, Some(_)) => self.no_list(section),
            }
        }
    }

    fn no_list(&mut self, section: Section) {
        let place = Place { origin: self.origin(), path: section.name().to_owned() };
        self.refuse(&place, "a list was expected", "put the objects into [ ]");
    }
}

impl Parts for Gathering {
    fn list(&mut self, section: Section, before: &[u8]) {
        self.has_list = true;
        self.listed = listed_in(section).or_else(|| match section {
            Section::Value => listed_after(before),
            _ => None,
        });
    }

    fn element(&mut self, bytes: &[u8], section: Section, index: usize, at: Spot) {
        if self.has_too_many_faults() {
            return;
        }
        match serde_json::from_slice(bytes) {
            Ok(value) => {
                self.value(&value, Origin { section, index, spot: Some(at), ..self.origin() });
            }
            Err(error) => self.syntax(bytes, at, &error),
        }
    }

    fn whole(&mut self, bytes: &[u8], at: Spot) -> bool {
        let value: Value = match serde_json::from_slice(bytes) {
            Ok(value) => value,
            Err(error) => {
                self.syntax(bytes, at, &error);
                return false;
            }
        };
        let origin = Origin { spot: Some(at), ..self.origin() };
        let has_list = std::mem::take(&mut self.has_list);
        match &value {
            Value::Array(_) if has_list => {}
            Value::Object(members) if has_list || is_gathered(members) => self.answers(members),
            Value::Object(members) if members.contains_key("error") => {
                self.refuse(
                    &Place::root(origin),
                    "this is an error answer of Microsoft Graph, not a list of people",
                    "run the request again with the permission User.Read.All and take its answer",
                );
                return false;
            }
            Value::Object(members)
                if ["id", "objectId", "principalId", "userPrincipalName"]
                    .iter()
                    .any(|name| members.contains_key(*name)) =>
            {
                self.listed = None;
                self.value(&value, origin);
            }
            _ => {
                self.refuse(
                    &Place::root(origin),
                    "no people were found",
                    "take the answer of GET /users, one person on each line, or an object with `users`, `groups`, `appRoleAssignedTo` and `appRoles`",
                );
                return false;
            }
        }
        self.listed = None;
        !self.has_too_many_faults()
    }

    fn broken(&mut self, at: Spot, rule: &str, repair: &str) {
        self.refuse_at(Some(at), "", rule, repair);
    }

    fn unfinished(&mut self, bytes: &[u8], at: Spot) {
        if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(bytes) {
            self.syntax(bytes, at, &error);
        }
    }
}

fn listed_in(section: Section) -> Option<Listed> {
    match section {
        Section::Users => Some(Listed::Users),
        Section::Groups => Some(Listed::Groups),
        Section::Roles => Some(Listed::Roles),
        Section::Assignments => Some(Listed::Assignments),
        Section::Whole | Section::Row | Section::List | Section::Value => None,
    }
}

/// What an answer is a list of, by its `@odata.context`.
fn listed_after(before: &[u8]) -> Option<Listed> {
    let before = std::str::from_utf8(before).ok()?;
    let (_, context) = before.split_once("/$metadata#")?;
    let context = context.split('"').next().unwrap_or_default();
    if context.starts_with("appRoleAssignments") || context.ends_with("appRoleAssignedTo") {
        Some(Listed::Assignments)
    } else if context.starts_with("groups") {
        Some(Listed::Groups)
    } else if context.starts_with("users") {
        Some(Listed::Users)
    } else {
        None
    }
}

/// Whether an object gathers several lists.
fn is_gathered(members: &Map<String, Value>) -> bool {
    let sections = [Section::Users, Section::Groups, Section::Roles, Section::Assignments];
    sections.iter().any(|section| members.contains_key(section.name()))
}

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
