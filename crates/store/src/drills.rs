//! Drills: a room without an interview, who leads it, and who is in it.

use jiff::Timestamp;
use sqlx::FromRow;

use crate::{
    NewRoom, Store, StoreResult,
    rows::{ms, time},
};

/// A drill with the people in it, whoever came first first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillRow {
    pub room_id: String,
    pub made_by: String,
    /// Who breaks things; nobody where they come by themselves.
    pub leader: Option<String>,
    pub members: Vec<String>,
}

/// A drill, as the list of somebody's drills names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillOf {
    pub room_id: String,
    pub scenario: String,
    pub scenario_hash: String,
    pub made_by: String,
    pub leader: Option<String>,
    pub created_at: Timestamp,
}

#[derive(FromRow)]
struct RawDrill {
    room_id: String,
    made_by: String,
    leader: Option<String>,
}

#[derive(FromRow)]
struct RawDrillOf {
    room_id: String,
    scenario: String,
    scenario_hash: String,
    made_by: String,
    leader: Option<String>,
    created_at: i64,
}

impl Store {
    /// Keeps a drill with its room and its first take, and returns the ids of both. Its maker is in it.
    ///
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn add_drill(&self, new: &NewRoom, leader: Option<&str>) -> StoreResult<(String, String)> {
        let (room, take) = self.add_room(new).await?;
        let _turn = self.turn().await;
        let mut tx = self.pool.begin().await?;
        sqlx::query("INSERT INTO drill (room_id, made_by, leader) VALUES ($1, $2, $3)")
            .bind(&room)
            .bind(&new.created_by)
            .bind(leader)
            .execute(&mut *tx)
            .await?;
        sqlx::query("INSERT INTO drill_member (room_id, person_id, joined_at) VALUES ($1, $2, $3)")
            .bind(&room)
            .bind(&new.created_by)
            .bind(ms(new.created_at))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok((room, take))
    }

    pub async fn drill(&self, room: &str) -> StoreResult<Option<DrillRow>> {
        let row: Option<RawDrill> =
            sqlx::query_as("SELECT room_id, made_by, leader FROM drill WHERE room_id = $1").bind(room).fetch_optional(&self.pool).await?;
        let Some(row) = row else { return Ok(None) };
        let members: Vec<(String,)> = sqlx::query_as("SELECT person_id FROM drill_member WHERE room_id = $1 ORDER BY joined_at, person_id")
            .bind(room)
            .fetch_all(&self.pool)
            .await?;
        let members = members.into_iter().map(|(person,)| person).collect();
        Ok(Some(DrillRow { room_id: row.room_id, made_by: row.made_by, leader: row.leader, members }))
    }

    /// Somebody is in a drill from now on; again is no news.
    pub async fn join_drill(&self, room: &str, person: &str, now: Timestamp) -> StoreResult<()> {
        let _turn = self.turn().await;
        sqlx::query("INSERT INTO drill_member (room_id, person_id, joined_at) VALUES ($1, $2, $3) ON CONFLICT (room_id, person_id) DO NOTHING")
            .bind(room)
            .bind(person)
            .bind(ms(now))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The drills that somebody is in, the newest first.
    pub async fn drills_of(&self, person: &str, most: i64) -> StoreResult<Vec<DrillOf>> {
        let rows: Vec<RawDrillOf> = sqlx::query_as(
            "SELECT d.room_id, r.scenario, r.scenario_hash, d.made_by, d.leader, r.created_at FROM drill d JOIN room r ON r.id = d.room_id \
             JOIN drill_member m ON m.room_id = d.room_id WHERE m.person_id = $1 ORDER BY r.created_at DESC, d.room_id DESC LIMIT $2",
        )
        .bind(person)
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        let drill = |row: RawDrillOf| DrillOf {
            room_id: row.room_id,
            scenario: row.scenario,
            scenario_hash: row.scenario_hash,
            made_by: row.made_by,
            leader: row.leader,
            created_at: time(row.created_at),
        };
        Ok(rows.into_iter().map(drill).collect())
    }
}
