//! Consumer groups: who owns which partition, what has grown too old, what is put back from the dead letters.

use super::World;
use super::config::WORLD;
use super::state::Caller;
use crate::system::{System, TopicId};

impl World {
    /// Drops what is older than the topic keeps.
    pub(super) fn expire_messages(&mut self, system: &System) {
        for (topic, def) in system.topics.iter().enumerate() {
            let keep = self.configs.get(WORLD, def.keep) as u64;
            if keep == 0 {
                continue;
            }
            for partition in 0..self.topics[topic].partitions.len() {
                while let Some(&at) = self.topics[topic].partitions[partition].messages.front() {
                    if self.messages[at].born.saturating_add(keep) > self.now {
                        break;
                    }
                    let base = self.topics[topic].partitions[partition].base;
                    for (group, group_def) in system.groups.iter().enumerate() {
                        let part = &mut self.groups[group].parts[partition];
                        if group_def.topic.at() == topic && part.next == base {
                            part.next += 1;
                            part.stamp = part.stamp.wrapping_add(1);
                            part.busy = false;
                            part.pauses = false;
                            part.failures = 0;
                            self.groups[group].expired += 1;
                            self.done_with(at);
                        }
                    }
                    let log = &mut self.topics[topic].partitions[partition];
                    log.messages.pop_front();
                    log.base += 1;
                }
                for (group, _) in system.groups.iter().enumerate().filter(|(_, group)| group.topic.at() == topic) {
                    self.deliver(system, group as u32, partition as u32);
                }
            }
        }
    }

    /// Shares the partitions among the replicas that the group believes to live.
    pub(super) fn rebalance(&mut self, system: &System, group: u32) {
        let now = self.now;
        let def = &system.groups[group as usize];
        let service = system.handlers[def.handler.at()].service;
        let live: Vec<u32> =
            self.services[service.at()].replicas.iter().copied().filter(|&replica| self.is_up(replica)).collect();
        let state = &mut self.groups[group as usize];
        state.gone.retain(|(_, until)| *until > now);
        if live.is_empty() {
            return;
        }
        for partition in 0..self.groups[group as usize].parts.len() {
            let owner = live[partition % live.len()];
            let state = &mut self.groups[group as usize];
            let old = state.parts[partition].owner;
            // Whoever died has the partition until its session is over, even when it is back before: it is another
            // member then.
            if state.gone.iter().any(|(replica, _)| *replica == old) {
                continue;
            }
            let dead = !live.contains(&old);
            let lost = state.parts[partition].busy && self.lost_its_act(group, partition as u32);
            let part = &mut self.groups[group as usize].parts[partition];
            if part.busy && !dead && !lost && old != owner {
                part.then = owner;
                continue;
            }
            let part = &mut self.groups[group as usize].parts[partition];
            part.owner = owner;
            if dead || lost {
                part.stamp = part.stamp.wrapping_add(1);
                part.busy = false;
                part.pauses = false;
            }
            self.deliver(system, group, partition as u32);
        }
    }

    /// Whether nobody works on the part's present delivery: its replica died with it.
    fn lost_its_act(&self, group: u32, partition: u32) -> bool {
        let part = &self.groups[group as usize].parts[partition as usize];
        let stamp = part.stamp;
        if part.pauses {
            return false;
        }
        let mine = Caller::Message { group: group as u16, partition: partition as u16, stamp };
        !self.acts.live().any(|(_, act)| act.caller == mine)
    }

    /// Puts dead letters back, with `gap` nanoseconds between them.
    pub(super) fn redrive(&mut self, system: &System, topic: TopicId, gap: u64) -> u64 {
        let mut count = 0;
        for (group, def) in system.groups.iter().enumerate() {
            if def.topic != topic {
                continue;
            }
            let state = &mut self.groups[group];
            count += state.dead.len() as u64;
            let dead = std::mem::take(&mut state.dead);
            state.redriving.extend(dead);
            state.redrive_gap = gap;
            let last = state.parts.len() as u32 - 1;
            self.deliver(system, group as u32, last);
        }
        count
    }

    pub(super) fn redrive_next(&mut self, system: &System, group: u32) {
        let last = self.groups[group as usize].parts.len() as u32 - 1;
        self.deliver(system, group, last);
    }
}
