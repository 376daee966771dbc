//! Small changes of a configuration, and whom they reach.

use std::sync::Arc;

use scim::path::Path;
use serde_json::json;

use super::*;
use crate::ambient::Ambient;
use crate::configuration::default::{groups, target_attribute, users};
use crate::configuration::{
    Apply, AttributeMapping, Configuration, Connector, ObjectMapping, Scope, Source, TargetActions,
};
use crate::expression::Expression;
use crate::expression::value::DateTime;
use crate::scoping::{Clause, FilterGroup, Operator, ScopingFilter};
use crate::source::{AppRoleAssignment, DEFAULT_ACCESS, Directory, SourceValue};

fn usual() -> Configuration {
    let mapping = |kind, rows: Vec<crate::configuration::default::ProposedRow>| ObjectMapping {
        kind,
        enabled: true,
        actions: TargetActions::default(),
        attributes: rows.iter().map(|row| row.mapping().unwrap().unwrap()).collect(),
        filter: ScopingFilter::default(),
    };
    Configuration {
        users: mapping(ObjectKind::User, users()),
        groups: mapping(ObjectKind::Group, groups()),
        scope: Scope::Assigned,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: None,
        default_domain: None,
        connector: Connector::default(),
    }
}

fn object(name: &str, kind: ObjectKind) -> SourceObject {
    let texts = [
        ("displayName", name.to_owned()),
        ("userPrincipalName", format!("{name}@contoso.example")),
        ("mailNickname", name.to_owned()),
        ("department", if name == "cem" { "Legal" } else { "Sales" }.to_owned()),
    ];
    let attributes =
        texts.into_iter().map(|(name, text)| (name.to_owned(), SourceValue::Text(text))).collect();
    let members = Vec::new();
    SourceObject { id: name.to_owned(), kind, attributes, members, soft_deleted: false }
}

/// Ana leads Bo; Cem is in Legal; Dea is not assigned; the desk is Ana and Cem.
fn directory() -> Directory {
    let mut directory = Directory {
        users: ["ana", "bo", "cem", "dea"].map(|name| object(name, ObjectKind::User)).into(),
        groups: vec![object("desk", ObjectKind::Group)],
        ..Directory::default()
    };
    let manager = SourceValue::Text("ana".to_owned());
    directory.users[1].attributes.insert("manager".to_owned(), manager);
    directory.groups[0].members = vec!["ana".to_owned(), "cem".to_owned()];
    directory.assignments = ["ana", "bo", "cem", "desk"]
        .map(|name| AppRoleAssignment {
            principal_id: name.to_owned(),
            app_role_id: DEFAULT_ACCESS.to_owned(),
        })
        .into();
    directory
}

fn population(configuration: Configuration) -> Population {
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 };
    Population::new(configuration, Arc::new(directory()), ambient)
}

/// What a change of the usual configuration does.
fn after(change: impl FnOnce(&mut Configuration)) -> Difference {
    let mut changed = usual();
    change(&mut changed);
    between(&population(usual()), &population(changed))
}

fn moves(difference: &Difference) -> Vec<(&str, Movement)> {
    difference.moves.iter().map(|each| (each.source_id.as_str(), each.movement)).collect()
}

