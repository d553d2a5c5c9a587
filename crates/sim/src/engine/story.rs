//! What happens in a run, beat by beat: what is true, and what of it a team's own instruments could show.
//!
//! Lives here: the words of it. Who listens, and how little it costs when nobody does, stands in `listen.rs`.

use super::listen::SpanId;
use super::moves::Ended;
use crate::Outcome;
use crate::system::{CacheId, 
    AlertId, CallId, ClientId, GroupId, HandlerId, InvariantId, MoveId, OperationId, ProviderId, RecordId, SagaId, SecretId, ServiceId,
    StoreId, TopicId, TxId, VersionId,
};

/// Where a beat of a story takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Client(ClientId),
    Service(ServiceId),
    Store(StoreId),
    Provider(ProviderId),
    Topic(TopicId),
    Group(GroupId),
    Saga(SagaId),
    Support,
    Operator,
    Telemetry,
    Oracle,
}

/// What started an activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A clock, or a saga that is taken up again.
    Itself,
    /// An attempt of a call. Nobody's activation made it when it is a person's click.
    Call { call: SpanId, attempt: u16 },
    /// A message, which has failed so often before.
    Message { message: SpanId, failures: u16 },
    /// An event that a provider sends.
    Event { attempt: u16 },
    Move,
    /// What a comparison found.
    Item,
}

/// Something by which an activation can be found: what it was given, or what a call brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// The handler's register.
    Input(HandlerId, u8),
    Record(RecordId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollOutStep {
    /// Another is under way.
    Waits,
    Begins,
    GateFails,
    Done,
    RolledBack,
}

/// Why a call was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCalled {
    BreakerOpen,
    BulkheadFull,
    /// The caller's own limit on how often it calls.
    RateLimited,
    /// Too little of what was asked lately is accepted.
    Throttled,
}

/// Why no connection could be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoWay {
    /// The caller knows of no instance.
    NobodyKnown,
    /// A machine is at that address, and nobody listens.
    NobodyListens,
    /// Nothing at that address answers.
    Silent,
    /// The network let nothing through in time.
    NotThrough,
}

/// Through what a message that held up its partition got out of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freed {
    Handled,
    Parked,
    /// An operator set the group's offset behind it.
    Skipped,
    /// It had grown older than the topic keeps.
    Expired,
}

/// What an instance turns to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Somebody ends it: it is taken off the lists of endpoints.
    Leaves,
    /// It had nothing left to do, and exits by itself.
    Exits,
    /// Its readiness probe has failed, or succeeds again.
    NotReady,
    Ready,
    /// Its liveness probe has failed: it is ended and started again.
    NotAlive,
    /// Nothing runs in it, and nobody inside notices.
    Pauses,
    WakesUp,
}

