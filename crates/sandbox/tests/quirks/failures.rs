//! The quirks of errors: when they come, and how they are told.

use crate::client::Client;
use crate::{NOBODY, differs, done, outcome, patch_ada, path_of_ada, quirky, refused};
use http::Request;
use sandbox::{Delay, Moment, Quirk, Quirks};
use serde_json::{Value, json};

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

#[test]
fn a_wait_may_be_told_as_a_date() {
    let mut client = quirky([]);
    client.sandbox.set_quirks(Quirks::none().with(Quirk::ThrottledUntilDate).every(1));
    let answer = client.get("/Users");
    answer.is_error(429, None);
    // The clock of the client began with 2026 and moves a second a request.
    assert_eq!(answer.header("retry-after"), "Thu, 01 Jan 2026 00:00:06 GMT");
    assert_eq!(
        statuses(Quirks::none().with(Quirk::ThrottledUntilDate)),
        [200, 200, 429, 200, 200, 429]
    );
}

#[test]
fn three_kinds_of_failure_take_turns() {
    let kinds = [Quirk::Throttled, Quirk::ThrottledUntilDate, Quirk::ServerFault];
    let quirks: Quirks = kinds.into_iter().collect();
    assert_eq!(statuses(quirks.every(1)), [429, 500, 429, 429, 500, 429]);
}

#[test]
fn a_slow_answer_says_how_long_it_takes() {
    let delay = |quirks: Quirks, path: &str| {
        let mut client = quirky([]);
        client.sandbox.set_quirks(quirks);
        let request = Request::get(path).body(Vec::new()).unwrap();
        Delay::of(&client.sandbox.handle(&request, &Moment::default()))
    };
    let slow = Quirks::none().with(Quirk::Slow);
    assert_eq!(delay(Quirks::none(), "/scim/v2/ServiceProviderConfig"), Delay::default());
    assert_eq!(delay(slow.clone(), "/scim/v2/ServiceProviderConfig").millis(), 2_000);
    let set = slow.slow_by(Delay::from_millis(150));
    for (quirks, path) in [(set.clone(), "/nowhere"), (set.with(Quirk::Redirect), "/scim/v2/Users")]
    {
        assert_eq!(delay(quirks, path).millis(), 150, "an error takes as long");
    }
    let off = Quirks::none().slow_by(Delay::from_millis(150));
    assert_eq!(delay(off, "/scim/v2/Users"), Delay::default());
}

#[test]
fn errors_are_told_in_other_forms() {
    let told = |client: &mut Client| {
        let answer = client.get("/Users/nobody");
        (answer.status, answer.header("content-type").to_owned(), answer.body)
    };
    let exact = told(&mut quirky([]));
    let detail = exact.2["detail"].clone();
    assert!(detail.is_string());
    let json = (404, "application/json".to_owned(), json!({ "message": detail, "code": 404 }));
    differs(Quirk::ErrorInOtherJson, told, exact.clone(), json);
    differs(Quirk::ErrorWithoutBody, told, exact, (404, String::new(), Value::Null));
    let (status, media_type, page) = told(&mut quirky([Quirk::ErrorAsHtml]));
    assert_eq!((status, media_type.as_str()), (404, "text/html"));
    assert!(page.as_str().unwrap().starts_with("<!DOCTYPE html>"), "{page}");
    for quirk in [Quirk::ErrorInOtherJson, Quirk::ErrorAsHtml, Quirk::ErrorWithoutBody] {
        let total =
            |client: &mut Client| client.find("/Users", NOBODY).body["totalResults"].clone();
        differs(quirk, total, json!(0), json!(0));
    }
}

#[test]
fn a_body_that_is_not_json_is_refused_without_a_keyword() {
    let broken = |client: &mut Client| {
        let request = Request::post("/scim/v2/Users")
            .header("authorization", "Bearer sandbox")
            .header("content-type", "application/scim+json")
            .body(b"{\"userName\": ".to_vec());
        let response = client.sandbox.handle(&request.unwrap(), &Moment::default());
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        (response.status().as_u16(), body["scimType"].clone())
    };
    differs(Quirk::BrokenJsonUntyped, broken, refused("invalidSyntax"), done(400));
    let list = |client: &mut Client| outcome(&client.send("POST", "/Users", json!([])));
    differs(Quirk::BrokenJsonUntyped, list, refused("invalidSyntax"), refused("invalidSyntax"));
}
