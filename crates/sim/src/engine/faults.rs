//! What the interviewer breaks, and what ends.

use super::World;
use super::queue::Kind;
use super::replicas::RollOut;
use super::state::Health;
use crate::system::{Downable, FaultEffect, Patch, System};

#[derive(Debug, Clone, Default)]
pub struct FaultState {
    /// For the first time.
    pub began: Option<u64>,
    pub on: bool,
    /// This time: when it began, and when it ends unless it is lifted before.
    pub since: u64,
    pub until: Option<u64>,
    /// When it ended last; what has no duration ends as it begins.
    pub ended: u64,
    /// How often it has begun: tells its end from that of an earlier time.
    pub times: u32,
    /// Who stands still because of it: replicas and their lives.
    pub paused: Vec<(u32, u32)>,
    /// When somebody could know: an alert, a ticket, a move.
    pub noticed: Option<(u64, super::report::Sign)>,
}

pub fn start(system: &System) -> Vec<FaultState> {
    vec![FaultState::default(); system.faults.len()]
}

impl World {
    pub(super) fn start_faults(&mut self, system: &System) {
        if !self.setup.faults {
            return;
        }
        for (at, fault) in system.faults.iter().enumerate() {
            self.queue.push(system.clock.warm_up + fault.at, Kind::FaultOn, at as u32, 0);
        }
    }

    pub(super) fn fault_on(&mut self, system: &System, at: u32) {
        let fault = &system.faults[at as usize];
        let state = &mut self.faults[at as usize];
        if state.on {
            return;
        }
        state.began.get_or_insert(self.now);
        state.on = fault.lasts > 0;
        (state.since, state.until) = (self.now, (fault.lasts > 0).then_some(self.now + fault.lasts));
        state.ended = self.now;
        state.times += 1;
        let times = state.times;
        for effect in &fault.effects {
            match effect {
                FaultEffect::Set(patch) => {
                    self.configs.lay_over(at as u16, *patch);
                    self.wake_all(system);
                    self.scale_changed(system, std::slice::from_ref(patch));
                }
                FaultEffect::Down(what) => self.fails(system, *what),
                FaultEffect::Crash { service, replicas, after_step: Some(step), .. } => {
                    self.traps.push((service.0, step.0, *replicas));
                }
                FaultEffect::Crash { service, replicas, after_step: None, host } => {
                    for _ in 0..*replicas {
                        if let Some(replica) = self.first_up(service.0) {
                            self.kill(system, replica);
                            self.replicas[replica as usize].host_down = *host;
                        }
                    }
                }
                FaultEffect::Drain { service, replicas } => self.drains(system, *service, *replicas),
                FaultEffect::FailOver(store) => self.fail_over(system, *store, false, None),
                FaultEffect::Pause { service, replicas } => {
                    let paused = self.pause_replicas(system, *service, *replicas);
                    self.faults[at as usize].paused.extend(paused);
                }
                FaultEffect::RollOut(version) => self.release_in_turn(system, *version),
                FaultEffect::Migrate(migration) => self.migrates_later(system, *migration),
                FaultEffect::Empty(cache) => self.empty_cache(*cache),
                FaultEffect::Lose { store, last } => self.lose_rows(system, *store, *last),
                FaultEffect::Leak { secret, every, from } => self.leaks(system, *secret, *every, *from),
                FaultEffect::Rotate(secret) => self.rotate(system, *secret),
                FaultEffect::Revoke(secret) => drop(self.is_to_be_revoked(system, *secret, false)),
                FaultEffect::Corrupt { topic, count } => {
                    let now = self.now;
                    let state = &mut self.topics[topic.at()];
                    (state.corrupt, state.corrupt_since) = (state.corrupt + count, now);
                }
            }
        }
        self.settings_may_have_changed(system);
        if fault.lasts > 0 {
            self.queue.push(self.now + fault.lasts, Kind::FaultOff, at, times);
        }
    }

    /// Its time is over, unless it was lifted before.
    pub(super) fn fault_ends(&mut self, system: &System, at: u32, times: u32) {
        if self.faults[at as usize].on && self.faults[at as usize].times == times {
            self.fault_off(system, at);
        }
    }

