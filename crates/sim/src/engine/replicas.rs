//! Instances of services: who is chosen, who has a worker free, who waits, who dies and comes back.

use std::collections::VecDeque;

use smallvec::SmallVec;

use super::World;
use super::arena::Ref;
use super::choosing::Host;
use super::directory::{Chosen, View};
use super::autoscale::Scaler;
use super::chance::{Purpose, draw, mix};
use super::config::WORLD;
use super::lines::Door;
use super::listen::Who;
use super::queue::Kind;
use super::releases::{Release, Released};
use super::state::{Act, Caller, Health, NOBODY, PoolState, Replica};
use super::stopped::{IN_FLIGHT, REPLICAS, Why};
use super::story::{NoWay, Part};
use super::versions::NO_VERSION;
use crate::Outcome;
use super::links::Cargo;
use crate::system::{Balance, End, Handler, HandlerId, LinkId, NONE, Patch, REGS, Run, System, VersionId};

#[derive(Debug, Clone, Default)]
pub struct ServiceState {
    pub replicas: Vec<u32>,
    /// The configuration that new replicas start with.
    pub config: u16,
    /// For callers that are no replica.
    pub turn: u16,
    pub down: bool,
    /// Replicas that still have an older configuration, in the order in which they get the new one.
    pub rolling: VecDeque<u32>,
    /// What those believe who are no replica: one balancer for all of them.
    pub view: View,
    pub hosts: Vec<Host>,
    /// By version, in the order of the service's list: the configuration of its instances.
    pub versions: Vec<u16>,
    /// What all instances are made from, a roll-out apart; what they were made from before that.
    pub runs: Option<VersionId>,
    pub before: Option<VersionId>,
    pub release: Option<Release>,
    /// What is to be rolled out when that is over.
    pub release_waits: std::collections::VecDeque<VersionId>,
    /// The version that is out and whose `after` is being done, and how far it is with that.
    pub tidies: Option<(VersionId, u16)>,
    /// How many there have been, and what became of the last.
    pub releases: u32,
    pub released: Option<(VersionId, Released)>,
    /// The share of requests that goes to a version.
    pub split: Option<(VersionId, f64)>,
    /// Somebody is at it already.
    pub changing: bool,
    pub scaler: Scaler,
    /// What is being rolled out, oldest first; none when every replica has been given the newest.
    pub roll_outs: Vec<RollOut>,
}

/// Changed parameters on their way to a service's replicas.
#[derive(Debug, Clone, PartialEq)]
pub struct RollOut {
    /// When the change was decided. Nanoseconds after virtual 0.
    pub since: u64,
    /// The first configuration that has them: a replica has them when its own is not older.
    pub config: u16,
    /// What was changed, of this service's parameters.
    pub patches: Vec<Patch>,
}

pub fn start(system: &System) -> Vec<ServiceState> {
    vec![ServiceState::default(); system.services.len()]
}

/// A handler to start, and for whom.
#[derive(Debug, Clone, Copy)]
pub struct Sending {
    pub handler: HandlerId,
    pub regs: [i64; REGS],
    pub caller: Caller,
    pub case: u32,
    pub luck: u64,
    pub deadline: u64,
    /// Whether work whose deadline has passed is dropped when its turn comes. Nobody checks unless told to.
    pub checks: bool,
    pub click: u16,
    /// 0 is served first.
    pub priority: u8,
    pub saga_attempt: u16,
}

impl Act {
    #[inline(always)]
    pub fn new(sending: &Sending, replica: u32, entry: u32, now: u64) -> Act {
        Act {
            handler: sending.handler.0,
            replica,
            pc: entry,
            back: 0,
            outcome: Outcome::Ok,
            answered: false,
            effects: false,
            holds_worker: false,
            waits_in_queue: false,
            hurried: false,
            priority: sending.priority,
            holds_core: false,
            publishing: None,
            case: sending.case,
            luck: sending.luck,
            began: now,
            deadline: sending.deadline,
            checks: sending.checks,
            click: sending.click,
            saga_attempt: sending.saga_attempt,
            saga: None,
            saga_step: 0,
            journals: false,
            caller: sending.caller,
            flight: None,
            fork: NOBODY,
            filling: NOBODY,
            tx: None,
            tries: 0,
            owed: 0,
            regs: sending.regs,
        }
    }
}

