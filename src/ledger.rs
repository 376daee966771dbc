//! The ledger: every request that left the page, without token, query and body.
//!
//! It lives in memory, is shown on the step Connection, and leaves the page only as a file that
//! somebody saves.

use std::fmt::Write;

use crate::csv::cell;
use crate::draft::Route;
use crate::worker::message::{WireFault, WireRequest, WireResponse};

/// So many lines are kept; the count goes on.
const MOST: usize = 10_000;

/// One request that left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When it left, in RFC 3339.
    pub at: String,
    /// The step that caused it.
    pub cause: String,
    /// The HTTP method.
    pub method: String,
    /// Host and path; the query may name somebody, and is left out.
    pub place: String,
    /// Bytes of the body that was sent.
    pub sent: usize,
    /// Bytes of the body that came back.
    pub received: usize,
    /// Which way it took, with the host of a relay that does not serve this page.
    pub route: String,
    /// The status, or the layer that failed.
    pub outcome: String,
}

/// What left the page since it was loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    lines: Vec<Line>,
    count: usize,
}

impl Ledger {
    /// Writes a line.
    pub fn note(&mut self, line: Line) {
        self.count += 1;
        if self.lines.len() == MOST {
            self.lines.remove(0);
        }
        self.lines.push(line);
    }

    /// How many requests have left.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The last lines, the newest first.
    pub fn last(&self, count: usize) -> impl Iterator<Item = &Line> {
        self.lines.iter().rev().take(count)
    }

    /// All lines that are kept, as CSV in the order in which they left.
    pub fn csv(&self) -> String {
        let mut text =
            "time,step,method,host and path,bytes sent,bytes received,route,outcome\r\n".to_owned();
        for line in &self.lines {
            let Line { at, cause, method, place, sent, received, route, outcome } = line;
            // Writing to a String does not fail.
            let _ = write!(
                text,
                "{at},{},{method},{},{sent},{received},{},{}\r\n",
                cell(cause),
                cell(place),
                cell(route),
                cell(outcome)
            );
        }
        text
    }
}

impl Line {
    /// The line of a request and of what came of it; nothing where it stayed in the page.
    pub fn of(
        at: String,
        cause: &str,
        route: Route,
        request: &WireRequest,
        answer: &Result<WireResponse, WireFault>,
    ) -> Option<Self> {
        let route = match route {
            Route::Sandbox | Route::Paste => return None,
            Route::Relay => "relay".to_owned(),
            Route::Direct => "direct".to_owned(),
        };
        Some(Self {
            at,
            cause: cause.to_owned(),
            method: request.method.clone(),
            place: place(&request.uri),
            sent: request.body.len(),
            received: answer.as_ref().map_or(0, |answer| answer.body.len()),
            route,
            outcome: match answer {
                Ok(answer) => answer.status.to_string(),
                Err(fault) => format!("{:?}", fault.kind),
            },
        })
    }

    /// The same line with the host of the relay that it took, where that is not the page's own.
    pub fn through(self, host: Option<&str>) -> Self {
        let route = host.map_or(self.route.clone(), |host| format!("{} at {host}", self.route));
        Self { route, ..self }
    }

    /// The line of a request that carries nothing and only asks whether anybody is there.
    pub fn probe(at: String, cause: &str, uri: &str, is_there: bool) -> Self {
        Self {
            at,
            cause: cause.to_owned(),
            method: "GET".to_owned(),
            place: place(uri),
            sent: 0,
            received: 0,
            route: "direct".to_owned(),
            outcome: if is_there { "somebody is there" } else { "nobody is there" }.to_owned(),
        }
    }
}

/// Host and path of an address.
fn place(uri: &str) -> String {
    let behind = uri.split_once("://").map_or(uri, |(_, behind)| behind);
    let end = behind.find(['?', '#']).unwrap_or(behind.len());
    let place = behind.get(..end).unwrap_or_default();
    // A name and password before the host are nobody's business.
    let host = place.find('/').unwrap_or(place.len());
    let from = place.get(..host).and_then(|host| host.rfind('@')).map_or(0, |at| at + 1);
    place.get(from..).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::message::FaultKind;

    fn request(uri: &str) -> WireRequest {
        WireRequest {
            method: "GET".to_owned(),
            uri: uri.to_owned(),
            headers: vec![("authorization".to_owned(), "Bearer secret".to_owned())],
            body: String::new(),
        }
    }

    fn line(uri: &str, route: Route) -> Option<Line> {
        let answer = WireResponse { status: 200, headers: Vec::new(), body: "{}".to_owned() };
        Line::of("2026-09-01T00:00:00Z".to_owned(), "Preview", route, &request(uri), &Ok(answer))
    }

    #[test]
    fn neither_query_nor_user_info_nor_token_is_kept() {
        let uri = "https://ada:pw@scim.example:8443/v2/Users?filter=userName eq \"ada\"#x";
        let line = line(uri, Route::Relay).unwrap();
        assert_eq!(line.place, "scim.example:8443/v2/Users");
        assert_eq!(
            (line.received, line.outcome.as_str(), line.route.as_str()),
            (2, "200", "relay")
        );
        let mut ledger = Ledger::default();
        ledger.note(line);
        assert!(!format!("{ledger:?}{}", ledger.csv()).contains("secret"));
    }

    #[test]
    fn a_relay_at_another_address_is_named() {
        let through = |host| line("https://a.example/Users", Route::Relay).unwrap().through(host);
        assert_eq!(through(Some("relay.example:8443")).route, "relay at relay.example:8443");
        assert_eq!(through(None).route, "relay");
    }

    #[test]
    fn a_probe_is_told_too() {
        let probe = Line::probe(String::new(), "Connection", "https://a.example/Users?x=1", false);
        assert_eq!(
            (probe.place.as_str(), probe.outcome.as_str()),
            ("a.example/Users", "nobody is there")
        );
    }

    #[test]
    fn what_stays_in_the_page_has_no_line() {
        assert_eq!(line("https://a.example/Users", Route::Sandbox), None);
    }

    #[test]
    fn a_fault_is_told_by_its_layer() {
        let fault = WireFault::new(FaultKind::Tls, "why");
        let uri = "https://a.example/Users/1";
        let told = Line::of(String::new(), "Run", Route::Direct, &request(uri), &Err(fault));
        assert_eq!(told.unwrap().outcome, "Tls");
    }

    #[test]
    fn the_file_has_a_line_each_and_computes_nothing() {
        let mut ledger = Ledger::default();
        let odd =
            Line { place: "=a,\"b\"".to_owned(), ..line("https://a/b", Route::Direct).unwrap() };
        ledger.note(odd);
        let csv = ledger.csv();
        assert!(csv.ends_with(",GET,\"'=a,\"\"b\"\"\",0,2,direct,200\r\n"), "{csv}");
        assert_eq!(csv.matches("\r\n").count(), 2);
    }

    #[test]
    fn only_the_last_ones_are_kept_and_all_are_counted() {
        let mut ledger = Ledger::default();
        for number in 0..=MOST {
            let place = number.to_string();
            ledger.note(Line { place, ..line("https://a/b", Route::Direct).unwrap() });
        }
        assert_eq!((ledger.count(), ledger.csv().matches("\r\n").count()), (MOST + 1, MOST + 1));
        assert_eq!(ledger.last(1).next().unwrap().place, MOST.to_string());
    }
}
