//! Which rows answer a query, in which order, and how many of each kind they are.

use std::cmp::Reverse;

use provisioning::planning::ActionKind;

use super::texts::{Texts, Words};
use super::{MOST_ATTRIBUTES, Sheet, bit};
use crate::worker::message::{Grouping, OutcomeColumn, OutcomeQuery};

/// The rows that answered the last query: scrolling asks for slice after slice of the same.
pub(super) struct Found {
    query: OutcomeQuery,
    pub(super) order: Vec<u32>,
}

/// A query in the numbers of a sheet. Nothing of `None` is asked for; an empty list lets nobody
/// pass.
struct Sieve {
    words: Vec<Sought>,
    actions: Option<Vec<u16>>,
    reasons: Option<Vec<u16>>,
    touched: Option<u128>,
}

/// A word that is looked for, and where it stands among what many rows share.
struct Sought {
    word: String,
    /// By the number of the cause.
    reasons: Vec<bool>,
    /// By the number of the sentence.
    sentences: Vec<bool>,
}

impl Sought {
    fn new(sheet: &Sheet, word: &str) -> Self {
        let reasons = sheet.reason_words.all().iter();
        let sentences = &sheet.texts.folded;
        Self {
            word: word.to_owned(),
            reasons: reasons.map(|reason| reason.to_lowercase().contains(word)).collect(),
            sentences: (0..sentences.len()).map(|at| sentences.get(at).contains(word)).collect(),
        }
    }

    fn stands_in(&self, sheet: &Sheet, at: usize) -> bool {
        let reason = sheet.reasons.get(at).map_or(usize::MAX, |number| usize::from(*number));
        let is_shared = |found: &[bool], number: usize| found.get(number) == Some(&true);
        is_shared(&self.reasons, reason)
            || is_shared(&self.sentences, sheet.texts.number(at))
            || sheet.folded.get(at).contains(&self.word)
    }
}

impl Sieve {
    fn new(sheet: &Sheet, query: &OutcomeQuery) -> Self {
        let numbers = |words: &Words, wanted: &[String]| {
            let known = wanted.iter().filter_map(|word| words.known(word));
            (!wanted.is_empty()).then(|| known.collect::<Vec<u16>>())
        };
        let attributes = numbers(&sheet.attribute_words, &query.attributes);
        let words = query.search.to_lowercase();
        Self {
            words: words.split_whitespace().map(|word| Sought::new(sheet, word)).collect(),
            actions: numbers(&sheet.action_words, &query.actions),
            reasons: numbers(&sheet.reason_words, &query.reasons),
            touched: attributes
                .map(|numbers| numbers.into_iter().fold(0, |mask, number| mask | bit(number))),
        }
    }

    fn passes(&self, sheet: &Sheet, at: usize) -> bool {
        let holds = |wanted: &Option<Vec<u16>>, column: &[u16]| {
            wanted.as_ref().is_none_or(|all| column.get(at).is_some_and(|one| all.contains(one)))
        };
        let mask = sheet.touched.get(at).copied().unwrap_or_default();
        holds(&self.actions, &sheet.actions)
            && holds(&self.reasons, &sheet.reasons)
            && self.touched.is_none_or(|wanted| wanted & mask != 0)
            && self.words.iter().all(|word| word.stands_in(sheet, at))
    }
}

impl Sheet {
    /// The places of all rows that answer a query, in its order.
    pub(in super::super) fn found(&mut self, query: &OutcomeQuery) -> Vec<usize> {
        self.follow(query);
        let found = self.found.iter().flat_map(|found| &found.order);
        found.map(|at| *at as usize).collect()
    }

