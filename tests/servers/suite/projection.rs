//! Which attributes of a resource are shown: `attributes` and `excludedAttributes`.

use scim::answer;
use scim::endpoint::Search;
use scim::filter::Filter;
use scim::path::Path;
use scim::resource::Resource;
use scim::schema::{ENTERPRISE_USER, GROUP, USER};
use serde_json::{Value, json};

use crate::behaviour::{Behaviour, behaviours};
use crate::client::Client;
use crate::outcome;
use crate::target::{Each, all, each};

/// What is asked for, and which leaves are shown besides `id` and `meta`.
type Row = (&'static str, &'static str, Each<&'static str>);

const DEPARTMENT: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
const CORE_NAME: &str = "urn:ietf:params:scim:schemas:core:2.0:User:userName";

/// `node-scimmy` leaves `schemas` out, and fails on whatever has more than one part.
const ONLY: [Row; 11] = [
    ("one", "userName", each("schemas userName", "userName", "schemas userName")),
    ("in_capitals", "USERNAME", each("schemas userName", "userName", "schemas userName")),
    (
        "two",
        "userName,title",
        each("schemas title userName", "title userName", "schemas title userName"),
    ),
    ("the_id", "id", each("schemas", "", "schemas")),
    ("an_absent_one", "nickName", each("schemas", "", "schemas")),
    ("an_unknown_one", "shoeSize", each("schemas", "400 invalidValue", "schemas")),
    (
        "a_complex_one",
        "name",
        each(
            "name.familyName name.givenName schemas",
            "name.familyName name.givenName",
            "name.familyName name.givenName schemas",
        ),
    ),
    (
        "a_part",
        "name.givenName",
        each("name.givenName schemas", "400 invalidValue", "name.givenName schemas"),
    ),
    (
        "a_part_of_a_list",
        "emails.value",
        each("emails.value schemas", "400 invalidValue", "emails.value schemas"),
    ),
    ("a_full_name", CORE_NAME, each("schemas userName", "400 invalidValue", "schemas userName")),
    (
        "one_of_an_extension",
        DEPARTMENT,
        each("department schemas", "400 invalidValue", "department schemas"),
    ),
];

const WITHOUT: [Row; 4] = [
    ("one", "emails", all("department name.familyName name.givenName schemas title userName")),
    (
        "a_part",
        "name.givenName",
        all("department emails.type emails.value name.familyName schemas title userName"),
    ),
    ("two", "title,name", all("department emails.type emails.value schemas userName")),
    (
        "the_id",
        "id,userName",
        all("department emails.type emails.value name.familyName name.givenName schemas title"),
    ),
];

pub(crate) fn behaviours() -> Vec<Behaviour> {
    let only = |names| Search { attributes: names, ..Search::default() };
    let without = |names| Search { excluded_attributes: names, ..Search::default() };
    let only = ONLY.map(|row| behaviour("only", row, only));
    let without = WITHOUT.map(|row| behaviour("without", row, without));
    let others = behaviours![members_are_left_out_where_they_are_excluded];
    only.into_iter().chain(without).chain(others).collect()
}

fn behaviour(
    what: &str,
    (name, asked, expected): Row,
    search: impl Fn(Vec<String>) -> Search + Send + Sync + 'static,
) -> Behaviour {
    Behaviour::new("projection", &format!("{what}_{name}"), move |client| {
        let search = search(asked.split(',').map(str::to_owned).collect());
        let id = client.user(json!({
            "schemas": [USER, ENTERPRISE_USER],
            "title": "Lead",
            "name": { "givenName": "Ada", "familyName": "O'Hara" },
            ENTERPRISE_USER: { "department": "R&D" },
        }));
        let request = client.endpoint.get("Users", &id, &search);
        let read = answer::resource(&client.send(request));
        let filter = Filter::equals(&Path::attribute("id"), &id);
        let list = client.search("Users", &Search { filter: Some(filter), ..search });
        let one = |mut found: Vec<Resource>| {
            assert_eq!(found.len(), 1, "{found:?}");
            found.remove(0)
        };
        let listed = list.map(|list| one(list.resources));
        for read in [read, listed] {
            let shown = read.map_or_else(|error| outcome::refused(&error), |user| leaves(&user));
            assert_eq!(shown, expected.of(client.column), "{asked}");
        }
    })
}

/// The places that hold a value, in alphabetical order, without URN, `id` and `meta`.
fn leaves(user: &Resource) -> String {
    let mut found = Vec::new();
    for (name, value) in user.as_map() {
        let inner = value.as_array().and_then(|list| list.first()).unwrap_or(value);
        match inner {
            _ if name == "id" || name == "meta" => {}
            Value::Object(members) if name == ENTERPRISE_USER => {
                found.extend(members.keys().cloned());
            }
            Value::Object(members) => {
                found.extend(members.keys().map(|inner| format!("{name}.{inner}")));
            }
            _ => found.push(name.clone()),
        }
    }
    found.sort();
    found.join(" ")
}

/// As Entra reads groups.
fn members_are_left_out_where_they_are_excluded(client: &mut Client) {
    let member = client.user(json!({}));
    let name = client.fresh_name("group");
    let group =
        json!({ "schemas": [GROUP], "displayName": name, "members": [{ "value": member }] });
    let created = client.create("Groups", &group).expect("a group");
    let excluded = vec!["members".to_owned()];
    let filter = Filter::equals(&Path::attribute("displayName"), &name);
    let search =
        Search { filter: Some(filter), excluded_attributes: excluded.clone(), ..Search::default() };
    let listed = client.search("Groups", &search).expect("a list").resources;
    let search = Search { excluded_attributes: excluded, ..Search::default() };
    let id = created.id().expect("an id");
    let request = client.endpoint.get("Groups", id, &search);
    let read = answer::resource(&client.send(request)).expect("the group");
    assert_eq!(listed, std::slice::from_ref(&read));
    assert!(read.get("displayName").is_some() && read.get("members").is_none(), "{read:?}");
    let whole = client.get("Groups", id).expect("the group");
    assert_eq!(whole.get("members").and_then(Value::as_array).map(Vec::len), Some(1));
}
