//! 20. Members of a log's group: who is taken for dead while it works, what a crash goes back to, who stops while partitions
//! are shared anew.

use crate::cases;
use crate::world::{Run, World, world};

const ONE: u64 = 1_000_001;

/// Somebody who sends a job every 100 ms from 100 ms on, so many of them, and two workers who write each time they did one.
fn log(jobs: u32, topic: &str, from: &str, steps: &str, rest: &str) -> World {
    let play = jobs * 100 + 50;
    world(&format!(
        "
clock: {{warm_up: 0s, play: {play}ms, drain: 10m}}
records:
  Job: {{fields: {{id: id, value: money}}}}
  Task: {{fields: {{ref: id, job: Job.id, value: money}}}}
  Effect: {{fields: {{id: id, job: Job.id}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{value: uniform 0 USD..100 USD}}}}, call: {{to: front.go, timeout: 20s}}}}}}
stores:
  books: {{takes: 0s, connections: 1000, tables: {{done: {{of: Effect}}}}}}
topics: {{tasks: {{of: Task, key: job, takes: 0s, {topic}}}}}
services:
  front: {{run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{publish: tasks, body: {{ref: job.id}}}}]}}}}}}
  workers:
    replicas: 2
    restart_after: 1s
    start_up: 2s
    run: {{threads: 100}}
    pools: {{books: {{size: 100}}}}
    handlers: {{do: {{from: {{topic: tasks{from}}}, steps: [{steps}]}}}}
invariants:
  done: {{each: Job, eventually: {{when: 'true', then: done.size() >= 1, within: 5m}}, means: {{hurts: customer}}}}
  twice: {{each: Job, never: done.size() > 1, means: {{hurts: customer}}}}
{rest}"
    ))
}

fn work(time: &str) -> String {
    format!("{{id: think, work: {time}}}, {{id: write, tx: books, do: [{{insert: done, set: {{id: event.ref}}}}]}}")
}

