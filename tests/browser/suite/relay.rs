//! A relay at another address than the page's: this project's with its session key, and a CORS proxy
//! of another make.

use browser::{Page, Peer, PeerKind, PrefixProxy, Relay, Role, Seeded, TOKEN, Visit};

use crate::secret::assert_absent;

const OURS: &str = "This project's relay, at another address";
const OTHER: &str = "A CORS proxy of another make";
/// As long as a key, and none.
const WRONG: &str = "00000000000000000000000000000000000000000000000000000000000000aa";

async fn one_user() -> Peer {
    Peer::start(PeerKind::NodeScimmy, Seeded { users: 1, ..Seeded::default() }).await
}

/// Chooses a relay at another address, and gives tenant URL and token.
async fn choose(page: &Page, kind: &str, address: &str, url: &str) {
    page.add_envoy().await;
    page.open("#/connection").await;
    page.pick("Relay").await;
    page.choose("Relay", kind).await;
    page.type_into("Relay's address", address).await;
    page.type_into("Tenant URL", url).await;
    page.hold_token(TOKEN).await;
}

async fn hold_key(page: &Page, key: &str) {
    page.type_into("Session key", key).await;
    page.press(thirtyfour::Key::Enter).await;
    page.expect_text("A session key is held in memory (64 characters)").await;
}

/// Test Connection is off, and its tip says why.
async fn expect_off(page: &Page, why: &str) {
    page.within(Role::Region, "Test Connection").wait_for(Role::Button, "Test Connection").await;
    let script = "
        const button = [...document.querySelectorAll('button[aria-disabled=true]')]
            .find(it => it.textContent.trim() === 'Test Connection');
        const tip = button && document.getElementById(button.getAttribute('aria-describedby'));
        return tip ? tip.textContent : 'it is not off'";
    assert_eq!(page.script(script).await.as_str(), Some(why));
}

#[tokio::test]
async fn calls_go_through_a_relay_elsewhere_with_its_key_and_both_secrets_stay_in_memory() {
    let peer = Peer::of_fifty(PeerKind::NodeScimmy).await;
    let server = Relay::closed().await;
    let relay = Relay::for_page_at(server.url(), &[peer.url()]).await;
    let key = relay.key().await;
    let secrets = [TOKEN, key.as_str()];
    let log = Visit::of(server.url())
        .run(async |page| {
            choose(page, OURS, relay.url(), peer.url()).await;
            page.expect_text("is on this device").await;
            expect_off(page, "paste the relay's session key first").await;
            hold_key(page, &key).await;
            assert_absent(page, &secrets, "after leaving the fields").await;
            page.test_connection("Connected").await;
            let card = page.within(Role::Region, "Test Connection");
            card.wait_for(Role::Disclosure, "Route good Through the relay at 127.0.0.1:…").await;
            card.wait_for(Role::Disclosure, "TCP good Connected by IPv4…").await;
            page.click_button("Ask who runs it").await;
            page.expect_text("Run by: whoever started it on this machine").await;
            assert_absent(page, &secrets, "after the connection test").await;
            let (_, ledger) = page.download("Save the ledger").await;
            let host = relay.url().trim_start_matches("http://").trim_end_matches('/');
            assert!(ledger.contains(&format!(",relay at {host},200")), "{ledger}");
            assert!(ledger.contains(&format!(",GET,{host}/relay/about,")), "{ledger}");
            page.invent("10 users").await;
            page.assign("Envoy Users").await;
            page.run_preview().await;
            page.wait_for(Role::Button, "Error 0").await;
            page.expect_text(&format!("Relay {host}: leaves this device")).await;
            for file in ["Save project file", "Save runbook", "Save preview as JSON"] {
                page.open("#/deliver").await;
                let (name, text) = page.download(file).await;
                assert!(secrets.iter().all(|secret| !text.contains(secret)), "in {name}");
                let is_project = file == "Save project file";
                assert!(!is_project || text.contains(host), "the address is part of the draft");
            }
            let console = page.console().await.join("\n");
            assert!(secrets.iter().all(|secret| !console.contains(secret)), "{console}");
            page.reload().await;
            assert_absent(page, &secrets, "after a reload").await;
            page.open("#/connection").await;
            assert_eq!(page.value_of("Relay's address").await, relay.url());
        })
        .await;
    assert!(peer.journal().iter().all(|line| line.method == "GET" && line.status == 200));
    assert!(!server.log().contains(&key) && !relay.log().contains(TOKEN));
    for secret in secrets {
        let carriers = log.requests().iter().filter(|request| request.record.contains(secret));
        let places: Vec<_> = carriers.map(|request| request.url.as_str()).collect();
        assert!(!places.is_empty(), "the record of the network sees no headers");
        let is_relay = |url: &&str| **url == format!("{}relay", relay.url());
        assert!(places.iter().all(is_relay), "a secret went to {places:?}");
    }
}

