//! The quirks of what successes look like.

use crate::client::Client;
use crate::{ENTERPRISE, NOBODY, differs, patch_ada, path_of_ada, path_of_crew, quirky};
use sandbox::Quirk;
use serde_json::{Value, json};

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
fn references_are_plain_ids() {
    let crew = |client: &mut Client| {
        let crew = path_of_crew(client);
        let members = client.get(&crew).body["members"].clone();
        let listed = client.get("/Groups").body["Resources"][0]["members"].clone();
        (members[0].is_string(), members[0]["value"].is_string(), listed == members)
    };
    differs(Quirk::ReferencesAsText, crew, (false, true, true), (true, false, true));
    let manager = |client: &mut Client| {
        patch_ada(client, &format!("{ENTERPRISE}:manager"), json!({ "value": "m1" }));
        let ada = path_of_ada(client);
        client.get(&ada).body[ENTERPRISE]["manager"].clone()
    };
    differs(Quirk::ReferencesAsText, manager, json!({ "value": "m1" }), json!("m1"));
}

#[test]
fn resources_have_no_version() {
    let ask = |client: &mut Client| {
        let ada = path_of_ada(client);
        let answer = client.get(&ada);
        let meta = &answer.body["meta"];
        (meta["version"].is_string(), meta["created"].is_string(), answer.header("etag").is_empty())
    };
    differs(Quirk::MetaVersionMissing, ask, (true, true, false), (false, true, false));
}

#[test]
fn answers_have_no_entity_tag() {
    let ask = |client: &mut Client| {
        let ada = path_of_ada(client);
        let answer = client.get(&ada);
        let version = answer.body["meta"]["version"].as_str().unwrap().to_owned();
        let known = [("authorization", "Bearer sandbox"), ("if-none-match", version.as_str())];
        let again = client.send_with("GET", &ada, Value::Null, &known).status;
        let config = client.get("/ServiceProviderConfig");
        (answer.header("etag") == version, again, config.body["etag"]["supported"].clone())
    };
    let without = (true, 304, json!(true));
    differs(Quirk::EtagMissing, ask, without, (false, 200, json!(false)));
}

#[test]
fn answers_are_labelled_in_other_ways() {
    let exact = "application/scim+json";
    for (quirk, labelled) in [
        (Quirk::MediaTypeJson, "application/json"),
        (Quirk::MediaTypeHtml, "text/html"),
        (Quirk::MediaTypeCharset, "application/scim+json; charset=utf-8"),
    ] {
        for path in ["/Users", "/Users/nobody", "/Schemas"] {
            let ask = |client: &mut Client| client.get(path).header("content-type").to_owned();
            differs(quirk, ask, exact.to_owned(), labelled.to_owned());
        }
    }
    let mut both = quirky([Quirk::MediaTypeJson, Quirk::MediaTypeCharset]);
    assert_eq!(both.get("/Users").header("content-type"), "application/json; charset=utf-8");
    let found = both.find("/Users", "userName eq \"ada\"");
    assert_eq!(found.listed("userName"), ["Ada"]);
}
