//! The section of the sandbox's README that tells the scores.

use libtest_mimic::Failed;

use crate::left::Left;
use crate::run::{Finding, Run};

const README: &str = include_str!("../../crates/sandbox/README.md");

/// Fails unless the README holds each line of both tables, and no line more.
pub(crate) fn hold(runs: &[Run], left: &[Left]) -> Result<(), Failed> {
    let tables = [scores(runs), reasons(left)];
    if tables.iter().all(|table| README.contains(&format!("\n\n{table}\n"))) {
        return Ok(());
    }
    let [scores, reasons] = tables;
    Err(format!("crates/sandbox/README.md must hold these two tables:\n\n{scores}\n{reasons}")
        .into())
}

fn scores(runs: &[Run]) -> String {
    let mut table =
        "| Tester | Version | Dialect | Passed | Of |\n|---|---|---|---|---|\n".to_owned();
    for run in runs {
        for of_one in run.findings.chunk_by(|one, next| one.tester == next.tester) {
            let Finding { tester, version, .. } = &of_one[0];
            let passed = of_one.iter().filter(|finding| finding.passed).count();
            let (dialect, all) = (run.dialect, of_one.len());
            table += &format!("| {tester} | {version} | `{dialect}` | {passed} | {all} |\n");
        }
    }
    table
}

fn reasons(left: &[Left]) -> String {
    let mut table = "| Tester | Dialects | Left | Why |\n|---|---|---|---|\n".to_owned();
    for Left { tester, dialects, checks, why } in left {
        let (dialects, checks) = (quoted(dialects), quoted(checks));
        table += &format!("| {tester} | {dialects} | {checks} | {why} |\n");
    }
    table
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
