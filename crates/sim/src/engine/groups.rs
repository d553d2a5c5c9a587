//! Consumer groups: who owns which partition, what has grown too old, how far they are behind.

use super::World;
use super::config::WORLD;
use super::state::{Caller, Health};
use super::story::Freed;
use crate::system::{System, TopicId};

impl World {
    /// Drops what is older than the topic keeps.
    pub(super) fn expire_messages(&mut self, system: &System) {
        for (topic, def) in system.topics.iter().enumerate() {
            let keep = self.configs.get(WORLD, def.keep) as u64;
            if keep == 0 {
                continue;
            }
            if def.queue.is_some() {
                for group in 0..system.groups.len() as u32 {
                    if system.groups[group as usize].topic.at() == topic {
                        self.expire_queue(system, group, keep);
                    }
                }
                continue;
            }
            for partition in 0..self.topics[topic].partitions.len() {
                while let Some(&at) = self.topics[topic].partitions[partition].messages.front() {
                    if self.messages[at].born.saturating_add(keep) > self.now {
                        break;
                    }
                    self.commit_all(system, topic, partition as u32);
                    if self.topics[topic].partitions[partition].messages.front() != Some(&at) {
                        continue;
                    }
                    let base = self.topics[topic].partitions[partition].base;
                    for (group, group_def) in system.groups.iter().enumerate() {
                        if group_def.topic.at() == topic && self.groups[group].parts[partition].next == base {
                            self.groups[group].expired += 1;
                            self.pass_over(system, group, partition, at, Freed::Expired);
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
        if World::rules(system, group).is_some() {
            return self.look_at_queue(system, group);
        }
        let def = &system.groups[group as usize];
        let service = system.handlers[def.handler.at()].service;
        if self.waits_for_members(system, group) {
            return;
        }
        let session = self.configs.get(WORLD, system.topics[def.topic.at()].session) as u64;
        let live: Vec<u32> =
            self.services[service.at()].replicas.iter().copied().filter(|&replica| self.is_up(replica) && !self.is_out_of_session(replica, session)
                && !self.cut_off.contains(&(group, replica))).collect();
        let state = &mut self.groups[group as usize];
        state.gone.retain(|(_, until)| *until > now);
        if live.is_empty() {
            return;
        }
        for partition in 0..self.groups[group as usize].parts.len() {
            let Some(owner) = self.next_owner(group, partition, &live) else { continue };
            let state = &mut self.groups[group as usize];
            let old = state.parts[partition].owner;
            // Whoever died has the partition until its session is over, even when it is back before: it is another
            // member then.
            if state.gone.iter().any(|(replica, _)| *replica == old) {
                continue;
            }
            // Whoever ends in good order finishes what it has in hand.
            let ends = self.replicas.get(old as usize).is_some_and(|state| state.health == Health::Ending);
            let dead = !live.contains(&old) && !ends;
            let lost = state.parts[partition].busy && self.lost_its_act(group, partition as u32);
            let part = &mut self.groups[group as usize].parts[partition];
            if part.busy && !dead && !lost && old != owner {
                part.then = owner;
                continue;
            }
            let part = &mut self.groups[group as usize].parts[partition];
            part.owner = owner;
            if dead || lost {
                self.go_back(group, partition as u32);
                let part = &mut self.groups[group as usize].parts[partition];
                part.stamp = part.stamp.wrapping_add(1);
                part.busy = false;
                part.pauses = false;
            } else if old != owner {
                self.commit_offsets(system, group, partition as u32);
            }
            self.deliver(system, group, partition as u32);
        }
    }

    /// Whether nobody works on the part's present delivery: its replica died with it.
    pub(super) fn lost_its_act(&self, group: u32, partition: u32) -> bool {
        let part = &self.groups[group as usize].parts[partition as usize];
        let stamp = part.stamp;
        if part.pauses {
            return false;
        }
        let mine = |caller: Caller| {
            matches!(caller, Caller::Message { group: g, partition: p, stamp: s, .. }
                if (u32::from(g), u32::from(p), s) == (group, partition, stamp))
        };
        !self.acts.live().any(|(_, act)| mine(act.caller)) && !self.is_acknowledging(group, partition, stamp)
    }

    /// Dead letters of all groups of a topic. (Which groups those are is known to the system, not to a metric.)
    pub(super) fn parked(&self, topic: TopicId) -> i64 {
        self.groups.iter().filter(|group| group.topic == topic.0).map(|group| group.dead.len() as i64).sum()
    }

    /// Of the partition that is furthest behind.
    pub(super) fn lag_max(&self, system: &System, group: usize) -> u64 {
        if World::rules(system, group as u32).is_some() {
            return self.queues[group].visible();
        }
        let logs = &self.topics[system.groups[group].topic.at()].partitions;
        let open = logs.iter().zip(&self.groups[group].parts);
        open.map(|(log, part)| log.base + log.messages.len() as u64 - part.committed()).max().unwrap_or(0)
    }

    /// How far behind a group looks: of a queue, what nobody has taken. What consumers hold is not in it, so a large
    /// prefetch hides a backlog.
    pub(super) fn backlog(&self, system: &System, group: usize) -> u64 {
        match World::rules(system, group as u32) {
            Some(_) => self.queues[group].visible(),
            None => self.lag(system, group),
        }
    }

    /// Messages that a group has not handled, dead letters apart.
    pub(super) fn lag(&self, system: &System, group: usize) -> u64 {
        let logs = &self.topics[system.groups[group].topic.at()].partitions;
        let state = &self.groups[group];
        if World::rules(system, group as u32).is_some() {
            return self.queues[group].all() + state.redriving.len() as u64;
        }
        let open = logs.iter().zip(&state.parts).map(|(log, part)| log.base + log.messages.len() as u64 - part.committed());
        open.sum::<u64>() + state.redriving.len() as u64
    }
}
