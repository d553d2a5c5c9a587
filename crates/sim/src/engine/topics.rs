//! Logs: partitions in order, one owner a partition and group, failures that block, dead letters, redrive.

use std::collections::VecDeque;

use super::World;
use super::arena::Ref;
use super::chance::mix;
use super::config::{Configs, WORLD};
use super::few::Few;
use super::moves::Hindrance;
use super::listen::{SpanId, Who};
use super::queue::Kind;
use super::sending::Sending;
use super::run::Then;
use super::dead_letters::{DeadLetter, Redriven};
use super::state::{Caller, Message, NOBODY};
use super::story::{Freed, Part};
use super::vault::WORLD_CASE;
use crate::Outcome;
use crate::system::{Ack, End, PublishId, Statement, System, TopicId, VIA_OUTBOX};

#[derive(Debug, Clone, Default)]
pub struct TopicState {
    pub partitions: Vec<Log>,
    pub down: bool,
    /// So many of the next messages cannot be read by anybody.
    pub corrupt: u32,
    /// Keys that are younger than this.
    pub corrupt_since: u64,
}

/// One partition: messages that some group has still to handle, from offset `base` on.
#[derive(Debug, Clone, Default)]
pub struct Log {
    pub messages: VecDeque<u32>,
    pub base: u64,
}

#[derive(Debug, Clone, Default)]
pub struct GroupState {
    pub topic: u16,
    /// One per partition, and a last one for what is redriven.
    pub parts: Vec<PartState>,
    /// Put back by a redrive, waiting for their turn.
    pub redriving: VecDeque<Redriven>,
    /// When the next of them may begin.
    pub redrive_next: u64,
    /// Oldest first.
    pub dead: VecDeque<DeadLetter>,
    pub down: bool,
    pub paused: bool,
    /// Offset resets under way: a group must stand still for them.
    pub resets: u16,
    /// Everybody stands still until all have ended what they have in hand, and the partitions are shared anew.
    pub rebalancing: bool,
    /// Who was taken for dead, and still works on a partition's message.
    pub zombies: Vec<Zombie>,
    /// Replicas that died, and until when the group still thinks they live.
    pub gone: Vec<(u32, u64)>,
    pub handled: u64,
    pub parked: u64,
    pub failures: u64,
    pub expired: u64,
    pub skipped: u64,
}

impl GroupState {
    pub fn stands_still(&self) -> bool {
        self.down || self.paused || self.resets > 0 || self.rebalancing
    }
}

#[derive(Debug, Clone)]
pub struct PartState {
    /// Offset of the next message.
    pub next: u64,
    pub busy: bool,
    /// Busy with waiting: a failure is tried again later, an unreadable message is looked at.
    pub pauses: bool,
    /// Until when.
    pub wakes: u64,
    /// Tells this delivery from earlier ones.
    pub stamp: u32,
    pub failures: u16,
    /// Of the message that fails: since when, and what it came to last.
    pub failing_since: u64,
    pub why: Outcome,
    pub owner: u32,
    /// Who has it after this message.
    pub then: u32,
    /// Handled before `next`, and not committed: handled again when its owner dies.
    pub uncommitted: u64,
    pub commits: bool,
    /// How often the present message was taken from somebody who worked too long: each has luck of its own.
    pub taken: u16,
    /// When its owner is taken for dead.
    pub poll_until: u64,
}

/// Somebody who works on a message that is not its own any more.
#[derive(Debug, Clone, Copy)]
pub struct Zombie {
    pub replica: u32,
    pub partition: u16,
    pub stamp: u32,
    /// Of the message, when it is known.
    pub about: Option<(u32, SpanId)>,
}

impl Default for PartState {
    fn default() -> Self {
        PartState {
            next: 0,
            busy: false,
            pauses: false,
            wakes: 0,
            stamp: 0,
            failures: 0,
            failing_since: 0,
            why: Outcome::Ok,
            owner: NOBODY,
            then: NOBODY,
            uncommitted: 0,
            commits: false,
            taken: 0,
            poll_until: 0,
        }
    }
}

/// A message before it is in the log.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub topic: TopicId,
    pub body: Few<i64, 6>,
    pub key: i64,
    pub case: u32,
    /// When it was written.
    pub born: u64,
    /// The activation that it comes from.
    pub by: SpanId,
    /// Has been published; not yet marked.
    pub sent: bool,
    /// Drawn when it was inserted.
    pub id: u64,
    /// The job, and the run of it, that has it in hand.
    pub claim: Option<(u16, u32)>,
}

