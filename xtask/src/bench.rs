//! Measuring the pipeline for very many people, and comparing it with a program that was written by
//! hand for the workload and nothing else: both run in turn, and what is told are medians of the
//! ratios of their pairs.

mod browser;
mod plot;
mod reading;
mod relay;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::arguments::{Bench, Subject};
use crate::command::{Echo, Invocation};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools;
use crate::workspace::Workspace;

const MAPPINGS: &str = "crates/provisioning/examples/plan/mappings.json";

/// A stage: its title, and what the two programs call it.
const STAGES: [(&str, &str, &str); 5] = [
    ("read people", "read-people", "parse-users-typed"),
    ("read accounts", "read-target", "parse-target-typed"),
    ("scope and map", "map", "floor"),
    ("scope, map, match, plan", "plan", "plan"),
    ("whole", "whole", "whole"),
];

/// What was measured for one number of people.
struct Measured {
    people: u32,
    folder: PathBuf,
    /// Seconds of each stage, in every round.
    ours: Vec<[f64; STAGES.len()]>,
    /// The same of the program written by hand, where there is one.
    by_hand: Vec<[f64; STAGES.len()]>,
    held: f64,
}

/// Measures what was asked for.
pub(crate) fn run(asked: &Bench) -> Result<(), Failure> {
    match asked.subject {
        Subject::Pipeline => natively(asked),
        Subject::Browser => browser::run(asked),
        Subject::Relay => relay::run(asked),
        Subject::Reading => reading::run(asked),
    }
}

/// Builds, invents, measures and tells.
fn natively(asked: &Bench) -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    let mut progress = Progress::new(2 + asked.people.len());
    progress.stage("build", "the pipeline and the workload, optimised as far as can be");
    tools::c_compiler(&workspace)?;
    Invocation::new("cargo", &workspace.root)
        .args(["build", "--profile", "measured", "-p", "provisioning"])
        .args(["--example", "plan", "--example", "workload"])
        .run(&workspace.log("bench"), Echo::OnFailure, &mut progress)?
        .succeeded(tools::CRATES)?;
    let mut all = Vec::new();
    for people in &asked.people {
        progress.stage(&people.to_string(), "people invented");
        let folder = workload(*people, &workspace, &mut progress)?;
        all.push(Measured::new(*people, folder));
    }
    progress.stage("measure", "each program and each number of people in turn");
    for round in 1..=asked.rounds {
        // What else the machine does falls on all of them alike.
        for measured in &mut all {
            measured.round(asked, &workspace, &mut progress)?;
        }
        progress.say(&format!("round {round} of {}", asked.rounds));
    }
    progress.say(&format!("\n{}", table(&all)));
    if let Some(path) = &asked.plot {
        let drawn = plot::svg(&all.iter().map(Measured::drawn).collect::<Vec<_>>());
        let written = std::fs::write(workspace.root.join(path), drawn);
        written
            .map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))?;
    }
    Ok(())
}

