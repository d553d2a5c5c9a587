//! One customer's history, in words: what truly happened, and which of it a team could have seen.
//!
//! `cargo run -p seatrial-story --example history`

use std::collections::BTreeMap;
use std::sync::Arc;

use seatrial_scenario::compile;
use seatrial_sim::{Setup, Sim};
use seatrial_story::{Seen, history};

const TEXT: &str = "
scenario: seats
title: Seats
clock: {warm_up: 0s, play: 1m, drain: 1m}
records:
  Visit: {fields: {id: id}}
  Seat: {fields: {id: id, visit: Visit.id}, states: {taken: []}}
clients: {guests: {arrive: constant 1/s, make: {Visit: {}}, call: {to: desk.book, timeout: 10s}}}
providers: {house: {operations: {take: {creates: Seat.taken, takes: 80ms}}, lost: {answer: 100%}}}
services:
  desk:
    handlers:
      book: {input: {visit: Visit}, steps: [{id: seat, call: house.take, timeout: 1s, attempts: 2, retry: [unknown]}]}
";

fn main() {
    let files = BTreeMap::from([("seats.yaml".to_owned(), TEXT.as_bytes().to_vec())]);
    let (compiled, mistakes) = compile(&files, "seats.yaml");
    mistakes.iter().for_each(|mistake| println!("{mistake}"));
    let Some(compiled) = compiled else { std::process::exit(2) };
    let first = compiled.system.records[0].first_id;

    // Watching costs memory for one customer, and changes nothing of what happens.
    let mut sim = Sim::new(Arc::new(compiled.system.clone()), &[], Setup::unattended(1));
    sim.watch(first);
    sim.finish();
    let told = history(&compiled, sim.story().expect("it is watched"));
    println!("{}", told.what);
    for step in &told.steps {
        let seen = match step.seen {
            Seen::Joined => "●",
            Seen::Apart => "◐",
            Seen::No => "○",
        };
        println!("{:>8.3} s  {seen} {:<8} {}", step.after as f64 / 1e6, step.part, step.text);
    }
    // Nobody heard that the seat was taken, so it was taken twice: both are real.
    assert_eq!(told.made.len(), 2);
    println!("real in the end: {}", told.made.join(", "));
}
