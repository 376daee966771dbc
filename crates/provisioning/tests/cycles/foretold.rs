//! What is computed without asking anybody, held against cycles in the sandbox.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use provisioning::configuration::{
    Apply, AttributeMapping, Configuration, ObjectKind, Scope, Source, TargetType,
};
use provisioning::cycle::{Cycle, Known, Outcome};
use provisioning::difference::{Difference, Move, Movement, between};
use provisioning::expression::Expression;
use provisioning::forecast::forecast;
use provisioning::mapping::is_reference;
use provisioning::planning::{ActionKind, Change};
use provisioning::population::Population;
use provisioning::report::Purpose;
use provisioning::scoping::{Clause, FilterGroup, Operator};
use provisioning::source::SourceValue;
use serde_json::Value;

use crate::properties::{Somebody, somebody, world};
use crate::world::{World, ambient};

fn population(world: &World, configuration: &Configuration) -> Population {
    Population::new(configuration.clone(), Arc::new(world.directory.clone()), ambient())
}

fn only(configuration: &mut Configuration, operator: Operator) {
    let clause = Clause { attribute: "jobTitle".to_owned(), operator, values: Vec::new() };
    let group = FilterGroup { name: "By title".to_owned(), clauses: vec![clause] };
    configuration.users.filter.groups.push(group);
}

/// Edits a row, where an earlier edit has left it.
fn edit(configuration: &mut Configuration, target: &str, edit: impl Fn(&mut AttributeMapping)) {
    let rows = &mut configuration.users.attributes;
    rows.iter_mut().filter(|row| row.target.path.to_string() == target).for_each(edit);
}

/// Edits that an administrator makes.
const EDITS: [fn(&mut Configuration); 12] = [
    |c| only(c, Operator::IsNotNull),
    |c| only(c, Operator::IsNull),
    |c| {
        let text = "IIF([jobTitle] > \"M\", ToUpper([displayName]), [displayName])";
        let source = Source::Expression(Expression::parse(text));
        edit(c, "displayName", |row| row.source = source.clone());
    },
    |c| c.users.attributes.retain(|row| row.target.path.attribute != "title"),
    |c| c.scope = Scope::All,
    |c| edit(c, "title", |row| row.default_value = Some("Staff".to_owned())),
    |c| {
        edit(c, "title", |row| {
            row.apply = Apply::OnlyDuringCreation;
            row.source = Source::Constant("Staff".to_owned());
        });
    },
    |c| {
        c.users.actions.update = false;
        edit(c, "displayName", |row| row.source = Source::Constant("x".to_owned()));
    },
    |c| {
        c.users.attributes.remove(1);
        only(c, Operator::IsNull);
    },
    |c| {
        c.skip_out_of_scope_deletions = true;
        only(c, Operator::IsNotNull);
    },
    |c| edit(c, "title", |row| row.target.required = true),
    |c| edit(c, "title", |row| row.target.kind = TargetType::Boolean),
];

/// The attributes that are written; references are compared by kind of action alone, because the
/// one side knows the directory's ids and the other the application's.
fn written(
    configuration: &Configuration,
    changes: &[Change],
) -> Vec<(String, Option<Value>, Value)> {
    let rows = &configuration.users.attributes;
    let is_plain = |change: &&Change| !is_reference(&rows[change.row].target);
    let told =
        |change: &Change| (change.attribute.clone(), change.before.clone(), change.after.clone());
    changes.iter().filter(is_plain).map(told).collect()
}

fn agree(
    configuration: &Configuration,
    moved: Option<&Move>,
    outcome: &Outcome,
) -> Result<(), TestCaseError> {
    let Some(moved) = moved else {
        prop_assert!(!outcome.action.writes(), "nothing was foretold: {outcome:?}");
        return Ok(());
    };
    prop_assert_eq!(moved.action.kind(), outcome.action.kind(), "{:?}\n{:?}", moved, outcome);
    if outcome.kind == ObjectKind::User {
        prop_assert_eq!(
            written(configuration, moved.action.changes()),
            written(configuration, outcome.action.changes())
        );
    }
    Ok(())
}

fn moves(difference: &Difference) -> BTreeMap<&str, &Move> {
    difference.moves.iter().map(|each| (each.source_id.as_str(), each)).collect()
}

/// People of whom the application knows nothing yet.
fn strangers() -> impl Strategy<Value = Vec<Somebody>> {
    let stranger = somebody().prop_map(|mut each| {
        each.account = None;
        each
    });
    vec(stranger, 0..6)
}

