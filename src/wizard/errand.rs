//! A cycle under way: its state, its progress, and the button that cancels it.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::Wizard;
use crate::draft::Draft;
use crate::provision::{self, Ended};
use crate::transport::Cancel;
use crate::worker::message::{Errand, Progress, Steps, Summary};

/// How far an errand is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// It has not begun.
    #[default]
    Idle,
    /// It runs.
    Running,
    /// It has ended.
    Ended(Ended),
}

/// One errand's signals.
#[derive(Clone, Copy)]
pub struct Progressing {
    /// Which errand was begun last.
    pub errand: RwSignal<Option<Errand>>,
    /// How far it is.
    pub stage: RwSignal<Stage>,
    /// What it does, and how much of it is done.
    pub progress: RwSignal<Progress>,
    /// The counts.
    pub summary: RwSignal<Summary>,
    /// The draft that it began with.
    pub basis: RwSignal<Option<Draft>>,
    /// The application has been written to since.
    pub outdated: RwSignal<bool>,
    cancel: StoredValue<Option<Cancel>, LocalStorage>,
}

impl Default for Progressing {
    fn default() -> Self {
        Self {
            errand: RwSignal::new(None),
            stage: RwSignal::default(),
            progress: RwSignal::default(),
            summary: RwSignal::default(),
            basis: RwSignal::new(None),
            outdated: RwSignal::new(false),
            cancel: StoredValue::new_local(None),
        }
    }
}

impl Progressing {
    /// Whether it runs.
    pub fn is_running(self) -> bool {
        self.stage.with(|stage| *stage == Stage::Running)
    }

    /// Whether it came to its end.
    pub fn is_done(self) -> bool {
        self.stage.with(|stage| *stage == Stage::Ended(Ended::Done))
    }

    /// Whether it came to its end, and nothing ended it before its time.
    pub fn has_succeeded(self) -> bool {
        self.is_done() && self.summary.with(|summary| summary.failure.is_none())
    }

    /// What makes its outcomes old news, for a notice.
    pub fn why_stale(self) -> String {
        let what = if self.outdated.get() { "application" } else { "configuration" };
        format!("The {what} has changed since this preview")
    }

    /// Whether there are outcomes to show.
    pub fn has_outcomes(self) -> bool {
        self.stage.with(|stage| !matches!(stage, Stage::Idle | Stage::Ended(Ended::Blocked(_))))
    }

    /// Stops it; what was found stays on show.
    pub fn cancel(self) {
        self.cancel.with_value(|cancel| {
            if let Some(cancel) = cancel {
                cancel.cancel();
            }
        });
    }

    fn hear(self, steps: Steps) {
        self.progress.set(steps.progress);
        if let Some(summary) = steps.summary {
            self.summary.set(summary);
        }
    }

    /// Begins an errand; an earlier one is cancelled.
    pub fn begin(self, wizard: Wizard, errand: Errand) {
        self.cancel();
        let cancel = Cancel::default();
        self.cancel.set_value(Some(cancel.clone()));
        self.errand.set(Some(errand.clone()));
        self.progress.set(Progress::default());
        self.summary.set(Summary::default());
        self.basis.set(Some(wizard.peek(Draft::clone)));
        self.outdated.set(false);
        if errand != Errand::Preview {
            wizard.preview.outdated.set(true);
        }
        self.stage.set(Stage::Running);
        let rate = wizard.peek(|draft| draft.connection.rate_per_second);
        let via = wizard.via(cancel.clone());
        spawn_local(async move {
            // What was edited a moment ago must not be missing from the cycle.
            wizard.judged().await;
            let ended = provision::drive(errand, via, rate, |steps| self.hear(steps)).await;
            // A later errand may have taken this one's place.
            let mine = self.cancel.with_value(|now| now.as_ref() == Some(&cancel));
            if mine {
                self.stage.set(Stage::Ended(ended));
            }
        });
    }
}
