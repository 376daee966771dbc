//! The way through a relay: the one that serves this page, this project's at another address, or a
//! CORS proxy of another make.
//!
//! This project's take the target in a header, where no other program writes it into a log, and
//! mark their own faults; the contract is in the relay's README. Others take it behind their own
//! address, and what they did on the way cannot be told from what the target did.

use std::cell::RefCell;

use leptos::prelude::window;
use serde::Deserialize;

use super::{Via, authorized, fault, fetch, note};
use crate::ambient;
use crate::draft::Route;
use crate::draft::relay::{RelayChoice, RelayKind};
use crate::ledger::Line;
use crate::worker::message::{FaultKind, WireFault, WireRequest, WireResponse};

/// Where the relay is, seen from the page: beside it, under every sub-path.
const RELAY: &str = "relay";
const SESSION: &str = "relay/session";
const ABOUT: &str = "relay/about";

/// What stands before the name of whoever runs a relay, where it tells of itself.
const RUN_BY: &str = "Run by: ";

const NOWHERE: &str = "the relay's address is missing or cannot be used; mend it in Connection";

/// The relay that a request takes; an address has no slash at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Relay {
    /// The one that serves this page, and gives it the key.
    #[default]
    Beside,
    /// This project's at another address, with a key that was pasted.
    Elsewhere(String),
    /// One of another make.
    Prefix(String),
    /// At an address that cannot be used: nothing is sent.
    Nowhere,
}

impl Relay {
    /// The relay that was chosen.
    pub fn of(choice: &RelayChoice) -> Self {
        let base = choice.address().ok().flatten().map(|url| url.to_string());
        match (choice.kind, base) {
            (RelayKind::Beside, _) => Self::Beside,
            (RelayKind::Elsewhere, Some(base)) => Self::Elsewhere(base),
            (RelayKind::Prefix, Some(base)) => Self::Prefix(base),
            (_, None) => Self::Nowhere,
        }
    }

    /// Host and port of one at another address.
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Beside | Self::Nowhere => None,
            Self::Elsewhere(base) | Self::Prefix(base) => {
                let (_, behind) = base.split_once("://")?;
                behind.split('/').next()
            }
        }
    }
}

thread_local! {
    /// The session key, which the relay gives to the page that it serves.
    static KEY: RefCell<Option<String>> = const { RefCell::new(None) };
}

#[derive(Deserialize)]
struct Session {
    key: String,
}

/// The relay's own fault, as it tells it.
#[derive(Deserialize)]
struct RelayFault {
    fault: String,
    message: String,
    #[serde(default)]
    repair: String,
}

/// Sends a request through the relay.
pub(super) async fn send(request: WireRequest, via: &Via) -> Result<WireResponse, WireFault> {
    match &via.relay {
        Relay::Beside => send_beside(request, via).await,
        Relay::Elsewhere(base) => {
            let mut request = authorized(authorized(request, via.token.as_ref()), via.key.as_ref());
            request.headers.push(("x-relay-target".to_owned(), request.uri.clone()));
            read(reach(&request, &format!("{base}/{RELAY}"), via).await?, &via.relay)
        }
        Relay::Prefix(base) => {
            let request = authorized(request, via.token.as_ref());
            foreign(reach(&request, &behind(base, &request.uri), via).await?, &via.relay)
        }
        Relay::Nowhere => Err(fault(FaultKind::RelayAway, NOWHERE)),
    }
}

/// Asks a relay of this project's who runs it; neither token nor key goes along.
///
/// # Errors
/// A [`WireFault`] where no such relay is there, or it does not know this page.
pub async fn operator(base: &str, via: &Via) -> Result<String, WireFault> {
    let uri = format!("{base}/{ABOUT}");
    let ask =
        WireRequest { method: "GET".to_owned(), uri, headers: Vec::new(), body: String::new() };
    let at = ambient::timestamp();
    let answer = reach(&ask, &ask.uri, via).await;
    if let Some(line) = Line::of(at, via.cause, Route::Direct, &ask, &answer) {
        note(line, via);
    }
    let told = answer?.body;
    told.lines()
        .find_map(|line| line.strip_prefix(RUN_BY))
        .map(str::to_owned)
        .ok_or_else(|| absent(&via.relay))
}

