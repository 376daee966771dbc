//! What a test run ends with: a table of the work, and how many tests passed and failed.

use std::fmt::Write;
use std::time::Duration;

use crate::failure::Failure;
use crate::progress::told;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: u32,
    failed: u32,
}

/// How one piece of work ended.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// The tests that it ran, where it ran any.
    pub(crate) tests: Option<Tally>,
    /// Why it failed or could not run, if so.
    pub(crate) failure: Option<Failure>,
    /// Whether it did not run because something that it needs had failed.
    not_run: bool,
}

/// One line of the table.
pub(crate) struct Row {
    /// The name of the work.
    pub(crate) name: &'static str,
    /// How it ended.
    pub(crate) verdict: Verdict,
    /// How long it took.
    pub(crate) time: Duration,
}

/// All lines of the table.
#[derive(Default)]
pub(crate) struct Summary {
    rows: Vec<Row>,
}

impl Tally {
    /// The sum over the closing lines of test runners, or nothing where there is none.
    pub(crate) fn of(output: &str) -> Option<Self> {
        output.lines().filter_map(closing_line).reduce(Self::plus)
    }

    fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Reads `test result: FAILED. 3 passed; 1 failed; 0 ignored; …`.
fn closing_line(line: &str) -> Option<Tally> {
    let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    let count = |of: &str| {
        let part = counts.split(';').find(|part| part.trim().ends_with(of))?;
        part.trim().split(' ').next()?.parse().ok()
    };
    Some(Tally { passed: count(" passed")?, failed: count(" failed")? })
}

impl Verdict {
    /// Its tests ran; a failure says that not all passed.
    pub(crate) fn tested(tests: Option<Tally>, failure: Option<Failure>) -> Self {
        Self { tests, failure, not_run: false }
    }

    /// It failed before any test could run.
    pub(crate) fn failed(failure: Failure) -> Self {
        Self::tested(None, Some(failure))
    }

    /// It could not be tried.
    pub(crate) fn not_run(need: &str) -> Self {
        let failure = Failure::new(format!("not run, because `{need}` is missing or failed"));
        Self { not_run: true, ..Self::failed(failure) }
    }

    fn word(&self) -> &'static str {
        match (self.not_run, &self.failure) {
            (true, _) => "not run",
            (false, Some(_)) => "FAILED",
            (false, None) => "ok",
        }
    }
}

impl Summary {
    /// Adds the next line.
    pub(crate) fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Whether this work was tried and failed.
    pub(crate) fn lacks(&self, name: &str) -> bool {
        self.rows.iter().any(|row| row.name == name && row.verdict.failure.is_some())
    }

    /// The table, with the sum of all tests as its last line.
    pub(crate) fn table(&self, whole: Duration) -> String {
        let mut table = format!("{:<14}{:<8}{:>12}  tests\n", "", "", "time");
        for row in &self.rows {
            let result = row.verdict.word();
            let tests = row.verdict.tests.map_or_else(String::new, |tally| format!("  {tally}"));
            let time = told(row.time);
            // Writing to a String does not fail.
            let _ = writeln!(table, "{:<14}{result:<8}{time:>12}{tests}", row.name);
        }
        let _ = writeln!(table, "{:<22}{:>12}", "together", told(whole));
        let tallies = self.rows.iter().filter_map(|row| row.verdict.tests);
        let sum = tallies.fold(Tally::default(), Tally::plus);
        let _ = write!(table, "{sum}");
        table
    }

    /// A failure that names what failed, if anything did.
    pub(crate) fn judged(&self) -> Result<(), Failure> {
        let failed = self.rows.iter().filter(|row| row.verdict.word() == "FAILED");
        let names: Vec<&str> = failed.map(|row| row.name).collect();
        if names.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!("failed: {}", names.join(", ")))
            .repair("what each of them found stands above, under its heading"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &'static str, output: &str, failure: Option<Failure>) -> Row {
        let verdict = Verdict::tested(Tally::of(output), failure);
        Row { name, verdict, time: Duration::from_secs(75) }
    }

    #[test]
    fn tests_are_summed_over_all_closing_lines() {
        let output = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n\
                      test result: FAILED. 10 passed; 2 failed; 0 ignored\nprinted: 7 passed\n";
        assert_eq!(Tally::of(output), Some(Tally { passed: 13, failed: 2 }));
        assert_eq!(Tally::of("error: could not compile"), None);
    }

    #[test]
    fn the_table_names_each_and_ends_with_the_sum() {
        let mut summary = Summary::default();
        summary.add(row("unit", "test result: ok. 3 passed; 0 failed", None));
        summary.add(row("page", "", Some(Failure::new("no"))));
        let failure = Some(Failure::new("status 101"));
        summary.add(row("browser", "test result: FAILED. 1 passed; 1 failed", failure));
        let verdict = Verdict::not_run("page");
        summary.add(Row { name: "walk", verdict, time: Duration::ZERO });
        let table = summary.table(Duration::from_secs(225));
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[1], "unit          ok        1 min 15 s  3 passed, 0 failed");
        assert_eq!(lines[2], "page          FAILED    1 min 15 s");
        assert_eq!(lines[4], "walk          not run        0.0 s");
        assert_eq!(lines.last(), Some(&"4 passed, 1 failed"));
        assert!(summary.lacks("page") && !summary.lacks("unit"));
        let message = summary.judged().unwrap_err().to_string();
        assert_eq!(message.lines().next(), Some("error: failed: page, browser"));
    }
}
