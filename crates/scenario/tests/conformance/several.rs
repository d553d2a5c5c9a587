//! 5, 9. Several calls at once, hedged calls, and what stands in for a call that did not come back.

use crate::cases;
use crate::world::{FIRST, World, world};

/// One arrival a second; the steps of `front.go`, over services that take so long and a provider.
fn steps(steps: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: front.go}}}}
providers: {{other: {{operations: {{ask: {{takes: 10ms}}, slow: {{takes: 5s}}}}}}}}
services:
  front: {{run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{steps}]}}}}}}
  one: {{handlers: {{get: {{input: {{job: Job}}, steps: [{{wait: 1s}}]}}}}}}
  two: {{handlers: {{get: {{input: {{job: Job}}, steps: [{{wait: 2s}}]}}}}}}
  three: {{handlers: {{get: {{input: {{job: Job}}, steps: [{{wait: 3s}}]}}}}}}
  fails: {{handlers: {{get: {{input: {{job: Job}}, steps: [{{wait: 500ms}}, {{respond: failed}}]}}}}}}
  says_no: {{handlers: {{get: {{input: {{job: Job}}, steps: [{{wait: 500ms}}, {{respond: declined}}]}}}}}}
"
    ))
}

cases! {
    parallel_calls_take_as_long_as_the_slowest(
        "9", "Calls of one, two and three seconds that are made at once take three, and begin at one instant",
        "Dean and Barroso, The Tail at Scale, CACM 56(2), 2013: the slowest of the fan-out"
    ) {
        let run = steps("{parallel: [{call: one.get}, {call: two.get}, {call: three.get}]}").run();
        assert_eq!(run.times("get begins"), [1.0, 1.0, 1.0]);
        assert_eq!(run.when("is told ok"), 4.0);
    }

    a_fan_out_waits_for_the_largest_of_n(
        "9", "Ten exponential answers of 100 ms each make a mean of 100 · (1 + 1/2 + … + 1/10) ms",
        "the largest of n exponential times: H(n) means; The Tail at Scale"
    ) {
        let run = world("
clock: {warm_up: 0s, play: 20m, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 5/s, make: {Job: {}}, call: front.go}}
services:
  front: {run: {threads: 1000}, handlers: {go: {input: {job: Job}, steps: [{parallel: [{call: leaf.get, times: 10}]}]}}}
  leaf: {run: {threads: 100000}, handlers: {get: {input: {job: Job}, steps: [{wait: exp 100ms}]}}}
").run();
        let expected: f64 = (1..=10).map(|n| 100.0 / f64::from(n)).sum();
        let mean = run.report.clients[0].latency.mean_ns as f64 / 1e6;
        assert!((mean / expected - 1.0).abs() < 0.03, "{mean} {expected}");
        assert_eq!(run.report.services[1].offered, run.report.services[0].offered * 10);
    }

    the_first_answers_are_enough(
        "9", "Two of three answers are enough: the caller goes on with the second, and the third works on",
        "quorum reads: Dynamo, SOSP 2007, 4.5"
    ) {
        let run = steps("{parallel: [{call: one.get}, {call: two.get}, {call: three.get}], first: 2}").run();
        assert_eq!(run.when("is told ok"), 3.0);
        assert_eq!(run.when("three.get answers ok"), 4.0);
    }

    one_failure_is_not_yet_too_many(
        "9", "Of three, the first two good answers are enough although another failed before them",
        "ECMAScript, Promise.any; Dynamo, SOSP 2007, 4.5"
    ) {
        let run = steps("{parallel: [{call: fails.get}, {call: two.get}, {call: one.get}], first: 2}").run();
        assert_eq!(run.when("is told ok"), 3.0);
        let run = steps("{parallel: [{call: fails.get}, {call: two.get}, {call: one.get}], first: 3}").run();
        assert_eq!(run.when("is told failed"), 1.5);
    }

    a_join_of_all_ends_with_the_first_failure(
        "9", "One that fails after half a second ends the join then; the others have been asked and work on",
        "ECMAScript, Promise.all; Java, StructuredTaskScope.ShutdownOnFailure without the interruption"
    ) {
        let run = steps("{parallel: [{call: two.get}, {call: fails.get}]}").run();
        assert_eq!(run.when("is told failed"), 1.5);
        assert_eq!(run.when("two.get answers ok"), 3.0);
    }

    what_is_optional_may_fail(
        "9", "A join of all goes on without an optional part, and waits for it no longer than its time-out",
        "Nygard, Release It!, 2018: graceful degradation"
    ) {
        let run = steps("{parallel: [{call: one.get}, {call: fails.get, optional: true}, {call: three.get, optional: true, timeout: 2s}]}").run();
        assert_eq!(run.when("is told ok"), 3.0);
    }

    a_hedge_is_sent_after_its_delay(
        "9", "Without an answer for 0.4 s the same is asked again, and after 0.8 s once more; the first answer counts, the others work on",
        "gRPC proposal A6: hedgingPolicy, hedgingDelay; The Tail at Scale"
    ) {
        let run = steps("{call: one.get, hedge: {after: 400ms, at_most: 2}}").run();
        assert_eq!(run.times("one.get begins"), [1.0, 1.4, 1.8]);
        assert_eq!(run.when("is told ok"), 2.0);
        assert_eq!(run.times("one.get answers ok"), [2.0, 2.4, 2.8]);
    }

    whoever_loses_is_cancelled_where_the_policy_says_so(
        "6", "With `cancel`, the others of a hedged call, and what a join does not need any more, stop at their next step",
        "gRPC proposal A6: outstanding hedged RPCs are cancelled; The Tail at Scale: tied requests"
    ) {
        let run = steps("{call: one.get, cancel: true, hedge: {after: 400ms, at_most: 2}}").run();
        assert_eq!(run.count("one.get begins"), 3);
        assert_eq!(run.times("one.get answers ok"), [2.0]);
        let run = steps("{parallel: [{call: one.get}, {call: two.get, cancel: true}, {call: three.get}], first: 1}").run();
        assert_eq!([run.count("two.get answers ok"), run.count("three.get answers ok")], [0, 1]);
    }

    who_answers_in_time_is_not_hedged(
        "9", "An answer before the delay is over: one request",
        "gRPC proposal A6: hedgingPolicy"
    ) {
        let run = steps("{call: one.get, hedge: {after: 1100ms, at_most: 2}}").run();
        assert_eq!(run.count("is hedged"), 0);
        assert_eq!(run.when("is told ok"), 2.0);
    }

    what_may_be_tried_again_sends_the_next_hedge_at_once(
        "9", "A failure of the kind that is tried again sends the next request at once; when all have failed, so has the call",
        "gRPC proposal A6: nonFatalStatusCodes"
    ) {
        let run = steps("{call: fails.get, retry: [failed], hedge: {after: 10s, at_most: 2}}").run();
        assert_eq!(run.times("fails.get begins"), [1.0, 1.5, 2.0]);
        assert_eq!(run.when("is told failed"), 2.5);
    }

    what_is_final_ends_a_hedged_call(
        "9", "An answer that is not tried again is the call's, though another request is still under way",
        "gRPC proposal A6: a fatal status commits the call"
    ) {
        let run = steps("{call: says_no.get, hedge: {after: 300ms}}").run();
        assert_eq!(run.count("says_no.get begins"), 2);
        assert_eq!(run.when("is told declined"), 1.5);
    }

    a_budget_bounds_hedges(
        "8", "A retry budget of nothing leaves ten hedges, as many as are saved up at the beginning",
        "gRPC proposal A6: throttling applies to hedges as to retries"
    ) {
        let text = |budget: &str| format!("
clock: {{warm_up: 0s, play: 100s, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: front.go}}}}
services:
  front: {{run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{call: leaf.get, budget: {budget}, hedge: {{after: 100ms}}}}]}}}}}}
  leaf: {{run: {{threads: 100}}, handlers: {{get: {{input: {{job: Job}}, steps: [{{wait: 500ms}}]}}}}}}
