//! A resource from its creation to its end.

use scim::answer;
use scim::answer::{ProtocolError, Said};
use scim::endpoint::Search;
use scim::patch::{Operation, PatchRequest};
use scim::resource::Resource;
use scim::schema::{ENTERPRISE_USER, USER};
use serde_json::{Value, json};

use crate::behaviour::{Behaviour, behaviours};
use crate::client::Client;
use crate::outcome;

pub(crate) fn behaviours() -> Vec<Behaviour> {
    behaviours![
        what_is_created_is_read_back_equal,
        what_is_put_takes_the_place_of_all_that_was,
        what_is_read_can_be_put_back,
        what_is_deleted_is_gone,
        an_unknown_id_is_not_found,
        an_id_with_odd_characters_is_not_found,
        a_taken_name_is_refused_in_any_case,
        a_taken_name_cannot_be_put
    ]
}

/// A user with something in every corner of the schemas that no server derives.
fn whole(client: &mut Client) -> Value {
    client.document(json!({
        "schemas": [USER, ENTERPRISE_USER],
        "externalId": "7f3d-Ö",
        "name": {
            "formatted": "Dr. Ada M. O'Hara, \"PhD\"",
            "familyName": "O'Hara",
            "givenName": "Ada",
            "middleName": "M.",
            "honorificPrefix": "Dr.",
            "honorificSuffix": "PhD",
        },
        "displayName": "Ada O'Hara 日本 😀",
        "nickName": "Ada+",
        "profileUrl": "https://people.example.test/ada?x=1&y=2",
        "title": "C:\\ & #1",
        "userType": "Employee",
        "preferredLanguage": "de-DE",
        "locale": "de-DE",
        "timezone": "Europe/Berlin",
        "active": false,
        "emails": [
            { "type": "work", "value": "ada@example.test", "primary": true },
            { "type": "home", "value": "ada@home.example.test", "display": "At home" },
        ],
        "phoneNumbers": [
            { "type": "work", "value": "+49 30 1234567" },
            { "type": "mobile", "value": "+49 170 1234567", "primary": true },
        ],
        "ims": [{ "type": "skype", "value": "ada" }],
        "addresses": [{
            "type": "work",
            "formatted": "Weg 1\n10115 Berlin",
            "streetAddress": "Weg 1",
            "locality": "Berlin",
            "region": "BE",
            "postalCode": "10115",
            "country": "DE",
            "primary": true,
        }],
        "entitlements": [{ "value": "print" }],
        "roles": [{ "value": "admin", "display": "Admin" }],
        ENTERPRISE_USER: {
            "employeeNumber": "0042",
            "costCenter": "4711",
            "organization": "Example",
            "division": "North",
            "department": "R&D",
        },
    }))
}

/// What a provider must show of a document that it has taken, under its own id.
fn stored(document: &Value, id: &str) -> Resource {
    let mut expected = Resource::from_value(document.clone()).expect("an object");
    expected.as_map_mut().insert("id".to_owned(), json!(id));
    expected
}

#[track_caller]
fn reads(client: &mut Client, document: &Value, id: &str) {
    let shown = client.get("Users", id).expect("the user is there");
    let otherwise = outcome::otherwise(&stored(document, id), &shown);
    assert!(otherwise.is_empty(), "{otherwise:?} instead of what is in {document}");
}

fn what_is_created_is_read_back_equal(client: &mut Client) {
    let user = whole(client);
    let created = client.create("Users", &user).expect("a user");
    let id = created.id().expect("an id").to_owned();
    assert!(outcome::otherwise(&stored(&user, &id), &created).is_empty(), "{created:?}");
    reads(client, &user, &id);
    let found = client.find("Users", &format!("userName eq {}", user["userName"]));
    assert_eq!(found.expect("a list").resources, [client.get("Users", &id).expect("the user")]);
}

fn what_is_put_takes_the_place_of_all_that_was(client: &mut Client) {
    let user = whole(client);
    let id = client.create("Users", &user).expect("a user").id().expect("an id").to_owned();
    let other = client.document(json!({ "title": "Lead" }));
    let answered = client.replace("Users", &id, &other).expect("the user as it is now");
    assert!(outcome::otherwise(&stored(&other, &id), &answered).is_empty(), "{answered:?}");
    reads(client, &other, &id);
}

fn what_is_read_can_be_put_back(client: &mut Client) {
    let user = whole(client);
    let id = client.create("Users", &user).expect("a user").id().expect("an id").to_owned();
    let read = client.get("Users", &id).expect("the user").into_value();
    client.replace("Users", &id, &read).expect("nothing speaks against it");
    reads(client, &user, &id);
}

