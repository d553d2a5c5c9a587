//! Messages that do not go through: tried again, put aside, put back, passed over.

use super::World;
use super::arena::Ref;
use super::config::WORLD;
use super::moves::Hindrance;
use super::queue::Kind;
use super::state::NOBODY;
use super::story::{Freed, Part};
use super::topics::{UNREADABLE, UNREADABLE_NS};
use crate::Outcome;
use crate::system::{GroupId, System, TopicId, park};

/// A message that was put aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeadLetter {
    /// From 1 over all groups; a message that is put aside again is another dead letter.
    pub number: u64,
    pub message: u32,
    pub partition: u16,
    pub failures: u16,
    pub why: Outcome,
    pub parked_at: u64,
    /// How often it was put back before.
    pub put_back: u16,
}

/// A dead letter on its way back.
#[derive(Debug, Clone, Copy)]
pub struct Redriven {
    pub letter: DeadLetter,
    /// Nanoseconds until the next may follow.
    pub gap: u64,
    pub by: Ref,
}

/// A dead letter as an operator sees it who looks into the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetterSeen {
    /// From 1, in the order in which messages were put aside, over all groups; a message that is put aside again has
    /// another.
    pub number: u64,
    /// The business key: the number of the arrival that it is about.
    pub serial: u64,
    /// The message's fields, as `Topic::fields` says; nothing can be made of them when it is not readable.
    pub fields: Vec<i64>,
    /// Whether a consumer can read it at all; false for a garbled one.
    pub readable: bool,
    /// How often it failed, of a queue how often it was received, before it was put aside.
    pub failures: u16,
    /// What the last attempt came to.
    pub why: Outcome,
    /// When the broker took it. Nanoseconds after virtual 0, as is the other.
    pub published_at: u64,
    /// When it was put aside.
    pub parked_at: u64,
    /// The partition that it came from; 0 of a queue.
    pub partition: u16,
    /// How often it was put back before, and failed again.
    pub put_back: u16,
}

impl World {
    pub(super) fn is_redrive(&self, group: u32, partition: u32) -> bool {
        partition as usize + 1 == self.groups[group as usize].parts.len()
    }

    pub(super) fn serial_of_message(&self, at: u32) -> u64 {
        self.vault.cases[self.messages[at].case as usize].serial
    }

    pub(super) fn failed(&mut self, system: &System, group: u32, partition: u32, outcome: Outcome) {
        let topic = &system.topics[system.groups[group as usize].topic.at()];
        let rule = self.configs.get(WORLD, topic.park);
        let again = self.configs.get(WORLD, topic.again) as u64;
        let now = self.now;
        let state = &mut self.groups[group as usize];
        state.failures += 1;
        self.telemetry.now.groups[group as usize].failed += 1;
        let part = &mut state.parts[partition as usize];
        if part.failures == 0 {
            part.failing_since = now;
        }
        part.failures = part.failures.saturating_add(1);
        part.why = outcome;
        let failures = part.failures;
        let parks = match rule {
            park::NEVER => false,
            park::PERMANENT => outcome == Outcome::Invalid,
            after => i64::from(failures) >= after,
        };
        self.beat_fails(system, group, partition, outcome, if parks { 0 } else { again.max(UNREADABLE_NS) });
        if parks {
            self.put_aside(system, group, partition, failures, outcome);
            self.move_on(system, group, partition, false);
            return self.next_in_part(system, group, partition);
        }
        self.look_again(group, partition, again.max(UNREADABLE_NS), 0);
    }

    /// The partition waits; `mark` is `UNREADABLE` for a message that is being looked at.
    pub(super) fn look_again(&mut self, group: u32, partition: u32, delay: u64, mark: u32) {
        let part = &mut self.groups[group as usize].parts[partition as usize];
        part.pauses = true;
        part.wakes = self.now + delay;
        self.queue.push(part.wakes, Kind::Deliver, group, partition | mark);
    }

    fn put_aside(&mut self, system: &System, group: u32, partition: u32, failures: u16, why: Outcome) {
        let Some(message) = self.next_message(system, group, partition) else {
            return;
        };
        let (mut partition, mut put_back) = (partition as u16, 0);
        if self.is_redrive(group, partition.into())
            && let Some(redriven) = self.groups[group as usize].redriving.front()
        {
            (partition, put_back) = (redriven.letter.partition, redriven.letter.put_back + 1);
        }
        self.next_letter += 1;
        let letter =
            DeadLetter { number: self.next_letter, message, partition, failures, why, parked_at: self.now, put_back };
        self.groups[group as usize].dead.push_back(letter);
        self.groups[group as usize].parked += 1;
        let case = self.messages[message].case;
        let message = self.messages.of(message).into();
        self.beat(case, Part::Group(GroupId(group as u16)), || super::Beat::Parked { message, failures });
    }

