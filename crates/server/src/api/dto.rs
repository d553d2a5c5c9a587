//! What several parts of the API say in the same way.

use jiff::Timestamp;
use seatrial_panel::{progress::Next, record::ClockState};
use seatrial_store::{InterviewRow, Part, PersonRow, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A moment in time, RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, format = DateTime)]
pub struct At(pub Timestamp);

/// What somebody may do in general.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonRole {
    Admin,
    Manager,
    Interviewer,
}

impl From<Role> for PersonRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Manager => Self::Manager,
            Role::Interviewer => Self::Interviewer,
        }
    }
}

impl From<PersonRole> for Role {
    fn from(role: PersonRole) -> Self {
        match role {
            PersonRole::Admin => Self::Admin,
            PersonRole::Manager => Self::Manager,
            PersonRole::Interviewer => Self::Interviewer,
        }
    }
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Person {
    pub id: String,
    pub name: String,
    /// Empty for people whose address is not yours to see.
    pub email: String,
    pub role: PersonRole,
    pub initials: String,
    pub disabled: bool,
    /// Of the sample: there is nothing to sign in with.
    pub demo: bool,
}

impl Person {
    pub fn of(row: &PersonRow, with_email: bool) -> Self {
        Self {
            id: row.id.clone(),
            name: row.name.clone(),
            email: if with_email { row.email.clone() } else { String::new() },
            role: row.role.into(),
            initials: initials(&row.name),
            disabled: row.disabled,
            demo: row.demo,
        }
    }
}

/// Somebody, as far as a list needs to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonRef {
    pub id: String,
    pub name: String,
    pub initials: String,
}

impl PersonRef {
    pub fn of(row: &PersonRow) -> Self {
        Self { id: row.id.clone(), name: row.name.clone(), initials: initials(&row.name) }
    }
}

/// First letters of the first and the last word; the first two letters of a single word. What stands in brackets, often
/// the same name in another script, is left out.
pub fn initials(name: &str) -> String {
    let bare = name.split(['(', '（']).next().filter(|n| !n.trim().is_empty()).unwrap_or(name);
    let name = bare.trim();
    let word = |w: &str| w.chars().find(|c| c.is_alphanumeric());
    let mut words = name.split_whitespace().filter(|w| word(w).is_some());
    let first = words.next().unwrap_or("");
    let letters: String = match words.next_back() {
        Some(last) => word(first).into_iter().chain(word(last)).collect(),
        None => first.chars().filter(|c| c.is_alphanumeric()).take(2).collect(),
    };
    letters.to_uppercase()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartName {
    Interviewer,
    Shadow,
}

impl From<Part> for PartName {
    fn from(part: Part) -> Self {
        match part {
            Part::Interviewer => Self::Interviewer,
            Part::Shadow => Self::Shadow,
        }
    }
}

impl From<PartName> for Part {
    fn from(part: PartName) -> Self {
        match part {
            PartName::Interviewer => Self::Interviewer,
            PartName::Shadow => Self::Shadow,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Participant {
    pub person: PersonRef,
    pub part: PartName,
}

/// An opening, as far as a loop needs to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpeningRef {
    pub id: String,
    pub title: String,
    pub team: String,
    pub pack_title: String,
    pub seniority_title: String,
}

/// One interview of a loop, without its record.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InterviewRef {
    pub id: String,
    pub title: String,
    pub session_id: Option<String>,
    pub areas: Vec<String>,
    pub state: ClockState,
    pub scheduled_at: Option<At>,
    pub due_at: Option<At>,
    pub started_at: Option<At>,
    pub elapsed_ms: i64,
    pub minutes_planned: u32,
    pub people: Vec<Participant>,
    /// Who called it off, when, and why.
    pub called_off: Option<Reasoned>,
}

/// Something out of the ordinary that a manager did: logged, shown, and not undone.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reasoned {
    pub by: String,
    pub at: At,
    pub reason: String,
}

pub fn minutes_planned(interview: &InterviewRow) -> u32 {
    interview.agenda.iter().map(|p| p.minutes).sum()
}

/// Whose scorecard is due, and whether it is in; nothing of what it says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScorecardDue {
    pub person: PersonRef,
    pub areas: Vec<String>,
    pub due_at: Option<At>,
    pub submitted_at: Option<At>,
    /// Nobody waits for this one any more; whoever it is may still write it.
    pub excused: Option<Reasoned>,
    pub you: bool,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaHeard {
    pub area: String,
    pub heard: bool,
}

/// One candidate's loop, as a row of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LoopRow {
    pub id: String,
    pub code: String,
    pub name: String,
    pub opening_id: Option<String>,
    /// The seven areas in order, and whether an interview on each was held.
    pub heard: Vec<AreaHeard>,
    pub interviews: usize,
    pub interviews_done: usize,
    pub next: Next,
}

/// One interview, as a row of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InterviewListRow {
    pub id: String,
    pub loop_id: String,
    pub code: String,
    pub candidate_name: String,
    pub title: String,
    pub areas: Vec<String>,
    pub state: ClockState,
    pub started_at: Option<At>,
    pub scheduled_at: Option<At>,
    pub elapsed_ms: i64,
    /// Notes, signals and red flags.
    pub moments: usize,
    /// You ask or listen in it.
    pub mine: bool,
    pub opening_title: Option<String>,
    /// Your scorecard of its loop is in.
    pub scored: bool,
}

/// Nothing to say but that it is done.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Done {
    pub done: bool,
}

pub const DONE: Done = Done { done: true };
