//! Texts one after the other, and words that are kept once.

use std::collections::BTreeMap;

/// How much room is made at once. A block never grows: to grow, very many texts would have to be
/// copied, and both copies held.
const BLOCK: usize = 1 << 18;

/// So many different sentences are known again when they come again.
const MOST_KNOWN: usize = 1 << 12;

/// One text a row.
#[derive(Default)]
pub(super) struct Texts {
    blocks: Vec<String>,
    /// Each text's block, and where it begins there. It ends where the next one begins.
    places: Vec<(u32, u32)>,
}

impl Texts {
    /// Adds a text.
    pub(super) fn push(&mut self, text: &str) {
        let has_room = |block: &String| block.capacity() - block.len() >= text.len();
        if !self.blocks.last().is_some_and(has_room) {
            self.blocks.push(String::with_capacity(BLOCK.max(text.len())));
        }
        let at = self.blocks.len().saturating_sub(1);
        let Some(block) = self.blocks.last_mut() else { return };
        let place = u32::try_from(at).ok().zip(u32::try_from(block.len()).ok());
        if place.is_some() {
            block.push_str(text);
        }
        // Beyond four gigabytes, which no table reaches, texts are empty.
        self.places.push(place.unwrap_or((u32::MAX, 0)));
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The text of a row; empty where there is no such row.
    pub(super) fn get(&self, at: usize) -> &str {
        self.find(at).unwrap_or_default()
    }

    fn find(&self, at: usize) -> Option<&str> {
        let (number, start) = *self.places.get(at)?;
        let block = self.blocks.get(number as usize)?;
        let next = self.places.get(at + 1).filter(|(block, _)| *block == number);
        block.get(start as usize..next.map_or(block.len(), |(_, end)| *end as usize))
    }
}

/// One sentence a row, where many rows have the same.
#[derive(Default)]
pub(super) struct Sentences {
    numbers: Vec<u32>,
    pub(super) texts: Texts,
    /// The same in lower case.
    pub(super) folded: Texts,
    known: BTreeMap<String, u32>,
}

impl Sentences {
    /// Adds a sentence.
    pub(super) fn push(&mut self, text: &str) {
        if let Some(number) = self.known.get(text) {
            self.numbers.push(*number);
            return;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text);
        self.folded.push(&text.to_lowercase());
        self.numbers.push(number);
        if self.known.len() < MOST_KNOWN {
            self.known.insert(text.to_owned(), number);
        }
    }

    /// The number of a row's sentence.
    pub(super) fn number(&self, at: usize) -> usize {
        self.numbers.get(at).map_or(usize::MAX, |number| *number as usize)
    }

    /// The sentence of a row; empty where there is no such row.
    pub(super) fn get(&self, at: usize) -> &str {
        self.texts.get(self.number(at))
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
