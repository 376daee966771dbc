use serde_json::json;

use super::*;
use crate::gallery::tests::{envoy, gallery};

const SCHEMA: &str = include_str!("../../../public/gallery/apps.schema.json");
const GALLERY: &str = include_str!("../../../public/gallery/apps.json");

#[cfg(not(target_arch = "wasm32"))]
fn recipe_schema() -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
    schema.as_object_mut().unwrap().retain(|name, _| name.starts_with('$'));
    schema["$ref"] = json!("#/$defs/recipe");
    jsonschema::validator_for(&schema).unwrap()
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_gallery_is_valid_by_its_schema_and_has_a_tutorial_for_each() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let file: Value = serde_json::from_str(GALLERY).unwrap();
    let wrong: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&file)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(wrong, [""; 0]);
    assert_eq!(gallery().len(), 120);
    assert!(gallery().iter().all(|recipe| recipe.tutorial_address().is_some()));
}

/// The recipe with one thing changed, at every place that it has, in every way below.
fn spoilt(value: &Value) -> Vec<Value> {
    let others = [
        json!(null),
        json!(7),
        json!(""),
        json!("x"),
        json!("http://x"),
        json!([]),
        json!(false),
        json!({}),
    ];
    let mut all = others.to_vec();
    match value {
        Value::Object(object) => {
            for (name, child) in object {
                let mut without = object.clone();
                without.remove(name);
                all.push(Value::Object(without));
                for child in spoilt(child) {
                    let mut with = object.clone();
                    with.insert(name.clone(), child);
                    all.push(Value::Object(with));
                }
            }
            let mut more = object.clone();
            more.insert("surprise".to_owned(), json!(true));
            all.push(Value::Object(more));
        }
        Value::Array(list) => {
            // The first entry stands for all.
            for child in list.first().map(spoilt).unwrap_or_default() {
                let mut with = list.clone();
                with[0] = child;
                all.push(Value::Array(with));
            }
            all.push(Value::Array(list.iter().chain(list.first()).cloned().collect()));
        }
        _ => {}
    }
    all
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn whatever_the_schema_refuses_is_refused_with_a_place_and_nothing_else_is() {
    let schema = recipe_schema();
    let file: Vec<Value> = serde_json::from_str(GALLERY).unwrap();
    // One of each kind: fixed with groups, a template, a choice by region, roles, extensions.
    let ids = ["envoy", "atlassian-cloud", "amazon-business", "slack", "adobe-identity-management"];
    let chosen: Vec<&Value> =
        file.iter().filter(|recipe| ids.iter().any(|id| recipe["id"] == *id)).collect();
    assert!(chosen.len() >= 4, "{}", chosen.len());
    let mut told = [0, 0];
    for spoilt in chosen.into_iter().flat_map(spoilt) {
        let found = faults(&spoilt);
        let is_valid = schema.is_valid(&spoilt);
        told[usize::from(is_valid)] += 1;
        if !is_valid {
            assert!(!found.is_empty(), "the schema refuses {spoilt}");
            assert!(found.iter().all(|fault| !fault.place.is_empty() && !fault.repair.is_empty()));
        }
        // A path, a part and a name that stands twice are beyond a schema.
        let is_beyond = |fault: &Fault| {
            fault.rule.contains("nothing says what") || fault.place.ends_with(", name")
        };
        if is_valid {
            let within: Vec<_> = found.iter().filter(|fault| !is_beyond(fault)).collect();
            assert!(within.is_empty(), "the schema takes it: {within:?}");
        }
    }
    assert!(told.iter().all(|count| *count > 40), "{told:?}");
}

#[test]
fn every_recipe_of_the_gallery_is_read_back_from_its_own_file() {
    for recipe in gallery() {
        assert_eq!(read(&recipe.file()), Ok(recipe.clone()), "{}", recipe.id);
    }
}

#[test]
fn a_fault_names_place_rule_and_repair() {
    let mut recipe = serde_json::to_value(envoy()).unwrap();
    recipe["userAttributes"][2]["name"] = json!("emails[type eq");
    recipe["auth"] = json!("magic");
    recipe.as_object_mut().unwrap().remove("tutorial");
    recipe["source"] = json!("told by its maker, 2026");
    recipe["tenantUrl"] = json!({ "template": "https://{place}.example/scim" });
    let faults = read(&recipe.to_string()).unwrap_err();
    let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
    assert_eq!(places, ["auth", "tenantUrl, template", "userAttributes, entry 3, name"]);
    assert!(faults[0].repair.contains("`bearer`"), "{faults:?}");
    assert_eq!(read("{").unwrap_err()[0].place, "line 1, column 1");
    assert!(read("[]").unwrap_err()[0].rule.contains("0 recipes"));
}
