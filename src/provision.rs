//! Drives a cycle: asks the worker what to send, sends it, hands the answer back, until it is done.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use gloo_timers::future::TimeoutFuture;

use crate::ambient;
use crate::draft::Route;
use crate::transport::{self, Via};
use crate::worker::message::{Answer, Ask, Errand, Steps, WireRequest};

/// How a drive ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Nothing is left to do.
    Done,
    /// Somebody pressed Cancel; what was found is kept.
    Cancelled,
    /// The cycle could not begin, or the worker has ended; the sentence says why.
    Blocked(String),
}

/// The beat of requests that leave the device.
struct Pace {
    gap: f64,
    next: Cell<f64>,
}

impl Pace {
    fn of(via: &Via, per_second: u32) -> Self {
        // The sandbox is this page itself and needs no mercy.
        let free = via.route == Route::Sandbox || per_second == 0;
        let gap = if free { 0.0 } else { 1000.0 / f64::from(per_second) };
        Self { gap, next: Cell::new(0.0) }
    }

    /// Waits for this request's turn.
    async fn turn(&self) {
        if self.gap == 0.0 {
            return;
        }
        let now = ambient::now();
        let at = self.next.get().max(now);
        self.next.set(at + self.gap);
        if at > now {
            // A wait is below a minute's requests times the gap, far below 2^32 milliseconds.
            TimeoutFuture::new((at - now) as u32).await;
        }
    }
}

/// Runs an errand to its end; `told` hears every state of it.
pub async fn drive(errand: Errand, via: Via, per_second: u32, told: impl Fn(Steps)) -> Ended {
    let pace = Rc::new(Pace::of(&via, per_second));
    let mut answer = via.worker.ask(Ask::Begin(errand.clone())).await;
    let mut open = FuturesUnordered::new();
    loop {
        let steps = match answer {
            Ok(Answer::Steps(steps)) => steps,
            Ok(Answer::Blocked(why)) => return Ended::Blocked(why),
            _ => return Ended::Blocked("the worker has ended; load the page again".to_owned()),
        };
        let (done, pause) = (steps.done, steps.pause);
        for (id, request) in &steps.sends {
            open.push(exchange(errand.clone(), *id, request.clone(), via.clone(), pace.clone()));
        }
        told(steps);
        if let Some(seconds) = pause {
            rest(seconds, &via).await;
        }
        if via.cancel.is_cancelled() {
            if let Ok(Answer::Steps(steps)) = via.worker.ask(Ask::Stop(errand)).await {
                told(steps);
            }
            return Ended::Cancelled;
        }
        answer = match open.next().await {
            Some(answer) => answer,
            None if done => return Ended::Done,
            None => via.worker.ask(Ask::Next(errand.clone())).await,
        };
    }
}

/// Waits as long as the endpoint asks for, a minute at the most; Cancel is heard meanwhile.
async fn rest(seconds: u64, via: &Via) {
    const BEAT: u32 = 200;
    let end = ambient::now() + 1000.0 * seconds.clamp(1, 60) as f64;
    while ambient::now() < end && !via.cancel.is_cancelled() {
        TimeoutFuture::new(BEAT).await;
    }
}

async fn exchange(
    errand: Errand,
    id: u64,
    request: WireRequest,
    via: Via,
    pace: Rc<Pace>,
) -> Result<Answer, crate::worker::Gone> {
    pace.turn().await;
    let answer = transport::send(request, &via).await;
    via.worker.ask(Ask::Receive(errand, id, answer)).await
}
