//! 21. Queues: messages that are hidden while somebody works on them, and there again when nobody has said in time that
//! they are done.

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// Somebody who sends a job every 100 ms from 100 ms on, so many of them, and workers who write down each time they did one.
fn queue(jobs: u32, topic: &str, from: &str, steps: &str, rest: &str) -> World {
    world(&text(jobs, topic, from, steps, rest))
}

fn text(jobs: u32, topic: &str, from: &str, steps: &str, rest: &str) -> String {
    let play = jobs * 100 + 50;
    format!(
        "
clock: {{warm_up: 0s, play: {play}ms, drain: 10m}}
records:
  Job: {{fields: {{id: id}}}}
  Task: {{fields: {{ref: id, job: Job.id}}}}
  Effect: {{fields: {{id: id, job: Job.id}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: 20s}}}}}}
stores:
  books: {{takes: 0s, connections: 1000, tables: {{done: {{of: Effect}}, seen: {{of: Task, unique: [ref]}}, marks: {{of: Task, unique: [ref]}}}}}}
topics: {{tasks: {{kind: queue, of: Task, key: job, takes: 0s, {topic}}}}}
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
    )
}

const WRITE: &str = "{id: write, tx: books, do: [{insert: done, set: {id: event.ref}}]}";
const ONE: u64 = 1_000_001;

fn work(time: &str) -> String {
    format!("{{work: {time}}}, {WRITE}")
}

