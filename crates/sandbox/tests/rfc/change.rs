//! Sections 3.5, 3.6 and 3.14: replacing, modifying, deleting, and versions.

use super::{ENTERPRISE, USER, barbara, client, patch, user};
use crate::client::Client;
use sandbox::Settings;
use scim::patch::Dialect;
use scim::schema::{Mutability, Schemas};
use serde_json::{Value, json};

fn with_barbara() -> (Client, String) {
    let mut client = client();
    let id = client.create("/Users", barbara());
    (client, format!("/Users/{id}"))
}

#[test]
fn put_replaces_everything_but_what_the_server_keeps() {
    let (mut client, path) = with_barbara();
    let before = client.get(&path).body;
    let mut sent = user("babs");
    sent["id"] = json!("another");
    let answer = client.send("PUT", &path, sent);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["id"], before["id"]);
    assert_eq!(answer.body["userName"], "babs");
    assert_eq!(answer.body["schemas"], json!([USER]));
    assert_eq!(answer.body["emails"], Value::Null);
    assert_eq!(answer.body["meta"]["created"], before["meta"]["created"]);
    assert_ne!(answer.body["meta"]["lastModified"], before["meta"]["lastModified"]);
    assert_ne!(answer.body["meta"]["version"], before["meta"]["version"]);
}

#[test]
fn put_keeps_the_rules_of_a_creation() {
    let (mut client, path) = with_barbara();
    client.create("/Users", user("ada"));
    client.send("PUT", &path, json!({ "schemas": [USER] })).is_error(400, Some("invalidValue"));
    client.send("PUT", &path, user("ADA")).is_error(409, Some("uniqueness"));
    // One's own name in another case is no clash.
    assert_eq!(client.send("PUT", &path, user("BJENSEN@example.com")).status, 200);
    client.send("PUT", "/Users/nobody", user("x")).is_error(404, None);
}

#[test]
fn an_immutable_value_cannot_be_changed_by_put() {
    let mut schemas = Schemas::rfc7643();
    let mut schema = schemas.get(USER).unwrap().clone();
    for attribute in schema.attributes.iter_mut().filter(|known| known.name == "nickName") {
        attribute.mutability = Mutability::Immutable;
    }
    schemas.insert(schema);
    let mut client = Client::new(Settings { schemas, ..Settings::default() });
    let mut sent = user("ada");
    sent["nickName"] = json!("countess");
    let path = format!("/Users/{}", client.create("/Users", sent.clone()));
    assert_eq!(client.send("PUT", &path, sent.clone()).status, 200);
    assert_eq!(client.send("PUT", &path, user("ada")).body["nickName"], "countess");
    sent["nickName"] = json!("enchantress");
    client.send("PUT", &path, sent).is_error(400, Some("mutability"));
}

#[test]
fn patch_applies_the_examples_of_the_rfc() {
    let (mut client, path) = with_barbara();
    let answer = client.send(
        "PATCH",
        &path,
        patch(json!([
            { "op": "add", "value": { "nickName": "Babs" } },
            { "op": "replace", "path": "name.familyName", "value": "Doe" },
            { "op": "remove", "path": "emails[type eq \"home\"]" },
            { "op": "add", "path": format!("{ENTERPRISE}:costCenter"), "value": "4130" },
        ])),
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["nickName"], "Babs");
    assert_eq!(answer.body["name"]["familyName"], "Doe");
    assert_eq!(answer.body["emails"].as_array().unwrap().len(), 1);
    assert_eq!(answer.body[ENTERPRISE]["costCenter"], "4130");
    assert_eq!(client.get(&path).body, answer.body);
}

#[test]
fn the_extension_joins_schemas_with_its_first_attribute() {
    let mut client = client();
    let path = format!("/Users/{}", client.create("/Users", user("ada")));
    let add =
        json!([{ "op": "add", "path": format!("{ENTERPRISE}:department"), "value": "Sales" }]);
    let answer = client.send("PATCH", &path, patch(add));
    assert_eq!(answer.body["schemas"], json!([USER, ENTERPRISE]));
}

