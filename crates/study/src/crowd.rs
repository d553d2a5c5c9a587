//! Designs at random: where the references stand among all that one might answer.

use crate::claim::Claim;
use crate::measure::Measure;
use crate::plan::Plan;
use crate::points::Rows;
use crate::proof::{Point, State};
use crate::summary::Summary;
use std::collections::BTreeMap;

use seatrial_scenario::{Answers, Compiled};
use sha2::{Digest, Sha256};

/// The `at`-th random design of a scenario. Ranges are drawn at their ends, in the middle, or as found.
pub(crate) fn random_answers(compiled: &Compiled, at: usize) -> BTreeMap<String, String> {
    let mut answers = BTreeMap::new();
    for decision in &compiled.decisions {
        let mut sha = Sha256::new();
        sha.update(b"seatrial designs 1\0");
        sha.update(compiled.hash.as_bytes());
        sha.update(decision.name.as_bytes());
        sha.update((at as u64).to_be_bytes());
        let draw = sha
            .finalize()
            .iter()
            .take(8)
            .fold(0u64, |bits, &byte| bits << 8 | u64::from(byte)) as usize;
        match &decision.answers {
            Answers::Options(choices) if choices.is_empty() => {}
            Answers::Options(choices) => {
                answers.insert(
                    decision.name.clone(),
                    choices[draw % choices.len()].name.clone(),
                );
            }
            Answers::Value { sets, from, to, .. } => {
                let value = match draw % 4 {
                    0 => *from,
                    1 => *to,
                    2 => from.midpoint(*to),
                    _ => continue,
                };
                let shown = compiled.show(sets, value);
                answers.insert(decision.name.clone(), shown);
            }
        }
    }
    answers
}

/// How many options (not values of ranges) two designs answer differently.
pub(crate) fn differ(
    compiled: &Compiled,
    one: &BTreeMap<String, String>,
    other: &BTreeMap<String, String>,
) -> usize {
    let chosen = |answers: &BTreeMap<String, String>, decision: &seatrial_scenario::Decision| {
        match &decision.answers {
            Answers::Options(choices) => answers.get(&decision.name).cloned().or_else(|| {
                choices
                    .iter()
                    .find(|choice| choice.default)
                    .map(|choice| choice.name.clone())
            }),
            Answers::Value { .. } => None,
        }
    };
    compiled
        .decisions
        .iter()
        .filter(|decision| chosen(one, decision) != chosen(other, decision))
        .count()
}

/// Random designs in a full proof. With fewer nothing is proven, but a first look is had sooner.
pub const DESIGNS_FULL: u32 = 500;

/// Losses within this share of the way from the best design to the worst count as the best one's band.
const BAND: f64 = 0.1;

impl Plan {
    pub(crate) fn point_7(&self, by_arm: &Rows<'_>) -> Point {
        if self.crowd.is_empty() {
            return Self::point(7, State::NotChecked("needs --full"), Vec::new());
        }
        let few = self.crowd.first().map_or(0, |(_, arm)| by_arm[*arm].len());
        let mean = |arm: usize, measure: &Measure| {
            let values = self.values(by_arm, arm, measure);
            Summary::of(&values[..few.min(values.len())]).map_or(f64::NAN, |summary| summary.mean)
        };
        let reference = |name: &str| self.base.get(name).copied().unwrap_or_default();
        let (worst, best) = (
            mean(reference(&self.worst), &Measure::Loss),
            mean(reference(&self.best), &Measure::Loss),
        );
        let losses: Vec<f64> = self
            .crowd
            .iter()
            .map(|(_, arm)| mean(*arm, &Measure::Loss))
            .collect();
        let mut failures = Vec::new();
        let below =
            losses.iter().filter(|&&loss| loss > worst).count() as f64 / losses.len().max(1) as f64;
        let standing = format!(
            "{:.0} % of {} random designs lose more than {}",
            below * 100.0,
            losses.len(),
            self.worst
        );
        if !(0.1..=0.5).contains(&below) {
            failures.push(format!("{standing}; it should be 10 to 50 %"));
        }
        let axes: Vec<&Claim> = self.claims.iter().chain(&self.trades).collect();
        for (answers, arm) in &self.crowd {
            if self.dominates(&axes, &mean, *arm) {
                failures.push(format!("{} is dominated by {answers:?}", self.best));
            }
        }
        let own = self.answers(&self.best);
        let band = best + BAND * (worst - best).abs();
        let mut others: Vec<_> = Vec::new();
        for ((answers, _), loss) in self.crowd.iter().zip(&losses) {
            let new = others
                .iter()
                .all(|other| crate::crowd::differ(&self.compiled, other, answers) > 0);
            if *loss <= band && new && crate::crowd::differ(&self.compiled, &own, answers) > 0 {
                others.push(answers.clone());
            }
        }
        let reached = format!(
            "{} other designs reach the band of {}",
            others.len(),
            self.best
        );
        if others.len() < 2 {
            failures.push(format!("{reached}; there should be two"));
        }
        if failures.is_empty() && self.crowd.len() < DESIGNS_FULL as usize {
            return Self::point(7, State::NotChecked("needs all 500 random designs"), vec![standing, reached]);
        }
        Self::failing(7, failures, vec![standing, reached])
    }

    /// As good as the best design on all measures that were named, and better on one by its gap.
    fn dominates(
        &self,
        axes: &[&Claim],
        mean: &dyn Fn(usize, &Measure) -> f64,
        arm: usize,
    ) -> bool {
        let best = self.base.get(&self.best).copied().unwrap_or_default();
        let mut better = false;
        for claim in axes {
            let sign = if claim.measure.more_is_better() {
                -1.0
            } else {
                1.0
            };
            let (own, other) = (
                sign * mean(best, &claim.measure),
                sign * mean(arm, &claim.measure),
            );
            // A figure that is missing is better than nothing.
            if other > own || other.is_nan() {
                return false;
            }
            better |= own - other > claim.gap_of(own);
        }
        better
    }
}
