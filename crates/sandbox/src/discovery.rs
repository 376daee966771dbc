//! What the sandbox says about itself (RFC 7643 sections 5 to 7, RFC 7644 section 4).

use scim::discovery::{self, AuthenticationScheme, SCHEMA, SchemaExtension, ServiceProviderConfig};
use scim::schema::{Schema, Schemas};
use serde_json::{Map, Value, json};

use crate::quirk::Quirk;
use crate::{ResourceType, Settings};

/// What the service can do; a quirk that takes an ability away is told here.
pub(crate) fn service_provider_config(settings: &Settings, base: &str) -> Map<String, Value> {
    let has = |quirk| settings.quirks.contains(quirk);
    let configuration = ServiceProviderConfig {
        patch: !has(Quirk::PatchRefused),
        filter: !has(Quirk::FilterNotImplemented) && !has(Quirk::FilterRefused),
        filter_max_results: u64::try_from(settings.max_results).ok(),
        sort: true,
        etag: !has(Quirk::EtagMissing) && !has(Quirk::IfMatchIgnored),
        authentication_schemes: vec![AuthenticationScheme::bearer_token()],
        ..ServiceProviderConfig::default()
    };
    located(
        configuration.to_value(),
        "ServiceProviderConfig",
        &format!("{base}/ServiceProviderConfig"),
    )
}

/// The schemas, each a resource.
pub(crate) fn schemas(schemas: &Schemas, base: &str) -> Vec<Map<String, Value>> {
    schemas.iter().map(|schema| schema_document(schema, base)).collect()
}

fn schema_document(schema: &Schema, base: &str) -> Map<String, Value> {
    let mut document = Map::new();
    document.insert("schemas".to_owned(), json!([SCHEMA]));
    // A schema is an object of text, lists and objects: it always becomes a JSON object.
    if let Ok(Value::Object(members)) = serde_json::to_value(schema) {
        document.extend(members);
    }
    located(Value::Object(document), "Schema", &format!("{base}/Schemas/{}", schema.id))
}

/// The types of resource with their endpoints and extensions.
pub(crate) fn resource_types(schemas: &Schemas, base: &str) -> Vec<Map<String, Value>> {
    let document = |of: ResourceType| {
        let location = format!("{base}/ResourceTypes/{}", of.name());
        located(described(of, schemas).to_value(), "ResourceType", &location)
    };
    ResourceType::ALL.into_iter().map(document).collect()
}

/// A type as the RFC describes it, with the extensions that are kept here.
fn described(of: ResourceType, schemas: &Schemas) -> discovery::ResourceType {
    let by_the_rfc = match of {
        ResourceType::User => discovery::ResourceType::user(),
        ResourceType::Group => discovery::ResourceType::group(),
    };
    let extensions = schemas
        .iter()
        .filter(|schema| schema.is_extension() && of.is_extended_by(&schema.id))
        .map(|schema| SchemaExtension { schema: schema.id.clone(), required: false });
    discovery::ResourceType { schema_extensions: extensions.collect(), ..by_the_rfc }
}

/// A document with the `meta` that tells where it lies.
fn located(document: Value, resource_type: &str, location: &str) -> Map<String, Value> {
    let mut members = match document {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    let meta = json!({ "resourceType": resource_type, "location": location });
    members.insert("meta".to_owned(), meta);
    members
}
