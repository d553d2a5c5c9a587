//! Versions of a service side by side, how one takes another's place, and how many instances the load calls for.

use super::{ExprId, ParamId, Patch, Pc, ServiceId, StepId, VersionId};
use crate::Outcome;

/// What an instance may be made from: the service with some of its values changed, and with defects.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    pub name: String,
    pub service: ServiceId,
    /// They win over what decisions set: it is what was built.
    pub patches: Vec<Patch>,
    /// Whether its instances ever become ready.
    pub ready: bool,
    /// Its place in its service's list.
    pub number: u16,
}

impl Version {
    pub fn place(&self) -> usize {
        usize::from(self.number)
    }
}

/// A place in the code where versions go wrong: what stands at it, and where it is over.
#[derive(Debug, Clone, PartialEq)]
pub struct DefectSite {
    pub defects: Vec<Defect>,
    /// Where what stands here has come to the defect's outcome.
    pub fails: Pc,
    pub over: Pc,
}

/// Latent until all of its conditions hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Defect {
    pub version: VersionId,
    pub does: Does,
    /// Of each time that somebody comes by.
    pub chance: f64,
    /// The share of business keys that it concerns: always the same ones.
    pub keys: f64,
    /// At least so many of the instance's workers are held.
    pub held: u32,
    /// The instance takes requests for so long already. Nanoseconds.
    pub after: u64,
    pub step: StepId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Answers with this outcome and ends.
    Answer(Outcome),
    /// Leaves the step out as if it had been done.
    Skip,
}

/// What an instance needs of memory; at the limit it is killed (Linux: the OOM killer, on the memory of a control group).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Bytes, as are all of these; 0 is no limit.
    pub limit: ParamId,
    pub at_start: ParamId,
    pub per_hour: ParamId,
    pub per_request: ParamId,
}

/// How a version takes another's place. Names and defaults of the rolling part are those of a Kubernetes Deployment.
#[derive(Debug, Clone, PartialEq)]
pub struct RollOutDef {
    /// A word: `strategy::…`, as it is when a roll-out begins.
    pub strategy: ParamId,
    /// See `portion`.
    pub max_surge: ParamId,
    pub max_unavailable: ParamId,
    /// How long an instance must have been ready to count as available.
    pub min_ready: ParamId,
    /// Without progress for so long it is said to be late. Nothing else happens.
    pub progress: ParamId,
    /// Canary: the share of requests at first, and by how much it grows.
    pub first: ParamId,
    pub by: ParamId,
    /// Canary: how long each share is watched.
    pub bake: ParamId,
    /// Blue-green: how long the old instances are kept after the switch.
    pub keep: ParamId,
    /// How often the gates are looked at, how many looks that fail are one too many, and what then happens (`on_failure::…`).
    pub check: ParamId,
    pub failures: ParamId,
    pub on_failure: ParamId,
    pub gates: Vec<Gate>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    pub name: String,
    pub enabled: ParamId,
    /// In the environment of alerts, with figures of the new version and of the old.
    pub fails: ExprId,
    pub needs_business: bool,
}

pub mod strategy {
    pub const ROLLING: i64 = 0;
    pub const RECREATE: i64 = 1;
    pub const CANARY: i64 = 2;
    pub const BLUE_GREEN: i64 = 3;
}

pub mod on_failure {
    pub const ROLL_BACK: i64 = 0;
    pub const PAUSE: i64 = 1;
}

/// A number of instances, or a share of those that are wanted: `-1 − percent` (Kubernetes, `IntOrString`).
pub fn portion(value: i64, of: usize, up: bool) -> usize {
    if value >= 0 {
        return value as usize;
    }
    let percent = (-1 - value) as usize;
    if up { (of * percent).div_ceil(100) } else { of * percent / 100 }
}

/// Changes `replicas` by what is measured: the algorithm of Kubernetes' HorizontalPodAutoscaler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Autoscale {
    pub enabled: ParamId,
    pub min: ParamId,
    pub max: ParamId,
    /// Share of cores that work, or of threads that are held; 0 when `rate` is what counts.
    pub target: ParamId,
    /// Requests per second and instance; 0 when `target` is what counts.
    pub rate: ParamId,
    /// How often figures are collected: a decision knows the span before the last collection.
    pub scrape: ParamId,
    /// How often it decides.
    pub every: ParamId,
    pub tolerance: ParamId,
    /// It shrinks to the highest number that it would have chosen in this span.
    pub down_after: ParamId,
}
