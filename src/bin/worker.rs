//! The worker's main: a question in, an answer out, and between them the files that it asks about.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use wizard::ambient;
use wizard::download;
use wizard::worker::desk::Desk;
use wizard::worker::message::{Answer, Ask, ImportAnswer, Wanted};

/// The desk, and the files that came with the last question about files.
#[derive(Default)]
struct Room {
    desk: RefCell<Desk>,
    files: RefCell<Vec<File>>,
}

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let room = Rc::new(Room::default());
    let page = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Ok(message) = event.data().dyn_into::<Array>() else { return };
        let Some(text) = message.get(0).as_string() else { return };
        let Ok((id, ask)) = serde_json::from_str::<(u32, Ask)>(&text) else { return };
        let files: Vec<File> = message.iter().filter_map(|part| part.dyn_into().ok()).collect();
        if !files.is_empty() {
            room.files.replace(files);
        }
        let answer = room.desk.borrow_mut().answer(ask, ambient::now());
        match answer {
            Answer::Import(ImportAnswer::Wants(wanted)) => {
                let (room, page) = (room.clone(), page.clone());
                spawn_local(async move { post(&page, id, &fetched(&room, wanted).await) });
            }
            answer => post(&page, id, &answer),
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

/// Fetches pieces of files until the desk has an answer for the page.
async fn fetched(room: &Room, mut wanted: Wanted) -> Answer {
    loop {
        let file = room.files.borrow().get(wanted.file).cloned();
        let piece = match file {
            Some(file) => download::piece(&file, wanted.from, wanted.to).await,
            None => Err("the file was not handed over".to_owned()),
        };
        let piece = piece.as_deref().map_err(String::as_str);
        match room.desk.borrow_mut().bring(wanted, piece) {
            Answer::Import(ImportAnswer::Wants(next)) => wanted = next,
            answer => return answer,
        }
    }
}

fn post(page: &DedicatedWorkerGlobalScope, id: u32, answer: &Answer) {
    if let Ok(text) = serde_json::to_string(&(id, answer)) {
        // Posting a string cannot fail: it needs no structured clone of an object.
        let _ = page.post_message(&JsValue::from_str(&text));
    }
}
