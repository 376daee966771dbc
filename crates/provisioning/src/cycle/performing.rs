//! The writes of a cycle that may write: objects at once, leavers when their number is known.

use std::num::NonZeroU32;

use scim::answer;

use super::reference::Task;
use super::step::OutcomeState;
use super::traffic::Errand;
use super::{Cycle, trouble};
use crate::planning::{Action, ActionKind, plan};
use crate::report::Purpose;

impl Cycle {
    /// Puts the writes of a verdict in line; nothing in a preview, and leavers wait.
    pub(super) fn perform(&mut self, position: usize) {
        let Some(permit) = &self.permit else { return };
        let Some(kind) = self.action_kind(position) else { return };
        match kind {
            ActionKind::Create => {
                let Some(request) = self.create_request(position) else { return };
                self.traffic.tell(Errand::Create(position), request, permit);
            }
            ActionKind::Update | ActionKind::Enable => self.begin_updates(position),
            ActionKind::Disable | ActionKind::Delete => self.leavers.push(position),
            ActionKind::Skip | ActionKind::Conflict | ActionKind::Error => {}
        }
    }

    /// Lists what is left to do when all objects exist: leavers, then references.
    pub(super) fn list_tasks(&mut self) {
        self.judge_leavers();
        self.list_references();
    }

    /// Disables or deletes an object that has left.
    pub(super) fn release(&mut self, position: usize) {
        let Some(permit) = &self.permit else { return };
        let Some(record) = self.records.get(position) else { return };
        match (self.action_kind(position), &record.target_id, self.population.object(position)) {
            (Some(ActionKind::Delete), Some(id), Some(object)) => {
                let request = self.writer.delete(object.kind, id);
                self.traffic.tell(Errand::Delete(position), request, permit);
            }
            _ => self.begin_updates(position),
        }
    }

    /// Above the threshold the writes are held back until an administrator allows them.
    fn judge_leavers(&mut self) {
        let leaves = |kind| matches!(kind, ActionKind::Disable | ActionKind::Delete);
        let count = self.outcomes.iter().filter(|each| leaves(each.action.kind())).count();
        let threshold = self.population.configuration().accidental_deletions_threshold;
        let leavers = std::mem::take(&mut self.leavers);
        let is_exceeded = |threshold: &NonZeroU32| {
            !self.since.deletes_allowed && count > threshold.get() as usize
        };
        let Some(threshold) = threshold.filter(is_exceeded) else {
            self.tasks.extend(leavers.into_iter().map(Task::Release));
            return;
        };
        let text = plan::held_back(count, threshold);
        self.findings.push(super::Finding { id: "accidental-deletions", text, objects: count });
        for position in leavers {
            self.set_state(position, OutcomeState::HeldBack);
        }
    }

    fn begin_updates(&mut self, position: usize) {
        let mut requests = self.update_requests(position, self.wire);
        requests.reverse();
        if let Some(record) = self.records.get_mut(position) {
            record.writes = requests;
        }
        self.continue_updates(position);
    }

    /// Sends the next write of an object, or notes that all are confirmed.
    fn continue_updates(&mut self, position: usize) {
        let Some(permit) = &self.permit else { return };
        let Some(record) = self.records.get_mut(position) else { return };
        match record.writes.pop() {
            Some(request) => self.traffic.tell(Errand::Update(position), request, permit),
            None => self.set_state(position, OutcomeState::Written),
        }
    }

    /// The application must answer a create with the new id.
    pub(super) fn on_created(&mut self, position: usize, response: &http::Response<Vec<u8>>) {
        match answer::resource(response) {
            Err(error) => {
                let trouble = trouble::of_answer(Purpose::Create, &error);
                self.trouble(&Errand::Create(position), trouble);
            }
            Ok(created) => {
                let Some(record) = self.records.get_mut(position) else { return };
                record.target_id = created.id().map(str::to_owned);
                record.is_managed = true;
                if let Some(outcome) = record.outcome.and_then(|at| self.outcomes.get_mut(at)) {
                    outcome.target_id = record.target_id.clone();
                }
                self.set_state(position, OutcomeState::Written);
            }
        }
    }

    /// 200 with the resource is as good as 204.
    pub(super) fn on_updated(&mut self, position: usize, response: &http::Response<Vec<u8>>) {
        match answer::nothing(response) {
            Ok(_) => self.continue_updates(position),
            Err(error) => {
                let trouble = trouble::of_answer(Purpose::Update, &error);
                self.trouble(&Errand::Update(position), trouble);
            }
        }
    }

    pub(super) fn on_deleted(&mut self, position: usize, response: &http::Response<Vec<u8>>) {
        match answer::nothing(response) {
            Ok(_) => {
                if let Some(record) = self.records.get_mut(position) {
                    record.is_managed = false;
                }
                self.set_state(position, OutcomeState::Written);
            }
            Err(error) => {
                let trouble = trouble::of_answer(Purpose::Delete, &error);
                self.trouble(&Errand::Delete(position), trouble);
            }
        }
    }

    pub(super) fn set_state(&mut self, position: usize, state: OutcomeState) {
        let at = self.records.get(position).and_then(|record| record.outcome);
        if let Some(outcome) = at.and_then(|at| self.outcomes.get_mut(at)) {
            outcome.state = state;
        }
    }

    /// The kind of the verdict on an object.
    pub(super) fn action_kind(&self, position: usize) -> Option<ActionKind> {
        self.action(position).map(Action::kind)
    }

    /// The verdict on an object.
    pub(super) fn action(&self, position: usize) -> Option<&Action> {
        let at = self.records.get(position)?.outcome?;
        self.outcomes.get(at).map(|outcome| &outcome.action)
    }
}
