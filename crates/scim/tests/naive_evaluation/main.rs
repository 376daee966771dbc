//! The evaluation of filters against a second one: slow, plain, and written from the RFC alone.

#![expect(clippy::expect_used, reason = "clippy does not take a strategy for a part of a test")]

mod meeting;
mod naive;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use scim::filter::Filter;
use scim::resource::Resource;
use scim::schema::Schemas;

fn answer(filter: &Filter, resource: &Resource, schemas: &Schemas) -> Option<bool> {
    filter.resolve(schemas).ok().map(|query| query.matches(resource))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn both_evaluations_agree(filter in meeting::filter(), resource in meeting::resource()) {
        let expected = naive::passes(&filter, &resource.clone().into_value());
        let found = answer(&filter, &resource, &Schemas::rfc7643());
        prop_assert_eq!(found, expected, "{} asked of {}", filter, resource.into_value());
    }
}

/// Agreement says little if filters and resources never meet.
#[test]
fn filters_and_resources_meet() {
    let (schemas, mut runner) = (Schemas::rfc7643(), TestRunner::deterministic());
    let pairs = (meeting::comparison(), meeting::resource());
    let mut counts = [0; 3];
    for _ in 0..1_000 {
        let (filter, resource) = pairs.new_tree(&mut runner).expect("a pair").current();
        match answer(&filter, &resource, &schemas) {
            Some(true) => counts[0] += 1,
            Some(false) => counts[1] += 1,
            None => counts[2] += 1,
        }
    }
    let [passed, failed, refused] = counts;
    assert!(passed > 150 && failed > 150 && refused > 50, "{counts:?}");
}
