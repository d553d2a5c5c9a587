//! 12, roll-outs. One version takes another's place; gates stop it; an autoscaler follows the load.

use crate::cases;
use crate::world::{Run, SECOND, World, world};
use seatrial_sim::engine::{Beat, Ended, Health, Hindrance, Phase, Released, Sign};
use seatrial_sim::system::VersionId;
use seatrial_sim::{Outcome, Sim};

const MINUTE: u64 = 60 * SECOND;

/// Twenty people a second, four instances, and a version that may have something wrong with it.
fn shop(rollout: &str, v2: &str) -> World {
    world(&shop_text(rollout, v2))
}

fn shop_text(rollout: &str, v2: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 30m, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: poisson 20/s, make: {{Job: {{}}}}, call: shop.go}}}}
telemetry: {{metrics: 10s, business: true}}
moves:
  out: {{takes: 1s, roll_out: shop.v2}}
  back: {{takes: 1s, roll_back: shop}}
  hold: {{takes: 1s, hold: shop}}
  on: {{takes: 1s, promote: shop}}
services:
  shop:
    replicas: 4
    start_up: 10s
    run: {{threads: 100}}
    versions: {{v1: {{}}, v2: {v2}}}
    rollout: {rollout}
    handlers: {{go: {{input: {{job: Job}}, steps: [{{id: reserve, work: 10ms}}, {{id: tell, work: 10ms}}]}}}}
"
    )
}

/// Instances of the old version and of the new one that take requests.
fn up(sim: &Sim) -> (usize, usize) {
    let of = |version: u16| {
        let mine = |replica: &&seatrial_sim::engine::ReplicaSeen| replica.version.is_some_and(|is| is.0 == version) && replica.health == Health::Up;
        sim.console().services[0].replicas.iter().filter(mine).count()
    };
    (of(0), of(1))
}

fn out(world: &World, at: u64) -> Sim {
    let mut sim = world.sim();
    sim.advance(at);
    sim.apply(&world.makes("out", None)).unwrap();
    sim
}

fn last(sim: &Sim) -> (Phase, Option<Hindrance>) {
    let console = sim.console();
    let ended = console.moves_ended.last().unwrap();
    (ended.phase, ended.hindrance)
}

fn released(sim: &Sim) -> Option<Released> {
    sim.console().services[0].released.map(|(_, how)| how)
}

fn told(run: &Run, outcome: Outcome) -> u64 {
    run.report.clients[0].by_outcome[outcome as usize]
}

/// Two columns: the old version writes one, the new one the other; `before` brings it, and `after` takes the old one away.
fn migrating(wider: &str, version: &str, inside: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 15m, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}, Report: {{fields: {{id: id}}}}}}
clients:
  people: {{arrive: poisson 20/s, make: {{Job: {{}}}}, call: shop.go}}
  readers: {{arrive: constant {inside}, make: {{Report: {{}}}}, call: shop.read}}
moves: {{out: {{takes: 1s, roll_out: shop.v2}}, back: {{takes: 1s, roll_back: shop}}}}
stores:
  db:
    tables: {{jobs: {{fields: {{id: id, remark: count, note: count}}, unique: [id]}}}}
    migrations: {{wider: {{{wider}}}, narrower: {{changes: [{{drop: jobs.remark}}]}}}}
services:
  shop:
    replicas: 4
    start_up: 10s
    run: {{threads: 100}}
    pools: {{db: {{size: 50}}}}
    versions: {{v1: {{}}, v2: {{set: {{shop.go.use: new}}, {version}}}}}
    rollout: {{strategy: rolling}}
    handlers:
      go: {{input: {{job: Job}}, use: old}}
      read: {{input: {{report: Report}}, steps: [{{tx: db, do: [{{insert: jobs, set: {{id: report.id}}}}, {{wait: 3s}}]}}]}}
blocks:
  old: [{{tx: db, do: [{{insert: jobs, set: {{id: job.id, remark: 1}}}}]}}]
  new: [{{tx: db, do: [{{insert: jobs, set: {{id: job.id, note: 1}}}}]}}]
"
    ))
}

const IN_ORDER: &str = "before: [db.wider], after: [db.narrower]";

