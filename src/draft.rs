//! What the administrator has typed so far: text as typed, in the order of the steps.
//!
//! Half-finished input is legal here. [`check`] turns it into the engine's sound configuration,
//! or into problems that each name their [`place::Place`]. The draft is what autosave keeps and
//! what the project file holds; the secret token is not part of it, by type.

use serde::{Deserialize, Serialize};

pub mod authentication;
pub mod by_hand;
pub mod check;
pub mod mapping;
pub mod place;
pub mod reading;
pub mod relay;
pub mod repair;
pub mod template;
pub mod workpiece;

use crate::gallery::{Prerequisite, Recipe};
use crate::route::Step;
use authentication::{Authentication, Method};
use by_hand::ByHand;
use mapping::MappingDraft;
use place::Kind;
use reading::Reading;
use relay::RelayChoice;

/// The whole of the administrator's work, except the secret token and the people themselves; of
/// these only what was changed by hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    /// The application that was added from the gallery.
    pub application: Option<Application>,
    /// Where the people come from.
    pub people: PeopleSource,
    /// What was changed in them by hand.
    #[serde(skip_serializing_if = "ByHand::is_empty")]
    pub by_hand: ByHand,
    /// Users and groups that are assigned to the application.
    pub assignments: Vec<Assignment>,
    /// What is at hand of what provisioning needs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prepared: Vec<Prerequisite>,
    /// Tenant URL, route, notifications.
    pub connection: Connection,
    /// The user mapping and its scoping filter.
    pub users: MappingDraft,
    /// The group mapping and its scoping filter.
    pub groups: MappingDraft,
    /// Sync all users and groups instead of only the assigned ones.
    pub sync_all: bool,
    /// Leave accounts that go out of scope as they are.
    pub skip_out_of_scope_deletions: bool,
    /// The job has run before: whoever matches counts as linked.
    pub has_run_before: bool,
    /// Provisioning status.
    pub provisioning_on: bool,
    /// The steps that were opened, so that a step nobody has looked at is not called done.
    pub visited: Vec<Step>,
}

/// A named instance of a gallery application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// The name under which it stands in the tenant.
    pub name: String,
    /// What the gallery says about it, kept so that the draft stands alone.
    pub recipe: Recipe,
}

/// Where the people of the preview come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeopleSource {
    /// Nobody yet.
    #[default]
    Nobody,
    /// An invented tenant: the same size and seed give the same people.
    Invented {
        /// How many users.
        size: u32,
        /// What the names are drawn from.
        seed: u32,
    },
    /// An empty directory, which is filled by hand.
    ByHand,
    /// Read from files or pasted text; the people themselves are kept beside the draft.
    Graph {
        /// A number that changes with the people, to notice others that do not belong.
        fingerprint: u32,
    },
}

/// One line under "Users and groups".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The user's or group's object id.
    pub principal_id: String,
    /// The app role's id.
    pub app_role_id: String,
}

/// The Connection step as typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Connection {
    /// The tenant URL as typed.
    pub tenant_url: String,
    /// How requests reach the endpoint.
    pub route: Route,
    /// Which relay the route through one takes.
    #[serde(skip_serializing_if = "RelayChoice::is_default")]
    pub relay: RelayChoice,
    /// How the application knows who calls.
    pub authentication: Authentication,
    /// Seconds after which a request counts as lost.
    pub timeout_seconds: u32,
    /// Minutes without a touch after which the secret is forgotten; 0 for never.
    pub forget_after_minutes: u32,
    /// Requests per second at the most, for endpoints outside the page.
    pub rate_per_second: u32,
    /// How whom it holds is read for a preview.
    pub reading: Reading,
    /// The notification e-mail as typed.
    pub notification_email: String,
    /// Send an email notification when a failure occurs.
    pub notify: bool,
    /// Prevent accidental deletion.
    pub prevent_deletions: bool,
    /// The threshold as typed.
    pub deletion_threshold: String,
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            tenant_url: String::new(),
            route: Route::Sandbox,
            relay: RelayChoice::default(),
            authentication: Authentication::default(),
            timeout_seconds: 15,
            forget_after_minutes: 30,
            // What Entra expects a gallery application to bear per tenant.
            rate_per_second: 25,
            reading: Reading::default(),
            notification_email: String::new(),
            notify: false,
            prevent_deletions: false,
            deletion_threshold: "500".to_owned(),
        }
    }
}

/// How a request leaves the wizard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Route {
    /// Into the service provider inside the page; nothing leaves the device.
    #[default]
    Sandbox,
    /// Through a relay: the one that serves this page, or one at another address.
    Relay,
    /// From the browser itself; the endpoint must answer CORS.
    Direct,
    /// By the administrator's own hand: the wizard writes a command and reads the reply.
    Paste,
}

