//! Applying a PATCH request to a resource.

use serde_json::{Map, Value};

use super::element::{
    drop_if_empty, keep_one_primary, merge, remove_listed, with_list, with_object, without_nulls,
};
use super::target::{Refusal, Rules, Target};
use super::{Dialect, Op, Operation, PatchError, PatchRequest, Spelling};
use crate::filter::Query;
use crate::message::ScimType;
use crate::path::Path;
use crate::resource::{Resource, member, member_mut, member_or_insert, remove_member};
use crate::schema::{Attribute, AttributeType, Mutability, Schema, Schemas};

/// Applies all operations, or none.
///
/// # Errors
/// The first operation that cannot be applied, and why; the resource is unchanged then.
pub fn apply(
    resource: &mut Resource,
    request: &PatchRequest,
    schemas: &Schemas,
    dialect: Dialect,
) -> Result<(), PatchError> {
    if dialect == Dialect::Rfc && request.spelling == Spelling::Capital {
        let refusal =
            Refusal::syntax("operations are named `add`, `replace` and `remove`, in lower case");
        return Err(refusal.at(0));
    }
    let mut changed = resource.clone();
    let rules = Rules::of(resource, schemas, dialect);
    for (index, operation) in request.operations.iter().enumerate() {
        rules.operate(changed.as_map_mut(), operation).map_err(|refusal| refusal.at(index))?;
    }
    *resource = changed;
    Ok(())
}

/// The members of an object: of a resource, an extension or a complex value.
type Members = Map<String, Value>;

