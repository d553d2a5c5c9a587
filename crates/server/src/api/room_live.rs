//! A take as server-sent events: the static picture, then frames with what changed.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::response::sse::Event;
use futures_util::stream as streams;
use jiff::Timestamp;
use seatrial_room::view::{self, Led, LedFault, PlannedFault, You};
use seatrial_store::RoomKind;
use tokio::time::Instant;

use super::{
    candidate::behind,
    drills::facts_of,
    interviews::find,
    live::{Events, events},
    rooms::live_take,
};
use crate::{
    live::Presence,
    rights::{Act, ask},
    rooms::{Audience, Seen, Stage},
    state::App,
};

/// Whose right it is, asked again and again while the stream is open.
#[derive(Debug, Clone)]
pub enum Guard {
    Person { id: String, password_no: i64, interview: String },
    /// The token of a candidate's link.
    Candidate(String),
    /// Somebody in a drill: with its whole truth, or as one of its operators.
    Drill { id: String, password_no: i64, whole: bool },
}

const ASKS_AGAIN: Duration = Duration::from_secs(5);
/// A frame is due even when nothing changes: it makes good for one that got lost.
const BEAT: Duration = Duration::from_secs(15);

impl Guard {
    /// Why the stream ends, if it does.
    async fn ends(&self, app: &App, stage: &Stage) -> Option<&'static str> {
        match self {
            Guard::Person { id, password_no, interview } => {
                let Ok(Some(me)) = app.store.person(id).await else { return Some("signed-out") };
                if me.password_no != *password_no {
                    return Some("signed-out");
                }
                match find(app, interview).await {
                    Ok(found) if found.may_read(&me).is_ok() => None,
                    _ => Some("no-longer-yours"),
                }
            }
            Guard::Drill { id, password_no, whole } => {
                let Ok(Some(me)) = app.store.person(id).await else { return Some("signed-out") };
                if me.password_no != *password_no {
                    return Some("signed-out");
                }
                let Ok(Some(drill)) = app.store.drill(&stage.room().id).await else { return Some("no-longer-yours") };
                let facts = facts_of(&drill, stage).await;
                let act = if *whole { Act::ReadDrill(&facts) } else { Act::EnterDrill(&facts) };
                ask(&me, act).is_err().then_some("no-longer-yours")
            }
            Guard::Candidate(token) => {
                if behind(app, token, Timestamp::now()).await.is_err() {
                    return Some("link-closed");
                }
                match live_take(app, stage.room()).await {
                    Ok(take) if take == stage.take() => None,
                    _ => Some("another-take"),
                }
            }
        }
    }
}

/// What a candidate can do in the tutorial.
const TUTORIAL: &str = "Nobody watches this room and nothing in it is scored or kept for the panel. Let time run, and make it faster. \
    Click a box to see its figures. Answer a decision in your own words, then look at its options. After six minutes of the room's time \
    something goes wrong by itself: find out what a customer means, search for their parcel under Traces, and answer them.";

/// The plan that leads through a room. Of it a candidate is told the brief, and nothing else is put into their copy.
async fn led(app: &App, stage: &Stage, you: You) -> Option<Led> {
    let room = stage.room();
    if room.kind == RoomKind::Tutorial {
        let play = stage.read(|take, _| take.play().clone()).await;
        return Some(Led {
            title: "Try the room out".into(),
            story: play.compiled.story.clone(),
            task: TUTORIAL.into(),
            faults: BTreeMap::new(),
        });
    }
    let kit = match &room.interview_id {
        Some(interview) => find(app, interview).await.ok()?.kit,
        None => app.kit.clone(),
    };
    let plan = kit.plan(&room.scenario)?;
    let brief = &plan.brief;
    if you == You::Candidate {
        return Some(Led { title: brief.title.clone(), story: brief.story.clone(), task: brief.task.clone(), faults: BTreeMap::new() });
    }
    let armed = plan.phases.iter().flat_map(|phase| phase.faults.iter().map(move |armed| (phase, armed)));
    let faults = armed.zip(0u32..).map(|((phase, armed), place)| {
        let planned = PlannedFault {
            phase: phase.agenda_id(),
            phase_title: phase.title.clone(),
            place,
            from_minutes: armed.from_minutes,
            to_minutes: armed.to_minutes,
        };
        (armed.fault.clone(), LedFault { title: armed.title.clone(), reveals: armed.reveals.clone(), planned })
    });
    Some(Led { title: plan.title.clone(), story: brief.story.clone(), task: brief.task.clone(), faults: faults.collect() })
}

enum Next {
    Hello,
    Frames,
    Over,
}

pub async fn stream(app: Arc<App>, stage: Arc<Stage>, presence: Presence, audience: Audience, you: You, guard: Guard) -> Events {
    let mut watching = stage.watch();
    watching.beat.mark_changed();
    let state = (app, stage, watching, presence, guard, Seen::default(), Instant::now(), Next::Hello);
    events(streams::unfold(state, move |(app, stage, mut watching, presence, guard, mut seen, mut asked, next)| async move {
        let event = match next {
            Next::Over => return None,
            Next::Hello => {
                let row = stage.row().clone();
                let of = match &row.of {
                    Some(of) => app.store.take(&of.take).await.ok().flatten().map(|parent| (parent.n, of.v)),
                    None => None,
                };
                let led = led(&app, &stage, you).await;
                let hello = stage.read(|take, _| view::hello(take, you, led.as_ref(), (row.id.clone(), row.n, of))).await;
                Event::default().event("hello").json_data(&hello).ok()?
            }
            Next::Frames => loop {
                let _ = tokio::time::timeout(BEAT, watching.beat.changed()).await;
                if asked.elapsed() >= ASKS_AGAIN {
                    asked = Instant::now();
                    if let Some(why) = guard.ends(&app, &stage).await {
                        let gone = Event::default().event("gone").data(format!("{{\"why\":\"{why}\"}}"));
                        return Some((Ok(gone), (app, stage, watching, presence, guard, seen, asked, Next::Over)));
                    }
                }
                watching.beat.mark_unchanged();
                if let Some(frame) = stage.scene().frame(audience, &mut seen) {
                    break Event::default().event("frame").data(frame);
                }
            },
        };
        Some((Ok(event), (app, stage, watching, presence, guard, seen, asked, Next::Frames)))
    }))
}
