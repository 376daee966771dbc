//! What must hold of every text: it is read, coloured, completed, judged, told and shown as a form,
//! and what is printed reads back.

use provisioning::expression::explain::explain;
use provisioning::expression::form::Form;
use provisioning::expression::infer::{AttributeHint, ValueKind};
use provisioning::expression::lint::{Apply, Situation, TargetHint, lint};
use provisioning::expression::{Expression, Fix, complete, highlight};

/// Takes text as an expression.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let expression = Expression::parse(text);
    for fault in expression.faults() {
        assert!(text.get(fault.span.clone()).is_some(), "{fault:?}");
        fault.fixes.iter().for_each(|fix| check_fix(text, fix));
    }
    reads_back(&expression);
    is_coloured(text);
    check_places(text);
    check_advice(&expression);
    assert!(explain(&expression).chars().count() <= 321);
    let written = Form::of(&expression).to_text();
    if expression.is_sound() {
        assert_eq!(Expression::parse(&written).root(), expression.root(), "{written}");
    }
}

fn check_fix(text: &str, fix: &Fix) {
    assert!(!fix.edits.is_empty() && !fix.label.is_empty(), "{fix:?}");
    assert!(fix.edits.iter().all(|edit| text.get(edit.span.clone()).is_some()), "{fix:?}");
    assert_ne!(fix.apply(text), text, "{fix:?}");
}

fn reads_back(expression: &Expression) {
    let printed = expression.to_string();
    if expression.is_sound() {
        let again = Expression::parse(&printed);
        assert_eq!(again.root(), expression.root(), "{printed}");
        assert_eq!(again.to_string(), printed);
    } else {
        assert_eq!(printed, expression.text());
    }
}

/// Every character that is no white space lies in one token.
fn is_coloured(text: &str) {
    let mut end = 0;
    for token in highlight::tokens(text) {
        let gap = text.get(end..token.span.start).expect("tokens follow each other");
        assert!(gap.trim().is_empty(), "{gap:?}");
        end = token.span.end;
    }
    assert!(text.get(end..).expect("the rest").trim().is_empty());
}

/// A few positions, so that long texts take no longer than short ones.
fn check_places(text: &str) {
    let step = text.chars().count() / 8 + 1;
    let places = text.char_indices().map(|(at, _)| at).step_by(step).chain([text.len()]);
    for position in places {
        let found = complete::at(text, position, &attributes());
        assert!(text.get(found.replaces.clone()).is_some());
        assert!(found.replaces.start <= position && position <= found.replaces.end);
        assert!(found.items.iter().all(|item| item.insert.is_char_boundary(item.caret)));
        complete::signature_at(text, position);
        if let Some((open, close)) = highlight::matching_bracket(text, position) {
            assert!(open.end <= close.start);
        }
    }
}

fn check_advice(expression: &Expression) {
    let attributes = attributes();
    let target = TargetHint {
        kind: ValueKind::Boolean,
        required: true,
        has_default: false,
        multi_valued: false,
        is_matching: true,
    };
    let strict = Situation {
        attributes: Some(&attributes),
        apply: Apply::Always,
        scope_is_all: true,
        target: Some(target),
    };
    for situation in [Situation::default(), strict] {
        for found in lint(expression, &situation) {
            assert!(expression.text().get(found.span.clone()).is_some(), "{found:?}");
            found.fixes.iter().for_each(|fix| check_fix(expression.text(), fix));
        }
    }
}

fn attributes() -> [AttributeHint; 2] {
    [
        AttributeHint::new("mail", ValueKind::Text),
        AttributeHint::new("proxyAddresses", ValueKind::List),
    ]
}
