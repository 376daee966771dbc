//! How fast expressions are read, how fast each function is, how fast twenty mappings are computed
//! for 100,000 people, and how many people a second each stage of a cycle and of the pipeline takes.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "clippy does not take a benchmark for a test"
)]

mod by_hand;
#[path = "../../examples/plan/workload.rs"]
mod configuration;
mod functions;
#[path = "../../examples/workload/invent.rs"]
mod invent;
mod mappings;
mod people;
mod pipeline;
mod reading;
mod stage;
mod stages;
#[path = "../../examples/workload/twister.rs"]
mod twister;
#[path = "../../examples/workload/words.rs"]
mod words;

use criterion::Criterion;

type Trouble = Box<dyn std::error::Error>;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    reading::read(&mut criterion);
    functions::evaluate(&mut criterion);
    mappings::map(&mut criterion);
    stages::go_through(&mut criterion);
    criterion.final_summary();
}