fn only_sales(configuration: &mut Configuration) {
    let clause = Clause {
        attribute: "department".to_owned(),
        operator: Operator::Equals,
        values: vec!["Sales".to_owned()],
    };
    let group = FilterGroup { name: "Sales".to_owned(), clauses: vec![clause] };
    configuration.users.filter.groups.push(group);
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

#[test]
fn the_same_configuration_twice_moves_nobody() {
    let difference = after(|_| {});
    assert_eq!((difference.moves.len(), difference.leavers()), (0, 0));
    assert_eq!((difference.users.unchanged, difference.groups.unchanged), (4, 1));
}

#[test]
fn a_filter_makes_people_leave_and_taking_it_away_makes_them_enter() {
    let mut narrow = usual();
    only_sales(&mut narrow);
    let (wide, narrow) = (population(usual()), population(narrow));
    let leaving = between(&wide, &narrow);
    let expected = [("cem", Movement::Leaves), ("desk", Movement::Changes)];
    assert_eq!(moves(&leaving), expected);
    let cem = &leaving.moves[0];
    assert_eq!(cem.action.kind(), ActionKind::Disable);
    assert!(cem.reasons.contains("no scoping filter"), "{}", cem.reasons);
    let [active] = cem.attributes.as_slice() else { panic!("{:?}", cem.attributes) };
    assert_eq!((&active.before, &active.after), (&Some(json!(true)), &Some(json!(false))));
    assert_eq!((active.row_before, active.row_after), (Some(1), Some(1)));
    let members = &leaving.moves[1].attributes[0];
    assert_eq!((&members.before, members.reach), (&Some(json!(["cem"])), Reach::Stays));

    let entering = between(&narrow, &wide);
    let expected = [("cem", Movement::Enters), ("desk", Movement::Changes)];
    assert_eq!(moves(&entering), expected);
    let cem = &entering.moves[0];
    assert_eq!(cem.action, Action::Create);
    let name = cem.attributes.iter().find(|each| each.attribute == "userName").unwrap();
    assert_eq!((&name.before, &name.after), (&None, &Some(json!("cem@contoso.example"))));
    assert_eq!(entering.moves[1].action.kind(), ActionKind::Update);
    assert_eq!(entering.users.moves, [(Movement::Enters, 1)].into());
}

#[test]
fn another_expression_changes_those_for_whom_it_yields_something_else() {
    let difference = after(|c| {
        let text = "IIF([department] = \"Legal\", \"Counsel\", [displayName])";
        c.users.attributes[2].source = Source::Expression(Expression::parse(text));
    });
    assert_eq!(moves(&difference), [("cem", Movement::Changes)]);
    let [name] = difference.moves[0].attributes.as_slice() else { panic!() };
    assert_eq!((&name.before, &name.after), (&Some(json!("cem")), &Some(json!("Counsel"))));
    assert_eq!((name.row_after, name.reach), (Some(2), Reach::Written));
    assert_eq!(difference.attributes, [("displayName".to_owned(), 1)].into());
}

#[test]
fn a_row_that_is_gone_leaves_what_the_account_holds() {
    let difference = after(|c| {
        c.users.attributes.remove(2);
    });
    assert_eq!(difference.users.moves, [(Movement::Changes, 3)].into());
    let name = &difference.moves[0].attributes[0];
    assert_eq!((name.row_before, name.row_after, name.reach), (Some(2), None, Reach::Stays));
    assert_eq!(difference.moves[0].action.kind(), ActionKind::Skip);
}

#[test]
fn a_value_that_becomes_null_stays() {
    let difference = after(|c| {
        c.users.attributes[2].source = Source::Direct("preferredName".to_owned());
    });
    let name = &difference.moves[0].attributes[0];
    assert_eq!((&name.before, &name.after), (&Some(json!("ana")), &None));
    assert_eq!(name.reach, Reach::Stays);
}

#[test]
fn what_is_applied_during_creation_reaches_new_accounts_only() {
    let difference = after(|c| {
        let nick = row("nickName", Source::Direct("mailNickname".to_owned()));
        c.users.attributes.push(AttributeMapping { apply: Apply::OnlyDuringCreation, ..nick });
    });
    let nick = &difference.moves[0].attributes[0];
    assert_eq!((&nick.after, nick.reach), (&Some(json!("ana")), Reach::NewAccounts));
    assert_eq!(difference.moves[0].action.kind(), ActionKind::Skip);
}

#[test]
fn with_update_off_nothing_is_written() {
    let difference = after(|c| {
        c.users.attributes[2].source = Source::Constant("x".to_owned());
        c.users.actions.update = false;
    });
    assert_eq!(difference.moves[0].attributes[0].reach, Reach::UpdateIsOff);
    assert_eq!(difference.users.actions, [(ActionKind::Skip, 3)].into());
}

#[test]
fn a_mapping_that_breaks_fails_everybody_and_its_repair_brings_them_back() {
    let mut broken = usual();
    let unsound = Source::Expression(Expression::parse("toLower([mail])"));
    broken.users.attributes.push(row("nickName", unsound));
    let (sound, broken) = (population(usual()), population(broken));
    let fails = between(&sound, &broken);
    assert_eq!(fails.users.moves, [(Movement::Fails, 3)].into());
    let recovers = between(&broken, &sound);
    assert_eq!(recovers.users.moves, [(Movement::Recovers, 3)].into());
}

#[test]
fn another_matching_attribute_is_told_though_nothing_is_written() {
    let difference = after(|c| {
        c.users.attributes[20].matching_precedence = c.users.attributes[0].matching_precedence;
        c.users.attributes[0].matching_precedence = None;
    });
    let (before, after) = difference.moves[0].matching.clone().unwrap();
    assert_eq!(before.unwrap().1, "ana@contoso.example");
    assert_eq!(after.unwrap(), ("externalId".to_owned(), "ana".to_owned()));
    assert!(difference.moves[0].attributes.is_empty());
}

#[test]
fn switching_groups_off_leaves_them_as_they_are() {
    let difference = after(|c| c.groups.enabled = false);
    assert_eq!(moves(&difference), [("desk", Movement::Leaves)]);
    assert_eq!(difference.moves[0].action.kind(), ActionKind::Skip);
}

#[test]
fn more_leavers_than_the_threshold_are_told() {
    let narrow = |threshold| {
        after(|c| {
            c.accidental_deletions_threshold = std::num::NonZeroU32::new(threshold);
            for assigned in [&mut c.users, &mut c.groups] {
                only(assigned);
            }
        })
    };
    assert_eq!(narrow(3).leavers(), 4);
    assert!(narrow(3).is_above_threshold && !narrow(4).is_above_threshold);
}

/// Nobody passes.
fn only(mapping: &mut ObjectMapping) {
    let clause = Clause {
        attribute: "department".to_owned(),
        operator: Operator::IsNull,
        values: Vec::new(),
    };
    let group = FilterGroup { name: "Nobody".to_owned(), clauses: vec![clause] };
    mapping.filter.groups.push(group);
}

#[test]
fn the_whole_tenant_enters() {
    let difference = after(|c| c.scope = Scope::All);
    assert_eq!(moves(&difference), [("dea", Movement::Enters)]);
    assert!(difference.moves[0].reasons.contains("not assigned"));
}

#[test]
fn a_group_inside_a_group_is_no_member() {
    let mut nested = directory();
    nested.groups.push(object("team", ObjectKind::Group));
    nested.groups[0].members.push("team".to_owned());
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 };
    let population =
        |configuration| Population::new(configuration, Arc::new(nested.clone()), ambient);
    let all = Configuration { scope: Scope::All, ..usual() };
    let difference = between(&population(usual()), &population(all));
    assert_eq!(moves(&difference), [("dea", Movement::Enters), ("team", Movement::Enters)]);
}

#[test]
fn a_manager_who_could_not_be_created_any_more_is_still_there() {
    let difference = after(|c| {
        let mut title = row("title", Source::Direct("jobTitle".to_owned()));
        title.target.required = true;
        c.users.attributes[3] = title;
    });
    assert_eq!(moves(&difference), []);
}

#[test]
fn a_difference_in_case_alone_is_none_where_the_target_knows_no_case() {
    let upper = |c: &mut Configuration| {
        let text = "ToUpper([displayName])";
        c.users.attributes[2].source = Source::Expression(Expression::parse(text));
    };
    assert_eq!(moves(&after(upper)), []);
    let exact = |c: &mut Configuration| {
        c.users.attributes[2].target.case_exact = true;
        upper(c);
    };
    assert_eq!(after(exact).users.moves, [(Movement::Changes, 3)].into());
}
