//! The JSON of `seatrial validate --json`: what was expected, what came out, and every run's value, so that others can
//! judge and draw it their own way. The book's page and its curves are made from the same document.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::trial::Trial;
use crate::validation::{Expected, Kind};
use crate::verdict::{ERROR, State, Verdict};

pub const FORMAT: &str = "seatrial-validation";
pub const SCHEMA: u32 = 1;

/// What `seatrial validate --json` prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Results {
    /// `seatrial-validation`.
    pub format: String,
    pub schema: u32,
    /// Whether all of it holds.
    pub holds: bool,
    pub validations: Vec<Document>,
}

/// One validation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    pub name: String,
    pub title: String,
    /// `theory` or `published`.
    pub kind: String,
    /// What must come out.
    pub claim: String,
    pub source: String,
    /// What of it is our reading of the source; empty when nothing is.
    pub reading: String,
    /// The scenario, below the repository's root.
    pub file: String,
    /// SHA-256 of the scenario; its seeds follow from it.
    pub hash: String,
    /// Runs of each arm.
    pub replications: usize,
    /// How likely it is that any of its comparisons is said to differ though all agree.
    pub error: f64,
    /// `holds`, `fails` or `unclear`: the worst of its comparisons.
    pub state: String,
    pub checks: Vec<Checked>,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Checked {
    pub what: String,
    /// Such as `ms`; empty for a plain number.
    pub unit: String,
    /// The decisions of the scenario that it was run with, as `--set` takes them.
    pub answers: BTreeMap<String, String>,
    /// Whether the scenario's faults happened.
    pub faults: bool,
    pub expected: Wanted,
    /// Of the runs.
    pub mean: Option<f64>,
    /// Interval of the mean; of the runs' least and most where each of them counts. None with too few runs.
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub confidence: f64,
    /// Where each run counts: at least this share of all seeds comes to the same, at that confidence.
    pub seeds_at_least: Option<f64>,
    pub state: String,
    /// Runs that do not add up.
    pub astray: Vec<String>,
    /// Of each run, in the order of the seeds.
    pub values: Vec<f64>,
}

/// What was expected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Wanted {
    /// The interval holds the value, and its half is at most this share of it.
    Mean { value: f64, narrow: f64 },
    /// The interval lies within this share of the value, which is itself no better.
    Near { value: f64, within: f64, because: String },
    /// Each run comes to the value, up to rounding of this share.
    Always { value: f64, within: f64 },
    /// Each run lies below.
    Below { value: f64 },
    /// Each run lies above.
    Above { value: f64 },
}

impl Results {
    pub fn new(validations: Vec<Document>) -> Results {
        let holds = validations.iter().all(Document::holds);
        Results { format: FORMAT.into(), schema: SCHEMA, holds, validations }
    }
}

impl Document {
    pub fn new(trial: &Trial<'_>, verdicts: Vec<Verdict>) -> Document {
        let validation = trial.validation;
        let checked = |((_, arm, check), verdict): ((usize, &crate::Arm, &crate::Check), Verdict)| Checked {
            what: check.what.clone(),
            unit: check.unit.into(),
            answers: arm.answers.iter().map(|(name, answer)| ((*name).to_owned(), answer.clone())).collect(),
            faults: arm.faults,
            expected: wanted(&check.expected),
            mean: finite(verdict.mean),
            low: finite(verdict.low),
            high: finite(verdict.high),
            confidence: verdict.confidence,
            seeds_at_least: verdict.seeds_at_least,
            state: word(verdict.state).into(),
            astray: verdict.astray,
            values: verdict.values,
        };
        let worst = [State::Fails, State::Unclear].into_iter().find(|bad| verdicts.iter().any(|v| v.state == *bad));
        Document {
            name: validation.name.into(),
            title: validation.title.into(),
            kind: match validation.kind {
                Kind::Theory => "theory".into(),
                Kind::Published => "published".into(),
            },
            claim: validation.claim.into(),
            source: validation.source.into(),
            reading: validation.reading.into(),
            file: format!("validation/{}.yaml", validation.file),
            hash: trial.hash.clone(),
            replications: trial.seeds.len(),
            error: ERROR,
            state: word(worst.unwrap_or(State::Holds)).into(),
            checks: validation.checks().zip(verdicts).map(checked).collect(),
        }
    }

    pub fn holds(&self) -> bool {
        self.state == word(State::Holds)
    }

    /// How many of its comparisons hold.
    pub fn held(&self) -> usize {
        self.checks.iter().filter(|check| check.state == word(State::Holds)).count()
    }
}

impl Wanted {
    /// The figure itself, or the bound.
    pub fn value(&self) -> f64 {
        match *self {
            Wanted::Mean { value, .. } | Wanted::Near { value, .. } | Wanted::Always { value, .. } => value,
            Wanted::Below { value } | Wanted::Above { value } => value,
        }
    }
}

fn wanted(expected: &Expected) -> Wanted {
    match *expected {
        Expected::Mean { value, narrow } => Wanted::Mean { value, narrow },
        Expected::Near { value, within, because } => Wanted::Near { value, within, because: because.into() },
        Expected::Always { value, within } => Wanted::Always { value, within },
        Expected::Below(value) => Wanted::Below { value },
        Expected::Above(value) => Wanted::Above { value },
    }
}

fn word(state: State) -> &'static str {
    match state {
        State::Holds => "holds",
        State::Fails => "fails",
        State::Unclear => "unclear",
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// The JSON Schema of `Results`.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Results);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
