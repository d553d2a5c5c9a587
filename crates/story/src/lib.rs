//! What happened, in words.
//!
//! Lives here: the history of one arrival, which tells the truth; traces and logs, which tell what the team's own
//! instruments have; a whole run told back; and the words that terminal, page and server share. Does not live here: running anything, and how
//! it looks.

mod back;
mod fault;
mod find;
mod fold;
mod history;
mod index;
mod log;
mod otlp;
mod seen;
mod span;
mod tell;
mod trace;
pub mod words;

pub use back::{Back, Came, Done, Fate, Shown, Struck, back};
pub use fault::{FaultWords, fault_words, setting};
pub use find::{Field, Key, LogQuery, TraceQuery};
pub use history::{History, Told, history};
pub use otlp::{Export, otlp, truth};
pub use log::{Level, Line, Lines, logs};
pub use seen::Seen;
pub use span::{Kind, Span};
pub use trace::{Trace, Traces, traces};
