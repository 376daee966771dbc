//! A preview of very many people under way: everybody of the application is read by pages, everybody
//! of the directory is planned at once, and a cycle judges the groups.
//!
//! It goes in turns, so that the worker answers other questions in between and Cancel is heard.

mod export;
mod groups;
mod reading;
mod stored;
mod story;
mod told;
mod turns;

use std::collections::BTreeMap;
use std::sync::Arc;

use provisioning::configuration::ObjectKind;
use provisioning::cycle::roster::End;
use provisioning::cycle::{Known, TransportFault};
use provisioning::pipeline::{Accounts, Course, Fate, People, Pipeline};
use provisioning::population::Population;
use scim::endpoint::Endpoint;

use super::errand::Running;
use super::sheet::Sheet;
use crate::worker::message::{Progress, Steps};
use reading::Reading;

/// People who are taken a step further in one turn.
const PEOPLE: usize = 5_000;
/// Outcomes that are put into the table in one turn.
const ROWS: usize = 1_000;

/// A preview that plans everybody at once.
pub(super) struct Planning {
    pipeline: Pipeline,
    people: Arc<People>,
    population: Population,
    endpoint: Endpoint,
    known: Known,
    stage: Stage,
    accounts: Accounts,
    /// How far the plan is; nothing while a turn goes on with it.
    course: Option<Course>,
    /// The cycle that judges the groups.
    groups: Option<Running>,
    pub(super) sheet: Sheet,
    /// What is said of those of whom nothing is written, by what is alike about them.
    sentences: BTreeMap<(Fate, bool, bool), String>,
    /// Steps of the plan that were taken, and all of them.
    planned: (usize, usize),
    requests: usize,
    findings: Vec<String>,
    failure: Option<String>,
    /// More would leave than the threshold allows.
    is_held_back: bool,
    /// The accounts came from a file, and nobody is asked.
    is_stored: bool,
}

/// What is done now.
enum Stage {
    /// Everybody of the application is read.
    Reading(Box<Reading>),
    /// Everybody of the directory is planned.
    Planning,
    /// The outcomes are put into the table.
    Listing,
    /// A cycle judges the groups.
    Groups,
    /// Nothing is left to do.
    Done,
}

/// What a turn came to.
pub(super) enum Turn {
    /// What is to be sent, and how far it is.
    Steps(Steps),
    /// The application cannot be read as a whole: each person is to be asked for. Why, in sentences.
    AskEach(Vec<String>),
}

impl Planning {
    pub(super) fn new(
        pipeline: Pipeline,
        people: Arc<People>,
        population: Population,
        endpoint: Endpoint,
        known: Known,
        most_requests: Option<u64>,
    ) -> Self {
        let reading = Reading::new(&pipeline, endpoint.clone(), most_requests);
        Self {
            stage: Stage::Reading(Box::new(reading)),
            accounts: pipeline.accounts(),
            pipeline,
            people,
            population,
            endpoint,
            known,
            course: None,
            groups: None,
            sheet: Sheet::default(),
            sentences: BTreeMap::new(),
            planned: (0, 0),
            requests: 0,
            findings: Vec::new(),
            failure: None,
            is_held_back: false,
            is_stored: false,
        }
    }

    /// Hands an answer to whoever asked.
    pub(super) fn receive(
        &mut self,
        id: u64,
        answer: Result<http::Response<Vec<u8>>, TransportFault>,
    ) {
        match &mut self.stage {
            Stage::Reading(reading) => reading.roster.receive(id, answer),
            Stage::Groups => {
                if let Some(groups) = &mut self.groups {
                    groups.cycle.receive(id, answer);
                }
            }
            Stage::Planning | Stage::Listing | Stage::Done => {}
        }
    }

    /// One turn further.
    pub(super) fn turn(&mut self) -> Turn {
        let mut steps = Steps::default();
        match &mut self.stage {
            Stage::Reading(reading) => {
                if let Some(end) = reading.turn(&mut steps) {
                    return self.read(end);
                }
            }
            Stage::Planning => self.plan(),
            Stage::Listing => self.list(),
            Stage::Groups => self.judge_groups(&mut steps),
            Stage::Done => steps.done = true,
        }
        self.tell(&mut steps);
        Turn::Steps(steps)
    }

