//! Destinations: any bytes as a call's target.

#![no_main]

#[path = "../checks/destination.rs"]
mod destination;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| destination::check(bytes));
