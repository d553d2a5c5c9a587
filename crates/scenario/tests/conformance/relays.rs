//! 19. Relays of an outbox: what polling by id passes over, and what several of them do to the order.

use crate::cases;
use crate::world::{World, world};

/// Four short ones at 0.6 … 0.9 s; a slow one that inserts its row at 0.5 s and commits at 1.51 s.
fn shop(relay: &str, takes: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 950ms, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}, Slow: {{fields: {{id: id}}}}, Note: {{fields: {{ref: id, job: Job.id, slow: Slow.id}}}}}}
clients:
  people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: front.go}}
  slow: {{arrive: constant 2/s, make: {{Slow: {{}}}}, call: front.long}}
stores:
  db: {{takes: 10ms, tables: {{jobs: {{of: Job, unique: [id]}}, slows: {{of: Slow, unique: [id]}}}}}}
  desk: {{takes: 1ms, tables: {{notes: {{of: Note, unique: [ref]}}}}}}
topics: {{news: {{of: Note, key: ref, takes: {takes}}}}}
services:
  front:
    run: {{threads: 100}}
    handlers:
      go: {{input: {{job: Job}}, steps: [{{tx: db, do: [{{insert: jobs}}, {{publish: news, via: outbox, body: {{ref: job.id, slow: job.id}}}}]}}]}}
      long: {{input: {{slow: Slow}}, steps: [{{tx: db, do: [{{insert: slows}}, {{publish: news, via: outbox, body: {{ref: slow.id, job: slow.id}}}}, \
            {{wait: 1s}}]}}]}}
    jobs: {{relay: {{every: 20ms, relay: db, {relay}}}}}
  back:
    handlers:
      hear: {{from: {{topic: news}}, steps: [{{tx: desk, do: [{{insert: notes, exists: continue}}]}}]}}
"
    ))
}

fn published(world: &World, serial: u64) -> Vec<f64> {
    world.about(serial).times("news published")
}

cases! {
    polling_by_id_passes_over_who_commits_late(
        "19", "Ids are given before the commit: a row that is committed after a younger one was published is below `last` and is never published",
        "Kleppmann, Designing Data-Intensive Applications, ch. 11; PostgreSQL docs, sequences: nextval is not transactional"
    ) {
        let by_commit = shop("order: commit", "1ms");
        assert_eq!(published(&by_commit, 2_000_001), [1.521]);
        let by_id = shop("order: id", "1ms");
        assert_eq!(published(&by_id, 2_000_001), [] as [f64; 0]);
        assert_eq!(by_id.about(2_000_001).count("told ok"), 1);
        for serial in 1_000_001..1_000_010 {
            assert_eq!(published(&by_id, serial).len(), 1, "{serial}");
        }
    }

    two_relays_break_the_order(
        "19", "One relay publishes in the order of commits; of two that take different rows the later may be done first",
        "PostgreSQL docs, SELECT … FOR UPDATE SKIP LOCKED: an inconsistent view, for queues; Richardson, Transactional Outbox"
    ) {
        let order = |relay: &str| {
            let world = shop(relay, "uniform 1ms..400ms");
            let at: Vec<f64> = (1_000_001..1_000_010).flat_map(|serial| published(&world, serial)).collect();
            assert_eq!(at.len(), 9, "each once");
            at.is_sorted()
        };
        assert!(order("batch: 1"));
        assert!(!order("batch: 1, relays: 4"));
    }
}
