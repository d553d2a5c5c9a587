//! What is watched: telemetry as it was bought, alerts, invariants of the oracle, tickets, and who answers them.

use super::{ExprId, GroupId, InvariantId, MoveId, ParamId, Patch, ServiceId, StepId, StoreId, TableId, TopicId};
use super::{HandlerId, JobId, ProviderId, RecordId, SecretId};
use crate::expr::Shelf;

/// What is bought of telemetry. Parameters are the world's, here as in all of this file.
#[derive(Debug, Clone, PartialEq)]
pub struct Telemetry {
    /// Length of one sample: a duration, at least a millisecond.
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
    /// As the scenario calls it; alerts know it as `oldest_…`, and how many there are as `count_…`.
    pub name: String,
    /// Whose rows wait.
    pub oldest: TableId,
    /// Only rows in these states, as bits.
    pub states: u64,
    /// The table in which each should have a row.
    pub without: TableId,
    /// The field of `oldest` that must be equal.
    pub field: u8,
    /// The field of `without` that must be equal.
    pub without_field: u8,
}

/// A condition on telemetry that somebody is called for.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// As the scenario calls it.
    pub name: String,
    /// Whether it is switched on: a flag.
    pub enabled: ParamId,
    /// In the environment of alerts: metrics that were bought.
    pub when: ExprId,
    /// For how long it must hold without a break: a duration.
    pub hold: ParamId,
    /// Silent unless business figures are bought.
    pub needs_business: bool,
}

/// A promise to those outside, which the oracle watches; nobody inside sees whether it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Invariant {
    /// As the scenario calls it.
    pub name: String,
    /// Whose instances it is about; none for `AtEnd` statements about totals.
    pub each: Option<RecordId>,
    /// What it promises, and when.
    pub kind: InvariantKind,
    /// What it reads: it is evaluated anew when one of these changed in the case.
    pub reads: Vec<Shelf>,
    /// Whom it hurts when it is broken, in words.
    pub hurts: String,
    /// Money, in the environment of the oracle.
    pub costs: Option<ExprId>,
    /// Whether somebody complains; none: nobody does.
    pub ticket: Option<TicketRule>,
    /// What it is called when it is broken, in a few words: `sent twice`. May be empty.
    pub called: String,
    /// What its writer writes; `{id}` stands for the record's id.
    pub says: String,
}

/// What an invariant promises. Expressions are in the environment of the oracle.
#[derive(Debug, Clone, PartialEq)]
pub enum InvariantKind {
    /// Broken, once per key, as soon as the expression is true after a committed effect.
    Never(ExprId),
    /// Opens when `when` becomes true, closes when `then` is true, is broken once at its deadline.
    Eventually {
        /// What opens it.
        when: ExprId,
        /// What keeps it.
        then: ExprId,
        /// How long there is time for that: a duration.
        within: ParamId,
    },
    /// Of each instance when nothing can change it any more, or, without `each`, of the totals when all is over.
    AtEnd(ExprId),
}

/// Who writes a ticket about a broken invariant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketRule {
    /// The chance that one is written: a ratio.
    pub chance: ParamId,
    /// From the breach until it is filed: drawn.
    pub after: ParamId,
    /// Where both are drawn.
    pub step: StepId,
}

/// The support desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Support {
    /// How many work there: a count.
    pub agents: ParamId,
    /// How long a ticket takes one of them: drawn.
    pub handling: ParamId,
    /// Where that is drawn.
    pub step: StepId,
}

/// An operator who sees telemetry only, for runs that nobody attends.
#[derive(Debug, Clone, PartialEq)]
pub struct Operator {
    /// From an alert until somebody looks, and from look to look while it fires: a duration.
    pub reacts: ParamId,
    /// What is done about what; every rule that fits is followed.
    pub script: Vec<Rule>,
}

/// What an operator does about something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What it is about.
    pub after: After,
    /// What is done.
    pub makes: MoveId,
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Any alert that fires.
    AnyAlert,
    /// This alert, when it fires.
    Alert(super::AlertId),
    /// Once a support agent has handled it.
    AnyTicket,
    /// A ticket about this invariant, once a support agent has handled it.
    TicketOf(InvariantId),
}

/// What an operator can do.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// As the scenario calls it.
    pub name: String,
    /// What it is called in the words of whoever wrote the scenario; may be empty.
    pub called: String,
    /// What a move of its kind does, in words.
    pub says: String,
    /// How long it takes until it has its effect: drawn.
    pub takes: ParamId,
    /// What it does.
    pub does: MoveEffect,
    /// Where its time is drawn.
    pub step: StepId,
    /// Whether it may be taken back.
    pub reversible: bool,
}

impl Move {
    /// The scenario's words for it, or those of its kind.
    pub fn words(&self) -> &str {
        if self.called.is_empty() { &self.says } else { &self.called }
    }
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
    /// A replica of the service, by its number, from 1.
    Replica(ServiceId),
}

