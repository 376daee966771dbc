//! PATCH: any request, and any list of operations.

#![no_main]

#[path = "../checks/invented.rs"]
mod invented;
#[path = "../checks/patch.rs"]
mod patch;
#[path = "../checks/residents.rs"]
mod residents;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| patch::check(bytes));
