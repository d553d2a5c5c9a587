//! Laws of roll-outs over random strategies, versions, faults and commands: everything is accounted for, runs are the same
//! however they are cut, no strategy has more instances than it may, and in the end there are as many as are wanted.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use seatrial_scenario::compile;
use seatrial_sim::engine::{Health, With};
use seatrial_sim::system::MoveId;
use seatrial_sim::{Command, Setup, Sim, System};

const SECOND: u64 = 1_000_000_000;

fn system(strategy: &str, surge: u32, unavailable: u32, v2: &str, scale: bool) -> System {
    let scale = if scale { "autoscale: {min: 2, max: 7, target: 60%}" } else { "" };
    let text = format!(
        "
scenario: tiny
title: Tiny
clock: {{warm_up: 0s, play: 8m, drain: 12m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: poisson 12/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: 3s}}}}}}
telemetry: {{metrics: 5s, business: true}}
stores:
  db:
    tables: {{jobs: {{of: Job, fields: {{old: count, new: count}}, unique: [id]}}}}
    migrations:
      wider: {{lock_timeout: 20ms, attempts: 3, again: 2s, changes: [{{add: jobs.new}}, {{index: jobs, takes: 15s}}]}}
      narrower: {{changes: [{{drop: jobs.old, takes: 2s}}]}}
topics: {{made: {{fields: {{job: Job.id}}, key: job, partitions: 4}}}}
faults:
  dies: {{at: 70s, crash: {{service: shop, replicas: 2}}}}
  down: {{at: 100s, lasts: 20s, fail: shop}}
  no_db: {{at: 40s, lasts: 5s, fail: db}}
moves: {{out: {{takes: 1s, roll_out: shop.v2}}, back: {{takes: 1s, roll_back: shop}}, hold: {{takes: 1s, hold: shop}}, on: {{takes: 1s, promote: shop}}}}
services:
  front: {{handlers: {{go: {{input: {{job: Job}}, steps: [{{call: shop.go, timeout: 2s, attempts: 2}}]}}}}}}
  shop:
    replicas: 4
    start_up: 3s
    instances: {{scheduling: 1s, grace: 4s, pre_stop: 1s, unheard: 500ms, cold: 2, warms_in: 20s}}
    memory: {{limit: 300MB, at_start: 100MB}}
    run: {{threads: 4, queue: fifo 20}}
    {scale}
    versions: {{v1: {{}}, v2: {v2}}}
    rollout: {{strategy: {strategy}, max_surge: {surge}, max_unavailable: {unavailable}, min_ready: 2s, progress: 40s, first: 10%, by: 40%, bake: \
        20s, keep: 20s,
      check: 7s, gates: {{errors: {{fails: new.error_ratio > 0.2 && new.count > 10}}}}}}
    handlers:
      go: {{input: {{job: Job}}, steps: [{{id: does, work: exp 200ms}}, {{tx: db, do: [{{insert: jobs, exists: continue}}, {{publish: made}}]}}]}}
      hear: {{from: {{topic: made, group: ears}}, steps: [{{work: 20ms}}]}}
"
    );
    let files = BTreeMap::from([("tiny.yaml".to_owned(), text.into_bytes())]);
    let (compiled, found) = compile(&files, "tiny.yaml");
    compiled.unwrap_or_else(|| panic!("{found:?}")).system
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn roll_outs_keep_the_laws(
        strategy in prop::sample::select(vec!["rolling", "recreate", "canary", "blue green"]),
        surge in 0u32..3, unavailable in 0u32..3,
        v2 in prop::sample::select(vec![
            "{}", "{ready: false}", "{set: {shop.memory.per_request: 900kB}}", "{set: {shop.go.does.takes: 400ms}}",
            "{before: [db.wider], after: [db.narrower]}", "{before: [db.wider, db.narrower], defects: [{at: go.does, does: failed, chance: 50%}]}",
            "{defects: [{at: go.does, does: failed, chance: 50%}]}", "{defects: [{at: go.does, does: skip, keys: 30%}]}",
        ]),
        scale in any::<bool>(), seed in 1u64..1000,
        moves in prop::collection::vec((1u64..400, 0u16..4), 0..6),
        cuts in prop::collection::vec(1u64..1100, 0..8),
    ) {
        let system = Arc::new(system(strategy, surge, unavailable, v2, scale));
        let mut moves = moves;
        moves.push((30, 0));
        moves.sort_unstable();
        let live = |cuts: &[u64]| {
            let mut sim = Sim::new(Arc::clone(&system), &[], Setup::unattended(seed));
            let mut cuts = cuts.to_vec();
            cuts.sort_unstable();
            let mut cuts = cuts.into_iter().peekable();
            for (at, makes) in &moves {
                while let Some(cut) = cuts.next_if(|cut| cut <= at) {
                    sim.advance(cut * SECOND);
                    sim = sim.clone();
                }
                sim.advance(at * SECOND);
                sim.apply(&Command::Move { makes: MoveId(*makes), with: With::Nothing }).unwrap();
            }
            for cut in cuts {
                sim.advance(cut * SECOND);
                sim.conserved().unwrap();
                let staying = sim.console().services[1].replicas.iter().filter(|replica| replica.health != Health::Ending).count();
                assert!(staying <= 14, "{staying}");
            }
            sim.finish();
            sim
        };
        let whole = live(&[]);
        prop_assert!(whole.stopped().is_none());
        prop_assert_eq!(whole.conserved(), Ok(()));
        let cut = live(&cuts);
        prop_assert_eq!((cut.digest(), cut.report()), (whole.digest(), whole.report()));
        // Unless somebody holds it, or it waits for instances that never come, all is over and as many are there as should be.
        let seen = &whole.console().services[1];
        if seen.release.is_none() {
            let wanted = whole.configured(system.services[1].replicas)[0] as usize;
            let there = seen.replicas.iter().filter(|replica| replica.health != Health::Ending).count();
            prop_assert_eq!(there, wanted);
            prop_assert!(seen.replicas.iter().all(|replica| replica.version == seen.runs));
        }
    }
}
