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

pub fn maximum_of_n() -> Validation {
    /// Invariants of the file, by how many must be back.
    const PROMISES: [(usize, &str); 4] = [(1, "of_1"), (2, "of_2"), (5, "of_5"), (10, "of_10")];
    /// Option of the file, and milliseconds.
    const DEADLINES: [(&str, f64); 4] =
        [("a_half", 50.0), ("one_mean", 100.0), ("two_means", 200.0), ("four_means", 400.0)];
    let late = |n: usize, ms: f64| theory::slowest_is_later(n, ms / 100.0);
    let arm = |(option, ms): (&str, f64)| {
        let check = |(curve, (n, promise)): (usize, (usize, &'static str))| Check {
            what: format!("slowest of {n}, later than {ms} ms"),
            unit: "share",
            of: reading(move |lived| lived.broken(promise)),
            expected: Expected::Mean { value: late(n, ms), narrow: if late(n, ms) < 0.1 { 0.1 } else { 0.05 } },
            at: Some((curve, ms)),
        };
        let checks = PROMISES.into_iter().enumerate().map(check).collect();
        Arm { answers: vec![("deadline", option.to_owned())], faults: false, checks }
    };
    let curve = |(n, _): (usize, &str)| Curve::of(format!("slowest of {n}"), 0.0, 450.0, move |ms| late(n, ms));
    Validation {
        name: "maximum-of-n",
        title: "The slowest of n",
        kind: Kind::Theory,
        file: "maximum-of-n",
        claim: "whoever waits for all of n that take independent exponential times waits longer than t with 1 − (1 − e^(−t/mean))ⁿ",
        source: "order statistics: David and Nagaraja, Order Statistics, 3rd ed., 2003, 2.1; Dean and Barroso, The Tail at Scale, 2013, \
                 for what it does to a request that is spread over many",
        reading: "",
        replications: 24,
        arms: DEADLINES.into_iter().map(arm).collect(),
        chart: Chart {
            x: Axis::linear("ms", 0.0, 450.0),
            y: Axis::linear("share that is later", 0.0, 1.0),
            curves: PROMISES.into_iter().map(curve).collect(),
        },
    }
}
