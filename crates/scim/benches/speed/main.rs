//! How fast filters are read and asked, PATCH requests applied and answers read; where the published crate
//! `scim-filter` can do the same, it does so beside.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "clippy does not take a benchmark for a test"
)]

mod answers;
mod filters;
mod patches;
mod population;

use criterion::Criterion;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    filters::parse(&mut criterion);
    filters::evaluate(&mut criterion);
    patches::apply(&mut criterion);
    answers::read(&mut criterion);
    criterion.final_summary();
}
