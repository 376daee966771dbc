//! Counting one configuration after another, keeping what they have in common, says what judging
//! everybody anew says.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use provisioning::assignment;
use provisioning::census::Census;
use provisioning::configuration::{Configuration, ObjectKind};
use provisioning::mapping::is_reference;
use provisioning::pipeline::{Layout, People, Pipeline, RowTally, Tallied, Tally};
use provisioning::population::Population;
use provisioning::source::{AppRoleAssignment, DEFAULT_ACCESS, Directory};
use provisioning::tenant::Tenant;

use crate::at_scale::{case, filter, row, rows, world};
use crate::world::{World, ambient};

/// What the whole engine says, one person after another.
fn judged(population: &Population) -> Tallied {
    let mut tallied = Tallied::default();
    for user in &population.directory().users {
        let scope = population.scope(user).unwrap();
        *(if scope.in_scope { &mut tallied.in_scope } else { &mut tallied.out_of_scope }) += 1;
        tallied.assigned += usize::from(scope.assigned);
        for reason in scope.reasons {
            *tallied.reasons.entry(reason).or_default() += 1;
        }
    }
    let census = Census::new(population);
    let attributes = &population.mapper(ObjectKind::User).mapping().attributes;
    let rows = census.kind(ObjectKind::User).rows.iter().zip(attributes);
    let counted = rows.map(|(row, mapping)| {
        let tally = RowTally { nothing: row.nothing.count, fault: row.fault.count };
        (!is_reference(&mapping.target)).then_some(tally)
    });
    tallied.rows = counted.collect();
    tallied
}

/// Assigns a user or a group that is not assigned, or no longer one that is.
fn assign_otherwise(directory: &mut Directory, index: prop::sample::Index) {
    let objects: Vec<_> = directory.users.iter().chain(&directory.groups).collect();
    let principal_id = match objects.as_slice() {
        [] => return,
        objects => index.get(objects).id.clone(),
    };
    match directory.assignments.iter().position(|line| line.principal_id == principal_id) {
        Some(at) => drop(directory.assignments.remove(at)),
        None => {
            let app_role_id = DEFAULT_ACCESS.to_owned();
            directory.assignments.push(AppRoleAssignment { principal_id, app_role_id });
        }
    }
}

/// Takes over the assignments; whom they concern.
fn reassign(
    directory: &Directory,
    tenant: &mut Tenant,
    people: &mut People,
    tally: &mut Tally,
) -> Vec<usize> {
    let told = tenant.reassign(directory.assignments.clone());
    let users = told.changed.into_iter().filter(|at| *at < directory.users.len());
    let changed: Vec<usize> = users.collect();
    people.reassign(tenant.assignments(), changed.iter().copied());
    tally.reassign(&changed);
    changed
}

/// One assignment is one person's roles, however many people there are.
#[test]
fn one_assignment_is_one_value_to_compute() {
    let mut world = World::new();
    for number in 0..200 {
        world.joins(&format!("u{number}"));
    }
    let mut directory = world.directory;
    directory.assignments.clear();
    let mut tenant = Tenant::new(Arc::new(directory.clone()));
    let layout = Layout::of(&directory);
    let mut people = People::of(layout.clone(), &directory, tenant.assignments()).unwrap();
    let mut configuration = world.configuration;
    let role = row("entitlements", "SingleAppRoleAssignment([appRoleAssignments])");
    configuration.users.attributes.push(role);
    let pipeline = Pipeline::over(configuration, ambient(), layout).unwrap();
    let mut tally = Tally::default();
    tally.take_up(&pipeline);
    while tally.advance(&pipeline, &people, 1_000) {}
    let line = |id: &str| AppRoleAssignment {
        principal_id: id.to_owned(),
        app_role_id: DEFAULT_ACCESS.to_owned(),
    };
    directory.assignments.push(line("u7"));
    assert_eq!(reassign(&directory, &mut tenant, &mut people, &mut tally), [7]);
    assert_eq!(tally.left(&people), (0, 1));
    let counted = tally.counted(&pipeline, &people).unwrap();
    assert_eq!(counted.rows.last(), Some(&None), "it is not counted yet");
    assert!(!tally.advance(&pipeline, &people, 1));
    let counted = tally.counted(&pipeline, &people).unwrap();
    assert_eq!((counted.assigned, counted.rows.last().copied().flatten().is_some()), (1, true));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_between_configurations_changes_no_count(
        case in case(),
        changes in vec(
            (
                prop::option::of(rows()),
                prop::option::of(filter()),
                prop::option::of(any::<prop::sample::Index>()),
                any::<bool>(),
            ),
            1..8,
        ),
        turn in 1_usize..40,
    ) {
        let mut world = world(&case);
        let members: Vec<String> =
            world.directory.users.iter().step_by(2).map(|user| user.id.clone()).collect();
        world.group("g", &members.iter().map(String::as_str).collect::<Vec<_>>());
        let mut directory = world.directory;
        let mut people = People::of(
            Layout::of(&directory), &directory, &assignment::effective(&directory),
        ).unwrap();
        let mut configuration: Configuration = world.configuration;
        let mut tally = Tally::default();
        let mut tenant = Tenant::new(Arc::new(directory.clone()));
        for (rows, filter, reassigned, is_hasty) in changes {
            if let Some(rows) = rows {
                configuration.users.attributes = rows;
                let role = row("entitlements", "SingleAppRoleAssignment([appRoleAssignments])");
                configuration.users.attributes.push(role);
            }
            if let Some(filter) = filter {
                configuration.users.filter = filter;
            }
            if let Some(index) = reassigned {
                assign_otherwise(&mut directory, index);
                reassign(&directory, &mut tenant, &mut people, &mut tally);
            }
            let population =
                Population::new(configuration.clone(), Arc::new(directory.clone()), ambient());
            let layout = people.layout().clone();
            let pipeline = Pipeline::over(configuration.clone(), ambient(), layout);
            // A filter with a fault is counted by neither.
            let (true, Ok(pipeline)) = (population.faults().is_empty(), pipeline) else { continue };
            people.widen(pipeline.layout());
            prop_assert!(pipeline.fits(&people));
            tally.take_up(&pipeline);
            if is_hasty {
                // The next change comes before everybody is counted.
                tally.advance(&pipeline, &people, turn);
                continue;
            }
            while tally.advance(&pipeline, &people, turn) {}
            prop_assert_eq!(tally.left(&people), (0, 0));
            prop_assert_eq!(tally.counted(&pipeline, &people), Some(judged(&population)));
        }
    }
}
