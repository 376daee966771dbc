//! The provisioning job between its cycles: what it remembers, and when it starts again.
//!
//! A job holds the links to the application's objects, the watermark (the directory as it last saw
//! it), the escrows (objects that failed and wait for another attempt) and its quarantine. The
//! caller owns the clock: it asks when the next cycle is due, and says at what time one ended.

mod escrow;
mod quarantine;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use scim::endpoint::Endpoint;
use scim::patch::entra::WireForm;

pub use self::escrow::Escrow;
pub use self::quarantine::Quarantine;
pub use crate::quarantine::QuarantineReason;

use super::since::{self, Since};
use super::step::{Known, OutcomeState};
use super::writing::WritePermit;
use super::{Cycle, Outcome};
use crate::ambient::Ambient;
use crate::configuration::Configuration;
use crate::expression::value::DateTime;
use crate::planning::{Action, ErrorCode};
use crate::population::Population;
use crate::source::Directory;

/// Minutes between the end of a cycle and the next one for SCIM applications (Graph `PT40M`).
const INTERVAL: i64 = 40;

/// One provisioning job.
#[derive(Clone, Debug)]
pub struct Job {
    configuration: Configuration,
    endpoint: Endpoint,
    wire: WireForm,
    pace: usize,
    links: BTreeMap<String, String>,
    watermark: Option<Arc<Population>>,
    escrows: BTreeMap<String, Escrow>,
    held_back: BTreeSet<String>,
    quarantine: Option<Quarantine>,
    deletes_allowed: bool,
    escrows_pruned: bool,
    halt: Option<Halt>,
    last: Option<DateTime>,
}

/// Why a job starts no cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Halt {
    Paused,
    Disabled,
}

/// The state of a job (Graph `synchronizationStatusCode`; Disabled is what four weeks of quarantine
/// end in).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// No cycle has ended yet.
    NotRun,
    /// Cycles run back to back.
    Active,
    /// An administrator stopped it, or too many objects failed in the initial cycle.
    Paused,
    /// Cycles run at growing distances until one succeeds.
    Quarantine,
    /// More than four weeks in quarantine: it starts no more by itself.
    Disabled,
}

/// What a restart forgets (Graph `resetScope`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reset {
    /// The portal's "Restart provisioning": watermark, escrows and quarantine; the links stay.
    Usual,
    /// `Full`: the links too, so that everyone is matched again.
    Full,
}

impl Job {
    /// A job that has not run. At most `pace` requests are open at once.
    pub fn new(
        configuration: Configuration,
        endpoint: Endpoint,
        wire: WireForm,
        pace: usize,
    ) -> Self {
        Self {
            configuration,
            endpoint,
            wire,
            pace,
            links: BTreeMap::new(),
            watermark: None,
            escrows: BTreeMap::new(),
            held_back: BTreeSet::new(),
            quarantine: None,
            deletes_allowed: false,
            escrows_pruned: false,
            halt: None,
            last: None,
        }
    }

    /// The same job with links that are known from elsewhere: directory id to the application's id.
    #[must_use]
    pub fn linked(self, links: BTreeMap<String, String>) -> Self {
        Self { links, ..self }
    }

    /// Its state.
    pub fn status(&self) -> Status {
        match (self.halt, &self.quarantine, self.last) {
            (Some(Halt::Paused), ..) => Status::Paused,
            (Some(Halt::Disabled), ..) => Status::Disabled,
            (None, Some(_), _) => Status::Quarantine,
            (None, None, None) => Status::NotRun,
            (None, None, Some(_)) => Status::Active,
        }
    }

    /// Why it is in quarantine, since when, and when it tries again.
    pub fn quarantine(&self) -> Option<&Quarantine> {
        self.quarantine.as_ref()
    }

    /// The objects that failed and wait for another attempt, by directory id.
    pub fn escrows(&self) -> &BTreeMap<String, Escrow> {
        &self.escrows
    }

    /// Whether failures of an initial cycle were dropped because there were too many.
    pub fn escrows_pruned(&self) -> bool {
        self.escrows_pruned
    }

    /// The application's objects that the job manages: directory id to the application's id.
    pub fn links(&self) -> &BTreeMap<String, String> {
        &self.links
    }

    /// Leavers whose disable or delete waits for an administrator (`StagedDelete` in the log).
    pub fn held_back(&self) -> &BTreeSet<String> {
        &self.held_back
    }

    /// Whether the next cycle looks at everyone.
    pub fn is_next_initial(&self) -> bool {
        self.watermark.is_none()
    }

    /// When the next cycle starts; nothing while the job is stopped, and where it never ran, at once.
    pub fn due(&self) -> Option<DateTime> {
        match (self.halt, &self.quarantine, self.last) {
            (Some(_), ..) => None,
            (None, Some(quarantine), _) => Some(quarantine.next_attempt),
            (None, None, Some(last)) => Some(later(last, INTERVAL)),
            (None, None, None) => Some(DateTime::from_unix_milliseconds(i64::MIN)),
        }
    }

    /// The next cycle, which writes; nothing while the job is stopped.
    ///
    /// It is an initial one where there is no watermark, and else looks at what changed since.
    /// Show it to [`Job::finish`] when it is over.
    pub fn begin(&self, directory: &Arc<Directory>, ambient: Ambient) -> Option<Cycle> {
        let cycle = self.preview(directory, ambient)?;
        Some(Cycle { permit: Some(WritePermit::granted()), ..cycle })
    }

