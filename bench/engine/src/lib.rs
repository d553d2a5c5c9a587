//! The simulator measured alone: three models in the public language, beside a loop written for each of them and beside
//! other simulators, and the scenario that ships with all that it has.
//!
//! Figures are CPU seconds, for others may use the machine; each is taken in a process of its own.

pub mod bare;
pub mod cases;
pub mod instructions;
pub mod limits;
pub mod peers;
pub mod process;

pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
