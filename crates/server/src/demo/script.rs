//! The form of the sample's script, `demo/demo.yaml`. Days count from today; times are UTC, or the interview's clock.

use std::collections::BTreeMap;

use seatrial_kit::Level;
use seatrial_panel::debrief::{DecisionKind, Item};
use serde::Deserialize;

use super::{
    DemoError,
    act::{Act, Finds, Shows},
    rule,
};

macro_rules! script {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty),* }
    )*};
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleWord {
    Manager,
    Interviewer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartWord {
    Interviewer,
    Shadow,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LevelWord {
    Weak,
    Good,
    Excellent,
    NotAssessed,
}

impl LevelWord {
    pub fn level(&self) -> Option<Level> {
        match self {
            Self::Weak => Some(Level::Weak),
            Self::Good => Some(Level::Good),
            Self::Excellent => Some(Level::Excellent),
            Self::NotAssessed => None,
        }
    }
}

script! {
    struct Script { people: Vec<Person>, opening: Opening, loops: Vec<Candidate> }
    struct Person { key: String, name: String, role: RoleWord }
    struct Opening { title: String, team: String, pack: String, seniority: String, owner: String, bar_written_day: i64 }
    struct Candidate {
        code: String,
        name: String,
        added_day: i64,
        interviews: Vec<Interview>,
        #[serde(default)] scorecards: Vec<Card>,
        #[serde(default)] debrief: Option<Debrief>,
    }
    /// A session of the pack, or a room whose script stands in a file of its own.
    struct Interview {
        #[serde(default)] session: Option<String>,
        #[serde(default)] room: Option<String>,
        day: i64,
        start: String,
        due_day: i64,
        #[serde(default)] people: Vec<Who>,
        #[serde(default)] called_off: Option<CalledOff>,
        #[serde(default)] entries: Vec<Line>,
    }
    struct CalledOff { day: i64, at: String, who: String, reason: String }
    /// One interview over a running system, by the wall's clock: what is done in the room, and what is written down of it.
    struct RoomScript { scenario: String, seed: u64, lines: Vec<Line> }
    struct Who { who: String, part: PartWord }
    struct Card {
        who: String,
        #[serde(default)] submitted_day: Option<i64>,
        #[serde(default)] submitted_at: Option<String>,
        areas: Vec<Area>,
        #[serde(default)] amendments: Vec<Amendment>,
    }
    struct Area {
        area: String,
        level: LevelWord,
        #[serde(default)] confidence: Option<u8>,
        #[serde(default)] would_move: String,
        #[serde(default)] seen: BTreeMap<String, Level>,
        #[serde(default)] evidence: Vec<Cite>,
    }
    struct Cite { note: String, #[serde(default)] behaviour: Option<String> }
    struct Amendment {
        day: i64,
        at: String,
        area: String,
        reason: String,
        level: LevelWord,
        #[serde(default)] confidence: Option<u8>,
        #[serde(default)] would_move: String,
        #[serde(default)] seen: BTreeMap<String, Level>,
        #[serde(default)] evidence: Vec<Cite>,
    }
    struct Debrief {
        day: i64,
        at: String,
        #[serde(default)] visited: Vec<Item>,
        #[serde(default)] waived: Vec<Waived>,
        #[serde(default)] decision: Option<Decision>,
        #[serde(default)] dissents: Vec<Dissent>,
    }
    struct Waived { item: Item, reason: String }
    struct Decision { kind: DecisionKind, reason: String, #[serde(default)] plan: Vec<Part> }
    struct Part { area: String, minutes: u32, ask: String, asked_by: String }
    struct Dissent { who: String, text: String }
    struct Nothing {}
    /// One line of a record or of a room; exactly one of the ways to say what happened.
    struct Line {
        at: String,
        #[serde(default)] who: String,
        /// In the room, with the words that go along.
        #[serde(default)] does: Option<Act>,
        #[serde(default)] words: Option<String>,
        #[serde(default)] finds: Option<Finds>,
        #[serde(default)] shows: Option<Shows>,
        #[serde(default)] start: Option<Nothing>,
        #[serde(default)] end: Option<Nothing>,
        #[serde(default)] pause: Option<Nothing>,
        #[serde(default)] resume: Option<Nothing>,
        #[serde(default)] phase: Option<String>,
        #[serde(default)] read: Option<String>,
        #[serde(default)] asked: Option<String>,
        #[serde(default)] hint: Option<String>,
        #[serde(default)] number: Option<u8>,
        #[serde(default)] said: Option<String>,
        #[serde(default)] did: Option<String>,
        #[serde(default)] reading: Option<String>,
        #[serde(default)] area: Option<String>,
        /// `area/signal` by itself; the signal's id beside a note.
        #[serde(default)] signal: Option<String>,
        #[serde(default)] prompted: Option<bool>,
        #[serde(default)] red_flag: Option<String>,
        #[serde(default)] key: Option<String>,
    }
}

/// What a line says.
#[derive(Debug)]
pub enum Happened {
    Start,
    End,
    Pause,
    Resume,
    Phase(String),
    Read(String, String),
    Asked(String, String),
    Hint(String, u8),
    Said(String),
    Did(String),
    Reading(String),
    Signal(String, String),
    RedFlag(String, String),
}

impl Line {
    pub fn happened(&self) -> Result<Happened, DemoError> {
        let split = |text: &String| {
            let (area, id) = text.split_once('/').ok_or_else(|| rule(format!("{text} is not area/id")))?;
            Ok::<_, DemoError>((area.to_owned(), id.to_owned()))
        };
        let two = |text: &String, make: fn(String, String) -> Happened| split(text).map(|(a, b)| make(a, b));
        let flag = |set: &Option<Nothing>, happened: Happened| set.as_ref().map(|_| happened);
        if let Some(text) = &self.said {
            Ok(Happened::Said(text.clone()))
        } else if let Some(text) = &self.did {
            Ok(Happened::Did(text.clone()))
        } else if let Some(text) = &self.reading {
            Ok(Happened::Reading(text.clone()))
        } else if let Some(phase) = &self.phase {
            Ok(Happened::Phase(phase.clone()))
        } else if let Some(text) = &self.read {
            two(text, Happened::Read)
        } else if let Some(text) = &self.asked {
            two(text, Happened::Asked)
        } else if let Some(text) = &self.red_flag {
            two(text, Happened::RedFlag)
        } else if let Some(phase) = &self.hint {
            let number = self.number.ok_or_else(|| rule("a hint needs its number"))?;
            Ok(Happened::Hint(phase.clone(), number))
        } else if let Some(text) = &self.signal {
            two(text, Happened::Signal)
        } else {
            flag(&self.start, Happened::Start)
                .or_else(|| flag(&self.end, Happened::End))
                .or_else(|| flag(&self.pause, Happened::Pause))
                .or_else(|| flag(&self.resume, Happened::Resume))
                .ok_or_else(|| rule(format!("nothing happens at {}", self.at)))
        }
    }
}