pub fn start(system: &System, configs: &Configs) -> Vec<TopicState> {
    let logs =
        |count: i64| TopicState { partitions: vec![Log::default(); count.max(1) as usize], ..TopicState::default() };
    system.topics.iter().map(|topic| logs(configs.get(WORLD, topic.partitions))).collect()
}

pub fn start_groups(system: &System, configs: &Configs) -> Vec<GroupState> {
    let group = |topic: TopicId| GroupState {
        topic: topic.0,
        parts: vec![PartState::default(); configs.get(WORLD, system.topics[topic.at()].partitions).max(1) as usize + 1],
        ..GroupState::default()
    };
    system.groups.iter().map(|def| group(def.topic)).collect()
}

/// A message that cannot be read fails after this long: a consumer has to look at it.
pub const UNREADABLE_NS: u64 = 1_000_000;

impl World {
    pub(super) fn outgoing(&mut self, system: &System, act: Ref, publish: PublishId) -> Outgoing {
        let def = &system.publishes[publish.at()];
        let mut body = Few::default();
        for fill in &def.body {
            body.push(self.fill(system, act.at, *fill, None));
        }
        let key = self.fill(system, act.at, def.key, None);
        Outgoing { topic: def.topic, body, key, case: self.acts[act.at].case, born: self.now, by: act.into(), sent: false, id: 0, claim: None }
    }

    /// A publish of its own: the broker's acknowledgement is waited for.
    pub(super) fn publish_directly(&mut self, system: &System, act: Ref, publish: PublishId) -> Then {
        let topic = system.publishes[publish.at()].topic;
        if let Some(link) = self.link_from(system, self.acts[act.at].replica, End::Topic(topic)) {
            return self.publish_over(system, act, publish, link);
        }
        if self.topics[topic.at()].down {
            self.telemetry.now.topics[topic.at()].refused += 1;
            self.acts[act.at].outcome = Outcome::Refused;
            return Then::GoesOn;
        }
        let outgoing = self.outgoing(system, act, publish);
        self.publish(system, &outgoing);
        self.acts[act.at].outcome = Outcome::Ok;
        self.acts[act.at].effects = true;
        let delay = self.publish_time(system, act, topic);
        self.after(delay, Kind::Step, act);
        Then::Waits
    }

    fn publish_time(&self, system: &System, act: Ref, topic: TopicId) -> u64 {
        let takes = system.topics[topic.at()].takes;
        let luck = mix(self.acts[act.at].luck, u64::from(topic.0) | 3 << 40);
        self.world_duration(system, takes, luck, crate::system::StepId(0), super::chance::Purpose::Other)
    }

    /// After a commit: what its statements publish directly leaves one by one. A crash in between loses the rest.
    pub(super) fn publish_next(&mut self, system: &System, act: Ref) {
        let Some((tx, from)) = self.acts[act.at].publishing else {
            return;
        };
        let statements = &system.txs[tx.at()].statements;
        for (at, statement) in statements.iter().enumerate().skip(from as usize) {
            let Statement::Publish(publish) = statement else {
                continue;
            };
            let def = &system.publishes[publish.at()];
            if self.param(act.at, def.via) == VIA_OUTBOX {
                continue;
            }
            self.acts[act.at].publishing = Some((tx, at as u8));
            let delay = self.publish_time(system, act, def.topic) + self.way_to_broker(system, act, def.topic);
            return self.after(delay, Kind::Published, act);
        }
        self.acts[act.at].publishing = None;
        self.ready.push(act);
    }

    /// The message arrives at the broker.
    pub(super) fn published(&mut self, system: &System, act: Ref) {
        if !self.acts.is(act) {
            return;
        }
        if self.freezes_event(self.acts[act.at].replica, super::Kind::Published, act.at, act.generation) {
            return;
        }
        let Some((tx, at)) = self.acts[act.at].publishing else {
            return;
        };
        let Statement::Publish(publish) = system.txs[tx.at()].statements[at as usize] else {
            return;
        };
        let topic = system.publishes[publish.at()].topic.at();
        if !system.links.is_empty() && self.publish_waits(system, act, TopicId(topic as u16)) {
            return;
        }
        if self.topics[topic].down {
            self.telemetry.now.topics[topic].refused += 1;
            // The row is committed and the message is not: what a direct publish cannot repair.
            self.acts[act.at].outcome = Outcome::Failed;
            self.acts[act.at].publishing = None;
            return self.ready.push(act);
        }
        let outgoing = self.outgoing(system, act, publish);
        self.publish(system, &outgoing);
        if !self.falls_into_trap(system, act, system.publishes[publish.at()].step) {
            self.acts[act.at].publishing = Some((tx, at + 1));
            self.publish_next(system, act);
        }
    }

