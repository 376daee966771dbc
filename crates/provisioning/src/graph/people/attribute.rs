//! Graph's attributes under the names that provisioning's source directory uses.
//!
//! Where the two differ both names are kept, because filters and expressions in the wild use
//! either. Microsoft's published mappings name the provisioning side (SCIM tutorial, September
//! 2026); the Graph side is the user resource type of Microsoft Graph v1.0.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::gathering::Place;
use crate::source::known::{BOOLEANS, PHONES, RENAMED, TEXTS};
use crate::source::{self, Attributes, Sharing, SourceValue};

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
