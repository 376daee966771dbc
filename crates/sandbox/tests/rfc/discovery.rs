//! Section 4: what the service says about itself.

use super::{ENTERPRISE, GROUP, USER, client};
use serde_json::{Value, json};

#[test]
fn the_configuration_says_what_is_supported() {
    let body = client().get("/ServiceProviderConfig").body;
    for (feature, supported) in [
        ("patch", true),
        ("filter", true),
        ("sort", true),
        ("etag", true),
        ("bulk", false),
        ("changePassword", false),
    ] {
        assert_eq!(body[feature]["supported"], supported, "{feature}");
    }
    assert_eq!(body["filter"]["maxResults"], 200);
    assert_eq!(body["meta"]["location"], "https://sandbox.example/scim/v2/ServiceProviderConfig");
}

#[test]
fn the_schemas_are_listed_and_read_one_by_one() {
    let mut client = client();
    let list = client.get("/Schemas");
    assert_eq!(list.listed("id"), [USER, GROUP, ENTERPRISE]);
    assert_eq!(list.body["totalResults"], 3);
    for schema in list.body["Resources"].as_array().unwrap() {
        let id = schema["id"].as_str().unwrap();
        assert_eq!(client.get(&format!("/Schemas/{id}")).body, *schema);
        assert_eq!(schema["schemas"], json!(["urn:ietf:params:scim:schemas:core:2.0:Schema"]));
        assert_eq!(
            schema["meta"]["location"],
            format!("https://sandbox.example/scim/v2/Schemas/{id}")
        );
        assert!(!holds_null(schema), "{id}");
    }
    let user_name = &list.body["Resources"][0]["attributes"][0];
    assert_eq!(user_name["name"], "userName");
    assert_eq!(user_name["required"], true);
    assert_eq!(user_name["uniqueness"], "server");
    client.get("/Schemas/urn:unknown").is_error(404, None);
}

#[test]
fn the_resource_types_are_listed_and_read_one_by_one() {
    let mut client = client();
    let list = client.get("/ResourceTypes");
    assert_eq!(list.listed("id"), ["User", "Group"]);
    assert_eq!(list.listed("endpoint"), ["/Users", "/Groups"]);
    assert_eq!(list.listed("schema"), [USER, GROUP]);
    let extensions = json!([{ "schema": ENTERPRISE, "required": false }]);
    assert_eq!(list.body["Resources"][0]["schemaExtensions"], extensions);
    assert_eq!(list.body["Resources"][1]["schemaExtensions"], json!([]));
    assert_eq!(client.get("/ResourceTypes/User").body, list.body["Resources"][0]);
    client.get("/ResourceTypes/Device").is_error(404, None);
}

#[test]
fn discovery_is_not_searched() {
    client().find("/Schemas", "id pr").is_error(403, None);
    client().find("/ResourceTypes", "name eq \"User\"").is_error(403, None);
}

fn holds_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.iter().any(holds_null),
        Value::Object(members) => members.values().any(holds_null),
        _ => false,
    }
}
