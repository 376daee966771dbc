//! What a provider says about itself.

use scim::answer;
use scim::discovery::{ResourceType, SchemaExtension, ServiceProviderConfig};
use scim::schema::{Attribute, ENTERPRISE_USER, GROUP, Schema, Schemas, USER};

use crate::behaviour::{Behaviour, behaviours};
use crate::client::Client;

pub(crate) fn behaviours() -> Vec<Behaviour> {
    behaviours![
        the_types_are_users_and_groups,
        the_schemas_are_those_of_the_rfc,
        a_query_in_the_tenant_url_disturbs_nothing
    ]
}

fn the_types_are_users_and_groups(client: &mut Client) {
    let request = client.endpoint.resource_types();
    let list = answer::list(&client.send(request)).expect("a list");
    let types: Vec<ResourceType> = list
        .resources
        .into_iter()
        .map(|found| ResourceType::from_value(&found.into_value()).expect("a type of resources"))
        .map(|found| ResourceType { description: String::new(), ..found })
        .collect();
    let named = |name: &str, endpoint: &str, schema: &str, extensions: &[&str]| ResourceType {
        name: name.to_owned(),
        // Each describes its types in words of its own.
        description: String::new(),
        endpoint: endpoint.to_owned(),
        schema: schema.to_owned(),
        schema_extensions: extensions
            .iter()
            .map(|urn| SchemaExtension { schema: (*urn).to_owned(), required: false })
            .collect(),
    };
    let user = named("User", "/Users", USER, &[ENTERPRISE_USER]);
    assert_eq!(types, [user, named("Group", "/Groups", GROUP, &[])]);
}

fn the_schemas_are_those_of_the_rfc(client: &mut Client) {
    let found = client.schemas();
    let told = |schema: &Schema| {
        lines(&schema.attributes, "", &|attribute| {
            let kind = attribute.attribute_type.as_str();
            let (many, returned) = (attribute.multi_valued, attribute.returned.as_str());
            format!("{kind} many: {many} required: {} returned: {returned}", attribute.required)
        })
    };
    for expected in Schemas::rfc7643().iter() {
        let schema = found.get(&expected.id).expect("the RFC's schemas are there");
        assert_eq!(told(schema), told(expected), "{}", expected.id);
    }
    assert_eq!(found.iter().count(), 3);
}

/// The attributes of which a provider says something else than the RFC about letter case and about
/// who may write them.
pub(crate) fn attributes_told_otherwise(client: &mut Client) -> String {
    let (found, rfc) = (client.schemas(), Schemas::rfc7643());
    let told = |schemas: &Schemas, urn: &str| {
        let schema = schemas.get(urn).expect("the RFC's schemas are there");
        lines(&schema.attributes, "", &|attribute| {
            format!("{} {}", attribute.case_exact, attribute.mutability.as_str())
        })
    };
    let differ = [USER, GROUP, ENTERPRISE_USER].into_iter().flat_map(|urn| {
        let known = told(&rfc, urn);
        told(found, urn).into_iter().filter(move |line| !known.contains(line))
    });
    let names: Vec<String> =
        differ.map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect();
    names.join(" ")
}

/// One line an attribute, in alphabetical order, with what is told of it.
fn lines(attributes: &[Attribute], at: &str, told: &dyn Fn(&Attribute) -> String) -> Vec<String> {
    let mut lines = Vec::new();
    for attribute in attributes {
        let name = format!("{at}{}", attribute.name);
        lines.extend(self::lines(&attribute.sub_attributes, &format!("{name}."), told));
        lines.push(format!("{name} {}", told(attribute)));
    }
    lines.sort();
    lines
}

/// What a provider says it can do.
pub(crate) fn abilities(client: &mut Client) -> String {
    let request = client.endpoint.service_provider_config();
    let document = answer::document(&client.send(request)).expect("a configuration");
    let config = ServiceProviderConfig::from_value(&document).expect("a configuration");
    let schemes: Vec<&str> =
        config.authentication_schemes.iter().map(|way| way.scheme_type.as_str()).collect();
    assert_eq!(schemes, ["oauthbearertoken"], "a bearer token is the one way in");
    assert!(config.bulk.is_none_or(|bulk| bulk.max_operations > 0), "{config:?}");
    let abilities = [
        ("patch", config.patch),
        ("bulk", config.bulk.is_some()),
        ("filter", config.filter),
        ("changePassword", config.change_password),
        ("sort", config.sort),
        ("etag", config.etag),
    ];
    let names = abilities.into_iter().filter(|(_, able)| *able).map(|(name, _)| name.to_owned());
    let most = config.filter_max_results.map(|most| format!("{most} at most"));
    names.chain(most).collect::<Vec<_>>().join(" ")
}

/// The flags of Entra stay at home; a parameter of the application goes along.
fn a_query_in_the_tenant_url_disturbs_nothing(client: &mut Client) {
    let request = client.with_query("aadOptscim062020&tenant=7").service_provider_config();
    let query = request.uri().query();
    assert_eq!(query, Some("tenant=7"));
    let document = answer::document(&client.send(request)).expect("a configuration");
    let config = ServiceProviderConfig::from_value(&document).expect("a configuration");
    assert!(config.patch && config.filter, "{config:?}");
}
