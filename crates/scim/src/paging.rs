//! Reading everybody who answers a query, page by page (RFC 7644, section 3.4.2.4), from a server that may not be
//! truthful about its pages.
//!
//! Paging in SCIM has no cursor and no snapshot: a client counts. So a server can send the first page for ever, stop
//! before the end, send somebody twice, or change its total on the way. Each of these is noticed here, and reading
//! ends in any case: every page must bring somebody new, and there is a bound.

use std::collections::BTreeSet;
use std::fmt;

use http::{Request, Response};

use crate::answer::{self, ProtocolError};
use crate::endpoint::{Endpoint, Search};
use crate::resource::Resource;

/// How many resources a reading takes at most, unless told otherwise.
pub const MAX_RESOURCES: u64 = 1_000_000;

/// A reading of all pages: asks for one after the other, and takes the answers.
///
/// ```
/// # use scim::{endpoint::{Endpoint, Search}, paging::Paging, tenant_url::TenantUrl};
/// # fn send(_: http::Request<Vec<u8>>) -> http::Response<Vec<u8>> {
/// #     http::Response::new(br#"{"totalResults":1,"Resources":[{"id":"1"}]}"#.to_vec())
/// # }
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let endpoint = Endpoint::new(TenantUrl::parse("https://app.example/scim")?);
/// let search = Search { count: Some(100), ..Search::default() };
/// let mut paging = Paging::new(endpoint, "Users", search);
/// let mut everybody = Vec::new();
/// while let Some(request) = paging.request() {
///     everybody.extend(paging.receive(&send(request))?);
/// }
/// assert!(paging.findings().is_truthful());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Paging {
    endpoint: Endpoint,
    resource_type: String,
    search: Search,
    limit: u64,
    /// The number of the first resource of the next page; `None` when all is read.
    next: Option<u64>,
    seen: BTreeSet<String>,
    /// How many resources came that had no identifier to know them by.
    nameless: u64,
    told: Option<u64>,
    findings: Findings,
}

/// What is not right about the pages of a server, and did not keep it from being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// How many resources came that had come before; they are passed on once.
    pub doubled: u64,
    /// How often `totalResults` was another than on the page before: somebody writes, or the server guesses.
    pub total_moved: u64,
    /// How many pages held more resources than `count` asked for.
    pub oversized: u64,
    /// How many pages said of themselves another `startIndex` than the one that was asked for.
    pub misnumbered: u64,
    /// How many resources `totalResults` promises that did not come.
    pub missing: u64,
    /// How many resources came beyond `totalResults`.
    pub surplus: u64,
}

/// Why reading ended before the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagingError {
    /// An answer was no list.
    Answer(ProtocolError),
    /// A page held nobody but those who had come before: the server does not page, or it pages in circles.
    Repeated {
        /// The `startIndex` that was asked for.
        start_index: u64,
    },
    /// A page was empty although more was promised.
    EndedEarly {
        /// The `startIndex` that was asked for.
        start_index: u64,
        /// How many there are, as the server says.
        total_results: u64,
    },
    /// There are more resources than the reading may take.
    TooMany {
        /// How many it may take.
        limit: u64,
    },
    /// An answer came although nothing was asked any longer.
    NotAsked,
}

impl Paging {
    /// A reading of all resources that answer a search. Its `count` is the size of the pages that are asked for, its
    /// `start_index` where reading begins; `sort_by` makes pages dependable on servers that sort.
    pub fn new(endpoint: Endpoint, resource_type: impl Into<String>, search: Search) -> Self {
        Self {
            endpoint,
            resource_type: resource_type.into(),
            next: Some(u64::from(search.start_index.unwrap_or(1)).max(1)),
            search,
            limit: MAX_RESOURCES,
            seen: BTreeSet::new(),
            nameless: 0,
            told: None,
            findings: Findings::default(),
        }
    }

    /// The same, taking so many resources at most.
    #[must_use]
    pub fn at_most(self, limit: u64) -> Self {
        Self { limit, ..self }
    }

