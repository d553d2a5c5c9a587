//! The parts of a system: what runs, what keeps, what carries, and what clocks start.

use super::{
    Answer, Consuming, Discovery, Ejection, ExprId, HandlerId, Memory, OperationId, ParamId, Pauses, Pc, Probe, QueueRules, RecordId, Reg,
    ServiceId, StoreId, TableId, TopicId,
};
use crate::Outcome;

/// A field of a record, a row or a message, as people read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// As scenarios write it.
    pub name: String,
    /// How its 64 bits are read.
    pub kind: FieldKind,
}

/// How the value of a field, an `i64`, is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// See `crate::Id`.
    Id,
    /// Minor units of the scenario's currency.
    Money,
    /// A place in `System::texts`.
    Text,
    /// Days since 1970-01-01.
    Date,
    /// Nanoseconds.
    Duration,
    /// A whole number.
    Count,
    /// The bits of an `f64`.
    Ratio,
    /// Nanoseconds since virtual 0, as some clock showed it.
    Time,
}

/// A kind of thing that the outside world knows to be true: made by a client or by a provider. Field 0 is its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// As the scenario calls it.
    pub name: String,
    /// What its instances hold; the first is the id, which is never given.
    pub fields: Vec<Field>,
    /// Names of its states; a record without states has one, unnamed.
    pub states: Vec<String>,
    /// Per state, the set of states it may go to, as bits.
    pub next: Vec<u64>,
    /// Which field refers to which record's id.
    pub refers: Vec<(u8, RecordId)>,
    /// The first number that its ids begin with.
    pub first_id: u64,
}

/// A part of the system that runs code, in several alike instances. Its parameters are its own, and arrive replica by
/// replica, unless they are said to be the world's.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// As the scenario calls it.
    pub name: String,
    /// How many instances there are to be: a count, the world's.
    pub replicas: ParamId,
    /// What limits the work of an instance.
    pub run: Run,
    /// Waiting requests per replica, a count; a message or a job is never queued here.
    pub queue: ParamId,
    /// Who waits in which order, and who is not let in.
    pub lines: Lines,
    /// How long a request waits in the queue at most, drawn for each; `NONE` is for as long as it takes. Then it is refused
    /// (HAProxy, `timeout queue`: 503); drawn exponentially they are the impatient people of Erlang A.
    pub wait: ParamId,
    /// From start until it takes requests: a duration, the world's.
    pub start_up: ParamId,
    /// From a crash until the replica starts again: a duration, the world's.
    pub restart_after: ParamId,
    /// A factor on its work, a ratio: 2 takes twice as long. The world's.
    pub slow: ParamId,
    /// Connections to stores; one that has no pool is limited by `Store::connections` alone.
    pub pools: Vec<Pool>,
    /// How its callers choose a replica.
    pub balance: Balance,
    /// What can be started in it.
    pub handlers: Vec<HandlerId>,
    /// How its instances come and go, where something is said about it.
    pub instances: Option<Instances>,
    /// How its callers know its instances; without it they know at once.
    pub discovery: Option<Discovery>,
    /// Leaves out instances that keep failing; none: nobody is left out.
    pub ejection: Option<Ejection>,
    /// At most three, one of a kind.
    pub probes: Vec<Probe>,
    /// Stands still by itself; none: never.
    pub pauses: Option<Pauses>,
    /// How long a process that fails again waits before it is started; none is `restart_after`, always.
    pub restart_backoff: Option<ParamId>,
    /// What its instances need of memory; none: it is not counted.
    pub memory: Option<Memory>,
    /// What its instances may be made from; empty where there are no versions. They are neighbours in the system's list.
    pub versions: Vec<super::VersionId>,
    /// What those of the beginning are made from.
    pub runs: Option<super::VersionId>,
    /// How one version takes another's place; none where there are no versions.
    pub roll_out: Option<super::RollOutDef>,
    /// Changes `replicas` by what is measured; none: nothing does.
    pub autoscale: Option<super::Autoscale>,
}

/// How instances come and go. Durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instances {
    /// Until a new one has a place to run and its image; its start-up comes after that.
    pub scheduling: ParamId,
    /// From being told to stop until it is killed.
    pub grace: ParamId,
    /// How long it goes on accepting after it was told to stop; part of the grace.
    pub pre_stop: ParamId,
    /// What the process does when the signal comes, after that: a word of `on_term`.
    pub on_term: ParamId,
    /// Until those who send to it have heard that it ends; with a `discovery` each has a time of their own.
    pub unheard: ParamId,
    /// A factor on its work when it has just started, a ratio; 1 is none.
    pub cold: ParamId,
    /// How long that takes to come down to one.
    pub warms_in: ParamId,
}

