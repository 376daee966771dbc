//! Pictures of the page: three for the README, and all eight steps for whoever looks them over.
//! `cargo test -p browser --test suite -- --ignored pictures` takes them.

use std::path::PathBuf;

use browser::{Page, Relay, Role, Visit, environment};

const STEPS: [&str; 8] =
    ["Application", "People", "Connection", "Mappings", "Scope", "Preview", "Run", "Deliver"];

async fn tour(page: &Page) {
    page.click_button("Try the sandbox tour").await;
    page.preview_is_there().await;
    page.test_connection("Connected").await;
}

/// A step with its content, from the top.
async fn show(page: &Page, step: &str) {
    page.open(&format!("#/{}", step.to_lowercase())).await;
    page.heading(step).await;
    if step == "Preview" {
        page.wait_for(Role::Grid, "Outcomes").await;
    }
    page.script("document.activeElement.blur(); scrollTo(0, 0)").await;
}

/// Puts a card right under the bar at the top.
async fn scroll_to(page: &Page, card: &str) {
    let script = format!(
        "[...document.querySelectorAll('h2')].find(heading => heading.textContent === '{card}')
            .closest('section').scrollIntoView({{ block: 'start' }})"
    );
    page.script(&script).await;
}

#[tokio::test]
#[ignore = "writes the README's pictures"]
async fn pictures_of_the_readme() {
    let folder = environment::project().join("docs").join("pictures");
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            tour(page).await;
            show(page, "Preview").await;
            scroll_to(page, "What would happen").await;
            page.picture(&folder.join("preview-light.png")).await;
            page.colours("dark").await;
            show(page, "Mappings").await;
            scroll_to(page, "Attribute mappings").await;
            page.picture(&folder.join("mappings-dark.png")).await;
            page.colours("light").await;
            page.open("#/workbench").await;
            page.heading("Workbench").await;
            page.click_button("Try an example").await;
            page.expect_text("different results").await;
            page.script("document.activeElement.blur()").await;
            scroll_to(page, "An expression of its own").await;
            page.picture(&folder.join("workbench-light.png")).await;
        })
        .await;
}

#[tokio::test]
#[ignore = "writes pictures into the folder that SCIM_WIZARD_PICTURES names"]
async fn pictures_of_every_step() {
    let Some(folder) = environment::text("SCIM_WIZARD_PICTURES").map(PathBuf::from) else {
        println!("no pictures: SCIM_WIZARD_PICTURES names no folder");
        return;
    };
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.picture(&folder.join("0-start-light.png")).await;
            tour(page).await;
            for (name, width, colours) in
                [("light", 1280, "light"), ("dark", 1280, "dark"), ("narrow", 320, "light")]
            {
                page.window(width, 800).await;
                page.colours(colours).await;
                for (number, step) in (1..).zip(STEPS) {
                    show(page, step).await;
                    let file = format!("{number}-{}-{name}.png", step.to_lowercase());
                    page.picture(&folder.join(file)).await;
                }
            }
        })
        .await;
}
