//! 17. Tables that change while others use them: who waits for whom, and whose code breaks.

use seatrial_sim::engine::Phase;
use seatrial_sim::Sim;

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// Jobs at 0.7, 0.8, 0.9 and 1.0 s; one that takes its time from 0.5 to 2.5 s; a migration at 0.6 s.
fn shop(migration: &str, steps: &str, slow: &str) -> World {
    world(&text(migration, steps, slow))
}

fn text(migration: &str, steps: &str, slow: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 590ms, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}, Slow: {{fields: {{id: id}}}}}}
clients:
  people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: 50s}}}}
  slow: {{arrive: constant 2/s, make: {{Slow: {{}}}}, call: {{to: front.long, timeout: 50s}}}}
stores:
  db:
    takes: 10ms
    tables:
      things: {{fields: {{id: id, old: count, new: count}}, unique: [id]}}
      others: {{fields: {{id: id}}, unique: [id]}}
    migrations:
      expand: {{{migration}}}
services:
  front:
    run: {{threads: 100}}
    pools: {{db: {{size: 100}}}}
    handlers:
      go: {{input: {{job: Job}}, steps: [{{wait: 600ms}}, {steps}]}}
      long: {{input: {{slow: Slow}}, steps: [{slow}]}}
moves: {{migrate: {{takes: 1ms, migrate: db.expand}}}}
"
    )
}

const INSERT: &str = "{tx: db, do: [{insert: things, set: {id: job.id, old: 1}}]}";
const SLOW: &str = "{tx: db, do: [{insert: things, set: {id: slow.id, old: 1}}, {wait: 2s}]}";
const OTHER: &str = "{tx: db, do: [{insert: others, set: {id: slow.id}}, {wait: 2s}]}";

fn told(world: &World) -> Vec<(String, f64)> {
    let told = |n: u64| {
        let run = world.about(1_000_001 + n);
        let line = run.story.iter().find(|line| line.contains("is told")).unwrap_or_else(|| panic!("{}", run.story.join("\n"))).clone();
        let (at, what) = line.split_once(" is told ").unwrap();
        (what.to_owned(), at.parse().unwrap())
    };
    (0..4).map(told).collect()
}

fn at(world: &World) -> Vec<f64> {
    told(world).into_iter().map(|(_, at)| at).collect()
}

fn what(world: &World) -> Vec<String> {
    told(world).into_iter().map(|(what, _)| what).collect()
}

fn migrated(sim: &Sim) -> (Phase, u32, u32, u32) {
    let seen = sim.console().moves_ended.last().expect("a move has ended").clone();
    (seen.phase, seen.of, seen.done, seen.failed)
}

