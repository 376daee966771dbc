//! Fuzzing: a program that changes inputs until they reach code that no input reached before, and so finds what
//! nobody thought of. The targets are in the folder `fuzz` of the package that they try.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::arguments::Fuzz;
use crate::command::{Echo, Invocation};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools;
use crate::workspace::Workspace;

/// What can be fuzzed: the programs of the fuzz crates.
pub(crate) const TARGETS: [&str; 10] = [
    "filter",
    "path",
    "patch",
    "answer",
    "parse",
    "evaluate",
    "people",
    "destination",
    "headers",
    "address",
];

/// The packages with a fuzz crate.
const PACKAGES: [&str; 3] = ["scim", "provisioning", "cors-proxy"];

/// The package that a target tries.
fn package(target: &str) -> &'static str {
    let [scim, provisioning, relay] = PACKAGES;
    match target {
        "parse" | "evaluate" | "people" => provisioning,
        "destination" | "headers" | "address" => relay,
        _ => scim,
    }
}

/// How one target ended.
struct Run {
    target: &'static str,
    executions: u64,
    per_second: u64,
    failure: Option<Failure>,
}

/// Runs the asked targets one after the other, to the end even when one finds something.
pub(crate) fn run(asked: &Fuzz) -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    let mut progress = Progress::new(2 + asked.targets.len());
    progress.stage("cargo-fuzz", "the fuzzer's front end, in the pinned version");
    tools::c_compiler(&workspace)?;
    let tool = tools::cargo_fuzz(&workspace, &mut progress)?;
    let home = workspace.target.join("fuzz");
    progress.stage("seeds", "inputs made from the vectors, and those that once failed, pass");
    seed(&home, &workspace, &mut progress)?;
    let mut runs = Vec::new();
    for target in &asked.targets {
        progress.stage(target, "inputs that nobody thought of");
        let run = one(target, asked.seconds, &home, &tool, &workspace, &mut progress)?;
        if let Some(failure) = &run.failure {
            progress.say(&failure.to_string());
        }
        runs.push(run);
    }
    progress.say(&format!("\n{}", table(&runs)));
    judged(&runs)
}

fn judged(runs: &[Run]) -> Result<(), Failure> {
    let failed = runs.iter().filter(|run| run.failure.is_some());
    let names: Vec<&str> = failed.map(|run| run.target).collect();
    if names.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("failed: {}", names.join(", ")))
        .repair("what each of them found stands above, under its heading"))
}

fn seed(home: &Path, workspace: &Workspace, progress: &mut Progress) -> Result<(), Failure> {
    let packages = PACKAGES.iter().flat_map(|package| ["-p", package]);
    Invocation::new("cargo", &workspace.root)
        .args(["test"])
        .args(packages)
        .args(["--test", "replay"])
        .env("SCIM_WIZARD_SEEDS", home.join("seeds"))
        .run(&workspace.log("seeds"), Echo::OnFailure, progress)?
        .succeeded(tools::CRATES)
}

