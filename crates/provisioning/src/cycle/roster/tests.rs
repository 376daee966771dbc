//! A server that lies about its pages in one way or another, read by the roster.

use std::collections::{BTreeSet, VecDeque};

use proptest::prelude::*;
use scim::tenant_url::TenantUrl;
use serde_json::{Value, json};

use super::*;
use crate::cycle::TransportFaultKind;

/// How the server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lie {
    None,
    /// The first page, whatever is asked.
    Repeats,
    /// The last of the page before stands on each page too.
    Overlaps,
    /// The first of each further page is left out.
    Gaps,
    /// One is counted that is never shown.
    Loses,
    /// One is shown behind the last that is counted.
    Hides,
    /// Each page tells one more.
    Grows,
    /// So many a page at the most.
    Caps(u64),
    /// Every page but the first ends one early; the rest comes when asked for.
    Shortens,
    /// Everybody at once.
    Unpaged,
    /// Another order with every request, unless one is asked for.
    Shuffles,
    /// The same, whatever is asked for.
    ShufflesAlways,
    /// A start behind the end begins anew.
    Wraps,
    /// Every page says that it is the first.
    Misnumbers,
    /// No ids.
    Nameless,
    /// Refuses `attributes`.
    RefusesAttributes,
    /// Leaves a value out that `attributes` names.
    Trims,
    /// Refuses what comes behind the end.
    RefusesPast,
}

const HARMLESS: [Lie; 9] = [
    Lie::None,
    Lie::Caps(30),
    Lie::Shortens,
    Lie::Unpaged,
    Lie::Shuffles,
    Lie::Wraps,
    Lie::Misnumbers,
    Lie::RefusesAttributes,
    Lie::Trims,
];

const HARMFUL: [Lie; 8] = [
    Lie::Repeats,
    Lie::Overlaps,
    Lie::Gaps,
    Lie::Loses,
    Lie::Hides,
    Lie::Grows,
    Lie::ShufflesAlways,
    Lie::Nameless,
];

struct Server {
    size: u64,
    lie: Lie,
    requests: u64,
}

impl Server {
    fn new(size: u64, lie: Lie) -> Self {
        Self { size, lie, requests: 0 }
    }

    fn user(&self, number: u64, is_whole: bool) -> Value {
        match self.lie {
            Lie::Nameless => json!({ "userName": number.to_string() }),
            Lie::Trims if !is_whole => json!({ "id": number.to_string() }),
            _ => json!({ "id": number.to_string(), "userName": number.to_string() }),
        }
    }

    fn answer(&mut self, request: &http::Request<Vec<u8>>) -> http::Response<Vec<u8>> {
        self.requests += 1;
        assert_eq!(request.method(), http::Method::GET);
        if let Some(id) = request.uri().path().split("/Users/").nth(1) {
            return http::Response::new(
                self.user(id.parse().expect("a number"), true).to_string().into_bytes(),
            );
        }
        let asked = Search::parse(request.uri().query().unwrap_or_default()).expect("a search");
        let start = u64::from(asked.start_index.unwrap_or(1));
        let count = u64::from(asked.count.unwrap_or(1000));
        let refuses = match self.lie {
            Lie::RefusesAttributes => !asked.attributes.is_empty(),
            Lie::RefusesPast => start > self.size,
            _ => false,
        };
        if refuses {
            let mut refusal = http::Response::new(b"{}".to_vec());
            *refusal.status_mut() = http::StatusCode::BAD_REQUEST;
            return refusal;
        }
        let (total, told_start, numbers) = self.page(start, count, asked.sort_by.is_some());
        let users: Vec<Value> =
            numbers.into_iter().map(|n| self.user(n, asked.attributes.is_empty())).collect();
        let body = json!({ "totalResults": total, "startIndex": told_start, "Resources": users });
        http::Response::new(body.to_string().into_bytes())
    }

    /// The total and the start as told, and who comes.
    fn page(&self, start: u64, count: u64, is_sorted: bool) -> (u64, u64, Vec<u64>) {
        let size = self.size;
        let shuffled = |seed: u64| -> Vec<u64> {
            let mut all: Vec<u64> = (1..=size).collect();
            all.rotate_left(usize::try_from(seed * 37 % size.max(1)).expect("few"));
            all
        };
        let all = match self.lie {
            Lie::Shuffles if !is_sorted => shuffled(self.requests),
            Lie::ShufflesAlways => shuffled(self.requests),
            Lie::Hides => (1..=size + 1).collect(),
            _ => (1..=size).collect(),
        };
        let (from, most) = match self.lie {
            Lie::Repeats => (1, count),
            Lie::Overlaps if start > 1 => (start - 1, count),
            Lie::Wraps if start > size => (1, count),
            Lie::Caps(most) => (start, count.min(most)),
            Lie::Shortens if start > 1 && count == PAGE => (start, count - 1),
            Lie::Unpaged => (1, u64::MAX),
            _ => (start, count),
        };
        let [skip, take] = [from - 1, most].map(|n| usize::try_from(n).unwrap_or(usize::MAX));
        let mut page: Vec<u64> = all.into_iter().skip(skip).take(take).collect();
        if self.lie == Lie::Gaps && start > 1 && !page.is_empty() {
            page.remove(0);
        }
        if self.lie == Lie::Loses {
            page.retain(|number| *number != size);
        }
        let told = if self.lie == Lie::Misnumbers { 1 } else { start };
        let grown = if self.lie == Lie::Grows { self.requests } else { 0 };
        (size + grown, told, page)
    }
}