#[tokio::test]
async fn a_wrong_key_has_its_own_verdict_and_another_relay_gets_neither_secret() {
    let peer = one_user().await;
    let server = Relay::closed().await;
    let relay = Relay::for_page_at(server.url(), &[peer.url()]).await;
    let other = Relay::for_page_at(server.url(), &[peer.url()]).await;
    Visit::of(server.url())
        .run(async |page| {
            choose(page, OURS, relay.url(), peer.url()).await;
            page.type_into("Session key", "canary").await;
            page.expect_text("a session key has 64 digits").await;
            hold_key(page, WRONG).await;
            page.test_connection("The relay refuses the session key").await;
            page.expect_text("Paste the key that the relay has printed last").await;
            page.click_button("Forget").await;
            page.within(Role::Region, "Route").expect_no_text("is held in memory").await;
            hold_key(page, &relay.key().await).await;
            page.test_connection("Connected").await;

            // Whoever runs the other one has not been trusted with either.
            page.type_into("Relay's address", other.url()).await;
            page.expect_text("the session key in memory belongs to").await;
            page.expect_text("the token in memory belongs to").await;
            page.type_into("Relay's address", relay.url()).await;
            page.expect_no_text("in memory belongs to").await;
            page.test_connection("Connected").await;
        })
        .await;
    assert!(!other.log().contains("GET"), "the other relay was asked: {}", other.log());
}

#[tokio::test]
async fn a_relay_that_is_not_there_and_one_that_does_not_know_the_page_are_told() {
    let peer = one_user().await;
    let server = Relay::closed().await;
    let stranger = Relay::for_page_at("https://wizard.example.com", &[peer.url()]).await;
    Visit::of(server.url())
        .run(async |page| {
            choose(page, OURS, "http://127.0.0.1:9", peer.url()).await;
            hold_key(page, WRONG).await;
            page.test_connection("No relay at this address").await;
            page.expect_text("it must run with --origin http://127.0.0.1:").await;
            page.type_into("Relay's address", stranger.url()).await;
            page.click_button("Ask who runs it").await;
            page.expect_text("does not know this page").await;
            page.type_into("Relay's address", "http://relay.example.com").await;
            page.expect_text("the relay's address does not begin with https").await;
            expect_off(page, "mend the relay's address first").await;
            page.type_into("Relay's address", "https://relay.example.com").await;
            page.expect_text("whose operator can read the token").await;
        })
        .await;
    assert_eq!(peer.journal(), []);
}

#[tokio::test]
async fn a_proxy_of_another_make_carries_the_calls_and_is_said_to_tell_nothing() {
    let peer = one_user().await;
    let server = Relay::closed().await;
    let proxy = PrefixProxy::below("/cors").await;
    Visit::of(server.url())
        .run(async |page| {
            choose(page, OTHER, &format!("{}/", proxy.url()), peer.url()).await;
            page.test_connection("Connected").await;
            let card = page.within(Role::Region, "Test Connection");
            card.expect_text("did on the way cannot be seen").await;
            card.wait_for(Role::Disclosure, "Name not seen…").await;
            card.wait_for(Role::Disclosure, "Route good Through the proxy at…").await;
            assert_absent(page, &[TOKEN], "after the connection test").await;
        })
        .await;
    let heard = proxy.heard();
    let asked = format!("GET /cors/{}/Users?filter=", peer.url());
    assert!(heard.iter().any(|head| head.starts_with(&asked)), "{heard:?}");
    assert!(heard.iter().all(|head| !head.to_lowercase().contains("x-relay")), "{heard:?}");
    assert!(peer.journal().iter().all(|line| line.status == 200));
}
