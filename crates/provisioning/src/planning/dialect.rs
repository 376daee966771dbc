//! PATCH requests as Entra writes them, in the form it sends by default and in the compliant one.
//!
//! Source: "Known issues and resolutions with SCIM 2.0 protocol compliance" (August 2025) and the
//! SCIM tutorial (September 2026).

use scim::patch::{Op, Operation, PatchRequest, Spelling};
use scim::path::Path;
use serde_json::{Map, Value, json};

use super::Change;
use crate::mapping::Mapper;
use crate::mapping::role::{RoleForm, as_text, claim};
use crate::source::AppRole;

/// The two forms in which Entra writes a PATCH.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WireForm {
    /// What is sent by default: `Add`, `Replace`, Booleans as text, one operation per attribute.
    #[default]
    Legacy,
    /// What the flag `aadOptscim062020` on the tenant URL asks for.
    Compliant,
}

impl WireForm {
    /// Both, the default first.
    pub const ALL: [Self; 2] = [Self::Legacy, Self::Compliant];

    fn spelling(self) -> Spelling {
        match self {
            Self::Legacy => Spelling::Capital,
            Self::Compliant => Spelling::Lower,
        }
    }

    fn request(self, operations: Vec<Operation>) -> PatchRequest {
        PatchRequest::new(operations).spelled(self.spelling())
    }
}

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
    let asserted: Vec<Operation> = changes
        .iter()
        .filter(is_assertive)
        .map(|change| Operation::replace(&change.attribute, change.after.clone()))
        .collect();
    let plain: Vec<&Change> = changes.iter().filter(|change| !is_assertive(change)).collect();
    let operations = match wire {
        WireForm::Legacy => {
            plain.iter().map(|change| own_operation(mapper, change, roles, wire)).collect()
        }
        WireForm::Compliant => compliant(mapper, &plain, roles),
    };
    let mut requests = Vec::new();
    if !operations.is_empty() {
        requests.push(wire.request(operations));
    }
    if !asserted.is_empty() {
        requests.push(PatchRequest::new(asserted));
    }
    requests
}

/// Operations with a path first, then one without that replaces all other single-valued attributes.
fn compliant(mapper: &Mapper, changes: &[&Change], roles: &[AppRole]) -> Vec<Operation> {
    let (gathered, own): (Vec<&&Change>, Vec<&&Change>) =
        changes.iter().partition(|change| is_gathered(mapper, change));
    let mut operations: Vec<Operation> = own
        .into_iter()
        .map(|change| own_operation(mapper, change, roles, WireForm::Compliant))
        .collect();
    if !gathered.is_empty() {
        let members: Map<String, Value> = gathered
            .into_iter()
            .map(|change| (change.attribute.clone(), change.after.clone()))
            .collect();
        let value = Some(Value::Object(members));
        operations.push(Operation { op: Op::Replace, path: None, value });
    }
    operations
}

/// Whether a change travels in the operation without a path: replaced, single-valued, no value
/// filter, and not the switch that disables, which is printed with its path.
fn is_gathered(mapper: &Mapper, change: &Change) -> bool {
    change.before.is_some()
        && !change.after.is_array()
        && !change.attribute.contains('[')
        && !mapper.is_soft_delete(change.row)
        && mapper.role_form(change.row).is_none()
}

/// One operation with a path: add where the application has nothing, replace where it has.
fn own_operation(mapper: &Mapper, change: &Change, roles: &[AppRole], wire: WireForm) -> Operation {
    if mapper.role_form(change.row).is_some() {
        return Operation::add("roles", added_roles(change, roles));
    }
    let value = match (&change.after, wire) {
        (Value::Bool(flag), WireForm::Legacy) => json!(if *flag { "True" } else { "False" }),
        (value, _) => value.clone(),
    };
    match change.before {
        None => Operation::add(&change.attribute, value),
        Some(_) => Operation::replace(&change.attribute, value),
    }
}

/// Roles as the adding forms update them: each `value` is a JSON text.
fn added_roles(change: &Change, roles: &[AppRole]) -> Value {
    let wanted = |role: &&AppRole| match &change.after {
        Value::Array(elements) => {
            elements.iter().any(|element| element.get("value") == Some(&json!(claim(role))))
        }
        single => *single == json!(claim(role)),
    };
    roles.iter().filter(wanted).map(|role| json!({ "value": as_text(role) })).collect()
}

/// Sets a manager (or another single reference), in the form seen in the field: the whole path,
/// the id as plain text.
pub fn reference(path: &Path, target_id: &str, wire: WireForm) -> PatchRequest {
    wire.request(vec![Operation::add(path, target_id)])
}

/// Sets a manager in the form that the documentation prints: a list of one object.
pub fn reference_as_documented(uri: &str, target_id: &str, wire: WireForm) -> PatchRequest {
    let value = json!([{ "$ref": uri, "value": target_id }]);
    wire.request(vec![Operation::add("manager", value)])
}

/// Adds members to a group, [`MEMBERS_PER_REQUEST`] at a time.
pub fn members_added<S: AsRef<str>>(target_ids: &[S], wire: WireForm) -> Vec<PatchRequest> {
    target_ids
        .chunks(MEMBERS_PER_REQUEST)
        .map(|batch| wire.request(vec![Operation::add("members", member_list(batch))]))
        .collect()
}

/// Removes a member from a group: a list in the default form, a value filter in the compliant one.
pub fn member_removed(target_id: &str, wire: WireForm) -> PatchRequest {
    let operation = match wire {
        WireForm::Legacy => Operation {
            op: Op::Remove,
            path: Some("members".to_owned()),
            value: Some(member_list(&[target_id])),
        },
        WireForm::Compliant => Operation::remove(format!("members[value eq {}]", json!(target_id))),
    };
    wire.request(vec![operation])
}

fn member_list<S: AsRef<str>>(target_ids: &[S]) -> Value {
    target_ids.iter().map(|id| json!({ "value": id.as_ref() })).collect()
}
