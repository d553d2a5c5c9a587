//! The engine: one world, one queue of events, and what each event does.
//!
//! `Sim` is the whole interface. Everything below it is `World`, whose methods stand in the file of their subject and
//! take the `System` as an argument; nothing is shared, nothing is global, nothing reads a clock.

mod arena;
mod at_end;
mod autoscale;
mod batches;
mod beat;
mod broker_links;
mod bucket;
mod caches;
mod calls;
mod cancel;
mod chance;
mod choosing;
mod clocks;
mod comers;
mod command;
mod commit;
mod compare;
mod config;
mod copies;
mod dead_letters;
mod directory;
mod doing;
mod ending;
mod exponential;
mod facts;
mod fates;
mod faults;
mod few;
mod flags;
mod forks;
mod functions;
mod gather;
mod grounds;
mod groups;
mod index;
mod jobs;
mod lines;
mod links;
mod listen;
mod lives;
mod locks;
mod members;
mod moves;
mod now;
mod open_tx;
mod operators;
mod oracle;
mod paged;
mod past;
mod pauses;
mod probes;
mod providers;
mod queue;
mod queues;
mod quotas;
mod ready;
mod registers;
mod relay;
mod release_tables;
mod releases;
mod replicas;
mod report;
mod retention;
mod row;
mod run;
mod sagas;
mod samples;
mod scale;
mod schema;
mod secrets;
mod serial;
mod sending;
mod setup;
mod signatures;
mod simulation;
mod sites;
mod state;
mod stopped;
mod store_links;
mod story;
mod tally;
mod telemetry;
mod throttle;
mod topics;
mod traffic;
mod transactions;
mod turns;
mod unmatched;
mod vault;
mod versions;
mod waits;
mod webhooks;
mod wires;

use std::collections::BTreeMap;

use self::arena::{Arena, PagedArena, Ref};
use self::chance::mix;
use self::config::Configs;
use self::listen::Recorder;
use self::queue::{Entry, Event, Kind, Queue};
use self::state::{Act, Flight, Hook, Message, Person, Replica, Request, SagaRun, Tx};
use self::vault::Vault;
use crate::system::{Balance, ClientId, GroupId, ParamId, Patch, RecordId, System};

pub use self::caches::CacheTally;
pub use self::command::{Command, Refusal};
pub use self::dead_letters::DeadLetterSeen;
pub use self::listen::SpanId;
pub use self::moves::{By, Ended, Hindrance, Letters, MoveSeen, Phase, With};
pub use self::now::{
    AlertSeen, CallSeen, Console, DeskSeen, Failing, FaultTruth, GroupSeen, InvariantTruth, JobResult, JobSeen,
    PartitionSeen, ProviderSeen, ReplicaSeen, RollOutSeen, ServiceSeen, StoreSeen, TopicSeen, Truth, WorkflowSeen,
    WorkflowsSeen,
};
pub use self::operators::TicketSeen;
pub use self::releases::{Release, Released, Stage};
pub use self::replicas::RollOut;
pub use self::report::{
    ClientReport, Detection, GroupReport, InvariantReport, Latency, MoveReport, ProviderReport, Report, SecretReport, ServiceReport, Sign,
};
pub use self::samples::{
    CallSample, ClientSample, GroupSample, ProviderSample, Sample, ServiceSample, VersionSample, StoreSample, TopicSample,
};
pub use self::setup::{Bought, Setup};
pub use self::simulation::Sim;
pub use self::state::Health;
pub use self::stopped::{Stopped, Why};
pub use self::story::{Beat, Carried, Cause, Freed, Moment, NoWay, NotCalled, Part, RollOutStep, Story, Turn, Unsigned};

