//! What handlers do: a flat list of operations, and the details that are too large to stand in it.
//!
//! An activation (one run of a handler) has `REGS` registers of 64 bits. The compiler gives each name in scope a
//! register; what a register holds is known to the compiler alone: a number, an id, or the place of a record.

use super::{
    BatchId, BlockId, CacheId, CallId, ExprId, ForkId, HandlerId, LookupId, OperationId, ParamId, PlacedId, PublishId, RecordId, SagaId, ServiceId,
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

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Op {
    /// Keeps the worker busy for a drawn time; in an async service it holds a core.
    Work {
        time: ParamId,
        step: StepId,
    },
    /// Waits for a drawn time without working; the worker stays held.
    Wait {
        time: ParamId,
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
    Set {
        reg: Reg,
        to: ExprId,
    },
    Jump(Pc),
    /// When the last outcome is one of these.
    JumpOn {
        outcomes: Outcomes,
        to: Pc,
    },
    JumpUnless {
        condition: ExprId,
        to: Pc,
    },
    /// Goes on with this chance.
    JumpUnlessHappens {
        chance: ParamId,
        step: StepId,
        to: Pc,
    },
    /// Waits for work that is done for several at once. Sets the last outcome: `refused` when the line is full.
    Batch(BatchId),
    /// Responds with the last outcome and ends, unless it is `ok`.
    OrFail,
    /// Runs the block that the parameter names; `Return` comes back. Blocks do not nest.
    Use {
        block: ParamId,
    },
    Return,
    /// Starts the saga, or attaches to the one that runs under the key: then it waits, takes its outcome, and
    /// goes on at `SagaDef::exit`.
    SagaEnter(SagaId),
    /// Journals that the step begins.
    SagaStep {
        saga: SagaId,
        step: u8,
    },
    /// Takes the last outcome as the step's, and goes on: next step, leave, ask, or undo.
    SagaCheck {
        saga: SagaId,
        step: u8,
    },
    /// The snippet that asks about a step is through; the last outcome says whether it was found.
    SagaAsked {
        saga: SagaId,
        step: u8,
    },
    /// The snippet that undoes a step is through.
    SagaUndone {
        saga: SagaId,
        step: u8,
    },
    /// Sets the last outcome to that of the saga.
    SagaExit(SagaId),
    /// A place where versions of the service go wrong: a place in `System::defects`.
    Defects(u16),
    /// Answers the caller; the handler goes on.
    Respond(Answer),
    /// Ends the handler; answers `ok` if nothing was answered yet.
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Outcome(crate::Outcome),
    /// What the last step came to.
    Last,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    Constant(i64),
    Reg(Reg),
    /// A field of the record that a register holds.
    Field {
        reg: Reg,
        record: RecordId,
        field: u8,
    },
    Expr(ExprId),
    /// The next id of the record that is being made.
    NewId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Handler(HandlerId),
    Operation(OperationId),
}

/// A handler of a module, which lives in one of several services: inside the caller's own it is a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The number of the place.
    pub place: ParamId,
    pub handlers: Vec<HandlerId>,
}

/// One place that calls, with its policy. All parameters belong to the calling service.
#[derive(Debug, Clone, PartialEq)]
pub struct CallDef {
    pub step: StepId,
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
    /// What the callee's queue is told; else what the caller's own was.
    pub priority: Option<Fill>,
    pub policy: Policy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Duration of one attempt; 0 is none.
    pub timeout: ParamId,
    /// Attempts in all, at least 1.
    pub attempts: ParamId,
    /// Which outcomes are tried again.
    pub retry: ParamId,
    pub backoff: ParamId,
    /// The idempotency key: an expression, or `NONE`.
    pub key: ParamId,
    /// Retries allowed per first attempt, as a ratio; negative is no limit. A token bucket per replica and place,
    /// ten tokens at most (as gRPC's throttle, proposal A6, with maxTokens 10).
    pub budget: ParamId,
    /// Share of failures at which the breaker opens; 0 or less is no breaker. See `Breaker`.
    pub breaker: ParamId,
    /// How many requests may be asked for one that is accepted before the caller holds some back (SRE book, ch. 21: K); 0 or
    /// less is no throttle. See `engine/throttle.rs`.
    pub throttle: ParamId,
    /// Calls in flight at most per replica and place; 0 is no bulkhead.
    pub bulkhead: ParamId,
    /// Whether the caller's own deadline is passed on and honoured.
    pub deadline: ParamId,
    /// Whether the callee is told when the caller stops waiting. See `engine/cancel.rs`.
    pub cancel: ParamId,
    /// After how long without an answer the same is asked once more, beside what is under way; 0 is never.
    pub hedge_after: ParamId,
    /// How often, at most.
    pub hedge_at_most: ParamId,
    /// Calls per second at most from one replica and place, and the size of the bucket; a rate of 0 is no limit.
    pub rate: ParamId,
    pub burst: ParamId,
    /// A word: `NONE`, or the outcome that stands in for `failed`, `refused` and `unknown`.
    pub fallback: ParamId,
}

/// A place that looks something up in a cache.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    pub step: StepId,
    pub cache: CacheId,
    pub key: Fill,
    /// What is kept: the registers that the steps behind it fill.
    pub values: Vec<Reg>,
    /// Where `CacheGet` stands, the steps that fetch, and `CachePut`.
    pub get: Pc,
    pub miss: Pc,
    pub put: Pc,
}

