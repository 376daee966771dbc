//! A line to a worker, and the worker's end of it: a question goes out with a number, its answer
//! comes back with it, in any order.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, Event, File, MessageEvent};
use web_sys::{Worker, WorkerOptions, WorkerType};

/// Starts the program whose name the worker bears, and keeps what is posted before it listens. The
/// address is resolved beside whoever starts it.
const LOADER: &str = "./worker-boot.js";

/// The asker's end. Copies speak to the same worker.
pub struct Line<A> {
    worker: Worker,
    open: Rc<RefCell<Open<A>>>,
}

/// Who waits for which answer.
struct Open<A> {
    waiting: BTreeMap<u32, oneshot::Sender<A>>,
    next: u32,
    is_lost: bool,
}

impl<A> Clone for Line<A> {
    fn clone(&self) -> Self {
        Self { worker: self.worker.clone(), open: Rc::clone(&self.open) }
    }
}

impl<A: DeserializeOwned + 'static> Line<A> {
    /// Starts a program in a worker of its own; nothing where the browser does not. `lost` is called
    /// when the worker ends by a fault: then whoever waits, waits no more.
    pub fn start(program: &str, lost: impl Fn() + 'static) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(program);
        let worker = Worker::new_with_options(LOADER, &options).ok()?;
        let open = Open { waiting: BTreeMap::new(), next: 0, is_lost: false };
        let open = Rc::new(RefCell::new(open));
        let waiting = Rc::clone(&open);
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(text) = event.data().as_string() else { return };
            let Ok((id, answer)) = serde_json::from_str::<(u32, A)>(&text) else { return };
            let asked = waiting.borrow_mut().waiting.remove(&id);
            if let Some(asked) = asked {
                // Whoever asked may have gone: then the answer is nobody's.
                let _ = asked.send(answer);
            }
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let waiting = Rc::clone(&open);
        let failed = Closure::<dyn Fn(Event)>::new(move |_| {
            let mut open = waiting.borrow_mut();
            open.is_lost = true;
            open.waiting.clear();
            drop(open);
            lost();
        });
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        // The worker lives as long as whoever started it, and so do its two listeners.
        heard.forget();
        failed.forget();
        Some(Self { worker, open })
    }

    /// Asks at once; the answer comes through what is given back, or a cancellation where the worker
    /// has ended. Files go along by reference.
    pub fn ask(&self, question: &impl Serialize, files: &[File]) -> oneshot::Receiver<A> {
        let (sender, receiver) = oneshot::channel();
        let mut open = self.open.borrow_mut();
        let id = open.next;
        open.next = open.next.wrapping_add(1);
        if open.is_lost {
            return receiver;
        }
        if let Ok(question) = serde_json::to_string(&(id, question)) {
            let question = std::iter::once(JsValue::from_str(&question));
            let message: Array = question.chain(files.iter().map(JsValue::from)).collect();
            if self.worker.post_message(&message).is_ok() {
                open.waiting.insert(id, sender);
            }
        }
        receiver
    }
}

/// Where an answer goes.
pub struct Reply {
    asker: DedicatedWorkerGlobalScope,
    id: u32,
}

impl Reply {
    /// Sends the answer.
    pub fn give(self, answer: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(&(self.id, answer)) {
            // Posting a string cannot fail: it needs no structured clone of an object.
            let _ = self.asker.post_message(&JsValue::from_str(&text));
        }
    }
}

/// The worker's end: hears every question, with the files that came along.
pub fn listen<Q: DeserializeOwned + 'static>(heard: impl Fn(Q, Vec<File>, Reply) + 'static) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let asker = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Ok(message) = event.data().dyn_into::<Array>() else { return };
        let Some(text) = message.get(0).as_string() else { return };
        let Ok((id, question)) = serde_json::from_str::<(u32, Q)>(&text) else { return };
        let files = message.iter().filter_map(|part| part.dyn_into().ok()).collect();
        heard(question, files, Reply { asker: asker.clone(), id });
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}
