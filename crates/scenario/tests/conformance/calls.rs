//! 6, 7, 8. Time-outs, outcomes, and what a caller remembers.

use crate::cases;
use crate::world::world;

cases! {
    a_timeout_covers_waiting(
        "6", "The caller's time runs while its request waits in the callee's queue",
        "gRPC docs, deadlines: from the start of the call"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 10s, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 4/s, make: {Job: {}}, call: front.go}}
services:
  front: {run: {threads: 100}, handlers: {go: {input: {job: Job}, steps: [{call: back.go, timeout: 1200ms}]}}}
  back: {run: {threads: 1}, handlers: {go: {input: {job: Job}, steps: [{work: 1s}]}}}
");
        let run = world.about(1_000_002);
        // It waits for 0.75 s and would be done after 1.75 s.
        assert_eq!(run.when("time is up"), 1.7);
        assert_eq!(run.when("is told unknown"), 1.7);
        // The callee works on for nobody.
        assert_eq!(run.when("back.go answers ok"), 2.25);
    }
}
