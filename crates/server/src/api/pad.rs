//! The shared text of a room, for both sides. Who writes over a revision that is not the last one is told, and given it.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rooms::{of_take, readable};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rooms::Stage,
    session::Me,
    state::App,
};

/// The shared text of a room.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pad {
    pub rev: i64,
    pub text: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct WritePad {
    /// The revision that the text was made from.
    pub base_rev: i64,
    pub text: String,
}

const PAD_MAX: usize = 50_000;

pub async fn pad_of(app: &App, room: &str) -> Result<Pad, Problem> {
    let (rev, text) = app.store.pad(room).await?;
    Ok(Pad { rev, text })
}

pub async fn pad_written(app: &Arc<App>, stage: &Arc<Stage>, new: WritePad) -> Result<Pad, Problem> {
    if new.text.chars().count() > PAD_MAX {
        return Err(Problem::invalid(format!("The pad holds at most {PAD_MAX} letters.")));
    }
    match app.store.write_pad(&stage.room().id, new.base_rev, &new.text).await? {
        Some(rev) => {
            stage.pad_written(rev).await;
            Ok(Pad { rev, text: new.text })
        }
        None => {
            let current = pad_of(app, &stage.room().id).await?;
            Err(Problem::conflict("Somebody else wrote meanwhile.", "Put your change into the text as it is now.").with("current", current))
        }
    }
}

/// The shared text of a room, and its revision.
#[utoipa::path(get, path = "/api/takes/{id}/pad", params(("id" = String, Path)),
    responses((status = 200, body = Pad), (status = 404, body = Problem)))]
pub async fn read_pad(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<Pad> {
    let stage = readable(&app, &me, &id).await?;
    Ok(Json(pad_of(&app, &stage.room().id).await?))
}

/// Writes the shared text over the revision that it was made from.
#[utoipa::path(put, path = "/api/takes/{id}/pad", params(("id" = String, Path)), request_body = WritePad,
    responses((status = 200, body = Pad), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn write_pad(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(new): Body<WritePad>) -> Answer<Pad> {
    let (stage, of) = of_take(&app, &id).await?;
    of.may_write(&me)?;
    Ok(Json(pad_written(&app, &stage, new).await?))
}
