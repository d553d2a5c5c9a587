//! What a roll-out does to tables: before an instance moves, and when it is through. A pipeline waits for each migration, and goes
//! no further where one fails (Helm, Chart Hooks: pre-upgrade, post-upgrade).

use super::World;
use super::releases::{Release, Released, Stage};
use crate::system::{MigrationId, System};

impl World {
    /// The migrations of a version's `before` from this place on, one after another; then instances move.
    pub(super) fn migrates_before(&mut self, system: &System, service: usize, from: u16) {
        let Some(to) = self.services[service].release.as_ref().map(|release| release.to) else { return };
        let mut left = system.versions[to.at()].before.iter().enumerate().skip(from.into());
        if let Some((place, &migration)) = left.find(|&(_, &migration)| !self.is_applied(system, migration)) {
            self.enter_stage(service, Stage::Migrates(place as u16));
            if !self.begins_for_release(system, migration) {
                self.release_ends(system, service, Released::RolledBack);
            }
            return;
        }
        self.enter_stage(service, Stage::Moves);
        self.release_progresses(system, service);
        self.instances_changed(system, service);
    }

    /// Those of a version that is out: what only the one before it needed.
    pub(super) fn migrates_after(&mut self, system: &System, service: usize, from: u16) {
        let Some(out) = self.services[service].runs else { return };
        let mut left = system.versions[out.at()].after.iter().enumerate().skip(from.into());
        let next = left.find(|&(_, &migration)| !self.is_applied(system, migration));
        let begun = next.filter(|&(_, &migration)| self.begins_for_release(system, migration));
        self.services[service].tidies = begun.map(|(place, _)| (out, place as u16));
    }

    /// A migration has come to its end, or has failed: roll-outs may have waited for it.
    pub(super) fn releases_hear_of(&mut self, system: &System, migration: MigrationId, done: bool) {
        for service in 0..self.services.len() {
            if let Some(Release { to, stage: Stage::Migrates(place), .. }) = self.services[service].release
                && system.versions[to.at()].before.get(usize::from(place)) == Some(&migration)
            {
                if done {
                    self.migrates_before(system, service, place + 1);
                } else {
                    self.release_ends(system, service, Released::RolledBack);
                }
            }
            if let Some((of, place)) = self.services[service].tidies
                && system.versions[of.at()].after.get(usize::from(place)) == Some(&migration)
            {
                self.services[service].tidies = None;
                // Another version may be out by now; what it needs is its own affair.
                if done && self.services[service].runs == Some(of) {
                    self.migrates_after(system, service, place + 1);
                }
            }
        }
    }
}
