//! Feature flags: each replica asks for them every so often and goes by the last answer, so a change arrives replica by
//! replica, and one request can meet it on one service and not yet on another. Which business keys a share is on for depends
//! on the key alone.

use super::World;
use super::chance::{Purpose, draw, mix, unit};
use super::config::WORLD;
use super::state::Act;
use super::vault::WORLD_CASE;
use crate::system::{FlagId, System};

/// The shares that it has had, each with its beginning; the first is from the beginning on.
pub type History = Vec<(u64, i64)>;

impl World {
    /// Somebody may have changed a flag, a clock, or a link.
    pub(super) fn settings_may_have_changed(&mut self, system: &System) {
        for (at, def) in system.flags.iter().enumerate() {
            let share = self.configs.get(WORLD, def.share);
            if self.flags[at].last().is_none_or(|(_, before)| *before != share) {
                self.flags[at].push((self.now, share));
            }
        }
        self.clocks_may_have_changed(system);
        self.audited = self.audits(system);
        self.links_may_have_changed(system);
        self.forget_talks();
    }

    /// When the replica asked last.
    fn asked_at(&self, system: &System, replica: u32, flag: FlagId) -> u64 {
        let poll = self.configs.get(WORLD, system.flags[flag.at()].poll) as u64;
        if poll == 0 {
            return self.now;
        }
        let bits = mix(mix(self.setup.seed, u64::from(replica) | 29 << 56), u64::from(flag.0));
        let phase = (unit(draw(bits, system.flags[flag.at()].step.0, Purpose::Phase)) * poll as f64) as u64;
        let since = (self.now + phase) % poll;
        // A process asks when it starts.
        self.now.saturating_sub(since).max(self.replicas[replica as usize].up_since.unwrap_or(0))
    }

    /// Whether it is on, as the activation's replica knows.
    pub(super) fn flag_is_on(&self, system: &System, act: &Act, flag: FlagId) -> bool {
        let asked = self.asked_at(system, act.replica, flag);
        let history = &self.flags[flag.at()];
        let known = history.iter().rev().find(|(since, _)| *since <= asked).or(history.first());
        let share = known.map_or(0.0, |(_, share)| f64::from_bits(*share as u64));
        let luck = if act.case == WORLD_CASE { act.luck } else { self.vault.cases[act.case as usize].luck };
        // A share of nothing is off for everybody, and one of 1 is on for everybody.
        unit(draw(luck, system.flags[flag.at()].step.0, Purpose::Flag)) < share
    }
}
