//! One person's story in a preview that planned everybody at once: the cycle judges this person
//! alone, and what it asks is answered from the accounts that were read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use provisioning::configuration::ObjectKind;
use provisioning::cycle::{Cycle, Step};
use provisioning::mapping::{is_reference, source_ids};
use provisioning::matching::{self, Query};
use provisioning::planning::ActionKind;
use provisioning::population::Population;
use provisioning::source::{Directory, SourceObject};
use scim::message::LIST_RESPONSE;
use scim::patch::entra::WireForm;
use scim::resource::Resource;
use serde_json::{Value, json};

use super::super::errand::Running;
use super::Planning;
use crate::worker::message::Report;

/// Others with the same matching value who are named.
const MOST_RIVALS: usize = 20;

/// Accounts by the address of the search that finds them.
type Held = BTreeMap<String, Vec<Resource>>;

impl Planning {
    /// One object's story; nothing where it was not planned.
    pub(in super::super) fn report(&self, id: &str) -> Option<Report> {
        let person = self.population.position(id)?;
        if person >= self.people.len() {
            return self.groups.as_ref()?.report(id);
        }
        self.verdict(person)?;
        let involved = self.involved(person);
        let held = self.held_by(&involved);
        let mut cycle = self.cycle_of(&involved);
        while let Step::Send(exchange) = cycle.step() {
            cycle.receive(exchange.id, Ok(answer(&exchange.request, &held)));
        }
        let mut report = Running::of(cycle).report(id)?;
        // Nobody was asked for by name, so nothing was sent for this person alone.
        report.exchanges.clear();
        if let Some(connection) = report.steps.first_mut() {
            connection.sentences = vec![
                "The application was read by pages, and not asked for this person.".to_owned(),
            ];
        }
        Some(report)
    }

    /// The person, those whom references point to, and those who collide with the person.
    fn involved(&self, person: usize) -> BTreeSet<usize> {
        let mut involved = BTreeSet::from([person]);
        if let Some(object) = self.population.object(person) {
            let rows = self.pipeline.mapper().rows();
            let referred = rows
                .filter(|(_, row)| is_reference(&row.target))
                .flat_map(|(_, row)| source_ids(object, row));
            let users = self.people.len();
            involved.extend(
                referred.filter_map(|id| self.population.position(id)).filter(|at| *at < users),
            );
        }
        let kind = self.verdict(person).map(|verdict| verdict.fate.kind());
        if let Some(course) = &self.course
            && kind == Some(ActionKind::Conflict)
        {
            let plan = course.plan();
            involved.extend(self.pipeline.rivals(&self.people, plan, person, MOST_RIVALS));
        }
        involved
    }

    /// The questions of the cycle about them, each with the accounts that answer it.
    fn held_by(&self, involved: &BTreeSet<usize>) -> Held {
        let mut held = Held::new();
        for object in involved.iter().filter_map(|person| self.population.object(*person)) {
            let Some(scope) = self.population.scope(object) else { continue };
            let desired = self.population.desired(object, scope.is_soft_deleted());
            for query in matching::queries(self.pipeline.mapper(), &desired) {
                let found = self.accounts.find(query.row, &query.value);
                let found = found.into_iter().map(|account| self.accounts.resource(account));
                held.insert(self.question(&query), found.collect());
            }
        }
        held
    }

    /// The address that the cycle asks.
    fn question(&self, query: &Query) -> String {
        let search = matching::search(ObjectKind::User, &query.path, &query.value);
        self.endpoint.search(ObjectKind::User.endpoint(), &search).uri().to_string()
    }

    fn cycle_of(&self, involved: &BTreeSet<usize>) -> Cycle {
        let directory = self.population.directory();
        let users: Vec<SourceObject> =
            involved.iter().filter_map(|at| self.population.object(*at).cloned()).collect();
        let is_known: BTreeSet<&str> =
            users.iter().chain(&directory.groups).map(|object| object.id.as_str()).collect();
        let groups = directory.groups.iter().map(|group| SourceObject {
            id: group.id.clone(),
            kind: group.kind,
            attributes: group.attributes.clone(),
            members: group
                .members
                .iter()
                .filter(|id| is_known.contains(id.as_str()))
                .cloned()
                .collect(),
            soft_deleted: group.soft_deleted,
        });
        let groups = groups.collect();
        let (assignments, app_roles) = (directory.assignments.clone(), directory.app_roles.clone());
        let mut configuration = self.population.configuration().clone();
        configuration.groups.enabled = false;
        let directory = Arc::new(Directory { users, groups, assignments, app_roles });
        let population = Population::new(configuration, directory, *self.population.ambient());
        let (endpoint, known) = (self.endpoint.clone(), self.known.clone());
        Cycle::preview_over(population, endpoint, WireForm::Legacy, known, 1)
    }
}

/// Answers a search as the application would.
fn answer(request: &http::Request<Vec<u8>>, held: &Held) -> http::Response<Vec<u8>> {
    let found = held.get(&request.uri().to_string()).map(Vec::as_slice).unwrap_or_default();
    let found: Vec<Value> = found.iter().map(|account| account.clone().into_value()).collect();
    let list = json!({
        "schemas": [LIST_RESPONSE],
        "totalResults": found.len(),
        "Resources": found,
    });
    let mut response = http::Response::new(list.to_string().into_bytes());
    let kind = http::HeaderValue::from_static("application/scim+json");
    response.headers_mut().insert(http::header::CONTENT_TYPE, kind);
    response
}
