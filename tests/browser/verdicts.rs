//! The preview's verdict on every person, as the page hands it out, beside the expected one.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use crate::directory::{Directory, Expected};
use crate::page::Page;

/// What the page says will become of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The directory object id.
    pub id: String,
    /// The display name.
    pub label: String,
    /// The user principal name.
    pub name: String,
    /// The action's name.
    pub action: String,
    /// The skip reason or error code; empty otherwise.
    pub reason: String,
    /// The attributes that change, with their values before and after.
    pub changes: BTreeMap<String, (Option<String>, String)>,
}

/// Walks to the preview of an endpoint through the relay, and gives the verdicts that Deliver
/// saves as JSON.
pub async fn preview_of(
    page: &Page,
    url: &str,
    token: &str,
    directory: &Directory,
) -> Vec<Verdict> {
    page.add_envoy().await;
    page.paste_people(&directory.graph()).await;
    page.connect("Relay", url, token).await;
    page.run_preview().await;
    let (_, json) = page.save_preview_as("JSON").await;
    read(&json)
}

/// Reads the file of the preview; groups are left out.
fn read(json: &str) -> Vec<Verdict> {
    let file: Value = serde_json::from_str(json).expect("the preview is saved as JSON");
    let outcomes = file["outcomes"].as_array().expect("the file lists outcomes").iter();
    outcomes.filter(|entry| entry["outcome"]["kind"] == "User").map(verdict).collect()
}

fn verdict(entry: &Value) -> Verdict {
    let text = |name: &str| entry["outcome"][name].as_str().unwrap_or_default().to_owned();
    let value = |value: &Value| value.as_str().map(str::to_owned);
    let changes = entry["changes"].as_array().into_iter().flatten().map(|change| {
        let attribute = value(&change["attribute"]).expect("a change names its attribute");
        (attribute, (value(&change["before"]), value(&change["after"]).unwrap_or_default()))
    });
    // What a new account gets is no change of anything.
    let changes = if text("action") == "Create" { BTreeMap::new() } else { changes.collect() };
    Verdict {
        id: text("id"),
        label: text("label"),
        name: text("detail"),
        action: text("action"),
        reason: text("reason"),
        changes,
    }
}

/// A table of all verdicts, and the lines on which the two readings differ.
pub fn compared(directory: &Directory, verdicts: &[Verdict]) -> (String, Vec<String>) {
    let (mut table, mut wrong) = (String::new(), Vec::new());
    for verdict in verdicts {
        let Verdict { label, name, action, reason, changes, .. } = verdict;
        let attributes: Vec<&str> = changes.keys().map(String::as_str).collect();
        // Writing to a String does not fail.
        let _ = writeln!(
            table,
            "{label:<28} {name:<38} {action:<8} {reason:<24} {}",
            attributes.join(", ")
        );
        let expected = directory.expected.get(&verdict.id);
        if expected.is_none_or(|expected| !is_as_expected(verdict, expected)) {
            wrong.push(format!("{verdict:?}\n  was expected to be {expected:?}"));
        }
    }
    let seen: Vec<&String> = verdicts.iter().map(|verdict| &verdict.id).collect();
    let missing = directory.expected.keys().filter(|id| !seen.contains(id));
    wrong.extend(missing.map(|id| format!("{id} has no verdict")));
    (table, wrong)
}

fn is_as_expected(verdict: &Verdict, expected: &Expected) -> bool {
    let Expected { action, reason, changes } = expected;
    verdict.action == *action && verdict.reason == *reason && verdict.changes == *changes
}
