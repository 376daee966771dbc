//! The servers that insist on `false` where Entra sends `"False"`.

use scim::message::ScimType;
use scim::patch::{Operation, PatchRequest};
use scim::schema::{Attribute, AttributeType, Schemas};
use serde_json::Value;

use super::patch_shape::places;
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
    places(operation, schemas).into_iter().any(|(path, value)| {
        let attribute = schemas.attribute(&path);
        attribute.is_some_and(|attribute| is_text_for_boolean(attribute, value))
    })
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
