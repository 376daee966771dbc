//! Applying a PATCH request to a resource: `add` and `replace`.

use serde_json::{Map, Value};

use super::element::{
    Members, keep_one_primary, merge, overlay, slot, with_list, with_object, within, without_nulls,
};
use super::remove::clear;
use super::target::{Refusal, Rules, Target};
use super::{Dialect, Op, Operation, PatchError, PatchRequest, Spelling};
use crate::filter::Query;
use crate::message::ScimType;
use crate::path::Path;
use crate::resource::{Resource, member};
use crate::schema::{Attribute, Mutability, Schema, Schemas};

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
                if !self.may_write(members, extension, attribute, sub_attribute, value)? {
                    return Ok(());
                }
                within(members, extension, attribute, |holder| {
                    match (&path.filter, sub_attribute) {
                        (None, None) => self.assign(holder, attribute, op, value),
                        (None, Some(sub)) => self.assign_sub(holder, attribute, sub, op, value),
                        (Some(filter), sub) => with_list(holder, attribute, |elements| {
                            let query = Query::of_elements(filter, Some(attribute))?;
                            if !elements.iter().any(|element| query.selects(element)) {
                                elements.push(self.element_from(filter, attribute)?);
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
            // An empty text leaves an attribute as unassigned as none (RFC 7643, section 2.5).
            Value::String(text) if attribute.required && text.is_empty() => {
                return clear(holder, attribute);
            }
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
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::{AttributeType, ENTERPRISE_USER, GROUP, USER};

    fn patched(before: Value, operations: Value, dialect: Dialect) -> Result<Value, ScimType> {
        let mut resource = Resource::from_value(before).expect("an object");
        let request =
            PatchRequest::from_value(json!({ "Operations": operations })).expect("a request");
        match apply(&mut resource, &request, &Schemas::rfc7643(), dialect) {
            Ok(()) => Ok(resource.into_value()),
            Err(error) => Err(error.scim_type),
        }
    }

    /// One operation on a user who has these members.
    fn check(
        members: Value,
        operation: Value,
        dialect: Dialect,
        expected: Result<Value, ScimType>,
    ) {
        let user = |members: Value| {
            let mut user = json!({ "schemas": [USER], "userName": "ada" });
            overlay(
                user.as_object_mut().expect("an object"),
                members.as_object().expect("an object").clone(),
            );
            user
        };
        assert_eq!(
            patched(user(members), json!([operation]), dialect),
            expected.map(user),
            "{operation}"
        );
    }

    #[test]
    fn a_whole_extension_can_be_written_and_removed() {
        let add = json!({ "op": "add", "path": ENTERPRISE_USER, "value": { "department": "R&D" } });
        let both =
            json!({ "schemas": [USER, ENTERPRISE_USER], ENTERPRISE_USER: { "department": "R&D" } });
        check(json!({}), add, Dialect::Rfc, Ok(both.clone()));
        let remove = json!({ "op": "remove", "path": ENTERPRISE_USER });
        check(both, remove, Dialect::Rfc, Ok(json!({ "schemas": [USER, ENTERPRISE_USER] })));
    }

    #[test]
    fn an_extension_that_got_nothing_is_not_listed() {
        let replace = json!({ "op": "replace", "path": format!("{ENTERPRISE_USER}:department"), "value": null });
        check(json!({}), replace, Dialect::Rfc, Ok(json!({})));
    }

    #[test]
    fn what_is_read_only_may_be_written_as_it_is() {
        let same = json!({ "op": "replace", "value": { "id": "1", "title": "Lead" } });
        check(json!({ "id": "1" }), same, Dialect::Rfc, Ok(json!({ "id": "1", "title": "Lead" })));
        let odd = json!({ "op": "replace", "path": "id", "value": true });
        check(json!({ "id": true }), odd, Dialect::Entra, Ok(json!({ "id": true })));
        let other = json!({ "op": "replace", "value": { "id": "2" } });
        check(json!({ "id": "1" }), other, Dialect::Rfc, Err(ScimType::Mutability));
        let groups = json!({ "op": "add", "path": "groups", "value": [{ "value": "g" }] });
        check(json!({}), groups, Dialect::Entra, Err(ScimType::Mutability));
    }

    #[test]
    fn a_member_cannot_become_another() {
        let group =
            json!({ "schemas": [GROUP], "displayName": "Crew", "members": [{ "value": "a" }] });
        let operation =
            |op: &str| json!([{ "op": op, "path": "members[value eq \"a\"].value", "value": "b" }]);
        assert_eq!(
            patched(group.clone(), operation("replace"), Dialect::Rfc),
            Err(ScimType::Mutability)
        );
        let remove = json!([{ "op": "remove", "path": "members[value eq \"a\"].value" }]);
        assert_eq!(patched(group, remove, Dialect::Rfc), Err(ScimType::Mutability));
    }

    #[test]
    fn the_rules_are_those_of_the_resource() {
        let members = json!({ "op": "add", "path": "members", "value": [{ "value": "a" }] });
        check(json!({}), members, Dialect::Entra, Err(ScimType::InvalidPath));
        let group = json!({ "schemas": [GROUP], "displayName": "Crew" });
        let remove = json!([{ "op": "remove", "path": "displayName" }]);
        assert_eq!(patched(group, remove, Dialect::Rfc), Err(ScimType::Mutability));
    }

    #[test]
    fn the_dialects_differ_in_what_they_forgive() {
        let both = |operation: Value, entra: Value| {
            check(json!({}), operation.clone(), Dialect::Entra, Ok(entra));
            assert!(
                patched(json!({ "userName": "ada" }), json!([operation]), Dialect::Rfc).is_err()
            );
        };
        both(
            json!({ "op": "add", "path": "active", "value": "FALSE" }),
            json!({ "active": false }),
        );
        both(json!({ "op": "add", "path": "title", "value": 7 }), json!({ "title": "7" }));
        both(
            json!({ "op": "add", "value": { "name.givenName": "Ada" } }),
            json!({ "name": { "givenName": "Ada" } }),
        );
        let manager = json!({ "schemas": [USER, ENTERPRISE_USER], ENTERPRISE_USER: { "manager": { "value": "m" } } });
        both(
            json!({ "op": "add", "path": "manager", "value": [{ "$ref": null, "value": "m" }] }),
            manager,
        );
        let mobile = json!({ "phoneNumbers": [{ "type": "mobile", "value": "1" }] });
        for op in ["add", "replace"] {
            both(
                json!({ "op": op, "path": "phoneNumbers[type eq \"mobile\"].value", "value": "1" }),
                mobile.clone(),
            );
        }
    }

    #[test]
    fn an_element_is_made_from_equalities_alone() {
        for filter in [
            "type sw \"w\"",
            "not (type eq \"work\")",
            "type eq \"a\" or type eq \"b\"",
            "colour eq \"red\"",
        ] {
            let add =
                json!({ "op": "add", "path": format!("emails[{filter}].value"), "value": "a" });
            check(json!({}), add, Dialect::Entra, Err(ScimType::NoTarget));
        }
    }

    #[test]
    fn a_required_attribute_keeps_a_value() {
        for value in [json!(null), json!("")] {
            let replace = json!({ "op": "replace", "path": "userName", "value": value });
            check(json!({}), replace, Dialect::Entra, Err(ScimType::Mutability));
        }
    }

    #[test]
    fn a_type_is_a_type() {
        let mut schema = Schema { id: "urn:example:app:2.0:User".to_owned(), ..Schema::default() };
        let types = [
            ("level", AttributeType::Integer),
            ("score", AttributeType::Decimal),
            ("since", AttributeType::DateTime),
        ];
        schema.attributes.extend(types.map(|(name, attribute_type)| Attribute {
            name: name.to_owned(),
            attribute_type,
            ..Attribute::default()
        }));
        let schemas = Schemas::new(vec![schema]);
        let accepts = |name: &str, value: Value, dialect: Dialect| {
            let operation = Operation::replace(format!("urn:example:app:2.0:User:{name}"), value);
            apply(&mut Resource::default(), &PatchRequest::new(vec![operation]), &schemas, dialect)
                .is_ok()
        };
        assert!(
            accepts("level", json!(7), Dialect::Rfc) && !accepts("level", json!(7.5), Dialect::Rfc)
        );
        assert!(
            accepts("level", json!("7"), Dialect::Entra)
                && !accepts("level", json!("7"), Dialect::Rfc)
        );
        assert!(
            !accepts("level", json!("7.5"), Dialect::Entra)
                && accepts("score", json!("7.5"), Dialect::Entra)
        );
        assert!(
            accepts("since", json!("2026-01-01T00:00:00Z"), Dialect::Rfc)
                && !accepts("since", json!("soon"), Dialect::Entra)
        );
    }
}
