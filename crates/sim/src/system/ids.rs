//! Dense numbers for the parts of a system. A name is looked up once, when a scenario is compiled; the engine indexes.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($of:ty)),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $of);

        impl $name {
            /// The place in its list.
            pub fn at(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

ids! {
    /// A value that may be patched: into `System::params`.
    ParamId(u32),
    /// A distribution: into `System::dists`.
    DistId(u16),
    /// A compiled expression: into `System::exprs`.
    ExprId(u16),
    /// A kind of record, what the world outside knows to be true: into `System::records`.
    RecordId(u16),
    /// A source of traffic: into `System::clients`.
    ClientId(u16),
    /// A part of the system that runs code, in several instances: into `System::services`.
    ServiceId(u16),
    /// What instances of a service may be made from: into `System::versions`.
    VersionId(u16),
    /// Code of a service that something can start, a call, a message, a webhook, a job: into `System::handlers`.
    HandlerId(u16),
    /// A named step, where chance is drawn, crashes can be aimed, and histories point: into `System::steps`.
    StepId(u16),
    /// A place in the code from which something is called, with its policy: into `System::calls`.
    CallId(u16),
    /// Several calls that are made at once: into `System::forks`.
    ForkId(u16),
    /// A module's handler, which lives in one of several services: into `System::placed`.
    PlacedId(u16),
    /// What is kept in front of something slower: into `System::caches`.
    CacheId(u16),
    /// A place in the code that looks something up in a cache: into `System::lookups`.
    LookupId(u16),
    /// A database: into `System::stores`.
    StoreId(u16),
    /// A table of a store: into `System::tables`.
    TableId(u16),
    /// A place in the code that makes a transaction: into `System::txs`.
    TxId(u16),
    /// A log or a queue of messages: into `System::topics`.
    TopicId(u16),
    /// A consumer group of a topic: into `System::groups`.
    GroupId(u16),
    /// A place in the code that publishes a message: into `System::publishes`.
    PublishId(u16),
    /// Somebody else's system: into `System::providers`.
    ProviderId(u16),
    /// What a provider can be asked for: into `System::operations`.
    OperationId(u16),
    /// A workflow with compensations: into `System::sagas`.
    SagaId(u16),
    /// Steps that stand under a name and are chosen by a parameter: into `System::blocks`.
    BlockId(u16),
    /// A place in the code where work is done for several at once: into `System::batches`.
    BatchId(u16),
    /// What a clock starts: into `System::jobs`.
    JobId(u16),
    /// A figure that an alert or a chart can ask for beyond the built-in metrics: into `System::measures`.
    MeasureId(u16),
    /// A condition on telemetry that somebody is called for: into `System::alerts`.
    AlertId(u16),
    /// A promise that the oracle watches: into `System::invariants`.
    InvariantId(u16),
    /// What goes wrong at some time: into `System::faults`.
    FaultId(u16),
    /// Changes of tables of a store: into `System::migrations`.
    MigrationId(u16),
    /// What an operator can do: into `System::moves`.
    MoveId(u16),
    /// What lies between parts: into `System::links`.
    LinkId(u16),
    /// A credential or a certificate: into `System::secrets`.
    SecretId(u16),
    /// What is on for a share of business keys: into `System::flags`.
    FlagId(u16),
}
