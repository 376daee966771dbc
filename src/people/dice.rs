//! Chance that always falls alike: what an invented tenant is drawn from.

/// SplitMix64: small, and the same on every machine.
pub(super) struct Dice(u64);

impl Dice {
    /// Dice that always fall alike for the same seed.
    pub(super) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below another; nothing below nought.
    pub(super) fn below(&mut self, count: usize) -> Option<usize> {
        let count = u64::try_from(count).ok().filter(|count| *count > 0)?;
        usize::try_from(self.roll() % count).ok()
    }

    pub(super) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        // The remainder is far below the length of the slices used here.
        &from[(self.roll() % from.len() as u64) as usize]
    }

    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.roll() % 100 < percent
    }

    pub(super) fn id(&mut self) -> String {
        let (a, b) = (self.roll(), self.roll());
        let (time, mid, high) = (a >> 32, (a >> 16) & 0xffff, a & 0x0fff);
        format!("{time:08x}-{mid:04x}-4{high:03x}-8{:03x}-{:012x}", b >> 52, b & 0xffff_ffff_ffff)
    }
}
