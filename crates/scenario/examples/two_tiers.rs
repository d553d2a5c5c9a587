//! A system from text: compile it, run it, change it half-way, and see two futures of the same moment.
//!
//! ```text
//!   people ──40/s──▶ [ front: 16 threads ] ──timeout 300 ms, 3 attempts──▶ [ back: 4 threads ]
//! ```
//!
//! `cargo run -p seatrial-scenario --example two_tiers`

use std::collections::BTreeMap;
use std::sync::Arc;

use seatrial_scenario::compile;
use seatrial_sim::{Command, Setup, Sim};

const TEXT: &str = "
scenario: tiers
title: Two tiers
clock: {warm_up: 1m, play: 10m, drain: 1m}
clients: {people: {arrive: poisson 40/s, call: {to: front.take, timeout: 2s}}}
services:
  front:
    run: {threads: 16, queue: fifo 64}
    handlers: {take: {steps: [{id: ask, call: back.look, timeout: 300ms, attempts: 3}]}}
  back:
    run: {threads: 4, queue: fifo 64}
    handlers: {look: {steps: [{work: exp 60ms}]}}
";

const MINUTE: u64 = 60_000_000_000;

fn main() {
    // Files come in by path; the language opens none itself.
    let files = BTreeMap::from([("tiers.yaml".to_owned(), TEXT.as_bytes().to_vec())]);
    let (compiled, mistakes) = compile(&files, "tiers.yaml");
    // Each with its file, line, column, code and advice; warnings come beside a scenario, errors instead of one.
    mistakes.iter().for_each(|mistake| println!("{mistake}"));
    let Some(compiled) = compiled else { std::process::exit(2) };

    let mut sim = Sim::new(Arc::new(compiled.system.clone()), &[], Setup::unattended(1));
    sim.advance(4 * MINUTE);
    println!("after 4 min: {} events, digest {:016x}", sim.events(), sim.digest());

    // A clone is a snapshot. What happens to one is nothing to the other, and the same commands bring the same future.
    let mut as_it_is = sim.clone();
    let mut slower = sim.clone();
    let slow = compiled.set("back.slow", "2").expect("the path is there, and 2 is a factor");
    slower.apply(&Command::Decide(vec![slow])).expect("a replica takes it when its turn comes");
    for (name, future) in [("as it is", &mut as_it_is), ("twice as slow from 4 min on", &mut slower)] {
        future.finish();
        future.conserved().expect("all that came in is done, failed or in flight");
        let report = future.report();
        let people = &report.clients[0];
        println!(
            "{name}: {} of {} answered well, p99 {} ms, {} retries, digest {:016x}",
            people.pleased,
            people.judged,
            people.latency.p99_us / 1000,
            report.retries,
            report.digest
        );
    }
    assert_ne!(as_it_is.digest(), slower.digest());

    // To the last bit the same again, however the way there is cut.
    sim.advance(7 * MINUTE);
    sim.finish();
    assert_eq!(sim.digest(), as_it_is.digest());
}
