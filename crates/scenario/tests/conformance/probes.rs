//! 11. Probes: what they notice, what they break, and what they cost.

use seatrial_sim::engine::Sim;

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// People come to two replicas; `probes` is what looks after them, `rest` what fails.
fn probed(rate: &str, work: &str, probes: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 10m, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: {rate}, make: {{Job: {{}}}}, call: {{to: front.go, timeout: 10s}}}}}}
stores: {{db: {{takes: 1ms, tables: {{jobs: {{of: Job, unique: [id]}}, marks: {{fields: {{name: string}}, unique: [name]}}}}}}}}
services:
  front:
    replicas: 2
    start_up: 5s
    run: {{threads: 2}}
    pools: {{db: {{wait: 100ms}}}}
    handlers: {{go: {{input: {{job: Job}}, steps: [{{work: {work}}}]}}}}
    {probes}
{rest}"
    ))
}

/// Reads a row of the shared database.
const ASKS: &str = "steps: [{tx: db, do: [{insert: marks, exists: continue, set: {name: probe}}]}]";

const DOWN: &str = "faults: {down: {at: 60s, lasts: 2m, fail: store db}}\n";

/// Replicas that are in the lists of endpoints, at the end of each second from the first on.
fn ready(sim: &mut Sim, seconds: u64) -> Vec<usize> {
    let count = |sim: &Sim| sim.console().services[0].replicas.iter().filter(|replica| replica.ready).count();
    (1..=seconds).map(|at| { sim.advance(at * SECOND); count(sim) }).collect()
}

fn refused(run: &Run) -> u64 {
    run.outcomes(0)[5]
}

cases! {
    a_readiness_probe_that_asks_the_database_takes_everybody_out(
        "11", "All replicas ask the same database, so all fail at once: nobody is left, although most requests do not need it",
        "Kubernetes docs, Configure Probes; AWS Builders' Library, Implementing health checks: dependency checks fail all servers"
    ) {
        let asks = probed("constant 5/s", "10ms", &format!("probes: {{ready: {{{ASKS}}}}}"), DOWN);
        let mut sim = asks.sim();
        let seen = ready(&mut sim, 240);
        // Three periods of ten seconds, from a probe within the first ten.
        let (out, back) = (seen.iter().position(|count| *count == 0).unwrap(), seen.iter().rposition(|count| *count == 0).unwrap());
        assert!((80..=90).contains(&out) && (180..=190).contains(&back), "{out} {back}");
        let run = Run::of(sim);
        assert!(refused(&run) > 400, "{}", refused(&run));
        // One that asks only its own process.
        assert_eq!(refused(&probed("constant 5/s", "10ms", "probes: {ready: {steps: [{work: 1ms}]}}", DOWN).run()), 0);
        assert_eq!(run.report.crashes, 0);
    }

    a_liveness_probe_that_asks_the_database_restarts_everybody(
        "11", "The same check as a liveness probe: every replica is killed, again and again, and no restart helps",
        "Kubernetes docs, Configure Probes: caution about liveness probes; AWS Builders' Library, Implementing health checks"
    ) {
        let run = probed("constant 5/s", "10ms", &format!("probes: {{live: {{{ASKS}}}}}"), DOWN).run();
        // Each replica after 30 s, and after every start and 20 s again.
        assert!((6..=10).contains(&run.report.crashes), "{}", run.report.crashes);
    }

    restarts_that_do_not_help_come_slower(
        "11", "Killed again and again it is started after 10 s, 20 s, 40 s …: the back-off of a crash loop, long after the cause is gone",
        "Kubernetes docs, Pod Lifecycle: restart policy, CrashLoopBackOff (10 s, doubled, at most 5 min)"
    ) {
        let probes = format!("restart_backoff: exponential 10s x2 cap 5m\n    probes: {{live: {{{ASKS}, period: 1s}}}}");
        let crashes = |lasts: &str| probed("constant 5/s", "10ms", &probes, &DOWN.replace("2m", lasts)).run().report.crashes;
        // Without back-off every eight seconds or so: nineteen each in two and a half minutes.
        let often = probed("constant 5/s", "10ms", &format!("probes: {{live: {{{ASKS}, period: 1s}}}}"), &DOWN.replace("2m", "150s")).run();
        assert!(often.report.crashes > 30, "{}", often.report.crashes);
        // After 3, then 1 + 5 + 2, 10 + 7, 20 + 7, 40 + 7, 80 s …
        assert!((10..=12).contains(&crashes("150s")), "{}", crashes("150s"));
    }

    liveness_kills_what_is_merely_busy(
        "11", "A probe waits for a worker like everybody: when all are busy for longer than it waits, three times, the process is killed with the work it had",
        "Kubernetes docs, Configure Probes: timeoutSeconds 1, periodSeconds 10, failureThreshold 3"
    ) {
        let busy = probed("constant 1/s", "8s", "probes: {live: {steps: [{work: 1ms}]}}", "").run();
        assert!(busy.report.crashes > 2, "{}", busy.report.crashes);
        // Its own port and thread: it answers, and nobody is killed.
        let own = probed("constant 1/s", "8s", "probes: {live: {steps: [{work: 1ms}], own_port: true}}", "").run();
        assert_eq!(own.report.crashes, 0);
    }

    overload_fails_readiness_and_shifts_the_load(
        "11", "An overloaded replica is taken out, its share goes to the other, which follows; both come back, and it begins anew: flapping",
        "Google SRE Book, Addressing Cascading Failures; Kubernetes docs, Configure Probes"
    ) {
        // Four threads, and work for five.
        let mut sim = probed("poisson 5/s", "exp 1s", "probes: {ready: {steps: [{work: 1ms}], period: 5s, failures: 2}}", "").sim();
        let seen = ready(&mut sim, 600);
        let turns = seen.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(turns >= 8, "{turns}");
        assert!(seen.contains(&0) && seen.contains(&1) && seen.contains(&2));
        Run::of(sim);
    }

    a_start_up_that_takes_long_is_not_killed(
        "11", "While the startup probe has not succeeded the others are not made: what starts slowly is not taken for dead",
        "Kubernetes docs, Configure Probes: startup probes"
    ) {
        let slow = |startup: &str| {
            let probes = format!("probes: {{{startup}live: {{steps: [{{work: 1ms}}], period: 1s}}}}");
            let rest = "faults: {killed: {at: 60s, crash: {service: front}}, cold: {at: 60s, lasts: 30s, set: {front.slow: 5000}}}\n";
            probed("constant 1/h", "10ms", &probes, rest).run().report.crashes
        };
        // Its first 25 s are so slow that a probe takes five. Without a startup probe liveness kills, both.
        assert!(slow("") > 3);
        assert!(slow("startup: {steps: [{work: 0ms}], period: 10s, initial_delay: 30s}, ") < slow(""));
    }

    an_instance_takes_requests_when_it_says_that_it_is_ready(
        "11", "A new process is in nobody's list before its readiness probe has succeeded, however long it has run",
        "Kubernetes docs, Configure Probes: readiness probes"
    ) {
        let mut sim = probed("constant 5/s", "10ms", "probes: {ready: {steps: [{work: 1ms}], initial_delay: 20s, successes: 2}}", "faults: {killed: {at: 60s, crash: \
            {service: front}}}\n").sim();
        let seen = ready(&mut sim, 120);
        // A second until it starts again, five to start, twenty of delay, and a second success ten seconds later.
        assert_eq!((seen[58], seen[60], seen[94], seen[96]), (2, 1, 1, 2));
    }
}
