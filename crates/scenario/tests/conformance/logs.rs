//! 19, 20, 21, 22. Outbox, logs and their consumers, dead letters, effects once.

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// A shop that publishes in its transaction, and a desk that keeps what it hears.
fn log(topic: &str, via: &str, desk: &str, rest: &str) -> World {
    world(&log_text(topic, via, desk, rest))
}

fn log_text(topic: &str, via: &str, desk: &str, rest: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 1150ms, drain: 5m}}
records:
  Job: {{fields: {{id: id}}}}
  Made: {{fields: {{ref: id, job: Job.id}}}}
  Count: {{fields: {{id: id, job: Job.id}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: 20s}}}}}}
stores:
  db: {{takes: 1ms, tables: {{jobs: {{of: Job, unique: [id]}}}}}}
  books: {{takes: 1ms, tables: {{lines: {{of: Made, unique: [ref]}}, counts: {{of: Count}}, seen: {{fields: {{ref: id}}, unique: [ref]}}}}}}
topics: {{news: {{of: Made, key: job, takes: 10ms, {topic}}}}}
services:
  front:
    replicas: 2
    run: {{threads: 100}}
    handlers:
      go: {{input: {{job: Job}}, steps: [{{tx: db, do: [{{insert: jobs}}, {{id: tell, publish: news, via: {via}, body: {{ref: job.id}}}}]}}]}}
    jobs: {{relay: {{every: 100ms, relay: db}}}}
  desk:
    {desk}
invariants:
  heard: {{each: Job, eventually: {{when: jobs.size() == 1, then: lines.size() == 1, within: 2m}}, means: {{hurts: customer}}}}
  twice: {{each: Job, never: counts.size() > 1, means: {{hurts: customer}}}}
{rest}"
    )
}

const DESK: &str = "{replicas: 2, restart_after: 1s, start_up: 2s, run: {threads: 100}, handlers: {hear: {from: {topic: news}, steps: [{work: 10ms}, {tx: books, do: [{insert: lines, exists: continue}]}]}}}";
const ONE: u64 = 1_000_001;

