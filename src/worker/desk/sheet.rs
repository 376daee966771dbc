//! The outcomes of everybody in columns: a hundred thousand rows that can be sorted, narrowed,
//! searched and counted between two frames.
//!
//! A plain value that is pushed to: whoever decides outcomes feeds it. Words that come again (an
//! action, a cause, an attribute, a sentence) are kept once; names lie one after the other, and once
//! more in lower case for the search.

mod found;
mod texts;

use crate::draft::place::Kind;
use crate::worker::message::{OutcomeQuery, OutcomeRow, Slice};
use found::Found;
use texts::{Sentences, Texts, Words};

/// The largest slice that is handed out at once.
const MOST_ROWS: usize = 500;
/// Attributes that can be told apart in a row: the bits of its mask. Those beyond share the last.
const MOST_ATTRIBUTES: usize = 128;

/// Outcomes in columns.
#[derive(Default)]
pub(super) struct Sheet {
    ids: Texts,
    kinds: Vec<Kind>,
    labels: Texts,
    details: Texts,
    texts: Sentences,
    /// Label and detail in lower case, as the search looks through them.
    folded: Texts,
    actions: Vec<u16>,
    reasons: Vec<u16>,
    touched: Vec<u128>,
    action_words: Words,
    reason_words: Words,
    attribute_words: Words,
    found: Option<Found>,
    is_final: bool,
}

impl Sheet {
    /// Adds a row, with the attributes that are written.
    pub(super) fn push<'a>(&mut self, row: &OutcomeRow, touched: impl Iterator<Item = &'a str>) {
        self.ids.push(&row.id);
        self.kinds.push(row.kind);
        self.labels.push(&row.label);
        self.details.push(&row.detail);
        self.texts.push(&row.text);
        self.folded.push(&format!("{}\n{}", row.label, row.detail).to_lowercase());
        self.actions.push(self.action_words.number(&row.action));
        self.reasons.push(self.reason_words.number(&row.reason));
        let mask = touched.fold(0, |mask, name| mask | bit(self.attribute_words.number(name)));
        self.touched.push(mask);
        self.found = None;
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether nothing is pushed any more.
    pub(super) fn is_final(&self) -> bool {
        self.is_final
    }

    /// Notes whether anything may still be pushed.
    pub(super) fn mark(&mut self, is_final: bool) {
        self.is_final = is_final;
    }

    /// A row by its place.
    pub(super) fn row(&self, at: usize) -> Option<OutcomeRow> {
        Some(OutcomeRow {
            id: self.ids.get(at).to_owned(),
            kind: *self.kinds.get(at)?,
            label: self.labels.get(at).to_owned(),
            detail: self.details.get(at).to_owned(),
            action: self.action_words.word(*self.actions.get(at)?).to_owned(),
            reason: self.reason_words.word(*self.reasons.get(at)?).to_owned(),
            text: self.texts.get(at).to_owned(),
        })
    }

    /// The rows of these objects, in the order in which they were pushed.
    pub(super) fn these(&self, ids: &[String]) -> impl Iterator<Item = OutcomeRow> {
        let wanted: std::collections::BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        let found = (0..self.len()).filter(move |at| wanted.contains(self.ids.get(*at)));
        found.filter_map(|at| self.row(at))
    }

    /// A slice of the rows that answer a query.
    pub(super) fn slice(&mut self, query: &OutcomeQuery) -> Slice<OutcomeRow> {
        let count = query.count.min(MOST_ROWS);
        self.follow(query);
        let Some(Found { order, .. }) = &self.found else { return Slice::default() };
        let rows = order.iter().skip(query.from).take(count);
        let rows = rows.filter_map(|at| self.row(*at as usize)).collect();
        Slice { total: order.len(), from: query.from, rows }
    }
}

fn bit(number: u16) -> u128 {
    1 << usize::from(number).min(MOST_ATTRIBUTES - 1)
}

#[cfg(test)]
mod tests;
