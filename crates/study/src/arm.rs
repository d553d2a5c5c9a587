//! What is run: an arm is a design in a world, a cell is one seed of it, a row is what the run measured.

use std::sync::Arc;

use seatrial_sim::system::Patch;
use seatrial_sim::{Report, Setup, Sim, System};

use crate::measure::{Measure, Observed};

/// A design, and the world in which it runs.
#[derive(Debug, Clone)]
pub struct Arm {
    pub name: String,
    pub system: Arc<System>,
    pub patches: Vec<Patch>,
    pub faults: bool,
    pub operator: bool,
    /// Minor units.
    pub costs_a_month: i64,
    /// Which of the plan's seeds it runs with: from, how many.
    pub seeds: (usize, usize),
}

/// One run that a plan asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub arm: usize,
    pub seed: u64,
}

/// What one run measured, in the order of the plan's measures.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub arm: usize,
    pub seed: u64,
    /// Over every event and effect of the run.
    pub digest: u64,
    pub observed: Vec<Option<Observed>>,
    /// What does not add up in this run: a mistake of the simulator, never to be dropped.
    pub astray: Option<String>,
}

impl Arm {
    pub fn setup(&self, seed: u64) -> Setup {
        Setup {
            seed,
            faults: self.faults,
            operator: self.operator,
        }
    }

    pub(crate) fn row(&self, arm: usize, seed: u64, measures: &[Measure]) -> Row {
        let (report, astray) = run(&self.system, &self.patches, self.setup(seed));
        let observed = measures
            .iter()
            .map(|measure| measure.of(&report, self.costs_a_month))
            .collect();
        Row {
            arm,
            seed,
            digest: report.digest,
            observed,
            astray,
        }
    }
}

/// Runs to the end of the clock, and checks that everything is accounted for.
pub fn run(system: &Arc<System>, patches: &[Patch], setup: Setup) -> (Report, Option<String>) {
    let mut sim = Sim::new(Arc::clone(system), patches, setup);
    sim.finish();
    (sim.report(), sim.conserved().err())
}
