//! What is worth a second look in systems with queues and groups that have limits: found at its place, and not found where it
//! is no mistake.

use std::collections::BTreeMap;

use seatrial_scenario::{compile, doubts};

fn codes(name: &str, text: &str, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut text = text.to_owned();
    for (there, instead) in changes {
        assert_eq!(text.matches(there).count(), 1, "`{there}` must stand there once");
        text = text.replacen(there, instead, 1);
    }
    let files = BTreeMap::from([(format!("{name}.yaml"), text.into_bytes())]);
    let compiled = compile(&files, &format!("{name}.yaml")).0.expect("no mistakes");
    doubts(&compiled, &[]).into_iter().map(|doubt| (doubt.code.to_owned(), doubt.message)).collect()
}

const QUEUES: &str = include_str!("small/queues.yaml");
const MEMBERS: &str = include_str!("small/members.yaml");

#[test]
fn a_queue_is_as_wide_as_its_consumers() {
    assert_eq!(codes("small-queues", QUEUES, &[]), []);
    let found = codes("small-queues", QUEUES, &[("constant 1/s", "constant 5/s")]);
    assert_eq!(found.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["utilisation"], "{found:?}");
    assert!(found[0].1.contains("of 4 threads"), "{found:?}");
    // One replica with two threads for four partitions.
    let found = codes("small-members", MEMBERS, &[("constant 1/s", "constant 3/s"), ("replicas: 2", "replicas: 1")]);
    assert!(found.len() == 1 && found[0].1.contains("of 2 threads"), "{found:?}");
}

#[test]
fn a_message_that_is_taken_away_too_early() {
    let long = ("work: 1s", "work: 90s");
    let slow = ("constant 1/s", "constant 1/h");
    // Sixty seconds of visibility, extended every twenty.
    assert_eq!(codes("small-queues", QUEUES, &[long, slow]), []);
    for extend in ["extend: 60s", "extend: none"] {
        let found = codes("small-queues", QUEUES, &[long, slow, ("extend: 20s", extend)]);
        assert!(found.len() == 1 && found[0].0 == "taken-away-below-median", "{found:?}");
    }
    let found = codes("small-members", MEMBERS, &[("work: 1s", "work: 6m"), slow]);
    assert!(found.len() == 1 && found[0].0 == "taken-away-below-median", "{found:?}");
    assert_eq!(codes("small-members", MEMBERS, &[("work: 1s", "work: 4m"), slow]), []);
}

#[test]
fn a_start_that_is_longer_than_liveness_is_patient() {
    let of = |probes: &str| {
        let text = format!(
            "
scenario: starts
title: Starts
clock: {{warm_up: 0s, play: 1m, drain: 1s}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go}}}}}}
services: {{front: {{start_up: 40s, run: {{threads: 4}}, probes: {{{probes}}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 1ms}}]}}}}}}}}
"
        );
        codes("starts", &text, &[]).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    let live = "live: {steps: [{work: 1ms}], initial_delay: 15s, period: 5s, failures: 3}";
    assert_eq!(of(live), ["killed-while-starting"]);
    assert_eq!(of(&live.replace("15s", "45s")), [""; 0]);
    assert_eq!(of(&format!("startup: {{steps: [{{work: 1ms}}], period: 5s, failures: 12}}, {live}")), [""; 0]);
}

#[test]
fn elsewhere_wants_somewhere_to_go() {
    let of = |back: &str, policy: &str| {
        let text = format!(
            "
scenario: elsewhere
title: Elsewhere
clock: {{warm_up: 0s, play: 1m, drain: 1s}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go}}}}}}
services:
  front: {{run: {{threads: 4}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 1ms}}, {{id: ask, call: back.get, elsewhere: true, {policy}}}]}}}}}}
  back: {{{back}, run: {{threads: 4}}, handlers: {{get: {{input: {{job: Job}}, steps: [{{work: 1ms}}]}}}}}}
"
        );
        codes("elsewhere", &text, &[])
    };
    assert_eq!(of("replicas: 2", "attempts: 2"), []);
    assert_eq!(of("replicas: 2", "hedge: {after: 10ms}"), []);
    for (back, policy, says) in [
        ("replicas: 1", "attempts: 2", "has 1 instance"),
        ("replicas: 2", "attempts: 1", "is asked once"),
        ("replicas: 2, balance: pinned", "attempts: 2", "one connection"),
    ] {
        let found = of(back, policy);
        assert!(found.len() == 1 && found[0].0 == "nowhere-else" && found[0].1.contains(says), "{found:?}");
    }
}

#[test]
fn rows_of_arrivals_that_are_nobodys() {
    let of = |make: &str, input: &str, keep: &str| {
        let text = format!(
            "
scenario: rows
title: Rows
clock: {{warm_up: 0s, play: 1h, drain: 1s}}
records: {{Job: {{fields: {{id: id}}}}}}
stores: {{db: {{tables: {{visits: {{fields: {{n: count}}{keep}}}}}}}}}
clients: {{people: {{arrive: constant 2/s, {make}call: {{to: front.go}}}}}}
services: {{front: {{run: {{threads: 4}}, handlers: {{go: {{{input}steps: [{{tx: db, do: [{{insert: visits, set: {{n: 1}}}}]}}]}}}}}}}}
"
        );
        codes("rows", &text, &[])
    };
    let found = of("", "", "");
    assert!(found.len() == 1 && found[0].0 == "rows-of-nobody" && found[0].1.contains("up to 7200 of them"), "{found:?}");
    assert_eq!(of("make: {Job: {}}, ", "input: {job: Job}, ", ""), []);
    assert_eq!(of("", "", ", keep: 10m"), []);
}
