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

/// Goes through the list a screen at a time, one for each frame, and gives back how far it came.
const SCROLL: &str = "const done = arguments[arguments.length - 1];
    const list = document.querySelector('[role=grid][aria-label=Outcomes]');
    let box = list;
    while (box && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement;
    box ??= document.scrollingElement;
    let left = 120;
    const step = () => {
        box.scrollTop += Math.max(box.clientHeight, 200);
        left -= 1;
        left > 0 ? requestAnimationFrame(step) : done(box.scrollTop);
    };
    requestAnimationFrame(step);";

/// Does one thing, and tells how the page fared meanwhile.
async fn watch(page: &Page, people: usize, what: &str, act: impl AsyncFnOnce()) {
    page.script(TAKE).await;
    let begin = Instant::now();
    act().await;
    let seconds = begin.elapsed().as_secs_f64();
    // The consequences of the last step are its own.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut told = page.script(TAKE).await;
    page.devtools("HeapProfiler.collectGarbage", json!({})).await;
    let metrics = page.devtools("Performance.getMetrics", json!({})).await;
    told["step"] = json!(what);
    told["people"] = json!(people);
    told["seconds"] = json!((seconds * 100.0).round() / 100.0);
    told["heap_megabytes"] = json!((metric(&metrics, "JSHeapUsedSize") / 1e5).round() / 10.0);
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
                page.invent(&format!("{} users", thousands(people))).await;
            })
            .await;
            watch(page, people, "scope", async || {
                page.open("#/scope").await;
                page.pick("Sync all users and groups").await;
            })
            .await;
            watch(page, people, "preview", async || {
                page.open("#/preview").await;
                page.click_button("Run the preview").await;
                page.patiently().wait_for(Role::Link, "Preview Done").await;
            })
            .await;
            watch(page, people, "look through", async || {
                page.wait_for(Role::Grid, "Outcomes").await;
                let answer = page.driver().execute_async(SCROLL, Vec::new()).await;
                let reached = answer.expect("the list scrolls").json().as_f64();
                assert!(reached > Some(1_000.0), "the list did not move: {reached:?}");
            })
            .await;
        })
        .await;
}
