//! What is watched: telemetry as it was bought, alerts, invariants of the oracle, tickets, and who answers them.

use super::{ExprId, GroupId, InvariantId, MoveId, ParamId, Patch, ServiceId, StepId, StoreId, TableId, TopicId};
use super::{HandlerId, JobId, ProviderId, RecordId, SecretId};
use crate::expr::Shelf;

#[derive(Debug, Clone, PartialEq)]
pub struct Telemetry {
    /// Length of one sample.
    pub every: ParamId,
    /// Whether correlation ids are passed on, so that traces of several services join.
    pub correlation: ParamId,
    /// Whether business figures are measured.
    pub business: ParamId,
    /// Whether the use of credentials is written down where somebody looks.
    pub audit: ParamId,
}

/// The age of the oldest row of a table for which another table has no row that refers to the same id.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub name: String,
    pub oldest: TableId,
    /// Only rows in these states, as bits.
    pub states: u64,
    pub without: TableId,
    /// The field of each that must be equal.
    pub field: u8,
    pub without_field: u8,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    pub name: String,
    pub enabled: ParamId,
    /// In the environment of alerts: metrics that were bought.
    pub when: ExprId,
    /// For how long it must hold.
    pub hold: ParamId,
    /// Silent unless business figures are bought.
    pub needs_business: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Invariant {
    pub name: String,
    /// Whose instances it is about; none for `AtEnd` statements about totals.
    pub each: Option<RecordId>,
    pub kind: InvariantKind,
    /// What it reads: it is evaluated anew when one of these changed in the case.
    pub reads: Vec<Shelf>,
    pub hurts: String,
    /// Money, in the environment of the oracle.
    pub costs: Option<ExprId>,
    pub ticket: Option<TicketRule>,
    /// What it is called when it is broken, in a few words: `sent twice`. May be empty.
    pub called: String,
    /// What its writer writes; `{id}` stands for the record's id.
    pub says: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum InvariantKind {
    /// Broken, once per key, as soon as the expression is true after a committed effect.
    Never(ExprId),
    /// Opens when `when` becomes true, closes when `then` is true, is broken once at its deadline.
    Eventually {
        when: ExprId,
        then: ExprId,
        within: ParamId,
    },
    /// Of each instance when nothing can change it any more, or, without `each`, of the totals when all is over.
    AtEnd(ExprId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketRule {
    pub chance: ParamId,
    pub after: ParamId,
    pub step: StepId,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Support {
    pub agents: ParamId,
    pub handling: ParamId,
    pub step: StepId,
}

/// An operator who sees telemetry only, for runs that nobody attends.
#[derive(Debug, Clone, PartialEq)]
pub struct Operator {
    pub reacts: ParamId,
    pub script: Vec<Rule>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub after: After,
    pub makes: MoveId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    AnyAlert,
    Alert(super::AlertId),
    /// Once a support agent has handled it.
    AnyTicket,
    TicketOf(InvariantId),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    pub name: String,
    /// What it does, in words.
    pub says: String,
    pub takes: ParamId,
    pub does: MoveEffect,
    pub step: StepId,
    /// Whether it may be taken back.
    pub reversible: bool,
}

/// What a move asks whoever makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// The id of a record.
    Record(RecordId),
    /// Some or all dead letters of the topic's groups.
    DeadLetters(TopicId),
    /// How many a second; the parameter says how many when nobody does.
    Rate(ParamId),
    /// A group of the topic.
    Group(TopicId),
    /// A partition of a group.
    Partition(TopicId),
    Replica(ServiceId),
}

impl Move {
    pub fn asks(&self) -> Vec<Argument> {
        match &self.does {
            MoveEffect::Redrive { topic, rate } => vec![Argument::DeadLetters(*topic), Argument::Rate(*rate)],
            MoveEffect::Skip(topic) => vec![Argument::Group(*topic), Argument::Partition(*topic)],
            MoveEffect::Pause(topic) | MoveEffect::Resume(topic) => vec![Argument::Group(*topic)],
            MoveEffect::Call { pick, .. } => vec![Argument::Record(pick.record)],
            MoveEffect::Restart(service) => vec![Argument::Replica(*service)],
            MoveEffect::Set(_)
            | MoveEffect::RunJob(_)
            | MoveEffect::RollOut(_)
            | MoveEffect::Hold(_)
            | MoveEffect::Promote(_)
            | MoveEffect::RollBack(_)
            | MoveEffect::Rotate(_)
            | MoveEffect::Reload { .. }
            | MoveEffect::Revoke { .. }
            | MoveEffect::Migrate(_)
            | MoveEffect::FailOver(_) => Vec::new(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum MoveEffect {
    /// Puts the dead letters of a topic's groups back, so many a second; all at once at a rate of 0.
    Redrive {
        topic: TopicId,
        rate: ParamId,
    },
    /// Resets a group's offset behind the first message of a partition: it goes on there, and will never handle that
    /// message. The whole group stands still until it is done, as Kafka's tool demands.
    Skip(TopicId),
    /// The members of a group take no messages until they are told to go on.
    Pause(TopicId),
    Resume(TopicId),
    /// Calls a handler about a record that was picked.
    Call {
        handler: HandlerId,
        pick: Pick,
    },
    Set(Vec<Patch>),
    /// Kills a replica; it comes back as after a crash.
    Restart(ServiceId),
    /// Runs a job now, whether or not it is switched on.
    RunJob(JobId),
    /// Brings a version to all instances of its service.
    RollOut(super::VersionId),
    /// A roll-out stands still.
    Hold(ServiceId),
    /// It goes on, or does not wait for the end of a bake.
    Promote(ServiceId),
    /// It turns back; when none is on its way, what ran before it is rolled out.
    RollBack(ServiceId),
    /// A new version of a credential or a certificate.
    Rotate(SecretId),
    /// Replicas load the newest version now: all, or those of one service.
    Reload {
        secret: SecretId,
        service: Option<ServiceId>,
    },
    /// What has leaked, or what is not the newest, is not accepted any more. Sessions live on unless they are ended.
    Revoke {
        secret: SecretId,
        terminate: bool,
    },
    /// Begins a migration, or goes on with one that failed half-way.
    Migrate(super::MigrationId),
    /// The copy of a store takes over.
    FailOver(StoreId),
}

/// Which record of a ticket's case the automatic operator picks: the newest in the state, if at least so many are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick {
    pub record: RecordId,
    pub state: u8,
    pub at_least: u8,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    pub name: String,
    /// After the end of the warm-up.
    pub at: u64,
    /// 0 for what has no duration.
    pub lasts: u64,
    pub effects: Vec<FaultEffect>,
    /// The invariants whose tickets, and the alerts that count as noticing it; all of both, when both are empty.
    pub reveals: Vec<InvariantId>,
    pub reveals_alerts: Vec<super::AlertId>,
    /// So long after its end a sign that only begins then still counts as noticing it.
    pub noticed_within: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub enum FaultEffect {
    Set(Patch),
    Down(Target),
    /// Kills so many replicas: at once, or as each next completes the step.
    Crash {
        service: ServiceId,
        replicas: u32,
        after_step: Option<StepId>,
        /// Their machines die with them: until they are up again nobody refuses a connection, so it takes its time to fail.
        host: bool,
    },
    /// So many replicas stand still while it lasts.
    Pause {
        service: ServiceId,
        replicas: u32,
    },
    /// What was inserted in the last so many nanoseconds is gone: another copy took over, and it was behind. Whoever wrote
    /// was told that it was committed. Only for stores to which rows are only added.
    Lose {
        store: StoreId,
        last: u64,
    },
    /// A version is brought to all instances of its service, after a roll-out of it that is under way.
    RollOut(super::VersionId),
    /// Tables are changed, so long after the fault has begun as the migration's own time says; never, when it says none.
    Migrate(super::MigrationId),
    /// The store fails, and its copy takes over.
    FailOver(StoreId),
    /// What a cache keeps is gone, in every process where it is one of the process.
    Empty(super::CacheId),
    /// The next messages of the topic cannot be read by anybody.
    Corrupt {
        topic: TopicId,
        count: u32,
    },
    /// Somebody else has a credential, and uses it every so often: the login of that service, where each has its own.
    Leak {
        secret: SecretId,
        every: u64,
        from: Option<ServiceId>,
    },
    /// The day of a rotation has come.
    Rotate(SecretId),
    /// What has leaked, or what is not the newest, is to be revoked.
    Revoke(SecretId),
}

/// What can be down: it refuses whatever begins, and what is under way has an unknown outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Service(ServiceId),
    Store(StoreId),
    Provider(ProviderId),
    /// Publishing to it is refused; the outbox waits.
    Topic(TopicId),
    /// Its consumers stand still.
    Group(GroupId),
}
