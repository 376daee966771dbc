//! The servers that ask more of a document than the RFC does.

use scim::message::ScimType;
use scim::path::Path;
use scim::schema::Attribute;
use serde_json::{Map, Value};

use crate::quirk::Quirk;
use crate::refusal::Refusal;
use crate::{ResourceType, Settings};

/// Refuses a document that lacks something, or holds what the quirks do not take.
pub(super) fn check(
    document: &Map<String, Value>,
    resource_type: ResourceType,
    settings: &Settings,
) -> Result<(), Refusal> {
    let has = |quirk| settings.quirks.contains(quirk);
    let syntax = |detail: String| Err(Refusal::invalid(ScimType::InvalidSyntax, detail));
    if has(Quirk::UnknownSchemaRefused)
        && let Some(urn) = unknown_schema(document, resource_type, settings)
    {
        return syntax(format!("`schemas` names `{urn}`, which this server does not know"));
    }
    if has(Quirk::UnknownAttributeRefused)
        && let Some(name) = unknown_attribute(document, resource_type, settings)
    {
        return syntax(format!("`{name}` is no attribute that this server knows"));
    }
    if has(Quirk::EmailRequired) && resource_type == ResourceType::User && !has_email(document) {
        let detail = "`emails` is required and has no value";
        return Err(Refusal::invalid(ScimType::InvalidValue, detail));
    }
    Ok(())
}

fn unknown_schema<'a>(
    document: &'a Map<String, Value>,
    resource_type: ResourceType,
    settings: &Settings,
) -> Option<&'a Value> {
    let urns = member(document, "schemas").and_then(Value::as_array).into_iter().flatten();
    let is_known = |urn: &&Value| {
        urn.as_str().is_some_and(|urn| {
            urn.eq_ignore_ascii_case(resource_type.schema())
                || extension(urn, resource_type, settings).is_some()
        })
    };
    urns.into_iter().find(|urn| !is_known(urn))
}

fn unknown_attribute<'a>(
    document: &'a Map<String, Value>,
    resource_type: ResourceType,
    settings: &Settings,
) -> Option<&'a str> {
    let core = Some(resource_type.schema().to_owned());
    document.iter().find_map(|(name, value)| {
        if let Some(attributes) = extension(name, resource_type, settings) {
            return unknown_member(value, attributes);
        }
        let path = Path { schema: core.clone(), ..Path::attribute(name.as_str()) };
        match settings.schemas.attribute(&path) {
            Some(attribute) => unknown_member(value, &attribute.sub_attributes),
            None => Some(name.as_str()),
        }
    })
}

/// The attributes of an extension of this type of resource.
fn extension<'a>(
    urn: &str,
    resource_type: ResourceType,
    settings: &'a Settings,
) -> Option<&'a [Attribute]> {
    let schema = settings.schemas.get(urn).filter(|schema| schema.is_extension())?;
    resource_type.is_extended_by(&schema.id).then_some(schema.attributes.as_slice())
}

/// A member of a complex value, or of one in a list, that is none of these.
fn unknown_member<'a>(value: &'a Value, known: &[Attribute]) -> Option<&'a str> {
    match value {
        Value::Array(values) => values.iter().find_map(|value| unknown_member(value, known)),
        Value::Object(members) => members.iter().find_map(|(name, value)| {
            match known.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name)) {
                Some(attribute) => unknown_member(value, &attribute.sub_attributes),
                None => Some(name.as_str()),
            }
        }),
        _ => None,
    }
}

fn has_email(document: &Map<String, Value>) -> bool {
    let emails = member(document, "emails").and_then(Value::as_array);
    emails.is_some_and(|emails| emails.iter().any(|email| email.get("value").is_some()))
}

/// The member of this name, in any case.
fn member<'a>(document: &'a Map<String, Value>, wanted: &str) -> Option<&'a Value> {
    let found = document.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    found.map(|(_, value)| value)
}
