//! The whole walk in the sandbox, as an administrator takes it, from the first click to the files.

use browser::{Page, Relay, Role, Visit};
use serde_json::Value;

/// Fifty users and the eight groups that come with them.
const EVERYBODY: usize = 58;

#[tokio::test]
async fn an_administrator_walks_from_the_gallery_to_the_files() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            begin(page).await;
            edit_a_row(page).await;
            let in_scope = narrow_the_scope(page).await;
            preview(page, in_scope).await;
            open_one_person(page).await;
            run(page).await;
            deliver(page).await;
        })
        .await;
}

/// Application, people, connection: each step by the button that leads on.
async fn begin(page: &Page) {
    page.click_link("Configure an app").await;
    page.heading("Application").await;
    page.type_into("Search applications", "envo").await;
    page.expect_text("1 of 120 applications").await;
    page.click_button("Envoy").await;
    page.click_button("Add").await;
    page.click_link("Next: People").await;
    page.choose("Number of users", "50 users").await;
    page.click_button("Invent a tenant").await;
    page.click_button("Assign the group Envoy Users").await;
    page.click_link("Next: Connection").await;
    assert_eq!(page.value_of("Tenant URL").await, "https://app.envoy.com/scim/v2");
    page.test_connection("Connected").await;
    page.click_link("Next: Mappings").await;
}

/// The live value follows what is typed, in the editor and in the table.
async fn edit_a_row(page: &Page) {
    let table = page.within(Role::Table, "Attribute mappings of users");
    table.expect_text("userPrincipalName").await;
    table.expect_no_text("Visitor from").await;
    page.click_button("Edit title").await;
    let editor = page.within(Role::Dialog, "Edit attribute");
    editor.choose("Mapping type", "Expression").await;
    editor.type_into("Expression", "Append(\"Visitor from \", [usageLocation]").await;
    editor.expect_text("Character").await;
    editor.type_into("Expression", "Append(\"Visitor from \", \"here\")").await;
    editor.expect_text("Visitor from here").await;
    editor.click_button("Done").await;
    table.expect_text("Visitor from here").await;
    page.click_link("Next: Scope").await;
}

/// A filter takes people out, at once and with the number in sight.
async fn narrow_the_scope(page: &Page) -> usize {
    let counts = page.within(Role::Region, "In and out of scope");
    let before = counts.number_after("Users in scope").await;
    page.click_button("Add scoping filter").await;
    let clause = page.within(Role::Group, "Clause 1");
    clause.type_into("Attribute", "department").await;
    clause.choose("Operator", "NOT EQUALS").await;
    clause.type_into("Value", "Sales").await;
    clause.expect_text("Whoever has no department fails this clause too").await;
    counts.expect_no_text("is not finished").await;
    counts.expect_text("a scoping filter").await;
    let after = counts.number_after("Users in scope").await;
    assert!(0 < after && after < before, "{before} were in scope, and with the filter {after}");
    assert_eq!(after + counts.number_after("Users out of scope").await, 50);
    page.click_link("Next: Preview").await;
    after
}

/// Everybody has exactly one verdict.
async fn preview(page: &Page, in_scope: usize) {
    assert_eq!(page.number_after("People in scope").await, in_scope);
    page.run_preview().await;
    let counts = counts(page).await;
    assert_eq!(counts.iter().map(|(_, count)| count).sum::<usize>(), EVERYBODY, "{counts:?}");
    assert!(of(&counts, "Create") > 0 && of(&counts, "Update") > 0, "{counts:?}");
    let funnel = page.within(Role::Region, "From the directory into the application");
    assert_eq!(funnel.number_after("In scope").await, in_scope);
}

/// The steps of provision on demand (that of the connection is told only when it failed), and the exact requests in both wire forms.
async fn open_one_person(page: &Page) {
    page.click(Role::Button, "Update …").await;
    let rows = page.within(Role::Grid, "Outcomes").names_of(Role::Row).await;
    let row = rows.iter().find(|row| row.contains("Update")).expect("somebody is updated");
    page.within(Role::Grid, "Outcomes").click(Role::Row, row).await;
    let story = page.within(Role::Dialog, "…");
    for step in ["Test connection", "Import ", "Determine if ", "Match ", "Perform action"] {
        story.expect_text(step).await;
    }
    story.expect_text("Attributes: before and after").await;
    story.expect_text("PATCH ").await;
    let default = page.within(Role::TabPanel, "…").text().await;
    story.click(Role::Tab, "aadOptscim062020").await;
    let compliant = page.within(Role::TabPanel, "…").text().await;
    assert_ne!(default, compliant, "the two wire forms differ for an update");
    story.click_button("Next person").await;
    story.click_button("Close").await;
    page.wait_until_gone(Role::Dialog, "…").await;
    page.click(Role::Button, "Update …").await;
    page.click_link("Next: Run").await;
}

/// After the initial cycle nothing is left to be written.
async fn run(page: &Page) {
    page.turn("Provisioning Status", true).await;
    page.click_button("Start the initial cycle").await;
    page.expect_text("The cycle has ended").await;
    page.within(Role::Region, "Cycles").click_button("Run the preview again").await;
    page.heading("Preview").await;
    page.preview_is_there().await;
    let counts = counts(page).await;
    let left: Vec<_> = counts.iter().filter(|(name, n)| name != "Skip" && *n > 0).collect();
    assert!(left.is_empty(), "still to do: {left:?}");
    assert_eq!(of(&counts, "Skip"), EVERYBODY);
}

/// The four files, and what is in them.
async fn deliver(page: &Page) {
    page.open("#/deliver").await;
    let (name, project) = page.download("Save project file").await;
    assert_eq!(name, "envoy.scim-wizard.json");
    let project: Value = serde_json::from_str(&project).expect("a project is JSON");
    assert_eq!(project["format"], "scim-wizard-project");
    assert_eq!(project["draft"]["application"]["name"], "Envoy");
    assert!(project["draft"].to_string().contains("Visitor from"));
    let (name, runbook) = page.download("Save runbook").await;
    assert_eq!(name, "envoy-runbook.md");
    for part in ["# Provisioning of Envoy", "Visitor from", "NOT EQUALS", "(not in this file)"] {
        assert!(runbook.contains(part), "`{part}` is not in the runbook:\n{runbook}");
    }
    let (_, csv) = page.save_preview_as("CSV").await;
    assert_eq!(csv.lines().count(), 1 + EVERYBODY, "{csv}");
    let (_, json) = page.save_preview_as("JSON").await;
    let json: Value = serde_json::from_str(&json).expect("the preview is JSON");
    assert_eq!(json["outcomes"].as_array().map(Vec::len), Some(EVERYBODY));
    page.wait_for(Role::Link, "Deliver Done").await;
}

/// The counts of the preview, by action.
async fn counts(page: &Page) -> Vec<(String, usize)> {
    let names = page.within(Role::Group, "Show only these actions").names_of(Role::Button).await;
    let count = |name: &String| {
        let (action, count) = name.rsplit_once(' ')?;
        Some((action.to_owned(), count.parse().ok()?))
    };
    names.iter().map(|name| count(name).expect("an action and a number")).collect()
}

fn of(counts: &[(String, usize)], action: &str) -> usize {
    counts.iter().find(|(name, _)| name == action).map_or(0, |(_, count)| *count)
}
