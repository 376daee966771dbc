//! A [`Directory`] as one JSON object in Microsoft Graph's words, from which it can be read again.

use serde_json::{Map, Value, json};

use crate::source::{Directory, SourceObject, SourceValue};

/// Writes everybody, a piece for each object, to be put one after the other.
pub fn write(directory: &Directory, out: &mut impl FnMut(&str)) {
    list(out, "{\"users\":[", directory.users.iter().map(object));
    list(out, "],\n\"groups\":[", directory.groups.iter().map(object));
    let roles = directory.app_roles.iter().map(
        |role| json!({ "id": role.id, "displayName": role.display_name, "value": role.value }),
    );
    list(out, "],\n\"appRoles\":[", roles);
    let assignments = directory
        .assignments
        .iter()
        .map(|line| json!({ "principalId": line.principal_id, "appRoleId": line.app_role_id }));
    list(out, "],\n\"appRoleAssignedTo\":[", assignments);
    out("]}\n");
}

fn list(out: &mut impl FnMut(&str), opening: &str, items: impl Iterator<Item = Value>) {
    out(opening);
    for (index, item) in items.enumerate() {
        out(if index == 0 { "\n" } else { ",\n" });
        out(&item.to_string());
    }
}

fn object(object: &SourceObject) -> Value {
    let mut members = Map::new();
    let is_known_by = |name| object.text(name) == Some(object.id.as_str());
    if !is_known_by("id") && !is_known_by("objectId") {
        members.insert("id".to_owned(), json!(object.id));
    }
    for (name, value) in &object.attributes {
        // It follows from the id, unless the text gave it another value.
        if name != "objectId" || !is_known_by("id") || !is_known_by("objectId") {
            members.insert(name.clone(), written(value));
        }
    }
    if !object.members.is_empty() {
        members.insert("members".to_owned(), json!(object.members));
    }
    if object.soft_deleted && !members.contains_key("deletedDateTime") {
        // When is not known: an object is no value, and not null either.
        members.insert("deletedDateTime".to_owned(), json!({}));
    }
    Value::Object(members)
}

fn written(value: &SourceValue) -> Value {
    match value {
        SourceValue::Text(text) => json!(text),
        SourceValue::Boolean(flag) => json!(flag),
        SourceValue::Number(number) => Value::Number(number.clone()),
        SourceValue::List(list) => json!(list),
    }
}
