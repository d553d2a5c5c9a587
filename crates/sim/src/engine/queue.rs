//! The event queue: by time, and at one instant in the order of scheduling.
//!
//! ```text
//!   push ──▶ [ near: sorted, the next at its end ] ──▶ pop
//!      └───▶ [ far: a heap ] ──▶ the earliest few, whenever near is empty
//! ```
//!
//! What comes soon stands in a short sorted list: taking the next one is free, and putting one in moves a few neighbours,
//! which costs less than a heap's guesses from level to level. A small system never needs more. What comes later than
//! everything there waits in a heap of four children a node: half the levels of a binary one, and a node's children share a
//! cache line or two.
//!
//! Timers stand apart. Those with one and the same delay come due in the order in which they were set, so they wait in
//! a row; the next event is the first of the queue proper or of one of the rows. Most find nobody when they come due, and none
//! of them makes the queue longer while it waits.

use std::cell::Cell;

use super::arena::Ref;
use super::row::Row;

/// What happens; `a` and `b` are what its kind says, often a place and its generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    pub kind: Kind,
    pub a: u32,
    pub b: u32,
}

/// The kinds with their numbers, from 1; digests know them by these.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        const KINDS: &[Kind] = &[$(Kind::$kind,)*];
    };
}

kinds! {
    /// a: client, b: whether somebody comes.
    Arrive,
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
    /// a: replica, b: a place that batches and the round of its line.
    BatchDue,
    /// a, b: batch.
    Batched,
    /// a, b: hedged call that has not been answered for a while.
    Hedge,
    /// a: replica, b: its address.
    Lease,
    /// a: flight, b: attempt's stamp.
    NobodyThere,
    /// a: replica, b: its life and which probe.
    Probe,
    /// a: replica, b: its life.
    NotAlive,
    StandsStill,
    WakesUp,
    /// a: replica, b: the probe's stamp.
    ProbeTimeUp,
    /// a: service, b: number of its roll-out.
    Release,
    Gates,
    /// a: replica, b: its life.
    Memory,
    /// a: service that has an autoscaler.
    Collects,
    Scales,
    /// a: replica, b: credential or certificate that it loads.
    Loads,
    /// a: credential that somebody else uses.
    Misuse,
    /// a: credential, b: what comes of its rotation, and for which version.
    Secret,
    /// a, b: transaction whose statement is through, or that may have waited for a lock for too long.
    Statement,
    LockTimeUp,
    /// a, b: activation whose transaction is tried again.
    TransactAgain,
    /// a: migration, b: its stamp.
    Migration,
    /// a: store whose copy takes over.
    Promoted,
    /// a, b: record that goes on by itself.
    Turns,
    /// a: group, b: partition.
    PollUp,
    OffsetCommit,
    /// a, b: idempotency key that many share.
    KeyEnds,
    /// a, b: row that grows too old.
    RowEnds,
    /// a, b: person.
    ComesBack,
    /// a: service whose next roll-out has waited for its turn.
    NextRelease,
    /// a: alert, b: which of its times.
    LooksAgain,
}

/// An event with its time. 24 bytes, for they are moved about all the time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entry {
    pub at: u64,
    /// Its number among all events, and in the lowest byte its kind: no two have the same number.
    tag: u64,
    /// `a`, and above it `b`.
    of: u64,
}

impl Entry {
    #[inline]
    fn key(&self) -> u128 {
        u128::from(self.at) << 64 | u128::from(self.tag)
    }

    #[inline]
    pub fn event(&self) -> Event {
        Event { kind: KINDS[usize::from(self.tag as u8)], a: self.of as u32, b: (self.of >> 32) as u32 }
    }

    #[inline]
    pub fn is(&self, kind: Kind) -> bool {
        self.tag as u8 == kind as u8
    }

    /// Place and generation, of the kinds that have one.
    #[inline]
    pub fn of(&self) -> Ref {
        Ref { at: self.of as u32, generation: (self.of >> 32) as u32 }
    }

    /// Kind, `a` and `b` as digests know them.
    #[inline]
    pub fn word(&self) -> u64 {
        (u64::from(self.tag as u8) + 1) | self.of << 8
    }
}

#[derive(Debug, Clone)]
pub struct Queue {
    /// The first `count`, latest first; none is later than any of the heap.
    near: [Entry; NEAR_MAX + 1],
    count: usize,
    heap: Vec<Entry>,
    /// When the first of the heap is due.
    far: u64,
    seq: u64,
    /// Timers, by delay.
    delays: Vec<u64>,
    rows: Vec<Row<Entry>>,
    /// Of the first of each row, `NEVER` where it is empty; the least of them, and in which row it is.
    heads: Vec<u128>,
    first: u128,
    first_row: usize,
}

impl Default for Queue {
    fn default() -> Queue {
        Queue {
            near: [Entry::default(); NEAR_MAX + 1],
            count: 0,
            heap: Vec::new(),
            far: u64::MAX,
            seq: 0,
            delays: Vec::new(),
            rows: Vec::new(),
            heads: Vec::new(),
            first: NEVER,
            first_row: 0,
        }
    }
}

/// Later than any event's key.
const NEVER: u128 = u128::MAX;

/// Further delays go to the queue proper, timer by timer.
const ROWS_MAX: usize = 24;

const CHILDREN: usize = 4;

