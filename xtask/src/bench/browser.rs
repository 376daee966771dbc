//! Measuring in a browser: the stages of the pipeline in a worker against the same program here, both
//! in turn, and how fluent the built page stays with so many people.

use std::fmt::Write;

use super::{median, number};
use crate::arguments::Bench;
use crate::command::{Echo, Invocation};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::work::Work;
use crate::workspace::Workspace;
use crate::{browser, checks, tools};

/// The stages as `crates/provisioning/tests/pace.rs` calls them, and whether the whole has them in it.
const STAGES: [(&str, bool); 5] = [
    ("read people", true),
    ("read accounts", true),
    ("scope", false),
    ("scope and map", false),
    ("scope, map, match, plan", true),
];
/// By which the programs hear for how many people they run.
const PEOPLE: &str = "SCIM_WIZARD_PACE_PEOPLE";
/// What the page is watched doing, as `tests/browser/suite/fluency.rs` calls it.
const STEPS: [&str; 6] = ["invent", "scope", "keystroke", "cancel", "preview", "look through"];
const NOTED: [&str; 7] = [
    "seconds",
    "long_tasks",
    "longest_task_ms",
    "late_frames",
    "longest_frame_ms",
    "heap_megabytes",
    "held_megabytes",
];

/// Milliseconds of each stage in one round: here, and in the worker.
type Round = [[f64; STAGES.len()]; 2];

/// Builds, measures and tells.
pub(super) fn run(asked: &Bench) -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    let mut progress =
        crate::prepare(&[Work::WasmBindgen, Work::Page, Work::Relay, Work::Chromium], &workspace)?;
    let (mut paces, mut pages) = (Vec::new(), Vec::new());
    for people in &asked.people {
        let mut rounds = Vec::new();
        for round in 1..=asked.rounds {
            progress.say(&format!("{people} people, round {round} of {}", asked.rounds));
            rounds.push(pair(*people, &workspace, &mut progress)?);
        }
        paces.push((*people, rounds));
        pages.push((*people, page(*people, &workspace, &mut progress)?));
    }
    progress.say(&format!("\n{}\n{}", pace_table(&paces), page_table(&pages)));
    Ok(())
}

fn pair(people: u32, workspace: &Workspace, progress: &mut Progress) -> Result<Round, Failure> {
    let here = pace(people, workspace);
    let runner = tools::wasm_bindgen(workspace, progress)?.join("wasm-bindgen-test-runner");
    let worker = pace(people, workspace)
        .env("CARGO_BUILD_TARGET", tools::WASM)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", browser::provide(workspace, progress)?.chromedriver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "900");
    let mut times = [[0.0; STAGES.len()]; 2];
    for (place, program) in times.iter_mut().zip([here, worker]) {
        let ended = program.run(&workspace.log("pace"), Echo::OnFailure, progress)?;
        let output = ended.output.clone();
        ended.succeeded(tools::CRATES)?;
        *place = milliseconds(&output)?;
    }
    Ok(times)
}

fn pace(people: u32, workspace: &Workspace) -> Invocation {
    Invocation::new("cargo", &workspace.root)
        .args(["test", "--profile", "measured", "-p", "provisioning", "--test", "pace"])
        .args(["--", "--nocapture"])
        .env(PEOPLE, people.to_string())
}

fn milliseconds(output: &str) -> Result<[f64; STAGES.len()], Failure> {
    let mut all = [0.0; STAGES.len()];
    for (place, (stage, _)) in all.iter_mut().zip(STAGES) {
        *place = number(output, stage, "milliseconds")
            .ok_or_else(|| Failure::new(format!("the stage `{stage}` was not told")))?;
    }
    Ok(all)
}

/// What the page's test prints.
fn page(people: u32, workspace: &Workspace, progress: &mut Progress) -> Result<String, Failure> {
    let test = "fluency::fluency_with_very_many_people";
    let tests = Invocation::new("cargo", &workspace.root)
        .args(["test", "-p", "browser", "--test", "suite", "--", "--ignored", "--nocapture"])
        .args(["--exact", test])
        .env(PEOPLE, people.to_string());
    let tests = checks::of_the_page(tests, workspace, progress)?;
    let ended = tests.run(&workspace.log("fluency"), Echo::OnFailure, progress)?;
    let output = ended.output.clone();
    ended.succeeded_locally().map(|()| output)
}

fn pace_table(paces: &[(u32, Vec<Round>)]) -> String {
    let mut table = String::from(
        "| people | stage | µs for a person here | in a worker | × |\n|---|---|---|---|---|\n",
    );
    for (people, rounds) in paces {
        let mut row = |title: &str, of: &dyn Fn(&[f64; STAGES.len()]) -> f64| {
            let side = |side: usize| rounds.iter().map(move |round| of(&round[side]));
            let each = |times: Vec<f64>| median(times) * 1e3 / f64::from(*people);
            let ratios = side(1).zip(side(0)).map(|(worker, here)| worker / here).collect();
            let (here, worker) = (each(side(0).collect()), each(side(1).collect()));
            // Writing to a String does not fail.
            let _ = writeln!(
                table,
                "| {people} | {title} | {here:.2} | {worker:.2} | {:.2} |",
                median(ratios)
            );
        };
        for (at, (title, _)) in STAGES.iter().enumerate() {
            row(title, &|times| times[at]);
        }
        row("whole", &|times| {
            let parts = times.iter().zip(STAGES).filter(|(_, (_, is_part))| *is_part);
            parts.map(|(time, _)| time).sum()
        });
    }
    table
}

fn page_table(pages: &[(u32, String)]) -> String {
    let mut table = String::from(
        "| people | step | seconds | tasks over 50 ms | longest, ms | late frames | longest, ms | heap, MB | memory of all programs, MB |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for (people, output) in pages {
        for step in STEPS {
            let noted = NOTED.map(|name| {
                number(output, step, name).map_or("—".to_owned(), |noted| noted.to_string())
            });
            let _ = writeln!(table, "| {people} | {step} | {} |", noted.join(" | "));
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_and_the_whole_are_told_by_pairs() {
        let round = |worker: f64| [[2.0; 5], [2.0 * worker; 5]];
        let table = pace_table(&[(1_000, vec![round(1.5), round(9.0), round(1.25)])]);
        assert!(table.contains("| 1000 | scope and map | 2.00 | 3.00 | 1.50 |"), "{table}");
        assert!(table.contains("| 1000 | whole | 6.00 | 9.00 | 1.50 |"), "{table}");
    }

    #[test]
    fn what_a_program_tells_is_read() {
        let line = |(stage, _): (&str, bool)| {
            format!("log: {{\"stage\":\"{stage}\",\"people\":7,\"milliseconds\":1.5}}\n")
        };
        let output: String = STAGES.into_iter().map(line).collect();
        assert_eq!(milliseconds(&output).unwrap(), [1.5; 5]);
        assert!(milliseconds("").is_err());
    }

    #[test]
    fn a_step_that_was_not_told_has_no_figures() {
        let output = "{\"step\":\"invent\",\"seconds\":0.5,\"long_tasks\":2}";
        let table = page_table(&[(7, output.to_owned())]);
        assert!(table.contains("| 7 | invent | 0.5 | 2 | — | — | — | — | — |"), "{table}");
        assert!(table.contains("| 7 | preview | — |"), "{table}");
    }
}
