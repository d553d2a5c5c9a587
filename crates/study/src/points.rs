//! From rows to the points of a proof: how rows are looked up, and the first three points. The others stand with what they
//! are about: controls, variations, ablation, the crowd of random designs.

use crate::arm::Row;
use crate::claim::{Claim, ORDERED_LEAST, Pairs, Verdict, judge};
use crate::measure::{Measure, Observed};
use crate::plan::{Plan, Side};
use crate::proof::{Point, Proof, State, TITLES};
use crate::summary::Summary;

/// At most so many claims: with more of them something always separates.
const CLAIMS_MOST: usize = 4;

pub(crate) type Rows<'a> = Vec<Vec<&'a Row>>;

impl Plan {
    /// `rows`: of all cells, in any order.
    pub fn prove(&self, rows: &[Row]) -> Proof {
        let by_arm = self.sorted(rows);
        let (pairs, trades) = self.claimed(&self.base, &by_arm);
        let mut points = vec![
            self.point_1(&pairs, &trades),
            self.point_2(rows),
            self.point_3(&by_arm),
            self.point_4(&by_arm),
            self.point_5(&by_arm),
            self.point_6(&by_arm),
            self.point_7(&by_arm),
        ];
        points.sort_by_key(|point| point.number);
        Proof {
            seeds: self.count,
            runs: rows.len(),
            pairs,
            trades,
            points,
        }
    }

