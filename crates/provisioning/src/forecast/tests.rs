//! The published figures and examples, and the edges between them.

use std::sync::Arc;

use scim::path::Path;

use super::*;
use crate::ambient::Ambient;
use crate::configuration::default::{groups, propose, target_attribute, users};
use crate::configuration::{
    AttributeMapping, Configuration, Connector, ObjectKind, ObjectMapping, Scope, Source,
    TargetActions,
};
use crate::expression::Expression;
use crate::expression::value::DateTime;
use crate::report::Purpose;
use crate::scoping::ScopingFilter;
use crate::source::{Directory, SourceObject, SourceValue};

fn configuration(scope: Scope) -> Configuration {
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
        scope,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: NonZeroU32::new(1),
        default_domain: None,
        connector: Connector::default(),
    }
}

fn length(users: usize, scope: Scope) -> Length {
    let extent = Extent { users, ..Extent::default() };
    Length::of(extent, &configuration(scope))
}

fn minutes(least: usize, most: usize) -> Minutes {
    Minutes { least, most }
}

#[test]
fn the_rule_of_thumb_is_a_hundredth_to_eight_hundredths_of_a_minute() {
    for (objects, least, most) in
        [(0, 0, 0), (1, 1, 1), (1_000, 10, 80), (10_000, 100, 800), (100_000, 1_000, 8_000)]
    {
        assert_eq!(length(objects, Scope::Assigned).formula, minutes(least, most), "{objects}");
    }
}

#[test]
fn users_groups_and_members_are_counted_together() {
    let extent = Extent { users: 100, groups: 100, members: 800 };
    let length = Length::of(extent, &configuration(Scope::Assigned));
    assert_eq!((extent.total(), length.formula), (1_000, minutes(10, 80)));
}

#[test]
fn the_removed_table_stands_beside_it_with_the_doubt() {
    let said = |objects, scope| length(objects, scope).historical.map(|line| line.minutes);
    assert_eq!(said(999, Scope::Assigned), Some(minutes(0, 30)));
    assert_eq!(said(1_000, Scope::Assigned), Some(minutes(142, 708)));
    assert_eq!(said(99_999, Scope::Assigned), Some(minutes(1_170, 2_340)));
    assert_eq!(said(100_000, Scope::Assigned), None);
    assert_eq!(said(5_000, Scope::All), Some(minutes(30, 120)));
    let mut users_only = configuration(Scope::All);
    users_only.groups.enabled = false;
    let extent = Extent { users: 5_000, ..Extent::default() };
    let line = Length::of(extent, &users_only).historical.unwrap();
    assert_eq!((line.setting, line.minutes), ("Sync all users", minutes(43, 86)));

    let contradicted = length(1_000, Scope::Assigned);
    assert!(contradicted.doubts[0].contains("142 to 708"), "{:?}", contradicted.doubts);
    assert_eq!(length(9_000, Scope::Assigned).doubts.len(), 1, "90 to 720 agrees with the table");
    assert_eq!(length(9_000, Scope::All).doubts.len(), 2);
}

fn object(id: &str, kind: ObjectKind, name: &str) -> SourceObject {
    let texts = [("displayName", name), ("userPrincipalName", name)];
    let attributes =
        texts.map(|(name, text)| (name.to_owned(), SourceValue::Text(text.to_owned())));
    SourceObject {
        id: id.to_owned(),
        kind,
        attributes: attributes.into(),
        members: Vec::new(),
        soft_deleted: false,
    }
}

/// Two who share a name, one led by the first of them, one without a name, one who is deleted,
/// and a group of all.
fn population(change: impl FnOnce(&mut Configuration)) -> Population {
    let mut users: Vec<SourceObject> = [("1", "a"), ("2", "A"), ("3", "c"), ("4", "d"), ("5", "e")]
        .map(|(id, name)| object(id, ObjectKind::User, name))
        .into();
    users[2].attributes.insert("manager".to_owned(), SourceValue::Text("1".to_owned()));
    users[3].attributes.remove("userPrincipalName");
    users[4].soft_deleted = true;
    let mut group = object("g", ObjectKind::Group, "everyone");
    group.members = ["1", "2", "3", "4", "5", "g"].map(str::to_owned).into();
    let directory = Directory { users, groups: vec![group], ..Directory::default() };
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 };
    let mut configuration = configuration(Scope::All);
    change(&mut configuration);
    Population::new(configuration, Arc::new(directory), ambient)
}

