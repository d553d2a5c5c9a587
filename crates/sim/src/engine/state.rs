//! What is under way: activations of handlers, calls in flight, people, transactions, messages, requests at providers,
//! sagas. Plain data; what is done with it stands in the files named after it.

use std::collections::{BTreeMap, VecDeque};

use smallvec::SmallVec;

use super::arena::Ref;
use super::batches::Line as BatchLine;
use super::bucket::Bucket;
use super::caches::CacheState;
use super::calls::Leg;
use super::choosing::{Host, Pin};
use super::directory::View;
use super::few::Few;
use super::lines::Line;
use super::throttle::Throttle;
use super::secrets::Sessions;
use super::wires::{Idle, Way};
use super::listen::SpanId;
use super::pauses::Frozen;
use super::probes::ProbeState;
use crate::Outcome;
use crate::system::{System, TxId};

/// Nobody, nothing.
pub const NOBODY: u32 = u32::MAX;

/// One run of a handler. In the order in which it is written when it begins: what is the same for all stands together, and a
/// compiler clears it in one stroke.
#[derive(Debug, Clone)]
pub struct Act {
    pub luck: u64,
    pub began: u64,
    pub deadline: u64,
    /// What a pause took of its work.
    pub owed: u64,
    pub caller: Caller,
    pub replica: u32,
    pub pc: u32,
    pub case: u32,
    pub back: u32,
    /// What it waits for.
    pub flight: Option<Ref>,
    /// What it waits for, or has open.
    pub tx: Option<Ref>,
    /// The saga that it runs, and in which step.
    pub saga: Option<Ref>,
    /// Several calls at once, or a hedged one; `NOBODY` for none.
    pub fork: u32,
    /// What it fetches for a cache; `NOBODY` for nothing.
    pub filling: u32,
    pub handler: u16,
    pub click: u16,
    pub saga_attempt: u16,
    /// Times that its transaction was aborted because of others and tried again.
    pub tries: u16,
    /// Where in a transaction's statements direct publishing goes on.
    pub publishing: Option<(TxId, u8)>,
    pub holds_worker: bool,
    /// 0 is served first.
    pub priority: u8,
    pub checks: bool,
    pub outcome: Outcome,
    pub answered: bool,
    /// Something was done that others can see; from then on nothing it answers is `refused`.
    pub effects: bool,
    pub waits_in_queue: bool,
    /// It came to a queue that stood: it is not to wait for long.
    pub hurried: bool,
    pub holds_core: bool,
    pub saga_step: u8,
    /// Waits for an entry in the saga's journal.
    pub journals: bool,
}

/// Who waits for an activation's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    Nobody,
    Flight {
        flight: Ref,
        attempt: u16,
    },
    Message {
        group: u16,
        partition: u16,
        stamp: u32,
        message: Ref,
    },
    /// Another activation of the same process, for which it is a function.
    Function(Ref),
    /// The copy of a message that a queue handed out.
    Queued(Ref),
    Hook {
        hook: Ref,
        attempt: u16,
    },
    Move(Ref),
    /// The platform, which looks after it.
    Probe {
        replica: u32,
        stamp: u32,
    },
    /// An item that a run of a comparison found.
    Item {
        job: u16,
        run: u32,
    },
}

/// Who makes a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    Act(Ref),
    /// A person, or a click of nobody in particular.
    Click {
        client: u16,
        person: Option<Ref>,
    },
}

/// A call: all its attempts, until the caller has its outcome.
#[derive(Debug, Clone)]
pub struct Flight {
    pub from: From,
    /// `NOBODY` for clicks.
    pub call: u32,
    pub attempt: u16,
    pub case: u32,
    pub luck: u64,
    pub began: u64,
    /// Of the attempt.
    pub sent: u64,
    pub waited: u64,
    /// An attempt came to nothing that anybody knows of.
    pub unknown: bool,
    pub replica: u32,
    /// The callee's replica, while it is counted as outstanding there.
    pub to: u32,
    pub way: Way,
    pub leg: Leg,
    /// Instances that its attempts went to, where each is to go to another.
    pub asked: Option<Box<SmallVec<[u32; 4]>>>,
}

#[derive(Debug, Clone)]
pub struct Person {
    pub client: u16,
    pub case: u32,
    pub luck: u64,
    /// Of the arrival, from 1.
    pub number: u64,
    pub clicks: u16,
    /// Of those, in visits before this one; and how often they have come back.
    pub before: u16,
    pub visits: u16,
    pub sdk: u16,
    pub open: u16,
    pub began: u64,
    pub pleased: bool,
    /// Whether a timer may still make them click again.
    pub timer: bool,
}

