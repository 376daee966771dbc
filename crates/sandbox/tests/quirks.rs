//! Every quirk does what its summary says, and nothing else changes.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by a panic"
)]

#[path = "support/client.rs"]
mod client;

mod quirks {
    mod access;
    mod answers;
    mod changing;
    mod creating;
    mod discovery;
    mod failures;
    mod groups;
    mod paging;
    mod profiles;
    mod searching;
}

use client::{Answer, Client};
use sandbox::{Quirk, Quirks, Settings, Topic};
use scim::patch::Dialect;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Debug;

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const NOBODY: &str = "userName eq \"b8f2e0a4-5d0e-4c57-9a52-0d7c7c1f6e11\"";

/// A sandbox with Ada, Bo and a group of both, and then these quirks.
fn quirky(quirks: impl IntoIterator<Item = Quirk>) -> Client {
    let mut client = Client::new(Settings { dialect: Dialect::Entra, ..Settings::default() });
    let ids = ["Ada", "Bo"].map(|name| {
        client.create("/Users", json!({ "schemas": [USER], "userName": name, "active": true }))
    });
    let members = ids.map(|id| json!({ "value": id }));
    client.create(
        "/Groups",
        json!({ "schemas": [GROUP], "displayName": "Crew", "members": members }),
    );
    client.sandbox.set_quirks(quirks.into_iter().collect());
    client
}

/// The same question, without the quirk and with it.
#[track_caller]
fn differs<T: Debug + PartialEq>(
    quirk: Quirk,
    ask: impl Fn(&mut Client) -> T,
    without: T,
    with: T,
) {
    assert_eq!(ask(&mut quirky([])), without, "without {}", quirk.name());
    assert_eq!(ask(&mut quirky([quirk])), with, "with {}", quirk.name());
}

/// The status, and the keyword where it is an error in SCIM's form.
fn outcome(answer: &Answer) -> (u16, Value) {
    (answer.status, answer.body["scimType"].clone())
}

fn done(status: u16) -> (u16, Value) {
    (status, Value::Null)
}

fn refused(scim_type: &str) -> (u16, Value) {
    (400, json!(scim_type))
}

fn path_of_ada(client: &Client) -> String {
    format!(
        "/Users/{}",
        client.sandbox.users().next().and_then(|ada| ada.id().map(str::to_owned)).unwrap()
    )
}

fn path_of_crew(client: &Client) -> String {
    format!(
        "/Groups/{}",
        client.sandbox.groups().next().and_then(|crew| crew.id().map(str::to_owned)).unwrap()
    )
}

fn patch(client: &mut Client, path: &str, operations: Value) -> Answer {
    client.send("PATCH", path, json!({ "schemas": [PATCH_OP], "Operations": operations }))
}

/// `Add` sets a single value, and makes the element that a value filter does not find.
fn patch_ada(client: &mut Client, path: &str, value: Value) -> Answer {
    let ada = path_of_ada(client);
    patch(client, &ada, json!([{ "op": "Add", "path": path, "value": value }]))
}

#[test]
fn every_quirk_has_a_name_a_summary_and_a_row_in_the_readme() {
    let names: BTreeSet<_> = Quirk::ALL.iter().map(|quirk| quirk.name()).collect();
    let summaries: BTreeSet<_> = Quirk::ALL.iter().map(|quirk| quirk.summary()).collect();
    assert_eq!((names.len(), summaries.len()), (Quirk::ALL.len(), Quirk::ALL.len()));
    for quirk in Quirk::ALL {
        assert_eq!(Quirk::named(quirk.name()), Some(quirk));
        assert!(quirk.summary().ends_with('.'), "{}", quirk.summary());
    }
    assert_eq!(Quirk::named("no-such-quirk"), None);
    let rows = include_str!("../README.md").lines().filter(|line| line.starts_with("| `"));
    let documented: Vec<_> = rows.filter_map(|row| row.split('`').nth(1)).collect();
    assert_eq!(documented, Quirk::ALL.map(Quirk::name));
}

#[test]
fn the_readme_tells_each_topic_with_its_quirks() {
    let topics = Quirk::ALL.map(Quirk::topic);
    assert!(topics.is_sorted());
    for topic in Topic::ALL {
        let heading = format!("### {}\n", topic.title());
        let section = include_str!("../README.md").split(&heading).nth(1);
        let section = section.unwrap_or_else(|| panic!("{heading}"));
        let rows = section.lines().skip_while(|line| !line.starts_with("| `"));
        let rows: Vec<&str> = rows.take_while(|line| line.starts_with("| `")).collect();
        let quirks = Quirk::ALL.into_iter().filter(|quirk| quirk.topic() == topic);
        let row = |quirk: Quirk| format!("| `{}` | {} |", quirk.name(), quirk.summary());
        assert_eq!(rows, quirks.map(row).collect::<Vec<_>>());
    }
}

/// A name is its variant in kebab case, so that who knows one knows the other.
#[test]
fn a_quirk_is_called_alike_in_code_and_in_addresses() {
    for quirk in Quirk::ALL {
        let mut kebab = String::new();
        for letter in format!("{quirk:?}").chars() {
            if letter.is_uppercase() && !kebab.is_empty() {
                kebab.push('-');
            }
            kebab.extend(letter.to_lowercase());
        }
        assert_eq!(quirk.name(), kebab);
    }
}

#[test]
fn every_quirk_is_taken_by_itself_in_a_test() {
    let tests = [
        include_str!("quirks/access.rs"),
        include_str!("quirks/answers.rs"),
        include_str!("quirks/changing.rs"),
        include_str!("quirks/creating.rs"),
        include_str!("quirks/discovery.rs"),
        include_str!("quirks/failures.rs"),
        include_str!("quirks/groups.rs"),
        include_str!("quirks/paging.rs"),
        include_str!("quirks/searching.rs"),
    ]
    .concat();
    for quirk in Quirk::ALL {
        let variant = format!("Quirk::{quirk:?}");
        let mut named = tests.split(&variant).skip(1);
        let is_taken = named.any(|rest| !rest.starts_with(char::is_alphanumeric));
        assert!(is_taken, "no test takes `{}`", quirk.name());
    }
}

#[test]
fn quirks_are_switched_one_by_one() {
    let mut quirks = Quirks::none().with(Quirk::Forbidden);
    quirks.set(Quirk::EmptyBody, true);
    assert_eq!(quirks.iter().collect::<Vec<_>>(), [Quirk::EmptyBody, Quirk::Forbidden]);
    quirks.set(Quirk::Forbidden, false);
    assert!(quirks.contains(Quirk::EmptyBody) && !quirks.contains(Quirk::Forbidden));
    let mut client = quirky(Quirk::ALL);
    client.sandbox.set_quirks(Quirks::none());
    assert_eq!(client.find("/Users", NOBODY).body["totalResults"], 0);
    assert_eq!(client.get("/Users").listed("userName"), ["Ada", "Bo"]);
}