cases! {
    a_direct_publish_is_lost_in_a_crash(
        "19", "Published after the commit: a crash in between commits the row and tells nobody, ever",
        "Richardson, Microservices Patterns, 3.3.7; the dual write"
    ) {
        let world = log("partitions: 1", "direct", DESK, "faults: {killed: {at: 0s, crash: {service: front, after_step: go.tx-db}}}\n");
        let run = world.run();
        run.tells(&["commits", "published", "told", "broken"], &["front.go.tx-db commits", "is told unknown", "broken heard"]);
    }

    an_outbox_survives_the_crash(
        "19", "The message is a row of the same transaction; the relay publishes it after the crash",
        "Richardson, Microservices Patterns, 3.3.7: transactional outbox"
    ) {
        let world = log("partitions: 1", "outbox", DESK, "faults: {killed: {at: 0s, crash: {service: front, after_step: go.tx-db}}}\n");
        let run = world.run();
        run.tells(&["commits", "published", "told", "broken"],
            &["front.go.tx-db commits", "is told unknown", "news published", "desk.hear.tx-books commits"]);
    }

    a_relay_that_dies_between_publish_and_mark_duplicates(
        "19", "Publish, then mark: a crash between the two publishes again; a dedupe key makes one line of it",
        "Debezium docs, outbox event router: at least once"
    ) {
        // The relay's first run is at 0.1 s with nothing; at 0.2 s it takes one, publishes at 0.21 s and would mark at 0.211 s.
        let world = log("partitions: 1", "outbox", DESK, "faults: {killed: {at: 210500us, crash: {service: front}}}\n");
        let run = world.run();
        assert_eq!(run.count("news published"), 2);
        assert_eq!(run.count("desk.hear.tx-books commits"), 2);
        assert_eq!((run.broken("heard"), run.report.groups[0].handled), (0, 12));
    }

    a_topic_that_is_down_makes_the_outbox_wait(
        "19", "While the broker is down the relay waits, and nothing is lost; a direct publish fails after its commit",
        "Richardson, Microservices Patterns, 3.3.7"
    ) {
        let faults = "faults: {down: {at: 0s, lasts: 30s, fail: topic news}}\n";
        let stored = log("partitions: 1", "outbox", DESK, faults).run();
        stored.tells(&["told"], &["is told ok"]);
        assert!(stored.when("published") > 30.0);
        assert_eq!(stored.broken("heard"), 0);
        let direct = log("partitions: 1", "direct", DESK, faults).run();
        direct.tells(&["told", "published"], &["is told failed"]);
        assert_eq!(direct.broken("heard"), 11);
    }

    a_partition_is_handled_in_order_by_one(
        "20", "One message of a partition at a time: concurrency is at most the number of partitions",
        "Kafka docs, Consumers: one member of a group per partition"
    ) {
        let slow = DESK.replace("work: 10ms", "work: 1s");
        let one = log("partitions: 1", "direct", &slow, "");
        let ends: Vec<f64> = (0..4).map(|n| one.about(ONE + n).when("books commits")).collect();
        assert!(ends.windows(2).all(|pair| (0.999..1.1).contains(&(pair[1] - pair[0]))), "{ends:?}");
        let mut sim = one.with(&[("news.partitions", "64")], 1);
        sim.finish();
        let many = Run::of({ let mut sim = one.with(&[("news.partitions", "64")], 1); sim.watch(ONE + 10); sim });
        assert!(many.when("books commits") < 3.2, "{}", many.when("books commits"));
    }

    a_failing_message_blocks_its_partition(
        "20", "What comes behind an unreadable message waits; other partitions go on",
        "Confluent docs, error handling: poison pill"
    ) {
        let world = log("partitions: 1, failing: {again: 5s, park: never}", "direct", DESK, "faults: {poison: {at: 0s, corrupt: news}}\n");
        let run = world.run();
        assert_eq!((run.report.groups[0].handled, run.report.groups[0].lag, run.broken("heard")), (0, 11, 11));
        let tries = run.report.groups[0].failures;
        // One try, then one every 5 s.
        assert!((55..=62).contains(&tries), "{tries}");
        let eight = Run::of(world.with(&[("news.partitions", "8")], 1));
        assert!(eight.report.groups[0].handled > 5, "{}", eight.report.groups[0].handled);
    }

    a_message_is_parked_after_so_many_failures(
        "21", "`park: after 3` puts the message aside at its third failure, and the partition goes on",
        "AWS SQS docs: maxReceiveCount; Spring Kafka, DeadLetterPublishingRecoverer"
    ) {
        let world = log("partitions: 1, failing: {again: 5s, park: after 3}", "direct", DESK, "faults: {poison: {at: 0s, corrupt: news}}\n");
        let run = world.run();
        run.tells(&["parked"], &["parked after 3"]);
        assert!((10.0..10.3).contains(&run.when("parked")), "{}", run.when("parked"));
        assert_eq!((run.report.groups[0].handled, run.report.groups[0].dead, run.broken("heard")), (10, 1, 1));
    }

    permanent_errors_are_parked_at_once_and_others_never(
        "21", "`park: permanent errors`: what cannot be read is put aside at its first failure; an outage of the store parks nothing",
        "Spring Kafka docs, non-retryable exceptions"
    ) {
        let topic = "partitions: 1, failing: {again: 5s, park: permanent errors}";
        let poison = log(topic, "direct", DESK, "faults: {poison: {at: 0s, corrupt: news}}\n").run();
        poison.tells(&["parked"], &["parked after 1"]);
        let outage = log(topic, "direct", DESK, "faults: {down: {at: 0s, lasts: 1m, fail: books}}\n").run();
        assert_eq!((outage.report.groups[0].parked, outage.broken("heard"), outage.report.groups[0].handled), (0, 0, 11));
        // A rule that counts parks everything during an outage.
        let after = log("partitions: 1, failing: {again: 5s, park: after 3}", "direct", DESK, "faults: {down: {at: 0s, lasts: 1m, fail: books}}\n").run();
        assert!(after.report.groups[0].parked > 3, "{}", after.report.groups[0].parked);
    }

    a_redrive_runs_todays_code(
        "21", "Dead letters that are put back are handled by the handler as it is then",
        "AWS SQS docs: dead-letter queue redrive"
    ) {
        let world = log("partitions: 1, failing: {again: 1s, park: after 1}", "direct", DESK, "faults: {down: {at: 0s, lasts: 30s, fail: books}}\nmoves: {redrive: {takes: 1s, redrive: news, rate: 10/s}}\n");
        let mut sim = world.sim();
        sim.advance(60 * SECOND);
        assert_eq!(sim.report().groups[0].dead, 11);
        sim.apply(&world.makes("redrive", None)).unwrap();
        let run = Run::of(sim);
        assert_eq!((run.report.groups[0].dead, run.report.groups[0].handled, run.broken("heard")), (0, 11, 0));
        assert!((61.0..61.1).contains(&run.when("books commits")));
    }

    a_dead_consumers_partitions_move_when_its_session_is_over(
        "20", "A message under way when its consumer dies is handled again, by another, once the session is over",
        "Kafka docs: session.timeout.ms 45 s"
    ) {
        let slow = DESK.replace("work: 10ms", "work: 1s");
        let world = log("partitions: 1, session: 45s", "direct", &slow, "faults: {killed: {at: 500ms, crash: {service: desk}}}\n");
        let run = world.run();
        assert_eq!(run.count("desk.hear begins"), 2);
        assert_eq!(run.count("desk.hear dies"), 1);
        let again = run.times("desk.hear begins")[1];
        assert!((45.4..45.6).contains(&again), "{again}");
        // Nothing of the partition is handled in between, even though the replica itself is back after three seconds.
        let third = world.about(ONE + 10);
        assert!(third.when("desk.hear begins") > 45.5);
    }

    an_idle_partition_of_a_dead_consumer_waits_too(
        "20", "A message that comes for a dead member waits until its session is over, even when the process is back before: it is another member then",
        "KIP-62; Kafka docs: group membership, static membership apart"
    ) {
        let text = log_text("partitions: 1, session: 45s", "direct", DESK, "faults: {killed: {at: 50ms, crash: {service: desk}}}\n");
        let world = world(&text.replace("play: 1150ms", "play: 10s"));
        // The replica is back at 3.05 s; this message comes at 4 s.
        let run = world.about(ONE + 39);
        assert!((45.0..46.0).contains(&run.when("desk.hear begins")), "{}", run.when("desk.hear begins"));
    }

    a_partition_is_not_forgotten_when_members_change_at_the_end_of_a_session(
        "20", "Whoever died with a message and is back gets it again, or another does, whoever else is away at that instant",
        "Kafka docs: at least once"
    ) {
        let slow = DESK.replace("work: 10ms", "work: 1s").replace("replicas: 2", "replicas: 3");
        let world = log("partitions: 2, session: 45s", "direct", &slow, "faults: {killed: {at: 500ms, crash: {service: desk, replicas: 2}}, more: {at: 45s, crash: {service: desk}}}\n");
        let run = world.run();
        assert_eq!(run.report.groups[0].handled, 11);
        assert_eq!(run.broken("heard"), 0);
    }

    acknowledging_before_the_work_loses_it(
        "22", "`ack: before`: a crash in the middle loses the message; at most once",
        "Kafka docs, Message Delivery Semantics"
    ) {
        let desk = DESK.replace("work: 10ms", "work: 1s").replace("{topic: news}", "{topic: news, ack: before}");
        let world = log("partitions: 1, session: 45s", "direct", &desk, "faults: {killed: {at: 500ms, crash: {service: desk}}}\n");
        let run = world.run();
        assert_eq!((run.count("desk.hear begins"), run.count("books commits"), run.broken("heard")), (1, 0, 1));
    }

    acknowledging_after_the_commit_repeats_it(
        "22", "`ack: after`: a crash between commit and acknowledgement does the work twice",
        "Kafka docs, Message Delivery Semantics"
    ) {
        let twice = DESK.replace("{insert: lines, exists: continue}", "{insert: lines, exists: continue}, {insert: counts, set: {id: event.ref}}");
        let faults = "faults: {killed: {at: 0s, crash: {service: desk, after_step: tx-books}}}\n";
        let run = log("partitions: 1, session: 45s", "direct", &twice, faults).run();
        assert_eq!((run.count("books commits"), run.broken("twice"), run.broken("heard")), (2, 1, 0));
    }

    a_dedupe_row_in_the_same_transaction_makes_it_once(
        "22", "The message's key and the effect in one transaction: whatever is repeated, one effect",
        "Richardson, Microservices Patterns, 3.3.6: idempotent consumer"
    ) {
        let once = DESK.replace("{insert: lines, exists: continue}", "{insert: lines, exists: stop}, {insert: counts, set: {id: event.ref}}");
        let faults = "faults: {killed: {at: 0s, crash: {service: desk, after_step: tx-books}}}\n";
        let run = log("partitions: 1, session: 45s", "direct", &once, faults).run();
        run.tells(&["books"], &["desk.hear.tx-books commits", "desk.hear.tx-books is there already"]);
        assert_eq!((run.broken("twice"), run.broken("heard"), run.report.groups[0].handled), (0, 0, 11));
    }

    a_dedupe_row_in_a_transaction_of_its_own_does_not(
        "22", "The key first, the effect in another transaction: a crash in between loses the effect",
        "Richardson, Microservices Patterns, 3.3.6"
    ) {
        let apart = DESK.replace("{tx: books, do: [{insert: lines, exists: continue}]}", "{id: note, tx: books, do: [{insert: seen, exists: stop, set: {ref: event.ref}}]}, {tx: books, do: [{insert: lines, exists: continue}]}");
        let faults = "faults: {killed: {at: 0s, crash: {service: desk, after_step: note}}}\n";
        let run = log("partitions: 1, session: 45s", "direct", &apart, faults).run();
        run.tells(&["desk.hear.tx", "already", "broken"], &["desk.hear.note is there already", "broken heard"]);
    }

    what_is_too_old_is_dropped_and_the_next_is_handled(
        "20", "A message older than the topic keeps is gone; what stands behind it is handled without waiting for another message",
        "Kafka docs: retention.ms"
    ) {
        let world = log("partitions: 1, keep: 30s, failing: {again: 500s, park: never}", "direct", DESK, "faults: {poison: {at: 0s, corrupt: news}}\n")
            ;
        let run = world.run();
        assert_eq!(run.report.groups[0].expired + run.report.groups[0].handled, 11);
        assert_eq!(run.report.groups[0].lag, 0);
        let later = log("partitions: 1, keep: 30s, failing: {again: 500s, park: never}", "direct", DESK, "faults: {poison: {at: 0s, corrupt: news}}\n");
        let mut sim = later.with(&[("people.rate", "0.5/s")], 1);
        sim.finish();
        assert_eq!(sim.report().groups[0].lag, 0);
    }

    consumers_of_a_service_that_is_down_stand_still(
        "20", "While a service is down nothing of it runs, however short its restart",
        "by definition"
    ) {
        let world = log("partitions: 1, session: 1s", "direct", DESK, "faults: {down: {at: 0s, lasts: 1m, fail: service desk}}\n");
        let run = world.run();
        assert!(run.when("desk.hear begins") > 60.0, "{}", run.when("desk.hear begins"));
        assert_eq!(run.report.groups[0].handled, 11);
    }
}
