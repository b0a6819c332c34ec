//! Chance for the suites on a terminal, the same in every run.

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    /// By `DUBAN_SEED`, or else by 5.
    pub(crate) fn seeded() -> (Self, u64) {
        let seed = env("DUBAN_SEED").unwrap_or(5) | 1;
        (Self(seed), seed)
    }

    /// A number below `end`.
    pub(crate) fn roll(&mut self, end: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap() % end
    }
}

/// A number that the environment gives.
pub(crate) fn env(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
