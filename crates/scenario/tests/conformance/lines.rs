//! 5. Queues: who is served next, who is not let in, and who waits outside.

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// People who come so often, as long as `play`, to a service whose requests take so long.
fn queue(rate: &str, play: &str, run: &str, work: &str, timeout: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: {play}, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant {rate}, make: {{Job: {{}}}}, call: {{to: back.go, timeout: {timeout}}}}}}}
services: {{back: {{run: {run}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: {work}}}]}}}}}}}}
"
    ))
}

/// At 0.5 s and 1 s somebody comes, and at the second instant somebody who matters more.
fn classes(run: &str, paid: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 1300ms, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}, Paid: {{fields: {{id: id, rank: count}}}}}}
clients:
  people: {{arrive: constant 2/s, make: {{Job: {{}}}}, call: back.go}}
  payers: {{arrive: constant {paid}, make: {{Paid: {{rank: 0}}}}, call: front.pay}}
services:
  back: {{run: {run}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 1s}}]}}, pay: {{input: {{paid: Paid}}, steps: [{{work: 1s}}]}}}}}}
  front: {{handlers: {{pay: {{input: {{paid: Paid}}, steps: [{{call: back.pay, priority: paid.rank}}]}}}}}}
"
    ))
}

cases! {
    the_urgent_are_served_first(
        "5", "Of those who wait, whoever has the more urgent priority is served first, although he came last",
        "RFC 9218, 4.1: urgency 0 to 7, 3 by default; SRE book, ch. 21: criticality"
    ) {
        let world = classes("{threads: 1, order: priority}", "0.8/s");
        assert_eq!(world.about(2_000_001).when("is told ok"), 2.5);
        assert_eq!(world.about(1_000_002).when("is told ok"), 3.5);
        let fifo = world.run_with(&[("back.order", "fifo")]);
        assert_eq!(fifo.when("is told ok"), 1.5);
        let mut sim = world.with(&[("back.order", "fifo")], 1);
        sim.watch(2_000_001);
        assert_eq!(Run::of(sim).when("is told ok"), 3.5);
    }

    the_least_urgent_is_shed_first(
        "5", "When the queue is full, somebody urgent takes the place of the least urgent in it, who is refused",
        "SRE book, ch. 21: a less critical request is rejected first"
    ) {
        let world = classes("{threads: 1, queue: fifo 1, order: priority}", "0.8/s");
        assert_eq!(world.about(1_000_002).when("is told refused"), 1.25);
        assert_eq!(world.about(2_000_001).when("is told ok"), 2.5);
    }

    a_priority_of_a_client_goes_with_its_calls(
        "5", "What a client's priority is, the calls made for it have as well",
        "SRE book, ch. 21: criticality is propagated"
    ) {
        let text = "
clock: {warm_up: 0s, play: 1300ms, drain: 1m}
records: {Job: {fields: {id: id}}, Paid: {fields: {id: id}}}
clients:
  people: {arrive: constant 2/s, make: {Job: {}}, call: front.go}
  payers: {arrive: constant 0.8/s, make: {Paid: {}}, call: front.pay, priority: 0}
services:
  front: {handlers: {go: {input: {job: Job}, steps: [{call: back.go}]}, pay: {input: {paid: Paid}, steps: [{call: back.pay}]}}}
  back: {run: {threads: 1, order: priority}, handlers: {go: {input: {job: Job}, steps: [{work: 1s}]}, pay: {input: {paid: Paid}, steps: [{work: 1s}]}}}
";
        assert_eq!(world(text).about(2_000_001).when("is told ok"), 2.5);
        assert_eq!(world(text).about(1_000_002).when("is told ok"), 3.5);
    }

    adaptive_lifo_serves_the_newest_while_the_queue_stands(
        "5", "A queue that has not been empty for 100 ms is served from its end; the oldest wait longest",
        "Maurer, Fail at Scale, ACM Queue 13(8), 2015: adaptive LIFO"
    ) {
        let world = queue("4/s", "1100ms", "{threads: 1, order: adaptive lifo}", "1s", "none");
        let told = |serial| world.about(serial).when("is told ok");
        assert_eq!([told(1_000_001), told(1_000_004), told(1_000_003), told(1_000_002)], [1.25, 2.25, 3.25, 4.25]);
        // Work of 150 ms: nobody waits for 100 ms, so the queue is first in, first out.
        let brief = queue("10/s", "250ms", "{threads: 1, order: adaptive lifo}", "150ms", "none");
        assert_eq!(brief.about(1_000_002).when("is told ok"), 0.4);
    }

    controlled_delay_keeps_goodput_at_twice_the_load(
        "5", "At twice what can be served, with callers who wait for a second: a long queue serves hardly anybody in time, controlled delay \
              nearly as many as can be served, each within 160 ms",
        "Maurer, Fail at Scale, ACM Queue 13(8), 2015: controlled delay, 5 ms and 100 ms"
    ) {
        let good = |shed: &str| {
            let world = queue("40/s", "60s", "{threads: 1}", "50ms", "1s");
            let report = world.run_with(&[("back.shed", shed)]).report;
            (report.clients[0].by_outcome[0], report.clients[0].latency.max_us)
        };
        let (none, _) = good("none");
        let (kept, slowest) = good("controlled delay");
        assert!(none < 60, "{none}");
        assert!(kept > 1100 && slowest < 160_000, "{kept} {slowest}");
    }

    codel_drops_faster_by_the_root_of_what_it_has_dropped(
        "5", "While waiting stays above 5 ms, the n-th drop follows the one before after 100 ms / √n",
        "RFC 8289, 5.5: control law"
    ) {
        let world = queue("2000/s", "10s", "{threads: 1, shed: codel}", "1ms", "none");
        let mut sim = world.with(&[], 1);
        sim.advance(2 * SECOND);
        let dropped = sim.report().services[0].turned_away;
        // The first at about 0.11 s, when it has been above the target for 100 ms.
        let (mut at, mut count) = (0.11, 0u32);
        while at <= 2.0 {
            count += 1;
            at += 0.1 / f64::from(count).sqrt();
        }
        assert!(dropped.abs_diff(u64::from(count)) <= 3, "{dropped} {count}");
        // With less to do than can be done nothing is dropped.
        let calm = queue("900/s", "10s", "{threads: 1, shed: codel}", "1ms", "none");
        assert_eq!(calm.run().report.services[0].turned_away, 0);
    }

    a_full_queue_that_blocks_keeps_the_caller_outside(
        "5", "Who waits outside of a full queue and gives up was never let in; in a kernel's backlog the request is read and done all the same; \
              without either it is refused at once",
        "back-pressure: Reactive Streams; listen(2): the connection is complete before accept(2)"
    ) {
        let of = |full: &str| {
            let world = queue("4/s", "1100ms", "{threads: 1, queue: fifo 1}", "1s", "1s");
            let mut sim = world.with(&[("back.full", full)], 1);
            sim.watch(1_000_004);
            Run::of(sim)
        };
        let blocked = of("block");
        assert_eq!((blocked.when("is told unknown"), blocked.count("begins")), (2.0, 0));
        let backlog = of("backlog 10");
        assert_eq!((backlog.when("is told unknown"), backlog.when("back.go begins")), (2.0, 3.25));
        assert_eq!(of("reject").when("is told refused"), 1.0);
        // Of the two outside, one is too many.
        assert_eq!(of("backlog 1").when("is told refused"), 1.0);
    }

    a_limit_on_what_is_in_hand_refuses_at_once(
        "5", "With a limit of two, the third request is refused although the queue has room",
        "Envoy docs, adaptive concurrency and circuit breaking; Netflix, concurrency-limits"
    ) {
        let world = queue("4/s", "1100ms", "{threads: 1, concurrency: 2}", "1s", "none");
        assert_eq!(world.about(1_000_002).when("is told ok"), 2.25);
        assert_eq!(world.about(1_000_003).when("is told refused"), 0.75);
        // Learnt ones begin at ten and at twenty.
        let turned_away = |kind: &str| queue("100/s", "500ms", "{threads: 1}", "1m", "none").run_with(&[("back.concurrency",
            kind)]).report.services[0].turned_away;
        assert_eq!([turned_away("none"), turned_away("aimd"), turned_away("gradient")], [0, 39, 29]);
    }

    a_service_that_limits_its_rate_refuses_what_is_beyond(
        "5", "With 5 a second and a burst of 5, of ten a second half are refused",
        "token bucket: Envoy docs, local rate limit"
    ) {
        let world = queue("10/s", "20s", "{threads: 100, rate_limit: 5/s burst 5}", "1ms", "none");
        let refused = world.run().report.services[0].turned_away;
        assert!((93..=96).contains(&refused), "{refused}");
        assert_eq!(world.run_with(&[("back.rate_limit", "none")]).report.services[0].turned_away, 0);
    }

    a_caller_that_limits_its_rate_does_not_call(
        "8", "With 5 a second and a burst of 5 at the caller, the callee is asked half as often, and the others are refused without a call",
        "resilience4j docs, RateLimiter, with a time-out of 0"
    ) {
        let run = world("
clock: {warm_up: 0s, play: 20s, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: front.go}}
services:
  front: {handlers: {go: {input: {job: Job}, steps: [{call: back.go, rate_limit: 5/s burst 5}]}}}
  back: {handlers: {go: {input: {job: Job}, steps: [{work: 1ms}]}}}
").run();
        let called = run.report.services[1].offered;
        assert!((103..=106).contains(&called), "{called}");
        assert_eq!(run.outcomes(0)[5], run.outcomes(0).iter().sum::<u64>() - called);
    }
}
