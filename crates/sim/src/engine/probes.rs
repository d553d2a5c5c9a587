//! Probes: requests of the platform to its instances, which take a place in the queue and a worker like any other, unless they
//! have a port and a thread of their own.
//!
//! So overload fails them. A readiness probe that fails takes an instance out of the lists of endpoints, and what it would have
//! been sent goes to the others; a liveness probe that fails ends it and starts it again, dead or merely busy. Thresholds and
//! order are those of the kubelet: one probe of a kind at a time, the others wait for the startup probe.

use super::World;
use super::chance::mix;
use super::queue::Kind;
use super::sending::Sending;
use super::state::{Caller, Health, NOBODY};
use super::story::Turn;
use super::vault::WORLD_CASE;
use crate::Outcome;
use crate::system::{Probe, ProbeKind, System};

/// What an instance's probe has come to so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProbeState {
    /// Tells a probe's answer from that of an earlier one.
    stamp: u32,
    open: bool,
    failures: u32,
    successes: u32,
    /// Startup: it has succeeded, and is not made again.
    passed: bool,
}

/// Which of an instance's probes, beside its life or a stamp.
const WHICH_BITS: u32 = 2;

impl World {
    /// The instance runs: its probes begin. `at_once`: it runs since the beginning of time, and is ready.
    pub(super) fn start_probes(&mut self, system: &System, replica: u32, from_start: bool) {
        let state = &self.replicas[replica as usize];
        let (service, life, config, address) = (state.service as usize, state.life, state.config, state.address);
        let probes = &system.services[service].probes;
        if probes.is_empty() {
            return;
        }
        let state = &mut self.replicas[replica as usize];
        state.probes.resize(probes.len(), ProbeState::default());
        for probe in &mut state.probes {
            *probe = ProbeState { stamp: probe.stamp, passed: from_start, ..ProbeState::default() };
        }
        state.unready = !from_start && probes.iter().any(|probe| probe.kind == ProbeKind::Ready);
        for (which, probe) in probes.iter().enumerate() {
            let of = |param| self.configs.get(config, param) as u64;
            let delay = match from_start {
                // They do not all come at the same instant.
                true => mix(mix(self.setup.seed, u64::from(address)), which as u64 | 53 << 40) % of(probe.period).max(1),
                false => of(probe.initial_delay),
            };
            self.queue.push(self.now + delay, Kind::Probe, replica, life << WHICH_BITS | which as u32);
        }
    }

    pub(super) fn probe_due(&mut self, system: &System, replica: u32, of: u32) {
        let state = &self.replicas[replica as usize];
        let which = (of & ((1 << WHICH_BITS) - 1)) as usize;
        if state.health != Health::Up || state.life << WHICH_BITS != of & !((1 << WHICH_BITS) - 1) {
            return;
        }
        let probes = &system.services[state.service as usize].probes;
        let probe = &probes[which];
        let startup = probes.iter().position(|probe| probe.kind == ProbeKind::Startup);
        let passed = startup.is_none_or(|at| state.probes[at].passed);
        if probe.kind == ProbeKind::Startup && passed {
            return;
        }
        let period = self.configs.get(state.config, probe.period) as u64;
        self.queue.push(self.now + period.max(1_000_000), Kind::Probe, replica, of);
        if state.probes[which].open || !passed && probe.kind != ProbeKind::Startup {
            return;
        }
        self.send_probe(system, replica, which, probe);
    }

    fn send_probe(&mut self, system: &System, replica: u32, which: usize, probe: &Probe) {
        let state = &mut self.replicas[replica as usize];
        let (address, config) = (state.address, state.config);
        let open = &mut state.probes[which];
        (open.open, open.stamp) = (true, open.stamp.wrapping_add(1));
        let stamp = open.stamp << WHICH_BITS | which as u32;
        let luck = mix(mix(self.setup.seed, u64::from(address) | 59 << 40), u64::from(stamp));
        let timeout = self.configs.get(config, probe.timeout) as u64;
        self.queue.push_timer(self.now, timeout, Kind::ProbeTimeUp, replica, stamp);
        let sending = Sending::new(probe.handler, &[], Caller::Probe { replica, stamp }, WORLD_CASE, luck);
        if probe.own_port {
            self.begin_aside(system, replica, &sending, system.handlers[probe.handler.at()].entry);
        } else if self.take_in(system, NOBODY, replica, &sending).is_err() {
            self.probe_over(system, replica, stamp, false);
        }
    }

    pub(super) fn probe_answered(&mut self, system: &System, replica: u32, stamp: u32, outcome: Outcome) {
        self.probe_over(system, replica, stamp, outcome == Outcome::Ok);
    }

    pub(super) fn probe_time_up(&mut self, system: &System, replica: u32, stamp: u32) {
        self.probe_over(system, replica, stamp, false);
    }

    pub(super) fn not_alive(&mut self, system: &System, replica: u32, life: u32) {
        let state = &mut self.replicas[replica as usize];
        if state.life == life && state.health == Health::Up {
            state.failed = true;
            self.turns(replica, Turn::NotAlive);
            self.restart(system, replica);
        }
    }

    fn probe_over(&mut self, system: &System, replica: u32, stamp: u32, well: bool) {
        let state = &mut self.replicas[replica as usize];
        let which = (stamp & ((1 << WHICH_BITS) - 1)) as usize;
        let (health, unready, config) = (state.health, state.unready, state.config);
        let Some(probe) = system.services[state.service as usize].probes.get(which) else {
            return;
        };
        let Some(is) = state.probes.get_mut(which).filter(|is| is.open && is.stamp << WHICH_BITS == stamp & !((1 << WHICH_BITS) - 1)) else {
            return;
        };
        is.open = false;
        (is.failures, is.successes) = if well { (0, is.successes + 1) } else { (is.failures + 1, 0) };
        let (failures, successes) = (i64::from(is.failures), i64::from(is.successes));
        if health != Health::Up {
            return;
        }
        let failed = failures >= self.configs.get(config, probe.failures);
        match probe.kind {
            ProbeKind::Startup if well => self.replicas[replica as usize].probes[which].passed = true,
            ProbeKind::Ready if unready && well && successes >= self.configs.get(config, probe.successes) => {
                self.replicas[replica as usize].unready = false;
                self.turns(replica, Turn::Ready);
                self.list(system, replica, true);
                self.replica_is_back(replica);
                self.replicas[replica as usize].ready_since = Some(self.now);
                let service = usize::from(self.replicas[replica as usize].service);
                if self.services[service].release.is_some() {
                    self.release_sees(system, service);
                }
            }
            ProbeKind::Ready if !unready && failed => {
                self.replicas[replica as usize].unready = true;
                self.turns(replica, Turn::NotReady);
                self.list(system, replica, false);
            }
            ProbeKind::Startup | ProbeKind::Live if failed => {
                // The answer may be its own last act: it is ended after that.
                let life = self.replicas[replica as usize].life;
                self.queue.push(self.now, Kind::NotAlive, replica, life);
            }
            _ => {}
        }
    }
}
