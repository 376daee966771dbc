//! RFC 7643 sections 4.1.2 and 4.2: groups, their members, and the groups of a user.

use super::{GROUP, client, patch, user};
use crate::client::Client;
use serde_json::{Value, json};

/// Ada, Bo and Cy, and a group that holds the first two.
fn crew() -> (Client, [String; 3], String) {
    let mut client = client();
    let ids = ["ada", "bo", "cy"].map(|name| client.create("/Users", user(name)));
    let members = json!([{ "value": ids[0] }, { "value": ids[1] }]);
    let group = json!({ "schemas": [GROUP], "displayName": "Crew", "members": members });
    let group = client.create("/Groups", group);
    (client, ids, format!("/Groups/{group}"))
}

/// The whole address of a path below the base.
fn address(path: &str) -> String {
    format!("https://sandbox.example/scim/v2{path}")
}

fn members(client: &mut Client, group: &str) -> Vec<String> {
    let body = client.get(group).body;
    let members = body["members"].as_array().cloned().unwrap_or_default();
    members.iter().map(|member| member["value"].as_str().unwrap().to_owned()).collect()
}

fn groups(client: &mut Client, id: &str) -> Value {
    client.get(&format!("/Users/{id}")).body["groups"].take()
}

#[test]
fn a_user_is_told_the_groups_that_hold_it() {
    let (mut client, [ada, _, cy], path) = crew();
    let group = path.trim_start_matches("/Groups/");
    let expected = json!([{
        "value": group, "$ref": address(&path), "display": "Crew", "type": "direct",
    }]);
    assert_eq!(groups(&mut client, &ada), expected);
    assert_eq!(groups(&mut client, &cy), Value::Null);
    let found = client.find("/Users", &format!("groups.value eq \"{group}\""));
    assert_eq!(found.listed("userName"), ["ada", "bo"]);
}

#[test]
fn members_are_told_with_their_type() {
    let (mut client, [ada, ..], path) = crew();
    let first = &client.get(&path).body["members"][0];
    let reference = address(&format!("/Users/{ada}"));
    assert_eq!(*first, json!({ "value": ada, "$ref": reference, "type": "User" }));
}

/// RFC 7643 section 2.3.7: a reference is resolved against the base of the service, not against
/// the resource that holds it, so that the whole address is what no client can misread.
#[test]
fn a_reference_is_the_location_of_what_it_names() {
    let (mut client, [ada, ..], path) = crew();
    let member = client.get(&path).body["members"][0]["$ref"].take();
    assert_eq!(client.get(&format!("/Users/{ada}")).body["meta"]["location"], member);
    let group = groups(&mut client, &ada)[0]["$ref"].take();
    assert_eq!(client.get(&path).body["meta"]["location"], group);
    let shown = client.get(&path).body;
    let changed = client.send("PUT", &path, shown.clone());
    assert_eq!((changed.status, changed.body), (200, shown));
}

#[test]
fn an_address_is_searched_as_it_is_shown() {
    let (mut client, [ada, ..], path) = crew();
    let (ada, group) = (address(&format!("/Users/{ada}")), address(&path));
    for filter in [
        format!("members.$ref eq \"{ada}\""),
        format!("members[type eq \"User\" and $REF eq \"{ada}\"]"),
        format!("not (members[not ($ref eq \"{ada}\")] and meta.location ne \"{group}\")"),
    ] {
        assert_eq!(client.find("/Groups", &filter).listed("displayName"), ["Crew"], "{filter}");
    }
    let both = format!("groups.$ref eq \"{group}\" and meta.location eq \"{ada}\"");
    assert_eq!(client.find("/Users", &both).listed("userName"), ["ada"]);
    let elsewhere = format!("members.$ref eq \"{}\"", ada.replace("sandbox.", "other."));
    assert_eq!(client.find("/Groups", &elsewhere).body["totalResults"], 0);
}

