//! The outcomes of everybody as a file. What was planned at once has no log and no requests: these
//! are computed for one person at a time.

use serde_json::{Value, json};

use super::super::export::{change, table};
use super::Planning;
use crate::worker::message::Format;

impl Planning {
    /// The whole file's text; nothing in the form of the log.
    pub(in super::super) fn export(&self, format: Format) -> String {
        let numbers = 0..self.len();
        match format {
            Format::Csv => table(numbers.filter_map(|number| self.row_at(number))),
            Format::Json => {
                let outcomes: Vec<Value> =
                    numbers.filter_map(|number| self.in_json(number)).collect();
                let file = json!({ "summary": self.summary(), "outcomes": outcomes });
                // A JSON value of text and numbers always has a text.
                serde_json::to_string_pretty(&file).unwrap_or_default()
            }
            Format::Log => String::new(),
        }
    }

    fn in_json(&self, number: usize) -> Option<Value> {
        let action = self.action_at(number)?;
        let changes: Vec<Value> = action.changes().iter().map(change).collect();
        Some(json!({ "outcome": self.row_at(number)?, "changes": changes }))
    }
}
