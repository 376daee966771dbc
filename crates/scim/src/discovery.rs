//! What a service provider says about itself (RFC 7643, sections 5 and 6; RFC 7644, section 4).
//!
//! The readers are tolerant: what a server leaves out or misspells counts as not supported. The writers are exact.

use serde_json::{Map, Value, json};

use crate::resource::member;
use crate::schema::{ENTERPRISE_USER, GROUP, USER};

/// The URN of a service provider's configuration.
pub const SERVICE_PROVIDER_CONFIG: &str =
    "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
/// The URN of a type of resources.
pub const RESOURCE_TYPE: &str = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
/// The URN of a schema that is sent as a resource.
pub const SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:Schema";

/// What the service provider can do (RFC 7643, section 5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceProviderConfig {
    /// Whether it understands PATCH.
    pub patch: bool,
    /// Whether it understands `/Bulk`, and how much of it.
    pub bulk: Option<Bulk>,
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
    /// The ways to authenticate.
    pub authentication_schemes: Vec<AuthenticationScheme>,
    /// Where people read more.
    pub documentation_uri: Option<String>,
}

/// The bounds of `/Bulk`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    /// How many operations a request may hold.
    pub max_operations: u64,
    /// How many bytes a request may have.
    pub max_payload_size: u64,
}

/// A way to authenticate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthenticationScheme {
    /// The RFC's word: `oauth`, `oauth2`, `oauthbearertoken`, `httpbasic` or `httpdigest`; or the server's own.
    pub scheme_type: String,
    /// The name for people.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Where it is specified.
    pub spec_uri: Option<String>,
    /// Where people read how it is used.
    pub documentation_uri: Option<String>,
    /// Whether it is the preferred one.
    pub primary: bool,
}

/// A type of resources, such as User, and where it is found (RFC 7643, section 6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceType {
    /// The name: `User`.
    pub name: String,
    /// What it is.
    pub description: String,
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
        let feature = |name: &str| member(members, name).and_then(Value::as_object);
        let is_supported =
            |feature: &Map<String, Value>| truth(feature, "supported").unwrap_or_default();
        let supported = |name: &str| feature(name).is_some_and(is_supported);
        let bulk = feature("bulk").filter(|bulk| is_supported(bulk)).map(|bulk| Bulk {
            max_operations: number(bulk, "maxOperations").unwrap_or_default(),
            max_payload_size: number(bulk, "maxPayloadSize").unwrap_or_default(),
        });
        Some(Self {
            patch: supported("patch"),
            bulk,
            filter: supported("filter"),
            filter_max_results: feature("filter").and_then(|filter| number(filter, "maxResults")),
            change_password: supported("changePassword"),
            sort: supported("sort"),
            etag: supported("etag"),
            authentication_schemes: objects(members, "authenticationSchemes")
                .map(AuthenticationScheme::read)
                .collect(),
            documentation_uri: some_text(members, "documentationUri"),
        })
    }

    /// The configuration as it is sent, without its `meta`.
    pub fn to_value(&self) -> Value {
        let supported = |supported: bool| json!({ "supported": supported });
        let bulk = self.bulk.unwrap_or_default();
        let schemes = self.authentication_schemes.iter().map(AuthenticationScheme::to_value);
        let mut value = json!({
            "schemas": [SERVICE_PROVIDER_CONFIG],
            "patch": supported(self.patch),
            "bulk": {
                "supported": self.bulk.is_some(),
                "maxOperations": bulk.max_operations,
                "maxPayloadSize": bulk.max_payload_size,
            },
            "filter": {
                "supported": self.filter,
                "maxResults": self.filter_max_results.unwrap_or_default(),
            },
            "changePassword": supported(self.change_password),
            "sort": supported(self.sort),
            "etag": supported(self.etag),
            "authenticationSchemes": schemes.collect::<Vec<_>>(),
        });
        extend(&mut value, "documentationUri", self.documentation_uri.as_deref());
        value
    }
}

impl AuthenticationScheme {
    /// A bearer token (RFC 6750), the way in which Entra authenticates.
    pub fn bearer_token() -> Self {
        Self {
            scheme_type: "oauthbearertoken".to_owned(),
            name: "Bearer token".to_owned(),
            description: "A secret token, in the header Authorization after the word Bearer."
                .to_owned(),
            spec_uri: Some("https://www.rfc-editor.org/info/rfc6750".to_owned()),
            documentation_uri: None,
            primary: true,
        }
    }

    fn read(members: &Map<String, Value>) -> Self {
        Self {
            scheme_type: text(members, "type"),
            name: text(members, "name"),
            description: text(members, "description"),
            spec_uri: some_text(members, "specUri"),
            documentation_uri: some_text(members, "documentationUri"),
            primary: truth(members, "primary").unwrap_or_default(),
        }
    }

    fn to_value(&self) -> Value {
        let mut value = json!({
            "type": self.scheme_type,
            "name": self.name,
            "description": self.description,
        });
        extend(&mut value, "specUri", self.spec_uri.as_deref());
        extend(&mut value, "documentationUri", self.documentation_uri.as_deref());
        extend(&mut value, "primary", Some(self.primary));
        value
    }
}

