//! Who waits for a worker, in which order, for how long, and who is not let in at all.
//!
//! What stands before a replica's workers: a limit on its rate, one on how much it has in hand (fixed, or learnt from what its
//! answers take), the queue with its order, and, when that is full, a refusal or a wait outside. Those outside are in no metric
//! of the service. `Block` lets the caller wait: who has given up by then was never let in. A `Backlog` is the kernel's
//! (`listen(2)`): the connection is made, so the request is read and done although its caller has gone.

use std::collections::VecDeque;

use super::World;
use super::arena::Ref;
use super::bucket::Bucket;
use super::listen::Who;
use super::sending::Sending;
use super::state::{Act, Caller};
use super::story::{Beat, Part};
use crate::Outcome;
use crate::system::{BLOCK, HandlerId, ORDER_ADAPTIVE, ORDER_LIFO, ORDER_PRIORITY, REJECT, SHED_CODEL, SHED_CONTROLLED, System, concurrency};

/// What a replica remembers about its queue.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Since when the queue has not been empty.
    pub filled_since: u64,
    /// Waiting to be let into the queue.
    pub outside: VecDeque<u32>,
    codel: Codel,
    /// The rate limit's.
    bucket: Bucket,
    learnt: Learnt,
}

/// RFC 8289, section 5: what it keeps from one packet to the next.
#[derive(Debug, Clone, Copy, Default)]
struct Codel {
    first_above: u64,
    drop_next: u64,
    count: u32,
    last_count: u32,
    dropping: bool,
}

/// A limit on what is in hand, from what answers take: Netflix, concurrency-limits, `AIMDLimit` and `Gradient2Limit` with their
/// defaults.
#[derive(Debug, Clone, Copy)]
struct Learnt {
    limit: f64,
    /// Long-term mean of what an answer takes, nanoseconds, and of how many.
    long_ns: f64,
    samples: u32,
    /// The window of a second whose mean is compared with it.
    window: u64,
    sum_ns: f64,
    count: u32,
    most: u32,
}

impl Default for Learnt {
    fn default() -> Learnt {
        Learnt { limit: 0.0, long_ns: 0.0, samples: 0, window: 0, sum_ns: 0.0, count: 0, most: 0 }
    }
}

/// `AIMDLimit`: initialLimit, backoffRatio, timeout.
const AIMD: (f64, f64, u64) = (10.0, 0.9, 5_000_000_000);
/// `Gradient2Limit`: initialLimit and minLimit, maxConcurrency, smoothing, queueSize, longWindow; the window of `WindowedLimit`.
const GRADIENT: (f64, f64, f64, f64, u32) = (20.0, 200.0, 0.2, 4.0, 600);
const WINDOW_NS: u64 = 1_000_000_000;
const WINDOW_LEAST: u32 = 10;

impl Learnt {
    fn limit(&self, kind: i64) -> f64 {
        match self.limit {
            0.0 if kind == concurrency::AIMD => AIMD.0,
            0.0 => GRADIENT.0,
            limit => limit,
        }
    }

    fn aimd(&mut self, in_hand: u32, took: u64, dropped: bool) {
        let limit = self.limit(concurrency::AIMD);
        if dropped || took > AIMD.2 {
            self.limit = (limit * AIMD.1).trunc().min(limit - 1.0).max(1.0);
        } else if f64::from(in_hand) * 2.0 >= limit {
            self.limit = limit + 1.0;
        }
    }

    fn gradient(&mut self, now: u64, in_hand: u32, took: u64) {
        self.sum_ns += took as f64;
        self.count += 1;
        self.most = self.most.max(in_hand);
        if now < self.window + WINDOW_NS || self.count < WINDOW_LEAST {
            return;
        }
        let (short, most) = (self.sum_ns / f64::from(self.count), f64::from(self.most));
        (self.window, self.sum_ns, self.count, self.most) = (now, 0.0, 0, 0);
        // The first ten are averaged, the others smoothed over the long window.
        self.samples += 1;
        self.long_ns += match self.samples {
            few @ 1..=10 => (short - self.long_ns) / f64::from(few),
            _ => (short - self.long_ns) * 2.0 / f64::from(GRADIENT.4 + 1),
        };
        if self.long_ns > 2.0 * short {
            self.long_ns *= 0.9;
        }
        let limit = self.limit(concurrency::GRADIENT);
        // With little in hand, how long it takes says nothing about the limit.
        if most < limit / 2.0 {
            return;
        }
        let gradient = (self.long_ns / short.max(1.0)).clamp(0.5, 1.0);
        let wanted = limit * gradient + GRADIENT.3;
        self.limit = (limit * (1.0 - GRADIENT.2) + wanted * GRADIENT.2).clamp(GRADIENT.0, GRADIENT.1);
    }
}

