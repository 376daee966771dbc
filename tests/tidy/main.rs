//! The tree's own rules: what may stand where, and whether the documents tell the truth.
//!
//! Each rule is a function from files to [`tree::Finding`]s and one test that finds none. Beside it
//! stands a test that shows the rule a small text that breaks it, so that no rule is asleep.
#![cfg(not(target_arch = "wasm32"))]

mod tree;

mod documents;
mod doors;
mod files;
mod layers;
mod sheets;
