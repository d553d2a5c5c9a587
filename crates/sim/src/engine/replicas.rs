//! Instances of services: who has a worker free, who waits, and for how long.

use std::collections::VecDeque;

use super::World;
use super::arena::Ref;
use super::choosing::Host;
use super::directory::View;
use super::autoscale::Scaler;
use super::chance::{Purpose, draw};
use super::config::WORLD;
use super::lines::Door;
use super::listen::Who;
use super::queue::Kind;
use super::releases::{Release, Released};
use super::sending::Sending;
use super::state::{Act, Caller, Health, NOBODY, PoolState, Replica};
use super::stopped::{IN_FLIGHT, REPLICAS, Why};
use super::story::Part;
use super::versions::NO_VERSION;
use crate::Outcome;
use crate::system::{Balance, Handler, HandlerId, NONE, Patch, Service, ServiceId, System, VersionId};

#[derive(Debug, Clone, Default)]
pub struct ServiceState {
    pub replicas: Vec<u32>,
    /// The configuration that new replicas start with.
    pub config: u16,
    /// Its callers know at once who is there, and take one after the other.
    pub goes_round: bool,
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

impl ServiceState {
    /// Whoever calls it takes one of its instances after the other.
    #[inline]
    pub fn all_go_round(&self) -> bool {
        self.goes_round && !self.down && self.split.is_none()
    }
}

pub fn start(system: &System) -> Vec<ServiceState> {
    let goes_round = |def: &Service| def.balance == Balance::RoundRobin && def.discovery.is_none() && def.ejection.is_none();
    system.services.iter().map(|def| ServiceState { goes_round: goes_round(def), ..ServiceState::default() }).collect()
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

    /// Who answers before the record is there answers with none.
    #[inline(always)]
    fn has_no_answer_yet(&mut self, act: Ref, handler: &Handler) {
        if handler.answers.is_some() {
            self.has_none_yet(act, handler);
        }
    }

    fn has_none_yet(&mut self, act: Ref, handler: &Handler) {
        if let Some(reg) = handler.answers.filter(|&reg| usize::from(reg) >= handler.inputs.len()) {
            self.registers[(act.at, reg)] = i64::from(NOBODY);
        }
    }

    /// Starts a handler on a replica, or puts it into the queue: without limit, so callers check first.
    pub(super) fn begin(&mut self, system: &System, replica: u32, sending: &Sending) -> Ref {
        self.come_in(system, replica, sending, Door::In)
    }

    /// An activation, which is given a worker, or of which nobody has decided yet when it begins.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn makes(&mut self, system: &System, replica: u32, sending: &Sending, holds_worker: bool) -> Ref {
        let handler = &system.handlers[sending.handler.at()];
        let act = self.makes_at(handler.entry, replica, sending, holds_worker);
        self.has_no_answer_yet(act, handler);
        act
    }

