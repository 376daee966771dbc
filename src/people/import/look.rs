//! What a file is, by its beginning: JSON, or a table with columns that can be assigned.

use super::column::{self, Rows};
use super::encoding::{Decoder, Wrong};
use super::sheet::Assignment;
use super::table::{self, Row};

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// JSON of Microsoft Graph, whole or one object on each line.
    Json,
    /// A table.
    Table {
        /// Its columns.
        columns: Vec<Column>,
        /// How they are read unless somebody decides otherwise.
        proposed: Assignment,
    },
    /// It cannot be read, and why.
    Unreadable(String),
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its name in the first row.
    pub name: String,
    /// Its first value.
    pub sample: String,
}

/// The beginning of a file.
pub struct Look;

impl Look {
    /// How much of a file is looked at.
    pub const BYTES: u64 = 1 << 16;

    /// Looks at the beginning of a file, which is not the whole of it where more follows.
    pub fn at(beginning: &[u8], file_name: &str) -> Seen {
        let mut text = String::new();
        let decoded = Decoder::default().piece(beginning, &mut |piece| text.push_str(piece));
        if let Err(Wrong { rule, repair, .. }) = decoded
            && text.is_empty()
        {
            return Seen::Unreadable(format!("{rule}; {repair}"));
        }
        match text.trim_start().chars().next() {
            Some('{' | '[') => Seen::Json,
            _ => table(&text, file_name),
        }
    }
}

fn table(text: &str, file_name: &str) -> Seen {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut take = |row: &Row| {
        let cells: Vec<String> = row.cells().map(|(cell, _)| cell.trim().to_owned()).collect();
        let is_version = found.is_empty() && cells.iter().any(|cell| cell.starts_with("version:"));
        if !row.is_blank() && !is_version && found.len() < 20 {
            found.push(cells);
        }
    };
    let mut rows = table::Rows::default();
    // What is wrong in it is told when it is read: here only its columns matter.
    let _ = rows.piece(text, &mut take).and_then(|()| rows.end(&mut take));
    let mut found = found.into_iter();
    let names = found.next().unwrap_or_default();
    let others: Vec<Vec<String>> = found.collect();
    let sample = |index: usize| {
        let mut cells = others.iter().filter_map(|row| row.get(index));
        cells.find(|cell| !cell.is_empty()).cloned().unwrap_or_default()
    };
    let columns = names.iter().enumerate();
    let columns = columns.map(|(index, name)| Column { name: name.clone(), sample: sample(index) });
    let rows = column::rows_of(&names);
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let group = if rows == Rows::Members { stem.to_owned() } else { String::new() };
    let proposed = Assignment { rows, group, columns: column::proposed(&names) };
    Seen::Table { columns: columns.collect(), proposed }
}
