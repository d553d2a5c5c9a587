//! What is wrong with a version where it goes wrong, and what its instances need of memory.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, happens};
use super::listen::Who;
use super::queue::Kind;
use super::run::Then;
use super::state::{Act, Health};
use super::story::Part;
use crate::Outcome;
use crate::system::{Defect, Does, ServiceId, System, VersionId};

const HOUR_NS: f64 = 3_600_000_000_000.0;

impl World {
    /// Somebody comes to a place where versions go wrong.
    pub(super) fn comes_to_defects(&mut self, system: &System, act: Ref, site: u16) -> Then {
        let site = &system.defects[usize::from(site)];
        let Act { replica, luck, case, .. } = self.acts[act.at];
        let version = self.replicas[replica as usize].version;
        let shows = |defect: &&Defect| defect.version.0 == version && self.shows(defect, replica, luck, case);
        let found = site.defects.iter().find(shows).map(|defect| (defect.version, defect.does));
        if let Some((version, does)) = found {
            let part = Part::Service(ServiceId(self.replicas[replica as usize].service));
            let outcome = match does {
                Does::Skip => None,
                Does::Answer(outcome) => Some(outcome),
            };
            self.beat_by(Who::act(act), case, part, || super::Beat::Defect { version, outcome });
        }
        match found.map(|(_, does)| does) {
            None => Then::GoesOn,
            Some(Does::Skip) => {
                (self.acts[act.at].pc, self.acts[act.at].outcome) = (site.over, Outcome::Ok);
                Then::GoesOn
            }
            Some(Does::Answer(outcome)) => {
                (self.acts[act.at].pc, self.acts[act.at].outcome) = (site.fails, outcome);
                Then::GoesOn
            }
        }
    }

    fn shows(&self, defect: &Defect, replica: u32, luck: u64, case: u32) -> bool {
        let state = &self.replicas[replica as usize];
        // A key is always the same, whoever comes with it and however often.
        let key = self.vault.cases[case as usize].luck;
        state.busy >= defect.held
            && self.now - state.up_since.unwrap_or(0) >= defect.after
            && (defect.keys >= 1.0 || happens(draw(key, defect.step.0, Purpose::Key), defect.keys))
            && (defect.chance >= 1.0 || happens(draw(luck, defect.step.0, Purpose::Defect), defect.chance))
    }

    /// Bytes that an instance has taken, if that is known of its service.
    pub(super) fn memory_of(&self, system: &System, replica: u32) -> Option<u64> {
        let state = &self.replicas[replica as usize];
        let needs = system.services[state.service as usize].memory?;
        let of = |param| self.configs.get(state.config, param) as f64;
        let age = (self.now - state.up_since.unwrap_or(0)) as f64 / HOUR_NS;
        Some((of(needs.at_start) + of(needs.per_hour) * age + of(needs.per_request) * f64::from(state.served)) as u64)
    }

    /// A request has been served: what it leaves behind may be the last that there was room for.
    pub(super) fn served(&mut self, system: &System, replica: u32) {
        let state = &mut self.replicas[replica as usize];
        state.served = state.served.saturating_add(1);
        self.looks_at_memory(system, replica);
    }

    fn looks_at_memory(&mut self, system: &System, replica: u32) {
        let state = &self.replicas[replica as usize];
        let (Some(needs), true) = (system.services[state.service as usize].memory, state.health == Health::Up) else { return };
        let limit = self.configs.get(state.config, needs.limit);
        if limit > 0 && self.memory_of(system, replica).is_some_and(|used| used >= limit as u64) {
            self.kill(system, replica);
        }
    }

    /// When the leak that grows with time alone will have filled an instance.
    pub(super) fn watch_memory(&mut self, system: &System, replica: u32) {
        let state = &self.replicas[replica as usize];
        let Some(needs) = system.services[state.service as usize].memory else { return };
        let of = |param| self.configs.get(state.config, param);
        let (limit, grows) = (of(needs.limit), of(needs.per_hour));
        if limit <= 0 || grows <= 0 {
            return;
        }
        let used = self.memory_of(system, replica).unwrap_or(0);
        let left = (limit as u64).saturating_sub(used) as f64;
        let wait = (left / grows as f64 * HOUR_NS).min(1e18) as u64;
        self.queue.push(self.now + wait.max(1_000_000), Kind::Memory, replica, state.life);
    }

    pub(super) fn memory_due(&mut self, system: &System, replica: u32, life: u32) {
        let state = &self.replicas[replica as usize];
        if state.life != life || state.health != Health::Up {
            return;
        }
        self.looks_at_memory(system, replica);
        if self.replicas[replica as usize].health == Health::Up {
            self.watch_memory(system, replica);
        }
    }

    /// Whether an instance ever becomes ready.
    pub(super) fn becomes_ready(&self, system: &System, replica: u32) -> bool {
        system.versions.get(usize::from(self.replicas[replica as usize].version)).is_none_or(|version| version.ready)
    }

    /// The version that an instance is made from.
    pub(super) fn version_of(&self, replica: u32) -> Option<VersionId> {
        let version = self.replicas[replica as usize].version;
        (version != NO_VERSION).then_some(VersionId(version))
    }

    #[inline]
    pub(super) fn refused_by(&mut self, service: ServiceId, replica: u32) {
        self.telemetry.now.refused(service.0);
        let version = self.replicas[replica as usize].version;
        if version != NO_VERSION {
            self.telemetry.now.version_refused(version);
        }
    }
}

/// Of instances of services that have no versions.
pub const NO_VERSION: u16 = u16::MAX;
