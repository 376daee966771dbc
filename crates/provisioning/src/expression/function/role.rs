//! Functions over the roles that the application assigns.

use std::borrow::Cow;

use super::super::evaluate::{Call, Outcome};
use super::super::value::{Value, role_text};
use super::{
    CHOSEN, DOCUMENTED, Evidence, EvidenceLevel, Example, Function, Kind, chosen, required, stated,
};
use crate::source::AppRole;

pub(super) const SINGLE_APP_ROLE_ASSIGNMENT: Function = Function {
    name: "SingleAppRoleAssignment",
    summary: "The one role of a person: its value, or its name where it has none.",
    parameters: &[required("appRoleAssignments", Kind::Roles, "always `[appRoleAssignments]`")],
    examples: &[Example {
        expression: "SingleAppRoleAssignment([appRoleAssignments])",
        attributes: &[("appRoleAssignments", "Auditor")],
        result: "Auditor",
    }],
    evidence: CHOSEN,
    notes: &[
        chosen("the value of the role, or its display name where the value is empty"),
        stated("with several roles it is undefined which one is sent"),
        stated("does not work with \"Sync all users and groups\""),
    ],
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
    parameters: &[required("appRoleAssignments", Kind::Roles, "always `[appRoleAssignments]`")],
    examples: &[Example {
        expression: "AppRoleAssignmentsComplex([appRoleAssignments])",
        attributes: &[("appRoleAssignments", "Auditor")],
        result: r#"{"id":"1","value":"Auditor","displayName":"Auditor"}"#,
    }],
    evidence: DOCUMENTED,
    notes: &[
        stated("roles are added and never removed"),
        stated("does not work with \"Sync all users and groups\""),
    ],
};

pub(super) const ASSERTIVE_APP_ROLE_ASSIGNMENTS_COMPLEX: Function = Function {
    name: "AssertiveAppRoleAssignmentsComplex",
    summary: "All roles of a person, in the place of those in the application.",
    parameters: &[required("appRoleAssignments", Kind::Roles, "always `[appRoleAssignments]`")],
    examples: &[Example {
        expression: "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])",
        attributes: &[("appRoleAssignments", "Auditor")],
        result: r#"{"id":"1","value":"Auditor","displayName":"Auditor"}"#,
    }],
    evidence: Evidence::mappings(EvidenceLevel::DocumentedExample),
    notes: &[
        stated("documented with the mappings, not in the list of functions"),
        stated("does not work with \"Sync all users and groups\""),
    ],
};

/// One JSON text per role. Both functions yield the same; they differ in how the result is written.
pub(super) fn app_role_assignments_complex<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(match call.value(0)? {
        Value::Roles(roles) => {
            let texts: Vec<_> = roles.iter().map(role_json).map(Cow::Owned).collect();
            Value::List(texts.into())
        }
        _ => Value::Null,
    })
}

fn role_json(role: &AppRole) -> String {
    // The order of the keys is the one in which the service writes them.
    serde_json::json!({ "id": role.id, "value": role.value, "displayName": role.display_name })
        .to_string()
}
