//! The roster: everybody whom the application holds, read by pages before a preview and judged while
//! it is read.
//!
//! Entra asks one question a person. Where an application tells the truth about its pages, reading
//! them costs a hundredth of the requests; where it does not, nothing that came may be trusted to be
//! everybody, and a [`Finding`] says so. The caller owns the network, the token, the clock and the
//! requests per second, as with a [`Cycle`](super::Cycle):
//!
//! ```text
//! loop {
//!     match roster.step() {
//!         Step::Send(exchange) => send it, later roster.receive(exchange.id, answer),
//!         Step::Wait => wait for an answer that is outstanding,
//!         Step::Pause { seconds } => the application asked for it,
//!         Step::Done => break,
//!     }
//!     let batch = roster.take();   // accounts that have come, to be kept by the caller
//! }
//! roster.end()                     // whether everybody came
//! ```
//!
//! Every request is a GET. After a failure, or where the driver was stopped, [`Roster::resume`] goes
//! on with the pages that are missing.

mod attributes;
pub mod cost;
mod finding;
mod page;
pub mod stored;

use std::collections::BTreeMap;

use scim::endpoint::{Endpoint, Search};
use scim::resource::Resource;

pub use self::attributes::attributes;
pub use self::finding::{Consequence, Finding, FindingKind};

use self::page::{Sheet, Wanted};
use super::reading::Reader;
use super::step::{JobFailure, Step, TransportFault};
use super::traffic::{Answer, Traffic};
use super::trouble::{self, Trouble};
use crate::planning::ErrorCode;
use crate::report::Purpose;

/// Users that are asked for with one request.
pub const PAGE: u64 = 100;
/// Accounts that are read at most: a total that grows for ever must not fill the memory.
const MOST_ACCOUNTS: u64 = 1_000_000;
/// How often a page is asked for that nothing usable came for; a read may be repeated.
const MOST_TRIES: u32 = 3;

/// A reading of all users of one application.
#[derive(Debug)]
pub struct Roster {
    reader: Reader,
    traffic: Traffic<Sheet>,
    question: Search,
    /// Requests that the pages may take; beyond it one question a person is cheaper.
    most_requests: Option<u64>,
    /// How often it was begun anew, from 1 on.
    attempt: u32,
    /// How the pages are laid out, once the first has come.
    layout: Option<Layout>,
    /// Ids that have come, with the number of the first account of their page.
    seen: BTreeMap<String, u64>,
    fresh: Vec<Resource>,
    findings: Vec<Finding>,
    /// A copy of the first account, until it was compared with what nothing is left out of.
    witness: Option<Resource>,
    is_past_asked: bool,
    total_moved: bool,
    end: Option<End>,
}

/// The pages that are still to be asked for.
#[derive(Clone, Copy, Debug)]
struct Layout {
    /// Accounts on a page, as the application cuts them.
    stride: u64,
    /// The number of the first account that was not asked for yet.
    next: u64,
    /// As the application told it last.
    total: u64,
}

/// How a reading ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Everybody came, each once, and as many as were told.
    Complete,
    /// The application is not truthful about its pages, as the findings say: ask for each person.
    AskEach,
    /// So many accounts take more requests by pages than one question a person.
    Dearer {
        /// How many accounts there are.
        total: u64,
    },
    /// Nothing usable came; [`Roster::resume`] goes on where it stopped.
    Failed(JobFailure),
}

/// Accounts that have come since the last time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// Which attempt they belong to: what came in an earlier one is void.
    pub attempt: u32,
    /// The accounts, in the order in which they came.
    pub accounts: Vec<Resource>,
}

/// How far a reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Accounts that have come.
    pub accounts: u64,
    /// Accounts in all, once the application has said so.
    pub total: Option<u64>,
    /// Requests sent.
    pub requests: usize,
}

impl Roster {
    /// A reading with at most `pace` requests open at once. `attributes` are the only ones that are
    /// asked for, see [`attributes`]; none asks for all of them.
    pub fn new(endpoint: Endpoint, attributes: Vec<String>, pace: usize) -> Self {
        let count = u32::try_from(PAGE).ok();
        let question = Search { attributes, count, ..Search::default() };
        let mut roster = Self {
            reader: Reader::new(endpoint),
            traffic: Traffic::new(pace),
            question,
            most_requests: None,
            attempt: 0,
            layout: None,
            seen: BTreeMap::new(),
            fresh: Vec::new(),
            findings: Vec::new(),
            witness: None,
            is_past_asked: false,
            total_moved: false,
            end: None,
        };
        roster.begin();
        roster
    }

    /// The same, ending as [`End::Dearer`] where the pages take more requests than this.
    #[must_use]
    pub fn at_most(self, requests: u64) -> Self {
        Self { most_requests: Some(requests), ..self }
    }

    /// What the driving loop does next.
    pub fn step(&mut self) -> Step {
        loop {
            if self.end.is_some() {
                return Step::Done;
            }
            if let Some(seconds) = self.traffic.take_pause() {
                return Step::Pause { seconds };
            }
            if let Some(exchange) = self.traffic.next() {
                return Step::Send(exchange);
            }
            if self.traffic.is_full() {
                return Step::Wait;
            }
            if self.ask_next_page() {
                continue;
            }
            if !self.traffic.is_idle() {
                return Step::Wait;
            }
            self.close();
        }
    }

