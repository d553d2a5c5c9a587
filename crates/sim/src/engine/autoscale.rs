//! An autoscaler: Kubernetes' HorizontalPodAutoscaler (docs, "Horizontal Pod Autoscaling", Algorithm details; defaults of the API,
//! autoscaling/v2). It decides from figures that are old already, does nothing within its tolerance, takes instances that are
//! not ready for idle, and shrinks only to the highest number of its last minutes.

use std::collections::VecDeque;

use super::World;
use super::config::WORLD;
use super::queue::Kind;
use super::state::Health;
use crate::system::{Autoscale, Owner, Patch, Run, System};

#[derive(Debug, Clone, Default)]
pub struct Scaler {
    /// What the last collection found: the load of all instances that were ready, in instances' worth of the target.
    pub load: Option<f64>,
    pub ready: usize,
    collected: u64,
    /// Since the beginning, at the last collection.
    busy_ns: u128,
    worked_ns: u128,
    answered: u64,
    /// Work that was begun, for services whose cores count.
    pub work_ns: u128,
    /// What it would have chosen, and when.
    chosen: VecDeque<(u64, usize)>,
}

/// It at most doubles, or adds four, in a span (`scaleUp` policies: 100 % or 4 pods in 15 s, whichever is more).
const ADDS: usize = 4;

/// Nobody looks more often.
const SHORTEST_NS: u64 = 1_000_000_000;

impl World {
    pub(super) fn start_scalers(&mut self, system: &System) {
        for (service, def) in system.services.iter().enumerate() {
            if let Some(scale) = &def.autoscale {
                let every = (self.configs.get(WORLD, scale.every) as u64).max(SHORTEST_NS);
                self.queue.push(self.now + every, Kind::Scales, service as u32, 0);
                self.queue.push(self.now + (self.configs.get(WORLD, scale.scrape) as u64).max(SHORTEST_NS), Kind::Collects, service as u32, 0);
            }
        }
    }

    /// Figures are collected: the span since the last time.
    pub(super) fn collects(&mut self, system: &System, service: u32) {
        let service = service as usize;
        let def = &system.services[service];
        let Some(scale) = &def.autoscale else { return };
        let scrape = (self.configs.get(WORLD, scale.scrape) as u64).max(SHORTEST_NS);
        self.queue.push(self.now + scrape, Kind::Collects, service as u32, 0);
        let tally = &self.tally.services[service];
        let (busy, answered) = (tally.busy_ns(self.now), tally.by_outcome.iter().sum::<u64>());
        let ready = self.services[service].replicas.iter().filter(|&&replica| self.is_up(replica) && !self.replicas[replica as usize].unready).count();
        let before = std::mem::take(&mut self.services[service].scaler);
        let span = (self.now - before.collected).max(1) as f64;
        let rate = f64::from_bits(self.configs.get(WORLD, scale.rate) as u64);
        let target = f64::from_bits(self.configs.get(WORLD, scale.target) as u64);
        let config = self.services[service].config;
        let per_instance = |param| (self.configs.get(config, param) as f64).max(1.0);
        // In worth of instances that are loaded as they should be.
        let load = match (rate > 0.0, def.run) {
            (true, _) => (answered - before.answered) as f64 / (span / 1e9) / rate,
            (false, Run::Threads { threads }) => (busy - before.busy_ns) as f64 / span / per_instance(threads) / target,
            (false, Run::Async { cores, .. }) => (before.work_ns - before.worked_ns) as f64 / span / per_instance(cores) / target,
        };
        let worked_ns = before.work_ns;
        self.services[service].scaler =
            Scaler { load: Some(load), ready, collected: self.now, busy_ns: busy, worked_ns, answered, ..before };
    }

    /// It decides.
    pub(super) fn scales(&mut self, system: &System, service: u32) {
        let service = service as usize;
        let def = &system.services[service];
        let Some(scale) = &def.autoscale else { return };
        let every = (self.configs.get(WORLD, scale.every) as u64).max(SHORTEST_NS);
        self.queue.push(self.now + every, Kind::Scales, service as u32, 0);
        if self.configs.get(WORLD, scale.enabled) == 0 {
            return;
        }
        let current = self.wanted(system, service);
        let Some(chosen) = self.chooses(service, scale, current) else { return };
        let down_after = self.configs.get(WORLD, scale.down_after) as u64;
        let now = self.now;
        let past = &mut self.services[service].scaler.chosen;
        past.retain(|(at, _)| at + down_after > now);
        past.push_back((now, chosen));
        let highest = past.iter().map(|(_, chosen)| *chosen).max().unwrap_or(chosen);
        let wanted = if chosen < current { highest.min(current) } else { chosen };
        let (min, max) = (self.configs.get(WORLD, scale.min).max(0) as usize, self.configs.get(WORLD, scale.max).max(0) as usize);
        let wanted = wanted.min((2 * current).max(current + ADDS)).min(max).max(min);
        if wanted != current {
            let patch = [Patch { param: def.replicas, value: wanted as i64 }];
            debug_assert!(system.params[def.replicas.at()].owner == Owner::World);
            self.configs.set_world(system, &patch);
            self.restore_versions(system);
            self.note(15 << 40 | wanted as u64, service as u64);
            self.instances_changed(system, service);
        }
    }

    /// The number that the load calls for, before bounds and patience.
    fn chooses(&self, service: usize, scale: &Autoscale, current: usize) -> Option<usize> {
        let state = &self.services[service].scaler;
        let (load, ready) = (state.load?, state.ready);
        let tolerance = f64::from_bits(self.configs.get(WORLD, scale.tolerance) as u64);
        let min = self.configs.get(WORLD, scale.min).max(0) as usize;
        if ready == 0 {
            return Some(current.max(min));
        }
        let ratio = load / ready as f64;
        if (ratio - 1.0).abs() <= tolerance {
            return Some(current);
        }
        let starting = self.staying(service)
            .filter(|&replica| self.replicas[replica as usize].health != Health::Up || self.replicas[replica as usize].unready)
            .count();
        if ratio < 1.0 || starting == 0 {
            return Some((load.ceil() as usize).max(1));
        }
        // Those that are not ready count as idle when it grows: what was ordered is waited for.
        let all = ready + starting;
        let ratio = load / all as f64;
        if ratio <= 1.0 + tolerance { Some(current) } else { Some(load.ceil() as usize) }
    }
}
