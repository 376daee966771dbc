//! Reading: whatever the text is, it is read, coloured, completed, judged and told.

use proptest::prelude::*;
use provisioning::expression::Expression;

use super::generators::{any_text, sound_text};

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
