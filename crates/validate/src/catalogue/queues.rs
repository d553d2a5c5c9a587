//! Queues whose answers are known. Service takes 100 ms on average in each of the files.

use super::{mean, plain, rate};
use crate::reading::{Lived, reading};
use crate::theory;
use crate::validation::{Arm, Axis, Chart, Check, Curve, Expected, Kind, Validation};

/// Milliseconds.
const SERVICE: f64 = 100.0;
/// A second.
const SERVED: f64 = 10.0;

const HISTOGRAM: &str =
    "the histogram keeps two digits, and the percentile of a finite run is not the mean of anything";

pub fn erlang_c() -> Validation {
    let servers = [1u32, 4, 16];
    let mut arms = Vec::new();
    for (curve, c) in servers.into_iter().enumerate() {
        for (rho, narrow) in [(0.3, 0.02), (0.5, 0.02), (0.7, 0.04), (0.8, 0.06), (0.9, 0.15)] {
            let response = SERVICE * theory::mmc_response(c, rho);
            let answers = vec![("servers", c.to_string()), ("arrivals", rate(SERVED * f64::from(c) * rho))];
            let what = format!("M/M/{c} at ρ {rho}");
            let mut checks =
                vec![mean(format!("{what}, mean"), "ms", reading(Lived::response_ms), response, narrow, (curve, rho))];
            // The busier, the fewer independent values a run has at its far end.
            if rho <= 0.7 {
                let value = SERVICE * theory::mmc_quantile(c, rho, 0.99);
                let within = if rho < 0.6 { 0.05 } else { 0.1 };
                let expected = Expected::Near { value, within, because: HISTOGRAM };
                checks.push(plain(format!("{what}, p99"), "ms", reading(Lived::p99_ms), expected));
            }
            arms.push(Arm { answers, faults: false, checks });
        }
    }
    let curve = |c: u32| Curve::of(format!("M/M/{c}"), 0.02, 0.92, move |rho| SERVICE * theory::mmc_response(c, rho));
    Validation {
        name: "erlang-c",
        title: "Servers that share one queue: M/M/c",
        kind: Kind::Theory,
        file: "erlang-c",
        claim: "T = 1/μ + C(c, a) / (cμ − λ), with Erlang's C; the 99th percentile from its distribution",
        source: "Erlang 1917; Kleinrock, Queueing Systems I, 1975, 3.5; Gross et al., Fundamentals of Queueing Theory, 4th ed., 2.3",
        reading: "",
        replications: 48,
        arms,
        chart: Chart {
            x: Axis::linear("load ρ", 0.0, 1.0),
            y: Axis::linear("mean time in the system, ms", 0.0, 1200.0),
            curves: servers.into_iter().map(curve).collect(),
        },
    }
}

pub fn mmck() -> Validation {
    let servers = 4u32;
    let loads = [0.8, 1.0, 1.3];
    let mut arms = Vec::new();
    for (curve, rho) in loads.into_iter().enumerate() {
        for places in [0u32, 2, 6, 16] {
            let load = f64::from(servers) * rho;
            let (blocked, response) = theory::mmck_blocked_and_response(servers, servers + places, load);
            let turned_away = reading(Lived::unanswered);
            let times = Expected::Mean { value: SERVICE * response, narrow: 0.03 };
            arms.push(Arm {
                answers: vec![("places", places.to_string()), ("arrivals", rate(SERVED * load))],
                faults: false,
                checks: vec![
                    Check {
                        what: format!("ρ {rho}, {places} places, turned away"),
                        unit: "share",
                        of: turned_away,
                        // What is rare is known less well.
                        expected: Expected::Mean { value: blocked, narrow: if blocked < 0.01 { 0.25 } else { 0.1 } },
                        at: Some((curve, f64::from(places))),
                    },
                    plain(
                        format!("ρ {rho}, {places} places, mean of the others"),
                        "ms",
                        reading(Lived::response_ms),
                        times,
                    ),
                ],
            });
        }
    }
    let curve = |rho: f64| Curve {
        name: format!("ρ {rho}"),
        points: (0..=20u32)
            .map(|places| {
                let load = f64::from(servers) * rho;
                (f64::from(places), theory::mmck_blocked_and_response(servers, servers + places, load).0)
            })
            .collect(),
    };
    Validation {
        name: "mmck",
        title: "A queue of bounded length: M/M/c/K",
        kind: Kind::Theory,
        file: "mmck",
        claim: "turned away is the probability of K in the system, Erlang's B without any place to wait; the others take L / λ(1 − p)",
        source: "Erlang 1917; Kleinrock, Queueing Systems I, 1975, 3.6",
        reading: "",
        replications: 32,
        arms,
        chart: Chart {
            x: Axis::linear("places to wait", 0.0, 20.0),
            y: Axis::linear("share turned away", 0.0, 0.5),
            curves: loads.into_iter().map(curve).collect(),
        },
    }
}

