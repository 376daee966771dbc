//! The documents tell the truth: every path that they name exists, and every item that a link is
//! called after stands in the file that it leads to.

use crate::tree::{self, File, Finding, found_at, hold, root};

const DOCUMENTS: [&str; 6] = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "tests/servers/README.md",
];

/// How the name of a file ends.
const ENDINGS: [&str; 14] = [
    ".rs", ".md", ".toml", ".css", ".json", ".html", ".js", ".mjs", ".py", ".svg", ".png", ".txt",
    ".yml", ".lock",
];

/// Folders that a fresh clone does not have.
const MADE: [&str; 4] = ["dist", "target", "node_modules", ".venv"];

fn documents() -> Vec<File> {
    let readmes = tree::files(&["crates"]).into_iter().filter(|file| file.name() == "README.md");
    tree::files(&DOCUMENTS).into_iter().chain(readmes).collect()
}

/// What stands between backticks, with its line; fenced blocks are left out.
fn spans(document: &File) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (line, number) in document.text.lines().zip(1..) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(line.split('`').skip(1).step_by(2).map(|span| (number, span)));
        }
    }
    found
}

/// Text and target of the links and pictures, with their lines.
fn links(document: &File) -> Vec<(usize, &str, &str)> {
    let mut found = Vec::new();
    for (line, number) in document.text.lines().zip(1..) {
        for (at, _) in line.match_indices("](") {
            let text = line[..at].rsplit('[').next().unwrap_or_default();
            let target = line[at + 2..].split(')').next().unwrap_or_default();
            found.push((number, text, target));
        }
    }
    found
}

/// The folders from which a document names files: the root, its own, and its package's sources.
fn bases(document: &File) -> [String; 3] {
    let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    [String::new(), folder.clone(), format!("{folder}src/")]
}

