//! Rooms, their takes, and each take's log of commands.
//!
//! Appending is one transaction: it takes the place after the head that the writer knew, or nothing. So two writers never
//! give one place away twice, and whoever comes second reads the log again.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::FromRow;

use crate::{
    Store, StoreResult,
    rows::{json, ms, new_id, read_json, time},
};

/// What a room is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomKind {
    /// The interview's own.
    Live,
    /// Where its candidate tries things out beforehand, alone; nobody else sees it.
    Tutorial,
    /// Of no interview: colleagues, one of whom leads and breaks things.
    Drill,
    /// Of no interview: colleagues, of whom nobody leads; what goes wrong comes by itself.
    OpenDrill,
}

impl RoomKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Tutorial => "tutorial",
            Self::Drill => "drill",
            Self::OpenDrill => "open_drill",
        }
    }

    fn read(text: &str) -> Self {
        [Self::Tutorial, Self::Drill, Self::OpenDrill].into_iter().find(|kind| kind.as_str() == text).unwrap_or(Self::Live)
    }

    pub fn is_drill(self) -> bool {
        matches!(self, Self::Drill | Self::OpenDrill)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct NewRoom {
    /// None for a drill.
    pub interview_id: Option<String>,
    pub kind: RoomKind,
    /// The reference design that a scripted candidate plays.
    pub rehearsal: Option<String>,
    /// The scenario's name in the kit.
    pub scenario: String,
    pub scenario_hash: String,
    /// Path to text, and which is read first.
    pub files: BTreeMap<String, String>,
    pub entry: String,
    pub engine: String,
    pub seed: u64,
    pub created_by: String,
    pub created_at: Timestamp,
    /// Where the first take stands.
    pub opens_v: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomRow {
    pub id: String,
    /// None for a drill.
    pub interview_id: Option<String>,
    pub kind: RoomKind,
    pub rehearsal: Option<String>,
    pub scenario: String,
    pub scenario_hash: String,
    pub engine: String,
    pub seed: u64,
    pub created_at: Timestamp,
}

#[derive(FromRow)]
struct RawRoom {
    id: String,
    interview_id: Option<String>,
    kind: String,
    rehearsal: Option<String>,
    scenario: String,
    scenario_hash: String,
    engine: String,
    seed: String,
    created_at: i64,
}

impl From<RawRoom> for RoomRow {
    fn from(raw: RawRoom) -> Self {
        Self {
            id: raw.id,
            interview_id: raw.interview_id,
            kind: RoomKind::read(&raw.kind),
            rehearsal: raw.rehearsal,
            scenario: raw.scenario,
            scenario_hash: raw.scenario_hash,
            engine: raw.engine,
            // Written by this program; a file changed by hand gives another run, and its digest says so.
            seed: raw.seed.parse().unwrap_or(0),
            created_at: time(raw.created_at),
        }
    }
}

/// From where a take goes on: the take, the last command that it shares, the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    pub take: String,
    pub seq: i64,
    pub v: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeRow {
    pub id: String,
    pub room_id: String,
    pub n: i64,
    pub of: Option<Branch>,
    pub head: i64,
    pub horizon: i64,
    pub created_by: String,
    pub created_at: Timestamp,
}

#[derive(FromRow)]
struct RawTake {
    id: String,
    room_id: String,
    n: i64,
    parent_id: Option<String>,
    parent_seq: Option<i64>,
    parent_v: Option<i64>,
    head: i64,
    horizon: i64,
    created_by: String,
    created_at: i64,
}

impl From<RawTake> for TakeRow {
    fn from(raw: RawTake) -> Self {
        let of = raw.parent_id.map(|take| Branch { take, seq: raw.parent_seq.unwrap_or(0), v: raw.parent_v.unwrap_or(0) });
        Self {
            id: raw.id,
            room_id: raw.room_id,
            n: raw.n,
            of,
            head: raw.head,
            horizon: raw.horizon,
            created_by: raw.created_by,
            created_at: time(raw.created_at),
        }
    }
}

/// A command as it is kept; what its body means is the room's to know.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CommandRow {
    pub seq: i64,
    pub v: i64,
    pub id: String,
    pub side: String,
    pub who: String,
    pub seen_v: i64,
    pub received_at: i64,
    pub body: String,
    pub words: Option<String>,
}

const ROOM_BY_ID: &str = "SELECT id, interview_id, kind, rehearsal, scenario, scenario_hash, engine, seed, created_at FROM room WHERE id = $1";
const ROOM_BY_INTERVIEW: &str =
    "SELECT id, interview_id, kind, rehearsal, scenario, scenario_hash, engine, seed, created_at FROM room WHERE interview_id = $1 AND kind = $2";
const TAKE_BY_ID: &str =
    "SELECT id, room_id, n, parent_id, parent_seq, parent_v, head, horizon, created_by, created_at FROM take WHERE id = $1";
const TAKES_BY_ROOM: &str =
    "SELECT id, room_id, n, parent_id, parent_seq, parent_v, head, horizon, created_by, created_at FROM take WHERE room_id = $1 ORDER BY n";

impl Store {
    /// Keeps a room with its first take, and returns both ids. A second room for one interview is the first one again.
    ///
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn add_room(&self, new: &NewRoom) -> StoreResult<(String, String)> {
        let _turn = self.turn().await;
        let mut tx = self.pool.begin().await?;
        sqlx::query("INSERT INTO scenario_version (hash, entry, files, first_seen_at) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING")
            .bind(&new.scenario_hash)
            .bind(&new.entry)
            .bind(json(&new.files))
            .bind(ms(new.created_at))
            .execute(&mut *tx)
            .await?;
        let (room, take) = (new_id(), new_id());
        let made = sqlx::query(
            "INSERT INTO room (id, interview_id, kind, rehearsal, scenario, scenario_hash, engine, seed, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (interview_id, kind) DO NOTHING",
        )
        .bind(&room)
        .bind(&new.interview_id)
        .bind(new.kind.as_str())
        .bind(&new.rehearsal)
        .bind(&new.scenario)
        .bind(&new.scenario_hash)
        .bind(&new.engine)
        .bind(new.seed.to_string())
        .bind(ms(new.created_at))
        .execute(&mut *tx)
        .await?;
        if made.rows_affected() == 0 {
            let there: (String, String) = sqlx::query_as(
                "SELECT r.id, t.id FROM room r JOIN take t ON t.room_id = r.id WHERE r.interview_id = $1 AND r.kind = $2 AND t.n = 1",
            )
            .bind(&new.interview_id)
            .bind(new.kind.as_str())
            .fetch_one(&mut *tx)
            .await?;
            return Ok(there);
        }
        sqlx::query("INSERT INTO take (id, room_id, n, head, horizon, created_by, created_at) VALUES ($1, $2, 1, 0, $3, $4, $5)")
            .bind(&take)
            .bind(&room)
            .bind(new.opens_v)
            .bind(&new.created_by)
            .bind(ms(new.created_at))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok((room, take))
    }

    pub async fn room(&self, id: &str) -> StoreResult<Option<RoomRow>> {
        let row: Option<RawRoom> = sqlx::query_as(ROOM_BY_ID).bind(id).fetch_optional(&self.pool).await?;
        Ok(row.map(Into::into))
    }

    /// An interview's own room.
    pub async fn room_of(&self, interview: &str) -> StoreResult<Option<RoomRow>> {
        self.room_of_kind(interview, RoomKind::Live).await
    }

    pub async fn room_of_kind(&self, interview: &str, kind: RoomKind) -> StoreResult<Option<RoomRow>> {
        let row: Option<RawRoom> =
            sqlx::query_as(ROOM_BY_INTERVIEW).bind(interview).bind(kind.as_str()).fetch_optional(&self.pool).await?;
        Ok(row.map(Into::into))
    }

    /// The files of a version of a scenario, and which is read first.
    pub async fn scenario_version(&self, hash: &str) -> StoreResult<Option<(String, BTreeMap<String, String>)>> {
        let row: Option<(String, String)> =
            sqlx::query_as("SELECT entry, files FROM scenario_version WHERE hash = $1").bind(hash).fetch_optional(&self.pool).await?;
        row.map(|(entry, files)| Ok((entry, read_json("scenario", &files)?))).transpose()
    }

    pub async fn take(&self, id: &str) -> StoreResult<Option<TakeRow>> {
        let row: Option<RawTake> = sqlx::query_as(TAKE_BY_ID).bind(id).fetch_optional(&self.pool).await?;
        Ok(row.map(Into::into))
    }

    /// A room's takes, the first one first.
    pub async fn takes_of(&self, room: &str) -> StoreResult<Vec<TakeRow>> {
        let rows: Vec<RawTake> =
            sqlx::query_as(TAKES_BY_ROOM).bind(room).fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// Another take of a room, which shares the beginning of the log of the one that it branches from.
    pub async fn add_take(&self, room: &str, of: Option<&Branch>, horizon: i64, by: &str, now: Timestamp) -> StoreResult<TakeRow> {
        let _turn = self.turn().await;
        let mut tx = self.pool.begin().await?;
        // Locks the room on both databases, so that numbers follow one another.
        sqlx::query("UPDATE room SET pad_rev = pad_rev WHERE id = $1").bind(room).execute(&mut *tx).await?;
        let last: (Option<i64>,) = sqlx::query_as("SELECT MAX(n) FROM take WHERE room_id = $1").bind(room).fetch_one(&mut *tx).await?;
        let take = TakeRow {
            id: new_id(),
            room_id: room.to_owned(),
            n: last.0.unwrap_or(0) + 1,
            of: of.cloned(),
            head: of.map_or(0, |of| of.seq),
            horizon,
            created_by: by.to_owned(),
            created_at: time(ms(now)),
        };
        sqlx::query(
            "INSERT INTO take (id, room_id, n, parent_id, parent_seq, parent_v, head, horizon, created_by, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(&take.id)
        .bind(room)
        .bind(take.n)
        .bind(of.map(|of| of.take.clone()))
        .bind(of.map(|of| of.seq))
        .bind(of.map(|of| of.v))
        .bind(take.head)
        .bind(horizon)
        .bind(by)
        .bind(ms(now))
        .execute(&mut *tx)
        .await?;
        if let Some(of) = of {
            sqlx::query(
                "INSERT INTO command (take_id, seq, v, id, side, who, seen_v, received_at, body) \
                 SELECT $1, seq, v, id, side, who, seen_v, received_at, body FROM command WHERE take_id = $2 AND seq <= $3",
            )
            .bind(&take.id)
            .bind(&of.take)
            .bind(of.seq)
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "INSERT INTO command_words (take_id, command_id, body) SELECT $1, w.command_id, w.body FROM command_words w \
                 JOIN command c ON c.take_id = w.take_id AND c.id = w.command_id WHERE w.take_id = $2 AND c.seq <= $3",
            )
            .bind(&take.id)
            .bind(&of.take)
            .bind(of.seq)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(take)
    }

    /// A take's log, in order.
    pub async fn commands(&self, take: &str) -> StoreResult<Vec<CommandRow>> {
        Ok(sqlx::query_as(
            "SELECT c.seq, c.v, c.id, c.side, c.who, c.seen_v, c.received_at, c.body, w.body AS words FROM command c \
             LEFT JOIN command_words w ON w.take_id = c.take_id AND w.command_id = c.id WHERE c.take_id = $1 ORDER BY c.seq",
        )
        .bind(take)
        .fetch_all(&self.pool)
        .await?)
    }

    /// Appends commands whose places follow `head`. False when somebody else has written meanwhile; then nothing was kept.
    pub async fn append_commands(&self, take: &str, head: i64, commands: &[CommandRow]) -> StoreResult<bool> {
        let Some(last) = commands.last() else {
            return Ok(true);
        };
        let _turn = self.turn().await;
        let mut tx = self.pool.begin().await?;
        let moved = sqlx::query(
            "UPDATE take SET head = $1, horizon = CASE WHEN horizon < $2 THEN $2 ELSE horizon END WHERE id = $3 AND head = $4",
        )
        .bind(last.seq)
        .bind(last.v)
        .bind(take)
        .bind(head)
        .execute(&mut *tx)
        .await?;
        if moved.rows_affected() == 0 {
            return Ok(false);
        }
        for command in commands {
            sqlx::query(
                "INSERT INTO command (take_id, seq, v, id, side, who, seen_v, received_at, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(take)
            .bind(command.seq)
            .bind(command.v)
            .bind(&command.id)
            .bind(&command.side)
            .bind(&command.who)
            .bind(command.seen_v)
            .bind(command.received_at)
            .bind(&command.body)
            .execute(&mut *tx)
            .await?;
            if let Some(words) = &command.words {
                sqlx::query("INSERT INTO command_words (take_id, command_id, body) VALUES ($1, $2, $3)")
                    .bind(take)
                    .bind(&command.id)
                    .bind(words)
                    .execute(&mut *tx)
                    .await?;
            }
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Writes down how far takes have come. What is further already stays.
    pub async fn checkpoint(&self, horizons: &[(String, i64)]) -> StoreResult<()> {
        let _turn = self.turn().await;
        let mut tx = self.pool.begin().await?;
        for (take, horizon) in horizons {
            sqlx::query("UPDATE take SET horizon = $1 WHERE id = $2 AND horizon < $1").bind(horizon).bind(take).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The shared text and its revision.
    pub async fn pad(&self, room: &str) -> StoreResult<(i64, String)> {
        Ok(sqlx::query_as("SELECT pad_rev, pad FROM room WHERE id = $1").bind(room).fetch_one(&self.pool).await?)
    }

    /// Writes the shared text over the revision it was made from. None when that is not the last one any more.
    pub async fn write_pad(&self, room: &str, base: i64, text: &str) -> StoreResult<Option<i64>> {
        let _turn = self.turn().await;
        let written = sqlx::query("UPDATE room SET pad = $1, pad_rev = pad_rev + 1 WHERE id = $2 AND pad_rev = $3")
            .bind(text)
            .bind(room)
            .bind(base)
            .execute(&self.pool)
            .await?;
        Ok((written.rows_affected() > 0).then_some(base + 1))
    }
}
