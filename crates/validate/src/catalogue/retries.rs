//! What trying again adds up to.

use super::{mean, plain};
use crate::reading::{Lived, reading};
use crate::theory;
use crate::validation::{Arm, Axis, Chart, Curve, Expected, Kind, Validation};

fn calls_a_request(lived: &Lived) -> f64 {
    lived.report.providers[0].received as f64 / lived.report.clients[0].clicks as f64
}

pub fn amplification() -> Validation {
    let mut arms = Vec::new();
    // (upper, middle, lower), curve
    for (curve, layers) in [[1u32, 1, 4], [1, 3, 3], [4, 4, 4]].into_iter().enumerate() {
        let tries = layers.iter().product::<u32>();
        for p in [0.1, 0.5, 0.8, 1.0] {
            let [upper, middle, lower] = layers;
            let called = theory::expected_attempts(p, tries);
            let what = format!("{tries} attempts, p {p}");
            let calls = reading(calls_a_request);
            let mut check = mean(format!("{what}, calls"), "", calls, called, 0.05, (curve, p));
            let mut left = plain(
                format!("{what}, failed"),
                "share",
                reading(Lived::unanswered),
                Expected::Mean { value: p.powi(tries as i32), narrow: 0.2 },
            );
            if p >= 1.0 {
                check.expected = Expected::Always { value: called, within: 1e-12 };
                left.expected = Expected::Always { value: 1.0, within: 1e-12 };
            }
            // What fails once in hundreds takes more requests than these to be told from nothing.
            let rare = p.powi(tries as i32) < 5e-3;
            arms.push(Arm {
                answers: vec![
                    ("failing", format!("{p}")),
                    ("upper", upper.to_string()),
                    ("middle", middle.to_string()),
                    ("lower", lower.to_string()),
                ],
                faults: false,
                checks: if rare { vec![check] } else { vec![check, left] },
            });
        }
    }
    let curve = |tries: u32, name: &str| Curve::of(name, 0.0, 1.0, move |p| theory::expected_attempts(p, tries));
    Validation {
        name: "retry-amplification",
        title: "Layers that try again",
        kind: Kind::Theory,
        file: "retry-amplification",
        claim: "n attempts make (1 − pⁿ) / (1 − p) calls of one request and fail with pⁿ; three layers of four are 4³ = 64",
        source: "Beyer et al., Site Reliability Engineering, 2016, ch. 22, for the 64; the sum is a geometric one",
        reading: "",
        replications: 16,
        arms,
        chart: Chart {
            x: Axis::linear("probability that an attempt fails", 0.0, 1.0),
            y: Axis::log("calls of one request", 1.0, 100.0),
            curves: vec![curve(4, "1 layer of 4"), curve(9, "2 layers of 3"), curve(64, "3 layers of 4")],
        },
    }
}

const MINUTES_S: (u64, u64) = (0, 300);

/// A probability of failure, load and success of Brooker's public simulation with a bucket of 5 filled by 0.1: 100 clients,
/// 10 requests a second each, 50 s, one seed (`retry_sim.py`).
const BUCKET: [(f64, f64, f64); 6] = [
    (0.05, 1.051_696, 0.999_761),
    (0.1, 1.095_547, 0.986_222),
    (0.2, 1.107_018, 0.884_601),
    (0.3, 1.108_005, 0.779_896),
    (0.5, 1.108_547, 0.552_067),
    (0.75, 1.108_640, 0.277_558),
];

const ONE_RUN: &str = "they are those of one run, which begins with full buckets of another size";

pub fn token_bucket() -> Validation {
    let load = || reading(|lived| lived.load(0, MINUTES_S.0, MINUTES_S.1));
    let good = || reading(|lived| 1.0 - lived.unanswered());
    let answers = |p: f64, option: &str| vec![("failing", format!("{p}")), ("retries", option.to_owned())];
    let mut arms = Vec::new();
    for p in [0.05, 0.1, 0.2, 0.3, 0.5, 0.75] {
        let (called, answered) = (theory::expected_attempts(p, 4), 1.0 - p.powi(4));
        let mean_of = |value| Expected::Mean { value, narrow: 0.02 };
        arms.push(Arm {
            answers: answers(p, "three"),
            faults: false,
            checks: vec![
                mean(format!("three retries, p {p}, load"), "", load(), called, 0.02, (0, p)),
                plain(format!("three retries, p {p}, answered"), "share", good(), mean_of(answered)),
            ],
        });
    }
    for (p, called, answered) in BUCKET {
        let near = |value| Expected::Near { value, within: 0.02, because: ONE_RUN };
        // A tenth of a token for each first attempt, and what 100 buckets of 10 had saved: 1000 of 300 000.
        let most = Expected::Below(1.1 + 1000.0 / 290_000.0);
        let mut of_load = plain(format!("bucket, p {p}, load"), "", load(), near(called));
        of_load.at = Some((1, p));
        arms.push(Arm {
            answers: answers(p, "bucket"),
            faults: false,
            checks: vec![
                of_load,
                plain(format!("bucket, p {p}, load at most"), "", load(), most),
                plain(format!("bucket, p {p}, answered"), "share", good(), near(answered)),
            ],
        });
    }
    Validation {
        name: "token-bucket",
        title: "Retries from a bucket of tokens",
        kind: Kind::Published,
        file: "token-bucket",
        claim: "three retries ask for up to four times the load; a bucket that gains 0.1 for each first attempt asks for 1.1 times at most, \
                and answers 1.1 (1 − p) of all once it is empty",
        source: "Brooker, Fixing retries with token buckets and circuit breakers, 2022, and its simulation in simulator_example/retry_sim",
        reading: "published are curves and the program; the figures of the bucket are one run of it. Its bucket holds 5 tokens, that of the \
                  language 10; ours is measured after two minutes, when what was saved up is spent",
        replications: 8,
        arms,
        chart: Chart {
            x: Axis::linear("probability that an attempt fails", 0.0, 0.8),
            y: Axis::linear("attempts for each request", 0.9, 3.2),
            curves: vec![
                Curve::of("three retries", 0.0, 0.8, |p| theory::expected_attempts(p, 4)),
                Curve::of("bucket", 0.0, 0.8, |p| theory::expected_attempts(p, 4).min(1.1)),
            ],
        },
    }
}
