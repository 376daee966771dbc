//! What the application should hold after a plan: the changes laid over what it holds now.
//!
//! The application gets there by applying the PATCH. The two ways share no code, so each can show
//! the other wrong.

use scim::resource::Resource;
use serde_json::{Value, json};

use super::{Change, dialect};
use crate::configuration::ObjectKind;
use crate::mapping::{Mapper, is_reference, shape};
use crate::source::AppRole;

/// The resource after the changes, given the roles that the object has.
pub fn after(
    mapper: &Mapper,
    current: &Resource,
    changes: &[Change],
    roles: &[AppRole],
) -> Resource {
    let mut resource = current.clone();
    for change in changes {
        let Some((_, row, place)) = mapper.places().nth(change.row) else { continue };
        match mapper.mapping().kind {
            ObjectKind::Group if is_reference(&row.target) => lay_members(&mut resource, change),
            ObjectKind::User if is_reference(&row.target) => {
                shape::lay(&mut resource, place, json!({ "value": change.after }));
            }
            _ => match dialect::roles_added(mapper, change, roles) {
                Some(added) => append(&mut resource, "roles", added),
                None => shape::lay(&mut resource, place, change.after.clone()),
            },
        }
    }
    resource
}

/// Members that are added, or those that were taken out.
fn lay_members(resource: &mut Resource, change: &Change) {
    let ids = |value: &Value| -> Vec<Value> { value.as_array().cloned().unwrap_or_default() };
    let (Value::Null, Some(left)) = (&change.after, &change.before) else {
        let members = ids(&change.after).into_iter().map(|id| json!({ "value": id })).collect();
        return append(resource, "members", members);
    };
    let left = ids(left);
    let name = shape::key(resource.as_map(), "members");
    let members = resource.as_map_mut();
    let Some(list) = members.get_mut(&name).and_then(Value::as_array_mut) else { return };
    list.retain(|member| !member.get("value").is_some_and(|id| left.contains(id)));
    if list.is_empty() {
        members.shift_remove(&name);
    }
}

/// Elements behind those of a list, each once by its `value`.
fn append(resource: &mut Resource, name: &str, elements: Vec<Value>) {
    let name = shape::key(resource.as_map(), name);
    let list = resource.as_map_mut().entry(name).or_insert_with(|| json!([]));
    if !list.is_array() {
        *list = json!([]);
    }
    let Some(list) = list.as_array_mut() else { return };
    for element in elements {
        let is_same = |known: &Value| known.get("value") == element.get("value");
        if !list.iter().any(is_same) {
            list.push(element);
        }
    }
}
