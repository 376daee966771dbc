//! Section 3.3: creating resources.

use super::{ENTERPRISE, GROUP, USER, barbara, client, user};
use serde_json::{Value, json};

#[test]
fn a_created_user_comes_back_with_an_id_a_location_and_a_version() {
    let mut client = client();
    let answer = client.send("POST", "/Users", barbara());
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("content-type"), "application/scim+json");
    let id = answer.body["id"].as_str().unwrap();
    let location = format!("https://sandbox.example/scim/v2/Users/{id}");
    assert_eq!(answer.header("location"), location);
    assert_eq!(answer.header("etag"), answer.body["meta"]["version"]);
    assert_eq!(
        answer.body["meta"],
        json!({
            "resourceType": "User",
            "created": "2026-01-01T00:00:01.000Z",
            "lastModified": "2026-01-01T00:00:01.000Z",
            "location": location,
            "version": answer.header("etag"),
        })
    );
    assert_eq!(answer.body["schemas"], json!([USER, ENTERPRISE]));
    assert_eq!(answer.body["emails"], barbara()["emails"]);
    assert_eq!(answer.body[ENTERPRISE], barbara()[ENTERPRISE]);
    assert_eq!(client.get(&format!("/Users/{id}")).body, answer.body);
}

#[test]
fn a_user_name_is_unique_in_any_case() {
    let mut client = client();
    client.create("/Users", user("Ada@Example.com"));
    client.send("POST", "/Users", user("ada@example.COM")).is_error(409, Some("uniqueness"));
    assert_eq!(client.sandbox.users().count(), 1);
    // A sigma has two small forms, and which one ends a word is no matter of case.
    client.create("/Users", user("οδυσσευσ"));
    client.send("POST", "/Users", user("ΟΔΥΣΣΕΥΣ")).is_error(409, Some("uniqueness"));
    assert_eq!(client.find("/Users", "userName eq \"ΟΔΥΣΣΕΥΣ\"").listed("userName"), ["οδυσσευσ"]);
}

#[test]
fn two_groups_may_share_a_name() {
    let mut client = client();
    let group = json!({ "schemas": [GROUP], "displayName": "Crew" });
    let ids = [client.create("/Groups", group.clone()), client.create("/Groups", group)];
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn what_clients_may_not_write_is_ignored() {
    let mut client = client();
    let mut sent = barbara();
    sent["id"] = json!("chosen-by-the-client");
    sent["meta"] = json!({ "created": "1999-01-01T00:00:00Z" });
    sent["groups"] = json!([{ "value": "admins" }]);
    sent["password"] = json!("t1meMa$heen");
    sent["shoeSize"] = json!(42);
    sent[ENTERPRISE]["manager"] = json!({ "value": "boss", "displayName": "The boss" });
    let id = client.create("/Users", sent);
    assert_ne!(id, "chosen-by-the-client");
    let body = client.get(&format!("/Users/{id}")).body;
    assert_eq!(body["meta"]["created"], "2026-01-01T00:00:01.000Z");
    for name in ["groups", "password", "shoeSize"] {
        assert_eq!(body[name], Value::Null, "{name}");
    }
    assert_eq!(body[ENTERPRISE]["manager"], json!({ "value": "boss" }));
}

#[test]
fn names_are_spelled_as_the_schema_spells_them() {
    let mut client = client();
    let sent = json!({ "SCHEMAS": [USER], "USERNAME": "ada", "Emails": [{ "VALUE": "a@x" }] });
    let id = client.create("/Users", sent);
    let body = client.get(&format!("/Users/{id}")).body;
    assert_eq!(body["userName"], "ada");
    assert_eq!(body["emails"], json!([{ "value": "a@x" }]));
}

#[test]
fn nulls_and_empty_lists_are_no_values() {
    let mut client = client();
    let sent = json!({
        "schemas": [USER], "userName": "ada", "title": null, "emails": [],
        "phoneNumbers": [{ "value": null }], "name": { "givenName": null },
    });
    let id = client.create("/Users", sent);
    let body = client.get(&format!("/Users/{id}")).body;
    let names: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(names, ["schemas", "id", "userName", "meta"]);
}

#[test]
fn the_extension_is_told_in_schemas_when_it_has_values() {
    let mut client = client();
    let mut sent = barbara();
    sent["schemas"] = json!([USER]);
    let id = client.create("/Users", sent);
    assert_eq!(client.get(&format!("/Users/{id}")).body["schemas"], json!([USER, ENTERPRISE]));
    let mut bare = user("bare");
    bare["schemas"] = json!([USER, ENTERPRISE]);
    let id = client.create("/Users", bare);
    assert_eq!(client.get(&format!("/Users/{id}")).body["schemas"], json!([USER]));
}

#[test]
fn a_document_that_breaks_the_schema_is_refused() {
    let table = [
        (json!([]), "invalidSyntax"),
        (json!({ "userName": "ada" }), "invalidSyntax"),
        (json!({ "schemas": [GROUP], "userName": "ada" }), "invalidSyntax"),
        (json!({ "schemas": [USER, "urn:unknown"], "userName": "ada" }), "invalidSyntax"),
        (json!({ "schemas": [USER] }), "invalidValue"),
        (json!({ "schemas": [USER], "userName": "  " }), "invalidValue"),
        (json!({ "schemas": [USER], "userName": 7 }), "invalidValue"),
        (json!({ "schemas": [USER], "userName": "ada", "active": "True" }), "invalidValue"),
        (json!({ "schemas": [USER], "userName": "ada", "emails": "a@x" }), "invalidValue"),
        (json!({ "schemas": [USER], "userName": "ada", "emails": ["a@x"] }), "invalidValue"),
        (json!({ "schemas": [USER], "userName": "ada", "name": ["Ada"] }), "invalidValue"),
        (json!({ "schemas": [USER], "userName": "ada", ENTERPRISE: "Sales" }), "invalidValue"),
        (
            json!({ "schemas": [USER], "userName": "ada", "emails": [
                { "value": "a@x", "primary": true }, { "value": "b@x", "primary": true } ] }),
            "invalidValue",
        ),
    ];
    let mut client = client();
    for (document, scim_type) in table {
        client.send("POST", "/Users", document).is_error(400, Some(scim_type));
    }
    assert_eq!(client.sandbox.users().count(), 0);
}

#[test]
fn an_answer_to_a_creation_shows_what_was_asked_for() {
    let mut client = client();
    let answer = client.send("POST", "/Users?attributes=userName", barbara());
    let names: Vec<&String> = answer.body.as_object().unwrap().keys().collect();
    assert_eq!(names, ["schemas", "id", "userName"]);
}
