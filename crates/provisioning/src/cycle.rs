//! A cycle of the provisioning job as a state machine: it yields requests and takes answers.
//!
//! The caller owns the network, the clock and the credentials:
//!
//! ```text
//! loop {
//!     match cycle.step() {
//!         Step::Send(exchange) => send it, later cycle.receive(exchange.id, answer),
//!         Step::Wait => wait for an answer that is outstanding,
//!         Step::Pause { seconds } => the application asked for it,
//!         Step::Done => break,
//!     }
//! }
//! ```
//!
//! A preview asks the questions that Entra asks and plans the rest; it has no write permit, and
//! without one no write can be put in line.

mod agenda;
mod collision;
mod connection;
pub mod job;
mod log;
mod membership;
mod object;
mod performing;
mod reading;
mod reference;
mod requests;
pub mod roster;
mod since;
mod step;
mod story;
mod summary;
mod traffic;
mod trouble;
mod writing;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use scim::endpoint::Endpoint;
use scim::patch::entra::WireForm;

pub use self::step::{
    Exchange, Finding, JobFailure, Known, Outcome, OutcomeState, Phase, Progress, Step,
    TransportFault, TransportFaultKind,
};
pub use self::summary::{Counts, Summary};

use self::agenda::Agenda;
use self::object::Record;
use self::reading::Reader;
use self::reference::{Check, Task};
use self::since::Since;
use self::traffic::{Answer, Errand, Purposed, Traffic};
use self::trouble::Trouble;
use self::writing::{WritePermit, Writer};
use crate::ambient::Ambient;
use crate::configuration::{Configuration, ObjectKind};
use crate::planning::{Action, ErrorCode};
use crate::population::Population;
use crate::report::{Exchanged, Purpose};
use crate::source::Directory;

/// How many requests in a row may stay without an answer before the job gives up.
const MOST_SILENCE: usize = 10;

/// One run over the population, or over one object of it.
#[derive(Debug)]
pub struct Cycle {
    population: Arc<Population>,
    known: Known,
    wire: WireForm,
    reader: Reader,
    writer: Writer,
    permit: Option<WritePermit>,
    agenda: Agenda,
    since: Since,
    traffic: Traffic,
    phase: Phase,
    next: usize,
    done: usize,
    records: Vec<Record>,
    outcomes: Vec<Outcome>,
    claimed: BTreeMap<(ObjectKind, String), usize>,
    linked: BTreeMap<(ObjectKind, String), usize>,
    shared: BTreeMap<(usize, String), Vec<usize>>,
    /// Users whom another plan has decided on.
    planned: BTreeMap<String, Option<String>>,
    leavers: Vec<usize>,
    tasks: VecDeque<Task>,
    checks: BTreeMap<(usize, usize), Check>,
    connection: Option<Exchanged>,
    honours_filters: bool,
    silence: usize,
    failure: Option<JobFailure>,
    findings: Vec<Finding>,
}

impl Cycle {
    /// A preview of everyone. It only ever asks: every request is a GET.
    ///
    /// At most `pace` requests are open at once.
    pub fn preview(
        configuration: Configuration,
        directory: Arc<Directory>,
        endpoint: Endpoint,
        wire: WireForm,
        known: Known,
        ambient: Ambient,
        pace: usize,
    ) -> Self {
        let population = Population::new(configuration, directory, ambient);
        Self::preview_over(population, endpoint, wire, known, pace)
    }

    /// The same over people who are prepared already.
    pub fn preview_over(
        population: Population,
        endpoint: Endpoint,
        wire: WireForm,
        known: Known,
        pace: usize,
    ) -> Self {
        Self::new(population, endpoint, wire, known, pace)
    }

    /// The same cycle for groups whose users were planned by other means: directory id to the
    /// application's id, or to nothing where the user would be created. References point to these.
    #[must_use]
    pub fn with_users(self, planned: BTreeMap<String, Option<String>>) -> Self {
        Self { planned, ..self }
    }

