//! The spread of a design over other seeds, worked out in the background while somebody waits for it.

use std::sync::{
    Arc, Weak,
    atomic::{AtomicUsize, Ordering},
};
use std::sync::{Mutex, PoisonError};

use seatrial_room::{
    Reel, V,
    spread::{Spread, outcome, seeds, spread},
};

/// As many as make a percentile worth saying.
const SEEDS: usize = 200;

#[derive(Debug)]
pub struct Spreading {
    reel: Reel,
    until: V,
    commands: usize,
    mine: Vec<u64>,
    /// By seed, by promise.
    others: Mutex<Vec<Vec<u64>>>,
    done: AtomicUsize,
}

impl Spreading {
    /// Begins in the background; it ends early when nobody holds it any more. `mine`: what the room itself came to.
    pub fn begin(reel: Reel, until: V, mine: Vec<u64>) -> Arc<Spreading> {
        let commands = reel.log().len();
        let spreading = Arc::new(Spreading { reel, until, commands, mine, others: Mutex::default(), done: AtomicUsize::new(0) });
        let weak = Arc::downgrade(&spreading);
        tokio::task::spawn_blocking(move || work(&weak));
        spreading
    }

    /// Whether it is about this log and this moment.
    pub fn is_of(&self, reel: &Reel, until: V) -> bool {
        self.commands == reel.log().len() && self.until == until
    }

    pub fn done(&self) -> u32 {
        self.done.load(Ordering::SeqCst) as u32
    }

    pub fn of(&self) -> u32 {
        SEEDS as u32
    }

    pub fn until(&self) -> V {
        self.until
    }

    /// Per promise: its name, what this room came to, and where that stands among the others so far.
    pub fn rows(&self) -> Vec<(String, u64, Spread)> {
        let others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let invariants = self.reel.play().system.invariants.iter().enumerate();
        let rows = invariants.filter_map(|(at, invariant)| {
            let column: Vec<u64> = others.iter().filter_map(|one| one.get(at).copied()).collect();
            let mine = self.mine.get(at).copied()?;
            Some((invariant.name.clone(), mine, spread(mine, &column)?))
        });
        rows.collect()
    }
}

fn work(of: &Weak<Spreading>) {
    let Some(all) = of.upgrade().map(|spreading| seeds(spreading.reel.seed(), SEEDS)) else { return };
    for seed in all {
        let Some(spreading) = of.upgrade() else { return };
        let one = outcome(&spreading.reel, spreading.until, seed);
        spreading.others.lock().unwrap_or_else(PoisonError::into_inner).push(one);
        spreading.done.fetch_add(1, Ordering::SeqCst);
    }
}
