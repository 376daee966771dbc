//! Invented users and a group, the same in every run, about as large as those of a real service.

use scim::resource::Resource;
use scim::schema::{ENTERPRISE_USER, GROUP, USER};
use serde_json::{Value, json};

const GIVEN: [&str; 8] = ["Ada", "Grace", "Alan", "Mary", "Edsger", "Zoë", "Niklaus", "Radia"];
const FAMILY: [&str; 8] =
    ["Lovelace", "Hopper", "Turing", "Shelley", "Dijkstra", "Åström", "Wirth", "Perlman"];
const TITLES: [&str; 6] =
    ["Engineer", "Senior Engineer", "Manager", "Accountant", "Support Specialist", "Nurse"];
const DEPARTMENTS: [&str; 5] = ["Research", "Sales", "Finance", "Operations", "Care"];
const PLACES: [(&str, &str, &str); 4] = [
    ("London", "GB", "Europe/London"),
    ("Berlin", "DE", "Europe/Berlin"),
    ("Austin", "US", "America/Chicago"),
    ("Lund", "SE", "Europe/Stockholm"),
];

/// The first `count` users.
pub(crate) fn users(count: usize) -> Vec<Resource> {
    (0..count).map(|number| resource(user(number))).collect()
}

/// A group with this many members.
pub(crate) fn group(members: usize) -> Resource {
    let members: Vec<Value> = (0..members)
        .map(|number| json!({ "value": id(number), "type": "User", "display": display(number) }))
        .collect();
    resource(json!({
        "schemas": [GROUP],
        "id": "5ab1e0c4-0000-4000-8000-000000000000",
        "displayName": "Everybody",
        "members": members,
        "meta": { "resourceType": "Group", "created": "2024-01-02T03:04:05Z" },
    }))
}

/// The identifier of a user.
pub(crate) fn id(number: usize) -> String {
    format!("{:08x}-{:04x}-4000-8000-{number:012x}", pick(number, 0, 1 << 32), number & 0xffff)
}

/// The name by which a user signs in.
pub(crate) fn user_name(number: usize) -> String {
    let (given, family) = names(number);
    format!("{}.{}{number}@corp.example", given.to_lowercase(), family.to_lowercase())
}

/// A user as a service provider keeps it.
pub(crate) fn user(number: usize) -> Value {
    let (given, family) = names(number);
    let (town, country, zone) = PLACES[pick(number, 3, PLACES.len())];
    let phone = pick(number, 4, 10_000_000);
    let (year, month, day) =
        (2019 + pick(number, 5, 8), 1 + pick(number, 6, 12), 1 + pick(number, 7, 28));
    json!({
        "schemas": [USER, ENTERPRISE_USER],
        "id": id(number),
        "externalId": id(number + 1),
        "userName": user_name(number),
        "name": { "formatted": display(number), "familyName": family, "givenName": given },
        "displayName": display(number),
        "title": TITLES[pick(number, 8, TITLES.len())],
        "preferredLanguage": "en-GB",
        "timezone": zone,
        "active": pick(number, 9, 20) != 0,
        "emails": [
            { "value": user_name(number), "type": "work", "primary": true },
            { "value": format!("{number}@home.example"), "type": "home" },
        ],
        "phoneNumbers": [
            { "value": format!("+44 20 {phone:07}"), "type": "work" },
            { "value": format!("+44 77 {phone:07}"), "type": "mobile" },
        ],
        "addresses": [{
            "type": "work",
            "streetAddress": format!("{} Analytical Street", pick(number, 10, 200)),
            "locality": town,
            "postalCode": format!("{:05}", pick(number, 11, 100_000)),
            "country": country,
        }],
        ENTERPRISE_USER: {
            "employeeNumber": format!("E{number}"),
            "costCenter": format!("C{}", pick(number, 12, 90)),
            "department": DEPARTMENTS[pick(number, 13, DEPARTMENTS.len())],
            "manager": { "value": id(number / 10) },
        },
        "meta": {
            "resourceType": "User",
            "created": format!("{year}-{month:02}-{day:02}T08:00:00Z"),
            "lastModified": format!("{year}-{month:02}-{day:02}T17:30:00.5+01:00"),
            "location": format!("https://app.example/scim/v2/Users/{}", id(number)),
        },
    })
}

fn display(number: usize) -> String {
    let (given, family) = names(number);
    format!("{given} {family}")
}

fn names(number: usize) -> (&'static str, &'static str) {
    (GIVEN[pick(number, 1, GIVEN.len())], FAMILY[pick(number, 2, FAMILY.len())])
}

/// One of `of` possibilities: the end of splitmix64, so that neighbours differ and every run is the same.
fn pick(number: usize, what: u64, of: usize) -> usize {
    let mut mixed = (number as u64) << 8 | what;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) % of as u64) as usize
}

fn resource(value: Value) -> Resource {
    Resource::from_value(value).expect("an object")
}