#[derive(Debug, Clone)]
pub struct Tx {
    pub act: Ref,
    pub def: TxId,
    pub replica: u32,
    pub pool: Option<u8>,
    pub stage: TxStage,
    pub began: u64,
    /// Of the statements before `statement`; those before `next` are held.
    pub locks: SmallVec<[u64; 4]>,
    pub next: u16,
    pub statement: u16,
    /// Statements that have read already, as bits, and those of them that found their row.
    pub read: u64,
    pub found: u64,
    /// Statements that have been looked at; the last of those before `statement` may not have been.
    pub done: u16,
    /// Since when it waits for its lock.
    pub waits_since: u64,
    pub level: u8,
    /// What it sees was committed under a number up to this one.
    pub snapshot: Option<u64>,
    /// Its number among serializable ones; 0 for others.
    pub serial: u64,
    /// It reads from the copy.
    pub from_copy: bool,
    pub fate: Fate,
    /// The gates of tables that it has gone through, and whether as a writer; the one that it waits at.
    /// The ids of what it puts into the outbox begin here.
    pub outbox_id: u64,
    pub inside: SmallVec<[(u8, bool); 2]>,
    pub at_gate: Option<u8>,
}

/// What is known of a transaction's end before it commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fate {
    #[default]
    Open,
    /// Aborted because of others; worth another try.
    Conflict,
    /// A statement that can never work.
    Broken,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TxStage {
    WaitsForConnection,
    /// It has its place in the pool, and nothing of it is at the store yet.
    SetsOut,
    WaitsForLock,
    /// Statements are through: it commits.
    Runs,
    /// A statement takes its time.
    Works,
    /// The handler does something else meanwhile.
    Idle,
}

impl TxStage {
    /// Whether it has a connection of its store, and not only asks for one.
    pub fn connected(self) -> bool {
        !matches!(self, TxStage::WaitsForConnection | TxStage::SetsOut)
    }
}

#[derive(Debug, Clone, Default)]
pub struct Message {
    pub case: u32,
    pub luck: u64,
    pub born: u64,
    pub corrupt: bool,
    /// What it was published under.
    pub key: i64,
    /// Groups that have not done with it.
    pub pending: u16,
    pub body: Few<i64, 6>,
}

/// A request at a provider.
#[derive(Debug, Clone)]
pub struct Request {
    pub operation: u16,
    pub flight: Ref,
    pub attempt: u16,
    pub case: u32,
    pub luck: u64,
    pub args: SmallVec<[i64; 4]>,
    pub subject: u32,
    /// Place of its idempotency key.
    pub key: u32,
    pub outcome: Outcome,
    pub result: u32,
    pub began: u64,
    pub answers_at: u64,
    /// Whether it is a stored answer that is given again.
    pub replay: bool,
}

#[derive(Debug, Clone)]
pub struct Hook {
    pub provider: u16,
    pub event: i64,
    pub record: u32,
    pub case: u32,
    pub luck: u64,
    pub first: u64,
    pub attempt: u16,
    pub waited: u64,
    /// The state that it tells of, as a text.
    pub tells: Option<u16>,
}

