//! Jobs, reconciliation, faults, alerts, tickets, and the people who answer them.

use seatrial_sim::Outcome;
use seatrial_sim::engine::{Ended, Hindrance, Phase};

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// Charges of which some are not written down, and a job that compares.
fn books(job: &str, steps: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 30m}}
records:
  Order: {{fields: {{id: id, value: money}}}}
  Pay: {{fields: {{id: id, order: Order.id, amount: money}}, states: {{taken: [back]}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Order: {{value: 5 USD}}}}, call: front.buy}}}}
stores: {{db: {{takes: 1ms, tables: {{pays: {{of: Pay, unique: [id]}}}}}}}}
providers:
  bank:
    operations:
      take: {{creates: Pay.taken, takes: 1s}}
      give: {{takes_record: Pay, moves: taken -> back, takes: 1s}}
      report: {{reads: Pay, every: 5m}}
    idempotency: {{keep: 24h}}
services:
  front:
    run: {{threads: 100}}
    handlers:
      buy: {{input: {{order: Order}}, steps: [{{call: bank.take, with: {{amount: order.value}}}}, {steps}]}}
      back: {{input: {{pay: Pay}}, steps: [{{call: bank.give, timeout: 10s}}]}}
    jobs:
      compare: {{every: 5m, compare: {{left: bank.report, right: db.pays, by: id, older_than: 3m}}, {job}}}
invariants:
  written: {{each: Pay, eventually: {{when: \"pay.state == 'taken'\", then: \"db.pays.size() == 1 || pay.state == 'back'\", within: 20m}}, means: {{hurts: \
      books}}}}
  once: {{each: Order, never: \"pays.filter(p, p.state == 'taken').size() > 1\", means: {{hurts: customer}}}}
{rest}"
    ))
}

/// A service that fails from the tenth second on, and who sees it.
fn watched(telemetry: &str, alerts: &str, rest: &str) -> World {
    world(&watched_text(telemetry, alerts, rest))
}

fn watched_text(telemetry: &str, alerts: &str, rest: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 10m, drain: 1h}}
records:
  Job: {{fields: {{id: id}}, states: {{open: [done]}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: front.go}}}}
stores: {{db: {{tables: {{jobs: {{of: Job, unique: [id]}}, others: {{of: Job, unique: [id]}}}}}}}}
providers: {{other: {{operations: {{ask: {{takes: 10ms}}}}}}}}
services: {{front: {{run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{tx: db, do: [{{insert: jobs}}]}}, {{call: other.ask}}, {{tx: \
    db, do: [{{move: jobs, to: done}}, {{insert: others}}]}}]}}, fix: {{input: {{job: Job}}, steps: [{{work: 1s}}]}}}}}}}}
telemetry: {telemetry}
measures: {{stuck: {{oldest: db.jobs, state: open, without: db.others, by: {{id: id}}}}}}
alerts: {alerts}
faults: {{errors: {{at: 10s, lasts: 5m, set: {{other.ask.error: 100%}}}}}}
{rest}"
    )
}

/// Two arrivals a second apart at one thread that needs two seconds for each: the second has its answer after three.
fn two(timeout: &str, human: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 2500ms, drain: 1m}}
records: {{Job: {{fields: {{id: id}}, states: {{open: [told, left]}}}}}}
clients:
  people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: {timeout}}}, becomes: {{served: told, gives_up: left}}{human}}}
