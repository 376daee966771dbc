//! The engine lays changes over what the application holds; the application applies the PATCH. Both
//! must come to the same, in either wire form.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use provisioning::configuration::default::target_attribute;
use provisioning::configuration::{Apply, AttributeMapping, Source};
use provisioning::cycle::Known;
use provisioning::expression::Expression;
use provisioning::source::{AppRole, AppRoleAssignment, SourceValue};
use scim::patch::entra::WireForm;
use serde_json::{Map, Value, json};

use crate::world::{World, outcome, verdicts};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// Targets of every shape, with the source attribute that feeds each.
const TARGETS: [(&str, &str); 16] = [
    ("title", "a0"),
    ("nickName", "a1"),
    ("name.givenName", "a2"),
    ("name.familyName", "a3"),
    ("emails[type eq \"work\"].value", "a4"),
    ("emails[type eq \"other\"].value", "a5"),
    ("emails[type eq \"work\"].display", "a6"),
    ("phoneNumbers[type eq \"mobile\"].value", "a7"),
    ("addresses[type eq \"work\"].locality", "a8"),
    ("addresses[type eq \"work\"].country", "a9"),
    ("addresses[type eq \"home\"].formatted", "a10"),
    ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "a11"),
    ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter", "a12"),
    ("urn:ietf:params:scim:schemas:core:2.0:User:locale", "a13"),
    ("externalId", "a14"),
    ("preferredLanguage", "a15"),
];

fn text() -> impl Strategy<Value = Option<String>> {
    option::of("[A-Za-z +\"äß]{1,6}")
}

/// What the application holds of somebody before: some attributes, some elements, some roles.
fn account() -> impl Strategy<Value = Value> {
    let flag = any::<bool>();
    (vec(text(), 8), flag, any::<bool>(), any::<bool>()).prop_map(|(texts, active, work, home)| {
        let text = |at: usize| texts.get(at).cloned().flatten();
        let mut account = json!({ "userName": "ana@contoso.example", "active": active });
        for (name, at) in [("title", 0), ("nickName", 1), ("externalId", 2)] {
            if let Some(text) = text(at) {
                account[name] = json!(text);
            }
        }
        if let Some(name) = text(3) {
            account["name"] = json!({ "givenName": name, "middleName": "M" });
        }
        let mut emails = Vec::new();
        if let Some(mail) = text(4) {
            emails.push(json!({ "value": mail, "type": if work { "work" } else { "WORK" }, "primary": true }));
        }
        if let Some(mail) = text(5) {
            emails.push(json!({ "value": mail, "type": "home", "display": "Home" }));
        }
        if !emails.is_empty() {
            account["emails"] = json!(emails);
        }
        if let Some(city) = text(6) {
            let kind = if home { "home" } else { "work" };
            account["addresses"] = json!([{ "type": kind, "locality": city, "postalCode": "1" }]);
        }
        if let Some(department) = text(7) {
            account[ENTERPRISE] = json!({ "department": department, "division": "D" });
            account["roles"] = json!([{ "value": "old", "type": "x" }]);
        }
        account
    })
}

/// The functions that write roles, or none.
fn roles() -> impl Strategy<Value = Option<(&'static str, &'static str)>> {
    prop_oneof![
        Just(None),
        Just(Some(("roles", "AppRoleAssignmentsComplex([appRoleAssignments])"))),
        Just(Some(("roles", "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])"))),
        Just(Some((
            "roles[primary eq \"True\"].value",
            "SingleAppRoleAssignment([appRoleAssignments])"
        ))),
    ]
}

fn row(target: &str, source: Source) -> AttributeMapping {
    AttributeMapping {
        target: target_attribute(scim::path::Path::parse(target).unwrap()),
        source,
        default_value: None,
        matching_precedence: None,
        apply: Apply::Always,
    }
}

