//! What a service provider says about itself (RFC 7643, sections 5 and 6).
//!
//! Both readers are tolerant: what a server leaves out or misspells counts as not supported.

use serde_json::{Map, Value};

use crate::resource::member;

/// What the service provider can do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceProviderConfig {
    /// Whether it understands PATCH.
    pub patch: bool,
    /// Whether it understands `/Bulk`.
    pub bulk: bool,
    /// Whether it filters.
    pub filter: bool,
    /// How many resources it returns at most.
    pub filter_max_results: Option<u64>,
    /// Whether it lets passwords be changed.
    pub change_password: bool,
    /// Whether it sorts.
    pub sort: bool,
    /// Whether it versions resources.
    pub etag: bool,
    /// The names of the ways to authenticate.
    pub authentication_schemes: Vec<String>,
    /// Where people read more.
    pub documentation_uri: Option<String>,
}

/// A type of resources, such as User, and where it is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceType {
    /// The name: `User`.
    pub name: String,
    /// Where it is found, after the tenant URL: `/Users`.
    pub endpoint: String,
    /// The URN of its schema.
    pub schema: String,
    /// The schemas that extend it.
    pub schema_extensions: Vec<SchemaExtension>,
}

/// A schema that extends a type of resources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaExtension {
    /// The URN.
    pub schema: String,
    /// Whether each resource must have it.
    pub required: bool,
}

impl ServiceProviderConfig {
    /// Reads a configuration. `None` where the value is no object.
    pub fn from_value(value: &Value) -> Option<Self> {
        let members = value.as_object()?;
        let supported = |name: &str| {
            let feature = member(members, name).and_then(Value::as_object);
            feature
                .and_then(|feature| member(feature, "supported"))
                .and_then(Value::as_bool)
                .unwrap_or(false)
        };
        let max_results = member(members, "filter").and_then(Value::as_object);
        Some(Self {
            patch: supported("patch"),
            bulk: supported("bulk"),
            filter: supported("filter"),
            filter_max_results: max_results
                .and_then(|filter| member(filter, "maxResults"))
                .and_then(Value::as_u64),
            change_password: supported("changePassword"),
            sort: supported("sort"),
            etag: supported("etag"),
            authentication_schemes: objects(members, "authenticationSchemes")
                .map(|scheme| text(scheme, "name"))
                .collect(),
            documentation_uri: Some(text(members, "documentationUri"))
                .filter(|uri| !uri.is_empty()),
        })
    }
}

impl ResourceType {
    /// Reads a type of resources. `None` where it has no endpoint.
    pub fn from_value(value: &Value) -> Option<Self> {
        let members = value.as_object()?;
        let endpoint = text(members, "endpoint");
        let extension = |extension| SchemaExtension {
            schema: text(extension, "schema"),
            required: member(extension, "required").and_then(Value::as_bool).unwrap_or(false),
        };
        (!endpoint.is_empty()).then(|| Self {
            name: text(members, "name"),
            endpoint,
            schema: text(members, "schema"),
            schema_extensions: objects(members, "schemaExtensions").map(extension).collect(),
        })
    }
}

fn text(members: &Map<String, Value>, name: &str) -> String {
    member(members, name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn objects<'v>(
    members: &'v Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = &'v Map<String, Value>> {
    member(members, name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_configuration_is_read_as_far_as_it_goes() {
        let sent = json!({
            "patch": { "supported": true },
            "bulk": "no",
            "filter": { "supported": true, "maxResults": 200 },
            "authenticationSchemes": [{ "type": "oauthbearertoken", "name": "OAuth Bearer Token" }],
        });
        let read = ServiceProviderConfig::from_value(&sent).expect("a configuration");
        let expected = ServiceProviderConfig {
            patch: true,
            filter: true,
            filter_max_results: Some(200),
            authentication_schemes: vec!["OAuth Bearer Token".to_owned()],
            ..ServiceProviderConfig::default()
        };
        assert_eq!(read, expected);
        assert_eq!(ServiceProviderConfig::from_value(&json!([])), None);
    }

    #[test]
    fn a_resource_type_needs_an_endpoint() {
        let sent = json!({ "name": "User", "endpoint": "/Users", "schema": "urn:a", "schemaExtensions": [{ "schema": "urn:b", "required": true }] });
        let read = ResourceType::from_value(&sent).expect("a type");
        assert_eq!(
            (read.endpoint.as_str(), read.schema_extensions),
            ("/Users", vec![SchemaExtension { schema: "urn:b".to_owned(), required: true }])
        );
        assert_eq!(ResourceType::from_value(&json!({ "name": "User" })), None);
    }
}
