//! The debrief: what the panel sees once every scorecard is in. Disagreement first, then what nobody assessed, then
//! the seven lines in their fixed order. It shows what people decided and computes no level.

mod agenda;
mod decision;
mod deviations;
mod gate;
mod lines;
mod shape;

use std::collections::BTreeMap;

use jiff::Timestamp;
use seatrial_kit::Kit;

pub use agenda::{AgendaItem, Item, Mark, agenda};
pub use decision::{Decision, DecisionError, DecisionKind, UNSETTLED_MINUTES, UnsettledPart, decide, is_open, unsettled};
pub use deviations::{Deviation, Held, deviations};
pub use gate::{Due, Excuse, NoExcuse, Stays, everything_is_in, is_over, may_excuse, must_stay};
pub use lines::{Cell, CitedEvidence, Impact, Line, Side, Spread, WouldMove, lines};
pub use shape::{Stem, StemState, shape};

use crate::{bar::Bar, record::NoteKind, scorecard::Scorecard};

/// Somebody who scores: every line has a cell for each of them, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panelist {
    pub id: String,
    pub name: String,
    /// Areas that this person was asked to assess.
    pub due: Vec<String>,
}

/// A note as the debrief quotes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub interview: String,
    pub seq: i64,
    pub at_ms: i64,
    pub kind: NoteKind,
    pub text: String,
}

/// All that a debrief is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub kit: &'a Kit,
    pub bar: Option<&'a Bar>,
    pub panel: &'a [Panelist],
    /// Submitted ones only.
    pub scorecards: &'a [Scorecard],
    /// By entry.
    pub quotes: &'a BTreeMap<String, Quote>,
    pub interviews: &'a [Held<'a>],
    /// When and why it was opened before all were in.
    pub opened_early: Option<(&'a str, Timestamp, &'a str)>,
    /// People whose scorecard was not waited for.
    pub excused: &'a [Excuse<'a>],
}

impl Input<'_> {
    fn scorecard(&self, person: &str) -> Option<&Scorecard> {
        self.scorecards.iter().find(|s| s.interviewer == person)
    }
}
