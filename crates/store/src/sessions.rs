//! Sign-in sessions: an id and what the session layer keeps under it.

use jiff::Timestamp;

use crate::{Store, StoreResult, rows::ms};

impl Store {
    /// Keeps a new session. [`crate::StoreError::Taken`] when the id is in use.
    ///
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn add_session(&self, id: &str, data: &str, expires_at: Timestamp) -> StoreResult<()> {
        sqlx::query("INSERT INTO session (id, data, expires_at) VALUES ($1, $2, $3)")
            .bind(id)
            .bind(data)
            .bind(ms(expires_at))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn save_session(&self, id: &str, data: &str, expires_at: Timestamp) -> StoreResult<()> {
        sqlx::query(
            "INSERT INTO session (id, data, expires_at) VALUES ($1, $2, $3) \
             ON CONFLICT (id) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at",
        )
        .bind(id)
        .bind(data)
        .bind(ms(expires_at))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub async fn session(&self, id: &str, now: Timestamp) -> StoreResult<Option<String>> {
        let row: Option<(String,)> = sqlx::query_as("SELECT data FROM session WHERE id = $1 AND expires_at > $2")
            .bind(id)
            .bind(ms(now))
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|(data,)| data))
    }

    pub async fn remove_session(&self, id: &str) -> StoreResult<()> {
        sqlx::query("DELETE FROM session WHERE id = $1").bind(id).execute(&self.pool).await?;
        Ok(())
    }

    pub async fn remove_expired_sessions(&self, now: Timestamp) -> StoreResult<()> {
        sqlx::query("DELETE FROM session WHERE expires_at <= $1").bind(ms(now)).execute(&self.pool).await?;
        Ok(())
    }
}