fn roster(pace: usize) -> Roster {
    let endpoint = Endpoint::new(TenantUrl::parse("https://h/scim").expect("a URL"));
    Roster::new(endpoint, vec!["userName".to_owned()], pace)
}

/// Drives a reading to its end and gives the ids that came; `picks` says which of the open requests
/// is answered next.
fn drive(roster: &mut Roster, server: &mut Server, picks: &[usize]) -> Vec<String> {
    let mut open = VecDeque::new();
    let (mut attempt, mut came) = (0, Vec::new());
    let mut picks = picks.iter().copied().cycle();
    for _ in 0..100_000 {
        let batch = roster.take();
        if batch.attempt != attempt {
            (attempt, came) = (batch.attempt, Vec::new());
        }
        came.extend(batch.accounts.iter().filter_map(Resource::id).map(str::to_owned));
        match roster.step() {
            Step::Done => return came,
            Step::Pause { .. } => {}
            Step::Send(exchange) => open.push_back(exchange),
            Step::Wait => {
                let at = picks.next().unwrap_or_default() % open.len().max(1);
                let exchange = open.remove(at).expect("the roster waits for nothing");
                let answer = server.answer(&exchange.request);
                roster.receive(exchange.id, Ok(answer));
            }
        }
    }
    panic!("the reading does not end");
}

fn kinds(roster: &Roster) -> BTreeSet<FindingKind> {
    roster.findings().iter().map(|finding| finding.kind).collect()
}

/// What came, how it ended, and what was found.
fn read(size: u64, lie: Lie) -> (usize, Option<End>, BTreeSet<FindingKind>) {
    let (mut roster, mut server) = (roster(4), Server::new(size, lie));
    let came = drive(&mut roster, &mut server, &[0]);
    (came.len(), roster.end().cloned(), kinds(&roster))
}

#[test]
fn each_lie_is_named() {
    use FindingKind as Kind;
    let expected: [(Lie, &[FindingKind]); 18] = [
        (Lie::None, &[]),
        (Lie::Repeats, &[Kind::Repeated]),
        (Lie::Overlaps, &[Kind::Doubled]),
        (Lie::Gaps, &[Kind::Lost]),
        (Lie::Loses, &[Kind::Lost]),
        (Lie::Hides, &[Kind::Beyond]),
        (Lie::Grows, &[Kind::Lost]),
        (Lie::Caps(30), &[Kind::Capped]),
        (Lie::Shortens, &[Kind::Short]),
        (Lie::Unpaged, &[Kind::Oversized]),
        (Lie::Shuffles, &[Kind::Doubled]),
        (Lie::ShufflesAlways, &[Kind::Doubled]),
        (Lie::Wraps, &[]),
        (Lie::Misnumbers, &[Kind::Misnumbered]),
        (Lie::Nameless, &[Kind::Nameless]),
        (Lie::RefusesAttributes, &[Kind::Refused]),
        (Lie::Trims, &[Kind::Trimmed]),
        (Lie::RefusesPast, &[]),
    ];
    for (lie, kinds) in expected {
        // With the last page full, a page that is too short cannot be told from the last one.
        let (_, _, found) = read(300, lie);
        assert_eq!(found, kinds.iter().copied().collect(), "{lie:?}");
    }
}

#[test]
fn a_total_that_moves_and_comes_right_is_told() {
    let mut roster = roster(1);
    let (mut before, mut after) = (Server::new(150, Lie::None), Server::new(151, Lie::None));
    let Step::Send(first) = roster.step() else { panic!("a first page") };
    roster.receive(first.id, Ok(before.answer(&first.request)));
    assert_eq!(drive(&mut roster, &mut after, &[0]).len(), 151);
    assert_eq!(roster.end(), Some(&End::Complete));
    assert_eq!(kinds(&roster), BTreeSet::from([FindingKind::TotalMoved]));
}

#[test]
fn few_people_in_a_large_application_are_asked_for() {
    let (mut roster, mut server) = (roster(4).at_most(20), Server::new(5_000, Lie::None));
    drive(&mut roster, &mut server, &[0]);
    assert_eq!(roster.end(), Some(&End::Dearer { total: 5_000 }));
    assert_eq!(server.requests, 1);
}