    /// The request for the next page; `None` when all is read. It is the same until its answer is received.
    pub fn request(&self) -> Option<Request<Vec<u8>>> {
        let start_index = u32::try_from(self.next?).ok()?;
        let search = Search { start_index: Some(start_index), ..self.search.clone() };
        Some(self.endpoint.search(&self.resource_type, &search))
    }

    /// Takes the answer to the request; gives the resources that had not come before.
    ///
    /// # Errors
    /// Reading cannot go on; there are no further requests then.
    pub fn receive(&mut self, response: &Response<Vec<u8>>) -> Result<Vec<Resource>, PagingError> {
        let start_index = self.next.take().ok_or(PagingError::NotAsked)?;
        let list = answer::list(response).map_err(PagingError::Answer)?;
        let total_results = list.total_results;
        self.findings.total_moved += u64::from(self.told.is_some_and(|told| told != total_results));
        self.told = Some(total_results);
        self.findings.misnumbered += u64::from(list.start_index != start_index);
        let came = list.resources.len() as u64;
        let asked = self.search.count.map_or(u64::MAX, u64::from);
        self.findings.oversized += u64::from(came > asked);
        let fresh: Vec<Resource> =
            list.resources.into_iter().filter(|resource| self.is_new(resource)).collect();
        self.findings.doubled += came - fresh.len() as u64;
        if self.count() > self.limit || total_results > self.limit {
            return Err(PagingError::TooMany { limit: self.limit });
        }
        let (after, last) = (start_index + came, total_results);
        if came == 0 && start_index <= last {
            return Err(PagingError::EndedEarly { start_index, total_results });
        }
        if came > 0 && fresh.is_empty() {
            return Err(PagingError::Repeated { start_index });
        }
        if after <= last {
            self.next = Some(after);
        } else {
            self.finish(total_results);
        }
        Ok(fresh)
    }

    /// What was not right about the pages so far. [`Findings::missing`] and [`Findings::surplus`] are known at the
    /// end of the last one.
    pub fn findings(&self) -> Findings {
        self.findings
    }

    /// How many different resources have come.
    pub fn count(&self) -> u64 {
        self.seen.len() as u64 + self.nameless
    }

    /// How many there are in all, as the last page says.
    pub fn total_results(&self) -> Option<u64> {
        self.told
    }

    fn is_new(&mut self, resource: &Resource) -> bool {
        match resource.id() {
            Some(id) => self.seen.insert(id.to_owned()),
            None => {
                self.nameless += 1;
                true
            }
        }
    }

    fn finish(&mut self, total_results: u64) {
        let before = u64::from(self.search.start_index.unwrap_or(1)).max(1) - 1;
        let promised = total_results.saturating_sub(before);
        self.findings.missing = promised.saturating_sub(self.count());
        self.findings.surplus = self.count().saturating_sub(promised);
    }
}

impl Findings {
    /// Whether everybody came once and the server told the truth about it.
    pub fn is_truthful(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(error) => write!(f, "{error}"),
            Self::Repeated { start_index } => write!(
                f,
                "the page from {start_index} on holds nobody new: the server sends the same resources again"
            ),
            Self::EndedEarly { start_index, total_results } => write!(
                f,
                "the page from {start_index} on is empty, although the server says that there are {total_results}"
            ),
            Self::TooMany { limit } => {
                write!(f, "there are more than {limit} resources, which is the most that is read")
            }
            Self::NotAsked => f.write_str("an answer came although nothing was asked"),
        }
    }
}

