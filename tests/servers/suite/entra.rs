//! The requests that Microsoft Entra ID would write, in both of its forms.

use scim::patch::PatchRequest;
use scim::patch::entra::{WireForm, Write};
use scim::path::Path;
use scim::resource::Resource;
use scim::schema::{ENTERPRISE_USER, GROUP, USER};
use serde_json::json;

use crate::behaviour::Behaviour;
use crate::client::Client;
use crate::patch::compared;
use crate::shapes::PREDICTED;
use crate::target::{Each, all, each};

/// What the RFC's column says of the form that spells operations in capitals.
const CAPITALS: &str = "400 invalidSyntax";

/// A change, and its outcome in the default form and in the compliant one.
struct Change {
    name: &'static str,
    make: fn(&mut Client, WireForm) -> (&'static str, Resource, PatchRequest),
    legacy: Each<&'static str>,
    compliant: Each<&'static str>,
}

const CHANGES: [Change; 7] = [
    Change {
        name: "updates",
        make: update,
        legacy: each(CAPITALS, PREDICTED, PREDICTED),
        // The keys of its value are paths, which only Entra expects to work.
        compliant: each("400 invalidPath", PREDICTED, PREDICTED),
    },
    Change {
        name: "disables",
        make: disable,
        legacy: each(CAPITALS, "400 invalidValue", PREDICTED),
        compliant: all(PREDICTED),
    },
    Change {
        name: "adds_members",
        make: add_members,
        legacy: each(CAPITALS, PREDICTED, PREDICTED),
        compliant: all(PREDICTED),
    },
    Change {
        name: "removes_a_member",
        make: remove_member,
        legacy: each(CAPITALS, PREDICTED, "400 invalidValue"),
        compliant: all(PREDICTED),
    },
    Change {
        name: "sets_a_manager",
        make: set_manager,
        legacy: each(CAPITALS, "400 invalidValue", "400 invalidValue"),
        compliant: all("400 invalidValue"),
    },
    Change {
        name: "sets_a_manager_as_documented",
        make: set_manager_as_documented,
        // The path lacks the URN of the extension.
        legacy: each(CAPITALS, "400 invalidPath", "400 invalidPath"),
        compliant: all("400 invalidPath"),
    },
    Change {
        name: "replaces_a_phone_that_is_not_there",
        make: replace_missing,
        legacy: each(CAPITALS, "400 noTarget", "400 noTarget"),
        compliant: all("400 noTarget"),
    },
];

pub(crate) fn behaviours() -> Vec<Behaviour> {
    let forms = [(WireForm::Legacy, ""), (WireForm::Compliant, "_in_the_compliant_form")];
    let tried = CHANGES.iter().flat_map(|change| {
        forms.map(|(form, ending)| {
            let check = move |client: &mut Client| {
                let (endpoint, before, request) = (change.make)(client, form);
                let expected = match form {
                    WireForm::Legacy => change.legacy,
                    WireForm::Compliant => change.compliant,
                };
                let outcome = compared(client, endpoint, before, &request);
                assert_eq!(outcome, expected.of(client.column));
            };
            Behaviour::new("entra", &format!("{}{ending}", change.name), check)
        })
    });
    tried.collect()
}

/// A user who has everything that an update replaces.
fn person(client: &mut Client) -> Resource {
    let document = client.document(json!({
        "schemas": [USER, ENTERPRISE_USER],
        "name": { "givenName": "Ada", "familyName": "King" },
        "title": "Analyst",
        "active": true,
        ENTERPRISE_USER: { "department": "Research" },
    }));
    let made = client.create("Users", &document).expect("a user");
    client.get("Users", made.id().expect("an id")).expect("she is there")
}

fn update(client: &mut Client, form: WireForm) -> (&'static str, Resource, PatchRequest) {
    let mail = format!("{}@app.example", client.fresh_name("mail"));
    let writes = [
        Write::replace("name.familyName", "Lovelace"),
        Write::replace(r#"emails[type eq "work"].value"#, mail),
        Write::replace("title", "Countess"),
        Write::add("nickName", "Ada"),
        Write::replace(format!("{ENTERPRISE_USER}:department"), "Computing"),
        Write::add(format!("{ENTERPRISE_USER}:employeeNumber"), "1815"),
    ];
    ("Users", person(client), form.update(&writes))
}

fn disable(client: &mut Client, form: WireForm) -> (&'static str, Resource, PatchRequest) {
    ("Users", person(client), form.update(&[Write::replace("active", false).by_itself()]))
}

fn replace_missing(client: &mut Client, form: WireForm) -> (&'static str, Resource, PatchRequest) {
    let write = Write::replace(r#"phoneNumbers[type eq "mobile"].value"#, "1");
    ("Users", person(client), form.update(&[write]))
}

/// A group with one member, and the ids of two others.
fn crew(client: &mut Client) -> (Resource, [String; 3]) {
    let ids = [(); 3].map(|()| client.user(json!({})));
    let document = json!({
        "schemas": [GROUP],
        "displayName": client.fresh_name("crew"),
        "members": [{ "value": ids[0] }],
    });
    let made = client.create("Groups", &document).expect("a group");
    let group = client.get("Groups", made.id().expect("an id")).expect("it is there");
    (group, ids)
}

fn add_members(client: &mut Client, form: WireForm) -> (&'static str, Resource, PatchRequest) {
    let (group, [_, second, third]) = crew(client);
    ("Groups", group, form.members_added(&[second, third]))
}

fn remove_member(client: &mut Client, form: WireForm) -> (&'static str, Resource, PatchRequest) {
    let (group, [first, ..]) = crew(client);
    ("Groups", group, form.member_removed(&first))
}

fn set_manager(client: &mut Client, form: WireForm) -> (&'static str, Resource, PatchRequest) {
    let path = Path::parse(&format!("{ENTERPRISE_USER}:manager")).expect("a path");
    let manager = client.user(json!({}));
    ("Users", person(client), form.reference(&path, &manager))
}

fn set_manager_as_documented(
    client: &mut Client,
    form: WireForm,
) -> (&'static str, Resource, PatchRequest) {
    let manager = client.user(json!({}));
    let location = format!("../Users/{manager}");
    ("Users", person(client), form.reference_as_documented(&location, &manager))
}
