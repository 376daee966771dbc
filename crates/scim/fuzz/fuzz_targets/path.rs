//! Paths: any text.

#![no_main]

#[path = "../checks/path.rs"]
mod path;
#[path = "../checks/residents.rs"]
mod residents;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| path::check(bytes));
