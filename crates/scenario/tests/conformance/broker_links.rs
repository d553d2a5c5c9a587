//! 7, 20. Links to brokers: acknowledgements that take their time, consumers that are cut off.

use crate::cases;
use crate::world::{Run, world};

fn shop(link: &str, steps: &str, rest: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 5m}}
records: {{Job: {{fields: {{id: id}}}}, News: {{fields: {{ref: id, job: Job.id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go}}}}}}
stores: {{db: {{takes: 0ms, tables: {{jobs: {{of: Job, unique: [id]}}, seen: {{of: News, unique: [ref]}}}}}}}}
topics: {{news: {{of: News, key: job, takes: 10ms, session: 10s}}}}
links: {{{link}}}
services:
  front: {{handlers: {{go: {{input: {{job: Job}}, steps: [{steps}]}}}}}}
  desk: {{replicas: 2, handlers: {{hear: {{from: {{topic: news}}, steps: [{{work: 5s}}, {{tx: db, do: [{{insert: seen, exists: continue}}]}}]}}}}}}
{rest}"
    )
}

const OUT: &str = "out: {from: front, to: news, latency: 20ms}";
const IN: &str = "in: {from: desk, to: news, latency: 1ms}";
const SAY: &str = "{publish: news, body: {ref: job.id}}";

cases! {
    a_publish_waits_for_its_acknowledgement(
        "7", "Over a link of 20 ms a message is at the broker 20 ms later, and its acknowledgement (10 ms) 20 ms after that",
        "Kafka docs, producer acks=all"
    ) {
        let run = world(&shop(OUT, SAY, "")).run();
        assert_eq!(run.when("news published"), 1.02);
        assert_eq!(run.when("is told ok"), 1.05);
    }

    an_acknowledgement_behind_a_cut_is_late_and_the_message_is_not(
        "7", "The way back is cut: the message is there and handled while its producer still waits",
        "Kafka docs, delivery.timeout.ms; Kleppmann, Designing Data-Intensive Applications, ch. 8"
    ) {
        let run = world(&shop(OUT, SAY, "faults: {cut: {at: 500ms, lasts: 20s, set: {links.out.cut: back}}}\n")).run();
        assert_eq!(run.when("news published"), 1.02);
        assert_eq!(run.when("desk.hear begins"), 1.02);
        // Sent at 1.03 s, and again 0.24, 0.72, 1.68, 3.6, 7.44, 15.12 and 30.48 s after it should have come.
        assert_eq!(run.when("is told ok"), 31.53);
    }

    what_is_committed_waits_with_its_message(
        "19", "A transaction that publishes directly waits behind its own commit while the broker cannot be reached; a crash then loses the message",
        "microservices.io, Transactional outbox: why a direct publish is not enough"
    ) {
        let text = shop(OUT, "{tx: db, do: [{insert: jobs}, {publish: news, body: {ref: job.id}}]}", "faults: {cut: {at: 500ms, lasts: 20s, set: \
            {links.out.cut: both}}}\n");
        let run = world(&text).run();
        assert_eq!(run.when("commits"), 1.0);
        assert!(run.when("news published") > 20.5);
        let killed = world(&text.replace("cut: both}}}", "cut: both}}, killed: {at: 5s, crash: {service: front}}}")).run();
        assert_eq!(killed.count("commits"), 1);
        assert_eq!(killed.count("published"), 0);
    }

    a_consumer_that_is_cut_off_is_missed_after_its_session(
        "20", "A consumer cut off in the middle of its work is given up after the session; another handles the message again, and what the zombie \
            acknowledges counts no more",
        "Kafka docs, session.timeout.ms; Kleppmann, How to do distributed locking, 2016"
    ) {
        let cut = |lasts: &str| shop(IN, SAY, &format!("faults: {{cut: {{at: 2s, lasts: {lasts}, set: {{links.in.cut: both, links.in.cut_replicas: 1}}}}}}\n"))
            .replace("takes: 10ms", "partitions: 1, takes: 10ms");
        let run = world(&cut("60s")).run();
        run.tells(&["desk.hear"], &[
            "desk.hear begins on 1", "desk.hear.tx-db commits", "desk.hear answers ok", "desk.hear begins on 2", "desk.hear.tx-db commits",
            "desk.hear answers ok",
        ]);
        assert_eq!(run.times("desk.hear begins")[1], 12.0);
        // Healed before the session is over, the acknowledgement gets through, and nobody does it again.
        let short = world(&cut("6s")).run();
        assert_eq!(short.count("desk.hear begins"), 1);
        assert_eq!(Run::of(world(&cut("6s")).sim()).report.groups[0].handled, 1);
    }
}