/// Times that are called `since` are nanoseconds after virtual 0: when what ends here began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    Arrives { record: RecordId, id: i64, amount: i64 },
    Clicks { click: u16 },
    /// The person has an answer, or gives up: `unknown`.
    Told { outcome: Outcome, took: u64 },
    /// All workers are busy, or the instance stands still; it waits. Until it begins nobody writes anything about it.
    Queues { handler: HandlerId, replica: u32, frozen: bool },
    /// The replica's number in its service, from 1.
    /// `version`: that of the instance, where its service has several.
    Begins { handler: HandlerId, replica: u32, version: Option<VersionId>, cause: Cause },
    /// The activation knows this id.
    Carries { as_: Carried, id: i64 },
    Answers { handler: HandlerId, outcome: Outcome },
    /// Its time was over before a worker was free.
    Expires { handler: HandlerId },
    /// It was refused after it had waited for a worker for as long as it may.
    WaitsTooLong { handler: HandlerId },
    Dies { handler: HandlerId },
    TurnedAway,
    Calls { call: CallId, attempt: u16 },
    /// The caller has its answer, or knows that nothing was begun, or that the connection broke.
    Returns { call: CallId, attempt: u16, outcome: Outcome, since: u64 },
    TimeUp { call: CallId, attempt: u16, since: u64, connecting: bool },
    NotCalled { call: CallId, why: NotCalled },
    /// It has not been answered for a while, or failed: the same is asked once more, beside what is under way.
    Hedges { call: CallId },
    /// It failed, and this stands in for its outcome.
    FallsBack { call: CallId, outcome: Outcome },
    /// Somebody else's record goes on by itself.
    Becomes { record: RecordId, id: i64, state: u8 },
    RequestLost { operation: OperationId },
    Receives { operation: OperationId },
    /// Real from here on; `id` is that of the record made, changed or found, or 0. `amount` is the first amount of money
    /// that it holds, in minor units.
    Effect { operation: OperationId, outcome: Outcome, id: i64, amount: i64 },
    Replies { operation: OperationId, outcome: Outcome, replay: bool },
    /// Its caller had stopped waiting.
    RepliesTooLate { operation: OperationId },
    AnswerLost { operation: OperationId },
    SendsHook { event: i64, attempt: u16 },
    /// `copy`: it read from the copy.
    Commits { tx: TxId, since: u64, copy: bool },
    /// What is wrong with a version shows; none is a step that is passed over.
    Defect { version: VersionId, outcome: Option<Outcome> },
    /// A value that a cache had: nobody was asked. `stale`: it is older than it should be.
    Remembers { cache: CacheId, stale: bool },
    Aborts { tx: TxId, outcome: Outcome, stops: bool, since: u64 },
    /// No connection was had: none was free in time, the store had none left, or it was down.
    NoConnection { tx: TxId, since: u64, down: bool },
    /// The connection broke before an answer came: it was committed, or not.
    ConnectionLost { tx: TxId, since: u64 },
    /// It was committed all the same.
    CommitsUnheard { tx: TxId },
    Published { topic: TopicId, message: SpanId },
    /// Nobody will be able to read it.
    Garbled { topic: TopicId },
    /// Handling it has failed, so often by now; it is tried again after `again` nanoseconds, or put aside where that is 0.
    Fails { partition: u16, message: SpanId, outcome: Outcome, failures: u16, again: u64 },
    Parked { message: SpanId, failures: u16 },
    /// An operator set the group's offset behind it.
    Skipped { message: SpanId },
    /// It stands behind a message that fails: that of a record, where it is about one (else the id is 0).
    Waits { message: SpanId, partition: u16, behind: RecordId, id: i64, failures: u16 },
    /// What it stood behind is out of the way.
    WaitsNoMore { message: SpanId, partition: u16, behind: RecordId, id: i64, failures: u16, freed: Freed },
    /// Of a queue: nobody has said in time that the message is done with, so another may have it.
    RunsOut { message: SpanId, receives: u16 },
    /// A consumer is through with a message that was not its own any more: what it did stands, that it is done counts not.
    AckRefused { message: SpanId },
    /// A redrive puts it back from the dead letters.
    PutBack { message: SpanId },
    SagaBegins { attempt: u16 },
    SagaStep { step: u8, outcome: Outcome },
    SagaUndone { step: u8, outcome: Outcome },
    SagaEnds { outcome: Outcome },
    /// `by`: the activation that began it.
    SagaResumes { step: u8, by: SpanId },
    Ticket { invariant: InvariantId },
    TicketAnswered { invariant: InvariantId },
    Moves { makes: MoveId },
    MoveEnds { makes: MoveId, ended: Ended },
    Alert { alert: AlertId },
    /// A process stops, or is there again; its number in its service, from 1.
    Crashes { replica: u32 },
    Starts { replica: u32 },
    Turns { replica: u32, to: Turn },
    Broken { invariant: InvariantId, record: RecordId, id: i64 },
    /// No connection could be opened: nothing was sent.
    CannotConnect { call: CallId, attempt: u16, why: NoWay },
    /// What is sent to a store does not get through, for the first time: it is sent again until it does.
    NotThrough { tx: TxId },
    /// The store did not take the credential, or has locked out whoever shows it: nothing was done.
    LoginFailed { store: StoreId, locked: bool },
    /// Whoever opened a connection did not take the certificate that it was shown.
    BadCertificate { call: CallId, attempt: u16 },
    /// A credential was used by somebody else; written down only where an audit is paid for.
    Misused { secret: SecretId },
    /// Its caller has stopped waiting, and said so.
    Cancelled { handler: HandlerId },
    /// A version is on its way to the instances of its service.
    RollsOut { version: VersionId, step: RollOutStep },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub at: u64,
    /// The number of the arrival that it is about, or 0.
    pub serial: u64,
    pub part: Part,
    pub beat: Beat,
    /// The activation that does it, if one does.
    pub act: SpanId,
    /// The call that it belongs to, with all its attempts.
    pub call: SpanId,
    /// Whether correlation ids were passed on at that time.
    pub correlated: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Story {
    pub serial: u64,
    pub moments: Vec<Moment>,
}

