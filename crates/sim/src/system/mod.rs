//! A system as data: what a scenario compiles to, and what the engine reads and never changes.
//!
//! A field of type `ParamId` holds a parameter; its doc says how the value reads. A duration is nanoseconds, a ratio the bits of an
//! `f64`, a flag 0 or 1; what is drawn is a `DistId`, of durations unless something else is said. Where a struct says whose its
//! parameters are, that is `Owner`. A `u8` beside a record or a table is one of its fields, by its place, or one of its states.

mod clients;
mod code;
mod ids;
mod instances;
mod links;
mod param;
mod parts;
mod providers;
mod queues;
mod release;
mod secrets;
mod schema;
mod turns;
mod watch;

pub use clients::*;
pub use code::*;
pub use ids::*;
pub use instances::*;
pub use links::*;
pub use param::*;
pub use parts::*;
pub use providers::*;
pub use queues::*;
pub use release::*;
pub use secrets::*;
pub use schema::*;
pub use turns::*;
pub use watch::{
    After, Alert, Argument, Fault, FaultEffect, Invariant, InvariantKind, Measure, Move, MoveEffect, Operator, Pick, Rule,
    Support, Target as Downable, Telemetry, TicketRule,
};

use crate::expr::Program;

/// Everything that a run is made from, besides a design, a seed and commands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct System {
    /// The scenario's name.
    pub name: String,
    /// How long it lasts, and when it begins.
    pub clock: Clock,
    /// ISO 4217, for whoever shows an amount; the engine counts minor units.
    pub currency: String,
    /// How many digits stand behind the point: two where a minor unit is a cent.
    pub currency_digits: u32,
    /// Whatever may change, as the system is found: `ParamId`.
    pub params: Vec<Param>,
    /// What is drawn from: `DistId`.
    pub dists: Vec<Dist>,
    /// What parameters of the kind `ParamKind::Backoff` choose from, by place.
    pub backoffs: Vec<Backoff>,
    /// Compiled expressions: `ExprId`.
    pub exprs: Vec<Program>,
    /// The expressions as they were written, for whoever explains a system.
    pub expr_texts: Vec<String>,
    /// Constant texts of expressions and fields.
    pub texts: Vec<String>,
    /// Shapes of composed ids; see `crate::Id`.
    pub shapes: Vec<crate::Shape>,
    /// What the world outside knows: `RecordId`.
    pub records: Vec<Record>,
    /// Who comes: `ClientId`.
    pub clients: Vec<Client>,
    /// What runs: `ServiceId`.
    pub services: Vec<Service>,
    /// What instances may be made from, those of a service beside each other: `VersionId`.
    pub versions: Vec<Version>,
    /// Where versions go wrong: `Op::Defects` has the place.
    pub defects: Vec<DefectSite>,
    /// What can be started: `HandlerId`.
    pub handlers: Vec<Handler>,
    /// Names of steps, as paths: `front.take.carrier`.
    pub steps: Vec<String>,
    /// What handlers do, all of them in one list: `Pc`.
    pub code: Vec<Op>,
    /// The details of `Op::Call`: `CallId`.
    pub calls: Vec<CallDef>,
    /// Handlers of modules, each with the places where it may live: `PlacedId`.
    pub placed: Vec<Placed>,
    /// The details of `Op::Fork`: `ForkId`.
    pub forks: Vec<ForkDef>,
    /// What is kept in front of something slower: `CacheId`.
    pub caches: Vec<Cache>,
    /// The details of `Op::CacheGet` and `Op::CachePut`: `LookupId`.
    pub lookups: Vec<Lookup>,
    /// The details of `Op::Transact`: `TxId`.
    pub txs: Vec<TxDef>,
    /// The details of `Op::Publish` and `Statement::Publish`: `PublishId`.
    pub publishes: Vec<PublishDef>,
    /// Workflows with compensations: `SagaId`.
    pub sagas: Vec<SagaDef>,
    /// What `Op::Use` chooses from: `BlockId`.
    pub blocks: Vec<Block>,
    /// The details of `Op::Batch`: `BatchId`.
    pub batches: Vec<BatchDef>,
    /// Databases: `StoreId`.
    pub stores: Vec<Store>,
    /// Tables of all stores: `TableId`.
    pub tables: Vec<Table>,
    /// Changes of tables: `MigrationId`.
    pub migrations: Vec<Migration>,
    /// Tables that some migration changes, in order.
    pub gated: Vec<TableId>,
    /// Logs and queues: `TopicId`.
    pub topics: Vec<Topic>,
    /// Who reads them: `GroupId`.
    pub groups: Vec<Group>,
    /// Other people's systems: `ProviderId`.
    pub providers: Vec<Provider>,
    /// What all providers can be asked for: `OperationId`.
    pub operations: Vec<Operation>,
    /// What becomes of providers' records by itself.
    pub turns: Vec<Turn>,
    /// Instants that come again and again by somebody's wall clock, such as a cut-off: nanoseconds since virtual 0, rising.
    pub calendars: Vec<Vec<u64>>,
    /// What clocks start: `JobId`.
    pub jobs: Vec<Job>,
    /// What is bought of it; none: samples every ten seconds, and nothing besides.
    pub telemetry: Option<Telemetry>,
    /// Figures of the business: `MeasureId`.
    pub measures: Vec<Measure>,
    /// Conditions on telemetry: `AlertId`.
    pub alerts: Vec<Alert>,
    /// Who answers tickets; none: nobody, so that a ticket is filed and that is all.
    pub support: Option<Support>,
    /// Who acts when nobody attends; only where `Setup::operator` says so.
    pub operator: Option<Operator>,
    /// What the oracle watches: `InvariantId`.
    pub invariants: Vec<Invariant>,
    /// What goes wrong: `FaultId`.
    pub faults: Vec<Fault>,
    /// What an operator can do: `MoveId`.
    pub moves: Vec<Move>,
    /// What lies between parts; of two links that join the same ends the first counts: `LinkId`.
    pub links: Vec<Link>,
    /// Credentials and certificates: `SecretId`.
    pub secrets: Vec<Secret>,
    /// What is on for a share of keys: `FlagId`.
    pub flags: Vec<Flag>,
    /// Wall clocks of services that are not exact, or not corrected.
    pub clocks: Vec<WallClock>,
    /// Parameters that digests do not count among the others: a field that the language has got later must not give the
    /// fields of older scenarios other numbers. Ascending.
    pub late_params: Vec<ParamId>,
    /// How long each replica takes to get a changed configuration, one after the other, in nanoseconds.
    pub roll_out_each: u64,
    /// How long a business key is kept after the last thing that could reach it has ended, in nanoseconds; at least two
    /// minutes. A room that lets people look back keeps more.
    pub keeps_quiet: u64,
}

