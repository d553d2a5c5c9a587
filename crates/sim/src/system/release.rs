//! Versions of a service side by side, how one takes another's place, and how many instances the load calls for.

use super::{ExprId, MigrationId, ParamId, Patch, Pc, ServiceId, StepId, VersionId};
use crate::Outcome;

/// What an instance may be made from: the service with some of its values changed, and with defects.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// As the scenario calls it.
    pub name: String,
    /// Whose instances are made from it.
    pub service: ServiceId,
    /// They win over what decisions set: it is what was built.
    pub patches: Vec<Patch>,
    /// Whether its instances ever become ready.
    pub ready: bool,
    /// Its place in its service's list, `Service::versions`.
    pub number: u16,
    /// What its roll-out does to tables before an instance moves, one after another; where one fails, nothing moves.
    pub before: Vec<MigrationId>,
    /// What is done to tables when its roll-out is through, one after another; where one fails, the rest is left.
    pub after: Vec<MigrationId>,
}

impl Version {
    /// The place in `Service::versions`, for indexing.
    pub fn place(&self) -> usize {
        usize::from(self.number)
    }
}

/// A place in the code where versions go wrong: what stands at it, and where it is over.
#[derive(Debug, Clone, PartialEq)]
pub struct DefectSite {
    /// What may go wrong here; the first whose conditions hold does.
    pub defects: Vec<Defect>,
    /// Where what stands here has come to the defect's outcome.
    pub fails: Pc,
    /// Where what stands here has been passed over.
    pub over: Pc,
}

/// Latent until all of its conditions hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Defect {
    /// The version that has it.
    pub version: VersionId,
    /// What it does.
    pub does: Does,
    /// Of each time that somebody comes by, from 0 to 1.
    pub chance: f64,
    /// The share of business keys that it concerns, from 0 to 1: always the same ones.
    pub keys: f64,
    /// At least so many of the instance's workers are held, that of whoever comes by included.
    pub held: u32,
    /// The instance takes requests for so long already. Nanoseconds.
    pub after: u64,
    /// Where its chance is drawn.
    pub step: StepId,
}

/// What a defect does.
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
    /// At so much an instance is killed; 0 is no limit. Bytes, as are all of these: counts.
    pub limit: ParamId,
    /// What it needs when it has started.
    pub at_start: ParamId,
    /// How much it grows in an hour.
    pub per_hour: ParamId,
    /// What each request leaves behind.
    pub per_request: ParamId,
}

/// How a version takes another's place. Names and defaults of the rolling part are those of a Kubernetes Deployment.
#[derive(Debug, Clone, PartialEq)]
pub struct RollOutDef {
    /// A word: `strategy::…`, as it is when a roll-out begins.
    pub strategy: ParamId,
    /// How many more than wanted there may be at a time: see `portion`, rounded up.
    pub max_surge: ParamId,
    /// How many fewer than wanted may be available at a time: see `portion`, rounded down.
    pub max_unavailable: ParamId,
    /// How long an instance must have been ready to count as available: a duration.
    pub min_ready: ParamId,
    /// Without progress for so long it is said to be late: a duration, 0 is never. Nothing else happens.
    pub progress: ParamId,
    /// Canary: the share of requests at first, a ratio.
    pub first: ParamId,
    /// Canary: by how much it grows, a ratio; a hundredth at least.
    pub by: ParamId,
    /// Canary: how long each share is watched, a duration.
    pub bake: ParamId,
    /// Blue-green: how long the old instances are kept after the switch, a duration.
    pub keep: ParamId,
    /// How often the gates are looked at: a duration, at least a second.
    pub check: ParamId,
    /// How many looks that fail are one too many: a count, at least one.
    pub failures: ParamId,
    /// What then happens: a word of `on_failure`.
    pub on_failure: ParamId,
    /// What is looked at; empty: nothing turns it back by itself.
    pub gates: Vec<Gate>,
}

/// A condition under which a roll-out does not go on.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// As the scenario calls it.
    pub name: String,
    /// Whether it is looked at: a flag.
    pub enabled: ParamId,
    /// In the environment of alerts, with figures of the new version and of the old.
    pub fails: ExprId,
    /// It is not looked at unless business figures are bought.
    pub needs_business: bool,
}

/// Words of `RollOutDef::strategy`.
pub mod strategy {
    /// Instance by instance, within the surge and what may be unavailable.
    pub const ROLLING: i64 = 0;
    /// All old ones end, then all new ones start.
    pub const RECREATE: i64 = 1;
    /// New ones beside the old, with a share of requests that grows.
    pub const CANARY: i64 = 2;
    /// A whole new set, then all requests at once; for a time the old ones stand by.
    pub const BLUE_GREEN: i64 = 3;
}

/// Words of `RollOutDef::on_failure`.
pub mod on_failure {
    /// It is turned back.
    pub const ROLL_BACK: i64 = 0;
    /// It stands still until somebody does something.
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
    /// Whether it decides: a flag.
    pub enabled: ParamId,
    /// The fewest instances: a count.
    pub min: ParamId,
    /// The most instances: a count.
    pub max: ParamId,
    /// Share of cores that work, or of threads that are held, a ratio; 0 when `rate` is what counts.
    pub target: ParamId,
    /// Requests per second and instance, a rate; 0 when `target` is what counts.
    pub rate: ParamId,
    /// How often figures are collected, a duration of at least a second: a decision knows the span before the last
    /// collection.
    pub scrape: ParamId,
    /// How often it decides: a duration of at least a second.
    pub every: ParamId,
    /// How far from one the ratio of load to instances may be without any change: a ratio.
    pub tolerance: ParamId,
    /// It shrinks to the highest number that it would have chosen in this span: a duration.
    pub down_after: ParamId,
}
