//! The style sheets and the program agree: on classes, on layers, and on the order of the steps.

use std::collections::BTreeMap;

use crate::tree::{self, File, Finding, found_at, hold};

/// The classes that a Rust file gives to elements, with their lines.
fn given(file: &File) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (number, line) in file.code() {
        for (at, start) in line.match_indices("class=\"") {
            let names = line[at + start.len()..].split('"').next().unwrap_or_default();
            found.extend(names.split_whitespace().map(|name| (number, name)));
        }
    }
    found
}

/// Classes that are computed: no rule can follow them.
fn computed(file: &File) -> Vec<Finding> {
    let is_computed = |line: &str| {
        ["class=", "class:"].iter().any(|start| {
            line.match_indices(start).any(|(at, _)| {
                let is_word = line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                let rest = &line[at + start.len()..];
                !is_word && !rest.starts_with(['"', ':', ' '])
            })
        })
    };
    let found = file.code().filter(|(_, line)| is_computed(line));
    found
        .map(|(line, _)| {
            let repair = "give a fixed class, and what changes as `data-state`";
            file.finding(line, "a computed class", repair)
        })
        .collect()
}

/// The text of a sheet without comments, line by line as it was.
fn without_comments(sheet: &File) -> String {
    let mut text = String::new();
    let mut rest = sheet.text.as_str();
    while let Some((before, after)) = rest.split_once("/*") {
        let (comment, after) = after.split_once("*/").unwrap_or((after, ""));
        text.push_str(before);
        text.extend(comment.matches('\n'));
        rest = after;
    }
    text + rest
}

/// The classes that a sheet has a rule for, with the first line of each.
fn styled(sheet: &File) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (line, number) in without_comments(sheet).lines().zip(1..) {
        for (at, _) in line.match_indices('.') {
            let rest = &line[at + 1..];
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            if rest.starts_with(|c: char| c.is_ascii_lowercase()) {
                found.entry(rest[..end].to_owned()).or_insert(number);
            }
        }
    }
    found
}

#[test]
fn every_class_has_a_block_and_every_block_a_class() {
    let (code, sheets) = (tree::rust(&["src"]), tree::files(&["style"]));
    hold(code.iter().flat_map(computed).collect());
    let blocks: Vec<_> = sheets.iter().map(|sheet| (sheet, styled(sheet))).collect();
    let used: Vec<_> =
        code.iter().flat_map(|file| given(file).into_iter().map(move |g| (file, g))).collect();
    let unstyled =
        used.iter().filter(|(_, (_, name))| !blocks.iter().any(|(_, b)| b.contains_key(*name)));
    let mut findings: Vec<Finding> = unstyled
        .map(|(file, (line, name))| {
            let repair = "give it a block in style/, or leave the class out";
            file.finding(*line, format!("no sheet knows the class `{name}`"), repair)
        })
        .collect();
    for (sheet, classes) in &blocks {
        let unused = classes.iter().filter(|(name, _)| !used.iter().any(|(_, (_, n))| n == name));
        findings.extend(unused.map(|(name, line)| {
            let repair = "take the block out";
            sheet.finding(*line, format!("no element has the class `{name}`"), repair)
        }));
    }
    hold(findings);
}

#[test]
fn classes_are_seen_in_code_and_in_sheets() {
    let code = File::new("src/a.rs", "<p class=\"notice wide\">\n// class=\"no\"\n");
    assert_eq!(given(&code), [(1, "notice"), (1, "wide")]);
    let code = File::new("src/a.rs", "<p class=name>\n<p class:wide=on>\nlet subclass=1;\n");
    found_at(&computed(&code), &[1, 2]);
    let sheet =
        File::new("a.css", "/* .no\n */\n.field {\n  gap: 0.5rem;\n  > .icon:is(.a, b) {\n");
    let expected = [("a", 5), ("field", 3), ("icon", 5)];
    assert_eq!(styled(&sheet), expected.map(|(name, line)| (name.to_owned(), line)).into());
}

/// Each sheet is one layer of its own name, and stands in the page.
#[test]
fn each_sheet_is_one_layer_and_is_linked() {
    let index = &tree::files(&["index.html"])[0];
    for sheet in tree::files(&["style"]) {
        let name = sheet.name().trim_end_matches(".css").to_owned();
        let text = without_comments(&sheet);
        let opened: Vec<&str> =
            text.lines().filter(|l| l.starts_with("@layer") && l.ends_with('{')).collect();
        assert_eq!(opened, [format!("@layer {name} {{")], "{}", sheet.path);
        assert!(index.text.contains(&format!("href=\"{}\"", sheet.path)), "{}", sheet.path);
    }
}

/// The steps as `Step::ALL` lists them, in lower case.
fn listed(route: &File) -> Vec<String> {
    let list = route.text.split_once("pub const ALL").map_or("", |(_, after)| after);
    let list = list.split_once("];").map_or("", |(list, _)| list);
    let names = list.lines().filter_map(|line| line.trim().strip_prefix("Self::"));
    names.map(|name| name.trim_end_matches(',').to_lowercase()).collect()
}

/// The headings of a sheet's sections that are steps.
fn sections(sheet: &File, steps: &[String]) -> Vec<String> {
    let lines = sheet.text.lines().map(str::trim);
    let titles = lines.filter_map(|line| line.strip_prefix("/* ")?.strip_suffix(" */"));
    titles.filter(|title| steps.iter().any(|step| step == title)).map(str::to_owned).collect()
}

#[test]
fn the_steps_are_styled_in_their_order() {
    let steps = listed(&tree::files(&["src/route.rs"])[0]);
    assert_eq!(steps.len(), 8);
    assert_eq!(sections(&tree::files(&["style/steps.css"])[0], &steps), steps);
}

#[test]
fn the_order_of_sections_is_seen() {
    let route =
        File::new("src/route.rs", "pub const ALL: [Self; 2] = [\n  Self::A,\n  Self::B,\n];\n");
    let steps = listed(&route);
    assert_eq!(steps, ["a", "b"]);
    let sheet = File::new("a.css", "/* start */\n/* b */\n/* a */\n");
    assert_eq!(sections(&sheet, &steps), ["b", "a"]);
}
