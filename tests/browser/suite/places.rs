//! Where the page can live: behind the relay's strict headers, and under a sub-path of any plain
//! static server; and that it asks nobody else for anything.

use browser::{Page, Relay, Role, StaticServer, Visit};
use serde_json::json;

/// Notes every violation of the content security policy from the first script on.
const WATCH: &str = "addEventListener('securitypolicyviolation', event => {
    (globalThis.violations ??= []).push(event.violatedDirective + ' ' + event.blockedURI)
})";

/// Looks at every step, and has the worker work.
async fn look_around(page: &Page) {
    page.open("#/").await;
    page.click_button("Try the sandbox tour").await;
    page.heading("Preview").await;
    for step in
        ["Application", "People", "Connection", "Mappings", "Scope", "Preview", "Run", "Deliver"]
    {
        page.go_to(step).await;
        page.heading(step).await;
    }
}

#[tokio::test]
async fn the_whole_page_obeys_a_strict_policy_and_stays_at_home() {
    let relay = Relay::closed().await;
    let log = Visit::of(relay.url())
        .run(async |page| {
            let watch = serde_json::json!({ "source": WATCH });
            page.devtools("Page.addScriptToEvaluateOnNewDocument", watch).await;
            page.reload().await;
            look_around(page).await;
            let violations = page.script("return globalThis.violations ?? []").await;
            assert_eq!(violations, serde_json::json!([]));
            let policy = page
                .script("return fetch(location.href).then(a => a.headers.get('content-security-policy'))")
                .await;
            let policy = policy.as_str().expect("the relay sends a policy").to_owned();
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"));
        })
        .await;
    let asked = log.of_pages();
    assert!(asked.iter().any(|url| url.contains(".wasm")), "the record is empty: {asked:?}");
    let elsewhere: Vec<_> = asked.iter().filter(|url| !url.starts_with(relay.url())).collect();
    assert!(elsewhere.is_empty(), "asked elsewhere: {elsewhere:?}");
}

#[tokio::test]
async fn a_plain_server_may_hold_it_under_a_path_of_its_own() {
    let server = StaticServer::below("/tools/scim/").await;
    let log = Visit::of(server.url())
        .run(async |page| {
            look_around(page).await;
            page.open("#/connection").await;
            page.reload().await;
            page.heading("Connection").await;
            page.pick("Relay").await;
            page.hold_token("a-token-for-nobody").await;
            page.test_connection("No relay").await;
            page.wait_for(Role::Link, "SCIM Wizard").await;
        })
        .await;
    let asked = log.of_pages();
    let inside = |url: &&&str| url.starts_with(server.url());
    assert!(asked.iter().filter(inside).count() > 5, "the record is empty: {asked:?}");
    // Looking for a relay is all that may miss.
    let missed: Vec<_> =
        server.missed().into_iter().filter(|path| !path.contains("relay")).collect();
    assert!(missed.is_empty(), "not found: {missed:?}");
}

#[tokio::test]
async fn every_step_has_an_address_that_can_be_opened_by_itself() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            for step in ["People", "Connection", "Mappings", "Scope", "Preview", "Run", "Deliver"] {
                page.open(&format!("#/{}", step.to_lowercase())).await;
                page.reload().await;
                page.heading(step).await;
                page.wait_for(Role::Link, &format!("{step} Blocked: add an application first"))
                    .await;
            }
        })
        .await;
}

#[tokio::test]
async fn a_click_before_the_rest_of_the_page_has_come_is_not_lost() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            let slow = json!({
                "offline": false,
                "latency": 1500,
                "downloadThroughput": -1,
                "uploadThroughput": -1,
            });
            page.devtools("Network.enable", json!({})).await;
            page.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
            page.devtools("Network.emulateNetworkConditions", slow).await;
            page.reload().await;
            page.click_button("Try the sandbox tour").await;
            page.heading("Preview").await;
        })
        .await;
}
