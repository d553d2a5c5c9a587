//! 8. What a replica remembers of those it calls: breaker, bulkhead, budget.

use crate::cases;
use crate::world::{SECOND, Run, World, world};

/// Ten calls a second from so many replicas to a provider that can be broken.
fn calls(replicas: u32, policy: &str) -> World {
    // Two replicas: one dies.
    let killed = if replicas > 1 { "  killed: {at: 50s, crash: {service: front}}\n" } else { "" };
    world(&format!(
        "
clock: {{warm_up: 0s, play: 5m, drain: 1m}}
roll_out: 1ms each
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: front.go}}}}
providers: {{other: {{operations: {{ask: {{takes: 10ms}}}}}}}}
services:
  front: {{replicas: {replicas}, start_up: 1s, restart_after: 1s, run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{call: other.ask, \
      {policy}}}]}}}}}}
faults:
  errors: {{at: 20050ms, lasts: 1000s, set: {{other.ask.error: 100%}}}}
{killed}"
    ))
}

/// How many requests the provider got until a second.
fn received(sim: &mut seatrial_sim::Sim, second: u64) -> u64 {
    sim.advance(second * SECOND + 50_000_000);
    sim.report().providers[0].received
}

cases! {
    a_breaker_opens_at_its_share_of_the_last_hundred(
        "8", "With 200 good calls before, a breaker at 50 % opens after 50 bad ones: half of the last hundred",
        "resilience4j docs, CircuitBreaker: count-based sliding window, 100 calls, 50 %, open for 60 s"
    ) {
        let mut sim = calls(1, "breaker: 50%").with(&[], 1);
        let before = received(&mut sim, 20);
        let after = received(&mut sim, 40);
        assert_eq!(after - before, 50);
    }

    a_breaker_needs_its_least_number_of_calls(
        "8", "Before 100 calls nothing opens, whatever they come to",
        "resilience4j docs, CircuitBreaker: minimumNumberOfCalls 100"
    ) {
        let world = calls(1, "breaker: 50%");
        let mut sim = world.with(&[("other.ask.error", "1")], 1);
        assert_eq!(received(&mut sim, 9), 90);
        assert_eq!(received(&mut sim, 30), 100);
    }

    an_open_breaker_refuses_and_then_tries_ten(
        "8", "Open for 60 s, then ten calls are let through; all bad, it opens again",
        "resilience4j docs, CircuitBreaker: waitDurationInOpenState 60 s, permittedNumberOfCallsInHalfOpenState 10"
    ) {
        let world = calls(1, "breaker: 50%");
        let mut sim = world.with(&[("other.ask.error", "1")], 1);
        assert_eq!(received(&mut sim, 60), 100);
        assert_eq!(received(&mut sim, 71), 110);
        assert_eq!(received(&mut sim, 130), 110);
    }

    a_breaker_can_be_forced_open(
        "8", "Somebody opens the breaker by hand: nothing is called, no trial is let through, until they let it go; then it is closed, and counts anew",
        "resilience4j docs, CircuitBreaker: transitionToForcedOpenState, no state changes from there by itself"
    ) {
        let world = calls(1, "breaker: 50%");
        let mut sim = world.with(&[], 1);
        let before = received(&mut sim, 10);
        let set = |value: &str| seatrial_sim::Command::Decide(vec![world.compiled.set("front.go.ask.breaker", value).unwrap()]);
        sim.apply(&set("open")).unwrap();
        assert_eq!(received(&mut sim, 15) - before, 0);
        sim.apply(&set("50%")).unwrap();
        assert_eq!(received(&mut sim, 20) - before, 50);
    }

    a_trial_that_is_not_needed_any_more_can_be_made_again(
        "8", "Half open, five of ten trials are hedges whose answer nobody waits for: others are made in their place, and the breaker closes",
        "resilience4j docs, CircuitBreaker: a permission that was acquired and not used is released (`releasePermission`)"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 5m, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: front.go}}
providers: {other: {operations: {ask: {takes: 10ms}}}}
services:
  front: {run: {threads: 100}, handlers: {go: {input: {job: Job}, steps: [{call: other.ask, breaker: 50%, hedge: {after: 5ms}}]}}}
faults: {errors: {at: 50ms, lasts: 40s, set: {other.ask.error: 100%}}}
");
        let mut sim = world.sim();
        // The hundredth is bad at 10 s; from 70 s on there are trials, and then two requests for each of ten people a second.
        let (open, late) = (received(&mut sim, 69), received(&mut sim, 120));
        assert!(late > open + 900, "{open} {late}");
    }

    what_was_under_way_when_a_breaker_opened_is_not_held_against_its_trials(
        "8", "Time-outs of calls that were made before a breaker opened come while it is open: they neither keep it open nor count when it is half open",
        "resilience4j docs, CircuitBreaker: each state has metrics of its own"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 5m, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: front.go}}
