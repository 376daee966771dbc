//! Arguments that a parameter can never take, and those that it takes from few people only.

use super::super::fix::{Edit, Fix};
use super::super::function::Kind;
use super::super::infer::ValueKind;
use super::super::lex;
use super::super::tree::{Call, Node, NodeKind};
use super::super::value::Number;
use super::{Lint, Rule, Severity, View};

/// Looks at the arguments of a call and at the sides of a comparison.
pub(super) fn check(view: &View<'_>, node: &Node, found: &mut Vec<Lint>) {
    match &node.kind {
        NodeKind::Comparison(left, _, right) => {
            found.extend([left, right].iter().filter_map(|side| several(view, side)));
        }
        NodeKind::Call(call) => {
            for (place, argument) in call.arguments.iter().enumerate() {
                let (Some(argument), Some(function)) = (argument, call.function) else { continue };
                let Some(parameter) = function.parameter(place) else { continue };
                found.extend(match parameter.kind {
                    Kind::Number => number(view, argument),
                    Kind::Date => date(view, argument),
                    Kind::Interval => interval(argument),
                    _ => None,
                });
                if takes_one(call, place, parameter.kind) {
                    found.extend(several(view, argument));
                }
            }
            found.extend(position(call));
        }
        _ => {}
    }
}

/// Whether several values in this place make the evaluation fail.
fn takes_one(call: &Call, place: usize, kind: Kind) -> bool {
    let is_compared =
        call.name == "Switch" && (place == 0 || (place > 1 && place.is_multiple_of(2)));
    is_compared
        || call.name == "CStr"
        || matches!(kind, Kind::Text | Kind::Number | Kind::Pattern | Kind::DateFormat)
}

fn several(view: &View<'_>, argument: &Node) -> Option<Lint> {
    if !view.infer(argument).kinds.is_only(ValueKind::List) {
        return None;
    }
    let message = "there may be several values here, and one is needed: people with more than one \
                   fail";
    let label = "take the first one";
    let lint = Lint::new(Rule::OneValueExpected, argument.span.clone(), message);
    Some(
        lint.helping("pick one with `Item`, or put them together with `Join`")
            .fixing([around(label, argument, "Item(", ", 1)")]),
    )
}

/// Puts something before and behind a node.
pub(super) fn around(label: &str, node: &Node, before: &str, behind: &str) -> Fix {
    let edit = |at, text: &str| Edit { span: at..at, text: text.to_owned() };
    let edits = vec![edit(node.span.start, before), edit(node.span.end, behind)];
    Fix { label: label.to_owned(), edits }
}

fn number(view: &View<'_>, argument: &Node) -> Option<Lint> {
    let lint = |message: String| Lint::new(Rule::NumberExpected, argument.span.clone(), message);
    if let Some(written) = argument.fixed() {
        let is_whole = matches!(Number::read(written.trim()), Some(Number::Integer(_)));
        let message = format!("`{written}` is no whole number, so everybody fails");
        return (!is_whole).then(|| lint(message).helping("write a whole number here"));
    }
    let kinds = view.infer(argument).kinds;
    let can_be = [ValueKind::Number, ValueKind::Text, ValueKind::List];
    if can_be.into_iter().any(|kind| kinds.has(kind)) || kinds.iter().next().is_none() {
        return None;
    }
    let found = kinds.iter().next().map_or("a value", ValueKind::in_words);
    let message = format!("a whole number is needed here, and this yields {found}");
    Some(lint(message).helping("put what yields a number here"))
}

fn date(view: &View<'_>, argument: &Node) -> Option<Lint> {
    let kinds = view.infer(argument).kinds;
    if kinds.has(ValueKind::Date) || argument.kind == NodeKind::Missing {
        return None;
    }
    let message = "a date is needed here, and this is the text of one at best: everybody fails";
    let fix = around("wrap it in `CDate`", argument, "CDate(", ")");
    let lint = Lint::new(Rule::DateNotWrapped, argument.span.clone(), message);
    Some(lint.helping("wrap it in `CDate(...)`").fixing([fix]))
}

/// What is written for an interval in other languages.
const INTERVALS: [(&str, &[&str]); 7] = [
    ("yyyy", &["y", "yy", "year", "years", "yyyy"]),
    ("m", &["m", "mm", "month", "months"]),
    ("d", &["d", "dd", "day", "days", "y"]),
    ("ww", &["w", "wk", "week", "weeks", "ww"]),
    ("h", &["h", "hh", "hour", "hours"]),
    ("n", &["n", "mi", "min", "minute", "minutes"]),
    ("s", &["s", "ss", "sec", "second", "seconds"]),
];

fn interval(argument: &Node) -> Option<Lint> {
    let written = argument.fixed()?;
    if INTERVALS.iter().any(|(interval, _)| *interval == written) {
        return None;
    }
    let typed = written.trim().to_lowercase();
    let meant = INTERVALS.iter().find(|(_, names)| names.contains(&typed.as_str()));
    let fix = meant.map(|(interval, _)| {
        let quoted = lex::quote(interval);
        Fix::replacing(format!("write `{quoted}`"), argument.span.clone(), quoted)
    });
    let message = format!("`{written}` is no interval, so everybody fails");
    let lint = Lint::new(Rule::UnknownInterval, argument.span.clone(), message);
    Some(
        lint.helping("use yyyy, m (month), d, ww (week), h, n (minute) or s; case counts")
            .fixing(fix),
    )
}

/// Positions that count from 1: what happens below that differs from function to function.
fn position(call: &Call) -> Option<Lint> {
    use Severity::{Error, Warning};
    let (place, happens, severity) = match call.name.as_str() {
        "Mid" => {
            (1, "the result is an empty text here, and may be the whole text in Entra", Warning)
        }
        "Word" => (1, "the result is always an empty text", Warning),
        "Item" => (1, "everybody fails", Error),
        "InStr" => (2, "everybody fails", Error),
        _ => return None,
    };
    let argument = call.argument(place)?;
    match Number::read(argument.fixed()?.trim())? {
        Number::Integer(..=0) => {}
        _ => return None,
    }
    let message = format!("positions in `{}` count from 1: {happens}", call.name);
    let lint = Lint::new(Rule::PositionBelowOne, argument.span.clone(), message);
    let fix = Fix::replacing("write `1`", argument.span.clone(), "1");
    Some(lint.severe(severity).helping("begin with 1").fixing([fix]))
}
