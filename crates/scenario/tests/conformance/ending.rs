//! 10. How instances end and start again when somebody wants them to.

use seatrial_sim::Outcome;
use seatrial_sim::engine::{Ended, Health, Phase};

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// Two replicas of one thread behind people who come every second; each request is six seconds of work.
fn ends(end: &str) -> World {
    world(&ends_text(end))
}

fn ends_text(end: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 10m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: none}}}}}}
services: {{front: {{replicas: 2, start_up: 5s, run: {{threads: 1}}{end}, handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 6s}}]}}}}}}}}
moves: {{restart: {{takes: 0s, restart: front}}, drain: {{takes: 0s, drain: front}}}}
"
    )
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

    a_drained_instance_has_a_successor_at_once(
        "10", "A machine is emptied: its instance finishes what it has and is gone, and another is started elsewhere without waiting for that",
        "Kubernetes docs, Safely Drain a Node; ReplicaSet: a pod that is being deleted does not count"
    ) {
        let world = ends(", instances: {grace: 30s}");
        let mut sim = world.sim();
        sim.advance(2 * SECOND);
        sim.apply(&world.makes("drain", None)).unwrap();
        sim.advance(2_100_000_000);
        let all = |sim: &seatrial_sim::Sim| sim.console().services[0].replicas.iter().map(|replica| replica.health).collect::<Vec<_>>();
        assert_eq!(all(&sim), [Health::Ending, Health::Up, Health::Starting]);
        sim.advance(7_100_000_000);
        assert_eq!(all(&sim), [Health::Up, Health::Up]);
        let ended = sim.console().moves_ended.last().map(|made| (made.phase, made.ended));
        assert_eq!(ended, Some((Phase::Ended(Ended::Done), Some(7 * SECOND))));
        assert_eq!(Run::of(sim).when("answers ok"), 7.0);
    }

    machines_that_are_emptied_together_leave_nobody(
        "10", "Both instances stand on machines that are emptied at once: until others are up, whoever comes is refused; one after the other, nobody is",
        "Kubernetes docs, Specifying a Disruption Budget: why evictions are held apart"
    ) {
        let emptied = |faults: &str| {
            let text = ends_text(", instances: {grace: 30s}").replace("play: 1500ms", "play: 40s").replace("threads: 1", "threads: 40");
            world(&format!("{text}faults: {{{faults}}}\n")).run().outcomes(0)
        };
        let together = emptied("node: {at: 2500ms, drain: {service: front, replicas: 2}}");
        let apart = emptied("one: {at: 2500ms, drain: {service: front}}, two: {at: 12500ms, drain: {service: front}}");
        // Gone at 2.5 s, there again after five: those of the 3rd to the 7th second.
        let refused = Outcome::Refused as usize;
        assert_eq!((together[refused], apart[refused]), (5, 0));
    }

    a_fault_that_takes_instances_away_ends_them_and_its_end_brings_them_back(
        "10", "While a fault says that a service has one instance fewer, one ends; when it is over, one is started",
        "Kubernetes docs, Deployments: Scaling a Deployment"
    ) {
        let text = "faults: {fewer: {at: 10s, lasts: 20s, set: {front.replicas: 1}}}\n";
        let world = world(&format!("{}{text}", ends_text(", instances: {grace: 30s}")));
        let mut sim = world.sim();
        let mut up = |at: u64| {
            sim.advance(at * SECOND);
            sim.console().services[0].replicas.iter().filter(|replica| replica.health == Health::Up).count()
        };
        assert_eq!([up(9), up(12), up(29), up(34), up(36)], [2, 1, 1, 1, 2]);
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
