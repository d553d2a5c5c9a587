//! What handlers do: a flat list of operations, and the details that are too large to stand in it.
//!
//! An activation (one run of a handler) has `REGS` registers of 64 bits. The compiler gives each name in scope a
//! register; what a register holds is known to the compiler alone: a number, an id, or the place of a record.

use super::{
    BatchId, BlockId, CacheId, CallId, ExprId, ForkId, HandlerId, LookupId, OperationId, ParamId, PlacedId, PublishId, RecordId, SagaId, SecretId, ServiceId,
    StepId, StoreId, TableId,
    TopicId, TxId,
};
use crate::Outcomes;

/// Registers of an activation.
pub const REGS: usize = 16;

/// A register.
pub type Reg = u8;

/// A place in `System::code`.
pub type Pc = u32;

/// One operation of a handler's code. "The last outcome" is what the activation's last step came to. Parameters are those
/// of the service that runs it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Op {
    /// Keeps the worker busy for a drawn time; in an async service it holds a core.
    Work {
        /// How long: drawn.
        time: ParamId,
        /// Where its chance is drawn.
        step: StepId,
    },
    /// Waits for a drawn time without working; the worker stays held.
    Wait {
        /// How long: drawn.
        time: ParamId,
        /// Where its chance is drawn.
        step: StepId,
    },
    /// Sets the last outcome.
    Call(CallId),
    /// Calls at once, and goes on when they have joined. Sets the last outcome.
    Fork(ForkId),
    /// Finds the entry and goes on behind `CachePut`, or goes on with the steps that fetch it.
    CacheGet(LookupId),
    /// Keeps what the steps before it came to.
    CachePut(LookupId),
    /// Sets the last outcome. `Exists::Stop` ends the handler.
    Transact(TxId),
    /// The steps that stand between two statements are through: the transaction goes on.
    TransactOn(TxId),
    /// Such a step did not come to `ok`: the transaction is rolled back and has this outcome.
    RollBackUnlessOk(TxId),
    /// Publishes outside of a transaction, at once.
    Publish(PublishId),
    /// Gives a register a value.
    Set {
        /// Which one.
        reg: Reg,
        /// The value, in the environment of steps.
        to: ExprId,
    },
    /// Goes on there.
    Jump(Pc),
    /// When the last outcome is one of these.
    JumpOn {
        /// Which outcomes.
        outcomes: Outcomes,
        /// Where it goes on then.
        to: Pc,
    },
    /// When the condition does not hold.
    JumpUnless {
        /// In the environment of steps; 0 does not hold.
        condition: ExprId,
        /// Where it goes on then.
        to: Pc,
    },
    /// Goes on with this chance.
    JumpUnlessHappens {
        /// The chance: a ratio.
        chance: ParamId,
        /// Where it is drawn.
        step: StepId,
        /// Where it goes on when it does not happen.
        to: Pc,
    },
    /// Waits for work that is done for several at once. Sets the last outcome: `refused` when the line is full.
    Batch(BatchId),
    /// Responds with the last outcome and ends, unless it is `ok`.
    OrFail,
    /// Runs the block that the parameter names; `Return` comes back. Blocks do not nest.
    Use {
        /// Which block: a `BlockId`.
        block: ParamId,
    },
    /// Goes on behind the `Use` that came here.
    Return,
    /// Starts the saga, or attaches to the one that runs under the key: then it waits, takes its outcome, and
    /// goes on at `SagaDef::exit`.
    SagaEnter(SagaId),
    /// Journals that the step begins.
    SagaStep {
        /// Which saga.
        saga: SagaId,
        /// Which of its steps, from 0.
        step: u8,
    },
    /// Takes the last outcome as the step's, and goes on: next step, leave, ask, or undo.
    SagaCheck {
        /// Which saga.
        saga: SagaId,
        /// Which of its steps, from 0.
        step: u8,
    },
    /// The snippet that asks about a step is through; the last outcome says whether it was found.
    SagaAsked {
        /// Which saga.
        saga: SagaId,
        /// Which of its steps, from 0.
        step: u8,
    },
    /// The snippet that undoes a step is through.
    SagaUndone {
        /// Which saga.
        saga: SagaId,
        /// Which of its steps, from 0.
        step: u8,
    },
    /// Sets the last outcome to that of the saga.
    SagaExit(SagaId),
    /// Ends a webhook whose signature does not hold with `failed`; everybody else goes on.
    Verify(SecretId),
    /// A place where versions of the service go wrong: a place in `System::defects`.
    Defects(u16),
    /// Answers the caller; the handler goes on.
    Respond(Answer),
    /// Ends the handler; answers `ok` if nothing was answered yet.
    End,
}