/// What becomes of a request at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    In,
    Outside,
    Refused,
}

impl World {
    #[inline]
    fn line_param(&self, system: &System, replica: u32, of: fn(&crate::system::Lines) -> crate::system::ParamId) -> i64 {
        let state = &self.replicas[replica as usize];
        self.configs.get(state.config, of(&system.services[state.service as usize].lines))
    }

    /// Whether a request is let in.
    pub(super) fn at_the_door(&mut self, system: &System, replica: u32, sending: &Sending) -> Door {
        if !self.within_rate(system, replica) || !self.within_concurrency(system, replica) {
            return Door::Refused;
        }
        if self.has_worker(replica) {
            return Door::In;
        }
        let state = &self.replicas[replica as usize];
        let limit = self.configs.get(state.config, system.services[state.service as usize].queue);
        if (state.queue.len() as i64) < limit && state.line.outside.is_empty() {
            return Door::In;
        }
        match self.line_param(system, replica, |lines| lines.full) {
            REJECT => {
                let last = self.replicas[replica as usize].queue.back().copied();
                let gives_way = last.is_some_and(|last| self.acts[last].priority > sending.priority);
                if gives_way && self.line_param(system, replica, |lines| lines.order) == ORDER_PRIORITY {
                    self.refuse_waiting(system, last.unwrap_or_default());
                    return Door::In;
                }
                Door::Refused
            }
            BLOCK => Door::Outside,
            most if (self.replicas[replica as usize].line.outside.len() as i64) < most => Door::Outside,
            _ => Door::Refused,
        }
    }

    fn within_rate(&mut self, system: &System, replica: u32) -> bool {
        let rate = f64::from_bits(self.line_param(system, replica, |lines| lines.rate) as u64);
        let burst = self.line_param(system, replica, |lines| lines.burst);
        self.replicas[replica as usize].line.bucket.lets_in(self.now, rate, burst)
    }

    fn within_concurrency(&self, system: &System, replica: u32) -> bool {
        let kind = self.line_param(system, replica, |lines| lines.concurrency);
        let state = &self.replicas[replica as usize];
        let in_hand = f64::from(state.busy) + state.queue.len() as f64;
        match kind {
            concurrency::NONE => true,
            fixed if fixed > 0 => in_hand < fixed as f64,
            kind => in_hand < state.line.learnt.limit(kind).trunc(),
        }
    }

    /// A replica has answered: what that took says how much it can have in hand.
    #[inline]
    pub(super) fn learn(&mut self, system: &System, replica: u32, took: u64, outcome: Outcome) {
        let kind = self.line_param(system, replica, |lines| lines.concurrency);
        if kind >= 0 {
            return;
        }
        let (now, state) = (self.now, &mut self.replicas[replica as usize]);
        let in_hand = state.busy + state.queue.len() as u32;
        match kind {
            concurrency::AIMD => state.line.learnt.aimd(in_hand, took, matches!(outcome, Outcome::Refused | Outcome::Unknown)),
            _ => state.line.learnt.gradient(now, in_hand, took),
        }
    }

    /// Puts an activation into the queue, where its order has it.
    pub(super) fn queue_up(&mut self, system: &System, replica: u32, act: u32) {
        let order = self.line_param(system, replica, |lines| lines.order);
        let shed = self.line_param(system, replica, |lines| lines.shed);
        let now = self.now;
        if self.replicas[replica as usize].queue.is_empty() {
            self.replicas[replica as usize].line.filled_since = now;
        }
        if shed == SHED_CONTROLLED {
            // Decided when it comes: with a queue that stands, no longer than the target.
            let stands = self.stands(system, replica);
            self.acts[act].hurried = stands;
        }
        let queue = &self.replicas[replica as usize].queue;
        let place = match order {
            ORDER_PRIORITY => {
                let priority = self.acts[act].priority;
                queue.partition_point(|other| self.acts[*other].priority <= priority)
            }
            _ => queue.len(),
        };
        self.replicas[replica as usize].queue.insert(place, act);
    }

