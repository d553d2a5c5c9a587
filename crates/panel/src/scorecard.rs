//! One person's scorecard: levels with evidence, what it still lacks, and what was amended afterwards.

use std::collections::BTreeMap;

use jiff::Timestamp;
use seatrial_kit::{Area, Level};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::record::{NoteKind, TEXT_CHARS_MAX};

/// A place in something that can be played or read again. The panel does not look inside: `take` names the interview
/// (or a room's take), `seq` the entry, `v` the nanoseconds on its clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Moment {
    pub take: String,
    pub seq: i64,
    pub v: i64,
}

/// A note that speaks for a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// The note's entry in the record, which holds the words.
    pub entry: String,
    pub kind: NoteKind,
    pub moment: Moment,
    pub prompted: Option<bool>,
    /// The rubric's row that it speaks for.
    pub behaviour: Option<String>,
}

/// Which cell of a rubric's row was seen. Marks do not add up to a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CellSeen {
    pub behaviour: String,
    pub level: Level,
}

/// One area of a scorecard. `decided` without a level means *not assessed*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AreaScore {
    pub area: String,
    pub decided: bool,
    pub level: Option<Level>,
    /// 1 a guess, 2 fairly sure, 3 sure.
    pub confidence: Option<u8>,
    /// What would have moved it one level.
    pub would_move: String,
    pub seen: Vec<CellSeen>,
    pub evidence: Vec<Evidence>,
}

impl AreaScore {
    /// An area nobody has begun to score.
    pub fn blank(area: impl Into<String>) -> Self {
        Self {
            area: area.into(),
            decided: false,
            level: None,
            confidence: None,
            would_move: String::new(),
            seen: Vec::new(),
            evidence: Vec::new(),
        }
    }
}

/// A change after submission. Both versions are kept and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Amendment {
    pub area: String,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    pub reason: String,
    pub before: AreaScore,
    pub after: AreaScore,
}

/// A scorecard as it is kept and exchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Scorecard {
    /// Version of this format; today always 1.
    pub schema: u32,
    #[serde(rename = "loop")]
    pub loop_id: String,
    pub interviewer: String,
    /// The kit it was scored with.
    pub kit_hash: String,
    pub areas: Vec<AreaScore>,
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub submitted_at: Option<Timestamp>,
    pub amendments: Vec<Amendment>,
}

/// A part that a submission needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Level,
    Evidence,
    WouldMove,
    Confidence,
}

/// What an area lacks, with the sentence to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Missing {
    pub area: String,
    pub what: Part,
    pub say: String,
}

/// Why a scorecard or an amendment is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScoreError {
    #[error("this scorecard was submitted; amend it with a reason instead")]
    Submitted,
    #[error("this scorecard is not submitted yet; change it freely")]
    NotSubmitted,
    #[error("something is missing")]
    Incomplete(Vec<Missing>),
    #[error("an amendment needs a reason, which the panel will read")]
    NoReason,
    #[error("an amendment that changes nothing is not kept")]
    NoChange,
    #[error("the kit has no {what} {id:?}")]
    Unknown { what: &'static str, id: String },
    #[error("confidence is 1, 2 or 3, not {0}")]
    Confidence(u8),
    #[error("a level stands only in an area that is decided")]
    LevelUndecided,
    #[error("{0} is marked twice")]
    Twice(String),
    #[error("a text here may have {TEXT_CHARS_MAX} characters, and this one has {0}")]
    TooLong(usize),
}

impl Scorecard {
    pub fn new(loop_id: impl Into<String>, interviewer: impl Into<String>, kit_hash: impl Into<String>) -> Self {
        Self {
            schema: 1,
            loop_id: loop_id.into(),
            interviewer: interviewer.into(),
            kit_hash: kit_hash.into(),
            areas: Vec::new(),
            submitted_at: None,
            amendments: Vec::new(),
        }
    }

    pub fn area(&self, area: &str) -> Option<&AreaScore> {
        self.areas.iter().find(|a| a.area == area)
    }

    /// Replaces an area of a draft.
    ///
    /// # Errors
    /// When it was submitted, or the score is not well formed for this area.
    pub fn set(&mut self, area: &Area, score: AreaScore) -> Result<(), ScoreError> {
        if self.submitted_at.is_some() {
            return Err(ScoreError::Submitted);
        }
        well_formed(area, &score)?;
        self.put(score);
        Ok(())
    }

    fn put(&mut self, score: AreaScore) {
        match self.areas.iter_mut().find(|a| a.area == score.area) {
            Some(slot) => *slot = score,
            None => self.areas.push(score),
        }
    }