services: {{front: {{run: {{threads: 1}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 2s}}]}}}}}}}}
invariants:
  told: {{each: Job, never: \"job.state == 'told'\", means: {{hurts: nobody}}}}
  left: {{each: Job, never: \"job.state == 'left'\", means: {{hurts: customer}}}}
"
    ))
}

cases! {
    the_oracle_knows_who_was_told(
        "people", "What somebody made is `served` when they hear `ok`, and `gives_up` when their time is up, although the work is done all the same",
        "Saltzer, Reed, Clark, End-to-End Arguments in System Design, 1984: only the end knows"
    ) {
        let patient = two("10s", "").run();
        assert_eq!((patient.broken("told"), patient.broken("left")), (2, 0));
        let hasty = two("2500ms", "").run();
        assert_eq!((hasty.broken("told"), hasty.broken("left")), (1, 1));
    }

    whoever_may_click_again_has_not_given_up(
        "people", "Somebody gives up once no click is under way and none is to come, and is told once, however many answers arrive",
        "by definition"
    ) {
        let again = ", human: {click_again: {after: 2600ms, chance: 100%}}";
        // The second click has its answer after 2.4 s.
        let in_vain = two("2300ms", again).run();
        assert_eq!((in_vain.broken("told"), in_vain.broken("left")), (1, 1));
        let at_last = two("2500ms", again).run();
        assert_eq!((at_last.broken("told"), at_last.broken("left")), (2, 0));
    }

    a_missing_row_is_repaired(
        "reconciliation", "What the provider reports and the table has not is repaired by the steps for it, once it is old enough and reported",
        "behaviour list, 25: matched with a grace period"
    ) {
        let run = books("missing_right: [{tx: db, do: [{insert: pays}]}]", "{work: 1ms}", "").run();
        // Charged at 1.5 s; the report is written and the job runs every 5 minutes.
        assert_eq!(run.times("compare.missing_right.tx-db commits"), [300.001]);
        assert_eq!(run.broken("written"), 0);
    }

    what_is_written_is_not_repaired(
        "reconciliation", "A charge that is in the books is left alone",
        "by definition"
    ) {
        let run = books("missing_right: [{tx: db, do: [{insert: pays}]}]", "{tx: db, do: [{insert: pays}]}", "").run();
        assert_eq!(run.count("missing_right"), 0);
    }

    a_repair_that_fails_is_made_again(
        "reconciliation", "Looked at again when it should have worked",
        "by definition"
    ) {
        let run = books("missing_right: [{tx: db, do: [{insert: pays}]}]", "{work: 1ms}", "faults: {down: {at: 4m, lasts: 5m, fail: db}}\n").run();
        assert_eq!(run.times("compare.missing_right.tx-db commits"), [600.001]);
    }

    a_repeat_is_given_back_once(
        "reconciliation", "Of two charges for one order the younger is given back, the older stays",
        "by definition"
    ) {
        let twice = "{id: more, call: bank.take, with: {amount: order.value}}, {work: 1ms}";
        let run = books("left_repeats: {by: order, do: [{call: front.back}]}", twice, "").run();
        run.tells(&["bank.give effect"], &["bank.give effect ok"]);
        assert_eq!(run.broken("once"), 1);
    }

    a_repeat_that_could_not_be_given_back_is_tried_again(
        "reconciliation", "A refund that fails is made by the next comparison that finds the repeat, whether or not the books have the charge",
        "by definition"
    ) {
        let twice = "{tx: db, do: [{insert: pays}]}, {id: more, call: bank.take, with: {amount: order.value}}, {id: keep, tx: db, do: [{insert: pays}]}";
        let run = books("left_repeats: {by: order, do: [{call: front.back}]}", twice, "faults: {bad: {at: 4m, lasts: 5m, set: {bank.give.error: \
            100%}}}\n").run();
        run.tells(&["bank.give effect"], &["bank.give effect failed", "bank.give effect ok"]);
    }

    a_daily_job_runs_at_its_time(
        "jobs", "`at: \"00:00\"` runs at midnight of the scenario's calendar, once a day, under the day as its key",
        "cron"
    ) {
        let world = world("
clock: {starts: \"2026-03-12T23:30Z\", warm_up: 0s, play: 50h, drain: 1m}
records: {Job: {fields: {id: id}}, Batch: {fields: {id: id, day: date}}}
clients: {people: {arrive: constant 1/h, make: {Job: {}}, call: front.go}}
providers: {bank: {operations: {submit: {creates: Batch}}, idempotency: {keep: 7d}}}
services:
  front:
    replicas: 3
    handlers: {go: {input: {job: Job}, steps: [{work: 1s}]}}
    jobs: {close: {at: \"00:00\", steps: [{call: bank.submit, with: {day: today}, idempotency_key: today}]}}
");
        let batches = |hours: u64,
            minutes: u64| { let mut sim = world.sim(); sim.advance((hours * 60 + minutes) * 60 * SECOND); sim.report().providers[0].received };
        assert_eq!([batches(0, 29), batches(0, 31), batches(24, 29), batches(24, 31), batches(49, 0)], [0, 1, 1, 2, 3]);
    }

    a_job_runs_once_however_many_replicas(
        "jobs", "A singleton: one of the live replicas runs it, and another when that one is dead",
        "Kubernetes docs, CronJob; leader election"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 1m, drain: 10s}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 1/h, make: {Job: {}}, call: front.go}}
providers: {bank: {operations: {ask: {takes: 1ms}}}}
services:
  front:
    replicas: 3
    restart_after: 20s
    handlers: {go: {input: {job: Job}, steps: [{work: 1s}]}}
    jobs: {tick: {every: 1s, steps: [{call: bank.ask}]}}
faults: {killed: {at: 30500ms, crash: {service: front}}}
");
        let run = world.run();
        assert_eq!(run.report.providers[0].received, 70);
    }

    a_job_that_is_off_does_not_run(
        "jobs", "`enabled: false` until a decision switches it on",
        "by definition"
    ) {
        let run = books("enabled: false, missing_right: [{tx: db, do: [{insert: pays}]}]", "{work: 1ms}", "").run();
        assert_eq!((run.count("missing_right"), run.broken("written")), (0, 1));
    }

    faults_overlap_and_each_ends_on_its_own(
        "faults", "Two faults on one value: the younger holds, then the older again, then what was found; what two faults hold down is up when both are over",
        "by definition"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 60s, drain: 1s}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 1/s, make: {Job: {}}, call: front.go}}
providers: {other: {operations: {ask: {takes: 100ms}}}}
services: {front: {run: {threads: 100}, handlers: {go: {input: {job: Job}, steps: [{call: other.ask}]}}}}
faults:
  slow: {at: 10500ms, lasts: 20s, set: {other.slow: 2}}
  slower: {at: 20500ms, lasts: 20s, set: {other.slow: 4}}
  down: {at: 45500ms, lasts: 5s, fail: other}
  also: {at: 47500ms, lasts: 7s, fail: other}
");
        let took = |second: u64| { let run = world.about(1_000_000 + second); ((run.when("told") - second as f64) * 1000.0).round() as u64 };
        assert_eq!([took(5), took(15), took(25), took(35), took(42)], [100, 200, 400, 400, 100]);
        let told = |second: u64| world.about(1_000_000 + second).count("told ok");
        assert_eq!([told(45), told(46), told(49), told(52), told(54), told(56)], [1, 0, 0, 0, 0, 1]);
    }

    a_fault_that_was_lifted_does_not_end_the_next(
        "faults", "Lifted early and injected again, a fault lasts its full time",
        "by definition"
    ) {
        let world = watched("{metrics: 10s}", "{}", "");
        let mut sim = world.sim();
        let errors = world.fault("errors");
        sim.advance(60 * SECOND);
        assert!(sim.apply(&seatrial_sim::Command::Inject(errors)).is_err());
        sim.apply(&seatrial_sim::Command::Lift(errors)).unwrap();
        assert!(sim.apply(&seatrial_sim::Command::Lift(errors)).is_err());
        sim.advance(100 * SECOND);
        sim.apply(&seatrial_sim::Command::Inject(errors)).unwrap();
        assert!(sim.apply(&seatrial_sim::Command::Inject(errors)).is_err());
        sim.finish();
        let failed = sim.report().clients[0].by_outcome[4];
        assert!((349..=351).contains(&failed), "{failed}");
    }

    an_alert_holds_before_it_fires(
        "alerts", "A condition must hold for `hold` without a break before the alert fires",
        "Prometheus docs, alerting rules: `for`"
    ) {
        let world = watched("{metrics: 10s}", "{errors: {when: \"error_ratio('front') > 0.05\", hold: 1m}}", "");
        let run = world.run();
        // The sample at 20 s is the first with errors.
        assert_eq!(run.report.alerts[0], [80 * SECOND]);
        assert_eq!(run.report.detection[0].noticed.map(|(at, _)| at), Some(80 * SECOND));
        let long = watched("{metrics: 10s}", "{errors: {when: \"error_ratio('front') > 0.05\", hold: 10m}}", "").run();
        assert!(long.report.alerts[0].is_empty());
    }

    an_alert_needs_what_was_bought(
        "alerts", "An alert on business figures is silent until they are measured",
        "by definition"
    ) {
        let alerts = "{stuck: {needs: business, when: \"oldest_stuck > duration('1m')\"}}";
        assert!(watched("{metrics: 10s}", alerts, "").run().report.alerts[0].is_empty());
        let bought = watched("{metrics: 10s, business: true}", alerts, "").run();
        // The first is stuck at 10 s; it is more than a minute old at the sample of 80 s.
        assert_eq!(bought.report.alerts[0], [80 * SECOND]);
    }

    tickets_wait_for_agents(
        "tickets", "One agent answers one ticket at a time, in the order in which they came",
        "M/D/1 with one server"
    ) {
        let rest = "support: {agents: 1, handling: 6m}\ninvariants: {done: {each: Job, eventually: {when: \"job.state == 'open'\", then: others.size() == \
            1, within: 30s}, means: {hurts: customer, ticket: {chance: 100%, after: 1m}}}}\n";
        let world = watched("{metrics: 10s}", "{}", rest);
        let mut sim = world.sim();
        sim.advance(3600 * SECOND);
        let report = sim.report();
        // 300 are hurt; the first comes at 10 + 30 + 60 s, and one is handled every six minutes from then on.
        assert_eq!(report.tickets_filed, 300);
        assert_eq!(report.tickets_handled, (3600 - 100) / 360);
        let many = world.with(&[("support.agents", "10")], 1);
        let mut sim = many;
        sim.advance(3600 * SECOND);
        assert!((90..=97).contains(&sim.report().tickets_handled), "{}", sim.report().tickets_handled);
    }

    a_refused_command_changes_nothing(
        "moves", "A move about a record that is not there, or no longer, is refused, and the run goes on as if it had not been asked for",
        "by definition"
    ) {
        let rest = "moves: {fix: {call: front.fix, pick: {newest: Job.open}}}\n";
        let world = watched("{metrics: 10s}", "{}", rest);
        let mut sim = world.sim();
        sim.advance(3600 * SECOND);
        let mut other = sim.clone();
        assert!(other.apply(&world.makes("fix", Some(999))).is_err());
        // Ten minutes after its last event, a record is given back.
        assert!(other.apply(&world.makes("fix", Some(1_000_001))).is_err());
        assert!(other.apply(&world.makes("fix", None)).is_err());
        let (one, two) = (Run::of(sim), Run::of(other));
        assert_eq!(one.report, two.report);
    }

    a_job_that_is_run_now_says_what_it_came_to(
        "reconciliation", "A comparison that somebody runs, though it is switched off, tells how many items it looked at, how many differ, are repaired, left",
        "by definition; Modern Treasury, reconciliation: matched, unmatched"
    ) {
        let rest = "moves: {compare: {takes: 10s, run: front.compare}}\n";
        let world = books("enabled: false, missing_right: [{tx: db, do: [{insert: pays}]}]", "{work: 1ms}", rest);
        let mut sim = world.sim();
        sim.advance(600 * SECOND);
        sim.apply(&world.makes("compare", None)).unwrap();
        sim.advance(605 * SECOND);
        assert_eq!(sim.console().moves[0].phase, Phase::Prepares);
        sim.advance(620 * SECOND);
        let (seen, job) = (sim.console().moves_ended[0].clone(), sim.console().jobs[0].clone());
        assert_eq!((seen.phase, seen.of, seen.done, seen.failed), (Phase::Ended(Ended::Done), 1, 1, 0));
        assert_eq!((job.enabled, job.results.len()), (false, 1));
        let result = job.results[0];
        assert_eq!((result.looked_at, result.differ, result.repaired, result.left), (1, 1, 1, 0));
        assert_eq!((result.began, result.ended), (610 * SECOND, Some(610 * SECOND + 1_000_000)));
        assert_eq!(Run::of(sim).broken("written"), 0);
    }

    a_comparison_that_cannot_repair_says_how_many_are_left(
        "reconciliation", "Repairs that fail, and differences for which there is no repair, are left over: the move is done in part, or not at all",
        "by definition"
    ) {
        let moves = "moves: {compare: {takes: 1s, run: front.compare}}\n";
        let two = |job: &str, rest: &str| {
            let twice = "{id: more, call: bank.take, with: {amount: order.value}}, {work: 1ms}";
            let world = books(job, twice, &format!("{moves}{rest}"));
            let mut sim = world.sim();
            sim.advance(600 * SECOND);
            sim.apply(&world.makes("compare", None)).unwrap();
            sim.advance(620 * SECOND);
            let seen = sim.console().moves_ended[0].clone();
            (seen.phase, seen.of, seen.done, seen.failed, seen.hindrance)
        };
        let down = "faults: {down: {at: 9m, lasts: 5m, fail: db}}\n";
        let repair = "enabled: false, missing_right: [{tx: db, do: [{insert: pays}]}]";
        let refused = Some(Hindrance::Answered(Outcome::Refused));
        assert_eq!(two(repair, down), (Phase::Ended(Ended::Failed), 2, 0, 2, refused));
        // The younger of the two is given back; nothing says what is to become of the older one, which is not written.
        let back = "enabled: false, left_repeats: {by: order, do: [{call: front.back}]}";
        assert_eq!(two(back, ""), (Phase::Ended(Ended::Partly), 2, 1, 1, Some(Hindrance::NoRepair)));
    }

    a_promise_at_the_end_names_whom_it_was_broken_for(
        "25", "Books that do not match name the rows: each instance is judged once, when nothing of it can change any more, or at the end",
        "reconciliation reports list breaks, not totals"
    ) {
        let rest = "invariants: {kept: {each: Pay, at_end: db.pays.size() == 1, means: {hurts: books, costs: usd(12)}}}\n";
        let text = |steps: &str, drain: &str| format!(
            "
clock: {{warm_up: 0s, play: 9500ms, drain: {drain}}}
records: {{Order: {{fields: {{id: id}}}}, Pay: {{fields: {{id: id, order: Order.id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Order: {{}}}}, call: front.buy}}}}
stores: {{db: {{tables: {{pays: {{of: Pay, unique: [id]}}}}}}}}
providers: {{bank: {{operations: {{take: {{creates: Pay, takes: 100ms}}}}}}}}
services: {{front: {{run: {{threads: 100}}, handlers: {{buy: {{input: {{order: Order}}, steps: [{{call: bank.take}}, {steps}]}}}}}}}}
{rest}");
        let lost = "faults: {down: {at: 3500ms, lasts: 3s, fail: db}}\n";
        for drain in ["1m", "1h"] {
            // After an hour all of them were given back long ago; after a minute all are there. The report is the same.
            let run = world(&format!("{}{lost}", text("{tx: db, do: [{insert: pays}]}", drain))).run();
            let report = run.report.invariant("kept").unwrap();
            assert_eq!((report.violations, report.cost, report.undecided), (3, 3600, 0), "{drain}");
            assert_eq!(report.keys.iter().map(|(serial, _)| *serial).collect::<Vec<_>>(), [1_000_004, 1_000_005, 1_000_006], "{drain}");
        }
        let mut sim = world(&format!("{}{lost}", text("{tx: db, do: [{insert: pays}]}", "1m"))).sim();
        sim.advance(20 * SECOND);
        let report = sim.report();
        assert_eq!((report.invariants[0].violations, report.invariants[0].undecided), (0, 3));
    }

    an_alert_that_held_before_a_fault_is_not_about_it(
        "alerts", "A fault is noticed by an alert whose condition begins after it, not by one that was about to fire anyway",
        "by definition"
    ) {
        let alerts = "{errors: {when: \"error_ratio('front') > 0.05\", hold: 1m}}";
        let text = watched_text("{metrics: 10s}", alerts, "").replace("faults: {errors:", "faults: {late: {at: 50s, lasts: 1m, set: {other.slow: 2}}, errors:");
        let run = world(&text).run();
        assert_eq!(run.report.alerts[0], [80 * SECOND]);
        let noticed: Vec<_> = run.report.detection.iter().map(|detection| detection.noticed.map(|(at, _)| at)).collect();
        assert_eq!(noticed, [None, Some(80 * SECOND)]);
        // Nor by one that rings at the very moment at which the fault begins.
        let same = text.replace("late: {at: 50s", "late: {at: 20s").replace("hold: 1m", "hold: 0s");
        let noticed: Vec<_> = world(&same).run().report.detection.iter().map(|detection| detection.noticed.map(|(at, _)| at)).collect();
        assert_eq!(noticed, [None, Some(20 * SECOND)]);
    }

    an_alert_can_count_instances_and_rows(
        "alerts", "An alert counts the instances that are up, and the rows that wait for their counterpart; the latter are figures of the business",
        "by definition"
    ) {
        let alerts = "{gone: {when: \"up('front') < 3\", hold: 0s}, many: {when: count_stuck >= 15, hold: 0s, needs: business}}";
        let killed = "faults: {killed: {at: 2m, crash: {service: front}}, errors:";
        let fired = |telemetry: &str| {
            let text = watched_text(telemetry, alerts, "").replace("faults: {errors:", killed);
            let text = text.replace("{front: {run", "{front: {replicas: 3, start_up: 30s, run");
            world(&text).run().report.alerts.iter().map(|fired| fired.iter().map(|at| at / SECOND).collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        // One row a second stays behind from the 10th second on: ten or so at the sample of the 20th, twenty at that of the 30th.
        assert_eq!(fired("{metrics: 10s, business: true}"), [vec![120], vec![30]]);
        assert_eq!(fired("{metrics: 10s}"), [vec![120], vec![]]);
    }

    what_begins_long_after_a_fault_is_not_about_it(
        "alerts", "An alert whose condition begins more than ten minutes after a fault has ended, or what the fault says, does not count as noticing it; \
            neither does a ticket of somebody who came only then", "by definition"
    ) {
        let alerts = "{errors: {when: \"error_ratio('front') > 0.05\", hold: 1m}}";
        let rest = "invariants: {done: {each: Job, eventually: {when: \"job.state == 'open'\", then: \"db.others.size() == 1\", within: 1s}, \
            means: {hurts: customer, ticket: {chance: 100%, after: 1s}}}}";
        let noticed = |within: &str, metrics: &str| {
            let early = format!("faults: {{early: {{at: 10s, lasts: 10s, set: {{other.slow: 2}}{within}}}, errors:");
            let text = watched_text(metrics, alerts, rest).replace("play: 10m", "play: 30m").replace("faults: {errors:", &early);
            let text = text.replace("errors: {at: 10s, lasts: 5m", "errors: {at: 15m, lasts: 5m");
            world(&text).run().report.detection.iter().map(|detection| detection.noticed.map(|(at, _)| at / SECOND)).collect::<Vec<_>>()
        };
        // By the first ticket, and where nobody is told, by the alert.
        assert_eq!(noticed("", "{metrics: 10s}"), [None, Some(902)]);
        assert_eq!(noticed(", noticed_within: 20m", "{metrics: 10s}"), [Some(902), Some(902)]);
    }

    an_operator_comes_when_called_and_leaves_alone_what_has_stopped(
        "operators", "Who was called makes the move even if the alert has stopped by then; whoever looks again makes it only while it goes on firing",
        "by definition; Prometheus docs, Alertmanager: repeat_interval, and no notification of what is resolved"
    ) {
        let made = |reacts: &str| {
            let more = "moves: {more: {takes: 1s, set: {front.threads: 200}}}";
            let rest = format!("{more}\noperator: {{reacts: {reacts}, script: [{{after: alert, move: more}}]}}\n");
            let run = watched("{metrics: 10s}", "{errors: {when: \"error_ratio('front') > 0.05\", hold: 0s}}", &rest).run();
            assert_eq!(run.report.alerts[0], [20 * SECOND]);
            run.report.moves[0].made
        };
        // It fires at 20 s and stops with the fault, at 310 s and a little. Looks at 120, 220 and 320 s; at 260 and 500 s; at 420 s.
        assert_eq!((made("100s"), made("4m"), made("400s")), (3, 1, 1));
    }

    a_comparison_works_on_a_few_repairs_at_once(
        "reconciliation", "Repairs are begun in the order in which they were found, four at once or as `concurrency` says, and there is no other run \
            until the last has begun", "a batch job with a bounded pool of workers: Spring Batch docs, throttle limit"
    ) {
        let mended_by = |more: &str| {
            let text = format!("
clock: {{warm_up: 0s, play: 40s, drain: 1h}}
records:
  Order: {{fields: {{id: id, value: money}}}}
  Pay: {{fields: {{id: id, order: Order.id, amount: money}}, states: {{taken: []}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Order: {{value: 5 USD}}}}, call: front.buy}}}}
stores: {{db: {{takes: 1ms, tables: {{pays: {{of: Pay, unique: [id]}}}}}}}}
providers: {{bank: {{operations: {{take: {{creates: Pay.taken, takes: 1s}}, report: {{reads: Pay, every: 5m}}}}}}}}
services:
  front:
    run: {{threads: 100}}
    handlers: {{buy: {{input: {{order: Order}}, steps: [{{call: bank.take, with: {{amount: order.value}}}}, {{work: 1ms}}]}}}}
    jobs:
      compare: {{every: 5m, compare: {{left: bank.report, right: db.pays, by: id, older_than: 3m{more}}},
        missing_right: [{{work: 30s}}, {{tx: db, do: [{{insert: pays}}]}}]}}
invariants: {{written: {{each: Pay, eventually: {{when: \"pay.state == 'taken'\", then: \"db.pays.size() == 1\", within: 330s}}, means: {{hurts: books}}}}}}
");
            world(&text).run().broken("written")
        };
        // 39 sales, one a second; the one at `k` must be written down by `k + 331` s. All are found at 300 s, and each takes 30 s:
        // twenty at once are done at 330 and 360 s, so sales 20 to 28 come too late; of four at once, all but the first four do.
        assert_eq!(mended_by(", concurrency: 100"), 0);
        assert_eq!((mended_by(", concurrency: 20"), mended_by("")), (9, 35));
    }

    who_answers_before_the_record_is_there_answers_with_none(
        "jobs", "A handler that answers `ok` first and makes its record later has no record in its answer, and its caller goes on without one",
        "HTTP 202 Accepted, RFC 9110 15.3.3"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 5500ms, drain: 30m}
records: {Order: {fields: {id: id}}, Gift: {fields: {id: id, order: Order.id}}}
clients: {people: {arrive: constant 1/s, make: {Order: {}}, call: front.buy}}
providers: {bank: {operations: {give: {creates: Gift, takes: 1s}}}}
services:
  front:
    run: {threads: 100}
    handlers:
      buy: {input: {order: Order}, steps: [{call: front.later}]}
      later: {input: {order: Order}, steps: [{respond: ok}, {wait: 1m}, {call: bank.give}]}
invariants: {given: {each: Order, at_end: gifts.size() == 1, means: {hurts: customer}}}
");
        // There is no gift anywhere when the first five are answered.
        for serial in 1..=5 {
            let run = world.about(1_000_000 + serial);
            assert_eq!((run.broken("given"), run.outcomes(0)[Outcome::Ok as usize]), (0, 5));
        }
    }
}
