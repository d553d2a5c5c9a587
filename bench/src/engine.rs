//! The simulator through the public language, beside a loop written for the one model; and the scenario that ships, with
//! oracle, expressions and statistics on.

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use seatrial_bench_engine::{bare, cases};
use seatrial_sim::{Setup, Sim, system::Patch};

use crate::{
    Outcome,
    table::{Samples, Table},
};

const ROUNDS: u64 = 5;
const REQUESTS: u64 = 1_000_000;

/// One run to its end: how long it took, and how many events that were.
fn play(scenario: &Arc<seatrial_sim::System>, design: &[Patch], seed: u64) -> (Duration, u64) {
    let mut sim = Sim::new(Arc::clone(scenario), design, Setup::unattended(seed));
    let since = Instant::now();
    sim.finish();
    let took = since.elapsed();
    black_box(sim.report());
    (took, sim.events())
}

pub fn measure(table: &mut Table) -> Outcome<()> {
    for (name, what) in [
        ("mm1", "M/M/1"),
        ("chain", "chain of three M/M/4"),
        ("chain-timeout", "chain, 3 s time-out, two retries"),
    ] {
        compared(table, what, name)?;
    }
    shipped(table)
}

fn compared(table: &mut Table, what: &str, name: &str) -> Outcome<()> {
    let model = cases::model(name, REQUESTS).ok_or_else(|| format!("no model {name}"))?;
    let (system, design) = cases::case(name, REQUESTS)?;
    let (mut floor, mut ours) = (Samples::default(), Samples::default());
    let mut events = 0;
    for seed in 1..=ROUNDS {
        let since = Instant::now();
        black_box(bare::run(&model, seed));
        floor.push(since.elapsed());
        let (took, count) = play(&system, &design, seed);
        ours.push(took);
        events = count;
    }
    table.floor(&format!("{what}: bare loop, 10⁶ requests"), &floor);
    table.row(&format!("{what}: scenario file, {:.1} M events", events as f64 / 1e6), &ours, &[("bare loop", &floor)]);
    Ok(())
}

fn shipped(table: &mut Table) -> Outcome<()> {
    let compiled = cases::shipped()?;
    let mut compiling = Samples::default();
    for _ in 0..ROUNDS {
        let since = Instant::now();
        black_box(cases::shipped()?);
        compiling.push(since.elapsed());
    }
    table.floor("charged-not-settled: read and compiled", &compiling);
    let system = Arc::new(compiled.system.clone());
    for name in cases::SHIPPED {
        let patches = cases::design(&compiled, name)?;
        let mut runs = Samples::default();
        let mut rates = Vec::new();
        for seed in 1..=ROUNDS {
            let (took, events) = play(&system, &patches, seed);
            runs.push(took);
            rates.push(events as f64 / took.as_secs_f64() / 1e6);
        }
        rates.sort_by(f64::total_cmp);
        table.row(&format!("charged-not-settled, {name}: 2 h 50 min"), &runs, &[("compiling", &compiling)]);
        table.remark(format!("charged-not-settled, {name}: {:.1} M events a second on one core.", rates[rates.len() / 2]));
    }
    snapshots(table, &system, &cases::design(&compiled, "weak")?);
    Ok(())
}

/// Copying a running system in the middle of its troubles.
fn snapshots(table: &mut Table, system: &Arc<seatrial_sim::System>, design: &[Patch]) {
    let mut sim = Sim::new(Arc::clone(system), design, Setup::unattended(1));
    sim.advance(system.clock.warm_up + 20 * 60_000_000_000);
    let mut copies = Samples::default();
    for _ in 0..31 {
        let since = Instant::now();
        let copy = black_box(sim.clone());
        copies.push(since.elapsed());
        drop(copy);
    }
    table.floor("charged-not-settled, weak: a snapshot in minute 20", &copies);
}
