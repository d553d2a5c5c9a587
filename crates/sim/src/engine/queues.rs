//! Queues: messages that are handed to whoever is free, hidden while somebody has them, and there again when nobody has
//! said in time that they are done.
//!
//! A consumer works from the copy that it was handed. When the copy's time is over the queue hands out another, and
//! neither knows of the other: the first goes on, its effects are real, and only its acknowledgement counts no more
//! (Amazon SQS Developer Guide, "Visibility timeout"; its receipt handle is not the newest any more).

use std::collections::{BTreeMap, VecDeque};

use super::World;
use super::arena::Ref;
use super::calls::wait;
use super::chance::{Purpose, draw, mix};
use super::config::WORLD;
use super::dead_letters::DeadLetter;
use super::few::Few;
use super::listen::SpanId;
use super::queue::Kind;
use super::sending::Sending;
use super::state::Caller;
use super::story::Part;
use super::topics::UNREADABLE_NS;
use crate::Outcome;
use crate::system::{Ack, GroupId, ParamId, QueueRules, System, TopicId, park};

/// A group's queue.
#[derive(Debug, Clone, Default)]
pub struct QueueState {
    /// All that is not done with, in the order in which it came.
    all: BTreeMap<u64, Ref>,
    /// What can be had now, by the same order. A message that comes back takes its old place.
    ready: BTreeMap<u64, Ref>,
    next: u64,
    /// By key, where keys keep their order: the first of each is the only one that can be had.
    keys: BTreeMap<i64, VecDeque<Ref>>,
    in_flight: u64,
    hidden: u64,
    consumers: Vec<Consumer>,
    /// Whose turn it is.
    turn: usize,
    /// Times that a message's visibility ended while somebody had it.
    pub ran_out: u64,
    /// Acknowledgements that came too late to count.
    pub refused: u64,
}

/// A message in a group's queue.
#[derive(Debug, Clone)]
pub struct Item {
    group: u16,
    message: u32,
    place: u64,
    key: i64,
    /// When it was put into the queue.
    since: u64,
    receives: u16,
    put_back: u16,
    is: Is,
    /// When it can be had, or had again.
    wakes: u64,
    /// What was handed out last: the only copy whose acknowledgement counts.
    copy: Ref,
    /// What it came to last, as far as the queue was told.
    why: Outcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    Ready,
    /// Delayed, or failed and backing off.
    Hidden,
    InFlight,
}

/// What one replica of the group's service holds.
#[derive(Debug, Clone, Default)]
struct Consumer {
    replica: u32,
    held: u32,
    works: u32,
    /// Taken and not begun.
    buffer: VecDeque<Ref>,
}

/// A message as it was handed to a consumer.
#[derive(Debug, Clone)]
pub struct Handed {
    pub group: u16,
    item: Ref,
    pub message: Ref,
    replica: u32,
    /// When work on it began; none while it waits in the consumer's buffer.
    began: Option<u64>,
    pub receives: u16,
    case: u32,
    luck: u64,
    corrupt: bool,
    body: Few<i64, 6>,
}

impl QueueState {
    /// What anybody could have.
    pub fn visible(&self) -> u64 {
        self.all.len() as u64 - self.in_flight - self.hidden
    }

    pub fn in_flight(&self) -> u64 {
        self.in_flight
    }

    /// What is not done with, wherever it is.
    pub fn all(&self) -> u64 {
        self.all.len() as u64
    }
}

impl World {
    pub(super) fn rules(system: &System, group: u32) -> Option<&QueueRules> {
        system.topics[system.groups[group as usize].topic.at()].queue.as_ref()
    }

    /// A message comes to the queues of all groups.
    pub(super) fn enqueue(&mut self, system: &System, topic: TopicId, message: u32, key: i64) {
        for (group, _) in system.groups.iter().enumerate().filter(|(_, def)| def.topic == topic) {
            let delay = system.topics[topic.at()].queue.map_or(0, |rules| self.configs.get(WORLD, rules.delay) as u64);
            self.put_into_queue(system, group as u32, message, key, delay, 0);
            self.serve(system, group as u32);
        }
    }

    fn put_into_queue(&mut self, system: &System, group: u32, message: u32, key: i64, delay: u64, put_back: u16) {
        let queue = &mut self.queues[group as usize];
        let place = queue.next;
        queue.next += 1;
        let item = self.items.put(Item {
            group: group as u16,
            message,
            place,
            key,
            since: self.now,
            receives: 0,
            put_back,
            is: Is::Hidden,
            wakes: self.now + delay,
            copy: Ref::default(),
            why: Outcome::Unknown,
        });
        queue.all.insert(place, item);
        queue.hidden += 1;
        if World::rules(system, group).is_some_and(|rules| rules.fifo) {
            queue.keys.entry(key).or_default().push_back(item);
        }
        if delay == 0 {
            self.show(system, item);
        } else {
            self.after(delay, Kind::Visible, item);
        }
    }