#[test]
fn a_small_population_is_foretold() {
    let managed = ["5", "3"].map(str::to_owned).into();
    let foretold = forecast(&population(|_| {}), &managed);
    assert_eq!(foretold.extent, Extent { users: 4, groups: 1, members: 6 });
    // The one without a userName fails, and the two who share one.
    assert_eq!(foretold.failures, Failures { events: 5, failed: 3, references: 0 });
    assert_eq!(foretold.deletions.count, 1);
    assert!(!foretold.deletions.is_above_threshold());

    let calls = |purpose| foretold.calls.by_purpose[&purpose];
    let bounds = |least, most| Bounds { least, most };
    assert_eq!(calls(Purpose::Probe), bounds(1, 1));
    assert_eq!(calls(Purpose::Match), bounds(4, 4));
    assert_eq!(calls(Purpose::Create), bounds(0, 4));
    assert_eq!(calls(Purpose::Update), bounds(0, 4));
    assert_eq!(calls(Purpose::CheckReference), bounds(0, 5));
    assert_eq!(calls(Purpose::WriteReference), bounds(0, 2));
    // Probe and matches; two creates, one with a manager, and a group that is found.
    assert_eq!(foretold.calls.total, bounds(5, 5 + 1 + 1 + 3 + 6));
    assert_eq!(foretold.calls.seconds_at(5), bounds(1, 4));
}

#[test]
fn what_is_switched_off_makes_no_calls() {
    let none = forecast(
        &population(|c| {
            for mapping in [&mut c.users, &mut c.groups] {
                mapping.actions = TargetActions { create: false, update: false, delete: false };
            }
        }),
        &BTreeSet::new(),
    );
    let most = |purpose| none.calls.by_purpose[&purpose].most;
    assert_eq!((most(Purpose::Create), most(Purpose::Update)), (0, 0));
    assert_eq!(most(Purpose::WriteReference), 0);
    let users = forecast(&population(|c| c.groups.enabled = false), &BTreeSet::new());
    assert_eq!(users.calls.by_purpose[&Purpose::Match], Bounds { least: 3, most: 3 });
    assert_eq!(users.extent.members, 0);
}

#[test]
fn each_further_matching_attribute_may_cost_a_question() {
    let foretold = forecast(
        &population(|c| {
            let rows: &mut Vec<AttributeMapping> = &mut c.users.attributes;
            rows[2].matching_precedence = NonZeroU32::new(2);
        }),
        &BTreeSet::new(),
    );
    assert_eq!(foretold.calls.by_purpose[&Purpose::Match], Bounds { least: 5, most: 8 });
}

#[test]
fn the_rate_is_the_calls_over_the_time() {
    let calls = Calls { total: Bounds { least: 600, most: 6_000 }, ..Calls::default() };
    assert_eq!(calls.per_second(minutes(2, 10)), Some((1.0, 50.0)));
    assert!(!calls.is_within_rate(minutes(2, 10)) && calls.is_within_rate(minutes(4, 10)));
    assert_eq!(calls.per_second(minutes(0, 10)), None);
    assert_eq!(calls.seconds_at(RATE_LIMIT), Bounds { least: 24, most: 240 });
}

#[test]
fn a_new_user_is_asked_for_the_manager_and_whoever_lacks_a_value_is_not_created() {
    let calls =
        |change: fn(&mut Configuration)| forecast(&population(change), &BTreeSet::new()).calls;
    // Probe and four matches; three users created, one of them asked for the manager; the group.
    let without_updates = calls(|c| {
        for mapping in [&mut c.users, &mut c.groups] {
            mapping.actions.update = false;
        }
    });
    assert_eq!(without_updates.total.most, 5 + 1 + 1 + 3 + 4);
    let incomplete = calls(|c| {
        let title = c.users.attributes.iter_mut().find(|row| row.target.path.attribute == "title");
        title.unwrap().target.required = true;
    });
    assert_eq!(incomplete.by_purpose[&Purpose::Create], Bounds { least: 0, most: 1 });
}

#[test]
fn leavers_that_stay_are_no_deletions() {
    let managed = ["5"].map(str::to_owned).into();
    let stay = forecast(&population(|c| c.skip_out_of_scope_deletions = true), &managed);
    assert_eq!(stay.deletions.count, 0);
}

#[test]
fn roles_that_replace_others_travel_in_a_request_of_their_own() {
    let calls = forecast(
        &population(|c| {
            let text = "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])";
            let source = Source::Expression(Expression::parse(text));
            let roles = propose(ObjectKind::User, "title").mapping().unwrap().unwrap();
            let target = target_attribute(Path::attribute("roles"));
            c.users.attributes.push(AttributeMapping { target, source, ..roles });
        }),
        &BTreeSet::new(),
    )
    .calls;
    assert_eq!(calls.by_purpose[&Purpose::Update], Bounds { least: 0, most: 3 * 2 + 1 });
}
