//! Interviews: who takes part, and the record as an ordered log.
//!
//! Appending is one transaction: the interview's row is locked, entries that arrived before are recognised by their id,
//! the new ones are decided upon against everything that stands, and are on disk before anybody hears of them.

use jiff::Timestamp;
use seatrial_kit::AgendaPhase;
use seatrial_panel::{
    record::{Body, Draft, Entry, Record, Refusal},
    scorecard::Scorecard,
};
use sqlx::{AnyConnection, FromRow};

use crate::{
    Store, StoreError, StoreResult,
    rows::{json, ms, new_id, read_json, time, whole_ms},
};

/// How somebody takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Asks, notes and scores.
    Interviewer,
    /// Listens and notes; owes no scorecard.
    Shadow,
}

impl Part {
    fn as_str(self) -> &'static str {
        match self {
            Self::Interviewer => "interviewer",
            Self::Shadow => "shadow",
        }
    }

    fn read(text: &str) -> StoreResult<Self> {
        match text {
            "interviewer" => Ok(Self::Interviewer),
            "shadow" => Ok(Self::Shadow),
            other => Err(StoreError::Unreadable { what: "part", reason: other.to_owned() }),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct NewInterview {
    pub loop_id: String,
    pub session_id: Option<String>,
    pub title: String,
    pub areas: Vec<String>,
    pub agenda: Vec<AgendaPhase>,
    pub kit_hash: String,
    /// The scenario that it is held over, by its id in that kit.
    pub scenario: Option<String>,
    pub created_by: String,
    pub created_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq)]
pub struct InterviewRow {
    pub id: String,
    pub loop_id: String,
    pub session_id: Option<String>,
    pub title: String,
    pub areas: Vec<String>,
    pub agenda: Vec<AgendaPhase>,
    pub kit_hash: String,
    pub scenario: Option<String>,
    pub scheduled_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub created_by: String,
    pub created_at: Timestamp,
}

#[derive(FromRow)]
struct RawInterview {
    id: String,
    loop_id: String,
    session_id: Option<String>,
    title: String,
    areas: String,
    agenda: String,
    kit_hash: String,
    scenario: Option<String>,
    scheduled_at: Option<i64>,
    due_at: Option<i64>,
    created_by: String,
    created_at: i64,
}

impl RawInterview {
    fn read(self) -> StoreResult<InterviewRow> {
        Ok(InterviewRow {
            areas: read_json("areas", &self.areas)?,
            agenda: read_json("agenda", &self.agenda)?,
            id: self.id,
            loop_id: self.loop_id,
            session_id: self.session_id,
            title: self.title,
            kit_hash: self.kit_hash,
            scenario: self.scenario,
            scheduled_at: self.scheduled_at.map(time),
            due_at: self.due_at.map(time),
            created_by: self.created_by,
            created_at: time(self.created_at),
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParticipantRow {
    pub interview_id: String,
    pub person_id: String,
    pub part: Part,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CandidateLinkRow {
    pub id: String,
    pub interview_id: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub opened_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct RawLink {
    id: String,
    interview_id: String,
    created_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
    opened_at: Option<i64>,
}

impl From<RawLink> for CandidateLinkRow {
    fn from(raw: RawLink) -> Self {
        Self {
            id: raw.id,
            interview_id: raw.interview_id,
            created_at: time(raw.created_at),
            expires_at: time(raw.expires_at),
            revoked_at: raw.revoked_at.map(time),
            opened_at: raw.opened_at.map(time),
        }
    }
}

/// What became of one draft: its place in the order, or why it has none.
pub type Appended = (String, Result<i64, Refusal>);

#[derive(FromRow)]
struct RawEntry {
    seq: i64,
    id: String,
    at_ms: i64,
    who: String,
    received_at: i64,
    body: String,
    moment: Option<String>,
    words: Option<String>,
}

impl RawEntry {
    fn read(self) -> StoreResult<Entry> {
        let mut body: Body = read_json("entry", &self.body)?;
        if let Body::Note { text, .. } | Body::Revise { text, .. } | Body::CallOff { reason: text } = &mut body {
            *text = self.words.unwrap_or_default();
        }
        Ok(Entry {
            id: self.id,
            seq: self.seq,
            at_ms: self.at_ms,
            who: self.who,
            received_at: time(self.received_at),
            withdrawn: false,
            moment: self.moment.as_deref().map(|moment| read_json("moment", moment)).transpose()?,
            body,
        })
    }
}

const SELECT_ENTRIES: &str = "SELECT e.seq, e.id, e.at_ms, e.who, e.received_at, e.body, e.moment, t.body AS words FROM entry e \
     LEFT JOIN free_text t ON t.interview_id = e.interview_id AND t.entry_id = e.id WHERE e.interview_id = $1 ORDER BY e.seq";

async fn entries_of(connection: &mut AnyConnection, interview: &str) -> StoreResult<Vec<Entry>> {
    let rows: Vec<RawEntry> = sqlx::query_as(SELECT_ENTRIES).bind(interview).fetch_all(connection).await?;
    rows.into_iter().map(RawEntry::read).collect()
}

impl Store {
    /// Keeps a new interview with its first interviewer, if any, and returns its id.
    ///
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn add_interview(&self, new: &NewInterview, interviewer: Option<&str>) -> StoreResult<String> {
        let id = new_id();
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO interview (id, loop_id, session_id, title, areas, agenda, kit_hash, scenario, created_by, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(&id)
        .bind(&new.loop_id)
        .bind(&new.session_id)
        .bind(&new.title)
        .bind(json(&new.areas))
        .bind(json(&new.agenda))
        .bind(&new.kit_hash)
        .bind(&new.scenario)
        .bind(&new.created_by)
        .bind(ms(new.created_at))
        .execute(&mut *tx)
        .await?;
        if let Some(person) = interviewer {
            sqlx::query("INSERT INTO participant (interview_id, person_id, part) VALUES ($1, $2, 'interviewer')")
                .bind(&id)
                .bind(person)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(id)
    }

    pub async fn interview(&self, id: &str) -> StoreResult<Option<InterviewRow>> {
        let row: Option<RawInterview> =
            sqlx::query_as("SELECT * FROM interview WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        row.map(RawInterview::read).transpose()
    }

    /// Newest first.
    pub async fn interviews(&self) -> StoreResult<Vec<InterviewRow>> {
        let rows: Vec<RawInterview> =
            sqlx::query_as("SELECT * FROM interview ORDER BY created_at DESC, id DESC").fetch_all(&self.pool).await?;
        rows.into_iter().map(RawInterview::read).collect()
    }

    /// A loop's interviews in the order they were planned.
    pub async fn interviews_of_loop(&self, loop_id: &str) -> StoreResult<Vec<InterviewRow>> {
        let rows: Vec<RawInterview> = sqlx::query_as("SELECT * FROM interview WHERE loop_id = $1 ORDER BY created_at, id")
            .bind(loop_id)
            .fetch_all(&self.pool)
            .await?;
        rows.into_iter().map(RawInterview::read).collect()
    }

    pub async fn participants(&self) -> StoreResult<Vec<ParticipantRow>> {
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT interview_id, person_id, part FROM participant ORDER BY interview_id, person_id")
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter().map(participant).collect()
    }

    pub async fn participants_of(&self, interview: &str) -> StoreResult<Vec<ParticipantRow>> {
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT interview_id, person_id, part FROM participant WHERE interview_id = $1 ORDER BY person_id")
                .bind(interview)
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter().map(participant).collect()
    }

    pub async fn participants_of_loop(&self, loop_id: &str) -> StoreResult<Vec<ParticipantRow>> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT p.interview_id, p.person_id, p.part FROM participant p JOIN interview i ON i.id = p.interview_id \
             WHERE i.loop_id = $1 ORDER BY p.interview_id, p.person_id",
        )
        .bind(loop_id)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(participant).collect()
    }

    pub async fn set_participants(&self, interview: &str, people: &[(String, Part)]) -> StoreResult<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("DELETE FROM participant WHERE interview_id = $1").bind(interview).execute(&mut *tx).await?;
        for (person, part) in people {
            sqlx::query("INSERT INTO participant (interview_id, person_id, part) VALUES ($1, $2, $3)")
                .bind(interview)
                .bind(person)
                .bind(part.as_str())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    pub async fn set_dates(&self, interview: &str, scheduled_at: Option<Timestamp>, due_at: Option<Timestamp>) -> StoreResult<()> {
        sqlx::query("UPDATE interview SET scheduled_at = $1, due_at = $2 WHERE id = $3")
            .bind(scheduled_at.map(ms))
            .bind(due_at.map(ms))
            .bind(interview)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Moves an interview to another loop. A loop without opening that it leaves empty goes with it.
    pub async fn move_interview(&self, interview: &str, from: &str, to: &str) -> StoreResult<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("UPDATE interview SET loop_id = $1 WHERE id = $2").bind(to).bind(interview).execute(&mut *tx).await?;
        let left: (i64,) =
            sqlx::query_as("SELECT COUNT(*) FROM interview WHERE loop_id = $1").bind(from).fetch_one(&mut *tx).await?;
        if left.0 == 0 {
            move_drafts(&mut tx, from, to).await?;
            sqlx::query("DELETE FROM loop WHERE id = $1 AND opening_id IS NULL").bind(from).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The record as it stands.
    pub async fn record(&self, interview: &str) -> StoreResult<Record> {
        let mut connection = self.pool.acquire().await?;
        Ok(Record::fold(entries_of(&mut connection, interview).await?))
    }

    /// Appends drafts in order. Ids that are there already count as accepted; `decide` is asked about the others with
    /// the record as it stands then. What is returned as accepted is on disk.
    pub async fn append(
        &self,
        interview: &str,
        now: Timestamp,
        drafts: Vec<Draft>,
        decide: impl FnMut(&Record, Timestamp, Draft) -> Result<Entry, Refusal> + Send,
    ) -> StoreResult<(Vec<Appended>, Record)> {
        self.append_as_of(interview, drafts.into_iter().map(|draft| (now, draft)).collect(), decide).await
    }

    /// As [`Store::append`], with the time at which each draft arrived.
    pub async fn append_as_of(
        &self,
        interview: &str,
        drafts: Vec<(Timestamp, Draft)>,
        mut decide: impl FnMut(&Record, Timestamp, Draft) -> Result<Entry, Refusal> + Send,
    ) -> StoreResult<(Vec<Appended>, Record)> {
        let _turn = self.turn().await;
        let mut tx = self.pool.begin().await?;
        // An update first takes the row's lock on both databases, so writers of one interview follow one another.
        sqlx::query("UPDATE interview SET head = head WHERE id = $1").bind(interview).execute(&mut *tx).await?;
        let mut record = Record::fold(entries_of(&mut tx, interview).await?);
        let mut results = Vec::with_capacity(drafts.len());
        for (now, draft) in drafts {
            let now = whole_ms(now);
            let id = draft.id.clone();
            if let Some(there) = record.entry(&id) {
                results.push((id, Ok(there.seq)));
                continue;
            }
            match decide(&record, now, draft) {
                Ok(entry) => {
                    insert_entry(&mut tx, interview, &entry).await?;
                    results.push((id, Ok(entry.seq)));
                    record.push(entry);
                }
                Err(refusal) => results.push((id, Err(refusal))),
            }
        }
        sqlx::query("UPDATE interview SET head = $1 WHERE id = $2")
            .bind(record.head)
            .bind(interview)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok((results, record))
    }

    /// A person's own pencilled levels.
    pub async fn pencilled(&self, interview: &str, person: &str) -> StoreResult<Vec<(String, String)>> {
        Ok(sqlx::query_as("SELECT area, level FROM pencil WHERE interview_id = $1 AND person_id = $2")
            .bind(interview)
            .bind(person)
            .fetch_all(&self.pool)
            .await?)
    }

    /// A person's pencilled levels of all interviews of a loop, as (area, level).
    pub async fn pencilled_in_loop(&self, loop_id: &str, person: &str) -> StoreResult<Vec<(String, String)>> {
        Ok(sqlx::query_as(
            "SELECT p.area, p.level FROM pencil p JOIN interview i ON i.id = p.interview_id WHERE i.loop_id = $1 AND p.person_id = $2 \
             ORDER BY i.created_at, i.id",
        )
        .bind(loop_id)
        .bind(person)
        .fetch_all(&self.pool)
        .await?)
    }

    pub async fn pencil(&self, interview: &str, person: &str, area: &str, level: Option<&str>) -> StoreResult<()> {
        match level {
            Some(level) => {
                sqlx::query(
                    "INSERT INTO pencil (interview_id, person_id, area, level) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (interview_id, person_id, area) DO UPDATE SET level = excluded.level",
                )
                .bind(interview)
                .bind(person)
                .bind(area)
                .bind(level)
                .execute(&self.pool)
                .await?
            }
            None => {
                sqlx::query("DELETE FROM pencil WHERE interview_id = $1 AND person_id = $2 AND area = $3")
                    .bind(interview)
                    .bind(person)
                    .bind(area)
                    .execute(&self.pool)
                    .await?
            }
        };
        Ok(())
    }

    pub async fn add_candidate_link(
        &self,
        interview: &str,
        token_hash: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> StoreResult<CandidateLinkRow> {
        let id = new_id();
        sqlx::query("INSERT INTO candidate_link (id, interview_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(&id)
            .bind(interview)
            .bind(token_hash)
            .bind(ms(now))
            .bind(ms(expires_at))
            .execute(&self.pool)
            .await?;
        Ok(CandidateLinkRow {
            id,
            interview_id: interview.to_owned(),
            created_at: whole_ms(now),
            expires_at: whole_ms(expires_at),
            revoked_at: None,
            opened_at: None,
        })
    }

    pub async fn candidate_links(&self, interview: &str) -> StoreResult<Vec<CandidateLinkRow>> {
        let rows: Vec<RawLink> = sqlx::query_as(
            "SELECT id, interview_id, created_at, expires_at, revoked_at, opened_at FROM candidate_link WHERE interview_id = $1 \
             ORDER BY created_at DESC, id DESC",
        )
        .bind(interview)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(CandidateLinkRow::from).collect())
    }

    pub async fn candidate_link_by_token(&self, token_hash: &str) -> StoreResult<Option<CandidateLinkRow>> {
        let row: Option<RawLink> = sqlx::query_as(
            "SELECT id, interview_id, created_at, expires_at, revoked_at, opened_at FROM candidate_link WHERE token_hash = $1",
        )
        .bind(token_hash)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(CandidateLinkRow::from))
    }

    /// Notes that a link was opened for the first time.
    pub async fn mark_link_opened(&self, id: &str, now: Timestamp) -> StoreResult<()> {
        sqlx::query("UPDATE candidate_link SET opened_at = $1 WHERE id = $2 AND opened_at IS NULL")
            .bind(ms(now))
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn revoke_candidate_link(&self, interview: &str, id: &str, now: Timestamp) -> StoreResult<bool> {
        let done = sqlx::query("UPDATE candidate_link SET revoked_at = $1 WHERE id = $2 AND interview_id = $3 AND revoked_at IS NULL")
            .bind(ms(now))
            .bind(id)
            .bind(interview)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}

fn participant((interview_id, person_id, part): (String, String, String)) -> StoreResult<ParticipantRow> {
    Ok(ParticipantRow { interview_id, person_id, part: Part::read(&part)? })
}

/// Drafts that were begun before their interview was attached go along with it. Who has begun one there already keeps
/// that one.
async fn move_drafts(connection: &mut AnyConnection, from: &str, to: &str) -> StoreResult<()> {
    let drafts: Vec<(String, i64, String)> =
        sqlx::query_as("SELECT person_id, rev, body FROM scorecard WHERE loop_id = $1 AND submitted_at IS NULL")
            .bind(from)
            .fetch_all(&mut *connection)
            .await?;
    for (person, rev, body) in drafts {
        let draft = Scorecard { loop_id: to.to_owned(), ..read_json("scorecard", &body)? };
        sqlx::query("INSERT INTO scorecard (loop_id, person_id, rev, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
            .bind(to)
            .bind(person)
            .bind(rev)
            .bind(json(&draft))
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query("DELETE FROM scorecard WHERE loop_id = $1 AND submitted_at IS NULL").bind(from).execute(connection).await?;
    Ok(())
}

/// Writes an entry; its words go to the table that erasure reaches.
async fn insert_entry(connection: &mut AnyConnection, interview: &str, entry: &Entry) -> StoreResult<()> {
    let mut body = entry.body.clone();
    let words = match &mut body {
        Body::Note { text, .. } | Body::Revise { text, .. } | Body::CallOff { reason: text } => Some(std::mem::take(text)),
        _ => None,
    };
    sqlx::query("INSERT INTO entry (interview_id, seq, id, at_ms, who, received_at, body, moment) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(interview)
        .bind(entry.seq)
        .bind(&entry.id)
        .bind(entry.at_ms)
        .bind(&entry.who)
        .bind(ms(entry.received_at))
        .bind(json(&body))
        .bind(entry.moment.as_ref().map(json))
        .execute(&mut *connection)
        .await?;
    if let Some(words) = words {
        sqlx::query("INSERT INTO free_text (interview_id, entry_id, body) VALUES ($1, $2, $3)")
            .bind(interview)
            .bind(&entry.id)
            .bind(words)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
