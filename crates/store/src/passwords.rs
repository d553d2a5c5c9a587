//! Changing a password, and the links with which somebody who lost theirs chooses a new one.

use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::{
    PersonRow, Store, StoreResult,
    rows::{ms, new_id},
};

impl Store {
    /// The hash of somebody's password; none when there is no such person.
    ///
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn password_hash(&self, person: &str) -> StoreResult<Option<String>> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT password_hash FROM person WHERE id = $1").bind(person).fetch_optional(&self.pool).await?;
        Ok(row.map(|(hash,)| hash))
    }

    /// Sets a password whose predecessor was read as `password_no`, and so ends every session of it; links that would set
    /// another are spent. None when it was changed in between.
    pub async fn change_password(&self, person: &str, password_no: i64, hash: &str, now: Timestamp) -> StoreResult<Option<PersonRow>> {
        let mut tx = self.pool.begin().await?;
        let done = sqlx::query("UPDATE person SET password_hash = $1, password_no = password_no + 1 WHERE id = $2 AND password_no = $3")
            .bind(hash)
            .bind(person)
            .bind(password_no)
            .execute(&mut *tx)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(None);
        }
        spend_links(&mut tx, person, now).await?;
        tx.commit().await?;
        self.person(person).await
    }

    /// Keeps a link for choosing a new password; earlier ones of that person are spent. `by` is none on the machine itself.
    pub async fn add_password_reset(
        &self,
        token_hash: &str,
        person: &str,
        by: Option<&str>,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> StoreResult<()> {
        let mut tx = self.pool.begin().await?;
        spend_links(&mut tx, person, now).await?;
        sqlx::query(
            "INSERT INTO password_reset (id, token_hash, person_id, made_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(new_id())
        .bind(token_hash)
        .bind(person)
        .bind(by)
        .bind(ms(now))
        .bind(ms(expires_at))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Whose password a link sets, while it is good.
    pub async fn person_of_reset(&self, token_hash: &str, now: Timestamp) -> StoreResult<Option<PersonRow>> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT person_id FROM password_reset WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2")
                .bind(token_hash)
                .bind(ms(now))
                .fetch_optional(&self.pool)
                .await?;
        match row {
            Some((person,)) => self.person(&person).await,
            None => Ok(None),
        }
    }

    /// Uses a link once: none when it is spent or has expired. Of two who use it at once, one sets the password.
    pub async fn reset_password(&self, token_hash: &str, hash: &str, now: Timestamp) -> StoreResult<Option<PersonRow>> {
        let mut tx = self.pool.begin().await?;
        let used: Option<(String,)> = sqlx::query_as(
            "UPDATE password_reset SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL AND expires_at > $1 RETURNING person_id",
        )
        .bind(ms(now))
        .bind(token_hash)
        .fetch_optional(&mut *tx)
        .await?;
        let Some((person,)) = used else { return Ok(None) };
        sqlx::query("UPDATE person SET password_hash = $1, password_no = password_no + 1 WHERE id = $2")
            .bind(hash)
            .bind(&person)
            .execute(&mut *tx)
            .await?;
        spend_links(&mut tx, &person, now).await?;
        tx.commit().await?;
        self.person(&person).await
    }
}

async fn spend_links(connection: &mut AnyConnection, person: &str, now: Timestamp) -> StoreResult<()> {
    sqlx::query("UPDATE password_reset SET used_at = $1 WHERE person_id = $2 AND used_at IS NULL")
        .bind(ms(now))
        .bind(person)
        .execute(connection)
        .await?;
    Ok(())
}
