//! The ways to authenticate other than a bearer token, and where their secrets go.

use std::process::Stdio;

use browser::{
    CLIENT, CLIENT_SECRET, Page, Peer, PeerKind, Relay, Role, Seeded, TOKEN, TokenEndpoint, Visit,
};

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::secret::assert_absent;

/// The secret in Base64, as a server might repeat it.
const ENCODED: &str = "d2l6YXJkOmNhbmFyeS1vZi10aGUtY2xpZW50";

async fn choose(page: &Page, url: &str, method: &str) {
    page.add_envoy().await;
    page.open("#/connection").await;
    page.pick("Relay").await;
    page.type_into("Tenant URL", url).await;
    page.choose("Authentication method", method).await;
}

async fn hold(page: &Page, label: &str, noun: &str, secret: &str) {
    page.type_into(label, secret).await;
    page.press(thirtyfour::Key::Enter).await;
    let count = secret.len();
    page.expect_text(&format!("A {noun} is held in memory ({count} characters)")).await;
}

/// Test Connection is off, and its tip says why.
async fn expect_off(page: &Page, why: &str) {
    let script = "
        const button = [...document.querySelectorAll('button[aria-disabled=true]')]
            .find(it => it.textContent.trim() === 'Test Connection');
        const tip = button && document.getElementById(button.getAttribute('aria-describedby'));
        return tip ? tip.textContent : 'it is not off'";
    let told = page.script(script).await;
    assert_eq!(told.as_str(), Some(why));
}

async fn client(page: &Page, peer: &Peer, endpoint: &TokenEndpoint, secret: &str) {
    choose(page, peer.url(), "OAuth 2.0 client credentials").await;
    page.type_into("Token endpoint", &endpoint.url()).await;
    page.type_into("Client identifier", CLIENT).await;
    page.type_into("Scopes…", "scim.read").await;
    hold(page, "Client secret", "client secret", secret).await;
}

#[tokio::test]
async fn a_client_secret_is_exchanged_for_a_token_and_each_goes_to_its_own_host() {
    let peer = Peer::start(PeerKind::NodeScimmy, Seeded { users: 3, ..Seeded::default() }).await;
    let endpoint = TokenEndpoint::giving(TOKEN).await;
    let relay = Relay::allowing(&[peer.url(), &endpoint.url()]).await;
    let secrets = [CLIENT_SECRET, ENCODED, TOKEN];
    let log = Visit::of(relay.url())
        .run(async |page| {
            client(page, &peer, &endpoint, CLIENT_SECRET).await;
            assert_absent(page, &secrets, "after leaving the field").await;
            page.test_connection("Connected").await;
            let card = page.within(Role::Region, "Test Connection");
            let words = "Access token good A token of the kind Bearer, good for 3600 seconds…";
            card.wait_for(Role::Disclosure, words).await;
            card.expect_text("grant_type=client_credentials&scope=scim%2Eread").await;
            assert_absent(page, &secrets, "after the connection test").await;
            let ledger = page.within(Role::Region, "What left this device");
            ledger.expect_text("5 requests have left this page").await;
            page.invent("10 users").await;
            page.assign("Envoy Users").await;
            page.run_preview().await;
            page.wait_for(Role::Button, "Error 0").await;
            assert_absent(page, &secrets, "after the preview").await;
            for file in ["Save project file", "Save runbook", "Save preview as JSON"] {
                page.open("#/deliver").await;
                let (name, text) = page.download(file).await;
                let found = secrets.iter().find(|secret| text.contains(**secret));
                assert_eq!(found, None, "in {name}");
            }
            let console = page.console().await.join("\n");
            assert!(secrets.iter().all(|secret| !console.contains(secret)), "{console}");
        })
        .await;
    let asked = endpoint.heard();
    assert_eq!(asked.len(), 1, "one token serves the test and the preview: {asked:?}");
    assert!(peer.journal().iter().all(|line| line.status == 200), "{:?}", peer.journal());
    assert!(secrets.iter().all(|secret| !relay.log().contains(secret)), "{}", relay.log());
    let carriers = log.requests().iter().filter(|it| it.record.contains(ENCODED));
    let targets: Vec<_> = carriers.map(|it| it.record.contains(&endpoint.url())).collect();
    assert_eq!(targets, [true], "the secret went once, to the token endpoint");
}

