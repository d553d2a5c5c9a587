//! Changes of what tables look like while others use them.

use super::{ParamId, StepId, StoreId, TableId};

/// Changes of tables of one store, one after the other, each with its own locks; what was done before one that fails stays.
#[derive(Debug, Clone, PartialEq)]
pub struct Migration {
    /// As the scenario calls it.
    pub name: String,
    /// Whose tables.
    pub store: StoreId,
    /// What it does, in order.
    pub changes: Vec<Change>,
    /// Whether it was done before the run begins: a flag.
    pub applied: ParamId,
    /// When it runs by itself, after the end of the warm-up: a duration, 0 is never. Where a fault brings it, so long
    /// after that.
    pub at: ParamId,
    /// How long a change waits for its lock: a duration, 0 is for as long as it takes (PostgreSQL's lock_timeout).
    pub lock_timeout: ParamId,
    /// How often a change asks for its lock in all: a count.
    pub attempts: ParamId,
    /// How long it leaves the table alone in between: a duration.
    pub again: ParamId,
}

/// One step of a migration, with its own lock.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it changes.
    pub table: TableId,
    /// How.
    pub does: Alter,
    /// How long it holds its lock, or works without one: drawn.
    pub takes: ParamId,
    /// Where its chance is drawn.
    pub step: StepId,
}

/// What becomes of a table. A column is a field, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alter {
    /// The column is there from now on.
    Add(u8),
    /// The column is not there any more; whoever names it fails.
    Drop(u8),
    /// The column has another name: the first is gone, and the second is there.
    Rename(u8, u8),
    /// Rows cannot be inserted without naming it any more.
    Require(u8),
    /// Fills a column where it holds nothing from another, in batches that lock nobody out.
    Copy(u8, u8),
    /// Nobody writes meanwhile.
    Index,
    /// Nobody waits.
    IndexConcurrently,
    /// The table is not there any more; whoever uses it fails.
    DropTable,
}

/// What a change keeps others from (PostgreSQL docs, Explicit Locking: table-level locks).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// Whoever comes goes in.
    Nobody,
    /// SHARE.
    Writers,
    /// ACCESS EXCLUSIVE.
    Everybody,
}

impl Alter {
    /// Whom its lock keeps from the table while it is held, or waited for.
    pub fn keeps_out(self) -> Keeps {
        match self {
            Alter::Copy(..) | Alter::IndexConcurrently => Keeps::Nobody,
            Alter::Index => Keeps::Writers,
            Alter::Add(_) | Alter::Drop(_) | Alter::Rename(..) | Alter::Require(_) | Alter::DropTable => Keeps::Everybody,
        }
    }
}
