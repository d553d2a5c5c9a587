//! How replicas die and come back.

use super::World;
use super::arena::Ref;
use super::chance::mix;
use super::config::WORLD;
use super::lines::Line;
use super::listen::Who;
use super::queue::Kind;
use super::state::{Act, Caller, Health, NOBODY, PoolState, Replica, Site};
use super::story::Part;
use super::vault::WORLD_CASE;
use crate::Outcome;
use crate::system::{HandlerId, ServiceId, System};

/// The kubelet's back-off of a container that fails.
const FORGOTTEN_NS: u64 = 600_000_000_000;

impl World {
    /// Kills a replica: what was in memory is gone, what was committed stays. Its callers see the connection break.
    pub(super) fn kill(&mut self, system: &System, replica: u32) {
        let service = self.replicas[replica as usize].service;
        self.tally.crashes += 1;
        let state = &mut self.replicas[replica as usize];
        state.health = Health::Down;
        state.life += 1;
        state.queue.clear();
        state.line = Line::default();
        state.caches.clear();
        state.core_queue.clear();
        state.lines.iter_mut().for_each(|line| line.clear());
        let busy = std::mem::take(&mut state.busy);
        state.cores_busy = 0;
        state.outstanding.clear();
        state.idle.clear();
        state.views.clear();
        state.pins.clear();
        state.hosts.clear();
        state.sessions = Default::default();
        state.pools.iter_mut().for_each(|pool| *pool = PoolState::default());
        state.sites.iter_mut().for_each(|site| *site = Site::default());
        self.falls_silent(system, replica);
        self.pause_ends_with(replica);
        self.beat(WORLD_CASE, Part::Service(ServiceId(service)), || super::Beat::Crashes { replica });
        self.tally.services[service as usize].busy(self.now, -i64::from(busy));
        let dead: Vec<Ref> =
            self.acts.live().filter(|(_, act)| act.replica == replica).map(|(at, _)| self.acts.of(at)).collect();
        let mut told: Vec<Ref> = Vec::new();
        // Their calls first: whoever is called may be on the same replica, and has nobody left to answer.
        for act in &dead {
            if let Some(flight) = self.acts[act.at].flight.take().filter(|flight| self.flights.is(*flight)) {
                told.extend(self.callees_of(system, flight));
                self.flights.free(flight.at);
            }
            if self.acts[act.at].fork != NOBODY {
                self.forget_fork(system, self.acts[act.at].fork, &mut told);
            }
        }
        for act in dead {
            self.kill_act(system, act);
        }
        // Whom they have called sees the connection break, where it looks.
        told.into_iter().for_each(|callee| self.cancelled(system, callee));
        self.queues_lose(system, replica);
        self.jobs_lose(system, replica);
        for group in 0..system.groups.len() as u32 {
            let queued = World::rules(system, group).is_some();
            if !queued && system.handlers[system.groups[group as usize].handler.at()].service.0 == service {
                let topic = &system.topics[system.groups[group as usize].topic.at()];
                let session = self.configs.get(WORLD, topic.session) as u64;
                self.members_lose(group, replica);
                self.groups[group as usize].gone.push((replica, self.now + session));
                self.queue.push(self.now + session, Kind::Rebalance, group, 0);
            }
        }
        let now = self.now;
        let state = &mut self.replicas[replica as usize];
        if let Some(ends) = state.ends.as_mut().filter(|ends| !ends.returns) {
            // There is no process any more that could take anything; until they have heard, some still send to it.
            ends.stops = ends.stops.min(now);
            let (ends, life) = (*ends, state.life);
            state.health = Health::Ending;
            self.look_at_end_later(replica, life, ends);
            return;
        }
        state.ends = None;
        state.failed = true;
        self.starts_again(system, replica);
    }

