//! Headers: any names and values, both ways.

#![no_main]

#[path = "../checks/headers.rs"]
mod headers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| headers::check(bytes));
