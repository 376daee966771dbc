//! The connection test layer by layer, and the route that needs no network.

use std::process::Stdio;

use browser::{Page, Peer, PeerKind, Relay, Role, Seeded, TOKEN, Visit};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// One line of the list, by the words that it begins with: layer, state, what was seen.
async fn layer(page: &Page, words: &str) {
    let card = page.within(Role::Region, "Test Connection");
    card.wait_for(Role::Disclosure, &format!("{words}…")).await;
}

async fn one_user(kind: PeerKind) -> Peer {
    Peer::start(kind, Seeded { users: 1, ..Seeded::default() }).await
}

#[tokio::test]
async fn each_layer_is_told_through_the_relay() {
    for kind in [PeerKind::NodeScimmy, PeerKind::PythonScim2] {
        let peer = one_user(kind).await;
        let relay = Relay::allowing(&[peer.url()]).await;
        Visit::of(relay.url())
            .run(async |page| {
                page.add_envoy().await;
                page.connect("Relay", peer.url(), TOKEN).await;
                page.test_connection("Connected").await;
                for words in [
                    "Route good Through the relay",
                    "Name good",
                    "TCP good",
                    "TLS look here Not encrypted",
                    "Redirect good",
                    "Status good Status 200",
                    "Media type good application/scim+json",
                    "JSON good",
                    "List good",
                    "Filter good Nobody was found",
                    "Configuration good It has filters and PATCH",
                    "Resource types good",
                    "Schemas good",
                ] {
                    layer(page, words).await;
                }
                page.click(Role::Disclosure, "Filter good…").await;
                page.expect_text("A filter by a value that nobody has must find nobody.").await;
            })
            .await;
        let journal = peer.journal();
        assert!(journal.iter().all(|line| line.method == "GET"), "{journal:?}");
        assert_eq!(journal.len(), 4, "Entra's question and three on the service: {journal:?}");
    }
}

#[tokio::test]
async fn a_fault_stands_at_its_layer_and_nothing_behind_it_is_asked() {
    let mut peer = one_user(PeerKind::NodeScimmy).await;
    let url = peer.url().to_owned();
    peer.stop().await;
    let relay = Relay::allowing(&[&url]).await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.connect("Relay", &url, TOKEN).await;
            page.test_connection("Connection refused").await;
            layer(page, "Name good").await;
            layer(page, "TCP failed").await;
            layer(page, "TLS not reached").await;
            layer(page, "Schemas not reached").await;
            let ledger = page.within(Role::Region, "What left this device");
            ledger.expect_text("1 request has left this page").await;
        })
        .await;
}

/// What the sandbox does wrong, and the layer at which it is told.
const MISBEHAVIOURS: [(&str, &str); 9] = [
    ("Answers every search with everybody…", "Filter failed"),
    ("Answers 501 to a search with a filter.", "Status failed"),
    ("Answers with an HTML page…", "Media type failed"),
    ("Answers a search with one bare resource…", "List failed"),
    ("Answers successes without a body.", "JSON failed"),
    ("Labels what it answers text/html.", "Media type look here"),
    ("Redirects every request…", "Redirect failed"),
    ("Says that the token has expired (401).", "Status failed"),
    ("Answers 404 to /ServiceProviderConfig…", "Schemas look here"),
];

#[tokio::test]
async fn each_misbehaviour_stands_at_its_layer() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.test_connection("Connected").await;
            page.click(Role::Disclosure, "Misbehaviours…").await;
            for (misbehaviour, words) in MISBEHAVIOURS {
                page.turn(misbehaviour, true).await;
                page.within(Role::Region, "Test Connection").click_button("Test Connection").await;
                layer(page, words).await;
                page.turn(misbehaviour, false).await;
            }
            page.turn("Answers 404 to a search…", true).await;
            page.test_connection("the path is right").await;
        })
        .await;
}

/// Runs a command as an administrator would, and types the token when it asks.
async fn run_by_hand(command: &str) -> String {
    let mut shell = Command::new("bash");
    shell.args(["-c", command]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = shell.spawn().expect("bash is there");
    let mut stdin = running.stdin.take().expect("it was piped");
    stdin.write_all(format!("{TOKEN}\n").as_bytes()).await.expect("the shell reads");
    drop(stdin);
    let output = running.wait_with_output().await.expect("the command ends");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

async fn command_of(page: &Page) -> String {
    page.within(Role::Region, "Test Connection").wait_for(Role::Group, "Command").await;
    let script = "return document.querySelector('pre[aria-label=Command]').textContent";
    let command = page.script(script).await;
    command.as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn a_reply_that_is_pasted_has_the_same_verdict() {
    for kind in [PeerKind::NodeScimmy, PeerKind::PythonScim2] {
        let mut peer = one_user(kind).await;
        let url = peer.url().to_owned();
        let relay = Relay::closed().await;
        let log = Visit::of(relay.url())
            .run(async |page| {
                page.add_envoy().await;
                page.open("#/connection").await;
                page.pick("No network").await;
                page.type_into("Tenant URL", &url).await;
                let card = page.within(Role::Region, "Test Connection");
                card.click_button("Write the command").await;
                for verdict in ["Connected", "/ResourceTypes", "/Schemas"] {
                    let command = command_of(page).await;
                    assert!(!command.contains(TOKEN), "{command}");
                    page.paste_into("The reply", &run_by_hand(&command).await).await;
                    card.click_button("Read the reply").await;
                    card.expect_text(verdict).await;
                }
                layer(page, "Route good Sent by your own command").await;
                layer(page, "Configuration good").await;
                layer(page, "Resource types good").await;

                card.click_button("Write the command").await;
                peer.stop().await;
                page.paste_into("The reply", &run_by_hand(&command_of(page).await).await).await;
                card.click_button("Read the reply").await;
                card.expect_text("Connection refused").await;

                card.click_button("Write the command").await;
                card.choose("Run it in", "PowerShell").await;
                assert!(command_of(page).await.contains("-AsSecureString"));
                page.paste_into("The reply", "StatusCode : 200").await;
                card.click_button("Read the reply").await;
                card.expect_text("there is no line that begins with HTTP/").await;
                page.expect_text("No request has left this page").await;
            })
            .await;
        let asked = log.requests().iter().filter(|request| request.url.starts_with(&url));
        assert_eq!(asked.count(), 0, "the page has asked by itself");
    }
}
