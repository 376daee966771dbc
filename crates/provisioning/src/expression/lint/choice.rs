//! `Switch`, `Coalesce`, and the defect that Microsoft documents.

use super::super::fix::Fix;
use super::super::tree::{Call, Node, NodeKind};
use super::{Apply, Lint, Rule, Severity, View, rewrite};

/// Looks at a call that chooses one of its arguments.
pub(super) fn check(view: &View<'_>, node: &Node, found: &mut Vec<Lint>) {
    let NodeKind::Call(call) = &node.kind else { return };
    match call.name.as_str() {
        "Switch" => {
            found.extend(applied_always(view, node, call));
            found.extend(over_test(view, node, call));
            unreachable_keys(call, found);
        }
        "Coalesce" => found.extend(unreachable_source(view, call)),
        "SelectUniqueValue" => found.push(unique(view, node, call)),
        _ => {}
    }
}

fn applied_always(view: &View<'_>, node: &Node, call: &Call) -> Option<Lint> {
    if view.situation.apply != Apply::Always {
        return None;
    }
    let message = "when another attribute changes and this source does not, Switch can yield \
                   nothing and blank the target: a defect that Microsoft documents";
    // Entra's own mapping for `active` is written so.
    let reads_state = matches!(call.argument(0).map(|source| &source.kind),
                 Some(NodeKind::Attribute(name)) if name == "IsSoftDeleted");
    let severity = if reads_state { Severity::Hint } else { Severity::Warning };
    Some(
        Lint::new(Rule::SwitchAppliedAlways, call.name_span.clone(), message)
            .severe(severity)
            .helping("write it with `IIF`, or apply the mapping only during object creation")
            .fixing(rewrite::switch_as_iif(view, node, call)),
    )
}

fn over_test(view: &View<'_>, node: &Node, call: &Call) -> Option<Lint> {
    let source = call.argument(0)?;
    let NodeKind::Call(test) = &source.kind else { return None };
    if !matches!(test.name.as_str(), "IsNull" | "IsNullOrEmpty" | "IsPresent") {
        return None;
    }
    let message = format!(
        "`{}` yields True or False, and only the keys \"True\" and \"False\" can equal that; \
         Microsoft recommends it on one page and warns of it on another",
        test.name
    );
    Some(
        Lint::new(Rule::SwitchOverTest, source.span.clone(), message)
            .helping("let `Switch` read the value itself, with the key \"\" for no value")
            .fixing(rewrite::switch_without_test(view, node, call, test)),
    )
}

fn unreachable_keys(call: &Call, found: &mut Vec<Lint>) {
    let keys = || (2..call.arguments.len()).step_by(2);
    let source = call.argument(0);
    for place in keys() {
        let Some(key) = call.argument(place) else { continue };
        let mut before = keys().take_while(|earlier| *earlier < place);
        let message = if before.clone().any(|earlier| is_same(call.argument(earlier), key)) {
            "this key stands before already, so its value is never taken"
        } else if before.any(|earlier| {
            call.argument(earlier).is_some_and(|key| key.is_attribute() && source == Some(key))
        }) {
            "a key before this one is the source itself, so this one is never reached"
        } else {
            continue;
        };
        let fix =
            call.argument(place - 1).zip(call.argument(place + 1)).filter(|_| place > 2).map(
                |(last, value)| Fix::removing("take the pair out", last.span.end..value.span.end),
            );
        found.push(
            Lint::new(Rule::UnreachableKey, key.span.clone(), message)
                .helping("correct the key, or take it out with its value")
                .fixing(fix),
        );
    }
}

/// Whether two parts yield the same for everybody: what is drawn anew does not.
fn is_same(earlier: Option<&Node>, later: &Node) -> bool {
    earlier.is_some_and(|earlier| match (earlier.fixed(), later.fixed()) {
        (Some(earlier), Some(later)) => earlier == later,
        _ => earlier == later && !is_random(earlier) && later.kind != NodeKind::Missing,
    })
}

/// Whether something below draws from chance.
pub(super) fn is_random(node: &Node) -> bool {
    let mut found = false;
    node.walk(&mut |part| {
        found |= part.call_of("Guid").or_else(|| part.call_of("RandomString")).is_some();
    });
    found
}

fn unreachable_source(view: &View<'_>, call: &Call) -> Option<Lint> {
    for (place, argument) in call.arguments.iter().enumerate() {
        let Some(argument) = argument else { continue };
        let mut before = (0..place).filter_map(|earlier| call.argument(earlier));
        let message = if before.clone().any(|earlier| is_same(Some(earlier), argument)) {
            "this stands before already, so it cannot help where that is null".to_owned()
        } else if let Some(never) = before.find(|earlier| is_never_null(view, earlier)) {
            format!(
                "`{}` is never null, so what stands behind it is never reached",
                excerpt(view.written(never))
            )
        } else {
            continue;
        };
        let last = (0..place).rev().find_map(|earlier| call.argument(earlier))?;
        let fix = Fix::removing("take it out", last.span.end..argument.span.end);
        return Some(
            Lint::new(Rule::UnreachableSource, argument.span.clone(), message)
                .helping(
                    "take it out, or put it first; `Join` and `Left` yield an empty text, and not \
                     null, where there is nothing",
                )
                .fixing([fix]),
        );
    }
    None
}

/// Whether the language and not the data keeps a part from being null.
fn is_never_null(view: &View<'_>, node: &Node) -> bool {
    !node.is_attribute() && node.kind != NodeKind::Missing && !view.infer(node).may_be_null && {
        // What is certain of an attribute may change with the next person.
        let unknown = super::super::infer::infer(node, None);
        !unknown.may_be_null && !unknown.may_be_ignored
    }
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(30) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn unique(view: &View<'_>, node: &Node, call: &Call) -> Lint {
    let message = "`SelectUniqueValue` is supported for Workday, SuccessFactors and API-driven \
                   provisioning into on-premises Active Directory; for an application it is a \
                   configuration error";
    let fix = call.argument(0).map(|first| {
        Fix::replacing("take the first value", node.span.clone(), view.written(first))
    });
    Lint::new(Rule::UniqueInApplication, call.name_span.clone(), message)
        .helping("make the value unique by what it is made of, for example `[employeeId]`")
        .fixing(fix)
}
