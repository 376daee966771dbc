//! Entra's SCIM requests: each vector is a test of its own, named by its id.
//!
//! A vector's situation is built as a small scene, a cycle plays it, and the request that the
//! vector shows must be among those that were sent. The vectors stand in
//! `tests/vectors/scim-requests.json`; `SCIM_WIZARD_VECTORS` names another folder.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy does not take a test without harness for a test"
)]

mod scene;
mod situation;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use serde_json::Value;

/// Vectors that speak of something that this engine does not do, and why.
const OUT_OF_REACH: [(&str, &str); 1] =
    [("rq-schema-01", "schema discovery is asked by the portal, not by a cycle")];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let vectors = vectors();
    let trials = vectors.as_array().expect("a list of vectors").iter().cloned().map(|vector| {
        let id = vector["id"].as_str().expect("an id").to_owned();
        let reason = OUT_OF_REACH.iter().find(|(name, _)| *name == id).map(|(_, reason)| *reason);
        let name = reason.map_or_else(|| id.clone(), |reason| format!("{id} ({reason})"));
        Trial::test(name, move || situation::check(&id, &vector).map_err(Into::into))
            .with_ignored_flag(reason.is_some())
            .with_kind("request")
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests read their vectors from files; the library does not"
)]
fn vectors() -> Value {
    let name = "scim-requests.json";
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(name);
    let given = std::env::var("SCIM_WIZARD_VECTORS").map(|folder| PathBuf::from(folder).join(name));
    let file = given.ok().filter(|file| file.exists()).unwrap_or(own);
    let text = std::fs::read_to_string(&file).expect("the vectors can be read");
    serde_json::from_str(&text).expect("the vectors are JSON")
}
