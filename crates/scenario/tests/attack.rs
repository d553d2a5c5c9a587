//! Systems that are valid and mean no good: nothing panics, nothing goes on for ever, memory has an end.

mod common;

use std::sync::Arc;

use common::{Files, drawn};
use seatrial_scenario::compile;
use seatrial_sim::engine::Why;
use seatrial_sim::{Setup, Sim};

/// A system and its run; what stopped it, if anything did.
fn run(text: &str) -> (Sim, Option<Why>) {
    let text = format!("scenario: tiny\ntitle: Tiny\n{text}");
    let files = Files::from([("tiny.yaml".to_owned(), text.into_bytes())]);
    let (compiled, diagnostics) = compile(&files, "tiny.yaml");
    let compiled = compiled.unwrap_or_else(|| panic!("{}", drawn(&diagnostics, &files)));
    let mut sim = Sim::new(Arc::new(compiled.system), &[], Setup::unattended(1));
    sim.finish();
    let why = sim.stopped().map(|stopped| stopped.why);
    assert_eq!(sim.report().stopped, sim.stopped());
    if why.is_none() {
        sim.conserved().unwrap();
    }
    (sim, why)
}

/// One client, one handler of `front`, and whatever else is said.
fn shop(front: &str, steps: &str, rest: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 20s, drain: 1m}}
records: {{Job: {{fields: {{id: id}}, states: {{open: [done]}}}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: 5s}}}}}}
services:
  front: {{{front} handlers: {{go: {{input: {{job: Job}}, steps: [{steps}]}}}}}}
{rest}"
    )
}

fn fine(text: &str) -> Sim {
    let (sim, why) = run(text);
    assert_eq!(why, None);
    sim
}

#[test]
fn nobody_is_there() {
    let sim = fine(&shop("replicas: 0,", "{work: 1s}", ""));
    assert_eq!(sim.report().clients[0].by_outcome[5], 199);
}

#[test]
fn nobody_comes() {
    fine(&shop("", "{work: 1s}", "").replace("constant 10/s", "poisson 0/s"));
}

#[test]
fn everything_takes_no_time() {
    fine(&shop("run: {threads: 1, queue: fifo 0},", "{work: 0s}, {wait: 0s}", ""));
}

#[test]
fn a_nanosecond_of_patience() {
    let sim = fine(&shop("", "{call: back.go, timeout: 1ns, attempts: 100, retry: [unknown]}", "  back: {handlers: {go: {steps: [{work: \
        1s}]}}}\n").replace("timeout: 5s", "timeout: 1ns"));
    assert_eq!(sim.report().clients[0].by_outcome[6], 199);
}

#[test]
fn a_hundred_attempts_without_a_pause() {
    let sim = fine(&shop("", "{call: back.go, attempts: 100, retry: [refused]}", "  back: {replicas: 0, handlers: {go: {steps: [{work: 1s}]}}}\n"));
    assert_eq!(sim.report().retries, 199 * 99);
}

#[test]
fn a_hundred_attempts_in_five_layers() {
    let call = |to: &str| format!("{{call: {to}.go, attempts: 100, retry: [refused, failed]}}");
    let layers = format!(
        "  b: {{handlers: {{go: {{steps: [{}]}}}}}}\n  c: {{handlers: {{go: {{steps: [{}]}}}}}}\n  d: {{handlers: {{go: {{steps: [{}]}}}}}}\n  e: \
            {{replicas: 0, handlers: {{go: {{steps: [{{work: 1s}}]}}}}}}\n",
        call("c"), call("d"), call("e")
    );
    let (sim, why) = run(&shop("", &call("b"), &layers));
    assert_eq!(why, Some(Why::StepsAtOnce));
    let said = sim.stopped().unwrap().to_string();
    assert!(said.contains("0.1 s") && said.contains("at one instant"), "{said}");
}

#[test]
fn whoever_calls_itself() {
    let (_, why) = run(&shop("run: {cores: 1, in_flight: 1000000},", "{call: front.go}", ""));
    assert!(matches!(why, Some(Why::Requests | Why::StepsAtOnce)), "{why:?}");
    // With threads it stands still, as it would.
    let sim = fine(&shop("run: {threads: 8, queue: fifo 10},", "{call: front.go}", ""));
    assert_eq!(sim.report().clients[0].by_outcome[0], 0);
}

