//! The pure crates for a browser: each function takes one JSON text and answers with another.
//!
//! Lives here: what a page may call (`exports`), one file for each subject behind it (`check`, `practice`), and what becomes of a
//! panic. Does not live here: rules, files, clocks, randomness of the machine; and nothing secret, since whoever opens
//! the page holds this module.

mod check;
mod exports;
mod json;
mod panics;
pub mod practice;

pub use check::check_kit;
pub use json::{Refused, answer};

/// The version of this module, which is that of the program that serves it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
