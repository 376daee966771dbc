//! One list of outcomes: what is looked for in it, what of it is on show, who is marked and who is
//! opened.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::report;
use crate::ui::{CHUNK, chunk_from};
use crate::wizard::Wizard;
use crate::wizard::errand::Progressing;
use crate::worker::message::{
    Answer, Ask, Errand, OutcomeColumn, OutcomeQuery, OutcomeRow, Report, Slice,
};

/// What was asked of the worker; an answer to an earlier question is dropped.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    pub(super) errand: Errand,
    pub(super) query: OutcomeQuery,
}

/// One list of outcomes.
#[derive(Clone, Copy)]
pub(super) struct Listing {
    pub(super) wizard: Wizard,
    pub(super) progressing: Progressing,
    /// What is looked for, and in which order; the slice is the table's.
    pub(super) wanted: RwSignal<OutcomeQuery>,
    /// The first row that the table wants.
    pub(super) from: RwSignal<usize>,
    pub(super) slice: RwSignal<Slice<OutcomeRow>>,
    /// The ids of those who are marked.
    pub(super) marked: RwSignal<BTreeSet<String>>,
    /// The columns that are left out.
    pub(super) hidden: RwSignal<Vec<&'static str>>,
    /// The row that is opened, by its place in the list.
    pub(super) opened: RwSignal<Option<usize>>,
    pub(super) story: RwSignal<Option<Report>>,
}

impl Listing {
    pub(super) fn new(progressing: Progressing) -> Self {
        let listing = Self {
            wizard: Wizard::here(),
            progressing,
            wanted: RwSignal::default(),
            from: RwSignal::new(0),
            slice: RwSignal::default(),
            marked: RwSignal::default(),
            hidden: RwSignal::default(),
            opened: RwSignal::new(None),
            story: RwSignal::new(None),
        };
        listing.follow_rows();
        listing.follow_opened();
        listing
    }

    /// The rows follow the filters, the table's window, and the cycle as it goes on. One question
    /// is open at a time: fast scrolling asks for where it ends, not for every stop.
    fn follow_rows(self) {
        let question = Memo::new(move |_| self.question());
        let (asking, again) = (StoredValue::new(false), StoredValue::new(false));
        Effect::new(move |_| {
            self.progressing.summary.track();
            self.progressing.stage.track();
            question.track();
            if asking.get_value() {
                return again.set_value(true);
            }
            asking.set_value(true);
            spawn_local(async move {
                loop {
                    let _ = again.try_set_value(false);
                    self.ask_rows(question).await;
                    // Nothing comes out once the screen has gone.
                    if again.try_get_value() != Some(true) {
                        break;
                    }
                }
                let _ = asking.try_set_value(false);
            });
        });
    }

    async fn ask_rows(self, question: Memo<Option<Question>>) {
        let Some(asked) = question.try_get_untracked().flatten() else { return };
        let ask = Ask::Outcomes(asked.errand.clone(), asked.query.clone());
        let answer = self.wizard.worker.ask(ask).await;
        // Another question has overtaken this one, or the screen has gone.
        let is_current = question.try_get_untracked().flatten() == Some(asked);
        if let Ok(Answer::Outcomes(slice)) = answer
            && is_current
        {
            self.slice.set(slice);
        }
    }

    fn question(self) -> Option<Question> {
        let query =
            OutcomeQuery { from: chunk_from(self.from.get()), count: CHUNK, ..self.wanted.get() };
        Some(Question { errand: self.progressing.errand.get()?, query })
    }

    /// The story follows the row that is opened; until it is there, the former one stays.
    fn follow_opened(self) {
        Effect::new(move |_| {
            let Some(at) = self.opened.get() else { return self.story.set(None) };
            spawn_local(async move {
                let story = self.read(at).await;
                if self.opened.try_get_untracked().flatten() == Some(at) {
                    self.story.set(story);
                }
            });
        });
    }

    async fn read(self, at: usize) -> Option<Report> {
        let question = untrack(|| self.question())?;
        let query = OutcomeQuery { from: at, count: 1, ..question.query };
        let ask = Ask::Outcomes(question.errand.clone(), query);
        let Ok(Answer::Outcomes(slice)) = self.wizard.worker.ask(ask).await else { return None };
        report(self.wizard, question.errand, slice.rows.into_iter().next()?.id).await
    }

    pub(super) fn is_filtered(self) -> bool {
        self.wanted.with(OutcomeQuery::is_narrow)
    }

    /// Everybody again; the order stays.
    pub(super) fn clear_filters(self) {
        self.wanted.update(|wanted| {
            *wanted = OutcomeQuery { sort: wanted.sort, ..OutcomeQuery::default() };
        });
    }

    /// Sorts by a column, the other way round when it is pressed again, and not at all after that.
    pub(super) fn sort_by(self, column: OutcomeColumn) {
        self.wanted.update(|wanted| {
            wanted.sort = match wanted.sort {
                Some((now, false)) if now == column => Some((column, true)),
                Some((now, true)) if now == column => None,
                _ => Some((column, false)),
            };
        });
    }

    /// Marks a row, or takes its mark away.
    pub(super) fn mark(self, id: &str) {
        self.marked.update(|marked| {
            if !marked.remove(id) {
                marked.insert(id.to_owned());
            }
        });
    }
}

/// Puts a word into a list of those that are wanted, or takes it out.
pub(super) fn switch(words: &mut Vec<String>, word: &str) {
    match words.iter().position(|known| known == word) {
        Some(at) => drop(words.remove(at)),
        None => words.push(word.to_owned()),
    }
}