impl ResourceType {
    /// Users, with the enterprise extension.
    pub fn user() -> Self {
        let extension = SchemaExtension { schema: ENTERPRISE_USER.to_owned(), required: false };
        Self {
            schema_extensions: vec![extension],
            ..Self::of("User", "User Account", "/Users", USER)
        }
    }

    /// Groups.
    pub fn group() -> Self {
        Self::of("Group", "Group", "/Groups", GROUP)
    }

    fn of(name: &str, description: &str, endpoint: &str, schema: &str) -> Self {
        Self {
            name: name.to_owned(),
            description: description.to_owned(),
            endpoint: endpoint.to_owned(),
            schema: schema.to_owned(),
            schema_extensions: Vec::new(),
        }
    }

    /// Reads a type of resources. `None` where it has no endpoint.
    pub fn from_value(value: &Value) -> Option<Self> {
        let members = value.as_object()?;
        let endpoint = text(members, "endpoint");
        let extension = |extension: &Map<String, Value>| SchemaExtension {
            schema: text(extension, "schema"),
            required: truth(extension, "required").unwrap_or_default(),
        };
        (!endpoint.is_empty()).then(|| Self {
            name: text(members, "name"),
            description: text(members, "description"),
            endpoint,
            schema: text(members, "schema"),
            schema_extensions: objects(members, "schemaExtensions").map(extension).collect(),
        })
    }

    /// The type as it is sent, without its `meta`.
    pub fn to_value(&self) -> Value {
        let extensions = self
            .schema_extensions
            .iter()
            .map(|extension| json!({ "schema": extension.schema, "required": extension.required }));
        json!({
            "schemas": [RESOURCE_TYPE],
            "id": self.name,
            "name": self.name,
            "endpoint": self.endpoint,
            "description": self.description,
            "schema": self.schema,
            "schemaExtensions": extensions.collect::<Vec<_>>(),
        })
    }
}

fn extend(value: &mut Value, name: &str, member: Option<impl Into<Value>>) {
    if let Some(members) = value.as_object_mut() {
        members.extend(member.map(|member| (name.to_owned(), member.into())));
    }
}

fn text(members: &Map<String, Value>, name: &str) -> String {
    some_text(members, name).unwrap_or_default()
}

fn some_text(members: &Map<String, Value>, name: &str) -> Option<String> {
    member(members, name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn truth(members: &Map<String, Value>, name: &str) -> Option<bool> {
    member(members, name)?.as_bool()
}

fn number(members: &Map<String, Value>, name: &str) -> Option<u64> {
    member(members, name)?.as_u64()
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
    use super::*;

    #[test]
    fn a_configuration_is_read_as_far_as_it_goes() {
        let sent = json!({
            "patch": { "supported": true },
            "bulk": "no",
            "filter": { "supported": true, "maxResults": 200 },
            "sort": { "supported": "true" },
            "authenticationSchemes": [{ "type": "oauthbearertoken", "name": "OAuth Bearer Token" }, 7],
        });
        let read = ServiceProviderConfig::from_value(&sent).expect("a configuration");
        let scheme = AuthenticationScheme {
            scheme_type: "oauthbearertoken".to_owned(),
            name: "OAuth Bearer Token".to_owned(),
            ..AuthenticationScheme::default()
        };
        let expected = ServiceProviderConfig {
            patch: true,
            filter: true,
            filter_max_results: Some(200),
            authentication_schemes: vec![scheme],
            ..ServiceProviderConfig::default()
        };
        assert_eq!(read, expected);
        assert_eq!(ServiceProviderConfig::from_value(&json!([])), None);
    }

    #[test]
    fn a_configuration_survives_the_wire() {
        let all = ServiceProviderConfig {
            patch: true,
            bulk: Some(Bulk { max_operations: 10, max_payload_size: 1_024 }),
            filter: true,
            filter_max_results: Some(200),
            change_password: true,
            sort: true,
            etag: true,
            authentication_schemes: vec![AuthenticationScheme::bearer_token()],
            documentation_uri: Some("https://app.example/help".to_owned()),
        };
        let nothing = ServiceProviderConfig { filter_max_results: Some(0), ..Default::default() };
        for configuration in [all, nothing] {
            let sent = configuration.to_value();
            assert_eq!(sent["schemas"], json!([SERVICE_PROVIDER_CONFIG]));
            assert_eq!(ServiceProviderConfig::from_value(&sent), Some(configuration));
        }
    }

    #[test]
    fn a_resource_type_needs_an_endpoint() {
        for of in [ResourceType::user(), ResourceType::group()] {
            assert_eq!(ResourceType::from_value(&of.to_value()), Some(of));
        }
        assert_eq!(
            ResourceType::user().to_value()["schemaExtensions"][0]["schema"],
            ENTERPRISE_USER
        );
        assert_eq!(ResourceType::from_value(&json!({ "name": "User" })), None);
    }
}