impl std::error::Error for PagingError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Answer(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tenant_url::TenantUrl;

    fn paging(count: u32) -> Paging {
        let endpoint = Endpoint::new(TenantUrl::parse("https://h/scim").expect("a URL"));
        Paging::new(endpoint, "Users", Search { count: Some(count), ..Search::default() })
    }

    fn page(total: u64, start: u64, ids: &[&str]) -> Response<Vec<u8>> {
        let resources: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
        let body = json!({ "totalResults": total, "startIndex": start, "Resources": resources });
        Response::new(body.to_string().into_bytes())
    }

    /// Gives the pages as they are asked for; tells the queries, how many came, and how it ended.
    fn read(
        mut paging: Paging,
        pages: &[Response<Vec<u8>>],
    ) -> (Vec<String>, usize, Result<Findings, PagingError>) {
        let (mut asked, mut came) = (Vec::new(), 0);
        let mut pages = pages.iter();
        while let Some(request) = paging.request() {
            asked.push(request.uri().query().unwrap_or_default().to_owned());
            match paging.receive(pages.next().expect("no more pages than these")) {
                Ok(fresh) => came += fresh.len(),
                Err(error) => return (asked, came, Err(error)),
            }
        }
        (asked, came, Ok(paging.findings()))
    }

    #[test]
    fn pages_are_asked_one_after_the_other() {
        let pages = [page(5, 1, &["a", "b"]), page(5, 3, &["c", "d"]), page(5, 5, &["e"])];
        let (asked, came, ended) = read(paging(2), &pages);
        assert_eq!(asked, ["startIndex=1&count=2", "startIndex=3&count=2", "startIndex=5&count=2"]);
        assert_eq!((came, ended.expect("the end").is_truthful()), (5, true));
        assert_eq!(read(paging(2), &[page(0, 1, &[])]).1, 0);
        // A server may send fewer than asked (RFC 7644, section 3.4.2.4): the next page begins where this one ended.
        let (asked, ..) = read(paging(9), &[page(3, 1, &["a", "b"]), page(3, 3, &["c"])]);
        assert_eq!(asked.last().map(String::as_str), Some("startIndex=3&count=9"));
    }

    #[test]
    fn a_page_that_comes_again_ends_the_reading() {
        let pages = [page(9, 1, &["a", "b"]), page(9, 1, &["a", "b"])];
        let (_, came, ended) = read(paging(2), &pages);
        assert_eq!((came, ended), (2, Err(PagingError::Repeated { start_index: 3 })));
    }

    #[test]
    fn an_empty_page_before_the_end_is_a_loss() {
        let (_, came, ended) = read(paging(2), &[page(9, 1, &["a", "b"]), page(9, 3, &[])]);
        assert_eq!(came, 2);
        assert_eq!(ended, Err(PagingError::EndedEarly { start_index: 3, total_results: 9 }));
    }

    #[test]
    fn doubles_and_losses_are_counted() {
        let pages = [page(4, 1, &["a", "b"]), page(4, 3, &["b", "c"])];
        let (_, came, ended) = read(paging(2), &pages);
        let expected = Findings { doubled: 1, missing: 1, ..Findings::default() };
        assert_eq!((came, ended), (3, Ok(expected)));
    }

    #[test]
    fn a_moving_total_and_wrong_sizes_are_noticed() {
        let pages = [page(4, 1, &["a", "b", "c"]), page(3, 1, &["d"])];
        let (_, came, ended) = read(paging(2), &pages);
        let expected = Findings {
            total_moved: 1,
            oversized: 1,
            misnumbered: 1,
            surplus: 1,
            ..Findings::default()
        };
        assert_eq!((came, ended), (4, Ok(expected)));
    }

    #[test]
    fn a_reading_is_bounded() {
        let ended = read(paging(2).at_most(3), &[page(4, 1, &["a", "b"])]).2;
        assert_eq!(ended, Err(PagingError::TooMany { limit: 3 }));
        // A server that hides how many there are meets the bound all the same.
        let pages = [page(3, 1, &["a", "b"]), page(3, 3, &["c", "d"])];
        assert_eq!(read(paging(2).at_most(3), &pages).2, Err(PagingError::TooMany { limit: 3 }));
    }

    #[test]
    fn nothing_is_asked_after_the_end() {
        let mut done = paging(2);
        assert!(matches!(done.receive(&Response::new(Vec::new())), Err(PagingError::Answer(_))));
        assert!(done.request().is_none());
        assert_eq!(done.receive(&page(1, 1, &["a"])), Err(PagingError::NotAsked));
    }
}
