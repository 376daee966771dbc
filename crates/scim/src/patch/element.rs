//! Lists and objects in place: which values are the same, which one is primary, what is left when all is gone.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::target::Refusal;
use crate::resource::{member, member_mut, member_or_insert, remove_member};
use crate::schema::{Attribute, Mutability};

/// The members of an object: of a resource, an extension or a complex value.
pub(super) type Members = Map<String, Value>;

/// Changes an attribute in the object that holds it, and leaves nothing empty behind.
/// An extension that gets its first attribute is listed in `schemas`.
pub(super) fn within(
    members: &mut Members,
    extension: Option<&str>,
    attribute: &Attribute,
    change: impl FnOnce(&mut Members) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let tidy = |holder: &mut Members| {
        change(holder)?;
        drop_if_empty(holder, &attribute.name);
        Ok(())
    };
    let Some(urn) = extension else {
        return tidy(members);
    };
    with_object(member_or_insert(members, urn, Value::Null), tidy)?;
    drop_if_empty(members, urn);
    if member(members, urn).is_none() {
        return Ok(());
    }
    if let Value::Array(urns) = member_or_insert(members, "schemas", Value::Array(Vec::new())) {
        let listed = urns
            .iter()
            .any(|known| known.as_str().is_some_and(|known| known.eq_ignore_ascii_case(urn)));
        if !listed {
            urns.push(Value::from(urn));
        }
    }
    Ok(())
}

/// The place of an attribute, null if it was missing.
pub(super) fn slot<'m>(holder: &'m mut Members, attribute: &Attribute) -> &'m mut Value {
    member_or_insert(holder, &attribute.name, Value::Null)
}

/// Lays members over those that are there; a null removes.
pub(super) fn overlay(members: &mut Members, over: Members) {
    for (name, value) in over {
        if value.is_null() {
            remove_member(members, &name);
        } else {
            *member_or_insert(members, &name, Value::Null) = value;
        }
    }
}

/// Changes the list of a multi-valued attribute. A value that was stored without a list becomes its first element.
pub(super) fn with_list<R>(
    holder: &mut Members,
    attribute: &Attribute,
    change: impl FnOnce(&mut Vec<Value>) -> R,
) -> R {
    let slot = member_or_insert(holder, &attribute.name, Value::Null);
    let mut elements = match slot.take() {
        Value::Array(elements) => elements,
        Value::Null => Vec::new(),
        single => vec![single],
    };
    let result = change(&mut elements);
    *slot = Value::Array(elements);
    result
}

/// Changes an object. A plain value becomes its `value`.
pub(super) fn with_object<R>(slot: &mut Value, change: impl FnOnce(&mut Members) -> R) -> R {
    let mut members = match slot.take() {
        Value::Object(members) => members,
        Value::Null => Map::new(),
        plain => Map::from_iter([("value".to_owned(), plain)]),
    };
    let result = change(&mut members);
    *slot = Value::Object(members);
    result
}

/// Appends what is not there yet. If one of the new elements is primary, no other is any longer
/// (RFC 7644, section 3.5.2).
pub(super) fn merge(elements: &mut Vec<Value>, added: Vec<Value>, attribute: &Attribute) {
    let mut added: Vec<Value> = added.into_iter().map(without_nulls).collect();
    if is_known_by_value(attribute) {
        // A group may have very many members and gains few at a time: what is collected is the few.
        let mut fresh = BTreeSet::new();
        added.retain(|element| {
            identifier(element).is_none_or(|value| fresh.insert(value.to_owned()))
        });
        for known in elements.iter().filter_map(identifier) {
            fresh.remove(known);
        }
        added.retain(|element| identifier(element).is_none_or(|value| fresh.contains(value)));
    } else {
        let mut fresh: Vec<Value> = Vec::new();
        for element in added {
            if !elements.iter().chain(&fresh).any(|known| is_same(known, &element)) {
                fresh.push(element);
            }
        }
        added = fresh;
    }
    let old = elements.len();
    elements.extend(added);
    let new: Vec<bool> = (0..elements.len()).map(|index| index >= old).collect();
    keep_one_primary(elements, &new);
}

