//! How fast expressions are read, how fast each function is, how fast twenty mappings are computed
//! for 100,000 people, and how many people a second each stage of a cycle takes.

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
mod stage;
mod stages;

use criterion::Criterion;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    reading::read(&mut criterion);
    functions::evaluate(&mut criterion);
    mappings::map(&mut criterion);
    stages::go_through(&mut criterion);
    criterion.final_summary();
}
