//! Loops: one candidate's interviews together.

use jiff::Timestamp;
use sqlx::FromRow;

use crate::{
    Store, StoreResult,
    rows::{ms, new_id, time},
};

#[derive(Debug, Clone, PartialEq)]
pub struct LoopRow {
    pub id: String,
    pub opening_id: Option<String>,
    pub code: String,
    pub name: String,
    pub owner: String,
    pub created_at: Timestamp,
    pub demo: bool,
}

#[derive(FromRow)]
struct RawLoop {
    id: String,
    opening_id: Option<String>,
    code: String,
    name: String,
    owner: String,
    created_at: i64,
    demo: i64,
}

impl From<RawLoop> for LoopRow {
    fn from(raw: RawLoop) -> Self {
        Self {
            id: raw.id,
            opening_id: raw.opening_id,
            code: raw.code,
            name: raw.name,
            owner: raw.owner,
            created_at: time(raw.created_at),
            demo: raw.demo != 0,
        }
    }
}

impl Store {
    /// Keeps a new loop and returns its id.
    ///
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn add_loop(
        &self,
        opening_id: Option<&str>,
        code: &str,
        name: &str,
        owner: &str,
        demo: bool,
        now: Timestamp,
    ) -> StoreResult<String> {
        let id = new_id();
        sqlx::query("INSERT INTO loop (id, opening_id, code, name, owner, created_at, demo) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(&id)
            .bind(opening_id)
            .bind(code)
            .bind(name)
            .bind(owner)
            .bind(ms(now))
            .bind(i64::from(demo))
            .execute(&self.pool)
            .await?;
        Ok(id)
    }

    pub async fn loop_by_id(&self, id: &str) -> StoreResult<Option<LoopRow>> {
        let row: Option<RawLoop> = sqlx::query_as("SELECT * FROM loop WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        Ok(row.map(LoopRow::from))
    }

    /// Newest first.
    pub async fn loops(&self) -> StoreResult<Vec<LoopRow>> {
        let rows: Vec<RawLoop> = sqlx::query_as("SELECT * FROM loop ORDER BY created_at DESC, id DESC").fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(LoopRow::from).collect())
    }

    pub async fn rename_loop(&self, id: &str, code: &str, name: &str) -> StoreResult<()> {
        sqlx::query("UPDATE loop SET code = $1, name = $2 WHERE id = $3")
            .bind(code)
            .bind(name)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
