//! Which of the outcomes answer a query, in which order: numbers, because texts of everybody would
//! take more room than the people.

use provisioning::configuration::ObjectKind;
use provisioning::source::SourceObject;

use super::Planning;
use crate::worker::message::{OutcomeQuery, OutcomeRow, Slice};

/// The largest slice that is handed out at once.
const MOST_ROWS: usize = 500;

/// What was found for a query, to be cut into slices.
pub(super) struct Found {
    query: OutcomeQuery,
    /// Numbers of users by their place in the directory, and behind all of them those of groups.
    order: Vec<u32>,
}

impl Planning {
    /// How many outcomes there are.
    pub(super) fn len(&self) -> usize {
        self.planned_people() + self.group_outcomes().len()
    }

    /// A slice of the outcomes that answer a query.
    pub(in super::super) fn slice(&mut self, query: &OutcomeQuery) -> Slice<OutcomeRow> {
        let whole = OutcomeQuery { from: 0, count: 0, ..query.clone() };
        let found = match self.found.take().filter(|found| found.query == whole) {
            Some(found) => found,
            None => Found { order: self.find(&whole), query: whole },
        };
        let rows = found.order.iter().skip(query.from).take(query.count.min(MOST_ROWS));
        let rows = rows.filter_map(|number| self.row_at(*number as usize)).collect();
        let slice = Slice { total: found.order.len(), from: query.from, rows };
        // While more is being planned the next answer is another one.
        self.found = Some(found).filter(|_| self.is_done());
        slice
    }

    fn find(&self, query: &OutcomeQuery) -> Vec<u32> {
        let words: Vec<String> =
            query.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let mut order: Vec<u32> = (0..self.len())
            .filter(|number| self.answers(*number, query))
            .filter(|number| words.is_empty() || self.holds(*number, &words))
            .filter_map(|number| u32::try_from(number).ok())
            .collect();
        if query.by_name {
            order.sort_by_cached_key(|number| {
                self.object_at(*number as usize).map_or("", SourceObject::label).to_lowercase()
            });
        }
        order
    }

    fn answers(&self, number: usize, query: &OutcomeQuery) -> bool {
        let Some((action, reason)) = self.words_at(number) else { return false };
        (query.actions.is_empty() || query.actions.iter().any(|wanted| *wanted == action))
            && query.reason.as_ref().is_none_or(|wanted| *wanted == reason)
    }

    fn holds(&self, number: usize, words: &[String]) -> bool {
        let Some(object) = self.object_at(number) else { return false };
        let mut text = object.label().to_lowercase();
        text.push(' ');
        text.push_str(&object.text("userPrincipalName").unwrap_or_default().to_lowercase());
        words.iter().all(|word| text.contains(word.as_str()))
    }

    /// The object of an outcome.
    fn object_at(&self, number: usize) -> Option<&SourceObject> {
        match number.checked_sub(self.planned_people()) {
            None => self.population.object(number),
            Some(group) => {
                let outcome = self.group_outcomes().get(group)?;
                let at = self.population.position(&outcome.source_id)?;
                self.population.object(at).filter(|object| object.kind == ObjectKind::Group)
            }
        }
    }
}
