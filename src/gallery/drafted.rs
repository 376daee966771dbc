//! A recipe drafted of what an endpoint says of itself under `/Schemas`.
//!
//! Schemas name attributes, their types and what is required. They name no source, no console and no
//! way to sign in: all that stays open, and the draft says so.

use provisioning::configuration::{ObjectKind, TargetAttribute, TargetType, discovery};
use scim::schema::{Schema, SchemaFault, Schemas};
use serde_json::Value;

use super::check::Fault;
use super::{Capabilities, Recipe, RecipeAttribute, TenantUrlRecipe};

/// So many faults of schemas are told; the rest are counted.
const MOST_TOLD: usize = 5;

/// Drafts a recipe of the answer to `GET /Schemas`.
///
/// # Errors
/// The text is no JSON, holds no schema, or none of users.
pub fn from_schemas(name: &str, text: &str) -> Result<Recipe, Vec<Fault>> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let repair = "paste the whole answer to `GET /Schemas`";
        vec![Fault::new(&place, format!("this is no JSON: {error}"), repair)]
    })?;
    let (schemas, faults) = schemas(&value);
    let attributes =
        |kind| discovery::found(&schemas, kind, &[]).iter().map(attribute).collect::<Vec<_>>();
    let (user_attributes, group_attributes) =
        (attributes(ObjectKind::User), attributes(ObjectKind::Group));
    if user_attributes.is_empty() {
        let rule = "it holds no attribute of users that can be written";
        let repair = "paste the answer to `GET /Schemas`, with the schema of User in it";
        let told = faults.into_iter().take(MOST_TOLD);
        let told = told.map(|fault| Fault::new(&fault.place, fault.detail, "mend the schema"));
        return Err(std::iter::once(Fault::new("Resources", rule, repair)).chain(told).collect());
    }
    Ok(Recipe {
        id: id(name),
        name: name.trim().to_owned(),
        source: Some("drafted from the application's own /Schemas".to_owned()),
        protocol: "scim".to_owned(),
        tenant_url: TenantUrlRecipe { admin_supplies: true, ..TenantUrlRecipe::default() },
        auth: "other".to_owned(),
        capabilities: Capabilities {
            create_users: true,
            update_users: true,
            deactivate_users: user_attributes.iter().any(|each| each.name == "active"),
            groups: !group_attributes.is_empty(),
            ..Capabilities::default()
        },
        attributes_complete: true,
        enterprise_extension: schemas.get(ENTERPRISE).is_some(),
        custom_extension_urns: extensions(&schemas),
        notes: Some(notes(&faults)),
        user_attributes,
        group_attributes,
        ..Recipe::default()
    })
}

impl Recipe {
    /// Proposes the address at which the application was asked; Entra takes no other than HTTPS.
    #[must_use]
    pub fn asked_at(mut self, url: Option<&str>) -> Self {
        self.tenant_url.value = url.filter(|url| url.starts_with("https://")).map(str::to_owned);
        self.tenant_url.admin_supplies = self.tenant_url.value.is_none();
        self
    }
}

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// The schemas of a list, of a ListResponse, or one alone.
fn schemas(value: &Value) -> (Schemas, Vec<SchemaFault>) {
    let one = std::slice::from_ref(value);
    let listed = value.get("Resources").unwrap_or(value);
    let listed = listed.as_array().map_or(one, Vec::as_slice);
    let (mut schemas, mut faults) = (Schemas::default(), Vec::new());
    for (index, value) in listed.iter().enumerate() {
        let within = |fault: SchemaFault| {
            let dot = if fault.place.is_empty() { "" } else { "." };
            SchemaFault { place: format!("Resources[{index}]{dot}{}", fault.place), ..fault }
        };
        match Schema::read(value) {
            Ok((schema, found)) => {
                faults.extend(found.into_iter().map(within));
                schemas.insert(schema);
            }
            Err(fault) => faults.push(within(fault)),
        }
    }
    (schemas, faults)
}

