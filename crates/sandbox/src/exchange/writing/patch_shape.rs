//! The shapes of PATCH operations that some servers refuse, or take for something else.

use scim::filter::Filter;
use scim::message::ScimType;
use scim::patch::{Op, Operation, PatchRequest, Spelling};
use scim::path::Path;
use scim::resource::Resource;
use scim::schema::{AttributeType, Schemas};
use serde_json::{Value, json};
use std::collections::BTreeSet;

use crate::Settings;
use crate::quirk::Quirk;
use crate::refusal::Refusal;
use crate::search::needs_urn;
use crate::store::{member_id, members};

/// Refuses a shape that the quirks do not take. The resource is the one before the request.
pub(super) fn check(
    request: &PatchRequest,
    resource: &Resource,
    settings: &Settings,
) -> Result<(), Refusal> {
    let has = |quirk| settings.quirks.contains(quirk);
    if has(Quirk::CapitalOperationsRefused) && request.spelling == Spelling::Capital {
        let detail = "operations are named `add`, `replace` and `remove`, in lower case";
        return Err(Refusal::invalid(ScimType::InvalidSyntax, detail));
    }
    for operation in &request.operations {
        if has(Quirk::MemberListRefused) && removes_by_value(operation) {
            let detail = "a `remove` has no value: name what is to go with a value filter";
            return Err(Refusal::invalid(ScimType::InvalidValue, detail));
        }
        check_keys(operation, settings)?;
        for (path, value) in places(operation, &settings.schemas) {
            check_urn(&path, settings)?;
            if operation.op != Op::Remove {
                check_target(&path, resource, settings)?;
                check_manager(&path, value, settings)?;
            }
        }
    }
    Ok(())
}

/// The operations as a server reads them that overlooks the value of a `remove`.
pub(super) fn without_removed_values(operations: &mut [Operation]) {
    for operation in operations.iter_mut().filter(|operation| removes_by_value(operation)) {
        operation.value = None;
    }
}

/// The members that an `add` names although the group has them already.
pub(super) fn members_added_again(
    request: &PatchRequest,
    group: &Resource,
    schemas: &Schemas,
) -> Vec<Value> {
    let present: BTreeSet<String> = members(group);
    let adds = request.operations.iter().filter(|operation| operation.op == Op::Add);
    let places = adds.flat_map(|operation| places(operation, schemas));
    let is_members = |path: &Path| path.same_place(&Path::attribute("members"));
    let named = places.filter(|(path, _)| is_members(path)).flat_map(|(_, value)| match value {
        Value::Array(members) => members.iter().collect(),
        single => vec![single],
    });
    let ids = named.filter_map(|member| member_id(member).or_else(|| member.as_str()));
    ids.filter(|id| present.contains(*id)).map(|id| json!({ "value": id })).collect()
}

fn removes_by_value(operation: &Operation) -> bool {
    operation.op == Op::Remove && operation.value.as_ref().is_some_and(|value| !value.is_null())
}

/// Where an operation acts, and what it writes there: at its path, or at the keys of its value.
pub(super) fn places<'a>(operation: &'a Operation, schemas: &Schemas) -> Vec<(Path, &'a Value)> {
    match (&operation.path, &operation.value) {
        (Some(path), value) => {
            let path = Path::parse(path).ok();
            path.map(|path| (path, value.as_ref().unwrap_or(&Value::Null))).into_iter().collect()
        }
        (None, Some(Value::Object(members))) => members
            .iter()
            .flat_map(|(key, value)| match (schemas.get(key), value) {
                (Some(schema), Value::Object(inner)) => {
                    let below = |name: &String| Path::parse(&format!("{}:{name}", schema.id)).ok();
                    inner.iter().filter_map(|(name, value)| Some((below(name)?, value))).collect()
                }
                _ => {
                    Path::parse(key).ok().map(|path| (path, value)).into_iter().collect::<Vec<_>>()
                }
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn check_keys(operation: &Operation, settings: &Settings) -> Result<(), Refusal> {
    let (None, Some(Value::Object(members))) = (&operation.path, &operation.value) else {
        return Ok(());
    };
    match members.keys().find(|key| key.contains('[')) {
        Some(key) if settings.quirks.contains(Quirk::FilteredKeyRefused) => {
            let detail = format!("`{key}` is no attribute: send it as a path");
            Err(Refusal::invalid(ScimType::InvalidValue, detail))
        }
        _ => Ok(()),
    }
}

fn check_urn(path: &Path, settings: &Settings) -> Result<(), Refusal> {
    if settings.quirks.contains(Quirk::UrnRequired) && needs_urn(path, &settings.schemas) {
        let detail = format!("there is no attribute `{path}`");
        return Err(Refusal::invalid(ScimType::InvalidPath, detail));
    }
    Ok(())
}

/// Refuses to write below what is not there.
fn check_target(path: &Path, resource: &Resource, settings: &Settings) -> Result<(), Refusal> {
    let whole = Path { sub_attribute: None, ..path.clone() };
    let is_there = || Filter::Present(whole.clone()).matches(resource, &settings.schemas);
    let needs_element = path.filter.is_some();
    let needs_manager = path.sub_attribute.is_some()
        && (path.schema.as_ref().and_then(|urn| settings.schemas.get(urn)))
            .is_some_and(|schema| schema.is_extension());
    let has = |quirk| settings.quirks.contains(quirk);
    let is_refused = (needs_element && has(Quirk::MissingElementRefused))
        || (needs_manager && has(Quirk::MissingManagerRefused));
    if is_refused && !is_there() {
        let detail = format!("`{path}` selects nothing");
        return Err(Refusal::invalid(ScimType::NoTarget, detail));
    }
    Ok(())
}

/// A complex value must be an object.
fn check_manager(path: &Path, value: &Value, settings: &Settings) -> Result<(), Refusal> {
    let attribute = settings.schemas.attribute(path);
    let wants_object = attribute.is_some_and(|attribute| {
        attribute.attribute_type == AttributeType::Complex && !attribute.multi_valued
    });
    let is_plain = value.is_string() || value.is_array();
    if settings.quirks.contains(Quirk::PlainManagerRefused) && wants_object && is_plain {
        let detail = format!("`{path}` must be an object with a `value`");
        return Err(Refusal::invalid(ScimType::InvalidValue, detail));
    }
    Ok(())
}
