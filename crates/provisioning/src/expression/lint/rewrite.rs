//! Expressions written another way, where that is mechanical.

use super::super::fix::Fix;
use super::super::infer::ValueKind;
use super::super::lex;
use super::super::tree::{Call, Node};
use super::View;
use super::choice::is_random;

/// A `Switch` as nested `IIF`s: only where there is a default, no key stands for "no value", and
/// no key is a number, which `IIF` would compare by its value.
pub(super) fn switch_as_iif(view: &View<'_>, node: &Node, call: &Call) -> Option<Fix> {
    let (source, default) = (call.argument(0)?, call.argument(1)?);
    if is_random(source) || call.arguments.len() < 4 {
        return None;
    }
    let source = view.written(source);
    let mut text = view.written(default).to_owned();
    for place in (2..call.arguments.len()).step_by(2).rev() {
        let (key, value) = (call.argument(place)?, call.argument(place + 1)?);
        let written = key.fixed()?;
        if written.is_empty() || written.parse::<i64>().is_ok() {
            return None;
        }
        text = format!("IIF({source} = {}, {}, {text})", lex::quote(written), view.written(value));
    }
    Some(Fix::replacing("write it with `IIF`", node.span.clone(), text))
}

/// A `Switch` over a test as one over what is tested: `Switch(IsPresent(x), d, "True", v)` is
/// `Switch(x, v, "", d)`.
pub(super) fn switch_without_test(
    view: &View<'_>,
    node: &Node,
    call: &Call,
    test: &Call,
) -> Option<Fix> {
    let tested = test.argument(0)?;
    let keys: Vec<&str> = (2..call.arguments.len())
        .step_by(2)
        .map(|place| call.argument(place)?.fixed())
        .collect::<Option<_>>()?;
    let value_of = |truth: &str| {
        let at = keys.iter().position(|key| *key == truth);
        at.map_or(call.argument(1), |at| call.argument(3 + 2 * at))
    };
    let (when_true, when_false) = (value_of("True"), value_of("False"));
    let (present, absent) = match test.name.as_str() {
        "IsPresent" => (when_true, when_false),
        _ => (when_false, when_true),
    };
    let is_plain = keys.iter().all(|key| matches!(*key, "True" | "False"));
    if !is_plain || !is_text(view, tested) {
        return None;
    }
    Some(by_emptiness(view, node, tested, present, absent?))
}

/// An `IIF` over a test as a `Switch`: `IIF(IsPresent(x), a, b)` is `Switch(x, a, "", b)`.
pub(super) fn iif_as_switch(
    view: &View<'_>,
    node: &Node,
    call: &Call,
    tested: &Node,
    is_present: bool,
) -> Option<Fix> {
    let (when_true, when_false) = (call.argument(1)?, call.argument(2)?);
    let (present, absent) =
        if is_present { (when_true, when_false) } else { (when_false, when_true) };
    is_text(view, tested).then(|| by_emptiness(view, node, tested, Some(present), absent))
}

/// Whether `Switch` can read it: several values cannot be compared.
fn is_text(view: &View<'_>, tested: &Node) -> bool {
    let kinds = view.infer(tested).kinds;
    !kinds.is_only(ValueKind::List) && !kinds.has(ValueKind::Roles)
}

fn by_emptiness(
    view: &View<'_>,
    node: &Node,
    tested: &Node,
    present: Option<&Node>,
    absent: &Node,
) -> Fix {
    let present = present.map_or("", |present| view.written(present));
    let (tested, absent) = (view.written(tested), view.written(absent));
    let text = format!("Switch({tested}, {present}, \"\", {absent})");
    Fix::replacing("write it with `Switch`", node.span.clone(), text)
}

/// Nested `Append`s as one `Join`.
pub(super) fn append_as_join(view: &View<'_>, node: &Node) -> Option<Fix> {
    let mut parts = Vec::new();
    flatten(node, &mut parts)?;
    let texts: Vec<&str> = parts.iter().map(|part| view.written(part)).collect();
    let text = format!("Join(\"\", {})", texts.join(", "));
    (texts.len() > 2).then(|| Fix::replacing("write `Join`", node.span.clone(), text))
}

fn flatten<'n>(node: &'n Node, parts: &mut Vec<&'n Node>) -> Option<()> {
    match node.call_of("Append") {
        Some(call) => {
            flatten(call.argument(0)?, parts)?;
            flatten(call.argument(1)?, parts)
        }
        None => {
            parts.push(node);
            Some(())
        }
    }
}
