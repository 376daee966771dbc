//! How fast expressions are read, how fast each function is, and how fast twenty mappings are
//! computed for 100,000 people.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "clippy does not take a benchmark for a test"
)]

mod by_hand;
mod functions;
mod mappings;
mod people;
mod reading;

use criterion::Criterion;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    reading::read(&mut criterion);
    functions::evaluate(&mut criterion);
    mappings::map(&mut criterion);
    criterion.final_summary();
}