    pub(super) fn publish(&mut self, system: &System, outgoing: &Outgoing) {
        let Outgoing { topic, ref body, key, case, by: act, .. } = *outgoing;
        let groups = system.groups.iter().filter(|group| group.topic == topic).count() as u16;
        self.tally.published += 1;
        self.telemetry.now.topics[topic.at()].published += 1;
        let count = self.vault.cases[case as usize].published;
        self.vault.cases[case as usize].published = count.wrapping_add(1);
        let luck = mix(self.vault.cases[case as usize].luck, u64::from(topic.0) << 32 | u64::from(count) | 5 << 56);
        let state = &mut self.topics[topic.at()];
        // What makes a message unreadable is in what it says, so every copy of it is unreadable: it belongs to the
        // key. The keys that came after the fault began are next.
        let of = &mut self.vault.cases[case as usize];
        let next = state.corrupt > 0 && (case == WORLD_CASE || of.born >= state.corrupt_since);
        if next && of.unreadable != topic.0 + 1 {
            state.corrupt -= 1;
            of.unreadable = if case == WORLD_CASE { 0 } else { topic.0 + 1 };
        }
        let corrupt = next && case == WORLD_CASE || of.unreadable == topic.0 + 1;
        let partition = (mix(key as u64, 11) % state.partitions.len() as u64) as u32;
        self.note(u64::from(topic.0) | 1 << 40, key as u64);
        let by = Who { act, call: SpanId::NONE };
        if groups == 0 {
            return self.beat_by(by, case, Part::Topic(topic), || super::Beat::Published { topic, message: SpanId::NONE });
        }
        let message = Message { case, luck, born: self.now, corrupt, key, pending: groups, body: body.clone() };
        let of = self.messages.put(message);
        let message = of.at;
        self.beat_by(by, case, Part::Topic(topic), || super::Beat::Published { topic, message: of.into() });
        if corrupt {
            self.beat(case, Part::Topic(topic), || super::Beat::Garbled { topic });
        }
        if self.messages.count() > super::stopped::IN_FLIGHT {
            self.stop(super::Why::Messages);
        }
        self.hold(case);
        if system.topics[topic.at()].queue.is_some() {
            return self.enqueue(system, topic, message, key);
        }
        self.topics[topic.at()].partitions[partition as usize].messages.push_back(message);
        for (group, def) in system.groups.iter().enumerate() {
            if def.topic == topic {
                self.beat_behind(system, group as u32, partition, message);
                self.deliver(system, group as u32, partition);
            }
        }
    }

    /// What is next for a group in a partition; the last part is what is redriven.
    pub(super) fn next_message(&self, system: &System, group: u32, partition: u32) -> Option<u32> {
        let state = &self.groups[group as usize];
        let part = &state.parts[partition as usize];
        if partition as usize + 1 == state.parts.len() {
            return state.redriving.front().map(|put_back| put_back.letter.message);
        }
        let log = &self.topics[system.groups[group as usize].topic.at()].partitions[partition as usize];
        log.messages.get((part.next - log.base) as usize).copied()
    }

