//! A and B: the shape of a target, and the list it must be on.

use cors_proxy::{Policy, Rule, Target, Use};
use http::Method;
use tokio::net::TcpListener;

use crate::upstream::Upstream;
use crate::world::{Setup, Table};

const LONGEST: usize = 8 * 1024;
const ENVOY: &str = "https://app.envoy.com/scim/v2";

fn policy(entries: &[&str]) -> Policy {
    let mut policy = Policy::default();
    for entry in entries {
        policy.allow(entry, Use::Own).unwrap();
    }
    policy
}

/// What the list of one entry says to a target; `None` lets it pass.
fn judge(target: &str) -> Option<Rule> {
    let permit = Target::parse(target, LONGEST)
        .and_then(|target| policy(&[ENVOY]).permit(target, &Method::GET));
    permit.err().map(|fault| fault.rule())
}

#[track_caller]
fn check(cases: &[(&str, Option<Rule>)]) {
    for (target, expected) in cases {
        assert_eq!(judge(target), *expected, "{target:?}");
    }
}

#[track_caller]
fn check_all(expected: Option<Rule>, targets: &[&str]) {
    for target in targets {
        assert_eq!(judge(target), expected, "{target:?}");
    }
}

#[tokio::test]
async fn a01_a_call_without_a_target_is_refused_and_told_the_header() {
    let world = Setup::allowing(&[ENVOY]).start().await;
    let answer = world.request("GET", "/relay").header("x-relay-key", &world.key).send().await;
    answer.expect_fault(400, "bad_target");
    assert!(answer.text().contains("x-relay-target"));
}

#[tokio::test]
async fn a02_two_targets_are_refused() {
    let upstream = Upstream::ok().await;
    let world = Setup::allowing(&[&upstream.url("/scim/v2")]).start().await;
    let target = upstream.url("/scim/v2/Users");
    let twice = world.call("GET", &target).header("x-relay-target", &target).send().await;
    twice.expect_fault(400, "bad_target");
    let query = world
        .request("GET", "/relay?target=https://app.envoy.com/scim/v2")
        .header("x-relay-key", &world.key)
        .header("x-relay-target", &target)
        .send()
        .await;
    query.expect_fault(400, "bad_target");
    assert!(upstream.heard().is_empty());
}

/// Sends targets through a relay; each must reach the upstream byte by byte.
async fn expect_unchanged(paths: &[&str]) {
    let upstream = Upstream::ok().await;
    let world = Setup::allowing(&[&upstream.url("/scim/v2")]).start().await;
    for path in paths {
        assert_eq!(world.get(&upstream.url(path)).await.status, 200, "{path}");
    }
    for (heard, path) in upstream.heard().iter().zip(paths) {
        assert!(heard.starts_with(&format!("GET {path} HTTP/1.1\r\n")), "{heard}");
    }
    assert_eq!(upstream.heard().len(), paths.len());
}

#[tokio::test]
async fn a03_path_and_query_reach_the_upstream_byte_by_byte() {
    let paths = ["/scim/v2/Users?count=1", "/scim/v2//Users?", "/scim/v2", "/scim/v2/?a=/../b"];
    expect_unchanged(&paths).await;
}

#[tokio::test]
async fn a19_an_encoded_filter_is_neither_encoded_nor_decoded_again() {
    let filters = [
        "/scim/v2/Users?filter=userName%20eq%20%22o%27brien%2Btest%40x.y%22",
        "/scim/v2/Users?filter=userName+eq+%22o'brien%22&a=%2b",
        "/scim/v2/Users?filter=%25%32%35",
    ];
    expect_unchanged(&filters).await;
}

#[test]
fn a05_the_scheme_is_https() {
    check_all(
        Some(Rule::BadTarget),
        &[
            "ftp://app.envoy.com/scim/v2",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "blob:https://a.b/1",
            "ws://app.envoy.com/",
        ],
    );
    check(&[
        ("http://app.envoy.com/scim/v2", Some(Rule::TargetNotAllowed)),
        ("HTTPS://app.envoy.com/scim/v2", None),
    ]);
}

#[test]
fn a06_a_relative_url_is_no_target() {
    check_all(Some(Rule::BadTarget), &["//app.envoy.com/scim/v2", "/scim/v2", "Users", ""]);
}

