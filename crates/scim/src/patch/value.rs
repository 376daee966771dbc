//! Whether a value is of the type that its attribute asks for; in Entra's dialect, what it was meant to be.

use serde_json::{Map, Number, Value};

use super::Dialect;
use super::target::{Refusal, Rules};
use crate::instant::Instant;
use crate::resource::member;
use crate::schema::{Attribute, AttributeType, Mutability};

impl Rules<'_> {
    /// The value as the attribute holds it: a list for a multi-valued attribute, else one value. Nulls stay.
    pub(super) fn checked(&self, attribute: &Attribute, value: &Value) -> Result<Value, Refusal> {
        match value {
            Value::Null => Ok(Value::Null),
            Value::Array(elements) if attribute.multi_valued => {
                let elements: Result<Vec<_>, _> = elements
                    .iter()
                    .map(|element| self.checked_element(attribute, element))
                    .collect();
                elements.map(Value::Array)
            }
            single if attribute.multi_valued => {
                Ok(Value::Array(vec![self.checked_element(attribute, single)?]))
            }
            single => self.checked_element(attribute, self.unwrapped(attribute, single)),
        }
    }

    /// Entra's older shape wraps the value of a single-valued attribute: `[{"$ref": null, "value": "New"}]`.
    fn unwrapped<'v>(&self, attribute: &Attribute, value: &'v Value) -> &'v Value {
        let inner = match value {
            Value::Array(elements) if self.dialect == Dialect::Entra => match elements.as_slice() {
                [only] => only,
                _ => return value,
            },
            _ => return value,
        };
        match inner {
            Value::Object(members) if attribute.attribute_type != AttributeType::Complex => {
                member(members, "value").unwrap_or(inner)
            }
            _ => inner,
        }
    }

    /// One value of an attribute.
    pub(super) fn checked_element(
        &self,
        attribute: &Attribute,
        value: &Value,
    ) -> Result<Value, Refusal> {
        let tolerant = self.dialect == Dialect::Entra;
        let checked = match (attribute.attribute_type, value) {
            (_, Value::Null) => Some(Value::Null),
            (AttributeType::Complex, Value::Object(members)) => {
                return self.checked_members(attribute, members);
            }
            // A manager or a member as a plain id.
            (AttributeType::Complex, Value::String(_))
                if tolerant && attribute.sub_attribute("value").is_some() =>
            {
                Some(Value::Object(Map::from_iter([("value".to_owned(), value.clone())])))
            }
            (AttributeType::Boolean, Value::Bool(_)) => Some(value.clone()),
            (AttributeType::Boolean, Value::String(text)) if tolerant => boolean(text),
            (AttributeType::Decimal, Value::Number(_)) => Some(value.clone()),
            (AttributeType::Integer, Value::Number(number)) => {
                is_whole(number).then(|| value.clone())
            }
            (AttributeType::Decimal | AttributeType::Integer, Value::String(text)) if tolerant => {
                let number = serde_json::from_str::<Number>(text.trim()).ok();
                number
                    .filter(|number| {
                        attribute.attribute_type == AttributeType::Decimal || is_whole(number)
                    })
                    .map(Value::Number)
            }
            (AttributeType::DateTime, Value::String(text)) => {
                Instant::parse(text).map(|_| value.clone())
            }
            (
                AttributeType::String | AttributeType::Reference | AttributeType::Binary,
                Value::String(_),
            ) => Some(value.clone()),
            (AttributeType::String, Value::Bool(_) | Value::Number(_)) if tolerant => {
                Some(Value::from(value.to_string()))
            }
            _ => None,
        };
        checked.ok_or_else(|| {
            let (name, wanted) = (&attribute.name, attribute.attribute_type.as_str());
            Refusal::value(format!(
                "`{name}` is of the type {wanted}, and `{}` is not",
                excerpt(value)
            ))
        })
    }

    /// The members of a complex value, under the names that the schema gives them. Those that are read-only are passed
    /// over, as on a create (RFC 7644, section 3.3).
    fn checked_members(
        &self,
        attribute: &Attribute,
        members: &Map<String, Value>,
    ) -> Result<Value, Refusal> {
        let mut checked = Map::new();
        for (name, value) in members {
            match attribute.sub_attribute(name) {
                Some(sub)
                    if sub.mutability == Mutability::ReadOnly
                        && attribute.mutability != Mutability::ReadOnly => {}
                Some(sub) => {
                    checked.insert(sub.name.clone(), self.checked(sub, value)?);
                }
                // Entra sends `displayName` with a role, which the RFC does not know.
                None if self.dialect == Dialect::Entra => {
                    checked.insert(name.clone(), value.clone());
                }
                None => {
                    return Err(Refusal::value(format!(
                        "`{}` has no sub-attribute `{name}`",
                        attribute.name
                    )));
                }
            }
        }
        Ok(Value::Object(checked))
    }
}

/// `"True"`, `"False"`, in any case.
fn boolean(text: &str) -> Option<Value> {
    [true, false]
        .into_iter()
        .find(|word| text.eq_ignore_ascii_case(&word.to_string()))
        .map(Value::Bool)
}

fn is_whole(number: &Number) -> bool {
    number.is_i64() || number.is_u64()
}

/// Enough of a value to recognize it by.
fn excerpt(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