    /// It can be had from now on, unless one before it of its key is not done with.
    fn show(&mut self, system: &System, of: Ref) {
        let Item { group, place, key, .. } = self.items[of.at];
        self.is_now(of, Is::Ready);
        let queue = &mut self.queues[group as usize];
        let fifo = World::rules(system, group.into()).is_some_and(|rules| rules.fifo);
        if !fifo || queue.keys.get(&key).and_then(VecDeque::front) == Some(&of) {
            queue.ready.insert(place, of);
        }
    }

    fn is_now(&mut self, of: Ref, is: Is) {
        let item = &mut self.items[of.at];
        let was = std::mem::replace(&mut item.is, is);
        let queue = &mut self.queues[item.group as usize];
        let mut count = |which: Is, by: i64| match which {
            Is::InFlight => queue.in_flight = queue.in_flight.saturating_add_signed(by),
            Is::Hidden => queue.hidden = queue.hidden.saturating_add_signed(by),
            Is::Ready => {}
        };
        count(was, -1);
        count(is, 1);
        if is != Is::Ready {
            queue.ready.remove(&item.place);
        }
    }

    /// It is done with, put aside, or too old: the next of its key can be had.
    fn leave_queue(&mut self, system: &System, of: Ref) {
        let Item { group, place, key, .. } = self.items[of.at];
        self.is_now(of, Is::Ready);
        self.items.free(of.at);
        let queue = &mut self.queues[group as usize];
        queue.all.remove(&place);
        queue.ready.remove(&place);
        if !World::rules(system, group.into()).is_some_and(|rules| rules.fifo) {
            return;
        }
        let Some(row) = queue.keys.get_mut(&key) else { return };
        row.retain(|item| *item != of);
        match row.front().copied() {
            None => {
                queue.keys.remove(&key);
            }
            Some(next) if self.items[next.at].is == Is::Ready => {
                queue.ready.insert(self.items[next.at].place, next);
            }
            Some(_) => {}
        }
    }

    fn own(&self, replica: u32, param: Option<ParamId>) -> Option<u64> {
        param.map(|param| self.configs.get(self.replicas[replica as usize].config, param).max(0) as u64)
    }

    /// Hands out what can be had to those who have room, in turn.
    pub(super) fn serve(&mut self, system: &System, group: u32) {
        let def = &system.groups[group as usize];
        loop {
            let state = &self.groups[group as usize];
            if state.stands_still() || self.topics[def.topic.at()].down || self.stopped.is_some() {
                return;
            }
            let Some(item) = self.queues[group as usize].ready.first_key_value().map(|(_, item)| *item) else {
                return;
            };
            let Some(consumer) = self.with_room(system, group) else { return };
            self.hand_out(system, group, item, consumer);
        }
    }

    /// Something that kept consumers from work may be over.
    pub(super) fn look_at_queue(&mut self, system: &System, group: u32) {
        for consumer in 0..self.queues[group as usize].consumers.len() {
            self.work_off(system, group, consumer);
        }
        self.serve(system, group);
    }

    /// A replica runs with another configuration: it may work on more, or hold more.
    pub(super) fn queues_grow(&mut self, system: &System, replica: u32) {
        for group in 0..system.groups.len() as u32 {
            let service = system.handlers[system.groups[group as usize].handler.at()].service.0;
            if World::rules(system, group).is_some() && service == self.replicas[replica as usize].service {
                self.look_at_queue(system, group);
            }
        }
    }

    pub(super) fn topic_is_back(&mut self, system: &System, topic: TopicId) {
        for (group, def) in system.groups.iter().enumerate() {
            if def.topic == topic && system.topics[topic.at()].queue.is_some() {
                self.serve(system, group as u32);
            }
        }
    }

    fn with_room(&mut self, system: &System, group: u32) -> Option<usize> {
        let def = &system.groups[group as usize];
        let service = system.handlers[def.handler.at()].service;
        if self.services[service.at()].down {
            return None;
        }
        let consumers = &mut self.queues[group as usize].consumers;
        for &replica in &self.services[service.at()].replicas {
            if !consumers.iter().any(|consumer| consumer.replica == replica) {
                consumers.push(Consumer { replica, ..Consumer::default() });
            }
        }
        let queue = &self.queues[group as usize];
        let count = queue.consumers.len();
        let found = (0..count).map(|step| (queue.turn + step) % count).find(|&at| {
            let Consumer { replica, held, .. } = queue.consumers[at];
            self.is_up(replica) && !self.is_paused(replica) && u64::from(held) < self.holds_most(system, group, replica)
        })?;
        self.queues[group as usize].turn = (found + 1) % count;
        Some(found)
    }

