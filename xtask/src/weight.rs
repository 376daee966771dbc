//! How many bytes the browser waits for, and how many it may.

use crate::failure::Failure;

/// What may be loaded before the first step can be used, in bytes as brotli.
const FIRST: usize = 200_000;

/// Tells the weight of what comes before the first step, of what follows it, of the worker, and of
/// the sandbox.
pub(crate) fn told(files: &[(String, usize)]) -> Vec<String> {
    let line = |name: &str, part: Part| {
        format!("{:8.1} kB as brotli {name}", of(files, part) as f64 / 1000.0)
    };
    vec![
        line("before the first step is usable", Part::First),
        line("of the page, loaded after the first paint", Part::Later),
        line("of the worker, loaded after the first paint", Part::Worker),
        line("of the sandbox, loaded when it is first asked", Part::Sandbox),
    ]
}

/// Refuses a page that lets the first step wait for too much.
pub(crate) fn hold(files: &[(String, usize)]) -> Result<(), Failure> {
    let first = of(files, Part::First);
    if first <= FIRST {
        return Ok(());
    }
    Err(Failure::new(format!(
        "the first step waits for {first} bytes as brotli, and {FIRST} are the most"
    ))
    .repair("see what the first module has come to call; what it need not have goes behind `Rest` in src/app/rest.rs"))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    First,
    Later,
    Worker,
    Sandbox,
}

fn of(files: &[(String, usize)], part: Part) -> usize {
    files.iter().filter(|(name, _)| part_of(name) == Some(part)).map(|(_, bytes)| bytes).sum()
}

/// When a file at the top of the page is loaded; data in folders is no part of the program.
fn part_of(name: &str) -> Option<Part> {
    if name.contains('/') {
        None
    } else if name.starts_with("worker") {
        Some(Part::Worker)
    } else if name.starts_with("provider") {
        Some(Part::Sandbox)
    } else if name.ends_with("_bg.wasm") && name.contains("-later-") {
        Some(Part::Later)
    } else {
        Some(Part::First)
    }
}

#[cfg(test)]
mod tests {
    use super::{hold, told};

    #[test]
    fn each_file_weighs_where_it_is_waited_for() {
        let file = |name: &str, bytes| (name.to_owned(), bytes);
        let mut files = vec![
            file("index.html", 1_000),
            file("wizard-0123_bg.wasm", 150_000),
            file("wizard-0123-later.js", 1_000),
            file("wizard-0123-later-1_bg.wasm", 400_000),
            file("worker-boot.js", 500),
            file("worker_bg.wasm", 300_000),
            file("provider_bg.wasm", 80_000),
            file("gallery/apps.json", 50_000),
        ];
        let said = told(&files);
        assert!(said[0].contains("152.0 kB"), "{said:?}");
        assert!(said[1].contains("400.0 kB"), "{said:?}");
        assert!(said[2].contains("300.5 kB"), "{said:?}");
        assert!(said[3].contains("80.0 kB"), "{said:?}");
        assert!(hold(&files).is_ok());
        files.push(file("ui-0123.css", 60_000));
        let failure = hold(&files).unwrap_err().to_string();
        assert!(failure.contains("212000"), "{failure}");
    }
}
