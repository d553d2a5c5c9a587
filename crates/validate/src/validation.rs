//! What a validation is made of.

use crate::reading::Reading;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Follows from assumptions alone.
    Theory,
    /// Somebody has measured or simulated it and published what came out.
    Published,
}

/// One result, and how the simulator is held to it.
#[derive(Debug, Clone)]
pub struct Validation {
    pub name: &'static str,
    pub title: &'static str,
    pub kind: Kind,
    /// Of `validation/`, without `.yaml`.
    pub file: &'static str,
    /// What must come out, and the formula where there is one.
    pub claim: &'static str,
    pub source: &'static str,
    /// What in this is our reading of the source; empty when nothing is.
    pub reading: &'static str,
    /// Runs of each arm when nobody asks for another number.
    pub replications: usize,
    pub arms: Vec<Arm>,
    pub chart: Chart,
}

/// The file under one set of answers: what is varied is varied by decisions, as `--set` does.
#[derive(Debug, Clone)]
pub struct Arm {
    /// Decision and answer.
    pub answers: Vec<(&'static str, String)>,
    /// Whether the file's faults happen.
    pub faults: bool,
    pub checks: Vec<Check>,
}

/// One figure of each run, and what it must come to.
#[derive(Debug, Clone)]
pub struct Check {
    /// Names it among all of its validation.
    pub what: String,
    pub unit: &'static str,
    pub of: Reading,
    pub expected: Expected,
    /// Which curve it belongs to, and where on it.
    pub at: Option<(usize, f64)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expected {
    /// The mean of the runs. It agrees when their interval holds the value, and is evidence when the interval's half is
    /// at most this share of the value.
    Mean { value: f64, narrow: f64 },
    /// The same where the value itself is good to a share only, for a reason that can be named: all of the interval must
    /// lie as near.
    Near { value: f64, within: f64, because: &'static str },
    /// The value of every single run, up to rounding of this share.
    Always { value: f64, within: f64 },
    /// Every single run lies below.
    Below(f64),
    /// Every single run lies above.
    Above(f64),
}

/// Expected curves, and the axes that they are drawn on.
#[derive(Debug, Clone)]
pub struct Chart {
    pub x: Axis,
    pub y: Axis,
    pub curves: Vec<Curve>,
}

#[derive(Debug, Clone)]
pub struct Axis {
    pub label: &'static str,
    pub from: f64,
    pub to: f64,
    pub log: bool,
    /// Instead of figures: what stands at 0, 1, 2 …
    pub words: &'static [&'static str],
}

#[derive(Debug, Clone)]
pub struct Curve {
    pub name: String,
    /// What is expected, densely; empty for points alone.
    pub points: Vec<(f64, f64)>,
}

impl Expected {
    /// The figure itself, or the bound.
    pub fn value(&self) -> f64 {
        match *self {
            Expected::Mean { value, .. } | Expected::Near { value, .. } | Expected::Always { value, .. } => value,
            Expected::Below(value) | Expected::Above(value) => value,
        }
    }
}

impl Axis {
    pub fn linear(label: &'static str, from: f64, to: f64) -> Axis {
        Axis { label, from, to, log: false, words: &[] }
    }

    pub fn log(label: &'static str, from: f64, to: f64) -> Axis {
        Axis { label, from, to, log: true, words: &[] }
    }

    pub fn of_words(label: &'static str, words: &'static [&'static str]) -> Axis {
        Axis { label, from: -0.5, to: words.len() as f64 - 0.5, log: false, words }
    }
}

impl Curve {
    /// A function from one place to another, at a hundred and one.
    pub fn of(name: impl Into<String>, from: f64, to: f64, function: impl Fn(f64) -> f64) -> Curve {
        let at = |step: i32| from + (to - from) * f64::from(step) / 100.0;
        Curve { name: name.into(), points: (0..=100).map(|step| (at(step), function(at(step)))).collect() }
    }

    /// Points alone.
    pub fn bare(name: impl Into<String>) -> Curve {
        Curve { name: name.into(), points: Vec::new() }
    }
}

impl Validation {
    /// Comparisons that share the error that is allowed.
    pub fn comparisons(&self) -> usize {
        self.arms.iter().map(|arm| arm.checks.len()).sum()
    }

    /// All checks, each with its arm.
    pub fn checks(&self) -> impl Iterator<Item = (usize, &Arm, &Check)> {
        self.arms.iter().enumerate().flat_map(|(at, arm)| arm.checks.iter().map(move |check| (at, arm, check)))
    }
}
