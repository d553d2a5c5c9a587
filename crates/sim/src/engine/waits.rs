//! Messages that wait behind one that fails: when that began, when it ended, and what stood in the way. Told to whoever
//! watches one of them; a queue does not write down who stands in it.

use super::World;
use super::listen::SpanId;
use super::story::{Beat, Freed, Part};
use super::vault::WORLD_CASE;
use crate::Outcome;
use crate::system::{GroupId, RecordId, System};

/// What a message is about: the record that its arrival came with.
type About = (RecordId, i64);

impl World {
    /// The group's present message of a partition has failed, and is tried again after a while, or (0) put aside.
    pub(super) fn beat_fails(&mut self, system: &System, group: u32, partition: u32, outcome: Outcome, again: u64) {
        if self.ears.is_none() {
            return;
        }
        let Some(at) = self.next_message(system, group, partition) else { return };
        let failures = self.groups[group as usize].parts[partition as usize].failures;
        let (case, message) = (self.messages[at].case, self.messages.of(at).into());
        let part = Part::Group(GroupId(group as u16));
        let partition_number = partition as u16;
        self.beat(case, part, || Beat::Fails { partition: partition_number, message, outcome, failures, again });
        if failures == 1 {
            self.tell_behind(system, group, partition, |message, (behind, id)| Beat::Waits {
                message,
                partition: partition_number,
                behind,
                id,
                failures,
            });
        }
    }

    /// A message has been put at the end of a partition: perhaps one before it fails.
    pub(super) fn beat_behind(&mut self, system: &System, group: u32, partition: u32, message: u32) {
        let case = self.messages[message].case;
        let failures = self.groups[group as usize].parts[partition as usize].failures;
        if !self.watched(case) || failures == 0 {
            return;
        }
        if let Some(first) = self.next_message(system, group, partition).filter(|first| *first != message) {
            let (behind, id) = self.about(system, first);
            let part = Part::Group(GroupId(group as u16));
            let (partition, message) = (partition as u16, self.messages.of(message).into());
            self.beat(case, part, || Beat::Waits { message, partition, behind, id, failures });
        }
    }

    /// The first of a partition gets out of the way; called while it still stands there.
    pub(super) fn beat_frees(&mut self, system: &System, group: u32, partition: u32, freed: Freed) {
        let failures = self.groups[group as usize].parts[partition as usize].failures;
        if failures > 0 {
            let partition_number = partition as u16;
            self.tell_behind(system, group, partition, |message, (behind, id)| Beat::WaitsNoMore {
                message,
                partition: partition_number,
                behind,
                id,
                failures,
                freed,
            });
        }
    }

    /// Tells those who stand behind the first of a partition. What is redriven stands in no partition.
    fn tell_behind(&mut self, system: &System, group: u32, partition: u32, beat: impl Fn(SpanId, About) -> Beat) {
        let story = self.ears.as_ref().and_then(|ears| ears.story.as_ref());
        let redriven = partition as usize + 1 == self.groups[group as usize].parts.len();
        if story.is_none() || redriven {
            return;
        }
        let Some(first) = self.next_message(system, group, partition) else { return };
        let log = &self.topics[system.groups[group as usize].topic.at()].partitions[partition as usize];
        let next = self.groups[group as usize].parts[partition as usize].next - log.base;
        let behind = log.messages.iter().skip(next as usize + 1).map(|&at| (self.messages[at].case, self.messages.of(at).into()));
        let told: Vec<(u32, SpanId)> = behind.filter(|(case, _)| self.watched(*case)).collect();
        let about = self.about(system, first);
        for (case, message) in told {
            self.beat(case, Part::Group(GroupId(group as u16)), || beat(message, about));
        }
    }

    fn about(&self, system: &System, message: u32) -> About {
        let case = self.messages[message].case;
        let first = self.vault.cases[case as usize].tuples.first().filter(|_| case != WORLD_CASE);
        match first {
            Some(&(shelf, at)) if usize::from(shelf) < system.records.len() => {
                (RecordId(shelf), self.vault.shelves[usize::from(shelf)].field(at, 0))
            }
            _ => (RecordId(0), 0),
        }
    }
}
