//! The client of the worker: a question goes out, its answer comes back, in any order.
//!
//! The population and the engine live in a Web Worker, so that the page never waits for them.

use std::collections::BTreeMap;

use futures_channel::oneshot;
use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{File, MessageEvent, Worker, WorkerOptions, WorkerType};

pub mod desk;
pub mod message;

use message::{Answer, Ask};

/// The worker has ended, or could not be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone;

struct Line {
    worker: Worker,
    /// Who waits for which answer.
    waiting: BTreeMap<u32, oneshot::Sender<Answer>>,
    next: u32,
}

/// A handle that every component may copy.
#[derive(Clone, Copy)]
pub struct Client {
    line: StoredValue<Option<Line>, LocalStorage>,
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
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        match Worker::new_with_options("./worker-boot.js", &options) {
            Ok(worker) => self.connect(worker),
            Err(_) => self.gone.set(true),
        }
    }

    fn connect(self, worker: Worker) {
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                self.hear(&text);
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let on_error = Closure::<dyn Fn(web_sys::Event)>::new(move |_| self.lose());
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // The worker lives as long as the page, and so do its two listeners.
        on_message.forget();
        on_error.forget();
        // What is posted before the worker listens is kept by its loader.
        self.line.set_value(Some(Line { worker, waiting: BTreeMap::new(), next: 0 }));
    }

    fn hear(self, text: &str) {
        self.line.update_value(|line| {
            let Some(line) = line else { return };
            if let Ok((id, answer)) = serde_json::from_str::<(u32, Answer)>(text)
                && let Some(waiting) = line.waiting.remove(&id)
            {
                // Whoever asked may have gone: then the answer is nobody's.
                let _ = waiting.send(answer);
            }
        });
    }

    /// Whoever waits gets [`Gone`].
    fn lose(self) {
        self.line.set_value(None);
        self.gone.set(true);
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
        let (sender, receiver) = oneshot::channel();
        self.line
            .try_update_value(|line| {
                let line = line.as_mut()?;
                let id = line.next;
                line.next = line.next.wrapping_add(1);
                let question = serde_json::to_string(&(id, ask)).ok()?;
                line.waiting.insert(id, sender);
                let question = JsValue::from_str(&question);
                let message = files.iter().map(JsValue::from);
                let message: Array = std::iter::once(question).chain(message).collect();
                line.worker.post_message(&message).ok()
            })
            .flatten()
            .ok_or(Gone)?;
        receiver.await.map_err(|_| Gone)
    }
}