    /// The next cycle as a preview: it only asks, and [`Job::finish`] is not told.
    pub fn preview(&self, directory: &Arc<Directory>, ambient: Ambient) -> Option<Cycle> {
        if self.halt.is_some() {
            return None;
        }
        let (directory, purged) = match &self.watermark {
            Some(earlier) => {
                since::with_purged(directory, earlier, |id| self.links.contains_key(id))
            }
            None => (Arc::clone(directory), BTreeSet::new()),
        };
        let due = self.escrows.iter().filter(|(_, escrow)| escrow.next_attempt <= ambient.now);
        let retried = due.map(|(id, _)| id).chain(&self.held_back).cloned().collect();
        let waiting = |id: &String| {
            self.escrows.get(id).is_some_and(|escrow| escrow.next_attempt > ambient.now)
        };
        let purged_and_waiting = purged.iter().filter(|id| waiting(id)).cloned().collect();
        let since = Since {
            earlier: self.watermark.clone(),
            retried,
            purged,
            waiting: purged_and_waiting,
            deletes_allowed: self.deletes_allowed,
        };
        let population = Population::new(self.configuration.clone(), directory, ambient);
        let known = Known::Links(self.links.clone());
        let cycle = Cycle::new(population, self.endpoint.clone(), self.wire, known, self.pace);
        Some(cycle.continuing(since))
    }

    /// Takes over what a cycle of this job did, at the time at which it ended.
    pub fn finish(&mut self, cycle: &Cycle, now: DateTime) {
        let was_initial = self.watermark.is_none();
        self.links = cycle.links();
        self.deletes_allowed = false;
        self.last = Some(now);
        let references = cycle.failed_references();
        self.note_outcomes(cycle.outcomes(), &references, now);
        self.escrows.retain(|_, escrow| !escrow.is_given_up(now));
        if cycle.failure().is_none() {
            self.forget_the_gone(cycle);
        }
        let failures = quarantine::failures(cycle.outcomes(), references.len());
        let reason = match (cycle.failure(), was_initial) {
            (Some(_), _) => Some(QuarantineReason::EncounteredQuarantineException),
            (None, true) => None,
            (None, false) => failures.reason(),
        };
        if was_initial && cycle.failure().is_none() && failures.reason().is_some() {
            self.escrows.clear();
            self.escrows_pruned = true;
            self.halt = Some(Halt::Paused);
        }
        if cycle.failure().is_none() {
            self.watermark = Some(Arc::clone(&cycle.population));
        }
        let too_many = !self.held_back.is_empty();
        let reason = reason.or(too_many.then_some(QuarantineReason::TooManyDeletes));
        self.quarantine = reason.map(|reason| match &self.quarantine {
            Some(earlier) => earlier.again(reason, now),
            None => Quarantine::new(reason, now),
        });
        if self.quarantine.as_ref().is_some_and(|quarantine| quarantine.is_over(now)) {
            self.halt = Some(Halt::Disabled);
        }
    }

    /// Takes another configuration. Where mappings or filters differ, the next cycle is an initial
    /// one; after another scope it takes a restart to judge those who do not change.
    pub fn configure(&mut self, configuration: Configuration) {
        let is_same = configuration.users == self.configuration.users
            && configuration.groups == self.configuration.groups;
        if !is_same {
            self.watermark = None;
        }
        self.configuration = configuration;
    }

    /// "Restart provisioning", or its counterpart in Graph that forgets the links too.
    pub fn restart(&mut self, reset: Reset) {
        self.watermark = None;
        self.escrows.clear();
        self.escrows_pruned = false;
        if reset == Reset::Full {
            self.links.clear();
        }
        self.start();
    }

    /// Start: it goes on where it stopped, and a quarantine is lifted.
    pub fn start(&mut self) {
        self.quarantine = None;
        self.halt = None;
    }

    /// Pause: the running cycle ends, and no other begins.
    pub fn pause(&mut self) {
        self.halt = Some(Halt::Paused);
    }

    /// "Allow deletes" (Graph `ForceDeletes`): the next cycle carries out what was held back.
    pub fn allow_deletes(&mut self) {
        self.deletes_allowed = true;
    }

    fn note_outcomes(
        &mut self,
        outcomes: &[Outcome],
        references: &BTreeMap<String, ErrorCode>,
        now: DateTime,
    ) {
        for outcome in outcomes {
            let failure = match &outcome.action {
                Action::Conflict { code, .. } | Action::Error { code, .. } => Some(code),
                _ => references.get(&outcome.source_id),
            };
            match failure {
                Some(code) => self.escrow(&outcome.source_id, *code, now),
                None => {
                    self.escrows.remove(&outcome.source_id);
                }
            }
        }
    }

    /// After a whole cycle only those are held back whom it held back, and only those fail whom the
    /// directory or the application still knows.
    fn forget_the_gone(&mut self, cycle: &Cycle) {
        let held = |outcome: &&Outcome| outcome.state == OutcomeState::HeldBack;
        let held_back = cycle.outcomes().iter().filter(held);
        self.held_back = held_back.map(|outcome| outcome.source_id.clone()).collect();
        self.escrows.retain(|id, _| cycle.population.position(id).is_some());
    }

    fn escrow(&mut self, id: &str, code: ErrorCode, now: DateTime) {
        let escrow = match self.escrows.get(id) {
            Some(earlier) => earlier.again(code, now),
            None => Escrow::new(code, now),
        };
        self.escrows.insert(id.to_owned(), escrow);
    }
}

/// A time some minutes later.
fn later(from: DateTime, minutes: i64) -> DateTime {
    let milliseconds = minutes.saturating_mul(60_000);
    DateTime::from_unix_milliseconds(from.unix_milliseconds().saturating_add(milliseconds))
}

/// Whole minutes between two times.
fn minutes_between(from: DateTime, to: DateTime) -> i64 {
    to.unix_milliseconds().saturating_sub(from.unix_milliseconds()) / 60_000
}
