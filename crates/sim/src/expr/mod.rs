//! Expressions after compilation: a small stack program over `i64`, whose types were checked when it was compiled.
//!
//! What it reads it asks of a `Ground`: the registers of an activation, the fields of records and rows, the figures
//! of telemetry, the time. Nothing here allocates or fails: division by zero is 0, sums saturate.

use crate::system::{FlagId, GroupId, MeasureId, RecordId, SecretId, ServiceId, TableId, TopicId};

/// Where tuples stand: the records that the world knows, or the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// Instances of a record; a place is that of an instance.
    Record(RecordId),
    /// Rows of a table; a place is that of a row.
    Table(TableId),
}

/// A figure that is asked for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Nanoseconds since virtual 0: true time for the oracle, the replica's own clock for a step.
    Now,
    /// Days since 1970-01-01 of `Now`, on the scenario's calendar.
    Today,
    /// Which click of the person this is, from 1.
    Click,
    /// Which attempt of the saga this is, from 1.
    SagaAttempt,
    /// The sum of a field over all instances of a record that ever were.
    Total {
        /// The record.
        record: RecordId,
        /// Which of its fields, from 0, the id.
        field: u8,
    },
    /// The balance of a table (`Table::balance`) for a text constant.
    Balance {
        /// The table.
        table: TableId,
        /// The constant: into `System::texts`.
        text: u16,
    },
    /// Failed over all answered, of the last full samples. The bits of an `f64`, as are all ratios and rates.
    ErrorRatio(ServiceId),
    /// Requests per second.
    Rate(ServiceId),
    /// Nanoseconds.
    Latency {
        /// The service.
        service: ServiceId,
        /// The quantile, in thousandths: the median up to 500, the 99th percentile above, the largest of the last
        /// samples.
        per_mille: u16,
    },
    /// Requests waiting in the queues of all replicas.
    Waiting(ServiceId),
    /// Instances that are up, and ready where probes decide about that.
    Up(ServiceId),
    /// Messages that the group has not handled.
    Lag(GroupId),
    /// Of the partition that is furthest behind: Kafka's `records-lag-max`.
    LagMax(GroupId),
    /// Messages of a queue that consumers hold.
    InFlight(GroupId),
    /// Dead letters of all groups of a topic.
    Parked(TopicId),
    /// Nanoseconds.
    Oldest(MeasureId),
    /// How many rows a measure has found.
    Unmatched(MeasureId),
    /// Of one of the two versions of a roll-out that is under way.
    Release {
        /// The service.
        service: ServiceId,
        /// The version that comes, not the one that goes.
        new: bool,
        /// What is asked of it; 0 while no roll-out is under way.
        figure: Figure,
    },
    /// Whether a flag is on, as the replica knows.
    Flag(FlagId),
    /// Uses of a leaked credential; an alert sees those that an audit has written down.
    Misused(SecretId),
    /// The same, each times the services whose data that login opens.
    Exposed(SecretId),
    /// Failed logins of this minute and the one before.
    LoginsFailed(SecretId),
}

/// What is measured of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// Failed and refused over all requests of the last samples, the bits of an `f64`.
    ErrorRatio,
    /// Answers that are `ok` over all answers: a figure of the business.
    OkRatio,
    /// Requests per second of the last samples, the bits of an `f64`.
    Rate,
    /// Requests of the last samples.
    Count,
    /// The median, in nanoseconds: the largest of the last samples.
    P50,
    /// The 99th percentile, in nanoseconds: the largest of the last samples.
    P99,
}

/// What an expression can ask of the world around it.
pub trait Ground {
    /// A register of the activation; for the oracle, register 0 is the place of the instance it is about.
    fn reg(&self, reg: u8) -> i64;
    /// A field of the tuple that stands at a place, from 0.
    fn field(&self, shelf: Shelf, at: u32, field: u8) -> i64;
    /// The state of the tuple that stands at a place: into the states of its record or table.
    fn state(&self, shelf: Shelf, at: u32) -> u8;
    /// The next tuple of the case, from position `from` on, whose `field` equals `value`; with it, the position to
    /// go on from. Without `key`, any tuple of the case on that shelf.
    fn next(&self, shelf: Shelf, key: Option<(u8, i64)>, from: u32) -> Option<(u32, u32)>;
    /// A figure; 0 where this ground does not know it.
    fn ask(&self, what: Asked) -> i64;
}

mod program;

pub use program::*;
