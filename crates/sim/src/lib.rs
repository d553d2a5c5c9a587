//! The simulator: `System` + design + seed + ordered commands → everything that happened.
//!
//! Lives here: what a system is (`system`), how it runs, what the oracle knows, what telemetry shows. Does not live
//! here: scenario files (`seatrial-scenario` compiles them to a `System`), rooms, clocks, files, threads. The same
//! inputs give the same bits everywhere; no word of any domain stands in this crate.

pub mod expr;
pub mod system;

pub mod engine;

mod id;
mod outcome;

pub use engine::{Command, Report, Setup, Sim, Stopped};
pub use id::{Id, Shape};
pub use outcome::{Outcome, Outcomes};
pub use system::System;
