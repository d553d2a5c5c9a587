//! The clock policy of a plan: when a phase of the interview begins, the room's clock stands or runs as the phase says.

use std::sync::Arc;

use seatrial_kit::{ClockStart, PlanPhase};
use seatrial_panel::record::{Body as EntryBody, Record};
use seatrial_room::{Body, Side};

use super::{interviews::Found, rooms::live_take};
use crate::{problem::Problem, rooms::Sent, state::App};

/// Tells the room of phases that began after `before`. Ids follow from the entries, so that it is told once.
///
/// # Errors
/// When the database does not answer. The record has its entries all the same.
pub async fn follow(app: &Arc<App>, found: &Found, record: &Record, before: i64) -> Result<(), Problem> {
    let begun = record.entries().iter().rev().take_while(|entry| entry.seq > before);
    // Of several at once the last is where the interview stands.
    let last = begun.into_iter().find_map(|entry| match &entry.body {
        EntryBody::Phase { phase } => Some((entry, phase_of(found, phase)?)),
        _ => None,
    });
    let Some((entry, phase)) = last else { return Ok(()) };
    let Some(room) = app.store.room_of(&found.interview.id).await? else { return Ok(()) };
    let stage = app.rooms.stage(app, &live_take(app, &room).await?).await?;
    // Before the log is looked at: whoever lets it run after this meant it, and is not undone.
    let running = stage.read(|take, _| take.desk().pace.running).await;
    // The record may arrive late, over a lost line most of all: somebody who set the clock meanwhile meant it.
    if let Some(moment) = entry.moment.as_ref().filter(|moment| moment.take == stage.take()) {
        let (reel, _) = stage.reel().await;
        let sets = |body: &Body| matches!(body, Body::Pause | Body::Resume | Body::Speed { .. } | Body::End);
        if reel.log().iter().any(|one| one.seq > moment.seq as u64 && one.side != Side::Room && sets(&one.body)) {
            return Ok(());
        }
    }
    let new = |(name, body)| Sent { id: format!("{name}-{}", entry.id), seen_v: u64::MAX, body, words: None };
    let wanted = follows_phase(phase, running).into_iter().map(new).collect();
    stage.act(app, Side::Room, "room", wanted).await?;
    Ok(())
}

/// What a room does when a phase begins, by short names that make ids of their own.
pub fn follows_phase(phase: &PlanPhase, running: bool) -> Vec<(&'static str, Body)> {
    match phase.clock.start {
        ClockStart::Stands if running => vec![("stand", Body::Pause)],
        ClockStart::Stands => Vec::new(),
        ClockStart::Runs => {
            let speed = ("speed", Body::Speed { times: phase.clock.speed });
            if running { vec![speed] } else { vec![speed, ("run", Body::Resume)] }
        }
    }
}

fn phase_of<'f>(found: &'f Found, phase: &str) -> Option<&'f PlanPhase> {
    let plan = found.kit.plan(found.interview.scenario.as_deref()?)?;
    let (area, id) = phase.split_once('/')?;
    plan.phases.iter().find(|one| one.area == area && one.id == id)
}
