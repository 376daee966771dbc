//! Conditions: what can never hold, what always does, and what Entra does not support.

use super::super::fix::Fix;
use super::super::function::Kind;
use super::super::infer::{AttributeHint, ValueKind};
use super::super::lex;
use super::super::tree::{Call, Comparison, Node, NodeKind};
use super::argument::around;
use super::choice::is_random;
use super::{Lint, Rule, View, rewrite};

/// Looks at calls with a condition, at `Switch`, and at comparisons.
pub(super) fn check(view: &View<'_>, node: &Node, found: &mut Vec<Lint>) {
    match &node.kind {
        NodeKind::Comparison(left, _, right) => {
            if view.is_root(node) {
                found.push(outside(node));
            }
            found.extend(spelling(view, left, right));
            found.extend(spelling(view, right, left));
        }
        NodeKind::Call(call) => {
            if let ("IIF", Some(condition)) = (call.name.as_str(), call.argument(0)) {
                found.extend(emptiness(view, node, call, condition));
                found.extend(constant(view, condition));
            }
            if let ("Switch", Some(source)) = (call.name.as_str(), call.argument(0)) {
                let keys = (2..call.arguments.len()).step_by(2);
                let keys = keys.filter_map(|place| call.argument(place));
                found.extend(keys.filter_map(|key| spelling(view, source, key)));
            }
            found.extend(comparisons_as_values(call));
        }
        _ => {}
    }
}

fn comparisons_as_values(call: &Call) -> impl Iterator<Item = Lint> {
    let arguments = call.arguments.iter().enumerate().filter_map(move |(place, argument)| {
        let kind = call.function?.parameter(place)?.kind;
        argument.as_ref().filter(|_| kind != Kind::Condition)
    });
    arguments.filter(|node| matches!(node.kind, NodeKind::Comparison(..))).map(outside)
}

fn outside(node: &Node) -> Lint {
    let message = "a comparison stands where a value is expected; only `IIF` and `CBool` are \
                   documented to take one";
    Lint::new(Rule::ComparisonOutside, node.span.clone(), message)
        .helping("wrap it in `CBool(...)` for True or False, or choose a value with `IIF`")
        .fixing([around("wrap it in `CBool`", node, "CBool(", ")")])
}

/// A test for emptiness as the condition of `IIF`.
fn emptiness(view: &View<'_>, node: &Node, call: &Call, condition: &Node) -> Option<Lint> {
    let lint = |message: &str| {
        Lint::new(Rule::EmptinessInIif, condition.span.clone(), message)
            .helping("use `Switch` with the key \"\", which stands for no value")
    };
    if let NodeKind::Comparison(left, Comparison::Equal, right) = &condition.kind {
        let is_empty = |side: &Node| side.fixed() == Some("");
        let tested = if is_empty(right) { left } else { right };
        if !tested.is_attribute() || !(is_empty(left) || is_empty(right)) {
            return None;
        }
        let message = "an attribute without a value fails every comparison, so this never holds";
        return Some(lint(message).fixing(rewrite::iif_as_switch(view, node, call, tested, false)));
    }
    let (test, is_inverted) = match condition.call_of("Not") {
        Some(not) => (not.argument(0)?, true),
        None => (condition, false),
    };
    let NodeKind::Call(test) = &test.kind else { return None };
    let is_present = match test.name.as_str() {
        "IsPresent" => !is_inverted,
        "IsNull" | "IsNullOrEmpty" => is_inverted,
        _ => return None,
    };
    let tested = test.argument(0)?;
    let message = format!(
        "`{}` is not supported in `IIF`: by Microsoft's rule the condition fails where the \
         attribute has no value, by its printed examples the test is evaluated, as here",
        test.name
    );
    Some(lint(&message).fixing(rewrite::iif_as_switch(view, node, call, tested, is_present)))
}

/// A condition that is the same for everybody.
fn constant(view: &View<'_>, condition: &Node) -> Option<Lint> {
    let lint = |message: &str| Lint::new(Rule::ConstantCondition, condition.span.clone(), message);
    let help = "compare an attribute, or leave the `IIF` out";
    if !depends(condition) {
        let message = "this condition is the same for everybody, so one of the two values is never \
                       sent";
        return Some(lint(message).helping(help));
    }
    if let NodeKind::Comparison(left, _, right) = &condition.kind {
        let message = "both sides are the same, so the condition depends on nothing but whether \
                       there is a value";
        let is_same = left == right && !is_random(left);
        return is_same.then(|| lint(message).helping(help));
    }
    let kinds = view.infer(condition).kinds;
    let can_hold = [ValueKind::Boolean, ValueKind::Text].into_iter().any(|kind| kinds.has(kind));
    if can_hold || kinds.iter().next().is_none() || is_left_to_faults(condition) {
        return None;
    }
    let message = "only True makes a condition hold, and this never yields it";
    Some(lint(message).helping("compare it, as in `... > 0`"))
}

/// What is a fault of its own as a condition.
fn is_left_to_faults(condition: &Node) -> bool {
    condition.call_of("IgnoreFlowIfNullOrEmpty").is_some() || condition.kind == NodeKind::Missing
}

/// Whether a part can differ from person to person, or from moment to moment.
pub(super) fn depends(node: &Node) -> bool {
    let mut found = false;
    node.walk(&mut |part| {
        found |= match &part.kind {
            NodeKind::Attribute(_) | NodeKind::Missing => true,
            NodeKind::Call(call) => call.function.is_none_or(|function| !function.is_constant()),
            _ => false,
        };
    });
    found
}

/// A fixed text that is compared with a truth value, and cannot equal it as it is spelled.
fn spelling(view: &View<'_>, truth: &Node, text: &Node) -> Option<Lint> {
    let written = text.fixed()?;
    let is_empty_key = written.is_empty();
    if is_empty_key || matches!(written, "True" | "False") || !is_truth(view, truth) {
        return None;
    }
    let meant = match written.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Some("True"),
        "false" | "0" | "no" => Some("False"),
        _ => None,
    };
    let fix = meant.map(|meant| {
        let quoted = lex::quote(meant);
        Fix::replacing(format!("write `{quoted}`"), text.span.clone(), quoted)
    });
    let message =
        format!("`{}` is True or False, so it never equals \"{written}\"", view.written(truth));
    Some(
        Lint::new(Rule::BooleanSpelling, text.span.clone(), message)
            .helping("write `\"True\"` or `\"False\"`: upper and lower case count")
            .fixing(fix),
    )
}

/// Whether a part is a truth value; of `accountEnabled` that is known without the people.
fn is_truth(view: &View<'_>, node: &Node) -> bool {
    let flags = ["accountEnabled"].map(|name| AttributeHint::new(name, ValueKind::Boolean));
    match (&node.kind, view.situation.attributes) {
        (NodeKind::Attribute(_), None) => {
            super::super::infer::infer(node, Some(&flags)).kinds.is_only(ValueKind::Boolean)
        }
        _ => view.infer(node).kinds.is_only(ValueKind::Boolean),
    }
}
