//! Sections 3.4.2, 3.4.3 and 3.9: searching, sorting, paging, choosing attributes.

use super::{ENTERPRISE, GROUP, barbara, client, user};
use crate::client::Client;
use serde_json::{Value, json};

/// Barbara and five others, and one group.
fn populated() -> Client {
    let mut client = client();
    client.create("/Users", barbara());
    for (user_name, title, employee) in [
        ("dora", "b", "5"),
        ("Carl", "a", "4"),
        ("ada", "C", "3"),
        ("emil", "", "2"),
        ("Boris", "a", "1"),
    ] {
        let mut sent = user(user_name);
        sent["title"] = if title.is_empty() { Value::Null } else { json!(title) };
        sent[ENTERPRISE] = json!({ "employeeNumber": employee });
        client.create("/Users", sent);
    }
    client.create("/Groups", json!({ "schemas": [GROUP], "displayName": "Tour Guides" }));
    client
}

#[track_caller]
fn check(filter: &str, expected: &[&str]) {
    let answer = populated().find("/Users", filter);
    assert_eq!(answer.status, 200, "{filter}: {}", answer.body);
    assert_eq!(answer.listed("userName"), expected, "{filter}");
    assert_eq!(answer.body["totalResults"], expected.len());
}

#[test]
fn a_list_says_how_many_there_are() {
    let answer = populated().get("/Users");
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.body["schemas"],
        json!(["urn:ietf:params:scim:api:messages:2.0:ListResponse"])
    );
    assert_eq!(answer.body["totalResults"], 6);
    assert_eq!(answer.body["itemsPerPage"], 6);
    assert_eq!(answer.body["startIndex"], 1);
}

#[test]
fn nobody_is_an_empty_list() {
    let answer = populated().find("/Users", "userName eq \"nobody\"");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["totalResults"], 0);
    assert_eq!(answer.body["Resources"], json!([]));
}

#[test]
fn the_filters_of_the_rfc_find_whom_they_should() {
    const BARBARA: &[&str] = &["bjensen@example.com"];
    check("userName eq \"BJENSEN@example.com\"", BARBARA);
    check("name.familyName co \"JENS\"", BARBARA);
    check("userName sw \"b\"", &["bjensen@example.com", "Boris"]);
    check("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"d\"", &["dora"]);
    check("title pr and not (title eq \"a\")", &["bjensen@example.com", "dora", "ada"]);
    check("externalId eq \"bjensen\"", BARBARA);
    check("externalId eq \"BJENSEN\"", &[]);
    check("emails[type eq \"work\" and value co \"@example.com\"]", BARBARA);
    check("emails.type eq \"home\"", BARBARA);
    check("active eq true", BARBARA);
    check("meta.resourceType eq \"Group\"", &[]);
    check(
        &format!("{ENTERPRISE}:employeeNumber eq \"4\" or userName eq \"ada\""),
        &["Carl", "ada"],
    );
    check("userName eq \"ada\" and title eq \"a\"", &[]);
    check("title eq \"a\" and userName eq \"BORIS\"", &["Boris"]);
    check("not (userName eq \"ada\") and title eq \"C\"", &[]);
    check("userName eq \"ada\" or title eq \"b\"", &["dora", "ada"]);
}

#[test]
fn a_filter_on_the_id_finds_one() {
    let mut client = populated();
    let id = client.sandbox.users().nth(2).and_then(|carl| carl.id().map(str::to_owned)).unwrap();
    assert_eq!(client.find("/Users", &format!("id eq \"{id}\"")).listed("userName"), ["Carl"]);
    assert_eq!(client.find("/Groups", &format!("id eq \"{id}\"")).body["totalResults"], 0);
}

#[test]
fn a_filter_that_cannot_be_read_or_asked_is_refused() {
    for filter in
        ["userName", "userName eq", "userName is \"ada\"", "(userName pr", "active gt true"]
    {
        populated().find("/Users", filter).is_error(400, Some("invalidFilter"));
    }
}

#[test]
fn the_values_that_changed_are_found_by_their_new_text_only() {
    let mut client = populated();
    let id = client.sandbox.users().nth(1).and_then(|dora| dora.id().map(str::to_owned)).unwrap();
    let answer = client.send("PUT", &format!("/Users/{id}"), user("theodora"));
    assert_eq!(answer.status, 200);
    assert_eq!(client.find("/Users", "userName eq \"dora\"").body["totalResults"], 0);
    assert_eq!(client.find("/Users", "userName eq \"THEODORA\"").body["totalResults"], 1);
    client.send("DELETE", &format!("/Users/{id}"), Value::Null);
    assert_eq!(client.find("/Users", "userName eq \"theodora\"").body["totalResults"], 0);
}

#[test]
fn pages_are_cut_as_asked() {
    let mut client = populated();
    let answer = client.get("/Users?startIndex=2&count=2");
    assert_eq!(answer.listed("userName"), ["dora", "Carl"]);
    assert_eq!(answer.body["totalResults"], 6);
    assert_eq!(answer.body["startIndex"], 2);
    assert_eq!(answer.body["itemsPerPage"], 2);
    for (query, listed, start) in [
        ("startIndex=0&count=1", 1, 1),
        ("startIndex=-7&count=1", 1, 1),
        ("count=0", 0, 1),
        ("count=-1", 0, 1),
        ("startIndex=7", 0, 7),
        ("count=1000000", 6, 1),
    ] {
        let answer = client.get(&format!("/Users?{query}"));
        assert_eq!(answer.body["Resources"].as_array().unwrap().len(), listed, "{query}");
        assert_eq!(answer.body["startIndex"], start, "{query}");
        assert_eq!(answer.body["totalResults"], 6, "{query}");
    }
    client.get("/Users?count=many").is_error(400, Some("invalidValue"));
}

