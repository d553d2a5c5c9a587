//! The parts of a system: what runs, what keeps, what carries, and who asks.

use super::{
    Answer, Consuming, Discovery, DistId, Ejection, ExprId, HandlerId, Memory, OperationId, ParamId, Part, Pauses, Pc, Probe, ProviderId,
    QueueRules, Quota, RecordId, Reg, ServiceId, StepId, StoreId, TableId, TopicId,
};
use crate::Outcome;

/// A field of a record, a row or a message, as people read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: String,
    pub kind: FieldKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// See `crate::Id`.
    Id,
    Money,
    /// A place in `System::texts`.
    Text,
    /// Days since 1970-01-01.
    Date,
    /// Nanoseconds.
    Duration,
    Count,
    /// The bits of an `f64`.
    Ratio,
    /// Nanoseconds since virtual 0, as some clock showed it.
    Time,
}

/// A kind of thing that the outside world knows to be true: made by a client or by a provider. Field 0 is its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub name: String,
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

/// A source of traffic: people who come one after the other and do not know of each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    pub name: String,
    pub arrivals: Arrivals,
    /// Per second.
    pub rate: ParamId,
    /// What each arrival makes. The ids are new; other fields are drawn.
    pub make: Option<Make>,
    pub target: HandlerId,
    /// The callee's first registers.
    pub args: Vec<ClientFill>,
    /// Duration; 0 is none.
    pub timeout: ParamId,
    /// Whether the service is told when somebody stops waiting: a closed connection is noticed.
    pub cancel: ParamId,
    pub click_again: Option<ClickAgain>,
    /// Somebody who got nowhere comes again later.
    pub comes_back: Option<ComesBack>,
    pub pattern: Pattern,
    /// What tries again for them; each person has one. None: nothing does.
    pub sdks: Vec<Sdk>,
    /// A word, from 0 (served first) to 7, which is passed on from call to call.
    pub priority: ParamId,
    /// The state of what it makes once it has heard `ok`.
    pub served: Option<u8>,
    /// The state of what it makes once it has given up: no `ok`, nothing under way, and no click to come.
    pub gives_up: Option<u8>,
    pub step: StepId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrivals {
    Poisson,
    /// Evenly spaced.
    Constant,
}

/// A factor on a client's rate.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    Flat,
    /// Times of traffic, and of none.
    Bursts { on: ParamId, off: ParamId },
    /// A cosine from `low` to 1, with its peak at a second of the scenario's day.
    Day { low: f64, peak_s: u32 },
    /// By the minute, again and again.
    Minutes(Vec<f64>),
}

/// A version of the software through which people call.
#[derive(Debug, Clone, PartialEq)]
pub struct Sdk {
    pub name: String,
    /// Of those who come; only how the shares stand to each other matters.
    pub share: ParamId,
    pub timeout: ParamId,
    pub attempts: ParamId,
    pub retry: ParamId,
    pub backoff: ParamId,
}

/// Somebody who has no good answer, and has stopped clicking, comes `after` a while with this chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComesBack {
    pub after: ParamId,
    pub chance: ParamId,
    pub at_most: ParamId,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Make {
    pub record: RecordId,
    /// Per field after the id: what it is drawn from.
    pub fields: Vec<DistId>,
    pub state: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientFill {
    /// The record that was made.
    Made,
    /// The number of the arrival.
    Number,
}

/// Somebody who has no good answer `after` a click (none yet, or an error) clicks again with this chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClickAgain {
    pub after: ParamId,
    pub chance: ParamId,
    pub at_most: ParamId,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    pub name: String,
    pub replicas: ParamId,
    pub run: Run,
    /// Waiting requests per replica; a message or a job is never queued here.
    pub queue: ParamId,
    pub lines: Lines,
    /// How long a request waits in the queue at most, drawn for each; `NONE` is for as long as it takes. Then it is refused
    /// (HAProxy, `timeout queue`: 503); drawn exponentially they are the impatient people of Erlang A.
    pub wait: ParamId,
    /// From start until it takes requests.
    pub start_up: ParamId,
    /// From a crash until the replica starts again.
    pub restart_after: ParamId,
    /// A factor on its work.
    pub slow: ParamId,
    pub pools: Vec<Pool>,
    /// How its callers choose a replica.
    pub balance: Balance,
    pub handlers: Vec<HandlerId>,
    /// How its instances come and go, where something is said about it.
    pub instances: Option<Instances>,
    /// How its callers know its instances; without it they know at once.
    pub discovery: Option<Discovery>,
    pub ejection: Option<Ejection>,
    /// At most three, one of a kind.
    pub probes: Vec<Probe>,
    pub pauses: Option<Pauses>,
    /// How long a process that fails again waits before it is started; none is `restart_after`, always.
    pub restart_backoff: Option<ParamId>,
    pub memory: Option<Memory>,
    /// What its instances may be made from, and what those of the beginning are. They are neighbours in the system's list.
    pub versions: Vec<super::VersionId>,
    pub runs: Option<super::VersionId>,
    pub roll_out: Option<super::RollOutDef>,
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
    /// A factor on its work when it has just started, and how long it takes to come down to one.
    pub cold: ParamId,
    pub warms_in: ParamId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// A thread is held from dequeue to response, waiting for others included.
    Threads { threads: ParamId },
    /// A core is held during `work` only; at most so many requests in flight.
    Async { cores: ParamId, in_flight: ParamId },
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
    /// Durations: how long a wait may be while the queue stands, and after how long it does.
    pub target: ParamId,
    pub interval: ParamId,
    /// Requests per second and the size of the bucket; a rate of 0 is no limit.
    pub rate: ParamId,
    pub burst: ParamId,
    /// A word of `concurrency`, or how many may be in hand, waiting ones included.
    pub concurrency: ParamId,
}