    /// The queue has not been empty for an interval.
    fn stands(&self, system: &System, replica: u32) -> bool {
        let interval = self.line_param(system, replica, |lines| lines.interval) as u64;
        let state = &self.replicas[replica as usize];
        !state.queue.is_empty() && self.now - state.line.filled_since >= interval
    }

    /// Takes whoever is served next out of the queue.
    pub(super) fn next_in_line(&mut self, system: &System, replica: u32) -> Option<u32> {
        self.let_in(system, replica);
        let shed = self.line_param(system, replica, |lines| lines.shed);
        if shed == SHED_CODEL {
            let next = self.codel(system, replica);
            self.let_in(system, replica);
            return next;
        }
        let next = self.next_that_may_wait(system, replica, shed);
        self.let_in(system, replica);
        next
    }

    fn next_that_may_wait(&mut self, system: &System, replica: u32, shed: i64) -> Option<u32> {
        loop {
            let next = self.pop(system, replica)?;
            if shed != SHED_CONTROLLED {
                return Some(next);
            }
            let within = match self.acts[next].hurried {
                true => self.line_param(system, replica, |lines| lines.target),
                false => self.line_param(system, replica, |lines| lines.interval),
            };
            if self.now - self.acts[next].began <= within as u64 {
                return Some(next);
            }
            self.shed(system, next, false);
        }
    }

    fn pop(&mut self, system: &System, replica: u32) -> Option<u32> {
        let newest = match self.line_param(system, replica, |lines| lines.order) {
            ORDER_LIFO => true,
            ORDER_ADAPTIVE => self.stands(system, replica),
            _ => false,
        };
        let queue = &mut self.replicas[replica as usize].queue;
        if newest { queue.pop_back() } else { queue.pop_front() }
    }

    /// RFC 8289, 5.4 and 5.5, with requests in the place of packets.
    fn codel(&mut self, system: &System, replica: u32) -> Option<u32> {
        let target = self.line_param(system, replica, |lines| lines.target) as u64;
        let interval = self.line_param(system, replica, |lines| lines.interval) as u64;
        let now = self.now;
        let after = |from: u64, count: u32| from + (interval as f64 / libm::sqrt(f64::from(count.max(1)))) as u64;
        let (mut next, mut late) = self.look(system, replica, target, interval);
        if self.replicas[replica as usize].line.codel.dropping {
            if !late {
                self.replicas[replica as usize].line.codel.dropping = false;
            }
            while let (Some(act), true) = (next, self.drops(replica)) {
                self.shed(system, act, false);
                self.replicas[replica as usize].line.codel.count += 1;
                (next, late) = self.look(system, replica, target, interval);
                let codel = &mut self.replicas[replica as usize].line.codel;
                if late {
                    codel.drop_next = after(codel.drop_next, codel.count);
                } else {
                    codel.dropping = false;
                }
            }
        } else if let (Some(act), true) = (next, late) {
            self.shed(system, act, false);
            (next, _) = self.look(system, replica, target, interval);
            let codel = &mut self.replicas[replica as usize].line.codel;
            let delta = codel.count - codel.last_count;
            // Soon after the last time it goes on at about the rate that held then.
            let recent = now.saturating_sub(codel.drop_next) < 16 * interval;
            codel.count = if delta > 1 && recent { delta } else { 1 };
            codel.dropping = true;
            codel.drop_next = after(now, codel.count);
            codel.last_count = codel.count;
        }
        next
    }

    fn drops(&self, replica: u32) -> bool {
        let codel = &self.replicas[replica as usize].line.codel;
        codel.dropping && self.now >= codel.drop_next
    }

    /// The next, and whether waiting has been above the target for an interval.
    fn look(&mut self, system: &System, replica: u32, target: u64, interval: u64) -> (Option<u32>, bool) {
        let next = self.pop(system, replica);
        let waited = next.map_or(0, |act| self.now - self.acts[act].began);
        let (now, state) = (self.now, &mut self.replicas[replica as usize]);
        let codel = &mut state.line.codel;
        if next.is_none() || waited < target || state.queue.is_empty() {
            codel.first_above = 0;
            return (next, false);
        }
        if codel.first_above == 0 {
            codel.first_above = now + interval;
            return (next, false);
        }
        (next, now >= codel.first_above)
    }