impl Rules<'_> {
    fn operate(&self, members: &mut Members, operation: &Operation) -> Result<(), Refusal> {
        let path = operation.path.as_deref().map(Path::parse).transpose()?;
        match (operation.op, path, &operation.value) {
            (Op::Remove, None, _) => {
                Err(Refusal::new(ScimType::NoTarget, "a `remove` needs a path"))
            }
            (Op::Remove, Some(path), value) => self.remove(members, &path, value.as_ref()),
            (_, _, None) => Err(Refusal::value("the operation needs a value")),
            (op, Some(path), Some(value)) => self.write(members, &path, op, value),
            (op, None, Some(Value::Object(attributes))) => {
                self.write_all(members, None, op, attributes)
            }
            (_, None, Some(_)) => {
                Err(Refusal::value("without a path, the value is an object of attributes"))
            }
        }
    }

    /// Writes an object of attributes, at the top or below the URN of an extension.
    fn write_all(
        &self,
        members: &mut Members,
        extension: Option<&Schema>,
        op: Op,
        attributes: &Members,
    ) -> Result<(), Refusal> {
        for (key, value) in attributes {
            match (extension, self.schema(key), value) {
                (None, Some(schema), Value::Object(inner)) => {
                    self.write_all(members, Some(schema), op, inner)?
                }
                _ => self.write(members, &self.key(key, extension)?, op, value)?,
            }
        }
        Ok(())
    }

    /// `add` and `replace` at a path.
    fn write(
        &self,
        members: &mut Members,
        path: &Path,
        op: Op,
        value: &Value,
    ) -> Result<(), Refusal> {
        match self.target(path)? {
            Target::Extension(schema) => match value {
                Value::Object(attributes) => self.write_all(members, Some(schema), op, attributes),
                _ => Err(Refusal::value("the value of an extension is an object")),
            },
            Target::Attribute { extension, attribute, sub_attribute } => {
                self.check_mutability(members, extension, attribute, sub_attribute, value)?;
                within(members, extension, attribute, |holder| {
                    match (&path.filter, sub_attribute) {
                        (None, None) => self.assign(holder, attribute, op, value),
                        (None, Some(sub)) => self.assign_sub(holder, attribute, sub, op, value),
                        (Some(filter), sub) => with_list(holder, attribute, |elements| {
                            let query = Query::of_elements(filter, Some(attribute))?;
                            if !elements.iter().any(|element| query.selects(element)) {
                                elements.push(self.element_from(filter, attribute, op)?);
                            }
                            self.write_selected(elements, &query, attribute, sub, op, value)
                        }),
                    }
                })
            }
        }
    }

    /// Writes a whole attribute.
    fn assign(
        &self,
        holder: &mut Members,
        attribute: &Attribute,
        op: Op,
        value: &Value,
    ) -> Result<(), Refusal> {
        match self.checked(attribute, value)? {
            Value::Null if op == Op::Add => {}
            Value::Null => return clear(holder, attribute),
            Value::Array(elements) if attribute.multi_valued => {
                if op == Op::Replace && elements.is_empty() {
                    return clear(holder, attribute);
                }
                with_list(holder, attribute, |list| {
                    if op == Op::Replace {
                        list.clear();
                    }
                    merge(list, elements, attribute);
                });
            }
            Value::Object(members) => {
                with_object(slot(holder, attribute), |object| overlay(object, members))
            }
            plain => *slot(holder, attribute) = plain,
        }
        Ok(())
    }

    /// Writes a sub-attribute: of the one value, or of all values of a list.
    fn assign_sub(
        &self,
        holder: &mut Members,
        attribute: &Attribute,
        sub: &Attribute,
        op: Op,
        value: &Value,
    ) -> Result<(), Refusal> {
        if !attribute.multi_valued {
            return with_object(slot(holder, attribute), |members| {
                self.assign(members, sub, op, value)
            });
        }
        with_list(holder, attribute, |elements| {
            if elements.is_empty() {
                elements.push(Value::Object(Map::new()));
            }
            elements
                .iter_mut()
                .try_for_each(|element| self.assign_in_element(element, sub, op, value))
        })
    }

    /// Writes the elements that a value filter selects.
    fn write_selected(
        &self,
        elements: &mut [Value],
        query: &Query<'_>,
        attribute: &Attribute,
        sub: Option<&Attribute>,
        op: Op,
        value: &Value,
    ) -> Result<(), Refusal> {
        // A value that makes an element primary takes that from the others, so the places are kept.
        let selected: Vec<bool> = elements.iter().map(|element| query.selects(element)).collect();
        for (element, _) in elements.iter_mut().zip(&selected).filter(|(_, selected)| **selected) {
            match sub {
                Some(sub) => self.assign_in_element(element, sub, op, value)?,
                None => match (self.checked_element(attribute, value)?, op) {
                    (Value::Object(members), Op::Add) => {
                        with_object(element, |object| overlay(object, members))
                    }
                    (replacement, _) => *element = without_nulls(replacement),
                },
            }
        }
        keep_one_primary(elements, &selected);
        Ok(())
    }

    fn assign_in_element(
        &self,
        element: &mut Value,
        sub: &Attribute,
        op: Op,
        value: &Value,
    ) -> Result<(), Refusal> {
        with_object(element, |members| {
            let before = member(members, &sub.name).cloned();
            self.assign(members, sub, op, value)?;
            let changed = before.is_some() && member(members, &sub.name) != before.as_ref();
            if changed && sub.mutability == Mutability::Immutable {
                return Err(Refusal::mutability(&sub.name));
            }
            Ok(())
        })
    }

    /// `remove` at a path.
    fn remove(
        &self,
        members: &mut Members,
        path: &Path,
        value: Option<&Value>,
    ) -> Result<(), Refusal> {
        if value.is_some() && self.dialect == Dialect::Rfc {
            return Err(Refusal::syntax(
                "a `remove` has no value: name what is to go with a value filter",
            ));
        }
        let (extension, attribute, sub) = match self.target(path)? {
            Target::Extension(schema) => {
                remove_member(members, &schema.id);
                return Ok(());
            }
            Target::Attribute { extension, attribute, sub_attribute } => {
                (extension, attribute, sub_attribute)
            }
        };
        self.check_mutability(members, extension, attribute, sub, &Value::Null)?;
        within(members, extension, attribute, |holder| match (&path.filter, sub, value) {
            (None, None, Some(listed @ (Value::Array(_) | Value::Object(_))))
                if attribute.multi_valued =>
            {
                let listed = self.checked(attribute, listed)?;
                let listed = listed.as_array().map(Vec::as_slice).unwrap_or_default();
                with_list(holder, attribute, |elements| remove_listed(elements, listed));
                Ok(())
            }
            (None, None, _) => clear(holder, attribute),
            (None, Some(sub), _) => remove_sub(holder, attribute, sub, |_| true),
            (Some(filter), sub, _) => {
                let query = Query::of_elements(filter, Some(attribute))?;
                if let Some(sub) = sub {
                    return remove_sub(holder, attribute, sub, |element| query.selects(element));
                }
                with_list(holder, attribute, |elements| {
                    elements.retain(|element| !query.selects(element))
                });
                Ok(())
            }
        })
    }
}

