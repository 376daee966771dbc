//! The changes of a plan as PATCH requests, in Entra's own dialect.

use scim::patch::entra::{WireForm, Write};
use scim::patch::{Operation, PatchRequest};
use serde_json::{Value, json};

use super::Change;
use crate::mapping::Mapper;
use crate::mapping::role::{RoleForm, as_text, claim};
use crate::source::AppRole;

/// How many members one request adds. How many Entra sends is not documented; this is a choice.
pub const MEMBERS_PER_REQUEST: usize = 100;

/// The requests that carry changes of attributes: one, and a second one where roles are asserted,
/// because that request is documented with a lower-case `replace` in either form.
pub fn patches(
    mapper: &Mapper,
    changes: &[Change],
    roles: &[AppRole],
    wire: WireForm,
) -> Vec<PatchRequest> {
    let is_assertive = |change: &&Change| mapper.role_form(change.row) == Some(RoleForm::Assertive);
    let (asserted, plain): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(is_assertive);
    let writes: Vec<Write> = plain.into_iter().map(|change| write(mapper, change, roles)).collect();
    let asserted: Vec<Operation> = asserted
        .into_iter()
        .map(|change| Operation::replace(&change.attribute, change.after.clone()))
        .collect();
    [wire.update(&writes), PatchRequest::new(asserted)]
        .into_iter()
        .filter(|request| !request.operations.is_empty())
        .collect()
}

/// Add where the application has nothing, replace where it has. The switch that disables is printed
/// with its path, and so are roles.
fn write(mapper: &Mapper, change: &Change, roles: &[AppRole]) -> Write {
    if let Some(added) = roles_added(mapper, change, roles) {
        return Write::add("roles", added).by_itself();
    }
    let write = Write {
        replaces: change.before.is_some(),
        ..Write::add(change.attribute.as_str(), change.after.clone())
    };
    if mapper.is_soft_delete(change.row) { write.by_itself() } else { write }
}

/// Roles as the adding forms update them, each `value` a JSON text; nothing where the row writes no
/// roles, or asserts them.
pub fn roles_added(mapper: &Mapper, change: &Change, roles: &[AppRole]) -> Option<Vec<Value>> {
    mapper.role_form(change.row).filter(|form| *form != RoleForm::Assertive)?;
    let wanted = |role: &&AppRole| match &change.after {
        Value::Array(elements) => {
            elements.iter().any(|element| element.get("value") == Some(&json!(claim(role))))
        }
        single => *single == json!(claim(role)),
    };
    Some(roles.iter().filter(wanted).map(|role| json!({ "value": as_text(role) })).collect())
}

/// Adds members to a group, [`MEMBERS_PER_REQUEST`] at a time.
pub fn members_added<S: AsRef<str>>(target_ids: &[S], wire: WireForm) -> Vec<PatchRequest> {
    target_ids.chunks(MEMBERS_PER_REQUEST).map(|batch| wire.members_added(batch)).collect()
}

/// Takes members out of a group, [`MEMBERS_PER_REQUEST`] at a time.
pub fn members_removed<S: AsRef<str>>(target_ids: &[S], wire: WireForm) -> Vec<PatchRequest> {
    target_ids.chunks(MEMBERS_PER_REQUEST).map(|batch| wire.members_removed(batch)).collect()
}
