//! 4, 16. Transactions that stay open while time passes: what they hold, what they see, and who gives way.

use crate::cases;
use crate::world::{Run, World, world};

/// Four jobs, at 0.1 … 0.4 s, each a second later doing `steps`; a row `all` that begins with a count of 0.
fn jobs(store: &str, pools: &str, steps: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 450ms, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}, Day: {{fields: {{id: id}}}}, Charge: {{fields: {{id: id, job: Job.id}}, states: {{made: [gone]}}}}}}
clients:
  people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: 50s}}}}
  days: {{arrive: constant 10/s, make: {{Day: {{}}}}, call: front.start}}
stores:
  db:
    takes: 10ms
    {store}
    tables:
      shared: {{fields: {{name: string, count: count, version: count}}, unique: [name]}}
      seen: {{fields: {{id: id}}, unique: [id]}}
      marks: {{fields: {{name: string}}, unique: [name]}}
providers: {{bank: {{operations: {{take: {{creates: Charge.made, takes: 1s, effect_at: 50%}}}}}}}}
services:
  front:
    run: {{threads: 100}}
    pools: {{db: {{size: {pools}}}}}
    handlers:
      start: {{input: {{day: Day}}, steps: [{{tx: db, do: [{{insert: shared, exists: continue, rows: [{{name: all, count: 0, version: 0}}, {{name: other, \
            count: 0, version: 0}}]}}]}}]}}
      go: {{input: {{job: Job}}, steps: [{{wait: 1s}}, {steps}]}}
{rest}"
    ))
}

/// How many were told `ok`, and whether the row then holds `sum`.
fn adds(store: &str, add: &str, sum: u32) -> (u64, bool) {
    let steps = format!("{add}, {{wait: 20s}}, {{tx: db, id: look, do: [{{read: shared, by: {{name: all}}, into: {{count: sum}}}}]}}, {{if: sum == \
        {sum}, then: \
        [{{respond: ok}}], else: [{{respond: invalid}}]}}");
    let by_outcome = jobs(store, "100", &steps, "").run().report.clients[0].by_outcome;
    let (right, wrong) = (by_outcome[0], by_outcome[3]);
    (right + wrong, wrong == 0)
}

const READ: &str = "{read: shared, by: {name: all}, into: [count, version], takes: 200ms}";

fn told(world: &World) -> Vec<(String, f64)> {
    let told = |n: u64| {
        let run = world.about(1_000_001 + n);
        let line = run.story.iter().find(|line| line.contains("is told")).unwrap_or_else(|| panic!("{}", run.story.join("\n"))).clone();
        let (at, what) = line.split_once(" is told ").unwrap();
        (what.to_owned(), at.parse().unwrap())
    };
    (0..4).map(told).collect()
}

