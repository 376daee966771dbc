//! The secret token is typed once, reaches the server that it is for, and is found nowhere else.

use browser::{Page, Peer, PeerKind, Relay, Role, TOKEN, Visit};
use serde_json::json;

/// Everything that a page can keep or show, as one text.
const EVERYTHING: &str = "
    const kept = [document.documentElement.outerHTML, document.title, location.href,
        document.cookie, JSON.stringify(history.state), String(window.name)];
    for (const store of [localStorage, sessionStorage])
        for (let i = 0; i < store.length; i++) kept.push(store.key(i), store.getItem(store.key(i)));
    for (const field of document.querySelectorAll('input, textarea, select, output'))
        kept.push(field.value, field.defaultValue);
    for (const entry of performance.getEntries()) kept.push(entry.name);
    for (const database of await indexedDB.databases()) kept.push('database ' + database.name);
    for (const cache of await caches.keys()) kept.push('cache ' + cache);
    return kept.join('\\n')";

/// What is shown of the request can be copied, with a mark in place of the token.
async fn copy_the_request(page: &Page) {
    let both = ["clipboardReadWrite", "clipboardSanitizedWrite"];
    page.devtools("Browser.grantPermissions", json!({ "permissions": both })).await;
    page.within(Role::Region, "Test Connection").click_button("Copy").await;
    page.within(Role::Region, "Test Connection").expect_text("Copied").await;
    let copied = page.script("return navigator.clipboard.readText()").await;
    let copied = copied.as_str().expect("the clipboard holds a text");
    assert!(copied.contains("Authorization: Bearer ‹token›"), "{copied}");
    assert!(!copied.contains(TOKEN), "the token is on the clipboard: {copied}");
}

/// No secret stands in anything that the page keeps or shows.
pub(crate) async fn assert_absent(page: &Page, secrets: &[&str], when: &str) {
    let script = format!("return (async () => {{ {EVERYTHING} }})()");
    let kept = page.script(&script).await;
    let kept = kept.as_str().expect("a text");
    assert!(kept.contains("scim-wizard/draft"), "the search sees nothing");
    // Nothing is kept in databases, so there is nothing in them to be searched.
    assert!(!kept.contains("\ndatabase ") && !kept.contains("\ncache "), "{kept}");
    for secret in secrets {
        assert!(!kept.contains(secret), "{when}, the secret is in the page: {kept}");
    }
}

#[tokio::test]
async fn the_token_reaches_its_server_and_is_found_nowhere_else() {
    let peer = Peer::of_fifty(PeerKind::NodeScimmy).await;
    let relay = Relay::allowing(&[peer.url()]).await;
    let log = Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.invent("10 users").await;
            page.assign("Envoy Users").await;
            page.connect("Relay", peer.url(), TOKEN).await;
            assert_absent(page, &[TOKEN], "after leaving the field").await;
            page.test_connection("Connected").await;
            let (_, ledger) = page.download("Save the ledger").await;
            assert!(!ledger.contains(TOKEN), "the token is in the ledger: {ledger}");
            assert_absent(page, &[TOKEN], "after the connection test").await;
            copy_the_request(page).await;
            page.go_to("Preview").await;
            page.run_preview().await;
            assert_absent(page, &[TOKEN], "after the preview").await;
            for file in
                ["Save project file", "Save runbook", "Save preview as CSV", "Save preview as JSON"]
            {
                page.open("#/deliver").await;
                let (name, text) = page.download(file).await;
                assert!(!text.contains(TOKEN), "the token is in {name}");
            }
            assert_absent(page, &[TOKEN], "after the downloads").await;
            let console = page.console().await.join("\n");
            assert!(!console.contains(TOKEN), "the token is in the console: {console}");
            page.reload().await;
            assert_absent(page, &[TOKEN], "after a reload").await;
        })
        .await;
    let journal = peer.journal();
    assert!(journal.iter().any(|line| line.status == 200), "the server got it: {journal:?}");
    assert!(!relay.log().contains(TOKEN), "the relay prints the token");
    let carriers: Vec<_> =
        log.requests().iter().filter(|request| request.record.contains(TOKEN)).collect();
    assert!(!carriers.is_empty(), "the record of the network sees no headers");
    for carrier in carriers {
        assert!(carrier.url.starts_with(relay.url()), "the token went to {}", carrier.url);
        assert!(!carrier.url.contains(TOKEN), "the token is in an address");
    }
}
