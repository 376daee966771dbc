//! The unit tests of an expression, run.

use provisioning::population::Population;
use provisioning::source::SourceObject;

use super::prepared::{Bystander, Prepared};
use super::{inputs, object};
use crate::draft::mapping::unit_test::{Subject, UnitTest};
use crate::draft::place::Kind;
use crate::worker::message::{Formula, Found, Verified};

/// What each test says, in their order.
pub(super) fn verify(
    formula: &Formula,
    tests: &[UnitTest],
    population: &Population,
) -> Vec<Verified> {
    let prepared = Prepared::new(&formula.text, formula.target_type);
    tests
        .iter()
        .map(|test| {
            let (subject, found) = run(&prepared, formula.kind, &test.subject, population);
            let passed = found.as_ref().is_some_and(|found| found.is(&test.expected));
            Verified { subject, found, passed }
        })
        .collect()
}

/// The subject in words, and what the expression gives for it.
fn run(
    prepared: &Prepared,
    kind: Kind,
    subject: &Subject,
    population: &Population,
) -> (String, Option<Found>) {
    match subject {
        Subject::Person(name) => match somebody(population, kind, name) {
            Some(object) => {
                let found = prepared.run(&inputs(population, object));
                (object.label().to_owned(), Some(found))
            }
            None => (subject.in_words(), None),
        },
        Subject::Values(values) => {
            let bystander = Bystander::new(kind.into(), values);
            let domain = population.configuration().default_domain.as_deref();
            let found = prepared.run(&bystander.inputs(domain, population.ambient()));
            (subject.in_words(), Some(found))
        }
    }
}

/// The object with an id, or with a user principal name in any case.
fn somebody<'a>(population: &'a Population, kind: Kind, name: &str) -> Option<&'a SourceObject> {
    let found = object(population, name).or_else(|| {
        let users = &population.directory().users;
        users.iter().find(|user| {
            user.text("userPrincipalName").is_some_and(|own| own.eq_ignore_ascii_case(name))
        })
    });
    found.filter(|object| Kind::from(object.kind) == kind)
}