#[test]
fn sorting_ignores_case_and_puts_those_without_a_value_last() {
    let mut client = populated();
    let up = client.get("/Users?sortBy=userName");
    assert_eq!(
        up.listed("userName"),
        ["ada", "bjensen@example.com", "Boris", "Carl", "dora", "emil"]
    );
    let titles = ["Carl", "Boris", "dora", "ada", "bjensen@example.com", "emil"];
    assert_eq!(client.get("/Users?sortBy=title").listed("userName"), titles);
    let down = client.get("/Users?sortBy=title&sortOrder=descending");
    assert_eq!(
        down.listed("userName"),
        ["emil", "bjensen@example.com", "ada", "dora", "Carl", "Boris"]
    );
    let extension = client.get(&format!("/Users?sortBy={ENTERPRISE}:employeeNumber&count=2"));
    assert_eq!(extension.listed("userName"), ["Boris", "emil"]);
    client.get("/Users?sortBy=userName&sortOrder=up").is_error(400, Some("invalidValue"));
    client.get("/Users?sortBy=%22").is_error(400, Some("invalidValue"));
}

#[test]
fn sorting_by_a_list_looks_at_the_primary_value() {
    let mut client = client();
    for (user_name, first, primary) in [("one", "a@x", "z@x"), ("two", "m@x", "b@x")] {
        let mut sent = user(user_name);
        sent["emails"] = json!([{ "value": first }, { "value": primary, "primary": true }]);
        client.create("/Users", sent);
    }
    assert_eq!(client.get("/Users?sortBy=emails").listed("userName"), ["two", "one"]);
}

#[test]
fn attributes_choose_what_is_shown() {
    let mut client = populated();
    let id = client.sandbox.users().next().and_then(|user| user.id().map(str::to_owned)).unwrap();
    let mut shown = |query: &str| {
        let mut body = client.get(&format!("/Users/{id}?{query}")).body;
        let members = body.as_object_mut().unwrap();
        assert!(members.shift_remove("id").is_some() && members.shift_remove("schemas").is_some());
        body
    };
    assert_eq!(shown("attributes=userName"), json!({ "userName": "bjensen@example.com" }));
    assert_eq!(
        shown("attributes=NAME.familyname,id"),
        json!({ "name": { "familyName": "Jensen" } })
    );
    assert_eq!(
        shown("attributes=emails.value"),
        json!({ "emails": [{ "value": "bjensen@example.com" }, { "value": "babs@jensen.org" }] })
    );
    assert_eq!(
        shown(&format!("attributes={ENTERPRISE}")),
        json!({ ENTERPRISE: barbara()[ENTERPRISE] })
    );
    assert_eq!(
        shown(&format!(
            "attributes={ENTERPRISE}:department,urn:ietf:params:scim:schemas:core:2.0:User:title"
        )),
        json!({ "title": "Tour Guide", ENTERPRISE: { "department": "Tour Operations" } })
    );
    assert_eq!(shown("attributes=unknown"), json!({}));
    let left =
        shown(&format!("excludedAttributes=id,name.formatted,emails,meta,{ENTERPRISE}:department"));
    let names: Vec<&String> = left.as_object().unwrap().keys().collect();
    assert_eq!(names, ["externalId", "userName", "name", "title", "active", ENTERPRISE]);
    assert_eq!(left["name"], json!({ "familyName": "Jensen", "givenName": "Barbara" }));
    assert_eq!(left[ENTERPRISE], json!({ "employeeNumber": "701984" }));
    client.get("/Users?attributes=id&excludedAttributes=name").is_error(400, Some("invalidValue"));
    client.get("/Users?attributes=a.b.c").is_error(400, Some("invalidValue"));
}

#[test]
fn a_search_may_be_sent_with_post() {
    let mut client = populated();
    let search = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        "attributes": ["displayName", "userName"],
        "filter": "displayName sw \"tour\" or userName sw \"d\"",
        "startIndex": 1,
        "count": 10,
    });
    let answer = client.send("POST", "/Users/.search", search.clone());
    assert_eq!((answer.status, answer.listed("userName")), (200, vec!["dora"]));
    let answer = client.send("POST", "/.search", search);
    assert_eq!(answer.body["totalResults"], 2);
    assert_eq!(answer.body["Resources"][0]["userName"], "dora");
    assert_eq!(answer.body["Resources"][1]["displayName"], "Tour Guides");
    client.send("POST", "/.search", json!([])).is_error(400, Some("invalidSyntax"));
}

#[test]
fn the_root_is_searched_over_both_types() {
    let mut client = populated();
    assert_eq!(client.get("").body["totalResults"], 7);
    assert_eq!(
        client.find("/", "meta.resourceType eq \"Group\"").listed("displayName"),
        ["Tour Guides"]
    );
}
