//! Reading an expression, and everything that is done at a keystroke.

use std::hint::black_box;

use criterion::Criterion;
use provisioning::expression::Expression;
use provisioning::expression::complete;
use provisioning::expression::explain::explain;
use provisioning::expression::highlight;
use provisioning::expression::lint::{Situation, lint};

/// An expression as administrators write them: a login from a name.
const TYPICAL: &str = r#"Coalesce(ToLower([mail]), Append(ToLower(NormalizeDiacritics(StripSpaces(Join(".", Mid([givenName], 1, 1), [surname])))), "@contoso.example"))"#;

/// Reads the typical expression, and one of the longest that Entra stores.
pub(crate) fn read(criterion: &mut Criterion) {
    let pairs: String =
        (0..360).map(|number| format!(", \"Country {number}\", \"C{number}\"")).collect();
    let long = format!("Switch([country], [country]{pairs})");
    assert!(Expression::parse(TYPICAL).is_sound() && Expression::parse(&long).is_sound());
    for (title, text) in [("typical", TYPICAL), ("long", &long)] {
        let mut group = criterion.benchmark_group(format!("read, {title}"));
        let expression = Expression::parse(text);
        group.bench_function("parse", |b| b.iter(|| Expression::parse(black_box(text))));
        group.bench_function("compile", |b| b.iter(|| black_box(&expression).compile()));
        group.bench_function("highlight", |b| b.iter(|| highlight::tokens(black_box(text))));
        group.bench_function("complete", |b| {
            b.iter(|| complete::at(black_box(text), text.len() / 2, &[]));
        });
        let situation = Situation::default();
        group.bench_function("lint", |b| b.iter(|| lint(black_box(&expression), &situation)));
        group.bench_function("explain", |b| b.iter(|| explain(black_box(&expression))));
        group.finish();
    }
}