impl World {
    pub(super) fn start_replicas(&mut self, system: &System) {
        for service in 0..system.services.len() {
            let count = self.configs.get(WORLD, system.services[service].replicas).max(0);
            for _ in 0..count {
                if self.replicas.len() >= REPLICAS {
                    return self.stop(Why::Replicas);
                }
                let replica = self.new_replica(system, service as u16, self.services[service].runs);
                self.replicas[replica as usize].health = Health::Up;
                self.list(system, replica, true);
                self.start_probes(system, replica, true);
                self.watch_memory(system, replica);
                self.next_pause(system, replica, 0);
            }
        }
        for group in 0..system.groups.len() as u32 {
            self.rebalance(system, group);
        }
    }

    pub(super) fn new_replica(&mut self, system: &System, service: u16, version: Option<VersionId>) -> u32 {
        let def = &system.services[service as usize];
        self.addresses += 1;
        let new = Replica {
            service,
            address: self.addresses,
            health: Health::Starting,
            config: match version {
                Some(version) => self.services[service as usize].versions[system.versions[version.at()].place()],
                None => self.services[service as usize].config,
            },
            version: version.map_or(NO_VERSION, |version| version.0),
            pools: def.pools.iter().map(|_| PoolState::default()).collect(),
            turn: vec![0; system.services.len()],
            ..Replica::default()
        };
        let at = match self.spare.pop() {
            Some(at) => {
                let life = self.replicas[at as usize].life;
                self.replicas[at as usize] = Replica { life, ..new };
                at
            }
            None => {
                self.replicas.push(new);
                self.replicas.len() as u32 - 1
            }
        };
        self.services[service as usize].replicas.push(at);
        self.reads_secrets(system, at);
        at
    }

    #[inline]
    pub(super) fn is_up(&self, replica: u32) -> bool {
        self.replicas[replica as usize].health == Health::Up
    }

    /// The first replica that is up.
    pub(super) fn first_up(&self, service: u16) -> Option<u32> {
        let state = &self.services[service as usize];
        if state.down {
            return None;
        }
        state.replicas.iter().copied().find(|&replica| self.is_up(replica) && !self.is_paused(replica))
    }

    fn choose(&mut self, system: &System, from: u32, service: u16, luck: u64) -> Option<u32> {
        if self.services[service as usize].down {
            return None;
        }
        let count = self.services[service as usize].replicas.len();
        let split = self.services[service as usize].split.is_some();
        match system.services[service as usize].balance {
            Balance::RoundRobin if split => {
                let live = self.choose_by_version(service, luck);
                let turn = match from {
                    NOBODY => &mut self.services[service as usize].turn,
                    from => &mut self.replicas[from as usize].turn[service as usize],
                };
                *turn = turn.wrapping_add(1);
                let at = usize::from(*turn) % live.len().max(1);
                live.get(at).copied()
            }
            Balance::RoundRobin => {
                let begin = match from {
                    NOBODY => self.services[service as usize].turn,
                    from => self.replicas[from as usize].turn[service as usize],
                };
                let mut at = begin as usize;
                if at >= count {
                    at = at.checked_rem(count)?;
                }
                for _ in 0..count {
                    let replica = self.services[service as usize].replicas[at];
                    let next = if at + 1 == count { 0 } else { at + 1 };
                    if self.is_listed(replica) {
                        if from == NOBODY {
                            self.services[service as usize].turn = next as u16;
                        } else {
                            self.replicas[from as usize].turn[service as usize] = next as u16;
                        }
                        return Some(replica);
                    }
                    at = next;
                }
                None
            }
            // Chosen by belief.
            Balance::Pinned { .. } => None,
            balance => {
                let live: SmallVec<[u32; 16]> = if split {
                    self.choose_by_version(service, luck).into()
                } else {
                    let all = self.services[service as usize].replicas.iter();
                    all.copied().filter(|&replica| self.is_listed(replica)).collect()
                };
                if live.is_empty() {
                    return None;
                }
                let bits = draw(luck, service, Purpose::Balance);
                let first = (bits % live.len() as u64) as usize;
                if balance == Balance::Random || live.len() == 1 {
                    return Some(live[first]);
                }
                let load = |replica: u32| {
                    let waiting = &self.replicas[replica as usize];
                    if from == NOBODY {
                        // A caller that is no replica (people) stands for a balancer that sees the connections.
                        return waiting.busy + waiting.queue.len() as u32;
                    }
                    self.replicas[from as usize].outstanding.get(replica as usize).copied().unwrap_or(0)
                };
                if balance == Balance::TwoChoices {
                    let other = (first + 1 + (mix(bits, 2) % (live.len() as u64 - 1)) as usize) % live.len();
                    return Some(if load(live[other]) < load(live[first]) { live[other] } else { live[first] });
                }
                let turned = (0..live.len()).map(|step| live[(first + step) % live.len()]);
                turned.min_by_key(|&replica| load(replica))
            }
        }
    }