    /// How many rows there are of each action, cause or attribute, the largest first.
    pub(in super::super) fn groups(
        &self,
        by: Grouping,
        query: &OutcomeQuery,
    ) -> Vec<(String, usize)> {
        let mut query = query.clone();
        match by {
            Grouping::Action => query.actions.clear(),
            Grouping::Reason => query.reasons.clear(),
            Grouping::Attribute => query.attributes.clear(),
        }
        let words = match by {
            Grouping::Action => &self.action_words,
            Grouping::Reason => &self.reason_words,
            Grouping::Attribute => &self.attribute_words,
        };
        let mut counts = vec![0_usize; words.all().len()];
        let mut count = |number: usize| {
            if let Some(slot) = counts.get_mut(number) {
                *slot += 1;
            }
        };
        for at in self.passing(&query) {
            match by {
                Grouping::Action => count(usize::from(self.actions.get(at).copied().unwrap_or(0))),
                Grouping::Reason => count(usize::from(self.reasons.get(at).copied().unwrap_or(0))),
                Grouping::Attribute => {
                    let mask = self.touched.get(at).copied().unwrap_or_default();
                    let bits = (0..MOST_ATTRIBUTES).filter(|bit| mask >> bit & 1 == 1);
                    bits.for_each(&mut count);
                }
            }
        }
        let named = words.all().iter().cloned().zip(counts);
        let mut groups: Vec<(String, usize)> =
            named.filter(|(name, count)| !name.is_empty() && *count > 0).collect();
        groups.sort_by_key(|(_, count)| Reverse(*count));
        groups
    }

    /// Makes what was found last answer this query.
    pub(super) fn follow(&mut self, query: &OutcomeQuery) {
        let query = query.whole();
        if self.found.as_ref().is_some_and(|found| found.query == query) {
            return;
        }
        let places = self.passing(&query);
        let mut order: Vec<u32> = places.filter_map(|at| u32::try_from(at).ok()).collect();
        if let Some((column, is_reversed)) = query.sort {
            self.sort(&mut order, column, is_reversed);
        }
        self.found = Some(Found { query, order });
    }

    fn passing(&self, query: &OutcomeQuery) -> impl Iterator<Item = usize> + use<'_> {
        let sieve = Sieve::new(self, query);
        let kind = query.kind;
        (0..self.len()).filter(move |at| {
            kind.is_none_or(|kind| self.kinds.get(*at) == Some(&kind)) && sieve.passes(self, *at)
        })
    }

    /// Rows that are alike stay in the order in which they were pushed, either way round.
    fn sort(&self, order: &mut [u32], column: OutcomeColumn, is_reversed: bool) {
        match column {
            OutcomeColumn::Name => by_text(order, is_reversed, |at| line(&self.folded, at, 0)),
            OutcomeColumn::Detail => by_text(order, is_reversed, |at| line(&self.folded, at, 1)),
            OutcomeColumn::Text => by_text(order, is_reversed, |at| self.texts.get(at)),
            OutcomeColumn::Action => {
                let listed: Vec<String> = ActionKind::ALL.iter().map(ToString::to_string).collect();
                let ranks = self.action_words.ranks(|word| {
                    listed.iter().position(|one| one == word).unwrap_or(listed.len())
                });
                by_rank(order, is_reversed, &self.actions, &ranks);
            }
            OutcomeColumn::Reason => {
                // Whoever has none comes last.
                let ranks = self.reason_words.ranks(|word| (word.is_empty(), word.to_owned()));
                by_rank(order, is_reversed, &self.reasons, &ranks);
            }
        }
    }
}

/// One of the lines of a text.
fn line(texts: &Texts, at: usize, number: usize) -> &str {
    texts.get(at).split('\n').nth(number).unwrap_or_default()
}

fn by_text<'a>(order: &mut [u32], is_reversed: bool, text: impl Fn(usize) -> &'a str) {
    let text = |at: &u32| text(*at as usize);
    match is_reversed {
        false => order.sort_by(|one, other| text(one).cmp(text(other))),
        true => order.sort_by(|one, other| text(other).cmp(text(one))),
    }
}

fn by_rank(order: &mut [u32], is_reversed: bool, column: &[u16], ranks: &[u16]) {
    let rank = |at: &u32| {
        let number = column.get(*at as usize).copied().unwrap_or_default();
        ranks.get(usize::from(number)).copied().unwrap_or(u16::MAX)
    };
    match is_reversed {
        false => order.sort_by_key(rank),
        true => order.sort_by_key(|at| Reverse(rank(at))),
    }
}
