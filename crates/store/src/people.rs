//! People and invitations.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::{
    Store, StoreError, StoreResult,
    rows::{ms, new_id, time},
};

/// What somebody may do in general. What they may see of one loop depends on their part in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Invites people; everything a manager may.
    Admin,
    /// Writes openings, assigns interviewers, decides.
    Manager,
    /// Holds interviews and scores.
    Interviewer,
}

impl Role {
    fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Interviewer => "interviewer",
        }
    }

    fn read(text: &str) -> StoreResult<Self> {
        match text {
            "admin" => Ok(Self::Admin),
            "manager" => Ok(Self::Manager),
            "interviewer" => Ok(Self::Interviewer),
            other => Err(StoreError::Unreadable { what: "role", reason: other.to_owned() }),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub disabled: bool,
    pub demo: bool,
    pub created_at: Timestamp,
    /// How often the password was changed. Sessions of an earlier one have ended.
    pub password_no: i64,
}

#[derive(FromRow)]
struct RawPerson {
    id: String,
    name: String,
    email: String,
    role: String,
    disabled: i64,
    demo: i64,
    created_at: i64,
    password_no: i64,
}

impl RawPerson {
    fn read(self) -> StoreResult<PersonRow> {
        Ok(PersonRow {
            role: Role::read(&self.role)?,
            id: self.id,
            name: self.name,
            email: self.email,
            disabled: self.disabled != 0,
            demo: self.demo != 0,
            created_at: time(self.created_at),
            password_no: self.password_no,
        })
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct InvitationRow {
    pub id: String,
    pub role: Role,
    pub note: String,
    pub invited_by: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct RawInvitation {
    id: String,
    role: String,
    note: String,
    invited_by: String,
    created_at: i64,
    expires_at: i64,
    used_at: Option<i64>,
    revoked_at: Option<i64>,
}

impl RawInvitation {
    fn read(self) -> StoreResult<InvitationRow> {
        Ok(InvitationRow {
            role: Role::read(&self.role)?,
            id: self.id,
            note: self.note,
            invited_by: self.invited_by,
            created_at: time(self.created_at),
            expires_at: time(self.expires_at),
            used_at: self.used_at.map(time),
            revoked_at: self.revoked_at.map(time),
        })
    }
}

/// One address is one account, however it is written.
fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

impl Store {
    /// Whether anybody has an account (people of the demo have none to sign in with and do not count).
    ///
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn has_people(&self) -> StoreResult<bool> {
        let (count,): (i64,) =
            sqlx::query_as("SELECT COUNT(*) FROM person WHERE demo = 0").fetch_one(&self.pool).await?;
        Ok(count > 0)
    }

    /// Makes the first account. [`StoreError::Taken`] when there is one already, also when two ask at once.
    pub async fn add_first_person(&self, name: &str, email: &str, password_hash: &str, now: Timestamp) -> StoreResult<PersonRow> {
        // The session row is a lock that exists once: the second of two people who ask at the same moment finds it taken.
        let mut tx = self.pool.begin().await?;
        sqlx::query("INSERT INTO session (id, data, expires_at) VALUES ('first-account', '', $1)")
            .bind(i64::MAX)
            .execute(&mut *tx)
            .await?;
        let id = insert_person(&mut tx, name, email, password_hash, Role::Admin, false, now).await?;
        tx.commit().await?;
        self.person(&id).await?.ok_or(StoreError::Taken)
    }

    /// Adds somebody; an empty `password_hash` can never be signed in with.
    pub async fn add_person(
        &self,
        name: &str,
        email: &str,
        password_hash: &str,
        role: Role,
        demo: bool,
        now: Timestamp,
    ) -> StoreResult<PersonRow> {
        let mut tx = self.pool.begin().await?;
        let id = insert_person(&mut tx, name, email, password_hash, role, demo, now).await?;
        tx.commit().await?;
        self.person(&id).await?.ok_or(StoreError::Taken)
    }

    pub async fn person(&self, id: &str) -> StoreResult<Option<PersonRow>> {
        let row: Option<RawPerson> = sqlx::query_as("SELECT * FROM person WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        row.map(RawPerson::read).transpose()
    }

    pub async fn people(&self) -> StoreResult<Vec<PersonRow>> {
        let rows: Vec<RawPerson> = sqlx::query_as("SELECT * FROM person ORDER BY name, id").fetch_all(&self.pool).await?;
        rows.into_iter().map(RawPerson::read).collect()
    }

    /// The account behind an address, with the hash of its password.
    pub async fn person_by_email(&self, email: &str) -> StoreResult<Option<(PersonRow, String)>> {
        let hash: Option<(String, String)> = sqlx::query_as("SELECT id, password_hash FROM person WHERE email = $1")
            .bind(normal(email))
            .fetch_optional(&self.pool)
            .await?;
        let Some((id, hash)) = hash else { return Ok(None) };
        Ok(self.person(&id).await?.map(|p| (p, hash)))
    }

    /// Changes a role, or shuts an account. False when it would leave nobody who can invite people.
    pub async fn change_person(&self, id: &str, role: Role, disabled: bool) -> StoreResult<bool> {
        let mut tx = self.pool.begin().await?;
        // Two administrators who close each other's account at once would each count the other: the second waits here.
        sqlx::query("UPDATE accounts_turn SET taken = taken + 1 WHERE id = 1").execute(&mut *tx).await?;
        sqlx::query("UPDATE person SET role = $1, disabled = $2 WHERE id = $3")
            .bind(role.as_str())
            .bind(i64::from(disabled))
            .bind(id)
            .execute(&mut *tx)
            .await?;
        let (admins,): (i64,) =
            sqlx::query_as("SELECT COUNT(*) FROM person WHERE role = 'admin' AND disabled = 0 AND demo = 0")
                .fetch_one(&mut *tx)
                .await?;
        if admins == 0 {
            tx.rollback().await?;
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }

    pub async fn add_invitation(
        &self,
        token_hash: &str,
        role: Role,
        note: &str,
        by: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> StoreResult<InvitationRow> {
        let id = new_id();
        sqlx::query(
            "INSERT INTO invitation (id, token_hash, role, note, invited_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&id)
        .bind(token_hash)
        .bind(role.as_str())
        .bind(note)
        .bind(by)
        .bind(ms(now))
        .bind(ms(expires_at))
        .execute(&self.pool)
        .await?;
        let row: RawInvitation = sqlx::query_as(SELECT_INVITATION_BY_ID).bind(&id).fetch_one(&self.pool).await?;
        row.read()
    }

    pub async fn invitations(&self) -> StoreResult<Vec<InvitationRow>> {
        let rows: Vec<RawInvitation> = sqlx::query_as(
            "SELECT id, role, note, invited_by, created_at, expires_at, used_at, revoked_at FROM invitation ORDER BY created_at DESC",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(RawInvitation::read).collect()
    }

    pub async fn invitation_by_token(&self, token_hash: &str) -> StoreResult<Option<InvitationRow>> {
        let row: Option<RawInvitation> = sqlx::query_as(
            "SELECT id, role, note, invited_by, created_at, expires_at, used_at, revoked_at FROM invitation WHERE token_hash = $1",
        )
        .bind(token_hash)
        .fetch_optional(&self.pool)
        .await?;
        row.map(RawInvitation::read).transpose()
    }

    pub async fn revoke_invitation(&self, id: &str, now: Timestamp) -> StoreResult<bool> {
        let done = sqlx::query("UPDATE invitation SET revoked_at = $1 WHERE id = $2 AND used_at IS NULL AND revoked_at IS NULL")
            .bind(ms(now))
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Uses an invitation once: none when it is spent, revoked or expired. Of two who use it at once, one gets in.
    pub async fn join(
        &self,
        token_hash: &str,
        name: &str,
        email: &str,
        password_hash: &str,
        now: Timestamp,
    ) -> StoreResult<Option<PersonRow>> {
        let mut tx = self.pool.begin().await?;
        let used: Option<(String,)> = sqlx::query_as(
            "UPDATE invitation SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $1 \
             RETURNING role",
        )
        .bind(ms(now))
        .bind(token_hash)
        .fetch_optional(&mut *tx)
        .await?;
        let Some((role,)) = used else { return Ok(None) };
        let id = insert_person(&mut tx, name, email, password_hash, Role::read(&role)?, false, now).await?;
        tx.commit().await?;
        self.person(&id).await
    }
}

const SELECT_INVITATION_BY_ID: &str =
    "SELECT id, role, note, invited_by, created_at, expires_at, used_at, revoked_at FROM invitation WHERE id = $1";

async fn insert_person(
    tx: &mut sqlx::Transaction<'_, sqlx::Any>,
    name: &str,
    email: &str,
    password_hash: &str,
    role: Role,
    demo: bool,
    now: Timestamp,
) -> StoreResult<String> {
    let id = new_id();
    sqlx::query(
        "INSERT INTO person (id, name, email, password_hash, role, demo, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&id)
    .bind(name.trim())
    .bind(normal(email))
    .bind(password_hash)
    .bind(role.as_str())
    .bind(i64::from(demo))
    .bind(ms(now))
    .execute(&mut **tx)
    .await?;
    Ok(id)
}
