//! The quirks of changes and deletions.

use crate::client::Client;
use crate::{
    ENTERPRISE, GROUP, USER, differs, done, outcome, patch, patch_ada, path_of_ada, path_of_crew,
    quirky, refused,
};
use sandbox::Quirk;
use serde_json::{Value, json};

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
fn a_patch_without_effect_may_come_with_the_resource() {
    let ask = |client: &mut Client| {
        let ada = path_of_ada(client);
        let before = client.get(&ada).body;
        let answer = patch_ada(client, "title", json!("Engineer"));
        (answer.status, answer.body == before, client.get(&ada).body == before)
    };
    differs(Quirk::PatchReturnsUnchanged, ask, (200, false, false), (200, true, true));
}

#[test]
fn a_patch_that_worked_is_answered_without_a_body() {
    let ask = |client: &mut Client| {
        let answer = patch_ada(client, "title", json!("Engineer"));
        let ada = path_of_ada(client);
        let labelled = answer.header("content-type").is_empty();
        (answer.status, answer.body.is_null(), labelled, client.get(&ada).body["title"].clone())
    };
    let changed = json!("Engineer");
    let without = (200, false, false, changed.clone());
    differs(Quirk::PatchWithoutBody, ask, without, (204, true, true, changed));
}

/// One operation on Ada.
fn operated(operation: Value) -> impl Fn(&mut Client) -> (u16, Value) {
    move |client: &mut Client| {
        let ada = path_of_ada(client);
        outcome(&patch(client, &ada, json!([operation])))
    }
}

#[test]
fn operations_in_capitals_are_refused() {
    let named = |op: &str| operated(json!({ "op": op, "path": "title", "value": "Engineer" }));
    let quirk = Quirk::CapitalOperationsRefused;
    differs(quirk, named("Replace"), done(200), refused("invalidSyntax"));
    differs(quirk, named("replace"), done(200), done(200));
}

#[test]
fn a_filtered_key_is_refused() {
    let quirk = Quirk::FilteredKeyRefused;
    let key = "emails[type eq \"work\"].value";
    let pathless = operated(json!({ "op": "Add", "value": { key: "ada@x" } }));
    differs(quirk, pathless, done(200), refused("invalidValue"));
    let path = operated(json!({ "op": "add", "path": key, "value": "ada@x" }));
    differs(quirk, path, done(200), done(200));
    let dotted = operated(json!({ "op": "replace", "value": { "name.givenName": "Ada" } }));
    differs(quirk, dotted, done(200), done(200));
}

#[test]
fn an_element_that_is_not_there_is_not_made() {
    let quirk = Quirk::MissingElementRefused;
    let key = "emails[type eq \"work\"].value";
    for operation in [
        json!({ "op": "Add", "path": key, "value": "ada@x" }),
        json!({ "op": "Replace", "path": key, "value": "ada@x" }),
        json!({ "op": "Add", "value": { key: "ada@x" } }),
    ] {
        differs(quirk, operated(operation), done(200), refused("noTarget"));
    }
    let remove = operated(json!({ "op": "remove", "path": "emails[type eq \"work\"]" }));
    differs(quirk, remove, done(200), done(200));
    let mut client = quirky([quirk]);
    patch_ada(&mut client, "emails", json!([{ "type": "work", "value": "a@x" }]));
    assert_eq!(patch_ada(&mut client, key, json!("ada@x")).body["emails"][0]["value"], "ada@x");
}

#[test]
fn a_manager_who_is_not_there_has_no_value() {
    let quirk = Quirk::MissingManagerRefused;
    let path = format!("{ENTERPRISE}:manager.value");
    let below = operated(json!({ "op": "replace", "path": path, "value": "m1" }));
    differs(quirk, below, done(200), refused("noTarget"));
    let nested =
        operated(json!({ "op": "replace", "value": { ENTERPRISE: { "manager.value": "m1" } } }));
    differs(quirk, nested, done(200), refused("noTarget"));
    let name = operated(json!({ "op": "replace", "path": "name.givenName", "value": "Ada" }));
    differs(quirk, name, done(200), done(200));
    let mut client = quirky([quirk]);
    patch_ada(&mut client, &format!("{ENTERPRISE}:manager"), json!({ "value": "m1" }));
    assert_eq!(patch_ada(&mut client, &path, json!("m2")).status, 200);
}

#[test]
fn a_manager_must_be_an_object() {
    let quirk = Quirk::PlainManagerRefused;
    for manager in [json!("m1"), json!([{ "$ref": "x", "value": "m1" }])] {
        for path in [format!("{ENTERPRISE}:manager"), "manager".to_owned()] {
            let operation = json!({ "op": "Add", "path": path, "value": manager });
            differs(quirk, operated(operation), done(200), refused("invalidValue"));
        }
        let pathless = json!({ "op": "replace", "value": { ENTERPRISE: { "manager": manager } } });
        differs(quirk, operated(pathless), done(200), refused("invalidValue"));
    }
    let object = json!({ "op": "Add", "path": "manager", "value": { "value": "m1" } });
    differs(quirk, operated(object), done(200), done(200));
}

#[test]
fn an_old_version_is_overwritten() {
    let old = [("authorization", "Bearer sandbox"), ("if-match", "W/\"0\"")];
    let ask = |client: &mut Client| {
        let ada = path_of_ada(client);
        let put = json!({ "schemas": [USER], "userName": "Ada" });
        let status = client.send_with("PUT", &ada, put, &old).status;
        let told = client.get("/ServiceProviderConfig").body["etag"]["supported"].clone();
        (status, client.send_with("DELETE", &ada, Value::Null, &old).status, told)
    };
    differs(Quirk::IfMatchIgnored, ask, (412, 412, json!(true)), (200, 204, json!(false)));
}

#[test]
fn who_is_deleted_is_kept_as_inactive() {
    let ask = |client: &mut Client| {
        let ada = path_of_ada(client);
        assert_eq!(client.send("DELETE", &ada, Value::Null).status, 204);
        let read = client.get(&ada);
        let again = json!({ "schemas": [USER], "userName": "ada" });
        (read.status, read.body["active"].clone(), client.send("POST", "/Users", again).status)
    };
    let kept = (200, json!(false), 409);
    differs(Quirk::DeletedKeptInactive, ask, (404, Value::Null, 201), kept);
    let group = |client: &mut Client| {
        let crew = path_of_crew(client);
        client.send("DELETE", &crew, Value::Null);
        client.get(&crew).status
    };
    differs(Quirk::DeletedKeptInactive, group, 404, 404);
    let mut both = quirky([Quirk::DeletedKeptInactive, Quirk::InactiveHidden]);
    let ada = path_of_ada(&both);
    both.send("DELETE", &ada, Value::Null);
    assert_eq!(
        (both.get(&ada).status, both.get("/Users").body["totalResults"].clone()),
        (404, json!(1))
    );
    let group = json!({ "schemas": [GROUP], "displayName": "Guests" });
    assert_eq!(both.send("POST", "/Groups", group).status, 201);
}
