//! A table of comma-separated values (RFC 4180) whose heads are SCIM attributes.

use scim::path::Path;
use scim::resource::Resource;
use serde_json::{Value, json};

use super::{Found, MOST_FAULTS, fault};
use crate::mapping::shape;
use crate::pipeline::LineFault;

/// The accounts of a table. Whoever has no `id` column gets the number of the line for one: nothing
/// but telling accounts apart depends on it.
pub(super) fn read(text: &str) -> Result<Vec<Found>, Vec<LineFault>> {
    let separator = separator(text);
    let mut rows = rows(text, separator).into_iter();
    let (_, heads) = rows.next().unwrap_or_default();
    let heads = paths(&heads)?;
    let has_id = heads.iter().any(|path| *path == Path::attribute("id"));
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for (line, cells) in rows {
        if cells.len() > heads.len() && faults.len() < MOST_FAULTS {
            let rule = format!("the line has {} cells, the head {}", cells.len(), heads.len());
            faults.push(fault(line, &rule, "quote a cell that holds a comma"));
            continue;
        }
        let mut account = Resource::default();
        if !has_id {
            account.as_map_mut().insert("id".to_owned(), json!(format!("line {line}")));
        }
        for (path, cell) in heads.iter().zip(&cells).filter(|(_, cell)| !cell.is_empty()) {
            shape::lay(&mut account, path, value(path, cell));
        }
        found.push((line, account));
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// Spreadsheets of some countries separate by semicolons.
fn separator(text: &str) -> char {
    let head = text.lines().next().unwrap_or_default();
    let count = |separator| head.matches(separator).count();
    [',', ';', '\t'].into_iter().rev().max_by_key(|each| count(*each)).unwrap_or(',')
}

fn paths(heads: &[String]) -> Result<Vec<Path>, Vec<LineFault>> {
    let mut faults = Vec::new();
    let mut paths = Vec::new();
    for head in heads {
        match Path::parse(head.trim()) {
            Ok(path) => paths.push(path),
            Err(error) => {
                let rule = format!("`{head}` is no SCIM attribute: {error}");
                let repair = "name each column as SCIM does, such as `userName` or \
                              `emails[type eq \"work\"].value`";
                faults.push(fault(1, &rule, repair));
            }
        }
    }
    if faults.is_empty() { Ok(paths) } else { Err(faults) }
}

/// Only `active` and `primary` are Booleans among the attributes of a user.
fn value(path: &Path, cell: &str) -> Value {
    let leaf = path.sub_attribute.as_deref().unwrap_or(&path.attribute);
    let is_boolean = ["active", "primary"].iter().any(|name| leaf.eq_ignore_ascii_case(name));
    match cell.trim().to_ascii_lowercase().as_str() {
        "true" if is_boolean => Value::Bool(true),
        "false" if is_boolean => Value::Bool(false),
        _ => json!(cell),
    }
}

/// The rows with the lines on which they begin; empty ones are left out.
fn rows(text: &str, separator: char) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    let (mut line, mut begin) = (1, 1);
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        line += usize::from(letter == '\n');
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            _ if is_quoted => cell.push(letter),
            '\r' => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push((begin, std::mem::take(&mut row)));
                begin = line;
            }
            _ if letter == separator => row.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    row.push(cell);
    rows.push((begin, row));
    rows.retain(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
    rows
}