    pub(super) fn next_in_part(&mut self, system: &System, group: u32, partition: u32) {
        let part = &mut self.groups[group as usize].parts[partition as usize];
        part.busy = false;
        if part.then != NOBODY {
            self.commit_offsets(system, group, partition);
            let part = &mut self.groups[group as usize].parts[partition as usize];
            part.owner = std::mem::replace(&mut part.then, NOBODY);
        }
        if self.groups[group as usize].rebalancing {
            return self.rebalance(system, group);
        }
        self.deliver(system, group, partition);
        self.thread_is_free(system, group, partition);
    }

    /// The failing message's pause is over, or an unreadable one has been looked at.
    pub(super) fn deliver_again(&mut self, system: &System, group: u32, partition: u32) {
        let now = self.now;
        let part = &mut self.groups[group as usize].parts[(partition & !UNREADABLE) as usize];
        if !part.pauses || part.wakes != now {
            // The partition went to somebody else in the meantime, or its message is gone.
            return;
        }
        part.pauses = false;
        if partition & UNREADABLE != 0 {
            return self.failed(system, group, partition & !UNREADABLE, Outcome::Invalid);
        }
        part.busy = false;
        self.deliver(system, group, partition);
    }

    /// Whether the next dead letter may be put back now. A broker that takes nothing ends the redrive: what is not back
    /// stays where it was.
    pub(super) fn puts_back(&mut self, system: &System, group: u32) -> bool {
        if self.topics[system.groups[group as usize].topic.at()].down {
            let topic = system.groups[group as usize].topic;
            self.break_redrive(group, Hindrance::BrokerDown(topic), |_| true);
            return false;
        }
        let state = &mut self.groups[group as usize];
        let Some(next) = state.redriving.front() else {
            return false;
        };
        // An attempt that failed before is the same message, and it is back already.
        let begins = state.parts.last().is_none_or(|part| part.failures == 0);
        if begins && state.redrive_next > self.now {
            self.queue.push(state.redrive_next, Kind::Redrive, group, 0);
            return false;
        }
        if begins {
            let at = next.letter.message;
            state.redrive_next = self.now + next.gap;
            let (case, message) = (self.messages[at].case, self.messages.of(at).into());
            self.beat(case, Part::Group(GroupId(group as u16)), || super::Beat::PutBack { message });
        }
        true
    }

    /// Gives up on what waits to be put back, as far as `which` says; what is in hand goes on.
    pub(super) fn break_redrive(&mut self, group: u32, why: Hindrance, which: impl Fn(Ref) -> bool) {
        let state = &mut self.groups[group as usize];
        let in_hand = usize::from(state.parts.last().is_some_and(|part| part.busy));
        let mut stays = std::mem::take(&mut state.redriving);
        let rest = stays.split_off(in_hand.min(stays.len()));
        let (broken, kept): (Vec<Redriven>, Vec<Redriven>) = rest.into_iter().partition(|letter| which(letter.by));
        stays.extend(kept);
        state.redriving = stays;
        state.dead.extend(broken.iter().map(|letter| letter.letter));
        state.dead.make_contiguous().sort_unstable_by_key(|letter| letter.number);
        for letter in broken {
            self.part_done(letter.by, Err(why));
        }
    }

    /// Puts dead letters of a topic's groups back, the oldest first: those that `chosen` names, at most `first` of them.
    /// How many.
    pub(super) fn redrive(
        &mut self,
        system: &System,
        topic: TopicId,
        chosen: Option<&[u64]>,
        first: usize,
        gap: u64,
        by: Ref,
    ) -> u32 {
        let mut numbers: Vec<u64> = Vec::new();
        for (group, _) in system.groups.iter().enumerate().filter(|(_, def)| def.topic == topic) {
            let dead = self.groups[group].dead.iter().map(|letter| letter.number);
            numbers.extend(dead.filter(|number| chosen.is_none_or(|chosen| chosen.contains(number))));
        }
        numbers.sort_unstable();
        numbers.truncate(first);
        for (group, _) in system.groups.iter().enumerate().filter(|(_, def)| def.topic == topic) {
            let state = &mut self.groups[group];
            let taken = |letter: &DeadLetter| numbers.binary_search(&letter.number).is_ok();
            let (back, stay): (Vec<DeadLetter>, Vec<DeadLetter>) =
                std::mem::take(&mut state.dead).into_iter().partition(taken);
            state.dead = stay.into();
            state.redriving.extend(back.into_iter().map(|letter| Redriven { letter, gap, by }));
        }
        numbers.len() as u32
    }

