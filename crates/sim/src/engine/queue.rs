//! The event queue: by time, and at one instant in the order of scheduling.
//!
//! A heap of four children a node: half the levels of a binary one, and a node's children share a cache line or two.
//! Timers stand apart. Those with one and the same delay come due in the order in which they were set, so they wait in
//! a row, and only the first of each row is in the heap: most find nobody when they come due, and none of them makes
//! the heap deeper while it waits.

use std::collections::VecDeque;

/// What happens; `a` and `b` are what its kind says, often a place and its generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    pub kind: Kind,
    pub a: u32,
    pub b: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// a: client, b: whether somebody comes.
    Arrive = 1,
    /// a, b: person.
    ClickAgain,
    /// a, b: activation whose work, wait or journal entry is done.
    Step,
    /// a: flight, b: attempt's stamp.
    TimeUp,
    TryAgain,
    /// a, b: provider's request.
    Effect,
    Answer,
    /// a, b: webhook.
    Hook,
    HookTimeUp,
    /// a, b: transaction.
    Commit,
    PoolTimeUp,
    /// a, b: activation that published directly.
    Published,
    /// a: group, b: partition.
    Deliver,
    /// a: group.
    Rebalance,
    Redrive,
    /// a, b: saga run.
    Resume,
    /// a: job.
    Job,
    /// a: job, b: its run.
    Relayed,
    Marked,
    /// a: replica, b: its life.
    Started,
    Restart,
    /// a: service, b: which replica is next.
    RollOut,
    Sample,
    /// a: alert.
    Alert,
    /// a: fault.
    FaultOn,
    /// a: fault, b: which of its times.
    FaultOff,
    /// a, b: window of an invariant.
    Deadline,
    /// a, b: ticket.
    Ticket,
    Handled,
    /// a, b: move under way.
    MoveStarts,
    MoveDone,
    /// a: alert, b: which of its times.
    Looks,
    /// a, b: activation that waits for a worker.
    QueueTimeUp,
    /// a, b: what is on its way over a link.
    Arrives,
    /// a: replica, b: its life.
    Ends,
    /// a, b: message in a queue.
    Visible,
    /// a, b: copy of a message in a consumer's hand.
    Unreadable,
    /// a, b: hedged call that has not been answered for a while.
    Hedge,
    /// a, b: person.
    ComesBack,
}

#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub at: u64,
    seq: u64,
    pub event: Event,
    row: u8,
}

impl Entry {
    #[inline]
    fn key(&self) -> u128 {
        u128::from(self.at) << 64 | u128::from(self.seq)
    }
}

#[derive(Debug, Clone, Default)]
pub struct Queue {
    heap: Vec<Entry>,
    seq: u64,
    rows: Vec<Row>,
}

/// Timers of one delay. The first is in the heap, the others are here.
#[derive(Debug, Clone)]
struct Row {
    delay: u64,
    in_heap: bool,
    waiting: VecDeque<Entry>,
}

/// Further delays go to the heap.
const ROWS_MAX: usize = 24;

const NO_ROW: u8 = u8::MAX;

const CHILDREN: usize = 4;

impl Queue {
    #[inline]
    pub fn push(&mut self, at: u64, kind: Kind, a: u32, b: u32) {
        let entry = Entry { at, seq: self.seq, event: Event { kind, a, b }, row: NO_ROW };
        self.seq += 1;
        self.sift(entry);
    }

    /// Sets a timer: an event `delay` after `now`. The same order as `push`, cheaper for delays that come often.
    #[inline]
    pub fn push_timer(&mut self, now: u64, delay: u64, kind: Kind, a: u32, b: u32) {
        let at = now.saturating_add(delay);
        let Some(row) = self.row(delay) else { return self.push(at, kind, a, b) };
        let entry = Entry { at, seq: self.seq, event: Event { kind, a, b }, row: row as u8 };
        self.seq += 1;
        let of = &mut self.rows[row];
        if of.in_heap {
            of.waiting.push_back(entry);
        } else {
            of.in_heap = true;
            self.sift(entry);
        }
    }

