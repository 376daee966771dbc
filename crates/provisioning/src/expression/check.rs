//! What is wrong with a tree that follows the grammar: names, numbers of arguments, places.

use super::fault::{Fault, FaultKind};
use super::function::{self, Function, Kind};
use super::tree::{Call, Keyword, Node, NodeKind};

/// The longest expression that Entra stores, in characters.
const LENGTH_LIMIT: usize = 10_000;

/// Functions that other Microsoft products document under this name, but not this one.
const ELSEWHERE: [&str; 8] = [
    "ConvertFromBase64",
    "DNComponent",
    "Error",
    "StringFromSid",
    "Trim",
    "AppRoleAssignments",
    "IsNothing",
    "Prepend",
];

/// All faults of a tree, beside those of its grammar.
pub(super) fn check(text: &str, root: &Node) -> Vec<Fault> {
    let mut faults = Vec::new();
    let length = text.chars().count();
    if length > LENGTH_LIMIT {
        faults.push(Fault {
            span: 0..text.len(),
            kind: FaultKind::TooLong,
            message: format!("the expression has {length} characters, and {LENGTH_LIMIT} fit"),
            help: Some("compute a part of it in the directory".to_owned()),
        });
    }
    root.walk(&mut |node| {
        if let NodeKind::Call(call) = &node.kind {
            check_call(call, &mut faults);
        }
        check_placement(node, &mut faults);
    });
    faults
}

fn check_call(call: &Call, faults: &mut Vec<Fault>) {
    let fault = match call.function {
        None => Some(unknown_function(call)),
        Some(function) => check_arity(call, function).or_else(|| check_roles(call, function)),
    };
    faults.extend(fault);
}

fn unknown_function(call: &Call) -> Fault {
    let name = &call.name;
    let help = if let Some(meant) = function::find_ignoring_case(name) {
        Some(format!("names are case-sensitive: write `{}`", meant.name))
    } else if ELSEWHERE.contains(&name.as_str()) {
        Some("it is known from other Microsoft products, not from application provisioning".into())
    } else {
        nearest(name).map(|meant| format!("did you mean `{}`?", meant.name))
    };
    Fault {
        span: call.name_span.clone(),
        kind: FaultKind::UnknownFunction,
        message: format!("there is no function `{name}`"),
        help,
    }
}

/// Checks the number of arguments; empty places at the end count as left out.
fn check_arity(call: &Call, function: &Function) -> Option<Fault> {
    let given = call.arguments.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let missing = (0..given.max(function.parameters.len()))
        .filter(|place| !matches!(call.arguments.get(*place), Some(Some(_))))
        .filter_map(|place| function.parameter(place))
        .find(|parameter| parameter.required);
    let group = function.parameters.len() - function.fixed();
    let message = if let Some(parameter) = missing {
        format!("`{}` is missing its argument `{}`", function.name, parameter.name)
    } else if group == 0 && given > function.parameters.len() {
        let most = function.parameters.len();
        format!("`{}` takes {most} arguments, but {given} are given", function.name)
    } else if group > 1 && !given.saturating_sub(function.fixed()).is_multiple_of(group) {
        format!("the last arguments of `{}` come in groups of {group}", function.name)
    } else {
        return None;
    };
    Some(Fault {
        span: call.name_span.clone(),
        kind: FaultKind::Arity,
        message,
        help: Some(format!("it is written `{}`", function.signature())),
    })
}

fn check_roles(call: &Call, function: &Function) -> Option<Fault> {
    let wants_roles = function.parameter(0)?.kind == Kind::Roles;
    let argument = call.arguments.first()?.as_ref()?;
    let is_roles =
        matches!(&argument.kind, NodeKind::Attribute(name) if name == "appRoleAssignments");
    if !wants_roles || is_roles || argument.kind == NodeKind::Missing {
        return None;
    }
    Some(Fault {
        span: argument.span.clone(),
        kind: FaultKind::Argument,
        message: format!("`{}` reads the application's roles and nothing else", function.name),
        help: Some(format!("write `{}([appRoleAssignments])`", function.name)),
    })
}

/// What may not stand below this node although it may stand elsewhere.
fn check_placement(node: &Node, faults: &mut Vec<Fault>) {
    for child in node.children() {
        if let Some(call) = called(child, &function::SELECT_UNIQUE_VALUE) {
            let help = "make it the outermost function";
            faults.push(misplaced(call, "`SelectUniqueValue` works at the top only", help));
        }
    }
    let NodeKind::Call(call) = &node.kind else { return };
    if call.function == Some(&function::IIF)
        && let Some(Some(condition)) = call.arguments.first()
        && let Some(inner) = called(condition, &function::IGNORE_FLOW_IF_NULL_OR_EMPTY)
    {
        let help = "put it around the whole `IIF`";
        faults.push(misplaced(inner, "`IgnoreFlowIfNullOrEmpty` is no condition", help));
    }
    for (place, argument) in call.arguments.iter().enumerate() {
        if let Some(Node { kind: NodeKind::Keyword(keyword), span }) = argument
            && let Some(function) = call.function
            && function.parameter(place).is_none_or(|p| p.kind != Kind::CompareType)
        {
            faults.push(Fault {
                span: span.clone(),
                kind: FaultKind::Placement,
                message: format!("`{}` has no meaning here", Keyword::as_str(*keyword)),
                help: Some("it is the fourth argument of `InStr`".to_owned()),
            });
        }
    }
}

fn called<'a>(node: &'a Node, function: &Function) -> Option<&'a Call> {
    match &node.kind {
        NodeKind::Call(call) if call.function == Some(function) => Some(call),
        _ => None,
    }
}

fn misplaced(call: &Call, message: &str, help: &str) -> Fault {
    Fault {
        span: call.name_span.clone(),
        kind: FaultKind::Placement,
        message: message.to_owned(),
        help: Some(help.to_owned()),
    }
}

/// The function whose name is at most two edits away.
fn nearest(name: &str) -> Option<&'static Function> {
    // A long text in the place of a name is no misspelling, and comparing it would be slow.
    if name.len() > 60 {
        return None;
    }
    function::ALL
        .iter()
        .map(|function| (edits(name, function.name), *function))
        .filter(|(edits, function)| *edits <= 2 && *edits * 2 < function.name.len())
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, function)| function)
}

/// How many letters must be put in, taken out or replaced to make one word of the other
/// (Levenshtein's distance), without regard to case.
fn edits(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (index, f) in from.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        for (t, above) in to.chars().zip(row.iter_mut().skip(1)) {
            let replaced = diagonal + usize::from(!f.eq_ignore_ascii_case(&t));
            diagonal = *above;
            left = replaced.min(left + 1).min(*above + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = index + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
