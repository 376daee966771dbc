//! A yes or no for each of very many people, 64 of them in a word.

/// Answers in the order of the people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
    count: usize,
}

impl Bits {
    /// The same answer for so many.
    pub(super) fn all(count: usize, answer: bool) -> Self {
        let word = if answer { u64::MAX } else { 0 };
        let mut words = vec![word; count.div_ceil(64)];
        let rest = count % 64;
        if let Some(last) = words.last_mut().filter(|_| rest > 0) {
            *last &= (1 << rest) - 1;
        }
        Self { words, count }
    }

    /// The answers of a question.
    pub(super) fn of(count: usize, answer: impl Fn(usize) -> bool) -> Self {
        let mut bits = Self::default();
        (0..count).for_each(|person| bits.push(answer(person)));
        bits
    }

    pub(super) fn push(&mut self, answer: bool) {
        let place = self.count % 64;
        if place == 0 {
            self.words.push(0);
        }
        if let Some(last) = self.words.last_mut() {
            *last |= u64::from(answer) << place;
        }
        self.count += 1;
    }

    /// Puts another answer in the place of one.
    pub(super) fn set(&mut self, at: usize, answer: bool) {
        let bit = 1 << (at % 64);
        if let Some(word) = self.words.get_mut(at / 64).filter(|_| at < self.count) {
            *word = if answer { *word | bit } else { *word & !bit };
        }
    }

    /// How many answers there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// How many of them are yes.
    pub(super) fn ones(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Yes where both say so.
    pub(super) fn and(&self, other: &Self) -> Self {
        self.with(other, |one, other| one & other)
    }

    /// Yes where either says so.
    pub(super) fn or(&self, other: &Self) -> Self {
        self.with(other, |one, other| one | other)
    }

    /// Yes where this says so and the other one does not.
    pub(super) fn without(&self, other: &Self) -> Self {
        self.with(other, |one, other| one & !other)
    }

    fn with(&self, other: &Self, join: fn(u64, u64) -> u64) -> Self {
        let words = self.words.iter().zip(&other.words).map(|(one, other)| join(*one, *other));
        Self { words: words.collect(), count: self.count.min(other.count) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_and_joined() {
        for count in [0, 1, 63, 64, 65, 200] {
            let thirds = Bits::of(count, |person| person % 3 == 0);
            let even = Bits::of(count, |person| person % 2 == 0);
            let counted = |test: fn(usize) -> bool| (0..count).filter(|p| test(*p)).count();
            assert_eq!(thirds.ones(), counted(|p| p % 3 == 0));
            assert_eq!(thirds.and(&even).ones(), counted(|p| p % 6 == 0));
            assert_eq!(thirds.or(&even).ones(), counted(|p| p % 3 == 0 || p % 2 == 0));
            assert_eq!(thirds.without(&even).ones(), counted(|p| p % 6 == 3));
            assert_eq!(Bits::all(count, true).ones(), count);
            assert_eq!(Bits::all(count, true).without(&thirds).ones(), count - thirds.ones());
            assert_eq!((even.len(), Bits::all(count, false).ones()), (count, 0));
            let mut other = thirds.clone();
            (0..=count).for_each(|person| other.set(person, person % 2 == 0));
            assert_eq!(other, even, "what is beyond the last one is not there");
        }
    }
}