fn one(
    target: &'static str,
    seconds: u32,
    home: &Path,
    tool: &Path,
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<Run, Failure> {
    let (corpus, found) = (folder(home, "corpus", target)?, folder(home, "found", target)?);
    let ended = Invocation::new("cargo", &workspace.root)
        .args(["fuzz", "run", "--fuzz-dir", &crate_of(target)])
        // Address sanitizer watches unsafe code, and here is none: without it several times as much is tried.
        .args(["--sanitizer", "none"])
        .args(["--target-dir".as_ref(), home.as_os_str()])
        .args([target.as_ref(), corpus.as_os_str(), home.join("seeds").join(target).as_os_str()])
        .args(["--", "-print_final_stats=1", "-timeout=10"])
        .args([format!("-max_total_time={seconds}")])
        .args([format!("-artifact_prefix={}/", found.display())])
        // What counts the reached code is no part of the stable compiler's promise.
        .env("RUSTC_BOOTSTRAP", "1")
        .path_first(&[tool])?
        .run(&workspace.log(&format!("fuzz-{target}")), Echo::OnFailure, progress)?;
    let counted = |name: &str| statistic(&ended.output, name);
    let Some(executions) = counted("number_of_executed_units") else {
        ended.succeeded(tools::CRATES)?;
        return Err(Failure::new(format!("`{target}` ended without counting anything")));
    };
    let per_second = counted("average_exec_per_sec").unwrap_or_default();
    for line in broken(&ended.output) {
        progress.say(&format!("  | {line}"));
    }
    let failure = ended.succeeded_locally().err().map(|failure| {
        failure.repair(format!("the input that fails is in {}", found.display())).repair(format!(
            "put it into {}/regressions/{target}: `cargo test -p {} --test replay` then fails until it is mended",
            crate_of(target),
            package(target)
        ))
    });
    Ok(Run { target, executions, per_second, failure })
}

/// The fuzz crate of a target.
fn crate_of(target: &str) -> String {
    format!("crates/{}/fuzz", package(target))
}

fn folder(home: &Path, name: &str, target: &str) -> Result<PathBuf, Failure> {
    let folder = home.join(name).join(target);
    fs::create_dir_all(&folder).map_err(|error| Failure::file("make", &folder, &error))?;
    Ok(folder)
}

/// What a target says of the rule that an input breaks; below it stands how the program came there.
fn broken(output: &str) -> impl Iterator<Item = &str> {
    let told = output.lines().skip_while(|line| !line.contains("panicked at"));
    told.take_while(|line| !line.starts_with("stack backtrace"))
}

/// Reads `stat::average_exec_per_sec:     2685`.
fn statistic(output: &str, name: &str) -> Option<u64> {
    output.lines().find_map(|line| {
        let (read, value) = line.strip_prefix("stat::")?.split_once(':')?;
        value.trim().parse().ok().filter(|_| read == name)
    })
}

fn table(runs: &[Run]) -> String {
    let mut table = format!("{:<14}{:<8}{:>14}{:>12}", "", "", "executions", "a second");
    for run in runs {
        let word = if run.failure.is_some() { "FAILED" } else { "ok" };
        // Writing to a String does not fail.
        let _ = write!(
            table,
            "\n{:<14}{word:<8}{:>14}{:>12}",
            run.target, run.executions, run.per_second
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_fuzzer_counted_is_read() {
        let output = "Done 324943 runs in 121 second(s)\nstat::number_of_executed_units: 324943\n\
                      stat::average_exec_per_sec:     2685\nstat::new_units_added:          4744\n";
        assert_eq!(statistic(output, "average_exec_per_sec"), Some(2685));
        assert_eq!(statistic(output, "number_of_executed_units"), Some(324_943));
        assert_eq!(statistic("error: could not compile", "average_exec_per_sec"), None);
    }

    #[test]
    fn every_target_is_a_program_of_its_fuzz_crate() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for target in TARGETS {
            let program = format!("{}/fuzz_targets/{target}.rs", crate_of(target));
            assert!(root.join(&program).is_file(), "{program}");
        }
    }

    #[test]
    fn the_broken_rule_is_told() {
        let output = "INFO: 3 files\nthread '<unnamed>' panicked at checks/path.rs:15:13:\n  left: 1\n right: 2\n\
                      stack backtrace:\n   0: begin_unwind\n";
        assert_eq!(broken(output).skip(1).collect::<Vec<_>>(), ["  left: 1", " right: 2"]);
        assert_eq!(broken("Done 7 runs in 1 second(s)").count(), 0);
    }

    #[test]
    fn the_table_says_what_failed() {
        let failure = Some(Failure::new("status 77"));
        let runs = [
            Run { target: "path", executions: 17_370_600, per_second: 28_951, failure: None },
            Run { target: "patch", executions: 42, per_second: 7, failure },
        ];
        let table = table(&runs);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[1], "path          ok            17370600       28951");
        assert_eq!(lines[2], "patch         FAILED              42           7");
        assert!(judged(&runs).unwrap_err().to_string().starts_with("error: failed: patch\n"));
        assert!(judged(&runs[..1]).is_ok());
    }
}