/// How often clients heard that it went wrong.
fn went_wrong(sim: Sim) -> u64 {
    told(&Run::of(sim), Outcome::Failed)
}

cases! {
    a_roll_out_that_a_fault_brings_waits_for_its_turn(
        "12", "Releases go one after another: what is to be rolled out while something else is on its way begins when that has ended",
        "a deployment pipeline with one release at a time: GitHub Actions docs, concurrency groups"
    ) {
        let text = shop_text("{strategy: canary, first: 10%, by: 45%, bake: 3m}", "{}").replace("v2: {}", "v2: {}, v3: {}");
        let faults = "faults: {second: {at: 1m, roll_out: shop.v2}, third: {at: 2m, roll_out: shop.v3}}\n";
        let mut sim = world(&format!("{text}{faults}")).sim();
        sim.advance(3 * MINUTE);
        assert_eq!(sim.console().services[0].release.as_ref().map(|release| release.to.0), Some(1));
        sim.advance(29 * MINUTE);
        assert_eq!(sim.console().services[0].runs.map(|version| version.0), Some(2));
    }

    a_roll_out_begins_with_its_migrations(
        "roll-outs", "Tables change before an instance moves, and lose what only the old version needed when the new one is everywhere: nobody notices",
        "Helm, Chart Hooks: pre-upgrade, post-upgrade; Argo CD, Resource Hooks: PreSync, PostSync; Fowler, ParallelChange, 2014"
    ) {
        let wider = "changes: [{add: jobs.note}, {copy: jobs.remark, to: note, takes: 1m}]";
        let mut sim = out(&migrating(wider, IN_ORDER, "0/s"), 20 * SECOND);
        // The move takes a second, the copy a minute, a start ten seconds; one more and one fewer make two at a time.
        sim.advance(81 * SECOND);
        assert_eq!((up(&sim), sim.console().services[0].replicas.len()), ((4, 0), 4));
        sim.advance(92 * SECOND);
        assert_eq!(up(&sim).1, 2);
        sim.advance(5 * MINUTE);
        assert_eq!((up(&sim), released(&sim), last(&sim).0), ((0, 4), Some(Released::Done), Phase::Ended(Ended::Done)));
        assert_eq!(went_wrong(sim), 0);
        // Neither comes by itself: without them the new code names what is not there; taken away too early, the old code does.
        for wrong in ["ready: true", "before: [db.wider, db.narrower]"] {
            assert!(went_wrong(out(&migrating(wider, wrong, "0/s"), 20 * SECOND)) > 100, "{wrong}");
        }
    }

    a_roll_out_whose_migration_fails_moves_nothing(
        "roll-outs", "A migration that does not get its lock ends the roll-out before an instance has moved",
        "Helm, Chart Hooks: when a hook fails, the release fails"
    ) {
        let wider = "lock_timeout: 1s, attempts: 3, again: 5s, changes: [{add: jobs.note}]";
        let mut sim = out(&migrating(wider, IN_ORDER, "1/s"), 20 * SECOND);
        // Three looks of a second, with five between.
        sim.advance(33 * SECOND);
        assert_eq!(released(&sim), None);
        sim.advance(40 * SECOND);
        assert_eq!((last(&sim), released(&sim)), ((Phase::Ended(Ended::Failed), Some(Hindrance::RolledBack)), Some(Released::RolledBack)));
        assert_eq!((up(&sim), went_wrong(sim)), ((4, 0), 0));
    }

    what_is_taken_back_while_its_tables_change_has_moved_nothing(
        "roll-outs", "Taken back while its tables still change, a roll-out is over at once; the change goes on to its end, and is not done again by the next",
        "Helm, Chart Hooks: resources of a hook are not managed with the release"
    ) {
        let wider = "changes: [{add: jobs.note}, {copy: jobs.remark, to: note, takes: 1m}]";
        let world = migrating(wider, IN_ORDER, "0/s");
        let mut sim = out(&world, 20 * SECOND);
        sim.advance(40 * SECOND);
        sim.apply(&world.makes("back", None)).unwrap();
        sim.advance(42 * SECOND);
        assert_eq!((up(&sim), released(&sim)), ((4, 0), Some(Released::RolledBack)));
        sim.advance(2 * MINUTE);
        sim.apply(&world.makes("out", None)).unwrap();
        sim.advance(2 * MINUTE + 12 * SECOND);
        assert_eq!(up(&sim).1, 2);
    }

    what_a_fault_releases_together_begins_together(
        "roll-outs", "A release of several services is one moment; each then goes its own way",
        "Helm, Subcharts: a chart and its dependencies are one release"
    ) {
        let text = shop_text("{strategy: rolling}", "{}");
        let text = text.replace("    handlers: {go:", "    handlers: {last: {input: {job: Job}, steps: [{work: 1ms}]}, go:");
        let (_, shop) = text.split_once("  shop:\n").unwrap();
        let text = format!("{text}  till:\n{}faults: {{tonight: {{at: 1m, roll_out: [shop.v2, till.v2]}}}}\n", shop.replace("shop", "till"));
        let mut sim = world(&text).sim();
        sim.advance(MINUTE + SECOND);
        assert!(sim.console().services.iter().all(|service| service.release.as_ref().is_some_and(|release| release.began == MINUTE)));
        sim.advance(10 * MINUTE);
        assert!(sim.console().services.iter().all(|service| service.released.map(|(_, how)| how) == Some(Released::Done)));
    }

    a_rolling_update_keeps_to_surge_and_unavailable(
        "roll-outs", "With a surge of one and none unavailable, one new instance starts, is ready, and one old one ends; four times",
        "Kubernetes, Deployments: maxSurge, maxUnavailable; `rolling.go`"
    ) {
        let mut sim = out(&shop("{max_surge: 1, max_unavailable: 0}", "{}"), 20 * SECOND);
        // The move takes a second, a start ten.
        let mut seen = Vec::new();
        for at in [22, 30, 32, 42, 52, 60, 62] {
            sim.advance(at * SECOND);
            assert!(sim.console().services[0].replicas.len() <= 5);
            seen.push(up(&sim));
        }
        assert_eq!(seen, [(4, 0), (4, 0), (3, 1), (2, 2), (1, 3), (1, 3), (0, 4)]);
        assert_eq!((last(&sim).0, released(&sim)), (Phase::Ended(Ended::Done), Some(Released::Done)));
        let run = Run::of(sim);
        assert_eq!(told(&run, Outcome::Ok), run.report.clients[0].clicks);
    }

    without_surge_old_ones_go_first(
        "roll-outs", "With a surge of none and one unavailable, an old instance ends before a new one begins: capacity is less by one throughout",
        "Kubernetes, Deployments: maxSurge, maxUnavailable"
    ) {
        let mut sim = out(&shop("{max_surge: 0, max_unavailable: 1}", "{}"), 20 * SECOND);
        let seen: Vec<_> = [22, 32, 42, 52, 62].map(|at| { sim.advance(at * SECOND); up(&sim) }).into();
        assert_eq!(seen, [(3, 0), (2, 1), (1, 2), (0, 3), (0, 4)]);
    }

    the_defaults_are_a_quarter_each(
        "roll-outs", "25 % of four: one more and one fewer, so that two begin at once and one ends at once",
        "Kubernetes, Deployments: defaults of maxSurge (rounded up) and maxUnavailable (rounded down)"
    ) {
        let mut sim = out(&shop("{}", "{}"), 20 * SECOND);
        sim.advance(22 * SECOND);
        assert_eq!((up(&sim), sim.console().services[0].replicas.len()), ((3, 0), 5));
        sim.advance(60 * SECOND);
        assert_eq!(up(&sim), (0, 4));
    }

    an_instance_counts_once_it_has_been_ready_for_long_enough(
        "roll-outs", "`min_ready` holds a roll-out back until each new instance has been ready for so long",
        "Kubernetes, Deployments: minReadySeconds"
    ) {
        let mut sim = out(&shop("{max_surge: 1, max_unavailable: 0, min_ready: 20s}", "{}"), 20 * SECOND);
        let seen: Vec<_> = [32, 50, 52].map(|at| { sim.advance(at * SECOND); up(&sim) }).into();
        assert_eq!(seen, [(4, 1), (4, 1), (3, 1)]);
    }

    a_version_that_never_gets_ready_stalls_and_is_not_taken_back(
        "roll-outs", "New instances that never become ready stop a rolling update; after the deadline it is said to be late, and nothing else happens",
        "Kubernetes, Deployments: progressDeadlineSeconds, reason ProgressDeadlineExceeded"
    ) {
        let mut sim = out(&shop("{max_surge: 1, max_unavailable: 1, progress: 5m}", "{ready: false}"), 20 * SECOND);
        sim.advance(5 * MINUTE);
        assert!(!sim.console().services[0].release.as_ref().unwrap().late);
        sim.advance(6 * MINUTE);
        let seen = sim.console().services[0].release.clone().unwrap();
        assert_eq!((seen.late, up(&sim)), (true, (3, 0)));
        sim.apply(&sim_moves(&sim, "back")).unwrap();
        sim.advance(8 * MINUTE);
        assert_eq!(up(&sim), (4, 0));
        assert!(matches!(last(&sim).0, Phase::Ended(_)));
        sim.finish();
        sim.conserved().unwrap();
    }

    a_canary_gets_its_share_and_no_more(
        "roll-outs", "A canary of 10 % is one instance beside the four old ones, and one request in ten goes to it",
        "Argo Rollouts, Canary: setWeight with traffic routing"
    ) {
        let mut sim = out(&shop("{strategy: canary, first: 10%, by: 40%, bake: 5m}", "{}"), MINUTE);
        sim.advance(5 * MINUTE);
        assert_eq!((up(&sim), sim.console().services[0].share), ((4, 1), Some(0.1)));
        let of = |version: usize| sim.samples().iter().filter(|s| s.at > 90 * SECOND).map(|s| s.versions[version].answered).sum::<u32>();
        let share = f64::from(of(1)) / f64::from(of(0) + of(1));
        assert!((share - 0.1).abs() < 0.02, "{share}");
        sim.advance(10 * MINUTE);
        assert_eq!((up(&sim), sim.console().services[0].share), ((4, 2), Some(0.5)));
        sim.advance(18 * MINUTE);
        assert_eq!((up(&sim), released(&sim)), ((0, 4), Some(Released::Done)));
        let run = Run::of(sim);
        assert_eq!(told(&run, Outcome::Ok), run.report.clients[0].clicks);
    }

    whoever_asks_elsewhere_leaves_the_canary_its_share(
        "roll-outs", "With `elsewhere` a canary of 10 % gets one attempt in ten as without it; two attempts at the old version are never at one instance",
        "Envoy docs, HTTP route management: weighted clusters, and `previous_hosts` within what was chosen"
    ) {
        let text = shop_text("{strategy: canary, first: 10%, bake: 20m}", "{set: {shop.go.reserve.takes: 1s}}").replace("call: shop.go", "call: front.go");
        for (elsewhere, twice) in [("true", false), ("false", true)] {
            let call = format!("{{call: shop.go, timeout: 100ms, attempts: 2, retry: [unknown], elsewhere: {elsewhere}}}");
            let front = format!("  front: {{run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{call}]}}}}}}\n");
            // The old version is too slow as well, now and then: then a second attempt is made of it, too.
            let old = text.replace("{id: tell, work: 10ms}", "{id: tell, work: exp 60ms}");
            let mut sim = out(&world(&format!("{old}{front}")), MINUTE);
            sim.record(1 << 20);
            sim.advance(15 * MINUTE);
            let of = |version: usize| sim.samples().iter().filter(|s| s.at > 2 * MINUTE).map(|s| s.versions[version].answered).sum::<u32>();
            let share = f64::from(of(1)) / f64::from(of(0) + of(1));
            assert!((share - 0.1).abs() < 0.01, "{share}");
            // Where the attempts of each arrival began that went to the old version.
            let mut begun = std::collections::BTreeMap::<u64, Vec<u16>>::new();
            for moment in sim.recorded().filter(|moment| moment.at > 2 * MINUTE) {
                if let Beat::Begins { replica, version: VersionId(0), .. } = moment.beat {
                    begun.entry(moment.serial).or_default().push(replica);
                }
            }
            let both: Vec<_> = begun.values().filter(|at| at.len() == 2).collect();
            assert!(both.len() > 1000, "{}", both.len());
            assert_eq!(both.iter().any(|at| at[0] == at[1]), twice, "elsewhere: {elsewhere}");
        }
    }

    a_gate_turns_a_canary_back_before_most_have_met_it(
        "roll-outs", "A version that fails one request in five is stopped by its gate at 10 % of the traffic; the old instances were never replaced",
        "Argo Rollouts, Analysis: a failed run aborts and sets the weight to 0"
    ) {
        let bad = "{defects: [{at: go.reserve, does: failed, chance: 20%}]}";
        let gates = "gates: {errors: {fails: new.error_ratio > 0.05 && new.count > 20}}";
        let with = |strategy: &str| {
            let mut sim = out(&shop(&format!("{{strategy: {strategy}, first: 10%, bake: 5m, check: 15s, min_ready: 30s, {gates}}}"), bad), MINUTE);
            sim.finish();
            assert_eq!(up(&sim).0, 4);
            assert_eq!(last(&sim), (Phase::Ended(Ended::Failed), Some(Hindrance::RolledBack)));
            told(&Run::of(sim), Outcome::Failed)
        };
        let (canary, rolling) = (with("canary"), with("rolling"));
        // Of a tenth, and of the share that the rolling update had reached by the look that stopped it, a fifth fails.
        assert!((1..60).contains(&canary) && rolling > 2 * canary, "{canary} {rolling}");
    }

    a_gate_that_stops_a_version_has_noticed_it(
        "alerts", "A fault that brings a new version is noticed by the gate that stops it; without a gate, and where nobody writes, by nothing",
        "by definition"
    ) {
        let noticed = |gates: &str| {
            let bad = "{defects: [{at: go.reserve, does: failed, chance: 20%}]}";
            let text = shop_text(&format!("{{strategy: canary, first: 10%, bake: 5m, check: 15s{gates}}}"), bad);
            let faults = "alerts: {never: {when: \"error_ratio('shop') > 0.9\", hold: 1m}}\nfaults: {bad: {at: 1m, roll_out: shop.v2, reveals: [never]}}";
            let run = world(&format!("{text}{faults}\n")).run();
            run.report.detection[0].noticed
        };
        let by_gate = noticed(", gates: {errors: {fails: new.error_ratio > 0.05 && new.count > 20}}");
        assert!(by_gate.is_some_and(|(at, sign)| sign == Sign::Gate && at > MINUTE && at < 6 * MINUTE), "{by_gate:?}");
        assert_eq!(noticed(""), None);
    }

    without_gates_nobody_looks(
        "roll-outs", "The same version without gates goes everywhere, and one request in five fails until somebody takes it back",
        "Kubernetes, Deployments: health is readiness; there is no automatic roll-back"
    ) {
        let bad = "{defects: [{at: go.reserve, does: failed, chance: 20%}]}";
        let world = shop("{}", bad);
        let mut sim = out(&world, MINUTE);
        sim.advance(10 * MINUTE);
        assert_eq!((up(&sim), released(&sim)), ((0, 4), Some(Released::Done)));
        sim.apply(&world.makes("back", None)).unwrap();
        sim.advance(12 * MINUTE);
        assert_eq!((up(&sim), last(&sim).0), ((4, 0), Phase::Ended(Ended::Done)));
        let failed = |sim: &Sim| sim.samples().iter().map(|s| s.services[0].failed).sum::<u32>();
        let then = failed(&sim);
        assert!(then > 1500, "{then}");
        sim.finish();
        assert_eq!(failed(&sim), then);
    }

    a_roll_out_waits_for_readiness(
        "roll-outs", "A new instance counts as available when its readiness probe has succeeded, not when its process runs; one that never does stops \
            a roll-out",
        "Kubernetes, Deployments: availableReplicas; Pod readiness"
    ) {
        let of = |v2: &str| {
            let world = world(&format!("
clock: {{warm_up: 0s, play: 30m, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: poisson 20/s, make: {{Job: {{}}}}, call: shop.go}}}}
moves: {{out: {{takes: 1s, roll_out: shop.v2}}}}
services:
  shop:
    replicas: 4
    start_up: 10s
    run: {{threads: 100}}
    probes: {{ready: {{steps: [{{work: 1ms}}], initial_delay: 20s, period: 10s}}}}
    discovery: {{by: endpoints, delay: 100ms}}
    versions: {{v1: {{}}, v2: {v2}}}
    rollout: {{max_surge: 1, max_unavailable: 0}}
    handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 10ms}}]}}}}