    /// What stands between this draft and submission, given the areas that are due. Areas that were only touched are
    /// checked too once they are decided.
    pub fn missing(&self, due: &[String], titles: &BTreeMap<String, String>) -> Vec<Missing> {
        let extra = self.areas.iter().filter(|a| a.decided && !due.contains(&a.area)).map(|a| &a.area);
        // Two interviews of one person may ask about the same area, which is still scored once.
        let once = due.iter().enumerate().filter(|(at, id)| !due[..*at].contains(id)).map(|(_, id)| id);
        once.chain(extra)
            .flat_map(|id| {
                let title = titles.get(id).unwrap_or(id);
                match self.area(id) {
                    Some(score) => lacks(score, title),
                    None => lacks(&AreaScore::blank(id.clone()), title),
                }
            })
            .collect()
    }

    /// Submits: from here on others may see it once all are in, and changes are amendments.
    ///
    /// # Errors
    /// [`ScoreError::Incomplete`] with every part that is missing; [`ScoreError::Submitted`] the second time.
    pub fn submit(&mut self, due: &[String], titles: &BTreeMap<String, String>, now: Timestamp) -> Result<(), ScoreError> {
        if self.submitted_at.is_some() {
            return Err(ScoreError::Submitted);
        }
        let missing = self.missing(due, titles);
        if !missing.is_empty() {
            return Err(ScoreError::Incomplete(missing));
        }
        // Areas that were opened and left undecided say nothing.
        self.areas.retain(|a| a.decided);
        self.submitted_at = Some(now);
        Ok(())
    }

    /// Changes a submitted area and keeps both versions.
    ///
    /// # Errors
    /// Without a reason, without a change, incomplete, or before submission.
    pub fn amend(&mut self, area: &Area, after: AreaScore, reason: &str, now: Timestamp) -> Result<(), ScoreError> {
        if self.submitted_at.is_none() {
            return Err(ScoreError::NotSubmitted);
        }
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(ScoreError::NoReason);
        }
        too_long(reason)?;
        well_formed(area, &after)?;
        let missing = lacks(&after, &area.title);
        if !missing.is_empty() {
            return Err(ScoreError::Incomplete(missing));
        }
        let before = self.area(&area.id).cloned().unwrap_or_else(|| AreaScore::blank(area.id.clone()));
        if before == after {
            return Err(ScoreError::NoChange);
        }
        self.amendments.push(Amendment { area: area.id.clone(), at: now, reason: reason.to_owned(), before, after: after.clone() });
        self.put(after);
        Ok(())
    }
}

/// What one area lacks. An area that was not assessed needs nothing more.
fn lacks(score: &AreaScore, title: &str) -> Vec<Missing> {
    let missing = |what, say: String| Missing { area: score.area.clone(), what, say };
    if !score.decided {
        return vec![missing(Part::Level, format!("{title} still needs a level, or “not assessed”."))];
    }
    if score.level.is_none() {
        return Vec::new();
    }
    let mut lacks = Vec::new();
    if !score.evidence.iter().any(|e| matches!(e.kind, NoteKind::Said | NoteKind::Did)) {
        lacks.push(missing(Part::Evidence, format!("{title} still lacks evidence: something said or done.")));
    }
    if score.would_move.trim().is_empty() {
        lacks.push(missing(Part::WouldMove, format!("{title} still lacks one sentence: what would have moved it one level.")));
    }
    if score.confidence.is_none() {
        lacks.push(missing(Part::Confidence, format!("{title} still lacks your confidence.")));
    }
    lacks
}

fn well_formed(area: &Area, score: &AreaScore) -> Result<(), ScoreError> {
    if score.area != area.id {
        return Err(ScoreError::Unknown { what: "area", id: score.area.clone() });
    }
    if score.level.is_some() && !score.decided {
        return Err(ScoreError::LevelUndecided);
    }
    if let Some(confidence) = score.confidence
        && !(1..=3).contains(&confidence)
    {
        return Err(ScoreError::Confidence(confidence));
    }
    too_long(&score.would_move)?;
    let rows = || score.seen.iter().map(|s| &s.behaviour);
    for row in rows().chain(score.evidence.iter().filter_map(|e| e.behaviour.as_ref())) {
        if !area.rubric.behaviours.iter().any(|b| b.id == *row) {
            return Err(ScoreError::Unknown { what: "behaviour", id: row.clone() });
        }
    }
    for (at, row) in rows().enumerate() {
        if rows().take(at).any(|earlier| earlier == row) {
            return Err(ScoreError::Twice(row.clone()));
        }
    }
    for (at, e) in score.evidence.iter().enumerate() {
        if score.evidence[..at].iter().any(|earlier| earlier.entry == e.entry) {
            return Err(ScoreError::Twice("a note".to_owned()));
        }
    }
    Ok(())
}

fn too_long(text: &str) -> Result<(), ScoreError> {
    let chars = text.chars().count();
    if chars > TEXT_CHARS_MAX { Err(ScoreError::TooLong(chars)) } else { Ok(()) }
}