    /// Refused after it has waited: certainly nothing of it was done. It is in no queue any more.
    fn shed(&mut self, system: &System, act: u32, put_out: bool) {
        self.acts[act].waits_in_queue = false;
        let Act { handler, case, caller, .. } = self.acts[act];
        let handler = HandlerId(handler);
        let service = system.handlers[handler.at()].service;
        self.tally.services[service.at()].turned_away += 1;
        self.telemetry.now.refused(service.0);
        self.beat_by(Who::act(self.acts.of(act)), case, Part::Service(service), || match put_out {
            true => Beat::PutOut { handler },
            false => Beat::WaitsTooLong { handler },
        });
        self.acts.free(act);
        self.answer_caller(system, caller, Outcome::Refused, super::state::NOBODY);
        self.release(case);
    }

    /// The last in the queue makes room for somebody who matters more.
    fn refuse_waiting(&mut self, system: &System, act: u32) {
        let replica = self.acts[act].replica;
        self.replicas[replica as usize].queue.pop_back();
        self.shed(system, act, true);
    }

    /// The queue has room: whoever waits outside comes in.
    fn let_in(&mut self, system: &System, replica: u32) {
        if self.replicas[replica as usize].line.outside.is_empty() {
            return;
        }
        let state = &self.replicas[replica as usize];
        let room = self.configs.get(state.config, system.services[state.service as usize].queue).max(1);
        let blocks = self.line_param(system, replica, |lines| lines.full) == BLOCK;
        while (self.replicas[replica as usize].queue.len() as i64) < room {
            let Some(act) = self.replicas[replica as usize].line.outside.pop_front() else { return };
            if blocks && !self.still_waits(self.acts[act].caller) {
                self.acts[act].waits_in_queue = false;
                let act = self.acts.of(act);
                self.drop_expired(system, act);
                continue;
            }
            self.queue_up(system, replica, act);
            let luck = self.acts[act].luck;
            self.patience(system, self.acts.of(act), luck);
        }
    }

    fn still_waits(&self, caller: Caller) -> bool {
        match caller {
            Caller::Flight { flight, attempt } => self.flights.get(flight).is_some_and(|waiting| waiting.attempt == attempt),
            _ => true,
        }
    }

    /// It leaves the queue, or the wait before it, unserved.
    pub(super) fn leave_line(&mut self, act: Ref) {
        let line = &mut self.replicas[self.acts[act.at].replica as usize];
        line.queue.retain(|waiting| *waiting != act.at);
        line.line.outside.retain(|waiting| *waiting != act.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    #[test]
    fn aimd_adds_one_and_takes_a_tenth() {
        let mut learnt = Learnt::default();
        assert_eq!(learnt.limit(concurrency::AIMD), 10.0);
        learnt.aimd(4, SECOND, false);
        assert_eq!(learnt.limit(concurrency::AIMD), 10.0, "less than half is used: it says nothing");
        learnt.aimd(5, SECOND, false);
        assert_eq!(learnt.limit(concurrency::AIMD), 11.0);
        learnt.aimd(5, SECOND, true);
        assert_eq!(learnt.limit(concurrency::AIMD), 9.0);
        learnt.aimd(5, 6 * SECOND, false);
        assert_eq!(learnt.limit(concurrency::AIMD), 8.0, "what takes more than five seconds is as good as lost");
        (0..100).for_each(|_| learnt.aimd(5, SECOND, true));
        assert_eq!(learnt.limit(concurrency::AIMD), 1.0);
    }

    /// Windows of a second with twenty answers each.
    fn windows(learnt: &mut Learnt, from: u64, count: u64, in_hand: u32, took: u64) {
        for window in from..from + count {
            (1..=20).for_each(|answer| learnt.gradient(window * 2 * SECOND + answer * SECOND / 10, in_hand, took));
        }
    }

    #[test]
    fn the_gradient_grows_while_answers_are_as_quick_as_ever_and_shrinks_when_they_are_slower() {
        let mut learnt = Learnt::default();
        windows(&mut learnt, 1, 20, 5, SECOND / 100);
        assert_eq!(learnt.limit(concurrency::GRADIENT), 20.0, "too little in hand to say anything");
        windows(&mut learnt, 21, 20, 100, SECOND / 100);
        let grown = learnt.limit(concurrency::GRADIENT);
        assert!(grown > 30.0 && grown <= 200.0, "{grown}");
        windows(&mut learnt, 41, 20, 100, SECOND / 10);
        let shrunk = learnt.limit(concurrency::GRADIENT);
        assert!((20.0..grown).contains(&shrunk), "{shrunk}");
    }
}
