//! The job's cycles in the sandbox: the initial one, and what follows when the tenant lives on.

use browser::{Page, Relay, Role, Visit};

#[tokio::test]
async fn later_cycles_follow_what_happens_in_the_tenant() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            prepared(page).await;
            let cycles = page.within(Role::Region, "Cycles");
            cycles.click_button("Start the initial cycle").await;
            page.expect_text("The cycle has ended").await;
            cycles.expect_text("Active").await;
            cycles.expect_text("what has changed").await;
            let managed = cycles.number_after("Managed accounts and groups").await;
            assert!(managed > 20, "{managed}");

            cycles.click_button("Let a month pass in the tenant").await;
            let month = page.within(Role::Region, "Cycles");
            month.expect_text("joins, and is put into Envoy Users").await;
            month.expect_text("is blocked").await;
            cycles.click_button("Run the next cycle").await;
            page.expect_text("The cycle has ended").await;
            let done = page.within(Role::Region, "What the cycle did");
            done.expect_text("a new account").await;

            cycles.click_button("Pause").await;
            cycles.expect_text("Paused").await;
            cycles.click_button("Start provisioning").await;
            cycles.expect_text("Active").await;
            cycles.click_button("Restart and forget the links").await;
            cycles.expect_text("an initial cycle").await;
            assert_eq!(cycles.number_after("Managed accounts and groups").await, 0);
        })
        .await;
}

#[tokio::test]
async fn too_many_leavers_are_held_back_until_they_are_allowed() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            prepared(page).await;
            page.open("#/mappings").await;
            page.click_button("Add a row to active").await;
            page.open("#/connection").await;
            page.type_into("Notification e-mail…", "admin@contoso.com").await;
            page.turn("Prevent accidental deletion", true).await;
            page.type_into("Accidental deletion threshold", "3").await;
            page.open("#/run").await;
            let cycles = page.within(Role::Region, "Cycles");
            cycles.click_button("Start the initial cycle").await;
            page.expect_text("The cycle has ended").await;

            page.open("#/people").await;
            page.type_into("Search users and groups", "Envoy Users").await;
            page.click_button("Unassign Envoy Users").await;
            page.open("#/run").await;
            cycles.click_button("Run the next cycle").await;
            cycles.expect_text("TooManyDeletes").await;
            let held = cycles.number_after("Held back by the deletion threshold").await;
            assert!(held > 20, "{held}");
            cycles.click_button("Allow deletes").await;
            cycles.click_button("Run the next cycle").await;
            cycles.expect_no_text("TooManyDeletes").await;
            cycles.expect_text("Active").await;
        })
        .await;
}

/// Envoy with fifty people, its users assigned, and provisioning switched on.
async fn prepared(page: &Page) {
    page.add_envoy().await;
    page.invent("50 users").await;
    page.click_button("Assign the group Envoy Users").await;
    page.open("#/run").await;
    page.turn("Provisioning Status", true).await;
}
