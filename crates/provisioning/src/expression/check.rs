//! What is wrong with a tree that follows the grammar: names, numbers of arguments, places.

mod arity;
mod name;
mod placement;

use super::fault::Fault;
use super::fix::Fix;
use super::function::{Function, Kind};
use super::parse::Parsed;
use super::rule::Rule;
use super::tree::{Call, Node, NodeKind};

pub(super) use name::nearest;

/// The longest expression that Entra stores, in characters.
const LENGTH_LIMIT: usize = 10_000;

/// All faults of a tree, beside those of its grammar.
pub(super) fn check(text: &str, parsed: &Parsed) -> Vec<Fault> {
    let mut faults: Vec<Fault> = check_length(text).into_iter().collect();
    for tree in std::iter::once(&parsed.root).chain(&parsed.beside) {
        tree.walk(&mut |node| {
            if let NodeKind::Call(call) = &node.kind {
                faults.extend(match call.function {
                    None => Some(name::unknown_function(node, call)),
                    Some(function) => arity::check(node, call, function, &parsed.faults)
                        .or_else(|| check_roles(call, function)),
                });
            }
            placement::check(text, parsed, node, &mut faults);
        });
    }
    faults
}

fn check_length(text: &str) -> Option<Fault> {
    let length = text.chars().count();
    let message = format!("the expression has {length} characters, and {LENGTH_LIMIT} fit");
    (length > LENGTH_LIMIT).then(|| {
        Fault::new(Rule::TooLong, 0..text.len(), message)
            .helping("compute a part of it in the directory")
    })
}

fn check_roles(call: &Call, function: &Function) -> Option<Fault> {
    let wants_roles = function.parameter(0)?.kind == Kind::Roles;
    let argument = call.argument(0)?;
    if !wants_roles || is_roles(argument) || argument.kind == NodeKind::Missing {
        return None;
    }
    let message = format!("`{}` reads the application's roles and nothing else", function.name);
    let fix = Fix::replacing("read the roles", argument.span.clone(), "[appRoleAssignments]");
    let fault = Fault::new(Rule::RolesArgument, argument.span.clone(), message)
        .helping(format!("write `{}([appRoleAssignments])`", function.name));
    Some(fault.fixing([fix]))
}

fn is_roles(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Attribute(name) if name == "appRoleAssignments")
}