pub fn pollaczek_khinchine() -> Validation {
    /// Option of the file, coefficient of variation, how narrow the interval must be at 0.5 and at 0.8.
    const SCATTER: [(&str, f64, f64, f64); 5] = [
        ("not_at_all", 0.0, 0.02, 0.04),
        ("evenly", 0.577_350_269_189_625_8, 0.02, 0.04),
        ("half", 0.5, 0.02, 0.04),
        ("exponentially", 1.0, 0.02, 0.06),
        ("widely", 2.0, 0.05, 0.3),
    ];
    let loads = [0.5, 0.8];
    let mut arms = Vec::new();
    for (curve, rho) in loads.into_iter().enumerate() {
        for (option, cv, calm, busy) in SCATTER {
            let value = SERVICE * theory::mg1_response(rho, cv);
            let narrow = if rho < 0.6 { calm } else { busy };
            arms.push(Arm {
                answers: vec![("scatter", option.to_owned()), ("arrivals", rate(SERVED * rho))],
                faults: false,
                checks: vec![mean(
                    format!("ρ {rho}, {option}"),
                    "ms",
                    reading(Lived::response_ms),
                    value,
                    narrow,
                    (curve, cv),
                )],
            });
        }
    }
    let curve = |rho: f64| Curve::of(format!("ρ {rho}"), 0.0, 2.2, move |cv| SERVICE * theory::mg1_response(rho, cv));
    Validation {
        name: "pollaczek-khinchine",
        title: "Service times that scatter: M/G/1",
        kind: Kind::Theory,
        file: "pollaczek-khinchine",
        claim: "T = E[S] (1 + ρ (1 + cv²) / (2 (1 − ρ))), whatever the distribution",
        source: "Pollaczek 1930, Khinchine 1932; Kleinrock, Queueing Systems I, 1975, 5.6",
        reading: "",
        replications: 64,
        arms,
        chart: Chart {
            x: Axis::linear("coefficient of variation of the service time", 0.0, 2.2),
            y: Axis::linear("mean time in the system, ms", 0.0, 1400.0),
            curves: loads.into_iter().map(curve).collect(),
        },
    }
}