#[test]
fn two_that_call_each_other() {
    let (_, why) = run(&shop("run: {cores: 1, in_flight: 1000000},", "{call: back.go}", "  back: {run: {cores: 1, in_flight: 1000000}, handlers: {go: \
        {input: {job: Job}, steps: [{work: 1us}, {call: front.go}]}}}\n"));
    assert_eq!(why, Some(Why::Requests));
}

#[test]
fn a_job_every_millisecond_that_takes_an_hour() {
    let text = shop("", "{work: 1ms}", "").replace("go: {input", "x: {steps: [{work: 1s}]}, go: {input").replace("handlers:", "jobs: {tick: {every: 1ms, \
        steps: [{work: 10h}]}}, handlers:");
    let (_, why) = run(&text.replace("play: 20s", "play: 20m"));
    assert_eq!(why, Some(Why::Requests));
    fine(&text.replace("10h", "1ms").replace("every: 1ms", "every: 1ns"));
}

#[test]
fn everybody_at_once() {
    let (_, why) = run(&shop("run: {threads: 1, queue: fifo 0},", "{work: 1s}", "").replace("constant 10/s", "constant 1000000/s"));
    assert_eq!(why, Some(Why::Cases));
}

#[test]
fn a_queue_without_an_end() {
    let (_, why) = run(&shop("run: {threads: 1, queue: fifo},", "{work: 1h}", "").replace("constant 10/s, make: {Job: {}}", "constant \
        1000000/s").replace("input: {job: Job}, ", ""));
    assert_eq!(why, Some(Why::Requests));
}

#[test]
fn thousands_of_replicas() {
    let sim = fine(&shop("replicas: 1000, balance: least requests,", "{call: back.go}", "  back: {replicas: 1000, balance: two choices, handlers: {go: \
        {steps: [{work: 1s}]}}}\n"));
    assert_eq!(sim.report().clients[0].by_outcome[0], 199);
    let many: String = (0..20).map(|n| format!("  s{n}: {{replicas: 1000, handlers: {{go: {{steps: [{{work: 1s}}]}}}}}}\n")).collect();
    assert_eq!(run(&shop("", "{call: s1.go}", &many)).1, Some(Why::Replicas));
}

#[test]
fn samples_every_nanosecond() {
    let (_, why) = run(&(shop("", "{work: 1ms}", "telemetry: {metrics: 1ns}\n").replace("play: 20s", "play: 10m")));
    assert_eq!(why, Some(Why::Samples));
}

#[test]
fn whoever_waits_in_a_long_line_when_the_store_fails() {
    let text = shop("run: {threads: 100000, queue: fifo}, pools: {db: {size: 1, wait: none}},", "{tx: db, do: [{insert: jobs}]}", "stores: {db: {takes: 1h, \
        tables: {jobs: {of: Job, unique: [id]}}}}\nfaults: {down: {at: 15s, lasts: 1s, fail: db}}\n");
    let sim = fine(&text.replace("constant 10/s", "constant 5000/s").replace("timeout: 5s", "timeout: none"));
    assert!(sim.report().clients[0].by_outcome[5] > 70_000);
}

#[test]
fn a_long_line_for_one_row_when_the_store_fails() {
    let tables = "stores: {db: {connections: 1000000, takes: 1h, tables: {rows: {fields: {name: string}, unique: [name]}}}}\nfaults: {down: {at: 15s, \
        lasts: 1s, fail: db}}\n";
    let text = shop("run: {threads: 100000, queue: fifo}, pools: {db: {size: 1000000}},", "{tx: db, do: [{insert: rows, exists: continue, set: {name: \
        all}}]}", tables);
    let sim = fine(&text.replace("constant 10/s", "constant 1000/s").replace("timeout: 5s", "timeout: none"));
    assert!(sim.report().clients[0].by_outcome[4] > 10_000);
}

#[test]
fn a_topic_that_fails_without_a_pause() {
    let rest = "topics: {news: {of: Job, key: id, failing: {again: 1ns, park: never}, session: 1ns}}\nfaults: {poison: {at: 1s, corrupt: news, count: \
        1000000}}\n";
    fine(&(shop("", "{publish: news, body: {id: job.id}}", "  desk: {handlers: {hear: {from: {topic: news}, steps: [{work: 1ms}]}}}\n") + rest));
}

