//! One page as it comes, and what it says about the others.

use std::collections::BTreeSet;

use scim::answer::{self, ProtocolError};
use scim::message::ListResponse;
use scim::resource::Resource;

use super::cost;
use super::finding::FindingKind;
use super::{End, Layout, MOST_ACCOUNTS, PAGE, Roster};
use crate::cycle::traffic::Purposed;
use crate::cycle::trouble;
use crate::report::Purpose;

/// What a request of the roster is for, and how often it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) wanted: Wanted,
    pub(super) tries: u32,
}

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// So many accounts from this number on.
    Page { start: u64, expected: u64 },
    /// What a page that was too short left out.
    Rest { start: u64, expected: u64 },
    /// Behind the last account: nobody new may stand there.
    Past { start: u64 },
    /// One account with nothing left out.
    Witness { id: String },
}

impl From<Wanted> for Sheet {
    fn from(wanted: Wanted) -> Self {
        Self { wanted, tries: 1 }
    }
}

impl Purposed for Sheet {
    fn purpose(&self) -> Purpose {
        match self.wanted {
            Wanted::Page { .. } | Wanted::Rest { .. } | Wanted::Past { .. } => Purpose::List,
            Wanted::Witness { .. } => Purpose::Read,
        }
    }
}

impl Roster {
    pub(super) fn answered(&mut self, sheet: Sheet, response: &http::Response<Vec<u8>>) {
        if let Wanted::Witness { .. } = sheet.wanted {
            return self.compare(answer::resource(response).ok());
        }
        match (answer::list(response), &sheet.wanted) {
            (Ok(list), Wanted::Page { start, expected }) => {
                self.page(*start, *expected, false, list);
            }
            (Ok(list), Wanted::Rest { start, expected }) => {
                self.page(*start, *expected, true, list);
            }
            (Ok(list), _) => self.past(list),
            (Err(error), Wanted::Page { start: 1, .. }) if self.may_be_plainer(&error) => {
                self.find(FindingKind::Refused, 1);
            }
            // Some refuse a page that does not exist, which says as much as an empty one.
            (Err(error), Wanted::Past { .. }) if matches!(error.status(), Some(400 | 404)) => {}
            (Err(error), _) => self.unusable(sheet, trouble::of_answer(Purpose::List, &error)),
        }
    }

    /// Whether the question holds something that a server may refuse, and this one did.
    fn may_be_plainer(&self, error: &ProtocolError) -> bool {
        let is_refusal = matches!(error.status(), Some(400 | 403 | 404 | 422 | 500 | 501));
        let is_plain = self.question.attributes.is_empty() && self.question.sort_by.is_none();
        is_refusal && !is_plain && self.layout.is_none()
    }

    fn page(&mut self, start: u64, expected: u64, is_rest: bool, list: ListResponse) {
        let ListResponse { total_results, start_index, resources, .. } = list;
        if start_index != start {
            self.find(FindingKind::Misnumbered, 1);
        }
        if resources.iter().any(|one| one.id().is_none_or(str::is_empty)) {
            return self.find(FindingKind::Nameless, 1);
        }
        let came = resources.len() as u64;
        if came > if is_rest { expected } else { PAGE } {
            self.find(FindingKind::Oversized, 1);
        }
        match &mut self.layout {
            None => return self.first(came, total_results, resources),
            Some(layout) => {
                self.total_moved |= layout.total != total_results;
                layout.total = total_results;
            }
        }
        if self.is_over_bounds(total_results) || self.known_already(start, &resources) {
            return;
        }
        self.keep(start, resources);
        if came == 0 && expected > 0 {
            return self.find(FindingKind::Lost, expected);
        }
        if is_rest {
            self.find(FindingKind::Short, 1);
        }
        if came < expected {
            let (start, expected) = (start + came, expected - came);
            self.ask(Wanted::Rest { start, expected }.into());
        }
    }

    /// The first page tells how many there are and how many come at once.
    fn first(&mut self, came: u64, total: u64, resources: Vec<Resource>) {
        let stride = came.max(1);
        self.layout = Some(Layout { stride, next: 1 + came, total });
        if self.is_over_bounds(total) {
            return;
        }
        if came == 0 && total > 0 {
            return self.find(FindingKind::Lost, total);
        }
        if came < PAGE.min(total) {
            self.find(FindingKind::Capped, came);
        }
        let requests = cost::pages(total, stride);
        if self.most_requests.is_some_and(|most| requests > most) {
            self.traffic.forget();
            self.end = Some(End::Dearer { total });
            return;
        }
        let trims = !self.question.attributes.is_empty();
        self.witness = resources.first().filter(|_| trims).cloned();
        if !self.known_already(1, &resources) {
            self.keep(1, resources);
        }
    }

    fn is_over_bounds(&mut self, total: u64) -> bool {
        let is_over = total > MOST_ACCOUNTS || self.seen.len() as u64 > MOST_ACCOUNTS;
        if is_over {
            self.find(FindingKind::TooMany, total);
        }
        is_over
    }

    /// Whether accounts came that had come before, or twice on this page.
    fn known_already(&mut self, start: u64, resources: &[Resource]) -> bool {
        let ids: Vec<&str> = resources.iter().filter_map(Resource::id).collect();
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        let pages: Vec<Option<u64>> =
            distinct.iter().map(|id| self.seen.get(*id).copied()).collect();
        let known = pages.iter().flatten().count() + ids.len() - distinct.len();
        if known == 0 {
            return false;
        }
        // A whole page of those of one other page is no accident of order.
        let first = pages.first().copied().flatten();
        let stride = self.layout.map_or(1, |layout| layout.stride);
        let is_same = first.is_some_and(|page| page != start)
            && pages.len() as u64 >= stride
            && pages.iter().all(|page| *page == first);
        let kind = if is_same { FindingKind::Repeated } else { FindingKind::Doubled };
        self.find(kind, if is_same { 1 } else { known as u64 });
        true
    }

    fn keep(&mut self, start: u64, resources: Vec<Resource>) {
        for resource in resources {
            if let Some(id) = resource.id() {
                self.seen.insert(id.to_owned(), start);
            }
            self.fresh.push(resource);
        }
    }

    /// Behind the last account: whoever is new there was not counted. Servers that begin again with
    /// the first page show nobody new.
    fn past(&mut self, list: ListResponse) {
        let is_new = |one: &&Resource| one.id().is_some_and(|id| !self.seen.contains_key(id));
        let uncounted = list.resources.iter().filter(is_new).count() as u64;
        if let Some(layout) = &mut self.layout {
            self.total_moved |= layout.total != list.total_results;
            layout.total = list.total_results;
        }
        if uncounted > 0 {
            self.find(FindingKind::Beyond, uncounted);
        }
    }

    /// One account as it came, beside the same with nothing left out: what was asked for and is
    /// there must have come.
    fn compare(&mut self, whole: Option<Resource>) {
        let (Some(trimmed), Some(whole)) = (self.witness.take(), whole) else { return };
        let is_lost = |name: &String| {
            let Ok(path) = scim::path::Path::parse(name) else { return false };
            trimmed.values(&path).is_empty() && !whole.values(&path).is_empty()
        };
        let lost = self.question.attributes.iter().filter(|name| is_lost(name)).count();
        if lost > 0 {
            self.find(FindingKind::Trimmed, lost as u64);
        }
    }
}
