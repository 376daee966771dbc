//! The people that the servers begin with, by `tests/servers/README.md`.

use scim::schema::{ENTERPRISE_USER, GROUP, USER};
use serde_json::{Value, json};

/// The user of this number; the first is 1.
pub(crate) fn user(number: usize) -> Value {
    let digits = format!("{number:04}");
    let address = format!("seed.user.{digits}@example.test");
    let display = format!("Seed User {digits}");
    let departments = ["Engineering", "Sales", "Finance", "Support"];
    json!({
        "schemas": [USER, ENTERPRISE_USER],
        "userName": address,
        "externalId": format!("seed-{digits}"),
        "displayName": display,
        "name": { "givenName": "Seed", "familyName": format!("User {digits}"), "formatted": display },
        "emails": [{ "value": address, "type": "work", "primary": true }],
        "active": !number.is_multiple_of(5),
        "title": if number % 2 == 1 { "Engineer" } else { "Manager" },
        ENTERPRISE_USER: {
            "employeeNumber": digits,
            "department": departments[(number - 1) % departments.len()],
        },
    })
}

/// The one group, with the first ten of these users.
pub(crate) fn group(ids: &[String]) -> Value {
    let member = |(index, id): (usize, &String)| json!({ "value": id, "display": format!("Seed User {:04}", index + 1), "type": "User" });
    json!({
        "schemas": [GROUP],
        "displayName": "Seed Group",
        "externalId": "seed-group",
        "members": ids.iter().take(10).enumerate().map(member).collect::<Vec<_>>(),
    })
}