    pub(super) fn fault_off(&mut self, system: &System, at: u32) {
        (self.faults[at as usize].on, self.faults[at as usize].ended) = (false, self.now);
        self.configs.take_off(at as u16);
        for (replica, life) in std::mem::take(&mut self.faults[at as usize].paused) {
            self.wake_up(system, replica, life);
        }
        self.settings_may_have_changed(system);
        self.wake_all(system);
        for effect in &system.faults[at as usize].effects {
            match effect {
                FaultEffect::Set(patch) => self.scale_changed(system, std::slice::from_ref(patch)),
                FaultEffect::Down(what) => self.works_again(system, *what),
                FaultEffect::Crash { service, after_step: Some(step), replicas, .. } => {
                    let mine = (service.0, step.0, *replicas);
                    // One of those that are alike: another fault may have set the same trap.
                    if let Some(trap) =
                        self.traps.iter().rposition(|&(of, at, left)| (of, at) == (mine.0, mine.1) && left <= mine.2)
                    {
                        self.traps.remove(trap);
                    }
                }
                _ => {}
            }
        }
    }

    fn is_down_by_another(&self, system: &System, what: Downable) -> bool {
        let fails = |at: usize| system.faults[at].effects.contains(&FaultEffect::Down(what));
        self.faults.iter().enumerate().any(|(at, state)| state.on && fails(at))
    }

    fn fails(&mut self, system: &System, what: Downable) {
        match what {
            Downable::Service(service) => {
                self.services[service.at()].down = true;
                for replica in self.services[service.at()].replicas.clone() {
                    match self.replicas[replica as usize].health {
                        Health::Up => self.kill(system, replica),
                        Health::Ending => {
                            self.kill(system, replica);
                            self.look_at_end(system, replica);
                        }
                        Health::Starting => self.replicas[replica as usize].health = Health::Down,
                        Health::Down => {}
                    }
                }
            }
            Downable::Store(store) => self.store_fails(system, store.0),
            Downable::Provider(provider) => self.providers[provider.at()].down = true,
            Downable::Topic(topic) => self.topics[topic.at()].down = true,
            Downable::Group(group) => self.groups[group.at()].down = true,
        }
    }

    fn works_again(&mut self, system: &System, what: Downable) {
        if self.is_down_by_another(system, what) {
            return;
        }
        match what {
            Downable::Service(service) => {
                self.services[service.at()].down = false;
                for replica in self.services[service.at()].replicas.clone() {
                    let life = self.replicas[replica as usize].life;
                    self.queue.push(self.now, Kind::Restart, replica, life);
                }
            }
            Downable::Store(store) => self.stores[store.at()].down = false,
            Downable::Provider(provider) => self.providers[provider.at()].down = false,
            Downable::Topic(topic) => {
                self.topics[topic.at()].down = false;
                self.topic_is_back(system, topic);
            }
            Downable::Group(group) => {
                self.groups[group.at()].down = false;
                for partition in 0..self.groups[group.at()].parts.len() as u32 {
                    self.deliver(system, group.0.into(), partition);
                }
            }
        }
    }

    /// A changed decision: the world's part at once, each service's replica by replica.
    pub(super) fn change(&mut self, system: &System, patches: &[Patch]) {
        self.configs.set_world(system, patches);
        self.restore_versions(system);
        self.settings_may_have_changed(system);
        for service in 0..system.services.len() {
            let mine = |patch: &&Patch| {
                let owner = system.params[patch.param.at()].owner;
                owner == crate::system::Owner::Service(crate::system::ServiceId(service as u16))
            };
            let patches: Vec<Patch> = patches.iter().filter(mine).copied().collect();
            if patches.is_empty() {
                continue;
            }
            let config = match self.derive_versions(system, service, &patches) {
                Some(config) => config,
                None => {
                    let config = self.configs.derive(self.services[service].config, &patches);
                    self.services[service].config = config;
                    config
                }
            };
            let since = self.now;
            self.services[service].roll_outs.push(RollOut { since, config, patches });
            let idle = self.services[service].rolling.is_empty();
            self.services[service].rolling = self.services[service].replicas.iter().copied().collect();
            if idle {
                self.queue.push(self.now + system.roll_out_each, Kind::RollOut, service as u32, 0);
            }
        }
        self.scale_changed(system, patches);
    }

    pub(super) fn roll_out(&mut self, system: &System, service: u32, _: u32) {
        if let Some(replica) = self.services[service as usize].rolling.pop_front() {
            self.replicas[replica as usize].config = self.config_of(system, replica);
            self.wake_replica(system, replica);
        }
        if self.services[service as usize].rolling.is_empty() {
            self.services[service as usize].roll_outs.clear();
        } else {
            self.queue.push(self.now + system.roll_out_each, Kind::RollOut, service, 0);
        }
    }
}