#[derive(Debug, Clone)]
pub(crate) struct World {
    setup: Setup,
    stopped: Option<Stopped>,
    /// The instant of the last event, and how many steps there were at it.
    instant: (u64, u32),
    now: u64,
    digest: u64,
    events: u64,
    queue: Queue,
    /// Activations that can go on at this instant.
    ready: ready::Ready,
    /// Transactions that were given the lock that they waited for.
    granted: ready::Ready,
    configs: Configs,
    vault: Vault,
    acts: Arena<Act>,
    registers: registers::Registers,
    flights: Arena<Flight>,
    forks: Arena<forks::Fork>,
    /// Those that are shared.
    caches: Vec<caches::CacheState>,
    fillings: Arena<caches::Filling>,
    people: Arena<Person>,
    clients: Vec<traffic::ClientState>,
    replicas: Vec<Replica>,
    services: Vec<replicas::ServiceState>,
    /// Places of instances that are gone.
    spare: Vec<u32>,
    /// Replicas that stand still.
    paused: u32,
    /// The next instance's address.
    addresses: u32,
    /// By service.
    directories: Vec<directory::Directory>,
    txs: Arena<Tx>,
    locks: locks::Locks,
    schema: schema::Schema,
    stores: Vec<transactions::StoreState>,
    messages: PagedArena<Message>,
    topics: Vec<topics::TopicState>,
    groups: Vec<topics::GroupState>,
    /// By group; those of logs stay empty.
    queues: Vec<queues::QueueState>,
    items: Arena<queues::Item>,
    handed: Arena<queues::Handed>,
    turning: Arena<turns::Turning>,
    ageing: Arena<retention::Ageing>,
    /// By turn and record.
    turning_of: BTreeMap<(u16, u32), Ref>,
    quotas: BTreeMap<(u16, i64), bucket::Bucket>,
    requests: Arena<Request>,
    /// On their way over links.
    transits: Arena<links::Transit>,
    secrets: Vec<secrets::SecretState>,
    flags: Vec<flags::History>,
    clocks: Vec<clocks::ClockState>,
    /// Whether the use of credentials is written down.
    audited: bool,
    /// Members of groups that hear nothing of their broker: group, replica.
    cut_off: std::collections::BTreeSet<(u32, u32)>,
    talks: store_links::Talks,
    providers: Vec<providers::ProviderState>,
    keys: providers::Keys,
    hooks: Arena<Hook>,
    next_event: i64,
    /// The number of the last dead letter.
    next_letter: u64,
    batches: Arena<batches::Batch>,
    sagas: PagedArena<SagaRun>,
    /// Workflows, by kind and key.
    saga_keys: index::Index,
    jobs: Vec<jobs::JobState>,
    faults: Vec<faults::FaultState>,
    /// Steps after which a replica of a service is to die: (service, step, how many).
    traps: Vec<(u16, u16, u32)>,
    oracle: oracle::Oracle,
    telemetry: telemetry::TelemetryState,
    operators: operators::Operators,
    /// Cases that nothing reaches any more, with the time at which they are given back.
    leaving: row::Row<(u64, u32)>,
    quiet: u64,
    tally: tally::Tally,
    /// None while nobody listens, so that asking costs next to nothing.
    ears: Option<Box<listen::Ears>>,
    /// What decides whether correlation ids are passed on.
    correlation: Option<ParamId>,
    somewhere: Somewhere,
}

/// Whether any service has it; what none has is not asked for at every request.
#[derive(Debug, Clone, Copy)]
struct Somewhere {
    ejection: bool,
    memory: bool,
    /// A balancer that goes by how much is under way.
    by_load: bool,
}

/// Of what nobody has given another priority (RFC 9218: from 0, the most urgent, to 7).
const PRIORITY: u8 = 3;

/// How long a case is kept after the last thing that could reach it has ended, unless the system says more.
const QUIET_NS: u64 = 120_000_000_000;

impl World {
    fn new(system: &System, design: &[Patch], setup: Setup) -> World {
        let configs = Configs::new(system, design);
        let mut world = World {
            setup,
            stopped: None,
            instant: (0, 0),
            now: 0,
            digest: mix(setup.seed, 0),
            events: 0,
            queue: Queue::default(),
            ready: ready::Ready::default(),
            granted: ready::Ready::default(),
            vault: Vault::new(system),
            acts: Arena::default(),
            registers: registers::Registers::new(system),
            flights: Arena::default(),
            forks: Arena::default(),
            caches: vec![caches::CacheState::default(); system.caches.len()],
            fillings: Arena::default(),
            people: Arena::default(),
            clients: traffic::start(system),
            replicas: Vec::new(),
            services: replicas::start(system),
            spare: Vec::new(),
            paused: 0,
            addresses: 0,
            directories: vec![directory::Directory::default(); system.services.len()],
            txs: Arena::default(),
            locks: locks::Locks::default(),
            schema: schema::Schema::default(),
            stores: transactions::start(system),
            messages: PagedArena::default(),
            topics: topics::start(system, &configs),
            groups: topics::start_groups(system, &configs),
            queues: vec![queues::QueueState::default(); system.groups.len()],
            items: Arena::default(),
            handed: Arena::default(),
            turning: Arena::default(),
            ageing: Arena::default(),
            turning_of: BTreeMap::new(),
            quotas: BTreeMap::new(),
            requests: Arena::default(),
            transits: Arena::default(),
            secrets: secrets::start(system, &configs),
            flags: vec![flags::History::new(); system.flags.len()],
            clocks: clocks::start(system),
            audited: false,
            cut_off: Default::default(),
            talks: Default::default(),
            providers: vec![providers::ProviderState::default(); system.providers.len()],
            keys: providers::Keys::default(),
            hooks: Arena::default(),
            next_event: 1,
            next_letter: 0,
            batches: Arena::default(),
            sagas: Arena::default(),
            saga_keys: index::Index::default(),
            jobs: jobs::start(system),
            faults: faults::start(system),
            traps: Vec::new(),
            oracle: oracle::Oracle::new(system),
            telemetry: telemetry::TelemetryState::new(system),
            operators: operators::Operators::new(system),
            leaving: row::Row::default(),
            quiet: system.keeps_quiet.max(QUIET_NS),
            tally: tally::Tally::new(system),
            ears: None,
            correlation: system.telemetry.as_ref().map(|telemetry| telemetry.correlation),
            somewhere: Somewhere {
                ejection: system.services.iter().any(|service| service.ejection.is_some()),
                memory: system.services.iter().any(|service| service.memory.is_some()),
                by_load: system.services.iter().any(|service| matches!(service.balance, Balance::Least | Balance::TwoChoices)),
            },
            configs,
        };
        world.vault.cases[vault::WORLD_CASE as usize].luck = mix(setup.seed, u64::MAX);
        world.start_versions(system);
        world.settings_may_have_changed(system);
        world.start_schema(system);
        world.start_replicas(system);
        world.start_scalers(system);
        world.start_traffic(system);
        world.start_jobs(system);
        world.start_faults(system);
        world.start_telemetry(system);
        world
    }