#[derive(Debug, Clone, Default)]
pub struct SagaRun {
    pub def: u16,
    pub key: i64,
    pub case: u32,
    pub attempt: u16,
    pub phase: Phase,
    pub step: u8,
    pub owner: Option<Ref>,
    pub click: u16,
    pub luck: u64,
    /// What its activation knows, for whoever takes it up; none once it is done, for those are kept longest.
    pub regs: Option<Box<[i64]>>,
    pub waiting: Few<Ref, 1>,
    pub outcome: Outcome,
    /// Whether the journal has an entry of this attempt.
    pub kept: bool,
    /// The activation that began this attempt.
    pub begun_by: SpanId,
    /// How often it was taken up again.
    pub lives: u16,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Phase {
    #[default]
    Forward,
    Ask,
    Undo,
    Done,
}

/// One instance of a service.
#[derive(Debug, Clone, Default)]
pub struct Replica {
    pub service: u16,
    pub life: u32,
    pub health: Health,
    pub config: u16,
    /// When it was begun, and since when it takes requests; none for those that were there at the beginning.
    pub since: u64,
    pub up_since: Option<u64>,
    /// The same of its readiness, where probes decide about that.
    pub ready_since: Option<u64>,
    /// `versions::NO_VERSION` where there is none.
    pub version: u16,
    /// Requests since it has started, where its memory counts.
    pub served: u32,
    /// While it ends.
    pub ends: Option<super::ending::Ends>,
    /// Given once, to one instance; see `directory`.
    pub address: u32,
    /// When it renewed its lease last, before it fell silent.
    pub renewed: u64,
    /// Its machine is down with it: nobody refuses.
    pub host_down: bool,
    pub paused_since: Option<u64>,
    /// How often it has stood still by itself.
    pub pauses: u32,
    /// What would have happened in it since then, in order.
    pub frozen: Vec<Frozen>,
    pub probes: SmallVec<[ProbeState; 2]>,
    /// Not in the lists of endpoints although it runs.
    pub unready: bool,
    /// It is ended because it failed, and how often it has failed lately.
    pub failed: bool,
    pub restarts: u32,
    /// What it believes of others: by service; of the connections that it keeps; of instances that fail.
    pub views: Vec<View>,
    pub pins: Vec<Pin>,
    pub hosts: Vec<Host>,
    /// Workers, or requests in flight.
    pub busy: u32,
    pub cores_busy: u32,
    pub queue: VecDeque<u32>,
    pub line: Line,
    /// Caches in the process, by number; empty until the first look-up.
    pub caches: Vec<CacheState>,
    /// Keys that are being fetched, by cache.
    pub filling: BTreeMap<(u16, i64), u32>,
    pub core_queue: VecDeque<Ref>,
    pub pools: SmallVec<[PoolState; 2]>,
    /// By service: whose turn it is.
    pub turn: Vec<u16>,
    /// By replica: requests of this one that are outstanding there.
    pub outstanding: Vec<u32>,
    /// By link and callee's replica.
    pub idle: BTreeMap<(u16, u32), Idle>,
    pub sessions: Sessions,
    /// The version of each credential and certificate that it has loaded.
    pub holds: SmallVec<[u16; 2]>,
    /// By call; empty until the first.
    pub sites: Vec<Site>,
    /// By place that batches; empty until the first.
    pub lines: Vec<BatchLine>,
}

impl Flight {
    /// All of it anew, where another stood: a flight that is made elsewhere and carried here costs more than all the rest of it.
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    pub fn begins(&mut self, from: From, call: u32, case: u32, luck: u64, replica: u32, leg: Leg, now: u64) {
        let Flight {
            from: of_from,
            call: of_call,
            attempt,
            case: of_case,
            luck: of_luck,
            began,
            sent,
            waited,
            unknown,
            replica: of_replica,
            to,
            way: Way { link, connecting, opened, request, callee },
            leg: of_leg,
            asked,
        } = self;
        (*of_from, *of_call, *of_case, *of_luck, *of_replica, *of_leg) = (from, call, case, luck, replica, leg);
        (*attempt, *began, *sent, *waited, *unknown, *to) = (0, now, now, 0, false, NOBODY);
        (*link, *connecting, *opened, *request, *callee) = (None, false, 0, Ref::default(), Ref::default());
        if asked.is_some() {
            *asked = None;
        }
    }
}

impl Default for Flight {
    fn default() -> Flight {
        Flight {
            from: From::Act(Ref::default()),
            call: NOBODY,
            attempt: 0,
            case: 0,
            luck: 0,
            began: 0,
            sent: 0,
            waited: 0,
            unknown: false,
            replica: NOBODY,
            to: NOBODY,
            way: Way::default(),
            leg: Leg::ALONE,
            asked: None,
        }
    }
}

impl Replica {
    /// Most replicas of a large system never call.
    #[inline]
    pub fn knows_its_calls(&mut self, system: &System) {
        if self.sites.is_empty() {
            self.learns_its_calls(system);
        }
    }

    #[cold]
    #[inline(never)]
    fn learns_its_calls(&mut self, system: &System) {
        self.sites.resize(system.calls.len(), Site::default());
    }
}

/// What the platform says of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Health {
    /// It runs, and takes what is sent to it.
    #[default]
    Up,
    /// Its process is there, and not ready yet.
    Starting,
    /// It is not there: it has crashed, or its service is down, and nothing has been started in its place.
    Down,
    /// It was told to stop, and finishes what it has in hand.
    Ending,
}

#[derive(Debug, Clone, Default)]
pub struct PoolState {
    pub used: u32,
    pub waiting: VecDeque<Ref>,
}

/// What a replica knows about one place that it calls from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Site {
    pub in_flight: u32,
    /// Thousandths of a retry that are still allowed.
    pub tokens_milli: u32,
    /// The last attempts that the breaker counts: a bit each, set when it failed, the youngest lowest.
    pub window: u128,
    pub calls: u32,
    pub open_until: u64,
    /// The caller's own rate limit's.
    pub bucket: Bucket,
    pub trials: u32,
    pub seen: bool,
    pub throttle: Throttle,
}
