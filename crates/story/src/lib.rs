//! What happened, in words.
//!
//! Lives here: the history of one arrival, and the words that terminal, page and server share. Does not live here:
//! running anything, and how it looks.

mod history;
mod tell;
pub mod words;

pub use history::{History, Told, history};