#[test]
fn a_patch_is_done_whole_or_not_at_all() {
    let (mut client, path) = with_barbara();
    client.create("/Users", user("ada"));
    let before = client.get(&path).body;
    let title = json!({ "op": "replace", "path": "title", "value": "Guide" });
    for (second, status, scim_type) in [
        (json!({ "op": "replace", "path": "id", "value": "x" }), 400, "mutability"),
        (json!({ "op": "replace", "path": "userName", "value": "ADA" }), 409, "uniqueness"),
        (json!({ "op": "remove" }), 400, "noTarget"),
        (json!({ "op": "replace", "path": "active", "value": "False" }), 400, "invalidValue"),
        (json!({ "op": "replace", "path": "emails[type eq", "value": "x" }), 400, "invalidPath"),
        (json!({ "op": "add", "path": "shoeSize", "value": 42 }), 400, "invalidPath"),
        (json!({ "op": "rename", "path": "title" }), 400, "invalidSyntax"),
    ] {
        let answer = client.send("PATCH", &path, patch(json!([title.clone(), second])));
        answer.is_error(status, Some(scim_type));
        assert_eq!(client.get(&path).body, before);
    }
    let unnamed = json!({ "Operations": [title] });
    client.send("PATCH", &path, unnamed).is_error(400, Some("invalidSyntax"));
}

#[test]
fn a_required_attribute_cannot_be_removed() {
    let (mut client, path) = with_barbara();
    let answer =
        client.send("PATCH", &path, patch(json!([{ "op": "remove", "path": "userName" }])));
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(client.get(&path).body["userName"], "bjensen@example.com");
}

#[test]
fn a_patch_that_changes_nothing_modifies_nothing() {
    let (mut client, path) = with_barbara();
    let before = client.get(&path).body;
    let same = json!([{ "op": "replace", "path": "title", "value": "Tour Guide" }]);
    let answer = client.send("PATCH", &path, patch(same));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, before);
}

#[test]
fn what_entra_sends_is_understood_in_its_dialect_only() {
    let legacy = json!({ "schemas": [super::PATCH_OP], "Operations": [
        { "op": "Replace", "path": "active", "value": "False" },
        { "op": "Add", "path": "phoneNumbers[type eq \"work\"].value", "value": "+1" },
        { "op": "Add", "path": format!("{ENTERPRISE}:manager"), "value": "boss" },
    ] });
    let (mut strict, path) = with_barbara();
    assert_eq!(strict.send("PATCH", &path, legacy.clone()).status, 400);
    let mut tolerant = Client::new(Settings { dialect: Dialect::Entra, ..Settings::default() });
    let mut sent = barbara();
    sent["active"] = json!("True");
    sent["schemas"] = json!([USER, "urn:some:extension:2.0:User"]);
    let path = format!("/Users/{}", tolerant.create("/Users", sent));
    assert_eq!(tolerant.get(&path).body["active"], true);
    let answer = tolerant.send("PATCH", &path, legacy);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["active"], false);
    assert_eq!(answer.body["phoneNumbers"], json!([{ "type": "work", "value": "+1" }]));
    assert_eq!(answer.body[ENTERPRISE]["manager"], json!({ "value": "boss" }));
}

#[test]
fn what_is_deleted_is_gone() {
    let (mut client, path) = with_barbara();
    let answer = client.send("DELETE", &path, Value::Null);
    assert_eq!((answer.status, &answer.body), (204, &Value::Null));
    client.get(&path).is_error(404, None);
    client.send("DELETE", &path, Value::Null).is_error(404, None);
    client.send("PATCH", &path, patch(json!([]))).is_error(404, None);
    // The name is free again.
    client.create("/Users", barbara());
}

#[test]
fn a_version_guards_every_change() {
    let (mut client, path) = with_barbara();
    let version = client.get(&path).header("etag").to_owned();
    let mut send = |method, body, header, tag: &str| {
        client.send_with(method, &path, body, &[("authorization", "Bearer sandbox"), (header, tag)])
    };
    let unchanged = send("GET", Value::Null, "if-none-match", &version);
    assert_eq!((unchanged.status, unchanged.header("etag")), (304, version.as_str()));
    assert_eq!(send("GET", Value::Null, "if-none-match", "W/\"0\"").status, 200);
    let title = patch(json!([{ "op": "replace", "path": "title", "value": "Guide" }]));
    send("PATCH", title.clone(), "if-match", "W/\"0\"").is_error(412, None);
    assert_eq!(send("PATCH", title, "if-match", &format!("\"x\", {version}")).status, 200);
    send("PUT", user("x"), "if-match", &version).is_error(412, None);
    send("DELETE", Value::Null, "if-match", &version).is_error(412, None);
    assert_eq!(send("DELETE", Value::Null, "if-match", "*").status, 204);
}
