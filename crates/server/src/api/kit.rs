//! The kit: as data, and printed.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use seatrial_export::{Fonts, Format, LoopSession, LoopSheet, Part, export_with, file_name, json_schema};
use seatrial_kit::Kit;
use serde::Deserialize;
use utoipa::IntoParams;

use super::facts::{Loop, People};
use crate::{
    extract::Query,
    fonts::fonts_for,
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct KitVersion {
    /// The version that a record is stamped with; today's when left out.
    pub hash: Option<String>,
    /// With this scenario's plan in the place of what its areas ask by themselves: how an interview over it reads the kit.
    pub scenario: Option<String>,
    /// With what every plan asks and listens for beside the areas' own: how pages over several interviews read it.
    #[serde(default)]
    pub all_plans: bool,
}

/// The kit, whole.
#[utoipa::path(get, path = "/api/kit", params(KitVersion), responses((status = 200, body = Kit), (status = 404, body = Problem)))]
pub async fn read(State(app): State<Arc<App>>, Me(me): Me, Query(version): Query<KitVersion>) -> Answer<Kit> {
    ask(&me, Act::ReadKit)?;
    let kit = match version.hash {
        Some(hash) => app.kit_of(&hash).await?,
        None => app.kit.clone(),
    };
    let laid = match &version.scenario {
        Some(scenario) => Some(kit.with_plan(scenario).ok_or_else(|| Problem::not_found("plan of this scenario"))?),
        None if version.all_plans => Some(kit.with_all_plans()),
        None => None,
    };
    Ok(Json(laid.unwrap_or_else(|| Kit::clone(&kit))))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// html, pdf, md, csv or json.
    pub to: String,
    pub area: Option<String>,
    pub pack: Option<String>,
    pub seniority: Option<String>,
    pub opening: Option<String>,
    /// A scenario's plan.
    pub plan: Option<String>,
}

/// Prints the kit, an area, a role pack, a scenario's plan, or an opening's plan.
#[utoipa::path(get, path = "/api/kit/export", params(Wanted),
    responses((status = 200, description = "The file", content_type = "application/octet-stream"),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn export(State(app): State<Arc<App>>, me: Me, Query(wanted): Query<Wanted>) -> Result<Response, Problem> {
    ask(&me.0, Act::ReadKit)?;
    let format = Format::from_extension(&wanted.to)
        .ok_or_else(|| Problem::invalid(format!("A kit prints to html, pdf, md, csv or json, not to “{}”.", wanted.to)))?;
    let mut kit = app.kit.clone();
    let part = match (&wanted.opening, &wanted.plan, &wanted.pack, &wanted.area) {
        (Some(opening), _, _, _) => {
            let sheet = sheet(&app, &me, opening).await?;
            kit = sheet.1;
            Part::Loop(sheet.0)
        }
        (None, Some(plan), _, _) => Part::Plan(plan),
        (None, None, Some(pack), _) => Part::Pack { pack, seniority: wanted.seniority.as_deref() },
        (None, None, None, Some(area)) => Part::Area(area),
        (None, None, None, None) => Part::Whole,
    };
    let name = file_name(&kit, &part, format);
    let fonts = match (&part, format) {
        // The kit's own text is known; what people typed may be in any script.
        (Part::Loop(sheet), Format::Pdf) => {
            let people = sheet.sessions.iter().flat_map(|s| s.asked_by.iter().chain([&s.title, &s.reason]));
            fonts_for(&people.chain([&sheet.title, &sheet.team]).chain(&sheet.rules).map(String::as_str).collect::<String>())
        }
        _ => Fonts::default(),
    };
    let bytes = export_with(&kit, &part, format, &fonts).map_err(|e| Problem::invalid(e.to_string()))?;
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .unwrap_or(HeaderValue::from_static("attachment"));
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())), (header::CONTENT_DISPOSITION, disposition)];
    Ok((StatusCode::OK, headers, bytes).into_response())
}

async fn sheet(app: &App, me: &Me, id: &str) -> Result<(LoopSheet, Arc<Kit>), Problem> {
    let opening = app.store.opening(id).await?.ok_or_else(|| Problem::not_found("opening"))?;
    let people = People::read(app).await?;
    let mut takes_part = false;
    let mut names: Vec<(String, String)> = Vec::new();
    for row in app.store.loops().await?.into_iter().filter(|l| l.opening_id.as_deref() == Some(id)) {
        let l = Loop::read(app, &row.id).await?;
        takes_part |= l.participants.iter().any(|p| p.person_id == me.0.id);
        for interview in &l.interviews {
            let session = interview.session_id.clone().unwrap_or_default();
            for p in l.participants.iter().filter(|p| p.interview_id == interview.id) {
                let name = (session.clone(), people.name(&p.person_id));
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    ask(&me.0, Act::ReadOpening { takes_part })?;
    let kit = app.kit_of(&opening.kit_hash).await?;
    let sessions = opening
        .plan
        .iter()
        .map(|s| {
            let assigned: Vec<String> = names.iter().filter(|(of, _)| *of == s.id).map(|(_, n)| n.clone()).collect();
            LoopSession {
                title: s.title.clone(),
                asked_by: if assigned.is_empty() { vec![s.asked_by.clone()] } else { assigned },
                reason: s.reason.clone(),
                items: s.items.clone(),
            }
        })
        .collect();
    let sheet = LoopSheet { title: opening.title, team: opening.team, bar: opening.bar.lines, rules: opening.bar.rules, sessions };
    Ok((sheet, kit))
}

/// The JSON Schema of the JSON export.
#[utoipa::path(get, path = "/api/kit/schema", responses((status = 200, description = "A JSON Schema", content_type = "application/schema+json")))]
pub async fn schema() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/schema+json")], json_schema())
}