#[test]
fn a08_a_url_that_a_parser_would_mend_is_no_target() {
    check_all(
        Some(Rule::BadTarget),
        &[
            "https:app.envoy.com/x",
            "https:/app.envoy.com/x",
            "https:///app.envoy.com/x",
            "https://?x",
            "https:\\\\app.envoy.com\\scim\\v2",
        ],
    );
}

#[tokio::test]
async fn a10_a_password_in_the_target_is_refused_and_not_logged() {
    let world = Setup::allowing(&[ENVOY]).start().await;
    let answer = world.get("https://user:hunter2@app.envoy.com/scim/v2/Users").await;
    answer.expect_fault(400, "userinfo_not_allowed");
    assert!(!answer.text().contains("hunter2"));
    assert!(!world.journal(1).await.join("\n").contains("hunter2"));
    assert_eq!(judge("https://@app.envoy.com/scim/v2"), Some(Rule::UserinfoNotAllowed));
}

#[test]
fn a13_a_fragment_is_refused() {
    check(&[
        ("https://app.envoy.com#@evil.example/", Some(Rule::FragmentNotAllowed)),
        ("https://app.envoy.com/scim/v2#", Some(Rule::FragmentNotAllowed)),
    ]);
}

#[test]
fn a14_control_signs_and_spaces_are_refused_before_parsing() {
    for target in [
        "https://app.en\tvoy.com/scim/v2",
        "https://app.env\noy.com/scim/v2",
        " https://app.envoy.com/scim/v2",
        "https://app.envoy.com/scim/v2 ",
        "https://app.envoy.com/scim/v2\0",
        "https://app.envoy.com/scim/v2\u{7f}",
    ] {
        assert_eq!(judge(target), Some(Rule::BadTarget), "{target:?}");
    }
}

#[test]
fn a16_a_host_is_written_plainly() {
    check_all(
        Some(Rule::BadTarget),
        &["https://%61pp.envoy.com/scim/v2", "https://app%2eenvoy.com/scim/v2"],
    );
}

#[test]
fn a17_a_port_is_one() {
    check(&[
        ("https://app.envoy.com:0/scim/v2", Some(Rule::BadTarget)),
        ("https://app.envoy.com:65536/scim/v2", Some(Rule::BadTarget)),
        ("https://app.envoy.com:0443/scim/v2", Some(Rule::BadTarget)),
        ("https://app.envoy.com:/scim/v2", None),
        ("https://app.envoy.com:443/scim/v2", None),
    ]);
}

#[test]
fn a18_a_target_of_8193_bytes_is_too_long() {
    let longest = format!("{ENVOY}/Users?filter={}", "x".repeat(LONGEST - ENVOY.len() - 14));
    assert_eq!(longest.len(), LONGEST);
    assert_eq!(judge(&longest), None);
    assert_eq!(judge(&format!("{longest}x")), Some(Rule::TargetTooLong));
}

#[tokio::test]
async fn a18_a_target_that_is_too_long_has_its_own_status() {
    let world = Setup::allowing(&[ENVOY]).start().await;
    let long = format!("{ENVOY}/{}", "x".repeat(LONGEST));
    world.get(&long).await.expect_fault(414, "target_too_long");
    let path = format!("/{long}");
    world.keyed("GET", &path).send().await.expect_fault(414, "target_too_long");
}

#[test]
fn a20_what_would_have_to_be_encoded_is_refused() {
    let bad = Some(Rule::BadTarget);
    check(&[
        ("https://app.envoy.com/scim/v2/Users?filter=userName eq \"ü\"", bad),
        ("https://app.envoy.com/scim/v2/Users?filter=ü", bad),
        ("https://app.envoy.com/scim/v2/Users?filter=\"x\"", bad),
        ("https://app.envoy.com/scim/v2/Users?filter=%zz", bad),
        ("https://app.envoy.com/scim/v2/Users?filter=%2", bad),
        ("https://app.envoy.com/scim/v2/ü", bad),
        ("https://app.envoy.com/scim/v2/a/../Users", bad),
        ("https://app.envoy.com/scim/v2/./Users", bad),
        ("https://app.envoy.com/scim/v2/%2e/Users", bad),
    ]);
}

#[test]
fn b01_a_listed_target_passes() {
    check_all(
        None,
        &[
            "https://app.envoy.com/scim/v2/Users",
            "https://app.envoy.com/scim/v2",
            "https://app.envoy.com/scim/v2?x",
        ],
    );
}