/// Changes an attribute in the object that holds it, and leaves nothing empty behind.
/// An extension that gets its first attribute is listed in `schemas`.
fn within(
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
fn slot<'m>(holder: &'m mut Members, attribute: &Attribute) -> &'m mut Value {
    member_or_insert(holder, &attribute.name, Value::Null)
}

/// Leaves an attribute unassigned.
fn clear(holder: &mut Members, attribute: &Attribute) -> Result<(), Refusal> {
    if attribute.required {
        return Err(Refusal::new(
            ScimType::Mutability,
            format!("`{}` is required and cannot be removed", attribute.name),
        ));
    }
    remove_member(holder, &attribute.name);
    Ok(())
}

/// Removes a sub-attribute from the values that are selected.
fn remove_sub(
    holder: &mut Members,
    attribute: &Attribute,
    sub: &Attribute,
    selected: impl Fn(&Value) -> bool,
) -> Result<(), Refusal> {
    let values = match member_mut(holder, &attribute.name) {
        None => return Ok(()),
        Some(Value::Array(elements)) => elements.as_mut_slice(),
        Some(single) => std::slice::from_mut(single),
    };
    for value in values.iter_mut().filter(|value| selected(value)) {
        if let Value::Object(members) = value {
            if sub.mutability == Mutability::Immutable && member(members, &sub.name).is_some() {
                return Err(Refusal::mutability(&sub.name));
            }
            clear(members, sub)?;
        }
    }
    Ok(())
}

/// Lays members over those that are there; a null removes.
fn overlay(members: &mut Members, over: Members) {
    for (name, value) in over {
        if value.is_null() {
            remove_member(members, &name);
        } else {
            *member_or_insert(members, &name, Value::Null) = value;
        }
    }
}

impl Rules<'_> {
    /// Refuses to change what is read-only. Writing what is there already is no change.
    fn check_mutability(
        &self,
        members: &Members,
        extension: Option<&str>,
        attribute: &Attribute,
        sub: Option<&Attribute>,
        value: &Value,
    ) -> Result<(), Refusal> {
        let is_read_only = |attribute: &Attribute| attribute.mutability == Mutability::ReadOnly;
        if !is_read_only(attribute) && !sub.is_some_and(is_read_only) {
            return Ok(());
        }
        let holder = match extension {
            Some(urn) => member(members, urn).and_then(Value::as_object),
            None => Some(members),
        };
        let current = holder.and_then(|holder| member(holder, &attribute.name));
        let current = match (sub, current) {
            (Some(sub), Some(Value::Object(inner))) => member(inner, &sub.name),
            (Some(_), _) => None,
            (None, current) => current,
        };
        if current == Some(value) {
            Ok(())
        } else {
            Err(Refusal::mutability(&sub.unwrap_or(attribute).name))
        }
    }
}

impl Attribute {
    /// Whether its values are objects.
    pub(super) fn is_complex(&self) -> bool {
        self.attribute_type == AttributeType::Complex
    }
}