#[test]
fn messages_that_nobody_can_handle() {
    let rest = "topics: {news: {of: Job, key: id, failing: {again: 1h, park: never}}}\nfaults: {poison: {at: 1s, corrupt: news, count: 8}}\n";
    let text = shop("run: {cores: 8, in_flight: 100000},", "{publish: news, body: {id: job.id}}", "  desk: {handlers: {hear: {from: {topic: news}, steps: \
        [{work: 1h}]}}}\n") + rest;
    let (_, why) = run(&text.replace("constant 10/s", "constant 40000/s"));
    assert!(matches!(why, Some(Why::Messages | Why::Cases)), "{why:?}");
}

#[test]
fn a_log_normal_with_a_monstrous_tail() {
    fine(&shop("run: {threads: 1000}, slow: 1000000000000,", "{work: lognormal 1d cv 1000000}", ""));
    let rest = "providers: {other: {slow: 1000000000000000000, operations: {ask: {takes: lognormal 365d cv 1000000}}}}\n";
    fine(&shop("run: {threads: 1000},", "{call: other.ask}", rest));
}

#[test]
fn everything_fails_all_the_time() {
    let rest = "faults: {a: {at: 0s, lasts: 19s, fail: front}, b: {at: 5s, lasts: 14s, fail: [front, db]}, c: {at: 7s, crash: {service: front, replicas: \
        1000}}}\nstores: {db: {tables: {jobs: {of: Job, unique: [id]}}}}\n";
    fine(&shop("replicas: 3,", "{tx: db, do: [{insert: jobs}]}", rest));
}

#[test]
fn a_saga_that_calls_a_saga_that_calls_it() {
    let saga = |name: &str, to: &str| format!("{{saga: {name}, journal: db, steps: [{{id: next, call: {to}}}]}}");
    let text = shop("run: {cores: 4, in_flight: 100000},", &saga("one", "back.go"), &format!("  back: {{run: {{cores: 4, in_flight: 100000}}, handlers: \
        {{go: {{input: {{job: Job}}, steps: [{}]}}}}}}\nstores: {{db: {{tables: {{jobs: {{of: Job, unique: [id]}}}}}}}}\n", saga("two", "front.go")));
    // The second time round it attaches to the saga that waits for it: nobody ever comes to an end, and nothing grows.
    let sim = fine(&text);
    assert_eq!(sim.report().clients[0].by_outcome[0], 0);
}

#[test]
fn values_that_no_parameter_can_have() {
    use seatrial_sim::Command;
    use seatrial_sim::system::{ParamId, ParamKind, Patch};
    let sim = fine(&shop("", "{call: back.go, timeout: 1s}", "  back: {handlers: {go: {steps: [{work: exp 1s}]}}}\n"));
    let system = Arc::new(sim.system().clone());
    for (at, param) in system.params.iter().enumerate() {
        let mut sim = Sim::new(Arc::clone(&system), &[], Setup::unattended(1));
        sim.advance(1_000_000_000);
        let patch = |value| Command::Decide(vec![Patch { param: ParamId(at as u32), value }]);
        for value in [i64::MIN, i64::MAX, -7] {
            let refused = sim.apply(&patch(value)).is_err();
            assert!(refused || matches!(param.kind,
                ParamKind::Count | ParamKind::Ratio | ParamKind::Rate | ParamKind::Money | ParamKind::Word | ParamKind::Park), "{param:?} {value}");
        }
        sim.advance(5_000_000_000);
    }
    let mut sim = Sim::new(Arc::clone(&system), &[], Setup::unattended(1));
    assert!(sim.apply(&Command::Decide(vec![Patch { param: ParamId(1_000_000), value: 0 }])).is_err());
}

/// Few samples of many parts are as much as many of few.
#[test]
fn wide_samples_are_no_way_around() {
    let many: String = (0..1500).map(|n| format!("  s{n}: {{handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 1ms}}]}}}}}}\n")).collect();
    let calls: Vec<String> = (0..1500).map(|n| format!("{{call: s{n}.go}}")).collect();
    let text = shop("", &calls.join(", "), &format!("{many}telemetry: {{metrics: 1ms}}\n"));
    let (sim, why) = run(&text.replace("constant 10/s", "poisson 0/s"));
    assert_eq!(why, Some(Why::Samples));
    assert!(sim.samples().len() < 20_000, "{}", sim.samples().len());
}
