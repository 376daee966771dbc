//! Names of functions that do not exist, and which were meant.

use super::super::fault::Fault;
use super::super::fix::{Edit, Fix};
use super::super::function::{self, Function};
use super::super::rule::Rule;
use super::super::tree::{Call, Node};

/// Functions that other Microsoft products document, but not this one, with what does the same
/// here under another name.
const ELSEWHERE: [(&str, Option<&str>); 16] = [
    ("ConvertFromBase64", None),
    ("DNComponent", None),
    ("Error", None),
    ("StringFromSid", None),
    ("Trim", None),
    ("AppRoleAssignments", Some("AppRoleAssignmentsComplex")),
    ("IsNothing", Some("IsNull")),
    ("Prepend", Some("Append")),
    ("Concat", Some("Append")),
    ("Concatenate", Some("Append")),
    ("LCase", Some("ToLower")),
    ("UCase", Some("ToUpper")),
    ("Lower", Some("ToLower")),
    ("Upper", Some("ToUpper")),
    ("Substring", Some("Mid")),
    ("Length", Some("Len")),
];

/// A call of a function that does not exist.
pub(super) fn unknown_function(node: &Node, call: &Call) -> Fault {
    let name = &call.name;
    let message = format!("there is no function `{name}`");
    let rename =
        |meant: &str| Fix::replacing(format!("write `{meant}`"), call.name_span.clone(), meant);
    let fault = |rule| Fault::new(rule, call.name_span.clone(), message);
    if let Some(meant) = function::find_ignoring_case(name) {
        return fault(Rule::WrongCase)
            .helping(format!("names are case-sensitive: write `{}`", meant.name))
            .fixing([rename(meant.name)]);
    }
    if let Some((known, meant)) = ELSEWHERE.iter().find(|(known, _)| known == name) {
        let here = meant.map_or(String::new(), |meant| format!("; here `{meant}` does it"));
        let help = "it is known from other Microsoft products, not from application provisioning";
        let fix = match *known {
            "Trim" => trim(node, call),
            _ => meant.map(rename),
        };
        return fault(Rule::UnknownFunction).helping(format!("{help}{here}")).fixing(fix);
    }
    let meant = nearest(name, function::ALL.iter().map(|function: &&Function| function.name));
    let fault = fault(Rule::UnknownFunction);
    match meant {
        Some(meant) => fault.helping(format!("did you mean `{meant}`?")).fixing([rename(meant)]),
        None => fault,
    }
}

/// `Trim` by a regular expression.
fn trim(node: &Node, call: &Call) -> Option<Fix> {
    let [Some(source)] = &call.arguments[..] else { return None };
    let edit = |span, text: &str| Edit { span, text: text.to_owned() };
    let behind = source.span.end..node.span.end;
    Some(Fix {
        label: "write `Replace`".to_owned(),
        edits: vec![
            edit(call.name_span.clone(), "Replace"),
            edit(behind, r#", , "^\\s+|\\s+$", , "", , )"#),
        ],
    })
}

/// The name that is at most two letters away from what was typed.
pub(in super::super) fn nearest<'n>(
    typed: &str,
    names: impl Iterator<Item = &'n str>,
) -> Option<&'n str> {
    // A long text in the place of a name is no misspelling, and comparing it would be slow.
    if typed.len() > 60 {
        return None;
    }
    names
        .filter(|name| name.len().abs_diff(typed.len()) <= 2)
        .map(|name| (edits(typed, name), name))
        .filter(|(edits, name)| *edits <= 2 && *edits * 2 < name.len())
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
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
