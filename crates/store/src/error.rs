//! What can go wrong with a store, in sentences that say what to do.

use thiserror::Error;

pub type StoreResult<T> = Result<T, StoreError>;

#[derive(Debug, Error)]
pub enum StoreError {
    #[error("cannot create the data folder {path}: {reason}. Choose another with --data, or make it writable.")]
    Folder { path: String, reason: String },
    #[error("cannot open the database {place}: {reason}. Is the folder writable, and is there room on the disk?")]
    Open { place: String, reason: String },
    #[error(
        "the database {place} was written by a newer Seatrial (it has migration {version}, which this one does not \
         know). Start the newer version, or choose another folder with --data."
    )]
    Newer { place: String, version: i64 },
    #[error("cannot reach the database {place}: {reason}. Does the server run there, and does the address name it rightly?")]
    Unreachable { place: String, reason: String },
    #[error(
        "the file {place} is no database of Seatrial, or it is damaged: {reason}. It was left as it is; put a copy that \
         you kept in its place, or choose another folder with --data."
    )]
    Damaged { place: String, reason: String },
    #[error("cannot bring the database {place} up to date: {reason}")]
    Migrate { place: String, reason: String },
    /// Something that must be unique is there already.
    #[error("already there")]
    Taken,
    #[error("the database did not answer: {0}")]
    Query(#[source] sqlx::Error),
    /// A row that this version cannot read: the file was changed by hand, or by another program.
    #[error("the database holds something that cannot be read ({what}): {reason}")]
    Unreadable { what: &'static str, reason: String },
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(e) if e.is_unique_violation() => Self::Taken,
            _ => Self::Query(error),
        }
    }
}
