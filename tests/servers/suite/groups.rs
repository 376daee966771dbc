//! Groups and those who are in them.

use scim::resource::Resource;
use scim::schema::GROUP;
use serde_json::{Value, json};

use crate::behaviour::{Behaviour, behaviours};
use crate::client::Client;
use crate::outcome;

pub(crate) fn behaviours() -> Vec<Behaviour> {
    behaviours![
        a_group_is_read_back_with_its_members,
        a_group_is_matched_by_its_name,
        a_deleted_group_leaves_its_members
    ]
}

/// Creates a group of these users and gives its id.
fn group(client: &mut Client, members: &[&str]) -> String {
    let name = client.fresh_name("group");
    let members: Vec<Value> = members.iter().map(|id| json!({ "value": id })).collect();
    let group = json!({ "schemas": [GROUP], "displayName": name, "members": members });
    let created = client.create("Groups", &group).expect("a group");
    created.id().expect("an id").to_owned()
}

fn members(client: &mut Client, id: &str) -> Vec<String> {
    let group = client.get("Groups", id).expect("the group is there");
    let members = group.get("members").and_then(Value::as_array).cloned().unwrap_or_default();
    let value = |member: &Value| member["value"].as_str().expect("an id").to_owned();
    members.iter().map(value).collect()
}

fn a_group_is_read_back_with_its_members(client: &mut Client) {
    let (ada, bob) = (client.user(json!({})), client.user(json!({})));
    let name = client.fresh_name("R&D \"Ö\"");
    let document = json!({
        "schemas": [GROUP],
        "displayName": name,
        "externalId": "7f3d",
        "members": [{ "value": ada, "display": "Ada", "type": "User" }, { "value": bob }],
    });
    let created = client.create("Groups", &document).expect("a group");
    let mut expected = Resource::from_value(document).expect("an object");
    expected.as_map_mut().insert("id".to_owned(), json!(created.id()));
    let read = client.get("Groups", created.id().expect("an id")).expect("the group");
    for shown in [created, read] {
        assert!(outcome::otherwise(&expected, &shown).is_empty(), "{shown:?}");
    }
}

fn a_group_is_matched_by_its_name(client: &mut Client) {
    let id = group(client, &[]);
    let name = client.get("Groups", &id).expect("the group").get("displayName").cloned();
    let list = client.find("Groups", &format!("displayName eq {}", name.expect("a name")));
    let ids: Vec<String> =
        list.expect("a list").resources.iter().filter_map(|g| g.id().map(str::to_owned)).collect();
    assert_eq!(ids, [id]);
}

fn a_deleted_group_leaves_its_members(client: &mut Client) {
    let ada = client.user(json!({}));
    let id = group(client, &[&ada]);
    assert_eq!(client.delete("Groups", &id), Ok(None));
    let shown = client.get("Users", &ada).expect("she stays");
    assert_eq!(shown.get("groups"), None);
}

/// What becomes of a member who is deleted.
pub(crate) fn deleted_member(client: &mut Client) -> String {
    let (ada, bob) = (client.user(json!({})), client.user(json!({})));
    let id = group(client, &[&ada, &bob]);
    client.delete("Users", &ada).expect("she goes");
    let left = members(client, &id);
    assert!(left.contains(&bob), "{left:?}");
    if left.contains(&ada) { "stays" } else { "leaves" }.to_owned()
}

/// What a user is told of being in a group.
pub(crate) fn groups_of_a_user(client: &mut Client) -> String {
    let ada = client.user(json!({}));
    let id = group(client, &[&ada]);
    let shown = client.get("Users", &ada).expect("she is there");
    match shown.get("groups") {
        None => "nothing".to_owned(),
        Some(groups) if groups[0]["value"] == json!(id) => "the group".to_owned(),
        Some(groups) => groups.to_string(),
    }
}

/// A group with the second URN that Entra lists.
pub(crate) fn with_entras_second_schema(client: &mut Client) -> String {
    let second = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";
    let name = client.fresh_name("group");
    let group = json!({
        "schemas": [GROUP, second],
        "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
        "displayName": name,
        "meta": { "resourceType": "Group" },
    });
    let request = client.endpoint.create("Groups", &group);
    outcome::status(&client.send(request))
}

/// A second group of the same name.
pub(crate) fn the_same_name_again(client: &mut Client) -> String {
    let name = client.fresh_name("group");
    let group = json!({ "schemas": [GROUP], "displayName": name });
    client.create("Groups", &group).expect("a group");
    let request = client.endpoint.create("Groups", &group);
    outcome::status(&client.send(request))
}

/// A group with a member who does not exist.
pub(crate) fn with_nobody(client: &mut Client) -> String {
    let name = client.fresh_name("group");
    let members = json!([{ "value": "nobody" }]);
    let group = json!({ "schemas": [GROUP], "displayName": name, "members": members });
    let request = client.endpoint.create("Groups", &group);
    outcome::status(&client.send(request))
}

/// Whether somebody is in a group, as Entra asks it.
pub(crate) fn is_member_as_entra_asks(client: &mut Client) -> String {
    is_member(client, "members eq")
}

/// Whether somebody is in a group, with the part named.
pub(crate) fn is_member_by_value(client: &mut Client) -> String {
    is_member(client, "members.value eq")
}

fn is_member(client: &mut Client, question: &str) -> String {
    let ada = client.user(json!({}));
    let id = group(client, &[&ada]);
    outcome::found(&client.find("Groups", &format!("id eq \"{id}\" and {question} \"{ada}\"")))
}
