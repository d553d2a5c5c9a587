//! What happens in a run, beat by beat: where, why, and when. What each beat is stands in `beat.rs`; who listens, and how little
//! it costs when nobody does, in `listen.rs`.

use super::listen::SpanId;
use crate::system::{ClientId, GroupId, HandlerId, ProviderId, RecordId, SagaId, ServiceId, StoreId, TopicId};

pub use super::beat::Beat;

/// Where a beat of a story takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// People, in front of their screens.
    Client(ClientId),
    /// A service, by its instances.
    Service(ServiceId),
    /// A store, as those who use it meet it.
    Store(StoreId),
    /// Somebody else's system.
    Provider(ProviderId),
    /// A broker's log or queue.
    Topic(TopicId),
    /// A consumer group, and the messages before it.
    Group(GroupId),
    /// A saga, in whichever instance it is.
    Saga(SagaId),
    /// The desk that tickets go to.
    Support,
    /// Whoever makes moves, a script included.
    Operator,
    /// Alerts.
    Telemetry,
    /// What is true, and nobody inside sees.
    Oracle,
}

/// What started an activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A clock, or a saga that is taken up again.
    Itself,
    /// An attempt of a call. Nobody's activation made it when it is a person's click.
    Call {
        /// The call, with all of its attempts; of a click its own, which no activation made.
        call: SpanId,
        /// Which attempt of it, from 1.
        attempt: u16,
    },
    /// A message, which has failed so often before.
    Message {
        /// The message, as its publishing named it.
        message: SpanId,
        /// How often handling it has failed, or of a queue how often it was received, before this time.
        failures: u16,
    },
    /// An event that a provider sends.
    Event {
        /// Which attempt to deliver the event, from 1.
        attempt: u16,
    },
    /// An operator's move that calls a handler.
    Move,
    /// What a comparison found.
    Item,
}

/// Something by which an activation can be found: what it was given, or what a call brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// The handler's register.
    Input(HandlerId, u8),
    /// A record that an answer brought back.
    Record(RecordId),
}

/// How a roll-out stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollOutStep {
    /// Another is under way.
    Waits,
    /// It has begun, if only to go back.
    Begins,
    /// A gate has failed too often: it stands still, or turns back.
    GateFails,
    /// All instances are of the version.
    Done,
    /// It was turned back.
    RolledBack,
}

/// Why a call was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCalled {
    /// Its circuit breaker lets nothing through.
    BreakerOpen,
    /// As many calls of this place are under way as may be.
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

/// Why the signature of a webhook does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsigned {
    /// It was made with a secret that whoever looks at it does not have.
    OtherSecret,
    /// Its time is too far from the clock of whoever looks at it.
    OtherTime,
}

/// Through what a message that held up its partition got out of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freed {
    /// A consumer is through with it.
    Handled,
    /// It was put aside, among the dead letters.
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
    /// Its readiness probe succeeds again: it is back in the lists.
    Ready,
    /// Its liveness probe has failed: it is ended and started again.
    NotAlive,
    /// Nothing runs in it, and nobody inside notices.
    Pauses,
    /// What ran in it goes on, later than it thinks.
    WakesUp,
}

/// A beat with its place and its time: 64 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Nanoseconds after virtual 0.
    pub at: u64,
    /// The number of the arrival that it is about, or 0.
    pub serial: u64,
    /// Where it takes place.
    pub part: Part,
    /// What happens.
    pub beat: Beat,
    /// The activation that does it, if one does.
    pub act: SpanId,
    /// The call that it belongs to, with all its attempts.
    pub call: SpanId,
    /// Whether correlation ids were passed on at that time.
    pub correlated: bool,
}

/// The history of one arrival.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Story {
    /// The number of the arrival that it is about: the id of the record that it made.
    pub serial: u64,
    /// What happened, in its order; ten thousand at most, and what only the end of the clock decides after them.
    pub moments: Vec<Moment>,
}

/// A story that goes on for ever is cut.
pub(super) const MOMENTS_MAX: usize = 10_000;

impl Story {
    /// One in which nothing has happened yet.
    pub fn about(serial: u64) -> Story {
        Story { serial, moments: Vec::new() }
    }
}
