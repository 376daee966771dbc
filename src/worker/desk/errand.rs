//! The cycles under way: begun, asked for their next requests, given the answers.

use std::sync::Arc;

use provisioning::cycle::{Cycle, Known, Phase, Step, TransportFault, TransportFaultKind};
use scim::endpoint::Endpoint;
use scim::patch::entra::WireForm;

use super::planning::{Planning, Turn};
use super::sheet::Sheet;
use super::{Desk, View};
use crate::draft::Route;
use crate::worker::message::{
    Answer, Errand, FaultKind, Progress, Steps, WireFault, WireRequest, WireResponse,
};

/// Requests that may be open at once: what a browser opens to one host.
pub(super) const PACE: usize = 6;

/// So many people get their accounts in the sandbox in one turn.
const SEEDED: usize = 250;

/// A summary is told with every so many requests, because it looks at everybody.
const SUMMARY_EVERY: usize = 50;

/// A cycle under way, or at its end.
pub(super) struct Running {
    pub(super) cycle: Cycle,
    /// Its end was told: late answers tell it no second time.
    is_over: bool,
    /// What was noticed before it began.
    before: Vec<String>,
    pub(super) sheet: Sheet,
}

impl Desk {
    /// Begins an errand over the draft and the people in use.
    pub(super) fn begin(&mut self, errand: Errand) -> Answer {
        let route = self.draft.connection.route;
        if errand != Errand::Preview && route != Route::Sandbox {
            return Answer::Blocked(
                "writing to a real endpoint is not part of this wizard yet; choose the sandbox in \
                 Connection"
                    .to_owned(),
            );
        }
        let known = self.known(route);
        let ambient = self.ambient();
        let View { checked, directory, .. } = self.view();
        let Some(url) = checked.tenant_url.clone() else {
            return Answer::Blocked("there is no tenant URL".to_owned());
        };
        let Some(configuration) = checked.sound().cloned() else {
            return Answer::Blocked("a mapping or a filter has a problem".to_owned());
        };
        let (people, endpoint) = (directory.clone(), Endpoint::new(url));
        if errand == Errand::Preview && self.begin_planning(&endpoint, &known) {
            return self.next_planned();
        }
        if errand == Errand::Preview && self.opened.is_some() {
            return Answer::Blocked(
                "the mapping of users cannot be planned over a file".to_owned(),
            );
        }
        self.planning = self.planning.take().filter(|_| errand != Errand::Preview);
        let wire = WireForm::Legacy;
        let cycle = match &errand {
            Errand::Preview => {
                Ok(Cycle::preview(configuration, people, endpoint, wire, known, ambient, PACE))
            }
            Errand::Cycle => self.next_cycle(configuration, &people, endpoint, ambient),
            Errand::OnDemand(id) => {
                Cycle::on_demand(configuration, people, endpoint, known, ambient, id, true)
                    .ok_or_else(|| "this person is not in the directory".to_owned())
            }
        };
        let cycle = match cycle {
            Ok(cycle) => cycle,
            Err(why) => return Answer::Blocked(why),
        };
        *self.slot(&errand) = Some(Running::of(cycle));
        self.next(&errand)
    }

    /// Begins to plan everybody at once; false where each person is to be asked for, and where the
    /// pipeline cannot take the configuration.
    fn begin_planning(&mut self, endpoint: &Endpoint, known: &Known) -> bool {
        let (users, reading) = (self.view().directory.users.len(), self.draft.connection.reading);
        let is_linked = matches!(known, Known::Links(_));
        if self.opened.is_none() && (is_linked || !reading.by_pages(users)) {
            return false;
        }
        if self.counting.is_none() {
            self.take_up();
        }
        let (Some(counting), Some(view)) = (&self.counting, &self.view) else { return false };
        let Some(pipeline) =
            counting.pipeline.clone().filter(|_| view.population.configuration().users.enabled)
        else {
            return false;
        };
        let (people, population) = (Arc::clone(&counting.people), view.population.clone());
        let (endpoint, known) = (endpoint.clone(), known.clone());
        let most = reading.most_requests(users);
        let planning = Planning::new(pipeline, people, population, endpoint, known, most);
        self.planning = Some(match &self.opened {
            Some(opened) => planning.over(opened),
            None => planning,
        });
        self.preview = None;
        true
    }

    /// The next turn of a preview that plans everybody at once.
    fn next_planned(&mut self) -> Answer {
        let Some(mut planning) = self.planning.take() else {
            return Answer::Blocked("the people have changed; begin again".to_owned());
        };
        let route = self.draft.connection.route;
        if route == Route::Sandbox
            && self.opened.is_none()
            && !planning.is_over()
            && let Some((done, total)) = self.fill_sandbox(SEEDED)
        {
            self.planning = Some(planning);
            let phase = "Filling the sandbox".to_owned();
            let progress = Progress { phase, done, total, requests: 0 };
            return Answer::Steps(Steps { progress, ..Steps::default() });
        }
        // What misbehaves does so over the wire: it may be slow, or lose an answer.
        let is_here = route == Route::Sandbox && self.quirks.is_empty();
        let turn = planning.turn(&mut |request| is_here.then(|| self.serve_to_itself(request)));
        match turn {
            Turn::Steps(steps) => {
                self.planning = Some(planning);
                Answer::Steps(steps)
            }
            Turn::AskEach(why) => self.ask_each(why),
        }
    }

