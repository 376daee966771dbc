//! What the fuzz targets check, on the vectors, the examples, the recipes, and every input that once
//! failed.
//!
//! `SCIM_WIZARD_SEEDS=<folder>` writes the inputs made from them there, for the fuzzer to begin with.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "clippy does not take the checks for a part of a test; tests read files, the library does not"
)]

#[path = "../../fuzz/checks/evaluate.rs"]
mod evaluate;
#[path = "../../fuzz/checks/parse.rs"]
mod parse;
#[path = "../../fuzz/checks/people.rs"]
mod people;
#[path = "../../fuzz/checks/person.rs"]
mod person;

use std::fs;
use std::path::{Path, PathBuf};

use provisioning::expression::{function, recipe};
use serde_json::Value;

#[test]
fn reading() {
    // Each with its end cut off too, as it is while somebody types.
    let cut = |text: &String| text.chars().take(text.chars().count() / 2).collect::<String>();
    let texts = texts();
    let seeds = texts.iter().cloned().chain(texts.iter().map(cut));
    replay("parse", seeds.map(String::into_bytes).collect(), parse::check);
}

#[test]
fn evaluating() {
    let seeds = texts().into_iter().zip(0..).map(|(text, number)| {
        let mut seed = text.into_bytes();
        seed.push(0);
        seed.extend(drawn(number));
        seed
    });
    replay("evaluate", seeds.collect(), evaluate::check);
}

#[test]
fn reading_people() {
    let answers = [
        r#"{"value":[{"id":"1","displayName":"Ada","businessPhones":["+1"],"accountEnabled":false,"manager":{"id":"2"}}]}"#,
        r##"[{"objectId":"1","userPrincipalName":"a_b.example#EXT#@c.example","deletedDateTime":"2026-01-01T00:00:00Z"}]"##,
        r##"[{"id":"1","userPrincipalName":"#EXT#@c.example","deletedDateTime":{}}]"##,
        r#"{"users":{"value":[{"id":"1","x":1.50}]},"groups":[{"id":"g","members":["1",{"id":"y"}]}],"appRoles":[{"id":"r","displayName":"R"}],"appRoleAssignedTo":[{"principalId":"g"}]}"#,
        "{\"id\":\"1\"}\n{\"id\":\"2\",\"onPremisesExtensionAttributes\":{\"extensionAttribute1\":\"a\"}}\n",
    ];
    let cut = |text: &&str| text.chars().take(text.chars().count() * 2 / 3).collect::<String>();
    let seeds = answers.iter().map(|text| (*text).to_owned()).chain(answers.iter().map(cut));
    replay("people", seeds.map(String::into_bytes).collect(), people::check);
}

/// The expressions that are known to work, and some that are known not to.
fn texts() -> Vec<String> {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/expressions.json"))
        .expect("the vectors are JSON");
    let vectors = vectors.as_array().expect("a list").iter();
    let vectors = vectors.filter_map(|vector| vector["expression"].as_str());
    let examples = function::ALL.iter().flat_map(|function| function.examples);
    vectors
        .chain(examples.map(|example| example.expression))
        .chain(recipe::ALL.iter().map(|recipe| recipe.expression))
        .map(str::to_owned)
        .collect()
}

/// Bytes of no meaning that a person is drawn from, the same in every run.
fn drawn(seed: u32) -> impl Iterator<Item = u8> {
    let mut state = seed;
    std::iter::from_fn(move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Some(state.to_be_bytes()[0])
    })
    .take(96)
}

/// Checks the seeds and what once failed.
fn replay(target: &str, seeds: Vec<Vec<u8>>, check: fn(&[u8])) {
    assert!(!seeds.is_empty(), "{target} has no seeds");
    if let Ok(folder) = std::env::var("SCIM_WIZARD_SEEDS") {
        write(&PathBuf::from(folder).join(target), &seeds);
    }
    let failed = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/regressions").join(target);
    let failed = fs::read_dir(failed).into_iter().flatten();
    let failed = failed.map(|entry| fs::read(entry.expect("a file").path()).expect("bytes"));
    for input in seeds.into_iter().chain(failed) {
        println!("{}", String::from_utf8_lossy(&input));
        check(&input);
    }
}

fn write(folder: &Path, seeds: &[Vec<u8>]) {
    fs::create_dir_all(folder).expect("a folder for the seeds");
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(folder.join(number.to_string()), seed).expect("a seed can be written");
    }
}
