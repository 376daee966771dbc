//! The tenant URL: what is told while it is typed, its parts as fields, and its other paths.

use browser::{Peer, PeerKind, Relay, Role, Seeded, TOKEN, Visit};
use serde_json::json;

#[tokio::test]
async fn rules_and_notes_are_told_while_an_address_is_typed() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.open("#/connection").await;
            for (typed, words) in [
                ("https://app.envoy.com/scim/v2/Users", "Entra appends /Users and /Groups itself"),
                ("https://app.envoy.com/scim/v2/scim/v2", "stands twice in a row"),
                ("https://ada:pw@app.envoy.com/scim/v2", "choose an authentication method below"),
                ("https://app.envoy.com/sc im", "take the blank out"),
                ("app.envoy.com/scim/v2", "begin it with https://"),
                ("https://app.envoy.com/scim/v2?aadOptscim062020", "makes Entra write PATCH as"),
                ("https://scim.corp/scim/v2", "cannot reach it without an on-premises"),
                ("https://xn--mnchen-3ya.example/scim", "münchen.example"),
                ("https://app.envoy.com/api", "Most SCIM addresses"),
            ] {
                page.type_into("Tenant URL", typed).await;
                page.expect_text(words).await;
            }
            page.expect_text("https://app.envoy.com/api/Users?filter=userName").await;
        })
        .await;
}

#[tokio::test]
async fn the_parts_of_a_template_are_fields() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.open("#/application").await;
            page.type_into("Search applications", "snowflake").await;
            page.click_button("Snowflake").await;
            page.click_button("Add").await;
            page.open("#/connection").await;
            page.expect_text("is a placeholder").await;
            page.type_into("account", "acme").await;
            page.type_into("region", "west-europe").await;
            let url = "https://acme.west-europe.azure.snowflakecomputing.com/scim/v2";
            assert_eq!(page.value_of("Tenant URL").await, url);
            page.type_into("account", "").await;
            page.expect_text("is a placeholder").await;
            page.type_into("Tenant URL", url).await;
            assert_eq!(page.value_of("account").await, "acme");
        })
        .await;
}

#[tokio::test]
async fn other_paths_are_tried_on_request_and_only_read() {
    let peer = Peer::start(PeerKind::PythonScim2, Seeded { users: 1, ..Seeded::default() }).await;
    let base = peer.url();
    let wrong = format!("{base}/nowhere");
    let relay = Relay::allowing(&[base, &wrong]).await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.connect("Relay", &wrong, TOKEN).await;
            page.test_connection("Not found (404)").await;
            page.expect_text("the path is most likely wrong").await;
            let before = peer.journal().len();
            page.click_button("Try other paths of this host").await;
            let card = page.within(Role::Region, "Test Connection");
            card.wait_for(Role::Disclosure, "/v2 good Connected").await;
            card.wait_for(Role::Disclosure, "/api/scim not it The relay may not go there").await;
            assert!(peer.journal().len() > before, "the server was asked");
            card.click_button(&format!("Use {base}")).await;
            page.test_connection("Connected").await;
        })
        .await;
    let writes: Vec<_> = peer.journal().into_iter().filter(|it| it.method != "GET").collect();
    assert_eq!(writes, [], "trying only reads");
}

/// On a narrow screen a click on the button is not lost when the field above it is left by it.
#[tokio::test]
async fn a_click_right_after_the_token_was_typed_is_not_lost() {
    let peer = Peer::start(PeerKind::NodeScimmy, Seeded { users: 1, ..Seeded::default() }).await;
    let relay = Relay::allowing(&[peer.url()]).await;
    Visit::of(relay.url())
        .run(async |page| {
            page.window(320, 800).await;
            page.add_envoy().await;
            page.open("#/connection").await;
            page.pick("Relay").await;
            page.type_into("Tenant URL", peer.url()).await;
            page.type_into("Secret token", TOKEN).await;
            // The button is not yet on: it is once the field is left. So its place decides.
            let place = "
                const button = [...document.querySelectorAll('button')]
                    .find(it => it.textContent.trim() === 'Test Connection');
                button.scrollIntoView({ block: 'center' });
                const box = button.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2]";
            let place = page.script(place).await;
            for kind in ["mousePressed", "mouseReleased"] {
                let body = json!({
                    "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1,
                });
                page.devtools("Input.dispatchMouseEvent", body).await;
            }
            let card = page.within(Role::Region, "Test Connection");
            card.expect_text("Connected").await;
        })
        .await;
}
