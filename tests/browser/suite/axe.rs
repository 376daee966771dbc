//! Accessibility: axe-core on every screen, in light and dark, wide and at 320 pixels, where
//! nothing may need scrolling sideways.

use browser::{Page, Relay, Role, Visit, environment};
use serde_json::Value;

const STEPS: [&str; 8] =
    ["Application", "People", "Connection", "Mappings", "Scope", "Preview", "Run", "Deliver"];

/// What axe-core has against the screen, as lines.
async fn findings(page: &Page, screen: &str) -> Vec<String> {
    let there = page.script("return typeof axe === 'object'").await;
    if there == Value::Bool(false) {
        let axe = std::fs::read_to_string(environment::axe()).expect("axe-core is installed");
        page.script(&axe).await;
    }
    let found = page
        .script(
            "return axe.run({ resultTypes: ['violations'] }).then(found => found.violations.flatMap(
                rule => rule.nodes.map(node => `${rule.id} (${rule.impact}): ${node.target} ${node.failureSummary}`)))",
        )
        .await;
    let lines = found.as_array().expect("a list").iter();
    lines.map(|line| format!("{screen}: {}", line.as_str().unwrap_or_default())).collect()
}

/// How many pixels the screen is wider than the window, and by which element.
async fn overhang(page: &Page, screen: &str) -> Option<String> {
    let found = page
        .script(
            "const window = document.documentElement.clientWidth;
            const wide = document.documentElement.scrollWidth - window;
            if (wide <= 0) return null;
            const far = [...document.querySelectorAll('body *')].filter(element =>
                element.getBoundingClientRect().right > window + 1);
            return `${wide} px: ` + far.slice(0, 3).map(element => element.outerHTML.slice(0, 80))",
        )
        .await;
    found.as_str().map(|what| format!("{screen} is too wide by {what}"))
}

/// The two large dialogs: the form of a mapping row, and a person's story.
async fn dialogs(page: &Page) -> Vec<String> {
    page.open("#/mappings").await;
    page.click_button("Edit title").await;
    page.wait_for(Role::Dialog, "Edit attribute").await;
    let mut wrong = findings(page, "Edit attribute").await;
    let form = page.within(Role::Dialog, "Edit attribute");
    form.choose("Mapping type", "Expression").await;
    form.type_into("Expression", "Join(\" \", Tolower([mail]), 12 = vbTextCompare, ToU").await;
    form.wait_for(Role::Option, "ToUpper…").await;
    wrong.extend(findings(page, "an expression that is being written").await);
    wrong.extend(overhang(page, "an expression that is being written").await);
    form.type_into("Expression", "Join(\" \", [mail])").await;
    form.expect_text("Sends ").await;
    wrong.extend(findings(page, "an expression that is sound").await);
    form.click_button("Done").await;
    page.open("#/preview").await;
    let rows = page.within(Role::Grid, "Outcomes").names_of(Role::Row).await;
    let person = rows.get(1).expect("somebody has a verdict");
    page.within(Role::Grid, "Outcomes").click(Role::Row, person).await;
    page.within(Role::Dialog, "…").expect_text("Perform action").await;
    wrong.extend(findings(page, "a person's story").await);
    wrong
}

/// The workbench with each of its panels, as text and as a form.
async fn workbench(page: &Page) -> Vec<String> {
    page.open("#/workbench").await;
    let mut wrong = findings(page, "an empty workbench").await;
    page.type_into("Expression", "Left([department], IIF([city] = \"x\", 3, 4))").await;
    page.expect_text("looked at").await;
    page.click_button("Add as a test").await;
    for panel in ["All people", "Tests", "Stress", "Compare", "Advice", "Reference", "Recipes"] {
        page.click(Role::Tab, panel).await;
        if panel == "Compare" {
            page.click_button("Compare with what is typed now").await;
        }
        if panel == "Reference" {
            page.click(Role::Disclosure, "Switch…").await;
        }
        wrong.extend(findings(page, panel).await);
        wrong.extend(overhang(page, panel).await);
    }
    page.click(Role::Tab, "Form").await;
    wrong.extend(findings(page, "the form of an expression").await);
    wrong.extend(overhang(page, "the form of an expression").await);
    wrong
}

