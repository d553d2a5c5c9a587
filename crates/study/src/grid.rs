//! Designs side by side over the same seeds: every cell of the grid is one run.

use std::sync::Arc;

use seatrial_scenario::Compiled;
use seatrial_sim::System;
use seatrial_sim::system::Patch;

use crate::arm::{Arm, Cell, Row};
use crate::measure::{Measure, Observed};
use crate::paired::{Paired, Told, paired};
use crate::seeds::seeds;

/// What one of the designs is, before it is an arm.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub name: String,
    pub patches: Vec<Patch>,
    /// Minor units.
    pub costs_a_month: i64,
}

#[derive(Debug)]
pub struct Grid {
    arms: Vec<Arm>,
    seeds: Vec<u64>,
    measures: Vec<Measure>,
}

/// The world that all designs of a grid run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct World {
    pub faults: bool,
    pub operator: bool,
}

impl Grid {
    /// `count` seeds of the scenario's own, the same for each design.
    pub fn new(
        compiled: &Compiled,
        designs: Vec<Candidate>,
        count: usize,
        measures: Vec<Measure>,
        world: World,
    ) -> Grid {
        let system: Arc<System> = Arc::new(compiled.system.clone());
        let seeds = seeds(&compiled.hash, count);
        let arm = |design: Candidate| Arm {
            name: design.name,
            system: Arc::clone(&system),
            patches: design.patches,
            faults: world.faults,
            operator: world.operator,
            costs_a_month: design.costs_a_month,
            seeds: (0, seeds.len()),
        };
        Grid { arms: designs.into_iter().map(arm).collect(), seeds, measures }
    }

    pub fn arms(&self) -> &[Arm] {
        &self.arms
    }

    pub fn seeds(&self) -> &[u64] {
        &self.seeds
    }

    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Design by design, each in the order of the seeds.
    pub fn cells(&self) -> Vec<Cell> {
        (0..self.arms.len()).flat_map(|arm| self.seeds.iter().map(move |&seed| Cell { arm, seed })).collect()
    }

    /// Runs one cell. Takes as long as the run does.
    pub fn run(&self, cell: Cell) -> Row {
        self.arms[cell.arm].row(cell.arm, cell.seed, &self.measures)
    }

    /// What a design's runs observed of a measure, in the order of the seeds. `rows`: of all cells, in their order.
    pub fn observed(&self, rows: &[Row], arm: usize, measure: usize) -> Vec<Option<Observed>> {
        let own = arm * self.seeds.len()..(arm + 1) * self.seeds.len();
        rows.get(own).unwrap_or_default().iter().map(|row| row.observed.get(measure).copied().flatten()).collect()
    }
}

/// What two designs come to on one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    pub measure: Measure,
    /// Second minus first.
    pub paired: Paired,
    /// It follows from the design alone: nothing is estimated, and the others need no correction for it.
    pub exact: bool,
    pub better: Better,
    /// Shares of single seeds on which the first and the second is better.
    pub single_seeds: (f64, f64),
    /// Shares of faults that were noticed at all, under the first and the second; for detection only.
    pub detected: Option<(f64, f64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    First,
    Second,
    /// No run differs.
    Same,
    /// The runs do not tell.
    Open,
}

impl Grid {
    /// The second design against the first. Measures about which no pair of runs says anything are left out.
    pub fn compare(&self, rows: &[Row]) -> Vec<Compared> {
        let seen: Vec<(usize, [Vec<Option<Observed>>; 2])> = (0..self.measures.len())
            .map(|at| (at, [0, 1].map(|arm| self.observed(rows, arm, at))))
            .filter(|(_, [first, second])| first.iter().zip(second).any(|(a, b)| a.is_some() && b.is_some()))
            .collect();
        let values = |both: &[Vec<Option<Observed>>; 2]| {
            let pairs = both[0].iter().zip(&both[1]);
            pairs.map(|(first, second)| Some((first.as_ref()?.value, second.as_ref()?.value))).collect::<Vec<_>>()
        };
        let exact = |at: usize| self.measures[at] == Measure::RunningCost;
        let family: Vec<_> = seen.iter().filter(|(at, _)| !exact(*at)).map(|(_, both)| values(both)).collect();
        let mut judged = paired(&family).into_iter();
        let mut all = Vec::new();
        for (at, both) in &seen {
            let pairs = values(both);
            let of_family = if exact(*at) { None } else { judged.next() };
            let Some(paired) = of_family.or_else(|| paired(std::slice::from_ref(&pairs)).pop()) else { continue };
            all.push(self.compared(*at, exact(*at), paired, &pairs, both));
        }
        all
    }

    fn compared(
        &self,
        at: usize,
        exact: bool,
        paired: Paired,
        pairs: &[Option<(f64, f64)>],
        both: &[Vec<Option<Observed>>; 2],
    ) -> Compared {
        let measure = self.measures[at].clone();
        // How far the second is ahead.
        let ahead = |difference: f64| if measure.more_is_better() { difference } else { -difference };
        let side = if ahead(paired.difference) > 0.0 { Better::Second } else { Better::First };
        let better = match paired.told {
            _ if exact && paired.difference != 0.0 => side,
            Told::Same => Better::Same,
            Told::After { .. } => side,
            Told::Open { .. } => Better::Open,
        };
        let apart: Vec<f64> = pairs.iter().flatten().map(|(first, second)| ahead(second - first)).collect();
        let share = |of: fn(&f64) -> bool| apart.iter().filter(|x| of(x)).count() as f64 / apart.len().max(1) as f64;
        let noticed = |all: &[Option<Observed>]| {
            let censored = all.iter().flatten().filter_map(|seen| seen.censored);
            let (detected, of) =
                censored.fold((0u64, 0u64), |(d, of), c| (d + u64::from(c.detected), of + u64::from(c.of)));
            (of > 0).then(|| detected as f64 / of as f64)
        };
        Compared {
            measure,
            paired,
            exact,
            better,
            single_seeds: (share(|x| *x < 0.0), share(|x| *x > 0.0)),
            detected: noticed(&both[0]).zip(noticed(&both[1])),
        }
    }
}
