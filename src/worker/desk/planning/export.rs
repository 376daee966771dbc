//! The outcomes of everybody as a file. What was planned at once has no log and no requests: these
//! are computed for one person at a time.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::export::{change, table};
use super::Planning;
use crate::worker::message::{Chosen, Format};

impl Planning {
    /// The whole file's text; nothing in the form of the log.
    pub(in super::super) fn export(&self, format: Format) -> String {
        let numbers = 0..self.sheet.len();
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

    /// Some rows of the table.
    pub(in super::super) fn lines(&mut self, chosen: &Chosen) -> String {
        let numbers = match chosen {
            Chosen::Found(query) => self.sheet.found(query),
            Chosen::These(ids) => {
                let wanted: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
                let is_wanted = |at: &usize| {
                    self.population.object(*at).is_some_and(|o| wanted.contains(o.id.as_str()))
                };
                (0..self.sheet.len()).filter(is_wanted).collect()
            }
        };
        table(numbers.into_iter().filter_map(|number| self.row_at(number)))
    }

    fn in_json(&self, number: usize) -> Option<Value> {
        let action = self.action_at(number)?;
        let changes: Vec<Value> = action.changes().iter().map(change).collect();
        Some(json!({ "outcome": self.row_at(number)?, "changes": changes }))
    }
}
