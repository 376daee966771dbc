//! What may not stand where it does although it may stand elsewhere.

use super::super::fault::Fault;
use super::super::fix::{Edit, Fix};
use super::super::function::{
    self, Function, IGNORE_FLOW_IF_NULL_OR_EMPTY, IIF, Kind, SELECT_UNIQUE_VALUE,
};
use super::super::parse::Parsed;
use super::super::rule::Rule;
use super::super::tree::{Call, Keyword, Node, NodeKind};

/// Checks what stands directly below a node.
///
/// The repairs change the whole text, so they are offered only where all of it could be read.
pub(super) fn check(text: &str, parsed: &Parsed, node: &Node, faults: &mut Vec<Fault>) {
    let whole = Some(&parsed.root).filter(|_| parsed.faults.is_empty());
    for child in node.children() {
        if let Some(call) = called(child, &SELECT_UNIQUE_VALUE) {
            let message = "`SelectUniqueValue` works at the top only";
            faults.push(
                Fault::new(Rule::Placement, call.name_span.clone(), message)
                    .helping("make it the outermost function")
                    .fixing(whole.and_then(|root| outermost(text, root, call))),
            );
        }
    }
    let NodeKind::Call(call) = &node.kind else { return };
    faults.extend(check_condition(whole, call));
    for (place, argument) in call.arguments.iter().enumerate() {
        if let Some(Node { kind: NodeKind::Keyword(keyword), span }) = argument
            && let Some(function) = call.function
            && function.parameter(place).is_none_or(|p| p.kind != Kind::CompareType)
        {
            let message = format!("`{}` has no meaning here", Keyword::as_str(*keyword));
            faults.push(
                Fault::new(Rule::Placement, span.clone(), message)
                    .helping("it is the fourth argument of `InStr`"),
            );
        }
    }
}

/// `IgnoreFlowIfNullOrEmpty` is no condition.
fn check_condition(root: Option<&Node>, call: &Call) -> Option<Fault> {
    let condition = call.argument(0).filter(|_| call.function == Some(&IIF))?;
    let inner = called(condition, &IGNORE_FLOW_IF_NULL_OR_EMPTY)?;
    let edit = |span, text: &str| Edit { span, text: text.to_owned() };
    let fix = root.zip(inner.argument(0)).map(|(root, tested)| Fix {
        label: "put it around the whole expression".to_owned(),
        edits: vec![
            edit(root.span.start..root.span.start, "IgnoreFlowIfNullOrEmpty("),
            edit(condition.span.start..tested.span.start, ""),
            edit(tested.span.end..condition.span.end, ""),
            edit(root.span.end..root.span.end, ")"),
        ],
    });
    let message = "`IgnoreFlowIfNullOrEmpty` is no condition";
    let fault = Fault::new(Rule::Placement, inner.name_span.clone(), message)
        .helping("put it around the whole `IIF`");
    Some(fault.fixing(fix))
}

fn called<'a>(node: &'a Node, function: &Function) -> Option<&'a Call> {
    match &node.kind {
        NodeKind::Call(call) if call.function == Some(function) => Some(call),
        _ => None,
    }
}

/// `ToLower(SelectUniqueValue(a, b))` as `SelectUniqueValue(ToLower(a), ToLower(b))`: what stands
/// around it moves into each of its arguments, where it is only functions over one text.
fn outermost(text: &str, root: &Node, unique: &Call) -> Option<Fix> {
    let mut count = 0;
    root.walk(&mut |node| count += usize::from(called(node, &SELECT_UNIQUE_VALUE).is_some()));
    if count > 1 {
        return None;
    }
    let mut around = Vec::new();
    let mut node = root;
    while called(node, &SELECT_UNIQUE_VALUE).is_none_or(|call| call.name_span != unique.name_span) {
        let NodeKind::Call(call) = &node.kind else { return None };
        let source = call.argument(0)?;
        if call.function?.parameter(0)?.kind != function::Kind::Text {
            return None;
        }
        let before = text.get(node.span.start..source.span.start)?;
        around.push((before, text.get(source.span.end..node.span.end)?));
        node = source;
    }
    let candidates: Vec<String> = unique
        .arguments
        .iter()
        .flatten()
        .filter_map(|argument| {
            let candidate = text.get(argument.span.clone())?.to_owned();
            let wrap = |inner, (before, behind): &(&str, &str)| format!("{before}{inner}{behind}");
            Some(around.iter().rev().fold(candidate, wrap))
        })
        .collect();
    let text = format!("SelectUniqueValue({})", candidates.join(", "));
    Some(Fix::replacing("make it the outermost function", root.span.clone(), text))
}
