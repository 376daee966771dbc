//! Versions: what a change may be made conditional on.

use http::{Request, header};
use scim::answer::{self, ProtocolError};
use scim::endpoint::{self, Search};
use scim::patch::{Operation, PatchRequest};
use scim::version::EntityTag;
use serde_json::json;

use crate::behaviour::{Behaviour, behaviours};
use crate::client::Client;
use crate::outcome;

pub(crate) fn behaviours() -> Vec<Behaviour> {
    behaviours![a_version_changes_with_the_resource]
}

/// `meta.version`, if the provider keeps versions.
fn version(client: &mut Client, id: &str) -> Option<EntityTag> {
    EntityTag::of(&client.get("Users", id).expect("the user is there"))
}

fn change(client: &Client, id: &str) -> Request<Vec<u8>> {
    let rename = PatchRequest::new(vec![Operation::replace("title", "Lead")]);
    client.endpoint.patch("Users", id, &rename)
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
    let header = header.and_then(EntityTag::parse);
    let shown = answer::resource(&response).expect("the user");
    assert_eq!(answer::version(&response, &shown), header.clone().or(EntityTag::of(&shown)));
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
    let another = EntityTag::parse("W/\"another\"").expect("a tag");
    let response = client.send(endpoint::if_match(change(client, &id), &another));
    let status = outcome::status(&response);
    let is_changed = matches!(answer::nothing(&response), Err(ProtocolError::Changed { .. }));
    assert_eq!(is_changed, status == "412");
    let title = client.get("Users", &id).expect("the user").get("title").cloned();
    assert_eq!(title.is_some(), status.starts_with("20"), "{title:?}");
    status
}

/// What a change on condition of the version that is there gives.
pub(crate) fn change_of_this_version(client: &mut Client) -> String {
    let id = client.user(json!({}));
    let Some(version) = version(client, &id) else { return "none".to_owned() };
    let request = endpoint::if_match(change(client, &id), &version);
    outcome::status(&client.send(request))
}

/// What a read unless it has this version gives.
pub(crate) fn read_unless_of_this_version(client: &mut Client) -> String {
    let id = client.user(json!({}));
    let Some(version) = version(client, &id) else { return "none".to_owned() };
    let request = client.endpoint.get("Users", &id, &Search::default());
    let response = client.send(endpoint::if_none_match(request, &version));
    let is_known = matches!(answer::resource(&response), Err(ProtocolError::NotModified));
    assert_eq!(is_known, response.status() == 304);
    response.status().as_u16().to_string()
}
