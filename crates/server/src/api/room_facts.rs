//! What a live room wants to know of its interview: names, who only listens, how much time is left.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use seatrial_panel::record::ClockState;
use seatrial_store::Part;

use super::{dto::minutes_planned, facts::People, interviews::find};
use crate::{problem::Problem, state::App};

#[derive(Debug, Clone)]
pub struct InterviewClock {
    /// By id of a person; `candidate` is the candidate.
    pub names: BTreeMap<String, String>,
    pub candidate: String,
    pub shadows: BTreeSet<String>,
    /// On the wall's clock; none before the interview begins.
    pub left_ms: Option<i64>,
}

pub async fn interview_clock(app: &App, interview: &str, people: &People) -> Result<InterviewClock, Problem> {
    let found = find(app, interview).await?;
    let mine = || found.l.participants.iter().filter(|p| p.interview_id == interview);
    let candidate = match found.l.row.name.as_str() {
        "" => "Candidate".to_owned(),
        name => name.to_owned(),
    };
    let mut names: BTreeMap<String, String> = people.names();
    names.insert("candidate".to_owned(), candidate.clone());
    let record = found.record();
    let planned = i64::from(minutes_planned(&found.interview)) * 60_000;
    let begun = !matches!(record.clock.state, ClockState::Planned | ClockState::CalledOff);
    Ok(InterviewClock {
        names,
        candidate,
        shadows: mine().filter(|p| p.part == Part::Shadow).map(|p| p.person_id.clone()).collect(),
        // Whole seconds: who draws it counts on between two of them.
        left_ms: begun.then(|| (planned - record.clock.elapsed_ms(Timestamp::now())) / 1000 * 1000),
    })
}
