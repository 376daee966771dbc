use super::*;
use crate::draft::relay::{RelayChoice, RelayKind};
use crate::verdict::{Outlook, trace, verdict};
use crate::worker::message::WireResponse;

/// 2026-09-01T00:00:00Z.
const NOW: f64 = 1_788_220_800_000.0;
const EMPTY: &str = r#"{"totalResults":0,"Resources":[]}"#;
const CONFIGURATION: &str = r#"{"patch":{"supported":true},"filter":{"supported":true},"authenticationSchemes":[{"type":"oauthbearertoken"}]}"#;

fn trial(route: Route) -> Trial {
    let url = scim::tenant_url::TenantUrl::parse("https://a.example/scim").unwrap();
    let path = scim::path::Path::attribute("userName");
    Trial::new(route, None, &scim::endpoint::Endpoint::new(url), &path, "nobody".to_owned())
}

fn response(status: u16, label: &str, body: &str) -> Answer {
    let headers = vec![("content-type".to_owned(), label.to_owned())];
    Ok(WireResponse { status, headers, body: body.to_owned() })
}

fn scim(status: u16, body: &str) -> Answer {
    response(status, "application/scim+json", body)
}

fn fault(kind: FaultKind, trace: &[(&str, &str)]) -> Answer {
    let trace = trace.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    Err(WireFault { trace, ..WireFault::new(kind, "why") })
}

fn states(route: Route, answer: Answer) -> Vec<(Layer, State)> {
    let mut trial = trial(route);
    trial.hear(Question::Nobody, answer, Some(5.0));
    findings(&trial, true, NOW).into_iter().map(|found| (found.layer, found.state)).collect()
}

/// The layer that failed; before it nothing has, and behind it nothing was reached.
#[track_caller]
fn failed(route: Route, answer: Answer) -> Layer {
    let states = states(route, answer);
    let failed: Vec<_> = states.iter().filter(|(_, state)| *state == State::Failed).collect();
    let [(layer, _)] = failed.as_slice() else { panic!("{states:?}") };
    let behind = states.iter().filter(|(other, _)| other > layer);
    assert!(behind.clone().all(|(_, state)| *state == State::Unreached), "{states:?}");
    *layer
}