providers: {other: {operations: {ask: {takes: 10ms}}}}
services: {front: {run: {threads: 100}, handlers: {go: {input: {job: Job}, steps: [{call: other.ask, timeout: 5s, breaker: 50%}]}}}}
faults: {slow: {at: 20050ms, lasts: 20s, set: {other.slow: 10000}}}
");
        let mut sim = world.sim();
        // Fifty time-outs by 30 s open it; fifty more are on their way. At 90 s it tries, and everything is well.
        let (open, tried) = (received(&mut sim, 80), received(&mut sim, 99));
        assert!((85..=95).contains(&(tried - open)), "{open} {tried}");
    }

    a_breaker_is_asked_before_each_attempt(
        "8", "Retries stand outside of the breaker: once it is open, a retry is refused as well",
        "resilience4j docs, aspect order: Retry ( CircuitBreaker ( … ( Function ) ) )"
    ) {
        let world = calls(1, "breaker: 50%, attempts: 3, retry: [failed]");
        let mut sim = world.with(&[("other.ask.error", "1")], 1);
        // Three attempts a call; the 34th call's first attempt is the hundredth.
        assert_eq!(received(&mut sim, 30), 100);
    }

    a_breaker_belongs_to_one_replica_and_is_empty_after_a_restart(
        "8", "Each replica counts for itself; one that restarts has forgotten that its breaker was open",
        "resilience4j: a registry in the memory of the process"
    ) {
        // Two replicas: the errors from 20 s on open both by 30 s; at 50 s one dies and comes back at 52 s.
        let mut sim = calls(2, "breaker: 50%").with(&[], 1);
        let before = received(&mut sim, 20);
        let open = received(&mut sim, 49);
        assert_eq!(open - before, 100);
        let again = received(&mut sim, 70);
        assert!(again > open + 80, "{}", again - open);
    }

    a_bulkhead_bounds_calls_in_flight(
        "8", "Beyond so many calls in flight from one replica to one place, the next is refused without being made",
        "resilience4j docs, Bulkhead"
    ) {
        let world = calls(1, "bulkhead: 2");
        let mut sim = world.with(&[("other.slow", "100")], 1);
        sim.advance(20 * SECOND);
        let report = sim.report();
        // Each takes a second: two of ten a second go through.
        let good = report.clients[0].by_outcome[0];
        assert!((36..=42).contains(&good), "{good}");
        assert_eq!(report.providers[0].received, good + 2);
        assert!(report.clients[0].by_outcome[5] > 150);
    }

    a_budget_bounds_retries(
        "8", "With a budget of 10 %, all calls failing cost ten retries saved up and one for ten calls from then on",
        "Finagle RetryBudget; SRE book, ch. 21: 10 % makes at most 1.1×"
    ) {
        let world = calls(1, "attempts: 3, retry: [failed], budget: 10%");
        let mut sim = world.with(&[("other.ask.error", "1")], 1);
        sim.advance(200 * SECOND);
        let report = sim.report();
        let calls = report.clients[0].clicks;
        let expected = 10 + calls / 10;
        assert!(report.retries.abs_diff(expected) <= 3, "{} of {calls}", report.retries);
    }

    a_throttle_asks_for_twice_what_is_accepted(
        "8", "When a provider accepts 2 of 10 a second, a throttle of 2 asks it for 4; what is held back is refused without a call",
        "SRE book, ch. 21: client-side throttling, K = 2"
    ) {
        let text = "
clock: {warm_up: 0s, play: 40m, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: front.go}}
providers: {other: {operations: {ask: {takes: 10ms}}, limit: 2/s burst 2}}
services: {front: {run: {threads: 100}, handlers: {go: {input: {job: Job}, steps: [{call: other.ask, throttle: 2}]}}}}
";
        let world = world(text);
        let run = world.run();
        let provider = &run.report.providers[0];
        let asked = (provider.received + provider.turned_away) as f64 / 2400.0;
        assert!((3.8..4.2).contains(&asked), "{asked}");
        assert_eq!(run.outcomes(0)[5] + run.outcomes(0)[0], 24_000 - 1);
        // Before anything is refused, nothing is held back.
        let calm = crate::world::world(&text.replace("limit: 2/s burst 2", "limit: 100/s burst 100"));
        assert_eq!(calm.run().outcomes(0)[5], 0);
    }

    a_decision_arrives_replica_by_replica(
        "8", "A changed decision reaches one replica after the other; until then the others run as they did",
        "Kubernetes docs, Deployments: rolling update"
    ) {
        let text = "
clock: {warm_up: 0s, play: 2m, drain: 10s}
roll_out: 30s each
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 1/s, make: {Job: {}}, call: front.go}}
services:
  front: {replicas: 3, run: {threads: 10}, handlers: {go: {input: {job: Job}, steps: [{id: think, wait: 100ms}]}}}
decisions: {haste: {ask: How long?, options: {slow: {default: true}, fast: {set: {front.go.think.takes: 50ms}}}}}
";
        let world = world(text);
        let fast = |second: u64| {
            let mut sim = world.with(&[], 1);
            let patches = world.compiled.design(&[("haste".to_owned(), "fast".to_owned())].into()).unwrap();
            sim.watch(1_000_000 + second);
            sim.advance(10 * SECOND);
            sim.apply(&seatrial_sim::Command::Decide(patches)).unwrap();
            let run = Run::of(sim);
            run.when("told ok") - run.when("arrives") < 0.06
        };
        let of_three = |second: u64| (second..second + 3).filter(|s| fast(*s)).count();
        assert_eq!([of_three(12), of_three(42), of_three(72), of_three(102)], [0, 1, 2, 3]);
    }
}
