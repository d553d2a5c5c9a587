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
    /// A value that may be patched: an index into `System::params`.
    ParamId(u32),
    /// A distribution.
    DistId(u16),
    /// A compiled expression.
    ExprId(u16),
    /// A kind of record: what the world outside knows to be true.
    RecordId(u16),
    /// A source of traffic.
    ClientId(u16),
    ServiceId(u16),
    /// What instances of a service may be made from.
    VersionId(u16),
    /// Code of a service that something can start: a call, a message, a webhook, a job.
    HandlerId(u16),
    /// A named step: where chance is drawn, crashes can be aimed, and histories point.
    StepId(u16),
    /// A place in the code from which something is called, with its policy.
    CallId(u16),
    /// Several calls that are made at once.
    ForkId(u16),
    /// A module's handler, which lives in one of several services.
    PlacedId(u16),
    CacheId(u16),
    /// A place in the code that looks something up in a cache.
    LookupId(u16),
    StoreId(u16),
    TableId(u16),
    TxId(u16),
    TopicId(u16),
    /// A consumer group of a topic.
    GroupId(u16),
    PublishId(u16),
    ProviderId(u16),
    OperationId(u16),
    SagaId(u16),
    /// Steps that stand under a name and are chosen by a parameter.
    BlockId(u16),
    /// A place in the code where work is done for several at once.
    BatchId(u16),
    JobId(u16),
    /// A figure that an alert or a chart can ask for beyond the built-in metrics.
    MeasureId(u16),
    AlertId(u16),
    InvariantId(u16),
    FaultId(u16),
    /// Changes of tables of a store.
    MigrationId(u16),
    MoveId(u16),
    LinkId(u16),
    /// A credential or a certificate.
    SecretId(u16),
    FlagId(u16),
}
