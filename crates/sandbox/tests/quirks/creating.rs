//! The quirks of creates.

use crate::client::Client;
use crate::{
    ENTERPRISE, GROUP, USER, differs, done, outcome, patch_ada, path_of_ada, quirky, refused,
};
use sandbox::Quirk;
use serde_json::{Value, json};

fn create(client: &mut Client, members: Value) -> crate::Answer {
    let mut user = json!({ "schemas": [USER], "userName": "cy" });
    let members = members.as_object().unwrap().clone();
    user.as_object_mut().unwrap().extend(members);
    client.send("POST", "/Users", user)
}

#[test]
fn a_create_is_answered_without_an_id() {
    let ask = |client: &mut Client| {
        let answer = create(client, json!({}));
        (answer.status, answer.body["userName"].clone(), answer.body["id"].is_string())
    };
    differs(Quirk::CreateWithoutId, ask, (201, json!("cy"), true), (201, json!("cy"), false));
    let mut client = quirky([Quirk::CreateWithoutId]);
    create(&mut client, json!({}));
    assert!(client.find("/Users", "userName eq \"cy\"").body["Resources"][0]["id"].is_string());
}

#[test]
fn a_create_is_answered_without_a_location() {
    let ask = |client: &mut Client| {
        let answer = create(client, json!({}));
        (
            answer.status,
            answer.header("location").is_empty(),
            answer.body["meta"]["location"].is_string(),
        )
    };
    differs(Quirk::CreateWithoutLocation, ask, (201, false, true), (201, true, true));
}

#[test]
fn a_user_without_an_e_mail_is_refused() {
    let with =
        |members: Value| move |client: &mut Client| outcome(&create(client, members.clone()));
    differs(Quirk::EmailRequired, with(json!({})), done(201), refused("invalidValue"));
    let email = json!({ "emails": [{ "value": "cy@x" }] });
    differs(Quirk::EmailRequired, with(email), done(201), done(201));
    let group = json!({ "schemas": [GROUP], "displayName": "Guests" });
    let ask = |client: &mut Client| outcome(&client.send("POST", "/Groups", group.clone()));
    differs(Quirk::EmailRequired, ask, done(201), done(201));
}

#[test]
fn a_second_user_of_the_same_name_is_accepted() {
    let ask = |client: &mut Client| {
        let status = create(client, json!({ "userName": "ADA" })).status;
        (status, client.find("/Users", "userName eq \"ada\"").body["totalResults"].clone())
    };
    differs(Quirk::DuplicatesAccepted, ask, (409, json!(1)), (201, json!(2)));
    let mut client = quirky([Quirk::DuplicatesAccepted]);
    assert_eq!(patch_ada(&mut client, "userName", json!("Bo")).status, 200);
    assert_eq!(client.get("/Users").listed("userName"), ["Bo", "Bo"]);
}

#[test]
fn a_user_name_is_stored_in_lower_case() {
    let ask = |client: &mut Client| {
        let created = create(client, json!({ "userName": "Cy.Ö" })).body["userName"].clone();
        let patched = patch_ada(client, "userName", json!("ADA.L")).body["userName"].clone();
        let ada = path_of_ada(client);
        let put = json!({ "schemas": [USER], "userName": "Ada" });
        (created, patched, client.send("PUT", &ada, put).body["userName"].clone())
    };
    let kept = (json!("Cy.Ö"), json!("ADA.L"), json!("Ada"));
    differs(Quirk::UserNameLowered, ask, kept, (json!("cy.ö"), json!("ada.l"), json!("ada")));
}

#[test]
fn an_unknown_attribute_is_refused() {
    let with =
        |members: Value| move |client: &mut Client| outcome(&create(client, members.clone()));
    for members in [
        json!({ "shoeSize": 44 }),
        json!({ "name": { "givenName": "Cy", "colour": "red" } }),
        json!({ "emails": [{ "value": "cy@x", "colour": "red" }] }),
        json!({ ENTERPRISE: { "colour": "red" } }),
        json!({ "urn:example:2.0:User": { "tag": "1" } }),
    ] {
        differs(Quirk::UnknownAttributeRefused, with(members), done(201), refused("invalidSyntax"));
    }
    let known = json!({
        "id": "x", "externalId": "7", "meta": { "resourceType": "User" }, "NAME": { "givenname": "Cy" },
        "emails": [{ "value": "cy@x", "type": "work" }], ENTERPRISE: { "manager": { "value": "1" } },
    });
    differs(Quirk::UnknownAttributeRefused, with(known), done(201), done(201));
}

#[test]
fn an_unknown_schema_is_refused() {
    let with = |urns: Value| {
        move |client: &mut Client| {
            let group = json!({ "schemas": urns, "displayName": "Guests" });
            outcome(&client.send("POST", "/Groups", group))
        }
    };
    let entra = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";
    let quirk = Quirk::UnknownSchemaRefused;
    differs(quirk, with(json!([GROUP, entra])), done(201), refused("invalidSyntax"));
    differs(quirk, with(json!([GROUP, ENTERPRISE])), done(201), refused("invalidSyntax"));
    differs(quirk, with(json!([GROUP])), done(201), done(201));
    let user =
        |client: &mut Client| outcome(&create(client, json!({ "schemas": [USER, ENTERPRISE] })));
    differs(quirk, user, done(201), done(201));
}

#[test]
fn a_body_of_any_size_is_taken() {
    let ask =
        |client: &mut Client| create(client, json!({ "nickName": "x".repeat(5 << 20) })).status;
    differs(Quirk::BodyUnlimited, ask, 413, 201);
}