cases! {
    a_statement_that_takes_time_holds_its_lock_to_the_end(
        "16", "Statements take time one after the other; the lock of the first is held to the commit, and whoever wants the row waits until then",
        "PostgreSQL docs, Explicit Locking: row-level locks are released at transaction end"
    ) {
        let world = jobs("", "100", "{tx: db, do: [{update: shared, by: {name: all}, set: {count: 1}, takes: 200ms}, {read: shared, by: {name: other}, \
            into: [version], takes: 90ms}]}", "");
        let at: Vec<f64> = told(&world).into_iter().map(|(_, at)| at).collect();
        assert_eq!(at, [1.4, 1.7, 2.0, 2.3]);
    }

    a_remote_call_inside_a_transaction_holds_connection_and_locks(
        "4", "While the provider takes its second, the transaction keeps its connection and its row: with ten connections and one row everybody follows \
        each other, and so they do with ten rows and one connection",
        "PostgreSQL docs, idle in transaction; HikariCP: a connection is in use until it is closed"
    ) {
        let by_row = jobs("", "10", "{tx: db, do: [{update: shared, by: {name: all}, add: {count: 1}}, {call: bank.take}]}", "");
        let by_connection = jobs("", "1", "{tx: db, do: [{insert: seen, set: {id: job.id}}, {call: bank.take}]}", "");
        for world in [by_row, by_connection] {
            let at: Vec<f64> = told(&world).into_iter().map(|(_, at)| at).collect();
            assert_eq!(at, [2.11, 3.12, 4.13, 5.14]);
        }
        let behind = jobs("", "1", "{tx: db, do: [{insert: seen, set: {id: job.id}}]}, {call: bank.take}", "");
        let at: Vec<f64> = told(&behind).into_iter().map(|(_, at)| at).collect();
        assert_eq!(at, [2.11, 2.21, 2.31, 2.41]);
    }

    a_step_that_fails_rolls_its_transaction_back(
        "7", "The provider declines inside the transaction: nothing of it is committed, and the row is free at once",
        "PostgreSQL docs, ROLLBACK"
    ) {
        let steps = "{tx: db, do: [{insert: seen, set: {id: job.id}}, {update: shared, by: {name: all}, add: {count: 1}}, {call: bank.take}]}";
        let world = jobs("", "10", steps, "");
        let run = world.run_with(&[("bank.take.declined", "100%")]);
        run.tells(&["effect", "commits", "aborts", "told"], &["bank.take effect declined", "front.go.tx-db aborts declined", "is told declined"]);
        assert_eq!(run.when("told"), 2.1);
    }

    an_effect_outside_is_not_rolled_back_with_the_transaction(
        "22", "The store drops the connection while the provider is asked: the transaction has failed, and what the provider did stays",
        "Helland, Life beyond Distributed Transactions, CIDR 2007"
    ) {
        let world = jobs("", "10", "{tx: db, do: [{insert: seen, set: {id: job.id}}, {call: bank.take}]}", "faults: {down: {at: 1500ms, lasts: 100ms, \
            fail: db}}\n");
        world.run().tells(&["effect", "commits", "aborts", "told"], &["front.go.tx-db aborts failed", "bank.take effect ok", "is told failed"]);
        assert_eq!(world.run().when("told"), 2.1);
    }

    the_dedupe_row_stops_before_the_effect(
        "22", "The row that says that it was done is inserted first: a second time waits for the first, finds it, and does not ask the provider again",
        "PostgreSQL docs, Index Uniqueness Checks; Hohpe and Woolf, Idempotent Receiver"
    ) {
        let steps = "{tx: db, do: [{insert: marks, exists: stop, set: {name: only}}, {call: bank.take}]}";
        let world = jobs("", "10", steps, "");
        assert_eq!(told(&world).iter().map(|(what, at)| (what.as_str(), *at)).collect::<Vec<_>>(), [("ok", 2.11), ("ok", 2.11), ("ok", 2.11), ("ok", 2.11)]);
        assert_eq!(world.run().report.providers[0].received, 1);
    }

    whoever_reads_and_writes_later_loses_updates(
        "16", "Read committed: each reads, thinks for 200 ms and writes one more; two of four additions are lost although everybody was told `ok`",
        "Berenson et al., A Critique of ANSI SQL Isolation Levels, 1995: P4 lost update"
    ) {
        let add = format!("{{tx: db, do: [{READ}, {{update: shared, by: {{name: all}}, set: {{count: count + 1}}}}]}}");
        assert_eq!(adds("", &add, 2), (4, true));
    }

    nothing_is_lost_when_the_store_adds(
        "16", "`add` is done on what the row holds at that instant, under its lock: SET count = count + 1",
        "PostgreSQL docs, Transaction Isolation: UPDATE re-evaluates the updated row"
    ) {
        let add = format!("{{tx: db, do: [{READ}, {{update: shared, by: {{name: all}}, add: {{count: 1}}}}]}}");
        assert_eq!(adds("", &add, 4), (4, true));
        let add = format!("{{tx: db, do: [{}, {{update: shared, by: {{name: all}}, set: {{count: count + 1}}}}]}}", READ.replace("takes", "lock: true, takes"));
        assert_eq!(adds("", &add, 4), (4, true));
    }

    a_version_that_has_changed_aborts(
        "16", "The version that was read is expected: whoever comes second fails instead of overwriting, and with more attempts nothing is lost",
        "Fowler, Patterns of Enterprise Application Architecture: Optimistic Offline Lock; JPA @Version"
    ) {
        let add = |rest: &str| format!("{{tx: db, {rest}do: [{READ}, {{update: shared, by: {{name: all}}, set: {{count: count + 1, version: version + 1}}, \
            expect: {{version: version}}}}]}}");
        assert_eq!(adds("", &add(""), 2), (2, true));
        assert_eq!(adds("", &add("attempts: 9, "), 4), (4, true));
    }

    the_first_updater_wins(
        "16", "Repeatable read: a row that was changed after the snapshot cannot be updated; the transaction fails, or is tried again from its beginning",
        "PostgreSQL docs, Repeatable Read Isolation Level: could not serialize access due to concurrent update"
    ) {
        let add = |rest: &str| format!("{{tx: db, {rest}do: [{READ}, {{update: shared, by: {{name: all}}, set: {{count: count + 1}}}}]}}");
        assert_eq!(adds("isolation: repeatable_read", &add(""), 2), (2, true));
        assert_eq!(adds("", &add("isolation: repeatable_read, attempts: 9, backoff: exponential 10ms x2 full jitter, "), 4), (4, true));
        assert_eq!(adds("isolation: repeatable_read", &add("isolation: read_committed, "), 2), (4, true));
    }

    a_snapshot_is_of_the_first_statement(
        "16", "Read committed sees what others commit between two reads; repeatable read sees the same row twice",
        "Berenson et al., A Critique of ANSI SQL Isolation Levels, 1995: P2 fuzzy read"
    ) {
        let steps = "{tx: db, do: [{read: shared, by: {name: all}, into: {count: before}}, {wait: 50ms}, {read: shared, by: {name: all}, into: \
            {count: behind}}, {wait: 200ms}]}, {tx: db, do: [{update: shared, by: {name: all}, add: {count: 1}}]}, \
            {if: before == behind, then: [{respond: ok}], else: [{respond: invalid}]}";
        let seen = |level: &str| -> Vec<String> { told(&jobs(&format!("isolation: {level}"), "10", steps, "")).into_iter().map(|(what, _)| what).collect() };
        // Commits at 1.37, 1.47 … s; reads at 1.1 and 1.15, 1.2 and 1.25, 1.3 and 1.35, 1.4 and 1.45.
        assert_eq!(seen("read_committed"), ["ok", "ok", "ok", "ok"]);
        let longer = steps.replace("50ms", "180ms");
        let seen = |level: &str| -> Vec<String> { told(&jobs(&format!("isolation: {level}"), "10", &longer, "")).into_iter().map(|(what, _)| what).collect() };
        assert_eq!(seen("repeatable_read"), ["ok"; 4]);
        assert!(seen("read_committed").contains(&"invalid".to_owned()));
    }

    write_skew_is_for_serializable_to_find(
        "16", "Each reads both rows and writes its own: under repeatable read both commit, to what no order of the two gives; serializable aborts one, and \
        tried again it sees what the other did",
        "Berenson et al., A Critique of ANSI SQL Isolation Levels, 1995: A5B write skew; Ports, Grittner, VLDB 2012"
    ) {
        // One after the other, the first writes 1 and the second 2.
        let swap = |own: &str, rules: &str| format!("{{tx: db, {rules}, do: [{{read: shared, by: {{name: all}}, into: {{count: a}}}}, {{read: shared, \
            by: {{name: \
            spare}}, into: {{count: b}}, takes: 300ms}}, {{update: shared, by: {{name: {own}}}, set: {{count: a + b + 1}}}}]}}, {{wait: 5s}}, {{tx: \
                db, id: look, do: \
            [{{read: shared, by: {{name: all}}, into: {{count: c}}}}, {{read: shared, by: {{name: spare}}, into: {{count: d}}}}]}}, {{if: c + d == 3, \
                then: [{{respond: ok}}], \
            else: [{{respond: invalid}}]}}");
        let outcome = |rules: &str| {
            let text = jobs_text("isolation: read_committed", &swap("all", rules), &swap("spare", rules));
            let run = world(&text).run();
            let names = ["ok", "declined", "missing", "invalid", "failed", "refused", "unknown"];
            [0, 1].map(|client| names[run.outcomes(client).iter().position(|count| *count == 1).unwrap()])
        };
        assert_eq!(outcome("isolation: repeatable_read"), ["invalid", "invalid"]);
        assert_eq!(outcome("isolation: serializable"), ["invalid", "failed"]);
        assert_eq!(outcome("isolation: serializable, attempts: 3"), ["ok", "ok"]);
    }

    serializable_lets_alone_who_depends_on_nobody(
        "16", "Four that write rows of their own, and read them, are not aborted, however they overlap",
        "Ports, Grittner, Serializable Snapshot Isolation in PostgreSQL, VLDB 2012"
    ) {
        let world = jobs("isolation: serializable", "100", "{tx: db, do: [{insert: seen, set: {id: job.id}, takes: 300ms}, {read: shared, by: {name: all}, \
            into: [count], takes: 100ms}]}", "");
        assert!(told(&world).iter().all(|(what, _)| what == "ok"));
    }

    a_deadlock_is_looked_for_after_a_second(
        "16", "PostgreSQL looks for a circle when somebody has waited for `deadlock_timeout`: the one who waited that long first is aborted, the other goes on",
        "PostgreSQL docs, deadlock_timeout (1 s)"
    ) {
        let lock = |first: &str, second: &str| format!("{{tx: db, do: [{{update: shared, by: {{name: {first}}}, add: {{count: 1}}, takes: 150ms}}, {{update: \
            shared, by: {{name: {second}}}, add: {{count: 1}}}}]}}");
        let text = jobs_text("deadlock_timeout: 1s", &lock("all", "spare"), &lock("spare", "all"));
        let (ones, others) = (world(&text).about(1_000_001), world(&text).about(2_000_001));
        ones.tells(&["commits", "aborts", "told"], &["front.one.tx-db commits", "front.one.tx-db-2 aborts failed", "is told failed"]);
        assert_eq!(ones.when("told"), 2.75);
        others.tells(&["commits", "aborts", "told"], &["front.other.tx-db commits", "is told ok"]);
        assert_eq!(others.when("told"), 2.76);
        let again = Run::of({
            let world = world(&text);
            let mut sim = world.with(&[("front.one.tx-db-2.attempts", "2")], 1);
            sim.watch(1_000_001);
            sim
        });
        assert_eq!(again.count("is told ok"), 1, "{}", again.story.join("\n"));
    }

    a_lock_timeout_gives_up_waiting(
        "16", "Whoever waits for a lock for longer than `lock_timeout` fails; nothing of it was done",
        "PostgreSQL docs, lock_timeout; InnoDB innodb_lock_wait_timeout"
    ) {
        let world = jobs("lock_timeout: 300ms", "10", "{tx: db, do: [{update: shared, by: {name: all}, add: {count: 1}}, {call: bank.take}]}", "");
        let told = told(&world);
        assert_eq!(told[0], ("ok".to_owned(), 2.11));
        assert_eq!(told[1], ("failed".to_owned(), 1.5));
        assert_eq!(told[3], ("failed".to_owned(), 1.7));
    }
}

/// One of each kind, 100 ms apart, with its own order of locking.
fn jobs_text(store: &str, one: &str, other: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 550ms, drain: 1m}}
records: {{One: {{fields: {{id: id}}}}, Other: {{fields: {{id: id}}}}}}
clients:
  ones: {{arrive: constant 2/s, make: {{One: {{}}}}, call: front.one}}
  others: {{arrive: constant 2/s, make: {{Other: {{}}}}, call: front.other}}
stores: {{db: {{takes: 10ms, {store}, tables: {{shared: {{fields: {{name: string, count: count}}, unique: [name]}}}}}}}}
services:
  front:
    run: {{threads: 100}}
    handlers:
      one: {{input: {{one: One}}, steps: [{{tx: db, do: [{{insert: shared, exists: continue, rows: [{{name: all, count: 0}}, {{name: spare, count: 0}}]}}]}}, \
            {{wait: 1090ms}}, {one}]}}
      other: {{input: {{other: Other}}, steps: [{{wait: 1200ms}}, {other}]}}
"
    )
}
