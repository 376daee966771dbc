//! The files of the checkout, read once and without interpretation, and what is found in them.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// What is made or installed, and so no part of the tree.
const MADE: [&str; 6] = [".git", ".venv", "__pycache__", "dist", "node_modules", "target"];

/// A file of the tree.
#[derive(Debug)]
pub(crate) struct File {
    /// Its path from the root, with `/`.
    pub(crate) path: String,
    /// Its whole text.
    pub(crate) text: String,
}

/// Something that breaks a rule.
#[derive(Debug)]
pub(crate) struct Finding {
    path: String,
    /// Counted from 1; 0 is the file as a whole.
    line: usize,
    rule: String,
    repair: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, rule, repair } = self;
        write!(f, "{path}:{line}: {rule}\n    {repair}")
    }
}

/// The root of the checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All text files below the given folders and files, in the order of their paths.
pub(crate) fn files(places: &[&str]) -> Vec<File> {
    let mut paths = Vec::new();
    for place in places {
        let found = paths.len();
        gather(&root().join(place), &mut paths);
        assert!(paths.len() > found, "`{place}` is empty: the rule looks at nothing");
    }
    paths.sort();
    paths
        .into_iter()
        // What is no text, such as a picture, has no lines to look at.
        .filter_map(|path| Some((fs::read_to_string(&path).ok()?, path)))
        .map(|(text, path)| File { path: below_root(&path), text })
        .collect()
}

/// The Rust files below the given folders.
pub(crate) fn rust(places: &[&str]) -> Vec<File> {
    files(places).into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}

fn gather(path: &Path, found: &mut Vec<PathBuf>) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if MADE.contains(&&*name) {
        return;
    }
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            gather(&entry.unwrap().path(), found);
        }
    } else if path.is_file() {
        found.push(path.to_owned());
    }
}

fn below_root(path: &Path) -> String {
    let path = path.strip_prefix(root()).unwrap();
    path.to_string_lossy().replace('\\', "/")
}

impl File {
    #[cfg(test)]
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The name without folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Lines with their numbers, up to the unit tests at the foot.
    pub(crate) fn body(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test = |line: &str| line.contains("mod tests");
        let mut lines = self.text.lines().zip(1..).peekable();
        std::iter::from_fn(move || {
            let (line, number) = lines.next()?;
            let at_foot = line == "#[cfg(test)]" && lines.peek().is_some_and(|(l, _)| is_test(l));
            (!at_foot).then_some((number, line))
        })
    }

    /// The lines of [`Self::body`] that are not comments.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.body().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Whether it is one of these files, or lies in one of these folders (which end with `/`).
    pub(crate) fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            self.path == *place || (place.ends_with('/') && self.path.starts_with(place))
        })
    }

    /// Something found at a line.
    pub(crate) fn finding(
        &self,
        line: usize,
        rule: impl Into<String>,
        repair: impl Into<String>,
    ) -> Finding {
        Finding { path: self.path.clone(), line, rule: rule.into(), repair: repair.into() }
    }
}

/// Fails with everything that was found.
#[track_caller]
pub(crate) fn hold(findings: Vec<Finding>) {
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{} findings\n{}", told.len(), told.join("\n"));
}

/// Fails unless exactly the given lines were found.
#[track_caller]
pub(crate) fn found_at(findings: &[Finding], lines: &[usize]) {
    let found: Vec<usize> = findings.iter().map(|finding| finding.line).collect();
    assert_eq!(found, lines, "{findings:?}");
}

#[test]
fn the_tests_at_the_foot_are_no_part_of_the_body() {
    let file = File::new("a.rs", "//! A.\nfn a() {}\n\n#[cfg(test)]\nmod tests {\n    b\n}\n");
    assert_eq!(file.body().count(), 3);
    assert_eq!(file.code().next(), Some((2, "fn a() {}")));
    let file = File::new("a.rs", "#[cfg(test)]\nfn only_in_tests() {}\n");
    assert_eq!(file.body().count(), 2);
}
