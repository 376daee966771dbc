//! Cycles in a simulated world: stories told in its words, and properties that always hold.
//!
//! The stories are told inside a browser too, by `cargo xtask test wasm`: what the engine decides
//! must not depend on the machine.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy takes only the functions marked as tests for tests, not their world"
)]

#[cfg(not(target_arch = "wasm32"))]
mod at_scale;
#[cfg(not(target_arch = "wasm32"))]
mod foretold;
#[cfg(not(target_arch = "wasm32"))]
mod histories;
#[cfg(not(target_arch = "wasm32"))]
mod hostile;
mod log;
mod office;
mod over_time;
#[cfg(not(target_arch = "wasm32"))]
mod prediction;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
#[cfg(not(target_arch = "wasm32"))]
mod roster;
mod stories;
#[cfg(not(target_arch = "wasm32"))]
mod tallied;
mod world;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
