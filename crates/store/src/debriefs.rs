//! What a debrief adds: marks on the agenda, early opening, decisions, dissent. All of it only grows.

use jiff::Timestamp;
use seatrial_panel::debrief::{Decision, Item, Mark};
use sqlx::FromRow;

use crate::{
    Store, StoreResult,
    rows::{json, ms, new_id, read_json, time},
};

/// A debrief opened before all scorecards were in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlyOpening {
    pub by: String,
    pub at: Timestamp,
    pub reason: String,
}

/// Somebody whose scorecard is not waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcuseRow {
    pub person: String,
    pub by: String,
    pub at: Timestamp,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DissentRow {
    pub who: String,
    pub at: Timestamp,
    pub text: String,
}

#[derive(FromRow)]
struct RawMark {
    item: String,
    marked_by: String,
    marked_at: i64,
    waived: Option<String>,
}

fn item_name(item: Item) -> String {
    json(&item).trim_matches('"').to_owned()
}

impl Store {
    /// Opens a debrief early; the first reason stands.
    ///
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn open_early(&self, loop_id: &str, by: &str, reason: &str, now: Timestamp) -> StoreResult<()> {
        sqlx::query(
            "INSERT INTO early_opening (loop_id, opened_by, opened_at, reason) VALUES ($1, $2, $3, $4) ON CONFLICT (loop_id) DO NOTHING",
        )
        .bind(loop_id)
        .bind(by)
        .bind(ms(now))
        .bind(reason)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub async fn early_opening(&self, loop_id: &str) -> StoreResult<Option<EarlyOpening>> {
        let row: Option<(String, i64, String)> =
            sqlx::query_as("SELECT opened_by, opened_at, reason FROM early_opening WHERE loop_id = $1")
                .bind(loop_id)
                .fetch_optional(&self.pool)
                .await?;
        Ok(row.map(|(by, at, reason)| EarlyOpening { by, at: time(at), reason }))
    }

    /// Excuses somebody from their scorecard; the first reason stands.
    pub async fn excuse(&self, loop_id: &str, excuse: &ExcuseRow) -> StoreResult<()> {
        sqlx::query(
            "INSERT INTO excused (loop_id, person_id, excused_by, excused_at, reason) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (loop_id, person_id) DO NOTHING",
        )
        .bind(loop_id)
        .bind(&excuse.person)
        .bind(&excuse.by)
        .bind(ms(excuse.at))
        .bind(&excuse.reason)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Who was excused in a loop, in the order in which it was done.
    pub async fn excuses(&self, loop_id: &str) -> StoreResult<Vec<ExcuseRow>> {
        let rows: Vec<(String, String, i64, String)> = sqlx::query_as(
            "SELECT person_id, excused_by, excused_at, reason FROM excused WHERE loop_id = $1 ORDER BY excused_at, person_id",
        )
        .bind(loop_id)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|(person, by, at, reason)| ExcuseRow { person, by, at: time(at), reason }).collect())
    }

    /// Marks an item; a visit replaces a waiver, and nothing replaces a visit.
    pub async fn mark_agenda(&self, loop_id: &str, item: Item, mark: &Mark) -> StoreResult<()> {
        sqlx::query(
            "INSERT INTO agenda_mark (loop_id, item, marked_by, marked_at, waived) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (loop_id, item) DO UPDATE SET marked_by = excluded.marked_by, marked_at = excluded.marked_at, \
             waived = excluded.waived WHERE agenda_mark.waived IS NOT NULL",
        )
        .bind(loop_id)
        .bind(item_name(item))
        .bind(&mark.by)
        .bind(ms(mark.at))
        .bind(&mark.waived)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub async fn agenda_marks(&self, loop_id: &str) -> StoreResult<Vec<(Item, Mark)>> {
        let rows: Vec<RawMark> = sqlx::query_as("SELECT item, marked_by, marked_at, waived FROM agenda_mark WHERE loop_id = $1")
            .bind(loop_id)
            .fetch_all(&self.pool)
            .await?;
        rows.into_iter()
            .map(|r| {
                let item = read_json("agenda item", &json(&r.item))?;
                Ok((item, Mark { by: r.marked_by, at: time(r.marked_at), waived: r.waived }))
            })
            .collect()
    }

    pub async fn add_decision(&self, loop_id: &str, decision: &Decision) -> StoreResult<()> {
        sqlx::query("INSERT INTO decision (id, loop_id, decided_by, decided_at, body) VALUES ($1, $2, $3, $4, $5)")
            .bind(new_id())
            .bind(loop_id)
            .bind(&decision.by)
            .bind(ms(decision.at))
            .bind(json(decision))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// All of them, the latest last.
    pub async fn decisions(&self, loop_id: &str) -> StoreResult<Vec<Decision>> {
        let rows: Vec<(String,)> = sqlx::query_as("SELECT body FROM decision WHERE loop_id = $1 ORDER BY decided_at, id")
            .bind(loop_id)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|(body,)| read_json("decision", body)).collect()
    }

    /// Loops that have been decided.
    pub async fn decided_loops(&self) -> StoreResult<Vec<String>> {
        let rows: Vec<(String,)> = sqlx::query_as("SELECT DISTINCT loop_id FROM decision").fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    pub async fn add_dissent(&self, loop_id: &str, who: &str, text: &str, now: Timestamp) -> StoreResult<()> {
        sqlx::query("INSERT INTO dissent (id, loop_id, person_id, said_at, body) VALUES ($1, $2, $3, $4, $5)")
            .bind(new_id())
            .bind(loop_id)
            .bind(who)
            .bind(ms(now))
            .bind(text)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn dissents(&self, loop_id: &str) -> StoreResult<Vec<DissentRow>> {
        let rows: Vec<(String, i64, String)> =
            sqlx::query_as("SELECT person_id, said_at, body FROM dissent WHERE loop_id = $1 ORDER BY said_at, id")
                .bind(loop_id)
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().map(|(who, at, text)| DissentRow { who, at: time(at), text }).collect())
    }
}
