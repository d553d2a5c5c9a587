//! Opening the database: SQLite in the data folder, or PostgreSQL by URL.

use std::path::Path;

use sqlx::{
    AnyPool,
    any::{AnyPoolOptions, install_default_drivers},
    migrate::{MigrateError, Migrator},
};

use crate::{StoreError, StoreResult};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// A pool of connections, migrated to this version.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) pool: AnyPool,
}

impl Store {
    /// Opens `seatrial.db` in a folder, which is made when it is missing.
    ///
    /// # Errors
    /// When the folder cannot be written, or the file is newer than this program.
    pub async fn open_folder(folder: &Path) -> StoreResult<Self> {
        let unwritable =
            |e: std::io::Error| StoreError::Folder { path: folder.display().to_string(), reason: e.to_string() };
        tokio::fs::create_dir_all(folder).await.map_err(unwritable)?;
        let folder = tokio::fs::canonicalize(folder).await.map_err(unwritable)?;
        let file = folder.join("seatrial.db");
        let place = file.display().to_string();
        // The path goes into a URL: what has a meaning there is written as a code.
        let path: String = place
            .bytes()
            .map(|b| match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => char::from(b).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect();
        Self::open(&format!("sqlite://{path}?mode=rwc"), &place).await
    }

    /// Opens by URL: `postgres://…` or `sqlite://…`.
    ///
    /// # Errors
    /// When nobody answers there, or the database is newer than this program.
    pub async fn open_url(url: &str) -> StoreResult<Self> {
        // Passwords stand in URLs; a message names the part after them.
        let place = url.rsplit_once('@').map_or(url, |(_, place)| place);
        Self::open(url, place).await
    }

    async fn open(url: &str, place: &str) -> StoreResult<Self> {
        install_default_drivers();
        let sqlite = url.starts_with("sqlite:");
        let pool = AnyPoolOptions::new()
            .max_connections(if sqlite { 4 } else { 16 })
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if sqlite {
                        // FULL: a commit that was acknowledged survives the loss of power, not only of the process.
                        for pragma in [
                            "PRAGMA busy_timeout = 10000",
                            "PRAGMA journal_mode = WAL",
                            "PRAGMA synchronous = FULL",
                            "PRAGMA foreign_keys = ON",
                        ] {
                            sqlx::query(pragma).execute(&mut *connection).await?;
                        }
                    }
                    Ok(())
                })
            })
            .connect(url)
            .await
            .map_err(|e| StoreError::Open { place: place.to_owned(), reason: e.to_string() })?;
        MIGRATIONS.run(&pool).await.map_err(|e| match e {
            MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
                StoreError::Newer { place: place.to_owned(), version }
            }
            other => StoreError::Migrate { place: place.to_owned(), reason: other.to_string() },
        })?;
        Ok(Self { pool })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> StoreResult<()> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Writes what is left and closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
