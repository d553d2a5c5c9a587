//! 2, 4, 5, 9. Who works, who waits where, who is turned away.

use crate::cases;
use crate::world::{Run, SECOND, world};

/// Somebody every `gap`, one service in front of another that takes a second.
fn two_tiers(front: &str, back: &str, rate: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 10s, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant {rate}, make: {{Job: {{}}}}, call: front.go}}}}
services:
  front: {{run: {front}, handlers: {{go: {{input: {{job: Job}}, steps: [{{call: back.go}}]}}}}}}
  back: {{run: {back}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 1s}}]}}}}}}
"
    )
}

cases! {
    a_thread_is_held_while_it_waits_for_others(
        "2", "With one thread, the next request begins only when the call of the one before has come back",
        "thread-per-request servers: Tomcat `maxThreads`; Welsh, Culler, Brewer, SEDA, SOSP 2001, 2.1"
    ) {
        let world = world(&two_tiers("{threads: 1}", "{threads: 100}", "4/s"));
        let run = world.about(1_000_002);
        // The first came at 0.25 s and holds the thread until 1.25 s.
        assert_eq!(run.when("arrives"), 0.5);
        assert_eq!(run.when("back.go begins"), 1.25);
        assert_eq!(run.when("is told ok"), 2.25);
    }

    a_core_is_held_during_work_only(
        "2", "With one core, calls of many requests are under way at once",
        "event loops: Node.js docs, Don't Block the Event Loop"
    ) {
        let world = world(&two_tiers("{cores: 1, in_flight: 100}", "{threads: 100}", "4/s"));
        let run = world.about(1_000_002);
        assert_eq!(run.when("back.go begins"), 0.5);
        assert_eq!(run.when("is told ok"), 1.5);
    }

    a_core_is_held_during_work(
        "2", "Two requests that work do so one after the other on one core",
        "event loops: Node.js docs, Don't Block the Event Loop"
    ) {
        let world = world(&two_tiers("{threads: 100}", "{cores: 1, in_flight: 100}", "4/s"));
        let run = world.about(1_000_002);
        assert_eq!(run.when("is told ok"), 2.25);
    }

    in_flight_bounds_what_is_begun(
        "2", "Beyond `in_flight`, requests wait in the queue of the replica",
        "bounded concurrency: Envoy `max_requests`"
    ) {
        let world = world(&two_tiers("{cores: 8, in_flight: 1}", "{threads: 100}", "4/s"));
        let run = world.about(1_000_002);
        assert_eq!(run.when("back.go begins"), 1.25);
    }

    cores_are_taken_in_the_order_of_asking(
        "2", "Whoever works twice in a row queues again behind those who wait for the core",
        "run queues are first in, first out: tokio docs, runtime"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 350ms, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: back.go}}
services:
  back: {run: {cores: 1, in_flight: 100}, handlers: {go: {input: {job: Job}, steps: [{work: 1s}, {work: 1s}]}}}
");
        // Three come at 0.1, 0.2, 0.3. First halves at 0.1, 1.1, 2.1; second halves at 3.1, 4.1, 5.1.
        let told = |serial| world.about(serial).when("is told ok");
        assert_eq!([told(1_000_001), told(1_000_002), told(1_000_003)], [4.1, 5.1, 6.1]);
    }

    more_cores_wake_those_who_wait(
        "2", "Cores that are added serve the queue at once, before anybody who comes later",
        "by definition"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 450ms, drain: 1m}
roll_out: 1ms each
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: back.go}}
services:
  back: {run: {cores: 1, in_flight: 100}, handlers: {go: {input: {job: Job}, steps: [{work: 10s}]}}}
");
        let mut sim = world.sim();
        sim.watch(1_000_004);
        sim.advance(SECOND);
        sim.apply(&world.decide("back.cores", "4")).unwrap();
        let run = Run::of(sim);
        assert_eq!(run.when("is told ok"), 11.001);
    }

    a_fault_on_threads_ends_for_those_who_wait(
        "2", "When a limit on threads is lifted, those who waited are served at once",
        "by definition"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 450ms, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: back.go}}
services:
  back: {run: {threads: 4}, handlers: {go: {input: {job: Job}, steps: [{work: 10s}]}}}
faults: {starved: {at: 0s, lasts: 1s, set: {back.threads: 1}}}
");
        let run = world.about(1_000_004);
        assert_eq!(run.when("is told ok"), 11.0);
    }

    a_queue_is_first_in_first_out(
        "5", "`fifo`: who came first is served first",
        "by definition"
    ) {
        let world = world(&two_tiers("{threads: 1, queue: fifo 100}", "{threads: 100}", "4/s"));
        let run = world.about(1_000_003);
        assert_eq!(run.when("is told ok"), 3.25);
    }

    a_queue_is_last_in_first_out(
        "5", "`lifo`: who came last is served first, and who came early waits long",
        "adaptive LIFO: Maurer, Fail at Scale, ACM Queue 13(8), 2015"
    ) {
        let world = world(&two_tiers("{threads: 1, queue: lifo 100}", "{threads: 100}", "4/s"));
        let early = world.about(1_000_002);
        // At 1.25 s the fourth is the youngest and is taken; the second is taken last of all 39.
        assert_eq!(early.when("is told ok"), 39.25);
        let late = world.about(1_000_004);
        assert_eq!(late.when("is told ok"), 2.25);
    }

    a_full_queue_rejects(
        "5", "When all workers are busy and the queue is full, the request is refused at once and was certainly not done",
        "RFC 9110 15.6.4 (503); gRPC RESOURCE_EXHAUSTED"
    ) {
        let world = world(&two_tiers("{threads: 1, queue: fifo 1}", "{threads: 100}", "4/s"));
        let run = world.about(1_000_003);
        assert_eq!(run.when("is told refused"), 0.75);
        assert_eq!(run.count("begins"), 0);
    }

    who_waits_too_long_in_the_queue_is_refused(
        "5", "Who has waited in the queue for longer than `wait` is refused, and was certainly not done; its place is free at once",
        "HAProxy docs: timeout queue, 503"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 450ms, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: back.go}}