impl Draft {
    /// The mapping of one kind of object.
    pub fn mapping(&self, kind: Kind) -> &MappingDraft {
        match kind {
            Kind::User => &self.users,
            Kind::Group => &self.groups,
        }
    }

    /// The mapping of one kind of object, to be edited.
    pub fn mapping_mut(&mut self, kind: Kind) -> &mut MappingDraft {
        match kind {
            Kind::User => &mut self.users,
            Kind::Group => &mut self.groups,
        }
    }

    /// Adds an application of the gallery under a name: proposes its tenant URL and its mappings.
    pub fn add_application(&mut self, name: &str, recipe: Recipe) {
        self.connection.tenant_url = recipe.tenant_url.proposal().to_owned();
        self.connection.authentication =
            Authentication { method: Method::of_recipe(&recipe.auth), ..Authentication::default() };
        self.users = MappingDraft::proposed(Kind::User, &recipe);
        self.groups = MappingDraft::proposed(Kind::Group, &recipe);
        self.application = Some(Application { name: name.to_owned(), recipe });
    }

    /// What stands in the draft and in which order, whatever it says: typing leaves it as it is.
    pub fn shape(&self) -> impl PartialEq + use<> {
        let of = |mapping: &MappingDraft| {
            let rows: Vec<(u32, usize)> =
                mapping.rows.iter().map(|row| (row.id, row.tests.len())).collect();
            let clauses: Vec<usize> = mapping.filters.iter().map(|f| f.clauses.len()).collect();
            (rows, clauses)
        };
        let people = (self.assignments.len(), self.by_hand.changes().len());
        (of(&self.users), of(&self.groups), people, self.application.is_some())
    }

    /// Takes other people into use: what belonged to those before goes with them.
    pub fn use_people(&mut self, people: PeopleSource, assignments: Vec<Assignment>) {
        if self.people != people || matches!(people, PeopleSource::Invented { .. }) {
            self.by_hand = ByHand::default();
        }
        self.people = people;
        self.assignments = assignments;
    }

    /// Whether somebody has begun: an empty draft shows the start panel.
    pub fn is_begun(&self) -> bool {
        self.application.is_some() || self.people != PeopleSource::Nobody
    }

    /// The role with which a user or group is assigned, if it is.
    pub fn assignment(&self, principal_id: &str) -> Option<&Assignment> {
        self.assignments.iter().find(|line| line.principal_id == principal_id)
    }

    /// Assigns a user or group with a role, or changes the role.
    pub fn assign(&mut self, principal_id: &str, app_role_id: &str) {
        match self.assignments.iter_mut().find(|line| line.principal_id == principal_id) {
            Some(line) => app_role_id.clone_into(&mut line.app_role_id),
            None => self.assignments.push(Assignment {
                principal_id: principal_id.to_owned(),
                app_role_id: app_role_id.to_owned(),
            }),
        }
    }

    /// Takes an assignment away.
    pub fn unassign(&mut self, principal_id: &str) {
        self.assignments.retain(|line| line.principal_id != principal_id);
    }
}

#[cfg(test)]
mod tests {
    use super::mapping::unit_test::{Expected, Literal, Subject, UnitTest};
    use super::*;
    use crate::gallery::tests::envoy;

    #[test]
    fn adding_envoy_fills_url_and_mappings() {
        let mut draft = Draft::default();
        draft.add_application("Envoy (test)", envoy());
        assert_eq!(draft.connection.tenant_url, "https://app.envoy.com/scim/v2");
        assert_eq!(draft.users.rows.len(), 19);
        assert_eq!(draft.groups.rows.len(), 3);
        assert!(draft.is_begun());
    }

    #[test]
    fn an_assignment_is_one_line_per_principal() {
        let mut draft = Draft::default();
        draft.assign("a", "1");
        draft.assign("a", "2");
        assert_eq!(draft.assignments.len(), 1);
        assert_eq!(draft.assignment("a").unwrap().app_role_id, "2");
        draft.unassign("a");
        assert!(draft.assignments.is_empty());
    }

    #[test]
    fn a_draft_survives_saving() {
        let mut draft = Draft::default();
        draft.add_application("Envoy", envoy());
        draft.people = PeopleSource::Invented { size: 50, seed: 7 };
        let text = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
        assert!(!text.contains("tests"), "a wizard that knows no tests can read it too");

        draft.users.rows[0].tests = vec![UnitTest {
            subject: Subject::Values([("mail".to_owned(), Literal::Null)].into()),
            expected: Expected::Empty,
        }];
        let text = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
    }

    #[test]
    fn a_test_added_to_a_row_is_a_step_of_undo_of_its_own() {
        let mut draft = Draft::default();
        draft.add_application("Envoy", envoy());
        let before = draft.shape();
        draft.users.rows[0].tests.push(UnitTest {
            subject: Subject::Person("ada@contoso.com".to_owned()),
            expected: Expected::Dropped,
        });
        assert!(draft.shape() != before);
    }
}
