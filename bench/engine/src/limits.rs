//! What must not grow: memory with the requests that have passed, a snapshot with the age of a run, work with threads.

use std::{env, process::Command, thread, time::Instant};

use seatrial_sim::{Setup, Sim};
use serde::{Deserialize, Serialize};

use crate::{
    Outcome,
    cases::{self, Run},
    process::Cpu,
};

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Limits {
    pub ten_million_peak_kib: u64,
    pub snapshot_ms: f64,
    pub restore_ms: f64,
    /// Work per core-second of two threads, of that of one.
    pub efficiency: f64,
}

pub fn measure() -> Outcome<Limits> {
    let long = Command::new(env::current_exe()?).args(["one", "ours", "chain", "1", "10000000"]).output()?;
    let long: Run = serde_json::from_slice(&long.stdout)?;
    let (snapshot, restore) = snapshot()?;
    Ok(Limits {
        ten_million_peak_kib: long.peak_kib,
        snapshot_ms: snapshot * 1e3,
        restore_ms: restore * 1e3,
        efficiency: efficiency()?,
    })
}

/// Copying a running system in the middle of its troubles, and going back to the copy once time has gone on. Seconds on the
/// wall, for the scheduler's figures are good to some milliseconds only; the least of many, for whoever else uses the
/// machine can but add to it.
pub fn snapshot() -> Outcome<(f64, f64)> {
    const MINUTE_NS: u64 = 60_000_000_000;
    let (system, design) = cases::case("weak", 0)?;
    let begins = system.clock.warm_up + 20 * MINUTE_NS;
    let mut sim = Sim::new(system, &design, Setup::unattended(1));
    sim.advance(begins);
    let (mut least_copy, mut least_return) = (f64::INFINITY, f64::INFINITY);
    for round in 1..=61 {
        let since = Instant::now();
        let kept = sim.snapshot();
        least_copy = least_copy.min(since.elapsed().as_secs_f64());
        sim.advance(begins + round * MINUTE_NS / 8);
        let since = Instant::now();
        sim.clone_from(&kept);
        least_return = least_return.min(since.elapsed().as_secs_f64());
        if sim.digest() != kept.digest() {
            return Err("a copy is not what was copied".into());
        }
    }
    Ok((least_copy, least_return))
}

/// The same seeds of `weak` with one thread and with two, in CPU time, which others on the machine do not change much.
pub fn efficiency() -> Outcome<f64> {
    const SEEDS: u64 = 6;
    const ROUNDS: usize = 5;
    let (system, design) = cases::case("weak", 0)?;
    let run = |seeds: std::ops::Range<u64>| {
        let cpu = Cpu::start_of_thread();
        for seed in seeds {
            let mut sim = Sim::new(system.clone(), &design, Setup::unattended(seed));
            sim.finish();
        }
        cpu.seconds()
    };
    let mut ratios: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let one = run(0..SEEDS);
            let two: f64 = thread::scope(|scope| {
                let halves = [scope.spawn(|| run(0..SEEDS / 2)), scope.spawn(|| run(SEEDS / 2..SEEDS))];
                halves.into_iter().map(|half| half.join().unwrap_or(f64::INFINITY)).sum()
            });
            one / two
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    Ok(ratios[ROUNDS / 2])
}
