//! The workbench: an expression tried on somebody, on everybody, on its tests, on values that
//! break things; its reference, its recipes, and the form.

use browser::{Page, Relay, Role, Visit};
use thirtyfour::Key;

/// Envoy with fifty people, and the workbench opened from the row of the job title.
async fn from_the_mapping(page: &Page, expression: &str) {
    page.add_envoy().await;
    page.invent("50 users").await;
    page.open("#/mappings").await;
    page.click_button("Edit title").await;
    let form = page.within(Role::Dialog, "Edit attribute");
    form.choose("Mapping type", "Expression").await;
    form.type_into("Expression", expression).await;
    form.expect_text("Live value for").await;
    form.click_button("Open in the workbench").await;
    page.heading("Workbench").await;
    page.heading("title of users").await;
    assert_eq!(page.value_of("Expression").await, expression);
}

fn result(page: &Page) -> Page {
    page.within(Role::Region, "Result")
}

/// The rows of a table of any length, without its head.
async fn rows(page: &Page, grid: &str) -> Vec<String> {
    let mut rows = page.within(Role::Grid, grid).names_of(Role::Row).await;
    rows.remove(0);
    rows
}

#[tokio::test]
async fn a_fault_is_mended_and_everybody_is_grouped_by_value() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            // Needs no configuration: invented people stand in.
            page.click_link("Workbench").await;
            page.heading("Workbench").await;
            page.expect_text("invented people stand in").await;
            result(page).expect_text("Type an expression").await;
            page.type_into("Expression", "Toupper([department])").await;
            result(page).expect_text("not evaluated").await;
            page.click_button("Write ToUpper").await;
            assert_eq!(page.value_of("Expression").await, "ToUpper([department])");
            result(page).expect_text("department = \"").await;
            result(page).expect_text("ToUpper(…)").await;

            page.expect_text("200 looked at").await;
            page.type_into("Search the results", "sales").await;
            page.expect_text("1 found").await;
            let found = rows(page, "Results").await;
            let [sales] = found.as_slice() else { panic!("{found:?}") };
            let count = sales.strip_prefix("SALES ").expect("the value, then how many");
            let count: usize = count.parse().expect("a number");
            page.within(Role::Grid, "Results").click(Role::Row, sales).await;
            page.heading("Who gets SALES").await;
            let people = page.within(Role::Grid, "People of the opened result");
            people.expect_text("@").await;
            assert!(rows(page, "People of the opened result").await.len() <= count);
            let first = rows(page, "People of the opened result").await.remove(0);
            people.click(Role::Row, &first).await;
            let name = page.value_of("Result for this user").await;
            assert!(first.starts_with(&name), "{first} is looked at, not {name}");
            result(page).expect_text("SALES").await;

            page.choose("For", "Groups").await;
            page.expect_text("8 looked at, all with the same result, 8 without a value.").await;
            assert_eq!(page.value_of("Expression").await, "ToUpper([department])");

            page.choose("For", "Users").await;
            page.click_button("Try an example").await;
            result(page).expect_text("country = \"").await;
            page.click_button("Bring back what lay here").await;
            assert_eq!(page.value_of("Expression").await, "ToUpper([department])");
        })
        .await;
}

#[tokio::test]
async fn a_test_is_stored_with_the_mapping_and_fails_when_the_expression_breaks() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            from_the_mapping(page, "ToUpper([userPrincipalName])").await;
            result(page).expect_text("CONTOSO.COM").await;
            page.click_button("Add as a test").await;
            page.expect_text("1 test passes").await;
            page.type_into("Expression", "ToLower([userPrincipalName])").await;
            page.expect_text("1 of 1 tests fail").await;
            page.click(Role::Tab, "Tests").await;
            let tests = page.within(Role::Table, "Tests of this expression");
            tests.expect_text("Fails").await;
            tests.expect_text("CONTOSO.COM").await;
            tests.expect_text("contoso.com").await;

            // Who changes, from what to what.
            page.click(Role::Tab, "Compare").await;
            page.expect_text("50 of 50 change.").await;
            let changes = rows(page, "Changes").await;
            for change in &changes {
                let mut parts = change.split(' ');
                let (saved, now) = (parts.next().unwrap(), parts.next().unwrap());
                assert_eq!((saved.to_lowercase().as_str(), saved != now), (now, true), "{change}");
            }

            page.click(Role::Tab, "Tests").await;
            page.click_button("Expect what was found for…").await;
            page.expect_text("1 test passes").await;
            page.click_button("Save in the mapping").await;
            page.expect_text("Saved").await;
            page.expect_text("Kept in this browser").await;
            page.reload().await;
            page.heading("title of users").await;
            page.expect_text("1 test passes").await;

            page.open("#/mappings").await;
            page.within(Role::Table, "Attribute mappings of users")
                .expect_text("ToLower([userPrincipalName])")
                .await;
            page.open("#/deliver").await;
            let (_, runbook) = page.download("Save runbook").await;
            assert!(runbook.contains("Tests of the expressions:"), "{runbook}");
            let (_, project) = page.download("Save project file").await;
            assert!(project.contains("\"tests\": ["), "{project}");
        })
        .await;
}

