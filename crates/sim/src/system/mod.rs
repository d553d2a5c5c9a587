//! A system as data: what a scenario compiles to, and what the engine reads and never changes.

mod code;
mod ids;
mod instances;
mod links;
mod param;
mod parts;
mod queues;
mod release;
mod secrets;
mod schema;
mod turns;
mod watch;

pub use code::*;
pub use ids::*;
pub use instances::*;
pub use links::*;
pub use param::*;
pub use parts::*;
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
    pub name: String,
    pub clock: Clock,
    /// ISO 4217, and how many digits stand behind the point.
    pub currency: String,
    pub currency_digits: u32,
    pub params: Vec<Param>,
    pub dists: Vec<Dist>,
    pub backoffs: Vec<Backoff>,
    pub exprs: Vec<Program>,
    /// The expressions as they were written, for whoever explains a system.
    pub expr_texts: Vec<String>,
    /// Constant texts of expressions and fields.
    pub texts: Vec<String>,
    /// Shapes of composed ids; see `crate::Id`.
    pub shapes: Vec<crate::Shape>,
    pub records: Vec<Record>,
    pub clients: Vec<Client>,
    pub services: Vec<Service>,
    pub versions: Vec<Version>,
    pub defects: Vec<DefectSite>,
    pub handlers: Vec<Handler>,
    /// Names of steps, as paths: `front.take.carrier`.
    pub steps: Vec<String>,
    pub code: Vec<Op>,
    pub calls: Vec<CallDef>,
    pub placed: Vec<Placed>,
    pub forks: Vec<ForkDef>,
    pub caches: Vec<Cache>,
    pub lookups: Vec<Lookup>,
    pub txs: Vec<TxDef>,
    pub publishes: Vec<PublishDef>,
    pub sagas: Vec<SagaDef>,
    pub blocks: Vec<Block>,
    pub batches: Vec<BatchDef>,
    pub stores: Vec<Store>,
    pub tables: Vec<Table>,
    pub migrations: Vec<Migration>,
    /// Tables that some migration changes, in order.
    pub gated: Vec<TableId>,
    pub topics: Vec<Topic>,
    pub groups: Vec<Group>,
    pub providers: Vec<Provider>,
    pub operations: Vec<Operation>,
    /// What becomes of providers' records by itself.
    pub turns: Vec<Turn>,
    /// Instants that come again and again by somebody's wall clock, such as a cut-off: nanoseconds since virtual 0, rising.
    pub calendars: Vec<Vec<u64>>,
    pub jobs: Vec<Job>,
    pub telemetry: Option<Telemetry>,
    pub measures: Vec<Measure>,
    pub alerts: Vec<Alert>,
    pub support: Option<Support>,
    pub operator: Option<Operator>,
    pub invariants: Vec<Invariant>,
    pub faults: Vec<Fault>,
    pub moves: Vec<Move>,
    pub links: Vec<Link>,
    pub secrets: Vec<Secret>,
    pub flags: Vec<Flag>,
    pub clocks: Vec<WallClock>,
    /// Parameters that digests do not count among the others: a field that the language has got later must not give the
    /// fields of older scenarios other numbers. Ascending.
    pub late_params: Vec<ParamId>,
    /// How long each replica takes to get a changed configuration, one after the other.
    pub roll_out_each: u64,
    /// How long a business key is kept after the last thing that could reach it has ended; at least two minutes. A
    /// room that lets people look back keeps more.
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

    pub fn ends(&self) -> u64 {
        self.play_ends() + self.drain
    }
}