    fn works_most(&self, system: &System, group: u32, replica: u32) -> u64 {
        self.own(replica, system.groups[group as usize].consuming.concurrency).unwrap_or(u64::MAX)
    }

    fn holds_most(&self, system: &System, group: u32, replica: u32) -> u64 {
        match self.own(replica, system.groups[group as usize].consuming.prefetch) {
            None | Some(0) => self.works_most(system, group, replica),
            Some(most) => most,
        }
    }

    fn hand_out(&mut self, system: &System, group: u32, item: Ref, consumer: usize) {
        let Some(rules) = World::rules(system, group) else { return };
        let visibility = self.configs.get(WORLD, rules.visibility) as u64;
        self.is_now(item, Is::InFlight);
        let replica = self.queues[group as usize].consumers[consumer].replica;
        let of = &mut self.items[item.at];
        of.receives = of.receives.saturating_add(1);
        of.wakes = if visibility == 0 { u64::MAX } else { self.now + visibility };
        let (wakes, receives, message) = (of.wakes, of.receives, self.messages.of(of.message));
        let super::state::Message { case, luck, corrupt, ref body, .. } = self.messages[message.at];
        let copy = self.handed.put(Handed {
            group: group as u16,
            item,
            message,
            replica,
            began: None,
            receives,
            case,
            luck,
            corrupt,
            body: body.clone(),
        });
        self.items[item.at].copy = copy;
        self.hold(case);
        if wakes != u64::MAX {
            self.queue.push_timer(self.now, visibility, Kind::Visible, item.at, item.generation);
        }
        let state = &mut self.queues[group as usize].consumers[consumer];
        state.held += 1;
        state.buffer.push_back(copy);
        self.work_off(system, group, consumer);
    }

    /// A consumer begins with what it holds, as far as it may. It does not ask whether the copy is still its own.
    fn work_off(&mut self, system: &System, group: u32, consumer: usize) {
        loop {
            let Consumer { replica, works, ref buffer, .. } = self.queues[group as usize].consumers[consumer];
            let room = u64::from(works) < self.works_most(system, group, replica);
            if buffer.is_empty() || !room || self.groups[group as usize].stands_still() || !self.is_up(replica) {
                return;
            }
            let state = &mut self.queues[group as usize].consumers[consumer];
            let Some(copy) = state.buffer.pop_front() else { return };
            state.works += 1;
            self.handed[copy.at].began = Some(self.now);
            let item = self.handed[copy.at].item;
            let counts = self.items.get(item).is_some_and(|item| item.copy == copy);
            if system.groups[group as usize].ack == Ack::Before && counts {
                self.done_in_queue(system, item);
            }
            if self.handed[copy.at].corrupt {
                self.after(UNREADABLE_NS, Kind::Unreadable, copy);
                continue;
            }
            self.begin_copy(system, copy);
        }
    }

    fn begin_copy(&mut self, system: &System, copy: Ref) {
        let Handed { group, replica, case, luck, receives, ref body, .. } = self.handed[copy.at];
        let handler = system.groups[group as usize].handler;
        let args = body.clone();
        let luck = mix(luck, u64::from(group) << 16 | u64::from(receives - 1));
        let sending = Sending::new(handler, &args, Caller::Queued(copy), case, luck);
        self.tally.services[system.handlers[handler.at()].service.at()].offered += 1;
        self.begin(system, replica, &sending);
    }

    /// A consumer has looked at a message that nobody can read.
    pub(super) fn found_unreadable(&mut self, system: &System, copy: Ref) {
        if self.handed.is(copy) {
            self.copy_done(system, copy, Outcome::Invalid);
        }
    }

    /// A consumer is through with its copy.
    pub(super) fn copy_done(&mut self, system: &System, copy: Ref, outcome: Outcome) {
        let Some(Handed { group, item, message, replica, case, .. }) = self.handed.get(copy).cloned() else {
            return;
        };
        let group = u32::from(group);
        self.handed.free(copy.at);
        let consumer = self.queues[group as usize].consumers.iter().position(|consumer| consumer.replica == replica);
        if let Some(consumer) = consumer {
            let state = &mut self.queues[group as usize].consumers[consumer];
            (state.held, state.works) = (state.held - 1, state.works - 1);
        }
        let def = &system.groups[group as usize];
        let counts = self.items.get(item).is_some_and(|of| of.copy == copy && self.may_acknowledge(system, of));
        if def.ack == Ack::After {
            match (counts, outcome) {
                (true, Outcome::Ok) => self.done_in_queue(system, item),
                (true, _) => self.failed_in_queue(system, item, outcome),
                (false, _) => self.comes_too_late(group, case, message.into()),
            }
        }
        self.release(case);
        if let Some(consumer) = consumer {
            self.work_off(system, group, consumer);
        }
        self.serve(system, group);
    }

