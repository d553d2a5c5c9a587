//! What an interview over a scenario is called, and what the candidate is told of it.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}};
use seatrial_kit::{AgendaPhase, Kit, plan_agenda};
use seatrial_store::InterviewRow;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

/// The scenario that an interview is held over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScenarioRef {
    pub id: String,
    pub title: String,
}

impl ScenarioRef {
    /// None for an interview about areas by themselves. `kit` is the one that the interview is stamped with.
    pub fn of(kit: &Kit, interview: &InterviewRow) -> Option<Self> {
        let id = interview.scenario.clone()?;
        let title = kit.plan(&id).map_or_else(|| id.clone(), |plan| plan.title.clone());
        Some(Self { id, title })
    }
}

/// What a candidate may read of a scenario: its story, what is wanted of them, what they can do, and what is assessed. A type
/// of its own, so that nothing else of a plan can be sent along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CandidateBrief {
    pub title: String,
    pub story: String,
    pub task: String,
    pub can: Vec<String>,
    pub assessed: Vec<String>,
}

impl CandidateBrief {
    pub fn of(kit: &Kit, interview: &InterviewRow) -> Option<Self> {
        let brief = kit.plan(interview.scenario.as_deref()?)?.brief.clone();
        Some(Self { title: brief.title, story: brief.story, task: brief.task, can: brief.can, assessed: brief.assessed })
    }
}

/// Title, areas and agenda of an interview over a scenario; none when the kit has no plan for it.
pub fn planned(kit: &Kit, scenario: &str) -> Option<(String, Vec<String>, Vec<AgendaPhase>)> {
    let plan = kit.plan(scenario)?;
    Some((plan.title.clone(), plan.areas.clone(), plan_agenda(plan)))
}

/// What a scenario may be held as besides what is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScenarioVariation {
    pub name: String,
    /// What is different, for the panel.
    pub says: String,
}

impl ScenarioVariation {
    pub fn all(compiled: &seatrial_scenario::Compiled) -> Vec<ScenarioVariation> {
        compiled.variations.iter().map(|v| ScenarioVariation { name: v.name.clone(), says: v.says.clone() }).collect()
    }
}

/// The variations of a running scenario of the kit.
#[utoipa::path(get, path = "/api/scenarios/{id}/variations", params(("id" = String, Path)),
    responses((status = 200, body = Vec<ScenarioVariation>), (status = 401, body = Problem), (status = 422, body = Problem)))]
pub async fn variations(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<Vec<ScenarioVariation>> {
    ask(&me, Act::ReadKit)?;
    let today = app.rooms_library.today(&id, None)?;
    Ok(Json(ScenarioVariation::all(&today.play.compiled)))
}
