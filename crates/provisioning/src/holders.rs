//! Finding who holds a value, without a map that depends on chance.

/// A number that is the same for the same text, and rarely for another one.
pub(crate) fn hash(text: &str) -> u64 {
    mixed(text, 0)
}

/// The same, blind to the bits of `blur` in every eight bytes.
pub(crate) fn mixed(text: &str, blur: u64) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let step = |hash: u64, word: u64| {
        let product = u128::from(hash ^ word).wrapping_mul(u128::from(ODD));
        let (low, high) = (product as u64, (product >> 64) as u64);
        low ^ high
    };
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut hash = (text.len() as u64).wrapping_mul(ODD);
    for word in words {
        hash = step(hash, u64::from_le_bytes(*word) | blur).rotate_left(23);
    }
    let last = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    step(step(hash, last | blur), ODD)
}

/// Who holds which value: the numbers of the holders, found by the hash of the value.
///
/// Another value may have the same hash, so whoever asks compares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Holders {
    /// Half of the hash, and the number of the holder plus one; zero is a free place.
    places: Vec<(u32, u32)>,
    count: usize,
}

impl Holders {
    /// None yet, with room for so many.
    pub(crate) fn with_room(count: usize) -> Self {
        let places = (count * 4 / 3 + 1).next_power_of_two().max(16);
        Self { places: vec![(0, 0); places], count: 0 }
    }

    pub(crate) fn insert(&mut self, hash: u64, holder: u32) {
        if (self.count + 1) * 4 > self.places.len() * 3 {
            self.grow();
        }
        self.put(hash as u32, holder + 1);
        self.count += 1;
    }

    /// Everybody who may hold the value.
    pub(crate) fn find(&self, hash: u64) -> impl Iterator<Item = u32> {
        let half = hash as u32;
        let (before, from) = self.places.split_at(self.first_place(half));
        from.iter()
            .chain(before)
            .take_while(|(_, holder)| *holder != 0)
            .filter(move |(other, _)| *other == half)
            .map(|(_, holder)| holder - 1)
    }

    fn first_place(&self, half: u32) -> usize {
        // The places are a power of two; the upper part of the product is spread best.
        let spread = u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        spread as usize & self.places.len().saturating_sub(1)
    }

    fn put(&mut self, half: u32, holder: u32) {
        let first = self.first_place(half);
        let (before, from) = self.places.split_at_mut(first);
        let mut all = from.iter_mut().chain(before);
        if let Some(place) = all.find(|(_, holder)| *holder == 0) {
            *place = (half, holder);
        }
    }

    fn grow(&mut self) {
        let wider = vec![(0, 0); (self.places.len() * 2).max(16)];
        let known = std::mem::replace(&mut self.places, wider);
        for (half, holder) in known.into_iter().filter(|(_, holder)| *holder != 0) {
            self.put(half, holder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_holder_is_found_again() {
        for mut holders in [Holders::default(), Holders::with_room(7), Holders::with_room(1_000)] {
            hold(&mut holders);
        }
        assert_eq!(Holders::default().find(1).count(), 0);
    }

    #[test]
    fn what_has_room_does_not_grow() {
        let mut holders = Holders::with_room(1_000);
        let places = holders.places.len();
        (0..1_000).for_each(|number| holders.insert(hash(&number.to_string()), number));
        assert_eq!(holders.places.len(), places);
    }

    fn hold(holders: &mut Holders) {
        for number in 0..1_000 {
            holders.insert(hash(&format!("ana{}@contoso.example", number % 500)), number);
        }
        for number in 0..500 {
            let wanted = hash(&format!("ana{number}@contoso.example"));
            let mut found: Vec<u32> = holders.find(wanted).collect();
            found.sort_unstable();
            assert_eq!(found, [number, number + 500]);
        }
        assert_eq!(holders.find(hash("nobody")).count(), 0);
    }
}
