//! The words between a cycle and the loop that drives it.

use std::collections::BTreeMap;

use crate::configuration::ObjectKind;
use crate::planning::{Action, ErrorCode};
use crate::report::Purpose;

/// What the job knows of the application's objects before the cycle starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing is linked: whoever is out of scope is not even looked up.
    FirstRun,
    /// The job ran before, its links are not at hand: whoever matches counts as linked.
    Linked,
    /// Links as an earlier cycle left them: source id to the application's id.
    Links(BTreeMap<String, String>),
}

/// What the driving loop does next.
#[derive(Debug)]
pub enum Step {
    /// Send this request, and hand the answer to [`super::Cycle::receive`] under its id.
    Send(Exchange),
    /// Answers are outstanding; nothing can be done before one of them arrives.
    Wait,
    /// The application asked for a pause; call [`super::Cycle::step`] again after it.
    Pause {
        /// How long, in seconds.
        seconds: u64,
    },
    /// The cycle is over, by its end or by a [`JobFailure`].
    Done,
}

/// A request to be sent; it carries no credentials.
#[derive(Debug)]
pub struct Exchange {
    /// Names the answer.
    pub id: u64,
    /// Why it is sent.
    pub purpose: Purpose,
    /// The request itself.
    pub request: http::Request<Vec<u8>>,
}

/// Nothing came back from the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportFault {
    /// What kept the answer away.
    pub kind: TransportFaultKind,
    /// The same for people.
    pub message: String,
}

/// What kept an answer away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TransportFaultKind {
    /// Nobody listens, or the name is unknown.
    Refused,
    /// No answer in time.
    Timeout,
    /// The browser kept the answer back (CORS, content security policy).
    Blocked,
    /// The relay refused or failed.
    Relay,
    /// The answer is larger than is accepted.
    TooLarge,
    /// Anything else.
    Other,
}

/// The stages of a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The probe with a value that nobody has.
    Connecting,
    /// Users are imported, judged, matched and planned (or written).
    Users,
    /// The same for groups.
    Groups,
    /// Leavers, then managers and memberships, after all objects exist.
    References,
    /// Nothing is left to do.
    Finished,
}

/// How far a cycle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The stage.
    pub phase: Phase,
    /// Objects of the stage that are done.
    pub done: usize,
    /// Objects of the stage.
    pub total: usize,
    /// Requests sent so far.
    pub requests: usize,
}

/// What ended the whole cycle: Entra would put the job into quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobFailure {
    /// Entra's error code.
    pub code: ErrorCode,
    /// What is wrong and what repairs it.
    pub text: String,
    /// Which request met it.
    pub purpose: Purpose,
}

/// Something that concerns the job and not one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A stable name: `filter-ignored`, `compared-loosely`, `accidental-deletions`,
    /// `reference-failed`.
    pub id: &'static str,
    /// What was found, in a sentence.
    pub text: String,
    /// How many objects it touches.
    pub objects: usize,
}

/// The verdict on one object.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The directory object id.
    pub source_id: String,
    /// User or group.
    pub kind: ObjectKind,
    /// What a person calls it.
    pub label: String,
    /// The application's id, where one is known.
    pub target_id: Option<String>,
    /// All three gates are passed.
    pub in_scope: bool,
    /// What is done, or would be.
    pub action: Action,
    /// Whether it has been done.
    pub state: OutcomeState,
}

/// Whether an action has been carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutcomeState {
    /// It is planned, or there is nothing to do.
    Planned,
    /// The application confirmed it.
    Written,
    /// More leavers than the threshold allows: the writes wait for an administrator.
    HeldBack,
}
