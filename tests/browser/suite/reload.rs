//! What outlives a reload, what undo brings back, and what a project file restores.

use std::path::Path;

use browser::{Page, Relay, Role, TOKEN, Visit};

/// Changes something on each step that can be typed into.
async fn fill_in(page: &Page) {
    page.add_envoy().await;
    page.type_into("Name", "Envoy of the north").await;
    page.invent("50 users").await;
    page.assign("Envoy Users").await;
    page.connect("Relay", "https://app.envoy.com/scim/v2?aadOptscim062020", TOKEN).await;
    page.type_into("Notification e-mail…", "ops@contoso.com").await;
    page.turn("Send an email notification when a failure occurs", true).await;
}

/// Sees that all of it is there.
async fn is_filled_in(page: &Page) {
    page.open("#/application").await;
    assert_eq!(page.value_of("Name").await, "Envoy of the north");
    page.open("#/people").await;
    page.type_into("Search users and groups", "Envoy Users").await;
    page.wait_for(Role::Button, "Unassign Envoy Users").await;
    page.open("#/connection").await;
    let url = page.value_of("Tenant URL").await;
    assert_eq!(url, "https://app.envoy.com/scim/v2?aadOptscim062020");
    assert_eq!(page.value_of("Notification e-mail…").await, "ops@contoso.com");
}

#[tokio::test]
async fn a_step_that_a_kept_draft_is_opened_at_counts_as_looked_at() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.expect_text("Kept in this browser").await;
            page.wait_for(Role::Link, "Mappings To do").await;
            page.script("history.replaceState(null, '', '#/mappings')").await;
            page.reload().await;
            page.heading("Mappings").await;
            page.wait_for(Role::Link, "Mappings Done").await;
        })
        .await;
}

#[tokio::test]
async fn a_reload_keeps_everything_but_the_token() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            fill_in(page).await;
            page.expect_text("Kept in this browser").await;
            page.reload().await;
            is_filled_in(page).await;
            page.expect_no_text("is held in memory").await;
            assert_eq!(page.value_of("Secret token").await, "");
            page.open("#/").await;
            page.heading("Your work on Envoy of the north").await;
        })
        .await;
}

#[tokio::test]
async fn undo_takes_back_and_redo_brings_again() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.open("#/connection").await;
            let proposed = page.value_of("Tenant URL").await;
            page.type_into("Tenant URL", "https://other.example/scim").await;
            page.click_button("Undo").await;
            assert_eq!(page.value_of("Tenant URL").await, proposed);
            page.click_button("Redo").await;
            assert_eq!(page.value_of("Tenant URL").await, "https://other.example/scim");
            // Two steps back: the address, and then the application itself.
            page.click_button("Undo").await;
            page.click_button("Undo").await;
            page.wait_for(Role::Link, "Connection Blocked: add an application first").await;
        })
        .await;
}

#[tokio::test]
async fn starting_over_asks_first_and_leaves_nothing_behind() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.open("#/").await;
            page.click_button("Start over").await;
            page.within(Role::Dialog, "Start over without Envoy?")
                .click_button("Keep my work")
                .await;
            page.heading("Your work on Envoy").await;
            page.click_button("Start over").await;
            page.within(Role::Dialog, "Start over without Envoy?").click_button("Start over").await;
            page.wait_until_gone(Role::Heading, "Your work on Envoy").await;
            // At once: what was done a moment ago must not come back.
            page.reload().await;
            page.wait_until_gone(Role::Heading, "Your work on Envoy").await;
        })
        .await;
}

#[tokio::test]
async fn a_broken_project_file_is_refused_and_the_work_stays() {
    let relay = Relay::closed().await;
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("not-json.json", "hello", "this is not JSON"),
        ("other.json", "{\"name\":\"x\"}", "the member format is not scim-wizard-project"),
        (
            "newer.json",
            "{\"format\":\"scim-wizard-project\",\"version\":99}",
            "open the file with a newer wizard",
        ),
        (
            "foreign.json",
            "{\"format\":\"scim-wizard-project\",\"version\":1,\"draft\":{\"token\":\"x\"}}",
            "unknown field",
        ),
    ];
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.open("#/").await;
            for (name, text, expected) in cases {
                let file = write(folder.path(), name, text);
                page.open_file("Open a project file", &file).await;
                page.expect_text("The project file was not opened").await;
                page.expect_text(expected).await;
            }
            page.heading("Your work on Envoy").await;
        })
        .await;
}

#[tokio::test]
async fn a_project_file_brings_everything_into_another_browser() {
    let relay = Relay::closed().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("project.json");
    Visit::of(relay.url())
        .run(async |page| {
            fill_in(page).await;
            page.open("#/deliver").await;
            let (_, text) = page.download("Save project file").await;
            assert!(!text.contains(TOKEN), "the token is in the project file");
            std::fs::write(&file, text).unwrap();
        })
        .await;
    Visit::of(relay.url())
        .run(async |page| {
            page.open_file("Open a project file", &file).await;
            page.heading("Application").await;
            is_filled_in(page).await;
        })
        .await;
}

fn write(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    file
}
