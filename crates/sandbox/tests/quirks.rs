//! Every quirk does what its summary says, and nothing else changes.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by a panic"
)]

#[path = "support/client.rs"]
mod client;

use client::{Answer, Client};
use sandbox::{Quirk, Quirks, Settings};
use scim::patch::Dialect;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
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

fn path_of_ada(client: &Client) -> String {
    format!("/Users/{}", client.sandbox.users().next().and_then(|ada| ada.id()).unwrap())
}

/// `Add` sets a single value, and makes the element that a value filter does not find.
fn patch_ada(client: &mut Client, path: &str, value: Value) -> Answer {
    let operations = json!([{ "op": "Add", "path": path, "value": value }]);
    let body = json!({ "schemas": [PATCH_OP], "Operations": operations });
    let ada = path_of_ada(client);
    client.send("PATCH", &ada, body)
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

#[test]
fn filter_ignored_finds_everybody() {
    let answer = quirky([Quirk::FilterIgnored]).find("/Users", NOBODY);
    assert_eq!((answer.status, answer.listed("userName")), (200, vec!["Ada", "Bo"]));
}

#[test]
fn without_filters_only_unfiltered_searches_are_answered() {
    for (quirk, status, scim_type) in [
        (Quirk::FilterNotImplemented, 501, None),
        (Quirk::FilterRefused, 400, Some("invalidFilter")),
    ] {
        let mut client = quirky([quirk]);
        client.find("/Users", "userName eq \"Ada\"").is_error(status, scim_type);
        assert_eq!(client.get("/Users").body["totalResults"], 2);
        assert_eq!(client.get("/ServiceProviderConfig").body["filter"]["supported"], false);
    }
}

#[test]
fn not_found_stands_for_an_empty_list() {
    let mut client = quirky([Quirk::NotFoundForNoMatch]);
    client.find("/Users", NOBODY).is_error(404, None);
    assert_eq!(client.find("/Users", "userName eq \"ada\"").body["totalResults"], 1);
    assert_eq!(client.get("/Users?startIndex=9").status, 200);
}

#[test]
fn a_case_sensitive_user_name_is_not_found_and_yet_taken() {
    let mut client = quirky([Quirk::CaseSensitiveUserName]);
    assert_eq!(client.find("/Users", "userName eq \"ada\"").body["totalResults"], 0);
    assert_eq!(client.find("/Users", "userName eq \"Ada\"").body["totalResults"], 1);
    assert_eq!(client.find("/Users", "userName sw \"a\"").body["totalResults"], 0);
    assert_eq!(client.find("/Groups", "displayName eq \"crew\"").body["totalResults"], 1);
    let again = json!({ "schemas": [USER], "userName": "ada" });
    client.send("POST", "/Users", again).is_error(409, Some("uniqueness"));
}

#[test]
fn patch_is_refused_and_put_works() {
    let mut client = quirky([Quirk::PatchRefused]);
    patch_ada(&mut client, "title", json!("Engineer")).is_error(501, None);
    let ada = path_of_ada(&client);
    let put = json!({ "schemas": [USER], "userName": "Ada", "title": "Engineer" });
    assert_eq!(client.send("PUT", &ada, put).body["title"], "Engineer");
    assert_eq!(client.get("/ServiceProviderConfig").body["patch"]["supported"], false);
}

#[test]
fn a_patch_without_effect_looks_like_a_success() {
    let mut client = quirky([Quirk::PatchWithoutEffect]);
    let ada = path_of_ada(&client);
    let before = client.get(&ada).body;
    assert_eq!(patch_ada(&mut client, "title", json!("Engineer")).status, 204);
    assert_eq!(client.get(&ada).body, before);
}

#[test]
fn text_booleans_are_refused_wherever_they_stand() {
    for (path, value) in [
        ("active", json!("False")),
        ("emails", json!([{ "value": "a@x", "primary": "True" }])),
        ("emails[type eq \"work\"].primary", json!("True")),
    ] {
        assert_eq!(patch_ada(&mut quirky([]), path, value.clone()).status, 200, "{path}");
        let mut client = quirky([Quirk::TextBooleansRefused]);
        patch_ada(&mut client, path, value).is_error(400, Some("invalidValue"));
    }
    let mut client = quirky([Quirk::TextBooleansRefused]);
    let pathless = json!({ "Operations": [{ "op": "Replace", "value": { "active": "False" } }] });
    let ada = path_of_ada(&client);
    client.send("PATCH", &ada, pathless).is_error(400, Some("invalidValue"));
    let created = json!({ "userName": "cy", "active": "True" });
    client.send("POST", "/Users", created).is_error(400, Some("invalidValue"));
    assert_eq!(patch_ada(&mut client, "active", json!(false)).body["active"], false);
}

#[test]
fn members_come_although_they_are_excluded() {
    let mut client = quirky([Quirk::ExcludedAttributesIgnored]);
    let list = client.get("/Groups?excludedAttributes=members");
    assert_eq!(list.body["Resources"][0]["members"].as_array().unwrap().len(), 2);
    let id = list.listed("id")[0];
    let group = client.get(&format!("/Groups/{id}?excludedAttributes=members"));
    assert_eq!(group.body["members"].as_array().unwrap().len(), 2);
}

#[test]
fn every_page_is_the_first() {
    let mut client = quirky([Quirk::PageRepeated]);
    for start in 1..4 {
        let page = client.get(&format!("/Users?count=1&startIndex={start}"));
        assert_eq!(page.listed("userName"), ["Ada"]);
        assert_eq!((&page.body["startIndex"], &page.body["totalResults"]), (&json!(1), &json!(2)));
    }
}

#[test]
fn a_search_is_answered_with_a_bare_resource() {
    let mut client = quirky([Quirk::NotAList]);
    let answer = client.find("/Users", "userName eq \"Bo\"");
    assert_eq!((answer.status, &answer.body["userName"]), (200, &json!("Bo")));
    assert_eq!(client.find("/Users", NOBODY).body, json!({}));
    assert_eq!(client.get("/Users").body["Resources"], Value::Null);
}

#[test]
fn successes_come_without_a_body() {
    let mut client = quirky([Quirk::EmptyBody]);
    let answer = client.find("/Users", NOBODY);
    assert_eq!((answer.status, &answer.body), (200, &Value::Null));
    assert_eq!(answer.header("content-type"), "application/scim+json");
    client.get("/Users/nobody").is_error(404, None);
}

#[test]
fn successes_come_as_html_that_calls_itself_scim() {
    let mut client = quirky([Quirk::HtmlBody]);
    let answer = client.find("/Users", NOBODY);
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/scim+json"));
    assert!(answer.body.as_str().unwrap().starts_with("<!DOCTYPE html>"), "{}", answer.body);
    client.get("/Users/nobody").is_error(404, None);
}

#[test]
fn every_request_is_redirected() {
    let mut client = quirky([Quirk::Redirect]);
    let answer = client.find("/Users", NOBODY);
    assert_eq!((answer.status, answer.header("location")), (302, "https://login.example/sign-in"));
    assert_eq!(client.get("/nowhere").status, 302);
}

#[test]
fn the_token_has_expired() {
    let answer = quirky([Quirk::ExpiredToken]).find("/Users", NOBODY);
    answer.is_error(401, None);
    assert!(answer.header("www-authenticate").contains("expired"), "{:?}", answer.headers);
}

#[test]
fn the_token_gives_no_right() {
    let mut client = quirky([Quirk::Forbidden]);
    client.find("/Users", NOBODY).is_error(403, None);
    let wrong = client.send_with("GET", "/Users", Value::Null, &[("authorization", "Bearer x")]);
    wrong.is_error(401, None);
}

/// The statuses of six requests. Three came before to fill the sandbox, so the first is the fourth.
fn statuses(quirks: Quirks) -> Vec<u16> {
    let mut client = quirky([]);
    client.sandbox.set_quirks(quirks);
    (0..6).map(|_| client.get("/Users").status).collect()
}

#[test]
fn every_nth_request_fails() {
    let throttled = Quirks::none().with(Quirk::Throttled);
    assert_eq!(statuses(throttled.clone()), [200, 200, 429, 200, 200, 429]);
    assert_eq!(statuses(throttled.clone().every(2)), [429, 200, 429, 200, 429, 200]);
    assert_eq!(statuses(throttled.clone().every(0)), [429; 6]);
    let both = throttled.with(Quirk::ServerFault);
    assert_eq!(statuses(both.clone()), [200, 200, 429, 200, 200, 500]);
    assert_eq!(statuses(both.every(1)), [429, 500, 429, 500, 429, 500]);
    assert_eq!(statuses(Quirks::none().with(Quirk::ServerFault)), [200, 200, 500, 200, 200, 500]);
}

#[test]
fn failures_are_said_in_scim_and_change_nothing() {
    let mut client = quirky([]);
    client.sandbox.set_quirks(Quirks::none().with(Quirk::Throttled).every(1));
    let answer = patch_ada(&mut client, "title", json!("Engineer"));
    answer.is_error(429, None);
    assert_eq!(answer.header("retry-after"), "2");
    client.sandbox.set_quirks(Quirks::none().with(Quirk::ServerFault).every(1));
    patch_ada(&mut client, "title", json!("Engineer")).is_error(500, None);
    client.sandbox.set_quirks(Quirks::none());
    let ada = path_of_ada(&client);
    assert_eq!(client.get(&ada).body["title"], Value::Null);
}
