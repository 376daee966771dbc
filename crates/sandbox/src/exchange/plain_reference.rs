//! The servers that return a member or a manager as a plain id instead of an object.

use scim::schema::ENTERPRISE_USER;
use serde_json::{Map, Value};

/// Writes `members` and the manager in that way.
pub(super) fn write(shown: &mut Map<String, Value>) {
    if let Some(Value::Array(members)) = shown.get_mut("members") {
        members.iter_mut().for_each(flatten);
    }
    let extension = shown.get_mut(ENTERPRISE_USER);
    if let Some(manager) = extension.and_then(|extension| extension.get_mut("manager")) {
        flatten(manager);
    }
}

fn flatten(reference: &mut Value) {
    if let Some(id) = reference.get_mut("value").map(Value::take) {
        *reference = id;
    }
}
