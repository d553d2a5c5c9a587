//! Luck apart from judgement: how the same decisions and the same faults come out with other seeds. Facts about a design,
//! never about a person.

use seatrial_sim::Sim;

use crate::command::V;
use crate::reel::Reel;

/// What one seed came to: per promise, how often it was broken.
pub type Broken = Vec<u64>;

/// The outcome at `until` with another seed.
pub fn outcome(reel: &Reel, until: V, seed: u64) -> Broken {
    broken(reel.with_seed(seed).unrecorded(until).sim())
}

pub fn broken(sim: &Sim) -> Broken {
    sim.truth().invariants.iter().map(|invariant| invariant.broken).collect()
}

/// Seeds that nobody has chosen: they follow from the room's own.
pub fn seeds(of: u64, count: usize) -> Vec<u64> {
    // SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
    let mut state = of;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) >> 11
    };
    (0..count).map(|_| next()).collect()
}

/// Where one value stands among others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The 5th, 25th, 50th, 75th and 95th percentile.
    pub low: f64,
    pub p25: f64,
    pub median: f64,
    pub p75: f64,
    pub high: f64,
    /// The share of others that are below it; ties count half.
    pub share_below: f64,
}

/// None without others.
pub fn spread(mine: u64, others: &[u64]) -> Option<Spread> {
    if others.is_empty() {
        return None;
    }
    let mut sorted = others.to_vec();
    sorted.sort_unstable();
    // Between two neighbours in proportion: Hyndman and Fan's definition 7.
    let quantile = |p: f64| {
        let at = p * (sorted.len() - 1) as f64;
        let (below, part) = (at.floor() as usize, at.fract());
        let above = (below + 1).min(sorted.len() - 1);
        sorted[below] as f64 * (1.0 - part) + sorted[above] as f64 * part
    };
    let below = sorted.iter().filter(|&&other| other < mine).count() as f64;
    let same = sorted.iter().filter(|&&other| other == mine).count() as f64;
    Some(Spread {
        low: quantile(0.05),
        p25: quantile(0.25),
        median: quantile(0.5),
        p75: quantile(0.75),
        high: quantile(0.95),
        share_below: (below + same / 2.0) / sorted.len() as f64,
    })
}