fn what_is_deleted_is_gone(client: &mut Client) {
    let id = client.user(json!({}));
    assert_eq!(client.delete("Users", &id), Ok(None));
    let is_gone =
        |read: Result<_, ProtocolError>| matches!(read, Err(ProtocolError::NotFound { .. }));
    assert!(is_gone(client.get("Users", &id).map(drop)));
    assert!(is_gone(client.delete("Users", &id).map(drop)));
    let found = client.find("Users", &format!("id eq \"{id}\""));
    assert_eq!(outcome::found(&found), "nobody");
}

fn an_unknown_id_is_not_found(client: &mut Client) {
    is_not_found(client, "no-such-id");
}

fn an_id_with_odd_characters_is_not_found(client: &mut Client) {
    is_not_found(client, "a/b c?d#e%f+gÖ");
}

/// Every way to a resource says 404, as SCIM says it.
fn is_not_found(client: &mut Client, id: &str) {
    let rename = PatchRequest::new(vec![Operation::replace("title", "Lead")]);
    let nobody = client.document(json!({}));
    let answers = [
        client.get("Users", id).map(drop),
        client.replace("Users", id, &nobody).map(drop),
        client.patch("Users", id, &rename).map(drop),
        client.delete("Users", id).map(drop),
    ];
    for answer in answers {
        let Err(ProtocolError::NotFound { said: Said::Scim(error) }) = &answer else {
            panic!("{answer:?}");
        };
        assert_eq!(error.status, 404, "{error}");
    }
}

fn is_taken(answer: Result<Resource, ProtocolError>) {
    let error = answer.expect_err("the name is taken");
    assert_eq!(outcome::refused(&error), "409 uniqueness");
}

fn a_taken_name_is_refused_in_any_case(client: &mut Client) {
    let user = client.document(json!({}));
    client.create("Users", &user).expect("a user");
    is_taken(client.create("Users", &user));
    let name = user["userName"].as_str().expect("a text").to_uppercase();
    let other = client.document(json!({ "userName": name }));
    is_taken(client.create("Users", &other));
}

fn a_taken_name_cannot_be_put(client: &mut Client) {
    let (first, second) = (client.document(json!({})), client.document(json!({})));
    client.create("Users", &first).expect("a user");
    let created = client.create("Users", &second).expect("a user");
    is_taken(client.replace("Users", created.id().expect("an id"), &first));
}

/// Where an answer to a create says that the resource is.
pub(crate) fn location(client: &mut Client) -> String {
    let user = client.document(json!({}));
    let request = client.endpoint.create("Users", &user);
    let response = client.send(request);
    assert_eq!(response.status(), 201);
    let created = answer::resource(&response).expect("a user");
    let id = created.id().expect("an id");
    let own = client.endpoint.get("Users", id, &Search::default()).uri().to_string();
    let meta = created.get("meta").and_then(|meta| meta.get("location"));
    assert_eq!(meta.and_then(Value::as_str), Some(own.as_str()));
    match response.headers().get("location") {
        Some(header) if header.as_bytes() == own.as_bytes() => "header and meta".to_owned(),
        Some(header) => format!("{header:?}"),
        None => "meta alone".to_owned(),
    }
}

/// What a change is answered with, if it changes something.
pub(crate) fn answer_to_a_change(client: &mut Client) -> String {
    let id = client.user(json!({ "title": "Old" }));
    answer_to(client, &id)
}

/// What a change is answered with that leaves everything as it is.
pub(crate) fn answer_to_no_change(client: &mut Client) -> String {
    let id = client.user(json!({ "title": "New" }));
    answer_to(client, &id)
}

fn answer_to(client: &mut Client, id: &str) -> String {
    let change = PatchRequest::new(vec![Operation::replace("title", "New")]);
    let request = client.endpoint.patch("Users", id, &change);
    let response = client.send(request);
    let status = outcome::status(&response);
    match answer::nothing(&response) {
        Ok(Some(_)) => format!("{status} with the resource"),
        _ => status,
    }
}

/// The media type of an answer.
pub(crate) fn media_type(client: &mut Client) -> String {
    let request = client.endpoint.search("Users", &Search { count: Some(0), ..Search::default() });
    let response = client.send(request);
    let header = response.headers().get("content-type").expect("a media type");
    header.to_str().expect("a media type is ASCII").to_owned()
}
