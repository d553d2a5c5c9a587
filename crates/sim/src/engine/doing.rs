//! What moves do, one function an effect; how they wait, end and are taken back stands in `moves`.

use super::World;
use super::arena::Ref;
use super::config::WORLD;
use super::moves::{Hindrance, Letters, Making, With};
use super::state::NOBODY;
use crate::system::{MoveEffect, Owner, ParamId, Patch, ServiceId, System, TopicId, VersionId};

impl World {
    pub(super) fn move_redrives(&mut self, system: &System, of: Ref, topic: TopicId, rate: ParamId, with: &With) {
        let usual = f64::from_bits(self.configs.get(WORLD, rate) as u64);
        let (chosen, first, rate) = match with {
            With::DeadLetters { which: Letters::All, rate } => (None, usize::MAX, rate.unwrap_or(usual)),
            With::DeadLetters { which: Letters::First(first), rate } => (None, *first as usize, rate.unwrap_or(usual)),
            With::DeadLetters { which: Letters::These(these), rate } => {
                (Some(&these[..]), usize::MAX, rate.unwrap_or(usual))
            }
            _ => (None, usize::MAX, usual),
        };
        let gap = if rate > 0.0 { (1e9 / rate) as u64 } else { 0 };
        let count = self.redrive(system, topic, chosen, first, gap, of);
        self.move_waits(of, count);
        self.redrive_begins(system, topic);
    }

    pub(super) fn move_skips(&mut self, system: &System, of: Ref, with: &With) {
        let &With::Partition { group, partition } = with else {
            return;
        };
        let part = &self.groups[group.at()].parts[usize::from(partition)];
        let blocked = part.failures > 0 && part.next == self.operators.moves[of.at].offset;
        self.groups[group.at()].resets -= 1;
        if blocked {
            self.skip(system, group, partition.into());
        }
        self.part_of_move(of, if blocked { Ok(()) } else { Err(Hindrance::NotBlocked) });
        self.deliver_all(system, group.at());
    }

    pub(super) fn pause_groups(&mut self, system: &System, topic: TopicId, with: &With, paused: bool) -> Vec<usize> {
        let which = |group: usize| match with {
            With::Group(only) => only.at() == group,
            _ => system.groups[group].topic == topic,
        };
        let changed = |group: &usize| which(*group) && self.groups[*group].paused != paused;
        let changed: Vec<usize> = (0..system.groups.len()).filter(changed).collect();
        changed.iter().for_each(|&group| self.pause(system, group, paused));
        changed
    }

    pub(super) fn pause(&mut self, system: &System, group: usize, paused: bool) {
        self.groups[group].paused = paused;
        self.note(12 << 40 | u64::from(paused), group as u64);
        self.deliver_all(system, group);
    }

    /// Over when the instance takes requests again, or of a drain when it is gone.
    pub(super) fn move_restarts(&mut self, system: &System, of: Ref, service: ServiceId, with: &With, drains: bool) {
        let replica = match with {
            With::Replica(number) => {
                let at = usize::from(*number).wrapping_sub(1);
                self.services[service.at()].replicas.get(at).copied().filter(|&at| self.is_up(at))
            }
            _ => self.first_up(service.0),
        };
        let Some(replica) = replica else {
            let hindrance = match with {
                With::Replica(_) => Hindrance::ReplicaDown,
                _ => Hindrance::NobodyUp(service),
            };
            return self.part_of_move(of, Err(hindrance));
        };
        self.move_waits(of, 1);
        self.operators.moves[of.at].awaits = replica;
        if drains { self.drain(system, replica) } else { self.restart(system, replica) }
    }

    pub(super) fn move_rolls_out(&mut self, system: &System, of: Ref, version: VersionId) {
        let service = system.versions[version.at()].service;
        self.move_waits(of, 1);
        self.operators.moves[of.at].awaits_version = Some((service.0, version));
        if let Err(hindrance) = self.start_release(system, version, false) {
            self.operators.moves[of.at].awaits_version = None;
            self.part_done(of, Err(hindrance));
        }
    }

    /// What ran before is there again once the way back is over.
    pub(super) fn move_rolls_back(&mut self, system: &System, of: Ref, service: ServiceId) {
        self.move_waits(of, 1);
        let version = match self.roll_back(system, service.at()) {
            Ok(version) => version,
            Err(hindrance) => return self.part_done(of, Err(hindrance)),
        };
        if self.services[service.at()].release.is_some() {
            self.operators.moves[of.at].awaits_version = Some((service.0, version));
        } else {
            self.part_done(of, Ok(()));
        }
    }

    /// A replica takes requests again: whoever restarted it is done.
    pub(super) fn replica_is_back(&mut self, replica: u32) {
        let back = |(at, making): (u32, &Making)| (making.awaits == replica).then_some(at);
        let moves: Vec<u32> = self.operators.moves.live().filter_map(back).collect();
        for at in moves {
            self.operators.moves[at].awaits = NOBODY;
            self.part_done(self.operators.moves.of(at), Ok(()));
        }
    }

    /// A replica is gone for good: whoever drained it is done, and whoever restarted it will not see it come back.
    pub(super) fn replica_goes(&mut self, system: &System, replica: u32) {
        let waits = |(at, making): (u32, &Making)| (making.awaits == replica).then_some(at);
        let moves: Vec<u32> = self.operators.moves.live().filter_map(waits).collect();
        for at in moves {
            self.operators.moves[at].awaits = NOBODY;
            let drained = matches!(system.moves[self.operators.moves[at].seen.makes.at()].does, MoveEffect::Drain(_));
            self.part_done(self.operators.moves.of(at), if drained { Ok(()) } else { Err(Hindrance::ReplicaDown) });
        }
    }

    /// The values that patches would overwrite.
    pub(super) fn before(&self, system: &System, patches: &[Patch]) -> Vec<Patch> {
        let config = |patch: &Patch| match system.params[patch.param.at()].owner {
            Owner::World => WORLD,
            Owner::Service(service) => self.services[service.at()].config,
        };
        let before = |patch: &Patch| Patch {
            param: patch.param,
            value: self.configs.configured(config(patch), patch.param),
        };
        patches.iter().map(before).collect()
    }
}
