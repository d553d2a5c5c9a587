//! What a sweep varies: `--vary no_answer`, `--vary wait=200ms,1s,5s`, `--vary retry.attempts=1..5`, `--vary wait=1s..9s/5`.

use seatrial_scenario::{Answers, Compiled, PathInfo};
use seatrial_sim::system::ParamKind;
use serde::{Deserialize, Serialize};

use crate::{Failure, scenario::Scenario, scenario::options};

/// A decision or a path, and the values that it takes, as people write them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    pub knob: String,
    pub values: Vec<String>,
}

/// Values of one axis: more is a slip of the pen.
const VALUES_MOST: i64 = 1000;
/// Where a range says nothing else.
const STEPS: i64 = 5;

/// How many combinations there are.
pub fn points(axes: &[Axis]) -> usize {
    axes.iter().map(|axis| axis.values.len()).fold(1, usize::saturating_mul)
}

/// The values of a combination; the last axis goes fastest.
pub fn point(axes: &[Axis], at: usize) -> Vec<&str> {
    let mut rest = at;
    let mut values: Vec<&str> = Vec::with_capacity(axes.len());
    for axis in axes.iter().rev() {
        values.push(&axis.values[rest % axis.values.len()]);
        rest /= axis.values.len();
    }
    values.reverse();
    values
}

/// Reads one `--vary`.
pub fn axis(scenario: &Scenario, text: &str) -> Result<Axis, Failure> {
    let (knob, values) = text.split_once('=').map_or((text, None), |(knob, values)| (knob, Some(values.trim())));
    let knob = Knob::find(scenario, knob.trim())?;
    let mut read = match values {
        None => knob.all()?,
        Some("") => return Err(knob.wrong("names no value")),
        Some(values) => knob.values(values)?,
    };
    let mut seen: Vec<String> = Vec::new();
    read.retain(|value| {
        !seen.contains(value) && {
            seen.push(value.clone());
            true
        }
    });
    Ok(Axis { knob: knob.name.to_owned(), values: read })
}

/// A decision, or a path that can be set.
struct Knob<'a> {
    compiled: &'a Compiled,
    name: &'a str,
    /// Where its numbers go, when it has any.
    path: Option<(&'a str, PathInfo)>,
    /// What it may be, where that can be listed.
    listed: Option<Vec<String>>,
    /// From, to and as found, when that is known.
    range: Option<(i64, i64, i64)>,
}

impl<'a> Knob<'a> {
    fn find(scenario: &'a Scenario, name: &'a str) -> Result<Knob<'a>, Failure> {
        let compiled = &*scenario.compiled;
        let info = |path: &'a str| compiled.paths.get(path).map(|info| (path, *info));
        let knob = |path: Option<(&'a str, PathInfo)>, listed, range| Knob { compiled, name, path, listed, range };
        if let Some(decision) = compiled.decision(name) {
            return Ok(match &decision.answers {
                Answers::Options(_) => knob(None, Some(options(decision)), None),
                Answers::Value { sets, from, to, default, .. } => knob(info(sets), None, Some((*from, *to, *default))),
            });
        }
        let Some((path, info)) = info(name) else { return Err(scenario.no_knob(name)) };
        let listed = match info.kind {
            ParamKind::Flag => Some(vec!["false".into(), "true".into()]),
            ParamKind::Word => Some(info.words.iter().map(|(word, _)| (*word).to_owned()).collect()),
            _ => None,
        };
        Ok(knob(Some((path, info)), listed, None))
    }

    fn wrong(&self, why: &str) -> Failure {
        let example = match (&self.listed, self.range, self.path) {
            (Some(listed), ..) => format!("{0}={1}, or {0} alone for all", self.name, listed.iter().take(2).cloned().collect::<Vec<_>>().join(",")),
            (None, Some((from, to, _)), Some((path, _))) => {
                let show = |value| self.compiled.show(path, value);
                format!("{0}={1}..{2}, {0}={1}..{2}/3 for three of them, or a list such as {0}={1},{2}", self.name, show(from), show(to))
            }
            _ => format!("{}=1,3,5 or {0}=1..5", self.name),
        };
        Failure::input(format!("--vary {} {why}", self.name)).hint(format!("write --vary {example}"))
    }

    /// All there is, when nothing is said; of a range its ends, and as found.
    fn all(&self) -> Result<Vec<String>, Failure> {
        match (&self.listed, self.range, self.path) {
            (Some(listed), ..) => Ok(listed.clone()),
            (None, Some((from, to, found)), Some((path, _))) => {
                let mut values = vec![from, found, to];
                values.sort_by(|a, b| self.natural(*a).total_cmp(&self.natural(*b)));
                Ok(values.into_iter().map(|value| self.compiled.show(path, value)).collect())
            }
            _ => Err(self.wrong("says no values, and those of a path are not listed anywhere")),
        }
    }

