//! The sandbox before two published testers of SCIM services, each of whose checks is a test here.
//!
//! What is known not to pass stands in `left.json` with its reason. The README of the sandbox tells
//! the scores, and is held against what was found.

mod left;
mod readme;
mod run;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::left::Left;
use crate::run::{Finding, Run};

/// The sandbox's dialects, as its program names them.
const DIALECTS: [&str; 2] = ["rfc", "entra"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let left = left::read();
    let runs = run::all(&DIALECTS);
    let mut trials: Vec<Trial> = runs.iter().flat_map(|run| checks(run, &left)).collect();
    trials.extend(runs.iter().flat_map(|run| stale(run, &left)));
    trials.push(Trial::test("the README tells the scores", move || readme::hold(&runs, &left)));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Each finding as a test; what is known to be left is not run unless it is asked for.
fn checks(run: &Run, left: &[Left]) -> Vec<Trial> {
    let trial = |finding: &Finding| {
        let result = match finding.passed {
            true => Ok(()),
            false => Err(Failed::from(format!("{}: {}", finding.status, finding.reason))),
        };
        let is_left = !finding.passed && left.iter().any(|left| left.means(run.dialect, finding));
        let name = format!("{} {} {}", run.dialect, finding.tester, finding.check);
        Trial::test(name, move || result).with_ignored_flag(is_left)
    };
    run.findings.iter().map(trial).collect()
}

/// What `left.json` lists and the testers do not find, as tests that fail.
fn stale(run: &Run, left: &[Left]) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (tester, check) in left.iter().flat_map(|left| left.listed(run.dialect)) {
        let found = run.findings.iter().find(|finding| finding.is(tester, check));
        let fault = match found {
            Some(finding) if finding.passed => "passes now",
            Some(_) => continue,
            None => "is no check of this version",
        };
        let told = format!("`{check}` {fault}: take it out of tests/compliance/left.json");
        let name = format!("{} {tester} left.json: {check}", run.dialect);
        trials.push(Trial::test(name, move || Err(Failed::from(told))));
    }
    trials
}
