//! The quirks of who is let in, and for what.

use crate::client::Client;
use crate::{GROUP, NOBODY, USER, differs, patch_ada, path_of_ada, path_of_crew, quirky};
use sandbox::Quirk;
use serde_json::{Value, json};

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

#[test]
fn a_refused_token_comes_without_a_challenge() {
    let ask = |client: &mut Client| {
        let answer = client.send_with("GET", "/Users", Value::Null, &[]);
        (answer.status, answer.header("www-authenticate").is_empty())
    };
    differs(Quirk::ChallengeMissing, ask, (401, false), (401, true));
}

/// The statuses of two reads, three changes, two creates and a deletion.
fn statuses(client: &mut Client) -> [u16; 8] {
    let (ada, crew) = (path_of_ada(client), path_of_crew(client));
    let search = json!({ "filter": NOBODY });
    let user = |name: &str| json!({ "schemas": [USER], "userName": name });
    let group = |name: &str| json!({ "schemas": [GROUP], "displayName": name });
    [
        client.get(&ada).status,
        client.send("POST", "/Users/.search", search).status,
        patch_ada(client, "title", json!("Engineer")).status,
        client.send("PUT", &ada, user("Ada")).status,
        client.send("PUT", &crew, group("Crew")).status,
        client.send("POST", "/Users", user("cy")).status,
        client.send("POST", "/Groups", group("Guests")).status,
        client.send("DELETE", &crew, Value::Null).status,
    ]
}

#[test]
fn the_token_may_not_create_or_not_change() {
    let all = [200, 200, 200, 200, 200, 201, 201, 204];
    let no_create = [200, 200, 200, 200, 200, 403, 403, 204];
    differs(Quirk::CreateForbidden, statuses, all, no_create);
    let no_change = [200, 200, 403, 403, 403, 201, 201, 403];
    differs(Quirk::ChangeForbidden, statuses, all, no_change);
    let neither = statuses(&mut quirky([Quirk::CreateForbidden, Quirk::ChangeForbidden]));
    assert_eq!(neither, [200, 200, 403, 403, 403, 403, 403, 403]);
}

#[test]
fn a_method_is_refused_before_the_token() {
    let ask = |client: &mut Client| {
        let mut status = |method| client.send_with(method, "/Users", Value::Null, &[]).status;
        [status("OPTIONS"), status("DELETE"), status("GET")]
    };
    differs(Quirk::MethodBeforeToken, ask, [401; 3], [405, 405, 401]);
}
