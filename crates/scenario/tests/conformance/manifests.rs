//! A Deployment manifest is read into the service.

use crate::cases;
use crate::common::Files;
use crate::world::{SECOND, World, world_of};
use seatrial_scenario::compile;

const CHECKOUT: &str = include_str!("../../../../kits/microservices/material/checkout-deployment.yaml");

fn files(manifest: &str, more: &str) -> Files {
    let scenario = format!(
        "
scenario: tiny
title: Tiny
clock: {{warm_up: 0s, play: 10m, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 5/s, make: {{Job: {{}}}}, call: shop.go}}}}
faults: {{released: {{at: 1m, roll_out: shop.v2}}}}
services:
  shop:
    manifest: {{file: material/checkout.yaml}}
    {more}
    versions: {{v1: {{}}, v2: {{}}}}
    handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 100ms}}]}}}}
"
    );
    Files::from([("tiny.yaml".to_owned(), scenario.into_bytes()), ("material/checkout.yaml".to_owned(), manifest.as_bytes().to_vec())])
}

fn value(world: &World, path: &str) -> String {
    world.compiled.show(path, world.sim().configured(world.compiled.paths[path].param)[0])
}

/// Codes of what is told of the manifest, errors and warnings.
fn told(manifest: &str) -> Vec<(String, String)> {
    let found = compile(&files(manifest, ""), "tiny.yaml").1;
    found.into_iter().filter(|d| d.file == "material/checkout.yaml").map(|d| (d.code.to_owned(), d.message)).collect()
}

cases! {
    a_deployment_says_how_a_service_runs(
        "roll-outs", "Replicas, surge, grace and limits of a Deployment are those of the service; a quota of half a core makes work take twice as long",
        "Kubernetes API reference, apps/v1 Deployment; Resource Management for Pods and Containers"
    ) {
        let world = world_of(&files(CHECKOUT, ""));
        let paths =
            ["shop.replicas", "shop.rollout.max_surge", "shop.rollout.max_unavailable", "shop.instances.grace", "shop.memory.limit", "shop.cores", "shop.slow"];
        assert_eq!(paths.map(|path| value(&world, path)), ["3", "0", "1", "10s", "536870912", "1", "2"]);
        let probes = ["shop.probes.ready.initial_delay", "shop.probes.ready.failures", "shop.probes.live.period", "shop.probes.live.failures"];
        assert_eq!(probes.map(|path| value(&world, path)), ["5s", "1", "5s", "3"]);
        // No surge: from the roll-out on there is one instance fewer until it is over.
        let mut sim = world.sim();
        sim.advance(59 * SECOND);
        // A tenth of a second at half the speed; quantiles are good to an eighth.
        assert!((200_000..230_000).contains(&sim.samples().last().unwrap().services[0].p50_us));
        let mut least = 3;
        for at in 60..150 {
            sim.advance(at * SECOND);
            let up = sim.console().services[0].replicas.iter().filter(|replica| replica.health == seatrial_sim::engine::Health::Up).count();
            assert!(sim.console().services[0].replicas.len() <= 4);
            least = least.min(up);
        }
        assert_eq!((least, sim.console().services[0].release.is_none()), (2, true));
    }

    what_a_scenario_says_wins_over_its_manifest(
        "roll-outs", "A field that the scenario gives is the scenario's, and can be decided; the others of the same group stay the manifest's",
        "by definition"
    ) {
        let world = world_of(&files(CHECKOUT, "replicas: 5\n    rollout: {max_surge: 1}"));
        let paths = ["shop.replicas", "shop.rollout.max_surge", "shop.rollout.max_unavailable"];
        assert_eq!(paths.map(|path| value(&world, path)), ["5", "1", "1"]);
    }

    what_is_not_read_of_a_manifest_is_said(
        "roll-outs", "Each field of a manifest that has no effect here is named, at its place; what Kubernetes would refuse is a mistake",
        "Kubernetes API validation: maxUnavailable may not be 0 when maxSurge is 0"
    ) {
        let named = |manifest: &str, word: &str| told(manifest).into_iter().filter(|(_, message)| message.contains(word)).map(|(code,
            _)| code).collect::<Vec<_>>();
        let sidecar = "kind: Deployment\nspec:\n  paused: true\n  template:\n    spec:\n      hostNetwork: true\n      containers: [{name: a}, {name: b}]\n";
        assert_eq!(named(sidecar, "spec.paused"), ["ignored-field"]);
        assert_eq!(named(sidecar, "hostNetwork"), ["ignored-field"]);
        assert_eq!(named(sidecar, "first container"), ["ignored-field"]);
        let stuck = CHECKOUT.replace("maxUnavailable: 1", "maxUnavailable: 0");
        assert_eq!(named(&stuck, "no surge"), ["bad-value"]);
        assert_eq!(named("kind: StatefulSet\n", "Deployment"), ["bad-value"]);
        assert_eq!(named(&CHECKOUT.replace("500m", "half"), "cores"), ["wrong-type"]);
    }

    a_sleep_before_the_stop_is_the_pre_stop_wait(
        "10", "A preStop hook that sleeps is the time for which an instance goes on accepting after it was told to stop",
        "Kubernetes, Container Lifecycle Hooks: preStop, sleep and exec"
    ) {
        let with = |hook: &str| {
            let text = format!("kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - lifecycle: {{preStop: {hook}}}\n");
            value(&world_of(&files(&text, "rollout: {}")), "shop.instances.pre_stop")
        };
        let hooks = ["{sleep: {seconds: 5}}", "{exec: {command: [sleep, '7']}}", "{exec: {command: [sh, -c, 'sleep 9']}}"];
        assert_eq!(hooks.map(with), ["5s", "7s", "9s"]);
    }
}