/// Ana with these values, rows for all of them, and the application's account of her.
fn world(values: &[Option<String>], account: &Value, roles: Option<(&str, &str)>) -> World {
    let mut world = World::new();
    world.known = Known::Linked;
    let rows = &mut world.configuration.users.attributes;
    rows.retain(|row| ["userName", "active"].contains(&row.target.path.attribute.as_str()));
    rows.extend(TARGETS.map(|(target, source)| row(target, Source::Direct(source.to_owned()))));
    if let Some((target, function)) = roles {
        rows.push(row(target, Source::Expression(Expression::parse(function))));
    }
    let role = |id: &str| AppRole {
        id: id.to_owned(),
        value: id.to_owned(),
        display_name: id.to_uppercase(),
    };
    world.directory.app_roles = vec![role("admin"), role("reader")];
    let ana = world.joins("ana");
    for ((_, source), value) in TARGETS.iter().zip(values) {
        if let Some(value) = value {
            ana.attributes.insert((*source).to_owned(), SourceValue::Text(value.clone()));
        }
    }
    world.directory.assignments = ["admin", "reader"]
        .map(|role| AppRoleAssignment {
            principal_id: "ana".to_owned(),
            app_role_id: role.to_owned(),
        })
        .to_vec();
    world.has_account(account.clone());
    world
}

/// Without what the application adds by itself.
fn comparable(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let own = ["meta", "schemas", "$ref", "id"];
            let kept = members.iter().filter(|(name, _)| !own.contains(&name.as_str()));
            let mut kept: Vec<_> =
                kept.map(|(name, value)| (name.clone(), comparable(value))).collect();
            kept.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(kept.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(values) => values.iter().map(comparable).collect(),
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn the_prediction_equals_what_the_application_holds_after_the_patch(
        values in vec(text(), TARGETS.len()), account in account(), roles in roles(),
    ) {
        for wire in WireForm::ALL {
            let mut world = world(&values, &account, roles);
            let predicted = world.preview().predicted("ana").unwrap();
            let cycle = world.provision_in(wire);
            prop_assert!(!matches!(outcome(&cycle, "ana").action.kind(),
                provisioning::planning::ActionKind::Error), "{:?}", outcome(&cycle, "ana"));
            let held = world.account("ana").unwrap();
            prop_assert_eq!(comparable(&predicted.clone().into_value()).to_string(),
                comparable(&held).to_string());
            let again = verdicts(&world.preview());
            prop_assert_eq!(again["ana"].as_str(), "Skip (RedundantExport)");
        }
    }

    #[test]
    fn a_create_holds_what_was_predicted(values in vec(text(), TARGETS.len()), roles in roles()) {
        let mut world = world(&values, &json!({ "userName": "somebody" }), roles);
        let mut predicted = world.preview().predicted("ana").unwrap();
        // A role of RFC 7643 has `display`; the application does not keep what its schema lacks.
        let roles = predicted.as_map_mut().get_mut("roles").and_then(Value::as_array_mut);
        for role in roles.into_iter().flatten().filter_map(Value::as_object_mut) {
            role.remove("displayName");
        }
        world.provision();
        let held = world.account("ana").unwrap();
        prop_assert_eq!(comparable(&predicted.into_value()).to_string(), comparable(&held).to_string());
    }
}

#[test]
fn a_manager_and_members_are_predicted() {
    let mut world = World::new();
    for name in ["ana", "bo", "cy"] {
        world.joins(name);
    }
    world.group("desk", &["ana", "bo"]);
    world.provision();
    let id = |world: &World, name: &str| world.account(name).unwrap()["id"].clone();
    let manager = SourceValue::Text("bo".to_owned());
    world.person("ana").attributes.insert("manager".to_owned(), manager);
    world.directory.groups[0].members.push("cy".to_owned());
    let preview = world.preview();
    let (ana, desk) = (preview.predicted("ana").unwrap(), preview.predicted("desk").unwrap());
    assert_eq!(ana.as_map()[ENTERPRISE]["manager"], json!({ "value": id(&world, "bo") }));
    world.provision();
    assert_eq!(comparable(&ana.into_value()), comparable(&world.account("ana").unwrap()));
    let held = world.application.groups().next().unwrap();
    let members = scim::path::Path::parse("members.value").unwrap();
    assert_eq!(desk.values(&members), held.values(&members));
    assert_eq!(held.values(&members).len(), 3);
}
