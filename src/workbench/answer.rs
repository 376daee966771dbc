//! Questions to the worker that follow what is typed: one is open at a time, and an answer to an
//! earlier one is dropped.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use crate::wizard::Wizard;
use crate::worker::message::{Answer, Ask, BenchAnswer, BenchAsk, SurveyQuery, Surveyed};

/// Asks once.
pub(super) async fn ask(wizard: Wizard, question: BenchAsk) -> Option<BenchAnswer> {
    match wizard.worker.ask(Ask::Bench(question)).await {
        Ok(Answer::Bench(answer)) => Some(answer),
        _ => None,
    }
}

/// A question, and the number of the worker's view that it is asked of: other people, or another
/// draft, make it another question.
pub(super) type Question = Option<(BenchAsk, u32)>;

/// The answer to a question that changes. While another one is awaited, or there is no question,
/// the former answer stays.
pub(super) fn answered<A: Send + Sync + 'static>(
    wizard: Wizard,
    question: Memo<Question>,
    read: fn(BenchAnswer) -> Option<A>,
) -> RwSignal<Option<A>> {
    let answer = RwSignal::new(None);
    let (asking, again) = (StoredValue::new(false), StoredValue::new(false));
    Effect::new(move |_| {
        question.track();
        if asking.get_value() {
            return again.set_value(true);
        }
        asking.set_value(true);
        spawn_local(async move {
            loop {
                let _ = again.try_set_value(false);
                let Some(Some(asked)) = question.try_get_untracked() else { break };
                let told = ask(wizard, asked.0.clone()).await;
                // Another question has overtaken this one, or the screen has gone.
                let is_current = question.try_get_untracked().flatten() == Some(asked);
                if let Some(told) = told.and_then(read)
                    && is_current
                {
                    let _ = answer.try_set(Some(told));
                }
                if again.try_get_value() != Some(true) {
                    break;
                }
            }
            let _ = asking.try_set_value(false);
        });
    });
    answer
}

/// A survey of everybody that follows its question.
#[derive(Clone, Copy)]
pub(super) struct Surveying {
    /// How far it is.
    pub(super) progress: RwSignal<Surveyed>,
    /// The question whose survey is at its end: its groups can be asked for. The number changes
    /// with every survey, so that the same question over other people is another one.
    pub(super) ended: RwSignal<Option<(SurveyQuery, u32)>>,
    /// A survey goes on.
    pub(super) is_running: RwSignal<bool>,
}

impl Surveying {
    /// Surveys everybody, and again whenever the question changes.
    pub(super) fn of(wizard: Wizard, question: Memo<Option<SurveyQuery>>) -> Self {
        let surveying = Self {
            progress: RwSignal::default(),
            ended: RwSignal::new(None),
            is_running: RwSignal::new(false),
        };
        let round = StoredValue::new(0_u32);
        Effect::new(move |_| {
            let view = wizard.view.get();
            let Some(asked) = question.get() else { return };
            round.update_value(|round| *round = round.wrapping_add(1));
            let mine = round.get_value();
            let is_current = move || round.try_get_value() == Some(mine);
            surveying.is_running.set(true);
            spawn_local(async move {
                while is_current() {
                    let told = ask(wizard, BenchAsk::Survey(asked.clone())).await;
                    let Some(BenchAnswer::Survey(told)) = told else { break };
                    if is_current() && surveying.hear(told, &asked, view) {
                        break;
                    }
                }
            });
        });
        surveying
    }

    /// Takes a step's answer; whether it was the last step.
    fn hear(self, told: Surveyed, asked: &SurveyQuery, view: u32) -> bool {
        let is_done = told.done == told.total;
        self.progress.set(told);
        if is_done {
            self.is_running.set(false);
            self.ended.set(Some((asked.clone(), view)));
        }
        is_done
    }
}