/// What limits the work of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// A thread is held from dequeue to response, waiting for others included.
    Threads {
        /// How many: a count.
        threads: ParamId,
    },
    /// A core is held during `work` only; at most so many requests in flight.
    Async {
        /// How many activations can work at one time: a count.
        cores: ParamId,
        /// How many may have begun and not ended, a count; others wait in the queue.
        in_flight: ParamId,
    },
}

/// Who waits in which order, and who is not let in; per replica. See `engine/lines.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lines {
    /// A word: `ORDER_…`.
    pub order: ParamId,
    /// A word: `REJECT`, `BLOCK`, or how many wait in the kernel's backlog.
    pub full: ParamId,
    /// A word: `SHED_…`.
    pub shed: ParamId,
    /// How long a wait may be while the queue stands: a duration (CoDel's TARGET).
    pub target: ParamId,
    /// After how long a queue that was never empty stands: a duration (CoDel's INTERVAL).
    pub interval: ParamId,
    /// Requests per second that are let in; a rate of 0 is no limit.
    pub rate: ParamId,
    /// The size of that limit's bucket: a count, at least one.
    pub burst: ParamId,
    /// A word of `concurrency`, or how many may be in hand, waiting ones included.
    pub concurrency: ParamId,
}

/// Who came first.
pub const ORDER_FIFO: i64 = 0;
/// Who came last.
pub const ORDER_LIFO: i64 = 1;
/// By the requests' own priority.
pub const ORDER_PRIORITY: i64 = 2;
/// The newest first while the queue stands (Maurer, Fail at Scale, ACM Queue 13(8), 2015).
pub const ORDER_ADAPTIVE: i64 = 3;

/// Whoever comes to a full queue is refused.
pub const REJECT: i64 = 0;
/// The caller waits outside a full queue; who has given up by then was never let in.
pub const BLOCK: i64 = -1;

/// Nobody who has been let into the queue is refused because of how it stands.
pub const SHED_NONE: i64 = 0;
/// RFC 8289.
pub const SHED_CODEL: i64 = 1;
/// Whoever comes to a queue that stands may wait for the target, everybody else for the interval (Fail at Scale).
pub const SHED_CONTROLLED: i64 = 2;

/// Limits on what an instance has in hand, that are learnt or absent; a positive value of `Lines::concurrency` is a fixed
/// one.
pub mod concurrency {
    /// No limit.
    pub const NONE: i64 = 0;
    /// One more while it is used, a tenth less when an answer takes more than five seconds or is dropped (Netflix,
    /// concurrency-limits, `AIMDLimit`).
    pub const AIMD: i64 = -1;
    /// By how the time of answers grows over its long-term mean (Netflix, concurrency-limits, `Gradient2Limit`).
    pub const GRADIENT: i64 = -2;
}

/// How each caller's instance chooses among those that it may send to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Balance {
    /// Each caller's replica goes through the live replicas in turn.
    RoundRobin,
    /// Each alike, drawn for each request.
    Random,
    /// The fewest requests of this caller's replica outstanding.
    Least,
    /// The better of two different ones, by the same count.
    TwoChoices,
    /// Each caller's replica keeps one connection, and all its requests go where that was made to: HTTP/2 behind a balancer of
    /// connections. `max_age` is a duration, 0 for ever. People make a connection each.
    Pinned {
        /// After how long it is made anew, a tenth more or less: a duration, 0 is never. The world's.
        max_age: ParamId,
    },
}

/// What is kept in front of something slower. Parameters of the world. See `engine/caches.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    /// As the scenario calls it.
    pub name: String,
    /// One for all, beside the services; else one in each process.
    pub shared: bool,
    /// Entries, a count; the least recently used goes first, and 0 keeps nothing.
    pub capacity: ParamId,
    /// How long an entry is good: a duration, 0 is for ever.
    pub ttl: ParamId,
    /// For so long after that it is still served, while one look-up beside fetches anew: a duration, 0 is never.
    pub stale: ParamId,
    /// For so long after that it stands in when fetching has failed: a duration, 0 is never.
    pub on_error: ParamId,
    /// For how long it is kept that there is nothing (`missing`): a duration, 0 is not at all.
    pub negative: ParamId,
    /// Share of the time to live by which an entry's may be shorter.
    pub jitter: ParamId,
    /// Whether look-ups of one replica that miss the same key wait for the first of them: a flag.
    pub single_flight: ParamId,
    /// How long a look-up takes, where it is shared.
    pub takes: ParamId,
}

