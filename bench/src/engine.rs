//! The simulator through the public language, beside a loop written for the one model; and the scenario that ships, with
//! oracle, expressions and statistics on.

use std::{
    collections::BTreeMap,
    fs,
    hint::black_box,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use seatrial_scenario::{Compiled, compile};
use seatrial_sim::{Setup, Sim, system::Patch};

use crate::{
    Outcome,
    bare::{self, Model},
    table::{Samples, Table},
};

const ROUNDS: u64 = 5;
const REQUESTS: u64 = 1_000_000;

/// A scenario file with whatever parts stand beside it.
pub fn load(folder: &str, name: &str) -> Outcome<Compiled> {
    let mut files = BTreeMap::new();
    for kind in ["", "scenarios", "parts"] {
        let path = Path::new(folder).join(kind);
        for entry in fs::read_dir(path).into_iter().flatten() {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end == "yaml") {
                let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let key = if kind.is_empty() { file } else { format!("{kind}/{file}") };
                files.insert(key, fs::read(path)?);
            }
        }
    }
    compile(&files, name).0.ok_or_else(|| format!("{folder}/{name} cannot be read").into())
}

/// One run to its end: how long it took, and how many events that were.
fn play(scenario: &Arc<seatrial_sim::System>, design: &[Patch], seed: u64) -> (Duration, u64) {
    let mut sim = Sim::new(Arc::clone(scenario), design, Setup::unattended(seed));
    let since = Instant::now();
    sim.finish();
    let took = since.elapsed();
    black_box(sim.report());
    (took, sim.events())
}

fn design(compiled: &Compiled, name: &str) -> Outcome<Vec<Patch>> {
    let design = compiled.designs.iter().find(|design| design.name == name).ok_or_else(|| format!("no design {name}"))?;
    compiled.design(&design.answers).map_err(|wrong| wrong.join("; ").into())
}

pub fn measure(table: &mut Table) -> Outcome<()> {
    // As many arrivals as the bare loop has: rate times time.
    let chain = Model { stations: 3, servers: 4, rate: 28.0, mean_service: 100e6, timeout: 0, retries: 0, requests: REQUESTS };
    let single = Model { stations: 1, servers: 1, rate: 80.0, mean_service: 10e6, ..chain };
    let hasty = Model { timeout: 3_000_000_000, retries: 2, ..chain };
    let one = load("validation", "mm1.yaml")?;
    let three = load("validation", "three-tier-chain.yaml")?;
    let patient = design(&three, "patient")?;
    compared(table, "M/M/1", one, &[], &single);
    compared(table, "chain of three M/M/4", three.clone(), &[], &chain);
    compared(table, "chain, 3 s time-out, two retries", three, &patient, &hasty);
    shipped(table)
}

fn compared(table: &mut Table, what: &str, compiled: Compiled, design: &[Patch], model: &Model) {
    let mut system = compiled.system;
    system.clock.warm_up = 0;
    system.clock.play = (model.requests as f64 / model.rate * 1e9) as u64;
    system.clock.drain = 0;
    system.faults.clear();
    let system = Arc::new(system);
    let (mut floor, mut ours) = (Samples::default(), Samples::default());
    let mut events = 0;
    for seed in 1..=ROUNDS {
        let since = Instant::now();
        black_box(bare::run(model, seed));
        floor.push(since.elapsed());
        let (took, count) = play(&system, design, seed);
        ours.push(took);
        events = count;
    }
    table.floor(&format!("{what}: bare loop, 10⁶ requests"), &floor);
    table.row(&format!("{what}: scenario file, {:.1} M events", events as f64 / 1e6), &ours, &[("bare loop", &floor)]);
}

fn shipped(table: &mut Table) -> Outcome<()> {
    let compiled = load("kits/microservices", "scenarios/charged-not-settled.yaml")?;
    let mut compiling = Samples::default();
    for _ in 0..ROUNDS {
        let since = Instant::now();
        black_box(load("kits/microservices", "scenarios/charged-not-settled.yaml")?);
        compiling.push(since.elapsed());
    }
    table.floor("charged-not-settled: read and compiled", &compiling);
    let system = Arc::new(compiled.system.clone());
    for name in ["weak", "excellent"] {
        let patches = design(&compiled, name)?;
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
    snapshots(table, &system, &design(&compiled, "weak")?);
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
