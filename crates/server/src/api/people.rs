//! People: who is here, and what they may do.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}};
use seatrial_store::Role;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::{Person, PersonRole};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

/// Everybody with an account. Addresses and closed accounts are shown to administrators.
#[utoipa::path(get, path = "/api/people", responses((status = 200, body = Vec<Person>), (status = 401, body = Problem)))]
pub async fn list(State(app): State<Arc<App>>, Me(me): Me) -> Answer<Vec<Person>> {
    ask(&me, Act::ListPeople)?;
    let manages = ask(&me, Act::ManagePeople).is_ok();
    let people = app.store.people().await?;
    Ok(Json(people.iter().filter(|p| manages || !p.disabled).map(|p| Person::of(p, manages || p.id == me.id)).collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct PersonChange {
    pub role: Option<PersonRole>,
    pub disabled: Option<bool>,
}

/// Changes a role, or closes and opens an account.
#[utoipa::path(patch, path = "/api/people/{id}", request_body = PersonChange, params(("id" = String, Path)),
    responses((status = 200, body = Person), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn change(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Body(change): Body<PersonChange>,
) -> Answer<Person> {
    ask(&me, Act::ManagePeople)?;
    let person = app.store.person(&id).await?.ok_or_else(|| Problem::not_found("person"))?;
    let role = change.role.map_or(person.role, Role::from);
    if !app.store.change_person(&id, role, change.disabled.unwrap_or(person.disabled)).await? {
        return Err(Problem::conflict("Nobody would be left who can invite people.", "Make somebody else an administrator first."));
    }
    let person = app.store.person(&id).await?.ok_or_else(|| Problem::not_found("person"))?;
    Ok(Json(Person::of(&person, true)))
}
