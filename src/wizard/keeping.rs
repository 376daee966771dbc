//! What follows every edit: the worker judges it, and the browser keeps it over a reload.

use std::time::Duration;

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::{Test, Wizard};
use crate::draft::Draft;
use crate::project::Project;
use crate::storage::{self, Key};
use crate::worker::message::{Answer, Ask};

/// How long an edit rests before the worker and the storage hear of it.
const REST: Duration = Duration::from_millis(150);

/// How long it rests before all people are reviewed, which takes a while for many.
const LONG_REST: Duration = Duration::from_millis(500);

/// Whether the work is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saved {
    /// Nothing has been typed yet.
    #[default]
    Nothing,
    /// The draft is kept in this browser.
    Kept,
    /// It is not, and why.
    Failed(String),
}

impl Wizard {
    /// Lets the worker judge the draft as it is now.
    pub(super) fn judge(self) {
        spawn_local(self.judged());
    }

    /// Lets the worker judge the draft as it is now; an answer to an older draft is dropped. Very
    /// many people are counted in turns, and what is known after the first one is shown.
    pub(super) async fn judged(self) {
        let asked = self.draft.get_untracked();
        let Some(left) = self.judge_on(Ask::Configure(asked.clone()), &asked).await else {
            return;
        };
        self.count_by_hand(&asked).await;
        self.view.update(|view| *view = view.wrapping_add(1));
        if left > 0 {
            spawn_local(async move {
                while self.judge_on(Ask::Judge, &asked).await.is_some_and(|left| left > 0) {}
            });
        }
    }

    /// One turn of judging; how much is left of it, or nothing where another draft has overtaken.
    async fn judge_on(self, ask: Ask, asked: &Draft) -> Option<usize> {
        let Ok(Answer::Judged(judgement)) = self.worker.ask(ask).await else { return None };
        if !self.peek(|present| present == asked) {
            return None;
        }
        let left = judgement.left;
        // Until the gates are counted, the numbers before say more than none.
        if judgement.is_counted {
            self.judgement.set(Some(judgement));
        }
        Some(left)
    }

    /// Lets the worker review the draft when nothing has followed for a while. The last review
    /// stays on show until the next one is there.
    fn follow_with_review(self) {
        let timer = StoredValue::new_local(None::<TimeoutHandle>);
        Effect::watch(
            move || self.view.get(),
            move |view, _, _| {
                if let Some(earlier) = timer.try_update_value(Option::take).flatten() {
                    earlier.clear();
                }
                let view = *view;
                let rested = move || spawn_local(self.reviewed(view, false));
                timer.set_value(set_timeout_with_handle(rested, LONG_REST).ok());
            },
            false,
        );
    }

    /// Reviews everybody, however many there are.
    pub fn review_everybody(self) {
        spawn_local(self.reviewed(self.view.get_untracked(), true));
    }

    async fn reviewed(self, view: u32, everybody: bool) {
        if let Ok(Answer::Reviewed(review)) = self.worker.ask(Ask::Review { everybody }).await
            && self.view.get_untracked() == view
        {
            self.review.set(review);
        }
    }

    /// Autosave and the worker follow every edit after a short rest.
    pub(super) fn follow(self) {
        let timer = StoredValue::new_local(None::<TimeoutHandle>);
        Effect::watch(
            move || self.draft.get(),
            move |_, _, _| {
                if let Some(earlier) = timer.try_update_value(Option::take).flatten() {
                    earlier.clear();
                }
                let rested = move || {
                    timer.set_value(None);
                    self.judge();
                    self.keep();
                };
                timer.set_value(set_timeout_with_handle(rested, REST).ok());
            },
            false,
        );
        self.follow_with_review();
        // Whoever closes the page within the rest loses nothing either.
        let leaving = window_event_listener_untyped("pagehide", move |_| {
            if timer.with_value(Option::is_some) {
                self.keep();
            }
        });
        on_cleanup(move || leaving.remove());
        // What was tested is no longer what is typed.
        let connection = Memo::new(move |_| {
            self.with(|draft| {
                let connection = &draft.connection;
                (connection.tenant_url.clone(), connection.route, connection.relay.clone())
            })
        });
        Effect::watch(move || connection.get(), move |_, _, _| self.test.set(Test::None), false);
    }

    fn keep(self) {
        if !self.peek(Draft::is_begun) {
            storage::forget(Key::Draft);
            return self.saved.set(Saved::Nothing);
        }
        let kept =
            storage::save(Key::Draft, &Project::new(self.draft.get_untracked(), None).write());
        self.saved.set(kept.map_or_else(Saved::Failed, |()| Saved::Kept));
    }

    /// Takes up what an earlier visit left; a draft that cannot be read is told, not thrown away.
    pub(super) fn restore(self) {
        self.pasted.set_value(storage::load(Key::People));
        let Some(text) = storage::load(Key::Draft) else { return };
        match Project::read(&text) {
            Ok(project) => {
                self.draft.set(project.draft);
                self.saved.set(Saved::Kept);
                self.load_people();
            }
            Err(why) => {
                self.saved.set(Saved::Failed(format!("the kept draft is unreadable: {why}")))
            }
        }
    }
}
