//! What the commands of a log add up to beside the simulated system: what was answered and chosen, what is armed, what
//! was told to customers, which panel is open, and the marks on the time line.

use std::collections::BTreeMap;

use crate::command::{Answer, Panel, Rejection, V, Verdict};
use crate::marks::Mark;
use crate::pace::Pace;

/// One decision as it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DecisionDesk {
    /// The command that holds the words, and its moment.
    pub answered: Option<(String, V)>,
    pub options_shown: Option<V>,
    pub chosen: Option<Chosen>,
    /// The option or value that the system is meant to run with; none for the system as found.
    pub in_force: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    pub answer: Answer,
    /// The command that holds the reason.
    pub command: String,
    pub v: V,
    /// Chosen or answered in words before any option was seen.
    pub before_options: bool,
    /// Of “something else”: what an interviewer made of it. `Some(None)` is outside the model.
    pub mapped: Option<Option<String>>,
}

impl DecisionDesk {
    /// Whether the candidate may see the options.
    pub fn options_open(&self) -> bool {
        self.answered.is_some() || self.options_shown.is_some() || self.chosen.is_some()
    }

    /// Whether what was answered came before the menu.
    pub fn before_options(&self) -> bool {
        match (&self.answered, self.options_shown) {
            (Some((_, answered)), Some(shown)) => *answered <= shown,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }
}

/// A move that was asked for. Whether it is done yet is the simulator's to say.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveDesk {
    /// The place of its definition.
    pub makes: usize,
    pub about: String,
    pub asked: V,
    pub command: String,
    /// The engine's number for it.
    pub run: Option<u64>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    pub v: V,
    pub verdict: Verdict,
    pub command: String,
    /// Whether the truth was so at that moment.
    pub truth: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct FaultDesk {
    pub fired: Option<V>,
    pub lifted: Option<V>,
    pub noticed: Option<(V, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub panel: Panel,
    pub decision: Option<usize>,
    pub focus: Option<u32>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Void {
    pub from: V,
    pub to: V,
    pub command: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    pub pace: Pace,
    /// By their places in the scenario.
    pub decisions: Vec<DecisionDesk>,
    pub moves: Vec<MoveDesk>,
    pub replies: BTreeMap<u32, Reply>,
    pub faults: Vec<FaultDesk>,
    pub armed: Option<usize>,
    pub look: Look,
    pub voids: Vec<Void>,
    /// Since when the truth is open to the candidate.
    pub revealed: Option<V>,
    pub ended: Option<V>,
    pub marks: Vec<Mark>,
    pub rejected: Vec<(u64, Rejection)>,
}

impl Desk {
    pub fn new(decisions: usize, faults: usize) -> Desk {
        Desk {
            pace: Pace::default(),
            decisions: vec![DecisionDesk::default(); decisions],
            moves: Vec::new(),
            replies: BTreeMap::new(),
            faults: vec![FaultDesk::default(); faults],
            armed: None,
            look: Look { panel: Panel::Decisions, decision: None, focus: None },
            voids: Vec::new(),
            revealed: None,
            ended: None,
            marks: Vec::new(),
            rejected: Vec::new(),
        }
    }
}