"));
            let mut sim = out(&world, 20 * SECOND);
            sim.advance(40 * SECOND);
            let early = up(&sim);
            sim.advance(15 * MINUTE);
            (early, up(&sim))
        };
        // It runs at 31 s, and is asked twenty seconds later.
        assert_eq!(of("{}"), ((4, 1), (0, 4)));
        assert_eq!(of("{set: {shop.probes.ready.work.takes: 5s}}"), ((4, 1), (4, 1)));
    }

    a_share_holds_among_those_that_a_caller_believes_in(
        "roll-outs", "A canary gets its share, too, where callers learn of instances late and keep lists of their own",
        "Argo Rollouts, Canary: setWeight with traffic routing"
    ) {
        let text = shop_text("{strategy: canary, first: 10%, bake: 20m}", "{}").replace("    run:", "    discovery: {by: endpoints, delay: exp 2s}\n    run:");
        let mut sim = out(&world(&text), MINUTE);
        sim.advance(10 * MINUTE);
        let of = |version: usize| sim.samples().iter().filter(|s| s.at > 2 * MINUTE).map(|s| s.versions[version].answered).sum::<u32>();
        let share = f64::from(of(1)) / f64::from(of(0) + of(1));
        assert!((share - 0.1).abs() < 0.02, "{share}");
    }

    blue_green_switches_at_once_and_back_at_once(
        "roll-outs", "The whole new set starts before anybody is sent to it; all go over at once, and back at once while the old set is kept",
        "Fowler, BlueGreenDeployment, 2010; Argo Rollouts: scaleDownDelaySeconds"
    ) {
        let world = shop("{strategy: blue green, keep: 5m}", "{}");
        let mut sim = out(&world, MINUTE);
        sim.advance(70 * SECOND);
        assert_eq!((up(&sim), sim.console().services[0].share), ((4, 0), Some(0.0)));
        sim.advance(72 * SECOND);
        assert_eq!((up(&sim), sim.console().services[0].share), ((4, 4), Some(1.0)));
        let mut back = sim.clone();
        back.apply(&world.makes("back", None)).unwrap();
        back.advance(74 * SECOND);
        assert_eq!((up(&back), released(&back)), ((4, 0), Some(Released::RolledBack)));
        sim.advance(7 * MINUTE);
        assert_eq!((up(&sim), released(&sim)), ((0, 4), Some(Released::Done)));
        for sim in [back, sim] {
            let run = Run::of(sim);
            assert_eq!(told(&run, Outcome::Ok), run.report.clients[0].clicks);
        }
    }

    a_roll_out_that_is_held_stays_and_goes_on(
        "roll-outs", "Held at a mixture, both versions serve; promoted, it goes on",
        "Kubernetes: kubectl rollout pause, resume; Argo Rollouts: promote"
    ) {
        let world = shop("{max_surge: 1, max_unavailable: 0}", "{}");
        let mut sim = out(&world, 20 * SECOND);
        sim.advance(33 * SECOND);
        sim.apply(&world.makes("hold", None)).unwrap();
        sim.advance(5 * MINUTE);
        assert_eq!(up(&sim), (3, 2));
        sim.apply(&world.makes("on", None)).unwrap();
        sim.advance(7 * MINUTE);
        assert_eq!(up(&sim), (0, 4));
    }

    a_latent_defect_shows_with_load_keys_and_age(
        "roll-outs", "A defect can wait for a time, for load, and for certain business keys, for which it then always shows",
        "races show under concurrency: Godefroid et al., What Bugs Live in the Cloud?, SoCC 2014"
    ) {
        let failed = |defect: &str| {
            let world = shop("{strategy: recreate}", &format!("{{defects: [{{at: go.reserve, does: failed, {defect}}}]}}"));
            told(&Run::of(out(&world, MINUTE)), Outcome::Failed)
        };
        assert_eq!(failed("held: 50"), 0);
        assert_eq!(failed("after: 1h"), 0);
        // Some 29 minutes of twenty a second; five minutes fewer.
        let (keys, later) = (failed("keys: 10%"), failed("keys: 10%, after: 5m"));
        assert!((3100..3800).contains(&keys) && (2550..3150).contains(&later), "{keys} {later}");
    }

    a_way_back_meets_what_was_written_meanwhile(
        "roll-outs", "What the new version has written stays when it is taken back: the old one does not know such rows, and fails on them",
        "Sadalage, Fowler, Evolutionary Database Design, 2016: a change is undone in code, not in data"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 10m, drain: 2m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 2/s, make: {Job: {}}, call: shop.go}}
