//! Small directories, and who is chosen of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::ambient::Ambient;
use crate::configuration::default::{groups, users};
use crate::configuration::{
    Apply, AttributeMapping, Configuration, Connector, ObjectMapping, Scope, TargetActions,
};
use crate::expression::Expression;
use crate::expression::value::DateTime;
use crate::scoping::{Clause, FilterGroup, Operator, ScopingFilter};
use crate::source::{Directory, SourceValue};

/// Matched by name, with a title by department, for whoever does not work in Legal.
fn configuration() -> Configuration {
    let proposed = |rows: Vec<crate::configuration::default::ProposedRow>, names: &[&str]| {
        let kept = rows.into_iter().filter(|row| names.contains(&row.target.as_str()));
        kept.map(|row| row.mapping().unwrap().unwrap()).collect::<Vec<AttributeMapping>>()
    };
    let mut attributes = proposed(users(), &["userName", "title"]);
    attributes[1].source = Source::Expression(Expression::parse(
        "IIF([department] = \"Sales\", \"Seller\", [jobTitle])",
    ));
    attributes[1].apply = Apply::Always;
    let clause = Clause {
        attribute: "department".to_owned(),
        operator: Operator::NotEquals,
        values: vec!["Legal".to_owned()],
    };
    let filter = ScopingFilter {
        groups: vec![FilterGroup { name: "not Legal".to_owned(), clauses: vec![clause] }],
    };
    let mapping = |kind, attributes, filter| ObjectMapping {
        kind,
        enabled: true,
        actions: TargetActions::default(),
        attributes,
        filter,
    };
    Configuration {
        users: mapping(ObjectKind::User, attributes, filter),
        groups: mapping(
            ObjectKind::Group,
            proposed(groups(), &["displayName"]),
            ScopingFilter::default(),
        ),
        scope: Scope::Assigned,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: None,
        default_domain: None,
        connector: Connector::default(),
    }
}

fn user(name: &str, department: Option<&str>, title: Option<&str>) -> SourceObject {
    let texts =
        [("userPrincipalName", Some(name)), ("department", department), ("jobTitle", title)];
    let attributes = texts
        .into_iter()
        .filter_map(|(key, text)| Some((key.to_owned(), SourceValue::Text(text?.to_owned()))));
    SourceObject {
        id: name.to_owned(),
        kind: ObjectKind::User,
        attributes: attributes.collect(),
        members: Vec::new(),
        soft_deleted: false,
    }
}

fn population(users: Vec<SourceObject>) -> Population {
    let directory = Directory { users, ..Directory::default() };
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(0), seed: 1 };
    Population::new(configuration(), Arc::new(directory), ambient)
}

fn names(population: &Population, pilot: &Pilot) -> Vec<String> {
    let object = |chosen: &Chosen| population.object(chosen.position).unwrap().id.clone();
    pilot.people.iter().map(object).collect()
}

fn scout(population: &Population, positions: impl IntoIterator<Item = usize>) -> Scout {
    let mut scout = Scout::new(population);
    positions.into_iter().for_each(|at| scout.look_at(population, at..at + 1));
    scout
}

#[test]
fn each_branch_and_each_side_of_a_filter_has_its_person() {
    let mut gone = user("gone", Some("Robotics"), Some("Odd"));
    gone.attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
    let population = population(vec![
        user("ada", Some("Sales"), None),
        user("bob", Some("Sales"), Some("Agent")),
        user("cem", Some("Legal"), Some("Judge")),
        user("dea", Some("IT"), Some("Admin")),
        user("eve", Some("IT"), None),
        user("fox", Some("IT"), None),
        gone,
    ]);
    let pilot = scout(&population, 0..7).choose();
    let mut chosen = names(&population, &pilot);
    chosen.sort();
    assert_eq!(chosen, ["ada", "cem", "dea", "eve"], "of equal people the first: {pilot:?}");
    assert!(pilot.is_smallest);
    let told = |name: &str| {
        let at = names(&population, &pilot).iter().position(|each| each == name).unwrap();
        sentences(&population, &pilot.people[at].shows)
    };
    assert_eq!(told("cem"), ["`department NOT EQUALS Legal` fails"]);
    assert!(told("eve").contains(&"`title` has no value".to_owned()), "{:?}", told("eve"));
    let eve = pilot.people.iter().find(|each| each.position == 4).unwrap();
    assert_eq!(eve.alike, 2, "fox would show the same");
}

#[test]
fn portions_change_nothing() {
    let people = (0..40).map(|at| user(&format!("u{at}"), [None, Some("Sales")][at % 2], None));
    let population = population(people.collect());
    let whole = scout(&population, 0..40).choose();
    let mut portions = Scout::new(&population);
    for from in (0..60).step_by(7) {
        portions.look_at(&population, from..from + 7);
    }
    assert_eq!(portions.choose(), whole);
}

fn people() -> impl Strategy<Value = Vec<SourceObject>> {
    let department =
        prop_oneof![Just(None), Just(Some("Sales")), Just(Some("Legal")), Just(Some("IT"))];
    let title = prop_oneof![Just(None), Just(Some("Agent"))];
    proptest::collection::vec((department, title), 0..30).prop_map(|all| {
        let all = all.into_iter().enumerate();
        all.map(|(at, (department, title))| user(&format!("u{at}"), department, title)).collect()
    })
}

proptest! {
    #[test]
    fn the_chosen_show_what_everybody_shows(people in people()) {
        let count = people.len();
        let population = population(people);
        let everybody = scout(&population, 0..count);
        let pilot = everybody.choose();
        let chosen = scout(&population, pilot.people.iter().map(|each| each.position));
        let turns = |scout: &Scout| scout.numbers.keys().cloned().collect::<BTreeSet<_>>();
        prop_assert_eq!(turns(&chosen), turns(&everybody));
        prop_assert_eq!(pilot.turns, everybody.numbers.len());
        let told: BTreeSet<&Turn> = pilot.people.iter().flat_map(|each| &each.shows).collect();
        prop_assert_eq!(told.len(), pilot.turns, "each turn is told once");
        prop_assert!(pilot.people.iter().all(|each| !each.shows.is_empty()));
    }
}
