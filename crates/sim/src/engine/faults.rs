//! What the interviewer breaks, and what ends.

use super::World;
use super::queue::Kind;
use super::state::Health;
use crate::system::{Downable, FaultEffect, Patch, System};

#[derive(Debug, Clone, Default)]
pub struct FaultState {
    pub began: Option<u64>,
    pub ended: Option<u64>,
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
        self.faults[at as usize].began.get_or_insert(self.now);
        for effect in &fault.effects {
            match effect {
                FaultEffect::Set(patch) => {
                    self.configs.lay_over(at as u16, *patch);
                }
                FaultEffect::Down(what) => self.fails(system, *what),
                FaultEffect::Crash { service, replicas, after_step: Some(step) } => {
                    self.traps.push((service.0, step.0, *replicas));
                }
                FaultEffect::Crash { service, replicas, after_step: None } => {
                    for _ in 0..*replicas {
                        if let Some(replica) = self.first_up(service.0) {
                            self.kill(system, replica);
                        }
                    }
                }
                FaultEffect::Corrupt { topic, count } => self.topics[topic.at()].corrupt += count,
            }
        }
        if fault.lasts > 0 {
            self.queue.push(self.now + fault.lasts, Kind::FaultOff, at, 0);
        }
    }

    pub(super) fn fault_off(&mut self, system: &System, at: u32) {
        self.faults[at as usize].ended = Some(self.now);
        self.configs.take_off(at as u16);
        for effect in &system.faults[at as usize].effects {
            match effect {
                FaultEffect::Down(what) => self.works_again(system, *what),
                FaultEffect::Crash { service, after_step: Some(step), .. } => {
                    self.traps.retain(|&(of, at, _)| (of, at) != (service.0, step.0));
                }
                _ => {}
            }
        }
    }

    fn fails(&mut self, system: &System, what: Downable) {
        match what {
            Downable::Service(service) => {
                self.services[service.at()].down = true;
                for replica in self.services[service.at()].replicas.clone() {
                    if self.replicas[replica as usize].health == Health::Up {
                        self.kill(system, replica);
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
        match what {
            Downable::Service(service) => self.services[service.at()].down = false,
            Downable::Store(store) => self.stores[store.at()].down = false,
            Downable::Provider(provider) => self.providers[provider.at()].down = false,
            Downable::Topic(topic) => self.topics[topic.at()].down = false,
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
        for service in 0..system.services.len() {
            let mine = |patch: &&Patch| {
                let owner = system.params[patch.param.at()].owner;
                owner == crate::system::Owner::Service(crate::system::ServiceId(service as u16))
            };
            let patches: Vec<Patch> = patches.iter().filter(mine).copied().collect();
            if patches.is_empty() {
                continue;
            }
            let config = self.configs.derive(self.services[service].config, &patches);
            self.services[service].config = config;
            let idle = self.services[service].rolling.is_empty();
            self.services[service].rolling = self.services[service].replicas.iter().copied().collect();
            if idle {
                self.queue.push(self.now + system.roll_out_each, Kind::RollOut, service as u32, 0);
            }
        }
    }

    pub(super) fn roll_out(&mut self, system: &System, service: u32, _: u32) {
        let config = self.services[service as usize].config;
        if let Some(replica) = self.services[service as usize].rolling.pop_front() {
            self.replicas[replica as usize].config = config;
            // More workers may be allowed now.
            self.wake_workers(system, replica);
        }
        if !self.services[service as usize].rolling.is_empty() {
            self.queue.push(self.now + system.roll_out_each, Kind::RollOut, service, 0);
        }
    }
}
