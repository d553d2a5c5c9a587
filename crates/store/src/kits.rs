//! Versions of the kit: what a record is stamped with stays readable when the files have changed.

use jiff::Timestamp;
use seatrial_kit::Kit;

use crate::{
    Store, StoreResult,
    rows::{json, ms, read_json},
};

impl Store {
    /// Keeps a version; one that is there already stays as it is.
    ///
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn keep_kit(&self, kit: &Kit, now: Timestamp) -> StoreResult<()> {
        sqlx::query("INSERT INTO kit_version (hash, kit, first_seen_at) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING")
            .bind(&kit.hash)
            .bind(json(kit))
            .bind(ms(now))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn kit(&self, hash: &str) -> StoreResult<Option<Kit>> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT kit FROM kit_version WHERE hash = $1").bind(hash).fetch_optional(&self.pool).await?;
        row.map(|(kit,)| read_json("kit", &kit)).transpose()
    }
}
