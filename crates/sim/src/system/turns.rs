//! What becomes of somebody else's records without anybody asking: holds that lapse, batches that close, disputes.

use super::{ParamId, ProviderId, RecordId};

/// A record that comes to one of some states goes on to another by itself, unless it has left them before.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// As the scenario calls it.
    pub name: String,
    /// Whose records.
    pub provider: ProviderId,
    /// What kind of record.
    pub record: RecordId,
    /// Set of states, as bits.
    pub from: u64,
    /// Where it goes: into `Record::states`.
    pub to: u8,
    /// Where it goes when the chance does not come true; none: it stays.
    pub otherwise: Option<u8>,
    /// The chance that it goes there: a ratio.
    pub chance: ParamId,
    /// A time that is drawn, from the moment in which it came to one of the states.
    pub after: ParamId,
    /// Then the next of these instants: a place in `System::calendars`.
    pub at: Option<u16>,
    /// Fields that begin anew at 0.
    pub clears: Vec<u8>,
}

/// What a change adds to a field of its record, in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Receives the sum; the amount is argument 0.
    pub adds: u8,
    /// The most that the sum may come to; more is declined.
    pub up_to: u8,
    /// The state while the sum is less.
    pub partly: u8,
}

/// A limit of an operation beside that of its provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Per second; 0 is none.
    pub rate: ParamId,
    /// The size of that limit's bucket: a count, at least one.
    pub burst: ParamId,
    /// An argument, each of whose values has a bucket of its own.
    pub per: Option<u8>,
}
