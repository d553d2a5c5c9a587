//! 9, 14. Who knows where the instances are, how long that is true, and what it costs to believe it.

use seatrial_sim::engine::Sim;

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// People come to a service in front, which calls one behind it ten times a second, for a minute. `rest` is what fails.
fn pair(front: u32, back: &str, call: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 10m, drain: 30s}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: none}}}}}}
services:
  front: {{replicas: {front}, run: {{threads: 1000}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{call: back.go{call}}}]}}}}}}
  back: {{start_up: 5s, run: {{threads: 100}}, {back}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 20ms}}]}}}}}}
{rest}"
    ))
}

/// How people's requests came out by `at` seconds: `ok`, and `refused`.
fn by(sim: &mut Sim, at: u64) -> (u64, u64) {
    sim.advance(at * SECOND);
    let report = sim.report();
    (report.clients[0].by_outcome[0], report.clients[0].by_outcome[5])
}

fn ended(world: &World) -> (u64, u64) {
    let run = world.run();
    (run.outcomes(0)[0], run.outcomes(0)[5])
}

/// One of two instances behind dies at 30 s, between two arrivals.
const DIES: &str = "faults: {dies: {at: 30050ms, crash: {service: back}}}\n";

cases! {
    without_discovery_everybody_knows_at_once(
        "9", "A service that says nothing of discovery has callers that know at once who is up: one of two dies and nobody is refused",
        "by definition; where discovery is not the question"
    ) {
        assert_eq!(ended(&pair(1, "replicas: 2, restart_after: 60s", "", DIES)).1, 0);
    }

    a_node_that_has_not_heard_sends_to_the_dead(
        "9", "A dead instance stays in a caller's list for the time that the change takes to its node: until then every \
            other request is refused, after it none",
        "Kubernetes docs, Virtual IPs and Service Proxies: kube-proxy watches EndpointSlices"
    ) {
        let world = pair(1, "replicas: 2, restart_after: 60s, discovery: {by: endpoints, delay: 4s}", "", DIES);
        let mut sim = world.sim();
        assert_eq!(by(&mut sim, 30).1, 0);
        assert_eq!(by(&mut sim, 34).1, 20);
        assert_eq!(by(&mut sim, 600).1, 20);
    }

    each_node_hears_in_its_own_time(
        "9", "Four callers hear of a death each after their own delay: what is refused falls in steps, not at once",
        "Kubernetes docs, Pod Lifecycle: endpoints are updated at the same time as the process is told, and eventually everywhere"
    ) {
        let world = pair(4, "replicas: 2, restart_after: 60s, discovery: {by: endpoints, delay: uniform 1s..9s}", "", DIES);
        let mut sim = world.sim();
        let at: Vec<u64> = [30, 31, 33, 35, 37, 39, 60].into_iter().map(|at| by(&mut sim, at).1).collect();
        // In the first second nobody has heard: every other request of ten; after nine everybody has.
        assert_eq!((at[0], at[5]), (0, at[6]));
        assert!((4..=5).contains(&at[1]), "{at:?}");
        let rates: Vec<u64> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(rates[1] > rates[4] && rates[2] > 0, "{at:?}");
    }

    another_attempt_finds_one_that_lives(
        "9", "Refused on the spot, the caller tries the next of its list and nobody notices; but a retry moves the turn on, so that every \
            call meets the dead one first",
        "Envoy docs, retry_on: connect-failure"
    ) {
        let world = pair(1, "replicas: 2, restart_after: 60s, discovery: {by: endpoints, delay: 4s}", ", attempts: 2, retry: [refused]", DIES);
        let run = world.run();
        // Of the forty calls in four seconds.
        assert_eq!((run.outcomes(0)[5], run.report.retries), (0, 40));
    }

    an_instance_that_leaves_is_called_until_they_have_heard(
        "10", "SIGTERM and the removal from the endpoints start together: an instance that closes its door at once refuses those who have not heard; one \
            that waits longer than that before its SIGTERM refuses nobody",
        "Kubernetes docs, Pod Lifecycle; Pod Hooks: preStop"
    ) {
        let leaves = |pre_stop: &str| {
            let instances = format!("instances: {{pre_stop: {pre_stop}, grace: 30s}}");
            let world = pair(1, &format!("replicas: 2, {instances}, discovery: {{by: endpoints, delay: 3s, connect: none}}"), "",
                "moves: {less: {takes: 0s, set: {back.replicas: 1}}, again: {takes: 0s, restart: back}}\n");
            let refused = |name: &str| {
                let mut sim = world.sim();
                sim.advance(20 * SECOND);
                sim.apply(&world.makes(name, None)).unwrap();
                sim.finish();
                sim.conserved().unwrap();
                sim.report().clients[0].by_outcome[5]
            };
            (refused("less"), refused("again"))
        };
        // Twenty-nine calls, every other.
        let (less, again) = leaves("0s");
        assert!((14..=15).contains(&less) && (14..=15).contains(&again), "{less} {again}");
        assert_eq!(leaves("5s"), (0, 0));
    }

    where_no_machine_is_nobody_refuses(
        "9", "The address of an instance that is gone answers nothing: a caller that has not heard waits for its connect time-out before it knows that \
            nothing was sent; a dead process on a machine that lives is refused at once",
        "RFC 9293, 3.10.7.1 (a reset from a closed port); Envoy, Cluster.connect_timeout (5 s)"
    ) {
        let world = pair(1, "replicas: 2, instances: {grace: 0s}, discovery: {by: endpoints, delay: 3s}", "",
            "moves: {less: {takes: 0s, set: {back.replicas: 1}}}\n");
        let mut sim = world.sim();
        sim.advance(20 * SECOND);
        sim.apply(&world.makes("less", None)).unwrap();
        assert_eq!(by(&mut sim, 24).1, 0);
        // The first of them was sent within the first fifth of a second, the last before the third.
        assert_eq!(by(&mut sim, 26).1, 5);
        assert_eq!(by(&mut sim, 29).1, 14);
    }

    a_machine_that_dies_refuses_nobody(
        "9", "A process that dies leaves a machine that refuses at once; a machine that dies leaves nothing, and every caller that has not heard waits",
        "RFC 9293, 3.10.7.1; Envoy, Cluster.connect_timeout"
    ) {
        let dies = |host: &str| {
            let fault = DIES.replace("service: back", &format!("service: back{host}"));
            let mut sim = pair(1, "replicas: 2, restart_after: 60s, discovery: {by: endpoints, delay: 4s, connect: 2s}", "", &fault).sim();
            [32, 34, 37].map(|at| by(&mut sim, at).1)
        };
        let (process, machine) = (dies(""), dies(", host: true"));
        assert_eq!((process[1], process[2]), (20, 20));
        assert_eq!((machine[0], machine[1], machine[2]), (0, process[0], 20));
    }

    a_pool_does_not_resolve_again(
        "14", "Names are resolved when connections are made: instances that are added later get nothing until connections are old enough to be made anew",
        "gRPC A9 (server-side connection age: so that clients re-resolve); JDK docs, networkaddress.cache.ttl"
    ) {
        let share = |discovery: &str| {
            let world = pair(1, &format!("replicas: 2, discovery: {{by: dns, {discovery}}}"), "", "moves: {more: {takes: 0s, set: {back.replicas: 4}}}\n");
            let mut sim = world.sim();
            sim.advance(20 * SECOND);
            sim.apply(&world.makes("more", None)).unwrap();
            sim.advance(200 * SECOND);
            let (mut busy, mut seen) = ([0u32; 4], 0);
            while seen < 200 {
                seen += 1;
                let at = sim.now() + 101_000_000;
                sim.advance(at);
                for (replica, is) in sim.console().services[1].replicas.iter().enumerate() {
                    busy[replica] += is.busy;
                }
            }
            busy.iter().filter(|busy| **busy > 0).count()
        };
        assert_eq!(share("ttl: 30s"), 2);
        assert_eq!(share("ttl: 30s, pool_age: 60s"), 4);
    }

    a_resolver_answers_from_its_cache(
        "14", "A connection that fails is made anew, but to what the resolver remembers: while its record lives the dead address comes back",
        "RFC 1035, 3.2.1 (TTL); behaviour list, 14"
    ) {
        let refused = |ttl: &str| ended(&pair(1, &format!("replicas: 2, restart_after: 120s, discovery: {{by: dns, ttl: {ttl}}}"), "", DIES)).1;
        // One attempt fails, and the next resolution has the truth.
        assert_eq!(refused("10s"), 1);
        // Resolved with the first request; the record lives for a minute, and every other request of the second half of it fails.
        assert_eq!(refused("60s"), 151);
    }

    who_knows_nobody_asks_again(
        "14", "An answer without addresses opens no connection: the name is resolved at the next request, once the record is too \
            old, and not only when connections are",
        "RFC 2308 (negative answers are kept for a time to live of their own); gRPC docs, Wait for Ready: names without addresses are resolved again"
    ) {
        // Dead from 30 s to 95 s.
        let world = pair(1, "replicas: 1, restart_after: 60s, discovery: {by: dns, ttl: 10s, pool_age: 9m}", "", DIES);
        let mut sim = world.sim();
        let before = by(&mut sim, 90).0;
        assert!((299..=301).contains(&before), "{before}");
        // Ten seconds at most after it is there again.
        assert!(by(&mut sim, 120).0 >= before + 149);
    }

    a_lease_outlives_its_instance(
        "9", "An instance that dies says nothing: the registry lists it until its lease is over, and a caller's copy is older still",
        "Netflix Eureka wiki, Understanding eureka client server communication: 30 s renewals, 90 s leases"
    ) {
        let refused = |more: &str| ended(&pair(1, &format!("replicas: 2, restart_after: 5m, discovery: {{by: registry{more}}}"), "", DIES)).1;
        // Five a second, for 60 s (a lease that was just to be renewed) to 90 s, and for up to 60 s of copies.
        let usual = refused("");
        assert!((300..=750).contains(&usual), "{usual}");
        // Without copies: the lease alone. With short leases: a few seconds.
        let fresh = refused(", fetch: 1s, cache: none");
        assert!((300..=455).contains(&fresh) && fresh < usual, "{fresh}");
        let short = refused(", renew: 2s, expires: 6s, fetch: 1s, cache: none");
        assert!((20..=35).contains(&short), "{short}");
        // The same, decided: every figure has a path.
        let world = pair(1, "replicas: 2, restart_after: 5m, discovery: {by: endpoints}", "", DIES);
        let decided = [("by", "registry"), ("renew", "2s"), ("expires", "6s"), ("fetch", "1s"), ("cache", "none")];
        let set: Vec<(String, &str)> = decided.iter().map(|(field, value)| (format!("back.discovery.{field}"), *value)).collect();
        let set: Vec<(&str, &str)> = set.iter().map(|(path, value)| (path.as_str(), *value)).collect();
        assert_eq!(world.run_with(&set).outcomes(0)[5], short);
    }

    an_instance_that_leaves_in_good_order_says_so(
        "9", "Ended on purpose it takes itself out of the registry: only the callers' copies are stale",
        "Netflix Eureka wiki: cancel"
    ) {
        let world = pair(1, "replicas: 2, instances: {grace: 1s}, discovery: {by: registry, fetch: 10s, cache: none, connect: none}", "",
            "moves: {less: {takes: 0s, set: {back.replicas: 1}}}\n");
        let mut sim = world.sim();
        sim.advance(20 * SECOND);
        sim.apply(&world.makes("less", None)).unwrap();
        let refused = by(&mut sim, 600).1;
        assert!((1..=50).contains(&refused), "{refused}");
    }

    a_pinned_caller_stays_where_it_is(
        "9", "Over HTTP/2 behind a balancer of connections all requests of a caller go one way: two callers keep at most two of four instances busy; \
            connections that end after a while spread them",
        "gRPC blog, gRPC Load Balancing, 2017; gRPC A9, MAX_CONNECTION_AGE"
    ) {
        let used = |more: &str| {
            let world = pair(2, &format!("replicas: 4, balance: pinned{more}"), "", "");
            let (mut sim, mut busy) = (world.sim(), [0u32; 4]);
            while sim.now() < 500 * SECOND {
                let at = sim.now() + 101_000_000;
                sim.advance(at);
                for (replica, is) in sim.console().services[1].replicas.iter().enumerate() {
                    busy[replica] += is.busy;
                }
            }
            busy.iter().filter(|busy| **busy > 0).count()
        };
        assert!(used("") <= 2);
        assert_eq!(used(", max_connection_age: 20s"), 4);
    }

    an_outlier_is_left_out(
        "9", "After five failures in a row a caller leaves an instance out, for 30 s, then 60 s: it does not wait to be told that it is dead",
        "Envoy docs, Outlier detection: consecutive_5xx, base_ejection_time, max_ejection_percent"
    ) {
        let refused = |more: &str| ended(&pair(1, &format!("replicas: 2, restart_after: 5m, discovery: {{by: registry, expires: 4m}}{more}"), "", DIES)).1;
        let without = refused("");
        assert!(without > 900, "{without}");
        // Five, then five more each time that it is let in again: at 30, 61, 122, 213 s.
        let with = refused(", eject: {}");
        assert!((15..=25).contains(&with), "{with}");
    }

    who_turns_requests_away_is_an_outlier_too(
        "9", "A full queue answers 503, which counts like any other 5xx: after five in a row the caller goes elsewhere",
        "Envoy docs, Outlier detection: consecutive_5xx"
    ) {
        // One thread and no queue each; at 4 s one of them is held for five seconds, and every other request is turned away.
        let turned_away = |more: &str| world(&format!(
            "
clock: {{warm_up: 0s, play: 7900ms, drain: 30s}}
records: {{Job: {{fields: {{id: id}}}}}}
clients:
  long: {{arrive: constant 15/m, make: {{Job: {{}}}}, call: {{to: back.long, timeout: none}}}}
  people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: {{to: back.go, timeout: none}}}}
services:
  back: {{replicas: 2, run: {{threads: 1, queue: fifo 0}}{more}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 20ms}}]}}, \
    long: {{input: {{job: Job}}, steps: [{{work: 5s}}]}}}}}}
