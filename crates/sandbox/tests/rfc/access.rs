//! Sections 2, 3.1, 3.11 and 3.12: who is let in, with what, and how errors are said.

use super::{USER, client, user};
use http::Request;
use sandbox::{Moment, ResourceType, Sandbox, Settings};
use serde_json::{Value, json};

#[test]
fn without_the_token_nothing_is_told() {
    let mut client = client();
    let headers: [(&[(&str, &str)], &str); 4] = [
        (&[], "Bearer realm=\"SCIM\""),
        (&[("authorization", "Bearer wrong")], "Bearer realm=\"SCIM\", error=\"invalid_token\""),
        (&[("authorization", "Basic sandbox")], "Bearer realm=\"SCIM\", error=\"invalid_token\""),
        (&[("authorization", "Bearer")], "Bearer realm=\"SCIM\", error=\"invalid_token\""),
    ];
    for (headers, challenge) in headers {
        for path in ["/Users", "/Schemas", "/Users/1", "/Bulk"] {
            let answer = client.send_with("GET", path, Value::Null, headers);
            answer.is_error(401, None);
            assert_eq!(answer.header("www-authenticate"), challenge);
        }
    }
    let lower =
        client.send_with("GET", "/Users", Value::Null, &[("authorization", "bearer sandbox")]);
    assert_eq!(lower.status, 200);
}

#[test]
fn how_to_authenticate_is_told_to_everybody() {
    let answer = client().send_with("GET", "/ServiceProviderConfig", Value::Null, &[]);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["authenticationSchemes"][0]["type"], "oauthbearertoken");
}

#[test]
fn a_wrong_path_is_a_scim_error() {
    let mut sandbox = Sandbox::new(Settings::default());
    for path in
        ["/", "/Users", "/scim/Users", "/scim/v2x/Users", "/scim/v2/Persons", "/scim/v2/Users/1/2"]
    {
        let request =
            Request::get(path).header("authorization", "Bearer sandbox").body(vec![]).unwrap();
        let response = sandbox.handle(&request, &Moment::default());
        assert_eq!(response.status(), 404, "{path}");
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(body["status"], "404");
        assert!(body["detail"].as_str().unwrap().contains("/scim/v2"), "{body}");
    }
}

#[test]
fn a_wrong_method_is_told_the_right_ones() {
    let mut client = client();
    for (method, path, allow) in [
        ("DELETE", "/Users", "GET, POST"),
        ("PATCH", "/Users", "GET, POST"),
        ("POST", "/Users/1", "GET, PUT, PATCH, DELETE"),
        ("GET", "/Users/.search", "POST"),
        ("POST", "/Schemas", "GET"),
        ("OPTIONS", "/Users", "GET, POST"),
        ("GET", "/Bulk", "POST"),
    ] {
        let answer = client.send(method, path, Value::Null);
        answer.is_error(405, None);
        assert_eq!(answer.header("allow"), allow);
    }
}

#[test]
fn bulk_and_me_are_not_implemented() {
    let mut client = client();
    let bulk = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [] });
    client.send("POST", "/Bulk", bulk).is_error(501, None);
    for method in ["GET", "DELETE"] {
        client.send(method, "/Me", Value::Null).is_error(501, None);
    }
}

fn post(media_type: &str, body: Vec<u8>) -> http::Response<Vec<u8>> {
    let request = Request::post("/scim/v2/Users")
        .header("authorization", "Bearer sandbox")
        .header("content-type", media_type)
        .body(body)
        .unwrap();
    Sandbox::new(Settings::default()).handle(&request, &Moment::default())
}

#[test]
fn the_body_must_be_json_of_a_known_media_type_and_size() {
    let body = serde_json::to_vec(&user("ada")).unwrap();
    for media_type in ["application/scim+json", "Application/JSON; charset=utf-8"] {
        assert_eq!(post(media_type, body.clone()).status(), 201, "{media_type}");
    }
    for media_type in ["text/html", "", "application/xml"] {
        assert_eq!(post(media_type, body.clone()).status(), 415, "{media_type}");
    }
    let broken = post("application/json", b"{\"userName\": ".to_vec());
    assert_eq!(broken.status(), 400);
    assert!(String::from_utf8_lossy(broken.body()).contains("invalidSyntax"));
    assert_eq!(post("application/json", vec![b' '; (4 << 20) + 1]).status(), 413);
    assert_eq!(post("application/json", vec![b'['; 1 << 20]).status(), 400);
}

#[test]
fn the_location_is_a_path_where_the_client_names_no_host() {
    let body = serde_json::to_vec(&user("ada")).unwrap();
    let response = post("application/scim+json", body);
    let location = response.headers()["location"].to_str().unwrap();
    assert!(location.starts_with("/scim/v2/Users/"), "{location}");
}

#[test]
fn the_journal_tells_what_was_asked() {
    let mut client = client();
    client.get("/Users?count=1");
    client.create("/Users", user("ada"));
    client.send_with("GET", "/Groups", Value::Null, &[]);
    let journal: Vec<_> = client
        .sandbox
        .journal()
        .iter()
        .map(|entry| (entry.method.as_str(), entry.path.as_str(), entry.status))
        .collect();
    assert_eq!(
        journal,
        [
            ("GET", "/scim/v2/Users?count=1", 200),
            ("POST", "/scim/v2/Users", 201),
            ("GET", "/scim/v2/Groups", 401),
        ]
    );
}

#[test]
fn what_is_inserted_keeps_its_id_and_the_rules() {
    let mut sandbox = Sandbox::new(Settings::default());
    let now = Moment::default();
    let mut insert = |of, resource| sandbox.insert(of, resource, &now);
    let ada = json!({ "id": "ada-1", "userName": "ada" });
    assert_eq!(insert(ResourceType::User, ada.clone()).unwrap(), "ada-1");
    let group = json!({ "displayName": "Crew", "members": [{ "value": "ada-1" }] });
    let group = insert(ResourceType::Group, group).unwrap();
    assert_ne!(group, "");
    let mut refused = |of, resource| {
        let refusal = insert(of, resource).unwrap_err();
        (refusal.status(), refusal.scim_type().map(|word| word.as_str()))
    };
    assert_eq!(refused(ResourceType::User, ada), (409, Some("uniqueness")));
    let same_id = json!({ "id": "ada-1", "displayName": "x" });
    assert_eq!(refused(ResourceType::Group, same_id), (409, Some("uniqueness")));
    assert_eq!(
        refused(ResourceType::User, json!({ "id": 7, "userName": "x" })),
        (400, Some("invalidValue"))
    );
    assert_eq!(
        refused(ResourceType::User, json!({ "schemas": [USER] })),
        (400, Some("invalidValue"))
    );
    assert_eq!(refused(ResourceType::User, json!("ada")), (400, Some("invalidSyntax")));
    assert!(sandbox.journal().is_empty());
    let stored = sandbox.users().next().unwrap();
    assert_eq!(stored.get("groups").unwrap()[0]["value"], group.as_str());
    assert_eq!(sandbox.groups().count(), 1);
}

#[test]
fn the_same_requests_get_the_same_answers() {
    let run = |seed| {
        let mut client = crate::client::Client::new(Settings { seed, ..Settings::default() });
        ["ada", "bo"].map(|name| client.create("/Users", user(name)))
    };
    assert_eq!(run(5), run(5));
    assert_ne!(run(5), run(6));
}
