//! Each function, by the first of its examples.

use std::hint::black_box;

use criterion::Criterion;
use provisioning::ambient::Ambient;
use provisioning::configuration::ObjectKind;
use provisioning::expression::value::DateTime;
use provisioning::expression::{Expression, Inputs, function};
use provisioning::source::{AppRole, SourceObject, SourceValue};

/// Evaluates the first example of every function, with its fixed texts read from attributes:
/// what is the same for everybody is computed when the program is made.
pub(crate) fn evaluate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("evaluate");
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(1_753_855_200_000), seed: 0 };
    let roles =
        [AppRole { id: "1".to_owned(), value: "Auditor".to_owned(), display_name: String::new() }];
    for function in function::ALL {
        let example = &function.examples[0];
        let mut object = SourceObject {
            id: "1".to_owned(),
            kind: ObjectKind::User,
            attributes: example
                .attributes
                .iter()
                .map(|(name, value)| ((*name).to_owned(), SourceValue::Text((*value).to_owned())))
                .collect(),
            members: Vec::new(),
            soft_deleted: false,
        };
        let program = Expression::parse(&read_from_attribute(example.expression, &mut object))
            .compile()
            .expect(example.expression);
        let inputs = Inputs {
            object: &object,
            roles: &roles,
            is_soft_deleted: false,
            default_domain: Some("contoso.com"),
            ambient: &ambient,
        };
        let is_free = |_: &str| false;
        group.bench_function(function.name, |bencher| {
            bencher.iter(|| black_box(&program).evaluate_unique(black_box(&inputs), &is_free));
        });
    }
    group.finish();
}

/// The expression with its first fixed text read from the attribute `fixed`.
fn read_from_attribute(text: &str, object: &mut SourceObject) -> String {
    let Some((before, rest)) = text.split_once('"') else { return text.to_owned() };
    let Some((fixed, behind)) = rest.split_once('"') else { return text.to_owned() };
    // Some places take fixed texts only for their speed; a backslash is written twice in them.
    if text.contains('[') || fixed.contains('\\') {
        return text.to_owned();
    }
    object.attributes.insert("fixed".to_owned(), SourceValue::Text(fixed.to_owned()));
    format!("{before}[fixed]{behind}")
}