    /// The application cannot be read as a whole: begins to ask for each person, as Entra does.
    pub(super) fn ask_each(&mut self, why: Vec<String>) -> Answer {
        let known = self.known(self.draft.connection.route);
        let View { checked, population, .. } = self.view();
        let Some(url) = checked.tenant_url.clone() else {
            return Answer::Blocked("there is no tenant URL".to_owned());
        };
        let (population, endpoint) = (population.clone(), Endpoint::new(url));
        let cycle = Cycle::preview_over(population, endpoint, WireForm::Legacy, known, PACE);
        self.preview = Some(Running { before: why, ..Running::of(cycle) });
        self.next(&Errand::Preview)
    }

    fn known(&self, route: Route) -> Known {
        match &self.links {
            // Links belong to the sandbox that gave them.
            Some(links) if route == Route::Sandbox => Known::Links(links.clone()),
            _ if self.draft.has_run_before => Known::Linked,
            _ => Known::FirstRun,
        }
    }

    pub(super) fn slot(&mut self, errand: &Errand) -> &mut Option<Running> {
        match errand {
            Errand::Preview => &mut self.preview,
            Errand::Cycle | Errand::OnDemand(_) => &mut self.run,
        }
    }

    /// What is to be sent now.
    pub(super) fn next(&mut self, errand: &Errand) -> Answer {
        if *errand == Errand::Preview && self.planning.is_some() {
            return self.next_planned();
        }
        let Some(running) = self.slot(errand) else {
            return Answer::Blocked("the people have changed; begin again".to_owned());
        };
        let steps = running.steps();
        let has_ended = steps.done && !std::mem::replace(&mut running.is_over, steps.done);
        if has_ended && *errand != Errand::Preview {
            self.links = self.run.as_ref().map(|running| running.cycle.links());
        }
        if has_ended && *errand == Errand::Cycle {
            self.finish_cycle();
        }
        Answer::Steps(steps)
    }

    /// Hands an answer to its cycle.
    pub(super) fn receive(
        &mut self,
        errand: &Errand,
        id: u64,
        answer: Result<WireResponse, WireFault>,
    ) -> Answer {
        let answer = answer.map(|r| r.to_http()).map_err(TransportFault::from);
        match (&mut self.planning, errand) {
            (Some(planning), Errand::Preview) => planning.receive(id, answer),
            _ => {
                if let Some(running) = self.slot(errand) {
                    running.cycle.receive(id, answer);
                }
            }
        }
        self.next(errand)
    }

    /// Ends an errand early and tells what was found until then. A cycle that has written keeps
    /// its links.
    pub(super) fn stop(&mut self, errand: &Errand) -> Answer {
        if *errand != Errand::Preview {
            self.links = self.run.as_ref().map(|running| running.cycle.links());
        } else if let Some(planning) = &mut self.planning {
            return Answer::Steps(planning.cancel());
        }
        match self.slot(errand) {
            Some(running) => Answer::Steps(Steps {
                done: true,
                progress: running.progress(),
                summary: Some(running.summary()),
                ..Steps::default()
            }),
            None => Answer::Done,
        }
    }
}

impl Running {
    pub(super) fn of(cycle: Cycle) -> Self {
        Self { cycle, is_over: false, before: Vec::new(), sheet: Sheet::default() }
    }

    /// What was noticed about the application, and before the cycle began.
    pub(super) fn findings(&self) -> Vec<String> {
        let found = self.cycle.findings().iter().map(|finding| finding.text.clone());
        self.before.iter().cloned().chain(found).collect()
    }

    pub(super) fn steps(&mut self) -> Steps {
        let mut steps = Steps::default();
        loop {
            match self.cycle.step() {
                Step::Send(exchange) => {
                    steps.sends.push((exchange.id, WireRequest::from_http(&exchange.request)));
                }
                Step::Wait => break,
                Step::Pause { seconds } => {
                    steps.pause = Some(seconds);
                    break;
                }
                Step::Done => {
                    steps.done = true;
                    break;
                }
            }
        }
        steps.progress = self.progress();
        let due = steps.progress.requests.is_multiple_of(SUMMARY_EVERY);
        steps.summary = (steps.done || due).then(|| self.summary());
        steps
    }

    pub(super) fn progress(&self) -> Progress {
        let progress = self.cycle.progress();
        Progress {
            phase: phase(progress.phase).to_owned(),
            done: progress.done,
            total: progress.total,
            requests: progress.requests,
        }
    }
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Connecting => "Testing the connection",
        Phase::Users => "Users",
        Phase::Groups => "Groups",
        Phase::References => "Managers and memberships",
        Phase::Finished => "Done",
    }
}

impl From<WireFault> for TransportFault {
    fn from(fault: WireFault) -> Self {
        let kind = match fault.kind {
            FaultKind::Refused | FaultKind::Name => TransportFaultKind::Refused,
            FaultKind::Timeout => TransportFaultKind::Timeout,
            FaultKind::Cors => TransportFaultKind::Blocked,
            FaultKind::NoRelay
            | FaultKind::RelayAway
            | FaultKind::RelayKey
            | FaultKind::NotAllowed => TransportFaultKind::Relay,
            FaultKind::Broken => TransportFaultKind::TooLarge,
            _ => TransportFaultKind::Other,
        };
        Self { kind, message: fault.message }
    }
}
