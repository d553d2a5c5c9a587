//! What the interviewer needs next: the follow-ups that fit now, and one line on the next step.

use seatrial_kit::{AgendaPhase, Area, Heard as Now, relevant};
use serde::Serialize;

use super::{ClockState, Record};

/// A follow-up that fits now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Relevant {
    pub area: String,
    pub follow_up: String,
}

/// How many follow-ups are offered at once.
const OFFERED_MAX: usize = 3;

fn current<'a>(record: &Record, agenda: &'a [AgendaPhase]) -> Option<&'a AgendaPhase> {
    let phase = record.phase.as_deref()?;
    agenda.iter().find(|p| p.id == phase)
}

/// At most three follow-ups of the running phase's area, the next first. Those planned for this interview come before
/// the rest, and what another interview of the loop asks is left out by the agenda.
pub fn relevant_now(record: &Record, agenda: &[AgendaPhase], areas: &[&Area]) -> Vec<Relevant> {
    let Some(phase) = current(record, agenda).or_else(|| agenda.first()) else { return Vec::new() };
    let Some(area) = areas.iter().find(|a| a.id == phase.area) else { return Vec::new() };
    let (signals, asked) = (record.signals(&area.id), record.asked(&area.id));
    let phase_id = phase.id.rsplit('/').next().unwrap_or(&phase.id);
    let now = Now { phase: phase_id, signals: &signals, asked: &asked };
    let planned = |id: &str| agenda.iter().any(|p| p.area == area.id && p.follow_ups.iter().any(|f| f == id));
    relevant(area, &now, usize::MAX)
        .into_iter()
        .filter(|f| planned(&f.id))
        .take(OFFERED_MAX)
        .map(|f| Relevant { area: area.id.clone(), follow_up: f.id.clone() })
        .collect()
}

/// One line on what comes next, for the foot of the screen.
pub fn next_step(record: &Record, agenda: &[AgendaPhase], areas: &[&Area]) -> String {
    match record.clock.state {
        ClockState::Planned => return "Next: start the clock".to_owned(),
        ClockState::Paused => return "Paused: the clock stands until you resume".to_owned(),
        ClockState::Ended => return "Ended: finish the scorecard while it is fresh".to_owned(),
        ClockState::CalledOff => return "Called off: it will not be held".to_owned(),
        ClockState::Running => {}
    }
    let Some(at) = record.phase.as_deref().and_then(|id| agenda.iter().position(|p| p.id == id)) else {
        return "Next: open the first phase".to_owned();
    };
    let phase = &agenda[at];
    let read = record.read();
    if phase.prompts.iter().any(|p| !read.contains(&(phase.area.clone(), p.clone()))) {
        return "Next: read the prompt aloud".to_owned();
    }
    if !relevant_now(record, agenda, areas).is_empty() {
        return "Next: ask the first follow-up that fits".to_owned();
    }
    match agenda.get(at + 1) {
        Some(next) => format!("Next: {}", next.title),
        None => "Next: thank them, and end".to_owned(),
    }
}