/// Connections of each replica to one store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// To which store.
    pub store: StoreId,
    /// How many connections: a count.
    pub size: ParamId,
    /// How long a transaction waits for a connection, a duration, 0 is for ever; then the outcome is `refused`.
    pub wait: ParamId,
}

/// Code that something starts: each run of it is an activation.
#[derive(Debug, Clone, PartialEq)]
pub struct Handler {
    /// As the scenario calls it.
    pub name: String,
    /// Where it runs.
    pub service: ServiceId,
    /// Where its code begins.
    pub entry: Pc,
    /// What starts it.
    pub kind: HandlerKind,
    /// Its registers: a name for each that its code uses, for histories.
    pub regs: Vec<String>,
    /// What its first registers are given, for whoever looks for it.
    pub inputs: Vec<Holds>,
    /// The record that an answer carries back, if it carries one.
    pub answers: Option<Reg>,
}

/// What a register holds, as far as an activation can be found by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// The place of a record.
    Record(RecordId),
    /// See `crate::Id`.
    Id,
    /// Nothing by which anybody would look for it.
    Value,
}

/// What starts a handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandlerKind {
    /// Started by calls and webhooks.
    Called,
    /// Started by messages: the message's fields are registers 0….
    Consumer,
    /// Started by a clock, or for an item that a comparison found.
    Job,
}

/// A database: one node, and perhaps a copy that follows it. Its parameters are the world's.
#[derive(Debug, Clone, PartialEq)]
pub struct Store {
    /// As the scenario calls it.
    pub name: String,
    /// Connections of all replicas together: a count.
    pub connections: ParamId,
    /// Time of one transaction, commit included: drawn.
    pub takes: ParamId,
    /// A factor on that, a ratio.
    pub slow: ParamId,
    /// Whether it keeps an outbox that something publishes through.
    pub outbox: bool,
    /// A word: one of the levels of isolation; for transactions that say none.
    pub isolation: ParamId,
    /// How long a transaction waits for a lock before somebody looks for a circle; 0 is at once (InnoDB's
    /// innodb_deadlock_detect), 1 s is PostgreSQL's deadlock_timeout.
    pub deadlock_timeout: ParamId,
    /// How long a statement waits for a lock at most; 0 is for as long as it takes.
    pub lock_timeout: ParamId,
    /// Whether its disk is full: what writes fails.
    pub full: ParamId,
    /// What follows it; none: nothing does, and nothing takes over.
    pub copy: Option<StoreCopy>,
}

/// A copy that follows a store, is read, and can take over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreCopy {
    /// Until it has received a commit.
    pub delay: ParamId,
    /// Until it has applied one that it has received; one after the other.
    pub applies: ParamId,
    /// Whether a commit waits until the copy has received it.
    pub synchronous: ParamId,
    /// From the failure until it takes transactions.
    pub promotes: ParamId,
}

/// Rows of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// As the scenario calls it.
    pub name: String,
    /// Where it is kept.
    pub store: StoreId,
    /// The record that its rows are copies of: same fields in the same order, its own after them.
    pub record: Option<RecordId>,
    /// What its rows hold, those of `record` first.
    pub fields: Vec<Field>,
    /// Names of its states; empty where its rows have none.
    pub states: Vec<String>,
    /// Which field refers to which record's id.
    pub refers: Vec<(u8, RecordId)>,
    /// Sets of fields of which no two rows have the same values.
    pub unique: Vec<Vec<u8>>,
    /// Rows are added and never changed, which the compiler sees to; the engine does not ask.
    pub append_only: bool,
    /// Checked when a transaction that inserted rows commits, once per group of rows that share a field.
    pub at_commit: Option<AtCommit>,
    /// Keeps the sum of a money field by a text field.
    pub balance: Option<BalanceOf>,
    /// How long a row is there; then it is gone, as if nobody had ever inserted it.
    pub keep: Option<ParamId>,
    /// Whether a job gathers rows that are in some state.
    pub gathered: bool,
}

