//! Ids shaped like random UUIDs and drawn from a seed: the same seed gives the same ids.

use std::fmt::Write;

/// A stream of ids.
#[derive(Clone, Debug)]
pub(crate) struct Identifiers {
    state: u64,
}

impl Identifiers {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next id, in the text form of a version 4 UUID (RFC 9562 section 5.4).
    pub(crate) fn next(&mut self) -> String {
        const VERSION_4: u64 = 0x4000;
        const VARIANT: u64 = 0x8000_0000_0000_0000;
        let high = self.draw() & !0xF000 | VERSION_4;
        let low = self.draw() & !0xC000_0000_0000_0000 | VARIANT;
        let mut text = String::with_capacity(36);
        let parts = [
            (high >> 32, 8),
            (high >> 16 & 0xFFFF, 4),
            (high & 0xFFFF, 4),
            (low >> 48, 4),
            (low & 0xFFFF_FFFF_FFFF, 12),
        ];
        for (position, (part, width)) in parts.into_iter().enumerate() {
            let dash = if position == 0 { "" } else { "-" };
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{dash}{part:0width$x}");
        }
        text
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): small, and it visits every 64-bit value once.
    fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }
}

#[cfg(test)]
mod tests {
    use super::Identifiers;
    use std::collections::BTreeSet;

    #[test]
    fn a_seed_gives_the_same_ids_again_and_another_seed_gives_others() {
        let ids = |seed| -> Vec<String> {
            let mut identifiers = Identifiers::new(seed);
            (0..1000).map(|_| identifiers.next()).collect()
        };
        assert_eq!(ids(7), ids(7));
        let both: BTreeSet<String> = ids(7).into_iter().chain(ids(8)).collect();
        assert_eq!(both.len(), 2000);
    }

    #[test]
    fn an_id_is_shaped_like_a_random_uuid() {
        let id = Identifiers::new(1).next();
        let lengths: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(id.chars().nth(14), Some('4'), "{id}");
        assert!(id.chars().nth(19).is_some_and(|variant| "89ab".contains(variant)), "{id}");
    }
}
