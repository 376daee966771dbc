//! How far the work is: numbered stages, the running time, and what cargo has counted.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often a log that is not a terminal gets a line while something runs.
const PLAIN_PAUSE: Duration = Duration::from_secs(15);
/// How often the one line of a terminal is written anew.
const TERMINAL_PAUSE: Duration = Duration::from_millis(200);

/// Numbered stages on the way to a known end, and the line that says what the present one does.
pub(crate) struct Progress {
    terminal: bool,
    number: usize,
    of: usize,
    began: Instant,
    name: String,
    stage_began: Instant,
    shown: Instant,
    on_line: bool,
}

impl Progress {
    /// Starts the clock for `of` stages.
    pub(crate) fn new(of: usize) -> Self {
        let now = Instant::now();
        Self {
            terminal: std::io::stdout().is_terminal(),
            number: 0,
            of,
            began: now,
            name: String::new(),
            stage_began: now,
            shown: now,
            on_line: false,
        }
    }

    /// Begins the next stage under a heading.
    pub(crate) fn stage(&mut self, name: &str, about: &str) {
        self.number += 1;
        self.name = name.to_owned();
        self.stage_began = Instant::now();
        let heading = format!(
            "[{}/{}] {name}: {about} ({})",
            self.number,
            self.of,
            told(self.began.elapsed())
        );
        self.say(&heading);
    }

    /// How long the present stage has taken.
    pub(crate) fn stage_time(&self) -> Duration {
        self.stage_began.elapsed()
    }

    /// How long everything has taken.
    pub(crate) fn whole_time(&self) -> Duration {
        self.began.elapsed()
    }

    /// Prints one line that stays. It is a sign of life too, so the next one can wait.
    pub(crate) fn say(&mut self, line: &str) {
        self.clear();
        println!("{line}");
        self.shown = Instant::now();
    }

    /// Tells what the present stage is doing, not more often than a reader wants to know.
    pub(crate) fn tick(&mut self, doing: &str) {
        let pause = if self.terminal { TERMINAL_PAUSE } else { PLAIN_PAUSE };
        if self.shown.elapsed() < pause {
            return;
        }
        self.shown = Instant::now();
        let line = format!("  … {}: {doing}, {}", self.name, told(self.stage_time()));
        if self.terminal {
            print!("\r\x1b[2K{}", shortened(&line, 100));
            self.on_line = true;
        } else {
            println!("{line}");
        }
        // A line that cannot be shown is no reason to stop the work.
        let _ = std::io::stdout().flush();
    }

    fn clear(&mut self) {
        if self.on_line {
            print!("\r\x1b[2K");
            self.on_line = false;
        }
    }
}

/// A duration as people say it.
pub(crate) fn told(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f32()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// What one line of cargo's output says about how far it is, for example `123 of 391 compiled`.
pub(crate) fn counted(line: &str) -> Option<String> {
    let line = line.trim_start();
    if let Some(bar) = line.strip_prefix("Building [") {
        let count = bar.split_once("] ")?.1.split(':').next()?;
        let (done, of) = count.split_once('/')?;
        let (done, of): (u32, u32) = (done.trim().parse().ok()?, of.trim().parse().ok()?);
        return Some(format!("{done} of {of} compiled"));
    }
    let (verb, rest) = line.split_once(' ')?;
    match verb {
        "Updating" => Some("asking the registry".to_owned()),
        "Fetch" | "Downloading" | "Downloaded" => Some("downloading".to_owned()),
        "Blocking" => Some(format!("waiting: {}", rest.trim())),
        "Running" | "Doc-tests" => Some(format!("running {}", first_words(rest))),
        _ => None,
    }
}

fn first_words(rest: &str) -> &str {
    rest.split(" (").next().unwrap_or(rest).trim()
}

fn shortened(line: &str, width: usize) -> String {
    line.chars().take(width).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_as_people_say_it() {
        for (milliseconds, expected) in
            [(1_250, "1.2 s"), (12_900, "12 s"), (61_000, "1 min 01 s"), (3_600_000, "60 min 00 s")]
        {
            assert_eq!(told(Duration::from_millis(milliseconds)), expected);
        }
    }

    #[test]
    fn cargo_lines_are_counted() {
        for (line, expected) in [
            ("    Building [=====>       ] 123/391: syn, serde", Some("123 of 391 compiled")),
            ("    Building [> ] 0/7", Some("0 of 7 compiled")),
            ("  Downloaded axum v0.8.1", Some("downloading")),
            (
                "     Running unittests src/lib.rs (target/debug/deps/scim-1)",
                Some("running unittests src/lib.rs"),
            ),
            (
                "    Blocking waiting for file lock on build directory",
                Some("waiting: waiting for file lock on build directory"),
            ),
            ("error: expected `;`", None),
            ("", None),
        ] {
            assert_eq!(counted(line).as_deref(), expected, "{line}");
        }
    }
}