/// What a table demands of the rows that a transaction inserts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtCommit {
    /// The field that the rows of one group share.
    pub group: u8,
    /// What must hold, evaluated as the oracle would; else the transaction is aborted.
    pub check: ExprId,
}

/// The sums that a table keeps; `Asked::Balance` reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BalanceOf {
    /// The field that is added up: money.
    pub amount: u8,
    /// The field by whose value: a text.
    pub by: u8,
}

/// A log: messages of a partition are handled one after the other by each group, in order. Or a queue: `QueueRules`.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// As the scenario calls it.
    pub name: String,
    /// What its messages hold.
    pub fields: Vec<Field>,
    /// How many partitions it begins with, a count; it keeps them. 1 of a queue.
    pub partitions: ParamId,
    /// How long messages are kept; what no group has read by then is gone.
    pub keep: ParamId,
    /// How long after a failure the message is tried again; its partition waits.
    pub again: ParamId,
    /// When a message that keeps failing is put aside: see `park`.
    pub park: ParamId,
    /// After how long without a sign of life a consumer's partitions go to others.
    pub session: ParamId,
    /// Time until the broker has acknowledged what is published directly.
    pub takes: ParamId,
    /// What makes it a queue; none: it is a log.
    pub queue: Option<QueueRules>,
}

/// Instances of a service that share the messages of a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// As the scenario calls it.
    pub name: String,
    /// What it reads.
    pub topic: TopicId,
    /// What it starts for each message.
    pub handler: HandlerId,
    /// When it says that it is through with one.
    pub ack: Ack,
    /// How its instances take messages.
    pub consuming: Consuming,
}

/// When a consumer says that it is through with a message: what a crash does to those in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ack {
    /// At least once.
    After,
    /// At most once.
    Before,
}

/// What a clock starts, in whichever instance of a service is the first that is up. Its parameters are the service's.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// As the scenario calls it.
    pub name: String,
    /// Where it runs.
    pub service: ServiceId,
    /// Whether it runs by itself: a flag.
    pub enabled: ParamId,
    /// When it does.
    pub when: When,
    /// What it does.
    pub work: JobWork,
}

/// When a job runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// So long after the time before: a duration, at least a millisecond.
    Every(ParamId),
    /// Nanoseconds after midnight of the scenario's calendar, daily.
    At(u64),
    /// A place in `System::calendars`.
    Listed(u16),
}

/// What a job does.
#[derive(Debug, Clone, PartialEq)]
pub enum JobWork {
    /// Starts a handler.
    Steps(HandlerId),
    /// Publishes what stands in the store's outbox, then marks it. A crash between the two publishes again.
    Relay {
        /// Whose outbox.
        store: StoreId,
        /// Rows of one batch at most: a count.
        batch: ParamId,
        /// A word: 0 is the order of commits, 1 that of ids.
        order: ParamId,
        /// How many batches are under way at once.
        relays: ParamId,
    },
    /// Looks for what one book has and another lacks.
    Compare(Box<Compare>),
    /// Takes rows of many arrivals together.
    Gather(Box<Gather>),
}

/// Takes a table's rows of all arrivals at one instant, and starts a handler for each group of them with its sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Gather {
    /// Whose rows.
    pub table: TableId,
    /// Which rows: those that were inserted in this state and are in it, and where they go. Without it all that there are.
    pub moves: Option<(u8, u8)>,
    /// One group for each value of the field; else one of all.
    pub by: Option<u8>,
    /// The field that is added up.
    pub sum: u8,
    /// Registers 0…: the number of the batch, the value of `by` (when there is one), the sum, and how many rows.
    pub handler: HandlerId,
}

/// Compares what a provider reports with the rows of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    /// What the provider reports: an `OperationKind::Report`.
    pub report: OperationId,
    /// Where the rows are.
    pub right: TableId,
    /// The field of the reported record that is compared.
    pub left_field: u8,
    /// The field of the row that must be equal to `left_field`.
    pub right_field: u8,
    /// How long ago something was reported before it is looked at: a duration.
    pub older_than: ParamId,
    /// On how many repairs it works at once.
    pub concurrency: ParamId,
    /// Started per reported record without a row: register 0 is the record.
    pub missing_right: Option<HandlerId>,
    /// Started per reported record that is in the same state as an older one with the same value in the field:
    /// register 0 is the younger record.
    pub repeats: Option<(u8, HandlerId)>,
}

/// What an unattended handler answers when it has not answered.
pub const SILENT_ANSWER: Answer = Answer::Outcome(Outcome::Ok);