/// What a handler tells its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Always this.
    Outcome(crate::Outcome),
    /// What the last step came to.
    Last,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// Always this.
    Constant(i64),
    /// What a register holds.
    Reg(Reg),
    /// A field of the record that a register holds.
    Field {
        /// Which register.
        reg: Reg,
        /// The kind of that record.
        record: RecordId,
        /// Which of its fields, from 0.
        field: u8,
    },
    /// What an expression comes to, in the environment of steps.
    Expr(ExprId),
    /// The next id of the record that is being made.
    NewId,
}

/// Whom a call asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A service of the system.
    Handler(HandlerId),
    /// Somebody else's.
    Operation(OperationId),
}

/// A handler of a module, which lives in one of several services: inside the caller's own it is a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The number of the place, a word that is the world's: into `handlers`.
    pub place: ParamId,
    /// The handler as it is in each place.
    pub handlers: Vec<HandlerId>,
}

/// One place that calls, with its policy. All parameters belong to the calling service.
#[derive(Debug, Clone, PartialEq)]
pub struct CallDef {
    /// Where its chance is drawn, and what histories call it.
    pub step: StepId,
    /// Whom it asks.
    pub target: Target,
    /// For a handler: its registers from 0 on. For an operation: what `OperationKind` says.
    pub args: Vec<Fill>,
    /// Receives the record that the callee answers with (made, changed or found), if it answers with one.
    pub result: Option<Reg>,
    /// Which kind of record that is.
    pub brings: Option<RecordId>,
    /// The record that an operation changes.
    pub subject: Option<Reg>,
    /// Where a module's handler is at the moment; `target` is where it is as the system is found.
    pub placed: Option<PlacedId>,
    /// What the callee's queue is told, from 0, the most urgent, to 7; else what the caller's own was.
    pub priority: Option<Fill>,
    /// How it waits, tries again and gives up.
    pub policy: Policy,
}

/// How a place calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Duration of one attempt; 0 is none.
    pub timeout: ParamId,
    /// Attempts in all, at least 1.
    pub attempts: ParamId,
    /// Which outcomes are tried again.
    pub retry: ParamId,
    /// How long it waits between attempts: a `Backoff`, or `NONE` for not at all.
    pub backoff: ParamId,
    /// The idempotency key: an expression, or `NONE`.
    pub key: ParamId,
    /// Retries allowed per first attempt, as a ratio; negative is no limit. A token bucket per replica and place,
    /// ten tokens at most (as gRPC's throttle, proposal A6, with maxTokens 10).
    pub budget: ParamId,
    /// Share of failures at which the breaker opens; 0 or less is no breaker, and one may be forced open. See `Breaker`.
    pub breaker: ParamId,
    /// How many requests may be asked for one that is accepted before the caller holds some back (SRE book, ch. 21: K); 0 or
    /// less is no throttle. See `engine/throttle.rs`.
    pub throttle: ParamId,
    /// Calls in flight at most per replica and place; 0 is no bulkhead.
    pub bulkhead: ParamId,
    /// What becomes of the caller's own deadline: a word. See `deadline`.
    pub deadline: ParamId,
    /// Whether the callee is told when the caller stops waiting. See `engine/cancel.rs`.
    pub cancel: ParamId,
    /// After how long without an answer the same is asked once more, beside what is under way; 0 is never.
    pub hedge_after: ParamId,
    /// How often, at most.
    pub hedge_at_most: ParamId,
    /// Whether a further attempt, and a hedge, goes to an instance that this call has not asked yet, while there is one (Envoy,
    /// `retry_host_predicate: previous_hosts`).
    pub elsewhere: ParamId,
    /// Calls per second at most from one replica and place: a rate, 0 is no limit.
    pub rate: ParamId,
    /// The size of that limit's bucket: a count.
    pub burst: ParamId,
    /// A word: `NONE`, or the outcome that stands in for `failed`, `refused` and `unknown`.
    pub fallback: ParamId,
}

/// What a call does with the deadline that its caller was given.
pub mod deadline {
    /// Nothing: whom it calls does not hear of it.
    pub const FORGOTTEN: i64 = 0;
    /// Whom it calls hears of it, and no other attempt is made after it; the answer to the last is waited for as long as the
    /// call's own time-out says.
    pub const PASSED_ON: i64 = 1;
    /// Its own wait ends with it as well, for an answer and between two attempts (gRPC: the context's deadline is the call's).
    pub const BOUNDS: i64 = 2;
}