    /// Where keys keep their order an acknowledgement must come in time; elsewhere it counts until another has the message.
    fn may_acknowledge(&self, system: &System, item: &Item) -> bool {
        item.is == Is::InFlight || !World::rules(system, item.group.into()).is_some_and(|rules| rules.fifo)
    }

    fn comes_too_late(&mut self, group: u32, case: u32, message: SpanId) {
        self.queues[group as usize].refused += 1;
        self.note(u64::from(group) | 15 << 40, self.vault.cases[case as usize].serial);
        self.beat(case, Part::Group(GroupId(group as u16)), || super::Beat::AckRefused { message });
    }

    fn done_in_queue(&mut self, system: &System, of: Ref) {
        let Item { group, message, .. } = self.items[of.at];
        self.leave_queue(system, of);
        self.groups[group as usize].handled += 1;
        self.telemetry.now.groups[group as usize].handled += 1;
        self.done_with(message);
    }

    fn failed_in_queue(&mut self, system: &System, of: Ref, outcome: Outcome) {
        let Item { group, message, receives, .. } = self.items[of.at];
        let Some(rules) = World::rules(system, group.into()) else { return };
        self.items[of.at].why = outcome;
        self.groups[group as usize].failures += 1;
        self.telemetry.now.groups[group as usize].failed += 1;
        let nack = usize::try_from(self.configs.get(WORLD, rules.nack)).ok().and_then(|at| system.backoffs.get(at));
        let case = self.messages[message].case;
        let luck = mix(self.messages[message].luck, u64::from(group) << 32 | u64::from(receives));
        let again = nack.map(|rule| wait(rule, receives.into(), 0, draw(luck, group, Purpose::Jitter)));
        // Who tells nobody is counted when the time is over; what can never work is told wherever there is a rule for it.
        let permanent = self.configs.get(WORLD, system.topics[system.groups[group as usize].topic.at()].park) == park::PERMANENT;
        let parks = self.has_failed_enough(system, of) && (again.is_some() || permanent);
        let left = self.items[of.at].wakes.saturating_sub(self.now);
        let (part, of_message) = (Part::Group(GroupId(group)), self.messages.of(message).into());
        let pause = if parks { 0 } else { again.unwrap_or(if left > 1 << 62 { 0 } else { left }) };
        self.beat(case, part, || super::Beat::Fails { partition: 0, message: of_message, outcome, failures: receives, again: pause });
        match again {
            _ if parks => self.park_in_queue(system, of),
            Some(0) => self.show(system, of),
            Some(delay) => {
                self.is_now(of, Is::Hidden);
                self.items[of.at].wakes = self.now + delay;
                self.after(delay, Kind::Visible, of);
            }
            // Nobody tells the queue: it finds out when the time is over.
            None => {}
        }
    }

    fn has_failed_enough(&self, system: &System, of: Ref) -> bool {
        let Item { group, receives, why, .. } = self.items[of.at];
        let topic = &system.topics[system.groups[group as usize].topic.at()];
        match self.configs.get(WORLD, topic.park) {
            park::NEVER => false,
            park::PERMANENT => why == Outcome::Invalid,
            after => i64::from(receives) >= after,
        }
    }

    /// Nobody has it any more: it can be had again, or has been handed out often enough. How often is all that the queue
    /// knows; whether anybody ever began to work on it, it does not.
    fn comes_back(&mut self, system: &System, of: Ref) {
        if self.has_failed_enough(system, of) {
            self.park_in_queue(system, of);
        } else {
            self.show(system, of);
        }
    }

    fn park_in_queue(&mut self, system: &System, of: Ref) {
        let Item { group, message, receives, put_back, why, .. } = self.items[of.at];
        self.leave_queue(system, of);
        self.next_letter += 1;
        let (number, parked_at) = (self.next_letter, self.now);
        let letter = DeadLetter { number, message, partition: 0, failures: receives, why, parked_at, put_back };
        self.groups[group as usize].dead.push_back(letter);
        self.groups[group as usize].parked += 1;
        let case = self.messages[message].case;
        let message = self.messages.of(message).into();
        self.beat(case, Part::Group(GroupId(group)), || super::Beat::Parked { message, failures: receives });
    }