/// The target's URL behind a proxy's address.
fn behind(base: &str, uri: &str) -> String {
    format!("{base}/{uri}")
}

/// What another make gave back; this project's relay gives itself away.
fn foreign(answer: WireResponse, relay: &Relay) -> Result<WireResponse, WireFault> {
    if header(&answer, "x-relay-outcome").is_none() {
        return Ok(answer);
    }
    let host = relay.host().unwrap_or_default();
    let what = format!(
        "what answers at `{host}` is this project's relay; choose that kind, and paste its session \
         key"
    );
    Err(fault(FaultKind::RelayAway, &what))
}

/// One `fetch` of another origin: where it fails, the browser does not say why.
async fn reach(request: &WireRequest, address: &str, via: &Via) -> Result<WireResponse, WireFault> {
    fetch(request, address, via).await.map_err(|lost| match (lost.kind, via.relay.host()) {
        (FaultKind::Refused, Some(host)) => {
            let origin = window().location().origin().unwrap_or_default();
            fault(FaultKind::RelayAway, &silent(host, &origin, &via.relay))
        }
        _ => lost,
    })
}

/// Why a page may get no answer from a relay at another address, and the repair.
fn silent(host: &str, origin: &str, relay: &Relay) -> String {
    match relay {
        Relay::Prefix(_) => format!(
            "nobody answers at `{host}`, or the proxy there does not let a page at `{origin}` send \
             this request and read the answer (CORS)"
        ),
        _ => format!(
            "nobody answers at `{host}`, or the relay there does not know this page; it must run \
             with `--origin {origin}`"
        ),
    }
}

async fn send_beside(request: WireRequest, via: &Via) -> Result<WireResponse, WireFault> {
    let answer = send_with_key(&request, via).await?;
    let own = header(&answer, "x-relay-outcome") == Some("fault");
    if own && [401, 429].contains(&answer.status) && answer.body.contains("\"key_") {
        // The relay was started anew, or has changed its key.
        KEY.set(None);
        return read(send_with_key(&request, via).await?, &Relay::Beside);
    }
    read(answer, &Relay::Beside)
}

async fn send_with_key(request: &WireRequest, via: &Via) -> Result<WireResponse, WireFault> {
    let key = session_key(via).await?;
    let mut request = authorized(request.clone(), via.token.as_ref());
    request.headers.push(("x-relay-target".to_owned(), request.uri.clone()));
    request.headers.push(("x-relay-key".to_owned(), key));
    fetch(&request, RELAY, via).await.map_err(|lost| match lost.kind {
        FaultKind::Refused => no_relay(),
        _ => lost,
    })
}

async fn session_key(via: &Via) -> Result<String, WireFault> {
    if let Some(key) = KEY.with_borrow(Clone::clone) {
        return Ok(key);
    }
    let ask = WireRequest {
        method: "GET".to_owned(),
        uri: SESSION.to_owned(),
        headers: Vec::new(),
        body: String::new(),
    };
    let answer = fetch(&ask, SESSION, via).await.map_err(|lost| match lost.kind {
        FaultKind::Refused => no_relay(),
        _ => lost,
    })?;
    let session: Session = serde_json::from_str(&answer.body).map_err(|_| no_relay())?;
    KEY.set(Some(session.key.clone()));
    Ok(session.key)
}

fn no_relay() -> WireFault {
    fault(
        FaultKind::NoRelay,
        "the server of this page is not the relay, or the relay has ended; start it with `cargo \
         xtask serve` and open the address that it prints, or choose another route",
    )
}

/// What answers is not this project's relay.
fn absent(relay: &Relay) -> WireFault {
    let Some(host) = relay.host() else { return no_relay() };
    let what = format!(
        "something answers at `{host}`, but it is not this project's relay; check the address and \
         its path, or choose the other make of proxy"
    );
    fault(FaultKind::RelayAway, &what)
}

