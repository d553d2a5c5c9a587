//! Scenario files: read, checked, compiled to a `seatrial_sim::System`.
//!
//! Lives here: the language (YAML through `seatrial-source`, expressions through `cel`), names, paths, decisions,
//! designs, and all that can be wrong with them, told at its place. Does not live here: what a system does when it
//! runs (`seatrial-sim`); files and terminals.

pub mod cel;
pub mod picture;
