//! Which attributes of a resource an answer shows (RFC 7644 section 3.9).

use scim::message::ScimType;
use scim::path::Path;
use scim::resource::Resource;
use scim::schema::{Attribute, Returned, Schema, Schemas};
use serde_json::{Map, Value};

use crate::ResourceType;
use crate::query::Parameters;
use crate::refusal::Refusal;

/// What was asked for with `attributes` or `excludedAttributes`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Projection {
    /// Neither: what is returned by default.
    #[default]
    Default,
    /// Only these, and what is always returned.
    Only(Vec<Place>),
    /// All but these, and what is always returned.
    Without(Vec<Place>),
}

/// An attribute, a sub-attribute or a whole extension, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The URN of an extension; `None` for the core schema.
    extension: Option<String>,
    /// `None` for the whole extension.
    attribute: Option<String>,
    sub_attribute: Option<String>,
}

impl Projection {
    /// Reads the two parameters, of which a request has one at most.
    pub(crate) fn read(parameters: &Parameters, schemas: &Schemas) -> Result<Self, Refusal> {
        let places = |name| -> Result<Vec<Place>, Refusal> {
            parameters
                .names(name)
                .into_iter()
                .map(|text| Place::read(text, name, schemas))
                .collect()
        };
        let (only, without) = (places("attributes")?, places("excludedAttributes")?);
        match (only.is_empty(), without.is_empty()) {
            (true, true) => Ok(Self::Default),
            (false, true) => Ok(Self::Only(only)),
            (true, false) => Ok(Self::Without(without)),
            (false, false) => Err(Refusal::invalid(
                ScimType::InvalidValue,
                "`attributes` and `excludedAttributes` cannot be combined: send one of them",
            )),
        }
    }

    /// The part of the resource that is shown.
    pub(crate) fn of(
        &self,
        resource: &Resource,
        resource_type: ResourceType,
        schemas: &Schemas,
    ) -> Map<String, Value> {
        let core = schemas.get(resource_type.schema());
        let mut shown = Map::new();
        for (name, value) in resource.as_map() {
            let part = match schemas.get(name) {
                Some(extension) => self.extension_part(extension, value),
                None => self.attribute_part(None, name, core_attribute(core, name), value),
            };
            shown.extend(part.map(|part| (name.clone(), part)));
        }
        shown
    }

    fn extension_part(&self, extension: &Schema, value: &Value) -> Option<Value> {
        let urn = extension.id.to_ascii_lowercase();
        let members = value.as_object()?.iter().filter_map(|(name, value)| {
            let attribute = extension.attribute(name);
            Some((name.clone(), self.attribute_part(Some(&urn), name, attribute, value)?))
        });
        let part: Map<String, Value> = members.collect();
        (!part.is_empty()).then_some(Value::Object(part))
    }

    fn attribute_part(
        &self,
        extension: Option<&str>,
        name: &str,
        attribute: Option<&Attribute>,
        value: &Value,
    ) -> Option<Value> {
        let returned = attribute.map(|attribute| attribute.returned).unwrap_or_default();
        let always = returned == Returned::Always || is_always_returned(extension, name);
        match self {
            _ if returned == Returned::Never => None,
            _ if always => Some(value.clone()),
            Self::Default => (returned != Returned::Request).then(|| value.clone()),
            Self::Only(places) => match Asked::of(places, extension, name) {
                Asked::Whole => Some(value.clone()),
                Asked::Parts(parts) => keep(value, &|sub| parts.contains(&sub)),
                Asked::Not => None,
            },
            Self::Without(_) if returned == Returned::Request => None,
            Self::Without(places) => match Asked::of(places, extension, name) {
                Asked::Whole => None,
                Asked::Parts(parts) => keep(value, &|sub| !parts.contains(&sub)),
                Asked::Not => Some(value.clone()),
            },
        }
    }
}

impl Place {
    fn read(text: &str, parameter: &str, schemas: &Schemas) -> Result<Self, Refusal> {
        if let Some(schema) = schemas.get(text) {
            let extension = Some(schema.id.to_ascii_lowercase());
            return Ok(Self { extension, attribute: None, sub_attribute: None });
        }
        let path = Path::parse(text).map_err(|error| {
            let detail = format!("`{text}` in `{parameter}` is no attribute: {error}");
            Refusal::invalid(ScimType::InvalidValue, detail)
        })?;
        let is_extension = |urn: &String| schemas.get(urn).is_none_or(Schema::is_extension);
        Ok(Self {
            extension: path.schema.filter(is_extension).map(|urn| urn.to_ascii_lowercase()),
            attribute: Some(path.attribute.to_ascii_lowercase()),
            sub_attribute: path.sub_attribute.map(|name| name.to_ascii_lowercase()),
        })
    }
}

/// How much of an attribute a list of places names.
enum Asked<'a> {
    Whole,
    Parts(Vec<&'a str>),
    Not,
}

impl<'a> Asked<'a> {
    fn of(places: &'a [Place], extension: Option<&str>, name: &str) -> Self {
        let mut parts = Vec::new();
        for place in places.iter().filter(|place| place.extension.as_deref() == extension) {
            match (&place.attribute, &place.sub_attribute) {
                (None, _) => return Self::Whole,
                (Some(attribute), _) if !attribute.eq_ignore_ascii_case(name) => {}
                (Some(_), None) => return Self::Whole,
                (Some(_), Some(sub_attribute)) => parts.push(sub_attribute.as_str()),
            }
        }
        if parts.is_empty() { Self::Not } else { Self::Parts(parts) }
    }
}

/// `id` and `schemas` stand in no schema's list (RFC 7643 section 3.1).
fn is_always_returned(extension: Option<&str>, name: &str) -> bool {
    extension.is_none() && ["id", "schemas"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn core_attribute<'a>(core: Option<&'a Schema>, name: &str) -> Option<&'a Attribute> {
    core.and_then(|schema| schema.attribute(name))
}

/// A complex value with the chosen sub-attributes only; a list of such values one by one.
fn keep(value: &Value, chosen: &dyn Fn(&str) -> bool) -> Option<Value> {
    match value {
        Value::Array(values) => {
            let kept: Vec<Value> = values.iter().filter_map(|value| keep(value, chosen)).collect();
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        Value::Object(members) => {
            let kept: Map<String, Value> = members
                .iter()
                .filter(|(name, _)| chosen(&name.to_ascii_lowercase()))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        _ => None,
    }
}