#[tokio::test]
async fn b01_an_entry_for_reads_lets_no_write_pass() {
    let upstream = Upstream::ok().await;
    let mut setup = Setup::default();
    setup.policy.allow_reads(&upstream.url("/scim/v2"), Use::Own).unwrap();
    let world = setup.start().await;
    let target = upstream.url("/scim/v2/Users");
    assert_eq!(world.get(&target).await.status, 200);
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let answer = world.call(method, &target).send().await;
        answer.expect_fault(403, "target_not_allowed");
    }
    assert_eq!(upstream.heard().len(), 1);
}

#[test]
fn b02_the_case_of_the_host_does_not_matter() {
    check_all(None, &["https://APP.ENVOY.COM/scim/v2/Users", "https://App.Envoy.com/scim/v2"]);
    let target = Target::parse("https://APP.Envoy.COM/scim/v2", LONGEST).unwrap();
    assert_eq!(target.authority(), "app.envoy.com");
}

const REFUSED: Option<Rule> = Some(Rule::TargetNotAllowed);

#[test]
fn b03_a_host_with_a_dot_at_its_end_is_another() {
    check_all(REFUSED, &["https://app.envoy.com./scim/v2/Users", "https://app.envoy.com./"]);
}

#[test]
fn b04_a_host_that_only_begins_or_ends_alike_is_another() {
    check_all(
        REFUSED,
        &[
            "https://app.envoy.com.evil.example/",
            "https://app.envoy.com.evil.example/scim/v2",
            "https://xapp.envoy.com/scim/v2",
            "https://envoy.com/scim/v2",
        ],
    );
}

#[test]
fn b07_the_port_is_part_of_the_entry() {
    check_all(REFUSED, &["https://app.envoy.com:8443/scim/v2", "https://app.envoy.com:80/scim/v2"]);
}

#[test]
fn b08_the_prefix_is_compared_with_the_parsed_path() {
    check_all(
        REFUSED,
        &[
            "https://app.envoy.com/scim/v2/../../admin",
            "https://app.envoy.com/scim/v2/%2e%2e/%2E%2e/admin",
            "https://app.envoy.com/scim/v2/..",
        ],
    );
}

#[test]
fn b09_encoded_separators_are_refused() {
    check_all(
        REFUSED,
        &[
            "https://app.envoy.com/scim/v2/..%2fadmin",
            "https://app.envoy.com/scim/v2/..%5cadmin",
            "https://app.envoy.com/scim/v2/..;/admin",
            "https://app.envoy.com/scim/v2/%252e%252e/",
            "https://app.envoy.com/scim/v2/%252fadmin",
            "https://app.envoy.com/scim/v2/%00",
        ],
    );
}

#[test]
fn b10_the_prefix_ends_at_a_segment_border() {
    check_all(
        REFUSED,
        &[
            "https://app.envoy.com/scim/v2evil",
            "https://app.envoy.com/scim/v2%2Fx",
            "https://app.envoy.com/scim",
            "https://app.envoy.com/SCIM/V2",
            "https://app.envoy.com/%73cim/v2",
            "https://app.envoy.com/",
            "https://app.envoy.com",
        ],
    );
}

#[tokio::test]
async fn b11_a_doubled_slash_is_never_mended() {
    check(&[
        ("https://app.envoy.com/scim/v2//Users", None),
        ("https://app.envoy.com//scim/v2/Users", REFUSED),
        ("https://app.envoy.com/scim//v2/Users", REFUSED),
    ]);
    expect_unchanged(&["/scim/v2//Users"]).await;
}

#[test]
fn b04_an_entry_without_a_path_is_the_whole_host() {
    let policy = policy(&["https://app.envoy.com"]);
    for path in ["", "/", "/scim/v2/Users", "/admin"] {
        let target = Target::parse(&format!("https://app.envoy.com{path}"), LONGEST).unwrap();
        assert!(policy.permit(target, &Method::GET).is_ok(), "{path}");
    }
}

#[tokio::test]
async fn b12_a_look_alike_host_is_refused_and_shown_in_punycode() {
    let world = Setup::allowing(&[ENVOY]).start().await;
    let answer = world.get("https://аpp.envoy.com/scim/v2").await;
    answer.expect_fault(403, "target_not_allowed");
    assert!(answer.text().contains("xn--pp-6kc.envoy.com"), "{}", answer.text());
}

