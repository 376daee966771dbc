//! What the fuzz targets check, on the vectors and on every input that once failed.
//!
//! `SCIM_WIZARD_SEEDS=<folder>` writes the inputs made from the vectors there, for the fuzzer to begin with.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "clippy does not take the checks for a part of a test; tests read files, the library does not"
)]

#[path = "../../fuzz/checks/answer.rs"]
mod answer;
#[path = "../../fuzz/checks/filter.rs"]
mod filter;
#[path = "../../fuzz/checks/invented.rs"]
mod invented;
#[path = "../naive_evaluation/naive.rs"]
mod naive;
#[path = "../../fuzz/checks/patch.rs"]
mod patch;
#[path = "../../fuzz/checks/path.rs"]
mod path;
#[path = "../../fuzz/checks/residents.rs"]
mod residents;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

#[test]
fn filters() {
    let file = vectors(include_str!("../vectors/scim-filters.json"));
    let mut seeds = texts(&file["vectors"], "filter");
    seeds.extend(drawn());
    replay("filter", seeds, filter::check);
}

#[test]
fn paths() {
    let file = vectors(include_str!("../vectors/scim-filters.json"));
    replay("path", texts(&file["paths"], "path"), path::check);
}

#[test]
fn patches() {
    let file = vectors(include_str!("../vectors/scim-patch.json"));
    let body = |vector: &Value| json!({ "Operations": vector["operations"] }).to_string();
    let mut seeds: Vec<Vec<u8>> = list(&file).iter().map(|v| body(v).into_bytes()).collect();
    seeds.extend(drawn());
    replay("patch", seeds, patch::check);
}

#[test]
fn answers() {
    let resources = vectors(include_str!("../vectors/scim-filters.json"))["resources"].take();
    let mut bodies = vec![
        json!({ "patch": { "supported": true }, "filter": { "supported": true, "maxResults": 200 } }),
        json!({ "name": "User", "endpoint": "/Users", "schemaExtensions": [{ "schema": "urn:a:b" }] }),
        json!({ "status": "400", "scimType": "invalidFilter", "detail": "no" }),
        resources[0].clone(),
        json!({ "totalResults": 12, "startIndex": 1, "Resources": resources }),
    ];
    bodies.extend(residents::SCHEMAS.iter().map(|schema| json!(schema)));
    let mut seeds = vec![
        b"401\nWWW-Authenticate: Bearer\n\n".to_vec(),
        b"302\nLocation: /login\nRetry-After: 30\n\n<html><title>Sign in</title>".to_vec(),
        b"204\n\n".to_vec(),
    ];
    for status in [200, 400] {
        let head = format!("{status}\nContent-Type: application/scim+json\n\n");
        seeds.extend(bodies.iter().map(|body| format!("{head}{body}").into_bytes()));
    }
    replay("answer", seeds, answer::check);
}

fn vectors(file: &str) -> Value {
    serde_json::from_str(file).expect("the vectors are JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list of vectors")
}

fn texts(vectors: &Value, member: &str) -> Vec<Vec<u8>> {
    list(vectors).iter().filter_map(|vector| Some(vector[member].as_str()?.into())).collect()
}

/// Inputs that trees and operations are drawn from: bytes of no meaning, the same in every run.
fn drawn() -> Vec<Vec<u8>> {
    let mut state = 1_u32;
    let mut byte = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..32).map(|_| [0].into_iter().chain((0..255).map(|_| byte())).collect()).collect()
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
