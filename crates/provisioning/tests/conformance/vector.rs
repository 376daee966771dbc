//! What the files of vectors have in common: members that are text, people, yes and no.

use provisioning::configuration::ObjectKind;
use provisioning::source::{SourceObject, SourceValue};
use serde_json::Value;

pub(crate) fn text<'v>(vector: &'v Value, member: &str) -> &'v str {
    vector
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("`{member}` is a string in {vector}"))
}

/// A user with the attributes of a JSON object; null ones are absent.
pub(crate) fn user(attributes: &Value) -> SourceObject {
    let attributes = attributes.as_object().expect("an object of attributes");
    SourceObject {
        id: "5d2c1f0a-0000-4000-8000-000000000001".to_owned(),
        kind: ObjectKind::User,
        attributes: attributes
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), source_value(value)?)))
            .collect(),
        members: Vec::new(),
        soft_deleted: false,
    }
}

pub(crate) fn source_value(value: &Value) -> Option<SourceValue> {
    match value {
        Value::Null | Value::Object(_) => None,
        Value::Bool(flag) => Some(SourceValue::Boolean(*flag)),
        Value::Number(number) => Some(SourceValue::Number(number.clone())),
        Value::String(text) => Some(SourceValue::Text(text.clone())),
        Value::Array(items) => {
            let texts = items.iter().filter_map(Value::as_str).map(str::to_owned);
            Some(SourceValue::List(texts.collect()))
        }
    }
}

/// Whether a value of a vector says yes, as a boolean or as the text `True`.
pub(crate) fn is_true(value: Option<&Value>) -> bool {
    value.is_some_and(|value| value == true || value == "True")
}