    /// Rows by arm, each in the order of the seeds.
    pub(crate) fn sorted<'a>(&self, rows: &'a [Row]) -> Rows<'a> {
        let mut by_arm: Rows<'a> = vec![Vec::new(); self.arms.len()];
        for row in rows {
            if let Some(arm) = by_arm.get_mut(row.arm) {
                arm.push(row);
            }
        }
        let place = |row: &&Row| self.seeds.iter().position(|&seed| seed == row.seed);
        by_arm
            .iter_mut()
            .for_each(|rows| rows.sort_by_cached_key(place));
        by_arm
    }

    pub(crate) fn observed(&self, rows: &[&Row], measure: &Measure) -> Vec<Option<Observed>> {
        let place = self.measures.iter().position(|known| known == measure);
        rows.iter()
            .map(|row| place.and_then(|place| row.observed.get(place).copied().flatten()))
            .collect()
    }

    pub(crate) fn values(&self, by_arm: &Rows<'_>, arm: usize, measure: &Measure) -> Vec<f64> {
        self.observed(&by_arm[arm], measure)
            .into_iter()
            .flatten()
            .map(|seen| seen.value)
            .collect()
    }

    pub(crate) fn mean(&self, by_arm: &Rows<'_>, arm: usize, measure: &Measure) -> f64 {
        Summary::of(&self.values(by_arm, arm, measure)).map_or(f64::NAN, |summary| summary.mean)
    }

    /// Observations of two arms, seed by seed.
    pub(crate) fn pairs(
        &self,
        by_arm: &Rows<'_>,
        worse: usize,
        better: usize,
        measure: &Measure,
    ) -> Pairs {
        let worse = self.observed(&by_arm[worse], measure);
        let better = self.observed(&by_arm[better], measure);
        worse
            .into_iter()
            .zip(better)
            .filter_map(|(worse, better)| worse.zip(better))
            .collect()
    }

    /// The scenario's claims and trades, under one condition. A trade's "worse" is the design that is better otherwise.
    pub(crate) fn claimed(&self, side: &Side, by_arm: &Rows<'_>) -> (Vec<Verdict>, Vec<Verdict>) {
        let with = |claim: &Claim| {
            let arms = side.get(&claim.worse).zip(side.get(&claim.better));
            let pairs =
                arms.map(|(&worse, &better)| self.pairs(by_arm, worse, better, &claim.measure));
            (claim.clone(), pairs.unwrap_or_default())
        };
        let pairs: Vec<_> = self.claims.iter().map(with).collect();
        // One trade is enough, and each is judged for itself.
        let trades = self
            .trades
            .iter()
            .flat_map(|trade| judge(&[with(trade)]))
            .collect();
        (judge(&pairs), trades)
    }

    /// What is missing from a separation: each pair of designs needs one claim that holds, and one trade must hold.
    pub(crate) fn missing(&self, pairs: &[Verdict], trades: &[Verdict]) -> Vec<String> {
        let mut missing = Vec::new();
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for Verdict { claim, .. } in pairs {
            let pair = (claim.worse.as_str(), claim.better.as_str());
            if seen.contains(&pair) {
                continue;
            }
            seen.push(pair);
            let same = |other: &&Verdict| {
                (other.claim.worse.as_str(), other.claim.better.as_str()) == pair
            };
            if !pairs.iter().filter(same).any(Verdict::holds) {
                missing.push(format!(
                    "no measure tells {} from {}",
                    claim.worse, claim.better
                ));
            }
        }
        if trades.is_empty() {
            missing.push("no trade is declared: the best design must cost something".into());
        } else if !trades.iter().any(Verdict::holds) {
            missing.push(
                "no trade holds: the better design is not worse at anything that was named".into(),
            );
        }
        missing
    }

    pub(crate) fn point(number: u8, state: State, found: Vec<String>) -> Point {
        Point {
            number,
            title: TITLES[usize::from(number) - 1],
            state,
            found,
        }
    }

    pub(crate) fn failing(number: u8, failures: Vec<String>, notes: Vec<String>) -> Point {
        let state = if failures.is_empty() {
            State::Holds
        } else {
            State::Fails
        };
        Self::point(number, state, failures.into_iter().chain(notes).collect())
    }

    fn point_1(&self, pairs: &[Verdict], trades: &[Verdict]) -> Point {
        let mut failures = self.missing(pairs, trades);
        if pairs.len() > CLAIMS_MOST {
            failures.push(format!(
                "{} measures are claimed, and {CLAIMS_MOST} at most may be",
                pairs.len()
            ));
        }
        let not = |verdict: &&Verdict| !verdict.holds();
        let say = |verdict: &Verdict| {
            let why = if verdict.clears {
                format!(
                    "the order holds on {:.0} % of single seeds only",
                    verdict.ordered * 100.0
                )
            } else {
                "the interval does not clear the gap".into()
            };
            format!(
                "{}: {} → {} is not shown: {why}",
                verdict.claim.measure.name(),
                verdict.claim.worse,
                verdict.claim.better
            )
        };
        Self::failing(
            1,
            failures,
            pairs.iter().chain(trades).filter(not).map(say).collect(),
        )
    }

    fn point_2(&self, rows: &[Row]) -> Point {
        let cells = self.cells().len();
        let mut failures = Vec::new();
        if rows.len() != cells {
            failures.push(format!(
                "{cells} runs were planned, {} came back",
                rows.len()
            ));
        }
        for row in rows {
            if let Some(astray) = &row.astray {
                let name = self.arms.get(row.arm).map_or("", |arm| arm.name.as_str());
                failures.push(format!(
                    "{name}, seed {}: does not add up: {astray}",
                    row.seed
                ));
            }
        }
        Self::failing(2, failures, Vec::new())
    }

    fn point_3(&self, by_arm: &Rows<'_>) -> Point {
        if self.alone.is_empty() {
            return Self::point(3, State::NotChecked("needs --full"), Vec::new());
        }
        let (pairs, trades) = self.claimed(&self.alone, by_arm);
        let failures = self
            .missing(&pairs, &trades)
            .into_iter()
            .map(|said| format!("without an operator: {said}"))
            .collect();
        let say = |v: &Verdict| {
            format!(
                "without an operator, {}: {:.4} → {:.4}",
                v.claim.measure.name(),
                v.worse_mean,
                v.better_mean
            )
        };
        Self::failing(3, failures, pairs.iter().map(say).collect())
    }

    /// Shares and means that a report may want beside the verdicts: a measure's mean over an arm of the base.
    pub fn mean_of(&self, rows: &[Row], design: &str, measure: &Measure) -> Option<f64> {
        let arm = *self.base.get(design)?;
        let mean = self.mean(&self.sorted(rows), arm, measure);
        (mean.is_finite()).then_some(mean)
    }

    /// The share of single seeds on which the order must hold.
    pub fn ordered_least(&self) -> f64 {
        ORDERED_LEAST
    }
}