/// How many requests a cycle made, by purpose.
fn requests(cycle: &Cycle) -> BTreeMap<Purpose, usize> {
    let mut counts = BTreeMap::new();
    let reports = cycle.outcomes().iter().filter_map(|each| cycle.report(&each.source_id));
    let exchanged = reports.flat_map(|report| report.exchanges);
    for exchanged in exchanged.chain(cycle.connection().cloned()) {
        *counts.entry(exchanged.purpose).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_difference_of_two_configurations_is_what_a_preview_then_says(
        people in strangers(), first in 0..EDITS.len(), second in 0..EDITS.len(), is_first in any::<bool>(),
    ) {
        let mut world = world(&people, Known::FirstRun);
        if is_first {
            EDITS[first](&mut world.configuration);
        }
        world.provision();
        let before = world.configuration.clone();
        EDITS[second](&mut world.configuration);
        let after = world.configuration.clone();
        let difference = between(&population(&world, &before), &population(&world, &after));
        let preview = world.preview();
        let moves = moves(&difference);
        for outcome in preview.outcomes() {
            agree(&after, moves.get(outcome.source_id.as_str()).copied(), outcome)?;
        }
    }

    #[test]
    fn going_back_undoes_who_enters_and_leaves(
        people in strangers(), which in 0..EDITS.len(),
    ) {
        let world = world(&people, Known::FirstRun);
        let mut edited = world.configuration.clone();
        EDITS[which](&mut edited);
        let (before, after) = (population(&world, &world.configuration), population(&world, &edited));
        let (there, back) = (between(&before, &after), between(&after, &before));
        let count = |difference: &Difference, movement| {
            difference.moves.iter().filter(|each| each.movement == movement).count()
        };
        prop_assert_eq!(count(&there, Movement::Enters), count(&back, Movement::Leaves));
        prop_assert_eq!(count(&there, Movement::Leaves), count(&back, Movement::Enters));
        let same = between(&after, &after);
        prop_assert_eq!(same.moves, Vec::new());
    }

    #[test]
    fn the_calls_of_a_first_cycle_lie_within_their_bounds(
        people in vec(somebody(), 0..6), which in 0..EDITS.len(), by_two in any::<bool>(),
    ) {
        let mut world = world(&people, Known::FirstRun);
        EDITS[which](&mut world.configuration);
        if by_two {
            let second = NonZeroU32::new(2);
            edit(&mut world.configuration, "externalId", |row| row.matching_precedence = second);
        }
        let foretold = forecast(&population(&world, &world.configuration), &BTreeSet::new());
        let cycle = world.provision();
        let requests = requests(&cycle);
        for (purpose, count) in &requests {
            let bounds = foretold.calls.by_purpose.get(purpose).copied().unwrap_or_default();
            prop_assert!(bounds.holds(*count), "{purpose:?}: {count} not in {bounds:?}");
        }
        let total: usize = requests.values().sum();
        prop_assert_eq!(total, cycle.summary().requests);
        prop_assert!(foretold.calls.total.holds(total), "{total} not in {:?}", foretold.calls.total);
    }

    #[test]
    fn the_failures_of_an_empty_application_are_foretold(
        people in strangers(), which in 0..EDITS.len(), doubles in 0_usize..4,
    ) {
        let mut world = world(&people, Known::FirstRun);
        EDITS[which](&mut world.configuration);
        for user in world.directory.users.iter_mut().take(doubles) {
            let name = SourceValue::Text("same@contoso.example".to_owned());
            user.attributes.insert("userPrincipalName".to_owned(), name);
        }
        let foretold = forecast(&population(&world, &world.configuration), &BTreeSet::new());
        let cycle = world.preview();
        let failed = |outcome: &&Outcome| {
            matches!(outcome.action.kind(), ActionKind::Conflict | ActionKind::Error)
        };
        let found = cycle.outcomes().iter().filter(failed).count();
        prop_assert_eq!(foretold.failures.failed, found);
    }

    #[test]
    fn hostile_people_are_reviewed_and_foretold_without_a_panic(
        people in vec(somebody(), 0..4), name in "\\PC{0,12}", which in 0..EDITS.len(),
    ) {
        let mut world = world(&people, Known::Linked);
        for user in &mut world.directory.users {
            user.attributes.insert("userPrincipalName".to_owned(), SourceValue::Text(name.clone()));
        }
        EDITS[which](&mut world.configuration);
        let population = population(&world, &world.configuration);
        let managed = world.directory.users.iter().map(|user| user.id.clone()).collect();
        let advice = provisioning::review::review_population(&population, &managed);
        for fix in advice.iter().filter_map(|advice| advice.fix.as_ref()) {
            let _ = fix.apply(&world.configuration);
        }
        let _ = forecast(&population, &managed);
        let preview = world.preview();
        prop_assert_eq!(preview.log_entries().count(), preview.outcomes().len());
    }
}
