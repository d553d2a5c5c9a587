//! One arrival's history: what waits is told, what repeats is told once, and what the team sees of it depends on what it
//! pays for.

mod common;

use common::{FIRST, SECOND, shop};
use seatrial_sim::system::MoveId;
use seatrial_sim::{Command, Sim};
use seatrial_story::{History, Seen, history};

/// `seconds mark part: text`, with a J, A or - for what is seen.
fn drawn(history: &History) -> String {
    let seconds = |us: u64| format!("{:.3}", us as f64 / 1e6);
    let line = |step: &seatrial_story::Told| {
        let mark = match step.seen {
            Seen::Joined => 'J',
            Seen::Apart => 'A',
            Seen::No => '-',
        };
        let until = step.until.map_or_else(String::new, |until| format!(" (until {})", seconds(until)));
        format!("{:>8} {mark} {}: {}{until}", seconds(step.after), step.part, step.text)
    };
    let mut lines = vec![format!("{}; real: {:?}; broken: {:?}", history.what, history.made, history.broken)];
    lines.extend(history.steps.iter().map(line));
    lines.join("\n")
}

fn told(world: &common::World, mut sim: Sim, serial: u64) -> String {
    sim.watch(serial);
    sim.finish();
    drawn(&history(&world.compiled, sim.story().unwrap()))
}

/// The books are down from the fifth second on, for a minute: the order that comes then fails again and again, and the one
/// after it waits behind it.
#[test]
fn what_fails_for_long_is_told_once_and_what_waits_behind_it_says_so() {
    let world = shop();
    for (name, correlation) in [("apart", "false"), ("joined", "true")] {
        let set = [("telemetry.correlation", correlation)];
        insta::assert_snapshot!(format!("fails_{name}"), told(&world, world.with(&set, true), FIRST + 4));
        insta::assert_snapshot!(format!("waits_{name}"), told(&world, world.with(&set, true), FIRST + 5));
    }
}

/// With messages that are put aside after two failures, one behind the other waits behind each of them in turn.
#[test]
fn who_waits_behind_many_is_told_of_all_of_them_at_once_and_a_redrive_says_so() {
    let world = shop();
    let mut sim = world.with(&[("paid.failing.park", "after 2")], true);
    sim.watch(FIRST + 9);
    sim.advance(80 * SECOND);
    let redrive = world.compiled.system.moves.iter().position(|def| def.name == "redrive").unwrap();
    let with = seatrial_sim::engine::With::Nothing;
    sim.apply(&Command::Move { makes: MoveId(redrive as u16), with }).unwrap();
    sim.finish();
    let told = drawn(&history(&world.compiled, sim.story().unwrap()));
    insta::assert_snapshot!("behind_many", told);
}

#[test]
fn that_nobody_can_read_a_message_is_true_and_nobody_inside_is_told_so() {
    let world = shop();
    let mut sim = world.with(&[("telemetry.correlation", "true"), ("paid.failing.park", "permanent errors")], false);
    sim.watch(FIRST + 2);
    sim.advance(5 * SECOND / 2);
    let poison = world.compiled.system.faults.iter().position(|fault| fault.name == "poison").unwrap();
    sim.apply(&Command::Inject(seatrial_sim::system::FaultId(poison as u16))).unwrap();
    sim.finish();
    insta::assert_snapshot!("garbled", drawn(&history(&world.compiled, sim.story().unwrap())));
}

/// Nobody takes messages while the group stands still: whoever waits is told when it goes on.
#[test]
fn a_message_that_waited_says_how_old_it_is() {
    let world = shop();
    let mut sim = world.with(&[], false);
    sim.watch(FIRST + 3);
    sim.advance(SECOND);
    let quiet = world.compiled.system.faults.iter().position(|fault| fault.name == "desk_down").unwrap();
    sim.apply(&Command::Inject(seatrial_sim::system::FaultId(quiet as u16))).unwrap();
    sim.finish();
    let told = drawn(&history(&world.compiled, sim.story().unwrap()));
    assert!(told.contains("desk: begins book, of a message that is 16 s old"), "{told}");
}

/// A run lists whoever a promise was broken for, and their history says so, too, when it is judged only at the end.
#[test]
fn a_promise_that_is_judged_at_the_end_is_in_the_history() {
    let text = "
scenario: tiny
title: Tiny
clock: {warm_up: 0s, play: 10s, drain: 10m}
records: {Job: {fields: {id: id}, states: {waits: [told, left]}}}
clients: {people: {arrive: constant 1/s, make: {Job: {}}, call: {to: front.go, timeout: 1s}, becomes: {served: told, gives_up: left}}}
services: {front: {run: {threads: 100}, handlers: {go: {input: {job: Job}, steps: [{work: 2s}]}}}}
invariants: {served: {each: Job, at_end: job.state == 'told', means: {hurts: customer}}}
";
    let files = std::collections::BTreeMap::from([("tiny.yaml".to_owned(), text.as_bytes().to_vec())]);
    let compiled = seatrial_scenario::compile(&files, "tiny.yaml").0.expect("no mistakes");
    let system = std::sync::Arc::new(compiled.system.clone());
    // The first is judged when nothing can reach it any more, the last when the clock ends.
    for serial in [FIRST, FIRST + 8] {
        let mut sim = Sim::new(system.clone(), &[], seatrial_sim::Setup::unattended(1));
        sim.watch(serial);
        sim.finish();
        assert_eq!(sim.report().invariants[0].violations, 9);
        assert_eq!(history(&compiled, sim.story().unwrap()).broken, ["served"]);
    }
}
