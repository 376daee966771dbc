//! The Mersenne Twister with 32 bits (MT19937), whose numbers are the same everywhere.

const LENGTH: usize = 624;
const SHIFT: usize = 397;

/// A sequence that its seed decides.
pub(crate) struct Twister {
    state: [u32; LENGTH],
    next: usize,
}

impl Twister {
    /// Seeded by one number, as by the array of its 32 bits.
    pub(crate) fn new(seed: u32) -> Self {
        let mut state = [0; LENGTH];
        state[0] = 19_650_218;
        for at in 1..LENGTH {
            state[at] = chained(state[at - 1], 1_812_433_253).wrapping_add(at as u32);
        }
        let mut at = 1;
        let go_on = |state: &mut [u32; LENGTH], at: &mut usize| {
            *at += 1;
            if *at >= LENGTH {
                state[0] = state[LENGTH - 1];
                *at = 1;
            }
        };
        for _ in 0..LENGTH {
            state[at] = (state[at] ^ chained(state[at - 1], 1_664_525)).wrapping_add(seed);
            go_on(&mut state, &mut at);
        }
        for _ in 1..LENGTH {
            let less = chained(state[at - 1], 1_566_083_941);
            state[at] = (state[at] ^ less).wrapping_sub(at as u32);
            go_on(&mut state, &mut at);
        }
        state[0] = 1 << 31;
        Self { state, next: LENGTH }
    }

    /// The next number from 0 to below 1, of 53 bits.
    pub(crate) fn random(&mut self) -> f64 {
        let (high, low) = (self.word() >> 5, self.word() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }

    fn word(&mut self) -> u32 {
        if self.next >= LENGTH {
            self.turn();
        }
        let mut word = self.state[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= word << 7 & 0x9d2c_5680;
        word ^= word << 15 & 0xefc6_0000;
        word ^ word >> 18
    }

    fn turn(&mut self) {
        for at in 0..LENGTH {
            let joined = self.state[at] & 1 << 31 | self.state[(at + 1) % LENGTH] & !(1 << 31);
            let odd = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[at] = self.state[(at + SHIFT) % LENGTH] ^ joined >> 1 ^ odd;
        }
        self.next = 0;
    }
}

fn chained(before: u32, factor: u32) -> u32 {
    (before ^ before >> 30).wrapping_mul(factor)
}