/// Calls that are made at once.
#[derive(Debug, Clone, PartialEq)]
pub struct ForkDef {
    pub step: StepId,
    pub branches: Vec<Branch>,
    /// How many good answers are enough; 0 is all that are not optional.
    pub first: ParamId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Branch {
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
    pub const WINDOW_CALLS: u32 = 100;
    pub const CALLS_MIN: u32 = 100;
    pub const OPEN_NS: u64 = 60_000_000_000;
    pub const HALF_OPEN_CALLS: u32 = 10;
}

/// Work that a device does for several requests at once. All parameters belong to the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchDef {
    pub step: StepId,
    pub service: ServiceId,
    /// Requests in a batch at most.
    pub up_to: ParamId,
    /// How long the first of them waits for others.
    pub within: ParamId,
    /// What a batch takes, whatever is in it.
    pub takes: ParamId,
    /// What each request in it adds.
    pub each: ParamId,
    /// Batches at a time, per instance.
    pub devices: ParamId,
    /// Requests that wait for a batch at most; beyond it, one is refused.
    pub waiting: ParamId,
}

/// A local transaction: commits whole or not at all. Each statement takes its locks when its turn comes, and they are
/// held to the end; its effects happen at one instant, when it commits.
#[derive(Debug, Clone, PartialEq)]
pub struct TxDef {
    pub step: StepId,
    pub store: StoreId,
    pub statements: Vec<Statement>,
    /// Time that a statement takes after it has its locks, and where it is drawn; as long as `statements`, or empty.
    pub takes: Vec<Option<(ParamId, StepId)>>,
    /// The columns that each statement names, as bits.
    pub names: Vec<u64>,
    /// Whether time passes between its statements: then what makes one fail is found when it is its turn.
    pub stretched: bool,
    /// How often it is tried in all when it is aborted because of others: deadlock, conflict, version.
    pub attempts: ParamId,
    pub backoff: ParamId,
    /// A word: `AS_THE_STORE` or one of the levels.
    pub isolation: ParamId,
    /// A word: 0 is the store, 1 its copy. For transactions that only read.
    pub reads_from: Option<ParamId>,
    /// Where its `Transact` stands, and where the handler goes on when it is over.
    pub entry: Pc,
    pub exit: Pc,
}

/// Levels of isolation as PostgreSQL has them (docs, Transaction Isolation).
pub const AS_THE_STORE: i64 = -1;
pub const READ_COMMITTED: i64 = 0;
/// A snapshot of the first statement's instant; the first updater wins.
pub const REPEATABLE_READ: i64 = 1;
/// Repeatable read, and no dangerous structure (Cahill, Röhm, Fekete, SIGMOD 2008).
pub const SERIALIZABLE: i64 = 2;

#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    Insert(Insert),
    /// Moves the row to another state. `missing` when there is no such row; unchanged when its state is not in
    /// `from`, which is `missing` too.
    Move {
        find: Find,
        from: u64,
        to: u8,
    },
    /// Sets fields of a row, or adds to what they hold at that instant. `missing` when there is no such row.
    Update {
        find: Find,
        sets: Vec<(u8, Fill)>,
        adds: Vec<(u8, Fill)>,
        /// What the row must still hold, such as the version that was read: else the transaction is aborted.
        expects: Vec<(u8, Fill)>,
    },
    /// Reads fields of a row into registers. `missing` when there is no such row.
    Read {
        find: Find,
        into: Vec<(u8, Reg)>,
        lock: bool,
    },
    /// Direct: after the commit, and a crash in between loses it. Stored: a row of the store's outbox.
    Publish(PublishId),
    /// The handler does something else while the transaction stays open, up to `Op::TransactOn`.
    Steps,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Insert {
    pub table: TableId,
    /// The state the rows begin in; 0 where the table has none.
    pub state: u8,
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
    pub table: TableId,
    pub field: u8,
    pub value: Fill,
}

#[derive(Debug, Clone, PartialEq)]
pub struct PublishDef {
    pub step: StepId,
    pub topic: TopicId,
    /// A word: `VIA_DIRECT` or `VIA_OUTBOX`. Outside of a transaction always direct.
    pub via: ParamId,
    /// The message's fields.
    pub body: Vec<Fill>,
    /// What decides the partition.
    pub key: Fill,
}

pub const VIA_DIRECT: i64 = 0;
pub const VIA_OUTBOX: i64 = 1;

/// A saga: steps with compensations, and a journal from which another replica can go on.
#[derive(Debug, Clone, PartialEq)]
pub struct SagaDef {
    pub name: String,
    pub key: Fill,
    pub journal: StoreId,
    /// How long after its replica died another one takes the saga up, and how long it waits before it tries an
    /// undo again that did not succeed.
    pub resume_after: ParamId,
    /// A word: `LEAVE` or `UNDO`.
    pub failed: ParamId,
    /// A word: `LEAVE` or `ASK`.
    pub unknown: ParamId,
    pub steps: Vec<SagaStepDef>,
    /// Where `SagaExit` stands.
    pub exit: Pc,
    /// The handler that holds the saga: a resumed saga runs its code.
    pub handler: HandlerId,
}

pub const LEAVE: i64 = 0;
pub const UNDO: i64 = 1;
pub const ASK: i64 = 1;

#[derive(Debug, Clone, PartialEq)]
pub struct SagaStepDef {
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
    pub name: String,
    pub entry: Pc,
    pub id: BlockId,
}
