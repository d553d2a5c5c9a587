//! What a manager may do out of the ordinary, each with a reason that is logged and shown: call an interview off, excuse
//! somebody from their scorecard, open a debrief early.

use std::sync::Arc;

use axum::extract::{Path, State};
use jiff::Timestamp;
use seatrial_panel::{
    debrief::{NoExcuse, may_excuse},
    record::{Body as EntryBody, Context, Draft, accept},
};
use seatrial_store::ExcuseRow;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    debrief::{Debrief, said as debrief_said},
    facts::{Loop, People, line},
    interviews::find,
    loops::{LoopView, said as loop_said},
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

const REASON_CHARS_MAX: usize = 1000;

#[derive(Debug, Deserialize, ToSchema)]
pub struct Exception {
    pub reason: String,
}

/// Calls off an interview that was planned and never began: nothing of it is awaited any more, and its candidate's links
/// open nothing. Logged, shown, and not undone.
#[utoipa::path(post, path = "/api/interviews/{id}/call-off", params(("id" = String, Path)), request_body = Exception,
    responses((status = 200, body = LoopView), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn call_off(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Body(exception): Body<Exception>,
) -> Answer<LoopView> {
    let found = find(&app, &id).await?;
    ask(&me, Act::ManageLoop(&found.l.facts()))?;
    let reason = line("The reason", &exception.reason, REASON_CHARS_MAX)?;
    // An entry like others, so that a start at the same moment comes before it or after it, and never beside it.
    let draft = Draft { id: uuid::Uuid::now_v7().to_string(), at_ms: 0, body: EntryBody::CallOff { reason }, waited_ms: 0, moment: None };
    let (results, _) = app
        .store
        .append(&id, Timestamp::now(), vec![draft], |record, now, draft| {
            accept(record, &Context { agenda: &[], areas: &[], material: &[] }, &me.id, now, draft)
        })
        .await?;
    if let Some((_, Err(why))) = results.into_iter().next() {
        return Err(Problem::conflict(format!("This cannot be done: {why}."), "Reload the page to see how things stand."));
    }
    tracing::info!(interview = id, by = me.id, "interview called off");
    app.hub.tell(&id);
    loop_said(&app, &me, &found.l.row.id).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewExcuse {
    pub person: String,
    pub reason: String,
}

/// Excuses somebody from their scorecard: nobody waits for it any more. They may still write it, and see nothing of the
/// others before. Logged, shown, and not undone.
#[utoipa::path(post, path = "/api/loops/{id}/excuses", params(("id" = String, Path)), request_body = NewExcuse,
    responses((status = 200, body = Debrief), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn excuse(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(new): Body<NewExcuse>) -> Answer<Debrief> {
    let l = Loop::read(&app, &id).await?;
    ask(&me, Act::ManageLoop(&l.facts()))?;
    let name = People::read(&app).await?.name(&new.person);
    may_excuse(&l.dues(), &new.person).map_err(|why| match why {
        NoExcuse::NothingDue => Problem::invalid("No scorecard of this person is due here."),
        NoExcuse::Submitted => Problem::conflict(format!("The scorecard of {name} is in."), "Reload the page."),
        NoExcuse::Already => Problem::conflict(format!("{name} was excused already."), "Reload the page."),
    })?;
    let reason = line("The reason", &new.reason, REASON_CHARS_MAX)?;
    app.store.excuse(&id, &ExcuseRow { person: new.person, by: me.id.clone(), at: Timestamp::now(), reason }).await?;
    tracing::warn!(loop_id = id, by = me.id, "somebody was excused from a scorecard");
    debrief_said(&app, &me, &id).await
}

/// Opens a debrief before all scorecards are in. Logged, shown, and not undone.
#[utoipa::path(post, path = "/api/loops/{id}/debrief/exception", params(("id" = String, Path)), request_body = Exception,
    responses((status = 200, body = Debrief), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn open_early(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Body(exception): Body<Exception>,
) -> Answer<Debrief> {
    let l = Loop::read(&app, &id).await?;
    ask(&me, Act::ManageLoop(&l.facts()))?;
    if l.all_in() {
        return Err(Problem::conflict("All scorecards are in, so it is open already.", "Reload the page."));
    }
    if l.submitted.is_empty() {
        return Err(Problem::conflict("No scorecard is in, so there is nothing to open.", "Wait for the first one."));
    }
    let reason = line("The reason", &exception.reason, REASON_CHARS_MAX)?;
    app.store.open_early(&id, &me.id, &reason, Timestamp::now()).await?;
    tracing::warn!(loop_id = id, by = me.id, "debrief opened before all scorecards were in");
    debrief_said(&app, &me, &id).await
}
