//! Members of a log's groups as the broker sees them: who polls too late, who commits when, and how partitions change hands.
//!
//! As Kafka has it: a consumer that does not poll within `max.poll.interval.ms` leaves its group, whatever it is doing (KIP-62);
//! what it then commits is refused. Offsets that are committed every so often are behind what is handled
//! (`auto.commit.interval.ms`), and a crash goes back to them. An eager rebalance takes all partitions from everybody first, a
//! cooperative one only those that move (KIP-429).

use super::World;
use super::config::WORLD;
use super::listen::SpanId;
use super::queue::Kind;
use super::state::NOBODY;
use super::story::Part;
use super::topics::{PartState, Zombie};
use crate::system::{Ack, GroupId, ParamId, System};

impl PartState {
    /// The offset to which a group goes back.
    pub fn committed(&self) -> u64 {
        self.next - self.uncommitted
    }
}

impl World {
    fn of_owner(&self, group: u32, partition: u32, param: Option<ParamId>) -> u64 {
        let owner = self.groups[group as usize].parts[partition as usize].owner;
        match param {
            Some(param) if owner != NOBODY => self.configs.get(self.replicas[owner as usize].config, param).max(0) as u64,
            _ => 0,
        }
    }

    /// Whether a replica works on as many of the group's messages as it has threads for. A thread that waits to try again
    /// is held; so is one that does not know yet that it was taken for dead.
    pub(super) fn has_no_thread(&self, system: &System, group: u32, replica: u32) -> bool {
        let Some(threads) = system.groups[group as usize].consuming.concurrency else {
            return false;
        };
        let threads = self.configs.get(self.replicas[replica as usize].config, threads).max(1) as usize;
        let state = &self.groups[group as usize];
        let held = state.parts.iter().filter(|part| part.busy && part.owner == replica).count();
        held + state.zombies.iter().filter(|zombie| zombie.replica == replica).count() >= threads
    }

    /// A thread of the partition's owner is free: another of its partitions may have waited for it.
    pub(super) fn thread_is_free(&mut self, system: &System, group: u32, partition: u32) {
        if system.groups[group as usize].consuming.concurrency.is_none() {
            return;
        }
        let count = self.groups[group as usize].parts.len() as u32;
        // The next in turn first, so that none of them starves.
        for step in 1..count {
            self.deliver(system, group, (partition + step) % count);
        }
    }

    pub(super) fn watch_poll(&mut self, system: &System, group: u32, partition: u32) {
        let Some(param) = system.groups[group as usize].consuming.poll_limit else {
            return;
        };
        let limit = self.of_owner(group, partition, Some(param));
        if limit > 0 {
            self.groups[group as usize].parts[partition as usize].poll_until = self.now + limit;
            self.queue.push_timer(self.now, limit, Kind::PollUp, group, partition);
        }
    }

    /// Its owner has worked on one message for longer than it may: it is taken for dead.
    pub(super) fn poll_is_up(&mut self, system: &System, group: u32, partition: u32) {
        let part = &self.groups[group as usize].parts[partition as usize];
        let (owner, stamp) = (part.owner, part.stamp);
        // A dead one is the session's business, and one that pauses polls.
        if !part.busy || part.pauses || part.poll_until != self.now || owner == NOBODY || !self.is_up(owner) {
            return;
        }
        let receives = part.failures + 1;
        // Who acknowledges first has nothing in hand that could be taken away.
        let in_hand = self.next_message(system, group, partition).filter(|_| system.groups[group as usize].ack == Ack::After);
        let about = in_hand.map(|message| (self.messages[message].case, SpanId::from(self.messages.of(message))));
        if let Some((case, message)) = about {
            self.beat(case, Part::Group(GroupId(group as u16)), || super::Beat::RunsOut { message, receives });
        }
        self.note(u64::from(group) | 16 << 40, partition.into());
        self.go_back(group, partition);
        let state = &mut self.groups[group as usize];
        state.zombies.push(Zombie { replica: owner, partition: partition as u16, stamp, about });
        let part = &mut state.parts[partition as usize];
        part.stamp = part.stamp.wrapping_add(1);
        part.busy = false;
        part.owner = NOBODY;
        part.then = NOBODY;
        part.taken = part.taken.saturating_add(1);
        self.rebalance(system, group);
    }

