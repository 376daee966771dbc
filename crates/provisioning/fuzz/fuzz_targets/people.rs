//! Reading people: any text.

#![no_main]

#[path = "../checks/people.rs"]
mod people;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| people::check(bytes));
