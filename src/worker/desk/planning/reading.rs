//! Everybody of the application read by pages, into the form in which accounts are compared.

use provisioning::cycle::Step;
use provisioning::cycle::roster::{self, End, Roster};
use provisioning::pipeline::{Accounts, Pipeline, Reader};
use scim::endpoint::Endpoint;

use super::super::errand::PACE;
use crate::worker::message::{Steps, WireRequest};

/// A reading of the application.
pub(super) struct Reading {
    pub(super) roster: Roster,
    pub(super) reader: Reader<Accounts>,
    /// No account, to begin with anew.
    nobody: Accounts,
    attempt: u32,
}

impl Reading {
    /// With pages that take so many requests at the most, where there is such a bound.
    pub(super) fn new(pipeline: &Pipeline, endpoint: Endpoint, most_requests: Option<u64>) -> Self {
        let roster = Roster::new(endpoint, roster::attributes(pipeline.mapper()), PACE);
        Self {
            roster: match most_requests {
                Some(most) => roster.at_most(most),
                None => roster,
            },
            reader: Reader::new(pipeline.accounts()),
            nobody: pipeline.accounts(),
            attempt: 1,
        }
    }

    /// Asks for the next pages; how the reading ended, once it has.
    pub(super) fn turn(&mut self, steps: &mut Steps) -> Option<End> {
        loop {
            self.keep();
            match self.roster.step() {
                Step::Send(exchange) => {
                    let request = WireRequest::from_http(&exchange.request);
                    steps.sends.push((exchange.id, request));
                }
                Step::Wait => return None,
                Step::Pause { seconds } => {
                    steps.pause = Some(seconds);
                    return None;
                }
                Step::Done => return self.roster.end().cloned(),
            }
        }
    }

    /// Takes over the accounts that have come; those of an earlier attempt are void.
    fn keep(&mut self) {
        let batch = self.roster.take();
        if batch.attempt != self.attempt {
            self.attempt = batch.attempt;
            self.reader = Reader::new(self.nobody.clone());
        }
        if self.reader.lines() == 0
            && !batch.accounts.is_empty()
            && let Some(total) = self.roster.read().total
        {
            self.reader.expect(usize::try_from(total).unwrap_or_default());
        }
        for account in &batch.accounts {
            self.reader.read(roster::stored::line(account).as_bytes());
            self.reader.read(b"\n");
        }
    }
}
