//! Openings: a role, its bar, the plan of its loop.

use jiff::Timestamp;
use seatrial_kit::Session;
use seatrial_panel::bar::Bar;
use sqlx::FromRow;

use crate::{
    Store, StoreResult,
    rows::{json, ms, new_id, read_json, time},
};

#[derive(Debug, Clone, PartialEq)]
pub struct OpeningRow {
    pub id: String,
    pub title: String,
    pub team: String,
    pub pack: String,
    pub seniority: String,
    pub kit_hash: String,
    pub bar: Bar,
    pub plan: Vec<Session>,
    pub owner: String,
    pub created_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub demo: bool,
}

#[derive(FromRow)]
struct RawOpening {
    id: String,
    title: String,
    team: String,
    pack: String,
    seniority: String,
    kit_hash: String,
    bar: String,
    plan: String,
    owner: String,
    created_at: i64,
    closed_at: Option<i64>,
    demo: i64,
}

impl RawOpening {
    fn read(self) -> StoreResult<OpeningRow> {
        Ok(OpeningRow {
            bar: read_json("bar", &self.bar)?,
            plan: read_json("plan", &self.plan)?,
            id: self.id,
            title: self.title,
            team: self.team,
            pack: self.pack,
            seniority: self.seniority,
            kit_hash: self.kit_hash,
            owner: self.owner,
            created_at: time(self.created_at),
            closed_at: self.closed_at.map(time),
            demo: self.demo != 0,
        })
    }
}

impl Store {
    /// Keeps a new opening under an id of its own, which is returned; `opening.id` is not looked at.
    ///
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn add_opening(&self, opening: &OpeningRow) -> StoreResult<String> {
        let id = new_id();
        sqlx::query(
            "INSERT INTO opening (id, title, team, pack, seniority, kit_hash, bar, plan, owner, created_at, demo) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(&id)
        .bind(&opening.title)
        .bind(&opening.team)
        .bind(&opening.pack)
        .bind(&opening.seniority)
        .bind(&opening.kit_hash)
        .bind(json(&opening.bar))
        .bind(json(&opening.plan))
        .bind(&opening.owner)
        .bind(ms(opening.created_at))
        .bind(i64::from(opening.demo))
        .execute(&self.pool)
        .await?;
        Ok(id)
    }

    pub async fn opening(&self, id: &str) -> StoreResult<Option<OpeningRow>> {
        let row: Option<RawOpening> = sqlx::query_as("SELECT * FROM opening WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        row.map(RawOpening::read).transpose()
    }

    /// Newest first.
    pub async fn openings(&self) -> StoreResult<Vec<OpeningRow>> {
        let rows: Vec<RawOpening> =
            sqlx::query_as("SELECT * FROM opening ORDER BY created_at DESC, id DESC").fetch_all(&self.pool).await?;
        rows.into_iter().map(RawOpening::read).collect()
    }

    pub async fn rename_opening(&self, id: &str, title: &str, team: &str, closed_at: Option<Timestamp>) -> StoreResult<()> {
        sqlx::query("UPDATE opening SET title = $1, team = $2, closed_at = $3 WHERE id = $4")
            .bind(title)
            .bind(team)
            .bind(closed_at.map(ms))
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Changes the bar as `change` says, alone: of two people at once the second sees what the first wrote.
    pub async fn change_bar<E>(
        &self,
        id: &str,
        change: impl FnOnce(&mut Bar) -> Result<(), E> + Send,
    ) -> StoreResult<Option<Result<(), E>>> {
        let mut tx = self.pool.begin().await?;
        // An update first takes the row's lock on both databases.
        let bar: Option<(String,)> =
            sqlx::query_as("UPDATE opening SET id = id WHERE id = $1 RETURNING bar").bind(id).fetch_optional(&mut *tx).await?;
        let Some((bar,)) = bar else { return Ok(None) };
        let mut bar: Bar = read_json("bar", &bar)?;
        if let Err(refused) = change(&mut bar) {
            return Ok(Some(Err(refused)));
        }
        sqlx::query("UPDATE opening SET bar = $1 WHERE id = $2").bind(json(&bar)).bind(id).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(Some(Ok(())))
    }

    pub async fn set_plan(&self, id: &str, plan: &[Session]) -> StoreResult<()> {
        sqlx::query("UPDATE opening SET plan = $1 WHERE id = $2").bind(json(&plan)).bind(id).execute(&self.pool).await?;
        Ok(())
    }
}
