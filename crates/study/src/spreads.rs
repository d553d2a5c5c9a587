//! What stands behind the points of a proof, for whoever wants to see it: how each measure is spread over the seeds, design by
//! design; how much of the way each decision closes alone; where random designs lie; what each world does to the loss.

use crate::arm::Row;
use crate::measure::Measure;
use crate::plan::Plan;
use crate::points::Rows;
use crate::summary::Summary;

/// Everything in the measures' own units.
#[derive(Debug, Clone, PartialEq)]
pub struct Spreads {
    /// Reference designs, from the worst to the best.
    pub designs: Vec<String>,
    /// The measures that are claimed or traded, and the loss; for each design one value a seed, in the order of `designs`.
    pub measures: Vec<(Measure, Vec<Vec<f64>>)>,
    /// Mean loss of each design: as the scenario is written, without the operator, and in each variation.
    pub worlds: Vec<(String, Vec<f64>)>,
    /// By decision: the share of the way from the worst design to the best that it closes alone.
    pub closes: Vec<(String, f64)>,
    /// Mean loss of each random design.
    pub crowd: Vec<f64>,
}

impl Plan {
    pub fn spreads(&self, rows: &[Row]) -> Spreads {
        let by_arm = self.sorted(rows);
        let designs = self.in_order();
        let side = |side: &crate::plan::Side, what: &dyn Fn(usize) -> f64| -> Vec<f64> {
            designs.iter().map(|design| side.get(design).map_or(f64::NAN, |&arm| what(arm))).collect()
        };
        let mut wanted: Vec<Measure> = Vec::new();
        for claim in self.claims.iter().chain(&self.trades) {
            if !wanted.contains(&claim.measure) {
                wanted.push(claim.measure.clone());
            }
        }
        wanted.push(Measure::Loss);
        wanted.dedup();
        let values = |measure: &Measure| {
            let of = |design: &String| self.base.get(design).map(|&arm| self.values(&by_arm, arm, measure)).unwrap_or_default();
            designs.iter().map(of).collect()
        };
        let loss = |arm: usize| self.mean(&by_arm, arm, &Measure::Loss);
        let mut worlds = vec![("as written".to_owned(), side(&self.base, &loss))];
        if !self.alone.is_empty() {
            worlds.push(("no operator".to_owned(), side(&self.alone, &loss)));
        }
        worlds.extend(self.varied.iter().map(|(name, varied)| (name.clone(), side(varied, &loss))));
        Spreads {
            measures: wanted.iter().map(|measure| (measure.clone(), values(measure))).collect(),
            worlds,
            closes: self.closes(&by_arm),
            crowd: self.crowd.iter().map(|(_, arm)| loss(*arm)).collect(),
            designs,
        }
    }

    /// The designs that are claimed about, each before those that are better.
    fn in_order(&self) -> Vec<String> {
        let mut order: Vec<String> = vec![self.worst.clone()];
        for claim in &self.claims {
            for name in [&claim.worse, &claim.better] {
                if !order.contains(name) {
                    order.push(name.clone());
                }
            }
        }
        // The best last, whatever was claimed first.
        if let Some(at) = order.iter().position(|name| *name == self.best) {
            let best = order.remove(at);
            order.push(best);
        }
        order
    }

    fn closes(&self, by_arm: &Rows<'_>) -> Vec<(String, f64)> {
        let few = self.singles.first().map_or(0, |(_, arm)| by_arm[*arm].len());
        let mean = |arm: usize| {
            let values = self.values(by_arm, arm, &Measure::Loss);
            Summary::of(&values[..few.min(values.len())]).map_or(f64::NAN, |summary| summary.mean)
        };
        let reference = |name: &str| self.base.get(name).copied().unwrap_or_default();
        let (worst, best) = (mean(reference(&self.worst)), mean(reference(&self.best)));
        let closing = self.singles.iter().filter(|(single, _)| single.closes);
        closing.map(|(single, arm)| (single.decision.clone(), (worst - mean(*arm)) / (worst - best))).collect()
    }
}
