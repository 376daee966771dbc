//! PATCH: what becomes of a resource, in the RFC's dialect and in Entra's.

use libtest_mimic::{Failed, Trial};
use scim::message::ScimType;
use scim::patch::{Dialect, PatchError, PatchRequest, apply};
use scim::resource::Resource;
use scim::schema::Schemas;
use serde_json::{Value, json};

use super::{each, same, text};

pub(crate) fn trials(file: &Value) -> Vec<Trial> {
    let schemas = std::sync::Arc::new(Schemas::rfc7643());
    each(file, "patch", move |vector| check(vector, &schemas))
}

/// What the RFC allows, Entra's dialect allows too, with the same outcome; what is Entra's own, the RFC's refuses.
/// Where the RFC finds no target for a value filter, Entra's dialect makes one, which is no outcome of the RFC's.
fn check(vector: &Value, schemas: &Schemas) -> Result<(), Failed> {
    let strict = patched(vector, schemas, Dialect::Rfc)?;
    let made = strict.as_ref().is_err_and(|error| {
        let operation = vector["operations"].get(error.operation_index);
        let path = operation.and_then(|operation| operation["path"].as_str());
        let is_filtered = path.is_some_and(|path| path.contains('['));
        error.scim_type == ScimType::NoTarget && is_filtered
    });
    if text(vector, "kind").starts_with("entra") {
        same("refused by the RFC's dialect", &strict.is_err(), &true)?;
    } else {
        expect(vector, strict)?;
    }
    match patched(vector, schemas, Dialect::Entra)? {
        Ok(_) if made => Ok(()),
        tolerant => expect(vector, tolerant),
    }
}

/// The outer result is that of the test: after a refusal nothing may have changed.
fn patched(
    vector: &Value,
    schemas: &Schemas,
    dialect: Dialect,
) -> Result<Result<Resource, PatchError>, Failed> {
    let before: Resource = serde_json::from_value(vector["resource"].clone())?;
    let mut resource = before.clone();
    let outcome = PatchRequest::from_value(json!({ "Operations": vector["operations"] }))
        .and_then(|request| apply(&mut resource, &request, schemas, dialect));
    if outcome.is_err() {
        same("unchanged after a refusal", &resource, &before)?;
    }
    Ok(outcome.map(|()| resource))
}

fn expect(vector: &Value, outcome: Result<Resource, PatchError>) -> Result<(), Failed> {
    let expected = &vector["expect"];
    match (expected.get("scimType"), outcome) {
        (None, Ok(resource)) => {
            same("the resource", &normal(resource.into_value()), &normal(expected.clone()))
        }
        (None, Err(error)) => Err(error.into()),
        (Some(_), Ok(resource)) => Err(format!("accepted: {}", resource.into_value()).into()),
        (Some(codes), Err(error)) => {
            let code = json!(error.scim_type.as_str());
            let listed =
                codes == &code || codes.as_array().is_some_and(|codes| codes.contains(&code));
            same(&format!("the code of `{error}`, one of {codes}"), &listed, &true)
        }
    }
}

/// Without `meta`, without what is unassigned, and with lists and members in one order.
fn normal(value: Value) -> Value {
    match value {
        Value::Array(elements) => {
            let mut elements: Vec<Value> = elements.into_iter().map(normal).collect();
            elements.sort_by_key(Value::to_string);
            Value::Array(elements)
        }
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> =
                members.into_iter().map(|(name, value)| (name, normal(value))).collect();
            members.retain(|(name, value)| {
                let says_nothing =
                    (name == "primary" && *value == json!(false)) || *value == json!([]);
                name != "meta" && !says_nothing
            });
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(members.into_iter().collect())
        }
        plain => plain,
    }
}
