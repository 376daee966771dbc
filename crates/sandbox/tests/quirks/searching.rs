//! The quirks of filters, and of who is found.

use crate::client::Client;
use crate::{
    ENTERPRISE, NOBODY, USER, differs, done, outcome, patch_ada, path_of_ada, quirky, refused,
};
use sandbox::Quirk;
use serde_json::{Value, json};

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
fn attributes_cannot_be_chosen() {
    let ask = |client: &mut Client| outcome(&client.get("/Users?attributes=userName"));
    differs(Quirk::AttributesRefused, ask, done(200), refused("invalidValue"));
    let ada = path_of_ada(&quirky([]));
    let ask = |client: &mut Client| client.get(&ada).status;
    differs(Quirk::AttributesRefused, ask, 200, 200);
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

fn total(filter: &str) -> impl Fn(&mut Client) -> Value {
    let filter = filter.to_owned();
    move |client: &mut Client| client.find("/Users", &filter).body["totalResults"].clone()
}

fn asked(filter: &str) -> impl Fn(&mut Client) -> (u16, Value) {
    let filter = filter.to_owned();
    move |client: &mut Client| outcome(&client.find("/Users", &filter))
}

/// Gives Ada a department and a manager, whatever the quirks are.
fn employ_ada(client: &mut Client) {
    let quirks = client.sandbox.quirks().clone();
    client.sandbox.set_quirks(Default::default());
    let extension = json!({ "department": "Sales", "manager": { "value": "m1" } });
    assert_eq!(patch_ada(client, ENTERPRISE, extension).status, 200);
    client.sandbox.set_quirks(quirks);
}

#[test]
fn an_attribute_of_an_extension_finds_nobody() {
    for filter in [
        format!("{ENTERPRISE}:department eq \"Sales\""),
        format!("{ENTERPRISE}:department pr"),
        format!("{USER}:userName eq \"Ada\""),
        "department eq \"Sales\"".to_owned(),
        format!("not (not ({ENTERPRISE}:department eq \"Sales\"))"),
    ] {
        let ask = |client: &mut Client| {
            employ_ada(client);
            total(&filter)(client)
        };
        differs(Quirk::UrnFilterFindsNobody, ask, json!(1), json!(0));
    }
    let either = format!("userName eq \"Ada\" or {ENTERPRISE}:department eq \"Sales\"");
    differs(Quirk::UrnFilterFindsNobody, total(&either), json!(1), json!(1));
    let negated = format!("not ({ENTERPRISE}:department eq \"Sales\")");
    let ask = |client: &mut Client| {
        employ_ada(client);
        total(&negated)(client)
    };
    differs(Quirk::UrnFilterFindsNobody, ask, json!(1), json!(2));
}

#[test]
fn an_attribute_of_an_extension_is_known_by_its_urn_alone() {
    let ask = |filter: String| {
        move |client: &mut Client| {
            employ_ada(client);
            total(&filter)(client)
        }
    };
    let short = "manager eq \"m1\"".to_owned();
    differs(Quirk::UrnRequired, ask(short), json!(1), json!(0));
    let full = format!("{ENTERPRISE}:manager eq \"m1\"");
    differs(Quirk::UrnRequired, ask(full), json!(1), json!(1));
    let write = |path: &'static str| {
        move |client: &mut Client| outcome(&patch_ada(client, path, json!("Sales")))
    };
    differs(Quirk::UrnRequired, write("department"), done(200), refused("invalidPath"));
    differs(Quirk::UrnRequired, write("title"), done(200), done(200));
    let both = [Quirk::UrnRequired, Quirk::UnknownAttributeInFilterRefused];
    let answer = quirky(both).find("/Users", "manager eq \"m1\"");
    answer.is_error(400, Some("invalidFilter"));
}

#[test]
fn a_filter_on_an_unknown_attribute_is_refused() {
    let quirk = Quirk::UnknownAttributeInFilterRefused;
    for filter in [
        "shoeSize eq \"4\"",
        "name.colour pr",
        "not (emails[colour eq \"red\"])",
        "userName eq \"Ada\" and urn:example:2.0:User:x pr",
    ] {
        differs(quirk, asked(filter), done(200), refused("invalidFilter"));
    }
    for filter in [
        "externalId eq \"4\" or meta.created pr",
        "emails[type eq \"work\" and value co \"x\"].value pr",
        "manager eq \"m1\"",
    ] {
        differs(quirk, asked(filter), done(200), done(200));
    }
}

#[test]
fn a_filter_without_a_value_is_taken() {
    let quirk = Quirk::FilterWithoutValueAccepted;
    differs(quirk, asked("userName eq"), refused("invalidFilter"), done(200));
    differs(quirk, asked("(userName eq"), refused("invalidFilter"), refused("invalidFilter"));
    assert_eq!(total("userName eq")(&mut quirky([quirk])), 0);
}

#[test]
fn an_escaped_quotation_mark_is_refused() {
    let quirk = Quirk::EscapedQuoteRefused;
    let filter = "displayName eq \"the \\\"A\\\" team\"";
    differs(quirk, asked(filter), done(200), refused("invalidFilter"));
    differs(quirk, asked(NOBODY), done(200), done(200));
}

#[test]
fn a_filter_into_a_list_fails_while_somebody_lacks_it() {
    let quirk = Quirk::FragileValueFilter;
    for filter in ["emails[type eq \"work\"].value eq \"a@x\"", "emails.value eq \"a@x\""] {
        differs(quirk, asked(filter), done(200), refused("invalidValue"));
    }
    differs(quirk, asked("emails pr"), done(200), done(200));
    let mut client = quirky([quirk]);
    let users: Vec<String> =
        client.sandbox.users().map(|user| format!("/Users/{}", user.id().unwrap())).collect();
    for user in users {
        let emails = json!([{ "op": "add", "path": "emails", "value": [{ "value": "a@x" }] }]);
        assert_eq!(crate::patch(&mut client, &user, emails).status, 200);
    }
    assert_eq!(client.find("/Users", "emails.value eq \"a@x\"").body["totalResults"], 2);
}

#[test]
fn whoever_is_found_alone_is_found_twice() {
    let ids = |client: &mut Client| {
        let answer = client.find("/Users", "userName eq \"Ada\"");
        let ids: std::collections::BTreeSet<&str> = answer.listed("id").into_iter().collect();
        (ids.len(), answer.body["totalResults"].clone())
    };
    differs(Quirk::MatchDoubled, ids, (1, json!(1)), (2, json!(2)));
    differs(Quirk::MatchDoubled, total(NOBODY), json!(0), json!(0));
    differs(Quirk::MatchDoubled, total("active eq true"), json!(2), json!(2));
}

#[test]
fn who_is_inactive_is_neither_found_nor_read() {
    let ask = |client: &mut Client| {
        assert_eq!(patch_ada(client, "active", json!(false)).status, 200);
        let ada = path_of_ada(client);
        let found = client.find("/Users", "userName eq \"ada\"").body["totalResults"].clone();
        let listed = client.get("/Users").body["totalResults"].clone();
        let again = json!({ "schemas": [USER], "userName": "ada" });
        (found, listed, client.get(&ada).status, client.send("POST", "/Users", again).status)
    };
    let without = (json!(1), json!(2), 200, 409);
    differs(Quirk::InactiveHidden, ask, without, (json!(0), json!(1), 404, 409));
    let mut client = quirky([Quirk::InactiveHidden]);
    patch_ada(&mut client, "active", json!(false));
    patch_ada(&mut client, "active", json!(true));
    assert_eq!(client.get("/Users").body["totalResults"], 2);
}