impl Move {
    /// What whoever makes it may say (`engine::With`); empty where there is nothing to say.
    pub fn asks(&self) -> Vec<Argument> {
        match &self.does {
            MoveEffect::Redrive { topic, rate } => vec![Argument::DeadLetters(*topic), Argument::Rate(*rate)],
            MoveEffect::Skip(topic) => vec![Argument::Group(*topic), Argument::Partition(*topic)],
            MoveEffect::Pause(topic) | MoveEffect::Resume(topic) => vec![Argument::Group(*topic)],
            MoveEffect::Call { pick, .. } => vec![Argument::Record(pick.record)],
            MoveEffect::Restart(service) | MoveEffect::Drain(service) => vec![Argument::Replica(*service)],
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

/// What a move does.
#[derive(Debug, Clone, PartialEq)]
pub enum MoveEffect {
    /// Puts the dead letters of a topic's groups back, so many a second; all at once at a rate of 0.
    Redrive {
        /// Whose dead letters.
        topic: TopicId,
        /// How many a second, when nobody says: a rate.
        rate: ParamId,
    },
    /// Resets a group's offset behind the first message of a partition: it goes on there, and will never handle that
    /// message. The whole group stands still until it is done, as Kafka's tool demands.
    Skip(TopicId),
    /// The members of a group take no messages until they are told to go on.
    Pause(TopicId),
    /// They go on.
    Resume(TopicId),
    /// Calls a handler about a record that was picked.
    Call {
        /// The handler; register 0 is the record.
        handler: HandlerId,
        /// Which record, when nobody says.
        pick: Pick,
    },
    /// Changes parameters, as a decision would.
    Set(Vec<Patch>),
    /// Kills a replica; it comes back as after a crash.
    Restart(ServiceId),
    /// Ends an instance as its platform does, and starts another elsewhere: its machine is emptied.
    Drain(ServiceId),
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
        /// Which one.
        secret: SecretId,
        /// Whose replicas; none: everybody's.
        service: Option<ServiceId>,
    },
    /// What has leaked, or what is not the newest, is not accepted any more. Sessions live on unless they are ended.
    Revoke {
        /// Which one.
        secret: SecretId,
        /// Whether its sessions are ended as well.
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
    /// Its kind.
    pub record: RecordId,
    /// Its state: into `Record::states`.
    pub state: u8,
    /// How many records of the case must be in that state.
    pub at_least: u8,
}

/// What goes wrong, and when. Times are nanoseconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// As the scenario calls it.
    pub name: String,
    /// After the end of the warm-up.
    pub at: u64,
    /// 0 for what has no duration.
    pub lasts: u64,
    /// What it does, all at once.
    pub effects: Vec<FaultEffect>,
    /// The invariants whose tickets count as noticing it; with none, and no alerts, all of both do.
    pub reveals: Vec<InvariantId>,
    /// The alerts that count as noticing it.
    pub reveals_alerts: Vec<super::AlertId>,
    /// So long after its end a sign that only begins then still counts as noticing it.
    pub noticed_within: u64,
}

/// What a fault does.
#[derive(Debug, Clone, PartialEq)]
pub enum FaultEffect {
    /// A parameter has this value while the fault lasts, and for good where it has no duration, whatever is configured.
    Set(Patch),
    /// Something is down while it lasts.
    Down(Target),
    /// Kills so many replicas: at once, or as each next completes the step.
    Crash {
        /// Whose.
        service: ServiceId,
        /// How many, the first that are up.
        replicas: u32,
        /// As each next completes this step; none: at once.
        after_step: Option<StepId>,
        /// Their machines die with them: until they are up again nobody refuses a connection, so it takes its time to fail.
        host: bool,
    },
    /// So many replicas stand still while it lasts.
    Pause {
        /// Whose.
        service: ServiceId,
        /// How many.
        replicas: u32,
    },
    /// So many instances are told to end, and as many are started elsewhere: their machines are emptied.
    Drain {
        /// Whose.
        service: ServiceId,
        /// How many, the first that are up.
        replicas: u32,
    },
    /// What was inserted in the last so many nanoseconds is gone: another copy took over, and it was behind. Whoever wrote
    /// was told that it was committed. Only for stores to which rows are only added.
    Lose {
        /// Which store.
        store: StoreId,
        /// How far back, in nanoseconds.
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
        /// Which topic.
        topic: TopicId,
        /// How many messages.
        count: u32,
    },
    /// Somebody else has a credential, and uses it every so often: the login of that service, where each has its own.
    Leak {
        /// Which credential.
        secret: SecretId,
        /// How often it is used, in nanoseconds; at least a millisecond.
        every: u64,
        /// Whose login; none: one of all who share it.
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
    /// Its instances die, and none starts.
    Service(ServiceId),
    /// A store; a transaction under way has an unknown outcome.
    Store(StoreId),
    /// A provider; answers under way are lost.
    Provider(ProviderId),
    /// Publishing to it is refused; the outbox waits.
    Topic(TopicId),
    /// Its consumers stand still.
    Group(GroupId),
}
