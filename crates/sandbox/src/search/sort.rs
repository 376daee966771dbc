//! The order of what is found (RFC 7644 section 3.4.2.3).

use std::cmp::Ordering;

use scim::message::ScimType;
use scim::path::Path;
use scim::resource::Resource;
use scim::schema::{AttributeType, Schemas};
use serde_json::Value;

use crate::ResourceType;
use crate::letter_case::fold;
use crate::query::Parameters;
use crate::refusal::Refusal;
use crate::store::Kept;

/// By which attribute, and which way.
#[derive(Clone, Debug)]
pub(crate) struct Sort {
    by: Path,
    case_exact: bool,
    descending: bool,
}

/// What a resource is sorted by. The order of the variants only tells apart what no schema mixes.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    Truth(bool),
    Number(f64),
    Text(String),
}

impl Sort {
    /// `None` without `sortBy`: the order is that of creation.
    pub(crate) fn read(
        parameters: &Parameters,
        schemas: &Schemas,
    ) -> Result<Option<Self>, Refusal> {
        let Some(text) = parameters.get("sortBy").filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let refuse = |detail: String| Refusal::invalid(ScimType::InvalidValue, detail);
        let mut by = Path::parse(text)
            .map_err(|error| refuse(format!("`sortBy` must name an attribute: {error}")))?;
        let descending = match parameters.get("sortOrder") {
            None => false,
            Some(order) if order.eq_ignore_ascii_case("ascending") => false,
            Some(order) if order.eq_ignore_ascii_case("descending") => true,
            Some(order) => {
                let detail = format!("`sortOrder` must be ascending or descending, not `{order}`");
                return Err(refuse(detail));
            }
        };
        // A list of complex values is sorted by the `value` of one of them.
        let attribute = schemas.attribute(&by);
        if attribute.is_some_and(|attribute| attribute.attribute_type == AttributeType::Complex) {
            by.sub_attribute = Some("value".to_owned());
        }
        let case_exact = schemas.attribute(&by).is_some_and(|attribute| attribute.case_exact);
        Ok(Some(Self { by, case_exact, descending }))
    }

    /// Sorts; equals keep the order of creation. Whoever has no value comes last, and first when
    /// the order is descending.
    pub(crate) fn apply(&self, found: &mut Vec<(ResourceType, &Kept)>) {
        let keyed = found.drain(..).map(|entry| (self.key(&entry.1.read()), entry));
        let mut keyed: Vec<_> = keyed.collect();
        keyed.sort_by(|(one, _), (other, _)| {
            let order = ascending(one.as_ref(), other.as_ref());
            if self.descending { order.reverse() } else { order }
        });
        found.extend(keyed.into_iter().map(|(_, entry)| entry));
    }

    fn key(&self, resource: &Resource) -> Option<Key> {
        let value = self.primary(resource).or_else(|| resource.values(&self.by).first().copied());
        match value? {
            Value::Bool(truth) => Some(Key::Truth(*truth)),
            Value::Number(number) => number.as_f64().map(Key::Number),
            Value::String(text) if self.case_exact => Some(Key::Text(text.clone())),
            Value::String(text) => Some(Key::Text(fold(text))),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The value of the primary element, where the attribute is a list and has one.
    fn primary<'a>(&self, resource: &'a Resource) -> Option<&'a Value> {
        let whole = Path { sub_attribute: None, ..self.by.clone() };
        let name = self.by.sub_attribute.as_deref()?;
        let elements = resource.values(&whole);
        elements
            .iter()
            .find(|element| element.get("primary") == Some(&Value::Bool(true)))?
            .get(name)
    }
}

fn ascending(one: Option<&Key>, other: Option<&Key>) -> Ordering {
    match (one, other) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(Key::Truth(one)), Some(Key::Truth(other))) => one.cmp(other),
        (Some(Key::Number(one)), Some(Key::Number(other))) => one.total_cmp(other),
        (Some(Key::Text(one)), Some(Key::Text(other))) => one.cmp(other),
        (Some(one), Some(other)) => one.rank().cmp(&other.rank()),
    }
}

impl Key {
    fn rank(&self) -> u8 {
        match self {
            Self::Truth(_) => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
        }
    }
}
