//! Opening the database: SQLite in the data folder, or PostgreSQL by URL.

use std::{path::Path, sync::Arc};

use sqlx::{
    AnyConnection, AnyPool, Connection,
    any::{AnyPoolOptions, install_default_drivers},
    migrate::{MigrateError, Migrator},
};

use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::{StoreError, StoreResult};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// A pool of connections, migrated to this version.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) pool: AnyPool,
    /// Whose turn it is to append. SQLite has one writer; others would poll for its lock and find it by luck, so in one
    /// process they queue here instead. PostgreSQL queues by itself, row by row.
    turn: Option<Arc<Mutex<()>>>,
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
        // A pool tries again and again for half a minute and then says only that it gave up. One connection says why.
        try_once(url, sqlite).await.map_err(|e| told(&e, place, sqlite))?;
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
            .map_err(|e| told(&e, place, sqlite))?;
        MIGRATIONS.run(&pool).await.map_err(|e| match e {
            MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
                StoreError::Newer { place: place.to_owned(), version }
            }
            MigrateError::Execute(e) if damaged(&e) => told(&e, place, sqlite),
            other => StoreError::Migrate { place: place.to_owned(), reason: other.to_string() },
        })?;
        Ok(Self { pool, turn: sqlite.then(Arc::default) })
    }

    /// Waits for the turn to append, where writers must take turns.
    pub(crate) async fn turn(&self) -> Option<OwnedMutexGuard<()>> {
        match &self.turn {
            Some(turn) => Some(turn.clone().lock_owned().await),
            None => None,
        }
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

/// Opens, reads what tables there are, and closes.
async fn try_once(url: &str, sqlite: bool) -> Result<(), sqlx::Error> {
    let mut connection = AnyConnection::connect(url).await?;
    if sqlite {
        sqlx::query("SELECT COUNT(*) FROM sqlite_master").fetch_one(&mut connection).await?;
    }
    connection.close().await
}

/// SQLite's codes for a file that is not its own (26) and for one that is malformed (11).
fn damaged(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|e| e.code()).is_some_and(|code| code == "26" || code == "11")
}

fn told(error: &sqlx::Error, place: &str, sqlite: bool) -> StoreError {
    // Without sqlx's own preface, which says no more than that a database said it.
    let reason = error.as_database_error().map_or_else(|| error.to_string(), |e| e.message().to_owned());
    let place = place.to_owned();
    match sqlite {
        true if damaged(error) => StoreError::Damaged { place, reason },
        true => StoreError::Open { place, reason },
        false => StoreError::Unreachable { place, reason },
    }
}
