//! What the sandbox holds before anything is provisioned: a believable application.
//!
//! Of ten people of the tenant six have an account that is right already, two have one with an old
//! job title, and two have none; one account belongs to nobody. The accounts are made with the
//! mappings that the recipe proposes and not with the edited ones, so that editing a mapping
//! changes the preview and not the application.

use provisioning::ambient::Ambient;
use provisioning::expression::Inputs;
use provisioning::population::Population;
use provisioning::tenant::Tenant;
use sandbox::{Moment, ResourceType, Sandbox, Settings};
use scim::patch::Dialect;
use scim::path::Path;
use scim::schema::{Attribute, Schemas};
use serde_json::{Value, json};

use crate::draft::Draft;

/// A sandbox below the draft's tenant URL, filled from the people.
pub(super) fn sandbox(draft: &Draft, people: &Tenant, ambient: &Ambient, now: &Moment) -> Sandbox {
    let url = draft.check().tenant_url;
    let base_path = url.map_or_else(|| "/scim/v2".to_owned(), |url| url.path().to_owned());
    let settings = Settings {
        base_path,
        dialect: Dialect::Entra,
        schemas: schemas(draft),
        ..Settings::default()
    };
    let mut sandbox = Sandbox::new(settings);
    for account in accounts(draft, people, ambient) {
        // A person whose mapped values the application would refuse has no account there.
        let _ = sandbox.insert(ResourceType::User, account, now);
    }
    sandbox
}

/// The RFC's schemas, and what the application publishes beyond them: Envoy's `department` stands
/// outside the enterprise extension.
fn schemas(draft: &Draft) -> Schemas {
    let mut schemas = Schemas::rfc7643();
    let Some(application) = &draft.application else { return schemas };
    let Some(mut user) = schemas.get(scim::schema::USER).cloned() else { return schemas };
    for published in &application.recipe.user_attributes {
        let Ok(path) = Path::parse(&published.name) else { continue };
        let is_simple =
            path.schema.is_none() && path.filter.is_none() && path.sub_attribute.is_none();
        if is_simple && user.attribute(&path.attribute).is_none() {
            user.attributes.push(Attribute { name: path.attribute, ..Attribute::default() });
        }
    }
    schemas.insert(user);
    schemas
}

fn accounts(draft: &Draft, people: &Tenant, ambient: &Ambient) -> Vec<Value> {
    let Some(application) = &draft.application else { return Vec::new() };
    let mut proposed = Draft::default();
    proposed.add_application(&application.name, application.recipe.clone());
    let configuration = proposed.check().configuration;
    let population = Population::over(configuration, &mut people.clone(), *ambient);
    let mapper = population.mapper(provisioning::configuration::ObjectKind::User);
    // Whatever the draft assigns, the application has not heard of it yet.
    let unassigned = |user| Inputs { roles: &[], ..population.inputs(user, false) };
    let users = people.directory().users.iter();
    let mut accounts: Vec<Value> = users
        .enumerate()
        .filter(|(index, _)| index % 10 < 8)
        .map(|(index, user)| {
            let mut account = mapper.create(&mapper.apply(&unassigned(user))).into_value();
            account["active"] = json!(true);
            if index % 10 >= 6 {
                account["title"] = json!("Trainee");
            }
            account
        })
        .collect();
    accounts.push(json!({
        "schemas": [scim::schema::USER],
        "userName": "lobby.kiosk@contoso.com",
        "displayName": "Lobby Kiosk",
        "active": true,
    }));
    accounts
}