services: {back: {run: {threads: 1, queue: fifo 1, wait: 150ms}, handlers: {go: {input: {job: Job}, steps: [{work: 1s}]}}}}
");
        // 0.1 s: one is served until 1.1. 0.2: one waits, and is refused at 0.35. 0.3: its place is taken. 0.4: free again, until 0.55.
        let run = world.about(1_000_002);
        assert_eq!(run.when("is told refused"), 0.35);
        assert_eq!(run.count("begins"), 0);
        assert_eq!(world.about(1_000_003).when("is told refused"), 0.3);
        assert_eq!(world.about(1_000_004).when("is told refused"), 0.55);
    }

    who_waits_less_than_it_may_is_served(
        "5", "A wait that ends in time is no limit: whoever began is served, however long that takes",
        "HAProxy docs: timeout queue counts while queued only"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 250ms, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: back.go}}
services: {back: {run: {threads: 1, wait: 950ms}, handlers: {go: {input: {job: Job}, steps: [{work: 1s}]}}}}
");
        assert_eq!(world.about(1_000_002).when("is told ok"), 2.1);
    }

    no_queue_at_all_rejects_whoever_finds_no_worker(
        "5", "A queue of 0 has no place: with all workers busy the request is refused",
        "SynchronousQueue in java.util.concurrent.ThreadPoolExecutor"
    ) {
        let world = world(&two_tiers("{threads: 1, queue: fifo 0}", "{threads: 100}", "4/s"));
        let run = world.about(1_000_002);
        assert_eq!(run.when("is told refused"), 0.5);
        assert_eq!(run.outcomes(0)[0], 10);
    }

    round_robin_goes_round(
        "9", "Each caller goes through the replicas in turn",
        "Envoy docs, load balancers, weighted round robin"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 10s, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 4/s, make: {Job: {}}, call: front.go}}
services:
  front: {run: {threads: 100}, handlers: {go: {input: {job: Job}, steps: [{call: back.go}]}}}
  back: {replicas: 3, run: {threads: 1, queue: fifo 0}, handlers: {go: {input: {job: Job}, steps: [{work: 700ms}]}}}
");
        // Three workers in turn, each busy for 0.7 of 0.75 s: nobody is refused.
        assert_eq!(world.run().outcomes(0)[0], 39);
    }

    each_client_counts_for_itself(
        "9", "`least requests` knows the requests of its own replica only: with one client replica it spreads, with many it is blind",
        "Envoy docs, load balancers: weighted least request uses the host's active requests of this Envoy"
    ) {
        let text = |balance: &str, replicas: u32| format!("
clock: {{warm_up: 0s, play: 1m, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: poisson 20/s, make: {{Job: {{}}}}, call: front.go}}}}
services:
  front: {{replicas: {replicas}, run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{call: back.go}}]}}}}}}
  back: {{replicas: 10, balance: {balance}, run: {{threads: 1, queue: fifo}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: exp 400ms}}]}}}}}}
");
        let mean = |balance: &str, replicas| world(&text(balance, replicas)).run().report.clients[0].latency.mean_ns / 1e6;
        let (alone, many, random) = (mean("least requests", 1), mean("least requests", 50), mean("random", 1));
        assert!(alone < 550.0 && alone * 1.4 < many && many < random * 1.15, "{alone} {many} {random}");
        let two = mean("two choices", 1);
        assert!(alone < two && two < random, "{alone} {two} {random}");
    }

    a_dead_replica_gets_nothing(
        "9", "Whoever is down is not chosen, and is chosen again when it is back",
        "Kubernetes docs, EndpointSlices: only ready endpoints serve"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 40s, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: back.go}}
services:
  back: {replicas: 2, restart_after: 1s, start_up: 5s, run: {threads: 10}, handlers: {go: {input: {job: Job}, steps: [{work: 10ms}]}}}
faults: {killed: {at: 10105ms, crash: {service: back}}}
");
        let run = world.run();
        // The one that was under way is lost, nobody else notices.
        assert_eq!(run.outcomes(0)[6], 1);
        assert_eq!(run.outcomes(0)[0], 398);
        let on = |serial| world.about(serial).with_words(&["begins"])[0].clone();
        let during: Vec<String> = (1_000_102..1_000_150).map(on).collect();
        assert!(during.iter().all(|line| *line == during[0]), "{during:?}");
        assert_ne!(on(1_000_170), on(1_000_171));
    }
}
