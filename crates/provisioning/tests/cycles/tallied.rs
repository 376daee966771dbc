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
use provisioning::source::{AppRoleAssignment, DEFAULT_ACCESS};

use crate::at_scale::{case, filter, row, rows, world};
use crate::world::ambient;

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_between_configurations_changes_no_count(
        case in case(),
        changes in vec((prop::option::of(rows()), prop::option::of(filter()), any::<bool>()), 1..6),
        turn in 1_usize..40,
    ) {
        let world = world(&case);
        let mut directory = world.directory;
        let mut people = People::of(
            Layout::of(&directory), &directory, &assignment::effective(&directory),
        ).unwrap();
        let mut configuration: Configuration = world.configuration;
        let (mut tally, mut assignments) = (Tally::default(), 0);
        for (rows, filter, reassigns) in changes {
            if let Some(rows) = rows {
                configuration.users.attributes = rows;
                let role = row("entitlements", "SingleAppRoleAssignment([appRoleAssignments])");
                configuration.users.attributes.push(role);
            }
            if let Some(filter) = filter {
                configuration.users.filter = filter;
            }
            if reassigns && let Some(user) = directory.users.first() {
                let id = user.id.clone();
                match directory.assignments.iter().position(|line| line.principal_id == id) {
                    Some(at) => drop(directory.assignments.remove(at)),
                    None => directory.assignments.push(AppRoleAssignment {
                        principal_id: id,
                        app_role_id: DEFAULT_ACCESS.to_owned(),
                    }),
                }
                people.assign(&assignment::effective(&directory));
                assignments += 1;
            }
            let population =
                Population::new(configuration.clone(), Arc::new(directory.clone()), ambient());
            let layout = people.layout().clone();
            let pipeline = Pipeline::over(configuration.clone(), ambient(), layout);
            // A filter with a fault is counted by neither.
            let (true, Ok(pipeline)) = (population.faults().is_empty(), pipeline) else { continue };
            people.widen(pipeline.layout());
            prop_assert!(pipeline.fits(&people));
            tally.take_up(&pipeline, assignments);
            while tally.advance(&pipeline, &people, turn) {}
            prop_assert_eq!(tally.left(&people), (0, 0));
            prop_assert_eq!(tally.counted(&pipeline, &people), Some(judged(&population)));
        }
    }
}
