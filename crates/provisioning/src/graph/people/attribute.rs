//! Graph's attributes under the names that provisioning's source directory uses.
//!
//! Where the two differ both names are kept, because filters and expressions in the wild use
//! either. Microsoft's published mappings name the provisioning side (SCIM tutorial, September
//! 2026); the Graph side is the user resource type of Microsoft Graph v1.0.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::gathering::Place;
use crate::source::known::{BOOLEANS, PHONES, RENAMED, TEXTS};
use crate::source::{self, Attributes, Sharing, SourceObject, SourceValue};

/// Reads the attributes of one object. Null and empty ones are absent; annotations, members and
/// values that are objects have no attribute of their own. What is of the wrong type is told.
pub(super) fn read(
    members: &Map<String, Value>,
    place: &Place,
    sharing: &mut Sharing,
    wrong: &mut Vec<(Place, &'static str)>,
) -> Attributes {
    let mut attributes = Attributes::new();
    let mut insert = |name: &str, value: Option<Arc<SourceValue>>| {
        value.into_iter().for_each(|value| attributes.insert_shared(name.to_owned(), value));
    };
    for (name, value) in members {
        if name.contains("@odata.") || name == "members" {
            continue;
        }
        match (name.as_str(), value) {
            ("manager", value) => insert("manager", reference(value).map(|id| sharing.text(id))),
            ("onPremisesExtensionAttributes", Value::Object(extensions)) => {
                for (name, value) in extensions {
                    insert(name, simple(value, sharing));
                }
            }
            (name, value) => match checked(name, value) {
                Ok(()) => insert(name, simple(value, sharing)),
                Err(rule) => wrong.push((place.member(name), rule)),
            },
        }
    }
    add_source_names(&mut attributes, sharing);
    attributes
}

/// Adds the names that attribute mappings use.
pub(super) fn add_source_names(attributes: &mut Attributes, sharing: &mut Sharing) {
    for (graph, source) in RENAMED {
        attributes.lend(graph, source);
    }
    let (graph, source) = PHONES;
    if let Some(SourceValue::List(phones)) = attributes.get(graph)
        && let Some(first) = phones.first()
        && !attributes.contains_key(source)
    {
        let first = sharing.text(first);
        attributes.insert_shared(source.to_owned(), first);
    }
    source::know_guest_by_home_address(attributes);
    sharing.share_names(attributes);
}

/// Whether a value is of the type that is known by its name.
fn checked(name: &str, value: &Value) -> Result<(), &'static str> {
    match value {
        Value::Null => Ok(()),
        value if TEXTS.contains(&name) && !value.is_string() => Err("text in quotes was expected"),
        value if BOOLEANS.contains(&name) && !value.is_boolean() => {
            Err("true or false without quotes was expected")
        }
        _ => Ok(()),
    }
}

fn simple(value: &Value, sharing: &mut Sharing) -> Option<Arc<SourceValue>> {
    let value = match value {
        Value::Null | Value::Object(_) => return None,
        Value::Bool(flag) => SourceValue::Boolean(*flag),
        Value::Number(number) => SourceValue::Number(number.clone()),
        Value::String(text) if text.is_empty() => return None,
        Value::String(text) => return Some(sharing.text(text)),
        Value::Array(values) => {
            let texts = values.iter().filter_map(Value::as_str).map(str::to_owned);
            SourceValue::List(texts.collect())
        }
    };
    (value != SourceValue::List(Vec::new())).then(|| sharing.value(value))
}

/// The id of another object: alone, or expanded.
fn reference(value: &Value) -> Option<&str> {
    value.get("id").unwrap_or(value).as_str().filter(|id| !id.is_empty())
}

/// Gives an attribute another value, or none, under each of the names that the object has it by.
pub fn set(object: &mut SourceObject, name: &str, value: Option<SourceValue>) {
    for (graph, source) in RENAMED {
        if name == graph {
            put(object, source, value.clone());
        } else if name == source && object.get(graph).is_some() {
            put(object, graph, value.clone());
        }
    }
    let (list, first) = PHONES;
    if name == list {
        let phone = match &value {
            Some(SourceValue::List(phones)) => phones.first().cloned(),
            _ => None,
        };
        put(object, first, phone.map(SourceValue::Text));
    }
    if name == first
        && let Some(SourceValue::List(phones)) = object.get(list)
    {
        let phone = match &value {
            Some(SourceValue::Text(phone)) => Some(phone.clone()),
            _ => None,
        };
        let phones: Vec<String> = phone.into_iter().chain(phones.iter().skip(1).cloned()).collect();
        put(object, list, (!phones.is_empty()).then_some(SourceValue::List(phones)));
    }
    put(object, name, value);
}

fn put(object: &mut SourceObject, name: &str, value: Option<SourceValue>) {
    match value {
        Some(value) => drop(object.attributes.insert(name.to_owned(), value)),
        None => drop(object.attributes.remove(name)),
    }
}

/// Whether an attribute of an object is one that it has by another name too, under which it is told.
pub fn is_told_twice(object: &SourceObject, name: &str) -> bool {
    let renamed =
        RENAMED.iter().any(|(graph, source)| name == *graph && object.get(source).is_some());
    renamed || name == "objectId"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> SourceValue {
        SourceValue::Text(text.to_owned())
    }

    #[test]
    fn an_attribute_changes_under_both_of_its_names() {
        let read = crate::graph::people::read(
            r#"{"id":"1","mobilePhone":"1","businessPhones":["2","3"],"department":"Sales"}"#,
        );
        let mut somebody = read.unwrap().users.remove(0);
        assert!(is_told_twice(&somebody, "mobilePhone") && !is_told_twice(&somebody, "mobile"));
        set(&mut somebody, "mobile", Some(text("7")));
        assert_eq!(somebody.get("mobilePhone"), Some(&text("7")));
        set(&mut somebody, "mobilePhone", None);
        assert_eq!(somebody.get("mobile"), None);
        set(&mut somebody, "telephoneNumber", Some(text("8")));
        let phones = SourceValue::List(vec!["8".to_owned(), "3".to_owned()]);
        assert_eq!(somebody.get("businessPhones"), Some(&phones));
        set(&mut somebody, "businessPhones", Some(SourceValue::List(vec!["9".to_owned()])));
        assert_eq!(somebody.text("telephoneNumber"), Some("9"));
        set(&mut somebody, "telephoneNumber", None);
        assert_eq!(somebody.get("businessPhones"), None);
        set(&mut somebody, "department", Some(text("Finance")));
        assert_eq!(somebody.text("department"), Some("Finance"));
    }
}