/// The upstream's answer as the application gave it, or the relay's own fault.
fn read(answer: WireResponse, relay: &Relay) -> Result<WireResponse, WireFault> {
    match header(&answer, "x-relay-outcome") {
        Some("upstream") => Ok(upstream(answer)),
        Some(_) => Err(relay_fault(&answer).unwrap_or_else(|| absent(relay))),
        None => Err(absent(relay)),
    }
}

fn relay_fault(answer: &WireResponse) -> Option<WireFault> {
    let told = serde_json::from_str::<RelayFault>(&answer.body).ok()?;
    let kind = match told.fault.as_str() {
        "target_not_allowed"
        | "bad_target"
        | "userinfo_not_allowed"
        | "fragment_not_allowed"
        | "target_too_long"
        | "loop" => FaultKind::NotAllowed,
        "key_missing" | "key_wrong" | "key_replaced" => FaultKind::RelayKey,
        "name_failed" => FaultKind::Name,
        "tls_failed" => FaultKind::Tls,
        "upstream_timeout" | "request_too_slow" => FaultKind::Timeout,
        "upstream_unreachable" => FaultKind::Refused,
        "reply_too_large" | "reply_encoded" | "bad_reply" => FaultKind::Broken,
        _ => FaultKind::NoRelay,
    };
    let message = if told.repair.is_empty() {
        told.message
    } else {
        format!("{}; {}", told.message, told.repair)
    };
    let trace = answer.headers.iter().filter(|(name, _)| is_trace(name)).cloned().collect();
    Some(WireFault { trace, ..WireFault::new(kind, message) })
}

/// Whether a header tells how far a call came: the test of the connection shows it.
fn is_trace(name: &str) -> bool {
    ["x-relay-timing", "x-relay-family", "x-relay-tls", "x-relay-tls-expires"].contains(&name)
}

/// Puts status and headers back that the relay moves out of the browser's reach.
fn upstream(answer: WireResponse) -> WireResponse {
    let status = header(&answer, "x-relay-status").and_then(|text| text.parse().ok());
    let moved_type = header(&answer, "x-relay-content-type").is_some();
    let mut headers = Vec::new();
    for (name, value) in &answer.headers {
        match name.strip_prefix("x-relay-") {
            Some(moved @ ("location" | "content-type" | "www-authenticate")) => {
                headers.push((moved.to_owned(), value.clone()));
            }
            Some(_) if is_trace(name) => headers.push((name.clone(), value.clone())),
            Some(_) => {}
            // The outer media type may be the relay's, so that nothing can act on its origin.
            None if name == "content-type" && moved_type => {}
            None => headers.push((name.clone(), value.clone())),
        }
    }
    WireResponse { status: status.unwrap_or(answer.status), headers, body: answer.body }
}

