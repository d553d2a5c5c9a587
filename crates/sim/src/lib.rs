//! The simulator: `System` + design + seed + ordered commands → everything that happened.
//!
//! Lives here: what a system is (`system`), how it runs, what the oracle knows, what telemetry shows. Does not live
//! here: scenario files (`seatrial-scenario` compiles them to a `System`), rooms, clocks, files, threads. The same
//! inputs give the same bits everywhere; no word of any domain stands in this crate.
//!
//! - **Shapes.** `System` is lists of parts, and a part's id is its place in its list. What may change while it runs is a
//!   `system::Param`, one `i64`; a `system::Patch` changes one. Most systems come from text: `seatrial_scenario::compile`.
//! - **Units.** Times are nanoseconds after virtual 0, unless a name ends in `_us` or `_ms`; money is in minor units; a ratio
//!   and a rate are the bits of an `f64`.
//! - **Errors.** `Sim::apply` answers with a `Refusal`, and the run is then as if the command had not come. A system that
//!   wants more than a machine has ends in `Stopped`. Nothing panics on what a system holds, as far as it fits together:
//!   ids lie in their lists, and a parameter has a value that `System::accepts`.
//! - **Sources.** Where a part behaves like something that people use, its file says like what, with the page.
//!
//! A run, a snapshot, and the same end from both:
//!
//! ```
//! use std::sync::Arc;
//! use seatrial_sim::{Setup, Sim, System};
//!
//! let mut sim = Sim::new(Arc::new(System::default()), &[], Setup::unattended(1));
//! sim.advance(60_000_000_000);
//! let mut snapshot = sim.clone();
//! sim.finish();
//! snapshot.finish();
//! assert_eq!(sim.digest(), snapshot.digest());
//! assert!(sim.stopped().is_none() && sim.conserved().is_ok());
//! ```

#![warn(missing_docs)]

pub mod expr;
pub mod system;

pub mod engine;

mod id;
mod outcome;

pub use engine::{Command, Report, Setup, Sim, Stopped};
pub use id::{Id, Shape};
pub use outcome::{Outcome, Outcomes};
pub use system::System;
