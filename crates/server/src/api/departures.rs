//! Where a room departed from its plan: spans that do not count, faults outside their window, a second take. Everybody of an
//! opening is promised the same; what was different is told in the debrief and changes no level.

use std::collections::BTreeMap;

use seatrial_kit::{ArmedFault, Kit, ScenarioPlan};
use seatrial_panel::{
    debrief::Deviation,
    record::{Body as Entry, Record},
};
use seatrial_room::Body;
use seatrial_store::{CommandRow, InterviewRow, TakeRow};

use super::facts::{Loop, People};
use crate::{problem::Problem, state::App};

const MINUTE_NS: i64 = 60_000_000_000;

/// By interview, for those that had a room.
pub async fn departures(app: &App, l: &Loop, kit: &Kit, people: &People) -> Result<BTreeMap<String, Vec<Deviation>>, Problem> {
    let mut all = BTreeMap::new();
    for interview in &l.interviews {
        let Some(room) = app.store.room_of(&interview.id).await? else { continue };
        let play = app.rooms_library.version(&app.store, &room.scenario_hash).await?;
        let takes = app.store.takes_of(&room.id).await?;
        // An interview that was led by its area's own phases cannot depart from a plan's.
        let plan = interview.scenario.as_deref().and_then(|scenario| kit.plan(scenario));
        let mut told = Told { interview, opens: play.opens() as i64, plan, record: l.record(&interview.id), people, found: Vec::new() };
        // A fork is somebody's question afterwards; it departs from nothing.
        let held: Vec<&TakeRow> = takes.iter().filter(|take| take.of.is_none()).collect();
        if held.len() > 1 {
            told.tell(format!("{} was begun anew", interview.title), format!("Its room has {} takes with the same customers.", held.len()));
        }
        for take in held {
            let commands = app.store.commands(&take.id).await?;
            commands.iter().for_each(|command| told.command(take, command));
        }
        all.insert(interview.id.clone(), told.found);
    }
    Ok(all)
}

struct Told<'a> {
    interview: &'a InterviewRow,
    opens: i64,
    plan: Option<&'a ScenarioPlan>,
    record: &'a Record,
    people: &'a People,
    found: Vec<Deviation>,
}

impl Told<'_> {
    fn tell(&mut self, title: String, detail: String) {
        self.found.push(Deviation { title, detail });
    }

    fn command(&mut self, take: &TakeRow, command: &CommandRow) {
        let Ok(body) = serde_json::from_str::<Body>(&command.body) else { return };
        match body {
            Body::Void { from, to } => {
                let (from, to) = (self.clock(from as i64), self.clock(to as i64));
                let why = command.words.as_deref().map(str::trim).filter(|words| !words.is_empty()).unwrap_or("no reason was given");
                let by = self.people.name(&command.who);
                self.tell(format!("From {from} to {to} nothing counts"), format!("{}, {by}: {why}", self.interview.title));
            }
            Body::Fire { fault } => self.fired(take, command.v, &fault),
            _ => {}
        }
    }

    /// A fault belongs to a phase, and to some minutes of it.
    fn fired(&mut self, take: &TakeRow, at: i64, fault: &str) {
        let Some(plan) = self.plan else { return };
        let at_clock = self.clock(at);
        let planned = plan.phases.iter().find_map(|phase| phase.faults.iter().find(|armed| armed.fault == fault).map(|armed| (phase, armed)));
        let Some((phase, armed)) = planned else {
            let name = fault.replace(['_', '-'], " ");
            return self.tell(format!("A fault that the plan does not have, {at_clock}"), format!("{}: {name}", self.interview.title));
        };
        let window = format!("{} to {} minutes into “{}”", armed.from_minutes, armed.to_minutes, phase.title);
        let Some(began) = self.began(take, &phase.agenda_id(), at) else {
            return self.tell(
                format!("{} came outside its phase, {at_clock}", armed.title),
                format!("{}: the plan has it {window}.", self.interview.title),
            );
        };
        if !in_window(armed, at - began) {
            let minutes = (at - began) / MINUTE_NS;
            self.tell(
                format!("{} came outside its window, {at_clock}", armed.title),
                format!("{}: {minutes} minutes into the phase; the plan has it {window}.", self.interview.title),
            );
        }
    }

    /// The room's time when the phase that was open at `at` began, if it is this one.
    fn began(&self, take: &TakeRow, phase: &str, at: i64) -> Option<i64> {
        let entries = self.record.entries().iter().filter(|entry| !entry.withdrawn);
        let opened = entries.filter_map(|entry| match (&entry.body, &entry.moment) {
            (Entry::Phase { phase }, Some(moment)) if moment.take == take.id => Some((phase, moment.v)),
            _ => None,
        });
        let (open, began) = opened.filter(|(_, v)| *v <= at).last()?;
        (open == phase).then_some(began)
    }

    /// `7:10`, as the room's clock has it.
    fn clock(&self, v: i64) -> String {
        let s = (v - self.opens).max(0) / 1_000_000_000;
        format!("{}:{:02}", s / 60, s % 60)
    }
}

fn in_window(armed: &ArmedFault, into_phase_ns: i64) -> bool {
    // A press takes a moment; the minute in which the window closes is still in it.
    let minutes = into_phase_ns / MINUTE_NS;
    i64::from(armed.from_minutes) <= minutes && minutes <= i64::from(armed.to_minutes)
}
