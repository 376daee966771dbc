//! Evaluating expressions: any text, and anybody.

#![no_main]

#[path = "../checks/evaluate.rs"]
mod evaluate;
#[path = "../checks/person.rs"]
mod person;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| evaluate::check(bytes));
