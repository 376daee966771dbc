//! Cycles in a simulated world: stories told in its words, and properties that always hold.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy takes only the functions marked as tests for tests, not their world"
)]

mod foretold;
mod histories;
mod hostile;
mod log;
mod office;
mod over_time;
mod prediction;
mod properties;
mod stories;
mod world;
