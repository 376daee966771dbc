use std::num::NonZeroU32;

use serde_json::{Value, json};

use super::*;

fn row(target: &str, source: Value) -> Value {
    json!({ "targetAttributeName": target, "source": source, "matchingPriority": 0 })
}

fn schema(rows: &Value) -> Value {
    json!({
        "directories": [
            { "name": "Azure Active Directory", "objects": null },
            { "name": "customappsso", "objects": [{
                "name": "urn:ietf:params:scim:schemas:core:2.0:User",
                "attributes": [
                    { "name": "userName", "type": "String", "required": true, "caseExact": false },
                    { "name": "costs", "type": "Integer", "multivalued": true, "caseExact": true },
                    { "name": "boss", "type": "Reference", "referencedObjects": [
                        { "referencedObjectName": "urn:ietf:params:scim:schemas:core:2.0:Group" }] },
                ],
                "metadata": [{ "key": "IsSoftDeletionSupported", "value": "True" }],
            }] },
        ],
        "synchronizationRules": [{
            "priority": 1,
            "sourceDirectoryName": "Azure Active Directory",
            "targetDirectoryName": "customappsso",
            "objectMappings": [
                { "enabled": false, "sourceObjectName": "Group", "targetObjectName": "g", "scope": null },
                {
                    "flowTypes": "Add, Update",
                    "sourceObjectName": "User",
                    "targetObjectName": "urn:ietf:params:scim:schemas:core:2.0:User",
                    "scope": { "groups": [{ "name": "staff", "clauses": [
                        { "sourceOperandName": "department", "operatorName": "IS NOT NULL",
                          "targetOperand": { "values": [] } },
                        { "sourceOperandName": "country", "operatorName": "EQUALS",
                          "targetOperand": { "values": ["DE"] } },
                    ] }], "inputFilterGroups": [], "categoryFilterGroups": null },
                    "attributeMappings": rows,
                },
            ],
        }],
    })
}

fn read_rows(rows: &Value) -> Schema {
    read(&schema(rows).to_string()).expect("a sound schema")
}

#[test]
fn both_mappings_are_read_with_their_filters() {
    let found = read_rows(&json!([]));
    assert!(found.users.enabled && !found.groups.enabled);
    let actions = TargetActions { create: true, update: true, delete: false };
    assert_eq!(found.users.actions, actions);
    assert_eq!(found.groups.actions, TargetActions::default());
    let clauses = &found.users.filter.groups[0].clauses;
    let told: Vec<String> = clauses.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["department IS NOT NULL", "country EQUALS DE"]);
    assert!(found.connector.soft_delete && found.notes.is_empty());
}

#[test]
fn every_kind_of_source_is_read() {
    let name = json!({ "expression": "[mail]", "name": "mail", "type": "Attribute" });
    let unnamed = json!({ "expression": "[mail]" });
    let constant = json!({ "expression": "\"x\"", "name": "x", "type": "Constant" });
    let function = json!({ "expression": "Not([a])", "name": "Not", "type": "Function" });
    let rows =
        [name, unnamed, constant, function, Value::Null].map(|source| row("userName", source));
    let sources: Vec<_> =
        read_rows(&json!(rows)).users.attributes.into_iter().map(|row| row.source).collect();
    let mail = Source::Direct("mail".to_owned());
    let expected = [
        mail.clone(),
        mail,
        Source::Constant("x".to_owned()),
        Source::Expression(Expression::parse("Not([a])")),
        Source::None,
    ];
    assert_eq!(sources, expected);
}

#[test]
fn targets_are_as_the_schema_declares_them() {
    let rows = ["userName", "costs", "boss", "externalId"].map(|name| row(name, Value::Null));
    let found = read_rows(&json!(rows)).users.attributes;
    assert!(found[0].target.required && !found[0].target.case_exact);
    assert_eq!(found[1].target.kind, TargetType::Integer);
    assert!(found[1].target.multi_valued && found[1].target.case_exact);
    assert_eq!(found[2].target.referenced, [ObjectKind::Group]);
    assert_eq!(found[3].target, target_attribute(Path::attribute("externalId".to_owned())));
}

#[test]
fn a_row_says_when_it_flows_and_matches() {
    let mut rows = json!([row("userName", Value::Null), row("title", Value::Null)]);
    rows[0]["matchingPriority"] = json!(1);
    rows[0]["flowType"] = json!("ObjectAddOnly");
    rows[0]["defaultValue"] = json!("none");
    rows[1]["flowType"] = json!("ValueAddOnly");
    let found = read_rows(&rows);
    let first = &found.users.attributes[0];
    assert_eq!(first.matching_precedence, Some(NonZeroU32::MIN));
    assert_eq!(first.apply, Apply::OnlyDuringCreation);
    assert_eq!(first.default_value.as_deref(), Some("none"));
    assert_eq!(found.users.attributes[1].matching_precedence, None);
    let place = "synchronizationRules[0].objectMappings[1].attributeMappings[1].flowType";
    assert_eq!(found.notes, [format!("{place}: `ValueAddOnly` is evaluated as `Always`")]);
}

#[test]
fn an_enabled_mapping_goes_before_one_that_is_off() {
    let mut whole = schema(&json!([row("title", Value::Null)]));
    let off = json!({ "enabled": false, "sourceObjectName": "User", "attributeMappings": [] });
    let first = json!({ "priority": 0, "objectMappings": [off] });
    whole["synchronizationRules"].as_array_mut().expect("rules").insert(0, first);
    assert_eq!(read(&whole.to_string()).expect("a schema").users.attributes.len(), 1);
}

#[test]
fn what_is_not_evaluated_is_said() {
    let mut whole = schema(&json!([]));
    let mapping = &mut whole["synchronizationRules"][0]["objectMappings"][1];
    mapping["scope"]["inputFilterGroups"] = json!([{ "name": "n", "clauses": [] }]);
    let metadata = &mut whole["directories"][1]["objects"][0]["metadata"][0];
    metadata["value"] = json!("false");
    let found = read(&whole.to_string()).expect("a schema");
    assert!(found.notes[0].ends_with(".scope.inputFilterGroups: experimental, and not evaluated"));
    assert!(!found.connector.soft_delete);
}

#[test]
fn everything_that_is_wrong_is_told_with_its_place() {
    let source = json!({ "expression": "x", "type": "Magic" });
    let mut whole = schema(&json!([row("emails[", Value::Null), row("title", source)]));
    let mapping = &mut whole["synchronizationRules"][0]["objectMappings"][1];
    mapping["scope"]["groups"][0]["clauses"][1]["operatorName"] = json!("LIKE");
    let faults = read(&whole.to_string()).expect_err("faults");
    let places: Vec<_> =
        faults.iter().map(|fault| fault.place.rsplit_once("objectMappings[1].")).collect();
    let ends: Vec<_> = places.into_iter().flatten().map(|(_, end)| end).collect();
    let expected = [
        "attributeMappings[0].targetAttributeName",
        "attributeMappings[1].source.type",
        "scope.groups[0].clauses[1].operatorName",
    ];
    assert_eq!(ends, expected);
    assert!(faults[2].to_string().contains("there is no operator `LIKE`; write one of"));
}

#[test]
fn what_is_no_schema_is_refused() {
    for (text, rule) in [
        ("{", "line 1, column 1: this is no synchronization schema: EOF"),
        ("{\"value\":[]}", "missing field `synchronizationRules`"),
        ("{\"synchronizationRules\":[]}", "no rule maps users to the application; read the"),
    ] {
        let faults = read(text).expect_err(text);
        assert!(faults[0].to_string().contains(rule), "{}", faults[0]);
    }
}
