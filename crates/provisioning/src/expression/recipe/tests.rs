use super::*;
use crate::ambient::Ambient;
use crate::configuration::ObjectKind;
use crate::expression::lint::{Lint, Rule, Severity, Situation, lint};
use crate::expression::value::DateTime;
use crate::expression::{Expression, Flow, Inputs};
use crate::source::{AppRole, SourceObject, SourceValue};

/// What a recipe yields for a sample; an empty text is not sent either.
fn result(recipe: &Recipe, sample: &Sample) -> Option<String> {
    let text = |name: &str| sample.attributes.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
    let object = SourceObject {
        id: "1".to_owned(),
        kind: ObjectKind::User,
        attributes: sample
            .attributes
            .iter()
            .map(|(name, value)| ((*name).to_owned(), SourceValue::Text((*value).to_owned())))
            .collect(),
        members: Vec::new(),
        soft_deleted: false,
    };
    let roles: Vec<AppRole> = text("appRoleAssignments")
        .map(|role| AppRole {
            id: "r".to_owned(),
            value: role.to_owned(),
            display_name: String::new(),
        })
        .into_iter()
        .collect();
    let flow = Expression::parse(recipe.expression)
        .evaluate(&Inputs {
            object: &object,
            roles: &roles,
            is_soft_deleted: text("IsSoftDeleted") == Some("True"),
            default_domain: None,
            ambient: &Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 },
        })
        .expect(recipe.name);
    match flow {
        Flow::Value(value) => value.as_text().map(std::borrow::Cow::into_owned),
        Flow::Ignore => None,
    }
}

#[test]
fn every_recipe_yields_what_it_says() {
    for recipe in ALL {
        assert!(!recipe.samples.is_empty(), "{}", recipe.name);
        for sample in recipe.samples {
            let found = result(recipe, sample);
            assert_eq!(found.as_deref(), sample.result, "{} {sample:?}", recipe.name);
        }
    }
}

#[test]
fn every_recipe_is_sound_and_names_what_it_reads() {
    for recipe in ALL {
        let expression = Expression::parse(recipe.expression);
        assert_eq!(expression.faults(), &[], "{}", recipe.name);
        assert_eq!(expression.to_string(), recipe.expression);
        let mut read: Vec<&str> = Vec::new();
        for name in expression.attributes() {
            if !read.contains(&name) {
                read.push(name);
            }
        }
        assert_eq!(read, recipe.attributes, "{}", recipe.name);
    }
}

#[test]
fn names_are_told_apart() {
    for (at, recipe) in ALL.iter().enumerate() {
        assert!(ALL.iter().skip(at + 1).all(|other| other.name != recipe.name));
    }
}

#[test]
fn no_recipe_does_what_is_advised_against() {
    for recipe in ALL {
        let found = lint(&Expression::parse(recipe.expression), &Situation::default());
        let found = found.iter().filter(|lint| {
            // Its own notes say so.
            lint.severity < Severity::Hint && lint.rule != Rule::SwitchAppliedAlways
        });
        assert_eq!(found.collect::<Vec<_>>(), [] as [&Lint; 0], "{}", recipe.name);
    }
}
