//! A sweep as one documented JSON object; its schema is published beside the book.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::arm::Row;
use crate::document::{Design, Figure, Stamp};
use crate::grid::{Grid, World};

/// What `seatrial sweep --json` prints: every combination with its figures over the same seeds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "Seatrial sweep")]
pub struct Swept {
    #[schemars(extend("const" = "seatrial-sweep"))]
    pub format: &'static str,
    #[schemars(extend("const" = 1))]
    pub schema: u32,
    pub scenario: Stamp,
    /// What does not vary.
    pub design: Design,
    /// Whether the scenario's faults fired.
    pub faults: bool,
    /// Whether the automatic operator acted.
    pub operator: bool,
    /// The same for all combinations; they follow from the scenario's hash.
    pub seeds: Vec<u64>,
    /// Decisions or paths, in the order in which they were named.
    pub vary: Vec<Varied>,
    /// In the order of the table.
    pub combinations: Vec<Combination>,
    /// None unless two measures were named.
    pub pareto: Option<Pareto>,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Varied {
    pub name: String,
    pub values: Vec<String>,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Combination {
    /// From 1, as in the table.
    pub combination: usize,
    /// By decision or path.
    pub answers: BTreeMap<String, String>,
    /// By measure; those of which no run had anything to say are left out.
    pub measures: BTreeMap<String, Figure>,
}

/// Which combinations no other betters on both measures, by their means.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Pareto {
    pub measures: [String; 2],
    /// From the best on the first measure to the best on the second.
    pub combinations: Vec<usize>,
}

impl Swept {
    /// `rows`: of all cells, in their order. `answers`: of each combination.
    pub fn new(
        scenario: Stamp,
        design: Design,
        world: World,
        vary: Vec<Varied>,
        (grid, rows): (&Grid, &[Row]),
        answers: Vec<BTreeMap<String, String>>,
        pareto: Option<Pareto>,
    ) -> Swept {
        let measured = |arm| {
            let measures = grid.measures().iter().enumerate();
            measures
                .filter_map(|(at, measure)| {
                    let observed: Vec<_> = grid.observed(rows, arm, at).into_iter().flatten().collect();
                    Some((measure.name(), Figure::of(measure, &observed)?))
                })
                .collect()
        };
        let combinations = answers.into_iter().enumerate();
        Swept {
            format: "seatrial-sweep",
            schema: 1,
            scenario,
            design,
            faults: world.faults,
            operator: world.operator,
            seeds: grid.seeds().to_vec(),
            vary,
            combinations: combinations
                .map(|(arm, answers)| Combination { combination: arm + 1, answers, measures: measured(arm) })
                .collect(),
            pareto,
        }
    }
}

/// The JSON Schema of [`Swept`].
pub fn swept_schema() -> String {
    let schema = schemars::schema_for!(Swept);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
