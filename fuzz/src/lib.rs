//! What must hold whatever somebody's text says. The fuzzer calls these with what it makes up; `cargo test` calls them
//! with what is kept in `fuzz/corpus`, on any compiler.

mod files;
mod kits;
mod scenarios;

pub use kits::kit;
pub use scenarios::{design, expression, run, scenario};
