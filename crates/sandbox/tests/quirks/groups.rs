//! The quirks of groups and their members.

use crate::client::Client;
use crate::{GROUP, differs, done, outcome, patch, path_of_crew, quirky, refused};
use sandbox::Quirk;
use serde_json::{Value, json};

/// The ids of Ada and Bo.
fn ids(client: &Client) -> [String; 2] {
    let ids: Vec<String> =
        client.sandbox.users().filter_map(|user| user.id().map(str::to_owned)).collect();
    ids.try_into().unwrap()
}

/// How many members the crew has after one operation, and how that was answered.
fn left(client: &mut Client, operation: Value) -> ((u16, Value), usize) {
    let crew = path_of_crew(client);
    let answer = outcome(&patch(client, &crew, json!([operation])));
    let members = client.get(&crew).body["members"].clone();
    (answer, members.as_array().map_or(0, Vec::len))
}

#[test]
fn members_who_do_not_exist_are_accepted() {
    let add = json!({ "op": "Add", "path": "members", "value": [{ "value": "nobody" }] });
    let ask = |client: &mut Client| left(client, add.clone());
    let quirk = Quirk::UnknownMembersAccepted;
    differs(quirk, ask, (refused("invalidValue"), 2), (done(200), 3));
    let create = |client: &mut Client| {
        let members = json!([{ "value": "nobody" }]);
        let group = json!({ "schemas": [GROUP], "displayName": "Guests", "members": members });
        outcome(&client.send("POST", "/Groups", group))
    };
    differs(quirk, create, refused("invalidValue"), done(201));
}

#[test]
fn a_member_who_is_added_again_is_listed_twice() {
    let ask = |client: &mut Client| {
        let [ada, _] = ids(client);
        let value = json!([{ "value": ada }]);
        left(client, json!({ "op": "Add", "path": "members", "value": value }))
    };
    differs(Quirk::MemberListedTwice, ask, (done(200), 2), (done(200), 3));
    let mut client = quirky([Quirk::MemberListedTwice]);
    ask(&mut client);
    let [ada, bo] = ids(&client);
    let path = format!("members[value eq \"{ada}\"]");
    assert_eq!(left(&mut client, json!({ "op": "remove", "path": path })), (done(200), 1));
    let crew = path_of_crew(&client);
    assert_eq!(client.get(&crew).body["members"][0]["value"], bo.as_str());
}

/// Removes Ada in Entra's way.
fn remove_by_list(client: &mut Client) -> ((u16, Value), usize) {
    let [ada, _] = ids(client);
    left(client, json!({ "op": "Remove", "path": "members", "value": [{ "value": ada }] }))
}

#[test]
fn a_list_of_members_to_remove_is_refused() {
    let quirk = Quirk::MemberListRefused;
    differs(quirk, remove_by_list, (done(200), 1), (refused("invalidValue"), 2));
    let by_filter = |client: &mut Client| {
        let path = format!("members[value eq \"{}\"]", ids(client)[0]);
        left(client, json!({ "op": "Remove", "path": path }))
    };
    differs(quirk, by_filter, (done(200), 1), (done(200), 1));
}

#[test]
fn a_list_of_members_to_remove_removes_all() {
    differs(Quirk::MemberListRemovesAll, remove_by_list, (done(200), 1), (done(200), 0));
}
