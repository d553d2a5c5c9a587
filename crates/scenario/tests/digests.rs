//! The same inputs give the same bits: a committed table, for this build and every other.
//!
//! `digests.txt`: `scenario design seed digest events`, one run a line; `at=seconds:` commands follow. The browser's
//! build reads the same file. `UPDATE_DIGESTS=1 cargo test -p seatrial-scenario --test digests` writes it anew.

mod common;

use std::sync::Arc;

use seatrial_scenario::{Compiled, compile};
use seatrial_sim::engine::With;
use seatrial_sim::system::{FaultId, MoveId};
use seatrial_sim::{Command, Setup, Sim, System};

const FILE: &str = "crates/scenario/tests/digests.txt";
const SECOND: u64 = 1_000_000_000;

/// Scenario, design, seed, and commands: `@seconds name` injects a fault, makes a move, or answers `decision=option`.
const RUNS: &[(&str, &str, u64, &str)] = &[
    ("charged-not-settled", "found", 1, ""),
    ("charged-not-settled", "weak", 1, ""),
    ("charged-not-settled", "good", 1, ""),
    ("charged-not-settled", "excellent", 1, ""),
    ("charged-not-settled", "excellent", 2, ""),
    ("charged-not-settled", "good", 1, "@400 answers_vanish @600 no_answer=again_same @900 redrive @950 killed"),
    ("parcel-carrier", "found", 1, ""),
    ("parcel-carrier", "weak", 3, ""),
    ("parcel-carrier", "excellent", 3, "@350 recount @400 carrier_slow"),
    ("three-tier-chain", "plain", 1, ""),
    ("three-tier-chain", "hasty", 1, ""),
    ("mm1", "found", 1, ""),
    ("mmc", "found", 1, ""),
];

/// So much of each run: minutes of virtual time, a second or less of ours.
const UNTIL_S: u64 = 1_500;

struct Loaded {
    compiled: Compiled,
    system: Arc<System>,
}

fn load(name: &str) -> Loaded {
    let (files, entries) = common::shipped();
    let entry = entries.iter().find(|entry| entry.ends_with(&format!("/{name}.yaml"))).unwrap_or_else(|| panic!("no {name}"));
    let (compiled, diagnostics) = compile(&files, entry);
    let compiled = compiled.unwrap_or_else(|| panic!("{}", common::drawn(&diagnostics, &files)));
    Loaded { system: Arc::new(compiled.system.clone()), compiled }
}

fn command(of: &Loaded, word: &str) -> Command {
    let system = &of.system;
    if let Some((decision, option)) = word.split_once('=') {
        return Command::Decide(of.compiled.design(&[(decision.to_owned(), option.to_owned())].into()).unwrap());
    }
    if let Some(at) = system.faults.iter().position(|fault| fault.name == word) {
        return Command::Inject(FaultId(at as u16));
    }
    let at = system.moves.iter().position(|def| def.name == word).unwrap_or_else(|| panic!("no fault or move {word}"));
    Command::Move { makes: MoveId(at as u16), with: With::Nothing }
}

/// One line of the table.
fn line(&(scenario, design, seed, commands): &(&str, &str, u64, &str)) -> String {
    let of = load(scenario);
    let patches = match design {
        "found" => Vec::new(),
        name => of.compiled.design(&of.compiled.named_design(name).unwrap().answers).unwrap(),
    };
    let mut sim = Sim::new(Arc::clone(&of.system), &patches, Setup::unattended(seed));
    let mut words = commands.split_whitespace();
    while let (Some(at), Some(word)) = (words.next(), words.next()) {
        sim.advance(at.trim_start_matches('@').parse::<u64>().unwrap() * SECOND);
        sim.apply(&command(&of, word)).unwrap();
    }
    sim.advance(UNTIL_S * SECOND);
    sim.conserved().unwrap();
    format!("{scenario} {design} {seed} {:016x} {} {commands}", sim.digest(), sim.events()).trim_end().to_owned()
}

fn head() -> String {
    format!("# Runs of the shipped scenarios from 0 to {UNTIL_S} s: scenario, design, seed, digest, events, commands (`@seconds name`).\n\
             # Written by `UPDATE_DIGESTS=1 cargo test -p seatrial-scenario --test digests`.\n")
}

#[test]
fn digests_are_those_of_the_table() {
    // Two threads, each with half of the runs: what else runs beside a simulation is nothing to it.
    let (one, other) = RUNS.split_at(RUNS.len() / 2);
    let lines: Vec<String> = std::thread::scope(|scope| {
        let beside = scope.spawn(|| other.iter().map(line).collect::<Vec<_>>());
        let mut lines: Vec<String> = one.iter().map(line).collect();
        lines.extend(beside.join().expect("no panic"));
        lines
    });
    let made = head() + &lines.join("\n") + "\n";
    let path = common::root().join(FILE);
    if std::env::var_os("UPDATE_DIGESTS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    for (made, there) in made.lines().zip(there.lines()) {
        assert_eq!(made, there, "if this was meant: UPDATE_DIGESTS=1");
    }
    assert_eq!(made.lines().count(), there.lines().count());
}