#[test]
fn a_failure_is_told_and_resumed_without_asking_twice() {
    let (mut roster, mut server) = (roster(3), Server::new(1_000, Lie::None));
    let mut answered = 0;
    loop {
        match roster.step() {
            Step::Send(exchange) if answered < 5 => {
                answered += 1;
                roster.receive(exchange.id, Ok(server.answer(&exchange.request)));
            }
            Step::Send(exchange) => {
                let message = "nobody listens".to_owned();
                let fault = TransportFault { kind: TransportFaultKind::Refused, message };
                roster.receive(exchange.id, Err(fault));
            }
            Step::Done => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(roster.end(), Some(End::Failed(_))));
    assert_eq!(roster.take().accounts.len(), 500);
    roster.resume();
    assert_eq!(drive(&mut roster, &mut server, &[0]).len(), 500);
    assert_eq!(roster.end(), Some(&End::Complete));
    assert!(server.requests <= 10 + 3, "{}", server.requests);
}

#[test]
fn a_driver_that_was_stopped_goes_on_with_what_is_missing() {
    let (mut roster, mut server) = (roster(3), Server::new(450, Lie::None));
    let Step::Send(first) = roster.step() else { panic!("a first page") };
    roster.receive(first.id, Ok(server.answer(&first.request)));
    let [Step::Send(lost), Step::Send(_), Step::Send(_)] = [(); 3].map(|()| roster.step()) else {
        panic!("three pages at once")
    };
    roster.resume();
    assert_eq!(drive(&mut roster, &mut server, &[1, 0]).len(), 450);
    assert_eq!(roster.end(), Some(&End::Complete));
    roster.receive(lost.id, Ok(server.answer(&lost.request)));
    assert_eq!(roster.end(), Some(&End::Complete), "a late answer is nobody's");
}

#[test]
fn a_token_that_is_refused_ends_at_once() {
    let mut roster = roster(3);
    let Step::Send(first) = roster.step() else { panic!("a first page") };
    let mut refusal = http::Response::new(Vec::new());
    *refusal.status_mut() = http::StatusCode::UNAUTHORIZED;
    roster.receive(first.id, Ok(refusal));
    assert!(matches!(roster.step(), Step::Done));
    assert!(matches!(roster.end(), Some(End::Failed(_))));
}

#[test]
fn only_what_is_mapped_is_asked_for() {
    let mut roster = roster(1);
    let Step::Send(first) = roster.step() else { panic!("a first page") };
    let asked = "https://h/scim/Users?attributes=userName&startIndex=1&count=100";
    assert_eq!(first.request.uri(), asked);
}

proptest! {
    #[test]
    fn whoever_is_truthful_is_read_whole_with_few_requests(
        size in 0_u64..1_500,
        pace in 1_usize..8,
        picks in proptest::collection::vec(0_usize..8, 1..20),
    ) {
        let (mut roster, mut server) = (roster(pace), Server::new(size, Lie::None));
        let came: BTreeSet<String> = drive(&mut roster, &mut server, &picks).into_iter().collect();
        prop_assert_eq!(came.len() as u64, size);
        prop_assert_eq!(roster.end(), Some(&End::Complete));
        prop_assert!(server.requests <= size.div_ceil(PAGE) + 3, "{}", server.requests);
        prop_assert!(roster.findings().is_empty());
    }

    #[test]
    fn whoever_lies_is_read_whole_or_not_believed(
        size in 0_u64..700,
        lie in proptest::sample::select([HARMLESS.as_slice(), HARMFUL.as_slice()].concat()),
        pace in 1_usize..8,
        picks in proptest::collection::vec(0_usize..8, 1..20),
    ) {
        let (mut roster, mut server) = (roster(pace), Server::new(size, lie));
        let came = drive(&mut roster, &mut server, &picks);
        let distinct: BTreeSet<&String> = came.iter().collect();
        match roster.end() {
            Some(End::Complete) => {
                prop_assert_eq!(distinct.len() as u64, size, "{:?}", lie);
                prop_assert_eq!(came.len(), distinct.len());
            }
            Some(End::AskEach) => {
                prop_assert!(!HARMLESS.contains(&lie), "{:?}: {:?}", lie, roster.findings());
                let ends = |each: &Finding| each.consequence == Consequence::AskEach;
                prop_assert!(roster.findings().iter().any(ends));
            }
            other => prop_assert!(false, "{:?}: {:?}", lie, other),
        }
        // Nothing that a server says costs more than reading it thrice, page by page.
        prop_assert!(server.requests <= 3 * (size.div_ceil(30) * 2 + 4), "{}", server.requests);
    }
}
