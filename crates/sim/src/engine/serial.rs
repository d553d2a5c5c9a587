//! Serializable transactions: a snapshot, and an abort where a dangerous structure could make the order of commits none that one
//! after the other could have had (Cahill, Röhm, Fekete, Serializable Isolation for Snapshot Databases, SIGMOD 2008; Ports,
//! Grittner, Serializable Snapshot Isolation in PostgreSQL, VLDB 2012).
//!
//! One depends on another when it has read what the other, at the same time, writes. Two such in a row, of which the last
//! commits first, are dangerous; the one in the middle is aborted. Modelled are rows that are looked up by their keys, there or not;
//! ranges are not, nor what transactions of lower levels read.

use smallvec::SmallVec;

use super::World;
use super::arena::Ref;
use super::state::{Fate, Tx};
use crate::system::{Statement, StoreId, System};

/// A serializable transaction that is under way, or that one under way overlapped.
#[derive(Debug, Clone)]
pub struct Serial {
    number: u64,
    of: Ref,
    snapshot: u64,
    committed: Option<u64>,
    reads: SmallVec<[u64; 4]>,
    writes: SmallVec<[u64; 4]>,
    /// Those that write what it has read, and those that have read what it writes.
    out: SmallVec<[u64; 2]>,
    into: SmallVec<[u64; 2]>,
}

#[derive(Debug, Clone, Default)]
pub struct Serials {
    list: Vec<Serial>,
    last: u64,
}

impl Serials {
    fn get(&self, number: u64) -> Option<&Serial> {
        self.list.iter().find(|serial| serial.number == number)
    }

    /// Those under way.
    pub fn open(&self) -> usize {
        self.list.iter().filter(|serial| serial.committed.is_none()).count()
    }

    /// Forgets those that nobody who is under way overlaps.
    fn clean(&mut self) {
        let oldest = self.list.iter().filter(|serial| serial.committed.is_none()).map(|serial| serial.snapshot).min();
        self.list.retain(|serial| serial.committed.is_none_or(|at| oldest.is_some_and(|oldest| at > oldest)));
    }

    /// `reader` has read what `writer` writes: which of them, or of those behind, has to go for that.
    fn depends(&mut self, reader: u64, writer: u64, current: u64) -> Option<u64> {
        for serial in &mut self.list {
            if serial.number == reader && !serial.out.contains(&writer) {
                serial.out.push(writer);
            }
            if serial.number == writer && !serial.into.contains(&reader) {
                serial.into.push(reader);
            }
        }
        let (r, w) = (self.get(reader)?, self.get(writer)?);
        let last_is_first = |last: &Serial| {
            last.committed.is_some_and(|at| {
                w.committed.is_none_or(|w| at < w) && (last.number == reader || r.committed.is_none_or(|r| at <= r))
            })
        };
        let through_writer = w.out.iter().filter_map(|&number| self.get(number)).any(last_is_first);
        let through_reader = w.committed.is_some_and(|at| {
            let later = |first: &Serial| first.committed.is_none_or(|first| first > at);
            r.into.iter().filter_map(|&number| self.get(number)).any(later)
        });
        let pivot = if through_writer { w } else if through_reader { r } else { return None };
        Some(if pivot.committed.is_none() { pivot.number } else { current })
    }
}

impl World {
    pub(super) fn serial_begins(&mut self, store: StoreId, of: Ref, snapshot: u64) {
        let serials = &mut self.stores[store.at()].serials;
        serials.last += 1;
        let none = SmallVec::new;
        let number = serials.last;
        serials.list.push(Serial { number, of, snapshot, committed: None, reads: none(), writes: none(), out: SmallVec::new(), into: SmallVec::new() });
        self.txs[of.at].serial = number;
    }

    /// A statement reads or writes: whoever at the same time does the other of it depends.
    pub(super) fn serial_statement(&mut self, system: &System, of: Ref, statement: &Statement) {
        let Tx { act, def, serial: own, .. } = self.txs[of.at];
        let store = system.txs[def.at()].store;
        let mut keys = SmallVec::new();
        let reads = match statement {
            Statement::Read { find, lock: false, .. } => {
                let value = self.fill(system, act.at, find.value, None);
                keys.push(self.lock_of_row(system, act.at, find, value));
                true
            }
            _ => {
                self.locks_of(system, act.at, statement, &mut keys);
                false
            }
        };
        let serials = &mut self.stores[store.at()].serials;
        let Some(snapshot) = serials.get(own).map(|serial| serial.snapshot) else { return };
        for key in keys {
            if let Some(serial) = serials.list.iter_mut().find(|serial| serial.number == own) {
                if reads { serial.reads.push(key) } else { serial.writes.push(key) }
            }
            let at_once = |other: &&Serial| other.number != own && other.committed.is_none_or(|at| at > snapshot);
            let touches = |other: &&Serial| if reads { other.writes.contains(&key) } else { other.reads.contains(&key) };
            let others: Vec<u64> = serials.list.iter().filter(at_once).filter(touches).map(|other| other.number).collect();
            for other in others {
                let (reader, writer) = if reads { (own, other) } else { (other, own) };
                let victim = serials.depends(reader, writer, own).and_then(|number| serials.get(number)).map(|serial| serial.of);
                if let Some(victim) = victim.filter(|&victim| self.txs.is(victim)) {
                    self.txs[victim.at].fate = Fate::Conflict;
                }
            }
        }
    }

    /// It commits, the first of those that depend on each other: who stands in the middle has to go.
    pub(super) fn serial_commits(&mut self, store: StoreId, of: Ref) {
        let number = self.txs[of.at].serial;
        let serials = &mut self.stores[store.at()].serials;
        let Some(own) = serials.get(number) else { return };
        let open = |number: u64| serials.get(number).filter(|serial| serial.committed.is_none());
        let dangerous = |serial: &&Serial| serial.into.iter().any(|&first| first == number || open(first).is_some());
        let middle: Vec<Ref> = own.into.iter().filter_map(|&reader| open(reader)).filter(dangerous).map(|serial| serial.of).collect();
        let commits = self.stores[store.at()].past.commits;
        if let Some(own) = self.stores[store.at()].serials.list.iter_mut().find(|serial| serial.number == number) {
            own.committed = Some(commits);
        }
        for victim in middle {
            if victim != of && self.txs.is(victim) {
                self.txs[victim.at].fate = Fate::Conflict;
            }
        }
    }

    pub(super) fn serial_ends(&mut self, store: StoreId, of: Ref) {
        let number = self.txs[of.at].serial;
        let serials = &mut self.stores[store.at()].serials;
        serials.list.retain(|serial| serial.number != number || serial.committed.is_some());
        serials.clean();
    }
}
