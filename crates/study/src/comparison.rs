//! A comparison as one documented JSON object; its schema is published beside the book.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::{Bounds, Design, Stamp, unit};
use crate::grid::{Better, Compared};
use crate::paired::{LEVEL, POWER, Told};

/// What `seatrial compare --json` prints. Differences are `b` minus `a`, seed by seed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "Seatrial comparison")]
pub struct Comparison {
    #[schemars(extend("const" = "seatrial-comparison"))]
    pub format: &'static str,
    #[schemars(extend("const" = 1))]
    pub schema: u32,
    pub scenario: Stamp,
    pub a: Side,
    pub b: Side,
    /// Whether the scenario's faults fired.
    pub faults: bool,
    /// Whether the automatic operator acted.
    pub operator: bool,
    /// The same for both designs; they follow from the scenario's hash.
    pub seeds: Vec<u64>,
    /// The chance of telling any difference where there is none, over all measures together (Holm's procedure).
    pub level: f64,
    /// The chance of telling a difference that is there, for which `would_tell` is counted.
    pub power: f64,
    /// By measure.
    pub measures: BTreeMap<String, Difference>,
}

/// One of the two designs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Side {
    /// As it was asked for.
    pub asked: String,
    #[serde(flatten)]
    pub design: Design,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Difference {
    pub unit: String,
    /// Seeds on which both runs had something to say.
    pub n: usize,
    pub a_mean: f64,
    pub b_mean: f64,
    /// Mean of `b` minus `a`.
    pub difference: f64,
    /// Of the differences.
    pub sd: f64,
    /// Of the difference, at the confidence that the correction leaves to it. None for a single seed.
    pub interval: Option<Bounds>,
    /// Two-sided, of this measure alone. None where nothing is estimated: `running_cost` follows from the design.
    pub p: Option<f64>,
    /// Corrected for all measures of the comparison.
    pub p_adjusted: Option<f64>,
    pub better: Which,
    /// With so many seeds the difference was told, and with every number of seeds from there on.
    pub told_from: Option<usize>,
    /// Not told: about so many seeds would, if the difference is as large as it looks. None here too when it would take more
    /// than 100,000.
    pub would_tell: Option<usize>,
    /// Share of single seeds on which `a` is better; on those that are in neither share both are equal.
    pub a_better_on: f64,
    pub b_better_on: f64,
    /// For detection: the share of faults that anybody noticed.
    pub a_detected: Option<f64>,
    pub b_detected: Option<f64>,
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    A,
    B,
    /// No run differs.
    Same,
    /// The seeds do not tell.
    Open,
}

impl Difference {
    fn new(compared: &Compared) -> Difference {
        let paired = &compared.paired;
        let estimated = |p: f64| (!compared.exact).then_some(p);
        Difference {
            unit: unit(compared.measure.unit()).into(),
            n: paired.n,
            a_mean: paired.first_mean,
            b_mean: paired.second_mean,
            difference: paired.difference,
            sd: paired.sd,
            interval: paired.interval.map(|i| Bounds { low: i.low, high: i.high, confidence: i.confidence }),
            p: estimated(paired.p),
            p_adjusted: estimated(paired.p_adjusted),
            better: match compared.better {
                Better::First => Which::A,
                Better::Second => Which::B,
                Better::Same => Which::Same,
                Better::Open => Which::Open,
            },
            told_from: match paired.told {
                Told::After { seeds } if !compared.exact => Some(seeds),
                _ => None,
            },
            would_tell: match paired.told {
                Told::Open { would } if !compared.exact => would,
                _ => None,
            },
            a_better_on: compared.single_seeds.0,
            b_better_on: compared.single_seeds.1,
            a_detected: compared.detected.map(|(a, _)| a),
            b_detected: compared.detected.map(|(_, b)| b),
        }
    }
}

impl Comparison {
    pub fn new(
        scenario: Stamp,
        [a, b]: [Side; 2],
        (faults, operator): (bool, bool),
        seeds: &[u64],
        all: &[Compared],
    ) -> Comparison {
        Comparison {
            format: "seatrial-comparison",
            schema: 1,
            scenario,
            a,
            b,
            faults,
            operator,
            seeds: seeds.to_vec(),
            level: LEVEL,
            power: POWER,
            measures: all.iter().map(|compared| (compared.measure.name(), Difference::new(compared))).collect(),
        }
    }
}

/// The JSON Schema of [`Comparison`].
pub fn comparison_schema() -> String {
    let schema = schemars::schema_for!(Comparison);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
