//! 3. A process that stands still while the world goes on.

use seatrial_sim::engine::Health;

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// A person's request at 1 s at a service in front, which calls one behind it; `front` or `back` stands still for a while.
fn stands(work: &str, call: &str, pause: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 5m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: none}}}}}}
services:
  front: {{run: {{threads: 4}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{call: back.go{call}}}]}}}}}}
  back: {{run: {{threads: 1}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: {work}}}]}}}}}}
faults: {{still: {pause}}}
"
    ))
}

cases! {
    work_loses_the_time_of_a_pause(
        "3", "Work that is under way is done later by as much as the process stood still; it is not lost",
        "JDK docs, Garbage Collection Tuning: stop-the-world pauses"
    ) {
        let run = stands("2s", "", "{at: 1400ms, lasts: 1200ms, pause: {service: back}}").run();
        assert_eq!(run.when("back.go answers ok"), 4.2);
        // It would have been done in the pause: what was left of it is done after it.
        let run = stands("2s", "", "{at: 1400ms, lasts: 5s, pause: {service: back}}").run();
        assert_eq!(run.when("back.go answers ok"), 8.0);
    }

    its_sockets_still_accept(
        "3", "A request that comes to a process that stands still is neither refused nor begun: it waits, its caller gives up, and it is done all the same",
        "listen(2): the kernel completes connections; behaviour list, 3"
    ) {
        let run = stands("100ms", ", timeout: 2s", "{at: 500ms, lasts: 9500ms, pause: {service: back}}").run();
        assert_eq!((run.when("time is up"), run.when("is told unknown")), (3.0, 3.0));
        assert_eq!((run.when("back.go begins"), run.when("back.go answers ok")), (10.0, 10.1));
    }

    timers_fire_when_it_wakes_up(
        "3", "A time-out that is over in the meantime is noticed on waking, in the order in which things came due: an answer that came before it counts",
        "behaviour list, 3: freezes work and timers"
    ) {
        let run = stands("4s", ", timeout: 2s", "{at: 1400ms, lasts: 8600ms, pause: {service: front}}").run();
        assert_eq!(run.when("time is up"), 10.0);
        let run = stands("1s", ", timeout: 2s", "{at: 1400ms, lasts: 8600ms, pause: {service: front}}").run();
        assert_eq!((run.count("time is up"), run.when("is told ok")), (0, 10.0));
    }

    people_do_not_stand_still(
        "3", "People's own software goes on trying while an instance stands still: only what runs in that process freezes",
        "AWS SDKs and Tools Reference Guide, retry behavior"
    ) {
        let run = world(
            "
clock: {warm_up: 0s, play: 1500ms, drain: 2m}
records: {Job: {fields: {id: id}}}
clients:
  people:
    arrive: constant 1/s
    make: {Job: {}}
    call: {to: front.go}
    sdks: {app: {share: 100%, timeout: 1s, attempts: 3, retry: [unknown], backoff: fixed 2s}}
services: {front: {run: {threads: 4}, handlers: {go: {input: {job: Job}, steps: [{work: 100ms}]}}}}
faults: {still: {at: 500ms, lasts: 60s, pause: {service: front}}}
",
        )
        .run();
        // At 1 s, then each time a second's wait and two of back-off.
        assert_eq!(run.when("is told unknown"), 1.0 + 3.0 + 3.0 + 1.0);
    }

    a_zombie_finishes_what_another_has_taken_over(
        "3", "A consumer that stands still for longer than its session loses its partition; woken up it finishes the message that another has handled by then",
        "Kleppmann, How to do distributed locking, 2016; Kafka docs, session.timeout.ms"
    ) {
        let consumer = |lasts: &str| world(&format!(
            "
clock: {{warm_up: 0s, play: 1500ms, drain: 5m}}
records: {{Job: {{fields: {{id: id}}}}, Done: {{fields: {{ref: id, job: Job.id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: none}}}}}}
topics: {{news: {{of: Done, key: job, partitions: 1, session: 10s}}}}
services:
  front: {{handlers: {{go: {{input: {{job: Job}}, steps: [{{publish: news, body: {{ref: job.id}}}}]}}}}}}
  desk: {{replicas: 2, handlers: {{hear: {{from: {{topic: news}}, steps: [{{work: 2s}}]}}}}}}
faults: {{still: {{at: 2s, lasts: {lasts}, pause: {{service: desk}}}}}}
"
        )).run();
        let short = consumer("9s");
        assert_eq!(short.count("desk.hear begins"), 1);
        let long = consumer("60s");
        assert_eq!(long.count("desk.hear begins"), 2);
        let done = long.times("desk.hear answers ok");
        // The other begins when the session is over, at 12 s. The zombie had a second left at 2 s, and wakes up at 62 s.
        assert_eq!(done.len(), 2);
        assert!(done[0] == 14.0 && (63.0..63.1).contains(&done[1]), "{done:?}");
    }

    a_collector_stops_the_world_in_the_tail(
        "3", "A process that stands still for a tenth of a second every ten has the same median and another tail: whoever comes meanwhile waits, and those \
            who come after them",
        "Dean, Barroso, The Tail at Scale, 2013"
    ) {
        let latency = |pauses: &str| {
            let run = world(&format!(
                "
clock: {{warm_up: 0s, play: 10m, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: poisson 50/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: none}}}}}}
services: {{front: {{run: {{threads: 20}}, {pauses}handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 5ms}}]}}}}}}}}
"
            )).run();
            run.report.clients[0].latency.clone()
        };
        let (smooth, stops) = (latency(""), latency("pauses: {every: 9900ms, lasts: 100ms}, "));
        assert!(stops.p50_us < smooth.p50_us + 200 && smooth.max_us < 7_000, "{smooth:?}\n{stops:?}");
        // One in a hundred comes in a pause, and waits for up to a tenth of a second.
        assert!((80_000..=106_000).contains(&stops.max_us) && stops.p999_us > 60_000, "{stops:?}");
    }

    its_lease_ends(
        "3", "An instance that stands still renews nothing: its registry drops it, and has it again when it wakes up",
        "Netflix Eureka wiki: leases; behaviour list, 3"
    ) {
        let world = world(
            "
clock: {warm_up: 0s, play: 3m, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: {to: front.go, timeout: 1s}}}
services:
  front: {replicas: 2, run: {threads: 10}, discovery: {by: registry, renew: 2s, expires: 10s, fetch: 1s, cache: none}, handlers: {go: {input: {job: Job}, \
    steps: [{work: 10ms}]}}}
faults: {still: {at: 30050ms, lasts: 60s, pause: {service: front}}}
",
        );
        let mut sim = world.sim();
        sim.advance(60 * SECOND);
        // Five a second wait in vain until the lease is over.
        let unknown = sim.report().clients[0].by_outcome[6];
        assert!((40..=60).contains(&unknown), "{unknown}");
        let replica = sim.console().services[0].replicas[0];
        assert_eq!((replica.health, replica.waiting as u64), (Health::Up, unknown));
        sim.advance(100 * SECOND);
        let run = Run::of(sim);
        assert_eq!(run.outcomes(0)[6], unknown);
    }
}