    /// Somebody who was taken for dead is through: it finds out, and joins again.
    pub(super) fn zombie_ends(&mut self, system: &System, group: u32, partition: u32, stamp: u32) {
        let zombies = &mut self.groups[group as usize].zombies;
        let Some(place) = zombies.iter().position(|zombie| u32::from(zombie.partition) == partition && zombie.stamp == stamp) else {
            return;
        };
        if let Some((case, message)) = zombies.remove(place).about {
            self.beat(case, Part::Group(GroupId(group as u16)), || super::Beat::AckRefused { message });
        }
        self.rebalance(system, group);
        self.thread_is_free(system, group, partition);
    }

    /// Who gets a partition: in turn, and nobody who still works on its message without knowing that it lost it.
    pub(super) fn next_owner(&self, group: u32, partition: usize, live: &[u32]) -> Option<u32> {
        let state = &self.groups[group as usize];
        let works = |replica: u32| state.zombies.iter().any(|zombie| zombie.replica == replica && usize::from(zombie.partition) == partition);
        (0..live.len()).map(|step| live[(partition + step) % live.len()]).find(|replica| !works(*replica))
    }

    /// An eager rebalance begins when all have ended what they have in hand; until then nobody begins anything.
    pub(super) fn waits_for_members(&mut self, system: &System, group: u32) -> bool {
        let eager = system.groups[group as usize].consuming.eager;
        if eager.is_none_or(|eager| self.configs.get(WORLD, eager) == 0) {
            self.groups[group as usize].rebalancing = false;
            return false;
        }
        let parts = 0..self.groups[group as usize].parts.len() as u32;
        let works = |partition: &u32| {
            let part = &self.groups[group as usize].parts[*partition as usize];
            part.busy && !part.pauses && part.owner != NOBODY && !self.lost_its_act(group, *partition)
        };
        let waits = parts.clone().any(|partition| works(&partition));
        self.groups[group as usize].rebalancing = waits;
        if !waits {
            // What they hand over they commit first.
            parts.for_each(|partition| self.commit_offsets(system, group, partition));
        }
        waits
    }

    pub(super) fn commits_later(&self, system: &System, group: u32, partition: u32) -> bool {
        let def = &system.groups[group as usize];
        def.ack == Ack::After && self.of_owner(group, partition, def.consuming.commit_every) > 0
    }

    /// The partition's newest message is handled, and stays where it is until its offset is committed.
    pub(super) fn commit_later(&mut self, system: &System, group: u32, partition: u32) {
        let every = self.of_owner(group, partition, system.groups[group as usize].consuming.commit_every);
        let part = &mut self.groups[group as usize].parts[partition as usize];
        part.uncommitted += 1;
        if !std::mem::replace(&mut part.commits, true) {
            self.queue.push_timer(self.now, every, Kind::OffsetCommit, group, partition);
        }
    }

    pub(super) fn offset_commit_is_due(&mut self, system: &System, group: u32, partition: u32) {
        self.groups[group as usize].parts[partition as usize].commits = false;
        self.commit_offsets(system, group, partition);
    }

    pub(super) fn commit_offsets(&mut self, system: &System, group: u32, partition: u32) {
        let topic = system.groups[group as usize].topic;
        let part = &mut self.groups[group as usize].parts[partition as usize];
        let count = std::mem::take(&mut part.uncommitted);
        if count == 0 {
            return;
        }
        let log = &self.topics[topic.at()].partitions[partition as usize];
        let from = (part.next - count - log.base) as usize;
        let done: Vec<u32> = log.messages.iter().skip(from).take(count as usize).copied().collect();
        done.into_iter().for_each(|message| self.done_with(message));
        self.trim(system, topic, partition);
    }

    /// Of all groups of a topic: what is dropped is not handled again.
    pub(super) fn commit_all(&mut self, system: &System, topic: usize, partition: u32) {
        for (group, _) in system.groups.iter().enumerate().filter(|(_, def)| def.topic.at() == topic) {
            self.commit_offsets(system, group as u32, partition);
        }
    }

    /// What was handled and not committed is handled again.
    pub(super) fn go_back(&mut self, group: u32, partition: u32) {
        let part = &mut self.groups[group as usize].parts[partition as usize];
        let back = std::mem::take(&mut part.uncommitted);
        if back > 0 {
            part.next -= back;
            part.failures = 0;
        }
    }

    /// A replica dies: what it has not committed is forgotten, and so is what it did as somebody taken for dead.
    pub(super) fn members_lose(&mut self, group: u32, replica: u32) {
        self.groups[group as usize].zombies.retain(|zombie| zombie.replica != replica);
        for partition in 0..self.groups[group as usize].parts.len() as u32 {
            if self.groups[group as usize].parts[partition as usize].owner == replica {
                self.go_back(group, partition);
            }
        }
    }
}
