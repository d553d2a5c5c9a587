//! The start page: what can be begun, what is under way, what waits for you.

use std::{collections::{BTreeMap, BTreeSet}, sync::Arc};

use axum::{Json, extract::State};
use jiff::Timestamp;
use seatrial_panel::{debrief::is_over, progress::NextKind, record::ClockState};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    dto::{At, InterviewListRow, LoopRow},
    facts::{Loop, opening_ref},
    interviews::list_rows,
};
use crate::{
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct StartOpening {
    pub id: String,
    pub title: String,
    pub team: String,
    pub pack_title: String,
    pub seniority_title: String,
    pub bar_written_at: Option<At>,
    pub closed_at: Option<At>,
    pub loops: Vec<LoopRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaitingKind {
    Scorecard,
    Debrief,
    Interview,
    Bar,
}

/// Something that only you can move on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    pub kind: WaitingKind,
    pub loop_id: Option<String>,
    pub interview_id: Option<String>,
    pub opening_id: Option<String>,
    pub title: String,
    pub detail: String,
    pub due_at: Option<At>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Start {
    /// Nothing has been held or written that you may see.
    pub empty: bool,
    pub last_area: Option<String>,
    /// When you last asked about each area.
    pub last_asked: BTreeMap<String, At>,
    pub openings: Vec<StartOpening>,
    pub waiting: Vec<Waiting>,
    /// The newest few.
    pub recent: Vec<InterviewListRow>,
    pub records: usize,
    /// Scenarios with a plan whose system runs, by id: an interview over one has a room. The others can be talked through.
    pub running: Vec<String>,
}

const RECENT_MAX: usize = 5;

/// Openings that somebody may see, each with its loops.
pub async fn openings_seen(app: &App, me: &Me) -> Result<(Vec<StartOpening>, Vec<Loop>), Problem> {
    let decided: BTreeSet<String> = app.store.decided_loops().await?.into_iter().collect();
    let mut loops = Vec::new();
    for row in app.store.loops().await? {
        let full = Loop::read(app, &row.id).await?;
        if ask(&me.0, Act::ReadLoop(&full.facts())).is_ok() {
            loops.push(full);
        }
    }
    let mut openings = Vec::new();
    for opening in app.store.openings().await? {
        let of: Vec<&Loop> = loops.iter().filter(|l| l.row.opening_id.as_deref() == Some(&opening.id)).collect();
        let takes_part = of.iter().any(|l| l.participants.iter().any(|p| p.person_id == me.0.id));
        if ask(&me.0, Act::ReadOpening { takes_part }).is_err() {
            continue;
        }
        let kit = app.kit_of(&opening.kit_hash).await?;
        let names = opening_ref(&kit, &opening);
        openings.push(StartOpening {
            id: opening.id.clone(),
            title: names.title,
            team: names.team,
            pack_title: names.pack_title,
            seniority_title: names.seniority_title,
            bar_written_at: opening.bar.written_at.map(At),
            closed_at: opening.closed_at.map(At),
            loops: of.iter().rev().map(|l| l.list_row(&kit, decided.contains(&l.row.id))).collect(),
        });
    }
    Ok((openings, loops))
}

/// What the start page shows.
#[utoipa::path(get, path = "/api/start", responses((status = 200, body = Start), (status = 401, body = Problem)))]
pub async fn read(State(app): State<Arc<App>>, me: Me) -> Answer<Start> {
    ask(&me.0, Act::ReadKit)?;
    let now = Timestamp::now();
    let (openings, loops) = openings_seen(&app, &me).await?;
    let decided: BTreeSet<String> = app.store.decided_loops().await?.into_iter().collect();
    let rows = list_rows(&app, &me, &loops, now).await?;
    let mut last_asked: BTreeMap<String, At> = BTreeMap::new();
    for row in rows.iter().filter(|r| r.mine) {
        for area in &row.areas {
            if let Some(at) = row.started_at {
                let slot = last_asked.entry(area.clone()).or_insert(at);
                *slot = (*slot).max(at);
            }
        }
    }
    let last_area = last_asked.iter().max_by_key(|(_, at)| **at).map(|(area, _)| area.clone());
    let was_held = |r: &InterviewListRow| !matches!(r.state, ClockState::Planned | ClockState::CalledOff);
    let held: Vec<InterviewListRow> = rows.into_iter().filter(was_held).collect();
    let mut waiting: Vec<Waiting> = loops.iter().flat_map(|l| waiting_in(&app, l, &me, decided.contains(&l.row.id))).collect();
    waiting.extend(openings.iter().filter(|o| o.bar_written_at.is_none() && ask(&me.0, Act::WriteOpenings).is_ok()).map(|o| Waiting {
        kind: WaitingKind::Bar,
        loop_id: None,
        interview_id: None,
        opening_id: Some(o.id.clone()),
        title: format!("Bar for {}", o.title),
        detail: "No candidate can be added before it is written.".to_owned(),
        due_at: None,
    }));
    waiting.sort_by_key(|w| (w.due_at.is_none(), w.due_at));
    let runs = app.rooms_library.names();
    let running = app.kit.plans.iter().map(|plan| &plan.scenario).filter(|scenario| runs.contains(&scenario.as_str()));
    Ok(Json(Start {
        running: running.cloned().collect(),
        empty: openings.is_empty() && loops.is_empty(),
        last_area,
        last_asked,
        records: held.len(),
        recent: held.into_iter().take(RECENT_MAX).collect(),
        openings,
        waiting,
    }))
}

fn waiting_in(app: &App, l: &Loop, me: &Me, decided: bool) -> Vec<Waiting> {
    let person = &me.0.id;
    let mut waiting = Vec::new();
    let mine = |id: &str| l.is_in(id, person);
    let titles = |areas: &[String]| {
        let names: Vec<&str> = areas
            .iter()
            .map(|id| app.kit.areas.iter().find(|a| a.id == *id).map_or(id.as_str(), |a| a.short.as_str()))
            .collect();
        names.join(", ")
    };
    for interview in l.interviews.iter().filter(|i| mine(&i.id)) {
        let state = l.record(&interview.id).clock.state;
        if is_over(state) {
            continue;
        }
        // An interview alone that was never started waits for nobody.
        if state == ClockState::Planned && l.row.opening_id.is_none() {
            continue;
        }
        waiting.push(Waiting {
            kind: WaitingKind::Interview,
            loop_id: Some(l.row.id.clone()),
            interview_id: Some(interview.id.clone()),
            opening_id: None,
            title: format!("Interview with {}, {}", l.row.code, interview.title),
            detail: match state {
                ClockState::Planned if interview.scheduled_at.is_none() => "No date is set.".to_owned(),
                ClockState::Planned => titles(&interview.areas),
                _ => "It is under way.".to_owned(),
            },
            due_at: interview.scheduled_at.map(At),
        });
    }
    let held = l.interviews.iter().any(|i| mine(&i.id) && l.record(&i.id).clock.state == ClockState::Ended);
    if let Some((_, areas)) = l.due().into_iter().find(|(p, _)| p == person)
        && held
        && l.excuse(person).is_none()
        && !l.submitted.contains_key(person)
    {
        let due = l.interviews.iter().filter(|i| mine(&i.id)).filter_map(|i| i.due_at).max();
        waiting.push(Waiting {
            kind: WaitingKind::Scorecard,
            loop_id: Some(l.row.id.clone()),
            interview_id: None,
            opening_id: None,
            title: format!("Scorecard for {}", l.row.code),
            detail: titles(&areas),
            due_at: due.map(At),
        });
    }
    let next = l.list_row(&app.kit, decided).next.kind;
    if next == NextKind::Debrief && l.row.opening_id.is_some() && ask(&me.0, Act::ReadJudgements(&l.facts())).is_ok() {
        waiting.push(Waiting {
            kind: WaitingKind::Debrief,
            loop_id: Some(l.row.id.clone()),
            interview_id: None,
            opening_id: None,
            title: format!("Debrief for {}", l.row.code),
            detail: "All scorecards are in, and nothing is decided.".to_owned(),
            due_at: None,
        });
    }
    waiting
}
