//! Where a loop stands, and what is to be done next, for lists.

use jiff::Timestamp;
use serde::Serialize;

use crate::record::ClockState;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NextKind {
    /// An interview has no date yet.
    Schedule,
    /// An interview is to be held.
    Interview,
    /// A scorecard is due.
    Scorecard,
    /// All are in; the debrief is open.
    Debrief,
    Decided,
    None,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Next {
    pub kind: NextKind,
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub at: Option<Timestamp>,
    pub interview_id: Option<String>,
}

/// One interview, as far as progress depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'a> {
    pub id: &'a str,
    pub state: ClockState,
    pub scheduled_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
}

/// What comes next: interviews before scorecards, scorecards before the debrief.
pub fn next(stages: &[Stage<'_>], scorecards_in: bool, debrief_open: bool, decided: bool) -> Next {
    let plain = |kind| Next { kind, at: None, interview_id: None };
    if decided {
        return plain(NextKind::Decided);
    }
    if debrief_open {
        return plain(NextKind::Debrief);
    }
    let running = stages.iter().find(|s| matches!(s.state, ClockState::Running | ClockState::Paused));
    let planned = || {
        let dated = stages.iter().filter(|s| s.state == ClockState::Planned && s.scheduled_at.is_some());
        dated.min_by_key(|s| s.scheduled_at)
    };
    if let Some(stage) = running.or_else(planned) {
        return Next { kind: NextKind::Interview, at: stage.scheduled_at, interview_id: Some(stage.id.to_owned()) };
    }
    if let Some(stage) = stages.iter().find(|s| s.state == ClockState::Planned) {
        return Next { kind: NextKind::Schedule, at: None, interview_id: Some(stage.id.to_owned()) };
    }
    // Of interviews that were all called off nothing comes.
    let held = stages.iter().any(|s| s.state != ClockState::CalledOff);
    if !held || scorecards_in {
        return plain(NextKind::None);
    }
    Next { kind: NextKind::Scorecard, at: stages.iter().filter(|s| s.state != ClockState::CalledOff).filter_map(|s| s.due_at).max(), interview_id: None }
}

/// A short name for a candidate that says nothing about them: a letter and two digits, such as H-27. The n-th of a
/// database; 2,376 differ before one comes again.
pub fn candidate_code(n: usize) -> String {
    // No I and no O, which read as digits. 7 and 37 share no factor with 24 and 99, so that neighbours differ in both.
    const LETTERS: &[u8; 24] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
    let letter = char::from(LETTERS[(n * 7 + n / 792 + 6) % 24]);
    format!("{letter}-{:02}", n * 37 % 99 + 1)
}
