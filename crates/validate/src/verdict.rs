//! Intervals over runs, and what they decide.
//!
//! Runs of one arm are independent, so Student's t over them is right whatever happens inside of one (Law, *Simulation
//! Modeling and Analysis*, 5th ed., 4.5). All comparisons of one validation together may be wrong in one of a thousand:
//! each takes its equal share of that (Bonferroni), which needs no independence of arms that meet the same seeds.

use seatrial_study::Summary;

use crate::trial::{Row, Trial};
use crate::validation::{Check, Expected};

/// How likely it is that anything of a validation is said to differ though all of it agrees.
pub const ERROR: f64 = 0.001;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Holds,
    Fails,
    /// The interval is too wide to be evidence of anything: more runs are needed.
    Unclear,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub state: State,
    pub mean: f64,
    /// Of the mean; where every single run counts, of the runs: the least and the most.
    pub low: f64,
    pub high: f64,
    /// Of the interval. Where every single run counts: with which at least `seeds_at_least` of all seeds come to the same.
    pub confidence: f64,
    pub seeds_at_least: Option<f64>,
    /// Of each run, in the order of the seeds.
    pub values: Vec<f64>,
    /// Runs that do not add up; never dropped.
    pub astray: Vec<String>,
}

/// `rows`: of all cells, in any order. One verdict for each check, in the order of the arms.
pub fn judge(trial: &Trial<'_>, rows: &[Row]) -> Vec<Verdict> {
    let confidence = 1.0 - ERROR / trial.validation.comparisons().max(1) as f64;
    let mut verdicts = Vec::new();
    for (at, arm) in trial.validation.arms.iter().enumerate() {
        let mine = |seed: &u64| rows.iter().find(|row| row.arm == at && row.seed == *seed);
        let mine: Vec<&Row> = trial.seeds.iter().filter_map(mine).collect();
        let astray: Vec<String> =
            mine.iter().filter_map(|row| Some(format!("seed {}: {}", row.seed, row.astray.as_ref()?))).collect();
        for (place, check) in arm.checks.iter().enumerate() {
            let values = mine.iter().map(|row| row.values[place]).collect();
            verdicts.push(verdict(check, values, confidence, astray.clone()));
        }
    }
    verdicts
}

fn verdict(check: &Check, values: Vec<f64>, confidence: f64, astray: Vec<String>) -> Verdict {
    let nothing = Summary { n: 0, mean: f64::NAN, sd: 0.0, min: f64::NAN, median: f64::NAN, max: f64::NAN };
    let summary = Summary::of(&values);
    let seen = summary.unwrap_or(nothing);
    let every = |state: bool| {
        let state = if state { State::Holds } else { State::Fails };
        (state, seen.min, seen.max)
    };
    let (low, high) = seen.interval(confidence).map_or((f64::NEG_INFINITY, f64::INFINITY), |i| (i.low, i.high));
    let (state, low, high) = match check.expected {
        Expected::Mean { value, narrow } => (mean_holds(value, narrow, low, high), low, high),
        Expected::Near { value, within, .. } => (near_holds(value, within, low, high), low, high),
        Expected::Always { value, within } => every(values.iter().all(|x| (x - value).abs() <= value.abs() * within)),
        Expected::Below(bound) => every(seen.max < bound),
        Expected::Above(bound) => every(seen.min > bound),
    };
    let single = !matches!(check.expected, Expected::Mean { .. } | Expected::Near { .. });
    // Clopper and Pearson, 1934, for n of n: the share p with pⁿ = 1 − confidence.
    let least = (single && state == State::Holds).then(|| (1.0 - confidence).powf(1.0 / seen.n.max(1) as f64));
    let lost = summary.is_none() || !astray.is_empty();
    let state = if lost { State::Fails } else { state };
    Verdict { state, mean: seen.mean, low, high, confidence, seeds_at_least: least, values, astray }
}

fn mean_holds(value: f64, narrow: f64, low: f64, high: f64) -> State {
    if value < low || value > high {
        State::Fails
    } else if (high - low) / 2.0 > narrow * value.abs() {
        State::Unclear
    } else {
        State::Holds
    }
}

fn near_holds(value: f64, within: f64, low: f64, high: f64) -> State {
    let reach = value.abs() * within;
    if high < value - reach || low > value + reach {
        State::Fails
    } else if low >= value - reach && high <= value + reach {
        State::Holds
    } else {
        State::Unclear
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::reading;

    fn judged(expected: Expected, values: &[f64]) -> State {
        let check = Check { what: String::new(), unit: "", of: reading(|_| 0.0), expected, at: None };
        verdict(&check, values.to_vec(), 0.99, Vec::new()).state
    }

    #[test]
    fn a_verdict_can_fail_and_can_be_none() {
        let runs = [9.0, 10.0, 11.0, 10.5, 9.5, 10.2, 9.8];
        assert_eq!(judged(Expected::Mean { value: 10.1, narrow: 0.2 }, &runs), State::Holds);
        assert_eq!(judged(Expected::Mean { value: 12.0, narrow: 0.2 }, &runs), State::Fails);
        assert_eq!(judged(Expected::Mean { value: 10.1, narrow: 0.01 }, &runs), State::Unclear);
        assert_eq!(judged(Expected::Mean { value: 10.1, narrow: 0.2 }, &runs[..1]), State::Unclear);
        let because = "";
        assert_eq!(judged(Expected::Near { value: 10.1, within: 0.2, because }, &runs), State::Holds);
        assert_eq!(judged(Expected::Near { value: 10.1, within: 0.05, because }, &runs), State::Unclear);
        assert_eq!(judged(Expected::Near { value: 14.0, within: 0.05, because }, &runs), State::Fails);
        assert_eq!(judged(Expected::Below(11.5), &runs), State::Holds);
        assert_eq!(judged(Expected::Below(10.9), &runs), State::Fails);
        assert_eq!(judged(Expected::Above(8.0), &runs), State::Holds);
        assert_eq!(judged(Expected::Always { value: 64.0, within: 1e-9 }, &[64.0, 64.0]), State::Holds);
        assert_eq!(judged(Expected::Always { value: 64.0, within: 1e-9 }, &[64.0, 63.0]), State::Fails);
    }

    /// A figure that is none, or a run that does not add up, is no agreement.
    #[test]
    fn what_is_missing_fails() {
        assert_eq!(judged(Expected::Below(1.0), &[0.5, f64::NAN]), State::Fails);
        assert_eq!(judged(Expected::Below(1.0), &[]), State::Fails);
        let check =
            Check { what: String::new(), unit: "", of: reading(|_| 0.0), expected: Expected::Below(1.0), at: None };
        assert_eq!(verdict(&check, vec![0.5], 0.99, vec!["seed 1".into()]).state, State::Fails);
    }
}
