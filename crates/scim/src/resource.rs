//! A resource: a user, a group, or any other JSON object that a service provider keeps (RFC 7643, section 3).

pub(crate) mod verbatim;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::filter::Query;
use crate::path::Path;
use crate::schema::Schemas;

/// A JSON object whose members keep their order; those unknown to us stay as they are.
///
/// One that was read from a text keeps that text: its `Display` gives back every byte of it, and once members are
/// changed, every byte of the others. Two resources are equal if they say the same.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Map<String, Value>")]
pub struct Resource {
    members: Map<String, Value>,
    /// What the members were read from.
    sent: Option<Arc<str>>,
}

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
            Value::Object(members) => Ok(Self::from(members)),
            _ => Err(NotAnObject),
        }
    }

    /// The text that the resource was read from, byte for byte, whatever has become of its members since.
    pub fn as_sent(&self) -> Option<&str> {
        self.sent.as_deref()
    }

    /// The members, in their order.
    pub fn as_map(&self) -> &Map<String, Value> {
        &self.members
    }

    /// The members, to be changed.
    pub fn as_map_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.members
    }

    /// The JSON object.
    pub fn into_value(self) -> Value {
        Value::Object(self.members)
    }

    /// The identifier that the service provider gave.
    pub fn id(&self) -> Option<&str> {
        self.get("id").and_then(Value::as_str)
    }

    /// The member of this name, without regard to case (RFC 7643, section 2.1).
    pub fn get(&self, name: &str) -> Option<&Value> {
        member(&self.members, name)
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
        Query::values(&self.members, path, &Schemas::default())
    }
}

impl Serialize for Resource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.members.serialize(serializer)
    }
}

impl PartialEq for Resource {
    fn eq(&self, other: &Self) -> bool {
        self.members == other.members
    }
}

impl From<Map<String, Value>> for Resource {
    fn from(members: Map<String, Value>) -> Self {
        Self { members, sent: None }
    }
}

impl From<Resource> for Map<String, Value> {
    fn from(resource: Resource) -> Self {
        resource.members
    }
}

impl From<Resource> for Value {
    fn from(resource: Resource) -> Self {
        resource.into_value()
    }
}

impl FromStr for Resource {
    type Err = serde_json::Error;

    /// Reads a JSON object, and keeps its text.
    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        Ok(Self { members: serde_json::from_str(text)?, sent: Some(text.into()) })
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sent {
            None => f.write_str(&serde_json::to_string(&self.members).map_err(|_| fmt::Error)?),
            Some(sent) => match serde_json::from_str::<Map<String, Value>>(sent) {
                Ok(before) if before == self.members => f.write_str(sent),
                _ => verbatim::write_members(f, sent, &self.members),
            },
        }
    }
}

/// The member of this name, without regard to case.
pub(crate) fn member<'m>(members: &'m Map<String, Value>, name: &str) -> Option<&'m Value> {
    // Most names are written as they are meant, and comparing those is cheaper than ignoring their case.
    let is_meant = |key: &str| key == name || key.eq_ignore_ascii_case(name);
    members.iter().find(|(key, _)| is_meant(key)).map(|(_, value)| value)
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