/// Whether a span means a path of the tree: it ends like a file, or begins with a known folder.
fn is_path(span: &str, bases: &[String], exists: impl Fn(&str) -> bool) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._-/*".contains(c);
    if span.is_empty() || span.starts_with(['/', '*']) || !span.chars().all(is_name) {
        return false;
    }
    let first = span.split('/').next().unwrap_or_default();
    if MADE.contains(&first) {
        return false;
    }
    let is_file = ENDINGS.iter().any(|ending| span.ends_with(ending) && span.len() > ending.len());
    let is_below = span.contains('/') && bases.iter().any(|base| exists(&format!("{base}{first}")));
    is_file || is_below
}

/// Whether something is there; `*` stands for a part of the last name.
fn is_there(path: &str) -> bool {
    let Some((folder, name)) = path.rsplit_once('/').filter(|(_, name)| name.contains('*')) else {
        return root().join(path).exists();
    };
    let (start, end) = name.split_once('*').unwrap_or((name, ""));
    root().join(folder).read_dir().is_ok_and(|mut entries| {
        entries.any(|entry| {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            name.starts_with(start) && name.ends_with(end)
        })
    })
}

fn missing(document: &File, exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    let bases = bases(document);
    let repair = "name it as it is now, or leave it out";
    let lacks = |path: &str| !bases.iter().any(|base| exists(&format!("{base}{path}")));
    let mut found = Vec::new();
    for (line, span) in spans(document) {
        if is_path(span, &bases, &exists) && lacks(span) {
            found.push(document.finding(line, format!("`{span}` is not there"), repair));
        }
    }
    for (line, _, target) in links(document) {
        let path = target.split('#').next().unwrap_or_default();
        // A link is followed from the document's own folder and from nowhere else.
        if !path.is_empty() && !target.contains("://") && !exists(&format!("{}{path}", bases[1])) {
            found.push(document.finding(line, format!("the link to `{target}` is dead"), repair));
        }
    }
    found
}

#[test]
fn every_path_in_a_document_exists() {
    hold(documents().iter().flat_map(|document| missing(document, is_there)).collect());
}

#[test]
fn a_missing_path_is_found() {
    let exists = |path: &str| ["src", "src/a.rs", "crates/x/src/b.rs"].contains(&path);
    let text = "`src/a.rs` [a](src/a.rs) `b.rs` `a::b` `GET /Users` `/relay/x.js` `dist/a.css`\n\
                `src/gone.rs`\n[b](src/b.rs)\n`src/folder`\n```\n`src/fenced.rs`\n```\n`text/plain`\n";
    found_at(&missing(&File::new("README.md", text), exists), &[1, 2, 4, 3]);
    let near = File::new("crates/x/README.md", "`b.rs` `c.rs`\n");
    found_at(&missing(&near, exists), &[1]);
}

#[test]
fn a_star_stands_for_a_part_of_a_name() {
    assert!(is_there("crates/*/README.md") || is_there("crates/*"));
    assert!(is_there("style/*.css") && !is_there("style/*.scss"));
}

/// Links such as [`Draft::check`](src/draft/check.rs) lead to where the item is defined.
fn mislead(document: &File, text_of: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let folder = &bases(document)[1];
    links(document)
        .into_iter()
        .filter_map(|(line, text, target)| {
            let item = text.strip_prefix('`')?.strip_suffix('`')?.trim_end_matches("()");
            let is_item = item.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':');
            let code = text_of(&format!("{folder}{target}"))?;
            let name = item.rsplit("::").next().unwrap_or(item);
            (is_item && target.ends_with(".rs") && !defines(&code, name))
                .then_some((line, item, target))
        })
        .map(|(line, item, target)| {
            let rule = format!("`{target}` does not define `{item}`");
            document.finding(line, rule, "lead to the file where it stands now")
        })
        .collect()
}

/// Whether a file has an item, a field, or a variant of this name.
fn defines(code: &str, name: &str) -> bool {
    let kinds = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod"];
    let is_end = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    code.lines().map(str::trim).any(|line| {
        let item = kinds.iter().any(|kind| {
            let head = format!("{kind} {name}");
            line.match_indices(&head).any(|(at, _)| is_end(&line[at + head.len()..]))
        });
        let bare = line.strip_prefix("pub ").unwrap_or(line);
        let variant = bare.strip_prefix(name).is_some_and(|rest| {
            rest.starts_with(',') || rest.starts_with('(') || rest.starts_with(": ") || rest == " {"
        });
        item || variant
    })
}

#[test]
fn links_lead_to_the_items_that_they_name() {
    let text_of = |path: &str| std::fs::read_to_string(root().join(path)).ok();
    hold(documents().iter().flat_map(|document| mislead(document, text_of)).collect());
}

#[test]
fn a_link_that_misleads_is_found() {
    let text_of = |_: &str| Some("pub fn check(&self) {\n    Send(A),\nstruct B;\n".to_owned());
    let text = "[`Draft::check`](a.rs) [`Step::Send`](a.rs) [`B`](a.rs)\n[`Draft::chec`](a.rs)\n\
                [`C`](a.rs)\n[plain](a.rs)\n";
    found_at(&mislead(&File::new("README.md", text), text_of), &[2, 3]);
}

/// Names of tests and of faults, such as `a_preview_only_reads`, that no code knows.
fn unknown(document: &File, is_known: impl Fn(&str) -> bool) -> Vec<Finding> {
    let is_name = |span: &str| {
        span.matches('_').count() > 1 && span.chars().all(|c| c.is_ascii_lowercase() || c == '_')
    };
    let names = spans(document).into_iter().filter(|(_, span)| is_name(span) && !is_known(span));
    let repair = "call it what it is called now";
    names
        .map(|(line, name)| document.finding(line, format!("no code has `{name}`"), repair))
        .collect()
}

#[test]
fn names_in_a_document_stand_in_the_code() {
    let mut code = tree::rust(&["src", "crates", "xtask", "tests"]);
    // This file makes some up, to show the rule at work.
    code.retain(|file| file.path != "tests/tidy/documents.rs");
    let is_known = |name: &str| code.iter().any(|file| file.text.contains(name));
    hold(documents().iter().flat_map(|document| unknown(document, is_known)).collect());
}

#[test]
fn an_unknown_name_is_found() {
    let text = "`a_preview_only_reads` `user_name` `gone_since_long`\n`x-relay-key`\n";
    found_at(&unknown(&File::new("README.md", text), |name| name == "a_preview_only_reads"), &[1]);
}