#[tokio::test]
async fn a_test_with_values_of_its_own_and_values_that_break_things() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.open("#/workbench").await;
            page.type_into("Expression", "Left([givenName], 1)").await;
            page.click(Role::Tab, "Stress").await;
            page.expect_text("1 of 8 fails.").await;
            page.turn("Only what fails", true).await;
            let table = page.within(Role::Table, "What the expression gives…");
            table.expect_text("several values").await;
            table.expect_no_text("apostrophe").await;
            page.click_button("Add a test: givenName, several values").await;
            page.expect_text("1 test passes").await;

            page.click(Role::Tab, "Tests").await;
            page.click(Role::Disclosure, "Add a test with values of your own").await;
            page.type_into("givenName…", "Zoë").await;
            page.type_into("Expected value", "Y").await;
            page.click_button("Add this test").await;
            page.expect_text("1 of 2 tests fail").await;
            let tests = page.within(Role::Table, "Tests of this expression");
            let told = tests.text().await;
            assert!(told.find("Fails") < told.find("Passes"), "those that fail come first: {told}");
            page.click_button("Delete the test for givenName = \"Zoë\"").await;
            page.expect_text("1 test passes").await;
        })
        .await;
}

#[tokio::test]
async fn the_reference_is_searched_and_an_example_runs_where_it_stands() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.open("#/workbench").await;
            page.click(Role::Tab, "Reference").await;
            page.type_into("Search the functions", "joins names").await;
            page.expect_text("No function answers to these words").await;
            page.type_into("Search the functions", "pcase").await;
            page.expect_text("1 of 46 functions").await;
            page.click(Role::Disclosure, "PCase…").await;
            page.expect_text("Microsoft").await;
            let groups = page.names_of(Role::Group).await;
            let example = groups.iter().find(|name| name.starts_with("Example PCase"));
            let example = page.within(Role::Group, example.expect("an example"));
            example.expect_text("Not run yet").await;
            example.click_button("Run").await;
            example.expect_no_text("Not run yet").await;
            example.expect_no_text("Fails").await;
            example.click_button("Try in the workbench").await;
            assert!(page.value_of("Expression").await.starts_with("PCase("));

            page.type_into("Expression", "[mail]").await;
            page.click(Role::Tab, "Recipes").await;
            let recipe = page.within(Role::Region, "Initials");
            recipe.click_button("Use this recipe").await;
            let initials = "Join(\"\", Left([givenName], 1), Left([surname], 1))";
            assert_eq!(page.value_of("Expression").await, initials);
            page.click_button("Bring back what lay here").await;
            assert_eq!(page.value_of("Expression").await, "[mail]");
        })
        .await;
}

#[tokio::test]
async fn an_expression_is_changed_as_a_form_and_read_as_text_again() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.open("#/workbench").await;
            page.type_into("Expression", "Join(\" \", [givenName], [surname])").await;
            page.click(Role::Tab, "Form").await;
            assert_eq!(page.value_of("What stands in Expression").await, "Join");
            page.choose("What stands in Expression", "ToUpper").await;
            page.type_into("Text: separator", "-").await;
            page.click_button("Add another source").await;
            page.click(Role::Tab, "Text").await;
            let text = "ToUpper(Join(\"-\", [givenName], [surname]))";
            assert_eq!(page.value_of("Expression").await, text);
            result(page).expect_text("-").await;

            page.type_into("Expression", "Left([mail], 3) and more").await;
            page.click(Role::Tab, "Form").await;
            page.expect_text("The form cannot hold this text").await;
            page.click(Role::Tab, "Text").await;
            assert_eq!(page.value_of("Expression").await, "Left([mail], 3) and more");
        })
        .await;
}

#[tokio::test]
async fn the_workbench_needs_no_mouse() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.tab_and_enter(Role::Link, "Workbench").await;
            page.tab_to(Role::Field, "Expression").await;
            page.keys("[department]").await;
            page.press(Key::Escape).await;
            page.expect_text("200 looked at").await;
            page.tab_to(Role::Button, "Add as a test").await;
            page.press(Key::Enter).await;
            page.expect_text("1 test passes").await;
            page.tab_to(Role::Tab, "All people").await;
            page.tab_to(Role::Grid, "Results").await;
            page.press(Key::Down).await;
            page.press(Key::Enter).await;
            page.within(Role::Grid, "People of the opened result").expect_text("@").await;
            page.tab_to(Role::Tab, "All people").await;
            page.press(Key::Right).await;
            page.within(Role::Table, "Tests of this expression").expect_text("Passes").await;
        })
        .await;
}