/// So many stand in the sorted list at most; beyond that, the latest of them go to the heap.
const NEAR_MAX: usize = 32;
const SPILL: usize = 8;

/// So many come from the heap at once.
const REFILL: usize = 16;

impl Queue {
    #[inline]
    fn tag(&mut self, kind: Kind) -> u64 {
        self.seq += 1;
        self.seq << 8 | kind as u64
    }

    #[inline]
    pub fn push(&mut self, at: u64, kind: Kind, a: u32, b: u32) {
        let tag = self.tag(kind);
        self.put(at, tag, u64::from(a) | u64::from(b) << 32);
    }

    /// Sets a timer: an event `delay` after `now`. The same order as `push`, cheaper for delays that come often.
    #[inline]
    pub fn push_timer(&mut self, now: u64, delay: u64, kind: Kind, a: u32, b: u32) {
        let (at, tag, of) = (now.saturating_add(delay), self.tag(kind), u64::from(a) | u64::from(b) << 32);
        let Some(row) = self.row(delay) else { return self.put(at, tag, of) };
        let entry = Entry { at, tag, of };
        if self.heads[row] == NEVER {
            self.heads[row] = entry.key();
            self.find_first();
        }
        self.rows[row].push(entry);
    }

    #[inline]
    fn row(&mut self, delay: u64) -> Option<usize> {
        self.delays.iter().position(|of| *of == delay).or_else(|| self.new_row(delay))
    }

    #[cold]
    fn new_row(&mut self, delay: u64) -> Option<usize> {
        (self.rows.len() < ROWS_MAX).then(|| {
            self.delays.push(delay);
            self.rows.push(Row::default());
            self.heads.push(NEVER);
            self.rows.len() - 1
        })
    }

    #[inline]
    fn find_first(&mut self) {
        (self.first, self.first_row) = (NEVER, 0);
        for (row, head) in self.heads.iter().enumerate() {
            if *head < self.first {
                (self.first, self.first_row) = (*head, row);
            }
        }
    }

    /// Takes an entry in pieces, which stay in registers. It is the youngest: of those at its instant it is the last, so
    /// times alone are compared.
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn put(&mut self, at: u64, tag: u64, of: u64) {
        if at >= self.far {
            return self.put_far(at, tag, of);
        }
        let count = self.count;
        let near = Cell::from_mut(&mut self.near[..=count]).as_slice_of_cells();
        let mut hole = &near[count];
        for before in near[..count].iter().rev() {
            if before.get().at > at {
                break;
            }
            hole.set(before.get());
            hole = before;
        }
        hole.set(Entry { at, tag, of });
        self.count = count + 1;
        if self.count > NEAR_MAX {
            self.spill();
        }
    }

    #[inline(never)]
    fn put_far(&mut self, at: u64, tag: u64, of: u64) {
        self.sift_up(Entry { at, tag, of });
    }

    /// The latest of those near go to the heap.
    #[inline(never)]
    fn spill(&mut self) {
        for at in 0..SPILL {
            self.sift_up(self.near[at]);
        }
        self.near.copy_within(SPILL..self.count, 0);
        self.count -= SPILL;
    }

    /// Near is empty: the earliest of the heap come.
    #[inline(never)]
    fn refill(&mut self) {
        self.count = REFILL.min(self.heap.len());
        for place in (0..self.count).rev() {
            self.near[place] = self.heap[0];
            if let Some(last) = self.heap.pop().filter(|_| !self.heap.is_empty()) {
                self.sift_down(last);
            }
        }
        self.far = self.heap.first().map_or(u64::MAX, |first| first.at);
    }

    #[inline]
    fn sift_up(&mut self, entry: Entry) {
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
        self.far = self.heap[0].at;
    }

    /// Puts it where the first was.
    #[inline]
    fn sift_down(&mut self, entry: Entry) {
        let count = self.heap.len();
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
            if entry.key() <= least_key {
                break;
            }
            self.heap[hole] = self.heap[least];
            hole = least;
        }
        self.heap[hole] = entry;
    }

    /// The next event, unless it is later.
    #[inline]
    pub fn pop_until(&mut self, to: u64) -> Option<Entry> {
        if self.count == 0 {
            if self.heap.is_empty() {
                return self.pop_timer(to);
            }
            self.refill();
        }
        let next = self.near[self.count - 1];
        if next.key() > self.first {
            return self.pop_timer(to);
        }
        if next.at > to {
            return None;
        }
        self.count -= 1;
        Some(next)
    }

    fn pop_timer(&mut self, to: u64) -> Option<Entry> {
        if (self.first >> 64) as u64 > to {
            return None;
        }
        let row = self.rows.get_mut(self.first_row)?;
        let timer = row.pop();
        self.heads[self.first_row] = row.first().map_or(NEVER, |next| next.key());
        self.find_first();
        timer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Queue {
        fn pop(&mut self) -> Option<Entry> {
            self.pop_until(u64::MAX)
        }
    }

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
                        got.push((entry.at, entry.of as u32));
                    }
                }
            }
            while let Some(entry) = queue.pop() {
                got.push((entry.at, entry.of as u32));
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
                prop_assert_eq!(a.map(|e| (e.at, e.event())), b.map(|e| (e.at, e.event())));
                if a.is_none() { break }
            }
        }
    }
}
