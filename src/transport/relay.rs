//! The way through the relay that serves this page.
//!
//! The relay takes the target in a header and gives the upstream's answer back; its own faults are
//! marked. Its header contract is in the relay's README.

use std::cell::RefCell;

use serde::Deserialize;

use super::{Via, authorized, fault, fetch};
use crate::worker::message::{FaultKind, WireFault, WireRequest, WireResponse};

/// Where the relay is, seen from the page: beside it, under every sub-path.
const RELAY: &str = "relay";
const SESSION: &str = "relay/session";

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
    let answer = send_with_key(&request, via).await?;
    let own = header(&answer, "x-relay-outcome") == Some("fault");
    if own && [401, 429].contains(&answer.status) && answer.body.contains("\"key_") {
        // The relay was started anew, or has changed its key.
        KEY.set(None);
        return read(send_with_key(&request, via).await?);
    }
    read(answer)
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

/// The upstream's answer as the application gave it, or the relay's own fault.
fn read(answer: WireResponse) -> Result<WireResponse, WireFault> {
    match header(&answer, "x-relay-outcome") {
        Some("upstream") => Ok(upstream(answer)),
        Some(_) => Err(relay_fault(&answer)),
        None => Err(no_relay()),
    }
}

fn relay_fault(answer: &WireResponse) -> WireFault {
    let Ok(told) = serde_json::from_str::<RelayFault>(&answer.body) else { return no_relay() };
    let kind = match told.fault.as_str() {
        "target_not_allowed"
        | "bad_target"
        | "userinfo_not_allowed"
        | "fragment_not_allowed"
        | "target_too_long"
        | "loop" => FaultKind::NotAllowed,
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
    WireFault { trace, ..WireFault::new(kind, message) }
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
        let read = read(told).unwrap();
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
        let fault = read(answer(403, &headers, body)).unwrap_err();
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
        ] {
            let body = format!(r#"{{"fault":"{name}","message":"why"}}"#);
            let fault = read(answer(502, &[("x-relay-outcome", "fault")], &body)).unwrap_err();
            assert_eq!(fault.kind, kind, "{name}");
        }
    }

    #[test]
    fn a_plain_file_server_is_not_a_relay() {
        assert_eq!(read(answer(404, &[], "<html>")).unwrap_err().kind, FaultKind::NoRelay);
    }
}
