//! Scenario files: read, checked, compiled to a `seatrial_sim::System`.
//!
//! Lives here: the language (YAML through `seatrial-source`, expressions through `cel`), names, paths, decisions,
//! designs, and all that can be wrong with them, told at its place. Does not live here: what a system does when it
//! runs (`seatrial-sim`); files and terminals.
//!
//! ```
//! use std::{collections::BTreeMap, sync::Arc};
//! use seatrial_sim::{Setup, Sim};
//!
//! let text = "
//! scenario: desk
//! title: A desk
//! clock: {warm_up: 0s, play: 1m}
//! clients: {people: {arrive: constant 2/s, call: {to: desk.take}}}
//! services: {desk: {handlers: {take: {steps: [{work: 100ms}]}}}}
//! ";
//! let files = BTreeMap::from([("desk.yaml".to_owned(), text.as_bytes().to_vec())]);
//! let (compiled, mistakes) = seatrial_scenario::compile(&files, "desk.yaml");
//! let compiled = compiled.expect("it has no mistakes");
//! let faster = compiled.set("desk.slow", "0.5").unwrap();
//!
//! let mut sim = Sim::new(Arc::new(compiled.system), &[faster], Setup::unattended(1));
//! sim.finish();
//! assert_eq!(sim.report().clients[0].latency.max_us / 1000, 50);
//! ```

pub mod cel;
pub mod picture;

mod compile;
mod cx;
mod doubts;
mod expr;
mod known;
mod manifest;
mod model;
mod parts;
mod read;
mod scope;
mod show;
mod slot;
mod unit;
mod variation;

pub use compile::{compile, read_design};
pub use doubts::{Doubt, doubts};
pub use parts::{PartHead, check_part};
pub use model::{
    Answers, Choice, Compiled, Decision, Design, DesignDef, Gap, InFile, Pair, PathInfo, Places, Separates, Trade,
};
pub use variation::{Moved, Variation};
