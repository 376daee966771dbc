//! Attributes that the source does not have.

use super::super::check::nearest;
use super::super::fix::Fix;
use super::super::tree::{Node, NodeKind};
use super::{Lint, Rule, View};

/// Attributes that the service computes; no directory lists them.
const COMPUTED: [&str; 2] = ["IsSoftDeleted", "appRoleAssignments"];

/// Finds an attribute that nobody can have.
pub(super) fn check(view: &View<'_>, node: &Node, found: &mut Vec<Lint>) {
    let known = view.situation.attributes;
    let (NodeKind::Attribute(name), Some(attributes)) = (&node.kind, known) else { return };
    let mut known = attributes.iter().map(|hint| hint.name.as_str()).chain(COMPUTED);
    if known.clone().any(|known| known == name) {
        return;
    }
    let other_case = known.clone().find(|known| known.eq_ignore_ascii_case(name));
    let meant = other_case.or_else(|| nearest(name, &mut known));
    let help = match meant {
        Some(meant) if other_case.is_some() => {
            format!("names are case-sensitive: write `[{meant}]`")
        }
        Some(meant) => format!("did you mean `[{meant}]`?"),
        None => "choose an attribute of the source, or ignore this where the directory has more \
                 attributes than are known here"
            .to_owned(),
    };
    let fix = meant.map(|meant| {
        Fix::replacing(format!("write `[{meant}]`"), node.span.clone(), format!("[{meant}]"))
    });
    let message = format!("nobody has an attribute `{name}`, so it is null for everybody");
    let lint = Lint::new(Rule::UnknownAttribute, node.span.clone(), message);
    found.push(lint.helping(help).fixing(fix));
}