    /// A delay, a back-off or a visibility is over.
    pub(super) fn visible_again(&mut self, system: &System, of: Ref) {
        let Some(item) = self.items.get(of).filter(|item| item.wakes == self.now && item.is != Is::Ready) else {
            return;
        };
        let Item { group, copy, message, receives, is, .. } = *item;
        if is == Is::InFlight {
            if let Some(until) = self.extended_until(system, copy).filter(|until| *until > self.now) {
                self.items[of.at].wakes = until;
                return self.queue.push(until, Kind::Visible, of.at, of.generation);
            }
            self.queues[group as usize].ran_out += 1;
            let (case, message) = (self.messages[message].case, self.messages.of(message).into());
            self.beat(case, Part::Group(GroupId(group)), || super::Beat::RunsOut { message, receives });
        }
        match is {
            Is::InFlight => self.comes_back(system, of),
            _ => self.show(system, of),
        }
        self.serve(system, group.into());
    }

    /// Until when the last extension of a copy that is worked on holds. Extensions are not events: they are counted when
    /// it matters.
    fn extended_until(&self, system: &System, copy: Ref) -> Option<u64> {
        let Handed { group, replica, began: Some(began), .. } = *self.handed.get(copy)? else {
            return None;
        };
        let extend = self.own(replica, system.groups[group as usize].consuming.extend).filter(|extend| *extend > 0)?;
        let visibility = self.configs.get(WORLD, World::rules(system, group.into())?.visibility) as u64;
        let times = (self.now - began) / extend;
        (times > 0).then(|| began + times * extend + visibility)
    }

    /// A replica dies with all that it holds. What it held until its connection broke can be had at once; a visibility
    /// runs on.
    pub(super) fn queues_lose(&mut self, system: &System, replica: u32) {
        for group in 0..system.groups.len() as u32 {
            let consumer = self.queues[group as usize].consumers.iter_mut().find(|consumer| consumer.replica == replica);
            let Some(consumer) = consumer else { continue };
            *consumer = Consumer { replica, ..Consumer::default() };
            let mine = |copy: &Handed| copy.replica == replica && u32::from(copy.group) == group;
            let lost: Vec<u32> = self.handed.live().filter(|(_, copy)| mine(copy)).map(|(at, _)| at).collect();
            let mut back = BTreeMap::new();
            for copy in lost {
                let of = self.handed.of(copy);
                let until = self.extended_until(system, of);
                let Handed { item, case, .. } = self.handed[copy];
                self.handed.free(copy);
                self.release(case);
                let Some(state) = self.items.get_mut(item).filter(|item| item.copy == of && item.is == Is::InFlight) else {
                    continue;
                };
                if state.wakes == u64::MAX {
                    back.insert(state.place, item);
                } else if let Some(until) = until.filter(|until| *until > state.wakes) {
                    state.wakes = until;
                    self.queue.push(until, Kind::Visible, item.at, item.generation);
                }
            }
            back.into_values().for_each(|item| self.comes_back(system, item));
            self.serve(system, group);
        }
    }

    /// A replica is no part of its service any more, and its place may become another's.
    pub(super) fn queues_forget(&mut self, system: &System, replica: u32) {
        self.queues_lose(system, replica);
        for queue in &mut self.queues {
            queue.consumers.retain(|consumer| consumer.replica != replica);
        }
    }

    /// Dead letters go back to the end of the queue, as new messages, at the rate that was asked for.
    pub(super) fn put_back_into_queue(&mut self, system: &System, group: u32) {
        while !self.groups[group as usize].redriving.is_empty() && self.puts_back(system, group) {
            let Some(put_back) = self.groups[group as usize].redriving.pop_front() else { return };
            let DeadLetter { message, put_back: times, .. } = put_back.letter;
            let key = self.messages[message].key;
            self.put_into_queue(system, group, message, key, 0, times + 1);
            self.part_done(put_back.by, Ok(()));
            self.serve(system, group);
        }
    }

    /// Drops what has been in the queue for longer than the topic keeps, whoever has it.
    pub(super) fn expire_queue(&mut self, system: &System, group: u32, keep: u64) {
        while let Some(of) = self.queues[group as usize].all.first_key_value().map(|(_, of)| *of) {
            let Item { since, message, .. } = self.items[of.at];
            if since.saturating_add(keep) > self.now {
                return;
            }
            self.leave_queue(system, of);
            self.groups[group as usize].expired += 1;
            self.done_with(message);
            self.serve(system, group);
        }
    }
}