    /// Whoever looks after processes starts it again; one that fails again and again, later each time (Kubernetes: forgotten
    /// after ten minutes that went well).
    pub(super) fn starts_again(&mut self, system: &System, replica: u32) {
        let state = &mut self.replicas[replica as usize];
        let Replica { service, life, up_since, address, .. } = *state;
        let def = &system.services[service as usize];
        let mut pause = self.configs.get(WORLD, def.restart_after) as u64;
        let failed = std::mem::take(&mut state.failed);
        if let (true, Some(backoff)) = (failed, def.restart_backoff) {
            if self.now - up_since.unwrap_or(0) >= FORGOTTEN_NS {
                state.restarts = 0;
            }
            let before = state.restarts;
            state.restarts += 1;
            let rule = usize::try_from(self.configs.get(WORLD, backoff)).ok().and_then(|at| system.backoffs.get(at));
            if let (Some(rule), true) = (rule, before > 0) {
                let luck = mix(mix(self.setup.seed, u64::from(address) | 61 << 40), u64::from(before));
                pause = super::calls::wait(rule, before, 0, luck);
            }
        }
        self.queue.push(self.now + pause, Kind::Restart, replica, life);
    }

    fn kill_act(&mut self, system: &System, act: Ref) {
        let Act { caller, case, tx, saga, answered, handler, .. } = self.acts[act.at];
        let service = system.handlers[handler as usize].service;
        self.beat_by(Who::act(act), case, Part::Service(service), || super::Beat::Dies { handler: HandlerId(handler) });
        if let Some(tx) = tx.filter(|tx| self.txs.is(*tx)) {
            self.abandon_tx(system, tx);
        }
        self.stops_filling(system, act);
        self.acts.free(act.at);
        self.tally.services[service.at()].killed += u64::from(!matches!(caller, Caller::Function(_)));
        if let Some(run) = saga {
            self.orphan_saga(system, run);
        }
        // A broker does not see a consumer die: it waits until the session is over.
        if !answered && !matches!(caller, Caller::Message { .. } | Caller::Queued(_)) {
            self.answer_caller(system, caller, Outcome::Unknown, NOBODY);
        }
        self.release(case);
    }

    pub(super) fn replica_restarts(&mut self, system: &System, replica: u32, life: u32) {
        let state = &mut self.replicas[replica as usize];
        // While its service is down nothing starts; the fault's end starts it.
        if state.life != life || state.health != Health::Down || self.services[state.service as usize].down {
            return;
        }
        state.health = Health::Starting;
        let service = state.service as usize;
        state.served = 0;
        self.replicas[replica as usize].config = self.config_of(system, replica);
        self.reads_secrets(system, replica);
        let state = &self.replicas[replica as usize];
        let start_up = self.configs.get(state.config, system.services[service].start_up) as u64;
        self.queue.push(self.now + start_up, Kind::Started, replica, life);
    }

    pub(super) fn replica_started(&mut self, system: &System, replica: u32, life: u32) {
        let state = &self.replicas[replica as usize];
        if state.life != life || state.health != Health::Starting || !self.becomes_ready(system, replica) {
            return;
        }
        let state = &mut self.replicas[replica as usize];
        state.health = Health::Up;
        (state.up_since, state.ready_since) = (Some(self.now), Some(self.now));
        let service = ServiceId(state.service);
        self.replicas[replica as usize].host_down = false;
        self.start_probes(system, replica, false);
        self.next_pause(system, replica, 0);
        if !self.replicas[replica as usize].unready {
            self.list(system, replica, true);
            self.replica_is_back(replica);
        }
        self.watch_memory(system, replica);
        self.beat(WORLD_CASE, Part::Service(service), || super::Beat::Starts { replica });
        for group in 0..system.groups.len() as u32 {
            if system.handlers[system.groups[group as usize].handler.at()].service == service {
                self.rebalance(system, group);
            }
        }
        if self.services[service.at()].release.is_some() {
            self.release_sees(system, service.at());
        }
    }
}
