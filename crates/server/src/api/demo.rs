//! Loading the sample, and taking it away again.

use std::sync::Arc;

use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::dto::{DONE, Done};
use crate::{
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct LoadedDemo {
    /// The debrief worth reading first.
    pub loop_id: String,
}

/// Loads the sample: one opening, three candidates, complete records.
#[utoipa::path(post, path = "/api/demo", responses((status = 200, body = LoadedDemo), (status = 403, body = Problem), (status = 409, body = Problem)))]
pub async fn load(State(app): State<Arc<App>>, Me(me): Me) -> Answer<LoadedDemo> {
    ask(&me, Act::ManageDemo)?;
    if app.store.has_demo().await? {
        return Err(Problem::conflict("The sample is loaded already.", "Open it, or remove it first."));
    }
    let loop_id = crate::demo::load(&app, Timestamp::now()).await?.loop_id;
    Ok(Json(LoadedDemo { loop_id }))
}

/// Removes the sample in one step; nothing else is touched.
#[utoipa::path(delete, path = "/api/demo", responses((status = 200, body = Done), (status = 403, body = Problem), (status = 409, body = Problem)))]
pub async fn remove(State(app): State<Arc<App>>, Me(me): Me) -> Answer<Done> {
    ask(&me, Act::ManageDemo)?;
    if app.options.entry.is_some() {
        return Err(Problem::conflict("This server shows the sample and nothing else.", "Stop it; the next start makes the sample anew."));
    }
    app.store.remove_demo().await?;
    Ok(Json(DONE))
}