cases! {
    work_past_the_poll_limit_is_done_by_two(
        "20", "Whoever works longer than the poll limit is taken for dead: another gets the message, the zombie finishes it all the same, and its commit is \
            refused. When all work is longer, the message goes round for ever, is done each time, and the group never gets past it",
        "Kafka docs, max.poll.interval.ms; KIP-62; CommitFailedException"
    ) {
        let run = log(2, "partitions: 1", ", poll_limit: 1m", &work("90s"), "").run();
        run.tells(&["workers", "visible", "refused"], &[
            vec!["workers.do begins on 1"],
            ["visible again after receive 1", "workers.do begins on 2", "workers.do.write commits", "workers.do answers ok", "acknowledgement refused",
             "visible again after receive 1", "workers.do begins on 1", "workers.do.write commits", "workers.do answers ok", "acknowledgement refused"]
                .repeat(5),
        ].concat()[..run.with_words(&["workers", "visible", "refused"]).len()]);
        assert_eq!((run.report.groups[0].handled, run.report.groups[0].lag, run.broken("twice")), (0, 2, 1));
        let patient = log(2, "partitions: 1", ", poll_limit: 2m", &work("90s"), "").run();
        assert_eq!((patient.report.groups[0].handled, patient.broken("twice"), patient.count("refused")), (2, 0, 0));
    }

    a_zombie_overwrites_what_its_successor_wrote(
        "20", "The first to begin is the last to write: without a version or a fencing token its older news stands in the end",
        "Kleppmann, How to do distributed locking, 2016: fencing tokens; KIP-62"
    ) {
        // Each takes what it draws: the first long enough to be taken for dead, the second less than what the first has left.
        let world = log(1, "partitions: 1", ", poll_limit: 50s", &work("uniform 1s..100s"), "");
        let order = |seed: u64| Run::of(world.with(&[], seed));
        let overtaken = (1..40).map(order).find(|run| {
            let begins = run.times("workers.do begins");
            let writes = run.times("write commits");
            run.count("refused") == 1 && writes.len() == 2 && begins.len() == 2 && run.story.iter().position(|line| line.contains("refused")).unwrap()
                > run.story.iter().rposition(|line| line.contains("commits")).unwrap()
        });
        let run = overtaken.expect("one of forty");
        // The successor was done and the group had gone on before the zombie wrote.
        assert_eq!((run.report.groups[0].handled, run.report.groups[0].lag, run.broken("twice")), (1, 0, 1), "{:?}", run.story);
    }

    one_thread_serves_all_partitions_of_its_member(
        "20", "Four partitions and a consumer with one thread: one message at a time; with four threads as many as there are partitions, and not more",
        "Spring Kafka docs, ConcurrentMessageListenerContainer: concurrency"
    ) {
        let ended = |from: &str| {
            let world = log(40, "partitions: 4", from, &work("1s"), "");
            let ends = |n: u64| {
                let mut sim = world.with(&[("workers.replicas", "1")], 1);
                sim.watch(ONE + n);
                Run::of(sim).when("write commits")
            };
            (0..40).map(ends).fold(0.0, f64::max)
        };
        // The last of forty is done after forty seconds with one thread: no two at once.
        let (one, four, eight) = (ended(", concurrency: 1"), ended(", concurrency: 4"), ended(", concurrency: 8"));
        assert!((40.0..41.0).contains(&one), "{one}");
        assert!(four < 25.0 && four == eight, "{four} {eight}");
    }

    a_crash_goes_back_to_what_was_committed(
        "20", "Offsets that are committed every five seconds: a crash repeats what was handled since, and nothing is lost",
        "Kafka docs, auto.commit.interval.ms 5 s; Message Delivery Semantics"
    ) {
        let run = |from: &str, killed: &str| {
            let faults = format!("faults: {{killed: {{at: {killed}, crash: {{service: workers}}}}}}\n");
            let world = log(80, "partitions: 1, session: 10s", from, &work("10ms"), &faults);
            Run::of(world.with(&[("workers.replicas", "1")], 1))
        };
        // The first is handled at 0.11 s, so what is handled until 5.11 s is committed then. At 7.05 s twenty more were.
        let late = run(", commit_every: 5s", "7050ms");
        assert_eq!((late.broken("done"), late.broken("twice"), late.report.groups[0].lag), (0, 20, 0));
        // The one that is handled in the instant of the commit is the next commit's.
        let just = run(", commit_every: 5s", "5115ms");
        assert_eq!((just.broken("done"), just.broken("twice")), (0, 1));
        let each = run("", "7050ms");
        assert_eq!((each.broken("done"), each.broken("twice")), (0, 0));
    }

    whoever_leaves_in_good_order_has_committed(
        "20", "Partitions that move to a member that has come are committed first: nothing is repeated",
        "Kafka docs, ConsumerRebalanceListener: commit in onPartitionsRevoked"
    ) {
        // One of two dies at once and is back at 3 s; then a partition moves to it from the other, whose last commit was long ago.
        let faults = "faults: {killed: {at: 0s, crash: {service: workers}}}\n";
        let world = log(80, "partitions: 2, session: 1s", ", commit_every: 1m", &work("10ms"), faults);
        let run = world.run();
        assert_eq!((run.broken("done"), run.broken("twice"), run.report.groups[0].lag), (0, 0, 0));
    }

    an_eager_rebalance_stops_everybody(
        "20", "Eager: a member that comes back makes all stop until the slowest has ended what it has in hand; cooperative: only what moves waits",
        "KIP-429: incremental cooperative rebalancing; Kafka docs, partition.assignment.strategy"
    ) {
        // One job in thirty takes 20 s, the others 10 ms.
        let steps = format!("{{if: event.value > usd(97), then: [{{id: long, work: 20s}}]}}, {}", work("10ms"));
        let faults = "faults: {killed: {at: 3s, crash: {service: workers}}}\n";
        let gap = |rebalance: &str| {
            let world = log(200, "partitions: 8, session: 4s", &format!(", rebalance: {rebalance}"), &steps, faults);
            let mut sim = world.sim();
            let mut last = 0;
            let (mut longest, mut since) = (0u64, 8_000_000_000u64);
            for at in (8_000..25_000).step_by(100) {
                sim.advance(at * 1_000_000);
                let handled = sim.report().groups[0].handled;
                if handled != last {
                    longest = longest.max(at * 1_000_000 - since);
                    since = at * 1_000_000;
                    last = handled;
                }
            }
            (longest.max(25_000_000_000 - since), Run::of(sim))
        };
        let (all, run) = gap("eager");
        let (some, other) = gap("cooperative");
        assert_eq!((run.broken("done"), other.broken("done")), (0, 0));
        assert!(all > 8 * 1_000_000_000 && some < 4 * 1_000_000_000, "{all} {some}");
    }
}
