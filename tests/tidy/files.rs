//! How files are named, how they begin, how long they are, and what stands in none of them.

use crate::tree::{self, File, Finding, found_at, hold};

/// The code of the workspace, tests of the packages included.
const CODE: [&str; 4] = ["src", "crates", "xtask", "tests"];

/// Names that say nothing about what is inside.
const DRAWERS: [&str; 8] =
    ["common", "helper", "helpers", "manager", "misc", "shared", "util", "utils"];

fn drawer(file: &File) -> Option<Finding> {
    let stem = file.path.trim_end_matches(".rs");
    let repair = "name the idea that its items share, or put them where they are used";
    if file.name() == "mod.rs" {
        return Some(file.finding(0, "`mod.rs`", "write `foo.rs` beside the folder `foo`"));
    }
    let said = stem.split('/').any(|part| DRAWERS.contains(&part));
    said.then(|| file.finding(0, "the name says nothing", repair))
}

#[test]
fn names_say_what_is_inside() {
    hold(tree::rust(&CODE).iter().filter_map(drawer).collect());
}

#[test]
fn a_drawer_is_found() {
    for path in ["src/utils.rs", "src/common/path.rs", "crates/a/src/b/mod.rs"] {
        assert!(drawer(&File::new(path, "")).is_some(), "{path}");
    }
    assert!(drawer(&File::new("src/commonplace.rs", "")).is_none());
}

fn headless(file: &File) -> Option<Finding> {
    // `tests.rs` is the foot of the module that it lies below.
    let is_foot = file.name() == "tests.rs";
    let has_head = file.text.starts_with("//! ") && !file.text.starts_with("//! \n");
    (!is_foot && !has_head).then(|| {
        file.finding(1, "the file does not say what it is", "open it with a `//!` sentence")
    })
}

#[test]
fn every_file_says_what_it_is() {
    hold(tree::rust(&CODE).iter().filter_map(headless).collect());
}

#[test]
fn a_file_without_a_head_is_found() {
    assert!(headless(&File::new("src/a.rs", "use b;\n")).is_some());
    assert!(headless(&File::new("src/a.rs", "//! A.\n")).is_none());
    assert!(headless(&File::new("src/a/tests.rs", "use b;\n")).is_none());
}

/// Lines that a file may have before its unit tests, by folder.
const BUDGETS: [(&str, usize); 3] = [("src", 300), ("crates", 400), ("xtask", 400)];

fn over(file: &File, most: usize) -> Option<Finding> {
    let lines = file.body().count();
    let is_test = file.path.contains("/tests/") || file.name() == "tests.rs";
    (!is_test && lines > most).then(|| {
        let rule = format!("{lines} lines, and {most} is the most here");
        file.finding(most, rule, "find the second idea in it and give that its own file")
    })
}

#[test]
fn files_keep_to_their_budget() {
    for (folder, most) in BUDGETS {
        hold(tree::rust(&[folder]).iter().filter_map(|file| over(file, most)).collect());
    }
}

#[test]
fn a_file_over_budget_is_found() {
    let long = "let a = 1;\n".repeat(11);
    assert!(over(&File::new("src/a.rs", &long), 10).is_some());
    assert!(over(&File::new("src/a.rs", &long[11..]), 10).is_none());
    assert!(over(&File::new("crates/a/tests/b.rs", &long), 10).is_none());
}

/// Folders of somebody's machine, and hosts that stand in for a public registry.
fn private(file: &File) -> Vec<Finding> {
    // Spelled in pieces, so that this file does not break its own rule.
    let folders = ["home", "root", "work"].map(|name| format!("/{name}/"));
    // Ada is invented, like everybody else here.
    let is_folder = |line: &str| {
        let line = line.replace("/home/ada", "");
        // An address is no folder: `https://host/work/` is somebody's path.
        folders.iter().any(|folder| {
            line.match_indices(folder.as_str()).any(|(at, _)| {
                !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '}')
            })
        })
    };
    let is_mirror = |line: &str| {
        let line = line.trim();
        line.starts_with("registry =")
            || line.starts_with("replace-with")
            || line.contains(concat!("--", "index-url"))
            || (line.starts_with("\"resolved\":") && !line.contains("//registry.npmjs.org/"))
            || (line.starts_with("source = \"registry+")
                && !line.contains("//github.com/rust-lang/crates.io-index\""))
    };
    let found = file.text.lines().zip(1..).filter(|(line, _)| is_folder(line) || is_mirror(line));
    found
        .map(|(_, line)| {
            let rule = "a place on somebody's machine or network";
            file.finding(line, rule, "name it relative to the checkout, or leave it out")
        })
        .collect()
}

#[test]
fn nothing_names_a_private_place() {
    hold(tree::files(&["."]).iter().flat_map(private).collect());
}

#[test]
fn a_private_place_is_found() {
    let text = "cd ~home/ada\ncd ~home/eve/x\nopen(\"~root/.cargo\")\nhttps://a.example/work/b\n\
                source = \"registry+https://mirror.example/index\"\nregistry = \"x\"\n";
    found_at(&private(&File::new("a.md", &text.replace('~', "/"))), &[2, 3, 5, 6]);
}
