//! How many instances a service has: they come and go in the middle of a run.

use super::World;
use super::queue::Kind;
use super::state::Health;
use super::stopped::{REPLICAS, Why};
use crate::system::{Patch, System, VersionId};

impl World {
    /// Patches have changed: services whose number of instances is among them grow or shrink.
    pub(super) fn scale_changed(&mut self, system: &System, patches: &[Patch]) {
        for (service, def) in system.services.iter().enumerate() {
            if patches.iter().any(|patch| patch.param == def.replicas) {
                self.instances_changed(system, service);
            }
        }
    }

    /// Something has changed about a service's instances: what is missing is started, what is too much ends.
    pub(super) fn instances_changed(&mut self, system: &System, service: usize) {
        if self.services[service].changing {
            return;
        }
        if self.services[service].release.is_some() {
            self.services[service].changing = true;
            self.advance_release(system, service);
            self.services[service].changing = false;
            return;
        }
        // What ends at once comes back here.
        self.services[service].changing = true;
        self.keeps_to_wanted(system, service);
        self.services[service].changing = false;
    }

    fn keeps_to_wanted(&mut self, system: &System, service: usize) {
        let wanted = self.wanted(system, service);
        let mut there = self.staying(service).count();
        while there < wanted {
            if self.add_replica(system, service, self.services[service].runs).is_none() {
                return;
            }
            there += 1;
        }
        let ends: Vec<u32> = self.first_to_end(service).into_iter().take(there - wanted).collect();
        for replica in ends {
            self.terminate(system, replica);
        }
    }

    /// Instances that do not end.
    pub(super) fn staying(&self, service: usize) -> impl Iterator<Item = u32> + '_ {
        let stays = |replica: &u32| self.replicas[*replica as usize].health != Health::Ending;
        self.services[service].replicas.iter().copied().filter(stays)
    }

    /// Instances in the order in which they end: those that serve nobody first, then the youngest (Kubernetes,
    /// `ActivePodsWithRanks`, as far as it concerns us).
    pub(super) fn first_to_end(&self, service: usize) -> Vec<u32> {
        let mut all: Vec<u32> = self.staying(service).collect();
        let rank = |replica: &u32| {
            let state = &self.replicas[*replica as usize];
            (state.health == Health::Up, std::cmp::Reverse(state.since))
        };
        // Among equals the last in the list.
        all.reverse();
        all.sort_by_key(rank);
        all
    }

    /// A new instance: it is put somewhere, starts, and then takes requests.
    pub(super) fn add_replica(&mut self, system: &System, service: usize, version: Option<VersionId>) -> Option<u32> {
        if self.replicas.len() - self.spare.len() >= REPLICAS {
            self.stop(Why::Replicas);
            return None;
        }
        let replica = self.new_replica(system, service as u16, version);
        let state = &mut self.replicas[replica as usize];
        state.since = self.now;
        if self.services[service].down {
            // The fault's end starts it.
            state.health = Health::Down;
            return Some(replica);
        }
        let (life, config) = (state.life, state.config);
        let def = &system.services[service];
        let scheduling = def.instances.as_ref().map_or(0, |how| self.configs.get(config, how.scheduling) as u64);
        let start_up = self.configs.get(config, def.start_up) as u64;
        self.queue.push(self.now + scheduling + start_up, Kind::Started, replica, life);
        Some(replica)
    }

    /// How much longer work takes on an instance whose caches are still cold: from the factor down to one, evenly.
    pub(super) fn cold(&self, system: &System, replica: usize, time: u64) -> u64 {
        let state = &self.replicas[replica];
        let Some(how) = system.services[state.service as usize].instances.as_ref() else { return time };
        let warms_in = self.configs.get(state.config, how.warms_in) as u64;
        let age = match state.up_since {
            Some(since) if self.now - since < warms_in => self.now - since,
            _ => return time,
        };
        let factor = f64::from_bits(self.configs.get(state.config, how.cold) as u64);
        let left = 1.0 - age as f64 / warms_in as f64;
        (time as f64 * (1.0 + (factor - 1.0).max(0.0) * left)).min((1u64 << 62) as f64) as u64
    }
}
