//! What the sandbox holds before anything is provisioned: a believable application.
//!
//! Of ten people of the tenant six have an account that is right already, two have one with an old
//! job title, and two have none; one account belongs to nobody. The accounts are made with the
//! mappings that the recipe proposes and not with the edited ones, so that editing a mapping
//! changes the preview and not the application.

use provisioning::ambient::Ambient;
use provisioning::configuration::ObjectKind;
use provisioning::expression::Inputs;
use provisioning::population::Population;
use provisioning::source::SourceObject;
use provisioning::tenant::Tenant;
use sandbox::{Moment, ResourceType, Sandbox, Settings};
use scim::patch::Dialect;
use scim::path::Path;
use scim::schema::{Attribute, Schemas};
use serde_json::{Value, json};

use crate::draft::Draft;

/// A sandbox below the draft's tenant URL that is being filled from the people.
pub(super) struct Seeding {
    sandbox: Sandbox,
    /// The people under the mappings that the recipe proposes; nothing where there is no recipe.
    population: Option<Population>,
    next: usize,
    now: Moment,
}

impl Seeding {
    pub(super) fn new(draft: &Draft, people: &Tenant, ambient: &Ambient, now: Moment) -> Self {
        let url = draft.check().tenant_url;
        let base_path = url.map_or_else(|| "/scim/v2".to_owned(), |url| url.path().to_owned());
        let settings = Settings {
            base_path,
            dialect: Dialect::Entra,
            schemas: schemas(draft),
            ..Settings::default()
        };
        let population = draft.application.as_ref().map(|application| {
            let mut proposed = Draft::default();
            proposed.add_application(&application.name, application.recipe.clone());
            let configuration = proposed.check().configuration;
            Population::over(configuration, &mut people.clone(), *ambient)
        });
        Self { sandbox: Sandbox::new(settings), population, next: 0, now }
    }

    /// How many people were looked at, and how many there are.
    pub(super) fn progress(&self) -> (usize, usize) {
        (self.next, self.population.as_ref().map_or(0, |people| people.directory().users.len()))
    }

    /// Looks at so many more people; whether there are others.
    pub(super) fn advance(&mut self, count: usize) -> bool {
        let Some(population) = &self.population else { return false };
        let users = &population.directory().users;
        let end = self.next.saturating_add(count).min(users.len());
        for (index, user) in users.iter().enumerate().take(end).skip(self.next) {
            if let Some(account) = account(population, index, user) {
                // A person whose mapped values the application would refuse has no account there.
                let _ = self.sandbox.insert(ResourceType::User, account, &self.now);
            }
        }
        self.next = end;
        end < users.len()
    }

    /// The sandbox with everybody, and one account that belongs to nobody.
    pub(super) fn finish(mut self) -> Sandbox {
        self.advance(usize::MAX);
        if self.population.is_some() {
            let nobody = json!({
                "schemas": [scim::schema::USER],
                "userName": "lobby.kiosk@contoso.com",
                "displayName": "Lobby Kiosk",
                "active": true,
            });
            let _ = self.sandbox.insert(ResourceType::User, nobody, &self.now);
        }
        self.sandbox
    }
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

/// The account that somebody has already: the first six of ten a right one, the next two an old one.
fn account(population: &Population, index: usize, user: &SourceObject) -> Option<Value> {
    if index % 10 >= 8 {
        return None;
    }
    let mapper = population.mapper(ObjectKind::User);
    // Whatever the draft assigns, the application has not heard of it yet.
    let inputs = Inputs { roles: &[], ..population.inputs(user, false) };
    let mut account = mapper.create(&mapper.apply(&inputs)).into_value();
    account["active"] = json!(true);
    if index % 10 >= 6 {
        account["title"] = json!("Trainee");
    }
    Some(account)
}
