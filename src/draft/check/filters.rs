//! The scoping filters, as far as it needs no regular expression.

use provisioning::scoping::{Arity, Clause, FilterGroup, Operator, ScopingFilter};

use super::Problem;
use crate::draft::mapping::FilterDraft;
use crate::draft::place::{Kind, Place};

/// Checks every filter; clauses without an operator are left out of the sound one.
pub(super) fn check_filters(
    filters: &[FilterDraft],
    kind: Kind,
    enabled: bool,
    problems: &mut Vec<Problem>,
) -> ScopingFilter {
    let mut sound = ScopingFilter::default();
    for (group, filter) in filters.iter().enumerate() {
        if enabled && filter.title.trim().is_empty() {
            problems.push(Problem::new(
                Place::FilterTitle(kind, group),
                "the scoping filter has no title",
                "type one: the provisioning log names filters by it",
            ));
        }
        let clauses = filter.clauses.iter().enumerate().filter_map(|(index, clause)| {
            let operator = Operator::from_name(&clause.operator);
            if operator.is_none() {
                problems.push(Problem::new(
                    Place::Clause(kind, group, index),
                    "the clause has no operator",
                    "choose one from the list",
                ));
            }
            let operator = operator?;
            let values = match operator.arity() {
                Arity::Unary => Vec::new(),
                Arity::Binary => vec![clause.value.clone()],
            };
            Some(Clause { attribute: clause.attribute.trim().to_owned(), operator, values })
        });
        let clauses = clauses.collect();
        sound.groups.push(FilterGroup { name: filter.title.trim().to_owned(), clauses });
    }
    if enabled {
        problems.extend(sound.problems().into_iter().map(|found| {
            let place = match found.clause {
                Some(clause) => Place::Clause(kind, found.group, clause),
                None => Place::FilterTitle(kind, found.group),
            };
            Problem::new(place, found.message, found.repair)
        }));
    }
    sound
}