");
        let hedges = |budget: &str| {
            let report = world(&text(budget)).run().report;
            report.services[1].offered - report.services[0].offered
        };
        assert_eq!([hedges("none"), hedges("0%")], [99, 10]);
    }

    one_of_several_may_be_hedged(
        "9", "A hedged call is one branch of a join, whoever of its requests answers",
        "gRPC proposal A6"
    ) {
        let run = steps("{parallel: [{call: one.get, hedge: {after: 400ms}}, {call: two.get}]}").run();
        assert_eq!(run.count("one.get begins"), 2);
        assert_eq!(run.when("is told ok"), 3.0);
    }

    who_asks_again_asks_elsewhere(
        "9", "With `elsewhere` three attempts, or one and two hedges, come to three instances of four, whatever the balancer draws; a fifth comes back",
        "Envoy docs, HTTP route management: retry host predicate `previous_hosts`; The Tail at Scale: the second request goes to another replica"
    ) {
        let asked = |policy: &str, balance: &str, discovery: &str| -> Vec<Vec<String>> {
            let run = world(&format!("
clock: {{warm_up: 0s, play: 20s, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: front.go}}}}
services:
  front: {{run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{call: back.get, retry: [failed], {policy}}}]}}}}}}
  back: {{replicas: 4, balance: {balance},{discovery} run: {{threads: 100}}, handlers: {{get: {{input: {{job: Job}}, \
      steps: [{{wait: 500ms}}, {{respond: failed}}]}}}}}}
