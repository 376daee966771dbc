//! The worker's main: a question in, an answer out.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use wizard::ambient;
use wizard::worker::desk::Desk;
use wizard::worker::message::Ask;

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let desk = RefCell::new(Desk::default());
    let page = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(text) = event.data().as_string() else { return };
        let Ok((id, ask)) = serde_json::from_str::<(u32, Ask)>(&text) else { return };
        let answer = desk.borrow_mut().answer(ask, ambient::now());
        if let Ok(text) = serde_json::to_string(&(id, answer)) {
            // Posting a string cannot fail: it needs no structured clone of an object.
            let _ = page.post_message(&JsValue::from_str(&text));
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}
