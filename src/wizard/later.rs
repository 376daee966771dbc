//! What the wizard does with its second module: all that needs the engine, the worker, or serde.
//!
//! The page paints with a small module. What is called through this table is linked into the
//! second one, which loads after the first paint; a direct call would pull it into the first.

use std::pin::Pin;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::Wizard;
use crate::draft::Draft;
use crate::draft::check::Checked;
use crate::project::Project;
use crate::route::Step;
use crate::standing::Standing;

/// What a call that has to wait gives back.
pub type Pending<T> = Pin<Box<dyn Future<Output = T>>>;

/// The functions of the second module.
#[derive(Clone, Copy, Debug)]
pub struct Later {
    check: fn(&Draft) -> Checked,
    standing: fn(Wizard, Step) -> Standing,
    give_people: fn(Wizard),
    take_up: fn(Wizard),
    read_project: fn(&str) -> Result<Project, String>,
    tour: fn(Wizard) -> Pending<Result<(), String>>,
}

impl Later {
    /// Named by the second module alone.
    pub const HERE: Self = Self {
        check: Draft::check,
        standing: Wizard::stands,
        give_people: Wizard::give_people,
        take_up: Wizard::take_up,
        read_project: Project::read,
        tour: |wizard| Box::pin(wizard.begin_tour()),
    };
}

impl Wizard {
    /// The second module is there: takes up the kept draft, and follows every edit from now on.
    pub fn complete(self, later: Later) {
        self.later.set(Some(later));
        (later.take_up)(self);
    }

    /// Waits until the second module is there: a click in the first moment is not lost.
    pub async fn completed(self) -> Later {
        const BEAT: u32 = 20;
        loop {
            if let Some(later) = self.later.get_untracked() {
                return later;
            }
            TimeoutFuture::new(BEAT).await;
        }
    }

    /// What checking a draft says; nothing is wrong while nobody can tell.
    pub(super) fn check(later: Option<Later>, draft: &Draft) -> Checked {
        later.map(|later| (later.check)(draft)).unwrap_or_default()
    }

    /// Where a step stands.
    pub fn standing(self, step: Step) -> Standing {
        self.later.get().map_or(Standing::Open, |later| (later.standing)(self, step))
    }

    /// Gives the worker the people that the draft names.
    pub fn load_people(self) {
        if let Some(later) = self.later.get_untracked() {
            (later.give_people)(self);
        }
    }

    /// Reads a project file's text.
    ///
    /// # Errors
    /// A sentence with the place, the rule and the repair; the draft in use is not touched.
    pub async fn read_project(self, text: &str) -> Result<Project, String> {
        (self.completed().await.read_project)(text)
    }

    /// Puts the tour in the draft's place as one step of undo, and begins its preview.
    ///
    /// # Errors
    /// A sentence on what is missing; the draft is then as it was.
    pub async fn tour(self) -> Result<(), String> {
        (self.completed().await.tour)(self).await
    }
}
