//! A validation on its way: which runs it needs, and what each came to. The caller brings the threads; a run is its seed
//! and its arm, so what runs beside it is nothing to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use seatrial_scenario::{Compiled, compile};
use seatrial_sim::system::Patch;
use seatrial_sim::{Setup, Sim, System};
use seatrial_study::{Cell, seeds};

use crate::files;
use crate::reading::Lived;
use crate::validation::Validation;

/// What one run came to, in the order of its arm's checks.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub arm: usize,
    pub seed: u64,
    pub values: Vec<f64>,
    /// Why this run cannot be counted: it does not add up, or was stopped before its end.
    pub astray: Option<String>,
}

#[derive(Debug)]
pub struct Trial<'a> {
    pub validation: &'a Validation,
    pub hash: String,
    pub seeds: Vec<u64>,
    system: Arc<System>,
    patches: Vec<Vec<Patch>>,
}

impl<'a> Trial<'a> {
    /// Compiles the file; says what is wrong with it, or with a validation's answers to its decisions.
    pub fn new(validation: &'a Validation, replications: Option<usize>) -> Result<Trial<'a>, String> {
        let compiled = compiled(validation.file)?;
        let count = replications.unwrap_or(validation.replications);
        let patches = validation.arms.iter().map(|arm| {
            let answers =
                arm.answers.iter().map(|(decision, answer)| ((*decision).to_owned(), answer.clone())).collect();
            compiled.design(&answers).map_err(|wrong| format!("{}: {}", validation.name, wrong.join("; ")))
        });
        let patches = patches.collect::<Result<Vec<_>, String>>()?;
        // Derived from the file, so that nobody can look for seeds that suit.
        let seeds = seeds(&compiled.hash, count);
        Ok(Trial { validation, hash: compiled.hash, seeds, system: Arc::new(compiled.system), patches })
    }

    pub fn cells(&self) -> Vec<Cell> {
        let arms = 0..self.validation.arms.len();
        arms.flat_map(|arm| self.seeds.iter().map(move |&seed| Cell { arm, seed })).collect()
    }

    pub fn run(&self, cell: Cell) -> Row {
        let arm = &self.validation.arms[cell.arm];
        let setup = Setup { seed: cell.seed, faults: arm.faults, operator: false };
        let mut sim = Sim::new(Arc::clone(&self.system), &self.patches[cell.arm], setup);
        sim.finish();
        let stopped = sim.stopped().map(|why| format!("stopped before its end: {why:?}"));
        let astray = sim.conserved().err().or(stopped);
        let lived = Lived { report: sim.report(), sim };
        Row {
            arm: cell.arm,
            seed: cell.seed,
            values: arm.checks.iter().map(|check| check.of.of(&lived)).collect(),
            astray,
        }
    }
}

fn compiled(name: &str) -> Result<Compiled, String> {
    let text = files::text(name).ok_or_else(|| format!("no file {name}.yaml is embedded"))?;
    let path = format!("validation/{name}.yaml");
    let files = BTreeMap::from([(path.clone(), text.as_bytes().to_vec())]);
    let (compiled, diagnostics) = compile(&files, &path);
    let why = || diagnostics.first().map_or_else(String::new, |first| first.message.clone());
    compiled.ok_or_else(|| format!("{path}: {}", why()))
}
