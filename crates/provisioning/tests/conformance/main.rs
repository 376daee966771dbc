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
mod scoping;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use provisioning::configuration::ObjectKind;
use provisioning::source::{SourceObject, SourceValue};
use serde_json::Value;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = trials("expressions.json", "expression", expressions::check);
    trials.extend(self::trials("scoping.json", "scoping", scoping::check));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// One test for each vector of a file.
fn trials(file: &str, kind: &'static str, check: fn(&Value) -> Result<(), Failed>) -> Vec<Trial> {
    let vectors = vectors(file);
    let vectors = vectors.as_array().expect("a list of vectors").iter().cloned();
    vectors
        .map(|vector| {
            let id = text(&vector, "id").to_owned();
            Trial::test(id, move || check(&vector)).with_kind(kind)
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

fn text<'v>(vector: &'v Value, member: &str) -> &'v str {
    vector
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("`{member}` is a string in {vector}"))
}

/// A user with the attributes of a JSON object; null ones are absent.
fn user(attributes: &Value) -> SourceObject {
    let attributes = attributes.as_object().expect("an object of attributes");
    SourceObject {
        id: "5d2c1f0a-0000-4000-8000-000000000001".to_owned(),
        kind: ObjectKind::User,
        attributes: attributes
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), source_value(value)?)))
            .collect(),
        members: Vec::new(),
        soft_deleted: false,
    }
}

fn source_value(value: &Value) -> Option<SourceValue> {
    match value {
        Value::Null | Value::Object(_) => None,
        Value::Bool(flag) => Some(SourceValue::Boolean(*flag)),
        Value::Number(number) => Some(SourceValue::Number(number.clone())),
        Value::String(text) => Some(SourceValue::Text(text.clone())),
        Value::Array(items) => {
            let texts = items.iter().filter_map(Value::as_str).map(str::to_owned);
            Some(SourceValue::List(texts.collect()))
        }
    }
}

/// Whether a value of a vector says yes, as a boolean or as the text `True`.
fn is_true(value: Option<&Value>) -> bool {
    value.is_some_and(|value| value == true || value == "True")
}