fn attribute(target: &TargetAttribute) -> RecipeAttribute {
    let kind = match target.kind {
        TargetType::Boolean => "Boolean",
        TargetType::Integer => "Integer",
        TargetType::DateTime => "DateTime",
        TargetType::Reference => "Reference",
        // A recipe has no word for bytes; they travel as text.
        TargetType::String | TargetType::Binary => "String",
    };
    RecipeAttribute {
        name: target.path.to_string(),
        kind: kind.to_owned(),
        required: target.required,
        filterable: false,
        matching: false,
    }
}

fn extensions(schemas: &Schemas) -> Vec<String> {
    let own = schemas.iter().filter(|schema| schema.is_extension() && schema.id != ENTERPRISE);
    own.filter(|schema| schema.id.starts_with("urn:")).map(|schema| schema.id.clone()).collect()
}

/// What the schemas do not say, and what was wrong with them.
fn notes(faults: &[SchemaFault]) -> String {
    let mut notes =
        "Schemas do not say how the application signs Entra in, by which attributes it \
                     can be searched, and what deleting does: ask its maker."
            .to_owned();
    for fault in faults.iter().take(MOST_TOLD) {
        notes.push_str(&format!(" Passed over at {}: {}.", fault.place, fault.detail));
    }
    if let Some(more @ 1..) = faults.len().checked_sub(MOST_TOLD) {
        notes.push_str(&format!(" And {more} more faults of its schemas."));
    }
    notes
}

/// Small letters, digits and hyphens, as the gallery's ids are.
fn id(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    if id.is_empty() { "own".to_owned() } else { id }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::gallery::check;

    fn answer() -> Value {
        json!({ "totalResults": 2, "Resources": [
            { "id": "urn:ietf:params:scim:schemas:core:2.0:User", "attributes": [
                { "name": "userName", "type": "string", "required": true },
                { "name": "active", "type": "boolean" },
                { "name": "id", "type": "string", "mutability": "readOnly" },
                { "name": "emails", "type": "complex", "multiValued": true, "subAttributes": [
                    { "name": "value", "type": "string" },
                    { "name": "type", "type": "string", "canonicalValues": ["work"] } ] },
                { "type": "string" } ] },
            { "id": "urn:example:Badge:2.0:User", "attributes": [ { "name": "floor", "type": "integer" } ] },
        ] })
    }

    #[test]
    fn what_the_schemas_say_becomes_a_recipe_that_is_sound() {
        let recipe = from_schemas("My App!", &answer().to_string()).unwrap();
        assert_eq!((recipe.id.as_str(), recipe.name.as_str()), ("my-app", "My App!"));
        let attributes: Vec<_> = recipe
            .user_attributes
            .iter()
            .map(|each| (each.name.as_str(), each.kind.as_str(), each.required))
            .collect();
        assert_eq!(
            attributes,
            [
                ("userName", "String", true),
                ("active", "Boolean", false),
                ("emails[type eq \"work\"].value", "String", false),
                ("urn:example:Badge:2.0:User:floor", "Integer", false),
            ]
        );
        assert!(recipe.capabilities.deactivate_users && !recipe.capabilities.groups);
        let notes = recipe.notes.clone().unwrap();
        assert!(notes.contains("Passed over at Resources[0].attributes[4]"), "{notes}");
        for (url, proposal) in
            [("https://scim.example/v2", "https://scim.example/v2"), ("http://x", "")]
        {
            let recipe = recipe.clone().asked_at(Some(url));
            assert_eq!(recipe.tenant_url.proposal(), proposal);
            assert_eq!(check::read(&recipe.file()), Ok(recipe));
        }
        assert_eq!(check::read(&recipe.file()), Ok(recipe));
    }

    #[test]
    fn what_holds_no_schema_of_users_is_refused_with_what_was_wrong() {
        let faults = from_schemas("x", "{\"Resources\": [{\"name\": \"User\"}]}").unwrap_err();
        assert_eq!(faults[0].place, "Resources");
        assert!(faults[1].place == "Resources[0]" && faults[1].rule.contains("`id`"), "{faults:?}");
        assert_eq!(from_schemas("x", "no").unwrap_err()[0].place, "line 1, column 2");
    }
}
