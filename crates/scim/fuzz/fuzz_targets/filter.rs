//! Filters: any text, and any tree.

#![no_main]

#[path = "../checks/filter.rs"]
mod filter;
#[path = "../checks/invented.rs"]
mod invented;
#[path = "../../tests/naive_evaluation/naive.rs"]
mod naive;
#[path = "../checks/residents.rs"]
mod residents;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| filter::check(bytes));
