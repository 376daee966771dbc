//! The client of the worker: a question goes out, its answer comes back, in any order.
//!
//! The population and the engine live in a Web Worker, so that the page never waits for them; the
//! sandbox lives in another one, so that neither of the two waits for the other.

use leptos::prelude::*;
use web_sys::File;

pub mod desk;
pub mod message;
pub mod provider;
pub mod room;

use crate::line::Line;
use message::{Answer, Ask};

/// The worker has ended, or could not be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone;

/// A handle that every component may copy.
#[derive(Clone, Copy)]
pub struct Client {
    line: StoredValue<Option<Line<Answer>>, LocalStorage>,
    gone: RwSignal<bool>,
}

impl Default for Client {
    /// No worker yet.
    fn default() -> Self {
        Self { line: StoredValue::new_local(None), gone: RwSignal::new(false) }
    }
}

impl Client {
    /// Starts the worker.
    pub fn start(self) {
        let line = Line::start("worker", move || self.gone.set(true));
        self.gone.set(line.is_none());
        self.line.set_value(line);
    }

    /// Whether the worker has ended.
    pub fn is_gone(self) -> bool {
        self.gone.get()
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// [`Gone`] where the worker has ended; only a reload starts a new one.
    pub async fn ask(self, ask: Ask) -> Result<Answer, Gone> {
        self.ask_about(ask, &[]).await
    }

    /// Asks about files, which the worker reads itself: their contents do not pass through here.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub async fn ask_about(self, ask: Ask, files: &[File]) -> Result<Answer, Gone> {
        let asked = self.line.with_value(|line| line.as_ref().map(|line| line.ask(&ask, files)));
        asked.ok_or(Gone)?.await.map_err(|_| Gone)
    }
}
