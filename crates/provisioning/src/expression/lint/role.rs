//! Roles, which only the role functions read and only some scopes have.

use super::super::function::Kind;
use super::super::tree::{Node, NodeKind};
use super::argument::around;
use super::{Lint, Rule, View};

/// Looks at role functions and at `[appRoleAssignments]`.
pub(super) fn check(view: &View<'_>, node: &Node, found: &mut Vec<Lint>) {
    if view.is_root(node) && is_roles(node) {
        found.push(direct(node));
    }
    let NodeKind::Call(call) = &node.kind else { return };
    let reads = |place| {
        let function = call.function?;
        Some(function.parameter(place)?.kind == Kind::Roles)
    };
    for (place, argument) in call.arguments.iter().enumerate() {
        found.extend(
            argument
                .iter()
                .filter(|argument| is_roles(argument) && reads(place) == Some(false))
                .map(direct),
        );
    }
    if reads(0) != Some(true) {
        return;
    }
    if view.situation.scope_is_all {
        let message = "role functions do not work with \"Sync all users and groups\", because \
                       nobody has to have a role there";
        let lint = Lint::new(Rule::RolesWithSyncAll, call.name_span.clone(), message);
        found.push(
            lint.helping("choose \"Sync only assigned users and groups\", or another source"),
        );
    }
    if call.name != "SingleAppRoleAssignment" && !view.is_root(node) {
        let message = format!(
            "`{}` writes whole roles and not a text, so nothing around it makes sense of them",
            call.name
        );
        found.push(
            Lint::new(Rule::NestedRoles, call.name_span.clone(), message)
                .helping("make it the outermost function, or use `SingleAppRoleAssignment`"),
        );
    }
}

fn is_roles(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Attribute(name) if name == "appRoleAssignments")
}

fn direct(node: &Node) -> Lint {
    let message =
        "`appRoleAssignments` cannot be mapped directly: it holds several things per role";
    let fix =
        |function: &str| around(&format!("use `{function}`"), node, &format!("{function}("), ")");
    Lint::new(Rule::RolesMappedDirectly, node.span.clone(), message)
        .helping("read it with one of the role functions")
        .fixing([fix("SingleAppRoleAssignment"), fix("AssertiveAppRoleAssignmentsComplex")])
}
