//! What is seen of a take. Two faces: what a candidate is sent, and what the panel is. The candidate's types cannot hold
//! what is true and not seen, what is planned, or what only the panel knows.

mod ask;
mod decisions;
mod frame;
mod hello;
mod inbox;
mod look;
mod marks;
mod moves;
mod now;
mod part;
mod story;
mod strips;
mod traces;
mod truth;
mod voids;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::command::V;

pub use ask::{
    DeadLetter, DeadLetters, History, Options, Step, dead_letters, history, options, options_are_open,
};
pub use decisions::DecisionState;
pub use frame::{CandidateFrame, PanelFrame, candidate, panel, whole};
pub use hello::{Hello, Led, LedFault, PlannedFault, You, hello};
pub(crate) use inbox::alert_words;
pub(crate) use moves::title as move_title;
pub use inbox::{CandidateTicket, Inbox, PanelInbox};
pub use look::Looks;
pub use marks::MarkSeen;
pub use moves::{Is as MoveIs, MoveDef, MoveState};
pub use now::{BoxNow, EdgeNow, Now};
pub use part::{PartNow, PartRow, PartTable, part};
pub use story::{Fact, RoomStory, StoryLine, story};
pub use strips::{Row, Strip, rows};
pub use traces::{LogLine, LogQuery, Logs, NamedField, Span, Trace, TraceQuery, Traces, logs, traces};
pub use truth::{FaultState, Truth};
pub use voids::VoidSeen;

/// What a view needs beside the take: words by command, names by person, and what the shell knows of the moment.
#[derive(Debug)]
pub struct Context<'a> {
    pub words: &'a BTreeMap<String, String>,
    pub names: &'a BTreeMap<String, String>,
    pub clock: Clock,
    pub present: &'a [Present],
    pub pad_rev: i64,
}

impl Context<'_> {
    pub(crate) fn words(&self, command: &str) -> String {
        self.words.get(command).cloned().unwrap_or_default()
    }

    pub(crate) fn name(&self, who: &str) -> String {
        match who {
            "" | "room" => String::new(),
            who => self.names.get(who).cloned().unwrap_or_else(|| "somebody".to_owned()),
        }
    }
}

/// The room's clock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Clock {
    /// Nanoseconds of virtual time.
    pub v: V,
    pub running: bool,
    pub speed: u32,
    /// The last command.
    pub head: u64,
    pub ended: bool,
    /// A sentence, when it stands for a reason worth telling.
    pub why: Option<String>,
    /// Of the interview, on the wall's clock.
    pub left_ms: Option<i64>,
}

/// Somebody who has the room open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoomPresent))]
pub struct Present {
    pub id: String,
    pub name: String,
    pub initials: String,
    /// Listens only.
    pub silent: bool,
    pub candidate: bool,
}

/// `charged_once` → `charged once`.
pub(crate) fn plain(name: &str) -> String {
    name.replace(['_', '-'], " ")
}

/// Per second, to a tenth.
pub(crate) fn per_second(count: u32, span_ns: u64) -> f64 {
    if span_ns == 0 {
        return 0.0;
    }
    (f64::from(count) / (span_ns as f64 / 1e9) * 10.0).round() / 10.0
}

pub(crate) fn ms(us: u32) -> f64 {
    (f64::from(us) / 100.0).round() / 10.0
}
