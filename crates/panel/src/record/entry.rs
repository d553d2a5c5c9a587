//! What can be written into a record.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::scorecard::Moment;

/// What a note is: what the candidate *said*, what they *did*, or *my reading* of it. A level needs one of the
/// first two; the third stays its writer's own until the debrief opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    Said,
    Did,
    Reading,
}

/// What happened. Areas, phases, signals and the like are ids of the kit that the interview is stamped with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    Start,
    Pause,
    Resume,
    End,
    /// An interview that was planned will not be held, and why. It takes nothing more.
    CallOff { reason: String },
    /// It was held away from this program, from a printed plan: when it began and how long it took. What was said comes
    /// afterwards, as notes with their moments.
    OnPaper {
        #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
        started_at: Timestamp,
        minutes: u32,
    },
    /// A phase of the agenda begins (`area/phase`).
    Phase { phase: String },
    /// A prompt was read aloud.
    Read { area: String, prompt: String },
    /// A follow-up was asked.
    Asked { area: String, follow_up: String },
    /// A hint was given: 1, 2 or 3 of its phase.
    Hint { phase: String, number: u8 },
    Note {
        note: NoteKind,
        text: String,
        area: Option<String>,
        /// A signal of that area that the note shows.
        signal: Option<String>,
    },
    /// A signal was heard. `prompted` may be left open by the sender; what is kept says which.
    Signal { area: String, signal: String, prompted: Option<bool> },
    /// Prompted becomes unprompted, or the other way round.
    Flip { entry: String },
    RedFlag { area: String, red_flag: String },
    /// Material appears on the candidate's screen.
    Show { material: String },
    Hide { material: String },
    /// A note is worded anew.
    Revise { entry: String, text: String, note: NoteKind },
    /// An entry is taken back; it stays in the log and leaves the record.
    Withdraw { entry: String },
}

/// One entry of a record. `seq` counts from 1 without gaps; `at_ms` is the moment on the interview's clock, which
/// for a note is that of its first keystroke and may be earlier than its place in the order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Entry {
    /// Made by the client (UUIDv7), so that sending twice is harmless.
    pub id: String,
    pub seq: i64,
    pub at_ms: i64,
    /// The person who wrote it.
    pub who: String,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub received_at: Timestamp,
    #[serde(default)]
    pub withdrawn: bool,
    /// Where the running system stood, when there was one.
    #[serde(default)]
    pub moment: Option<Moment>,
    pub body: Body,
}
