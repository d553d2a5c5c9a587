//! Scorecards: one per person and loop. A revision number keeps two tabs of one person from overwriting each other.

use jiff::Timestamp;
use seatrial_panel::scorecard::Scorecard;
use sqlx::FromRow;

use crate::{
    Store, StoreResult,
    rows::{json, ms, read_json},
};

#[derive(Debug, Clone, PartialEq)]
pub struct ScorecardRow {
    /// Counts every change; 0 is a scorecard that was never written.
    pub rev: i64,
    pub scorecard: Scorecard,
}

/// Somebody, perhaps the same person in another tab, wrote in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale;

#[derive(FromRow)]
struct RawScorecard {
    rev: i64,
    body: String,
}

impl RawScorecard {
    fn read(self) -> StoreResult<ScorecardRow> {
        Ok(ScorecardRow { rev: self.rev, scorecard: read_json("scorecard", &self.body)? })
    }
}

impl Store {
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn scorecard(&self, loop_id: &str, person: &str) -> StoreResult<Option<ScorecardRow>> {
        let row: Option<RawScorecard> = sqlx::query_as("SELECT rev, body FROM scorecard WHERE loop_id = $1 AND person_id = $2")
            .bind(loop_id)
            .bind(person)
            .fetch_optional(&self.pool)
            .await?;
        row.map(RawScorecard::read).transpose()
    }

    /// Submitted scorecards of a loop. Whoever calls this must have asked whether the debrief is open.
    pub async fn submitted_scorecards(&self, loop_id: &str) -> StoreResult<Vec<Scorecard>> {
        let rows: Vec<RawScorecard> =
            sqlx::query_as("SELECT rev, body FROM scorecard WHERE loop_id = $1 AND submitted_at IS NOT NULL ORDER BY submitted_at")
                .bind(loop_id)
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter().map(|r| r.read().map(|r| r.scorecard)).collect()
    }

    /// Who has submitted, and when; nothing of what they wrote.
    pub async fn submissions(&self, loop_id: &str) -> StoreResult<Vec<(String, i64)>> {
        Ok(sqlx::query_as("SELECT person_id, submitted_at FROM scorecard WHERE loop_id = $1 AND submitted_at IS NOT NULL")
            .bind(loop_id)
            .fetch_all(&self.pool)
            .await?)
    }

    /// Every submission of everybody, as (loop, person, when): for lists.
    pub async fn all_submissions(&self) -> StoreResult<Vec<(String, String, i64)>> {
        Ok(sqlx::query_as("SELECT loop_id, person_id, submitted_at FROM scorecard WHERE submitted_at IS NOT NULL")
            .fetch_all(&self.pool)
            .await?)
    }

    /// Writes a scorecard that was read at `base_rev`.
    pub async fn save_scorecard(&self, scorecard: &Scorecard, base_rev: i64) -> StoreResult<Result<i64, Stale>> {
        let (body, submitted_at): (String, Option<Timestamp>) = (json(scorecard), scorecard.submitted_at);
        let done = if base_rev == 0 {
            sqlx::query(
                "INSERT INTO scorecard (loop_id, person_id, rev, body, submitted_at) VALUES ($1, $2, 1, $3, $4) ON CONFLICT DO NOTHING",
            )
            .bind(&scorecard.loop_id)
            .bind(&scorecard.interviewer)
            .bind(body)
            .bind(submitted_at.map(ms))
            .execute(&self.pool)
            .await?
        } else {
            sqlx::query(
                "UPDATE scorecard SET rev = rev + 1, body = $3, submitted_at = $4 WHERE loop_id = $1 AND person_id = $2 AND rev = $5",
            )
            .bind(&scorecard.loop_id)
            .bind(&scorecard.interviewer)
            .bind(body)
            .bind(submitted_at.map(ms))
            .bind(base_rev)
            .execute(&self.pool)
            .await?
        };
        Ok(if done.rows_affected() == 1 { Ok(base_rev + 1) } else { Err(Stale) })
    }
}
