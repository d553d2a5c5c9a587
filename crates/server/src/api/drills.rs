//! Drills: colleagues over one running system. There is no candidate, no record and no scorecard, and nothing of a drill enters
//! what belongs to hiring. Operators have a candidate's view and a candidate's hands; whoever leads has the panel's view. When a
//! drill has ended, everybody who was in it is told the whole of it, by the same addresses as any room (`takes`).

use std::sync::Arc;

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_room::engine;
use seatrial_store::{DrillRow, NewRoom, PersonRow, RoomKind, RoomRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    dto::{At, PersonRef},
    facts::People,
    rooms::{live_take, new_seed},
    scenario::ScenarioVariation,
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, DrillFacts, ask},
    rooms::Stage,
    session::Me,
    state::App,
};

/// A drill with what its rights depend on.
pub struct Held {
    pub room: RoomRow,
    pub take: String,
    pub row: DrillRow,
    pub facts: DrillFacts,
}

/// A drill by its room, if it is one.
pub async fn held(app: &Arc<App>, id: &str) -> Result<Held, Problem> {
    let not_there = || Problem::not_found("drill");
    let row = app.store.drill(id).await?.ok_or_else(not_there)?;
    let room = app.store.room(id).await?.ok_or_else(not_there)?;
    let take = live_take(app, &room).await?;
    let stage = app.rooms.stage(app, &take).await?;
    let facts = facts_of(&row, &stage).await;
    Ok(Held { room, take, row, facts })
}

/// Whether it is over is the log's to say, and nobody else's.
pub async fn facts_of(row: &DrillRow, stage: &Stage) -> DrillFacts {
    let over = stage.read(|take, _| take.desk().ended.is_some()).await;
    DrillFacts { leader: row.leader.clone(), members: row.members.iter().cloned().collect(), over }
}

