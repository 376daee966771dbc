//! Very many people, and an application that cannot be read by pages.

use browser::{Page, Relay, Role, Visit};

/// The most lines that may be in the page, wherever the table is scrolled to.
const MOST_ROWS: i64 = 40;

/// Megabytes of memory that the page and the engine's worker may take for a hundred thousand people,
/// whose previews were cancelled and begun anew.
const MOST_HELD: usize = 250;
/// The same of the sandbox with their accounts, which is no part of the page where the application is
/// elsewhere.
const MOST_HELD_BY_SANDBOX: usize = 130;

/// Scrolls the outcomes to a line, waits for its frame, and gives how many lines are in the page and
/// whether one of them holds text.
const SCROLL: &str = "const [line, done] = [LINE, arguments[arguments.length - 1]];
    const grid = document.querySelector('[role=grid][aria-label=Outcomes]');
    grid.scrollTop = line * 40;
    setTimeout(() => {
        const rows = [...grid.querySelectorAll('[role=row][id]')];
        done([rows.length, rows.some(row => row.innerText.trim().length > 10)]);
    }, 1000);";

/// Looks at the table in its beginning, its middle and its end.
async fn scroll(page: &Page, total: usize) {
    for line in [0, total / 3, total / 2, total - 5] {
        let script = SCROLL.replace("LINE", &line.to_string());
        let answer = page.driver().execute_async(script, Vec::new()).await;
        let seen = answer.expect("the browser scrolls").json().clone();
        let rows = seen[0].as_i64().unwrap();
        assert!((1..=MOST_ROWS).contains(&rows), "{rows} lines at {line}");
        assert_eq!(seen[1], true, "no line has come at {line}");
    }
}

#[tokio::test]
async fn a_hundred_thousand_people_are_previewed_cancelled_changed_and_reloaded() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            let patient = page.patiently();
            page.add_envoy().await;
            patient.invent("100,000 users").await;
            page.open("#/scope").await;
            page.pick("Sync all users and groups").await;

            page.open("#/preview").await;
            page.click_button("Run the preview").await;
            page.click_button("Cancel").await;
            patient.expect_text("was cancelled; what was found until then stays below").await;

            // What is changed meanwhile makes what is found old news.
            page.click_button("Run the preview").await;
            page.open("#/mappings").await;
            page.turn("Update", false).await;
            page.open("#/preview").await;
            patient.wait_for(Role::Button, "Run the preview again").await;
            page.open("#/mappings").await;
            page.turn("Update", true).await;
            page.open("#/preview").await;
            patient.wait_for(Role::Link, "Preview Done").await;
            let all = page.number_after(" requests; ").await;
            let sandbox = page.number_after("held on this device, ").await;
            assert!(all - sandbox <= MOST_HELD, "{all} MB, {sandbox} of them for the sandbox");
            assert!(sandbox <= MOST_HELD_BY_SANDBOX, "{sandbox} MB for the sandbox");
            page.wait_for(Role::Grid, "Outcomes").await;
            let rows =
                "return Number(document.querySelector('[aria-label=Outcomes]').ariaRowCount)";
            let rows = page.script(rows).await.as_u64().unwrap() as usize;
            assert!(rows > 100_000, "{rows}");
            scroll(page, rows - 1).await;

            page.click_button("Run the preview").await;
            page.reload().await;
            patient.wait_for(Role::Link, "People Done").await;
            page.wait_for(Role::Link, "Preview To do").await;
        })
        .await;
}

#[tokio::test]
async fn an_application_whose_pages_lie_is_asked_for_each_person() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            let patient = page.patiently();
            page.add_envoy().await;
            page.invent("1,000 users").await;
            page.open("#/scope").await;
            page.pick("Sync all users and groups").await;
            for (quirk, finding) in [
                (
                    "Answers every page with the first page.",
                    "The application sends the same page again",
                ),
                ("Never lists the last resource; totalResults counts it.", "came on no page"),
            ] {
                page.open("#/connection").await;
                page.click(Role::Disclosure, "Misbehaviours…").await;
                page.turn(quirk, true).await;
                page.open("#/preview").await;
                page.pick("By pages of 100").await;
                page.click_button("Run the preview").await;
                patient.expect_text(finding).await;
                patient.expect_text("ask for each person, as Entra does").await;
                patient.wait_for(Role::Link, "Preview Done").await;
                page.open("#/connection").await;
                page.click(Role::Disclosure, "Misbehaviours…").await;
                page.click_button("Switch all off").await;
                // Another step closes what is open here.
                page.open("#/scope").await;
            }
        })
        .await;
}
