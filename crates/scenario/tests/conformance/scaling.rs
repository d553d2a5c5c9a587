//! 10, 12. Instances come and go while a system runs: what a new one costs, and how one ends.

use crate::cases;
use crate::world::{Run, SECOND, World, world};
use seatrial_sim::Sim;
use seatrial_sim::engine::Health;

/// Ten people a second, and work of a second on instances of ten threads.
fn shop(replicas: u32, instances: &str, work: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 2m, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: shop.go}}}}
services:
  shop:
    replicas: {replicas}
    start_up: 10s
    instances: {instances}
    run: {{threads: 100}}
    handlers: {{go: {{input: {{job: Job}}, steps: [{{work: {work}}}]}}}}
"
    ))
}

fn count(sim: &Sim, health: Health) -> usize {
    sim.console().services[0].replicas.iter().filter(|replica| replica.health == health).count()
}

cases! {
    a_new_instance_pays_for_its_place_and_its_start(
        "12", "An instance that is added takes requests only once it has a place to run, has its image and has started",
        "Kubernetes, Pod Lifecycle: Pending, then Running, then Ready"
    ) {
        let world = shop(1, "{scheduling: 5s}", "1s");
        let mut sim = world.sim();
        sim.advance(10 * SECOND);
        sim.apply(&world.decide("shop.replicas", "3")).unwrap();
        sim.advance(24 * SECOND);
        assert_eq!((count(&sim, Health::Up), count(&sim, Health::Starting)), (1, 2));
        sim.advance(25 * SECOND);
        assert_eq!((count(&sim, Health::Up), count(&sim, Health::Starting)), (3, 0));
        let run = Run::of(sim);
        assert_eq!(run.report.services[0].turned_away, 0);
    }

    an_instance_that_ends_finishes_what_it_has_in_hand(
        "10", "Scaled down, an instance takes nothing new, finishes what it has, and is gone; nobody is told an error",
        "Kubernetes, Pod Lifecycle, Termination of Pods"
    ) {
        let world = shop(2, "{grace: 30s}", "5s");
        let mut sim = world.sim();
        sim.advance(20 * SECOND);
        sim.apply(&world.decide("shop.replicas", "1")).unwrap();
        sim.advance(24 * SECOND);
        assert_eq!((count(&sim, Health::Up), count(&sim, Health::Ending)), (1, 1));
        sim.advance(25 * SECOND);
        assert_eq!((count(&sim, Health::Up), count(&sim, Health::Ending)), (1, 0));
        let run = Run::of(sim);
        assert_eq!(run.report.clients[0].by_outcome[seatrial_sim::Outcome::Ok as usize], run.report.clients[0].clicks);
    }

    what_outlives_the_grace_period_is_killed(
        "10", "What runs longer than the grace period is killed with its instance, and its callers do not know what was done",
        "Kubernetes, `terminationGracePeriodSeconds`: SIGKILL when it expires"
    ) {
        let world = shop(2, "{grace: 3s}", "5s");
        let mut sim = world.sim();
        sim.advance(20 * SECOND);
        sim.apply(&world.decide("shop.replicas", "1")).unwrap();
        sim.advance(23 * SECOND);
        assert_eq!(sim.console().services[0].replicas.len(), 1);
        // Half of what came in the last five seconds, less those that ended in the three of grace.
        let run = Run::of(sim);
        assert_eq!(run.report.clients[0].by_outcome[seatrial_sim::Outcome::Unknown as usize], 10);
    }

    whoever_has_not_heard_of_an_end_is_refused(
        "10", "An instance that stops accepting at once refuses what comes from those who have not heard that it ends",
        "Kubernetes, Pod Lifecycle: removal from EndpointSlices runs beside SIGTERM"
    ) {
        let refused = |instances: &str| {
            let world = shop(2, instances, "100ms");
            let mut sim = world.sim();
            sim.advance(20 * SECOND);
            sim.apply(&world.decide("shop.replicas", "1")).unwrap();
            Run::of(sim).report.clients[0].by_outcome[seatrial_sim::Outcome::Refused as usize]
        };
        // Nineteen come before the two seconds are over; every other is sent to it.
        assert_eq!(refused("{unheard: 2s}"), 9);
        assert_eq!(refused("{unheard: 2s, pre_stop: 2s}"), 0);
        assert_eq!(refused("{}"), 0);
    }

    a_new_instance_is_cold(
        "12", "Work on an instance that has just started takes longer, less so the longer it runs; those from before are warm",
        "JIT and caches: AWS, Elastic Load Balancing, slow start mode"
    ) {
        let world = shop(1, "{cold: 3, warms_in: 20s}", "1s");
        let mut sim = world.sim();
        sim.watch(1_000_000 + 401);
        sim.advance(20 * SECOND);
        sim.apply(&world.decide("shop.replicas", "2")).unwrap();
        // It takes requests from 30 s on; every second one is its.
        sim.advance(30 * SECOND);
        let slowest = |sim: &Sim| sim.samples().last().unwrap().services[0].p99_us;
        sim.advance(40 * SECOND);
        let at_first = slowest(&sim);
        sim.advance(70 * SECOND);
        let later = slowest(&sim);
        assert!(at_first > 2_600_000 && later < 1_200_000, "{at_first} {later}");
        sim.finish();
        sim.conserved().unwrap();
    }
}
