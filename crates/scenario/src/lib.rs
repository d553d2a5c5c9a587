//! Scenario files: read, checked, compiled to a `seatrial_sim::System`.
//!
//! Lives here: the language (YAML through `seatrial-source`, expressions through `cel`), names, paths, decisions,
//! designs, and all that can be wrong with them, told at its place. Does not live here: what a system does when it
//! runs (`seatrial-sim`); files and terminals.

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

pub use compile::{compile, read_design};
pub use doubts::{Doubt, doubts};
pub use model::{
    Answers, Choice, Compiled, Decision, Design, DesignDef, Gap, InFile, Pair, PathInfo, Places, Separates, Trade,
};
