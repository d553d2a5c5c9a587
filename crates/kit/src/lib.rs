//! Interview kits: areas, questions, rubrics and role packs, read from text and checked.
//!
//! Lives here: what a kit is (`model`), how it is read with all its mistakes found at once (`load`). Does not
//! live here: files (the caller hands over paths and bytes), clocks, people, levels that were given.

pub mod model;
pub use model::*;