pub fn erlang_a() -> Validation {
    const SERVERS: u32 = 4;
    /// Option of the file, and how often one who waits gives up, per mean service time.
    const PATIENCE: [(&str, f64); 3] = [("a_service", 1.0), ("two_services", 0.5), ("ten_services", 0.1)];
    let mut arms = Vec::new();
    for (curve, (option, theta)) in PATIENCE.into_iter().enumerate() {
        for rho in [0.8, 1.0, 1.2, 2.0] {
            let load = f64::from(SERVERS) * rho;
            let gives_up = theory::erlang_a(SERVERS, load, theta);
            let narrow = if gives_up < 0.1 { 0.1 } else { 0.05 };
            let what = format!("ρ {rho}, patience {}, given up", 1.0 / theta);
            arms.push(Arm {
                answers: vec![("patience", option.to_owned()), ("arrivals", rate(SERVED * load))],
                faults: false,
                checks: vec![mean(what, "share", reading(Lived::unanswered), gives_up, narrow, (curve, rho))],
            });
        }
    }
    let curve = |(option, theta): (&str, f64)| {
        let name = format!("patience of {}", option.replace('_', " "));
        Curve::of(name, 0.05, 2.2, move |rho| theory::erlang_a(SERVERS, f64::from(SERVERS) * rho, theta))
    };
    Validation {
        name: "erlang-a",
        title: "People who do not wait for ever: M/M/c+M",
        kind: Kind::Theory,
        file: "erlang-a",
        claim: "who waits gives up after an exponential patience of their own; the share that does is θL / λ, of a birth–death process \
                that dies at cμ + (n − c)θ",
        source: "Palm 1957; Mandelbaum and Zeltyn, Service Engineering in Action: The Palm/Erlang-A Queue, 2007",
        reading: "",
        replications: 32,
        arms,
        chart: Chart {
            x: Axis::linear("load ρ that is offered", 0.0, 2.2),
            y: Axis::linear("share that gives up", 0.0, 0.6),
            curves: PATIENCE.into_iter().map(curve).collect(),
        },
    }
}

pub fn littles_law() -> Validation {
    /// What gateway and service do themselves, in seconds.
    const OWN: [f64; 3] = [0.02, 0.05, 0.0];
    const NODES: [&str; 3] = ["gateway", "service", "database"];
    let mut arms = Vec::new();
    for arrivals in [10.0, 28.0, 36.0] {
        let mut checks = Vec::new();
        for (node, name) in NODES.into_iter().enumerate() {
            let before: f64 = OWN[..node].iter().sum();
            // L measured in the node, over λ W as the client's own clock has it. Everybody who came has left.
            let ratio = reading(move |lived| {
                let client = &lived.report.clients[0];
                let stays_s = client.latency.mean_ns / 1e9 - before;
                let seconds = lived.report.ends as f64 / 1e9;
                lived.report.services[node].busy_mean / (client.arrivals as f64 / seconds * stays_s)
            });
            checks.push(plain(
                format!("{name}, {arrivals}/s, L / λW"),
                "",
                ratio,
                Expected::Always { value: 1.0, within: 1e-6 },
            ));
        }
        let rho = arrivals / 40.0;
        let value = arrivals * theory::mmc_response(4, rho) / SERVED;
        // Averages are taken over the whole clock; people come during the first two of its three parts.
        let inside = reading(|lived| lived.report.services[2].busy_mean * 1.5);
        let narrow = if rho < 0.8 { 0.03 } else { 0.15 };
        checks.push(mean(
            format!("database, {arrivals}/s, how many"),
            "requests",
            inside,
            value,
            narrow,
            (0, arrivals),
        ));
        arms.push(Arm { answers: vec![("arrivals", rate(arrivals))], faults: false, checks });
    }
    Validation {
        name: "littles-law",
        title: "Little's law on every node",
        kind: Kind::Theory,
        file: "littles-law",
        claim: "L = λW in each node, run by run and to rounding; and L of the last as Erlang's C has it, for departures of Poisson \
                arrivals delayed by a fixed time are Poisson arrivals",
        source: "Little, A Proof for the Queuing Formula L = λW, 1961; Stidham 1974 for every sample path",
        reading: "",
        replications: 16,
        arms,
        chart: Chart {
            x: Axis::linear("requests a second", 0.0, 40.0),
            y: Axis::linear("requests in the database", 0.0, 12.0),
            curves: vec![Curve::of("λW by Erlang's C", 0.5, 37.0, |a| a * theory::mmc_response(4, a / 40.0) / SERVED)],
        },
    }
}