/// If a changed element is primary, the last such stays so and all others give way.
pub(super) fn keep_one_primary(elements: &mut [Value], changed: &[bool]) {
    let is_primary = |element: &Value| {
        element.as_object().and_then(|members| member(members, "primary")).and_then(Value::as_bool)
            == Some(true)
    };
    let winner = elements
        .iter()
        .zip(changed)
        .rposition(|(element, changed)| *changed && is_primary(element));
    let Some(winner) = winner else {
        return;
    };
    for (_, element) in elements
        .iter_mut()
        .enumerate()
        .filter(|(index, element)| *index != winner && is_primary(element))
    {
        if let Some(primary) =
            element.as_object_mut().and_then(|members| member_mut(members, "primary"))
        {
            *primary = Value::Bool(false);
        }
    }
}

/// Removes the elements that are listed: by their `value` where they have one, else as they are.
pub(super) fn remove_listed(elements: &mut Vec<Value>, listed: &[Value]) {
    let values: BTreeSet<&str> = listed.iter().filter_map(identifier).collect();
    elements.retain(|element| match identifier(element) {
        Some(value) if values.contains(value) => false,
        _ => !listed.iter().any(|listed| is_same(listed, element)),
    });
}

/// Removes an attribute that holds nothing any longer, and elements of it that are empty objects.
pub(super) fn drop_if_empty(holder: &mut Members, name: &str) {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    if let Some(Value::Array(elements)) = member_mut(holder, name) {
        elements.retain(|element| !is_empty(element));
    }
    if member(holder, name).is_some_and(is_empty) {
        remove_member(holder, name);
    }
}

/// A value without the members that are null: Entra sends `"$ref": null` with members.
pub(super) fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.into_iter().filter(|(_, value)| !value.is_null()).collect())
        }
        plain => plain,
    }
}

/// Whether elements are told apart by their `value` alone: those of members and groups are, for it cannot be changed.
fn is_known_by_value(attribute: &Attribute) -> bool {
    attribute.sub_attribute("value").is_some_and(|value| value.mutability != Mutability::ReadWrite)
}

fn identifier(element: &Value) -> Option<&str> {
    member(element.as_object()?, "value")?.as_str()
}

/// Whether two elements say the same: `"primary": false` and a missing `primary` do.
fn is_same(a: &Value, b: &Value) -> bool {
    let (Value::Object(a), Value::Object(b)) = (a, b) else {
        return a == b;
    };
    let says = |(name, value): &(&String, &Value)| match value {
        Value::Null => false,
        Value::Bool(false) => !name.eq_ignore_ascii_case("primary"),
        _ => true,
    };
    let covers = |a: &Map<String, Value>, b: &Map<String, Value>| {
        a.iter().filter(says).all(|(name, value)| member(b, name) == Some(value))
    };
    covers(a, b) && covers(b, a)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::core;

    fn merged(attribute: &Attribute, before: Value, added: Value) -> Value {
        let (Value::Array(mut elements), Value::Array(added)) = (before, added) else {
            panic!("two lists")
        };
        merge(&mut elements, added, attribute);
        Value::Array(elements)
    }

    #[test]
    fn members_are_known_by_their_value_and_emails_by_all_they_say() {
        let (group, user) = (core::group(), core::user());
        let members = group.attribute("members").expect("members");
        let found = merged(
            members,
            json!([{ "value": "a", "display": "A" }]),
            json!([{ "value": "a" }, { "value": "b" }, { "value": "b" }]),
        );
        assert_eq!(found, json!([{ "value": "a", "display": "A" }, { "value": "b" }]));
        let emails = user.attribute("emails").expect("emails");
        let found = merged(
            emails,
            json!([{ "value": "a", "type": "work" }]),
            json!([{ "value": "a", "type": "home" }, { "type": "work", "value": "a", "primary": false }]),
        );
        assert_eq!(
            found,
            json!([{ "value": "a", "type": "work" }, { "value": "a", "type": "home" }])
        );
    }

    #[test]
    fn the_last_primary_that_was_written_wins() {
        let user = core::user();
        let emails = user.attribute("emails").expect("emails");
        let primary = |value: &str, primary: bool| json!({ "value": value, "primary": primary });
        let found = merged(
            emails,
            json!([primary("a", true)]),
            json!([primary("b", true), primary("c", true)]),
        );
        assert_eq!(found, json!([primary("a", false), primary("b", false), primary("c", true)]));
    }
}