/// Runs commands in one shell, as an administrator would, and types the secret when it asks; gives
/// what each has printed.
async fn run_by_hand(commands: &[String]) -> Vec<String> {
    let script = commands.join("\necho; echo ---NEXT---\n");
    let mut shell = Command::new("bash");
    shell.args(["-c", &script]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = shell.spawn().expect("bash is there");
    let mut stdin = running.stdin.take().expect("it was piped");
    stdin.write_all(format!("{CLIENT_SECRET}\n").as_bytes()).await.expect("the shell reads");
    drop(stdin);
    let output = running.wait_with_output().await.expect("the commands end");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    told.split("---NEXT---").map(str::to_owned).collect()
}

async fn command_of(page: &Page) -> String {
    page.within(Role::Region, "Test Connection").wait_for(Role::Group, "Command").await;
    let script = "return document.querySelector('pre[aria-label=Command]').textContent";
    page.script(script).await.as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn without_network_the_first_command_fetches_the_token_for_the_others() {
    for style in ["in the header (Basic)", "in the body", "in both"] {
        let peer =
            Peer::start(PeerKind::NodeScimmy, Seeded { users: 1, ..Seeded::default() }).await;
        let endpoint = TokenEndpoint::giving(TOKEN).await;
        let relay = Relay::closed().await;
        Visit::of(relay.url())
            .run(async |page| {
                choose(page, peer.url(), "OAuth 2.0 client credentials").await;
                page.pick("No network").await;
                page.type_into("Token endpoint", &endpoint.url()).await;
                page.type_into("Client identifier", CLIENT).await;
                page.type_into("Scopes…", "scim.read").await;
                page.choose("Send identifier and secret", style).await;
                let card = page.within(Role::Region, "Test Connection");
                card.click_button("Write the command").await;
                let first = command_of(page).await;
                assert!(first.contains("grant_type=client_credentials"), "{first}");
                card.choose("Question", "Entra's question").await;
                let second = command_of(page).await;
                assert!(!second.contains("read -rs"), "it asks for a token: {second}");
                let told = run_by_hand(&[first, second]).await;
                assert!(told.iter().all(|it| !it.contains(TOKEN) && !it.contains(CLIENT_SECRET)));
                card.choose("Question", "First: an access token").await;
                page.paste_into("The reply", &told[0]).await;
                card.click_button("Read the reply").await;
                page.paste_into("The reply", &told[1]).await;
                card.click_button("Read the reply").await;
                card.expect_text("Connected").await;
                card.wait_for(Role::Disclosure, "Access token good…").await;
            })
            .await;
        let heard = endpoint.heard();
        let [heard] = heard.as_slice() else { panic!("{heard:?}") };
        assert_eq!(heard.contains(ENCODED), style != "in the body", "{heard}");
        assert_eq!(heard.contains("client_secret="), style != "in the header (Basic)", "{heard}");
    }
}

#[tokio::test]
async fn a_wrong_client_secret_is_told_and_the_application_is_not_asked() {
    let peer = Peer::start(PeerKind::NodeScimmy, Seeded { users: 1, ..Seeded::default() }).await;
    let endpoint = TokenEndpoint::giving(TOKEN).await;
    let relay = Relay::allowing(&[peer.url(), &endpoint.url()]).await;
    Visit::of(relay.url())
        .run(async |page| {
            client(page, &peer, &endpoint, "not-the-secret").await;
            page.test_connection("Client refused").await;
            let card = page.within(Role::Region, "Test Connection");
            card.wait_for(Role::Disclosure, "Access token failed…").await;
            card.wait_for(Role::Disclosure, "Status not reached…").await;
            // Another host must have the secret pasted anew.
            page.type_into("Tenant URL", "https://elsewhere.example/scim").await;
            page.expect_text("the client secret in memory belongs to").await;
        })
        .await;
    assert_eq!(peer.journal(), [], "the application was asked without a token");
}

#[tokio::test]
async fn user_name_and_password_go_as_basic_or_in_place_of_a_token() {
    for (method, header) in [
        ("User name and password (Basic)", "Basic"),
        ("User name and password in Base64, as the token", "Bearer"),
    ] {
        let server = TokenEndpoint::giving(TOKEN).await;
        let relay = Relay::allowing(&[&server.application()]).await;
        Visit::of(relay.url())
            .run(async |page| {
                choose(page, &server.application(), method).await;
                page.type_into("User name", CLIENT).await;
                hold(page, "Password", "password", CLIENT_SECRET).await;
                let expected = if header == "Basic" { "Connected" } else { "Token refused (401)" };
                page.test_connection(expected).await;
                assert_absent(page, &[CLIENT_SECRET, ENCODED], "after the test").await;
            })
            .await;
        let heard = server.heard().join("\n");
        assert!(heard.contains(&format!("{header} {ENCODED}")), "{heard}");
    }
}

#[tokio::test]
async fn what_needs_a_consent_page_or_a_signature_is_explained() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            choose(page, "https://app.envoy.com/scim/v2", "Bearer token").await;
            for (method, words) in [
                ("OAuth 2.0 authorization code", "choose Authorize"),
                ("Workload identity federation", "the subject and the audience"),
            ] {
                page.pick("Relay").await;
                page.choose("Authentication method", method).await;
                page.expect_text("Cannot be tried from here").await;
                page.expect_text(words).await;
                expect_off(page, "this way to authenticate cannot be tried from here").await;
                page.pick("Sandbox in this page").await;
                page.test_connection("Connected").await;
            }
        })
        .await;
}

/// The page's clock is set on, as if nobody had touched it for half an hour.
#[tokio::test]
async fn a_secret_is_forgotten_when_nobody_touches_the_page() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.connect("Relay", "https://app.envoy.com/scim/v2", TOKEN).await;
            page.click(Role::Disclosure, "Advanced…").await;
            page.choose("Forget the secret", "5 minutes").await;
            page.script("const now = Date.now; Date.now = () => now() + 4 * 60000").await;
            tokio::time::sleep(std::time::Duration::from_secs(7)).await;
            page.expect_text("A token is held in memory").await;
            page.script("const now = Date.now; Date.now = () => now() + 2 * 60000").await;
            page.expect_text("nobody touched the page for 5 minutes").await;
            expect_off(page, "paste the secret token first").await;
        })
        .await;
}

/// What the end of a JSON Web Token says is read on this device.
#[tokio::test]
async fn the_end_of_a_token_is_told_while_it_is_typed() {
    // {"alg":"none"} and {"exp":1700049600}
    let token = "eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwNDk2MDB9.c2ln";
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.open("#/connection").await;
            page.type_into("Secret token", token).await;
            page.expect_text("that ended on 2023-11-15").await;
            page.press(thirtyfour::Key::Enter).await;
            page.expect_text("A token is held in memory").await;
            page.expect_text("that ended on 2023-11-15").await;
            page.type_into("Tenant URL", "https://app.envoy.com/scim/v2").await;
            assert_absent(page, &[token], "after leaving the field").await;
        })
        .await;
}
