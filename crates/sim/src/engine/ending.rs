//! How an instance ends on purpose: what scaling, roll-outs and drains do, apart from crashes (`lives.rs`).
//!
//! As Kubernetes has it ("Pod Lifecycle", Termination of Pods): the instance is told to stop and taken from the list of endpoints
//! at the same time, and whoever sends to it hears of that later. It goes on accepting until its pre-stop wait is over, and after
//! that refuses what still comes; what it has in hand it finishes. When its grace period is over it is killed, and what was
//! running then has an outcome that nobody knows.

use super::World;
use super::config::WORLD;
use super::directory::GONE;
use super::queue::Kind;
use super::state::{Health, NOBODY, Site};
use super::story::{Beat, Part, Turn};
use super::vault::WORLD_CASE;
use crate::system::{ServiceId, System, on_term};

/// Grace of what says nothing: Kubernetes' `terminationGracePeriodSeconds`.
const GRACE_NS: u64 = 30_000_000_000;

/// An end under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// From when on it accepts nothing.
    pub stops: u64,
    /// From when on nobody sends to it any more.
    pub heard: u64,
    pub killed: u64,
    /// Whether it starts again after that.
    pub returns: bool,
}

impl World {
    /// Ends an instance: SIGTERM. It is gone once its work is done, at the latest when its grace is over.
    pub(super) fn terminate(&mut self, system: &System, replica: u32) {
        self.ends_as_told(system, replica, false);
    }

    /// Ends an instance and starts it again. Where nothing is said of its instances, it is killed at once.
    pub(super) fn restart(&mut self, system: &System, replica: u32) {
        match system.services[self.replicas[replica as usize].service as usize].instances {
            Some(_) => self.ends_as_told(system, replica, true),
            None => self.kill(system, replica),
        }
    }

    /// Machines are emptied: so many instances of the service are told to end, the first that are up, and others take their
    /// place at once, elsewhere.
    pub(super) fn drains(&mut self, system: &System, service: ServiceId, replicas: u32) {
        for _ in 0..replicas {
            let Some(replica) = self.first_up(service.0) else { return };
            self.drain(system, replica);
        }
    }

    pub(super) fn drain(&mut self, system: &System, replica: u32) {
        let service = self.replicas[replica as usize].service as usize;
        self.terminate(system, replica);
        self.instances_changed(system, service);
    }

    fn ends_as_told(&mut self, system: &System, replica: u32, returns: bool) {
        let state = &self.replicas[replica as usize];
        let (service, health, life) = (state.service as usize, state.health, state.life);
        if !self.services[service].replicas.contains(&replica) {
            return;
        }
        if health == Health::Ending {
            if let Some(ends) = &mut self.replicas[replica as usize].ends {
                ends.returns &= returns;
            }
            return;
        }
        let of = |param: Option<crate::system::ParamId>, other: u64| param.map_or(other, |param| self.configs.get(state.config, param) as u64);
        let how = system.services[service].instances.as_ref();
        let (grace, pre_stop) = (of(how.map(|how| how.grace), GRACE_NS), of(how.map(|how| how.pre_stop), 0));
        let unheard = of(how.map(|how| how.unheard), 0);
        // The grace period counts from the signal, the pre-stop wait included.
        let stops = self.now + pre_stop.min(grace);
        let (stops, killed) = match of(how.map(|how| how.on_term), on_term::DRAIN as u64) as i64 {
            on_term::EXIT => (stops, stops),
            on_term::IGNORE => (self.now + grace, self.now + grace),
            _ => (stops, self.now + grace),
        };
        let ends = Ends { stops, heard: self.now + unheard, killed, returns };
        let was_up = health == Health::Up;
        let state = &mut self.replicas[replica as usize];
        state.health = Health::Ending;
        state.ends = Some(ends);
        if !was_up {
            return self.gone(system, replica);
        }
        self.turns(replica, Turn::Leaves);
        // It says itself that it leaves.
        self.list(system, replica, false);
        self.look_at_end_later(replica, life, ends);
        // A consumer that is told to stop leaves its group in good order; what it has in hand it finishes.
        for group in 0..system.groups.len() as u32 {
            if system.handlers[system.groups[group as usize].handler.at()].service.at() == service {
                self.rebalance(system, group);
            }
        }
        self.look_at_end(system, replica);
    }

