//! The cycles under way: begun, asked for their next requests, given the answers.

use provisioning::cycle::{Cycle, Known, Phase, Step, TransportFault, TransportFaultKind};
use scim::endpoint::Endpoint;
use scim::patch::entra::WireForm;

use super::sheet::Sheet;
use super::{Desk, View};
use crate::draft::Route;
use crate::worker::message::{
    Answer, Errand, FaultKind, Progress, Steps, WireFault, WireRequest, WireResponse,
};

/// Requests that may be open at once: what a browser opens to one host.
pub(super) const PACE: usize = 6;

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

    /// Hands an answer to its cycle, and tells what is to be sent next.
    pub(super) fn receive(
        &mut self,
        errand: &Errand,
        id: u64,
        answer: Result<WireResponse, WireFault>,
    ) -> Answer {
        self.deliver(errand, id, answer);
        self.next(errand)
    }

    /// Hands an answer to its cycle.
    pub fn deliver(&mut self, errand: &Errand, id: u64, answer: Result<WireResponse, WireFault>) {
        let answer = answer.map(|r| r.to_http()).map_err(TransportFault::from);
        match (&mut self.planning, errand) {
            (Some(planning), Errand::Preview) => planning.receive(id, answer),
            _ => {
                if let Some(running) = self.slot(errand) {
                    running.cycle.receive(id, answer);
                }
            }
        }
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
            ..Progress::default()
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