    /// Takes the answer to a request, or the reason why there is none. An unknown id is ignored.
    pub fn receive(&mut self, id: u64, answer: Result<http::Response<Vec<u8>>, TransportFault>) {
        let Some(Answer { errand, outcome, .. }) = self.traffic.receive(id, answer) else { return };
        if self.end.is_some() {
            return;
        }
        match outcome {
            Ok(response) => self.answered(errand, &response),
            Err(fault) => {
                let trouble = trouble::of_silence(Purpose::List, &fault);
                self.unusable(errand, trouble);
            }
        }
    }

    /// The accounts that have come since the last time; the roster does not keep them.
    pub fn take(&mut self) -> Batch {
        Batch { attempt: self.attempt, accounts: std::mem::take(&mut self.fresh) }
    }

    /// What is not right about the pages, and what follows from each.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How it ended; nothing while it goes on.
    pub fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// How far it is.
    pub fn read(&self) -> Read {
        Read {
            accounts: self.seen.len() as u64,
            total: self.layout.map(|layout| layout.total),
            requests: self.traffic.sent(),
        }
    }

    /// Goes on after a failure, or after the driver was stopped: what was out is asked again, what
    /// came stays.
    pub fn resume(&mut self) {
        if matches!(self.end, None | Some(End::Failed(_))) {
            self.end = None;
            self.traffic.call_back();
        }
    }

    /// From the first page on; what came before is void.
    fn begin(&mut self) {
        self.attempt += 1;
        self.traffic.forget();
        self.layout = None;
        self.seen.clear();
        self.fresh.clear();
        self.witness = None;
        self.is_past_asked = false;
        self.total_moved = false;
        self.ask(Wanted::Page { start: 1, expected: PAGE }.into());
    }

    /// The next page, where one is left; false where none is.
    fn ask_next_page(&mut self) -> bool {
        let Some(layout) = &mut self.layout else { return false };
        let Layout { stride, next, total } = *layout;
        if next > total {
            return false;
        }
        layout.next = next.saturating_add(stride);
        let left = total.saturating_sub(next).saturating_add(1);
        self.ask(Wanted::Page { start: next, expected: stride.min(left) }.into());
        true
    }

    fn ask(&mut self, sheet: Sheet) {
        let search = |start: u64, count: u64| Search {
            start_index: u32::try_from(start).ok(),
            count: u32::try_from(count).ok(),
            ..self.question.clone()
        };
        let question = match &sheet.wanted {
            // A page that the application cuts short is asked for whole all the same.
            Wanted::Page { start, .. } | Wanted::Past { start } => {
                self.reader.page(&search(*start, PAGE))
            }
            Wanted::Rest { start, expected } => self.reader.page(&search(*start, *expected)),
            Wanted::Witness { id } => self.reader.user(id),
        };
        self.traffic.ask(sheet, question);
    }

    /// All pages have come: looks behind them, at what was left out of them, and then at the sums.
    fn close(&mut self) {
        let Some(Layout { total, .. }) = self.layout else { return self.end = Some(End::AskEach) };
        if total > 0 && !std::mem::replace(&mut self.is_past_asked, true) {
            return self.ask(Wanted::Past { start: total.saturating_add(1) }.into());
        }
        let id = self.witness.as_ref().and_then(Resource::id).map(str::to_owned);
        if let Some(id) = id {
            return self.ask(Wanted::Witness { id }.into());
        }
        let came = self.seen.len() as u64;
        if came < total {
            return self.find(FindingKind::Lost, total - came);
        }
        if came > total {
            return self.find(FindingKind::Beyond, came - total);
        }
        if self.total_moved {
            self.find(FindingKind::TotalMoved, 1);
        }
        self.end = Some(End::Complete);
    }

    /// Notes something about the pages; where that ends the reading, it ends, or is begun anew in an
    /// order of its own.
    fn find(&mut self, kind: FindingKind, count: u64) {
        let is_ordered = self.question.sort_by.is_some();
        let consequence = kind.consequence(is_ordered);
        match self.findings.iter_mut().find(|finding| finding.kind == kind) {
            Some(finding) => {
                finding.count += count;
                finding.consequence = consequence;
            }
            None => self.findings.push(Finding { kind, count, consequence }),
        }
        match consequence {
            Consequence::None => {}
            Consequence::InOrder => {
                self.question.sort_by = Some("userName".to_owned());
                self.begin();
            }
            Consequence::Whole => {
                self.question.attributes.clear();
                self.begin();
            }
            Consequence::AskEach => {
                self.traffic.forget();
                self.end = Some(End::AskEach);
            }
        }
    }

    /// Nothing usable came for a request: it is asked again, or the reading ends.
    fn unusable(&mut self, sheet: Sheet, trouble: Trouble) {
        let (Trouble::Job(code, text) | Trouble::Object(code, text)) = trouble;
        let is_final =
            code == ErrorCode::SystemForCrossDomainIdentityManagementCredentialValidationFailure;
        let Sheet { wanted, tries } = sheet;
        if !is_final && tries < MOST_TRIES {
            return self.ask(Sheet { wanted, tries: tries + 1 });
        }
        // What is resumed begins with this one.
        self.ask(wanted.into());
        self.traffic.call_back();
        self.end = Some(End::Failed(JobFailure { code, text, purpose: Purpose::List }));
    }
}

#[cfg(test)]
mod tests;