    fn values(&self, text: &str) -> Result<Vec<String>, Failure> {
        let mut values = Vec::new();
        for item in text.split(',').map(str::trim) {
            match item.split_once("..") {
                Some(_) if self.listed.is_some() => {
                    return Err(self.wrong(&format!("has no numbers, so nothing lies between those of `{item}`")));
                }
                Some((from, to)) => values.extend(self.between(item, from.trim(), to.trim())?),
                None => values.push(self.one(item)?),
            }
        }
        Ok(values)
    }

    /// One value, in the words in which it is always written.
    fn one(&self, text: &str) -> Result<String, Failure> {
        Ok(match self.path {
            Some((path, _)) => self.compiled.show(path, self.read(text)?),
            None => {
                self.check(text)?;
                text.to_owned()
            }
        })
    }

    /// That the decision takes it: an option, or a value within its range.
    fn check(&self, text: &str) -> Result<(), Failure> {
        if self.compiled.decision(self.name).is_some() {
            let answer = std::collections::BTreeMap::from([(self.name.to_owned(), text.to_owned())]);
            self.compiled.design(&answer).map_err(|wrong| Failure::input(format!("--vary {}: {}", self.name, wrong.join("; "))))?;
        }
        Ok(())
    }

    fn read(&self, text: &str) -> Result<i64, Failure> {
        self.check(text)?;
        let Some((path, _)) = self.path else { return Err(self.wrong("has no numbers")) };
        self.compiled.set(path, text).map(|patch| patch.value).map_err(|said| Failure::input(format!("--vary {}: {said}", self.name)))
    }

    /// A value as a number that can lie between two others.
    fn natural(&self, value: i64) -> f64 {
        match self.path.map(|(_, info)| info.kind) {
            Some(ParamKind::Ratio | ParamKind::Rate) => f64::from_bits(value as u64),
            _ => value as f64,
        }
    }

    /// `A..B`: every whole number of a count, five values of anything else. `A..B/N`: N values. Both ends are among them.
    fn between(&self, item: &str, from: &str, to: &str) -> Result<Vec<String>, Failure> {
        let (to, steps) = match to.rsplit_once('/') {
            // A rate has a stroke in it: `5/s`, `5/s/3`.
            Some((end, steps)) if !steps.is_empty() && steps.bytes().all(|byte| byte.is_ascii_digit()) => (end, Some(steps)),
            _ => (to, None),
        };
        let (Some((path, info)), low, high) = (self.path, self.read(from)?, self.read(to)?) else { return Err(self.wrong("has no numbers")) };
        if !matches!(info.kind, ParamKind::Duration | ParamKind::Count | ParamKind::Ratio | ParamKind::Rate | ParamKind::Money) {
            return Err(self.wrong(&format!("has no numbers, so nothing lies between those of `{item}`")));
        }
        if self.natural(low) > self.natural(high) {
            return Err(self.wrong(&format!("goes down in `{item}`")));
        }
        let steps = match (steps.map(str::parse::<i64>), info.kind) {
            (Some(Ok(steps)), _) => steps,
            (Some(Err(_)), _) => i64::MAX,
            (None, ParamKind::Count) => high - low + 1,
            (None, _) => STEPS,
        };
        if !(1..=VALUES_MOST).contains(&steps) || steps == 1 && low != high {
            return Err(self.wrong(&format!("takes 2 to {VALUES_MOST} values, and `{item}` would be {steps}")));
        }
        let (first, last) = (self.natural(low), self.natural(high));
        let value = |at: i64| {
            let between = first + (last - first) * at as f64 / (steps - 1).max(1) as f64;
            let whole = |unit: f64| ((between / unit).round() * unit) as i64;
            match info.kind {
                // Nobody sets a limit to the nanosecond.
                ParamKind::Duration if high - low >= 100_000_000 => whole(1e6),
                ParamKind::Ratio | ParamKind::Rate => ((between * 1e6).round() / 1e6).to_bits() as i64,
                _ => whole(1.0),
            }
        };
        let inner = (1..steps - 1).map(value);
        let all = std::iter::once(low).chain(inner).chain((steps > 1).then_some(high));
        all.map(|value| self.one(&self.compiled.show(path, value))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_axis_goes_fastest_and_every_combination_comes_once() {
        let axis = |knob: &str, values: &[&str]| Axis { knob: knob.into(), values: values.iter().map(|v| (*v).to_owned()).collect() };
        let axes = [axis("a", &["1", "2"]), axis("b", &["x", "y", "z"])];
        let all: Vec<String> = (0..points(&axes)).map(|at| point(&axes, at).join("")).collect();
        assert_eq!(all, ["1x", "1y", "1z", "2x", "2y", "2z"]);
        assert_eq!((points(&[]), point(&[], 0).len()), (1, 0));
    }
}
