//! Changes of what tables look like while others use them.

use super::{ParamId, StepId, StoreId, TableId};

/// Changes of tables of one store, one after the other, each with its own locks; what was done before one that fails stays.
#[derive(Debug, Clone, PartialEq)]
pub struct Migration {
    pub name: String,
    pub store: StoreId,
    pub changes: Vec<Change>,
    /// Whether it was done before the run begins.
    pub applied: ParamId,
    /// When it runs by itself, after the warm-up; 0 is never.
    pub at: ParamId,
    /// How long a change waits for its lock; 0 is for as long as it takes (PostgreSQL's lock_timeout).
    pub lock_timeout: ParamId,
    /// How often a change asks for its lock in all, and how long it leaves the table alone in between.
    pub attempts: ParamId,
    pub again: ParamId,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub table: TableId,
    pub does: Alter,
    /// How long it holds its lock, or works without one.
    pub takes: ParamId,
    pub step: StepId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alter {
    /// The column is there from now on.
    Add(u8),
    Drop(u8),
    Rename(u8, u8),
    /// Rows cannot be inserted without naming it any more.
    Require(u8),
    /// Fills a column where it holds nothing from another, in batches that lock nobody out.
    Copy(u8, u8),
    /// Nobody writes meanwhile.
    Index,
    /// Nobody waits.
    IndexConcurrently,
    DropTable,
}

/// What a change keeps others from (PostgreSQL docs, Explicit Locking: table-level locks).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    Nobody,
    /// SHARE.
    Writers,
    /// ACCESS EXCLUSIVE.
    Everybody,
}

impl Alter {
    pub fn keeps_out(self) -> Keeps {
        match self {
            Alter::Copy(..) | Alter::IndexConcurrently => Keeps::Nobody,
            Alter::Index => Keeps::Writers,
            Alter::Add(_) | Alter::Drop(_) | Alter::Rename(..) | Alter::Require(_) | Alter::DropTable => Keeps::Everybody,
        }
    }
}
