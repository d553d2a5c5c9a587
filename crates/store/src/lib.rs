//! What is kept. One database, SQLite in a file or PostgreSQL by URL, through the same SQL.
//!
//! Lives here: migrations, rows, and transactions. Does not live here: who may see a row, and what a row means; the
//! server asks and the core decides. What a method has returned as done is on disk.

mod database;
mod debriefs;
mod demo;
mod drills;
mod error;
mod interviews;
mod kits;
mod loops;
mod openings;
mod passwords;
mod people;
mod rooms;
mod rows;
mod scorecards;
mod sessions;

pub use database::Store;
pub use debriefs::{DissentRow, EarlyOpening, ExcuseRow};
pub use drills::{DrillOf, DrillRow};
pub use error::{StoreError, StoreResult};
pub use interviews::{Appended, CandidateLinkRow, InterviewRow, NewInterview, Part, ParticipantRow};
pub use loops::LoopRow;
pub use openings::OpeningRow;
pub use people::{InvitationRow, PersonRow, Role};
pub use rooms::{Branch, CommandRow, NewRoom, RoomKind, RoomRow, TakeRow};
pub use scorecards::{ScorecardRow, Stale};
