//! Interview kits: areas, questions, rubrics and role packs, read from text and checked.
//!
//! Lives here: what a kit is (`model`), how it is read with all its mistakes found at once (`load`), which
//! follow-ups fit now (`relevant`), the phases of an interview with their minutes (`agenda`), and a plan laid over its
//! areas (`plan`). Does not live here: files (the caller hands over paths and bytes), clocks, people, levels that were given.

pub mod agenda;
mod load;
pub mod model;
pub mod plan;
mod read;
pub mod relevant;

pub use agenda::{AgendaPhase, area_agenda, session_agenda};
pub use load::{Outside, OutsideKind, hash, load, load_with_names};
pub use model::*;
pub use plan::plan_agenda;
pub use relevant::{Heard, relevant};
/// Where and how a kit's text is wrong, and how that is shown.
pub use seatrial_source::{Diagnostic, Severity, Sources, Style, render, render_all, summary};
