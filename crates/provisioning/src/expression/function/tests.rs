//! Every definition is held to what it says of itself.

use super::*;
use crate::ambient::Ambient;
use crate::configuration::ObjectKind;
use crate::expression::value::DateTime;
use crate::expression::{Expression, Flow, Inputs};
use crate::source::{SourceObject, SourceValue};

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
    let inputs = Inputs {
        object: &object,
        roles: &[],
        is_soft_deleted: example.attributes.contains(&("IsSoftDeleted", "True")),
        default_domain: None,
        ambient: &Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 },
    };
    match expression.evaluate(&inputs).expect(example.expression) {
        Flow::Value(value) => value.into_texts().join("; "),
        Flow::Ignore => "left out of the flow".to_owned(),
    }
}

#[test]
fn every_example_yields_its_result() {
    for function in ALL {
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