pub const ORDER_FIFO: i64 = 0;
pub const ORDER_LIFO: i64 = 1;
/// By the requests' own priority.
pub const ORDER_PRIORITY: i64 = 2;
/// The newest first while the queue stands (Maurer, Fail at Scale, ACM Queue 13(8), 2015).
pub const ORDER_ADAPTIVE: i64 = 3;

pub const REJECT: i64 = 0;
pub const BLOCK: i64 = -1;

pub const SHED_NONE: i64 = 0;
/// RFC 8289.
pub const SHED_CODEL: i64 = 1;
/// Whoever comes to a queue that stands may wait for the target, everybody else for the interval (Fail at Scale).
pub const SHED_CONTROLLED: i64 = 2;

pub mod concurrency {
    pub const NONE: i64 = 0;
    pub const AIMD: i64 = -1;
    pub const GRADIENT: i64 = -2;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Balance {
    /// Each caller's replica goes through the live replicas in turn.
    RoundRobin,
    Random,
    /// The fewest requests of this caller's replica outstanding.
    Least,
    /// The better of two different ones, by the same count.
    TwoChoices,
    /// Each caller's replica keeps one connection, and all its requests go where that was made to: HTTP/2 behind a balancer of
    /// connections. `max_age` is a duration, 0 for ever. People make a connection each.
    Pinned { max_age: ParamId },
}

/// What is kept in front of something slower. Parameters of the world. See `engine/caches.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    pub name: String,
    /// One for all, beside the services; else one in each process.
    pub shared: bool,
    /// Entries.
    pub capacity: ParamId,
    /// Durations; 0 is for ever, or never for the other three.
    pub ttl: ParamId,
    pub stale: ParamId,
    pub on_error: ParamId,
    pub negative: ParamId,
    /// Share of the time to live by which an entry's may be shorter.
    pub jitter: ParamId,
    pub single_flight: ParamId,
    /// How long a look-up takes, where it is shared.
    pub takes: ParamId,
}

