//! Work done for several at once, and ways that are chosen by chance.

use crate::cases;
use crate::world::{Run, World, world};

/// Somebody every tenth of a second for a second; a device that takes a second and a tenth more for each in the batch.
fn device(batch: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 1050ms, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: model.ask}}}}
services:
  model:
    start_up: 2s
    run: {{threads: 100}}
    handlers: {{ask: {{input: {{job: Job}}, steps: [{{batch: {{{batch}, takes: 1s, each: 100ms}}}}]}}}}
{rest}"
    ))
}

/// When the so-many-th arrival is told.
fn told(world: &World, number: u64) -> f64 {
    world.about(1_000_000 + number).when("is told ok")
}

cases! {
    the_first_of_a_batch_waits_for_others_for_a_time(
        "batches", "A batch begins when its first has waited for `within`; all in it are done together, and each makes it longer",
        "NVIDIA Triton docs, dynamic batcher: max_queue_delay_microseconds"
    ) {
        let world = device("up_to: 4, within: 250ms", "");
        // The first comes at 0.1 s, the third at 0.3 s; the batch begins at 0.35 s and takes 1.3 s.
        for number in 1..=3 {
            assert_eq!(told(&world, number), 1.65);
        }
        world.about(1_000_001).tells(&["goes with"], &["goes with 2"]);
        assert_eq!(world.about(1_000_003).when("goes with"), 0.35);
    }

    a_full_batch_begins_at_once(
        "batches", "A batch that is full does not wait",
        "NVIDIA Triton docs, dynamic batcher: preferred_batch_size"
    ) {
        let world = device("up_to: 2, within: 10s", "");
        assert_eq!(told(&world, 1), 1.4);
        assert_eq!(told(&world, 2), 1.4);
    }

    what_waits_while_a_device_works_makes_the_next_batch_larger(
        "batches", "While the device is busy a line forms, of which the next batch takes as many as fit; batches grow with load by themselves",
        "Crankshaw et al., Clipper, NSDI 2017, 4.3.1: adaptive batching"
    ) {
        let world = device("up_to: 4, within: 0", "");
        // Alone from 0.1 to 1.2 s; then four at once, from 1.2 to 2.6 s; then four more, then the last.
        assert_eq!(told(&world, 1), 1.2);
        assert_eq!(told(&world, 2), 2.6);
        assert_eq!(told(&world, 5), 2.6);
        assert_eq!(told(&world, 6), 4.0);
        assert_eq!(told(&world, 10), 5.1);
    }

    devices_work_beside_each_other(
        "batches", "Each device works at a batch of its own",
        "NVIDIA Triton docs, instance groups"
    ) {
        let world = device("up_to: 4, within: 0, devices: 2", "");
        assert_eq!(told(&world, 1), 1.2);
        assert_eq!(told(&world, 2), 1.3);
        assert_eq!(told(&world, 3), 2.6);
    }

    a_line_that_is_full_refuses(
        "batches", "Beyond `waiting` a request is refused at once, and certainly not done",
        "NVIDIA Triton docs, queue policy: max_queue_size"
    ) {
        let world = device("up_to: 4, within: 0, waiting: 1", "");
        assert_eq!(told(&world, 2), 2.3);
        assert_eq!(world.about(1_000_003).when("is told refused"), 0.3);
    }

    a_batch_dies_with_its_instance(
        "batches", "Whoever is in a batch when the instance dies has an unknown outcome, and so has whoever waits; afterwards it begins anew",
        "RFC 9293: connection reset"
    ) {
        let dies = "faults: {killed: {at: 500ms, crash: {service: model, replicas: 1}}}";
        let world = device("up_to: 2, within: 0", dies);
        assert_eq!(world.about(1_000_001).when("is told unknown"), 0.5);
        assert_eq!(world.about(1_000_003).when("is told unknown"), 0.5);
        assert_eq!(world.about(1_000_007).when("is told refused"), 0.7);
    }

    whoever_is_not_waited_for_takes_no_place(
        "batches", "With a deadline that is passed on, a batch leaves out whom nobody waits for any more",
        "gRPC docs, Deadlines: the server should stop"
    ) {
        let text = |deadline: &str| world(&format!(
            "
clock: {{warm_up: 0s, play: 450ms, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: front.go}}}}
services:
  front: {{run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{call: model.ask, timeout: 500ms{deadline}, attempts: 1}}]}}}}}}
  model:
    run: {{threads: 100}}
    handlers: {{ask: {{input: {{job: Job}}, steps: [{{batch: {{up_to: 1, takes: 1s}}}}]}}}}
"
        ));
        // One after the other: 0.1, 1.1, 2.1, 3.1 s. The second would begin at 1.1 s, when its caller has left.
        let works_on = text("").about(1_000_004);
        assert_eq!(works_on.when("model.ask answers ok"), 4.1);
        let stops = text(", deadline: true").about(1_000_004);
        assert_eq!(stops.when("model.ask answers unknown"), 1.1);
    }

    a_way_is_chosen_by_chance(
        "1", "`chance` goes one way with its share, drawn for each arrival; a larger share takes the same arrivals and some more",
        "common random numbers: Law, Simulation Modeling and Analysis, 5th ed., 11.2"
    ) {
        let text = "
clock: {warm_up: 0s, play: 100s, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 100/s, make: {Job: {}}, call: front.go}}
services: {front: {run: {threads: 100}, handlers: {go: {input: {job: Job}, steps: [
  {id: coin, chance: 30%, then: [{respond: declined}], else: [{work: 1ms}]}]}}}}
";
        let declined = |run: &Run| run.report.clients[0].by_outcome[seatrial_sim::Outcome::Declined as usize];
        let world = world(text);
        // 10,000 draws: a standard deviation is 0.46 %.
        let third = declined(&world.run());
        assert!((2_850..3_150).contains(&third), "{third}");
        assert_eq!(declined(&world.run_with(&[("front.go.coin.chance", "0%")])), 0);
        let all = world.run_with(&[("front.go.coin.chance", "100%")]);
        assert_eq!(declined(&all), all.report.clients[0].arrivals);
        let first = |share: &str, number: u64| {
            let mut sim = world.with(&[("front.go.coin.chance", share)], 1);
            sim.watch(1_000_000 + number);
            Run::of(sim).story.iter().any(|line| line.contains("is told declined"))
        };
        for number in 1..=20 {
            assert!(!first("30%", number) || first("60%", number));
        }
    }
}
