//! Frames: everything that is seen at an instant. Their fields are the sections of which a viewer is sent those that changed.

use serde::Serialize;

use super::decisions::{DecisionState, decisions};
use super::inbox::{Inbox, PanelInbox, inbox, panel_inbox};
use super::look::{Looks, looks};
use super::marks::{MarkSeen, marks};
use super::moves::{MoveState, moves};
use super::now::{Now, now};
use super::strips::{Row, Strip, rows, strips};
use super::truth::{FaultState, Truth, faults, truth};
use super::voids::{VoidSeen, voids};
use super::{Clock, Context, Present};
use crate::take::Take;

/// What a candidate is sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CandidateFrame {
    pub clock: Clock,
    pub now: Now,
    pub strips: Vec<Strip>,
    pub inbox: Inbox,
    pub decisions: Vec<DecisionState>,
    pub moves: Vec<MoveState>,
    pub marks: Vec<MarkSeen>,
    pub present: Vec<Present>,
    pub pad_rev: i64,
    /// The truth, while an interviewer shows it.
    pub revealed: Revealed,
}

/// What the panel is sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PanelFrame {
    pub clock: Clock,
    pub now: Now,
    pub strips: Vec<Strip>,
    pub inbox: PanelInbox,
    pub decisions: Vec<DecisionState>,
    pub moves: Vec<MoveState>,
    pub marks: Vec<MarkSeen>,
    pub present: Vec<Present>,
    pub pad_rev: i64,
    pub revealed: Revealed,
    pub looks: Looks,
    pub faults: Vec<FaultState>,
    pub truth: Truth,
    /// Decisions whose options the candidate has seen.
    pub options_open: Vec<String>,
    pub voids: Vec<VoidSeen>,
    /// Everything so far; live frames carry samples apart, as they come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<Samples>,
    /// 16 hex digits: the same in every copy of this take.
    pub digest: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Samples {
    pub from: u32,
    pub rows: Vec<Row>,
}

/// Nothing, or what the interviewer has opened.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Revealed {
    pub truth: Option<Truth>,
}

pub fn candidate(take: &Take, context: &Context) -> CandidateFrame {
    CandidateFrame {
        clock: context.clock.clone(),
        now: now(take),
        strips: strips(take),
        inbox: inbox(take, context),
        decisions: decisions(take, context, false),
        moves: moves(take, context),
        marks: marks(take, context, false),
        present: context.present.to_vec(),
        pad_rev: context.pad_rev,
        revealed: revealed(take),
    }
}

pub fn panel(take: &Take, context: &Context) -> PanelFrame {
    let open = take.play.compiled.decisions.iter().zip(&take.desk.decisions).filter(|(_, desk)| desk.options_open());
    PanelFrame {
        clock: context.clock.clone(),
        now: now(take),
        strips: strips(take),
        inbox: panel_inbox(take, context),
        decisions: decisions(take, context, true),
        moves: moves(take, context),
        marks: marks(take, context, true),
        present: context.present.to_vec(),
        pad_rev: context.pad_rev,
        revealed: revealed(take),
        looks: looks(take),
        faults: faults(take, context),
        truth: truth(take),
        options_open: open.map(|(decision, _)| decision.name.clone()).collect(),
        voids: voids(take, context),
        samples: None,
        digest: format!("{:016x}", take.digest()),
    }
}

/// The panel's frame with all samples: a moment by itself.
/// Its samples begin at a row, for whoever has those before it.
pub fn whole(take: &Take, context: &Context, from: u32) -> PanelFrame {
    let mut frame = panel(take, context);
    let pace = take.desk.pace;
    frame.clock = Clock {
        v: take.now(),
        running: pace.running,
        speed: pace.speed,
        head: take.head(),
        ended: take.desk.ended.is_some(),
        why: None,
        left_ms: None,
    };
    let from = from.min(u32::try_from(take.sim().samples().len()).unwrap_or(u32::MAX));
    frame.samples = Some(Samples { from, rows: rows(take, from as usize) });
    frame
}

fn revealed(take: &Take) -> Revealed {
    Revealed { truth: take.desk.revealed.map(|_| truth(take)) }
}
