//! The event queue: by time, and at one instant in the order of scheduling.
//!
//! A heap of four children a node: half the levels of a binary one, and a node's children share a cache line or two.

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
    /// a: client.
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
    FaultOff,
    /// a, b: window of an invariant.
    Deadline,
    /// a, b: ticket.
    Ticket,
    Handled,
    /// a, b: move under way.
    MoveStarts,
    MoveDone,
}

#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub at: u64,
    seq: u64,
    pub event: Event,
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
}

const CHILDREN: usize = 4;

impl Queue {
    #[inline]
    pub fn push(&mut self, at: u64, kind: Kind, a: u32, b: u32) {
        let entry = Entry { at, seq: self.seq, event: Event { kind, a, b } };
        self.seq += 1;
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
        let last = self.heap.pop()?;
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