    /// Whenever something about an end changes with time alone.
    pub(super) fn look_at_end_later(&mut self, replica: u32, life: u32, ends: Ends) {
        for at in [ends.stops, ends.heard, ends.killed] {
            if at > self.now {
                self.queue.push(at, Kind::Ends, replica, life);
            }
        }
    }

    pub(super) fn end_is_due(&mut self, system: &System, replica: u32, life: u32) {
        let state = &self.replicas[replica as usize];
        if state.life == life && state.health == Health::Ending {
            self.look_at_end(system, replica);
        }
    }

    /// Whether it is over with an instance that ends.
    pub(super) fn look_at_end(&mut self, system: &System, replica: u32) {
        let Some(ends) = self.replicas[replica as usize].ends else { return };
        if self.now >= ends.killed && self.has_work(replica) {
            self.kill(system, replica);
            if ends.returns {
                return;
            }
        }
        let over = self.now >= ends.killed || self.now >= ends.stops && !self.has_work(replica);
        if over && ends.returns {
            return self.exits(system, replica);
        }
        if over && self.now >= ends.heard {
            self.gone(system, replica);
        }
    }

    /// It had nothing left to do; whoever looks after processes starts it again.
    fn exits(&mut self, system: &System, replica: u32) {
        self.turns(replica, Turn::Exits);
        let state = &mut self.replicas[replica as usize];
        (state.health, state.ends) = (Health::Down, None);
        state.life += 1;
        state.outstanding.clear();
        state.idle.clear();
        state.views.clear();
        state.pins.clear();
        state.hosts.clear();
        state.sites.iter_mut().for_each(|site| *site = Site::default());
        self.pause_ends_with(replica);
        self.starts_again(system, replica);
    }

    pub(super) fn turns(&mut self, replica: u32, to: Turn) {
        let service = ServiceId(self.replicas[replica as usize].service);
        self.beat(WORLD_CASE, Part::Service(service), || Beat::Turns { replica, to });
    }

    fn has_work(&self, replica: u32) -> bool {
        self.acts.live().any(|(_, act)| act.replica == replica) || self.jobs.iter().any(|job| job.on == Some(replica))
    }

    /// Whether somebody who has not heard of its end may still choose it.
    #[inline]
    pub(super) fn is_listed(&self, replica: u32) -> bool {
        let state = &self.replicas[replica as usize];
        match state.health {
            Health::Up => !state.unready,
            Health::Ending => state.ends.is_some_and(|ends| self.now < ends.heard),
            Health::Starting | Health::Down => false,
        }
    }

    /// Whether it takes what is sent to it.
    #[inline]
    pub(super) fn accepts(&self, replica: u32) -> bool {
        let state = &self.replicas[replica as usize];
        state.health == Health::Up || state.ends.is_some_and(|ends| self.now < ends.stops)
    }

    /// It is no part of its service any more; its place is given to the next that begins.
    fn gone(&mut self, system: &System, replica: u32) {
        self.pause_ends_with(replica);
        let service = self.replicas[replica as usize].service as usize;
        let state = &mut self.replicas[replica as usize];
        state.life += 1;
        state.health = Health::Down;
        state.ends = None;
        state.address = GONE;
        state.outstanding.clear();
        state.sites.clear();
        self.services[service].replicas.retain(|&at| at != replica);
        self.services[service].rolling.retain(|&at| at != replica);
        self.replica_goes(system, replica);
        self.queues_forget(system, replica);
        self.spare.push(replica);
        for group in &mut self.groups {
            for part in group.parts.iter_mut().filter(|part| part.then == replica) {
                part.then = NOBODY;
            }
        }
        self.instances_changed(system, service);
    }

    /// How many instances of a service there are to be.
    pub(super) fn wanted(&self, system: &System, service: usize) -> usize {
        self.configs.get(WORLD, system.services[service].replicas).max(0) as usize
    }
}
