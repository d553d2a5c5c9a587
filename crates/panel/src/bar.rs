//! The bar of an opening: the level that each line needs, written before anybody is interviewed.
//!
//! Met or not met is said per line and per person ("met by 2 of 3"), never summed over lines.

use jiff::Timestamp;
use seatrial_kit::{BarLine, Level, Seniority};
use serde::{Deserialize, Serialize};
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Bar {
    pub lines: Vec<BarLine>,
    /// What must hold between lines, in words.
    pub rules: Vec<String>,
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub written_at: Option<Timestamp>,
    pub written_by: Option<String>,
    pub changes: Vec<BarChange>,
}

/// A change after the bar was written, with both versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BarChange {
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    pub by: String,
    pub reason: String,
    pub before: Vec<BarLine>,
    pub after: Vec<BarLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BarError {
    #[error("a bar has one line for each of the seven areas; {0:?} is missing or written twice")]
    Line(String),
    #[error("the bar says nothing yet: set a level on at least one line")]
    Empty,
    #[error("the bar was written on {0}; a later change needs a reason, which every debrief shows")]
    NoReason(String),
}

impl Bar {
    /// What a role pack proposes; not written until somebody says so.
    pub fn proposed(seniority: &Seniority) -> Self {
        Self { lines: seniority.bar.clone(), rules: seniority.rules.clone(), written_at: None, written_by: None, changes: Vec::new() }
    }

    /// Writes the bar, or changes it with a reason.
    ///
    /// # Errors
    /// When a line is missing or twice, nothing is set, or a written bar would change without a reason.
    pub fn write(
        &mut self,
        areas: &[String],
        lines: Vec<BarLine>,
        rules: Vec<String>,
        by: &str,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<(), BarError> {
        for area in areas {
            if lines.iter().filter(|l| l.area == *area).count() != 1 {
                return Err(BarError::Line(area.clone()));
            }
        }
        if let Some(extra) = lines.iter().find(|l| !areas.contains(&l.area)) {
            return Err(BarError::Line(extra.area.clone()));
        }
        if lines.iter().all(|l| l.level.is_none()) {
            return Err(BarError::Empty);
        }
        let rules: Vec<String> = rules.into_iter().map(|r| r.trim().to_owned()).filter(|r| !r.is_empty()).collect();
        match self.written_at {
            None => {
                self.written_at = Some(now);
                self.written_by = Some(by.to_owned());
            }
            Some(_) if self.lines == lines && self.rules == rules => return Ok(()),
            Some(written) => {
                let reason = reason.map(str::trim).filter(|r| !r.is_empty());
                let Some(reason) = reason else {
                    return Err(BarError::NoReason(written.strftime("%-d %B %Y").to_string()));
                };
                self.changes.push(BarChange {
                    at: now,
                    by: by.to_owned(),
                    reason: reason.to_owned(),
                    before: self.lines.clone(),
                    after: lines.clone(),
                });
            }
        }
        self.lines = lines;
        self.rules = rules;
        Ok(())
    }

    pub fn line(&self, area: &str) -> Option<&BarLine> {
        self.lines.iter().find(|l| l.area == area)
    }

    /// Whether the bar stood before `started`. Without it the debrief says that no bar was set first.
    pub fn stood_before(&self, started: Timestamp) -> bool {
        self.written_at.is_some_and(|written| written <= started)
    }
}

/// How a line's bar is met by the people who assessed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Met {
    pub met: usize,
    pub of: usize,
    pub say: String,
}

/// Compares each person's own level with the line's bar.
pub fn met(bar: Option<Level>, levels: &[Level]) -> Met {
    let of = levels.len();
    let met = bar.map_or(0, |bar| levels.iter().filter(|level| **level >= bar).count());
    let say = match (bar, of) {
        (_, 0) => "not assessed".to_owned(),
        (None, _) => "no bar set".to_owned(),
        (Some(_), _) => format!("met by {met} of {of}"),
    };
    Met { met, of, say }
}
