//! How something is written: backslashes, and `Append` upon `Append`.

use super::super::fix::{Edit, Fix};
use super::super::tree::{Node, NodeKind};
use super::{Lint, Rule, View, rewrite};

/// Looks at texts, and at nested calls of `Append`.
pub(super) fn check(view: &View<'_>, node: &Node, found: &mut Vec<Lint>) {
    match &node.kind {
        NodeKind::Text(_) => found.extend(escapes(view, node)),
        NodeKind::Call(call) => {
            let is_append = |node: &Node| node.call_of("Append").is_some();
            let inner = call.arguments.iter().flatten();
            let is_nested = call.name == "Append" && inner.into_iter().any(is_append);
            if is_nested && !is_inside_append(view, node) {
                found.push(nested(view, node));
            }
        }
        _ => {}
    }
}

/// Whether the call stands directly in another `Append`, which says the same already.
fn is_inside_append(view: &View<'_>, node: &Node) -> bool {
    let mut found = false;
    view.root.walk(&mut |outer| {
        if let Some(call) = outer.call_of("Append") {
            found |= call.arguments.iter().flatten().any(|inner| std::ptr::eq(inner, node));
        }
    });
    found
}

fn nested(view: &View<'_>, node: &Node) -> Lint {
    let message = "`Append` puts two texts together; for more, one `Join` with an empty separator \
                   is easier to read";
    Lint::new(Rule::NestedAppend, node.span.clone(), message)
        .helping(
            "write `Join(\"\", ...)`; where a source is null it leaves that out, while `Append` \
             then yields null",
        )
        .fixing(rewrite::append_as_join(view, node))
}

/// Backslashes that escape nothing.
fn escapes(view: &View<'_>, node: &Node) -> Option<Lint> {
    let written = view.written(node);
    let mut places = Vec::new();
    let mut characters = written.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if c == '\\' && characters.next_if(|(_, next)| matches!(next, '"' | '\\')).is_none() {
            places.push(node.span.start + at);
        }
    }
    let first = *places.first()?;
    let next = view.text.get(first + 1..).and_then(|rest| rest.chars().next())?;
    let message = format!(
        "a backslash before `{next}` stays a backslash here; Microsoft does not say what Entra \
         makes of it"
    );
    let edits = places.iter().map(|at| Edit { span: *at..*at, text: "\\".to_owned() }).collect();
    Some(
        Lint::new(Rule::UnknownEscape, first..first + 1 + next.len_utf8(), message)
            .helping("write the backslash twice")
            .fixing([Fix { label: "write it twice".to_owned(), edits }]),
    )
}
