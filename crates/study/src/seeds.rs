//! Seeds that nobody chose: they follow from the scenario's canonical hash, so that a proof cannot be had by looking for
//! seeds that suit it.

use sha2::{Digest, Sha256};

/// More runs than this are no study any more.
pub const SEEDS_MAX: usize = 100_000;

/// The first `count` seeds of a scenario. Each fits into 52 bits: JSON numbers carry it without loss.
pub fn seeds(hash: &str, count: usize) -> Vec<u64> {
    let seed = |at: usize| {
        let mut sha = Sha256::new();
        sha.update(b"seatrial seeds 1\0");
        sha.update(hash.as_bytes());
        sha.update((at as u64).to_be_bytes());
        sha.finalize()
            .iter()
            .take(8)
            .fold(0u64, |bits, &byte| bits << 8 | u64::from(byte))
            >> 12
    };
    (0..count.min(SEEDS_MAX)).map(seed).collect()
}
