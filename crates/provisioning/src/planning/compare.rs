//! Which mapped attributes differ between what is desired and what the application holds.

use std::collections::BTreeSet;

use scim::path::Path;
use scim::resource::Resource;
use serde_json::Value;

use super::Change;
use crate::configuration::{AttributeMapping, Source, TargetType};
use crate::mapping::role::{self, RoleForm};
use crate::mapping::value::as_text;
use crate::mapping::{Desired, Mapper, Yield, flows_on_update, is_reference};

/// The attributes that differ, in the order of the rows.
///
/// Only rows that flow to existing objects are compared. A null never differs: provisioning does
/// not clear values in the application (known issue of the service, September 2026).
pub fn changes(mapper: &Mapper, desired: &Desired, current: &Resource) -> Vec<Change> {
    mapper
        .places()
        .zip(&desired.rows)
        .filter(|((_, row, _), _)| flows_on_update(row) && !is_reference(&row.target))
        .filter_map(|((index, row, place), yielded)| {
            let before = current_value(current, place);
            let after = flowing(row, yielded, before.is_none())?;
            let equal = match mapper.role_form(index) {
                Some(RoleForm::Single | RoleForm::Adding) => holds_roles(current, after),
                Some(RoleForm::Assertive) | None => {
                    before.as_ref().is_some_and(|before| is_equal(row, before, after))
                }
            };
            let attribute = row.target.path.to_string();
            (!equal).then(|| Change { attribute, before, after: after.clone(), row: index })
        })
        .collect()
}

/// The value that a row writes to an object that exists. A row of type None writes its default
/// where the application has nothing, and nothing else.
fn flowing<'a>(
    row: &AttributeMapping,
    yielded: &'a Yield,
    target_is_empty: bool,
) -> Option<&'a Value> {
    match (&row.source, yielded) {
        (Source::None, Yield::Default(value)) if target_is_empty => Some(value),
        (_, yielded) => yielded.on_update(),
    }
}

/// What the application holds at a path; null and empty text count as nothing.
pub fn current_value(current: &Resource, path: &Path) -> Option<Value> {
    let mut values =
        current.values(path).into_iter().filter(|value| !value.is_null() && **value != "");
    let first = values.next()?;
    if path.filter.is_some() || path.sub_attribute.is_some() {
        return Some(first.clone());
    }
    let rest: Vec<&Value> = values.collect();
    let is_list = current.get(&path.attribute).is_some_and(Value::is_array);
    if rest.is_empty() && !is_list {
        return Some(first.clone());
    }
    Some(Value::Array(std::iter::once(first).chain(rest).cloned().collect()))
}

/// Whether a value is in place already, by the target's type and its rule about letter case.
fn is_equal(row: &AttributeMapping, before: &Value, after: &Value) -> bool {
    let case_exact = row.target.case_exact && row.target.kind != TargetType::Boolean;
    if !after.is_array() && !before.is_array() {
        return match (as_text(before), as_text(after)) {
            (Some(before), Some(after)) => is_same_text(&before, &after, case_exact),
            _ => before == after,
        };
    }
    texts(before, case_exact) == texts(after, case_exact)
}

/// Whether the application has every role that an adding form would add, in the plain form of a
/// create or as the JSON text of an update. Which of its roles is the primary one does not matter,
/// because an update cannot say it.
fn holds_roles(current: &Resource, after: &Value) -> bool {
    let claims = |value: &Value| -> BTreeSet<String> {
        texts(value, false).iter().map(|text| role::claim_in(text)).collect()
    };
    let held = current.get("roles").map(claims).unwrap_or_default();
    claims(after).is_subset(&held)
}

/// Whether two texts are the same under the rule about letter case.
pub fn is_same_text(left: &str, right: &str, case_exact: bool) -> bool {
    if left == right {
        return true;
    }
    match left.is_ascii() && right.is_ascii() {
        true => !case_exact && left.eq_ignore_ascii_case(right),
        false => !case_exact && fold(left) == fold(right),
    }
}

/// A text in the form in which texts that differ only in letter case are the same.
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// The values of a list as texts; of complex values, their `value`.
fn texts(value: &Value, case_exact: bool) -> BTreeSet<String> {
    let list = match value {
        Value::Array(list) => list.as_slice(),
        single => std::slice::from_ref(single),
    };
    list.iter()
        .filter_map(|element| as_text(element.get("value").unwrap_or(element)))
        .map(|text| if case_exact { text } else { fold(&text) })
        .collect()
}

/// The id in a reference: `{ "value": id }`, or the id alone.
pub fn reference_id(value: &Value) -> Option<String> {
    value.get("value").unwrap_or(value).as_str().map(str::to_owned)
}