/// The pages of the first step, and the people's list with its notices and the pilot.
async fn applications(page: &Page) -> Vec<String> {
    page.open("#/application").await;
    page.click_button("Choose another application").await;
    page.click(Role::Disclosure, "Filters…").await;
    let mut wrong = findings(page, "the gallery").await;
    wrong.extend(overhang(page, "the gallery").await);
    page.click_button("Slack").await;
    page.click(Role::Disclosure, "Attributes of users…").await;
    wrong.extend(findings(page, "an application of the gallery").await);
    wrong.extend(overhang(page, "an application of the gallery").await);
    page.click_button("All applications").await;
    page.click_button("Create your own application").await;
    page.wait_for(Role::Table, "What differs").await;
    wrong.extend(findings(page, "an application of one's own").await);
    wrong.extend(overhang(page, "an application of one's own").await);
    page.click_button("All applications").await;
    page.click_button("Use a recipe of your own").await;
    page.type_into("Name of the application", "x").await;
    page.type_into("Answer to GET /Schemas", "{}").await;
    page.click_button("Draft the recipe").await;
    page.expect_text("The recipe was not drafted").await;
    wrong.extend(findings(page, "a recipe of one's own").await);
    wrong.extend(overhang(page, "a recipe of one's own").await);
    page.open("#/people").await;
    page.click_button("Find a pilot").await;
    page.expect_text("turns that anybody takes").await;
    wrong.extend(findings(page, "the pilot").await);
    wrong.extend(overhang(page, "the pilot").await);
    wrong
}

/// Own people: a table whose columns nobody could read, and what is wrong with it.
async fn own_people(page: &Page) -> Vec<String> {
    page.open("#/people").await;
    page.pick("Your own people").await;
    let mut wrong = findings(page, "own people").await;
    wrong.extend(overhang(page, "own people").await);
    page.paste_into("Or paste them as text", "Who,A rather long heading of a column\nada,x\n")
        .await;
    page.click_button("Read").await;
    page.expect_text("1 thing must be mended").await;
    wrong.extend(findings(page, "a table that is refused").await);
    wrong.extend(overhang(page, "a table that is refused").await);
    wrong
}

async fn check(width: u32, colours: &str) {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.window(width, 800).await;
            page.colours(colours).await;
            let mut wrong = findings(page, "Start").await;
            wrong.extend(overhang(page, "Start").await);
            page.click_button("Try the sandbox tour").await;
            page.heading("Preview").await;
            page.preview_is_there().await;
            for step in STEPS {
                page.open(&format!("#/{}", step.to_lowercase())).await;
                page.heading(step).await;
                wrong.extend(findings(page, step).await);
                wrong.extend(overhang(page, step).await);
            }
            wrong.extend(applications(page).await);
            wrong.extend(dialogs(page).await);
            wrong.extend(workbench(page).await);
            wrong.extend(own_people(page).await);
            page.open("#/connection").await;
            page.click(Role::Disclosure, "Misbehaviours…").await;
            page.wait_for(Role::Group, "Searching").await;
            wrong.extend(findings(page, "Misbehaviours").await);
            wrong.extend(overhang(page, "Misbehaviours").await);
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        })
        .await;
}

#[tokio::test]
async fn nothing_is_wrong_in_light() {
    check(1280, "light").await;
}

#[tokio::test]
async fn nothing_is_wrong_in_dark() {
    check(1280, "dark").await;
}

#[tokio::test]
async fn nothing_is_wrong_in_light_at_320_pixels() {
    check(320, "light").await;
}

#[tokio::test]
async fn nothing_is_wrong_in_dark_at_320_pixels() {
    check(320, "dark").await;
}
