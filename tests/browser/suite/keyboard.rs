//! The whole walk in the sandbox with the keyboard alone: Tab, Enter, Space, arrows, Escape.

use browser::{Relay, Role, Visit};
use thirtyfour::Key;

#[tokio::test]
async fn the_whole_walk_needs_no_mouse() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.tab_and_enter(Role::Link, "Configure an app").await;
            page.tab_to(Role::Field, "Search applications").await;
            page.keys("envoy").await;
            page.tab_and_enter(Role::Button, "Envoy").await;
            page.tab_and_enter(Role::Button, "Add").await;

            page.tab_and_enter(Role::Link, "Next: People").await;
            page.tab_to(Role::ComboBox, "Number of users").await;
            page.keys("10 users").await;
            page.tab_and_enter(Role::Button, "Invent a tenant").await;
            page.tab_and_enter(Role::Button, "Assign the group Envoy Users").await;

            page.tab_and_enter(Role::Link, "Next: Connection").await;
            page.tab_to(Role::Radio, "Sandbox in this page").await;
            page.press(Key::Down).await;
            page.expect_text("Relay: leaves this device").await;
            page.press(Key::Up).await;
            page.expect_text("Sandbox: stays on this device").await;
            page.tab_and_enter(Role::Button, "Test Connection").await;
            page.expect_text("Connected").await;

            page.tab_and_enter(Role::Link, "Next: Mappings").await;
            page.tab_and_enter(Role::Button, "Edit title").await;
            page.tab_to(Role::ComboBox, "Mapping type").await;
            page.keys("Constant").await;
            page.tab_to(Role::Field, "Constant value").await;
            page.keys("Visitor").await;
            page.press(Key::Escape).await;
            page.wait_until_gone(Role::Dialog, "Edit attribute").await;
            page.within(Role::Table, "Attribute mappings of users").expect_text("Visitor").await;

            page.tab_and_enter(Role::Link, "Next: Scope").await;
            page.tab_to(Role::Radio, "Sync only assigned…").await;
            page.press(Key::Down).await;
            page.tab_and_enter(Role::Link, "Next: Preview").await;
            page.tab_and_enter(Role::Button, "Run the preview").await;
            page.tab_to(Role::Grid, "Outcomes").await;
            page.press(Key::Down).await;
            page.press(Key::Enter).await;
            page.within(Role::Dialog, "…").expect_text("2 of").await;
            page.press(Key::Escape).await;
            page.wait_until_gone(Role::Dialog, "…").await;

            page.tab_and_enter(Role::Link, "Next: Run").await;
            page.tab_to(Role::Switch, "Provisioning Status").await;
            page.press(Key::Space).await;
            page.tab_and_enter(Role::Button, "Start the initial cycle").await;
            page.expect_text("The cycle has ended").await;
            page.tab_and_enter(Role::Link, "Next: Deliver").await;
            page.tab_and_enter(Role::Button, "Save project file").await;
            page.wait_for(Role::Link, "Deliver Done").await;
        })
        .await;
}

#[tokio::test]
async fn the_first_stop_leads_past_the_frame() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.reload().await;
            page.press(Key::Tab).await;
            page.press(Key::Enter).await;
            let inside = page.script("return document.activeElement.tagName").await;
            assert_eq!(inside, "MAIN", "the first stop of Tab skips to the content");
        })
        .await;
}