    pub(super) fn deliver(&mut self, system: &System, group: u32, partition: u32) {
        if World::rules(system, group).is_some() {
            return if self.is_redrive(group, partition) { self.put_back_into_queue(system, group) } else { self.look_at_queue(system, group) };
        }
        let state = &self.groups[group as usize];
        let part = &state.parts[partition as usize];
        let idle = part.busy || state.stands_still() || part.owner == NOBODY || !self.is_up(part.owner);
        if idle || self.is_paused(part.owner) || self.has_no_thread(system, group, part.owner) {
            return;
        }
        if self.is_cut_off(system, group, part.owner) {
            return;
        }
        // The group still waits for a member that has died; the same process is another member now.
        if state.gone.iter().any(|(replica, until)| *replica == part.owner && *until > self.now) {
            return;
        }
        let Some(at) = self.next_message(system, group, partition) else {
            return;
        };
        if self.is_redrive(group, partition) && !self.puts_back(system, group) {
            return;
        }
        let def = &system.groups[group as usize];
        let part = &mut self.groups[group as usize].parts[partition as usize];
        part.busy = true;
        part.stamp = part.stamp.wrapping_add(1);
        let (stamp, owner, failures, taken) = (part.stamp, part.owner, part.failures, part.taken);
        let message = &self.messages[at];
        let (case, corrupt) = (message.case, message.corrupt);
        if corrupt {
            return self.look_again(group, partition, UNREADABLE_NS, UNREADABLE);
        }
        let args = message.body.clone();
        let luck = mix(message.luck, u64::from(group) << 16 | u64::from(failures) | u64::from(taken) << 32);
        let message = self.messages.of(at);
        let caller = Caller::Message { group: group as u16, partition: partition as u16, stamp, message };
        let sending = Sending::new(def.handler, &args, caller, case, luck);
        let service = system.handlers[def.handler.at()].service;
        self.tally.services[service.at()].offered += 1;
        self.watch_poll(system, group, partition);
        self.begin(system, owner, &sending);
        if def.ack == Ack::Before {
            self.move_on(system, group, partition, true);
        }
    }

    pub(super) fn message_done(&mut self, system: &System, group: u16, partition: u16, stamp: u32, outcome: Outcome) {
        let (group, partition) = (u32::from(group), u32::from(partition));
        let part = &mut self.groups[group as usize].parts[partition as usize];
        if part.stamp != stamp {
            // A zombie: its partition was given to somebody else, who has or will handle the message again.
            return self.zombie_ends(system, group, partition, stamp);
        }
        if self.ack_waits(system, group, partition, outcome) {
            return;
        }
        let def = &system.groups[group as usize];
        if outcome == Outcome::Ok || def.ack == Ack::Before {
            if def.ack == Ack::After {
                self.move_on(system, group, partition, true);
            }
            return self.next_in_part(system, group, partition);
        }
        self.failed(system, group, partition, outcome);
    }

    /// The group is through with its present message of a partition.
    pub(super) fn move_on(&mut self, system: &System, group: u32, partition: u32, handled: bool) {
        let Some(at) = self.next_message(system, group, partition) else {
            return;
        };
        let redriven = self.is_redrive(group, partition);
        self.beat_frees(system, group, partition, if handled { Freed::Handled } else { Freed::Parked });
        let later = handled && !redriven && self.commits_later(system, group, partition);
        if !later && !redriven {
            self.commit_offsets(system, group, partition);
        }
        let state = &mut self.groups[group as usize];
        state.parts[partition as usize].failures = 0;
        state.parts[partition as usize].taken = 0;
        if redriven {
            if let Some(put_back) = state.redriving.pop_front() {
                self.part_done(put_back.by, if handled { Ok(()) } else { Err(Hindrance::ParkedAgain) });
            }
        } else {
            state.parts[partition as usize].next += 1;
        }
        if handled {
            self.groups[group as usize].handled += 1;
            self.telemetry.now.groups[group as usize].handled += 1;
            if later {
                return self.commit_later(system, group, partition);
            }
            self.done_with(at);
        }
        if !redriven {
            self.trim(system, system.groups[group as usize].topic, partition);
        }
    }

    pub(super) fn done_with(&mut self, at: u32) {
        self.messages[at].pending -= 1;
        if self.messages[at].pending == 0 {
            let case = self.messages[at].case;
            self.messages.free(at);
            self.release(case);
        }
    }

    pub(super) fn trim(&mut self, system: &System, topic: TopicId, partition: u32) {
        let groups = system.groups.iter().enumerate().filter(|(_, def)| def.topic == topic);
        let least = groups.map(|(group, _)| self.groups[group].parts[partition as usize].committed()).min();
        let log = &mut self.topics[topic.at()].partitions[partition as usize];
        while least.is_some_and(|least| log.base < least) && log.messages.pop_front().is_some() {
            log.base += 1;
        }
    }
}

/// Marks the event of a message that could not be read.
pub const UNREADABLE: u32 = 1 << 31;
