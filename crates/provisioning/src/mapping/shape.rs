//! Target paths become structure: dotted, filtered and extension paths written into one resource.

use scim::filter::{CompareOp, Filter};
use scim::path::Path;
use scim::resource::Resource;
use scim::schema;
use serde_json::{Map, Value, json};

use super::role::ROLE_TYPE;
use crate::configuration::{ObjectKind, ObjectMapping};

/// The second schema that Entra lists when it creates a group.
pub const ENTRA_GROUP: &str =
    "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

/// An object without attributes yet, with the `schemas` and `meta` that Entra sends on a create.
///
/// The enterprise extension is listed where a row maps into it, even when no value flows; other
/// extensions are never listed (SCIM tutorial, known issues, September 2026).
pub fn opening(mapping: &ObjectMapping) -> Resource {
    let mut schemas = match mapping.kind {
        ObjectKind::User => vec![schema::USER],
        ObjectKind::Group => vec![schema::GROUP, ENTRA_GROUP],
    };
    let is_enterprise = |path: &Path| {
        path.schema.as_deref().is_some_and(|urn| urn.eq_ignore_ascii_case(schema::ENTERPRISE_USER))
    };
    if mapping.attributes.iter().any(|row| is_enterprise(&row.target.path)) {
        schemas.push(schema::ENTERPRISE_USER);
    }
    let mut resource = Resource::default();
    resource.as_map_mut().insert("schemas".to_owned(), json!(schemas));
    resource
}

/// Closes a create with the resource type, as Entra does.
pub fn close(resource: &mut Resource, kind: ObjectKind) {
    resource.as_map_mut().insert("meta".to_owned(), json!({ "resourceType": kind.to_string() }));
}

/// Writes one value of a new object where a path points to, and builds what is missing on the way.
///
/// Nothing is written where a value filter does not say what the missing element looks like.
pub fn write(resource: &mut Resource, path: &Path, value: Value) {
    put(resource, path, value, new_element);
}

/// Writes one value over an object that exists: an element that is missing gets what its value
/// filter says, and nothing that belongs to a create.
pub fn lay(resource: &mut Resource, path: &Path, value: Value) {
    put(resource, path, value, |_, wanted| wanted);
}

/// What an element of a list holds before its value.
type NewElement = fn(&str, Map<String, Value>) -> Map<String, Value>;

fn put(resource: &mut Resource, path: &Path, value: Value, new_element: NewElement) {
    let map = match path.schema.as_deref().filter(|urn| !is_core(urn)) {
        None => Some(resource.as_map_mut()),
        Some(urn) => object_at(resource.as_map_mut(), urn),
    };
    let Some(map) = map else { return };
    let parent = match (&path.filter, &path.sub_attribute) {
        (Some(filter), _) => element_at(map, &path.attribute, filter, new_element),
        (None, Some(_)) => object_at(map, &path.attribute),
        (None, None) => Some(map),
    };
    let Some(parent) = parent else { return };
    match (&path.filter, &path.sub_attribute, value) {
        (_, Some(sub), value) => {
            let name = key(parent, sub);
            parent.insert(name, value);
        }
        (Some(_), None, Value::Object(members)) => parent.extend(members),
        (Some(_), None, value) => {
            parent.insert("value".to_owned(), value);
        }
        (None, None, value) => {
            let name = key(parent, &path.attribute);
            parent.insert(name, value);
        }
    }
}

/// Whether a URN names one of the two core schemas, whose attributes stand at the top.
pub fn is_core(urn: &str) -> bool {
    urn.eq_ignore_ascii_case(schema::USER) || urn.eq_ignore_ascii_case(schema::GROUP)
}

/// The name under which an object holds an attribute already, which may differ in case
/// (RFC 7643 section 2.1); else the name as given.
pub fn key(map: &Map<String, Value>, name: &str) -> String {
    let known = map.keys().find(|known| known.eq_ignore_ascii_case(name));
    known.map_or_else(|| name.to_owned(), String::clone)
}

/// Whether an element holds a value, texts without regard to case.
fn has(element: &Value, name: &str, value: &Value) -> bool {
    match (element.get(name), value) {
        (Some(Value::String(held)), Value::String(wanted)) => held.eq_ignore_ascii_case(wanted),
        (held, wanted) => held == Some(wanted),
    }
}

/// The object under a name; anything else that stands there gives way.
fn object_at<'a>(
    map: &'a mut Map<String, Value>,
    name: &str,
) -> Option<&'a mut Map<String, Value>> {
    let slot = map.entry(key(map, name)).or_insert_with(|| json!({}));
    if !slot.is_object() {
        *slot = json!({});
    }
    slot.as_object_mut()
}

/// The element of a multi-valued attribute that a value filter selects, added where none does.
///
/// Only `and` and `eq` can tell what the missing element looks like, and only they occur in
/// Entra's target paths; nothing is written for another filter.
fn element_at<'a>(
    map: &'a mut Map<String, Value>,
    attribute: &str,
    filter: &Filter,
    new_element: NewElement,
) -> Option<&'a mut Map<String, Value>> {
    let mut wanted = Map::new();
    collect_equalities(filter, &mut wanted)?;
    let slot = map.entry(key(map, attribute)).or_insert_with(|| json!([]));
    if !slot.is_array() {
        *slot = json!([]);
    }
    let elements = slot.as_array_mut()?;
    let is_wanted = |element: &Value| wanted.iter().all(|(name, value)| has(element, name, value));
    let at = elements.iter().position(is_wanted);
    let at = match at {
        Some(at) => at,
        None => {
            elements.push(Value::Object(new_element(attribute, wanted)));
            elements.len() - 1
        }
    };
    elements.get_mut(at)?.as_object_mut()
}

/// What an element holds before its value: a work e-mail is the primary one, a role has a type.
fn new_element(attribute: &str, wanted: Map<String, Value>) -> Map<String, Value> {
    let mut element = Map::new();
    if attribute.eq_ignore_ascii_case("emails") && wanted.get("type") == Some(&json!("work")) {
        element.insert("primary".to_owned(), json!(true));
    }
    element.extend(wanted);
    if attribute.eq_ignore_ascii_case("roles") {
        element.entry("type").or_insert_with(|| json!(ROLE_TYPE));
    }
    element
}

/// The attributes that a filter of `eq` and `and` fixes.
fn collect_equalities(filter: &Filter, into: &mut Map<String, Value>) -> Option<()> {
    match filter {
        Filter::And(terms) => terms.iter().try_for_each(|term| collect_equalities(term, into)),
        Filter::Compare { path, op: CompareOp::Eq, value } => {
            into.insert(path.attribute.clone(), value.clone());
            Some(())
        }
        _ => None,
    }
}

/// The path that finds in JSON what Entra's spelling means: `roles[primary eq "True"].value`
/// speaks of the Boolean `true`.
pub fn in_json(path: &Path) -> Path {
    let filter = path.filter.as_deref().map(|filter| Box::new(with_boolean_primary(filter)));
    Path { filter, ..path.clone() }
}

fn with_boolean_primary(filter: &Filter) -> Filter {
    match filter {
        Filter::And(terms) => Filter::And(terms.iter().map(with_boolean_primary).collect()),
        Filter::Compare { path, op, value: Value::String(text) }
            if path.attribute.eq_ignore_ascii_case("primary") =>
        {
            let value = json!(text.eq_ignore_ascii_case("true"));
            Filter::Compare { path: path.clone(), op: *op, value }
        }
        other => other.clone(),
    }
}
