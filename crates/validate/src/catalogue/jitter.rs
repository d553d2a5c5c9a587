//! How long contention lasts, by how clients wait between attempts.

use crate::reading::reading;
use crate::validation::{Arm, Axis, Chart, Check, Curve, Expected, Kind, Validation};

const STRATEGIES: &[&str] = &["none", "exponential", "equal", "full", "decorrelated"];

/// Option of the file, milliseconds until the last is through, writes: means of a hundred trials of Brooker's public
/// simulator with 100 clients, as it is but for Python 3 (`backoff_simulator.py`, base 5, cap 2000).
const PUBLISHED: [(&str, f64, f64); 5] = [
    ("not_at_all", 2027.38, 2421.9),
    ("exponential", 62_862.52, 1853.65),
    ("equal", 6658.49, 812.21),
    ("full", 4879.22, 797.07),
    ("decorrelated", 4530.68, 1002.75),
];

const TRIALS: &str = "they are means of a hundred trials, with messages that are normally distributed";

pub fn jitter() -> Validation {
    let arm = |(place, (option, time, writes)): (usize, (&str, f64, f64))| {
        let name = STRATEGIES[place];
        let near = |value: f64, within: f64| Expected::Near { value, within, because: TRIALS };
        let until = reading(|lived| lived.report.clients[0].latency.max_us as f64 / 1e3);
        let written = reading(|lived| lived.offered("server"));
        let through = reading(|lived| lived.report.clients[0].pleased as f64);
        let check =
            |what: &str, unit, of, expected, at| Check { what: format!("{name}, {what}"), unit, of, expected, at };
        let at = |curve: usize| Some((curve, place as f64));
        Arm {
            answers: vec![("waits", option.to_owned())],
            faults: false,
            checks: vec![
                check("until the last is through", "ms", until, near(time, 0.1), at(0)),
                check("writes", "", written, near(writes, 0.05), at(1)),
                check("clients that are through", "", through, Expected::Always { value: 100.0, within: 0.0 }, None),
            ],
        }
    };
    let stairs =
        |of: fn(&(&str, f64, f64)) -> f64| PUBLISHED.iter().enumerate().map(|(x, row)| (x as f64, of(row))).collect();
    Validation {
        name: "jitter",
        title: "Five ways to wait, a hundred clients, one row",
        kind: Kind::Published,
        file: "jitter",
        claim: "without waiting 2422 writes in 2.0 s; exponential alone hardly spares any (1854) and takes 63 s; with jitter some 800 to \
                1000 writes in 4.5 to 6.7 s, equal jitter the slowest of the three",
        source: "Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015, and its simulator aws-arch-backoff-simulator",
        reading: "published are curves and the program; the figures are what the program comes to, a hundred trials with a hundred clients. \
                  Its messages take |N(10, 2)| ms; ours are log-normal of the same mean and deviation. Its clients begin at one instant, \
                  ours within a millisecond",
        replications: 100,
        arms: PUBLISHED.into_iter().enumerate().map(arm).collect(),
        chart: Chart {
            x: Axis::of_words("how a client waits", STRATEGIES),
            y: Axis::log("ms, and writes", 500.0, 100_000.0),
            curves: vec![
                Curve { name: "until the last is through, ms".into(), points: stairs(|row| row.1) },
                Curve { name: "writes".into(), points: stairs(|row| row.2) },
            ],
        },
    }
}