cases! {
    everybody_queues_behind_a_change_that_waits(
        "17", "A new column needs its lock for an instant only, and waits for a transaction that has been open for long; everybody who comes after it waits \
        behind it, although none of them is in the other's way",
        "PostgreSQL docs, Explicit Locking: ACCESS EXCLUSIVE; GoCardless, Zero-downtime Postgres migrations, 2015"
    ) {
        assert_eq!(at(&shop("at: 600ms, changes: [{add: things.new}]", INSERT, SLOW)), [2.53; 4]);
        // Without anybody inside it is done at once.
        assert_eq!(at(&shop("at: 600ms, changes: [{add: things.new}]", INSERT, OTHER)), [0.71, 0.81, 0.91, 1.01]);
    }

    a_lock_timeout_lets_the_others_through(
        "17", "With a lock time-out the change gives up, those who waited go on, and it asks again later until nobody is inside",
        "PostgreSQL docs, lock_timeout; GoCardless, Zero-downtime Postgres migrations, 2015"
    ) {
        let world = shop("at: 600ms, lock_timeout: 150ms, attempts: 20, again: 500ms, changes: [{add: things.new}]", INSERT, SLOW);
        assert_eq!(at(&world), [0.76, 0.81, 0.91, 1.01]);
        let needs = "{wait: 1880ms}, {tx: db, do: [{insert: things, set: {id: job.id, old: 1, new: 1}}]}";
        // Asked for at 0.6, 1.25, 1.9 and 2.55 s: whoever needs the column at 2.58 s has it, who needs it at 2.48 s waits for nobody and fails.
        let world = shop("at: 600ms, lock_timeout: 150ms, attempts: 20, again: 500ms, changes: [{add: things.new}]", needs, SLOW);
        assert_eq!(told(&world), [("ok".to_owned(), 2.59), ("ok".to_owned(), 2.69), ("ok".to_owned(), 2.79), ("ok".to_owned(), 2.89)]);
        let early = shop("at: 600ms, lock_timeout: 150ms, attempts: 20, again: 500ms, changes: [{add: things.new}]", &needs.replace("1880", "1700"), SLOW);
        assert_eq!(what(&early)[0], "failed");
    }

    a_rewrite_holds_its_lock_for_as_long_as_it_takes(
        "17", "A change that rewrites the table shuts everybody out until it is done; one that changes the catalogue only is not noticed",
        "PostgreSQL docs, ALTER TABLE: Notes (a rewrite of the table under ACCESS EXCLUSIVE)"
    ) {
        assert_eq!(at(&shop("at: 600ms, changes: [{add: things.new, takes: 3s}]", INSERT, OTHER)), [3.61; 4]);
        // Readers as well.
        let reads = "{tx: db, do: [{insert: others, set: {id: job.id}}]}, {tx: db, do: [{read: things, by: {id: job.id}, into: [old]}]}";
        assert_eq!(told(&shop("at: 600ms, changes: [{add: things.new, takes: 3s}]", reads, OTHER))[0], ("missing".to_owned(), 3.61));
    }

    an_index_keeps_writers_out_unless_it_is_built_concurrently(
        "17", "While an index is built nobody writes, but who reads does; built concurrently it is in nobody's way",
        "PostgreSQL docs, CREATE INDEX: Building Indexes Concurrently (SHARE lock otherwise)"
    ) {
        let insert = INSERT.replace("old: 1", "old: 1, new: 1");
        assert_eq!(at(&shop("at: 600ms, changes: [{index: things, takes: 3s}]", &insert, OTHER)), [3.61; 4]);
        assert_eq!(at(&shop("at: 600ms, changes: [{index: things, takes: 3s, concurrently: true}]", &insert, &SLOW.replace("old: 1", "old: 1, new: \
            1"))), [0.71, 0.81, 0.91, 1.01]);
        let reads = "{tx: db, do: [{read: things, by: {id: job.id}, into: [old]}]}";
        let told = told(&shop("at: 600ms, changes: [{index: things, takes: 3s}]", reads, OTHER));
        assert_eq!(told[0], ("missing".to_owned(), 0.71));
    }

    code_that_names_a_column_that_is_not_there_fails(
        "schema migrations", "New code before the expansion fails, old code before and after it works; after the contraction it is the other way round",
        "Sadalage and Ambler, Refactoring Databases, 2006; Fowler, ParallelChange, 2014"
    ) {
        let new = INSERT.replace("old", "new");
        let both = INSERT.replace("old: 1", "old: 1, new: 1");
        let expand = "changes: [{add: things.new}]";
        let contract = "changes: [{add: things.new}, {copy: things.old, to: new}, {drop: things.old}]";
        let outcome = |migration: &str, done: bool, steps: &str| {
            let world = shop(migration, steps, OTHER);
            Run::of({
                let mut sim = world.with(&[("db.expand.applied", if done { "true" } else { "false" })], 1);
                sim.watch(1_000_001);
                sim
            })
            .with_words(&["told"])
        };
        for (migration, done, steps, expected) in [
            (expand, false, INSERT, "ok"), (expand, false, both.as_str(), "failed"),
            (expand, true, INSERT, "ok"), (expand, true, both.as_str(), "ok"),
            (contract, true, INSERT, "failed"), (contract, true, new.as_str(), "ok"), (contract, true, both.as_str(), "failed"),
        ] {
            assert_eq!(outcome(migration, done, steps), [format!("is told {expected}")], "{migration} {done} {steps}");
        }
        // A column that must be filled breaks the code that does not know of it.
        let required = "changes: [{add: things.new}, {require: things.new}]";
        assert_eq!(outcome(required, true, INSERT), ["is told failed"]);
        assert_eq!(outcome(required, true, &both), ["is told ok"]);
        // Renamed at once, nothing that was written before works.
        assert_eq!(outcome("changes: [{rename: things.old, to: new}]", true, INSERT), ["is told failed"]);
    }

    a_back_fill_brings_old_rows_along(
        "schema migrations", "What was written before the expansion is copied into the new column; what new code has written there stays",
        "Fowler, ParallelChange, 2014: migrate"
    ) {
        let steps = "{if: click > 1, then: [{wait: 1ms}]}, {tx: db, do: [{insert: things, set: {id: job.id, old: 7}}]}, {wait: 5s}, \
            {tx: db, id: look, do: [{read: things, by: {id: job.id}, into: {new: found}}]}, {if: found == 7, then: [{respond: ok}], else: [{respond: \
                invalid}]}";
        let copied = shop("at: 2s, changes: [{add: things.new}, {copy: things.old, to: new, takes: 1s}]", steps, OTHER);
        assert_eq!(what(&copied), ["ok"; 4]);
        let bare = shop("at: 2s, changes: [{add: things.new}]", steps, OTHER);
        assert_eq!(what(&bare), ["invalid"; 4]);
    }

    a_migration_that_fails_half_way_leaves_what_was_done(
        "schema migrations", "The second change does not get its lock in time: the first stays done, the move says so, and once more it goes on with \
            the second",
        "Flyway docs, Migrations: what cannot run in one transaction is not rolled back together"
    ) {
        let world = shop("lock_timeout: 200ms, changes: [{add: others.id}, {add: things.new}]", &INSERT.replace("old: 1", "old: 1, new: 1"), SLOW);
        let mut sim = world.sim();
        sim.advance(SECOND * 6 / 10);
        sim.apply(&world.makes("migrate", None)).unwrap();
        sim.advance(SECOND * 2);
        assert_eq!(migrated(&sim), (Phase::Ended(seatrial_sim::engine::Ended::Partly), 2, 1, 1));
        sim.advance(SECOND * 3);
        sim.apply(&world.makes("migrate", None)).unwrap();
        sim.finish();
        sim.conserved().unwrap();
        assert_eq!(migrated(&sim), (Phase::Ended(seatrial_sim::engine::Ended::Done), 1, 1, 0));
    }

    a_fault_brings_a_migration_so_long_after_it_as_the_migration_says(
        "schema migrations", "A migration that a fault brings counts its time from the fault; without the fault, or without a time, it does not come",
        "by definition"
    ) {
        let shop = |at: &str| {
            let changes = format!("at: {at}, changes: [{{add: things.new}}, {{drop: things.old}}]");
            world(&format!("{}faults: {{released: {{at: 500ms, migrate: [db.expand]}}}}\n", text(&changes, INSERT, OTHER)))
        };
        assert_eq!(what(&shop("350ms")), ["ok", "ok", "failed", "failed"]);
        assert_eq!(what(&shop("none")), ["ok"; 4]);
        let setup = seatrial_sim::Setup { faults: false, ..seatrial_sim::Setup::unattended(1) };
        let mut sim = Sim::new(std::sync::Arc::new(shop("350ms").compiled.system.clone()), &[], setup);
        sim.finish();
        assert_eq!(sim.report().clients[0].by_outcome[seatrial_sim::Outcome::Failed as usize], 0);
    }

    a_circle_through_a_waiting_change_is_found(
        "16", "One waits for a row, its holder waits behind a change, the change waits for the first: nobody would ever go on, so one is aborted",
        "PostgreSQL docs, Explicit Locking: deadlocks across lock types"
    ) {
        // 0.5 s: the slow one is inside `things`. 0.6 s: the change waits for it. 0.7 s: a job holds the other table's row, and waits at `things`.
        // 1.5 s: the slow one wants that row.
        let slow = "{tx: db, do: [{insert: things, set: {id: slow.id}}, {wait: 1s}, {insert: others, exists: continue, set: {id: slow.id}}, \
            {update: marks, by: {name: one}, add: {count: 1}}]}";
        let go = "{tx: db, do: [{insert: marks, exists: continue, set: {name: one, count: 0}}, {insert: things, set: {id: job.id}}]}";
        let text = |slow: &str| format!("
clock: {{warm_up: 0s, play: 590ms, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}, Slow: {{fields: {{id: id}}}}}}
clients:
  people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: 50s}}}}
  slow: {{arrive: constant 2/s, make: {{Slow: {{}}}}, call: {{to: front.long, timeout: 50s}}}}
stores:
  db:
    takes: 10ms
    tables:
      things: {{fields: {{id: id, new: count}}, unique: [id]}}
      others: {{fields: {{id: id}}, unique: [id]}}
      marks: {{fields: {{name: string, count: count}}, unique: [name]}}
    migrations: {{expand: {{at: 600ms, changes: [{{add: things.new}}]}}}}
services:
  front:
    run: {{threads: 100}}
    pools: {{db: {{size: 100}}}}
    handlers:
      go: {{input: {{job: Job}}, steps: [{{wait: 600ms}}, {go}]}}
      long: {{input: {{slow: Slow}}, steps: [{slow}]}}
");
        let world = world(&text(slow));
        let mut sim = world.sim();
        sim.watch(2_000_001);
        let run = Run::of(sim);
        run.tells(&["aborts", "told"], &["front.long.tx-db aborts failed", "is told failed"]);
        assert_eq!(run.when("told"), 1.5);
        let jobs = world.run().report.clients[0].by_outcome;
        assert_eq!((jobs[0], jobs.iter().sum::<u64>()), (5, 5));
    }
}
