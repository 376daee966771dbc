//! The result against the attribute that is written.

use std::ops::Range;

use super::super::infer::{Inferred, ValueKind};
use super::super::tree::{Node, NodeKind};
use super::argument::around;
use super::condition::depends;
use super::{Lint, Rule, Severity, TargetHint, View};

/// Looks at the whole expression.
pub(super) fn check(view: &View<'_>, found: &mut Vec<Lint>) {
    let inferred = view.infer(view.root);
    found.extend(mapping_type(view));
    found.extend(date(view, inferred));
    if let Some(target) = view.situation.target {
        found.extend(kind(view, inferred, target));
        leaves(view.root, &mut |leaf| found.extend(spelled(leaf, target)));
        found.extend(missing(view, inferred, target));
    }
}

/// A constant or a bare attribute, for which the portal has mapping types of their own.
fn mapping_type(view: &View<'_>) -> Option<Lint> {
    let span = view.root.span.clone();
    match &view.root.kind {
        NodeKind::Attribute(name) if name != "appRoleAssignments" => {
            let message = "an attribute alone is what the mapping type Direct is for";
            let help = format!("choose Direct with the source attribute `{name}`");
            Some(Lint::new(Rule::DirectMapping, span, message).helping(help))
        }
        NodeKind::Text(_) | NodeKind::Number(_) => {
            let message = "a fixed value is what the mapping type Constant is for";
            Some(Lint::new(Rule::ConstantMapping, span, message).helping("choose Constant"))
        }
        NodeKind::Call(_) if !depends(view.root) => {
            let message = "no attribute is read, so everybody gets the same value";
            let help = "read an attribute, or choose the mapping type Constant";
            Some(Lint::new(Rule::ConstantMapping, span, message).helping(help))
        }
        _ => None,
    }
}

/// A calculated date, which is written as `3/16/2020 7:00:00 AM`.
fn date(view: &View<'_>, inferred: Inferred) -> Option<Lint> {
    if !inferred.kinds.is_only(ValueKind::Date) {
        return None;
    }
    let message = "a calculated date is sent as `3/16/2020 7:00:00 AM`, and SCIM applications \
                   expect `2020-03-16T07:00:00Z`";
    let behind = r#", , "M/d/yyyy h:mm:ss tt", "yyyy-MM-ddTHH:mm:ssZ")"#;
    let fix = around("write it by `FormatDateTime`", view.root, "FormatDateTime(", behind);
    Some(
        Lint::new(Rule::DateResult, view.root.span.clone(), message)
            .helping("write it with `FormatDateTime`")
            .fixing([fix]),
    )
}

/// A kind of result that the target cannot take.
fn kind(view: &View<'_>, inferred: Inferred, target: TargetHint) -> Option<Lint> {
    let kinds = inferred.kinds;
    let lint = |message: String| Lint::new(Rule::ResultType, view.root.span.clone(), message);
    if kinds.is_only(ValueKind::List) && !target.multi_valued {
        let message = "there may be several values, and the target takes one: the first is sent";
        return Some(lint(message.to_owned()).helping("pick one with `Item`, or use `Join`"));
    }
    let fits = |kind: ValueKind| match target.kind {
        ValueKind::Boolean | ValueKind::Number => {
            kind == target.kind || matches!(kind, ValueKind::Text | ValueKind::List)
        }
        ValueKind::Date => matches!(kind, ValueKind::Text | ValueKind::Date | ValueKind::List),
        ValueKind::Text | ValueKind::List | ValueKind::Roles => true,
    };
    let first = kinds.iter().next()?;
    if kinds.iter().any(fits) {
        return None;
    }
    let message =
        format!("the target takes {}, and this yields {}", wanted(target), first.in_words());
    Some(lint(message).severe(Severity::Error).helping("choose another source or another target"))
}

fn wanted(target: TargetHint) -> &'static str {
    match target.kind {
        ValueKind::Number => "a whole number",
        kind => kind.in_words(),
    }
}

/// The fixed texts that can be the whole result.
fn leaves<'n>(node: &'n Node, visit: &mut impl FnMut(&'n Node)) {
    let NodeKind::Call(call) = &node.kind else { return visit(node) };
    let results: Vec<usize> = match call.name.as_str() {
        "IIF" => vec![1, 2],
        "Switch" => [1].into_iter().chain((3..call.arguments.len()).step_by(2)).collect(),
        "Coalesce" | "SelectUniqueValue" => (0..call.arguments.len()).collect(),
        "Redact" | "IgnoreFlowIfNullOrEmpty" => vec![0],
        _ => return,
    };
    for result in results.into_iter().filter_map(|place| call.argument(place)) {
        leaves(result, visit);
    }
}

/// A fixed text that has no form in the target's type.
fn spelled(leaf: &Node, target: TargetHint) -> Option<Lint> {
    let text = leaf.fixed().filter(|text| !text.is_empty())?;
    let fits = match target.kind {
        ValueKind::Boolean => ["true", "false"].iter().any(|t| text.eq_ignore_ascii_case(t)),
        ValueKind::Number => text.parse::<i64>().is_ok(),
        _ => true,
    };
    let message = format!("the target takes {}, and \"{text}\" is none", wanted(target));
    (!fits).then(|| {
        Lint::new(Rule::ResultType, leaf.span.clone(), message)
            .severe(Severity::Error)
            .helping("people who get this value fail; write one that the target takes")
    })
}

/// People who would get nothing where something is needed.
fn missing(view: &View<'_>, inferred: Inferred, target: TargetHint) -> Option<Lint> {
    let lint = |rule, message: String| Lint::new(rule, whole(view), message);
    let why = reason(view, inferred);
    if target.is_matching && (inferred.may_be_ignored || view.root.call_of(UNIQUE).is_some()) {
        let message = "a function that drops values is not allowed on a matching attribute";
        return Some(
            lint(Rule::MatchingMayBeMissing, message.to_owned())
                .severe(Severity::Error)
                .helping("match by what everybody has, such as `[userPrincipalName]`"),
        );
    }
    if target.is_matching && inferred.may_be_missing() {
        let message = format!("{why}: whoever gets no value cannot be looked up and fails");
        return Some(
            lint(Rule::MatchingMayBeMissing, message)
                .helping("add a source that everybody has, for example with `Coalesce`"),
        );
    }
    if !target.required || !inferred.may_be_missing() || target.has_default {
        return None;
    }
    let message = format!("{why}, and the target is required: whoever gets no value fails");
    Some(
        lint(Rule::RequiredMayBeMissing, message)
            .helping("add a source that everybody has with `Coalesce`, or a default value"),
    )
}

const UNIQUE: &str = "SelectUniqueValue";

fn whole(view: &View<'_>) -> Range<usize> {
    view.root.span.clone()
}

fn reason(view: &View<'_>, inferred: Inferred) -> String {
    let mut absent = None;
    view.root.walk(&mut |node| {
        if let NodeKind::Attribute(name) = &node.kind
            && absent.is_none()
            && view.infer(node).may_be_null
        {
            absent = Some(name);
        }
    });
    match absent {
        Some(name) if inferred.may_be_null => format!("the result is null where `{name}` is"),
        Some(name) => format!("the result may be empty, for example without `{name}`"),
        None => "the result may be empty".to_owned(),
    }
}
