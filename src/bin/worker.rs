//! The worker's main: a question in, an answer out, and between them the files that it asks about.
//! The sandbox's worker is started when it is first needed.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::TryFutureExt;
use futures_util::future::LocalBoxFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use wizard::ambient;
use wizard::download;
use wizard::line::{self, Line, Reply};
use wizard::worker::Gone;
use wizard::worker::message::{Answer, Ask, ImportAnswer, Obeyed, Order, Wanted};
use wizard::worker::provider::Provides;
use wizard::worker::room::Room;

/// The line to the sandbox.
#[derive(Default)]
struct Provider {
    line: RefCell<Option<Line<Obeyed>>>,
}

impl Provides for Provider {
    fn order(&self, order: Order) -> LocalBoxFuture<'static, Result<Obeyed, Gone>> {
        let mut line = self.line.borrow_mut();
        if line.is_none() {
            *line = Line::start("provider", || {});
        }
        match &*line {
            Some(line) => Box::pin(line.ask(&order, &[]).map_err(|_| Gone)),
            None => Box::pin(std::future::ready(Err(Gone))),
        }
    }
}

/// The room, and the files that came with the last question about files.
#[derive(Default)]
struct Office {
    room: Room<Provider>,
    files: RefCell<Vec<File>>,
}

fn main() {
    let office = Rc::new(Office::default());
    line::listen(move |ask: Ask, files: Vec<File>, reply: Reply| {
        if !files.is_empty() {
            office.files.replace(files);
        }
        let office = Rc::clone(&office);
        spawn_local(async move {
            match office.room.answer(ask, ambient::now()).await {
                Answer::Import(ImportAnswer::Wants(wanted)) => {
                    reply.give(&fetched(&office, wanted).await);
                }
                answer => reply.give(&answer),
            }
        });
    });
}

/// Fetches pieces of files until the desk has an answer for the page.
async fn fetched(office: &Office, mut wanted: Wanted) -> Answer {
    loop {
        let file = office.files.borrow().get(wanted.file).cloned();
        let piece = match file {
            Some(file) => download::piece(&file, wanted.from, wanted.to).await,
            None => Err("the file was not handed over".to_owned()),
        };
        let piece = piece.as_deref().map_err(String::as_str);
        match office.room.desk().borrow_mut().bring(wanted, piece) {
            Answer::Import(ImportAnswer::Wants(next)) => wanted = next,
            answer => return answer,
        }
    }
}
