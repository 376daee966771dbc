//! What a client may store: the schema's rules laid over a document (RFC 7643 section 2).

use scim::message::ScimType;
use scim::patch::Dialect;
use scim::path::Path;
use scim::schema::{Attribute, AttributeType, Mutability, Returned, Schema, Schemas};
use serde_json::{Map, Value};

use crate::ResourceType;
use crate::refusal::Refusal;

/// The rules for one type of resource.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Admission<'a> {
    pub(crate) schemas: &'a Schemas,
    pub(crate) resource_type: ResourceType,
    /// Entra names schemas that a server need not know, and leaves others out.
    pub(crate) dialect: Dialect,
    /// Whether the texts `True` and `False` are taken for booleans.
    pub(crate) text_booleans: bool,
}

impl Admission<'_> {
    /// The document as it is stored: names as the schema spells them, without what clients may
    /// not write, without nulls and empty lists, and without what no schema knows. Passwords are
    /// taken and not kept.
    pub(crate) fn admit(
        &self,
        document: Map<String, Value>,
    ) -> Result<Map<String, Value>, Refusal> {
        self.check_schemas(&document)?;
        let mut attributes = Map::new();
        let mut extensions = Map::new();
        for (name, value) in document {
            if let Some(extension) = self.extension(&name) {
                let Value::Object(members) = value else {
                    return Err(wrong_type(&extension.id, "an object"));
                };
                let members = self.members(&extension.attributes, members, &extension.id)?;
                if !members.is_empty() {
                    extensions.insert(extension.id.clone(), Value::Object(members));
                }
            } else if name.eq_ignore_ascii_case("schemas") {
                // Told below, from what is there.
            } else if let Some(attribute) = self.attribute(&name) {
                let value = self.value(attribute, value, &attribute.name)?;
                attributes.extend(value.map(|value| (attribute.name.clone(), value)));
            }
        }
        self.check_required(&attributes)?;
        let urns = std::iter::once(self.resource_type.schema())
            .chain(extensions.iter().map(|(urn, _)| urn.as_str()));
        let mut admitted = Map::new();
        admitted.insert("schemas".to_owned(), urns.map(Value::from).collect());
        admitted.extend(attributes);
        admitted.extend(extensions);
        Ok(admitted)
    }

    fn core(&self) -> Option<&Schema> {
        self.schemas.get(self.resource_type.schema())
    }

    /// An attribute of the core schema, or one that every resource has.
    fn attribute(&self, name: &str) -> Option<&Attribute> {
        let schema = Some(self.resource_type.schema().to_owned());
        self.schemas.attribute(&Path { schema, ..Path::attribute(name) })
    }

    fn extension(&self, urn: &str) -> Option<&Schema> {
        self.schemas
            .get(urn)
            .filter(|schema| schema.is_extension() && self.resource_type.is_extended_by(&schema.id))
    }

    /// `schemas` must name the core schema and known extensions (RFC 7643 section 3).
    fn check_schemas(&self, document: &Map<String, Value>) -> Result<(), Refusal> {
        if self.dialect == Dialect::Entra {
            return Ok(());
        }
        let refuse = |detail: String| Err(Refusal::invalid(ScimType::InvalidSyntax, detail));
        let urns = document.iter().find(|(name, _)| name.eq_ignore_ascii_case("schemas"));
        let Some(urns) = urns.and_then(|(_, urns)| urns.as_array()) else {
            return refuse("`schemas` must list the URNs of the resource's schemas".to_owned());
        };
        let core = self.resource_type.schema();
        let is_core = |urn: &Value| urn.as_str().is_some_and(|urn| urn.eq_ignore_ascii_case(core));
        if !urns.iter().any(is_core) {
            return refuse(format!("`schemas` must contain `{core}`"));
        }
        let is_known = |urn: &&Value| {
            is_core(urn) || urn.as_str().is_some_and(|urn| self.extension(urn).is_some())
        };
        match urns.iter().find(|urn| !is_known(urn)) {
            Some(urn) => {
                refuse(format!("`schemas` names `{urn}`, which this server does not know"))
            }
            None => Ok(()),
        }
    }

    fn check_required(&self, attributes: &Map<String, Value>) -> Result<(), Refusal> {
        let required = self.core().into_iter().flat_map(|schema| &schema.attributes);
        for attribute in required.filter(|attribute| attribute.required) {
            let name = &attribute.name;
            let blank = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
            if attributes.get(name).is_none_or(blank) {
                let detail = format!("`{name}` is required and has no value");
                return Err(Refusal::invalid(ScimType::InvalidValue, detail));
            }
        }
        Ok(())
    }

    fn members(
        &self,
        known: &[Attribute],
        members: Map<String, Value>,
        place: &str,
    ) -> Result<Map<String, Value>, Refusal> {
        let separator = if place.starts_with("urn:") { ':' } else { '.' };
        let mut admitted = Map::new();
        for (name, value) in members {
            let attribute = known.iter().find(|known| known.name.eq_ignore_ascii_case(&name));
            if let Some(attribute) = attribute {
                let place = format!("{place}{separator}{}", attribute.name);
                let value = self.value(attribute, value, &place)?;
                admitted.extend(value.map(|value| (attribute.name.clone(), value)));
            }
        }
        Ok(admitted)
    }

    /// `None` where there is nothing to store.
    fn value(
        &self,
        attribute: &Attribute,
        value: Value,
        place: &str,
    ) -> Result<Option<Value>, Refusal> {
        let is_ours = attribute.mutability == Mutability::ReadOnly;
        if is_ours || value.is_null() {
            return Ok(None);
        }
        let admitted = if attribute.multi_valued {
            self.list(attribute, value, place)?
        } else {
            self.single(attribute, value, place)?
        };
        Ok(admitted.filter(|_| attribute.returned != Returned::Never))
    }

    fn list(
        &self,
        attribute: &Attribute,
        value: Value,
        place: &str,
    ) -> Result<Option<Value>, Refusal> {
        let Value::Array(values) = value else { return Err(wrong_type(place, "a list")) };
        let mut admitted = Vec::with_capacity(values.len());
        for value in values.into_iter().filter(|value| !value.is_null()) {
            admitted.extend(self.single(attribute, value, place)?);
        }
        let is_primary = |value: &&Value| value.get("primary") == Some(&Value::Bool(true));
        if admitted.iter().filter(is_primary).count() > 1 {
            let detail = format!("`{place}` has more than one value with `primary` true");
            return Err(Refusal::invalid(ScimType::InvalidValue, detail));
        }
        Ok((!admitted.is_empty()).then_some(Value::Array(admitted)))
    }

    fn single(
        &self,
        attribute: &Attribute,
        value: Value,
        place: &str,
    ) -> Result<Option<Value>, Refusal> {
        let admitted = match (attribute.attribute_type, value) {
            (AttributeType::Complex, Value::Object(members)) => {
                let members = self.members(&attribute.sub_attributes, members, place)?;
                return Ok((!members.is_empty()).then_some(Value::Object(members)));
            }
            (AttributeType::Complex, _) => Err("an object"),
            (AttributeType::Boolean, Value::String(text)) if self.text_booleans => {
                text_boolean(&text).map(Value::Bool).ok_or("true or false")
            }
            (AttributeType::Boolean, value) => {
                Some(value).filter(Value::is_boolean).ok_or("true or false")
            }
            (AttributeType::Integer, value) => {
                Some(value).filter(|value| value.is_i64() || value.is_u64()).ok_or("a whole number")
            }
            (AttributeType::Decimal, value) => {
                Some(value).filter(Value::is_number).ok_or("a number")
            }
            (
                AttributeType::String
                | AttributeType::DateTime
                | AttributeType::Binary
                | AttributeType::Reference,
                value,
            ) => Some(value).filter(Value::is_string).ok_or("text in quotes"),
        };
        admitted.map(Some).map_err(|wanted| wrong_type(place, wanted))
    }
}

/// `True` and `False`, in any case.
fn text_boolean(text: &str) -> Option<bool> {
    [true, false].into_iter().find(|truth| text.eq_ignore_ascii_case(&truth.to_string()))
}

fn wrong_type(place: &str, wanted: &str) -> Refusal {
    Refusal::invalid(ScimType::InvalidValue, format!("`{place}` must be {wanted}"))
}
