//! Runs each vector as a test of its own, named by its id.
//!
//! The vectors stand in `tests/vectors`. The environment variable `SCIM_WIZARD_VECTORS` names another folder;
//! files of the same names there are read instead.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not take a test without harness for a test"
)]

mod filters;
mod patches;
mod requests;

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = filters::trials(&vectors("scim-filters.json"));
    trials.extend(patches::trials(&vectors("scim-patch.json")));
    trials.extend(requests::trials(&vectors("scim-requests.json")));
    libtest_mimic::run(&arguments, trials).exit_code()
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

/// One test for each vector of a list.
fn each(
    list: &Value,
    kind: &'static str,
    check: impl Fn(&Value) -> Result<(), Failed> + Clone + Send + 'static,
) -> Vec<Trial> {
    let vectors = list.as_array().expect("a list of vectors").iter().cloned();
    vectors
        .map(|vector| {
            let id = text(&vector, "id").to_owned();
            let check = check.clone();
            Trial::test(id, move || check(&vector)).with_kind(kind)
        })
        .collect()
}

fn text<'v>(vector: &'v Value, member: &str) -> &'v str {
    vector
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("`{member}` is a string in {vector}"))
}

fn same<T: PartialEq + Debug>(what: &str, found: &T, expected: &T) -> Result<(), Failed> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}\n   found {found:?}\nexpected {expected:?}").into())
}
