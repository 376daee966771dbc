//! Texts one after the other, and words that are kept once.

use std::collections::BTreeMap;

/// One text a row.
#[derive(Default)]
pub(super) struct Texts {
    all: String,
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a text. Beyond four gigabytes, which no table reaches, texts are empty.
    pub(super) fn push(&mut self, text: &str) {
        if u32::try_from(self.all.len() + text.len()).is_ok() {
            self.all.push_str(text);
        }
        self.ends.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
    }

    /// The text of a row; empty where there is no such row.
    pub(super) fn get(&self, at: usize) -> &str {
        let end = self.ends.get(at).copied().unwrap_or_default();
        let start = at.checked_sub(1).and_then(|at| self.ends.get(at)).copied().unwrap_or_default();
        self.all.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Words by number, each once.
#[derive(Default)]
pub(super) struct Words {
    words: Vec<String>,
    numbers: BTreeMap<String, u16>,
}

impl Words {
    /// The number of a word, a new one where it is new.
    pub(super) fn number(&mut self, word: &str) -> u16 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u16::try_from(self.words.len()).unwrap_or(u16::MAX);
        self.words.push(word.to_owned());
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// The number of a word that is known.
    pub(super) fn known(&self, word: &str) -> Option<u16> {
        self.numbers.get(word).copied()
    }

    /// The word of a number.
    pub(super) fn word(&self, number: u16) -> &str {
        self.words.get(usize::from(number)).map_or("", String::as_str)
    }

    /// All words, by number.
    pub(super) fn all(&self) -> &[String] {
        &self.words
    }

    /// The place of each number among the words in their order; `place` may put some first.
    pub(super) fn ranks<K: Ord>(&self, place: impl Fn(&str) -> K) -> Vec<u16> {
        let mut sorted: Vec<usize> = (0..self.words.len()).collect();
        sorted.sort_by_key(|number| place(self.words.get(*number).map_or("", String::as_str)));
        let mut ranks = vec![0; self.words.len()];
        for (rank, number) in (0_u16..).zip(sorted) {
            if let Some(slot) = ranks.get_mut(number) {
                *slot = rank;
            }
        }
        ranks
    }
}
