use super::*;

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Result<WireResponse, WireFault> {
    let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    Ok(WireResponse { status, headers, body: body.to_owned() })
}

#[track_caller]
fn check(answer: Result<WireResponse, WireFault>, title: &str) {
    let verdict = judge(&answer);
    assert_eq!(verdict.title, title, "{verdict:?}");
    assert_eq!(verdict.outlook == Outlook::Good, verdict.repair.is_empty());
}

const EMPTY: &str = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}"#;
const JSON: [(&str, &str); 1] = [("content-type", "application/scim+json")];

#[test]
fn an_empty_list_is_the_only_good_answer() {
    check(answer(200, &JSON, EMPTY), "Connected");
    check(
        answer(200, &JSON, r#"{"totalResults":1,"Resources":[{"id":"1"}]}"#),
        "The filter is ignored",
    );
}

#[test]
fn every_other_answer_has_its_own_name() {
    check(answer(302, &[("location", "https://x.example/")], ""), "Redirected");
    check(answer(401, &[("www-authenticate", "Bearer")], ""), "Token refused (401)");
    check(answer(403, &JSON, ""), "Not allowed (403)");
    check(answer(404, &JSON, ""), "Not found (404)");
    check(answer(405, &JSON, ""), "Method not allowed (405)");
    check(answer(429, &JSON, ""), "Throttled (429)");
    for status in [500, 501, 503] {
        check(answer(status, &JSON, ""), "The endpoint failed (5xx)");
    }
    check(answer(400, &JSON, ""), "The query was refused");
    check(answer(200, &[("content-type", "text/html")], "<html>"), "A web page, not SCIM");
    check(answer(200, &JSON, "<!doctype html><p>"), "A web page, not SCIM");
    check(answer(200, &JSON, r#"{"id":"1","userName":"a"}"#), "Not a list");
    check(answer(200, &JSON, "hello"), "Not SCIM");
    check(answer(200, &JSON, ""), "Not SCIM");
}

#[test]
fn every_layer_below_has_its_own_name() {
    let kinds = [
        FaultKind::NoRelay,
        FaultKind::NotAllowed,
        FaultKind::NoAccess,
        FaultKind::Name,
        FaultKind::Refused,
        FaultKind::Tls,
        FaultKind::Timeout,
        FaultKind::Cors,
        FaultKind::Broken,
        FaultKind::Cancelled,
    ];
    let titles: std::collections::BTreeSet<_> =
        kinds.map(|kind| judge(&Err(WireFault::new(kind, "x"))).title).into_iter().collect();
    assert_eq!(titles.len(), kinds.len());
}

#[test]
fn what_the_server_says_is_passed_on() {
    let body = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"token expired"}"#;
    let verdict = judge(&answer(401, &[("www-authenticate", "Bearer realm=\"x\"")], body));
    assert!(verdict.text.contains("token expired"), "{verdict:?}");
    assert!(verdict.text.contains("Bearer realm"), "{verdict:?}");
}

#[test]
fn a_refused_token_is_repaired_by_what_the_endpoint_asks_for() {
    let repair = |challenge| judge(&answer(401, &[("www-authenticate", challenge)], "")).repair;
    assert!(repair("Bearer realm=\"x\"").contains("new token"));
    assert!(repair("Basic realm=\"x\"").contains("password"));
    assert!(repair("Negotiate").contains("another way"));
    assert!(judge(&answer(401, &[], "")).repair.contains("new token"));
}
