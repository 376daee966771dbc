use std::collections::BTreeSet;
use std::num::NonZeroU32;

use scim::path::Path;

use super::*;
use crate::configuration::default::{groups, propose, target_attribute, users};
use crate::configuration::{Connector, TargetActions, TargetType};
use crate::expression::Expression;
use crate::scoping::ScopingFilter;

fn mapping(kind: ObjectKind, attributes: Vec<AttributeMapping>) -> ObjectMapping {
    let (actions, filter) = (TargetActions::default(), ScopingFilter::default());
    ObjectMapping { kind, enabled: true, actions, attributes, filter }
}

fn row(target: &str, source: Source) -> AttributeMapping {
    AttributeMapping {
        target: target_attribute(Path::parse(target).unwrap()),
        source,
        default_value: None,
        matching_precedence: None,
        apply: Apply::Always,
    }
}

fn direct(target: &str, source: &str) -> AttributeMapping {
    row(target, Source::Direct(source.to_owned()))
}

fn computed(target: &str, text: &str) -> AttributeMapping {
    row(target, Source::Expression(Expression::parse(text)))
}

fn usual() -> Configuration {
    let user_rows = users().iter().map(|row| row.mapping().unwrap().unwrap()).collect();
    let group_rows = groups().iter().map(|row| row.mapping().unwrap().unwrap()).collect();
    Configuration {
        users: mapping(ObjectKind::User, user_rows),
        groups: mapping(ObjectKind::Group, group_rows),
        scope: Scope::Assigned,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: None,
        default_domain: None,
        connector: Connector::default(),
    }
}

fn ids(configuration: &Configuration) -> BTreeSet<&'static str> {
    review(configuration).iter().map(|advice| advice.id).collect()
}

/// The usual mapping is known for one thing only: `active` is a Switch that is applied always.
#[test]
fn the_usual_mapping_has_the_documented_defect_and_no_other() {
    let advice = review(&usual());
    assert_eq!(advice.len(), 1);
    assert_eq!((advice[0].id, advice[0].row), ("switch-applied-always", Some(1)));
}

#[test]
fn an_application_that_publishes_no_active_row_keeps_leavers() {
    let mut configuration = usual();
    let targets = ["userName", "displayName", "title", "department"];
    configuration.users.attributes = targets
        .iter()
        .map(|target| propose(ObjectKind::User, target).mapping().unwrap().unwrap())
        .collect();
    assert_eq!(ids(&configuration), ["active-not-mapped"].into());
}

#[test]
fn every_rule_speaks_when_its_case_is_met_and_not_before() {
    type Spoil = fn(&mut Configuration);
    let cases: [(&str, Spoil); 13] = [
        ("no-matching-attribute", |c| c.users.attributes[0].matching_precedence = None),
        ("active-not-mapped", |c| {
            c.users.attributes.remove(1);
        }),
        ("update-off", |c| c.users.actions.update = false),
        ("create-off", |c| c.users.actions.create = false),
        ("maps-id", |c| c.users.attributes.push(direct("id", "objectId"))),
        ("duplicate-target", |c| c.users.attributes.push(direct("TITLE", "department"))),
        ("roles-with-sync-all", |c| {
            c.scope = Scope::All;
            let text = "SingleAppRoleAssignment([appRoleAssignments])";
            c.users.attributes.push(computed("roles[primary eq \"True\"].value", text));
        }),
        ("roles-mapped-directly", |c| {
            c.users.attributes.push(direct("roles", "appRoleAssignments"));
        }),
        ("reference-not-direct", |c| {
            c.groups.attributes[2].source = Source::Constant("x".to_owned());
        }),
        ("matching-attribute-not-unique", |c| {
            c.users.attributes[2].matching_precedence = NonZeroU32::new(2);
        }),
        ("matching-attribute-may-drop-out", |c| {
            let text = "IgnoreFlowIfNullOrEmpty([userPrincipalName])";
            c.users.attributes[0].source = Source::Expression(Expression::parse(text));
        }),
        ("extension-name-form", |c| {
            c.users.attributes.push(direct("urn:example:badge:User:number", "employeeId"));
        }),
        ("required-unmapped", |c| {
            let mut row = c.users.attributes.remove(0);
            row.target = target_attribute(Path::parse("nickName").unwrap());
            c.users.attributes.push(row);
        }),
    ];
    for (id, spoil) in cases {
        let mut configuration = usual();
        assert!(!ids(&configuration).contains(id), "{id} speaks too early");
        spoil(&mut configuration);
        let advice = review(&configuration);
        let found = advice.iter().find(|advice| advice.id == id);
        let found = found.unwrap_or_else(|| panic!("{id} is silent"));
        assert!(found.text.ends_with('.') && found.repair.ends_with('.'), "{id}");
        assert!(!found.source.is_empty() && !found.date.is_empty(), "{id}");
    }
    assert_eq!(RULES.len(), cases.len() + 1, "the Switch rule is met by the usual mapping");
}

#[test]
fn a_mapping_that_is_disabled_needs_no_advice() {
    let mut configuration = usual();
    configuration.groups.enabled = false;
    configuration.groups.attributes.clear();
    assert!(review(&configuration).iter().all(|advice| advice.kind == ObjectKind::User));
    let manager = propose(ObjectKind::User, "manager").mapping().unwrap().unwrap();
    assert_eq!(manager.target.kind, TargetType::Reference);
}
