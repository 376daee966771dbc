//! What edits since the last preview would do, before they are previewed.

use browser::{Relay, Role, Visit};

#[tokio::test]
async fn an_edit_tells_who_changes_and_in_what() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.invent("50 users").await;
            page.click_button("Assign the group Envoy Users").await;
            page.open("#/preview").await;
            page.run_preview().await;
            page.open("#/mappings").await;
            page.click_button("Edit title").await;
            let form = page.within(Role::Dialog, "Edit attribute");
            form.choose("Mapping type", "Constant").await;
            form.type_into("Constant value", "Colleague").await;
            form.click_button("Done").await;

            page.open("#/preview").await;
            let change = page.within(Role::Region, "What a change does");
            change.click_button("Compare").await;
            change.click(Role::Button, "title …").await;
            change.click(Role::Button, "Changes …").await;
            let rows = page.within(Role::Grid, "Who moves").names_of(Role::Row).await;
            let row = rows.iter().find(|row| row.contains("→ Colleague")).expect("a title");
            page.within(Role::Grid, "Who moves").click(Role::Row, row).await;
            page.within(Role::Table, "What differs for …").expect_text("Colleague").await;

            // Another edit makes the comparison void.
            page.open("#/mappings").await;
            page.turn("Update", false).await;
            page.open("#/preview").await;
            change.expect_no_text("stay as they are").await;

            // Any two states can be compared: the first edit alone, and back.
            change.choose("From", "2 edits ago, before the mapping or filter of users").await;
            change.choose("To", "The last preview").await;
            change.click_button("Compare").await;
            change.expect_text("stay as they are").await;
        })
        .await;
}
