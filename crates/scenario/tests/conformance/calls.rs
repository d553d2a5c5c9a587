//! 6, 7. Time-outs and outcomes.

use crate::cases;
use crate::world::world;

/// One provider that takes a second; its effect is real after half of that.
const BANK: &str = "
clock: {warm_up: 0s, play: 1500ms, drain: 1m}
records:
  Job: {fields: {id: id}}
  Pay: {fields: {id: id, job: Job.id}}
clients: {people: {arrive: constant 1/s, make: {Job: {}}, call: {to: front.go, timeout: 20s}}}
providers: {bank: {operations: {take: {creates: Pay, takes: 1s, effect_at: 50%}}}}
services:
  front: {run: {threads: 100}, handlers: {go: {input: {job: Job}, steps: [{call: bank.take, timeout: 700ms}]}}}
invariants: {never_taken: {each: Job, never: pays.size() > 0, means: {hurts: nobody}}, once: {each: Job, never: pays.size() > 1, means: {hurts: nobody}}}
";

/// One service in front of another, whose handler does what is said.
fn back(steps: &str, call: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: 20s}}}}}}
stores: {{db: {{takes: 1ms, tables: {{jobs: {{of: Job, unique: [id]}}}}}}}}
services:
  front: {{run: {{threads: 100}}, handlers: {{go: {{input: {{job: Job}}, steps: [{{call: back.go{call}}}]}}}}}}
  back: {{run: {{threads: 1}}, handlers: {{go: {{input: {{job: Job}}, steps: [{steps}]}}}}}}
"
    )
}

