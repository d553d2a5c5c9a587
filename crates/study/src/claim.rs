//! One claim of a scenario, and what the runs say to it.
//!
//! The difference is taken seed by seed: both designs meet the same customers. A gap in per cent is relative to the
//! worse design's mean, which is itself uncertain, so it is subtracted seed by seed too, and the interval is over what
//! is left: `worse − better − gap`.

use seatrial_scenario::Gap;

use crate::holm::holm;
use crate::measure::{Measure, Observed};
use crate::summary::{Interval, Summary, p_above};

/// One design is better than another on a measure, by a gap that matters.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    pub measure: Measure,
    pub worse: String,
    pub better: String,
    pub gap: Gap,
}

/// What the runs say. All figures in the measure's unit; differences are positive when the claim is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub claim: Claim,
    pub seeds: usize,
    pub worse_mean: f64,
    pub better_mean: f64,
    /// What the difference must exceed.
    pub needed: f64,
    pub difference: f64,
    /// At the confidence that Holm's procedure leaves to this claim.
    pub interval: Option<Interval>,
    pub p_adjusted: f64,
    /// Share of single seeds on which the better design is better.
    pub ordered: f64,
    /// Shares of faults that were noticed at all, of the worse and of the better; for detection only.
    pub detected: Option<(f64, f64)>,
    /// The interval lies above what is needed.
    pub clears: bool,
}

pub(crate) const LEVEL: f64 = 0.05;
/// An interview has one seed.
pub const ORDERED_LEAST: f64 = 0.9;

impl Verdict {
    pub fn holds(&self) -> bool {
        self.clears && self.ordered >= ORDERED_LEAST
    }
}

impl Claim {
    pub(crate) fn gap_of(&self, worse: f64) -> f64 {
        match self.gap {
            Gap::Ratio(ratio) => ratio * worse.abs(),
            Gap::DurationNs(ns) => match self.measure.unit() {
                crate::measure::Unit::Milliseconds => ns as f64 / 1e6,
                _ => ns as f64 / 60e9,
            },
            Gap::Money(minor) | Gap::MoneyAMonth(minor) => minor as f64,
        }
    }

    /// Per seed: how far the better design is ahead, and what it must be ahead by.
    fn ahead(&self, worse: f64, better: f64) -> (f64, f64) {
        let ahead = if self.measure.more_is_better() {
            better - worse
        } else {
            worse - better
        };
        (ahead, self.gap_of(worse))
    }
}

/// Observations of one claim: worse and better, seed by seed. A seed on which either says nothing is left out here and
/// counted by the caller.
pub(crate) type Pairs = Vec<(Observed, Observed)>;

/// Judges claims together, as one family.
pub(crate) fn judge(claims: &[(Claim, Pairs)]) -> Vec<Verdict> {
    let margins: Vec<Vec<f64>> = claims
        .iter()
        .map(|(claim, pairs)| {
            let margin = |(worse, better): &(Observed, Observed)| {
                let (ahead, gap) = claim.ahead(worse.value, better.value);
                ahead - gap
            };
            pairs.iter().map(margin).collect()
        })
        .collect();
    let summaries: Vec<Option<Summary>> =
        margins.iter().map(|margin| Summary::of(margin)).collect();
    let p: Vec<f64> = summaries
        .iter()
        .map(|summary| summary.as_ref().map_or(1.0, p_above))
        .collect();
    let adjusted = holm(&p);
    let verdict = |(at, (claim, pairs)): (usize, &(Claim, Pairs))| {
        let count = pairs.len().max(1) as f64;
        let mean =
            |of: &dyn Fn(&(Observed, Observed)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
        let needed = mean(&|pair| claim.ahead(pair.0.value, pair.1.value).1);
        let difference = mean(&|pair| claim.ahead(pair.0.value, pair.1.value).0);
        let ordered =
            mean(&|pair| f64::from(u8::from(claim.ahead(pair.0.value, pair.1.value).0 > 0.0)));
        let (p_adjusted, part) = adjusted[at];
        let interval = summaries[at].and_then(|summary| summary.interval(1.0 - LEVEL * part));
        let share = |of: &dyn Fn(&(Observed, Observed)) -> Observed| {
            let all = pairs.iter().filter_map(|pair| of(pair).censored);
            let (detected, among) = all.fold((0u64, 0u64), |(d, a), c| {
                (d + u64::from(c.detected), a + u64::from(c.of))
            });
            (among > 0).then(|| detected as f64 / among as f64)
        };
        Verdict {
            claim: claim.clone(),
            seeds: pairs.len(),
            worse_mean: mean(&|pair| pair.0.value),
            better_mean: mean(&|pair| pair.1.value),
            needed,
            difference,
            interval: interval.map(|i| Interval {
                low: i.low + needed,
                high: i.high + needed,
                ..i
            }),
            p_adjusted,
            ordered,
            detected: share(&|pair| pair.0).zip(share(&|pair| pair.1)),
            clears: p_adjusted < LEVEL,
        }
    };
    claims.iter().enumerate().map(verdict).collect()
}
