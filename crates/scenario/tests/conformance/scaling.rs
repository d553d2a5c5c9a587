//! 10, 12. Instances come and go while a system runs: what a new one costs, and how one ends.

use crate::cases;
use crate::world::{Run, SECOND, World, world};
use seatrial_sim::Sim;
use seatrial_sim::engine::Health;

const MINUTE: u64 = 60 * SECOND;

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

/// Instances of ten threads, work of a second, and an autoscaler.
fn scaled(rate: &str, autoscale: &str, start_up: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 30m, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant {rate}, make: {{Job: {{}}}}, call: shop.go}}}}
services:
  shop:
    replicas: 2
    start_up: {start_up}
    autoscale: {autoscale}
    run: {{threads: 10}}
    handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 1s}}]}}}}
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

    an_autoscaler_follows_the_load(
        "12", "Load over target, rounded up, is the number of instances; the figures are those of the span before the last collection",
        "Kubernetes, Horizontal Pod Autoscaling: desiredReplicas = ceil(currentReplicas * currentMetric / desiredMetric)"
    ) {
        // 14 threads of 20 are held, where 10 should be.
        let mut sim = scaled("14/s", "{min: 2, max: 10, target: 50%}", "10s").sim();
        sim.advance(29 * SECOND);
        assert_eq!(sim.console().services[0].replicas.len(), 2);
        sim.advance(30 * SECOND);
        assert_eq!(sim.console().services[0].replicas.len(), 3);
        sim.advance(20 * MINUTE);
        assert_eq!(count(&sim, Health::Up), 3);
    }

    an_autoscaler_leaves_small_differences(
        "12", "Within 10 % of its target nothing is changed",
        "Kubernetes, Horizontal Pod Autoscaling: --horizontal-pod-autoscaler-tolerance 0.1"
    ) {
        let of = |target: &str| {
            let mut sim = scaled("14/s", &format!("{{min: 1, max: 10, target: {target}}}"), "10s").sim();
            sim.advance(20 * MINUTE);
            count(&sim, Health::Up)
        };
        assert_eq!([of("65%"), of("60%")], [2, 3]);
    }

    an_autoscaler_shrinks_late(
        "12", "It shrinks to the highest number that it would have chosen in the last 300 s",
        "Kubernetes, Horizontal Pod Autoscaling: stabilizationWindowSeconds 300 for scaleDown"
    ) {
        let world = scaled("28/s", "{min: 2, max: 10, target: 50%}", "10s");
        let mut sim = world.sim();
        sim.advance(10 * MINUTE);
        assert_eq!(count(&sim, Health::Up), 6);
        sim.apply(&world.decide("people.rate", "7/s")).unwrap();
        sim.advance(15 * MINUTE);
        assert_eq!(count(&sim, Health::Up), 6);
        sim.advance(16 * MINUTE);
        assert_eq!(count(&sim, Health::Up), 2);
    }

    an_autoscaler_waits_for_what_it_has_ordered(
        "12", "While new instances start they count as idle: however high the load of the others, nothing more is ordered; and full instances hide \
            how much is asked",
        "Kubernetes, Horizontal Pod Autoscaling, Algorithm details: not-yet-ready Pods are taken as using 0 %"
    ) {
        let world = scaled("7/s", "{min: 2, max: 10, target: 50%}", "2m");
        let mut sim = world.sim();
        sim.advance(5 * MINUTE);
        sim.apply(&world.decide("people.rate", "60/s")).unwrap();
        // Twenty threads are held, and no more can be: four instances' worth.
        sim.advance(7 * MINUTE);
        assert_eq!((count(&sim, Health::Up), count(&sim, Health::Starting)), (2, 2));
        sim.advance(9 * MINUTE);
        assert_eq!((count(&sim, Health::Up), count(&sim, Health::Starting)), (4, 4));
    }

    an_autoscaler_keeps_to_its_bounds(
        "12", "Not above `max`; not below `min`; and by a rate per instance as by a share of workers",
        "Kubernetes, HorizontalPodAutoscaler v2: minReplicas, maxReplicas, AverageValue"
    ) {
        let of = |scale: &str| {
            let mut sim = scaled("14/s", scale, "10s").sim();
            sim.advance(20 * MINUTE);
            count(&sim, Health::Up)
        };
        assert_eq!([of("{max: 5, rate: 2/s}"), of("{max: 9, rate: 5/s}"), of("{min: 4, max: 9, rate: 50/s}")], [5, 3, 4]);
    }
}
