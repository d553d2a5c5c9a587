//! Where this loop departed from what every candidate of the opening was promised: same questions, same hints, a bar
//! that stood first. Each is shown; none changes a level.

use jiff::Timestamp;
use seatrial_kit::AgendaPhase;
use serde::Serialize;

use super::Input;
use crate::record::{Body, Record};

/// An interview that was held, or called off.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub kit_hash: &'a str,
    pub agenda: &'a [AgendaPhase],
    pub record: &'a Record,
    /// The name of whoever called it off.
    pub called_off_by: Option<&'a str>,
    /// What its room, if it had one, did otherwise than its plan.
    pub room: &'a [Deviation],
}

impl Held<'_> {
    fn started_at(&self) -> Option<Timestamp> {
        self.record.clock.started_at
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Deviation {
    pub title: String,
    pub detail: String,
}

/// More than this share over the planned minutes is told.
const OVERRUN_PERCENT: i64 = 10;

pub fn deviations(input: &Input<'_>) -> Vec<Deviation> {
    let mut found = Vec::new();
    let mut tell = |title: String, detail: String| found.push(Deviation { title, detail });
    if let Some((by, at, reason)) = input.opened_early {
        tell("Opened before all scorecards were in".to_owned(), format!("{by}, {}: {reason}", day(at)));
    }
    for excuse in input.excused {
        tell(
            format!("{} was excused from a scorecard", excuse.person),
            format!("{}, {}: {}", excuse.by, day(excuse.at), excuse.reason),
        );
    }
    let first = input.interviews.iter().filter_map(Held::started_at).min();
    match (input.bar, first) {
        (Some(bar), Some(first)) if !bar.stood_before(first) => {
            tell("No bar was set first".to_owned(), "The bar is younger than the first interview, so nobody knew it then.".to_owned());
        }
        (Some(bar), Some(first)) => {
            for change in bar.changes.iter().filter(|c| c.at > first) {
                tell("The bar changed after the first interview".to_owned(), format!("{}: {}", day(change.at), change.reason));
            }
        }
        (None, _) => tell("No bar was set first".to_owned(), "These interviews belong to no opening.".to_owned()),
        _ => {}
    }
    for held in input.interviews {
        of_interview(input, held, &mut tell);
    }
    found
}

fn of_interview(input: &Input<'_>, held: &Held<'_>, tell: &mut impl FnMut(String, String)) {
    if let Some((entry, reason)) = held.record.called_off() {
        let by = held.called_off_by.unwrap_or("somebody");
        return tell(format!("{} was called off", held.title), format!("{by}, {}: {reason}", day(entry.received_at)));
    }
    if held.kit_hash != input.kit.hash {
        tell(
            format!("{} used another version of the kit", held.title),
            format!("It is stamped {}, and this page reads version {}.", held.kit_hash, input.kit.hash),
        );
    }
    for told in held.room {
        tell(told.title.clone(), told.detail.clone());
    }
    let mut opened: Vec<&str> = Vec::new();
    for entry in held.record.entries().iter().filter(|e| !e.withdrawn) {
        match &entry.body {
            Body::Phase { phase } => opened.push(phase),
            Body::Asked { area, follow_up } => {
                let planned = held.agenda.iter().any(|p| p.area == *area && p.follow_ups.contains(follow_up));
                if !planned {
                    let text = input
                        .kit
                        .areas
                        .iter()
                        .find(|a| a.id == *area)
                        .and_then(|a| a.follow_ups.iter().find(|f| f.id == *follow_up))
                        .map_or(follow_up.as_str(), |f| f.text.as_str());
                    tell(format!("Asked outside the plan, {}", clock(entry.at_ms)), format!("{}: {text}", held.title));
                }
            }
            _ => {}
        }
    }
    let Some(ended_at) = held.record.clock.ended_at else { return };
    if held.record.was_on_paper() {
        tell(format!("{} was held on paper", held.title), "Which phases, prompts and follow-ups it had is not in the record.".to_owned());
    }
    let skipped: Vec<&str> =
        held.agenda.iter().filter(|p| !opened.contains(&p.id.as_str())).map(|p| p.title.as_str()).collect();
    if !skipped.is_empty() && !held.record.was_on_paper() {
        tell(format!("{} left out {}", held.title, if skipped.len() == 1 { "a phase" } else { "phases" }), skipped.join(", "));
    }
    let planned_ms = held.agenda.iter().map(|p| i64::from(p.minutes)).sum::<i64>() * 60_000;
    let ran_ms = held.record.clock.elapsed_ms(ended_at);
    if ran_ms * 100 > planned_ms * (100 + OVERRUN_PERCENT) {
        tell(
            format!("{} ran over", held.title),
            format!("{} minutes, and {} were planned.", (ran_ms + 59_999) / 60_000, planned_ms / 60_000),
        );
    }
}

fn day(at: Timestamp) -> String {
    at.strftime("%-d %B %Y").to_string()
}

fn clock(at_ms: i64) -> String {
    format!("{:02}:{:02}", at_ms / 60_000, at_ms / 1000 % 60)
}
