//! The models that are measured, and one run of each.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use seatrial_scenario::{Compiled, compile};
use seatrial_sim::{Setup, Sim, System, system::Patch};
use serde::{Deserialize, Serialize};

use crate::{
    Outcome,
    bare::{self, Model},
    process::{Cpu, peak_kib},
};

/// One run, in a process of its own. The other simulators' models print the same, as JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    pub cpu_s: f64,
    pub peak_kib: u64,
    pub requests: u64,
    /// Of the answered: from arrival to answer. Tells that it is the same model.
    pub mean_s: f64,
    #[serde(default)]
    pub events: u64,
}

/// Gateway, service and database with exponential times; ρ is 0.8 at the single server, 0.7 at each station of a chain.
pub fn model(name: &str, requests: u64) -> Option<Model> {
    let chain = Model { stations: 3, servers: 4, rate: 28.0, mean_service: 100e6, timeout: 0, retries: 0, requests };
    match name {
        "mm1" => Some(Model { stations: 1, servers: 1, rate: 80.0, mean_service: 10e6, ..chain }),
        "chain" => Some(chain),
        "chain-timeout" => Some(Model { timeout: 3_000_000_000, retries: 2, ..chain }),
        _ => None,
    }
}

pub fn bare_run(name: &str, seed: u64, requests: u64) -> Outcome<Run> {
    let model = model(name, requests).ok_or_else(|| format!("no model {name}"))?;
    let cpu = Cpu::start();
    let mean = bare::run(&model, seed);
    Ok(Run { cpu_s: cpu.seconds(), peak_kib: peak_kib(), requests, mean_s: mean / 1e9, events: 0 })
}

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

pub fn design(compiled: &Compiled, name: &str) -> Outcome<Vec<Patch>> {
    let design = compiled.designs.iter().find(|design| design.name == name).ok_or_else(|| format!("no design {name}"))?;
    compiled.design(&design.answers).map_err(|wrong| wrong.join("; ").into())
}

pub const SHIPPED: [&str; 2] = ["weak", "excellent"];

pub fn shipped() -> Outcome<Compiled> {
    load("kits/microservices", "scenarios/charged-not-settled.yaml")
}

/// The system and design of a case: one of the models for so many requests, or a design of `charged-not-settled`.
pub fn case(name: &str, requests: u64) -> Outcome<(Arc<System>, Vec<Patch>)> {
    let Some(model) = model(name, requests) else {
        let compiled = shipped()?;
        let patches = design(&compiled, name)?;
        return Ok((Arc::new(compiled.system), patches));
    };
    let file = if model.stations == 1 { "mm1.yaml" } else { "three-tier-chain.yaml" };
    let compiled = load("validation", file)?;
    let patches = if model.timeout > 0 { design(&compiled, "patient")? } else { Vec::new() };
    let mut system = compiled.system;
    // As many arrivals as the others have: rate times time.
    system.clock.warm_up = 0;
    system.clock.play = (model.requests as f64 / model.rate * 1e9) as u64;
    system.clock.drain = 0;
    system.faults.clear();
    Ok((Arc::new(system), patches))
}

/// Through the public language, with full statistics.
pub fn our_run(name: &str, seed: u64, requests: u64) -> Outcome<Run> {
    let (system, patches) = case(name, requests)?;
    let mut sim = Sim::new(system, &patches, Setup::unattended(seed));
    let cpu = Cpu::start();
    sim.finish();
    let report = sim.report();
    let cpu_s = cpu.seconds();
    let arrivals = report.clients.iter().map(|client| client.arrivals).sum();
    let mean_s = report.clients.first().map_or(0.0, |client| client.latency.mean_ns / 1e9);
    Ok(Run { cpu_s, peak_kib: peak_kib(), requests: arrivals, mean_s, events: report.events })
}
