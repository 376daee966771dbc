//! Runs each vector as a test of its own, named by its id.
//!
//! The vectors stand in `tests/vectors`. The environment variable `SCIM_WIZARD_VECTORS` names another folder;
//! files of the same names there are read instead.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy does not take a test without harness for a test"
)]

mod expressions;
mod requests;
mod scene;
mod scoping;
mod vector;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use serde_json::Value;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = trials("expressions.json", "expression", expressions::check);
    trials.extend(self::trials("scoping.json", "scoping", scoping::check));
    trials.extend(self::trials("scim-requests.json", "request", requests::check));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// One test for each vector of a file.
fn trials(file: &str, kind: &'static str, check: fn(&Value) -> Result<(), String>) -> Vec<Trial> {
    let vectors = vectors(file);
    let vectors = vectors.as_array().expect("a list of vectors").iter().cloned();
    vectors
        .map(|vector| {
            let id = vector::text(&vector, "id").to_owned();
            Trial::test(id, move || check(&vector).map_err(Into::into)).with_kind(kind)
        })
        .collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests read their vectors from files; the library does not"
)]
fn vectors(name: &str) -> Value {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(name);
    let given = std::env::var("SCIM_WIZARD_VECTORS").map(|folder| PathBuf::from(folder).join(name));
    let file = given.ok().filter(|file| file.exists()).unwrap_or(own);
    let text = std::fs::read_to_string(&file).expect("the vectors can be read");
    serde_json::from_str(&text).expect("the vectors are JSON")
}
