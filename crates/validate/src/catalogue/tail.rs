//! What a second request does to the slowest.

use super::plain;
use crate::reading::{Lived, reading};
use crate::theory;
use crate::validation::{Arm, Axis, Chart, Check, Curve, Expected, Kind, Validation};

/// Of one request, in milliseconds.
const MEAN: f64 = 100.0;

fn more(lived: &Lived) -> f64 {
    let client = &lived.report.clients[0];
    client.clicks as f64 / client.arrivals as f64 - 1.0
}

/// The fewer are late, the less well their share is known.
fn rare(late: f64) -> f64 {
    match late {
        late if late < 0.0005 => 0.3,
        late if late < 0.005 => 0.2,
        _ => 0.1,
    }
}

pub fn at_scale() -> Validation {
    /// Invariants of the file, and milliseconds.
    const LATE: [(&str, f64); 3] = [("by_265ms", 264.9159), ("by_380ms", 380.0451), ("by_461ms", 460.517)];
    /// Option of the file, its name, and after which share of the answers the second is sent.
    const HEDGES: [(&str, &str, f64); 4] = [
        ("never", "never", 1.0),
        ("after_half", "after the median", 0.5),
        ("after_nine_tenths", "after p90", 0.9),
        ("after_nineteen_twentieths", "after p95", 0.95),
    ];
    let delay = |share: f64| -(1.0 - share).ln();
    let arm = |(curve, (option, name, share)): (usize, (&str, &'static str, f64))| {
        let check = |(promise, ms): (&'static str, f64)| {
            let late = theory::hedged_is_later(delay(share), ms / MEAN);
            Check {
                what: format!("{name}, later than {ms:.0} ms"),
                unit: "share",
                of: reading(move |lived| lived.broken(promise)),
                expected: Expected::Mean { value: late, narrow: rare(late) },
                at: Some((curve, ms)),
            }
        };
        let mut checks: Vec<Check> = LATE.into_iter().map(check).collect();
        let value = 1.0 - share;
        let expected =
            if share < 1.0 { Expected::Mean { value, narrow: 0.05 } } else { Expected::Always { value, within: 0.0 } };
        checks.push(plain(format!("{name}, more requests"), "share", reading(more), expected));
        Arm { answers: vec![("hedge", option.to_owned())], faults: false, checks }
    };
    let curve = |(_, name, share): (&str, &str, f64)| {
        Curve::of(name, 0.0, 500.0, move |ms| theory::hedged_is_later(delay(share), ms / MEAN))
    };
    Validation {
        name: "tail-at-scale",
        title: "A second request for the slowest",
        kind: Kind::Published,
        file: "tail-at-scale",
        claim: "a second request after the 95th percentile costs 5 % more requests and cuts the tail: later than t with e^(−(2t − d)) \
                instead of e^(−t), so that the 99th percentile falls from 461 to 380 ms",
        source: "Dean and Barroso, The Tail at Scale, CACM 56(2), 2013, for hedging at the 95th percentile and its 5 %; the law of the minimum \
                 of two exponential times for the rest",
        reading: "published is the 5 %; the tail that follows is theirs for their own services. Ours: exponential answers, independent of \
                  one another and of load; the law then follows",
        replications: 24,
        arms: HEDGES.into_iter().enumerate().map(arm).collect(),
        chart: Chart {
            x: Axis::linear("ms", 0.0, 500.0),
            y: Axis::log("share that is later", 0.0001, 1.0),
            curves: HEDGES.into_iter().map(curve).collect(),
        },
    }
}
