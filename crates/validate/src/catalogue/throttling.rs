//! A caller that holds back what would be refused.

use super::rate;
use crate::reading::{Lived, reading};
use crate::validation::{Arm, Axis, Chart, Check, Curve, Expected, Kind, Validation};

/// A second.
const ACCEPTED: f64 = 100.0;
const WHILE_S: (u64, u64) = (0, 600);
const ONE_MORE: &str = "the rule adds one to what it divides by, and counts what is still under way as asked";

fn reach(lived: &Lived) -> f64 {
    lived.sent_a_second(0, WHILE_S.0, WHILE_S.1)
}

pub fn adaptive() -> Validation {
    /// Option of the file, K.
    const RULES: [(&str, f64); 3] = [("any", f64::INFINITY), ("two", 2.0), ("little_more", 1.1)];
    let mut arms = Vec::new();
    for (curve, (option, factor)) in RULES.into_iter().enumerate() {
        for arrivals in [50.0f64, 150.0, 400.0] {
            let reaches = arrivals.min(factor * ACCEPTED);
            let check = |what: &str, unit, of, value, at| Check {
                what: format!("{option}, {arrivals}/s, {what}"),
                unit,
                of,
                expected: Expected::Near { value, within: 0.02, because: ONE_MORE },
                at,
            };
            let mut checks =
                vec![check("reach the backend", "a second", reading(reach), reaches, Some((curve, arrivals)))];
            if arrivals > ACCEPTED {
                let good = reading(|lived| 1.0 - lived.unanswered());
                checks.push(check("answered", "share", good, ACCEPTED / arrivals, None));
            }
            arms.push(Arm {
                answers: vec![("throttle", option.to_owned()), ("arrivals", rate(arrivals))],
                faults: false,
                checks,
            });
        }
    }
    let curve = |(name, factor): (&str, f64)| Curve::of(name, 0.0, 420.0, move |a| a.min(factor * ACCEPTED));
    Validation {
        name: "adaptive-throttling",
        title: "A caller that holds back what would be refused",
        kind: Kind::Published,
        file: "adaptive-throttling",
        claim: "K requests reach the backend for one that it accepts: with K = 2 one is refused for one accepted, however many come, and \
                as many are answered as without",
        source: "Beyer et al., Site Reliability Engineering, 2016, ch. 21, Handling Overload: client-side throttling",
        reading: "published are the rule, two minutes, K = 2 and that it comes to one refused for one accepted; 1.1 for K is named as the other \
                  choice. Ours: that the backend accepts 100 a second, and that K times that reach it follows from the rule where it \
                  stands still, S = R (1 − (R − K A) / R) = K A. Measured after a quarter of an hour: \
                  a cold caller with K = 1.1 holds back too much, and grows out of it by a tenth every two minutes",
        replications: 16,
        arms,
        chart: Chart {
            x: Axis::linear("requests a second", 0.0, 450.0),
            y: Axis::linear("of them reach the backend", 0.0, 500.0),
            curves: [("no throttle", f64::INFINITY), ("K = 2", 2.0), ("K = 1.1", 1.1)].into_iter().map(curve).collect(),
        },
    }
}