/// A place that looks something up in a cache.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    /// Where its chance is drawn.
    pub step: StepId,
    /// Where it looks.
    pub cache: CacheId,
    /// What it looks for.
    pub key: Fill,
    /// What is kept: the registers that the steps behind it fill.
    pub values: Vec<Reg>,
    /// Where `CacheGet` stands.
    pub get: Pc,
    /// Where the steps begin that fetch what is missing.
    pub miss: Pc,
    /// Where `CachePut` stands.
    pub put: Pc,
}

/// Calls that are made at once.
#[derive(Debug, Clone, PartialEq)]
pub struct ForkDef {
    /// What histories call it.
    pub step: StepId,
    /// The calls, which begin in this order.
    pub branches: Vec<Branch>,
    /// How many good answers are enough; 0 is all that are not optional.
    pub first: ParamId,
}

/// One of several calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Branch {
    /// The call.
    pub call: CallId,
    /// How often the same call is made at once.
    pub times: ParamId,
    /// Whether a join of all goes on without it.
    pub optional: bool,
}

/// Constants of the breaker: resilience4j's defaults (`CircuitBreakerConfig`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaker;

impl Breaker {
    /// Instead of a share: it stays open, whatever comes (`transitionToForcedOpenState`).
    pub const FORCED_OPEN: f64 = f64::MAX;
    /// Attempts over which the share of failures is taken: `slidingWindowSize`, count-based.
    pub const WINDOW_CALLS: u32 = 100;
    /// Attempts before the breaker opens at all: `minimumNumberOfCalls`.
    pub const CALLS_MIN: u32 = 100;
    /// How long it stays open: `waitDurationInOpenState`, nanoseconds.
    pub const OPEN_NS: u64 = 60_000_000_000;
    /// Attempts that it lets through, to try, after that: `permittedNumberOfCallsInHalfOpenState`.
    pub const HALF_OPEN_CALLS: u32 = 10;
}

/// Work that a device does for several requests at once. All parameters belong to the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchDef {
    /// Where its chance is drawn.
    pub step: StepId,
    /// Where it is done.
    pub service: ServiceId,
    /// Requests in a batch at most: a count.
    pub up_to: ParamId,
    /// How long the first of them waits for others: a duration, 0 is not at all.
    pub within: ParamId,
    /// What a batch takes, whatever is in it: drawn.
    pub takes: ParamId,
    /// What each request in it adds: a duration.
    pub each: ParamId,
    /// Batches at a time, per instance: a count.
    pub devices: ParamId,
    /// Requests that wait for a batch at most, a count; beyond it, one is refused.
    pub waiting: ParamId,
}

/// A local transaction: commits whole or not at all. Each statement takes its locks when its turn comes, and they are
/// held to the end; its effects happen at one instant, when it commits.
#[derive(Debug, Clone, PartialEq)]
pub struct TxDef {
    /// Where its chance is drawn, and what histories call it.
    pub step: StepId,
    /// Where it is done.
    pub store: StoreId,
    /// What it does, in order.
    pub statements: Vec<Statement>,
    /// Time that a statement takes after it has its locks, and where it is drawn; as long as `statements`, or empty.
    pub takes: Vec<Option<(ParamId, StepId)>>,
    /// The columns that each statement names, as bits.
    pub names: Vec<u64>,
    /// Whether time passes between its statements: then what makes one fail is found when it is its turn.
    pub stretched: bool,
    /// How often it is tried in all when it is aborted because of others: deadlock, conflict, version.
    pub attempts: ParamId,
    /// How long it waits before it is tried again: a `Backoff`, or `NONE` for not at all.
    pub backoff: ParamId,
    /// A word: `AS_THE_STORE` or one of the levels.
    pub isolation: ParamId,
    /// A word: 0 is the store, 1 its copy. For transactions that only read.
    pub reads_from: Option<ParamId>,
    /// Where its `Transact` stands.
    pub entry: Pc,
    /// Where the handler goes on when it is over.
    pub exit: Pc,
}

/// As `Store::isolation` says. Levels of isolation are as PostgreSQL has them (docs, Transaction Isolation).
pub const AS_THE_STORE: i64 = -1;
/// Each statement sees what is committed by its own instant.
pub const READ_COMMITTED: i64 = 0;
/// A snapshot of the first statement's instant; the first updater wins.
pub const REPEATABLE_READ: i64 = 1;
/// Repeatable read, and no dangerous structure (Cahill, Röhm, Fekete, SIGMOD 2008).
pub const SERIALIZABLE: i64 = 2;