    fn row(&mut self, delay: u64) -> Option<usize> {
        if let Some(row) = self.rows.iter().position(|row| row.delay == delay) {
            return Some(row);
        }
        (self.rows.len() < ROWS_MAX).then(|| {
            self.rows.push(Row { delay, in_heap: false, waiting: VecDeque::new() });
            self.rows.len() - 1
        })
    }

    #[inline]
    fn sift(&mut self, entry: Entry) {
        let mut hole = self.heap.len();
        self.heap.push(entry);
        while hole > 0 {
            let parent = (hole - 1) / CHILDREN;
            if self.heap[parent].key() <= entry.key() {
                break;
            }
            self.heap[hole] = self.heap[parent];
            hole = parent;
        }
        self.heap[hole] = entry;
    }

    /// When the next event is.
    #[inline]
    pub fn next_at(&self) -> Option<u64> {
        self.heap.first().map(|entry| entry.at)
    }

    #[inline]
    pub fn pop(&mut self) -> Option<Entry> {
        let first = *self.heap.first()?;
        // The next of the row takes the place of the first.
        let next = self.rows.get_mut(first.row as usize).and_then(|row| {
            let next = row.waiting.pop_front();
            row.in_heap = next.is_some();
            next
        });
        let last = match next {
            Some(next) => next,
            None => self.heap.pop()?,
        };
        let count = self.heap.len();
        if count > 0 {
            let mut hole = 0;
            loop {
                let child = hole * CHILDREN + 1;
                if child >= count {
                    break;
                }
                let end = (child + CHILDREN).min(count);
                let mut least = child;
                let mut least_key = self.heap[child].key();
                for other in child + 1..end {
                    let key = self.heap[other].key();
                    if key < least_key {
                        least = other;
                        least_key = key;
                    }
                }
                if last.key() <= least_key {
                    break;
                }
                self.heap[hole] = self.heap[least];
                hole = least;
            }
            self.heap[hole] = last;
        }
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However events are pushed, they come by time, and at one instant in the order of pushing.
        #[test]
        fn events_come_in_order(pushes in prop::collection::vec((0u64..50, 0u64..6, any::<bool>(), 0usize..3), 1..300)) {
            let mut queue = Queue::default();
            let (mut now, mut expected, mut got) = (0, Vec::new(), Vec::new());
            for (number, &(delay, few, timer, pops)) in pushes.iter().enumerate() {
                let delay = if timer { few } else { delay };
                expected.push((now + delay, number as u32));
                if timer {
                    queue.push_timer(now, delay, Kind::Step, number as u32, 0);
                } else {
                    queue.push(now + delay, Kind::Step, number as u32, 0);
                }
                for _ in 0..pops {
                    if let Some(entry) = queue.pop() {
                        now = entry.at;
                        got.push((entry.at, entry.event.a));
                    }
                }
            }
            while let Some(entry) = queue.pop() {
                got.push((entry.at, entry.event.a));
            }
            prop_assert!(got.windows(2).all(|pair| pair[0].0 <= pair[1].0));
            // Two that were in the queue together come in the order of time and number.
            expected.sort_unstable();
            got.sort_unstable();
            prop_assert_eq!(got, expected);
        }

        /// Timers and plain events are one order.
        #[test]
        fn timers_change_nothing(pushes in prop::collection::vec((0u64..8, any::<bool>()), 1..200)) {
            let (mut mixed, mut plain) = (Queue::default(), Queue::default());
            for (number, &(delay, timer)) in pushes.iter().enumerate() {
                let number = number as u32;
                plain.push(delay, Kind::Step, number, 0);
                if timer { mixed.push_timer(0, delay, Kind::Step, number, 0) } else { mixed.push(delay, Kind::Step, number, 0) }
            }
            loop {
                let (a, b) = (mixed.pop(), plain.pop());
                prop_assert_eq!(a.map(|e| (e.at, e.event)), b.map(|e| (e.at, e.event)));
                if a.is_none() { break }
            }
        }
    }
}
