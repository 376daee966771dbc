//! Requests that nobody should send: each is refused in SCIM's own words, which are read.

use http::{HeaderValue, Method, header};
use scim::endpoint::Search;
use scim::filter::Filter;
use scim::message::PATCH_OP;
use scim::path::Path;
use scim::schema::USER;
use serde_json::json;

use crate::behaviour::{Behaviour, behaviours};
use crate::client::Client;
use crate::outcome;

pub(crate) fn behaviours() -> Vec<Behaviour> {
    behaviours![what_is_no_endpoint_is_not_found, a_refused_create_leaves_nobody]
}

fn what_is_no_endpoint_is_not_found(client: &mut Client) {
    for place in ["/Nothing", "/Users/a/b/c"] {
        assert_eq!(asked(client, Method::GET, place, b""), "404", "{place}");
    }
}

fn a_refused_create_leaves_nobody(client: &mut Client) {
    let user = client.document(json!({ "active": "maybe" }));
    let error = client.create("Users", &user).expect_err("maybe is neither true nor false");
    assert_eq!(outcome::refused(&error), "400 invalidValue");
    let found = client.find("Users", &format!("userName eq {}", user["userName"]));
    assert_eq!(outcome::found(&found), "nobody");
}

fn asked(client: &mut Client, method: Method, place: &str, body: &[u8]) -> String {
    let request = client.raw(method, place, body);
    outcome::status(&client.send(request))
}

/// What a search by this text in the place of a filter gives.
pub(crate) fn filter(text: &'static str) -> impl Fn(&mut Client) -> String + Send + Sync {
    move |client| asked(client, Method::GET, &format!("/Users?filter={text}"), b"")
}

/// What a read of this place gives.
pub(crate) fn read(place: &'static str) -> impl Fn(&mut Client) -> String + Send + Sync {
    move |client| asked(client, Method::GET, place, b"")
}

/// What a POST of this body to the users gives.
pub(crate) fn posted(body: &'static str) -> impl Fn(&mut Client) -> String + Send + Sync {
    move |client| {
        let name = client.fresh_name("posted");
        asked(
            client,
            Method::POST,
            "/Users",
            body.replace("{name}", &name).replace("{user}", USER).as_bytes(),
        )
    }
}

/// What a POST of this media type gives; an empty one is none.
pub(crate) fn typed(media_type: &'static str) -> impl Fn(&mut Client) -> String + Send + Sync {
    move |client| {
        let user = client.document(json!({}));
        let mut request = client.endpoint.create("Users", &user);
        match media_type {
            "" => drop(request.headers_mut().remove(header::CONTENT_TYPE)),
            named => {
                let named = HeaderValue::from_static(named);
                request.headers_mut().insert(header::CONTENT_TYPE, named);
            }
        }
        outcome::status(&client.send(request))
    }
}

/// What a body of five million bytes gives.
pub(crate) fn five_megabytes(client: &mut Client) -> String {
    let user = client.document(json!({ "title": "x".repeat(5_000_000) }));
    let request = client.endpoint.create("Users", &user);
    outcome::status(&client.send(request))
}

/// What PUT to all users gives.
pub(crate) fn a_method_that_is_not_there(client: &mut Client) -> String {
    asked(client, Method::PUT, "/Users", b"{}")
}

/// What the question of a browser gives, which comes without a token.
pub(crate) fn preflight(client: &mut Client) -> String {
    let mut request = client.raw(Method::OPTIONS, "/Users", b"");
    request.headers_mut().insert(header::ORIGIN, HeaderValue::from_static("http://127.0.0.1:1"));
    let response = client.send_with(None, request);
    let allows = response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    assert!(!allows, "no server allows a page's requests unless it is told to");
    outcome::status(&response)
}

/// What a change without operations gives.
pub(crate) fn no_operations(client: &mut Client) -> String {
    let id = client.user(json!({}));
    let body = json!({ "schemas": [PATCH_OP], "Operations": [] }).to_string();
    asked(client, Method::PATCH, &format!("/Users/{id}"), body.as_bytes())
}

/// What several operations at once give.
pub(crate) fn bulk(client: &mut Client) -> String {
    let name = client.fresh_name("bulk");
    let user = client.document(json!({ "userName": name }));
    let body = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        "Operations": [{ "method": "POST", "path": "/Users", "bulkId": "1", "data": user }],
    });
    let request = client.raw(Method::POST, "/Bulk", body.to_string().as_bytes());
    let response = client.send(request);
    match scim::answer::document(&response) {
        Ok(_) => response.status().as_u16().to_string(),
        Err(error) => outcome::refused(&error),
    }
}

/// Whom a search sent with POST finds.
pub(crate) fn search_by_post(client: &mut Client) -> String {
    let user = client.document(json!({}));
    client.create("Users", &user).expect("a user");
    let name = user["userName"].as_str().expect("a text");
    let filter = Filter::equals(&Path::attribute("userName"), name);
    let search = Search { attributes: vec!["userName".to_owned()], ..Search::filtered(filter) };
    let request = client.endpoint.search_by_post("Users", &search);
    outcome::found(&scim::answer::list(&client.send(request)))
}
