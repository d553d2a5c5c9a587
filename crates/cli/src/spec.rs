//! What a study of many runs is, in full: the scenario's files and what was asked of them. It lies beside the parts as
//! `plan.json`, so that they can be put together without anything else, and so that nobody mixes the parts of two.

use std::collections::BTreeMap;
use std::sync::Arc;

use seatrial_scenario::{Compiled, compile};
use seatrial_study::{Candidate, Cell, Grid, Measure, Plan, Row, Tier, World, engine, hex};
use serde::{Deserialize, Serialize};

use crate::{Failure, scenario::Scenario, vary};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    pub format: String,
    pub schema: u32,
    /// Runs of another simulator do not belong to these.
    pub engine: String,
    pub entry: String,
    /// The scenario's file and the parts that it uses, as they were.
    pub files: BTreeMap<String, String>,
    pub task: Task,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    Sweep(Sweep),
    Separates(Separates),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    /// What does not vary.
    pub design: Option<String>,
    pub answers: BTreeMap<String, String>,
    pub paths: BTreeMap<String, String>,
    pub vary: Vec<vary::Axis>,
    pub seeds: u32,
    pub measures: Vec<String>,
    pub faults: bool,
    pub operator: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Separates {
    pub seeds: u32,
    /// How many random designs a full proof has; none for the usual one.
    pub full: Option<u32>,
}

/// A study that can be run: which cells, and how.
#[derive(Debug)]
pub struct Work {
    pub compiled: Arc<Compiled>,
    pub kind: Kind,
}

#[derive(Debug)]
pub enum Kind {
    Sweep(Sweep, Box<Grid>),
    Proof(Box<Plan>),
}

const FORMAT: &str = "seatrial-parts";

impl Spec {
    pub fn new(scenario: &Scenario, task: Task) -> Spec {
        let (entry, files) = scenario.files();
        Spec {
            format: FORMAT.into(),
            schema: 1,
            engine: format!("{} {}", env!("CARGO_PKG_VERSION"), engine()),
            entry,
            files,
            task,
        }
    }

    /// The bytes of `plan.json`.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    pub fn read(bytes: &[u8]) -> Result<Spec, String> {
        let spec: Spec = serde_json::from_slice(bytes).map_err(|why| why.to_string())?;
        if spec.format != FORMAT || spec.schema != 1 {
            return Err("it is of another kind".into());
        }
        Ok(spec)
    }

    /// What parts of this plan carry.
    pub fn id(&self) -> String {
        hex(self.text().as_bytes())
    }

    /// What is not the same in another one, in words.
    pub fn differs(&self, other: &Spec) -> String {
        if self.engine != other.engine {
            return format!("it was made by another simulator ({}, and this is {})", self.engine, other.engine);
        }
        if (&self.entry, &self.files) != (&other.entry, &other.files) {
            return "the scenario, or a part that it uses, reads otherwise there".into();
        }
        match (&self.task, &other.task) {
            (Task::Sweep(one), Task::Sweep(two)) => {
                let differs = [
                    ("--vary", one.vary != two.vary),
                    ("--seeds", one.seeds != two.seeds),
                    ("--measure", one.measures != two.measures),
                    ("the design", (&one.design, &one.answers, &one.paths) != (&two.design, &two.answers, &two.paths)),
                    ("--no-faults", one.faults != two.faults),
                    ("--no-operator", one.operator != two.operator),
                ];
                let named: Vec<&str> = differs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
                format!("{} differs", named.join(", "))
            }
            (Task::Separates(one), Task::Separates(two)) if one.seeds != two.seeds => "--seeds differs".into(),
            (Task::Separates(_), Task::Separates(_)) => "--full differs".into(),
            _ => "one is a sweep, the other a proof".into(),
        }
    }

    /// Compiles what the plan holds.
    pub fn work(&self) -> Result<Work, Failure> {
        let files = self.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
        let (compiled, _) = compile(&files, &self.entry);
        let compiled = Arc::new(compiled.ok_or_else(|| Failure::input("the scenario that lies beside the parts has mistakes"))?);
        self.work_of(compiled)
    }

    /// The same, when the scenario is compiled already.
    pub fn work_of(&self, compiled: Arc<Compiled>) -> Result<Work, Failure> {
        let kind = match &self.task {
            Task::Sweep(sweep) => Kind::Sweep(sweep.clone(), Box::new(grid(&compiled, sweep)?)),
            Task::Separates(separates) => {
                let tier = separates.full.map_or(Tier::Usual, |designs| Tier::Full { designs: designs as usize });
                let plan = Plan::new(&compiled, separates.seeds as usize, tier).map_err(|wrong| {
                    Failure::input(wrong.join("\n          ")).hint("the book's chapter on `seatrial separates` says what can be claimed")
                })?;
                Kind::Proof(Box::new(plan))
            }
        };
        Ok(Work { compiled, kind })
    }
}

/// Every combination, the last axis fastest.
fn grid(compiled: &Compiled, sweep: &Sweep) -> Result<Grid, Failure> {
    let mut designs = Vec::new();
    for at in 0..vary::points(&sweep.vary) {
        let mut answers = sweep.answers.clone();
        let mut paths = sweep.paths.clone();
        for (axis, value) in sweep.vary.iter().zip(vary::point(&sweep.vary, at)) {
            let into = if compiled.decision(&axis.knob).is_some() { &mut answers } else { &mut paths };
            into.insert(axis.knob.clone(), value.to_owned());
        }
        let mut patches = compiled.design(&answers).map_err(|wrong| Failure::input(wrong.join("\n          ")))?;
        for (path, value) in &paths {
            patches.push(compiled.set(path, value).map_err(Failure::input)?);
        }
        designs.push(Candidate { name: at.to_string(), patches, costs_a_month: compiled.costs_a_month(&answers) });
    }
    let measures: Result<Vec<Measure>, String> = sweep.measures.iter().map(|name| Measure::named(name, &compiled.system)).collect();
    let world = World { faults: sweep.faults, operator: sweep.operator };
    Ok(Grid::new(compiled, designs, sweep.seeds as usize, measures.map_err(Failure::input)?, world))
}

impl Work {
    pub fn cells(&self) -> Vec<Cell> {
        match &self.kind {
            Kind::Sweep(_, grid) => grid.cells(),
            Kind::Proof(plan) => plan.cells(),
        }
    }

    pub fn run(&self, cell: Cell) -> Row {
        match &self.kind {
            Kind::Sweep(_, grid) => grid.run(cell),
            Kind::Proof(plan) => plan.run(cell),
        }
    }

    /// What the runs are called while they are made.
    pub fn what(&self) -> String {
        let name = &self.compiled.system.name;
        match &self.kind {
            Kind::Sweep(..) => name.clone(),
            Kind::Proof(_) => format!("proving {name}"),
        }
    }
}