#[test]
fn every_fault_stands_at_its_layer() {
    let relay = Route::Relay;
    for (answer, layer) in [
        (fault(FaultKind::NoRelay, &[]), Layer::Route),
        (fault(FaultKind::RelayAway, &[]), Layer::Route),
        (fault(FaultKind::RelayKey, &[]), Layer::Route),
        (fault(FaultKind::NotAllowed, &[]), Layer::Route),
        (fault(FaultKind::Name, &[]), Layer::Name),
        (fault(FaultKind::Refused, &[]), Layer::Tcp),
        (fault(FaultKind::Tls, &[]), Layer::Tls),
        (fault(FaultKind::Timeout, &[]), Layer::Status),
        (fault(FaultKind::Broken, &[]), Layer::Json),
        (scim(302, ""), Layer::Redirect),
        (scim(401, ""), Layer::Status),
        (scim(404, ""), Layer::Status),
        (scim(405, ""), Layer::Status),
        (scim(503, ""), Layer::Status),
        (response(200, "text/html", "<html>"), Layer::MediaType),
        (scim(200, ""), Layer::Json),
        (scim(200, "{"), Layer::Json),
        (scim(200, "{}"), Layer::List),
        (scim(200, r#"{"totalResults":1,"Resources":[{"id":"1"}]}"#), Layer::Filter),
    ] {
        assert_eq!(failed(relay, answer.clone()), layer, "{answer:?}");
    }
}

#[test]
fn the_relay_tells_where_the_time_was_lost() {
    let lost = |timing| failed(Route::Relay, fault(FaultKind::Timeout, &[(trace::TIMING, timing)]));
    assert_eq!(lost(""), Layer::Name);
    assert_eq!(lost("name;dur=1"), Layer::Tcp);
    assert_eq!(lost("name;dur=1, connect;dur=2, tls;dur=3"), Layer::Status);
}

#[test]
fn what_the_relay_has_reached_before_a_fault_is_told_with_its_time() {
    let timing = [(trace::TIMING, "name;dur=1.4, connect;dur=9.7"), (trace::FAMILY, "ipv6")];
    let mut trial = trial(Route::Relay);
    trial.hear(Question::Nobody, fault(FaultKind::Tls, &timing), None);
    let found = findings(&trial, true, NOW);
    let tcp = found.iter().find(|found| found.layer == Layer::Tcp).unwrap();
    assert_eq!((tcp.seen.as_str(), tcp.ms), ("Connected by IPv6.", Some(9.7)));
}

#[test]
fn a_page_that_may_not_read_the_answer_knows_that_somebody_is_there() {
    let states = states(Route::Direct, fault(FaultKind::Cors, &[]));
    assert_eq!(states[0], (Layer::Route, State::Failed));
    assert_eq!(states[2], (Layer::Tcp, State::Good));
    assert_eq!(states[5], (Layer::Status, State::Unreached));
}

#[test]
fn a_good_answer_is_good_at_every_layer_and_its_label_is_looked_at() {
    let good = states(Route::Direct, scim(200, EMPTY));
    assert!(good[..10].iter().all(|(_, state)| *state == State::Good), "{good:?}");
    for label in ["application/json", "text/html", ""] {
        let states = states(Route::Direct, response(200, label, EMPTY));
        let doubtful: Vec<_> = states.iter().filter(|(_, s)| *s == State::Doubtful).collect();
        assert_eq!(doubtful, [&(Layer::MediaType, State::Doubtful)], "{label}");
    }
}

/// The headline and the layers never disagree.
#[test]
fn the_verdict_is_good_where_no_layer_failed() {
    let bodies = ["", "{", "{}", "<html>", EMPTY, r#"{"totalResults":3,"Resources":[]}"#];
    for status in [200, 204, 302, 304, 400, 401, 404, 405, 429, 500] {
        for body in bodies {
            let mut trial = trial(Route::Relay);
            trial.hear(Question::Nobody, scim(status, body), None);
            let found = findings(&trial, true, NOW);
            let is_good = found.iter().all(|found| found.state != State::Failed);
            let verdict = verdict(&trial).unwrap();
            assert_eq!(verdict.outlook == Outlook::Good, is_good, "{status} {body}");
        }
    }
}

#[test]
fn nothing_is_said_before_an_answer_is_there() {
    let trial = trial(Route::Relay);
    assert_eq!(verdict(&trial), None);
    assert!(findings(&trial, false, NOW).iter().all(|found| found.state == State::Awaited));
}

#[test]
fn what_the_service_says_of_itself_is_no_reason_to_fail() {
    let mut trial = trial(Route::Relay);
    trial.hear(Question::Nobody, scim(200, EMPTY), None);
    trial.hear(Question::Configuration, scim(200, CONFIGURATION), None);
    trial.hear(Question::ResourceTypes, scim(404, ""), None);
    let schemas =
        r#"{"totalResults":1,"Resources":[{"id":"urn:ietf:params:scim:schemas:core:2.0:User"}]}"#;
    trial.hear(Question::Schemas, scim(200, schemas), None);
    let found = findings(&trial, true, NOW);
    let states: Vec<_> = found[10..].iter().map(|found| found.state).collect();
    assert_eq!(states, [State::Good, State::Doubtful, State::Good]);
    assert_eq!(verdict(&trial).unwrap().outlook, Outlook::Good);
    let without = CONFIGURATION.replacen("true", "false", 1);
    trial.hear(Question::Configuration, scim(200, &without), None);
    let config = findings(&trial, true, NOW).swap_remove(10);
    assert_eq!(config.state, State::Doubtful);
    assert!(config.seen.contains("no PATCH"), "{config:?}");
}

#[test]
fn the_service_itself_tells_a_wrong_path_from_a_404_for_nobody() {
    let mut trial = trial(Route::Relay);
    trial.hear(Question::Nobody, scim(404, ""), None);
    assert!(verdict(&trial).unwrap().repair.contains("probably wrong"));
    trial.hear(Question::Configuration, scim(404, ""), None);
    assert!(verdict(&trial).unwrap().text.contains("most likely wrong"));
    trial.hear(Question::Configuration, scim(200, CONFIGURATION), None);
    let verdict = verdict(&trial).unwrap();
    assert!(verdict.text.contains("the path is right"), "{verdict:?}");
    assert_eq!(verdict.title, "Not found (404)");
}

/// A test by a relay at another address.
fn by_relay(kind: RelayKind, answer: Answer) -> Trial {
    let address = "https://relay.example.com/tools".to_owned();
    let mut trial = trial(Route::Relay).through(RelayChoice { kind, address });
    trial.hear(Question::Nobody, answer, Some(5.0));
    trial
}

#[test]
fn a_relay_at_another_address_is_named_and_tells_its_way() {
    let told = (trace::TIMING.to_owned(), "name;dur=1, connect;dur=2, tls;dur=3".to_owned());
    let mut answer = scim(200, EMPTY).unwrap();
    answer.headers.push(told);
    let trial = by_relay(RelayKind::Elsewhere, Ok(answer));
    let found = findings(&trial, true, NOW);
    assert_eq!(found[0].seen, "Through the relay at relay.example.com.");
    assert_eq!((found[1].state, found[1].ms), (State::Good, Some(1.0)));
    assert!(!verdict(&trial).unwrap().text.contains("cannot be seen"));
}

#[test]
fn a_proxy_of_another_make_is_said_to_tell_nothing() {
    for (answer, outlook) in [(scim(200, EMPTY), Outlook::Good), (scim(502, ""), Outlook::Bad)] {
        let trial = by_relay(RelayKind::Prefix, answer);
        let told = verdict(&trial).unwrap();
        assert_eq!(told.outlook, outlook);
        assert!(
            told.text.contains("`relay.example.com` did on the way cannot be seen"),
            "{told:?}"
        );
        let found = findings(&trial, true, NOW);
        assert!(found[0].seen.contains("proxy at relay.example.com"), "{:?}", found[0]);
        let below: Vec<_> = found[1..4].iter().map(|it| it.state).collect();
        assert_eq!(below, [State::Unseen; 3]);
    }
}

#[test]
fn a_certificate_that_ends_soon_is_worth_a_look() {
    for (expires, state, words) in [
        ("Thu, 01 Oct 2026 00:00:01 GMT", State::Good, "until Thu, 01 Oct 2026 00:00:01 GMT."),
        ("Tue, 29 Sep 2026 12:00:00 GMT", State::Doubtful, "ends in 28 days."),
        ("Tue, 01 Sep 2026 06:00:00 GMT", State::Doubtful, "ends in 0 days."),
        ("some day", State::Good, "until some day."),
    ] {
        let mut answer = scim(200, EMPTY).unwrap();
        answer.headers.extend([
            (trace::TIMING.to_owned(), "name;dur=1, connect;dur=2, tls;dur=3".to_owned()),
            (trace::TLS.to_owned(), "TLSv1.2".to_owned()),
            (trace::TLS_EXPIRES.to_owned(), expires.to_owned()),
        ]);
        let mut trial = trial(Route::Relay);
        trial.hear(Question::Nobody, Ok(answer), Some(5.0));
        let found = findings(&trial, true, NOW).into_iter().find(|it| it.layer == Layer::Tls);
        let found = found.unwrap();
        assert_eq!((found.state, found.seen.ends_with(words)), (state, true), "{found:?}");
        assert_eq!(found.repair.contains("renewed"), state == State::Doubtful);
        assert_eq!(verdict(&trial).unwrap().outlook, Outlook::Good);
    }
}
