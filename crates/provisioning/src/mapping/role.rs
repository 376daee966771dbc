//! The three forms in which roles travel to an application, told by the function that yields them.

use serde_json::{Value, json};

use crate::configuration::Source;
use crate::expression::tree::NodeKind;
use crate::source::AppRole;

/// The type that Entra writes into every role.
pub const ROLE_TYPE: &str = "WindowsAzureActiveDirectoryRole";

/// How a row writes roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleForm {
    /// `SingleAppRoleAssignment`: one role.
    Single,
    /// `AppRoleAssignmentsComplex`: roles are added, none is ever removed.
    Adding,
    /// `AssertiveAppRoleAssignmentsComplex`: the roles replace what the application holds.
    Assertive,
}

impl RoleForm {
    /// The form of a mapping source; nothing where the outermost function is no role function.
    pub fn of(source: &Source) -> Option<Self> {
        let Source::Expression(expression) = source else { return None };
        let NodeKind::Call(call) = &expression.root().kind else { return None };
        match call.name.as_str() {
            "SingleAppRoleAssignment" => Some(Self::Single),
            "AppRoleAssignmentsComplex" => Some(Self::Adding),
            "AssertiveAppRoleAssignmentsComplex" => Some(Self::Assertive),
            _ => None,
        }
    }

    /// The roles as elements of the application's `roles`, as a create sends them.
    ///
    /// Microsoft prints `displayName` for the adding function and `display` for the assertive one.
    pub fn elements(self, roles: &[AppRole]) -> Value {
        let name = if self == Self::Assertive { "display" } else { "displayName" };
        let element = |role: &AppRole| json!({ "primary": self == Self::Single, "type": ROLE_TYPE, name: role.display_name, "value": claim(role) });
        Value::Array(roles.iter().map(element).collect())
    }
}

/// The JSON text that the adding forms put into `value` on an update.
pub fn as_text(role: &AppRole) -> String {
    json!({ "id": role.id, "value": role.value, "displayName": role.display_name }).to_string()
}

/// The claim value of a role, or its name where the claim value is empty.
pub fn claim(role: &AppRole) -> &str {
    if role.value.is_empty() { &role.display_name } else { &role.value }
}

/// The claim of a role that an application holds: the text itself, or what the JSON text of
/// [`as_text`] says.
pub fn claim_in(text: &str) -> String {
    let read: Option<Value> = serde_json::from_str(text).ok().filter(Value::is_object);
    let member = |name: &str| {
        let found =
            read.as_ref()?.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.and_then(|(_, value)| value.as_str()).filter(|text| !text.is_empty())
    };
    member("value").or_else(|| member("displayName")).unwrap_or(text).to_owned()
}
