//! The fewest sets that hold everything which all of them hold together.
//!
//! Finding them is hard in general. What the usual directory gives is small once equal sets are one
//! and sets inside others are dropped, so it is searched whole within a bound; beyond the bound the
//! set that adds most is taken, again and again.

/// Which of some numbered things are in a set.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn insert(&mut self, number: usize) {
        let word = number / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (number % 64);
        }
    }

    pub(super) fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        let words = self.0.iter().enumerate();
        words.flat_map(|(at, word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit)
        })
    }

    pub(super) fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }

    pub(super) fn without(&self, other: &Self) -> Self {
        let theirs = other.0.iter().copied().chain(std::iter::repeat(0));
        Self(self.0.iter().zip(theirs).map(|(mine, theirs)| mine & !theirs).collect())
    }

    fn is_within(&self, other: &Self) -> bool {
        self.without(other).is_empty()
    }

    fn common(&self, other: &Self) -> usize {
        let pairs = self.0.iter().zip(&other.0);
        pairs.map(|(mine, theirs)| (mine & theirs).count_ones() as usize).sum()
    }
}

/// The sets that were chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cover {
    /// Their numbers, in the order in which each adds most.
    pub(super) chosen: Vec<usize>,
    /// No fewer would do; else nobody knows.
    pub(super) is_smallest: bool,
}

/// More sets are not compared with each other.
const MOST_COMPARED: usize = 2_000;

/// So many looks at a set, and the search gives up: a fraction of a second.
const MOST_LOOKS: usize = 20_000_000;

/// Chooses the fewest sets that hold everything.
pub(super) fn smallest(sets: &[Bits]) -> Cover {
    let mut everything = Bits::default();
    sets.iter().for_each(|set| everything.add(set));
    let sets = undominated(sets);
    let mut search = Search { sets: &sets, best: greedy(&sets, &everything), looks: 0 };
    search.go_on(&mut Vec::new(), &everything);
    let chosen: Vec<(usize, &Bits)> =
        sets.iter().filter(|(number, _)| search.best.contains(number)).copied().collect();
    Cover { chosen: greedy(&chosen, &everything), is_smallest: search.looks < MOST_LOOKS }
}

/// The sets that lie inside no other; of equal ones the first.
fn undominated(sets: &[Bits]) -> Vec<(usize, &Bits)> {
    let all: Vec<(usize, &Bits)> = sets.iter().enumerate().collect();
    if all.len() > MOST_COMPARED {
        return all;
    }
    let is_inside = |(number, set): &(usize, &Bits)| {
        all.iter().any(|(other, larger)| {
            number != other && set.is_within(larger) && (set.len() < larger.len() || other < number)
        })
    };
    all.iter().filter(|set| !set.1.is_empty() && !is_inside(set)).copied().collect()
}

/// The set that adds most, then the one that adds most to that, until all is held.
fn greedy(sets: &[(usize, &Bits)], everything: &Bits) -> Vec<usize> {
    let (mut chosen, mut missing) = (Vec::new(), everything.clone());
    while !missing.is_empty() {
        let gain = |(_, set): &&(usize, &Bits)| set.common(&missing);
        // Of equal gains the first is taken: the same people give the same pilot.
        let Some((number, set)) = sets.iter().rev().max_by_key(gain) else { break };
        if set.common(&missing) == 0 {
            break;
        }
        chosen.push(*number);
        missing = missing.without(set);
    }
    chosen
}

struct Search<'a> {
    sets: &'a [(usize, &'a Bits)],
    best: Vec<usize>,
    looks: usize,
}

impl Search<'_> {
    fn go_on(&mut self, chosen: &mut Vec<usize>, missing: &Bits) {
        if missing.is_empty() {
            if chosen.len() < self.best.len() {
                self.best.clone_from(chosen);
            }
            return;
        }
        self.looks += self.sets.len() * (missing.len() + 1);
        let most = self.sets.iter().map(|(_, set)| set.common(missing)).max().unwrap_or_default();
        if self.looks >= MOST_LOOKS || most == 0 {
            return;
        }
        if chosen.len() + missing.len().div_ceil(most) >= self.best.len() {
            return;
        }
        let Some(rarest) = self.rarest(missing) else { return };
        let mut holders: Vec<_> =
            self.sets.iter().filter(|(_, set)| set.contains(rarest)).copied().collect();
        holders.sort_by_key(|(_, set)| std::cmp::Reverse(set.common(missing)));
        for (number, set) in holders {
            chosen.push(number);
            self.go_on(chosen, &missing.without(set));
            chosen.pop();
        }
    }

    /// What the fewest sets hold: one of these must be chosen.
    fn rarest(&self, missing: &Bits) -> Option<usize> {
        let holders =
            |thing: &usize| self.sets.iter().filter(|(_, set)| set.contains(*thing)).count();
        missing.iter().min_by_key(holders)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bits(numbers: &[usize]) -> Bits {
        let mut bits = Bits::default();
        numbers.iter().for_each(|number| bits.insert(*number));
        bits
    }

    #[test]
    fn the_fewest_are_found_where_taking_the_most_each_time_finds_more() {
        // Six things: the largest set misleads, for it leaves two rows behind.
        let sets =
            [bits(&[0, 1, 4, 5]), bits(&[0, 1, 2]), bits(&[3, 4, 5]), bits(&[2]), bits(&[3])];
        let cover = smallest(&sets);
        assert_eq!((cover.chosen, cover.is_smallest), (vec![1, 2], true));
    }

    #[test]
    fn nothing_needs_nobody() {
        assert_eq!(smallest(&[]).chosen, [0; 0]);
        assert_eq!(smallest(&[Bits::default()]).chosen, [0; 0]);
    }

    #[test]
    fn beyond_the_bound_everything_is_still_held() {
        // Far more different sets than are compared, of things that hardly overlap.
        let sets: Vec<Bits> =
            (0..3_000_usize).map(|at| bits(&[at % 211, at * 7 % 223, at * 13 % 227])).collect();
        let cover = smallest(&sets);
        assert!(!cover.is_smallest);
        let (mut held, mut all) = (Bits::default(), Bits::default());
        cover.chosen.iter().for_each(|number| held.add(&sets[*number]));
        sets.iter().for_each(|set| all.add(set));
        assert_eq!(held, all);
    }

    /// The size of the smallest choice, by trying all.
    fn tried(sets: &[Bits]) -> usize {
        let mut all = Bits::default();
        sets.iter().for_each(|set| all.add(set));
        (0_u32..1 << sets.len())
            .filter(|choice| {
                let mut held = Bits::default();
                for (at, set) in sets.iter().enumerate() {
                    if choice >> at & 1 == 1 {
                        held.add(set);
                    }
                }
                all.is_within(&held)
            })
            .map(|choice| choice.count_ones() as usize)
            .min()
            .unwrap_or_default()
    }

    proptest! {
        #[test]
        fn whatever_the_sets_all_is_held_by_the_fewest(
            sets in proptest::collection::vec(proptest::collection::vec(0_usize..70, 0..12), 0..10)
        ) {
            let sets: Vec<Bits> = sets.iter().map(|set| bits(set)).collect();
            let cover = smallest(&sets);
            let (mut held, mut all) = (Bits::default(), Bits::default());
            cover.chosen.iter().for_each(|number| held.add(&sets[*number]));
            sets.iter().for_each(|set| all.add(set));
            prop_assert!(all.is_within(&held));
            prop_assert!(cover.is_smallest);
            prop_assert_eq!(cover.chosen.len(), tried(&sets));
        }
    }
}
