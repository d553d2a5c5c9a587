//! What somebody does in the sample's room, as `demo/rooms/*.yaml` writes it. Orders and charges are not written by their
//! numbers, which follow from the seed: a line gives a name to what it finds, and later lines use that name in braces.

use seatrial_room::{Panel, Verdict};
use serde::Deserialize;

/// What is found in the room and called by a name from then on.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Finds {
    /// The oldest ticket of the room that says so, has no answer yet and no name: `{name}` is its order.
    Ticket { name: String, claims: String },
    /// A charge of a named order, as its traces have it: the one that was answered to its customer, or the one beside it.
    /// `{name}` is its id.
    Charge { name: String, of: String, answered: bool },
}

/// What must hold at this moment of the run, because somebody says so in their notes.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Shows {
    /// Tickets that came into the room, answered or not.
    Tickets { claims: String, from: u64, to: u64 },
    /// How often a promise was broken.
    Broken { promise: String, from: u64, to: u64 },
    /// Messages that wait for a group.
    Waiting { group: String, from: u64, to: u64 },
    /// Messages that a group has put aside.
    Dead { group: String, from: u64, to: u64 },
    /// How often alerts rang.
    Alerts { from: u64, to: u64 },
    /// What became of the last move, as its maker reads it.
    Result { of: String, says: String },
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    Pause,
    Resume,
    Speed(u32),
    Answer(String),
    ShowOptions(String),
    Choose { decision: String, option: Option<String>, value: Option<String> },
    Look { panel: Panel, #[serde(default)] decision: Option<String> },
    /// In traces, for a key.
    Search(String),
    Reply { ticket: String, verdict: Verdict },
    Move {
        makes: String,
        #[serde(default)] record: Option<String>,
        #[serde(default)] count: Option<u32>,
        #[serde(default)] rate: Option<f64>,
    },
    /// By its number: `M2` is 2.
    TakeBack(u32),
    Arm(String),
    Disarm,
    Fire(String),
    Noticed(String),
    /// Between two moments of the interview.
    Void { from: String, to: String },
    Reveal(bool),
    End,
}