stores: {db: {tables: {jobs: {of: Job, fields: {how: string}, unique: [id]}, packed: {of: Job, unique: [id]}}}}
topics: {made: {fields: {job: Job.id}, key: job, failing: {again: 1s, park: after 2}}}
blocks:
  plain: [{tx: db, do: [{insert: jobs, set: {how: plain}}, {publish: made}]}]
  boxed: [{tx: db, do: [{insert: packed}, {publish: made}]}]
  ship_plain: [{tx: db, do: [{read: jobs, by: {id: event.job}, into: [how]}]}]
  ship_both: [{work: 1ms}]
moves:
  out: {takes: 1s, roll_out: shop.v2}
  back: {takes: 1s, roll_back: shop}
  stop: {takes: 1s, pause: made}
  on: {takes: 1s, resume: made}
services:
  shop:
    start_up: 1s
    versions: {v1: {}, v2: {set: {shop.go.use: boxed, shop.ship.use: ship_both}}}
    rollout: {strategy: blue green, keep: 0s}
    handlers:
      go: {input: {job: Job}, use: plain}
      ship: {from: {topic: made, group: shippers}, use: ship_plain}
");
        let dead = |stop: bool| {
            let mut sim = out(&world, 60 * SECOND);
            sim.advance(2 * MINUTE);
            if stop {
                // A consumer that stood still hands to the old version what the new one wrote.
                sim.apply(&world.makes("stop", None)).unwrap();
            }
            sim.advance(3 * MINUTE);
            sim.apply(&world.makes("back", None)).unwrap();
            sim.advance(4 * MINUTE);
            if stop {
                sim.apply(&world.makes("on", None)).unwrap();
            }
            sim.finish();
            sim.conserved().unwrap();
            sim.console().groups[0].dead
        };
        // Two a second, for the minute in which the consumer stood still and the new version wrote.
        let late = dead(true);
        assert!(dead(false) <= 2 && (110..130).contains(&late), "{late}");
    }

    a_step_that_a_version_skips_is_as_if_it_had_been_done(
        "roll-outs", "A version that leaves a step out answers well, and quicker",
        "by definition"
    ) {
        let world = shop("{strategy: recreate}", "{defects: [{at: go.tell, does: skip}]}");
        let mut sim = out(&world, MINUTE);
        sim.finish();
        let p99 = |from: u64, to: u64| sim.samples().iter().filter(|s| (from..to).contains(&s.at)).map(|s| s.services[0].p50_us).max().unwrap();
        assert!(p99(0, MINUTE) >= 20_000 && p99(5 * MINUTE, 20 * MINUTE) < 13_000);
    }

    a_leak_ends_at_the_memory_limit(
        "roll-outs", "A version that keeps some memory of each request is killed at its limit and starts again, again and again",
        "Kubernetes, Assign Memory Resources: a container over its limit is OOM-killed and restarted"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 30m, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: shop.go}}
services:
  shop:
    start_up: 10s
    memory: {limit: 300MB, at_start: 200MB}
    handlers: {go: {input: {job: Job}, steps: [{work: 10ms}]}}
");
        let crashes = |set: &[(&str, &str)]| world.run_with(set).report.crashes;
        assert_eq!(crashes(&[]), 0);
        // A thousand requests, a hundred seconds, and eleven until it is back: sixteen times in half an hour.
        assert_eq!(crashes(&[("shop.memory.per_request", "100000")]), 16);
        // Six minutes, and eleven seconds.
        assert_eq!(crashes(&[("shop.memory.per_hour", "1000000000")]), 5);
    }
}

fn sim_moves(sim: &Sim, name: &str) -> seatrial_sim::Command {
    let at = sim.system().moves.iter().position(|def| def.name == name).unwrap();
    seatrial_sim::Command::Move { makes: seatrial_sim::system::MoveId(at as u16), with: seatrial_sim::engine::With::Nothing }
}
