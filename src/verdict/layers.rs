//! One finding per layer of a connection test: what was seen there, the rule, and the repair.

use scim::answer::{self, ProtocolError};

mod passing;

use super::trace::Trace;
use super::trial::{Answer, Question, Trial};
use super::{Verdict, discovery, granting, judge};
use crate::draft::Route;
use crate::worker::message::{FaultKind, WireFault};
use passing::Passing;

/// What a request passes on its way, in the order in which it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The way that was chosen.
    Route,
    /// The access token, where one is fetched.
    Grant,
    /// The host's name.
    Name,
    /// The connection.
    Tcp,
    /// Its encryption.
    Tls,
    /// Whether the answer is somewhere else.
    Redirect,
    /// The status.
    Status,
    /// The label of the body.
    MediaType,
    /// Whether the body can be read.
    Json,
    /// Whether it is a list.
    List,
    /// Whether it holds what was asked for.
    Filter,
    /// What the service says it can do.
    Configuration,
    /// Which types of resources it names.
    ResourceTypes,
    /// Which schemas it names.
    Schemas,
}

/// How a layer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Good,
    /// Works, and is worth a look.
    Doubtful,
    /// Here the test failed.
    Failed,
    /// This route does not show it.
    Unseen,
    /// The test did not come so far.
    Unreached,
    /// The answer is awaited.
    Awaited,
}

impl State {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Doubtful => "look here",
            Self::Failed => "failed",
            Self::Unseen => "not seen",
            Self::Unreached => "not reached",
            Self::Awaited => "awaited",
        }
    }
}

/// What was found at a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Where.
    pub layer: Layer,
    /// How it did.
    pub state: State,
    /// What was seen.
    pub seen: String,
    /// What to do, where something is to be done.
    pub repair: String,
    /// How long it took, where that is known.
    pub ms: Option<f64>,
}

impl Finding {
    pub(in crate::verdict) fn new(layer: Layer, state: State, seen: impl Into<String>) -> Self {
        Self { layer, state, seen: seen.into(), repair: String::new(), ms: None }
    }

    pub(in crate::verdict) fn repaired(self, repair: impl Into<String>) -> Self {
        Self { repair: repair.into(), ..self }
    }

    pub(in crate::verdict) fn after(self, ms: Option<f64>) -> Self {
        Self { ms, ..self }
    }
}

/// The layers of Entra's own question.
const WAY: [Layer; 10] = [
    Layer::Route,
    Layer::Name,
    Layer::Tcp,
    Layer::Tls,
    Layer::Redirect,
    Layer::Status,
    Layer::MediaType,
    Layer::Json,
    Layer::List,
    Layer::Filter,
];

/// What is known of each layer by now; `now` in milliseconds since 1970.
pub fn findings(trial: &Trial, is_over: bool, now: f64) -> Vec<Finding> {
    let mut found = match trial.answer(Question::Nobody) {
        None => {
            let state = if is_over { State::Unreached } else { State::Awaited };
            WAY.map(|layer| Finding::new(layer, state, "")).to_vec()
        }
        Some(answer) => way(trial, answer, now),
    };
    if let Some(granted) = granting::finding(trial, is_over) {
        found.insert(1, granted);
    }
    found.extend(discovery::findings(trial, is_over));
    found
}

fn way(trial: &Trial, answer: &Answer, now: f64) -> Vec<Finding> {
    let verdict = judge(answer);
    let stop = stop(answer, trial.route);
    let headers = match answer {
        Ok(response) => &response.headers,
        Err(fault) => &fault.trace,
    };
    let trace = Trace::of(headers);
    let asked = trial.asked(Question::Nobody);
    let passing = Passing {
        route: trial.route,
        relay: &trial.relay,
        is_silent: trial.silent_proxy().is_some(),
        uri: asked.map(|asked| asked.request.uri.as_str()).unwrap_or_default(),
        response: answer.as_ref().ok(),
        fault: answer.as_ref().err(),
        trace: &trace,
        now,
        ms: asked.and_then(|asked| asked.ms),
    };
    let layer = |layer| match stop {
        Some(at) if at == layer => {
            let Verdict { text, repair, .. } = &verdict;
            let seen = match trace.first_byte.filter(|_| layer == Layer::Status) {
                Some(ms) => format!("{text} First byte of the answer after {ms:.0} ms."),
                None => text.clone(),
            };
            Finding::new(layer, State::Failed, seen).repaired(*repair).after(passing.time(layer))
        }
        Some(at) if at < layer => passing.beyond(layer),
        _ => passing.passed(layer),
    };
    WAY.map(layer).to_vec()
}

/// The layer at which a test failed; none where it did not.
fn stop(answer: &Answer, route: Route) -> Option<Layer> {
    let response = match answer {
        Ok(response) => response,
        Err(fault) => return Some(stopped(fault, route)),
    };
    Some(match answer::list(&response.to_http()) {
        Ok(list) if list.total_results == 0 && list.resources.is_empty() => return None,
        Ok(_) => Layer::Filter,
        Err(ProtocolError::Redirect { .. }) => Layer::Redirect,
        Err(ProtocolError::Html { .. }) => Layer::MediaType,
        Err(ProtocolError::Empty | ProtocolError::Unreadable(_)) => Layer::Json,
        Err(ProtocolError::NotAList { .. } | ProtocolError::NotAResource { .. }) => Layer::List,
        Err(_) => Layer::Status,
    })
}

fn stopped(fault: &WireFault, route: Route) -> Layer {
    match fault.kind {
        FaultKind::NoRelay
        | FaultKind::RelayAway
        | FaultKind::RelayKey
        | FaultKind::NotAllowed
        | FaultKind::Cors => Layer::Route,
        FaultKind::NoAccess => Layer::Grant,
        FaultKind::Name => Layer::Name,
        FaultKind::Refused => Layer::Tcp,
        FaultKind::Tls => Layer::Tls,
        FaultKind::Broken => Layer::Json,
        FaultKind::Cancelled => Layer::Status,
        // The relay tells what it had reached when the time was over.
        FaultKind::Timeout => match Trace::of(&fault.trace) {
            Trace { is_told: true, name: None, .. } => Layer::Name,
            Trace { is_told: true, connect: None, first_byte: None, .. }
                if route == Route::Relay =>
            {
                Layer::Tcp
            }
            _ => Layer::Status,
        },
    }
}

#[cfg(test)]
mod tests;
