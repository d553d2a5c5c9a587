//! 4, 7, 16, 25. Connections, locks, what a commit does, and balanced books.

use crate::cases;
use crate::world::{World, world};

/// Ten requests a second apart by 100 ms; a transaction takes 300 ms. What differs is said.
fn store(service: &str, tables: &str, steps: &str, rest: &str) -> World {
    world(&store_text(service, tables, steps, rest))
}

fn store_text(service: &str, tables: &str, steps: &str, rest: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 450ms, drain: 1m}}
records:
  Job: {{fields: {{id: id, amount: money}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{amount: 5 USD}}}}, call: {{to: front.go, timeout: 20s}}}}}}
stores: {{db: {{takes: 300ms, tables: {{jobs: {{of: Job, unique: [id]}}, {tables}}}}}}}
services:
  front:
    run: {{threads: 100}}
    {service}
    handlers:
      go: {{input: {{job: Job}}, steps: [{steps}]}}
{rest}"
    )
}

const ONE: u64 = 1_000_001;

cases! {
    a_transaction_waits_for_a_connection(
        "4", "With a pool of one, transactions follow each other",
        "HikariCP: maximumPoolSize"
    ) {
        let world = store("pools: {db: {size: 1}}", "", "{tx: db, do: [{insert: jobs}]}", "");
        assert_eq!(world.about(ONE).when("told ok"), 0.4);
        assert_eq!(world.about(ONE + 2).when("told ok"), 1.0);
    }

    waiting_for_a_connection_has_an_end(
        "4", "After the pool's wait the transaction is refused: certainly nothing was done",
        "HikariCP: connectionTimeout"
    ) {
        let world = store("pools: {db: {size: 1, wait: 150ms}}", "", "{tx: db, do: [{insert: jobs}]}", "");
        let second = world.about(ONE + 1);
        assert_eq!(second.when("told refused"), 0.35);
        assert_eq!(second.count("commits"), 0);
    }

    a_pool_belongs_to_one_replica(
        "4", "Each replica has its own pool; all of them share the store's limit",
        "PostgreSQL docs, max_connections: too many clients already"
    ) {
        let world = store("replicas: 2\n    pools: {db: {size: 1, wait: 1ms}}", "", "{tx: db, do: [{insert: jobs}]}", "");
        assert_eq!(world.about(ONE + 1).when("told ok"), 0.5);
        assert_eq!(world.about(ONE + 2).when("told refused"), 0.301);
        let few = store("replicas: 2\n    pools: {db: {size: 9, wait: 1s}}", "", "{tx: db, do: [{insert: jobs}]}", "");
        let mut sim = few.with(&[("db.connections", "1")], 1);
        sim.watch(ONE + 1);
        assert_eq!(crate::world::Run::of(sim).when("told refused"), 0.2);
    }

    a_smaller_pool_gives_connections_back(
        "4", "When the pool is made smaller, connections above the new size are not passed on",
        "HikariCP: connections beyond maximumPoolSize are closed on return"
    ) {
        let world = store("pools: {db: {size: 4}}", "", "{tx: db, do: [{insert: jobs}]}", "faults: {small: {at: 350ms, lasts: 60s, set: \
            {front.pools.db.size: 1}}}\n");
        let told: Vec<f64> = (ONE..ONE + 4).map(|n| world.about(n).when("told ok")).collect();
        // At 0.4 s the fourth comes; three run until 0.4, 0.5, 0.6 s; it begins when the last of them is done.
        assert_eq!(told, [0.4, 0.5, 0.6, 0.9]);
    }

    row_locks_queue_in_order(
        "16", "Transactions that lock one row get it in the order in which they asked",
        "PostgreSQL docs, Explicit Locking: row-level locks"
    ) {
        let world = store("", "shared: {fields: {name: string, count: count}, unique: [name]}",
            "{tx: db, do: [{insert: shared, exists: continue, set: {name: all, count: 0}}]}, {tx: db, do: [{read: shared, by: {name: all}, lock: true, \
                into: [count]}, {update: shared, by: {name: all}, set: {count: count + 1}}, {insert: jobs}]}", "");
        let told: Vec<f64> = (ONE..ONE + 4).map(|n| world.about(n).when("told ok")).collect();
        assert!(told.windows(2).all(|pair| pair[1] - pair[0] > 0.29), "{told:?}");
    }

    a_duplicate_insert_waits_for_the_first(
        "16", "An insert of a key that another open transaction has inserted waits for it, and then sees it",
        "PostgreSQL docs, Index Uniqueness Checks"
    ) {
        for (exists, outcome) in [("fail", "invalid"), ("continue", "ok"), ("stop", "ok")] {
            let world = store("", "shared: {fields: {name: string}, unique: [name]}",
                &format!("{{tx: db, do: [{{insert: shared, exists: {exists}, set: {{name: all}}}}, {{insert: jobs}}]}}"), "");
            let second = world.about(ONE + 1);
            assert_eq!(second.when(&format!("told {outcome}")), 0.7, "{exists}");
            assert_eq!(second.count("commits"), usize::from(exists == "continue"), "{exists}");
        }
    }

    a_second_unique_key_is_waited_for_as_well(
        "16", "Each unique key of a table makes a duplicate wait, not the first alone",
        "PostgreSQL docs, Index Uniqueness Checks"
    ) {
        let world = store("", "shared: {fields: {id: id, name: string}, unique: [[id], [name]]}",
            "{tx: db, do: [{insert: shared, set: {id: job.id, name: all}}]}", "");
        assert_eq!(world.about(ONE + 1).when("told invalid"), 0.7);
    }

    new_ids_wait_for_nobody(
        "16", "Rows under new ids do not lock each other, nor anybody else's row",
        "by definition"
    ) {
        let world = store("", "shared: {fields: {id: id, job: Job.id}, unique: [job]}", "{tx: db, do: [{insert: jobs}, {insert: shared, set: {id: \
            job.id}}]}", "");
        assert_eq!(world.about(ONE + 3).when("told ok"), 0.7);
    }

    a_deadlock_aborts_one(
        "16", "Two transactions that lock two rows in opposite order: one is aborted and fails, the other goes on",
        "PostgreSQL docs, Explicit Locking: deadlocks"
    ) {
        // 1.0 s: somebody holds c. 1.1 s: the first locks a and waits for c. 1.2 s: the second locks b and waits for a. 1.3 s: the first
        // has c and asks for b: the circle is closed, and whoever closes it is aborted.
        let lock = |names: &[&str]| {
            let updates: Vec<String> = names.iter().map(|name| format!("{{update: rows, by: {{name: {name}}}, set: {{count: 1}}}}")).collect();
            format!("{{tx: db, do: [{}]}}", updates.join(", "))
        };
        let made = "{tx: db, do: [{insert: rows, exists: continue, rows: [{name: a, count: 0}, {name: b, count: 0}, {name: c, count: 0}]}]}";
        let world = world(&format!("
clock: {{warm_up: 0s, play: 700ms, drain: 1m}}
records: {{One: {{fields: {{id: id}}}}, Other: {{fields: {{id: id}}}}, Third: {{fields: {{id: id}}}}}}
clients:
  ones: {{arrive: constant 2/s, make: {{One: {{}}}}, call: front.one}}
  others: {{arrive: constant 2/s, make: {{Other: {{}}}}, call: front.other}}
  thirds: {{arrive: constant 2/s, make: {{Third: {{}}}}, call: front.third}}
stores: {{db: {{takes: 300ms, tables: {{rows: {{fields: {{name: string, count: count}}, unique: [name]}}}}}}}}
services:
  front:
    run: {{threads: 100}}
    handlers:
      third: {{input: {{third: Third}}, steps: [{made}, {{wait: 200ms}}, {}]}}
      one: {{input: {{one: One}}, steps: [{{wait: 600ms}}, {}]}}
      other: {{input: {{other: Other}}, steps: [{{wait: 700ms}}, {}]}}
", lock(&["c"]), lock(&["a", "c", "b"]), lock(&["b", "a"])));
        let (first, second) = (world.about(1_000_001), world.about(2_000_001));
        first.tells(&["commits", "aborts", "told"], &["front.one.tx-db aborts failed", "is told failed"]);
        assert_eq!(first.when("told failed"), 1.3);
        second.tells(&["commits", "aborts", "told"], &["front.other.tx-db commits", "is told ok"]);
        assert_eq!(second.when("told ok"), 1.6);
    }

    who_has_just_been_given_a_lock_waits_for_nobody(
        "16", "A commit gives two rows to two who wait for one each; the first of them then waits for the second row, and nothing is aborted",
        "PostgreSQL docs, Explicit Locking: deadlocks"
    ) {
        // 0.8 s: the first locks a and b. 0.9 s: the second waits for b. 1.0 s: the third waits for a, and wants b after it.
        let lock = |names: &[&str]| {
            let updates: Vec<String> = names.iter().map(|name| format!("{{update: rows, by: {{name: {name}}}, set: {{count: 1}}}}")).collect();
            format!("{{tx: db, do: [{}]}}", updates.join(", "))
        };
        let made = "{tx: db, do: [{insert: rows, exists: continue, rows: [{name: a, count: 0}, {name: b, count: 0}]}]}";
        let world = world(&format!("
clock: {{warm_up: 0s, play: 700ms, drain: 1m}}
records: {{One: {{fields: {{id: id}}}}, Other: {{fields: {{id: id}}}}, Third: {{fields: {{id: id}}}}}}
clients:
  ones: {{arrive: constant 2/s, make: {{One: {{}}}}, call: front.one}}
  others: {{arrive: constant 2/s, make: {{Other: {{}}}}, call: front.other}}
  thirds: {{arrive: constant 2/s, make: {{Third: {{}}}}, call: front.third}}
stores: {{db: {{takes: 300ms, tables: {{rows: {{fields: {{name: string, count: count}}, unique: [name]}}}}}}}}
services:
  front:
    run: {{threads: 100}}
    handlers:
      one: {{input: {{one: One}}, steps: [{made}, {}]}}
      other: {{input: {{other: Other}}, steps: [{{wait: 400ms}}, {}]}}
      third: {{input: {{third: Third}}, steps: [{{wait: 500ms}}, {}]}}
", lock(&["a", "b"]), lock(&["b"]), lock(&["a", "b"])));
        let run = world.run();
        assert_eq!([run.outcomes(0)[0], run.outcomes(1)[0], run.outcomes(2)[0]], [1, 1, 1]);
    }

    an_unlocked_read_loses_updates(
        "16", "Read committed: two transactions read the same value without a lock and add one each; one of the two is lost",
        "Berenson et al., A Critique of ANSI SQL Isolation Levels, 1995: P4 lost update"
    ) {
        // Four come within 300 ms, each reads and adds one; 5 s later each looks what it has come to.
        let add = |lock: bool| format!("{{tx: db, do: [{{read: shared, by: {{name: all}}, lock: {lock}, into: [count]}}, {{update: shared, by: {{name: \
            all}}, set: {{count: count + 1}}}}]}}");
        let all_see = |lock: bool, sum: u32| {
            let steps = format!("{{wait: 1s}}, {}, {{wait: 5s}}, {{tx: db, do: [{{read: shared, by: {{name: all}}, into: {{count: seen}}}}]}}, {{if: seen \
                == {sum}, then: [{{respond: ok}}], else: [{{respond: invalid}}]}}", add(lock));
            let rest = "      start: {input: {day: Day}, steps: [{tx: db, do: [{insert: shared, exists: continue, set: {name: all, count: 0}}]}]}\n";
            let text = store_text("", "shared: {fields: {name: string, count: count}, unique: [name]}", &steps, rest)
                .replace("records:", "records:\n  Day: {fields: {id: id}}")
                .replace("clients: {", "clients: {days: {arrive: constant 10/s, make: {Day: {}}, call: front.start}, ");
            crate::world::world(&text).run().outcomes(1)[0]
        };
        assert_eq!(all_see(true, 4), 4);
        assert_eq!(all_see(false, 1), 4);
    }

    a_store_that_is_down_refuses(
        "7", "A transaction on a store that is down is refused before it begins",
        "RFC 9293: connection refused"
    ) {
        let world = store("", "", "{tx: db, do: [{insert: jobs}]}", "faults: {down: {at: 0s, lasts: 1m, fail: db}}\n");
        let run = world.run();
        run.tells(&["commits", "told"], &["is told refused"]);
    }

    a_store_that_fails_in_the_middle_leaves_it_unknown(
        "7", "A store that goes down during commits leaves `unknown`: some were committed, some were not",
        "PostgreSQL docs, libpq: a lost connection says nothing of the commit"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 1s, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 100/s, make: {Job: {}}, call: {to: front.go, timeout: 20s}}}
stores: {db: {takes: 300ms, tables: {jobs: {of: Job, unique: [id]}}}}
services: {front: {run: {threads: 100}, pools: {db: {size: 100}}, handlers: {go: {input: {job: Job}, steps: [{tx: db, do: [{insert: jobs}]}]}}}}
faults: {down: {at: 905ms, lasts: 1m, fail: db}}
");
        let about: Vec<_> = (0..29).map(|n| world.about(ONE + 61 + n)).collect();
        assert!(about.iter().all(|run| run.count("told unknown") == 1));
        let committed = about.iter().filter(|run| run.count("commits") == 1).count();
        assert!((6..=23).contains(&committed), "{committed}");
    }

    whoever_waits_for_a_lock_when_the_store_fails_has_certainly_not_committed(
        "7", "Only what was committing is unknown; a transaction that waited for a lock has failed",
        "PostgreSQL docs: a transaction that was never committed is rolled back"
    ) {
        let world = store("", "shared: {fields: {name: string}, unique: [name]}",
            "{tx: db, do: [{insert: shared, exists: continue, set: {name: all}}, {insert: jobs}]}", "faults: {down: {at: 350ms, lasts: 1m, fail: db}}\n");
        assert_eq!(world.about(ONE).when("told unknown"), 0.35);
        for n in 1..3 {
            let run = world.about(ONE + n);
            assert_eq!(run.when("told failed"), 0.35);
            assert_eq!(run.count("commits"), 0);
        }
    }

    books_are_checked_when_they_are_written(
        "25", "Rows that do not come to nothing are not committed, and nothing else of the transaction is",
        "double entry; Modern Treasury, Accounting For Developers"
    ) {
        let tables = "postings: {fields: {entry: id, account: string, amount: money}, append_only: true, unique: [entry, account], \
                      at_commit: {group: entry, check: 'sum(rows.map(r, r.amount)) == usd(0)'}, balance: {of: amount, by: account}}";
        let steps = |back: &str| format!("{{tx: db, do: [{{insert: jobs}}, {{insert: postings, rows: [{{entry: job.id, account: one, amount: job.amount}}, \
            {{entry: job.id, account: other, amount: {back}}}]}}]}}");
        let rest = "invariants: {even: {at_end: balance('one') == -balance('other'), means: {hurts: books}}, empty: {at_end: balance('one') == usd(0), \
            means: {hurts: books}}}\n";
        let good = store("", tables, &steps("-job.amount"), rest).run();
        good.tells(&["told"], &["is told ok"]);
        assert_eq!((good.broken("even"), good.broken("empty")), (0, 1));
        let bad = store("", tables, &steps("-job.amount + usd(1)"), rest).run();
        bad.tells(&["told", "commits"], &["is told invalid"]);
        assert_eq!((bad.broken("even"), bad.broken("empty")), (0, 0));
    }

    money_is_counted_in_minor_units(
        "25", "Amounts are whole numbers of the smallest unit: a thousand times 0.10 is exactly 100",
        "Fowler, Patterns of Enterprise Application Architecture: Money"
    ) {
        let world = store("", "parts: {fields: {id: id, of: string, amount: money}, unique: [id], balance: {of: amount, by: of}}",
            "{tx: db, do: [{insert: parts, set: {id: job.id, of: \"'all'\", amount: job.amount}}]}",
            "invariants: {sum: {at_end: balance('all') == usd(100), means: {hurts: books}}}\n");
        let text = [("people.rate", "10000/s")];
        let mut sim = world.with(&text, 1);
        sim.finish();
        assert!(sim.report().invariant("sum").is_some());
    }

    a_crash_rolls_back(
        "16", "A replica that dies inside a transaction leaves nothing of it, and its locks are free at once",
        "PostgreSQL docs, Transactions"
    ) {
        let world = store("", "shared: {fields: {name: string}, unique: [name]}",
            "{tx: db, do: [{insert: shared, exists: continue, set: {name: all}}, {insert: jobs}]}", "faults: {killed: {at: 150ms, crash: {service: front}}}\n");
        let world = world.with(&[("front.replicas", "2")], 1);
        let run = crate::world::Run::of({ let mut sim = world; sim.watch(ONE); sim });
        run.tells(&["dies", "commits", "told"], &["front.go dies", "is told unknown"]);
    }

    a_copy_that_is_behind_loses_what_was_committed_last(
        "18",
        "When a copy takes over that was two seconds behind, what was committed in these is gone, although everybody was told `ok`; what came before stays",
        "PostgreSQL docs, asynchronous replication; GitHub, October 21 post-incident analysis, 2018"
    ) {
        let rest = "invariants: {kept: {each: Job, at_end: db.jobs.size() == 1, means: {hurts: customer}}}\n\
            faults: {fail_over: {at: 900ms, lasts: 1s, fail: db, \
            lose: {store: db, last: 450ms}}}\n";
        let run = store("", "parts: {fields: {name: string}}", "{tx: db, do: [{insert: jobs}]}", rest).run();
        let kept = run.report.invariant("kept").unwrap();
        let lost: Vec<u64> = kept.keys.iter().map(|(serial, _)| *serial).collect();
        assert_eq!(lost, [ONE + 1, ONE + 2, ONE + 3]);
        run.tells(&["told"], &["is told ok"]);
    }

    a_row_that_is_not_there_holds_no_text(
        "3", "A text of a row that is not there equals no word of the file, the first one neither", "by definition"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 10500ms, drain: 1m}
records: {Job: {fields: {id: id, kind: count}}}
clients: {people: {arrive: constant 1/s, make: {Job: {kind: uniform 0..9}}, call: front.go}}
stores: {db: {tables: {fates: {of: Job, fields: {fate: string}, unique: [id]}}}}
services: {front: {handlers: {go: {input: {job: Job}, steps: [{if: \"job.kind < 5\", then: [{tx: db, do: [{insert: fates, set: {fate: \"'lost'\"}}]}]}]}}}}
invariants:
  none: {each: Job, at_end: \"db.fates.fate != 'lost'\", means: {hurts: customer}}
  rows: {each: Job, at_end: \"db.fates.size() == 0\", means: {hurts: customer}}
");
        let run = world.run();
        assert!((1..=9).contains(&run.broken("rows")));
        assert_eq!(run.broken("none"), run.broken("rows"));
    }
}
