//! Requests that are ready, requests that are out, pauses, and what came back.

use std::collections::{BTreeMap, VecDeque};

use scim::answer::RetryAfter;

use super::reading::Read;
use super::step::{Exchange, TransportFault};
use super::writing::WritePermit;
use crate::report::{Answered, Exchanged, Purpose};

/// How often a request is sent again after "429 Too Many Requests" before its object fails.
/// Entra retries on its own; how often is not documented, so this is a choice.
const MOST_ATTEMPTS: u32 = 5;

/// Pauses in seconds: where the application names none, and the longest that is honoured.
const USUAL_PAUSE: u64 = 5;
const LONGEST_PAUSE: u64 = 300;

/// What a request is for, with what is needed to go on when its answer comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Errand {
    /// Asks for a value that nobody has.
    Probe,
    /// Asks for one matching value of the object at a position.
    Match(usize),
    /// Reads the linked object.
    Read(usize),
    /// Creates the object.
    Create(usize),
    /// Changes attributes of the object; more requests may follow.
    Update(usize),
    /// Deletes the object.
    Delete(usize),
    /// Reads a group with its members, to see which are missing.
    ReadMembers { group: usize, row: usize },
    /// Asks whether a reference is set; `at` is its place among those of the row.
    CheckReference { owner: usize, row: usize, at: usize },
    /// Sets references.
    WriteReference(usize),
}

/// Something that requests are sent for.
pub(super) trait Purposed {
    /// The purpose that is shown.
    fn purpose(&self) -> Purpose;
}

impl Purposed for Errand {
    fn purpose(&self) -> Purpose {
        match self {
            Self::Probe => Purpose::Probe,
            Self::Match(_) => Purpose::Match,
            Self::Read(_) => Purpose::Read,
            Self::Create(_) => Purpose::Create,
            Self::Update(_) => Purpose::Update,
            Self::Delete(_) => Purpose::Delete,
            Self::ReadMembers { .. } | Self::CheckReference { .. } => Purpose::CheckReference,
            Self::WriteReference(_) => Purpose::WriteReference,
        }
    }
}

impl Errand {
    /// The object that it concerns.
    pub(super) fn position(&self) -> Option<usize> {
        match self {
            Self::Probe => None,
            Self::Match(at)
            | Self::Read(at)
            | Self::Create(at)
            | Self::Update(at)
            | Self::Delete(at)
            | Self::WriteReference(at)
            | Self::ReadMembers { group: at, .. }
            | Self::CheckReference { owner: at, .. } => Some(*at),
        }
    }
}

/// A request on its way, or about to be.
#[derive(Clone, Debug)]
struct Message<E> {
    errand: E,
    request: http::Request<Vec<u8>>,
    attempts: u32,
}

/// An answer with what it answers.
pub(super) struct Answer<E = Errand> {
    pub(super) errand: E,
    pub(super) exchanged: Exchanged,
    pub(super) outcome: Result<http::Response<Vec<u8>>, TransportFault>,
}

/// The traffic of one cycle, or of whoever else reads from the application.
#[derive(Debug)]
pub(super) struct Traffic<E = Errand> {
    pace: usize,
    ready: VecDeque<Message<E>>,
    open: BTreeMap<u64, Message<E>>,
    pause: Option<u64>,
    sent: u64,
}

impl<E: Clone + Purposed> Traffic<E> {
    /// With at most `pace` requests out at once; one at least.
    pub(super) fn new(pace: usize) -> Self {
        Self {
            pace: pace.max(1),
            ready: VecDeque::new(),
            open: BTreeMap::new(),
            pause: None,
            sent: 0,
        }
    }

    /// Puts a question in line.
    pub(super) fn ask(&mut self, errand: E, question: Read) {
        let request = question.into_request();
        self.ready.push_back(Message { errand, request, attempts: 0 });
    }

    /// Puts a write in line, which takes a permit that previews do not have.
    pub(super) fn tell(
        &mut self,
        errand: E,
        request: http::Request<Vec<u8>>,
        _permit: &WritePermit,
    ) {
        self.ready.push_back(Message { errand, request, attempts: 0 });
    }

    /// Puts what is out back in line, as if it had not been sent: its answers will not come.
    pub(super) fn call_back(&mut self) {
        let open = std::mem::take(&mut self.open);
        self.ready.extend(open.into_values().map(|message| Message { attempts: 0, ..message }));
    }

    /// Forgets what is in line and what is out; an answer that comes all the same is nobody's.
    pub(super) fn forget(&mut self) {
        self.ready.clear();
        self.open.clear();
        self.pause = None;
    }

    /// The pause that an application asked for; it is told once.
    pub(super) fn take_pause(&mut self) -> Option<u64> {
        self.pause.take()
    }

    /// The next request in line, if one may go out now.
    pub(super) fn next(&mut self) -> Option<Exchange> {
        if self.open.len() >= self.pace {
            return None;
        }
        let mut message = self.ready.pop_front()?;
        message.attempts += 1;
        let (id, purpose, request) = (self.sent, message.errand.purpose(), message.request.clone());
        self.sent += 1;
        self.open.insert(id, message);
        Some(Exchange { id, purpose, request })
    }

    /// Whether as many requests are out as may be.
    pub(super) fn is_full(&self) -> bool {
        self.open.len() >= self.pace
    }

    /// Whether no request is out or in line.
    pub(super) fn is_idle(&self) -> bool {
        self.open.is_empty() && self.ready.is_empty()
    }

    /// How many requests were sent.
    pub(super) fn sent(&self) -> usize {
        usize::try_from(self.sent).unwrap_or(usize::MAX)
    }

    /// Takes an answer in. Nothing comes out where the id is unknown, or where the application
    /// asked to wait and the request will be sent again.
    pub(super) fn receive(
        &mut self,
        id: u64,
        outcome: Result<http::Response<Vec<u8>>, TransportFault>,
    ) -> Option<Answer<E>> {
        let message = self.open.remove(&id)?;
        if let Ok(response) = &outcome
            && response.status() == http::StatusCode::TOO_MANY_REQUESTS
            && message.attempts < MOST_ATTEMPTS
        {
            let asked = RetryAfter::of(response.headers()).and_then(RetryAfter::seconds);
            let seconds = asked.unwrap_or(USUAL_PAUSE).min(LONGEST_PAUSE);
            self.pause = Some(self.pause.unwrap_or(0).max(seconds));
            self.ready.push_front(message);
            return None;
        }
        let answer = match &outcome {
            Ok(response) => Answered::Response {
                status: response.status().as_u16(),
                body: response.body().clone(),
            },
            Err(fault) => Answered::Fault(fault.message.clone()),
        };
        let exchanged = Exchanged {
            purpose: message.errand.purpose(),
            method: message.request.method().clone(),
            uri: message.request.uri().to_string(),
            body: message.request.into_body(),
            answer,
        };
        Some(Answer { errand: message.errand, exchanged, outcome })
    }
}
