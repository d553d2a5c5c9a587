//! Many runs of a scenario, and what they say.
//!
//! Lives here: measures out of reports, intervals, paired differences, and the proof that a scenario's designs separate.
//! Does not live here: threads, clocks, files, terminals. A study hands out runs and takes back what they measured; the
//! caller decides what runs beside what.

mod ablation;
mod arm;
mod claim;
pub mod comparison;
mod control;
mod crowd;
pub mod document;
mod grid;
mod holm;
mod measure;
mod openmetrics;
mod paired;
mod pareto;
mod part;
mod plan;
mod points;
mod proof;
mod seeds;
mod spreads;
mod summary;
pub mod swept;
mod variation;

pub use arm::{Arm, Cell, Row, run};
pub use claim::{Claim, Verdict};
pub use crowd::DESIGNS_FULL;
pub use grid::{Better, Candidate, Compared, Grid, World};
pub use holm::holm;
pub use measure::{Censored, Measure, Observed, Unit};
pub use openmetrics::openmetrics;
pub use paired::{LEVEL, POWER, Paired, Told, paired, seeds_to_tell};
pub use pareto::{front, nice_ticks};
pub use part::{Trouble, engine, hex, part_size, read_part, write_part};
pub use plan::{Plan, Tier};
pub use proof::{Point, Proof, State};
pub use seeds::{SEEDS_MAX, seeds};
pub use spreads::Spreads;
pub use summary::{Interval, Summary, p_above, t_quantile};
