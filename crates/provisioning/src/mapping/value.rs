//! The value of an expression in the JSON of its target attribute's declared type.

use serde_json::{Number, Value as Json};

use crate::configuration::TargetType;
use crate::expression::value::{Number as Numeral, Value};

/// Writes a value as the target's type asks; nothing for null and for empty text.
///
/// # Errors
/// A sentence where the value has no form in that type.
pub fn to_json(value: &Value<'_>, kind: TargetType) -> Result<Option<Json>, String> {
    match value {
        Value::List(texts) => {
            let texts: Vec<Json> = texts
                .iter()
                .filter(|text| !text.is_empty())
                .map(|text| Json::String(text.to_owned()))
                .collect();
            Ok(if texts.is_empty() { None } else { Some(Json::Array(texts)) })
        }
        Value::Roles(_) => Err("`appRoleAssignments` cannot be mapped directly; use one of the \
                                role functions, for example SingleAppRoleAssignment"
            .to_owned()),
        Value::Boolean(flag) if kind == TargetType::Boolean => Ok(Some(Json::Bool(*flag))),
        Value::Number(Numeral::Integer(whole)) if kind == TargetType::Integer => {
            Ok(Some(Json::from(*whole)))
        }
        single => match single.as_text() {
            Some(text) if !text.is_empty() => text_to_json(&text, kind).map(Some),
            _ => Ok(None),
        },
    }
}

/// Writes a text as the target's type asks.
///
/// # Errors
/// A sentence where the text has no form in that type.
pub fn text_to_json(text: &str, kind: TargetType) -> Result<Json, String> {
    match kind {
        TargetType::Boolean if text.eq_ignore_ascii_case("true") => Ok(Json::Bool(true)),
        TargetType::Boolean if text.eq_ignore_ascii_case("false") => Ok(Json::Bool(false)),
        TargetType::Boolean => Err(format!(
            "`{text}` is neither True nor False, but the target attribute is a Boolean"
        )),
        TargetType::Integer => {
            text.parse::<i64>().map(|whole| Json::Number(Number::from(whole))).map_err(|_| {
                format!("`{text}` is no whole number, but the target attribute is an Integer")
            })
        }
        TargetType::String | TargetType::DateTime | TargetType::Binary | TargetType::Reference => {
            Ok(Json::String(text.to_owned()))
        }
    }
}

/// The text form in which two values are compared and shown: `True`, `42`, the text itself.
///
/// Nothing for null, empty text, and values that stand for several.
pub fn as_text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) if text.is_empty() => None,
        Json::String(text) => Some(text.clone()),
        Json::Bool(true) => Some("True".to_owned()),
        Json::Bool(false) => Some("False".to_owned()),
        Json::Number(number) => Some(number.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}