impl System {
    /// A parameter's number in digests.
    pub fn number_in_digest(&self, param: ParamId) -> u64 {
        match self.late_params.binary_search(&param) {
            Ok(at) => 1 << 31 | at as u64,
            Err(before) => u64::from(param.0) - before as u64,
        }
    }

    /// What lies between two ends, if anything does.
    pub fn link(&self, from: End, to: End) -> Option<LinkId> {
        let joins = |link: &Link| link.from.contains(&from) && link.to.contains(&to);
        self.links.iter().position(joins).map(|at| LinkId(at as u16))
    }

    /// Whether a parameter can have the value: what a place in a list refers to is there, no time and no number is
    /// negative or none at all. What is sensible is the compiler's business.
    pub fn accepts(&self, patch: &Patch) -> bool {
        let Some(param) = self.params.get(patch.param.at()) else {
            return false;
        };
        let value = patch.value;
        let within = |count: usize| usize::try_from(value).is_ok_and(|at| at < count);
        match param.kind {
            ParamKind::Duration => (0..1 << 62).contains(&value),
            ParamKind::Count => value >= 0,
            ParamKind::Flag => value == 0 || value == 1,
            // A budget of less than nothing is none.
            ParamKind::Ratio => f64::from_bits(value as u64).is_finite(),
            ParamKind::Rate => (0.0..=1e6).contains(&f64::from_bits(value as u64)),
            // Only a wait in a queue may have no end.
            ParamKind::Dist => within(self.dists.len()) || value == NONE && self.services.iter().any(|s| s.wait == patch.param),
            ParamKind::Expr => value == NONE || within(self.exprs.len()),
            ParamKind::Block => within(self.blocks.len()),
            ParamKind::Backoff => value == NONE || within(self.backoffs.len()),
            ParamKind::Outcomes => (0..1 << 7).contains(&value),
            ParamKind::Money | ParamKind::Word => true,
            ParamKind::Portion => (-101..=1000).contains(&value),
            ParamKind::Park => value >= park::NEVER,
        }
    }
}

/// Virtual 0 is `starts`. Durations in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Seconds since 1970-01-01T00:00Z.
    pub starts_unix_s: i64,
    /// Not judged.
    pub warm_up: u64,
    /// What is judged, with traffic and faults.
    pub play: u64,
    /// No new arrivals and no faults; work finishes.
    pub drain: u64,
}

impl Default for Clock {
    fn default() -> Clock {
        const MINUTE: u64 = 60_000_000_000;
        Clock { starts_unix_s: 0, warm_up: 5 * MINUTE, play: 45 * MINUTE, drain: 0 }
    }
}

impl Clock {
    /// When no arrival comes any more.
    pub fn play_ends(&self) -> u64 {
        self.warm_up + self.play
    }

    /// When the run is over: `Sim::advance` goes no further.
    pub fn ends(&self) -> u64 {
        self.play_ends() + self.drain
    }
}