fn header<'a>(answer: &'a WireResponse, name: &str) -> Option<&'a str> {
    answer.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> WireResponse {
        let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        WireResponse { status, headers, body: body.to_owned() }
    }

    fn elsewhere() -> Relay {
        Relay::Elsewhere("https://relay.example.com:8443/tools".to_owned())
    }

    #[test]
    fn a_redirect_is_told_with_its_true_status_and_place() {
        let told = answer(
            200,
            &[
                ("content-type", "text/plain"),
                ("x-relay-outcome", "upstream"),
                ("x-relay-status", "302"),
                ("x-relay-location", "https://elsewhere.example/"),
                ("x-relay-content-type", "text/html"),
                ("x-relay-ms", "12"),
                ("x-relay-timing", "connect;dur=1.0"),
            ],
            "",
        );
        let read = read(told, &Relay::Beside).unwrap();
        assert_eq!(read.status, 302);
        assert_eq!(header(&read, "location"), Some("https://elsewhere.example/"));
        assert_eq!(header(&read, "content-type"), Some("text/html"));
        assert_eq!(header(&read, "x-relay-timing"), Some("connect;dur=1.0"));
        assert_eq!(read.headers.len(), 3);
    }

    #[test]
    fn the_relays_own_faults_are_not_taken_for_the_applications() {
        let body =
            r#"{"fault":"target_not_allowed","message":"not on the list","repair":"add it"}"#;
        let headers =
            [("x-relay-outcome", "fault"), ("x-relay-timing", "name;dur=1"), ("x-relay-ms", "2")];
        let fault = read(answer(403, &headers, body), &Relay::Beside).unwrap_err();
        assert_eq!(fault.kind, FaultKind::NotAllowed);
        assert_eq!(fault.trace, [("x-relay-timing".to_owned(), "name;dur=1".to_owned())]);
        assert_eq!(fault.message, "not on the list; add it");
    }

    #[test]
    fn what_the_endpoint_sent_wrongly_is_no_fault_of_the_relay() {
        for (name, kind) in [
            ("bad_reply", FaultKind::Broken),
            ("reply_encoded", FaultKind::Broken),
            ("loop", FaultKind::NotAllowed),
            ("too_many_calls", FaultKind::NoRelay),
            ("key_wrong", FaultKind::RelayKey),
            ("key_replaced", FaultKind::RelayKey),
        ] {
            let body = format!(r#"{{"fault":"{name}","message":"why"}}"#);
            let told = answer(502, &[("x-relay-outcome", "fault")], &body);
            let fault = read(told, &elsewhere()).unwrap_err();
            assert_eq!(fault.kind, kind, "{name}");
        }
    }

    #[test]
    fn a_plain_file_server_is_not_a_relay() {
        let page = || answer(404, &[], "<html>");
        assert_eq!(read(page(), &Relay::Beside).unwrap_err().kind, FaultKind::NoRelay);
        let fault = read(page(), &elsewhere()).unwrap_err();
        assert_eq!(fault.kind, FaultKind::RelayAway);
        assert!(fault.message.contains("`relay.example.com:8443`"), "{}", fault.message);
    }

    #[test]
    fn what_was_chosen_and_typed_says_which_way_a_request_takes() {
        let of =
            |kind, address: &str| Relay::of(&RelayChoice { kind, address: address.to_owned() });
        let typed = " https://Relay.example.com:8443/tools/ ";
        assert_eq!(of(RelayKind::Elsewhere, typed), elsewhere());
        assert_eq!(elsewhere().host(), Some("relay.example.com:8443"));
        let base = "https://relay.example.com:8443/tools".to_owned();
        assert_eq!(of(RelayKind::Prefix, typed), Relay::Prefix(base));
        // What is typed for another relay must not send a token through the page's own.
        for address in ["", "http://relay.example.com", "relay"] {
            assert_eq!(of(RelayKind::Beside, address), Relay::Beside);
            assert_eq!(of(RelayKind::Elsewhere, address), Relay::Nowhere);
            assert_eq!(of(RelayKind::Prefix, address), Relay::Nowhere);
        }
    }

    #[test]
    fn another_make_has_the_target_behind_its_own_address() {
        assert_eq!(
            behind("https://cors.example/a", "https://b.example/scim/v2/Users?filter=c"),
            "https://cors.example/a/https://b.example/scim/v2/Users?filter=c"
        );
        let relay = Relay::Prefix("https://cors.example/a".to_owned());
        assert_eq!(foreign(answer(502, &[], ""), &relay).unwrap().status, 502);
        let ours = answer(401, &[("x-relay-outcome", "fault")], "");
        let fault = foreign(ours, &relay).unwrap_err();
        assert!(fault.message.contains("choose that kind"), "{}", fault.message);
    }

    #[test]
    fn a_silent_relay_is_told_with_what_it_must_run_with() {
        let silent = |relay: &Relay| silent("relay.example.com", "https://page.example", relay);
        assert!(silent(&elsewhere()).contains("`--origin https://page.example`"));
        let other = silent(&Relay::Prefix(String::new()));
        assert!(other.contains("CORS") && !other.contains("--origin"), "{other}");
    }
}