/// A story that goes on for ever is cut.
pub(super) const MOMENTS_MAX: usize = 10_000;

impl Story {
    pub fn about(serial: u64) -> Story {
        Story { serial, moments: Vec::new() }
    }
}

impl Beat {
    /// Whether the team's own instruments could show it. What happens inside somebody else's system, on the way there, in
    /// front of a person, or in the oracle's mind is not seen. Every beat is listed, so that a new one is thought about.
    pub fn is_visible(&self) -> bool {
        use Beat as B;
        match self {
            // The person's side.
            B::Arrives { .. } | B::Clicks { .. } | B::Told { .. } => false,
            // Somebody else's system, and the way there and back.
            B::RequestLost { .. }
            | B::Receives { .. }
            | B::Effect { .. }
            | B::RepliesTooLate { .. }
            | B::AnswerLost { .. }
            | B::Becomes { .. }
            | B::SendsHook { .. } => false,
            // A queue has a length; whose place in it is whose, nobody writes down.
            B::Queues { .. } | B::Waits { .. } | B::WaitsNoMore { .. } => false,
            // True, and nobody there to notice.
            B::CommitsUnheard { .. } | B::Garbled { .. } | B::Broken { .. } | B::Defect { .. } => false,
            B::Begins { .. }
            | B::Carries { .. }
            | B::Answers { .. }
            | B::Expires { .. }
            | B::WaitsTooLong { .. }
            | B::Dies { .. }
            | B::TurnedAway
            | B::Calls { .. }
            | B::Returns { .. }
            | B::TimeUp { .. }
            | B::NotCalled { .. }
            | B::CannotConnect { .. }
            | B::NotThrough { .. }
            | B::Remembers { .. }
            | B::Cancelled { .. }
            | B::Hedges { .. }
            | B::FallsBack { .. }
            | B::LoginFailed { .. }
            | B::BadCertificate { .. }
            | B::Misused { .. }
            | B::Commits { .. }
            | B::Aborts { .. }
            | B::NoConnection { .. }
            | B::ConnectionLost { .. }
            | B::Published { .. }
            | B::Fails { .. }
            | B::RunsOut { .. }
            | B::AckRefused { .. }
            | B::Parked { .. }
            | B::Skipped { .. }
            | B::PutBack { .. }
            | B::SagaBegins { .. }
            | B::SagaStep { .. }
            | B::SagaUndone { .. }
            | B::SagaEnds { .. }
            | B::SagaResumes { .. }
            | B::Ticket { .. }
            | B::TicketAnswered { .. }
            | B::Moves { .. }
            | B::MoveEnds { .. }
            | B::Alert { .. }
            | B::Crashes { .. }
            | B::RollsOut { .. }
            | B::Starts { .. } => true,
            B::Turns { to, .. } => !matches!(to, Turn::Pauses | Turn::WakesUp),
            // The answer, as its caller gets it.
            B::Replies { .. } => true,
        }
    }
}
