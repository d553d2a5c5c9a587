//! 18, and a full disk. A replica that is behind, what is lost when it takes over, and what a store that cannot write does.

use crate::cases;
use crate::world::{Run, World, world};

/// Jobs at 0.1 … 0.4 s; each commit takes 10 ms.
fn shop(store: &str, steps: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 450ms, drain: 1m}}
records: {{Job: {{fields: {{id: id, amount: money}}, states: {{open: [done]}}}}, Note: {{fields: {{ref: id, job: Job.id}}}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{amount: 5 USD}}}}, call: {{to: front.go, timeout: 50s}}}}}}
stores:
  db: {{takes: 10ms, {store}, tables: {{jobs: {{of: Job, unique: [id]}}}}}}
  desk: {{takes: 1ms, tables: {{notes: {{of: Note, unique: [ref]}}}}}}
topics: {{news: {{of: Note, key: ref, takes: 1ms}}}}
services:
  front:
    run: {{threads: 100}}
    pools: {{db: {{size: 100}}}}
    handlers:
      go: {{input: {{job: Job}}, steps: [{steps}]}}
      hear: {{from: {{topic: news}}, steps: [{{tx: desk, do: [{{insert: notes, exists: continue}}]}}]}}
    jobs: {{relay: {{every: 100ms, relay: db}}}}
{rest}"
    ))
}

const KEPT: &str = "invariants: {kept: {each: Job, at_end: jobs.size() == 1, means: {hurts: customer}}, \
    done: {each: Job, at_end: \"jobs.exists(j, j.state == 'done')\", means: {hurts: customer}}, \
    heard: {each: Job, at_end: \"jobs.size() == 1 || notes.size() == 0\", means: {hurts: customer}}}\n";

const WRITE: &str = "{tx: db, do: [{insert: jobs}]}";
const READ: &str = "{tx: db, id: look, reads_from: replica, do: [{read: jobs, into: {amount: found}}]}";

fn lost(run: &Run, invariant: &str) -> Vec<u64> {
    run.report.invariant(invariant).unwrap().keys.iter().map(|(serial, _)| serial - 1_000_000).collect()
}

