//! Scoping filters.

use proptest::prelude::*;
use provisioning::scoping::{Clause, FilterGroup, Operator, ScopingFilter};

use super::generators::{filter, nobody, person};

proptest! {
    #[test]
    fn the_fast_path_of_a_filter_agrees_with_the_reasons(filter in filter(), person in person()) {
        match filter.compile() {
            Ok(compiled) => {
                let verdict = compiled.judge(&person);
                prop_assert_eq!(compiled.passes(&person), verdict.satisfied);
                let by_clauses = verdict.groups.iter().any(|g| g.clauses.iter().all(|c| c.passed));
                prop_assert_eq!(verdict.satisfied, filter.groups.is_empty() || by_clauses);
            }
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }

    #[test]
    fn nobody_without_a_value_passes_but_is_null(
        operator in prop::sample::select(&Operator::ALL[..]),
        operand in "[1-9]{1,3}",
    ) {
        let values = if operator.arity() == provisioning::scoping::Arity::Unary { vec![] } else { vec![operand] };
        let clause = Clause { attribute: "department".to_owned(), operator, values };
        let groups = vec![FilterGroup { name: String::new(), clauses: vec![clause] }];
        let compiled = ScopingFilter { groups }.compile().expect("a sound filter");
        prop_assert_eq!(compiled.passes(&nobody()), operator == Operator::IsNull);
    }
}