    /// A cycle over everyone that writes, references in a second pass.
    pub fn initial(
        configuration: Configuration,
        directory: Arc<Directory>,
        endpoint: Endpoint,
        wire: WireForm,
        known: Known,
        ambient: Ambient,
        pace: usize,
    ) -> Self {
        let population = Population::new(configuration, directory, ambient);
        let cycle = Self::new(population, endpoint, wire, known, pace);
        Self { permit: Some(WritePermit::granted()), ..cycle }
    }

    /// Provision on demand: one user or group; it writes only where `write` says so.
    ///
    /// Nothing comes out where the directory has no such object. The wire form is the default one,
    /// because provision on demand ignores the flag for the compliant one.
    pub fn on_demand(
        configuration: Configuration,
        directory: Arc<Directory>,
        endpoint: Endpoint,
        known: Known,
        ambient: Ambient,
        source_id: &str,
        write: bool,
    ) -> Option<Self> {
        let population = Population::new(configuration, directory, ambient);
        let subject = population.position(source_id)?;
        let cycle = Self::new(population, endpoint, WireForm::Legacy, known, 1);
        let permit = write.then(WritePermit::granted);
        Some(Self { permit, agenda: Agenda::Subject(subject), ..cycle })
    }

    fn new(
        population: Population,
        endpoint: Endpoint,
        wire: WireForm,
        known: Known,
        pace: usize,
    ) -> Self {
        let mut cycle = Self {
            records: (0..population.len()).map(|_| Record::default()).collect(),
            population: Arc::new(population),
            known,
            wire,
            reader: Reader::new(endpoint.clone()),
            writer: Writer::new(endpoint),
            permit: None,
            agenda: Agenda::Everyone,
            since: Since::default(),
            traffic: Traffic::new(pace),
            phase: Phase::Connecting,
            next: 0,
            done: 0,
            outcomes: Vec::new(),
            claimed: BTreeMap::new(),
            linked: BTreeMap::new(),
            shared: BTreeMap::new(),
            planned: BTreeMap::new(),
            leavers: Vec::new(),
            tasks: VecDeque::new(),
            checks: BTreeMap::new(),
            connection: None,
            honours_filters: false,
            silence: 0,
            failure: None,
            findings: Vec::new(),
        };
        cycle.index_links();
        cycle.connect();
        cycle
    }

    /// What the driving loop does next.
    pub fn step(&mut self) -> Step {
        loop {
            if self.failure.is_some() || self.phase == Phase::Finished {
                return Step::Done;
            }
            if let Some(seconds) = self.traffic.take_pause() {
                return Step::Pause { seconds };
            }
            if let Some(exchange) = self.traffic.next() {
                return Step::Send(exchange);
            }
            if self.traffic.is_full() {
                return Step::Wait;
            }
            if self.begin_next() {
                continue;
            }
            if !self.traffic.is_idle() {
                return Step::Wait;
            }
            self.advance();
        }
    }

    /// Takes the answer to a request, or the reason why there is none. An unknown id is ignored.
    pub fn receive(&mut self, id: u64, answer: Result<http::Response<Vec<u8>>, TransportFault>) {
        let Some(Answer { errand, exchanged, outcome }) = self.traffic.receive(id, answer) else {
            return;
        };
        if self.failure.is_some() {
            return;
        }
        match errand.position().and_then(|position| self.records.get_mut(position)) {
            Some(record) => record.exchanges.push(exchanged),
            None => self.connection = Some(exchanged),
        }
        self.silence = if outcome.is_ok() { 0 } else { self.silence + 1 };
        match outcome {
            Ok(response) => self.answered(errand, &response),
            Err(fault) => {
                let trouble = trouble::of_silence(errand.purpose(), &fault);
                let trouble = match trouble {
                    Trouble::Object(code, text) if self.silence >= MOST_SILENCE => {
                        Trouble::Job(code, text)
                    }
                    other => other,
                };
                self.trouble(&errand, trouble);
            }
        }
    }

    /// The people that the cycle runs over, under its configuration.
    pub fn population(&self) -> &Population {
        &self.population
    }

