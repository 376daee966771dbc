//! The desk with the sandbox beside it: what the desk has to say to the sandbox goes there, and what
//! only those two need to know of each other never crosses the page.

use std::cell::{Cell, RefCell};

use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::FuturesUnordered;
use sandbox::Sandbox;

use super::Gone;
use super::desk::Desk;
use super::message::{
    Answer, Ask, Errand, FaultKind, Obeyed, Order, Steps, WireFault, WireRequest,
};
use super::provider::Provides;
use crate::ambient;

/// So many answers of the sandbox are taken before the page hears how far it is, and can cancel.
const ANSWERS: usize = 12;

/// So many people get their accounts in one go, before other questions are answered.
const SEEDED: usize = 250;

/// A desk and whoever passes its orders to the sandbox.
#[derive(Default)]
pub struct Room<P> {
    desk: RefCell<Desk>,
    provider: P,
    /// How many bytes of memory the sandbox's worker was given, when it last told.
    held: Cell<usize>,
    /// The last order that was passed on and asked nothing.
    told: RefCell<Option<LocalBoxFuture<'static, Result<Obeyed, Gone>>>>,
}

impl<P: Provides> Room<P> {
    /// A desk with nobody on it.
    pub fn beside(provider: P) -> Self {
        Self { desk: RefCell::default(), provider, held: Cell::new(0), told: RefCell::default() }
    }

    /// The desk, for what needs no sandbox.
    pub fn desk(&self) -> &RefCell<Desk> {
        &self.desk
    }

    /// Answers one question; `now` is the time in milliseconds since 1970.
    pub async fn answer(&self, ask: Ask, now: f64) -> Answer {
        let answered = match ask {
            Ask::Sandbox(request) => self.serve(request, now).await,
            Ask::Begin(Errand::Preview)
            | Ask::Next(Errand::Preview)
            | Ask::Receive(Errand::Preview, ..) => self.preview(ask, now).await,
            ask => {
                let answer = self.desk.borrow_mut().answer(ask, now);
                self.tell().await.map(|()| answer)
            }
        };
        match answered {
            Ok(Answer::Steps(mut steps)) => {
                steps.progress.held = ambient::held();
                steps.progress.held_by_sandbox = self.held.get();
                Answer::Steps(steps)
            }
            Ok(answer) => answer,
            Err(Gone) => {
                let why = "the sandbox's worker has ended; load the page again";
                Answer::Blocked(why.to_owned())
            }
        }
    }

    /// Passes on what the desk has to say. No more than one turn's orders are waiting at the
    /// sandbox's door: who fills it goes as fast as it does.
    async fn tell(&self) -> Result<(), Gone> {
        let mut last = None;
        for order in self.desk.borrow_mut().take_orders() {
            last = Some(self.provider.order(order));
        }
        let Some(last) = last else { return Ok(()) };
        let before = self.told.borrow_mut().replace(last);
        match before {
            Some(before) => {
                self.held.set(before.await?.held);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The sandbox's answer to a request of the page; it is filled when it is first asked.
    async fn serve(&self, request: WireRequest, now: f64) -> Result<Answer, Gone> {
        while self.desk.borrow_mut().fill_sandbox(SEEDED, now).is_some() {
            self.tell().await?;
        }
        self.tell().await?;
        let obeyed = self.provider.order(Order::Serve(request)).await?;
        self.held.set(obeyed.held);
        Ok(obeyed.served.map_or(Answer::Done, Answer::Served))
    }

    /// A turn of a preview. What it asks of a sandbox that behaves is answered here.
    async fn preview(&self, ask: Ask, now: f64) -> Result<Answer, Gone> {
        let answer = self.desk.borrow_mut().answer(ask, now);
        self.tell().await?;
        match answer {
            Answer::Steps(steps) if self.desk.borrow().asks_sandbox_itself() => {
                self.exchange(steps, now).await
            }
            answer => Ok(answer),
        }
    }

    /// Asks the sandbox until enough was answered, and no answer is outstanding.
    async fn exchange(&self, mut steps: Steps, now: f64) -> Result<Answer, Gone> {
        let mut open = FuturesUnordered::new();
        for taken in 0.. {
            for (id, request) in std::mem::take(&mut steps.sends) {
                let asked = self.provider.order(Order::Serve(as_anybody(request)));
                open.push(async move { (id, asked.await) });
            }
            let Some((id, obeyed)) = open.next().await else { break };
            let Obeyed { served, held } = obeyed?;
            self.held.set(held);
            let received = served.map(|served| served.response).ok_or_else(lost);
            let mut desk = self.desk.borrow_mut();
            if taken >= ANSWERS || steps.done || steps.pause.is_some() {
                desk.deliver(&Errand::Preview, id, received);
                continue;
            }
            let ask = Ask::Receive(Errand::Preview, id, received);
            match desk.answer(ask, now) {
                Answer::Steps(next) => steps = next,
                // What is still under way is answered to nobody.
                answer => return Ok(answer),
            }
        }
        Ok(Answer::Steps(steps))
    }
}

/// The sandbox's token is public.
fn as_anybody(mut request: WireRequest) -> WireRequest {
    let token = format!("Bearer {}", Sandbox::PUBLIC_TOKEN);
    request.headers.push(("authorization".to_owned(), token));
    request
}

fn lost() -> WireFault {
    WireFault::new(FaultKind::Broken, "the sandbox was emptied meanwhile; begin again")
}
