//! Applying a `remove`.

use serde_json::Value;

use super::Dialect;
use super::element::{Members, remove_listed, with_list, within};
use super::target::{Refusal, Rules, Target};
use crate::filter::Query;
use crate::message::ScimType;
use crate::path::Path;
use crate::resource::{member, member_mut, remove_member};
use crate::schema::{Attribute, Mutability};

impl Rules<'_> {
    /// `remove` at a path.
    pub(super) fn remove(
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
        if !self.may_write(members, extension, attribute, sub, &Value::Null)? {
            return Ok(());
        }
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

/// Leaves an attribute unassigned.
pub(super) fn clear(holder: &mut Members, attribute: &Attribute) -> Result<(), Refusal> {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::patch::{PatchRequest, apply};
    use crate::resource::Resource;
    use crate::schema::Schemas;

    fn removed(value: Value, operation: Value, dialect: Dialect) -> Result<Value, ScimType> {
        let mut resource = Resource::from_value(value).expect("an object");
        let request =
            PatchRequest::from_value(json!({ "Operations": [operation] })).expect("a request");
        match apply(&mut resource, &request, &Schemas::rfc7643(), dialect) {
            Ok(()) => Ok(resource.into_value()),
            Err(error) => Err(error.scim_type),
        }
    }

    #[test]
    fn a_list_of_members_removes_those_and_never_all() {
        let crew = json!({ "members": [{ "value": "a", "display": "A" }, { "value": "b" }] });
        let remove = |value: Value| json!({ "op": "remove", "path": "members", "value": value });
        let left = json!({ "members": [{ "value": "b" }] });
        assert_eq!(
            removed(crew.clone(), remove(json!([{ "value": "a" }])), Dialect::Entra),
            Ok(left.clone())
        );
        assert_eq!(
            removed(crew.clone(), remove(json!({ "value": "a" })), Dialect::Entra),
            Ok(left)
        );
        assert_eq!(
            removed(crew.clone(), remove(json!([{ "value": "z" }])), Dialect::Entra),
            Ok(crew.clone())
        );
        assert_eq!(removed(crew.clone(), remove(json!([])), Dialect::Entra), Ok(crew.clone()));
        assert_eq!(
            removed(crew, remove(json!([{ "value": "a" }])), Dialect::Rfc),
            Err(ScimType::InvalidSyntax)
        );
    }

    #[test]
    fn a_filter_that_selects_nothing_is_no_failure() {
        let crew = json!({ "members": [{ "value": "a" }] });
        let remove = json!({ "op": "remove", "path": "members[value eq \"z\"]" });
        assert_eq!(removed(crew.clone(), remove, Dialect::Rfc), Ok(crew));
    }

    #[test]
    fn an_element_without_members_goes_too() {
        let user = json!({ "emails": [{ "value": "a" }, { "value": "b", "type": "work" }] });
        let remove = json!({ "op": "remove", "path": "emails.value" });
        assert_eq!(
            removed(user, remove, Dialect::Rfc),
            Ok(json!({ "emails": [{ "type": "work" }] }))
        );
    }
}
