//! A resource: a user, a group, or any other JSON object that a service provider keeps (RFC 7643, section 3).

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::filter::Query;
use crate::path::Path;
use crate::schema::Schemas;

/// A JSON object whose members keep their order; those unknown to us stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Resource(Map<String, Value>);

/// A JSON value that was to be a resource is not an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnObject;

impl Resource {
    /// Takes a JSON object as a resource.
    ///
    /// # Errors
    /// The value is not an object.
    pub fn from_value(value: Value) -> Result<Self, NotAnObject> {
        match value {
            Value::Object(members) => Ok(Self(members)),
            _ => Err(NotAnObject),
        }
    }

    /// The members, in their order.
    pub fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }

    /// The members, to be changed.
    pub fn as_map_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.0
    }

    /// The JSON object.
    pub fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    /// The identifier that the service provider gave.
    pub fn id(&self) -> Option<&str> {
        self.get("id").and_then(Value::as_str)
    }

    /// The member of this name, without regard to case (RFC 7643, section 2.1).
    pub fn get(&self, name: &str) -> Option<&Value> {
        member(&self.0, name)
    }

    /// The first value at a path as text: strings as they are, numbers and booleans as JSON writes them.
    /// Objects, nulls and absent values have none.
    pub fn text(&self, path: &Path) -> Option<String> {
        self.values(path).into_iter().find_map(|value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        })
    }

    /// All values at a path: the elements of a multi-valued attribute one by one, only those that its value filter
    /// selects, and of each the sub-attribute if the path names one.
    ///
    /// No schema is asked here, so a value filter compares strings without regard to case.
    pub fn values(&self, path: &Path) -> Vec<&Value> {
        Query::values(&self.0, path, &Schemas::default())
    }
}

impl From<Map<String, Value>> for Resource {
    fn from(members: Map<String, Value>) -> Self {
        Self(members)
    }
}

impl From<Resource> for Value {
    fn from(resource: Resource) -> Self {
        resource.into_value()
    }
}

/// The member of this name, without regard to case.
pub(crate) fn member<'m>(members: &'m Map<String, Value>, name: &str) -> Option<&'m Value> {
    members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// The member of this name to be changed, without regard to case.
pub(crate) fn member_mut<'m>(
    members: &'m mut Map<String, Value>,
    name: &str,
) -> Option<&'m mut Value> {
    members.iter_mut().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Takes out the members of this name, without regard to case; the others keep their order.
pub(crate) fn remove_member(members: &mut Map<String, Value>, name: &str) {
    members.retain(|key, _| !key.eq_ignore_ascii_case(name));
}

/// The member of this name, put there first if it is missing.
pub(crate) fn member_or_insert<'m>(
    members: &'m mut Map<String, Value>,
    name: &str,
    missing: Value,
) -> &'m mut Value {
    let present = members.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned();
    members.entry(present.unwrap_or_else(|| name.to_owned())).or_insert(missing)
}

impl fmt::Display for NotAnObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a resource must be a JSON object")
    }
}

impl std::error::Error for NotAnObject {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_and_text_at_a_path() {
        let user = Resource::from_value(json!({
            "ID": "u1",
            "name": { "givenName": "Ada" },
            "active": true,
            "emails": [{ "value": "a@work.test", "type": "work" }, { "value": "a@home.test", "type": "Home" }],
            "urn:scim:schemas:extension:enterprise:1.0": { "department": "R&D" },
        }))
        .expect("an object");
        let text = |path: &str| user.text(&Path::parse(path).expect("a path"));
        assert_eq!(user.id(), Some("u1"));
        assert_eq!(text("NAME.givenname").as_deref(), Some("Ada"));
        assert_eq!(text("active").as_deref(), Some("true"));
        assert_eq!(text("emails[type eq \"home\"].value").as_deref(), Some("a@home.test"));
        assert_eq!(text("emails"), None);
        assert_eq!(
            text("urn:scim:schemas:extension:enterprise:1.0.department").as_deref(),
            Some("R&D")
        );
        assert_eq!(user.values(&Path::parse("emails.value").expect("a path")).len(), 2);
        assert!(user.values(&Path::attribute("title")).is_empty());
    }

    #[test]
    fn the_order_and_what_is_not_known_stay() {
        let text = r#"{"zeta":1,"alpha":{"x":null},"userName":"ada"}"#;
        let user: Resource = serde_json::from_str(text).expect("an object");
        assert_eq!(user.into_value().to_string(), text);
        assert_eq!(Resource::from_value(json!([])), Err(NotAnObject));
    }
}
