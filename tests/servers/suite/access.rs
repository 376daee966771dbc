//! Who is let in.

use scim::answer;
use scim::answer::ProtocolError;
use scim::endpoint::Search;
use scim::message::Error;
use serde_json::json;

use crate::behaviour::{Behaviour, behaviours};
use crate::client::Client;
use crate::outcome;

pub(crate) fn behaviours() -> Vec<Behaviour> {
    behaviours![
        a_wrong_token_is_unauthorized,
        no_token_is_unauthorized,
        nothing_is_written_without_the_token
    ]
}

fn a_wrong_token_is_unauthorized(client: &mut Client) {
    is_unauthorized(client, Some("wrong"));
}

fn no_token_is_unauthorized(client: &mut Client) {
    is_unauthorized(client, None);
}

fn is_unauthorized(client: &mut Client, token: Option<&str>) {
    let request = client.endpoint.search("Users", &Search::default());
    let response = client.send_with(token, request);
    let read = answer::list(&response);
    assert!(matches!(read, Err(ProtocolError::Unauthorized { .. })), "{read:?}");
    let body = serde_json::from_slice(response.body()).expect("the refusal is JSON");
    assert_eq!(Error::from_value(&body).map(|error| error.status), Some(401), "{body}");
}

fn nothing_is_written_without_the_token(client: &mut Client) {
    let user = client.document(json!({}));
    let name = user["userName"].as_str().expect("a text").to_owned();
    let request = client.endpoint.create("Users", &user);
    assert_eq!(outcome::status(&client.send_with(Some("wrong"), request)), "401");
    let found = client.find("Users", &format!("userName eq \"{name}\""));
    assert_eq!(outcome::found(&found), "nobody");
}

/// Whether a refusal of the token carries a challenge.
pub(crate) fn challenge(client: &mut Client) -> String {
    let request = client.endpoint.search("Users", &Search::default());
    match answer::list(&client.send_with(Some("wrong"), request)) {
        Err(ProtocolError::Unauthorized { www_authenticate, said }) => {
            assert!(said.scim().is_some_and(|error| error.status == 401), "{said:?}");
            let scheme =
                www_authenticate.as_deref().and_then(|challenge| challenge.split(' ').next());
            scheme.unwrap_or("none").to_owned()
        }
        other => format!("{other:?}"),
    }
}

/// What the configuration is answered with without a token.
pub(crate) fn configuration_without_a_token(client: &mut Client) -> String {
    let request = client.endpoint.service_provider_config();
    let response = client.send_with(None, request);
    answer::document(&response).map_or_else(|error| outcome::refused(&error), |_| "200".to_owned())
}

/// What the schemas are answered with without a token.
pub(crate) fn schemas_without_a_token(client: &mut Client) -> String {
    let request = client.endpoint.schemas();
    let response = client.send_with(None, request);
    answer::list(&response).map_or_else(|error| outcome::refused(&error), |_| "200".to_owned())
}
