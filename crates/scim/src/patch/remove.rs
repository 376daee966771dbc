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
