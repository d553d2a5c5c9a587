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
