//! The quirks of what the service says about itself.

use crate::client::Client;
use crate::{differs, quirky};
use sandbox::Quirk;
use serde_json::Value;

const ENDPOINTS: [&str; 3] = ["/ServiceProviderConfig", "/Schemas", "/ResourceTypes"];

fn statuses(client: &mut Client, headers: &[(&str, &str)]) -> [u16; 3] {
    ENDPOINTS.map(|path| client.send_with("GET", path, Value::Null, headers).status)
}

#[test]
fn nothing_is_discovered() {
    let ask = |client: &mut Client| statuses(client, &[("authorization", "Bearer sandbox")]);
    differs(Quirk::DiscoveryMissing, ask, [200; 3], [404; 3]);
    quirky([Quirk::DiscoveryMissing]).get("/Schemas").is_error(404, None);
}

#[test]
fn discovery_needs_the_token_or_does_not() {
    let ask = |client: &mut Client| statuses(client, &[]);
    differs(Quirk::DiscoveryNeedsToken, ask, [200, 401, 401], [401; 3]);
    differs(Quirk::DiscoveryOpen, ask, [200, 401, 401], [200; 3]);
    let users = |client: &mut Client| client.send_with("GET", "/Users", Value::Null, &[]).status;
    differs(Quirk::DiscoveryOpen, users, 401, 401);
    let both = [Quirk::DiscoveryNeedsToken, Quirk::DiscoveryOpen];
    assert_eq!(ask(&mut quirky(both)), [401; 3], "who wants the token gets it");
}