/// What a transaction does, one thing after the other.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// Adds rows.
    Insert(Insert),
    /// Moves the row to another state. `missing` when there is no such row; unchanged when its state is not in
    /// `from`, which is `missing` too.
    Move {
        /// Which row.
        find: Find,
        /// The states that it may be in, as bits.
        from: u64,
        /// The state to which it goes.
        to: u8,
    },
    /// Sets fields of a row, or adds to what they hold at that instant. `missing` when there is no such row.
    Update {
        /// Which row.
        find: Find,
        /// Which fields are given which values.
        sets: Vec<(u8, Fill)>,
        /// To which fields how much is added, at the instant of the commit.
        adds: Vec<(u8, Fill)>,
        /// What the row must still hold, such as the version that was read: else the transaction is aborted.
        expects: Vec<(u8, Fill)>,
    },
    /// Reads fields of a row into registers. `missing` when there is no such row.
    Read {
        /// Which row.
        find: Find,
        /// Which fields are read into which registers.
        into: Vec<(u8, Reg)>,
        /// Whether the row is locked to the end of the transaction (SELECT … FOR UPDATE).
        lock: bool,
    },
    /// Direct: after the commit, and a crash in between loses it. Stored: a row of the store's outbox.
    Publish(PublishId),
    /// The handler does something else while the transaction stays open, up to `Op::TransactOn`.
    Steps,
}

/// Rows that are added to a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Insert {
    /// Which table.
    pub table: TableId,
    /// The state the rows begin in; 0 where the table has none.
    pub state: u8,
    /// What happens when one is there already.
    pub exists: Exists,
    /// One list of fields per row.
    pub rows: Vec<Vec<Fill>>,
}

/// What happens when a row with the same unique fields is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exists {
    /// The transaction aborts and answers `invalid`.
    Fail,
    /// The statement does nothing.
    Continue,
    /// The transaction and the handler end, with `ok`.
    Stop,
}

/// The one row of a table whose field has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Find {
    /// Where it stands.
    pub table: TableId,
    /// The field that is compared, from 0.
    pub field: u8,
    /// The value that it must have.
    pub value: Fill,
}

/// A place in the code that publishes.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishDef {
    /// Where its chance is drawn, and what histories call it.
    pub step: StepId,
    /// Where to.
    pub topic: TopicId,
    /// A word: `VIA_DIRECT` or `VIA_OUTBOX`. Outside of a transaction always direct.
    pub via: ParamId,
    /// The message's fields.
    pub body: Vec<Fill>,
    /// What decides the partition.
    pub key: Fill,
}

/// At once, or after the transaction's commit: a crash in between loses the message.
pub const VIA_DIRECT: i64 = 0;
/// As a row of the store's outbox, in the transaction: a relay publishes it.
pub const VIA_OUTBOX: i64 = 1;

/// A saga: steps with compensations, and a journal from which another replica can go on.
#[derive(Debug, Clone, PartialEq)]
pub struct SagaDef {
    /// As the scenario calls it.
    pub name: String,
    /// What it is about: one runs at a time of each key, and a key whose saga has ended well answers `ok` at once.
    pub key: Fill,
    /// The store that knows how far it is.
    pub journal: StoreId,
    /// How long after its replica died another one takes the saga up, and how long it waits before it tries an
    /// undo again that did not succeed.
    pub resume_after: ParamId,
    /// A word: `LEAVE` or `UNDO`.
    pub failed: ParamId,
    /// A word: `LEAVE` or `ASK`.
    pub unknown: ParamId,
    /// What it does, in order.
    pub steps: Vec<SagaStepDef>,
    /// Where `SagaExit` stands.
    pub exit: Pc,
    /// The handler that holds the saga: a resumed saga runs its code.
    pub handler: HandlerId,
}

/// Ends as it is; nobody goes on with it.
pub const LEAVE: i64 = 0;
/// Compensates what was done, the last step first.
pub const UNDO: i64 = 1;
/// Asks whether the step was done, and goes on accordingly.
pub const ASK: i64 = 1;

/// A step of a saga, with what takes it back.
#[derive(Debug, Clone, PartialEq)]
pub struct SagaStepDef {
    /// As the scenario calls it.
    pub name: String,
    /// Where its `SagaStep` stands.
    pub forward: Pc,
    /// Ends with `SagaUndone`.
    pub undo: Option<Pc>,
    /// Ends with `SagaAsked`.
    pub ask: Option<Pc>,
}

/// The expression environment of a block, kept for histories.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// As the scenario calls it.
    pub name: String,
    /// Where its code begins; it ends with `Op::Return`.
    pub entry: Pc,
    /// Its place in `System::blocks`.
    pub id: BlockId,
}
