//! What can enter a room's log. A command says what somebody wanted; what became of it follows from the log before it.
//!
//! Free words (reasons, answers, what is written to a customer) are not in a command: they stand beside the log, found
//! by the command's id, so that they can be erased without moving anything.

use serde::{Deserialize, Serialize};

/// Nanoseconds of virtual time.
pub type V = u64;

/// On which side of the table somebody sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoomSide))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Candidate,
    Panel,
    /// The room itself: what it does by its rules, such as slowing down for a ticket.
    Room,
}

/// One entry of a take's log. It takes effect after everything that happens at or before `v`, and before anything later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Command {
    /// From 1, without gaps.
    pub seq: u64,
    pub v: V,
    /// Made by whoever sends it, so that sending twice is harmless.
    pub id: String,
    pub side: Side,
    /// The person; for a candidate the interview's link.
    pub who: String,
    /// What its sender had on screen.
    pub seen_v: V,
    pub body: Body,
}

/// How a decision is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Option(String),
    /// As people write it: `2s`.
    Value(String),
    /// None of those offered; the words say what.
    SomethingElse(bool),
}

/// What a candidate tells a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    ItIsSo,
    ItIsNot,
    CannotTell,
}

/// The panels that a candidate can open, one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Panel {
    Decisions,
    Moves,
    Traces,
    Logs,
    Pad,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoomCommand))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    Pause,
    Resume,
    /// Virtual time goes this many times as fast as a wall clock.
    Speed { times: u32 },
    /// A decision is answered in words, before its options are seen.
    Answer { decision: String },
    ShowOptions { decision: String },
    Choose { decision: String, answer: Answer },
    /// What a candidate's “something else” comes to: an option, or a place outside the model.
    Map {
        decision: String,
        #[serde(rename = "as")]
        option: Option<String>,
    },
    Move {
        makes: String,
        #[serde(default)]
        args: MoveArgs,
    },
    /// `M` and this number.
    TakeBack {
        #[serde(rename = "move")]
        made: u32,
    },
    /// A move that is not done yet: what was done of it stays.
    CallOff {
        #[serde(rename = "move")]
        made: u32,
    },
    Reply { ticket: u32, verdict: Verdict },
    /// Which panel is open and what is in focus: for the panel to know, without watching a pointer.
    Look { panel: Panel, decision: Option<String>, focus: Option<u32> },
    Search {
        #[serde(rename = "where")]
        place: Panel,
        query: String,
        found: u32,
    },
    Arm { fault: String },
    Disarm,
    Fire { fault: String },
    Lift { fault: String },
    /// The candidate has noticed a fault, as the interviewer sees it.
    Noticed { fault: String },
    /// A span that does not count.
    Void { from: V, to: V },
    /// The truth is open to the candidate.
    Reveal { on: bool },
    End,
}

/// What a move is about, as far as it asks for something.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct MoveArgs {
    /// The id of a record, as people write it.
    pub record: Option<String>,
    /// Numbers of dead letters.
    pub letters: Option<Vec<u32>>,
    pub group: Option<String>,
    pub partition: Option<u32>,
    pub replica: Option<u32>,
    pub count: Option<u32>,
    /// Per second.
    pub rate: Option<f64>,
}

impl Body {
    /// Whether somebody on this side may send it at all.
    pub fn is_for(&self, side: Side) -> bool {
        use Body as B;
        match self {
            B::Pause | B::Resume => true,
            B::Speed { .. } => side != Side::Candidate,
            B::Answer { .. }
            | B::ShowOptions { .. }
            | B::Choose { .. }
            | B::Move { .. }
            | B::TakeBack { .. }
            | B::CallOff { .. }
            | B::Reply { .. }
            | B::Look { .. }
            | B::Search { .. } => side == Side::Candidate,
            B::Map { .. }
            | B::Arm { .. }
            | B::Disarm
            | B::Fire { .. }
            | B::Lift { .. }
            | B::Noticed { .. }
            | B::Void { .. }
            | B::Reveal { .. }
            | B::End => side == Side::Panel,
        }
    }

    /// Whether it changes the simulated system. Only such commands are part of the digest.
    pub fn acts(&self) -> bool {
        matches!(
            self,
            Body::Choose { .. }
                | Body::Map { .. }
                | Body::Move { .. }
                | Body::TakeBack { .. }
                | Body::CallOff { .. }
                | Body::Fire { .. }
                | Body::Lift { .. }
        )
    }

    /// Whether it holds something that the candidate must not learn of.
    pub fn is_panel_only(&self) -> bool {
        use Body as B;
        matches!(
            self,
            B::Map { .. } | B::Arm { .. } | B::Disarm | B::Fire { .. } | B::Lift { .. } | B::Noticed { .. } | B::Void { .. }
        )
    }
}

/// Why a command came to nothing: a sentence for whoever sent it. The same log gives the same sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Rejection {
    #[error("Nothing of that kind can be sent from here.")]
    NotYours,
    #[error("The room has ended.")]
    Ended,
    #[error("The simulated time is over; nothing happens any more.")]
    TimeIsOver,
    #[error("The room stands already.")]
    Stands,
    #[error("The room runs already.")]
    Runs,
    #[error("The speeds are {}.", speeds(.0))]
    NoSuchSpeed(Vec<u32>),
    #[error("There is no decision “{0}”.")]
    NoSuchDecision(String),
    #[error("Say in your own words what you would do, or ask for the options, before you choose one.")]
    AnswerFirst,
    #[error("“{0}” was not answered with something else, so there is nothing to map.")]
    NothingToMap(String),
    #[error("{0}")]
    NoSuchAnswer(String),
    #[error("There is no fault “{0}”.")]
    NoSuchFault(String),
    #[error("That fault is on already.")]
    FaultIsOn,
    #[error("That fault is not on.")]
    FaultIsOff,
    #[error("No fault is armed.")]
    NothingArmed,
    #[error("That fault was noticed before.")]
    NoticedBefore,
    #[error("There is no move “{0}”.")]
    NoSuchMove(String),
    #[error("{0}")]
    MoveRefused(String),
    #[error("There is no move M{0} that could be taken back.")]
    NothingToTakeBack(u32),
    #[error("There is no move M{0} under way.")]
    NothingToCallOff(u32),
    #[error("There is no ticket {0}.")]
    NoSuchTicket(u32),
    #[error("That ticket was answered before.")]
    AnsweredBefore,
    #[error("A span ends after it begins, and not in the future.")]
    NoSpan,
}

fn speeds(all: &[u32]) -> String {
    let all: Vec<String> = all.iter().map(|times| format!("{times}×")).collect();
    all.join(", ")
}