"));
            let begins = |serial| run.about(serial).with_words(&["back.get begins on"]);
            (FIRST..FIRST + 15).map(begins).collect()
        };
        let different = |mut of: Vec<String>| { of.sort(); of.dedup(); of.len() };
        let dns = " discovery: {by: dns, ttl: 30s},";
        for (balance, discovery) in [("random", ""), ("least requests", ""), ("two choices", ""), ("round robin", ""), ("random", dns)] {
            for policy in ["attempts: 3", "hedge: {after: 100ms, at_most: 2}"] {
                let again: Vec<usize> = asked(&format!("{policy}, elsewhere: true"), balance, discovery).into_iter().map(different).collect();
                assert_eq!(again, [3; 15], "{policy} {balance} {discovery}");
            }
        }
        assert!(asked("attempts: 3", "random", "").into_iter().map(different).any(|instances| instances < 3));
        assert_eq!(asked("attempts: 5, elsewhere: true", "random", "").into_iter().map(different).collect::<Vec<_>>(), [4; 15]);
    }

    a_fallback_fails_open(
        "7", "A callee that does not come back in time is done without: the handler goes on as if it had said ok; without a fallback it fails",
        "resilience4j and Hystrix docs, Fallback: fail silent, fail fast"
    ) {
        let world = steps("{id: ask, call: other.slow, timeout: 1s}, {wait: 1s}");
        assert_eq!(world.run().when("is told unknown"), 2.0);
        let open = world.run_with(&[("front.go.ask.fallback", "ok")]);
        assert_eq!(open.when("front.go.ask falls back to ok"), 2.0);
        assert_eq!(open.when("is told ok"), 3.0);
    }

    a_fallback_is_for_those_who_do_not_answer(
        "7", "A `declined` is an answer, and nothing stands in for it",
        "resilience4j docs: fallbacks are chosen by exception, not by result"
    ) {
        let run = steps("{call: says_no.get, fallback: ok}").run();
        assert_eq!(run.when("is told declined"), 1.5);
        let run = steps("{call: fails.get, fallback: declined}").run();
        assert_eq!(run.when("is told declined"), 1.5);
    }
}
