//! 4, 7. Links to stores: round trips, locks that are held over them, commits that nobody hears of.

use crate::cases;
use crate::world::world;

fn shop(link: &str, statements: &str, rest: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 30m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go}}}}}}
stores: {{db: {{takes: 1ms, tables: {{jobs: {{of: Job, unique: [id]}}, sums: {{fields: {{name: string, n: count}}, unique: [name]}}}}}}}}
links: {{way: {{from: front, to: db, latency: 20ms{link}}}}}
services: {{front: {{run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{tx: db, do: [{statements}]}}]}}}}}}}}
{rest}"
    )
}

const ONE: &str = "{insert: jobs}";
const THREE: &str = "{insert: jobs}, {insert: sums, exists: continue, set: {name: all, n: 0}}, {update: sums, by: {name: all}, set: {n: 1}}";

fn cut(how: &str, lasts: &str) -> String {
    format!("faults: {{cut: {{at: 1010ms, lasts: {lasts}, set: {{links.way.cut: {how}}}}}}}\n")
}

cases! {
    statements_are_round_trips(
        "4", "Over 40 ms of round trip one statement alone costs one of them; three between BEGIN and COMMIT cost five",
        "PostgreSQL docs, Frontend/Backend Protocol: simple query; JDBC, setAutoCommit"
    ) {
        let one = world(&shop("", ONE, "")).run();
        assert_eq!(one.when("commits"), 1.021);
        assert_eq!(one.when("is told ok"), 1.041);
        let three = world(&shop("", THREE, "")).run();
        assert_eq!(three.when("commits"), 1.181);
        assert_eq!(three.when("is told ok"), 1.201);
    }

    locks_are_held_over_round_trips(
        "16", "Who needs the same row waits for the other's round trips, not for the store's millisecond",
        "PostgreSQL docs, Explicit Locking: held to the end of the transaction"
    ) {
        // The second comes 50 ms after the first. Its first statement is at the store at 1.11 s, and waits there until 1.181 s.
        let world = world(&shop("", THREE, "").replace("constant 1/s", "constant 20/s"));
        let first = world.about(1_000_001);
        let second = world.about(1_000_002);
        assert_eq!(first.when("commits"), 0.231);
        assert_eq!(second.when("commits"), 0.352);
    }

    a_commit_that_meets_a_cut_holds_its_locks(
        "7", "COMMIT is sent again until it gets through: what it locks stays locked meanwhile, and what it does comes late",
        "RFC 6298; PostgreSQL docs, idle_in_transaction_session_timeout"
    ) {
        let run = world(&shop("", ONE, &cut("there", "3s"))).run();
        // At the store at 1.02 s, it meets the cut of 1.01 s to 4.01 s: again 0.24, 0.72, 1.68 and 3.6 s later.
        assert_eq!(run.when("commits"), 4.621);
        assert_eq!(run.when("is told ok"), 4.641);
    }

    a_commit_whose_answer_meets_a_cut_is_done_all_the_same(
        "7", "Where the way back is cut it is committed and the handler does not know; where nothing comes at all the outcome is `unknown` in the end",
        "PostgreSQL docs, Appendix A, 08007 transaction_resolution_unknown"
    ) {
        let short = world(&shop("", ONE, &cut("back", "3s"))).run();
        assert_eq!(short.when("commits"), 1.021);
        assert_eq!(short.when("is told ok"), 4.641);
        let never = world(&shop(", gives_up: 1m", ONE, &cut("back", "20m"))).run();
        never.tells(&["commits", "told"], &["front.go.tx-db commits", "is told unknown"]);
        assert_eq!(never.when("is told unknown"), 61.021);
    }

    a_link_that_is_cut_uses_up_the_pool(
        "7", "Whoever sends to a store that is cut off keeps his connection of the pool: the next one waits for it, and is refused when his patience is over",
        "HikariCP, connectionTimeout; database/sql, SetMaxOpenConns: blocks until one is idle"
    ) {
        // The first has the one connection from 1 s to 4.62 s; the second asks for it at 2 s, and waits for 1 s.
        let text = shop("", ONE, &cut("there", "3s"))
            .replace("play: 1500ms", "play: 2500ms")
            .replace("services: {front: {", "services: {front: {pools: {db: {size: 1, wait: 1s}}, ");
        let world = world(&text);
        assert_eq!(world.about(1_000_001).when("commits"), 4.621);
        let second = world.about(1_000_002);
        second.tells(&["no connection", "told"], &["front.go.tx-db no connection", "is told refused"]);
    }

    a_connection_comes_back_with_the_answer_to_commit(
        "4", "A connection of the pool is free again when the answer to COMMIT is there, not when the store has committed",
        "Go, database/sql, Tx.Commit: the connection is released once the driver's Commit has returned; HikariCP: on close()"
    ) {
        // They come 20 ms after one another; the first is at the store at 40 ms and hears of its commit at 61 ms.
        let text = shop("", ONE, "")
            .replace("constant 1/s", "constant 50/s")
            .replace("services: {front: {", "services: {front: {pools: {db: {size: 1, wait: 1s}}, ");
        let world = world(&text);
        let first = world.about(1_000_001);
        assert_eq!((first.when("commits"), first.when("is told ok")), (0.041, 0.061));
        assert_eq!(world.about(1_000_002).when("commits"), 0.082);
    }
}
