//! The quirks of a real server, all at once.

use crate::client::Client;
use crate::{ENTERPRISE, USER, outcome, patch_ada, path_of_ada, quirky};
use sandbox::{Profile, Quirk, Quirks};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn imitating(profile: Profile) -> Client {
    let mut client = quirky([]);
    client.sandbox.set_quirks(Quirks::imitating(profile));
    client
}

#[test]
fn every_profile_has_a_name_a_title_and_quirks_of_its_own() {
    let titles: BTreeSet<_> = Profile::ALL.into_iter().map(Profile::title).collect();
    assert_eq!(titles.len(), Profile::ALL.len());
    for profile in Profile::ALL {
        assert_eq!(Profile::named(profile.name()), Some(profile));
        assert_ne!(Quirks::imitating(profile), Quirks::none());
    }
    assert_eq!(Profile::named("no-such-server"), None);
    let [node, python] = Profile::ALL.map(Quirks::imitating);
    assert_ne!(node, python);
}

/// What both servers were seen to answer to the same questions.
fn probe(profile: Profile) -> Vec<(u16, Value)> {
    let mut client = imitating(profile);
    let ada = path_of_ada(&client);
    let manager = format!("{ENTERPRISE}:manager");
    let second = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group", "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
        "displayName": "Guests",
    });
    let taken = json!({ "schemas": [USER], "userName": "ADA" });
    let anonymous = client.send_with("OPTIONS", "/Users", Value::Null, &[]);
    [
        anonymous,
        client.find("/Users", "shoeSize eq \"4\""),
        client.find("/Users", "userName eq"),
        client.find("/Users", "displayName eq \"a\\\"b\""),
        client.find("/Users", "emails[type eq \"work\"].value eq \"ada@x\""),
        patch_ada(&mut client, "title", json!("Engineer")),
        patch_ada(&mut client, "active", json!("False")),
        patch_ada(&mut client, "emails[type eq \"work\"].value", json!("ada@x")),
        patch_ada(&mut client, &manager, json!("m1")),
        patch_ada(&mut client, &format!("{manager}.value"), json!("m1")),
        client.send("POST", "/Groups", second),
        client.send("POST", "/Users", taken),
        client.send("GET", &ada, Value::Null),
    ]
    .iter()
    .map(outcome)
    .collect()
}

#[test]
fn each_profile_answers_as_its_server_does() {
    let done = |status: u16| (status, Value::Null);
    let refused = |status: u16, scim_type: &str| (status, json!(scim_type));
    let node = [
        done(401),
        done(200),
        done(200),
        refused(400, "invalidFilter"),
        refused(400, "invalidValue"),
        done(200),
        refused(400, "invalidValue"),
        refused(400, "noTarget"),
        refused(400, "invalidValue"),
        refused(400, "noTarget"),
        done(201),
        refused(409, "uniqueness"),
        done(200),
    ];
    assert_eq!(probe(Profile::NodeScimmy), node);
    let python = [
        done(405),
        refused(400, "invalidFilter"),
        refused(400, "invalidFilter"),
        done(200),
        done(200),
        done(204),
        done(204),
        refused(400, "noTarget"),
        refused(400, "invalidValue"),
        done(204),
        refused(400, "invalidSyntax"),
        refused(409, "uniqueness"),
        done(200),
    ];
    assert_eq!(probe(Profile::PythonScim2), python);
}

#[test]
fn a_profile_is_a_choice_of_quirks_that_can_be_changed() {
    let mut quirks = Quirks::imitating(Profile::NodeScimmy);
    quirks.set(Quirk::PageOfTwenty, false);
    assert!(quirks.contains(Quirk::MemberListedTwice) && !quirks.contains(Quirk::PageOfTwenty));
}
