//! What is remarked on a configuration and its people, mended by a button; and what is foretold of
//! the first cycle.

use browser::{Relay, Role, Visit};
use serde_json::Value;

#[tokio::test]
async fn a_remark_names_people_and_is_mended_by_its_button() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.invent("200 users").await;
            page.click_button("Assign the group Envoy Users").await;
            let remarks = page.within(Role::Region, "Worth a look");
            remarks.expect_text("through a nested group only").await;
            remarks.click(Role::Disclosure, "Who: the first 5 of…").await;
            remarks.expect_text("Envoy Users").await;

            page.open("#/mappings").await;
            remarks.expect_text("keeps an active account").await;
            page.turn("Update", false).await;
            remarks.expect_text("Update is switched off").await;
            remarks.click_button("Tick the target object actions").await;
            remarks.expect_no_text("Update is switched off").await;
            remarks.click_button("Add a row to active").await;
            remarks.expect_no_text("keeps an active account").await;
            let table = page.within(Role::Table, "Attribute mappings of users");
            table.expect_text("IsSoftDeleted").await;
        })
        .await;
}

#[tokio::test]
async fn the_first_cycle_is_foretold_and_the_log_is_delivered() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.invent("50 users").await;
            page.click_button("Assign the group Envoy Users").await;
            page.open("#/preview").await;
            let forecast = page.within(Role::Region, "The first cycle in Entra");
            forecast.expect_text("by Microsoft's rule of thumb").await;
            forecast.expect_text("25 a second").await;
            forecast.click(Role::Disclosure, "What for").await;
            forecast.expect_text("Create the object").await;
            page.expect_text("worth a look before you go on").await;
            page.run_preview().await;

            page.open("#/deliver").await;
            let (name, log) = page.download("Save as a provisioning log").await;
            assert!(name.ends_with(".log.json"), "{name}");
            let log: Value = serde_json::from_str(&log).expect("JSON");
            let entries = log["value"].as_array().expect("a collection");
            assert_eq!(entries.len(), 58);
            assert!(entries.iter().any(|entry| entry["provisioningAction"] == "create"), "{log}");
            let (_, runbook) = page.download("Save runbook").await;
            assert!(runbook.contains("The first cycle: "), "{runbook}");
        })
        .await;
}
