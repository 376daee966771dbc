use serde_json::json;

use super::*;
use crate::ambient::Ambient;
use crate::configuration::default::target_attribute;
use crate::configuration::{ObjectKind, TargetActions};
use crate::expression::Expression;
use crate::expression::value::DateTime;
use crate::scoping::ScopingFilter;
use crate::source::AppRole;

fn row(target: &str, source: Source) -> AttributeMapping {
    AttributeMapping {
        target: target_attribute(Path::parse(target).unwrap()),
        source,
        default_value: None,
        matching_precedence: None,
        apply: Apply::Always,
    }
}

fn direct(target: &str, source: &str) -> AttributeMapping {
    row(target, Source::Direct(source.to_owned()))
}

fn computed(target: &str, text: &str) -> AttributeMapping {
    row(target, Source::Expression(Expression::parse(text)))
}

fn mapper(attributes: Vec<AttributeMapping>) -> Mapper {
    Mapper::new(ObjectMapping {
        kind: ObjectKind::User,
        enabled: true,
        actions: TargetActions::default(),
        attributes,
        filter: ScopingFilter::default(),
    })
}

fn ana() -> SourceObject {
    let attributes = [
        ("displayName", SourceValue::Text("Ana".to_owned())),
        ("accountEnabled", SourceValue::Boolean(true)),
        ("proxyAddresses", SourceValue::List(vec!["a@x".to_owned(), "b@x".to_owned()])),
        ("employeeCount", SourceValue::Number(7.into())),
    ];
    SourceObject {
        id: "1".to_owned(),
        kind: ObjectKind::User,
        attributes: attributes.map(|(name, value)| (name.to_owned(), value)).into(),
        members: Vec::new(),
        soft_deleted: false,
    }
}

fn roles() -> Vec<AppRole> {
    let role = |id: &str, value: &str, name: &str| AppRole {
        id: id.to_owned(),
        value: value.to_owned(),
        display_name: name.to_owned(),
    };
    vec![role("r1", "admin", "Admin"), role("r2", "", "Reader")]
}

/// What the rows yield for Ana, and the resource that a create would send.
fn applied(rows: Vec<AttributeMapping>) -> (Vec<Yield>, Value) {
    let (mapper, object, roles) = (mapper(rows), ana(), roles());
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(0), seed: 1 };
    let inputs = Inputs {
        object: &object,
        roles: &roles,
        is_soft_deleted: false,
        default_domain: None,
        ambient: &ambient,
    };
    let desired = mapper.apply(&inputs);
    let created = mapper.create(&desired).into_value();
    (desired.rows, created)
}

#[test]
fn an_empty_source_yields_null_or_the_default_and_an_ignored_row_neither() {
    let mut defaulted = direct("title", "jobTitle");
    defaulted.default_value = Some("Unknown".to_owned());
    let ignored = computed("nickName", "IgnoreFlowIfNullOrEmpty([jobTitle])");
    let (rows, created) = applied(vec![direct("userType", "jobTitle"), defaulted, ignored]);
    assert_eq!(rows, [Yield::Null, Yield::Default(json!("Unknown")), Yield::Ignored]);
    assert_eq!(rows[1].on_update(), None, "a default is for creation only");
    assert_eq!(created["title"], "Unknown");
    assert!(created.get("userType").is_none() && created.get("nickName").is_none());
}

#[test]
fn values_take_the_type_of_their_target() {
    let mut count = direct("count", "employeeCount");
    count.target.kind = TargetType::Integer;
    let mut no_number = direct("level", "displayName");
    no_number.target.kind = TargetType::Integer;
    let rows = vec![
        direct("active", "accountEnabled"),
        direct("note", "accountEnabled"),
        count,
        no_number,
        row("active", Source::Constant("perhaps".to_owned())),
    ];
    let (rows, _) = applied(rows);
    assert_eq!(rows[0], Yield::Value(json!(true)));
    assert_eq!(rows[1], Yield::Value(json!("True")));
    assert_eq!(rows[2], Yield::Value(json!(7)));
    assert!(matches!(&rows[3], Yield::Fault(text) if text.contains("whole number")));
    assert!(matches!(&rows[4], Yield::Fault(text) if text.contains("Boolean")));
}

#[test]
fn a_list_feeds_a_list_whole_and_one_value_with_its_first() {
    let one = direct("emails[type eq \"other\"].value", "proxyAddresses");
    assert!(takes_first_of_several(&ana(), &one));
    let (rows, created) = applied(vec![direct("aliases", "proxyAddresses"), one]);
    assert_eq!(rows[0], Yield::Value(json!(["a@x", "b@x"])));
    assert_eq!(created["emails"], json!([{ "type": "other", "value": "a@x" }]));
}

#[test]
fn paths_become_structure() {
    let text = |target: &str| row(target, Source::Constant("x".to_owned()));
    let (_, created) = applied(vec![
        text("name.givenName"),
        text("name.familyName"),
        text("emails[type eq \"work\"].value"),
        text("addresses[type eq \"work\"].region"),
        text("addresses[type eq \"work\"].country"),
        text("urn:scim:schemas:extension:enterprise:1.0.department"),
        text("urn:ietf:params:scim:schemas:core:2.0:User:nickName"),
        text("phoneNumbers[type ne \"work\"].value"),
    ]);
    assert_eq!(
        created,
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "name": { "givenName": "x", "familyName": "x" },
            "emails": [{ "primary": true, "type": "work", "value": "x" }],
            "addresses": [{ "type": "work", "region": "x", "country": "x" }],
            "urn:scim:schemas:extension:enterprise:1.0": { "department": "x" },
            "nickName": "x",
            "meta": { "resourceType": "User" }
        }),
        "a filter that does not say what the element looks like writes nothing"
    );
}

#[test]
fn roles_travel_in_the_form_of_their_function() {
    let function =
        |target: &str, name: &str| computed(target, &format!(" {name} ( [appRoleAssignments] )"));
    let (rows, created) = applied(vec![
        function("roles", "AppRoleAssignmentsComplex"),
        function("roles", "AssertiveAppRoleAssignmentsComplex"),
        function("roles[primary eq \"True\"].value", "SingleAppRoleAssignment"),
        direct("entitlements", "appRoleAssignments"),
    ]);
    let element = |name: &str, value: &str, label: &str| json!({ "primary": false, "type": "WindowsAzureActiveDirectoryRole", name: label, "value": value });
    let expected =
        |name| json!([element(name, "admin", "Admin"), element(name, "Reader", "Reader")]);
    assert_eq!(rows[0], Yield::Value(expected("displayName")));
    assert_eq!(rows[1], Yield::Value(expected("display")));
    assert_eq!(created["roles"][2]["primary"], true);
    assert_eq!(created["roles"][2]["value"], "admin");
    assert!(matches!(&rows[3], Yield::Fault(text) if text.contains("role functions")));
}

#[test]
fn references_wait_for_the_second_pass() {
    let (rows, created) = applied(vec![direct("manager", "displayName")]);
    assert_eq!(rows, [Yield::Null]);
    assert!(created.get("manager").is_none());
}