    /// Begins with what `redrive` has put into the row.
    pub(super) fn redrive_begins(&mut self, system: &System, topic: TopicId) {
        for (group, _) in system.groups.iter().enumerate().filter(|(_, def)| def.topic == topic) {
            self.redrive_next(system, group as u32);
        }
    }

    pub(super) fn redrive_next(&mut self, system: &System, group: u32) {
        let last = self.groups[group as usize].parts.len() as u32 - 1;
        self.deliver(system, group, last);
    }

    /// The group goes on behind the first message of a partition, which it will never handle.
    pub(super) fn skip(&mut self, system: &System, group: GroupId, partition: u32) {
        let Some(message) = self.next_message(system, group.0.into(), partition) else {
            return;
        };
        let case = self.messages[message].case;
        self.note(u64::from(group.0) | 10 << 40, self.vault.cases[case as usize].serial);
        let of = self.messages.of(message).into();
        self.beat(case, Part::Group(group), || super::Beat::Skipped { message: of });
        self.pass_over(system, group.at(), partition as usize, message, Freed::Skipped);
        self.groups[group.at()].skipped += 1;
        self.trim(system, system.groups[group.at()].topic, partition);
        self.deliver(system, group.0.into(), partition);
    }

    /// Whatever is being done about the message, it counts no more: somebody who works on it is a zombie.
    pub(super) fn pass_over(&mut self, system: &System, group: usize, partition: usize, message: u32, freed: Freed) {
        self.beat_frees(system, group as u32, partition as u32, freed);
        self.commit_offsets(system, group as u32, partition as u32);
        let part = &mut self.groups[group].parts[partition];
        part.next += 1;
        part.stamp = part.stamp.wrapping_add(1);
        part.busy = false;
        part.pauses = false;
        part.failures = 0;
        self.done_with(message);
    }

    /// Members that stood still take messages again, unless something else holds them.
    pub(super) fn deliver_all(&mut self, system: &System, group: usize) {
        for partition in 0..self.groups[group].parts.len() as u32 {
            self.deliver(system, group as u32, partition);
        }
    }

    /// The partition that has been blocked longest by a message that nobody will ever be able to read.
    pub(super) fn unreadable_head(&self, topic: TopicId) -> Option<(GroupId, u16)> {
        let groups = self.groups.iter().enumerate().filter(|(_, state)| state.topic == topic.0);
        let heads = groups.flat_map(|(group, state)| {
            let parts = state.parts.iter().take(state.parts.len() - 1).enumerate();
            parts.map(move |(at, part)| (part, GroupId(group as u16), at as u16))
        });
        heads
            .filter(|(part, ..)| part.failures > 0 && part.why == Outcome::Invalid)
            .min_by_key(|(part, group, at)| (part.failing_since, *group, *at))
            .map(|(_, group, at)| (group, at))
    }

    /// Whether a dead letter may go through that was not found unreadable again.
    pub(super) fn is_worth_a_redrive(&self, topic: TopicId) -> bool {
        let groups = self.groups.iter().filter(|state| state.topic == topic.0);
        let hopeless = |letter: &DeadLetter| letter.why == Outcome::Invalid && letter.put_back > 0;
        groups.flat_map(|state| &state.dead).any(|letter| !hopeless(letter))
    }

    pub(super) fn dead_letters(&self, group: GroupId) -> Vec<DeadLetterSeen> {
        let seen = |letter: &DeadLetter| {
            let message = &self.messages[letter.message];
            DeadLetterSeen {
                number: letter.number,
                serial: self.vault.cases[message.case as usize].serial,
                fields: message.body.to_vec(),
                readable: !message.corrupt,
                failures: letter.failures,
                why: letter.why,
                published_at: message.born,
                parked_at: letter.parked_at,
                partition: letter.partition,
                put_back: letter.put_back,
            }
        };
        self.groups[group.at()].dead.iter().map(seen).collect()
    }
}
