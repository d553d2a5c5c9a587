//! 6, 7. What lies between the parts: time, loss, cuts; and callers that say that they have left.

use crate::cases;
use crate::world::{Run, world};

/// A person, a service in front, one behind it; the way between the two is what is said.
fn pair(link: &str, call: &str, steps: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 30m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: none}}}}}}
stores: {{db: {{takes: 1ms, tables: {{jobs: {{of: Job, unique: [id]}}}}}}}}
links: {{way: {{from: front, to: back, {link}}}}}
services:
  front: {{run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{call: back.go{call}}}]}}}}}}
  back: {{run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{steps}]}}}}}}
"
    )
}

const KEEP: &str = "{work: 100ms}, {tx: db, do: [{insert: jobs}]}";

/// The same, cut from 500 ms on, for so long.
fn cut(how: &str, lasts: &str, link: &str, call: &str) -> String {
    format!("{}faults: {{cut: {{at: 500ms, lasts: {lasts}, set: {{links.way.cut: {how}}}}}}}\n", pair(link, call, KEEP))
}

fn first(text: &str) -> Run {
    world(text).run()
}

cases! {
    a_new_connection_costs_a_round_trip(
        "7", "Over a link of 20 ms a first call waits for the handshake and then for its answer (80 ms); the next uses the connection that is open (40 ms)",
        "RFC 9293, 3.5 (three-way handshake); RFC 9112, 9.3 (persistence)"
    ) {
        let text = pair("latency: 20ms", "", "{work: 100ms}").replace("play: 1500ms", "play: 2500ms");
        assert_eq!(first(&text).when("is told ok"), 1.18);
        let second = world(&text).about(1_000_002);
        assert_eq!(second.when("is told ok"), 2.14);
    }

    a_lost_packet_is_a_late_one(
        "7", "TCP sends a lost packet again after its round trip and 200 ms, then after twice that: loss is a delay, not an error",
        "RFC 6298; Linux net/ipv4/tcp_timer.c, TCP_RTO_MIN"
    ) {
        let text = pair("latency: 20ms, loss: 20%", "", "{work: 0ms}").replace("1500ms", "400s");
        let run = Run::of(world(&text).sim());
        let people = run.outcomes(0);
        assert_eq!(people[0], people.iter().sum::<u64>(), "{people:?}");
        // Without loss every call but the first takes 40 ms. A call is two packets: 36 % meet a loss and take 240 ms more at least.
        let spread = &run.report.clients[0].latency;
        assert!(spread.p50_us < 45_000, "{spread:?}");
        assert!(spread.p90_us >= 275_000, "{spread:?}");
    }

    a_cut_before_the_connection_is_open_refuses(
        "7", "Nobody answers the first packet of a new connection: at its limit the caller knows that nothing was sent, `refused`",
        "RFC 9293, 3.5; Envoy, Cluster.connect_timeout (5 s)"
    ) {
        let run = first(&cut("both", "60s", "latency: 20ms", ""));
        assert_eq!(run.when("cannot connect"), 6.0);
        assert_eq!(run.when("is told refused"), 6.0);
        assert_eq!(run.count("back.go begins"), 0);
    }

    a_call_that_times_out_while_it_connects_was_not_made(
        "7", "A caller whose time is up while its connection opens knows as much: `refused`, and nothing arrives after the cut has healed",
        "Java HttpConnectTimeoutException beside HttpTimeoutException; Go net, OpError `dial`"
    ) {
        let run = first(&cut("there", "10s", "latency: 20ms", ", timeout: 2s"));
        assert_eq!(run.when("is told refused"), 3.0);
        assert_eq!(run.count("back.go begins"), 0);
    }

    what_was_under_way_arrives_after_the_cut(
        "7", "A request sent over an open connection into a cut is sent again until it gets through: the effect comes long after its caller left with \
            `unknown`",
        "RFC 6298 (retransmission, doubled); RFC 9293, 3.8"
    ) {
        let text = cut("both", "10s", "latency: 20ms", ", timeout: 2s").replace("play: 1500ms", "play: 2500ms").replace("at: 500ms", "at: 1500ms");
        let run = world(&text).about(1_000_002);
        assert_eq!(run.when("is told unknown"), 4.0);
        // Sent at 2 s; again 0.24, 0.72, 1.68, 3.6, 7.44 and 15.12 s later. The cut heals at 11.5 s.
        assert_eq!(run.when("back.go begins"), 17.14);
        assert_eq!(run.count("commits"), 1);
    }

    a_cut_of_the_way_back_hides_what_was_done(
        "7", "Where only answers are cut off the callee works and the caller does not know",
        "Kleppmann, Designing Data-Intensive Applications, ch. 8, Unreliable Networks"
    ) {
        let text = cut("back", "10s", "latency: 20ms", ", timeout: 2s").replace("play: 1500ms", "play: 2500ms").replace("at: 500ms", "at: 1500ms");
        let run = world(&text).about(1_000_002);
        run.tells(&["commits", "told"], &["back.go.tx-db commits", "is told unknown"]);
    }

    without_a_timeout_the_kernel_gives_up_first(
        "7", "Nobody limits the call: the kernel gives up sending after about a quarter of an hour, and the outcome is `unknown`",
        "Linux ip-sysctl, tcp_retries2: 924.6 s"
    ) {
        let text = cut("both", "29m", "latency: 20ms", "").replace("play: 1500ms", "play: 2500ms").replace("at: 500ms", "at: 1500ms");
        let run = world(&text).about(1_000_002);
        assert_eq!(run.when("is told unknown"), 926.6);
        assert_eq!(run.count("back.go begins"), 0);
    }

    a_lost_request_and_a_lost_answer_look_alike(
        "7", "Something between the two forgets the connection: the caller waits until its time is up, whichever way it happened",
        "Nygard, Release It!, 2nd ed., ch. 4 (a firewall that drops idle connections)"
    ) {
        for (which, done) in [("request", 0), ("answer", 1)] {
            let run = first(&pair(&format!("latency: 20ms, lost: {{{which}: 100%}}"), ", timeout: 2s", KEEP));
            assert_eq!(run.when("is told unknown"), 3.0, "{which}");
            assert_eq!(run.count("commits"), done, "{which}");
        }
    }

    a_dead_process_resets_its_connections(
        "7", "What arrives where the process has died is answered with a reset: `unknown` at once, not at the time-out",
        "RFC 9293, 3.5.2 (reset generation)"
    ) {
        let text = format!("{}faults: {{killed: {{at: 1100ms, crash: {{service: back, replicas: 1}}}}}}\n", pair("latency: 20ms", ", timeout: 9s", KEEP));
        let run = first(&text);
        assert_eq!(run.when("back.go dies"), 1.1);
        assert_eq!(run.when("is told unknown"), 1.12);
    }

    a_link_to_a_provider_carries_keys(
        "23", "An answer lost on the way costs a time-out; the next attempt under the same key finds what was done",
        "Stripe docs, Idempotent requests"
    ) {
        let run = first("
clock: {warm_up: 0s, play: 1500ms, drain: 1m}
records: {Job: {fields: {id: id}}, Pay: {fields: {id: id, job: Job.id}}}
clients: {people: {arrive: constant 1/s, make: {Job: {}}, call: {to: front.go}}}
providers: {bank: {idempotency: {keep: 1h}, operations: {take: {creates: Pay, takes: 100ms}}}}
links: {sea: {from: front, to: bank, latency: 50ms}}
services: {front: {handlers: {go: {input: {job: Job}, steps: [{call: bank.take, timeout: 1s, attempts: 2, idempotency_key: job.id}]}}}}
faults: {deaf: {at: 500ms, lasts: 1s, set: {links.sea.lost.answer: 100%}}}
");
        run.tells(&["receives", "replies", "replays", "time is up", "told"], &[
            "bank.take receives", "bank.take replies ok", "front.go.take time is up for attempt 1", "bank.take receives", "bank.take replays ok", "is told ok",
        ]);
        // The connection that timed out is closed: a new one is opened, 100 ms, and then the answer takes 200 ms.
        assert_eq!(run.when("is told ok"), 2.3);
    }

    cancellation_takes_the_time_of_the_way(
        "6", "With `cancel: true` a caller that gives up at 0.5 s is heard of 20 ms later; the work in hand is finished, the step after it is not begun",
        "gRPC docs, Cancellation: an application has to look and stop; RFC 9113, 5.4.2 (RST_STREAM)"
    ) {
        let text = pair("latency: 20ms", ", timeout: 500ms, cancel: true", "{work: 700ms}, {tx: db, do: [{insert: jobs}]}");
        let run = first(&text);
        assert_eq!(run.when("time is up"), 1.5);
        assert_eq!(run.when("back.go is cancelled"), 1.52);
        assert_eq!(run.when("back.go answers unknown"), 1.76);
        assert_eq!(run.count("commits"), 0);
        // Nobody is told without it.
        assert_eq!(first(&text.replace(", cancel: true", "")).count("commits"), 1);
    }

    cancellation_drops_what_waits(
        "6", "A cancelled request that waits for a worker leaves the queue; nobody works for it",
        "gRPC docs, Cancellation"
    ) {
        let text = pair("latency: 0ms", ", timeout: 500ms, cancel: true", "{work: 1s}").replace("constant 1/s", "constant 4/s")
            .replace("  back: {run: {threads: 100}", "  back: {run: {threads: 1}");
        let world = world(&text);
        let second = world.about(1_000_002);
        assert_eq!(second.when("back.go is cancelled"), 1.0);
        assert_eq!(second.count("back.go begins"), 0);
        let all = Run::of(world.sim());
        // Five came. The first is served to its end (1.25 s); those of 1.0 and 1.25 s are there to follow it, and the rest has left.
        assert!(all.report.services[1].busy_mean * 1801.5 < 3.1, "{}", all.report.services[1].busy_mean * 1801.5);
    }

    cancellation_goes_on_from_call_to_call(
        "6", "Who is cancelled while he waits for another stops waiting and cancels in turn; a charge that was made stays made",
        "gRPC docs, Cancellation: propagates to outgoing calls; Go, package context"
    ) {
        let run = first("
clock: {warm_up: 0s, play: 1500ms, drain: 1m}
records: {Job: {fields: {id: id}}, Pay: {fields: {id: id, job: Job.id}}}
clients: {people: {arrive: constant 1/s, make: {Job: {}}, call: {to: front.go, timeout: 500ms, cancel: true}}}
providers: {bank: {operations: {take: {creates: Pay, takes: 400ms}}}}
services:
  front: {handlers: {go: {input: {job: Job}, steps: [{call: middle.go, cancel: true}]}}}
  middle: {handlers: {go: {input: {job: Job}, steps: [{call: back.go, cancel: true}]}}}
  back: {handlers: {go: {input: {job: Job}, steps: [{work: 200ms}, {call: bank.take}, {work: 1s}]}}}
");
        run.tells(&["cancelled", "told", "effect"], &[
            "bank.take effect ok", "front.go is cancelled", "middle.go is cancelled", "back.go is cancelled", "is told unknown",
        ]);
        assert_eq!(run.times("is cancelled"), [1.5, 1.5, 1.5]);
        // It stops waiting for the provider, who has done it.
        assert_eq!(run.when("back.go answers unknown"), 1.5);
        assert_eq!(run.when("bank.take answers too late"), 1.6);
    }

    cancellation_leaves_the_line_for_a_connection(
        "6", "The caller's time covers waiting for the callee's pool; cancelled there, it leaves the line and asks the store for nothing",
        "HikariCP, connectionTimeout; gRPC docs, Deadlines"
    ) {
        let text = pair("latency: 0ms", ", timeout: 500ms, cancel: true", "{tx: db, do: [{insert: jobs}]}")
            .replace("constant 1/s", "constant 4/s").replace("takes: 1ms", "takes: 1s")
            .replace("  back: {run: {threads: 100}", "  back: {pools: {db: {size: 1, wait: 30s}}, run: {threads: 100}");
        let world = world(&text);
        let second = world.about(1_000_002);
        assert_eq!(second.when("back.go is cancelled"), 1.0);
        assert_eq!(second.when("back.go answers unknown"), 1.0);
        assert_eq!(second.count("commits"), 0);
        // The first had asked the store already: it commits, and goes no further.
        assert_eq!(world.about(1_000_001).count("commits"), 1);
    }

    a_deadline_holds_in_the_line_for_a_connection(
        "6", "A deadline that was passed on covers the line for a connection: when its turn comes too late, it asks the store for nothing",
        "Go, database/sql: DB.Conn and its context; gRPC docs, Deadlines"
    ) {
        let text = pair("latency: 0ms", ", timeout: 500ms, deadline: true", "{tx: db, do: [{insert: jobs}]}")
            .replace("constant 1/s", "constant 4/s").replace("takes: 1ms", "takes: 1s")
            .replace("  back: {run: {threads: 100}", "  back: {pools: {db: {size: 1, wait: 30s}}, run: {threads: 100}");
        let world = world(&text);
        assert_eq!(world.about(1_000_002).count("commits"), 0);
        assert_eq!(world.about(1_000_001).count("commits"), 1);
    }
}