cases! {
    whoever_is_free_takes_the_next(
        "21", "Competing consumers: two replicas that work on two each do four at a time, whatever the keys, in the order of coming",
        "RabbitMQ tutorials, 2: work queues; Hohpe and Woolf, Competing Consumers"
    ) {
        let world = queue(8, "visibility: 10m", ", concurrency: 2", &work("10s"), "");
        let begins: Vec<f64> = (0..8).map(|n| world.about(ONE + n).when("workers.do begins")).collect();
        let waves = [0.1, 0.2, 0.3, 0.4, 10.1, 10.2, 10.3, 10.4];
        assert!(begins.iter().zip(waves).all(|(at, wave)| (at - wave).abs() < 0.001), "{begins:?}");
    }

    a_visibility_that_ends_in_mid_work_gives_two_the_same_message(
        "21", "A visibility of 30 s and 40 s of work: others get the message while the first still works, and all do it. An acknowledgement by an older \
            receipt handle deletes nothing, so it is done three times and ends as a dead letter",
        "Amazon SQS Developer Guide, visibility timeout; API Reference, DeleteMessage"
    ) {
        let world = queue(1, "visibility: 30s, failing: {park: after 3}", "", &work("40s"), "");
        let run = world.run();
        run.tells(&["workers", "visible", "refused", "parked"], &[
            "workers.do begins on 1", "visible again after receive 1", "workers.do begins on 2",
            "workers.do.write commits", "workers.do answers ok", "acknowledgement refused",
            "visible again after receive 2", "workers.do begins on 1",
            "workers.do.write commits", "workers.do answers ok", "acknowledgement refused",
            "visible again after receive 3", "parked after 3",
            "workers.do.write commits", "workers.do answers ok", "acknowledgement refused",
        ]);
        assert_eq!((run.broken("twice"), run.report.groups[0].handled, run.report.groups[0].failures), (1, 0, 0));
        // Without an end to it, it goes on for as long as anybody watches.
        assert!(queue(1, "visibility: 30s", "", &work("40s"), "").run().count("commits") > 15);
        // Long enough, and it is done once.
        let once = queue(1, "visibility: 60s", "", &work("40s"), "").run();
        assert_eq!((once.count("workers.do begins"), once.broken("twice"), once.report.groups[0].handled), (1, 0, 1));
    }

    nobody_has_taken_it_yet_so_a_late_acknowledgement_counts(
        "21", "The visibility ended and no other consumer was free: the receipt handle is still the newest, and the message is deleted",
        "Amazon SQS API Reference, DeleteMessage: the most recently received handle"
    ) {
        let world = queue(1, "visibility: 30s", ", concurrency: 1", &work("40s"), "").with(&[("workers.replicas", "1")], 1);
        let run = Run::of(world);
        run.tells(&["begins", "visible", "refused", "commits"],
            &["front.go begins on 1", "workers.do begins on 1", "visible again after receive 1", "workers.do.write commits"]);
        assert_eq!(run.report.groups[0].handled, 1);
    }

    a_dedupe_row_in_the_effects_transaction_survives_the_second_worker(
        "22", "Two workers with one message: the key and the effect in one transaction leave one effect",
        "Richardson, Microservices Patterns, 3.3.6: idempotent consumer"
    ) {
        let once = "{work: 40s}, {id: write, tx: books, do: [{insert: seen, exists: stop}, {insert: done, set: {id: event.ref}}]}";
        let run = queue(1, "visibility: 30s, failing: {park: after 2}", "", once, "").run();
        run.tells(&["write"], &["workers.do.write commits", "workers.do.write is there already"]);
        assert_eq!((run.broken("twice"), run.broken("done"), run.count("workers.do begins")), (0, 0, 2));
    }

    extending_the_visibility_keeps_the_others_away(
        "21", "A worker that extends every 10 s keeps a message for as long as it works; when it dies, the last extension runs out and another takes over",
        "Amazon SQS API Reference, ChangeMessageVisibility; AWS blog: heartbeat"
    ) {
        let world = queue(1, "visibility: 30s", ", extend: 10s", &work("100s"), "faults: {killed: {at: 0s, crash: {service: workers, after_step: write}}}\n");
        let run = world.run();
        // Killed at 100.1 s, after its commit. The last extension was then, at 100.1 s: it holds until 130.1 s.
        assert_eq!(run.count("workers.do begins"), 2);
        let again = run.times("workers.do begins")[1];
        assert!((130.09..130.12).contains(&again), "{again}");
        let quiet = queue(1, "visibility: 30s", ", extend: 10s", &work("100s"), "").run();
        assert_eq!((quiet.count("workers.do begins"), quiet.broken("twice")), (1, 0));
        // Too seldom is as good as never.
        let seldom = queue(1, "visibility: 30s", ", extend: 40s", &work("100s"), "").run();
        assert!(seldom.count("workers.do begins") > 1);
    }

    a_broken_connection_gives_back_what_was_not_acknowledged(
        "21", "Without a visibility a message is the consumer's until its connection breaks: then it is there again at once, in its old place",
        "RabbitMQ docs, Consumer Acknowledgements: automatic requeueing"
    ) {
        let faults = "faults: {killed: {at: 5s, crash: {service: workers}}}\n";
        let text = text(6, "visibility: none", ", concurrency: 1", &work("20s"), faults).replace("play: 650ms", "play: 10s");
        let world = world(&text);
        let mut sim = world.with(&[("people.rate", "0.5/s")], 1);
        sim.watch(ONE);
        let run = Run::of(sim);
        // It is worked on from 2 s; its worker dies at 5 s, the other one is free at 24 s and takes it before those that came later.
        let begins = run.times("workers.do begins");
        assert_eq!(begins.len(), 2, "{:?}", run.story);
        assert!(begins[1] < 24.1, "{begins:?}");
        assert_eq!(run.broken("done"), 0);
    }

    a_crash_waits_for_the_visibility(
        "21", "With a visibility nobody notices that a consumer has died: the message is hidden until its time is over",
        "Amazon SQS Developer Guide, visibility timeout"
    ) {
        let faults = "faults: {killed: {at: 0s, crash: {service: workers, after_step: write}}}\n";
        let run = queue(1, "visibility: 2m", "", &work("1s"), faults).run();
        let begins = run.times("workers.do begins");
        assert!(begins.len() == 2 && (119.9..120.2).contains(&(begins[1] - begins[0])), "{begins:?}");
        assert_eq!(run.broken("twice"), 1);
    }

    prefetch_hides_a_backlog(
        "21", "What consumers hold is no backlog to whoever looks at the queue: with a prefetch of 250 it looks empty, and a \
            second consumer finds nothing to do",
        "RabbitMQ docs, Consumer Prefetch; Amazon CloudWatch: ApproximateNumberOfMessagesVisible and NotVisible"
    ) {
        let run = |prefetch: &str| {
            let world = queue(100, "visibility: none", ", concurrency: 1, prefetch: 10", &work("10s"), "");
            let mut sim = world.with(&[("workers.do.prefetch", prefetch), ("workers.replicas", "1")], 1);
            sim.advance(20 * SECOND);
            let seen = sim.samples().last().unwrap().groups[0];
            (seen.lag, seen.in_flight, sim.report().groups[0].lag)
        };
        // A hundred came, one or two are done.
        assert_eq!(run("250"), (0, 99, 99));
        assert_eq!(run("10"), (89, 10, 99));
        assert_eq!(run("1"), (98, 1, 99));
    }

    a_buffer_that_is_too_large_is_handled_twice(
        "21", "The visibility runs from the hand-out, not from the beginning of work: what waits in a consumer's buffer for longer is handed to another, and \
            the first still does it",
        "Amazon SQS Developer Guide: processing messages in a timely manner; AmazonSQSBufferedAsyncClient"
    ) {
        let world = queue(8, "visibility: 30s", ", concurrency: 1, prefetch: 8", &work("10s"), "");
        let run = Run::of(world.with(&[("workers.replicas", "2")], 1));
        assert!(run.broken("twice") >= 1, "{:?}", run.report.groups);
        let small = Run::of(world.with(&[("workers.do.prefetch", "1")], 1));
        assert_eq!((small.broken("twice"), small.broken("done")), (0, 0));
    }

    a_queue_counts_receives_and_not_failures(
        "21", "A message that is handed out five times and never begun is a dead letter all the same: its receives are all that the queue knows",
        "Amazon SQS Developer Guide, dead-letter queues: maxReceiveCount"
    ) {
        // One worker takes ten minutes for its first; the others wait in its buffer, and nobody fails.
        let world = queue(3, "visibility: 30s, failing: {park: after 2}", ", concurrency: 1, prefetch: 10", &work("9m"), "");
        let run = Run::of(world.with(&[("workers.replicas", "1")], 1));
        assert_eq!((run.report.groups[0].failures, run.report.groups[0].dead), (0, 3), "{:?}", run.report.groups);
        assert!((60.0..60.2).contains(&run.when("parked")), "{}", run.when("parked"));
    }

    a_failure_that_nobody_tells_waits_for_the_visibility(
        "21", "A handler that throws and says nothing: the message is there again when its visibility ends, and a dead letter after so many receives",
        "Amazon SQS Developer Guide, dead-letter queues"
    ) {
        let faults = "faults: {down: {at: 0s, lasts: 10m, fail: books}}\n";
        let run = queue(1, "visibility: 30s, failing: {park: after 3}", "", &work("1s"), faults).run();
        let begins = run.times("workers.do begins");
        assert!(begins.len() == 3 && begins.windows(2).all(|pair| (pair[1] - pair[0] - 30.0).abs() < 0.001), "{begins:?}");
        assert!((90.0..90.2).contains(&run.when("parked")), "{}", run.when("parked"));
    }

    a_failure_that_is_told_backs_off(
        "21", "`nack` with a back-off: the message is hidden for 1, 2, 4 s, and a dead letter at once at the last of its receives",
        "Amazon SQS API Reference, ChangeMessageVisibility; RabbitMQ docs, negative acknowledgements"
    ) {
        let faults = "faults: {down: {at: 0s, lasts: 10m, fail: books}}\n";
        let topic = "visibility: 10m, failing: {nack: exponential 1s x2, park: after 4}";
        let run = queue(1, topic, "", &work("100ms"), faults).run();
        let fails = run.times("fails");
        assert!(fails.len() == 4 && fails.iter().zip([0.2, 1.3, 3.4, 7.5]).all(|(at, expected)| (at - expected).abs() < 0.01), "{fails:?}");
        assert_eq!(run.when("parked"), fails[3]);
        // At once, and a poison message turns as fast as it can be taken.
        let hot = queue(1, "visibility: 10m, failing: {nack: at once}", "", &work("100ms"), faults).run();
        assert!(hot.report.groups[0].failures > 5_000, "{}", hot.report.groups[0].failures);
    }

    a_failing_message_blocks_nobody(
        "21", "A queue goes on behind a message that fails; with order by key it blocks its key, and its key alone",
        "Amazon SQS Developer Guide, FIFO queues: message groups"
    ) {
        let poison = "faults: {poison: {at: 0s, corrupt: tasks}}\n";
        let plain = queue(4, "visibility: 30s", "", &work("1s"), poison).run();
        assert_eq!((plain.report.groups[0].handled, plain.broken("done")), (3, 1));
        // Two messages of the same job, in order: the second waits for as long as the first fails.
        let two = "[{publish: tasks, body: {ref: job.id}}, {id: more, publish: tasks, body: {ref: job.id}}]";
        let marked = "{id: write, tx: books, do: [{insert: marks, exists: continue}]}, {id: again, tx: books, do: [{insert: done, set: {id: event.ref}}]}";
        let of = |topic: &str| {
            let faults = "faults: {killed: {at: 0s, crash: {service: workers, after_step: write}}}\n";
            let text = text(2, topic, "", marked, faults).replace("[{publish: tasks, body: {ref: job.id}}]", two);
            world(&text)
        };
        let ordered = of("visibility: 60s, fifo: true");
        let first = ordered.about(ONE);
        assert!(first.times("again commits").iter().all(|at| *at > 60.0), "{:?}", first.story);
        let other = ordered.about(ONE + 1);
        assert!(other.times("again commits").iter().all(|at| *at < 5.0), "{:?}", other.story);
        let loose = of("visibility: 60s").about(ONE);
        assert!(loose.times("again commits").iter().any(|at| *at < 5.0), "{:?}", loose.story);
    }

    an_acknowledgement_that_is_late_in_an_ordered_queue_is_refused(
        "21", "In a FIFO queue a receipt handle ends with its visibility: the message comes again though nobody else had it",
        "Amazon SQS API Reference, DeleteMessage: FIFO queues"
    ) {
        let world = queue(1, "visibility: 30s, fifo: true", ", concurrency: 1", &work("uniform 29s..36s"), "");
        let seeds = (1..20).map(|seed| Run::of(world.with(&[("workers.replicas", "1")], seed)));
        let late: Vec<Run> = seeds.filter(|run| run.count("visible again") > 0).collect();
        assert!(!late.is_empty());
        assert!(late.iter().all(|run| run.count("refused") >= 1 && run.broken("twice") == 1));
    }

    a_delay_hides_what_is_new(
        "21", "A new message can be had after the queue's delay",
        "Amazon SQS Developer Guide, delay queues: DelaySeconds"
    ) {
        let run = queue(1, "delay: 90s", "", &work("1s"), "").run();
        assert!((90.0..90.3).contains(&run.when("workers.do begins")), "{}", run.when("workers.do begins"));
    }

    a_queue_keeps_for_a_time(
        "21", "What is older than the queue keeps is gone, taken or not",
        "Amazon SQS Developer Guide: MessageRetentionPeriod"
    ) {
        let world = queue(5, "keep: 1m", "", &work("1s"), "moves: {pause: {takes: 0s, pause: tasks}, resume: {takes: 0s, resume: tasks}}\n");
        let mut sim = world.sim();
        sim.apply(&world.makes("pause", None)).unwrap();
        sim.advance(120 * SECOND);
        sim.apply(&world.makes("resume", None)).unwrap();
        let run = Run::of(sim);
        assert_eq!((run.report.groups[0].expired, run.report.groups[0].handled, run.broken("done")), (5, 0, 5));
    }

    a_redrive_puts_dead_letters_at_the_end(
        "21", "Dead letters that are put back are new messages: they come behind what is there, at the rate asked for, and today's code handles them",
        "Amazon SQS Developer Guide, dead-letter queue redrive"
    ) {
        let topic = "visibility: 10m, failing: {nack: at once, park: after 1}";
        let rest = "faults: {down: {at: 0s, lasts: 2s, fail: books}}\nmoves: {redrive: {takes: 0s, redrive: tasks, rate: 2/s}}\n";
        let world = queue(60, topic, ", concurrency: 1", &work("1s"), rest);
        let mut sim = world.with(&[("workers.replicas", "1")], 1);
        sim.advance(4 * SECOND);
        let dead = sim.report().groups[0].dead;
        assert!(dead >= 1, "{dead}");
        sim.apply(&world.makes("redrive", None)).unwrap();
        sim.watch(ONE);
        let run = Run::of(sim);
        assert_eq!((run.report.groups[0].dead, run.report.groups[0].handled, run.broken("done")), (0, 60, 0));
        // About forty stood before it.
        assert!(run.when("workers.do begins") > 30.0, "{:?}", run.story);
    }
}
