//! Begins a preview that plans everybody at once, and takes its turns.

use std::sync::Arc;

use provisioning::cycle::Known;
use scim::endpoint::Endpoint;

use super::super::{Desk, Planning};
use super::Turn;
use crate::draft::Route;
use crate::worker::message::{Answer, Progress, Steps};

/// So many people get their accounts in the sandbox in one turn.
const SEEDED: usize = 250;

impl Desk {
    /// Begins to plan everybody at once; false where each person is to be asked for, and where the
    /// pipeline cannot take the configuration.
    pub(in super::super) fn begin_planning(&mut self, endpoint: &Endpoint, known: &Known) -> bool {
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
    pub(in super::super) fn next_planned(&mut self) -> Answer {
        let Some(mut planning) = self.planning.take() else {
            return Answer::Blocked("the people have changed; begin again".to_owned());
        };
        let is_in_sandbox = self.draft.connection.route == Route::Sandbox;
        if is_in_sandbox
            && self.opened.is_none()
            && !planning.is_over()
            && let Some((done, total)) = self.fill(SEEDED)
        {
            self.planning = Some(planning);
            let phase = "Filling the sandbox".to_owned();
            let progress = Progress { phase, done, total, ..Progress::default() };
            return Answer::Steps(Steps { progress, ..Steps::default() });
        }
        match planning.turn() {
            Turn::Steps(steps) => {
                self.planning = Some(planning);
                Answer::Steps(steps)
            }
            Turn::AskEach(why) => self.ask_each(why),
        }
    }

    /// Whether what a preview asks next can be asked of the sandbox without the page: it plans
    /// everybody at once, in a sandbox that behaves and has answered before. What misbehaves does so
    /// over the wire: it may be slow, or lose an answer.
    pub fn asks_sandbox_itself(&self) -> bool {
        self.draft.connection.route == Route::Sandbox
            && self.quirks.is_empty()
            && self.planning.as_ref().is_some_and(Planning::has_answered)
    }
}