    /// Does what one event from the queue says, and lets all that follows from it at once happen.
    #[inline]
    fn step(&mut self, system: &System, entry: Entry) {
        self.now = entry.at;
        if entry.at != self.instant.0 {
            self.instant = (entry.at, 0);
        }
        self.counts_step();
        self.events += 1;
        self.digest = mix(self.digest ^ entry.at, entry.word());
        let of = entry.of();
        if entry.is(Kind::Step) {
            self.steps(system, of);
        } else if entry.is(Kind::TimeUp) && self.unstamp(of.at, of.generation).is_none() {
            // Most were answered in time.
        } else if entry.is(Kind::Arrive) {
            self.arrive(system, of.at, of.generation);
        } else {
            self.happens(system, entry.event());
        }
        self.carry_on(system);
    }

    /// What an event does.
    fn happens(&mut self, system: &System, event: Event) {
        let Event { kind, a, b } = event;
        let of = Ref { at: a, generation: b };
        match kind {
            Kind::Arrive => self.arrive(system, a, b),
            Kind::ClickAgain => self.click_again(system, of),
            Kind::Step => self.step_done(system, of),
            Kind::TimeUp => self.time_up(system, a, b),
            Kind::TryAgain => self.try_again(system, a, b),
            Kind::Effect => self.take_effect(system, of),
            Kind::Answer => self.provider_answers(system, of),
            Kind::Hook => self.send_hook(system, of),
            Kind::HookTimeUp => self.hook_time_up(system, a, b),
            Kind::Commit => self.commit_comes(system, of),
            Kind::PoolTimeUp => self.pool_time_up(system, of),
            Kind::Published => self.published(system, of),
            Kind::Deliver => self.deliver_again(system, a, b),
            Kind::Rebalance => self.rebalance(system, a),
            Kind::Redrive => self.redrive_next(system, a),
            Kind::Resume => self.resume_saga(system, of),
            Kind::Job => self.job(system, a),
            Kind::Relayed => self.relayed(system, a, b),
            Kind::Marked => self.marked(system, a, b),
            Kind::Started => self.replica_started(system, a, b),
            Kind::Restart => self.replica_restarts(system, a, b),
            Kind::RollOut => self.roll_out(system, a, b),
            Kind::Sample => self.sample(system),
            Kind::Alert => self.alert_due(system, a, b),
            Kind::FaultOn => self.fault_on(system, a),
            Kind::FaultOff => self.fault_ends(system, a, b),
            Kind::Deadline => self.deadline(system, of),
            Kind::Ticket => self.file_ticket(system, of),
            Kind::Handled => self.ticket_handled(system, of),
            Kind::MoveStarts => self.move_starts(system, of),
            Kind::MoveDone => self.move_done(system, of),
            Kind::QueueTimeUp => self.queue_time_up(system, of),
            Kind::Looks => self.operator_looks(system, a, b),
            Kind::LooksAgain => self.operator_looks_again(system, a, b),
            Kind::Arrives => self.arrives(system, of),
            Kind::Ends => self.end_is_due(system, a, b),
            Kind::Visible => self.visible_again(system, of),
            Kind::Unreadable => self.found_unreadable(system, of),
            Kind::BatchDue => self.batch_due(system, a, b),
            Kind::Batched => self.batched(system, of),
            Kind::Hedge => self.hedge_due(system, of),
            Kind::Lease => self.lease_over(system, a, b),
            Kind::NobodyThere => self.nobody_there(system, a, b),
            Kind::Probe => self.probe_due(system, a, b),
            Kind::NotAlive => self.not_alive(system, a, b),
            Kind::StandsStill => self.stands_still(system, a, b),
            Kind::WakesUp => self.wake_up(system, a, b),
            Kind::ProbeTimeUp => self.probe_time_up(system, a, b),
            Kind::Release => self.release_due(system, a, b),
            Kind::Gates => self.gates_due(system, a, b),
            Kind::NextRelease => self.next_release(system, a as usize),
            Kind::Memory => self.memory_due(system, a, b),
            Kind::Collects => self.collects(system, a),
            Kind::Scales => self.scales(system, a),
            Kind::Loads => self.loads_secret(system, a, b),
            Kind::Misuse => self.misuse(system, a),
            Kind::Secret => self.secret_due(system, a, b),
            Kind::Statement => self.statement_done(system, of),
            Kind::LockTimeUp => self.lock_time_up(system, of),
            Kind::TransactAgain => self.transact_again(system, of),
            Kind::Migration => self.migration_due(system, a, b),
            Kind::Promoted => self.promoted(a),
            Kind::Turns => self.record_turns(system, of),
            Kind::PollUp => self.poll_is_up(system, a, b),
            Kind::KeyEnds => self.shared_key_ends(of),
            Kind::RowEnds => self.row_ends(system, of),
            Kind::OffsetCommit => self.offset_commit_is_due(system, a, b),
            Kind::ComesBack => self.person_comes_back(system, of),
        }
    }

