//! Functions over the roles that the application assigns.

use std::borrow::Cow;

use super::super::evaluate::{Call, Outcome};
use super::super::value::{Value, role_text};
use super::{CHOSEN, DOCUMENTED, Function, Kind, required};
use crate::source::AppRole;

pub(super) const SINGLE_APP_ROLE_ASSIGNMENT: Function = Function {
    name: "SingleAppRoleAssignment",
    summary: "The one role of a person: its value, or its name where it has none.",
    parameters: &[required("appRoleAssignments", Kind::Roles)],
    examples: &[],
    evidence: CHOSEN,
};

pub(super) fn single_app_role_assignment<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(match call.value(0)? {
        Value::Roles(roles) => roles.first().map_or(Value::Null, |role| role_text(role).into()),
        _ => Value::Null,
    })
}

pub(super) const APP_ROLE_ASSIGNMENTS_COMPLEX: Function = Function {
    name: "AppRoleAssignmentsComplex",
    summary: "All roles of a person, added to those in the application.",
    parameters: &[required("appRoleAssignments", Kind::Roles)],
    examples: &[],
    evidence: DOCUMENTED,
};

pub(super) const ASSERTIVE_APP_ROLE_ASSIGNMENTS_COMPLEX: Function = Function {
    name: "AssertiveAppRoleAssignmentsComplex",
    summary: "All roles of a person, in the place of those in the application.",
    parameters: &[required("appRoleAssignments", Kind::Roles)],
    examples: &[],
    evidence: DOCUMENTED,
};

/// One JSON text per role. Both functions yield the same; they differ in how the result is written.
pub(super) fn app_role_assignments_complex<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(match call.value(0)? {
        Value::Roles(roles) => Value::List(roles.iter().map(role_json).map(Cow::Owned).collect()),
        _ => Value::Null,
    })
}

fn role_json(role: &AppRole) -> String {
    // The order of the keys is the one in which the service writes them.
    serde_json::json!({ "id": role.id, "value": role.value, "displayName": role.display_name })
        .to_string()
}
