//! 10. How instances end and start again when somebody wants them to.

use seatrial_sim::engine::Health;

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// Two replicas of one thread behind people who come every second; each request is six seconds of work.
fn ends(end: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 10m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: none}}}}}}
services: {{front: {{replicas: 2, start_up: 5s, run: {{threads: 1}}{end}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 6s}}]}}}}}}}}
moves: {{restart: {{takes: 0s, restart: front}}}}
"
    ))
}

/// The first replica, which is given the first request at 1 s, is restarted at 2 s.
fn restarted(world: &World, until: u64) -> seatrial_sim::Sim {
    let mut sim = world.sim();
    sim.advance(2 * SECOND);
    sim.apply(&world.makes("restart", None)).unwrap();
    sim.advance(until);
    sim
}

fn health(sim: &seatrial_sim::Sim, replica: usize) -> Health {
    sim.console().services[0].replicas[replica].health
}

cases! {
    an_instance_that_drains_finishes_what_it_has(
        "10", "SIGTERM to an application that drains: what it has is answered, then it exits, and starts again without waiting for the grace period",
        "Kubernetes docs, Pod Lifecycle: Termination of Pods"
    ) {
        let world = ends(", instances: {grace: 30s}");
        let sim = restarted(&world, 6 * SECOND);
        assert_eq!(health(&sim, 0), Health::Ending);
        let run = Run::of(sim);
        run.tells(&["answers", "dies"], &["front.go answers ok"]);
        assert_eq!(run.when("answers ok"), 7.0);
        // It exits at 7 s, starts a second later, and takes five.
        let sim = restarted(&world, 12_900_000_000);
        assert_eq!(health(&sim, 0), Health::Starting);
        assert_eq!(health(&restarted(&world, 13_100_000_000), 0), Health::Up);
    }

    after_the_grace_period_it_is_killed(
        "10", "What is not done when the grace period is over is lost with the process: `unknown` to whoever called",
        "Kubernetes docs, Pod Lifecycle: terminationGracePeriodSeconds"
    ) {
        let run = Run::of(restarted(&ends(", instances: {grace: 3s}"), 2 * SECOND));
        assert_eq!((run.when("front.go dies"), run.when("is told unknown")), (5.0, 5.0));
    }

    whoever_does_not_handle_the_signal_dies_of_it(
        "10", "The default action of SIGTERM ends the process: after the hook what is in hand is lost, long before the grace period is over",
        "signal(7); Kubernetes docs, Container Lifecycle Hooks: the grace period counts from before preStop"
    ) {
        let run = Run::of(restarted(&ends(", instances: {pre_stop: 2s, on_term: exit, grace: 30s}"), 2 * SECOND));
        assert_eq!(run.when("front.go dies"), 4.0);
        // Without a word about its end it is killed at once, as `--grace-period=0 --force` does.
        assert_eq!(Run::of(restarted(&ends(""), 2 * SECOND)).when("front.go dies"), 2.0);
    }

    a_shell_as_process_one_does_not_pass_the_signal_on(
        "10", "A process that never hears SIGTERM goes on until SIGKILL: every restart takes the whole grace period",
        "Docker docs, Dockerfile reference: ENTRYPOINT, shell form; behaviour list, 10"
    ) {
        let world = ends(", instances: {on_term: ignore, grace: 20s}");
        assert_eq!(health(&restarted(&world, 21_900_000_000), 0), Health::Ending);
        assert_eq!(health(&restarted(&world, 22_100_000_000), 0), Health::Down);
        assert_eq!(Run::of(restarted(&world, 2 * SECOND)).outcomes(0)[0], 1);
    }
}
