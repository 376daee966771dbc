//! Reading: whatever the text is, it is read, coloured, completed, judged and told.

use proptest::prelude::*;
use provisioning::expression::explain::explain;
use provisioning::expression::form::Form;
use provisioning::expression::infer::{AttributeHint, ValueKind};
use provisioning::expression::lint::{Apply, Situation, TargetHint, lint};
use provisioning::expression::tree::NodeKind;
use provisioning::expression::{Expression, Fault, complete, highlight};

use super::generators::{any_text, sound_text};

/// Every situation that makes rules look: everything known, everything required.
fn strict(attributes: &[AttributeHint]) -> Situation<'_> {
    let target = TargetHint {
        kind: ValueKind::Boolean,
        required: true,
        has_default: false,
        multi_valued: false,
        is_matching: true,
    };
    Situation {
        attributes: Some(attributes),
        apply: Apply::Always,
        scope_is_all: true,
        target: Some(target),
    }
}

fn attributes() -> Vec<AttributeHint> {
    vec![
        AttributeHint::new("givenName", ValueKind::Text),
        AttributeHint::new("proxyAddresses", ValueKind::List),
        AttributeHint::new("level", ValueKind::Number),
    ]
}

/// How many faults say the same as this one.
fn alike(fault: &Fault, text: &str) -> usize {
    let found = Expression::parse(text);
    found.faults().iter().filter(|f| (f.rule, &f.message) == (fault.rule, &fault.message)).count()
}

/// A position in a text, between two characters.
fn position(text: &str, at: prop::sample::Index) -> usize {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    *at.get(&places)
}

proptest! {
    #[test]
    fn printing_and_reading_again_changes_nothing(text in sound_text()) {
        let expression = Expression::parse(&text);
        let printed = expression.to_string();
        let again = Expression::parse(&printed);
        prop_assert_eq!(expression.root(), again.root());
        if expression.is_sound() {
            prop_assert!(again.is_sound(), "{:?}", again.faults());
            prop_assert_eq!(&again.to_string(), &printed);
        }
    }

    #[test]
    fn every_fault_lies_in_the_text(text in any_text()) {
        let expression = Expression::parse(&text);
        for fault in expression.faults() {
            prop_assert!(text.get(fault.span.clone()).is_some(), "{fault:?} in {text:?}");
        }
        let mut is_within = true;
        expression.root().walk(&mut |node| is_within &= text.get(node.span.clone()).is_some());
        prop_assert!(is_within);
    }

    #[test]
    fn a_repair_takes_its_fault_away(text in any_text()) {
        for fault in Expression::parse(&text).faults() {
            for fix in &fault.fixes {
                let mended = fix.apply(&text);
                let (before, after) = (alike(fault, &text), alike(fault, &mended));
                prop_assert!(after < before, "{fault:?} in {text:?} by {fix:?} to {mended:?}");
            }
        }
    }

    #[test]
    fn a_repair_of_advice_keeps_a_sound_text_sound(text in sound_text()) {
        let expression = Expression::parse(&text);
        prop_assume!(expression.is_sound());
        for found in lint(&expression, &strict(&attributes())) {
            for fix in &found.fixes {
                let mended = Expression::parse(&fix.apply(&text));
                prop_assert_eq!(mended.faults(), &[], "{:?} in {:?}", found, text);
            }
        }
    }

    #[test]
    fn every_piece_of_advice_lies_in_the_text(text in prop_oneof![sound_text(), any_text()]) {
        let expression = Expression::parse(&text);
        for found in lint(&expression, &strict(&attributes())) {
            prop_assert!(text.get(found.span.clone()).is_some(), "{found:?} in {text:?}");
            for edit in found.fixes.iter().flat_map(|fix| &fix.edits) {
                prop_assert!(text.get(edit.span.clone()).is_some(), "{found:?} in {text:?}");
            }
        }
    }

    #[test]
    fn every_character_is_coloured_once(text in any_text()) {
        let mut end = 0;
        for token in highlight::tokens(&text) {
            let gap = text.get(end..token.span.start).expect("tokens follow each other");
            prop_assert!(gap.chars().all(|c| c.is_ascii_whitespace() || c == '\u{a0}'), "{gap:?}");
            prop_assert!(text.get(token.span.clone()).is_some_and(|piece| !piece.is_empty()));
            end = token.span.end;
        }
        prop_assert!(text.get(end..).expect("the rest").trim().is_empty());
    }

    #[test]
    fn completions_fit_their_place(text in any_text(), at in any::<prop::sample::Index>()) {
        let position = position(&text, at);
        let found = complete::at(&text, position, &attributes());
        prop_assert!(text.get(found.replaces.clone()).is_some());
        prop_assert!(found.replaces.start <= position && position <= found.replaces.end);
        for item in &found.items {
            prop_assert!(item.insert.is_char_boundary(item.caret), "{item:?}");
        }
        complete::signature_at(&text, position);
        if let Some((open, close)) = highlight::matching_bracket(&text, position) {
            prop_assert!(open.end <= close.start);
        }
    }

    #[test]
    fn a_form_loses_nothing(text in prop_oneof![sound_text(), any_text()]) {
        let expression = Expression::parse(&text);
        let written = Form::of(&expression).to_text();
        let mut is_whole = true;
        expression.root().walk(&mut |node| is_whole &= node.kind != NodeKind::Missing);
        if is_whole {
            let again = Expression::parse(&written);
            prop_assert_eq!(again.root(), expression.root(), "{}", written);
        }
    }

    #[test]
    fn everything_is_told_in_one_short_sentence(text in prop_oneof![sound_text(), any_text()]) {
        let told = explain(&Expression::parse(&text));
        prop_assert!((8..=321).contains(&told.chars().count()), "{told}");
    }
}

#[test]
fn deep_nesting_and_long_texts_are_faults_and_not_a_crash() {
    let deep = "Not(".repeat(100_000) + &")".repeat(100_000);
    assert!(!Expression::parse(&deep).is_sound());
    let brackets = "(".repeat(100_000);
    assert!(!Expression::parse(&brackets).is_sound());
    let chained = "1=".repeat(100_000);
    assert!(!Expression::parse(&chained).is_sound());
}

/// What would take minutes if the time grew with the square of the length.
#[test]
fn long_texts_are_read_in_no_time() {
    let pieces =
        ["(", "[", "\"", "'", "a ", "Not(", "\\", "[a] [b", ",", "1=", "“", "a&", "Nix(1),", "&H"];
    for piece in pieces {
        let text = piece.repeat(1_000_000 / piece.len());
        assert!(!highlight::tokens(&text).is_empty());
        complete::at(&text, text.len(), &[]);
        complete::signature_at(&text, text.len());
        highlight::matching_bracket(&text, text.len());
        let short = piece.repeat(10_000 / piece.len());
        let expression = Expression::parse(&short);
        lint(&expression, &strict(&attributes()));
        explain(&expression);
    }
}
