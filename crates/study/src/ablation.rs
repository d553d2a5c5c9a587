//! One decision at a time: does each matter, and does none of them alone make the difference?

use crate::claim::LEVEL;
use crate::holm::holm;
use crate::measure::Measure;
use crate::plan::Plan;
use crate::points::Rows;
use crate::proof::{Point, State};
use crate::summary::{Summary, p_above};
use std::collections::BTreeMap;

use seatrial_scenario::{Answers, Compiled};

/// A design that differs from a reference in one decision.
#[derive(Debug, Clone)]
pub(crate) struct Single {
    pub decision: String,
    /// Which reference it changes: 0 the worst, 1 the best.
    pub base: usize,
    pub answers: BTreeMap<String, String>,
    /// Whether it takes the best design's answer into the worst one.
    pub closes: bool,
}

/// From the worst design: each of the best one's answers alone. From both: each other option of each decision.
pub(crate) fn singles(
    compiled: &Compiled,
    worst: &BTreeMap<String, String>,
    best: &BTreeMap<String, String>,
) -> Vec<Single> {
    let mut all = Vec::new();
    for decision in &compiled.decisions {
        let options: Vec<String> = match &decision.answers {
            Answers::Options(choices) => choices.iter().map(|choice| choice.name.clone()).collect(),
            // The ends of a range; as found is in the references already.
            Answers::Value { sets, from, to, .. } => {
                vec![compiled.show(sets, *from), compiled.show(sets, *to)]
            }
        };
        let as_found = match &decision.answers {
            Answers::Options(choices) => choices
                .iter()
                .find(|choice| choice.default)
                .map(|choice| choice.name.clone()),
            Answers::Value { .. } => None,
        };
        for (base, reference) in [worst, best].into_iter().enumerate() {
            let own = reference.get(&decision.name).or(as_found.as_ref());
            let other = best.get(&decision.name).or(as_found.as_ref());
            for option in options.iter().filter(|option| Some(*option) != own) {
                let mut answers = reference.clone();
                answers.insert(decision.name.clone(), option.clone());
                let closes = base == 0 && Some(option) == other;
                all.push(Single {
                    decision: decision.name.clone(),
                    base,
                    answers,
                    closes,
                });
            }
        }
    }
    all
}

/// No single change may close more of the way from the worst design to the best.
const CLOSED_MOST: f64 = 0.6;

impl Plan {
    pub(crate) fn point_6(&self, by_arm: &Rows<'_>) -> Point {
        if self.singles.is_empty() {
            return Self::point(6, State::NotChecked("needs --full"), Vec::new());
        }
        let reference = |name: &str| self.base.get(name).copied().unwrap_or_default();
        let bases = [reference(&self.worst), reference(&self.best)];
        // Over the seeds that the single changes ran with.
        let few = self
            .singles
            .first()
            .map_or(0, |(_, arm)| by_arm[*arm].len());
        let mean = |arm: usize| {
            let values = self.values(by_arm, arm, &Measure::Loss);
            Summary::of(&values[..few.min(values.len())]).map_or(f64::NAN, |summary| summary.mean)
        };
        let (worst, best) = (mean(bases[0]), mean(bases[1]));
        let mut failures = Vec::new();
        if worst.partial_cmp(&best) != Some(std::cmp::Ordering::Greater) {
            failures.push(format!(
                "{} loses no more than {}: {worst:.0} and {best:.0} minor units",
                self.worst, self.best
            ));
        }
        let mut notes = Vec::new();
        let mut p = Vec::new();
        for (single, arm) in &self.singles {
            let pairs = self.pairs(by_arm, bases[single.base], *arm, &Measure::Loss);
            let differences: Vec<f64> = pairs
                .iter()
                .map(|(base, changed)| base.value - changed.value)
                .collect();
            let mirrored: Vec<f64> = differences.iter().map(|difference| -difference).collect();
            let either = [differences, mirrored]
                .iter()
                .filter_map(|d| Summary::of(d))
                .map(|s| p_above(&s))
                .fold(1.0, f64::min);
            p.push(either);
            let closed = (worst - mean(*arm)) / (worst - best);
            if single.closes && worst > best {
                let said = format!(
                    "{} alone closes {:.0} % of the way",
                    single.decision,
                    closed * 100.0
                );
                if closed > CLOSED_MOST {
                    failures.push(said)
                } else {
                    notes.push(said)
                }
            }
        }
        let adjusted = holm(&p);
        for decision in &self.compiled.decisions {
            let mine = self
                .singles
                .iter()
                .zip(&adjusted)
                .filter(|((single, _), _)| single.decision == decision.name);
            if !mine.into_iter().any(|(_, (p, _))| *p < LEVEL) {
                failures.push(format!(
                    "`{}` matters nowhere: no answer to it changes the loss",
                    decision.name
                ));
            }
        }
        Self::failing(6, failures, notes)
    }
}
