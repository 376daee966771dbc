//! The stages that everybody goes through, each on what the ones before it have made.

use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::Arc;

use http::Response;
use provisioning::ambient::Ambient;
use provisioning::configuration::default::{groups, users};
use provisioning::configuration::{
    Configuration, Connector, ObjectKind, ObjectMapping, Scope, TargetActions,
};
use provisioning::expression::value::DateTime;
use provisioning::mapping::{Desired, Mapper};
use provisioning::matching::{self, Match};
use provisioning::planning::{Action, dialect, plan};
use provisioning::population::Population;
use provisioning::scoping::{Clause, FilterGroup, Operator, ScopingFilter};
use provisioning::source::{AppRole, AppRoleAssignment, Directory, SourceObject};
use scim::answer;
use scim::patch::entra::WireForm;
use scim::resource::Resource;
use serde_json::json;

use crate::people;

/// Invented people under the usual mapping and two scoping filters, with what each stage needs.
pub(crate) struct Stages {
    population: Population,
    desired: Vec<Desired>,
    answers: Vec<Response<Vec<u8>>>,
    accounts: Vec<Resource>,
}

/// A stage's title, and how it takes people through; it counts something, so that it is not left
/// out.
pub(crate) type Stage = (&'static str, fn(&Stages, Range<usize>) -> usize);

pub(crate) const STAGES: [Stage; 4] = [
    ("scope", Stages::scope),
    ("map", Stages::map),
    ("match", Stages::match_),
    ("plan", Stages::plan),
];

impl Stages {
    /// So many people; whoever lost the job title since has one change to come.
    pub(crate) fn new(count: usize) -> Self {
        let ambient = Ambient { now: DateTime::from_unix_milliseconds(1_753_855_200_000), seed: 0 };
        let population = Population::new(configuration(), Arc::new(directory(count)), ambient);
        let users = &population.directory().users;
        let desired: Vec<Desired> =
            users.iter().map(|user| population.desired(user, false)).collect();
        let mapper = population.mapper(ObjectKind::User);
        let answers = desired.iter().map(|desired| answer(mapper, desired)).collect();
        let accounts = desired.iter().map(|desired| account(mapper, desired)).collect();
        Self { population, desired, answers, accounts }
    }

    /// The people under their configuration.
    pub(crate) fn population(&self) -> &Population {
        &self.population
    }

    fn users(&self, range: Range<usize>) -> &[SourceObject] {
        &self.population.directory().users[range]
    }

    /// Judges all three gates.
    fn scope(&self, range: Range<usize>) -> usize {
        let scopes = self.users(range).iter().filter_map(|user| self.population.scope(user));
        scopes.filter(|scope| scope.in_scope).count()
    }

    /// Computes every row.
    fn map(&self, range: Range<usize>) -> usize {
        let desired = self.users(range).iter().map(|user| self.population.desired(user, false));
        desired.map(|desired| desired.rows.len()).sum()
    }

    /// Asks the first question, reads the answer and judges it.
    fn match_(&self, range: Range<usize>) -> usize {
        let mapper = self.population.mapper(ObjectKind::User);
        let found = range.filter(|at| {
            let questions = matching::queries(mapper, &self.desired[*at]);
            let Some(question) = questions.first() else { return false };
            let search = matching::search(ObjectKind::User, &question.path, &question.value);
            let list = answer::list(&self.answers[*at]).expect("a list");
            search.filter.is_some()
                && matches!(matching::judge(ObjectKind::User, question, list, true), Match::One(_))
        });
        found.count()
    }

    /// Compares with the account, decides, and writes the PATCH.
    fn plan(&self, range: Range<usize>) -> usize {
        let mapper = self.population.mapper(ObjectKind::User);
        let patches = range.map(|at| {
            let action = plan::staying(mapper, &self.desired[at], &self.accounts[at], "1");
            match &action {
                Action::Update { changes, .. } | Action::Enable { changes, .. } => {
                    dialect::patches(mapper, changes, &[], WireForm::Legacy).len()
                }
                _ => 0,
            }
        });
        patches.sum()
    }
}

fn directory(count: usize) -> Directory {
    let people = people::people(count);
    let assignments = people
        .iter()
        .filter_map(|person| {
            let role: &AppRole = person.roles.first()?;
            let (principal_id, app_role_id) = (person.object.id.clone(), role.id.clone());
            Some(AppRoleAssignment { principal_id, app_role_id })
        })
        .collect();
    let users = people
        .into_iter()
        .map(|person| SourceObject { soft_deleted: person.is_soft_deleted, ..person.object })
        .collect();
    Directory { users, assignments, ..Directory::default() }
}

fn configuration() -> Configuration {
    let rows = |rows: Vec<provisioning::configuration::default::ProposedRow>| {
        rows.iter().map(|row| row.mapping().expect("a path").expect("a source")).collect()
    };
    let mapping = |kind, attributes, filter| ObjectMapping {
        kind,
        enabled: true,
        actions: TargetActions::default(),
        attributes,
        filter,
    };
    let clause = |operator, value: &str| Clause {
        attribute: "department".to_owned(),
        operator,
        values: (!value.is_empty()).then(|| value.to_owned()).into_iter().collect(),
    };
    let group = |name: &str, clauses| FilterGroup { name: name.to_owned(), clauses };
    let not_legal =
        vec![clause(Operator::NotEquals, "Legal"), clause(Operator::NotRegexMatch, "^Operations")];
    let filter = ScopingFilter {
        groups: vec![
            group("Not Legal", not_legal),
            group("Without a department", vec![clause(Operator::IsNull, "")]),
        ],
    };
    Configuration {
        users: mapping(ObjectKind::User, rows(users()), filter),
        groups: mapping(ObjectKind::Group, rows(groups()), ScopingFilter::default()),
        scope: Scope::Assigned,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: NonZeroU32::new(500),
        default_domain: Some("contoso.com".to_owned()),
        connector: Connector::default(),
    }
}

/// What an application answers to the first question.
fn answer(mapper: &Mapper, desired: &Desired) -> Response<Vec<u8>> {
    let question = matching::queries(mapper, desired).into_iter().next();
    let name = question.map(|question| question.value).unwrap_or_default();
    let user = json!({ "id": "1", "userName": name, "active": true });
    let list = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": 1,
        "itemsPerPage": 1,
        "startIndex": 1,
        "Resources": [user],
    });
    Response::new(list.to_string().into_bytes())
}

/// The account as it was created, with another title since.
fn account(mapper: &Mapper, desired: &Desired) -> Resource {
    let mut account = mapper.create(desired);
    account.as_map_mut().insert("title".to_owned(), json!("Trainee"));
    account
}