#[test]
fn b13_a_host_that_the_parser_had_to_repair_is_refused() {
    check(&[("https://app。envoy。com/scim/v2", Some(Rule::BadTarget))]);
}

#[tokio::test]
async fn b16_the_relay_does_not_call_itself_or_another_relay() {
    let upstream = Upstream::ok().await;
    let entry = upstream.url("/");
    let world = Setup::allowing(&[&entry]).start().await;
    let again = world.call("GET", &entry).header("via", "1.1 proxy, 1.1 cors-proxy");
    again.send().await.expect_fault(403, "loop");
    assert!(upstream.heard().is_empty());

    // The list is made for a name that leads back to the relay's own port.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let own = format!("http://relay.test:{}/", listener.local_addr().unwrap().port());
    let mut setup = Setup::default().resolving(Table::of("relay.test", &[&["127.0.0.1"]]));
    setup.policy.allow_private(&own, Use::Own).unwrap();
    setup.start_on(listener).get(&own).await.expect_fault(403, "loop");
}

#[tokio::test]
async fn b17_nobody_adds_a_target_while_the_relay_runs() {
    let upstream = Upstream::ok().await;
    for setup in [Setup::allowing(&[ENVOY]), Setup::shared()] {
        let world = setup.start().await;
        for path in ["/relay/targets", "/relay/allow", "/relay/session", "/relay/about"] {
            let body = format!("{{\"allow\":\"{}\"}}", upstream.url("/"));
            let call = world.keyed("POST", path).body("application/json", body.as_bytes());
            assert_eq!(call.send().await.status, 405, "{path}");
        }
        world.get(&upstream.url("/")).await.expect_fault(403, "target_not_allowed");
    }
    assert!(upstream.heard().is_empty());
}

#[tokio::test]
async fn without_a_list_every_call_is_refused_and_told_how_to_allow() {
    let world = Setup::default().start().await;
    let answer = world.get("https://app.envoy.com/scim/v2/Users").await;
    answer.expect_fault(403, "target_not_allowed");
    assert!(answer.text().contains("restart with --allow https://app.envoy.com"));
}

#[tokio::test]
async fn a_refusal_names_the_asked_host_and_no_listed_one() {
    let world = Setup::allowing(&[ENVOY, "https://secret.example/api"]).start().await;
    let answer = world.get("https://other.example/x?y=z").await;
    answer.expect_fault(403, "target_not_allowed");
    assert!(answer.text().contains("other.example"));
    assert!(!answer.text().contains("envoy"));
    assert!(!answer.text().contains("secret"));
    assert!(!answer.text().contains("y=z"));
}

#[test]
fn entries_that_are_unsafe_or_unclear_stop_the_start() {
    for (entry, relay, part) in [
        ("http://app.envoy.com/scim/v2", Use::Own, "plain http"),
        ("http://8.8.8.8/scim/v2", Use::Own, "plain http"),
        ("http://127.0.0.1:8901/scim/v2", Use::Shared, "loopback"),
        ("https://10.0.0.5/scim/v2", Use::Shared, "private network"),
        ("https://localhost/scim/v2", Use::Shared, "private network"),
        ("http://127.0.0.1:8901", Use::Own, "path"),
        ("https://169.254.169.254/latest", Use::Own, "never reached"),
        ("https://[::ffff:7f00:1]/x", Use::Own, "never reached"),
        ("https://app.envoy.com/scim/v2?aadOptscim062020", Use::Own, "query"),
        ("https://app.envoy.com./scim/v2", Use::Own, "dot"),
        ("https://app.envoy.com/a/../b", Use::Own, "not written"),
        ("https://app.envoy.com/a;b", Use::Own, "`;`"),
        ("app.envoy.com/scim/v2", Use::Own, "https"),
        ("https://u:p@app.envoy.com/", Use::Own, "password"),
    ] {
        let refusal = Policy::default().allow(entry, relay).unwrap_err().to_string();
        assert!(refusal.contains(part), "{entry}: {refusal}");
    }
    let refusal = Policy::default().allow_private("https://scim.corp.example/x", Use::Shared);
    assert!(refusal.unwrap_err().to_string().contains("reached by others"));
}
