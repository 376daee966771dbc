//! Everybody whom the application holds from a file: SCIM lists as they were saved, one JSON object
//! a line, or a table of comma-separated values whose heads are SCIM attributes.

mod table;

use std::collections::BTreeSet;

use scim::resource::Resource;
use serde_json::Value;

use crate::pipeline::LineFault;

/// How many faults are told; a file of another kind has one in every line.
const MOST_FAULTS: usize = 100;

/// The accounts of a file.
///
/// # Errors
/// Everything that is wrong, each with its line; nobody is taken over then.
pub fn accounts(text: &str) -> Result<Vec<Resource>, Vec<LineFault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let found = match text.trim_start().chars().next() {
        None => return Err(vec![fault(1, "the file is empty", "save the application's users")]),
        Some('{' | '[') => documents(text),
        Some(_) => table::read(text),
    }?;
    unique(found)
}

/// An account with the line on which it stands.
type Found = (usize, Resource);

/// One JSON document after the other: lists, arrays of accounts, or accounts.
fn documents(text: &str) -> Result<Vec<Found>, Vec<LineFault>> {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let mut line = 1;
    let mut counted = 0;
    loop {
        let offset = documents.byte_offset();
        let between = text.get(counted..offset).unwrap_or_default();
        line += between.bytes().filter(|byte| *byte == b'\n').count();
        counted = offset;
        match documents.next() {
            None => break,
            Some(Ok(document)) => {
                // Blank lines before a document are not its own.
                let blank = text.get(offset..).unwrap_or_default();
                let blank = blank.len() - blank.trim_start().len();
                let before = text.get(offset..offset + blank).unwrap_or_default();
                let at = line + before.bytes().filter(|byte| *byte == b'\n').count();
                take(document, at, &mut found, &mut faults);
            }
            Some(Err(error)) => {
                let rule = format!("this is no JSON: {error}");
                faults.push(fault(error.line(), &rule, "save the answer as it came"));
                break;
            }
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn take(document: Value, line: usize, found: &mut Vec<Found>, faults: &mut Vec<LineFault>) {
    match document {
        Value::Array(list) => list.into_iter().for_each(|each| take(each, line, found, faults)),
        Value::Object(mut members) => {
            let name = members.keys().find(|name| name.eq_ignore_ascii_case("Resources")).cloned();
            match name.and_then(|name| members.remove(&name)) {
                Some(Value::Array(list)) => found.extend(
                    list.into_iter()
                        .filter_map(|each| Resource::from_value(each).ok())
                        .map(|each| (line, each)),
                ),
                _ => found.push((line, Resource::from(members))),
            }
        }
        _ if faults.len() < MOST_FAULTS => {
            let repair = "write SCIM lists, or one user a line in { }";
            faults.push(fault(line, "this is neither a SCIM list nor a user", repair));
        }
        _ => {}
    }
}

/// Every account has an id, and each its own.
fn unique(found: Vec<Found>) -> Result<Vec<Resource>, Vec<LineFault>> {
    let mut ids = BTreeSet::new();
    let mut faults = Vec::new();
    for (line, account) in &found {
        let refused = match account.id().filter(|id| !id.is_empty()) {
            None => Some(("every account needs an `id`".to_owned(), "add the `id`")),
            Some(id) if ids.insert(id) => None,
            Some(id) => Some((format!("the id `{id}` is there twice"), "remove one")),
        };
        if let Some((rule, repair)) = refused
            && faults.len() < MOST_FAULTS
        {
            faults.push(fault(*line, &rule, repair));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(found.into_iter().map(|(_, account)| account).collect())
}

/// An account on one line, as [`crate::pipeline::Reader`] reads it.
pub fn line(account: &Resource) -> String {
    let text = account.to_string();
    // Inside of texts JSON has no line feeds.
    if text.contains(['\n', '\r']) { text.replace(['\n', '\r'], " ") } else { text }
}

fn fault(line: usize, rule: &str, repair: &str) -> LineFault {
    LineFault { line, rule: rule.to_owned(), repair: repair.to_owned() }
}

#[cfg(test)]
mod tests;
