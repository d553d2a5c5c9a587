//! The record of one interview: an ordered list of entries, and what they add up to.
//!
//! An entry is never changed. A correction is an entry of its own that names the one it corrects, so two people
//! and two tabs that hold the same entries see the same record.

mod accept;
mod entry;
mod fold;
mod inference;
mod live;

pub use accept::{Context, Draft, PAPER_MINUTES_MAX, Refusal, TEXT_CHARS_MAX, WAITED_MS_MAX, accept};
pub use entry::{Body, Entry, NoteKind};
pub use fold::{Clock, ClockState, Heard, Record, Seen};
pub use inference::is_prompted;
pub use live::{Relevant, next_step, relevant_now};