/// How it is called, without giving away what goes wrong: the brief's title where a plan has one.
pub async fn title(app: &App, scenario: &str, hash: &str) -> String {
    if let Some(plan) = app.kit.plan(scenario) {
        return plan.brief.title.clone();
    }
    match app.rooms_library.version(&app.store, hash).await {
        Ok(play) => play.compiled.title.clone(),
        Err(_) => scenario.to_owned(),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DrillPart {
    /// Breaks things, and sees what is true.
    Leader,
    /// Runs the system, and sees what a team would see.
    Operator,
    /// Has the address, and is not in it yet.
    Invited,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Drill {
    pub id: String,
    pub take: String,
    pub title: String,
    /// The variation of the scenario that it is, for whoever leads, and for all once it has ended.
    pub variation: Option<String>,
    pub you: DrillPart,
    /// None where faults come by themselves.
    pub leader: Option<PersonRef>,
    pub people: Vec<PersonRef>,
    /// It has ended: everything is told.
    pub over: bool,
    pub created_at: At,
    /// To send to colleagues; whoever opens it signs in.
    pub link: String,
    /// Somebody on another machine can open it.
    pub reachable: bool,
}

async fn view(app: &App, held: &Held, me: &PersonRow) -> Result<Drill, Problem> {
    let people = People::read(app).await?;
    let you = match () {
        () if held.facts.leads(&me.id) => DrillPart::Leader,
        () if held.facts.members.contains(&me.id) => DrillPart::Operator,
        () => DrillPart::Invited,
    };
    let version = app.rooms_library.version(&app.store, &held.room.scenario_hash).await;
    let variation = version.ok().and_then(|play| play.compiled.variation.clone());
    Ok(Drill {
        id: held.room.id.clone(),
        take: held.take.clone(),
        title: title(app, &held.room.scenario, &held.room.scenario_hash).await,
        variation: variation.filter(|_| held.facts.over || you == DrillPart::Leader),
        you,
        leader: held.row.leader.as_ref().map(|id| people.one(id)),
        people: held.row.members.iter().map(|id| people.one(id)).collect(),
        over: held.facts.over,
        created_at: At(held.room.created_at),
        link: format!("{}/drills/{}", app.base_url(), held.room.id),
        reachable: app.reachable(),
    })
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewDrill {
    /// A running scenario of the kit.
    pub scenario: String,
    /// A variation of it, by its name.
    pub variation: Option<String>,
    /// Whoever makes it leads, and breaks things by hand. Otherwise nobody leads, and what goes wrong comes by itself.
    pub lead: bool,
}

/// Opens a drill.
#[utoipa::path(post, path = "/api/drills", request_body = NewDrill,
    responses((status = 200, body = Drill), (status = 422, body = Problem)))]
pub async fn make(State(app): State<Arc<App>>, Me(me): Me, Body(new): Body<NewDrill>) -> Answer<Drill> {
    ask(&me, Act::HoldDrill)?;
    let today = app.rooms_library.today(&new.scenario, new.variation.as_deref())?;
    let room = NewRoom {
        interview_id: None,
        kind: if new.lead { RoomKind::Drill } else { RoomKind::OpenDrill },
        rehearsal: None,
        scenario: new.scenario,
        scenario_hash: today.play.compiled.hash.clone(),
        files: today.files,
        entry: today.entry,
        engine: engine(),
        seed: new_seed()?,
        created_by: me.id.clone(),
        created_at: Timestamp::now(),
        opens_v: today.play.opens() as i64,
    };
    let leader = new.lead.then_some(me.id.as_str());
    let (id, _) = app.store.add_drill(&room, leader).await?;
    let held = held(&app, &id).await?;
    Ok(Json(view(&app, &held, &me).await?))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DrillListRow {
    pub id: String,
    pub title: String,
    pub you: DrillPart,
    pub made_by: String,
    pub created_at: At,
}

/// A scenario that a drill can be held over.
#[derive(Debug, Serialize, ToSchema)]
pub struct DrillScenario {
    pub id: String,
    pub title: String,
    pub story: String,
    /// Minutes of its own time.
    pub minutes: u64,
    pub variations: Vec<ScenarioVariation>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Drills {
    pub scenarios: Vec<DrillScenario>,
    /// Those that you are in, the newest first.
    pub yours: Vec<DrillListRow>,
}

const LISTED: i64 = 20;

/// What a drill can be held over, with a plan or without, and the drills that you are in.
#[utoipa::path(get, path = "/api/drills", responses((status = 200, body = Drills)))]
pub async fn list(State(app): State<Arc<App>>, Me(me): Me) -> Answer<Drills> {
    ask(&me, Act::HoldDrill)?;
    let people = People::read(&app).await?;
    let mut rows = Vec::new();
    for of in app.store.drills_of(&me.id, LISTED).await? {
        rows.push(DrillListRow {
            title: title(&app, &of.scenario, &of.scenario_hash).await,
            id: of.room_id,
            you: if of.leader.as_deref() == Some(&me.id) { DrillPart::Leader } else { DrillPart::Operator },
            made_by: people.name(&of.made_by),
            created_at: At(of.created_at),
        });
    }
    let mut scenarios = Vec::new();
    for id in app.rooms_library.names() {
        // One with mistakes runs for nobody, and `seatrial check` says why.
        let Ok(today) = app.rooms_library.today(id, None) else { continue };
        let brief = app.kit.plan(id).map(|plan| &plan.brief);
        scenarios.push(DrillScenario {
            id: id.to_owned(),
            title: brief.map_or(&today.play.compiled.title, |brief| &brief.title).clone(),
            story: brief.map_or(&today.play.compiled.story, |brief| &brief.story).clone(),
            minutes: today.play.system.clock.play / 60_000_000_000,
            variations: ScenarioVariation::all(&today.play.compiled),
        });
    }
    Ok(Json(Drills { scenarios, yours: rows }))
}

/// A drill, for whoever has its address.
#[utoipa::path(get, path = "/api/drills/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Drill), (status = 404, body = Problem)))]
pub async fn read(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<Drill> {
    ask(&me, Act::HoldDrill)?;
    let held = held(&app, &id).await?;
    Ok(Json(view(&app, &held, &me).await?))
}

/// Joins a drill as one of its operators; again changes nothing.
#[utoipa::path(post, path = "/api/drills/{id}/people", params(("id" = String, Path)),
    responses((status = 200, body = Drill), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn join(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<Drill> {
    let there = held(&app, &id).await?;
    ask(&me, Act::JoinDrill(&there.facts))?;
    app.store.join_drill(&id, &me.id, Timestamp::now()).await?;
    let held = held(&app, &id).await?;
    Ok(Json(view(&app, &held, &me).await?))
}
