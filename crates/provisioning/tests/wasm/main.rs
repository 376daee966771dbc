//! The vectors once more, inside a browser; `cargo xtask test wasm` runs them.
//!
//! What the engine decides must not depend on the machine: pointers are half as wide here, and the
//! page runs this code and no other.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy takes only the functions marked as tests for tests"
)]

#[path = "../conformance/expressions.rs"]
mod expressions;
#[path = "../conformance/requests.rs"]
mod requests;
#[path = "../conformance/scene.rs"]
mod scene;
#[path = "../conformance/scoping.rs"]
mod scoping;
#[path = "../conformance/vector.rs"]
mod vector;

use serde_json::Value;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Every vector of a file must hold; the failures are told all at once.
fn hold(file: &str, check: fn(&Value) -> Result<(), String>) {
    let vectors: Value = serde_json::from_str(file).expect("the vectors are JSON");
    let vectors = vectors.as_array().expect("a list of vectors");
    let mut held = 0;
    let mut failures = Vec::new();
    for vector in vectors {
        match check(vector) {
            Ok(()) => held += 1,
            Err(failure) => failures.push(format!("{}: {failure}", vector::text(vector, "id"))),
        }
    }
    assert!(failures.is_empty() && held > 60, "{held} held, these did not: {failures:#?}");
}

#[wasm_bindgen_test]
fn the_expressions_yield_the_same() {
    hold(include_str!("../vectors/expressions.json"), expressions::check);
}

#[wasm_bindgen_test]
fn the_filters_judge_the_same() {
    hold(include_str!("../vectors/scoping.json"), scoping::check);
}

#[wasm_bindgen_test]
fn the_requests_are_the_same() {
    hold(include_str!("../vectors/scim-requests.json"), requests::check);
}
