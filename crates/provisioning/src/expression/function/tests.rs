//! Every definition is held to what it says of itself.

use super::*;
use crate::ambient::Ambient;
use crate::configuration::ObjectKind;
use crate::expression::value::DateTime;
use crate::expression::{Expression, Flow, Inputs};
use crate::source::{AppRole, SourceObject, SourceValue};

fn result(example: &Example) -> String {
    let expression = Expression::parse(example.expression);
    assert_eq!(expression.faults(), &[], "{}", example.expression);
    let attributes = example.attributes.iter();
    let object = SourceObject {
        id: "1".to_owned(),
        kind: ObjectKind::User,
        attributes: attributes
            .map(|(name, value)| ((*name).to_owned(), SourceValue::Text((*value).to_owned())))
            .collect(),
        members: Vec::new(),
        soft_deleted: false,
    };
    let named = |wanted: &str| {
        example.attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value)
    };
    let roles: Vec<AppRole> = named("appRoleAssignments")
        .map(|role| AppRole {
            id: "1".to_owned(),
            value: role.to_owned(),
            display_name: role.to_owned(),
        })
        .into_iter()
        .collect();
    let inputs = Inputs {
        object: &object,
        roles: &roles,
        is_soft_deleted: named("IsSoftDeleted") == Some("True"),
        default_domain: Some("contoso.com"),
        ambient: &Ambient { now: DateTime::from_unix_milliseconds(1_753_855_200_000), seed: 0 },
    };
    let program = expression.compile().expect(example.expression);
    let is_taken = |value: &str| value == "jsmith@contoso.com";
    match program.evaluate_unique(&inputs, &is_taken).expect(example.expression) {
        Flow::Value(value) => value.into_texts().join("; "),
        Flow::Ignore => "left out of the flow".to_owned(),
    }
}

#[test]
fn every_example_yields_its_result() {
    for function in ALL {
        assert!(!function.examples.is_empty(), "{}", function.name);
        for example in function.examples {
            assert_eq!(result(example), example.result, "{}", example.expression);
            assert!(Expression::parse(example.expression).calls(function.name));
        }
    }
}

#[test]
fn parameters_that_repeat_come_last() {
    for function in ALL {
        let repeating = &function.parameters[function.fixed()..];
        assert!(repeating.iter().all(|parameter| parameter.repeats), "{}", function.name);
    }
}

#[test]
fn names_are_found_by_their_exact_spelling_alone() {
    for function in ALL {
        assert_eq!(find(function.name), Some(*function));
        assert_eq!(find_ignoring_case(&function.name.to_lowercase()), Some(*function));
        assert_eq!(find(&function.name.to_lowercase()), None);
    }
}

#[test]
fn signatures_show_what_may_be_left_out_and_what_repeats() {
    let shown = |name: &str| find(name).expect(name).signature();
    assert_eq!(shown("Now"), "Now()");
    assert_eq!(shown("ToLower"), "ToLower(source, [culture])");
    assert_eq!(shown("Switch"), "Switch(source, [defaultValue], key, value, ...)");
}

#[test]
fn every_definition_is_told_in_words() {
    for function in ALL {
        assert!(function.summary.ends_with('.'), "{}", function.name);
        for parameter in function.parameters {
            let text = parameter.description;
            assert!(!text.is_empty() && !text.ends_with('.'), "{} {text}", function.name);
        }
        for note in function.notes.iter().chain(NOTES) {
            let begins = note.text.chars().next().expect("a note has a text");
            assert!(!begins.is_lowercase() || !note.text.ends_with('.'), "{}", note.text);
        }
    }
}

#[test]
fn what_was_chosen_says_what() {
    for function in ALL {
        let is_chosen = function.evidence.level == EvidenceLevel::Chosen;
        let says = function.notes.iter().any(|note| note.level == EvidenceLevel::Chosen);
        assert!(!is_chosen || says, "{}", function.name);
    }
}