cases! {
    a_timeout_covers_waiting(
        "6", "The caller's time runs while its request waits in the callee's queue; the callee works on for nobody",
        "gRPC docs, Deadlines: counted from the start of the call"
    ) {
        let world = world(&back("{work: 1s}", ", timeout: 1200ms").replace("constant 1/s", "constant 4/s"));
        let run = world.about(1_000_002);
        // It came at 0.5 s, waits until 1.25 s and would be done at 2.25 s.
        assert_eq!(run.when("time is up"), 1.7);
        assert_eq!(run.when("is told unknown"), 1.7);
        assert_eq!(run.when("back.go answers ok"), 2.25);
    }

    an_effect_is_never_undone_by_a_timeout(
        "6", "The provider's effect before the time-out stays, and so does one after it",
        "Nygard, Release It!, 2nd ed., ch. 5; Stripe docs, Idempotent requests"
    ) {
        let run = world(BANK).run();
        run.tells(&["effect", "time is up", "told", "too late"], &[
            "bank.take effect ok", "front.go.take time is up for attempt 1", "is told unknown", "bank.take answers too late",
        ]);
        assert_eq!(run.broken("never_taken"), 1);
        let early = world(BANK).run_with(&[("front.go.take.timeout", "300ms")]);
        early.tells(&["effect", "told"], &["is told unknown", "bank.take effect ok"]);
        assert_eq!(early.broken("never_taken"), 1);
    }

    a_retry_of_what_is_unknown_does_it_twice(
        "7", "An attempt whose answer is late, and another: two effects",
        "Birrell and Nelson, Implementing Remote Procedure Calls, 1984: at least once"
    ) {
        let run = world(BANK).run_with(&[("front.go.take.attempts", "2")]);
        assert_eq!(run.count("effect ok"), 2);
        assert_eq!(run.broken("once"), 1);
    }

    refused_after_unknown_is_unknown(
        "7", "A call whose first attempt nobody knows of is not `refused` because its second was: a conflict with the first, a full queue",
        "Stripe docs, Idempotent requests: 409 says that the first is still running"
    ) {
        let text = BANK.replace("providers: {bank: {", "providers: {bank: {idempotency: {keep: 24h, concurrent: conflict}, ");
        let keyed = text.replace("call: bank.take, timeout: 700ms", "call: bank.take, timeout: 3s, idempotency_key: job.id")
            .replace("providers: {bank: {", "faults: {slow: {at: 500ms, lasts: 1s, set: {bank.slow: 10}}}\nproviders: {bank: {");
        let run = world(&keyed).run_with(&[("front.go.take.attempts", "2")]);
        // 1.0 s sent, 4.0 s time is up, 4.0 to 5.0 s the conflict, 6.0 s the charge.
        run.tells(&["effect", "replays", "told"], &["bank.take replays refused", "is told unknown", "bank.take effect ok"]);
    }

    a_lost_request_does_nothing(
        "7", "A request that is lost has no effect, and the caller cannot tell it from a lost answer: both are `unknown`",
        "Birrell and Nelson, Implementing Remote Procedure Calls, 1984"
    ) {
        let run = world(BANK).run_with(&[("bank.lost.request", "1")]);
        run.tells(&["lost", "effect", "told"], &["bank.take request lost", "is told unknown"]);
        let run = world(BANK).run_with(&[("bank.lost.answer", "1"), ("front.go.take.timeout", "3s")]);
        run.tells(&["lost", "effect", "told"], &["bank.take effect ok", "bank.take answer lost", "is told unknown"]);
    }

    who_is_down_refuses(
        "7", "A provider that is down refuses at once: certainly nothing was done",
        "RFC 9293: connection refused"
    ) {
        let text = format!("{BANK}faults: {{down: {{at: 500ms, lasts: 10s, fail: bank}}}}\n");
        let run = world(&text).run();
        run.tells(&["effect", "told"], &["is told refused"]);
        assert_eq!(run.when("told"), 1.0);
    }

    what_was_under_way_is_unknown(
        "7", "A provider that goes down in the middle leaves an unknown outcome; its effect may be real",
        "RFC 9293: connection reset"
    ) {
        let text = format!("{BANK}faults: {{down: {{at: 1600ms, lasts: 10s, fail: bank}}}}\n");
        let run = world(&text).run_with(&[("front.go.take.timeout", "3s")]);
        run.tells(&["effect", "told", "lost"], &["bank.take effect ok", "bank.take answer lost", "is told unknown"]);
    }

    a_decline_and_an_error_are_answers(
        "7", "`declined` and `failed` are answers of the callee; neither is tried again unless the rule names it",
        "RFC 9110 15.5, 15.6; gRPC A6: retryableStatusCodes"
    ) {
        let declined = world(BANK).run_with(&[("bank.take.declined", "1"), ("front.go.take.attempts", "3"), ("front.go.take.timeout", "3s")]);
        declined.tells(&["attempt", "told"], &["front.go.take attempt 1", "is told declined"]);
        let failed = world(BANK).run_with(&[("bank.take.error", "1"), ("front.go.take.attempts", "3"), ("front.go.take.timeout", "3s"),
            ("front.go.take.retry", "[failed]")]);
        failed.tells(&["attempt", "told"], &["front.go.take attempt 1", "front.go.take attempt 2", "front.go.take attempt 3", "is told failed"]);
    }

    refused_after_something_was_done_is_failed(
        "7", "A handler that has committed something does not answer `refused`, whatever its next step came to",
        "by definition of `refused`"
    ) {
        let run = world(&back("{tx: db, do: [{insert: jobs}]}, {respond: refused}", "")).run();
        run.tells(&["commits", "back.go answers", "told"], &["back.go.tx-db commits", "back.go answers failed", "is told failed"]);
    }

    a_crash_breaks_the_callers_connection(
        "7", "The caller of a replica that dies has an unknown outcome; what was committed stays",
        "RFC 9293: connection reset"
    ) {
        let text = format!("{}faults: {{killed: {{at: 1s, crash: {{service: back, after_step: tx-db}}}}}}\n", back("{tx: db, do: [{insert: jobs}]}, {work: \
            1s}", ""));
        let run = world(&text).run();
        run.tells(&["commits", "dies", "told"], &["back.go.tx-db commits", "back.go dies", "is told unknown"]);
    }

    a_crash_can_be_aimed_at_any_step(
        "7", "`after_step` may name a step of work: the replica dies as the step is done",
        "by definition"
    ) {
        let text = format!("{}faults: {{killed: {{at: 0s, crash: {{service: back, after_step: work}}}}}}\n", back("{work: 100ms}, {tx: db, do: [{insert: \
            jobs}]}", ""));
        let run = world(&text).run();
        run.tells(&["commits", "dies", "told"], &["back.go dies", "is told unknown"]);
        assert_eq!(run.when("dies"), 1.1);
    }

    nobody_tells_the_callee_that_the_caller_has_left(
        "6", "Without a deadline that is passed on, the callee goes on trying after its caller has given up",
        "gRPC docs, Deadlines: propagation is opt-in in most languages"
    ) {
        // The person leaves after 2 s; the service tries for as long as its own rule says.
        let text = back("{work: 1s}", ", timeout: 500ms, attempts: 8, retry: [unknown], backoff: fixed 500ms").replace("timeout: 20s", "timeout: 2s");
        let run = world(&text.replace("run: {threads: 1}", "run: {threads: 100}")).run();
        assert_eq!(run.when("is told unknown"), 3.0);
        assert_eq!(run.count("go.go attempt"), 8);
    }

    a_deadline_that_is_passed_on_drops_expired_work(
        "6", "With `deadline: true` the callee does not begin what nobody waits for any more, and stops at the next step",
        "gRPC docs, Deadlines: the server should stop"
    ) {
        let text = back("{work: 1s}, {tx: db, do: [{insert: jobs}]}", ", timeout: 700ms, deadline: true").replace("constant 1/s", "constant 4/s");
        let first = world(&text).about(1_000_001);
        // It works for a second, of which the last 0.3 s for nobody, and does not commit.
        assert_eq!(first.when("is told unknown"), 0.95);
        assert_eq!(first.count("commits"), 0);
        // The second waits from 0.5 s on until it has expired at 1.2 s; it is dropped when the worker looks at it.
        let third = world(&text).about(1_000_002);
        assert_eq!(third.count("commits"), 0);
        let report = third.report;
        assert_eq!(report.services[1].by_outcome[0], 0);
        // 1.25: the fifth came at 1.25 itself. Only the first, the fourth and the fifth were begun.
        assert!(report.services[1].busy_mean * 61.5 < 3.1, "{}", report.services[1].busy_mean * 61.5);
    }

    a_deadline_that_bounds_ends_the_wait_as_well(
        "6", "`deadline: bounds`: a call ends with its caller's deadline, whatever its own time-out is, in an attempt and between two; with `true` it waits on",
        "gRPC docs, Deadlines: a client's wait ends with its deadline, which a call in a handler inherits; grpc-go, stream.go: so does a retry's pause"
    ) {
        let three = |deadline: &str, steps: &str, policy: &str| {
            let text = back(steps, ", timeout: 700ms, deadline: true").replacen("call: back.go", "call: middle.go", 1);
            let call = format!("{{call: back.go, deadline: {deadline}{policy}}}");
            world(&format!("{text}  middle: {{run: {{threads: 1}}, handlers: {{go: {{input: {{job: Job}}, steps: [{call}]}}}}}}\n")).run()
        };
        // The front gives up after 0.7 s; the back works for three seconds, and sees its deadline only then.
        let on = three("true", "{work: 3s}", ", timeout: 5s");
        let bounded = three("bounds", "{work: 3s}", ", timeout: 5s");
        assert_eq!((on.when("is told unknown"), bounded.when("is told unknown")), (1.7, 1.7));
        let busy = |run: &crate::world::Run| (run.report.services[2].busy_mean * 61.5 * 10.0).round() / 10.0;
        assert_eq!((busy(&on), busy(&bounded)), (3.0, 0.7), "how long the thread in the middle is held");
        assert_eq!(bounded.when("middle.go.go time is up"), 1.7);
        // Its own time-out still holds where it is the shorter.
        assert_eq!(busy(&three("bounds", "{work: 3s}", ", timeout: 400ms")), 0.4);
        // Refused at once, it would try again after two seconds, of which it has 0.7.
        let pausing = |deadline: &str| three(deadline, "{respond: failed}", ", attempts: 3, retry: [failed], backoff: fixed 2s");
        assert_eq!((busy(&pausing("true")), busy(&pausing("bounds"))), (2.0, 0.7));
        assert_eq!(pausing("bounds").count("middle.go.go attempt"), 1);
    }

    back_off_waits_as_it_says(
        "7", "`exponential 100ms x2` waits 100, 200, 400 ms between attempts",
        "Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015"
    ) {
        let text = format!("{}faults: {{down: {{at: 500ms, lasts: 60s, fail: back}}}}\n", back("{work: 1s}", ", attempts: 4, retry: [refused], backoff: \
            exponential 100ms x2"));
        let run = world(&text).run();
        assert_eq!(run.times("attempt"), [1.0, 1.1, 1.3, 1.7]);
        assert_eq!(run.when("told refused"), 1.7);
    }

    jitter_stays_within_its_bounds(
        "7", "Full jitter is uniform in [0, delay], equal in [delay / 2, delay], decorrelated in [base, 3 × the delay before]",
        "Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015"
    ) {
        for (rule, low, high) in [("full", 0.0, 0.2), ("equal", 0.1, 0.2), ("decorrelated", 0.1, 0.9)] {
            let text = format!("{}faults: {{down: {{at: 500ms, lasts: 600s, fail: back}}}}\n",
                back("{work: 1s}", &format!(", attempts: 3, retry: [refused], backoff: exponential 100ms x2 {rule} jitter")))
                .replace("play: 1500ms", "play: 60s");
            let world = world(&text);
            let second = |n: u64| { let times = world.about(1_000_001 + n).times("attempt"); times[2] - times[1] };
            let waits: Vec<f64> = (0..40).map(second).collect();
            let (least, most) = (waits.iter().copied().fold(9.0, f64::min), waits.iter().copied().fold(0.0, f64::max));
            assert!(least >= low - 1e-3 && most <= high + 1e-3, "{rule}: {least} {most}");
            assert!(least < low + 0.3 * (high - low) && most > low + 0.5 * (high - low), "{rule}: {least} {most}");
        }
    }
}
