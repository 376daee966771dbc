//! What the sandbox says about itself (RFC 7643 sections 5 to 7, RFC 7644 section 4).

use scim::schema::{Schema, Schemas};
use serde_json::{Map, Value, json};

use crate::quirk::Quirk;
use crate::{ResourceType, Settings};

const CONFIGURATION: &str = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
const SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:Schema";
const RESOURCE_TYPE: &str = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";

/// What the service can do; a quirk that takes an ability away is told here.
pub(crate) fn service_provider_config(settings: &Settings, base: &str) -> Value {
    let quirks = &settings.quirks;
    let filter =
        !quirks.contains(Quirk::FilterNotImplemented) && !quirks.contains(Quirk::FilterRefused);
    let etag = !quirks.contains(Quirk::EtagMissing) && !quirks.contains(Quirk::IfMatchIgnored);
    json!({
        "schemas": [CONFIGURATION],
        "patch": { "supported": !quirks.contains(Quirk::PatchRefused) },
        "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
        "filter": { "supported": filter, "maxResults": settings.max_results },
        "changePassword": { "supported": false },
        "sort": { "supported": true },
        "etag": { "supported": etag },
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "Bearer token",
            "description": "The secret token, in the header Authorization after the word Bearer.",
            "specUri": "https://www.rfc-editor.org/info/rfc6750",
            "primary": true,
        }],
        "meta": { "resourceType": "ServiceProviderConfig", "location": format!("{base}/ServiceProviderConfig") },
    })
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
    let location = format!("{base}/Schemas/{}", schema.id);
    document.insert("meta".to_owned(), json!({ "resourceType": "Schema", "location": location }));
    document
}

/// The types of resource with their endpoints and extensions.
pub(crate) fn resource_types(schemas: &Schemas, base: &str) -> Vec<Map<String, Value>> {
    ResourceType::ALL.into_iter().map(|of| resource_type_document(of, schemas, base)).collect()
}

fn resource_type_document(
    resource_type: ResourceType,
    schemas: &Schemas,
    base: &str,
) -> Map<String, Value> {
    let (name, endpoint) = (resource_type.name(), resource_type.endpoint());
    let extensions: Vec<Value> = schemas
        .iter()
        .filter(|schema| schema.is_extension() && resource_type.is_extended_by(&schema.id))
        .map(|schema| json!({ "schema": schema.id, "required": false }))
        .collect();
    let core = schemas.get(resource_type.schema());
    let location = format!("{base}/ResourceTypes/{name}");
    let members = [
        ("schemas", json!([RESOURCE_TYPE])),
        ("id", json!(name)),
        ("name", json!(name)),
        ("endpoint", json!(format!("/{endpoint}"))),
        ("description", json!(core.map_or(name, |schema| schema.description.as_str()))),
        ("schema", json!(resource_type.schema())),
        ("schemaExtensions", json!(extensions)),
        ("meta", json!({ "resourceType": "ResourceType", "location": location })),
    ];
    members.into_iter().map(|(member, value)| (member.to_owned(), value)).collect()
}
