//! Versions: what a change may be made conditional on.

use http::{HeaderName, HeaderValue, Request, header};
use scim::endpoint::Search;
use scim::patch::{Operation, PatchRequest};
use serde_json::{Value, json};

use crate::behaviour::{Behaviour, behaviours};
use crate::client::Client;
use crate::outcome;

pub(crate) fn behaviours() -> Vec<Behaviour> {
    behaviours![a_version_changes_with_the_resource]
}

/// `meta.version`, if the provider keeps versions.
fn version(client: &mut Client, id: &str) -> Option<String> {
    let shown = client.get("Users", id).expect("the user is there");
    let version = shown.get("meta").and_then(|meta| meta.get("version"));
    version.and_then(Value::as_str).map(str::to_owned)
}

fn change(client: &Client, id: &str) -> Request<Vec<u8>> {
    let rename = PatchRequest::new(vec![Operation::replace("title", "Lead")]);
    client.endpoint.patch("Users", id, &rename)
}

fn on(mut request: Request<Vec<u8>>, condition: HeaderName, version: &str) -> Request<Vec<u8>> {
    let version = HeaderValue::try_from(version).expect("a version fits into a header");
    request.headers_mut().insert(condition, version);
    request
}

fn a_version_changes_with_the_resource(client: &mut Client) {
    let id = client.user(json!({}));
    let before = version(client, &id);
    assert_eq!(version(client, &id), before, "reading is no change");
    let request = change(client, &id);
    client.send(request);
    let after = version(client, &id);
    assert!(before.is_none() || before != after, "{before:?}");
}

/// Where the version of a resource is told.
pub(crate) fn version_told(client: &mut Client) -> String {
    let id = client.user(json!({}));
    let request = client.endpoint.get("Users", &id, &Search::default());
    let response = client.send(request);
    let header = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let header = header.map(str::to_owned);
    match (version(client, &id), header) {
        (None, None) => "nowhere",
        (None, Some(_)) => "header alone",
        (Some(_), None) => "meta alone",
        (Some(meta), Some(header)) if meta == header => "header and meta",
        (Some(_), Some(_)) => "two versions",
    }
    .to_owned()
}

/// What a change on condition of another version gives.
pub(crate) fn change_of_another_version(client: &mut Client) -> String {
    let id = client.user(json!({}));
    let request = on(change(client, &id), header::IF_MATCH, "W/\"another\"");
    let status = outcome::status(&client.send(request));
    let title = client.get("Users", &id).expect("the user").get("title").cloned();
    assert_eq!(title.is_some(), status.starts_with("20"), "{title:?}");
    status
}

/// What a change on condition of the version that is there gives.
pub(crate) fn change_of_this_version(client: &mut Client) -> String {
    let id = client.user(json!({}));
    let Some(version) = version(client, &id) else { return "none".to_owned() };
    let request = on(change(client, &id), header::IF_MATCH, &version);
    outcome::status(&client.send(request))
}

/// What a read unless it has this version gives.
pub(crate) fn read_unless_of_this_version(client: &mut Client) -> String {
    let id = client.user(json!({}));
    let Some(version) = version(client, &id) else { return "none".to_owned() };
    let request = client.endpoint.get("Users", &id, &Search::default());
    let response = client.send(on(request, header::IF_NONE_MATCH, &version));
    response.status().as_u16().to_string()
}