    /// Sends a request to some replica of the handler's service. `Err` when it is certain that nothing was started.
    /// Of a flight that started, the replica is in the flight's `to`.
    pub(super) fn send(&mut self, system: &System, from: u32, sending: Sending) -> Result<(), Outcome> {
        let handler = &system.handlers[sending.handler.at()];
        let service = handler.service;
        let chosen = match self.chooses_by_belief(system, service.0) {
            true => match self.choose_by_belief(system, from, service.0, sending.luck) {
                Chosen::Replica(replica) => Some(replica),
                Chosen::NotThere { silent } => return self.not_there(system, from, service.at(), sending.caller, silent),
                Chosen::Nobody => None,
            },
            false => self.choose(system, from, service.0, sending.luck),
        };
        let Some(replica) = chosen else {
            self.telemetry.now.refused(service.0);
            self.connection_failed(from, service.at());
            self.call_finds(sending.caller, NoWay::NobodyKnown);
            return Err(Outcome::Refused);
        };
        if let Some(link) = self.way_to(system, sending.caller, from, End::Service(service)) {
            self.leaves_for(system, link, from, replica, sending);
            return Ok(());
        }
        let taken = self.take_in(system, from, replica, &sending);
        if let (Err(outcome), true) = (taken, system.services[service.at()].ejection.is_some()) {
            self.host_answered(system, from, service.at(), self.endpoint(replica), outcome);
        }
        taken
    }

    /// Sends a request to a replica over a link.
    fn leaves_for(&mut self, system: &System, link: LinkId, from: u32, to: u32, sending: Sending) {
        let (luck, life) = (sending.luck, self.replicas[to as usize].life);
        let caller = sending.caller;
        let call = Cargo::Call { sending: Box::new(sending), to, life };
        match caller {
            Caller::Flight { flight, attempt } => {
                self.counts_as_outstanding(from, flight, to);
                self.sends(system, link, from, flight, attempt, luck, call);
            }
            _ => {
                self.depart(system, link, false, from, luck, call);
            }
        }
    }

    fn counts_as_outstanding(&mut self, from: u32, flight: Ref, replica: u32) {
        self.flights[flight.at].to = replica;
        if from != NOBODY {
            let outstanding = &mut self.replicas[from as usize].outstanding;
            if outstanding.len() <= replica as usize {
                outstanding.resize(replica as usize + 1, 0);
            }
            outstanding[replica as usize] += 1;
        }
    }

    /// A request is at the replica's door.
    pub(super) fn take_in(&mut self, system: &System, from: u32, replica: u32, sending: &Sending) -> Result<(), Outcome> {
        let service = system.handlers[sending.handler.at()].service;
        if !self.accepts(replica) {
            // It ends, and whoever sent this has not heard of it: the connection is refused.
            self.refused_by(service, replica);
            return Err(Outcome::Refused);
        }
        self.tally.services[service.at()].offered += 1;
        // A process that stands still cannot refuse: its kernel keeps what comes.
        let door = if self.is_paused(replica) { Door::In } else { self.at_the_door(system, replica, sending) };
        if door == Door::Refused {
            self.tally.services[service.at()].turned_away += 1;
            self.refused_by(service, replica);
            self.beat(sending.case, Part::Service(service), || super::Beat::TurnedAway);
            return Err(Outcome::Refused);
        }
        let flight = match sending.caller {
            Caller::Flight { flight, .. } if self.flights.is(flight) => Some(flight),
            _ => None,
        };
        if let Some(flight) = flight.filter(|flight| self.flights[flight.at].way.link.is_none()) {
            self.counts_as_outstanding(from, flight, replica);
        }
        let act = self.come_in(system, replica, sending, door);
        if let Some(flight) = flight {
            self.flights[flight.at].way.callee = act;
        }
        Ok(())
    }

