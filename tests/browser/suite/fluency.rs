//! How fluent the page stays while very many people are invented, previewed and looked through: tasks
//! that held it, frames that came late, and its heap, each a line of JSON. Measured on a release build
//! of the page, by `cargo xtask bench --browser`.

use std::time::{Duration, Instant};

use browser::{Page, Relay, Role, Visit, environment};
use serde_json::{Value, json};

/// Notes every task of 50 milliseconds and longer, and the time from each frame to the next.
const WATCH: &str = "globalThis.seen = { tasks: [], frames: [], last: performance.now() };
    new PerformanceObserver(list => seen.tasks.push(...list.getEntries().map(task => task.duration)))
        .observe({ type: 'longtask' });
    const note = now => {
        seen.frames.push(now - seen.last);
        seen.last = now;
        requestAnimationFrame(note);
    };
    requestAnimationFrame(note);";

/// What was noted since it was last asked for.
const TAKE: &str = "const { tasks, frames } = seen;
    seen.tasks = []; seen.frames = [];
    return {
        long_tasks: tasks.length,
        longest_task_ms: Math.round(Math.max(0, ...tasks)),
        frames: frames.length,
        late_frames: frames.filter(gap => gap > 34).length,
        longest_frame_ms: Math.round(Math.max(0, ...frames)),
    };";

/// Goes through the list for ten seconds, a part of a screen further with each frame, and gives back
/// how far it came.
const SCROLL: &str = "const done = arguments[arguments.length - 1];
    const list = document.querySelector('[role=grid][aria-label=Outcomes]');
    const end = performance.now() + 10_000;
    let reached = 0;
    const step = () => {
        list.scrollTop += 100;
        reached = Math.max(reached, list.scrollTop);
        performance.now() < end ? requestAnimationFrame(step) : done(reached);
    };
    requestAnimationFrame(step);";

/// Presses Cancel, and gives back after how many milliseconds the page says that it is cancelled.
const CANCEL: &str = "const done = arguments[arguments.length - 1];
    const begin = performance.now();
    const look = () => document.body.innerText.includes('was cancelled')
        ? done(performance.now() - begin)
        : requestAnimationFrame(look);
    [...document.querySelectorAll('button')].find(each => each.innerText.trim() === 'Cancel').click();
    requestAnimationFrame(look);";

/// Notes when a key is pressed, and when the counts beside the field are others for the first time
/// after that.
const KEYSTROKE: &str = "globalThis.pressed = undefined;
    globalThis.counted = undefined;
    const counts = () => [...document.querySelectorAll('.stat')].map(each => each.innerText).join();
    const before = counts();
    const look = () => {
        if (pressed !== undefined && counts() !== before) counted = performance.now();
        else requestAnimationFrame(look);
    };
    document.addEventListener('keydown', () => pressed ??= performance.now(), { capture: true });
    requestAnimationFrame(look);";

/// The numbers that the page tells at the end of a preview: requests, megabytes that are held, and
/// those of them that the sandbox holds.
const SPENT: &str = "const told = document.querySelector('.spent')?.innerText.replaceAll(',', '');
    return (told?.match(/\\d+/g) ?? []).map(Number)";

/// Does one thing, and tells how the page fared meanwhile.
/// `act` gives the milliseconds that somebody waited, where it knows them better than the clock.
async fn watch(page: &Page, people: usize, what: &str, act: impl AsyncFnOnce() -> Option<f64>) {
    page.script(TAKE).await;
    let begin = Instant::now();
    let waited = act().await;
    let seconds = begin.elapsed().as_secs_f64();
    // The consequences of the last step are its own.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut told = page.script(TAKE).await;
    page.devtools("HeapProfiler.collectGarbage", json!({})).await;
    let metrics = page.devtools("Performance.getMetrics", json!({})).await;
    let spent = page.script(SPENT).await;
    told["step"] = json!(what);
    told["people"] = json!(people);
    let seconds = waited.map_or(seconds, |milliseconds| milliseconds / 1e3);
    told["seconds"] = json!((seconds * 1e3).round() / 1e3);
    told["heap_megabytes"] = json!((metric(&metrics, "JSHeapUsedSize") / 1e5).round() / 10.0);
    for (at, name) in [(1, "held_megabytes"), (2, "held_by_sandbox_megabytes")] {
        if let Some(held) = spent.get(at).filter(|held| !held.is_null()) {
            told[name] = held.clone();
        }
    }
    println!("{told}");
    let frames = told["frames"].as_u64().unwrap_or_default();
    assert!(frames > 0, "the page drew nothing while it was watched: {told}");
}

fn metric(metrics: &Value, name: &str) -> f64 {
    let all = metrics["metrics"].as_array().into_iter().flatten();
    let found = all.into_iter().find(|metric| metric["name"] == name);
    found.and_then(|metric| metric["value"].as_f64()).expect(name)
}

/// A whole number with its thousands apart, as the page writes it.
fn thousands(number: usize) -> String {
    match number.checked_div(1_000).unwrap_or_default() {
        0 => number.to_string(),
        whole => format!("{},{:03}", thousands(whole), number % 1_000),
    }
}

#[tokio::test]
#[ignore = "measures; run it by name"]
async fn fluency_with_very_many_people() {
    let asked = environment::text("SCIM_WIZARD_PACE_PEOPLE");
    let people = asked.map_or(10_000, |text| text.parse().expect("a number of people"));
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.devtools("Performance.enable", json!({})).await;
            page.script(WATCH).await;
            watch(page, people, "invent", async || {
                page.patiently().invent(&format!("{} users", thousands(people))).await;
                None
            })
            .await;
            page.open("#/scope").await;
            watch(page, people, "scope", async || {
                page.pick("Sync all users and groups").await;
                None
            })
            .await;
            page.click_button("Add scoping filter").await;
            let clause = page.within(Role::Group, "Clause 1");
            clause.type_into("Attribute", "department").await;
            clause.choose("Operator", "EQUALS").await;
            clause.type_into("Value", "Sale").await;
            tokio::time::sleep(Duration::from_secs(2)).await;
            watch(page, people, "keystroke", async || {
                page.script(KEYSTROKE).await;
                page.keys("s").await;
                tokio::time::sleep(Duration::from_secs(2)).await;
                let waited = page.script("return counted - pressed").await.as_f64();
                Some(waited.expect("the counts follow the key"))
            })
            .await;
            page.click_button("Undo").await;
            page.open("#/preview").await;
            watch(page, people, "cancel", async || {
                page.click_button("Run the preview").await;
                tokio::time::sleep(Duration::from_millis(500)).await;
                let waited = page.driver().execute_async(CANCEL, Vec::new()).await;
                waited.expect("it can be cancelled").json().as_f64()
            })
            .await;
            watch(page, people, "preview", async || {
                page.click_button("Run the preview").await;
                page.patiently().wait_for(Role::Link, "Preview Done").await;
                None
            })
            .await;
            watch(page, people, "look through", async || {
                page.wait_for(Role::Grid, "Outcomes").await;
                let answer = page.driver().execute_async(SCROLL, Vec::new()).await;
                let reached = answer.expect("the list scrolls").json().as_f64();
                assert!(reached > Some(1_000.0), "the list did not move: {reached:?}");
                None
            })
            .await;
        })
        .await;
}
