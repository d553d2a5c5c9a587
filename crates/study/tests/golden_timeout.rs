//! The golden time-out: `validation/golden-timeout.yaml`, on seeds that follow from the file itself.
//!
//! Why it must be so. When the database is slow for a moment, a queue builds up before it, and a request takes D. If the
//! gateway waits longer than D it hears every answer: the queue drains at (1 − ρ₀) of the capacity and the moment is
//! over. If it waits for T < D, every request whose turn comes after more than T is asked again at once, for 1.0 and 1.2 s
//! nearly all of those that came during the moment, and is served all the same. This echo arrives T later, while the
//! queue has drained by no more than (1 − ρ₀) T, and brings it above T again, for longer than before: for each echo to be
//! larger than what it answers, (1 + retries) ρ₀ > 1 and D above T by a little are enough. Then each attempt waits for
//! longer than T, all three are made, and 3 ρ₀ = 2.55 of the capacity is asked for, for ever. So what decides is whether
//! T lies below or above D, and neither the load nor the seed: the stations are fast, so that in the moment the queue is
//! hundreds long and its length hardly a matter of chance.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use seatrial_scenario::{Compiled, compile};
use seatrial_sim::{Setup, Sim, System};
use seatrial_study::seeds;

const SEEDS: usize = 24;
const SECOND: u64 = 1_000_000_000;

fn compiled(change: (&str, &str)) -> Compiled {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../validation/golden-timeout.yaml");
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(change.0), "{}", change.0);
    let text = text.replace(change.0, change.1);
    let files = BTreeMap::from([("golden-timeout.yaml".to_owned(), text.into_bytes())]);
    let (compiled, mistakes) = compile(&files, "golden-timeout.yaml");
    compiled.unwrap_or_else(|| panic!("{mistakes:?}"))
}

/// Of what comes in the last twenty seconds, half a minute after the hiccup: the share that is answered well.
fn in_the_end(compiled: &Compiled, system: &Arc<System>, timeout: &str, seed: u64) -> f64 {
    let design = compiled.design(&BTreeMap::from([("timeout".to_owned(), timeout.to_owned())])).unwrap();
    let mut sim = Sim::new(Arc::clone(system), &design, Setup { seed, faults: true, operator: false });
    sim.finish();
    assert_eq!(sim.stopped(), None);
    let last = sim.samples().iter().filter(|sample| sample.at > 60 * SECOND);
    let (good, all) = last.fold((0, 0), |(good, all), sample| {
        let client = &sample.clients[0];
        (good + client.good, all + client.offered)
    });
    f64::from(good) / f64::from(all)
}

/// On each seed, two at a time.
fn shares(change: (&str, &str), timeout: &str, count: usize) -> Vec<f64> {
    let compiled = compiled(change);
    let system = Arc::new(compiled.system.clone());
    let seeds = seeds(&compiled.hash, count);
    let half = |seeds: &[u64]| seeds.iter().map(|&seed| in_the_end(&compiled, &system, timeout, seed)).collect::<Vec<f64>>();
    let (one, other) = seeds.split_at(count / 2);
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| half(other));
        let mut shares = half(one);
        shares.extend(beside.join().expect("no panic"));
        shares
    })
}

const AS_IT_IS: (&str, &str) = ("", "");

#[track_caller]
fn destroyed(shares: &[f64]) {
    assert!(shares.iter().all(|share| *share < 0.01), "{shares:?}");
}

#[track_caller]
fn recovered(shares: &[f64]) {
    assert!(shares.iter().all(|share| *share > 0.99), "{shares:?}");
}

#[test]
fn below_the_worst_moment_it_destroys_the_chain_on_every_seed_and_above_it_does_nothing() {
    destroyed(&shares(AS_IT_IS, "1s", SEEDS));
    destroyed(&shares(AS_IT_IS, "1200ms", SEEDS));
    recovered(&shares(AS_IT_IS, "1500ms", SEEDS));
    recovered(&shares(AS_IT_IS, "2s", SEEDS));
}

/// None of it hangs on just these figures.
#[test]
fn neighbours_come_to_the_same() {
    let load = [("680/s", "640/s"), ("680/s", "720/s")];
    let trigger = [("lasts: 1500ms", "lasts: 1450ms"), ("lasts: 1500ms", "lasts: 1550ms"), ("slow: 10", "slow: 8"), ("slow: 10", "slow: 14")];
    for change in load.into_iter().chain(trigger) {
        destroyed(&shares(change, "1200ms", 4));
        recovered(&shares(change, "1500ms", 4));
    }
}

/// The load alone is no harm to whatever timeout, and without timeouts the moment is as long as it is said to be.
#[test]
fn the_moment_is_what_it_is_said_to_be() {
    recovered(&shares(("at: 10s", "at: 1h"), "1s", 4));
    let compiled = compiled(AS_IT_IS);
    let system = Arc::new(compiled.system.clone());
    for seed in seeds(&compiled.hash, 4) {
        let mut sim = Sim::new(Arc::clone(&system), &[], Setup { seed, faults: true, operator: false });
        sim.finish();
        let worst = sim.samples().iter().map(|sample| sample.clients[0].p99_us).max().unwrap_or(0);
        assert!((1_200_000..1_500_000).contains(&worst), "{worst}");
        let calm = sim.samples().iter().map(|sample| sample.clients[0].p50_us).min().unwrap_or(0);
        assert!((10_000..40_000).contains(&calm), "{calm}");
    }
}
