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
use serde_json::{Value, json};

use crate::draft::Draft;
use crate::worker::message::Order;

/// How far a sandbox is filled.
#[derive(Default)]
pub(super) enum Filling {
    /// It has heard of nobody, or of other people.
    #[default]
    Empty,
    Underway(Box<Seeding>),
    Filled,
}

impl Filling {
    /// Drops what is under way: it begins anew when the sandbox is asked next.
    pub(super) fn give_up(&mut self) {
        if matches!(self, Self::Underway(_)) {
            *self = Self::Empty;
        }
    }
}

/// A sandbox below the draft's tenant URL that is being filled from the people.
pub(super) struct Seeding {
    /// The people under the mappings that the recipe proposes; nothing where there is no recipe.
    population: Option<Population>,
    next: usize,
}

impl Seeding {
    /// With the order that opens the sandbox.
    pub(super) fn begin(draft: &Draft, people: &Tenant, ambient: &Ambient) -> (Self, Order) {
        let url = draft.check().tenant_url;
        let application = draft.application.as_ref();
        let published = application.into_iter().flat_map(|known| &known.recipe.user_attributes);
        let order = Order::Open {
            base_path: url.map_or_else(|| "/scim/v2".to_owned(), |url| url.path().to_owned()),
            published: published.map(|attribute| attribute.name.clone()).collect(),
        };
        let population = application.map(|application| {
            let mut proposed = Draft::default();
            proposed.add_application(&application.name, application.recipe.clone());
            let configuration = proposed.check().configuration;
            Population::over(configuration, &mut people.clone(), *ambient)
        });
        (Self { population, next: 0 }, order)
    }

    /// How many people were looked at, and how many there are.
    pub(super) fn progress(&self) -> (usize, usize) {
        (self.next, self.population.as_ref().map_or(0, |people| people.directory().users.len()))
    }

    /// Looks at so many more people, and gives their accounts; at the end one that belongs to
    /// nobody. Whether there are others.
    pub(super) fn advance(&mut self, count: usize) -> (Order, bool) {
        let mut accounts = Vec::new();
        let Some(population) = &self.population else { return (Order::Insert(accounts), false) };
        let users = &population.directory().users;
        let end = self.next.saturating_add(count).min(users.len());
        let looked_at = users.iter().enumerate().take(end).skip(self.next);
        accounts.extend(looked_at.filter_map(|(at, user)| account(population, at, user)));
        self.next = end;
        let goes_on = end < users.len();
        if !goes_on {
            accounts.push(json!({
                "schemas": [scim::schema::USER],
                "userName": "lobby.kiosk@contoso.com",
                "displayName": "Lobby Kiosk",
                "active": true,
            }));
        }
        (Order::Insert(accounts), goes_on)
    }
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