#[test]
fn members_come_and_go_by_patch() {
    let (mut client, [ada, bo, cy], path) = crew();
    let add =
        json!([{ "op": "add", "path": "members", "value": [{ "value": cy }, { "value": ada }] }]);
    assert_eq!(client.send("PATCH", &path, patch(add)).status, 200);
    assert_eq!(members(&mut client, &path), [ada.clone(), bo.clone(), cy.clone()]);
    assert_eq!(groups(&mut client, &cy)[0]["display"], "Crew");
    let remove = json!([{ "op": "remove", "path": format!("members[value eq \"{ada}\"]") }]);
    assert_eq!(client.send("PATCH", &path, patch(remove)).status, 200);
    assert_eq!(members(&mut client, &path), [bo.clone(), cy]);
    assert_eq!(groups(&mut client, &ada), Value::Null);
    let all = json!([{ "op": "remove", "path": "members" }]);
    assert_eq!(client.send("PATCH", &path, patch(all)).status, 200);
    assert!(members(&mut client, &path).is_empty());
    assert_eq!(groups(&mut client, &bo), Value::Null);
}

#[test]
fn a_renamed_group_is_told_under_its_new_name() {
    let (mut client, [ada, ..], path) = crew();
    let before = client.get(&format!("/Users/{ada}")).body["meta"].take();
    let rename = json!([{ "op": "replace", "path": "displayName", "value": "Staff" }]);
    assert_eq!(client.send("PATCH", &path, patch(rename)).status, 200);
    assert_eq!(groups(&mut client, &ada)[0]["display"], "Staff");
    let after = client.get(&format!("/Users/{ada}")).body["meta"].take();
    assert_ne!(after["version"], before["version"]);
    assert_eq!(after["lastModified"], before["lastModified"]);
}

#[test]
fn a_deleted_user_leaves_its_groups() {
    let (mut client, [ada, bo, _], path) = crew();
    let version = client.get(&path).header("etag").to_owned();
    assert_eq!(client.send("DELETE", &format!("/Users/{ada}"), Value::Null).status, 204);
    assert_eq!(members(&mut client, &path), [bo]);
    assert_ne!(client.get(&path).header("etag"), version);
}

#[test]
fn a_deleted_group_is_no_longer_told() {
    let (mut client, [ada, ..], path) = crew();
    assert_eq!(client.send("DELETE", &path, Value::Null).status, 204);
    assert_eq!(groups(&mut client, &ada), Value::Null);
}

#[test]
fn a_user_keeps_its_groups_when_it_is_replaced() {
    let (mut client, [ada, ..], _) = crew();
    let mut sent = user("ada.lovelace");
    sent["groups"] = json!([]);
    assert_eq!(client.send("PUT", &format!("/Users/{ada}"), sent).status, 200);
    assert_eq!(groups(&mut client, &ada)[0]["display"], "Crew");
}

#[test]
fn a_group_may_hold_a_group() {
    let (mut client, _, path) = crew();
    let inner = path.trim_start_matches("/Groups/");
    let outer =
        json!({ "schemas": [GROUP], "displayName": "All", "members": [{ "value": inner }] });
    let outer = format!("/Groups/{}", client.create("/Groups", outer));
    assert_eq!(client.get(&outer).body["members"][0]["type"], "Group");
    assert_eq!(client.send("DELETE", &path, Value::Null).status, 204);
    assert!(members(&mut client, &outer).is_empty());
}

#[test]
fn a_member_must_exist() {
    let (mut client, [ada, ..], path) = crew();
    let before = client.get(&path).body;
    for member in [json!({ "value": "nobody" }), json!({ "display": "Ada" })] {
        let add = json!([{ "op": "add", "path": "members", "value": [{ "value": ada }, member] }]);
        client.send("PATCH", &path, patch(add)).is_error(400, Some("invalidValue"));
    }
    assert_eq!(client.get(&path).body, before);
}

#[test]
fn the_members_stay_away_when_they_are_excluded() {
    let (mut client, _, path) = crew();
    let answer = client.get(&format!("{path}?excludedAttributes=members"));
    assert_eq!(answer.body["members"], Value::Null);
    assert_eq!(answer.body["displayName"], "Crew");
    let answer = client.get("/Groups?excludedAttributes=members&filter=displayName+eq+%22crew%22");
    assert_eq!(answer.body["totalResults"], 1);
    assert_eq!(answer.body["Resources"][0]["members"], Value::Null);
}
