//! The number of arguments, and the slips that make it wrong.

use std::ops::Range;

use super::super::fault::Fault;
use super::super::fix::{Edit, Fix};
use super::super::function::{Function, Kind, Parameter};
use super::super::rule::Rule;
use super::super::tree::{Call, Node};

/// Checks the number of arguments; empty places at the end count as left out.
///
/// `grammar` is what is wrong with the text otherwise: a repair goes by how the arguments were
/// read, so it is offered only where that is certain.
pub(super) fn check(
    node: &Node,
    call: &Call,
    function: &Function,
    grammar: &[Fault],
) -> Option<Fault> {
    let (mut fault, fix) = judge(node, call, function, grammar)?;
    let is_within = |fault: &Fault| {
        fault.rule != Rule::Unclosed
            && node.span.start <= fault.span.start
            && fault.span.end <= node.span.end
    };
    if let Some(fix) = fix
        && !grammar.iter().any(is_within)
    {
        fault.fixes.push(fix);
    }
    Some(fault)
}

fn judge(
    node: &Node,
    call: &Call,
    function: &Function,
    grammar: &[Fault],
) -> Option<(Fault, Option<Fix>)> {
    let given = given(call);
    let group = function.parameters.len() - function.fixed();
    let fault = |message: String| {
        Fault::new(Rule::Arity, call.name_span.clone(), message)
            .helping(format!("it is written `{}`", function.signature()))
    };
    if let Some((place, parameter)) = missing(call, function) {
        let message = format!("`{}` is missing its argument `{}`", function.name, parameter.name);
        let surplus = without_empty_places(node, call, function);
        return Some((fault(message), surplus.or_else(|| empty_text(call, place, parameter))));
    }
    if group == 0 && given > function.parameters.len() {
        let most = function.parameters.len();
        let message = format!("`{}` takes {most} arguments, but {given} are given", function.name);
        let fix = match function.name {
            "Append" => Some(join(call)),
            _ if grammar.iter().any(|fault| fault.rule == Rule::Unclosed) => {
                closed_earlier(call, most)
            }
            _ => None,
        };
        return Some((fault(message), fix));
    }
    if group > 1 && !given.saturating_sub(function.fixed()).is_multiple_of(group) {
        let message =
            format!("the last arguments of `{}` come in groups of {group}", function.name);
        return Some((fault(message), default_left_out(call, function)));
    }
    None
}

/// How many places there are, empty ones at the end left out.
fn given(call: &Call) -> usize {
    call.arguments.iter().rposition(Option::is_some).map_or(0, |last| last + 1)
}

fn missing(call: &Call, function: &Function) -> Option<(usize, &'static Parameter)> {
    (0..given(call).max(function.parameters.len()))
        .filter(|place| !call.has(*place))
        .filter_map(|place| Some((place, function.parameter(place)?)))
        .find(|(_, parameter)| parameter.required)
}

/// One comma too many: without the empty places the number is right.
fn without_empty_places(node: &Node, call: &Call, function: &Function) -> Option<Fix> {
    let filled: Vec<&Node> = call.arguments.iter().flatten().collect();
    let is_right = filled.len() == function.parameters.len()
        && filled.len() == function.fixed()
        && call.arguments.len() > filled.len();
    let (first, last) = (filled.first()?, filled.last()?);
    if !is_right || last.span.end >= node.span.end {
        return None;
    }
    // Every gap between two arguments that are there is written anew.
    let mut edits = vec![edit(call.name_span.end..first.span.start, "(")];
    for pair in filled.windows(2) {
        if let [before, behind] = pair {
            edits.push(edit(before.span.end..behind.span.start, ", "));
        }
    }
    Some(Fix { label: "take the surplus comma out".to_owned(), edits })
}

/// An empty text where one is needed and the place is there.
fn empty_text(call: &Call, place: usize, parameter: &Parameter) -> Option<Fix> {
    let next = call.arguments.iter().skip(place).flatten().next()?;
    let is_at_hand = call.has(place + 1);
    if parameter.kind != Kind::Text || !is_at_hand {
        return None;
    }
    let before = call.arguments.get(..place)?.iter().rev().flatten().next();
    let (span, text) = match before {
        Some(before) => (before.span.end..next.span.start, ", \"\", "),
        None => (call.name_span.end..next.span.start, "(\"\", "),
    };
    let is_whole_gap = before.is_some() || place == 0;
    is_whole_gap.then(|| Fix::replacing("put an empty text there", span, text))
}

/// `Append` takes two; `Join` takes as many as there are.
fn join(call: &Call) -> Fix {
    let rename = edit(call.name_span.clone(), "Join");
    let start = call.arguments.iter().flatten().next().map_or(0, |first| first.span.start);
    Fix { label: "write `Join`".to_owned(), edits: vec![rename, edit(start..start, "\"\", ")] }
}

/// Some parenthesis is missing: perhaps the one behind the last argument that this call takes.
fn closed_earlier(call: &Call, most: usize) -> Option<Fix> {
    let last = call.argument(most.checked_sub(1)?)?;
    let label = format!("close `{}(` behind its last argument", call.name);
    Some(Fix::inserting(label, last.span.end, ")"))
}

/// A `Switch` whose default was forgotten with its place.
fn default_left_out(call: &Call, function: &Function) -> Option<Fix> {
    let source = call.argument(0)?;
    let is_switch = function.name == "Switch" && call.arguments.iter().all(Option::is_some);
    let label = "leave the default's place empty";
    is_switch.then(|| Fix::inserting(label, source.span.end, ", "))
}

fn edit(span: Range<usize>, text: &str) -> Edit {
    Edit { span, text: text.to_owned() }
}
