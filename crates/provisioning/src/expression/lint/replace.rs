//! `Replace`: which combinations of its parameters do something.

use super::super::tree::{Call, Node, NodeKind};
use super::{Lint, Rule, Severity, View};

const SOURCE: usize = 0;
const OLD: usize = 1;
const PATTERN: usize = 2;
const GROUP: usize = 3;
const REPLACEMENT: usize = 4;
const OTHER: usize = 5;
const TEMPLATE: usize = 6;

/// Looks at a call of `Replace`.
pub(super) fn check(_: &View<'_>, node: &Node, found: &mut Vec<Lint>) {
    let Some(call) = node.call_of("Replace") else { return };
    if !call.has(SOURCE) {
        return;
    }
    match incomplete(call) {
        Some((message, help)) => {
            let lint = Lint::new(Rule::ReplaceCombination, call.name_span.clone(), message);
            found.push(lint.severe(Severity::Error).helping(help));
        }
        None => found.extend(idle(call).map(|(argument, message, help)| {
            Lint::new(Rule::ReplaceCombination, argument.span.clone(), message).helping(help)
        })),
    }
    found.extend(missing_group(call));
}

/// What makes everybody fail.
fn incomplete(call: &Call) -> Option<(&'static str, &'static str)> {
    Some(match (call.has(OLD), call.has(PATTERN)) {
        (false, false) => (
            "`Replace` is told neither a text nor a pattern to look for, so everybody fails",
            "give it an `oldValue`, or a `regexPattern`",
        ),
        (true, false) if !call.has(REPLACEMENT) && !call.has(TEMPLATE) => (
            "`Replace` is not told what to put there, so everybody fails",
            "give it a `replacementValue`, which may be \"\", or a `template`",
        ),
        (_, true) if call.has(OTHER) && !call.has(GROUP) => (
            "`replacementAttributeName` needs a group that is taken from it; people without a \
             source fail",
            "name the group in `regexGroupName`",
        ),
        (_, true) if !call.has(OTHER) && !call.has(REPLACEMENT) => (
            "`Replace` is not told what to put there, so everybody fails",
            "give it a `replacementValue`, which may be \"\"",
        ),
        _ => return None,
    })
}

/// Arguments that change nothing beside the others.
fn idle(call: &Call) -> impl Iterator<Item = (&Node, &'static str, &'static str)> {
    let by_pattern = call.has(PATTERN);
    let out = "take it out";
    let rules = [
        (OLD, by_pattern, "with a `regexPattern`, `oldValue` is not looked for", out),
        (GROUP, !by_pattern, "without a `regexPattern` there are no groups", out),
        (TEMPLATE, by_pattern, "with a `regexPattern`, the `template` is not used", out),
        (OTHER, !by_pattern, "without a `regexPattern` the other attribute is not read", out),
        (
            REPLACEMENT,
            !by_pattern && call.has(TEMPLATE),
            "with a `template`, `replacementValue` is not used",
            out,
        ),
        (
            REPLACEMENT,
            by_pattern && call.has(OTHER),
            "with a `replacementAttributeName`, `replacementValue` is not used",
            out,
        ),
    ];
    let empty = call.argument(OLD).filter(|old| !by_pattern && old.fixed() == Some(""));
    let idle = rules.into_iter().filter(|(_, applies, ..)| *applies);
    idle.filter_map(|(place, _, message, help)| Some((call.argument(place)?, message, help)))
        .chain(empty.map(|old| (old, "an empty text is found nowhere", "say what is looked for")))
}

/// A group that the pattern does not have.
fn missing_group(call: &Call) -> Option<Lint> {
    let (pattern, group) = (call.argument(PATTERN)?, call.argument(GROUP)?);
    let (NodeKind::Text(pattern), name) = (&pattern.kind, group.fixed()?) else { return None };
    let forms = [format!("(?<{name}>"), format!("(?'{name}'"), format!("(?P<{name}>")];
    let is_there = name.is_empty()
        || name.chars().all(|c| c.is_ascii_digit())
        || forms.iter().any(|form| pattern.contains(form));
    let message = format!("the pattern has no group `{name}`, so everybody fails");
    let help = format!("name it in the pattern, as in `(?<{name}>...)`");
    (!is_there).then(|| {
        Lint::new(Rule::ReplaceCombination, group.span.clone(), message)
            .severe(Severity::Error)
            .helping(help)
    })
}
