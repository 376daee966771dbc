//! The servers that insist on `false` where Entra sends `"False"`.

use scim::message::ScimType;
use scim::patch::{Operation, PatchRequest};
use scim::path::Path;
use scim::schema::{Attribute, AttributeType, Schemas};
use serde_json::Value;

use crate::refusal::Refusal;

/// Refuses a request that holds text where a boolean belongs.
pub(super) fn refuse(request: &PatchRequest, schemas: &Schemas) -> Result<(), Refusal> {
    match request.operations.iter().find(|operation| holds_text(operation, schemas)) {
        Some(operation) => {
            let place = operation.path.as_deref().unwrap_or("value");
            let detail = format!("`{place}` must be true or false, without quotes");
            Err(Refusal::invalid(ScimType::InvalidValue, detail))
        }
        None => Ok(()),
    }
}

fn holds_text(operation: &Operation, schemas: &Schemas) -> bool {
    let holds_text_at = |path: &str, value: &Value| {
        let path = Path::parse(path).ok();
        let attribute = path.as_ref().and_then(|path| schemas.attribute(path));
        attribute.is_some_and(|attribute| is_text_for_boolean(attribute, value))
    };
    match (&operation.path, &operation.value) {
        (Some(path), Some(value)) => holds_text_at(path, value),
        (None, Some(Value::Object(members))) => {
            members.iter().any(|(path, value)| holds_text_at(path, value))
        }
        _ => false,
    }
}

fn is_text_for_boolean(attribute: &Attribute, value: &Value) -> bool {
    match (attribute.attribute_type, value) {
        (_, Value::Array(values)) => {
            values.iter().any(|value| is_text_for_boolean(attribute, value))
        }
        (AttributeType::Boolean, value) => value.is_string(),
        (AttributeType::Complex, Value::Object(members)) => members.iter().any(|(name, value)| {
            attribute.sub_attribute(name).is_some_and(|part| is_text_for_boolean(part, value))
        }),
        _ => false,
    }
}
