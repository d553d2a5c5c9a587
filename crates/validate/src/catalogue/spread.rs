//! Load that is spread over many servers.

use super::rate;
use crate::reading::{Lived, reading};
use crate::theory;
use crate::validation::{Arm, Axis, Chart, Check, Curve, Expected, Kind, Validation};

const FINITE: &str = "the sum is that of infinitely many servers; two hundred lie above it by O(1/n)";
const SERVERS: f64 = 200.0;

pub fn two_choices() -> Validation {
    let mut arms = Vec::new();
    for (curve, (option, choices)) in [("one", 1u32), ("two", 2)].into_iter().enumerate() {
        for lambda in [0.5, 0.7, 0.9] {
            let value = 100.0 * theory::supermarket(choices, lambda);
            let expected = match choices {
                1 => Expected::Mean { value, narrow: 0.05 },
                _ => Expected::Near { value, within: 0.02, because: FINITE },
            };
            arms.push(Arm {
                answers: vec![("choices", option.to_owned()), ("arrivals", rate(lambda * SERVERS * 10.0))],
                faults: false,
                checks: vec![Check {
                    what: format!("λ {lambda}, {option}"),
                    unit: "ms",
                    of: reading(Lived::response_ms),
                    expected,
                    at: Some((curve, lambda)),
                }],
            });
        }
    }
    let curve =
        |choices: u32, name: &str| Curve::of(name, 0.02, 0.95, move |l| 100.0 * theory::supermarket(choices, l));
    Validation {
        name: "two-choices",
        title: "The shorter of two queues",
        kind: Kind::Theory,
        file: "two-choices",
        claim: "T = Σ λ^((dⁱ − d) / (d − 1)) service times for n → ∞ servers and d queues looked at; for d = 1 it is M/M/1",
        source: "Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001; Vvedenskaya, Dobrushin, Karpelevich 1996",
        reading: "",
        replications: 16,
        arms,
        chart: Chart {
            x: Axis::linear("load λ of each server", 0.0, 1.0),
            y: Axis::log("mean time in the system, ms", 100.0, 2000.0),
            curves: vec![curve(1, "any"), curve(2, "the shorter of two")],
        },
    }
}