"
        )).run();
        let (without, with) = (turned_away("").report.clients[1].by_outcome[5], turned_away(", eject: {}").report.clients[1].by_outcome[5]);
        assert!((18..=20).contains(&without) && with == 5, "{without} {with}");
    }

    never_more_than_a_share_is_left_out(
        "9", "When all fail, one is left out and the others are not: ejection does not make an outage of a bad day",
        "Envoy docs, Outlier detection: max_ejection_percent (10 %, at least one)"
    ) {
        let world = pair(1, "replicas: 4, restart_after: 5m, discovery: {by: registry, expires: 9m}, eject: {}", "",
            "faults: {dies: {at: 30s, crash: {service: back, replicas: 2}}}\n");
        let mut sim = world.sim();
        let (_, before) = by(&mut sim, 40);
        let (_, after) = by(&mut sim, 50);
        // Two of four are dead and one of them is left out: of three that are chosen one refuses.
        assert!((32..=35).contains(&(after - before)), "{before} {after}");
        Run::of(sim);
    }

    who_is_not_reached_is_told_why(
        "9", "Nobody known, nobody listening and nobody answering are told apart: at once, at once, and after the connect time-out",
        "RFC 9293, 3.10.7.1 (reset from a closed port); UnknownHostException, ConnectException, ConnectTimeoutException of the JDK"
    ) {
        // One instance in all, dead from 30.05 s on. Who asks at 30.1 s has not heard, who asks at 40.1 s has.
        let heard = pair(1, "replicas: 1, restart_after: 60s, discovery: {by: endpoints, delay: 4s}", "", DIES);
        heard.about(1_000_302).tells(&["nobody", "told"], &["front.go.go finds nobody", "is told refused"]);
        heard.about(1_000_402).tells(&["nobody", "told"], &["front.go.go knows nobody", "is told refused"]);
        let gone = DIES.replace("crash: {service: back}", "lasts: 60s, crash: {service: back, host: true}");
        let silent = pair(1, "replicas: 1, restart_after: 60s, discovery: {by: endpoints, delay: 4s, connect: 2s}", "", &gone);
        let silent = silent.about(1_000_302);
        silent.tells(&["connect", "told"], &["front.go.go cannot connect, attempt 1", "is told refused"]);
    }
}