    /// Ends it early; what was found until then is kept.
    pub(super) fn cancel(&mut self) -> Steps {
        self.stage = Stage::Done;
        let mut steps = Steps { done: true, ..Steps::default() };
        self.tell(&mut steps);
        steps
    }

    /// Whether the application has answered as one that may be asked: the first question goes the
    /// whole way, and says whether the token is right.
    pub(super) fn has_answered(&self) -> bool {
        match &self.stage {
            Stage::Reading(reading) => reading.roster.read().total.is_some(),
            _ => true,
        }
    }

    /// Whether nothing is left to do.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }

    fn tell(&self, steps: &mut Steps) {
        steps.progress = self.progress();
        steps.summary = steps.done.then(|| self.summary());
    }

    /// The reading has come to its end.
    fn read(&mut self, end: End) -> Turn {
        let stage = std::mem::replace(&mut self.stage, Stage::Done);
        let Stage::Reading(reading) = stage else { return Turn::Steps(Steps::default()) };
        let Reading { roster, reader, .. } = *reading;
        self.requests += roster.read().requests;
        let findings = roster.findings().iter().map(ToString::to_string);
        match end {
            End::Complete => {
                self.findings.extend(findings);
                match reader.finish() {
                    Ok(accounts) => self.begin_plan(accounts),
                    Err(faults) => {
                        self.failure = faults.first().map(ToString::to_string);
                    }
                }
            }
            End::AskEach => return Turn::AskEach(findings.collect()),
            End::Dearer { total } => {
                let why = format!(
                    "The application holds {total} accounts: to ask for each person takes fewer \
                     requests than its pages."
                );
                return Turn::AskEach(vec![why]);
            }
            End::Failed(job) => self.failure = Some(format!("{}: {}", job.code, job.text)),
        }
        let mut steps = Steps { done: self.failure.is_some(), ..Steps::default() };
        self.tell(&mut steps);
        Turn::Steps(steps)
    }

    fn begin_plan(&mut self, accounts: Accounts) {
        self.accounts = accounts;
        let asks_for_leavers = self.known != Known::FirstRun;
        let run = self.pipeline.run(&self.people, &self.accounts, asks_for_leavers);
        self.course = Some(run.leave());
        self.stage = Stage::Planning;
    }

    fn plan(&mut self) {
        let Some(course) = self.course.take() else { return };
        let mut run = self.pipeline.go_on(&self.people, &self.accounts, course);
        let goes_on = run.advance(PEOPLE);
        self.planned = run.progress();
        self.course = Some(run.leave());
        if !goes_on {
            self.find_too_many_leavers();
            self.stage = Stage::Listing;
        }
    }

    fn list(&mut self) {
        self.push_rows(ROWS);
        if self.sheet.len() == self.people.len() {
            let has_groups = self.population.configuration().mapping(ObjectKind::Group).enabled;
            self.stage = if has_groups && !self.is_stored { Stage::Groups } else { Stage::Done };
        }
    }

    fn progress(&self) -> Progress {
        let (phase, done, total) = match &self.stage {
            Stage::Reading(reading) => {
                let read = reading.roster.read();
                let total = read.total.unwrap_or_default();
                ("Reading the application", read.accounts as usize, total as usize)
            }
            Stage::Planning => ("Users", self.planned.0, self.planned.1),
            Stage::Listing => ("Table of the outcomes", self.sheet.len(), self.people.len()),
            Stage::Groups => {
                ("Groups", self.groups_done(), self.population.directory().groups.len())
            }
            Stage::Done => ("Done", self.sheet.len(), self.sheet.len()),
        };
        let requests = match &self.stage {
            Stage::Reading(reading) => reading.roster.read().requests,
            _ => self.requests + self.groups_requests(),
        };
        Progress { phase: phase.to_owned(), done, total, requests, ..Progress::default() }
    }

    /// The application's id of a user of the directory, or nothing where the user would be created;
    /// nobody where no reference may point there.
    fn pointed(&self, person: usize) -> Option<Option<&str>> {
        let verdict = self.course.as_ref()?.plan().verdicts().get(person)?;
        match (verdict.fate, verdict.account()) {
            (Fate::Conflict(_) | Fate::Error(_), _) => None,
            _ if !verdict.in_scope => None,
            (_, Some(account)) => Some(Some(self.accounts.id(account))),
            (Fate::Create, None) => Some(None),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
