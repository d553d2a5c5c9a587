//! The decision: hire, no hire, or more evidence. People take it after the agenda; nothing here proposes one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{AgendaItem, Item, Line};
use crate::record::TEXT_CHARS_MAX;

/// Minutes of the conversation that settles what is open.
pub const UNSETTLED_MINUTES: u32 = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    Hire,
    NoHire,
    MoreEvidence,
}

/// One part of the twenty minutes that *more evidence* plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnsettledPart {
    pub area: String,
    pub minutes: u32,
    pub ask: String,
    pub asked_by: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Decision {
    pub kind: DecisionKind,
    pub reason: String,
    pub plan: Vec<UnsettledPart>,
    pub by: String,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecisionError {
    #[error("visit or waive the rest of the agenda first: {0}")]
    AgendaOpen(String),
    #[error("a decision needs its reason in a sentence or two")]
    NoReason,
    #[error("more evidence needs a plan: at least one unsettled line, what to ask, and who asks")]
    NoPlan,
    #[error("only lines that are unsettled can be planned; {0:?} is settled")]
    Settled(String),
    #[error("the plan has {0} minutes; give it {UNSETTLED_MINUTES}")]
    Minutes(u32),
    #[error("a text here may have {TEXT_CHARS_MAX} characters, and this one has {0}")]
    TooLong(usize),
}

/// Lines on which the panel cannot stand: it differs, nobody assessed, or the bar is not agreed met.
pub fn unsettled(agenda: &[AgendaItem]) -> Vec<(String, &'static str)> {
    let mut lines: Vec<(String, &'static str)> = Vec::new();
    for item in agenda {
        let why = match item.id {
            Item::Differ => "the panel differs",
            Item::NotAssessed => "nobody assessed it",
            Item::Bar => "the bar is not agreed met",
            Item::Deviations => continue,
        };
        for area in &item.lines {
            if !lines.iter().any(|(a, _)| a == area) {
                lines.push((area.clone(), why));
            }
        }
    }
    lines
}

/// Whether the decision is open: everything on the agenda was visited or waived.
pub fn is_open(agenda: &[AgendaItem]) -> bool {
    agenda.iter().all(|item| item.mark.is_some())
}

/// Checks a decision. Earlier ones stay; this becomes the latest.
///
/// # Errors
/// While the agenda is open, or without a reason, or when *more evidence* does not plan the unsettled lines.
pub fn decide(agenda: &[AgendaItem], lines: &[Line], decision: Decision) -> Result<Decision, DecisionError> {
    if !is_open(agenda) {
        let open: Vec<&str> = agenda.iter().filter(|i| i.mark.is_none()).map(|i| i.title.as_str()).collect();
        return Err(DecisionError::AgendaOpen(open.join(", ")));
    }
    let reason = decision.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(DecisionError::NoReason);
    }
    let texts = decision.plan.iter().map(|p| p.ask.as_str()).chain([reason.as_str()]);
    if let Some(chars) = texts.map(|t| t.chars().count()).find(|chars| *chars > TEXT_CHARS_MAX) {
        return Err(DecisionError::TooLong(chars));
    }
    if decision.kind != DecisionKind::MoreEvidence {
        return Ok(Decision { reason, plan: Vec::new(), ..decision });
    }
    if decision.plan.is_empty() || decision.plan.iter().any(|p| p.ask.trim().is_empty() || p.asked_by.trim().is_empty()) {
        return Err(DecisionError::NoPlan);
    }
    let open = unsettled(agenda);
    if let Some(part) = decision.plan.iter().find(|p| !open.iter().any(|(area, _)| *area == p.area)) {
        let title = lines.iter().find(|l| l.area == part.area).map_or(&part.area, |l| &l.title);
        return Err(DecisionError::Settled(title.clone()));
    }
    let minutes = decision.plan.iter().fold(0u32, |sum, p| sum.saturating_add(p.minutes));
    if minutes != UNSETTLED_MINUTES {
        return Err(DecisionError::Minutes(minutes));
    }
    Ok(Decision { reason, ..decision })
}