fn example(workspace: &Workspace, name: &str) -> PathBuf {
    let folder = workspace.target.join("measured").join("examples");
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn workload(
    people: u32,
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<PathBuf, Failure> {
    let folder = workspace.target.join("workload").join(people.to_string());
    Invocation::new(example(workspace, "workload"), &workspace.root)
        .args([people.to_string().as_ref(), folder.as_os_str()])
        .run(&workspace.log("workload"), Echo::OnFailure, progress)?
        .succeeded_locally()?;
    Ok(folder)
}

impl Measured {
    fn new(people: u32, folder: PathBuf) -> Self {
        Self { people, folder, ours: Vec::new(), by_hand: Vec::new(), held: 0.0 }
    }

    /// Runs each program once.
    fn round(
        &mut self,
        asked: &Bench,
        workspace: &Workspace,
        progress: &mut Progress,
    ) -> Result<(), Failure> {
        let output = self.run(&example(workspace, "plan"), workspace, progress)?;
        self.held = number(&output, "whole", "held_per_person").unwrap_or_default();
        self.ours.push(seconds(&output, |(_, ours, _)| ours)?);
        if let Some(by_hand) = &asked.by_hand {
            let other = self.run(by_hand, workspace, progress)?;
            same_checksums(&output, &other)?;
            self.by_hand.push(seconds(&other, |(_, _, by_hand)| by_hand)?);
        }
        Ok(())
    }

    /// What a program prints.
    fn run(
        &self,
        program: &Path,
        workspace: &Workspace,
        progress: &mut Progress,
    ) -> Result<String, Failure> {
        let mappings = workspace.root.join(MAPPINGS);
        let invocation = Invocation::new(program, &workspace.root).args([
            self.folder.as_os_str(),
            mappings.as_os_str(),
            "1".as_ref(),
        ]);
        let ended = invocation.run(&workspace.log("bench-run"), Echo::OnFailure, progress)?;
        let output = ended.output.clone();
        ended.succeeded_locally().map(|()| output)
    }

    /// The median of a stage's seconds.
    fn median(&self, stage: usize) -> f64 {
        median(self.ours.iter().map(|round| round[stage]).collect())
    }

    /// What is drawn: reading both files, planning, and both.
    fn drawn(&self) -> plot::Point {
        let read = self.median(0) + self.median(1);
        plot::Point { people: self.people, seconds: [read, self.median(3), self.median(4)] }
    }
}

fn seconds(
    output: &str,
    name: impl Fn((&'static str, &'static str, &'static str)) -> &'static str,
) -> Result<[f64; STAGES.len()], Failure> {
    let mut all = [0.0; STAGES.len()];
    for (place, stage) in all.iter_mut().zip(STAGES) {
        let name = name(stage);
        *place = number(output, name, "secs")
            .ok_or_else(|| Failure::new(format!("the stage `{name}` was not told")))?;
    }
    Ok(all)
}

/// The text of a member in the line of a stage.
fn member<'o>(output: &'o str, stage: &str, name: &str) -> Option<&'o str> {
    let opening = format!("\":\"{stage}\"");
    let line = output.lines().find(|line| line.contains(&opening))?;
    let (_, value) = line.split_once(&format!("\"{name}\":"))?;
    value.split([',', '}']).next()
}

fn number(output: &str, stage: &str, name: &str) -> Option<f64> {
    member(output, stage, name)?.parse().ok()
}

/// Both programs must have come to the same.
fn same_checksums(ours: &str, by_hand: &str) -> Result<(), Failure> {
    let pairs = [("map", "sha_rows", "floor"), ("plan", "sha_ops", "plan")];
    let differs = pairs.iter().find(|(stage, name, other)| {
        member(ours, stage, name).is_none_or(|sum| Some(sum) != member(by_hand, other, "sha"))
    });
    match differs {
        None => Ok(()),
        Some((stage, ..)) => Err(Failure::new(format!("the checksums of `{stage}` differ"))
            .repair("run the example `plan` by itself and compare what it counts")),
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

fn table(all: &[Measured]) -> String {
    let mut table =
        String::from("| people | stage | µs for a person | × by hand |\n|---|---|---|---|\n");
    for measured in all {
        for (at, (title, ..)) in STAGES.iter().enumerate() {
            let of =
                |rounds: &[[f64; STAGES.len()]]| rounds.iter().map(|round| round[at]).collect();
            let (times, others): (Vec<f64>, Vec<f64>) = (of(&measured.ours), of(&measured.by_hand));
            let ratios = times.iter().zip(&others).map(|(ours, other)| ours / other).collect();
            let each = measured.median(at) * 1e6 / f64::from(measured.people);
            let ratio = match others.is_empty() {
                true => "—".to_owned(),
                false => format!("{:.2}", median(ratios)),
            };
            // Writing to a String does not fail.
            let _ = writeln!(table, "| {} | {title} | {each:.2} | {ratio} |", measured.people);
        }
        let _ = writeln!(
            table,
            "| {} | bytes held for a person | {} | |",
            measured.people, measured.held
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "{\"stage\":\"map\",\"n\":2,\"secs\":0.5,\"sha_rows\":\"ab\"}\n\
                        {\"stage\":\"plan\",\"secs\":1.5,\"sha_ops\":\"cd\"}";

    #[test]
    fn stages_are_read() {
        assert_eq!(number(OURS, "map", "secs"), Some(0.5));
        assert_eq!(number(OURS, "plan", "secs"), Some(1.5));
        assert_eq!(number(OURS, "whole", "secs"), None);
    }

    #[test]
    fn programs_that_differ_are_not_compared() {
        let other = |sum: &str| {
            format!(
                "{{\"peer\":\"floor\",\"sha\":\"ab\"}}\n{{\"peer\":\"plan\",\"sha\":\"{sum}\"}}"
            )
        };
        assert!(same_checksums(OURS, &other("cd")).is_ok());
        assert!(same_checksums(OURS, &other("ce")).is_err());
        assert!(same_checksums("", &other("cd")).is_err());
    }

    #[test]
    fn ratios_are_of_pairs() {
        let measured = Measured {
            people: 1_000,
            folder: PathBuf::new(),
            ours: vec![[1.0; 5], [9.0; 5], [2.0; 5]],
            by_hand: vec![[1.0; 5], [3.0; 5], [1.0; 5]],
            held: 800.0,
        };
        let table = table(&[measured]);
        assert!(table.contains("| 1000 | whole | 2000.00 | 2.00 |"), "{table}");
        assert!(table.contains("| 1000 | bytes held for a person | 800 | |"), "{table}");
    }
}