    /// Runs whatever can go on at this instant.
    #[inline]
    fn carry_on(&mut self, system: &System) {
        while !(self.ready.is_empty() && self.granted.is_empty()) && self.stopped.is_none() {
            self.goes_on(system);
            self.counts_step();
        }
    }

    /// What goes on for ever at one instant is stopped.
    #[inline(always)]
    fn counts_step(&mut self) {
        self.instant.1 += 1;
        if self.instant.1 > stopped::STEPS_AT_ONCE {
            self.stop(Why::StepsAtOnce);
        }
    }

    #[inline(always)]
    fn goes_on(&mut self, system: &System) {
        if !self.granted.is_empty() {
            if let Some(tx) = self.granted.pop() {
                self.granted(system, tx);
            }
        } else if let Some(act) = self.ready.pop()
            && let Some(state) = self.acts.get(act)
        {
            self.runs_until(system, act, state.deadline);
        }
    }

    #[inline]
    fn after(&mut self, delay: u64, kind: Kind, of: Ref) {
        self.queue.push(self.now.saturating_add(delay), kind, of.at, of.generation);
    }

    /// An effect becomes part of the digest.
    #[inline]
    fn note(&mut self, what: u64, value: u64) {
        self.digest = mix(self.digest ^ what, value);
    }

    #[inline]
    fn hold(&mut self, case: u32) {
        // The world's is kept for ever.
        if case == vault::WORLD_CASE {
            return;
        }
        self.vault.cases[case as usize].refs += 1;
    }

    #[inline]
    fn release(&mut self, case: u32) {
        if case != vault::WORLD_CASE {
            self.let_go(case);
        }
    }

    fn let_go(&mut self, case: u32) {
        let held = &mut self.vault.cases[case as usize];
        debug_assert!(held.refs > 0, "a case let go twice");
        held.refs -= 1;
        if held.refs == 0 && !held.leaving {
            held.leaving = true;
            self.leaving.push((self.now + self.quiet, case));
        }
    }

    /// Gives back the cases that have been quiet for long enough.
    fn retire(&mut self, system: &System) {
        while self.leaving.first().is_some_and(|(due, _)| due <= self.now) {
            let Some((_, case)) = self.leaving.pop() else {
                return;
            };
            let held = &mut self.vault.cases[case as usize];
            held.leaving = false;
            if held.refs > 0 {
                continue;
            }
            self.judge_at_end(system, case);
            let held = &mut self.vault.cases[case as usize];
            let keys = std::mem::take(&mut held.keys);
            let sagas = std::mem::take(&mut held.sagas);
            keys.iter().for_each(|&key| self.keys.forget(key));
            sagas.iter().for_each(|&run| self.forget_saga(run));
            self.vault.retire(system, case);
        }
    }
}