    /// What ended the cycle before its end. The outcomes until then stay.
    pub fn failure(&self) -> Option<&JobFailure> {
        self.failure.as_ref()
    }

    /// What concerns the job and not one object.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The verdicts: in the order in which they fall, and in the order of the source once the cycle
    /// is over.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// What the job knows of the application's objects now: source id to target id. Objects that
    /// are no longer managed are left out.
    pub fn links(&self) -> BTreeMap<String, String> {
        let mut links = match &self.known {
            Known::Links(links) => links.clone(),
            Known::FirstRun | Known::Linked => BTreeMap::new(),
        };
        for (position, record) in self.records.iter().enumerate() {
            let Some(object) = self.population.object(position) else { continue };
            let Some(outcome) = record.outcome.and_then(|at| self.outcomes.get(at)) else {
                continue;
            };
            // What was not carried out is still to be done, and needs its link.
            let is_pending = outcome.state == OutcomeState::HeldBack
                || matches!(outcome.action, Action::Conflict { .. } | Action::Error { .. });
            match &record.target_id {
                Some(id) if record.is_managed => {
                    links.insert(object.id.clone(), id.clone());
                }
                _ if !is_pending => {
                    links.remove(&object.id);
                }
                _ => {}
            }
        }
        self.drop_handed_on(&mut links);
        links
    }

    /// The objects of which a reference could not be written, by directory id, and why.
    fn failed_references(&self) -> BTreeMap<String, ErrorCode> {
        let failed = self.records.iter().enumerate().filter_map(|(position, record)| {
            let object = self.population.object(position)?;
            Some((object.id.clone(), record.reference_failure?))
        });
        failed.collect()
    }

    fn answered(&mut self, errand: Errand, response: &http::Response<Vec<u8>>) {
        match errand {
            Errand::Probe => self.on_probe(response),
            Errand::Match(position) => self.on_match(position, response),
            Errand::Read(position) => self.on_read(position, response),
            Errand::Create(position) => self.on_created(position, response),
            Errand::Update(position) => self.on_updated(position, response),
            Errand::Delete(position) => self.on_deleted(position, response),
            Errand::ReadMembers { group, row } => self.on_members(group, row, response),
            Errand::CheckReference { owner, row, at } => {
                self.on_reference_checked(owner, row, at, response);
            }
            Errand::WriteReference(owner) => self.on_reference_written(owner, response),
        }
    }

    /// Carries a failure to where it belongs.
    fn trouble(&mut self, errand: &Errand, trouble: Trouble) {
        match (trouble, errand.position()) {
            (Trouble::Job(code, text), _) => self.fail(code, text, errand.purpose()),
            (Trouble::Object(code, text), None) => self.fail(code, text, errand.purpose()),
            (Trouble::Object(code, text), Some(position)) => match errand {
                Errand::ReadMembers { group, row } => self.plan_members(*group, *row, &[]),
                Errand::CheckReference { owner, row, at } => {
                    self.reference_checked(*owner, *row, *at, false);
                }
                Errand::WriteReference(_) => self.reference_failed(position, code, &text),
                _ => self.conclude(position, Action::Error { code, text }),
            },
        }
    }

    fn fail(&mut self, code: ErrorCode, text: String, purpose: Purpose) {
        self.failure = Some(JobFailure { code, text, purpose });
        self.sort_outcomes();
    }

    /// Notes something about the job; the second time, one more object is counted.
    fn find(&mut self, id: &'static str, text: String) {
        match self.findings.iter_mut().find(|finding| finding.id == id) {
            Some(finding) => finding.objects += 1,
            None => self.findings.push(Finding { id, text, objects: 1 }),
        }
    }

    /// Puts the verdicts into the order of the source.
    fn sort_outcomes(&mut self) {
        let order = |outcome: &Outcome| self.population.position(&outcome.source_id);
        self.outcomes.sort_by_cached_key(order);
        for (at, outcome) in self.outcomes.iter().enumerate() {
            let position = self.population.position(&outcome.source_id);
            if let Some(record) = position.and_then(|position| self.records.get_mut(position)) {
                record.outcome = Some(at);
            }
        }
    }
}