    /// One that begins at an operation.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn makes_at(&mut self, pc: u32, replica: u32, sending: &Sending, holds_worker: bool) -> Ref {
        let now = self.now;
        let (act, state) = self.acts.put_with(|| Act::without_caller(sending, replica, pc, now, holds_worker));
        // Behind all the rest: made together with it, it would be put together elsewhere first.
        state.caller = sending.caller;
        self.registers.begin(act.at, sending.args);
        if self.acts.count() > IN_FLIGHT {
            self.stop(Why::Requests);
        }
        self.hold(sending.case);
        act
    }

    /// One that waits for a worker.
    #[inline(never)]
    pub(super) fn make(&mut self, system: &System, replica: u32, sending: &Sending) -> Ref {
        self.makes(system, replica, sending, false)
    }

    /// It is given a worker, who begins.
    pub(super) fn starts(&mut self, system: &System, act: Ref, replica: u32) {
        self.acts[act.at].holds_worker = true;
        let state = &mut self.replicas[replica as usize];
        state.busy += 1;
        self.tally.services[state.service as usize].busy(self.now, 1);
        self.ready.push(act);
        self.beat_begins(system, act);
    }

    /// It waits for a worker, behind all others.
    pub(super) fn lines_up(&mut self, act: Ref, replica: u32) {
        let state = &mut self.acts[act.at];
        state.waits_in_queue = true;
        let (handler, case) = (HandlerId(state.handler), state.case);
        let of = &mut self.replicas[replica as usize];
        if of.queue.is_empty() {
            of.line.filled_since = self.now;
        }
        of.queue.push_back(act.at);
        let part = Part::Service(ServiceId(of.service));
        self.beat_by(Who::act(act), case, part, || super::Beat::Queues { handler, replica, frozen: false });
    }

    #[inline(never)]
    pub(super) fn come_in(&mut self, system: &System, replica: u32, sending: &Sending, door: Door) -> Ref {
        let act = self.make(system, replica, sending);
        if door == Door::In && self.has_worker(replica) {
            self.starts(system, act, replica);
            return act;
        }
        self.acts[act.at].waits_in_queue = true;
        let (by, part, handler) = (Who::act(act), Part::Service(ServiceId(self.replicas[replica as usize].service)), sending.handler);
        let frozen = self.is_paused(replica);
        self.beat_by(by, sending.case, part, || super::Beat::Queues { handler, replica, frozen });
        if door == Door::In {
            self.queue_up(system, replica, act.at);
            self.patience(system, act, sending.luck);
        } else {
            self.replicas[replica as usize].line.outside.push_back(act.at);
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
        let act = self.makes_at(pc, replica, sending, false);
        // A workflow that is taken up in the middle knows what it knew.
        if pc == system.handlers[sending.handler.at()].entry {
            self.has_no_answer_yet(act, &system.handlers[sending.handler.at()]);
        }
        if !matches!(sending.caller, Caller::Function(_)) {
            self.tally.services[system.handlers[sending.handler.at()].service.at()].offered += 1;
        }
        self.ready.push(act);
        self.beat_begins(system, act);
        act
    }

    #[inline]
    pub(super) fn has_worker(&self, replica: u32) -> bool {
        if self.is_paused(replica) {
            return false;
        }
        let state = &self.replicas[replica as usize];
        i64::from(state.busy) < self.configs.service(state.config, state.service).workers
    }

    pub(super) fn wake_workers(&mut self, system: &System, replica: u32) {
        let state = &self.replicas[replica as usize];
        if !state.queue.is_empty() || !state.line.outside.is_empty() {
            self.wake_who_waits(system, replica);
        }
    }

    pub(super) fn wake_who_waits(&mut self, system: &System, replica: u32) {
        while self.has_worker(replica) {
            let of = &mut self.replicas[replica as usize];
            let in_order = of.line.outside.is_empty() && self.configs.service(of.config, of.service).in_order;
            let next = if in_order { of.queue.pop_front() } else { self.next_in_line(system, replica) };
            let Some(next) = next else { return };
            let act = self.acts.of(next);
            let state = &mut self.acts[next];
            state.waits_in_queue = false;
            if state.checks && state.deadline <= self.now {
                self.drop_expired(system, act);
            } else {
                self.starts(system, act, replica);
            }
        }
    }

    /// Free cores go to those who wait, in order.
    pub(super) fn pass_cores(&mut self, replica: u32) {
        let state = &mut self.replicas[replica as usize];
        let cores = self.configs.service(state.config, state.service).cores;
        while i64::from(state.cores_busy) < cores {
            let Some(next) = state.core_queue.pop_front() else {
                return;
            };
            if let Some(act) = self.acts.get_mut(next) {
                state.cores_busy += 1;
                act.holds_core = true;
                self.ready.push(next);
            }
        }
    }

    /// A limit may have grown: whoever waits for a worker, a core or a connection is looked at again.
    pub(super) fn wake_replica(&mut self, system: &System, replica: u32) {
        if !self.is_up(replica) {
            return;
        }
        self.wake_workers(system, replica);
        self.pass_cores(replica);
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
