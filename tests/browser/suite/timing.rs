//! How long a preview of a thousand people takes, and a keystroke in the longest expression. Prints
//! what it measures and is run by hand, on a release build of the page: `cargo xtask test browser` builds it, and
//! `cargo test -p browser --test suite -- --ignored --nocapture timing` measures.

use std::time::Instant;

use browser::{Directory, Page, Peer, PeerKind, Relay, Role, Seeded, TOKEN, Visit};
use thirtyfour::Key;

const PEOPLE: usize = 1_000;

/// Presses the button, and stops the clock when the last person is decided.
async fn measure(page: &Page, what: &str) {
    page.open("#/preview").await;
    page.wait_for(Role::Button, "Run the preview").await;
    let begin = Instant::now();
    page.click_button("Run the preview").await;
    page.patiently().wait_for(Role::Link, "Preview Done").await;
    let seconds = begin.elapsed().as_secs_f64();
    println!("preview of {PEOPLE} people, {what}: {seconds:.1} s");
}

async fn through_the_relay(kind: PeerKind, what: &str) {
    let peer = Peer::start(kind, Seeded { users: PEOPLE, ..Seeded::default() }).await;
    let relay = Relay::allowing(&[peer.url()]).await;
    let people = Directory::of_strangers(PEOPLE);
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.paste_people(&people.graph()).await;
            page.connect("Relay", peer.url(), TOKEN).await;
            page.open("#/preview").await;
            measure(page, &format!("{what}, 25 requests a second as Entra")).await;
            page.choose("Requests per second", "No limit").await;
            measure(page, &format!("{what}, without a limit")).await;
        })
        .await;
}

#[tokio::test]
#[ignore = "measures; run it by name"]
async fn timing_in_the_sandbox() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.invent("1,000 users").await;
            page.open("#/scope").await;
            page.pick("Sync all users and groups").await;
            measure(page, "in the sandbox").await;
        })
        .await;
}

#[tokio::test]
#[ignore = "measures; run it by name"]
async fn timing_against_node_scimmy() {
    through_the_relay(PeerKind::NodeScimmy, "against node-scimmy").await;
}

#[tokio::test]
#[ignore = "measures; run it by name"]
async fn timing_against_python_scim2() {
    through_the_relay(PeerKind::PythonScim2, "against python-scim2").await;
}

/// Notes every task of the page that holds it for 50 milliseconds or longer.
const WATCH: &str = "globalThis.held = [];
    new PerformanceObserver(seen => held.push(...seen.getEntries().map(task => task.duration)))
        .observe({ type: 'longtask' })";

#[tokio::test]
#[ignore = "measures; run it by name"]
async fn timing_of_a_hundred_thousand_people() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.script(WATCH).await;
            let begin = Instant::now();
            page.patiently().invent("100,000 users").await;
            println!("inventing 100,000 people: {:.1} s", begin.elapsed().as_secs_f64());
            page.open("#/scope").await;
            hold(page, "everybody in scope", async || {
                page.pick("Sync all users and groups").await;
            })
            .await;
            page.open("#/preview").await;
            page.wait_for(Role::Button, "Run the preview").await;
            page.script("held.length = 0").await;
            let begin = Instant::now();
            page.click_button("Run the preview").await;
            page.patiently().wait_for(Role::Link, "Preview Done").await;
            println!("preview of 100,000 people: {:.1} s", begin.elapsed().as_secs_f64());
            println!(
                "tasks of 50 ms and longer meanwhile, in ms: {}",
                page.script("return held").await
            );
        })
        .await;
}

/// An expression of nearly as many characters as Entra takes, with thousands of words.
fn longest() -> String {
    let mut text = "Switch([department], \"other\"".to_owned();
    for number in 0.. {
        let case = format!(
            ", \"Sales{number}\", Join(\" \", ToUpper(Mid([givenName], 1, 3)), [surname], \"é😀\")"
        );
        if text.chars().count() + case.chars().count() >= 9_999 {
            break;
        }
        text.push_str(&case);
    }
    text + ")"
}

/// Does something, waits until it has had its consequences, and prints the tasks that were long.
async fn hold(page: &Page, what: &str, act: impl AsyncFnOnce()) {
    page.script("held.length = 0").await;
    act().await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let held = page.script("return held").await;
    println!("{what}: tasks of 50 ms and longer, in ms: {held}");
}

#[tokio::test]
#[ignore = "measures; run it by name"]
async fn timing_of_the_longest_expression() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.invent("1,000 users").await;
            page.open("#/mappings").await;
            page.click_button("Edit title").await;
            let form = page.within(Role::Dialog, "Edit attribute");
            form.choose("Mapping type", "Expression").await;
            page.script(WATCH).await;
            let text = longest();
            hold(page, "pasting", async || form.paste_into("Expression", &text).await).await;
            for (place, key) in [("End", Key::End), ("Home", Key::Home)] {
                page.press_with(Key::Control, key).await;
                hold(page, &format!("ten letters at the {place}"), async || {
                    for _ in 0..10 {
                        page.keys("x").await;
                    }
                })
                .await;
                hold(page, &format!("ten quotes at the {place}"), async || {
                    for _ in 0..10 {
                        page.keys("\"").await;
                    }
                })
                .await;
            }
        })
        .await;
}

/// A hundred thousand people in a file, read from the press of the button to the numbers.
async fn reading(name: &str, text: String) {
    let relay = Relay::closed().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, text).unwrap();
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.open("#/people").await;
            page.pick("Your own people").await;
            page.open_file("Choose files", &file).await;
            page.expect_text(name).await;
            page.script(WATCH).await;
            hold(page, &format!("reading {name}"), async || {
                let begin = Instant::now();
                page.click_button("Read").await;
                page.patiently().expect_text("Users 100,000").await;
                println!("{name}: {:.1} s", begin.elapsed().as_secs_f64());
            })
            .await;
        })
        .await;
}

#[tokio::test]
#[ignore = "measures; run it by name"]
async fn timing_of_reading_people() {
    let lines = (0..100_000).map(|n| {
        format!(
            "{{\"id\":\"{n}\",\"userPrincipalName\":\"ada.{n}@contoso.com\",\"displayName\":\"Ada {n}\",\
             \"givenName\":\"Ada\",\"surname\":\"Okafor\",\"mail\":\"ada.{n}@contoso.com\",\"accountEnabled\":true,\
             \"department\":\"Sales\",\"jobTitle\":\"Engineer\",\"city\":\"Seattle\",\"country\":\"US\"}}\n"
        )
    });
    reading("people.ndjson", lines.collect()).await;
    let rows = (0..100_000).map(|n| {
        format!("{n},ada.{n}@contoso.com,Ada {n},Ada,Okafor,ada.{n}@contoso.com,True,Sales,Engineer,Seattle,US\n")
    });
    let head = "id,userPrincipalName,displayName,givenName,surname,mail,accountEnabled,department,jobTitle,city,country\n";
    let rows: String = rows.collect();
    reading("people.csv", format!("{head}{rows}")).await;
}