/// Connections of each replica to one store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    pub store: StoreId,
    pub size: ParamId,
    /// How long a transaction waits for a connection; then the outcome is `refused`.
    pub wait: ParamId,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Handler {
    pub name: String,
    pub service: ServiceId,
    pub entry: Pc,
    pub kind: HandlerKind,
    /// Names of its registers, for histories.
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
    Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandlerKind {
    /// Started by calls and webhooks.
    Called,
    /// Started by messages: the message's fields are registers 0….
    Consumer,
    /// Started by a clock, or for an item that a comparison found.
    Job,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Store {
    pub name: String,
    /// Connections of all replicas together.
    pub connections: ParamId,
    /// Time of one transaction, commit included.
    pub takes: ParamId,
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

#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub name: String,
    pub store: StoreId,
    /// The record that its rows are copies of: same fields in the same order, its own after them.
    pub record: Option<RecordId>,
    pub fields: Vec<Field>,
    pub states: Vec<String>,
    pub refers: Vec<(u8, RecordId)>,
    /// Sets of fields of which no two rows have the same values.
    pub unique: Vec<Vec<u8>>,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtCommit {
    pub group: u8,
    pub check: ExprId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BalanceOf {
    pub amount: u8,
    pub by: u8,
}

/// A log: messages of a partition are handled one after the other by each group, in order. Or a queue: `QueueRules`.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    pub name: String,
    pub fields: Vec<Field>,
    pub partitions: ParamId,
    /// How long messages are kept; what no group has read by then is gone.
    pub keep: ParamId,
    /// How long after a failure the message is tried again; its partition waits.
    pub again: ParamId,
    pub park: ParamId,
    /// After how long without a sign of life a consumer's partitions go to others.
    pub session: ParamId,
    /// Time until the broker has acknowledged what is published directly.
    pub takes: ParamId,
    pub queue: Option<QueueRules>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub name: String,
    pub topic: TopicId,
    pub handler: HandlerId,
    pub ack: Ack,
    pub consuming: Consuming,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ack {
    /// At least once.
    After,
    /// At most once.
    Before,
}

/// Somebody else's system. Its effects are real even when nobody hears of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    pub name: String,
    /// Ratios.
    pub lost_request: ParamId,
    pub lost_answer: ParamId,
    /// Requests per second and the size of the bucket; a rate of 0 is no limit. Beyond it the outcome is `refused`.
    pub limit: ParamId,
    pub burst: ParamId,
    pub slow: ParamId,
    pub idempotency: Option<Idempotency>,
    pub webhooks: Option<Webhooks>,
}

/// Scope is (operation, key). Stores a fingerprint of the arguments and the first final answer, declines and
/// failures included (Stripe, "Idempotent requests").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idempotency {
    /// After this the key is new again.
    pub keep: ParamId,
    /// What a key with other arguments comes to.
    pub other_args: Outcome,
    /// What a key whose first request is still running comes to.
    pub concurrent: Outcome,
    /// Whether keys that many arrivals share are kept for all of their time: then so is the arrival that made them.
    pub shared: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Webhooks {
    /// Entering one of these states sends an event.
    pub send: Vec<(RecordId, u8)>,
    /// Receives register 0: the event's id, register 1: the record; with `tells`, register 2: the state of which it tells.
    pub to: HandlerId,
    /// The names of the states of `send`, as texts: an event says what was true when it was made, however late it comes.
    /// Empty when the handler does not ask.
    pub tells: Vec<u16>,
    pub delay: ParamId,
    pub twice: ParamId,
    pub retry: ParamId,
    pub give_up: ParamId,
    pub timeout: ParamId,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    pub name: String,
    pub provider: ProviderId,
    pub kind: OperationKind,
    pub takes: ParamId,
    /// Share of the time after which the effect is real.
    pub effect_at: ParamId,
    pub declined: ParamId,
    pub error: ParamId,
    pub quota: Option<Quota>,
    pub step: StepId,
}

#[derive(Debug, Clone, PartialEq)]
pub enum OperationKind {
    /// Makes a record; the arguments are its fields after the id.
    Create { record: RecordId, state: u8 },
    /// Moves the subject to another state and copies fields; `declined` when its state is not in `from`.
    Change { record: RecordId, from: u64, to: u8, copies: Vec<(u8, u8)>, part: Option<Part> },
    /// Answers with the newest record whose field has the value of argument 0, or `missing`. What is younger than
    /// `stale` is not seen.
    Find { record: RecordId, by: u8, stale: ParamId },
    /// Not called: a list of the records that comparisons read, as of the last full `every`.
    Report { record: RecordId, every: ParamId },
    /// Answers after its time and leaves nothing.
    Nothing,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    pub name: String,
    pub service: ServiceId,
    pub enabled: ParamId,
    pub when: When,
    pub work: JobWork,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Every(ParamId),
    /// Nanoseconds after midnight of the scenario's calendar, daily.
    At(u64),
    /// A place in `System::calendars`.
    Listed(u16),
}

#[derive(Debug, Clone, PartialEq)]
pub enum JobWork {
    Steps(HandlerId),
    /// Publishes what stands in the store's outbox, then marks it. A crash between the two publishes again.
    Relay {
        store: StoreId,
        batch: ParamId,
        /// A word: 0 is the order of commits, 1 that of ids.
        order: ParamId,
        /// How many batches are under way at once.
        relays: ParamId,
    },
    Compare(Box<Compare>),
    Gather(Box<Gather>),
}

/// Takes a table's rows of all arrivals at one instant, and starts a handler for each group of them with its sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Gather {
    pub table: TableId,
    /// Which rows: those that were inserted in this state and are in it, and where they go. Without it all that there are.
    pub moves: Option<(u8, u8)>,
    /// One group for each value of the field; else one of all.
    pub by: Option<u8>,
    pub sum: u8,
    /// Registers 0…: the number of the batch, the value of `by` (when there is one), the sum, and how many rows.
    pub handler: HandlerId,
}

/// Compares what a provider reports with the rows of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    pub report: OperationId,
    pub right: TableId,
    /// The field of the reported record and the field of the row that must be equal.
    pub left_field: u8,
    pub right_field: u8,
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
