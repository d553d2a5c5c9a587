//! The beats of a run: what is true, and what of it a team's own instruments could show.

use super::listen::SpanId;
use super::moves::Ended;
use super::story::{Carried, Cause, Freed, NoWay, NotCalled, RollOutStep, Turn, Unsigned};
use crate::Outcome;
use crate::system::{
    AlertId, CacheId, CallId, HandlerId, InvariantId, MoveId, OperationId, RecordId, SecretId, StoreId, TopicId, TxId, VersionId,
};

/// What happens. Times that are called `since` are nanoseconds after virtual 0: when what ends here began. `attempt`
/// counts from 1; `id` is a record's, as `crate::Id` has it; `amount` is money in minor units, 0 where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// Somebody comes, with what their arrival makes.
    Arrives {
        /// The kind of record that is made.
        record: RecordId,
        /// Its id.
        id: i64,
        /// The first amount of money that it holds.
        amount: i64,
    },
    /// Somebody clicks.
    Clicks {
        /// Which click of the person, from 1.
        click: u16,
    },
    /// The person has an answer, or gives up: `unknown`.
    Told {
        /// What the page says.
        outcome: Outcome,
        /// From the click, in nanoseconds; an SDK's attempts are within it.
        took: u64,
    },
    /// All workers are busy, or the instance stands still; it waits. Until it begins nobody writes anything about it.
    Queues {
        /// What it is to be.
        handler: HandlerId,
        /// The instance's number in its service, from 1.
        replica: u32,
        /// Because the instance stands still, whether or not its workers are busy.
        frozen: bool,
    },
    /// An activation begins to work.
    Begins {
        /// The code that it runs.
        handler: HandlerId,
        /// The instance's number in its service, from 1.
        replica: u16,
        /// That of the instance; its number is `u16::MAX` where its service has none.
        version: VersionId,
        /// What started it.
        cause: Cause,
    },
    /// The clock of the instance that begins is wrong, and all that the activation writes bears its time.
    ClockOff {
        /// By how many milliseconds it is ahead; behind is less than 0.
        ahead_ms: i32,
    },
    /// The activation knows this id.
    Carries {
        /// What it knows it as.
        as_: Carried,
        /// The id.
        id: i64,
    },
    /// An activation answers; it may go on working.
    Answers {
        /// The code that it runs.
        handler: HandlerId,
        /// What it says.
        outcome: Outcome,
    },
    /// Its time was over before a worker was free.
    Expires {
        /// What it would have been.
        handler: HandlerId,
    },
    /// It was refused in the line: somebody who matters more has its place.
    PutOut {
        /// What it would have been.
        handler: HandlerId,
    },
    /// A device begins with it.
    Batched {
        /// How many others are in the same batch.
        with: u16,
        /// When it came to the line, nanoseconds.
        since: u64,
    },
    /// It was refused after it had waited for a worker for as long as it may.
    WaitsTooLong {
        /// What it would have been.
        handler: HandlerId,
    },
    /// An activation ends with its instance.
    Dies {
        /// The code that it ran.
        handler: HandlerId,
    },
    /// A request was refused at once: there was no room, or a limit was reached.
    TurnedAway,
    /// An attempt of a call is sent.
    Calls {
        /// The place in the code that calls.
        call: CallId,
        /// Which attempt.
        attempt: u16,
    },
    /// The caller has its answer, or knows that nothing was begun, or that the connection broke.
    Returns {
        /// The place in the code that called.
        call: CallId,
        /// Which attempt.
        attempt: u16,
        /// What it came to.
        outcome: Outcome,
        /// When the attempt was sent.
        since: u64,
    },
    /// The caller does not wait any more for an attempt.
    TimeUp {
        /// The place in the code that called.
        call: CallId,
        /// Which attempt.
        attempt: u16,
        /// When the attempt was sent.
        since: u64,
        /// The connection was not open yet: nothing was sent, so this is `refused` and not `unknown`.
        connecting: bool,
    },
    /// A call is held back by its own place.
    NotCalled {
        /// The place in the code that would have called.
        call: CallId,
        /// What held it back.
        why: NotCalled,
    },
    /// It has not been answered for a while, or failed: the same is asked once more, beside what is under way.
    Hedges {
        /// The place in the code that calls.
        call: CallId,
    },
    /// It failed, and this stands in for its outcome.
    FallsBack {
        /// The place in the code that called.
        call: CallId,
        /// What its caller goes on with.
        outcome: Outcome,
    },
    /// Somebody else's record goes on by itself.
    Becomes {
        /// The kind of record.
        record: RecordId,
        /// Its id.
        id: i64,
        /// The state that it has now: into `Record::states`.
        state: u8,
    },
    /// A request got lost on its way; nothing was done.
    RequestLost {
        /// What was asked for.
        operation: OperationId,
    },
    /// A provider has a request.
    Receives {
        /// What is asked for.
        operation: OperationId,
    },
    /// Real from here on; `id` is that of the record made, changed or found, or 0.
    Effect {
        /// What was asked for.
        operation: OperationId,
        /// What it came to: no, too, is an effect.
        outcome: Outcome,
        /// Of the record.
        id: i64,
        /// The first amount of money that the record holds.
        amount: i64,
    },
    /// A provider's answer is on its way, and somebody waits for it.
    Replies {
        /// What was asked for.
        operation: OperationId,
        /// What it says.
        outcome: Outcome,
        /// It is what an idempotency key remembered: nothing was done anew.
        replay: bool,
    },
    /// Its caller had stopped waiting.
    RepliesTooLate {
        /// What was asked for.
        operation: OperationId,
    },
    /// A provider's answer gets lost; what it says was done is done.
    AnswerLost {
        /// What was asked for.
        operation: OperationId,
    },
    /// A provider tells of a change by itself.
    SendsHook {
        /// The event's number, from 1 over all providers; copies of one event share it.
        event: i64,
        /// Which attempt to deliver it.
        attempt: u16,
    },
    /// `copy`: it read from the copy.
    Commits {
        /// The transaction.
        tx: TxId,
        /// When the activation asked for a connection.
        since: u64,
        /// It read from the copy.
        copy: bool,
    },
    /// What is wrong with a version shows; none is a step that is passed over.
    Defect {
        /// The version that is wrong.
        version: VersionId,
        /// What it answers; none is a step that is passed over.
        outcome: Option<Outcome>,
    },
    /// A value that a cache had: nobody was asked. `stale`: it is older than it should be.
    Remembers {
        /// The cache.
        cache: CacheId,
        /// It is older than it should be.
        stale: bool,
    },
    /// A transaction was not committed.
    Aborts {
        /// The transaction.
        tx: TxId,
        /// What it came to.
        outcome: Outcome,
        /// A row with the same unique fields was there, so there is nothing to do: the handler ends with `ok`.
        stops: bool,
        /// When the activation asked for a connection.
        since: u64,
    },
    /// No connection was had: none was free in time, the store had none left, or it was down.
    NoConnection {
        /// The transaction.
        tx: TxId,
        /// When the activation asked for one.
        since: u64,
        /// The store was down.
        down: bool,
    },
    /// The connection broke before an answer came: it was committed, or not.
    ConnectionLost {
        /// The transaction.
        tx: TxId,
        /// When the activation asked for a connection.
        since: u64,
    },
    /// It was committed all the same.
    CommitsUnheard {
        /// The transaction of which its client does not know.
        tx: TxId,
    },
    /// A broker took a message.
    Published {
        /// Where it stands now.
        topic: TopicId,
        /// The message; `SpanId::NONE` where no group reads the topic.
        message: SpanId,
    },
    /// Nobody will be able to read it.
    Garbled {
        /// Where the message stands.
        topic: TopicId,
    },
    /// Handling it has failed, so often by now; it is tried again after `again` nanoseconds, or put aside where that is 0.
    Fails {
        /// The partition, from 0; 0 of a queue.
        partition: u16,
        /// The message.
        message: SpanId,
        /// What handling it came to.
        outcome: Outcome,
        /// How often that failed by now, of a queue how often the message was received.
        failures: u16,
        /// Nanoseconds until it is tried again; 0 where it is put aside.
        again: u64,
    },
    /// A message was put aside, among the dead letters.
    Parked {
        /// The message.
        message: SpanId,
        /// How often it failed, of a queue how often it was received.
        failures: u16,
    },
    /// An operator set the group's offset behind it.
    Skipped {
        /// The message, which the group never handles.
        message: SpanId,
    },
    /// It stands behind a message that fails: that of a record, where it is about one (else the id is 0).
    Waits {
        /// The message that waits.
        message: SpanId,
        /// The partition in which it stands, from 0.
        partition: u16,
        /// The kind of record that the one before it is about.
        behind: RecordId,
        /// Of that record; 0 where it is about none.
        id: i64,
        /// How often the one before it has failed by now.
        failures: u16,
    },
    /// What it stood behind is out of the way.
    WaitsNoMore {
        /// The message that waited.
        message: SpanId,
        /// The partition in which it stands, from 0.
        partition: u16,
        /// The kind of record that the one before it was about.
        behind: RecordId,
        /// Of that record; 0 where it was about none.
        id: i64,
        /// How often the one before it had failed.
        failures: u16,
        /// Through what it got out of the way.
        freed: Freed,
    },
    /// Of a queue: nobody has said in time that the message is done with, so another may have it.
    RunsOut {
        /// The message.
        message: SpanId,
        /// How often it was handed out, this time included.
        receives: u16,
    },
    /// A consumer is through with a message that was not its own any more: what it did stands, that it is done counts not.
    AckRefused {
        /// The message.
        message: SpanId,
    },
    /// A redrive puts it back from the dead letters.
    PutBack {
        /// The message.
        message: SpanId,
    },
    /// A saga begins.
    SagaBegins {
        /// Which attempt of its key.
        attempt: u16,
    },
    /// A step of a saga has an outcome.
    SagaStep {
        /// Which of its steps, from 0.
        step: u8,
        /// What it came to.
        outcome: Outcome,
    },
    /// The compensation of a saga's step has an outcome.
    SagaUndone {
        /// Which of its steps, from 0.
        step: u8,
        /// What it came to.
        outcome: Outcome,
    },
    /// A saga is over: done, undone or left.
    SagaEnds {
        /// What it came to.
        outcome: Outcome,
    },
    /// An instance takes a saga up again, where its journal says it is.
    SagaResumes {
        /// Which of its steps, from 0.
        step: u8,
        /// The activation that began it.
        by: SpanId,
    },
    /// Somebody writes to the support desk.
    Ticket {
        /// The broken promise that they have met.
        invariant: InvariantId,
    },
    /// The support desk is through with a ticket.
    TicketAnswered {
        /// The broken promise that it was about.
        invariant: InvariantId,
    },
    /// Somebody sets about a move.
    Moves {
        /// The move.
        makes: MoveId,
    },
    /// A move is over.
    MoveEnds {
        /// The move.
        makes: MoveId,
        /// What it came to.
        ended: Ended,
    },
    /// An alert begins to fire.
    Alert {
        /// The alert.
        alert: AlertId,
    },
    /// A process stops.
    Crashes {
        /// Its number in its service, from 1.
        replica: u32,
    },
    /// A process is there again, and ready.
    Starts {
        /// Its number in its service, from 1.
        replica: u32,
    },
    /// An instance leaves, is found unfit or fit again, or stands still for a time.
    Turns {
        /// Its number in its service, from 1.
        replica: u32,
        /// What it turns to.
        to: Turn,
    },
    /// A promise was broken: the oracle's.
    Broken {
        /// The promise.
        invariant: InvariantId,
        /// The kind of record that it was about.
        record: RecordId,
        /// Of that record.
        id: i64,
    },
    /// No connection could be opened: nothing was sent.
    CannotConnect {
        /// The place in the code that calls.
        call: CallId,
        /// Which attempt.
        attempt: u16,
        /// What stood in the way.
        why: NoWay,
    },
    /// What is sent to a store does not get through, for the first time: it is sent again until it does.
    NotThrough {
        /// The transaction.
        tx: TxId,
    },
    /// The store did not take the credential, or has locked out whoever shows it: nothing was done.
    LoginFailed {
        /// The store that asked for it.
        store: StoreId,
        /// Too many logins have failed, and nobody is let in for a time.
        locked: bool,
    },
    /// A webhook was not taken: its signature does not hold.
    NotSigned {
        /// What is wrong with it.
        why: Unsigned,
    },
    /// Whoever opened a connection did not take the certificate that it was shown.
    BadCertificate {
        /// The place in the code that calls.
        call: CallId,
        /// Which attempt.
        attempt: u16,
    },
    /// A credential was used by somebody else; written down only where an audit is paid for.
    Misused {
        /// The credential.
        secret: SecretId,
    },
    /// Its caller has stopped waiting, and said so.
    Cancelled {
        /// The code that it runs, or would have run.
        handler: HandlerId,
    },
    /// A version is on its way to the instances of its service.
    RollsOut {
        /// The version.
        version: VersionId,
        /// How that stands.
        step: RollOutStep,
    },
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
            | B::ClockOff { .. }
            | B::Carries { .. }
            | B::Answers { .. }
            | B::Expires { .. }
            | B::WaitsTooLong { .. }
            | B::PutOut { .. }
            | B::Batched { .. }
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
            | B::NotSigned { .. }
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