    /// Who answers before the record is there answers with none.
    #[inline]
    fn has_no_answer_yet(&mut self, act: Ref, handler: &Handler) {
        if let Some(reg) = handler.answers.filter(|&reg| usize::from(reg) >= handler.inputs.len()) {
            self.acts[act.at].regs[usize::from(reg)] = i64::from(NOBODY);
        }
    }

    /// Starts a handler on a replica, or puts it into the queue: without limit, so callers check first.
    pub(super) fn begin(&mut self, system: &System, replica: u32, sending: &Sending) -> Ref {
        self.come_in(system, replica, sending, Door::In)
    }

    fn come_in(&mut self, system: &System, replica: u32, sending: &Sending, door: Door) -> Ref {
        let handler = &system.handlers[sending.handler.at()];
        let now = self.now;
        let act = self.acts.put_with(|| Act::new(sending, replica, handler.entry, now));
        self.has_no_answer_yet(act, handler);
        if self.acts.count() > IN_FLIGHT {
            self.stop(Why::Requests);
        }
        self.hold(sending.case);
        if door == Door::In && self.has_worker(system, replica) {
            self.take_worker(act);
            self.ready.push_back(act);
            self.beat_begins(system, act);
        } else {
            self.acts[act.at].waits_in_queue = true;
            let (by, part, handler) = (Who::act(act), Part::Service(handler.service), sending.handler);
            let frozen = self.is_paused(replica);
            self.beat_by(by, sending.case, part, || super::Beat::Queues { handler, replica, frozen });
            if door == Door::In {
                self.queue_up(system, replica, act.at);
                self.patience(system, act, sending.luck);
            } else {
                self.replicas[replica as usize].line.outside.push_back(act.at);
            }
        }
        act
    }

    /// Whoever waits in the queue may do so for a time only.
    pub(super) fn patience(&mut self, system: &System, act: Ref, luck: u64) {
        let service = system.handlers[self.acts[act.at].handler as usize].service;
        let wait = self.param(act.at, system.services[service.at()].wait);
        if wait != NONE {
            let wait = self.duration(system, wait, draw(luck, service.0, Purpose::Patience));
            self.queue.push(self.now + wait, Kind::QueueTimeUp, act.at, act.generation);
        }
    }

    /// It has waited for as long as it may, and is refused: certainly nothing of it was done.
    pub(super) fn queue_time_up(&mut self, system: &System, act: Ref) {
        let Some(&Act { waits_in_queue: true, handler, replica, case, caller, .. }) = self.acts.get(act) else {
            return;
        };
        if self.freezes_event(replica, Kind::QueueTimeUp, act.at, act.generation) {
            return;
        }
        self.leave_line(act);
        let handler = HandlerId(handler);
        let service = system.handlers[handler.at()].service;
        self.tally.services[service.at()].turned_away += 1;
        self.telemetry.now.refused(service.0);
        self.beat_by(Who::act(act), case, Part::Service(service), || super::Beat::WaitsTooLong { handler });
        self.acts.free(act.at);
        self.answer_caller(system, caller, Outcome::Refused, NOBODY);
        self.release(case);
    }

    /// Starts a handler that needs no worker: a job, a resumed saga.
    pub(super) fn begin_aside(&mut self, system: &System, replica: u32, sending: &Sending, pc: u32) -> Ref {
        let act = self.acts.put(Act::new(sending, replica, pc, self.now));
        // A workflow that is taken up in the middle knows what it knew.
        if pc == system.handlers[sending.handler.at()].entry {
            self.has_no_answer_yet(act, &system.handlers[sending.handler.at()]);
        }
        if self.acts.count() > IN_FLIGHT {
            self.stop(Why::Requests);
        }
        self.hold(sending.case);
        if !matches!(sending.caller, Caller::Function(_)) {
            self.tally.services[system.handlers[sending.handler.at()].service.at()].offered += 1;
        }
        self.ready.push_back(act);
        self.beat_begins(system, act);
        act
    }

