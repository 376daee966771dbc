//! What came of a request, in the few words that the tables are written in.

use http::Response;
use scim::answer;
use scim::answer::ProtocolError;
use scim::message::ListResponse;
use scim::resource::Resource;
use serde_json::{Map, Value};

/// A refusal: the status, and the keyword if there is one.
pub(crate) fn refused(error: &ProtocolError) -> String {
    let status = error.status().map_or_else(|| error.to_string(), |status| status.to_string());
    let keyword = error.scim_error().and_then(|error| error.scim_type.as_deref());
    keyword.map_or_else(|| status.clone(), |keyword| format!("{status} {keyword}"))
}

/// The status of a success; otherwise the refusal, which must be told as SCIM tells errors.
pub(crate) fn status(response: &Response<Vec<u8>>) -> String {
    match answer::document(response) {
        Ok(_) | Err(ProtocolError::Empty) => response.status().as_u16().to_string(),
        Err(error) => {
            let told = error.scim_error().is_some() || error.status() == Some(401);
            assert!(told, "{error}: {}", String::from_utf8_lossy(response.body()));
            refused(&error)
        }
    }
}

/// How many a search has found.
pub(crate) fn found(answer: &Result<ListResponse, ProtocolError>) -> String {
    match answer {
        Ok(list) => match list.total_results {
            0 => "nobody".to_owned(),
            1 => "found".to_owned(),
            many => format!("{many} found"),
        },
        Err(error) => refused(error),
    }
}

/// Whether a provider shows exactly what was expected. Of another resource that is referred to, it
/// may say more: where it is and of which type.
pub(crate) fn shows(expected: &Value, shown: &Value) -> bool {
    match (expected, shown) {
        (Value::Object(expected), Value::Object(shown)) => {
            let refers = shown.contains_key("$ref");
            let is_more = |name: &String| refers && (name == "$ref" || name == "type");
            shown.keys().all(|name| expected.contains_key(name) || is_more(name))
                && expected
                    .iter()
                    .all(|(name, value)| shown.get(name).is_some_and(|shown| shows(value, shown)))
        }
        (Value::Array(expected), Value::Array(shown)) => {
            expected.len() == shown.len() && expected.iter().zip(shown).all(|(e, s)| shows(e, s))
        }
        (expected, shown) => expected == shown,
    }
}

/// The members of a resource that are shown otherwise than expected, as they are shown. What the
/// provider alone decides on, `meta`, is passed over.
pub(crate) fn otherwise(expected: &Resource, shown: &Resource) -> Map<String, Value> {
    let (expected, shown) = (expected.as_map(), shown.as_map());
    let names = expected.keys().chain(shown.keys().filter(|name| !expected.contains_key(*name)));
    let null = Value::Null;
    names
        .filter(|name| *name != "meta")
        .map(|name| (name, expected.get(name).unwrap_or(&null), shown.get(name).unwrap_or(&null)))
        .filter(|(_, expected, shown)| !shows(expected, shown))
        .map(|(name, _, shown)| (name.clone(), shown.clone()))
        .collect()
}