cases! {
    who_reads_from_the_replica_may_not_see_what_they_wrote(
        "18", "A row that was committed is not there on the replica until it has applied it; on the store itself it is",
        "Terry et al., Session Guarantees for Weakly Consistent Replicated Data, 1994: read your writes"
    ) {
        let at_once = shop("replica: {delay: 200ms}", &format!("{WRITE}, {READ}"), "");
        at_once.run().tells(&["told"], &["is told missing"]);
        let later = shop("replica: {delay: 200ms}", &format!("{WRITE}, {{wait: 202ms}}, {READ}"), "");
        later.run().tells(&["told"], &["is told ok"]);
        let primary = shop("replica: {delay: 200ms}", &format!("{WRITE}, {}", READ.replace("from: replica", "from: primary")), "");
        primary.run().tells(&["told"], &["is told ok"]);
    }

    a_replica_that_applies_slowly_falls_behind(
        "18", "Commits are applied one after the other: when each takes 400 ms and ten come a second, the fourth is visible after 1.6 s",
        "PostgreSQL docs, pg_stat_replication: replay_lag; MySQL docs, single-threaded applier"
    ) {
        let world = |wait: &str| shop("replica: {delay: 1ms, applies: 400ms}", &format!("{WRITE}, {{wait: {wait}}}, {READ}"), "");
        // Committed at 0.41 s, after three that are applied at 0.511, 0.911 and 1.311 s: at 1.711 s.
        world("1290ms").about(1_000_004).tells(&["told"], &["is told missing"]);
        world("1302ms").about(1_000_004).tells(&["told"], &["is told ok"]);
        world("410ms").about(1_000_001).tells(&["told"], &["is told ok"]);
    }

    a_replica_is_read_while_the_store_is_down(
        "18", "The store refuses, the replica answers",
        "PostgreSQL docs, Hot Standby"
    ) {
        let steps = format!("{WRITE}, {{wait: 2s}}, {READ}");
        let run = shop("replica: {delay: 1ms}", &steps, "faults: {down: {at: 1s, lasts: 10s, fail: db}}\n").run();
        run.tells(&["told"], &["is told ok"]);
        let run = shop("replica: {delay: 1ms}", &steps.replace("from: replica", "from: primary"), "faults: {down: {at: 1s, lasts: 10s, fail: db}}\n").run();
        run.tells(&["told", "no connection"], &["front.go.look no connection", "is told failed"]);
    }

    an_asynchronous_fail_over_loses_the_acknowledged_tail(
        "18", "What the replica had not received is gone, rows and outbox alike, although everybody was told `ok`; what came before stays",
        "PostgreSQL docs, Synchronous Replication; GitHub, October 21 post-incident analysis, 2018"
    ) {
        let steps = "{tx: db, do: [{insert: jobs}, {publish: news, body: {ref: job.id}, via: outbox}]}";
        let rest = format!("{KEPT}faults: {{over: {{at: 450ms, fail_over: db}}}}\n");
        let run = shop("replica: {delay: 200ms, promotes: 5s}", steps, &rest).run();
        // Committed at 0.11, 0.21, 0.31 and 0.41 s; received 200 ms later each.
        assert_eq!(lost(&run, "kept"), [3, 4]);
        assert_eq!(run.outcomes(0)[0], 4);
        // The relay had published the third by then: others have heard of what is no longer there.
        assert_eq!(lost(&run, "heard"), [3]);
    }

    a_synchronous_one_waits_and_loses_nothing(
        "18", "A commit waits until the replica has received it; then nothing that was acknowledged is lost",
        "PostgreSQL docs, synchronous_commit"
    ) {
        let rest = format!("{KEPT}faults: {{over: {{at: 650ms, fail_over: db}}}}\n");
        let world = shop("replica: {delay: 200ms, synchronous: true, promotes: 5s}", WRITE, &rest);
        assert_eq!(world.run().when("told ok"), 0.31);
        assert_eq!(lost(&world.run(), "kept"), [] as [u64; 0]);
        // At 0.55 s two are under way: for those the outcome is unknown.
        let early = shop("replica: {delay: 200ms, synchronous: true, promotes: 5s}", WRITE, &rest.replace("650ms", "550ms")).run();
        assert_eq!((early.outcomes(0)[0], early.outcomes(0)[6]), (3, 1));
    }

    changes_of_rows_are_lost_with_the_tail_as_well(
        "18", "A row that was moved within the tail is as it was before, and goes on from there",
        "PostgreSQL docs, timelines: the new primary never saw those commits"
    ) {
        let steps = format!("{WRITE}, {{wait: 500ms}}, {{tx: db, id: later, do: [{{move: jobs, to: done}}]}}");
        let rest = format!("{KEPT}faults: {{over: {{at: 850ms, fail_over: db}}}}\n");
        let run = shop("replica: {delay: 200ms, promotes: 5s}", &steps, &rest).run();
        // Moved at 0.62, 0.72 and 0.82 s; the fourth comes when the store is down.
        assert_eq!(lost(&run, "kept"), [] as [u64; 0]);
        assert_eq!(lost(&run, "done"), [2, 3, 4]);
    }

    a_fail_over_takes_its_time_and_breaks_connections(
        "18", "What commits at that instant is unknown, what comes is refused until the replica has taken over, and then it works",
        "Amazon RDS docs, Multi-AZ failover: 60–120 s"
    ) {
        let rest = "faults: {over: {at: 205ms, fail_over: db}}\n";
        let world = shop("replica: {delay: 1ms, promotes: 150ms}", WRITE, rest);
        let told: Vec<String> = (1..=4).flat_map(|n| world.about(1_000_000 + n).with_words(&["told"])).collect();
        assert_eq!(told, ["is told ok", "is told unknown", "is told refused", "is told ok"]);
    }

    an_operator_lets_the_replica_take_over(
        "18", "The store stays down for an hour unless somebody lets the replica take over; then what it had not received is lost. A store that works is \
        switched without loss",
        "PostgreSQL docs, pg_promote; Patroni docs, switchover and failover"
    ) {
        let rest = format!("{KEPT}moves: {{over: {{takes: 1s, fail_over: db}}}}\nfaults: {{down: {{at: 430ms, lasts: 1h, fail: db}}}}\n");
        let steps = format!("{WRITE}, {{wait: 10s}}, {{tx: db, id: later, do: [{{move: jobs, to: done}}]}}");
        let after = |moves: bool, fails: bool| {
            let world = shop("replica: {delay: 200ms, promotes: 2s}", &steps, &if fails { rest.clone() } else { rest.replace("at: 430ms", "at: 1h") });
            let mut sim = world.sim();
            sim.advance(440_000_000);
            if moves {
                sim.apply(&world.makes("over", None)).unwrap();
            }
            let run = Run::of(sim);
            (run.outcomes(0)[0], lost(&run, "kept"))
        };
        assert_eq!(after(false, true), (0, vec![]));
        assert_eq!(after(true, true), (2, vec![3, 4]));
        assert_eq!(after(true, false), (4, vec![]));
    }

    a_full_disk_is_read_and_not_written(
        "18", "Writes fail, reads work, and when there is room again so do writes",
        "PostgreSQL docs, Disk Full Failure"
    ) {
        let full = "faults: {full: {at: 250ms, lasts: 1s, set: {db.full: true}}}\n";
        let world = shop("isolation: read_committed", &format!("{WRITE}, {{wait: 300ms}}, {{tx: db, do: [{{read: jobs, into: {{amount: found}}}}]}}"), full);
        let told: Vec<String> = (1..=4).flat_map(|n| world.about(1_000_000 + n).with_words(&["told"])).collect();
        assert_eq!(told, ["is told ok", "is told ok", "is told failed", "is told failed"]);
        let later = shop("isolation: read_committed", &format!("{{wait: 1200ms}}, {WRITE}"), full);
        later.run().tells(&["told"], &["is told ok"]);
    }
}