    #[inline]
    pub(super) fn has_worker(&self, system: &System, replica: u32) -> bool {
        if self.is_paused(replica) {
            return false;
        }
        let state = &self.replicas[replica as usize];
        let workers = match system.services[state.service as usize].run {
            Run::Threads { threads } => threads,
            Run::Async { in_flight, .. } => in_flight,
        };
        i64::from(state.busy) < self.configs.get(state.config, workers)
    }

    fn take_worker(&mut self, act: Ref) {
        let replica = self.acts[act.at].replica;
        self.acts[act.at].holds_worker = true;
        let state = &mut self.replicas[replica as usize];
        state.busy += 1;
        self.tally.services[state.service as usize].busy(self.now, 1);
    }

    /// The worker takes whoever waits.
    pub(super) fn free_worker(&mut self, system: &System, replica: u32) {
        let state = &mut self.replicas[replica as usize];
        state.busy -= 1;
        let service = state.service as usize;
        self.tally.services[service].busy(self.now, -1);
        self.wake_workers(system, replica);
    }

    #[inline]
    pub(super) fn wake_workers(&mut self, system: &System, replica: u32) {
        let state = &self.replicas[replica as usize];
        if !state.queue.is_empty() || !state.line.outside.is_empty() {
            self.wake_who_waits(system, replica);
        }
    }

    fn wake_who_waits(&mut self, system: &System, replica: u32) {
        loop {
            let state = &self.replicas[replica as usize];
            if state.queue.is_empty() && state.line.outside.is_empty() || !self.has_worker(system, replica) {
                return;
            }
            let Some(next) = self.next_in_line(system, replica) else { return };
            let act = self.acts.of(next);
            self.acts[next].waits_in_queue = false;
            if self.acts[next].checks && self.acts[next].deadline <= self.now {
                self.drop_expired(system, act);
                continue;
            }
            self.take_worker(act);
            self.ready.push_back(act);
            self.beat_begins(system, act);
        }
    }

    /// Free cores go to those who wait, in order.
    #[inline]
    pub(super) fn wake_cores(&mut self, system: &System, replica: u32) {
        if !self.replicas[replica as usize].core_queue.is_empty() {
            self.pass_cores(system, replica);
        }
    }

    fn pass_cores(&mut self, system: &System, replica: u32) {
        let state = &self.replicas[replica as usize];
        let Run::Async { cores, .. } = system.services[state.service as usize].run else {
            return;
        };
        let cores = self.configs.get(state.config, cores);
        while i64::from(self.replicas[replica as usize].cores_busy) < cores {
            let Some(next) = self.replicas[replica as usize].core_queue.pop_front() else {
                return;
            };
            if self.acts.is(next) {
                self.replicas[replica as usize].cores_busy += 1;
                self.acts[next.at].holds_core = true;
                self.ready.push_back(next);
            }
        }
    }

    /// A limit may have grown: whoever waits for a worker, a core or a connection is looked at again.
    pub(super) fn wake_replica(&mut self, system: &System, replica: u32) {
        if !self.is_up(replica) {
            return;
        }
        self.wake_workers(system, replica);
        self.wake_cores(system, replica);
        self.queues_grow(system, replica);
        for pool in 0..self.replicas[replica as usize].pools.len() {
            self.pass_pool(system, replica, pool);
        }
        self.serve_lines(system, replica);
    }

    pub(super) fn wake_all(&mut self, system: &System) {
        for replica in 0..self.replicas.len() as u32 {
            self.wake_replica(system, replica);
        }
    }

    /// Its caller has given up by its own clock, so nobody is told.
    pub(super) fn drop_expired(&mut self, system: &System, act: Ref) {
        let Act { handler, case, .. } = self.acts[act.at];
        let service = system.handlers[handler as usize].service;
        self.tally.services[service.at()].expired += 1;
        let handler = HandlerId(handler);
        self.beat_by(Who::act(act), case, Part::Service(service), || super::Beat::Expires { handler });
        self.acts.free(act.at);
        self.release(case);
    }
}
