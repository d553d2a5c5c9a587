//! What was true before: an undo log of what transactions have changed, kept for as long as a snapshot or a copy that is
//! behind may ask for it. A store of which nobody asks keeps nothing.

use std::collections::{BTreeMap, VecDeque};

use smallvec::SmallVec;

use super::World;
use super::arena::Ref;
use super::commit::Done;
use super::config::WORLD;
use super::state::Tx;
use crate::expr::Shelf;
use crate::system::{
    AS_THE_STORE, Exists, Find, READ_COMMITTED, Statement, StoreId, System, TableId, TxDef,
};

/// A change, and what it takes to see behind it.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// The number of its commit in the store.
    pub commit: u64,
    pub at: u64,
    /// When the copy has received it, and when reads of the copy see it.
    pub safe_at: u64,
    pub copied_at: u64,
    pub table: TableId,
    pub row: u32,
    /// The row's life; another row may stand at its place by now.
    pub life: u32,
    /// The number of the change of the same row before this one, plus one; 0 is none.
    before: u64,
    pub was: Was,
}

#[derive(Debug, Clone, Copy)]
pub enum Was {
    NotThere,
    /// In another state.
    Moved(u8),
    Field(u8, i64),
}

#[derive(Debug, Clone, Default)]
pub struct Past {
    /// Commits so far.
    pub commits: u64,
    pub changes: VecDeque<Change>,
    /// The number of the first change that is kept.
    first: u64,
    /// By table of the system and row: the number of its last change, plus one.
    latest: Vec<Vec<u64>>,
    /// Snapshots that are open, and how many transactions look through each.
    snapshots: BTreeMap<u64, u32>,
    /// The last commit's: the copy gets them in order.
    pub safe_at: u64,
    pub applied_at: u64,
}

impl Past {
    fn open(&mut self) -> u64 {
        *self.snapshots.entry(self.commits).or_default() += 1;
        self.commits
    }

    pub fn close(&mut self, snapshot: u64) {
        if let Some(count) = self.snapshots.get_mut(&snapshot) {
            *count -= 1;
            if *count == 0 {
                self.snapshots.remove(&snapshot);
            }
        }
    }

    fn add(&mut self, mut change: Change) {
        if self.latest.len() <= change.table.at() {
            self.latest.resize_with(change.table.at() + 1, Vec::new);
        }
        let rows = &mut self.latest[change.table.at()];
        if rows.len() <= change.row as usize {
            rows.resize(change.row as usize + 1, 0);
        }
        let last = &mut rows[change.row as usize];
        change.before = *last;
        *last = self.first + self.changes.len() as u64 + 1;
        self.changes.push_back(change);
    }

    /// Forgets what nobody can ask for any more.
    fn trim(&mut self, now: u64) {
        let oldest = self.snapshots.keys().next().copied().unwrap_or(u64::MAX);
        while self.changes.front().is_some_and(|change| change.copied_at <= now && change.commit <= oldest) {
            self.changes.pop_front();
            self.first += 1;
        }
    }

    /// The changes of a row, youngest first.
    fn of(&self, table: TableId, row: u32, life: u32) -> impl Iterator<Item = &Change> {
        let last = self.latest.get(table.at()).and_then(|rows| rows.get(row as usize)).copied().unwrap_or(0);
        let find = move |number: u64| {
            let at = number.checked_sub(1)?.checked_sub(self.first)?;
            self.changes.get(at as usize).filter(|change| change.life == life)
        };
        std::iter::successors(find(last), move |change| find(change.before))
    }

    pub fn snapshots_open(&self) -> u32 {
        self.snapshots.values().sum()
    }

    /// Takes out the youngest change, if the copy had not received it by then.
    pub fn take_youngest_after(&mut self, then: u64) -> Option<Change> {
        let change = self.changes.pop_back_if(|change| change.safe_at > then)?;
        self.latest[change.table.at()][change.row as usize] = change.before;
        Some(change)
    }

    pub fn all_is_copied(&mut self, now: u64) {
        self.changes.iter_mut().for_each(|change| (change.safe_at, change.copied_at) = (change.safe_at.min(now), change.copied_at.min(now)));
    }
}

impl World {
    /// A transaction begins: what it may see.
    pub(super) fn isolate(&mut self, system: &System, of: Ref) {
        let Tx { act, def, .. } = self.txs[of.at];
        let tx = &system.txs[def.at()];
        let store = &system.stores[tx.store.at()];
        if self.asks_the_copy(system, act, tx) {
            self.txs[of.at].from_copy = true;
            return;
        }
        let own = self.param(act.at, tx.isolation);
        let level = if own == AS_THE_STORE { self.configs.get(WORLD, store.isolation) } else { own };
        self.txs[of.at].level = level as u8;
        if level != READ_COMMITTED {
            self.txs[of.at].snapshot = Some(self.stores[tx.store.at()].past.open());
        }
    }

    /// A transaction has been committed: what it changed can be looked behind from now on.
    pub(super) fn remember(&mut self, system: &System, act: Ref, tx: &TxDef, done: &[Done]) {
        let now = self.now;
        let copied = if done.is_empty() { None } else { self.arrives_at_copy(system, act, tx) };
        let (safe_at, copied_at) = copied.unwrap_or((now, now));
        let past = &mut self.stores[tx.store.at()].past;
        past.commits += 1;
        if past.snapshots.is_empty() && past.changes.is_empty() && copied.is_none() {
            return;
        }
        for done in done {
            let (table, row, was) = match *done {
                Done::Inserted(table, row) => (table, row, Was::NotThere),
                Done::Moved(table, row, state) => (table, row, Was::Moved(state)),
                Done::Set(table, row, field, value) => (table, row, Was::Field(field, value)),
                Done::Stored => continue,
            };
            let life = self.vault.about(Shelf::Table(table), row).life;
            past.add(Change { commit: past.commits, at: now, safe_at, copied_at, table, row, life, before: 0, was });
        }
        past.trim(now);
    }

    fn newer<'w>(&'w self, system: &System, of: Ref, table: TableId, row: u32) -> SmallVec<[&'w Change; 2]> {
        let Tx { def, snapshot, from_copy, .. } = self.txs[of.at];
        if snapshot.is_none() && !from_copy {
            return SmallVec::new();
        }
        let now = self.now;
        let life = self.vault.about(Shelf::Table(table), row).life;
        let past = &self.stores[system.txs[def.at()].store.at()].past;
        past.of(table, row, life).take_while(|change| match snapshot {
            _ if from_copy => change.copied_at > now,
            Some(snapshot) => change.commit > snapshot,
            None => false,
        })
        .collect()
    }

    /// Whether the transaction's snapshot has the row.
    pub(super) fn sees(&self, system: &System, of: Ref, table: TableId, row: u32) -> bool {
        !self.newer(system, of, table, row).iter().any(|change| matches!(change.was, Was::NotThere))
    }

    pub(super) fn field_seen(&self, system: &System, of: Ref, table: TableId, row: u32, field: u8) -> i64 {
        let newer = self.newer(system, of, table, row);
        let was = newer.iter().rev().find_map(|change| match change.was {
            Was::Field(of, value) if of == field => Some(value),
            _ => None,
        });
        was.unwrap_or_else(|| self.vault.field(Shelf::Table(table), row, field))
    }

    /// First updater wins: whether the row that a statement has just locked was changed after the snapshot.
    pub(super) fn is_overtaken(&mut self, system: &System, of: Ref, statement: &Statement) -> bool {
        let Tx { act, snapshot: Some(_), .. } = self.txs[of.at] else {
            return false;
        };
        let found = |world: &mut World, find: &Find| world.row(system, act, find).map(|row| (find.table, row));
        let row = match statement {
            Statement::Move { find, .. } | Statement::Update { find, .. } | Statement::Read { find, lock: true, .. } => found(self, find),
            // What is there and cannot be seen is nothing to go on with; a plain duplicate is one in any case.
            Statement::Insert(insert) if insert.exists != Exists::Fail => {
                self.row_in_the_way(system, act, insert).map(|row| (insert.table, row))
            }
            _ => None,
        };
        row.is_some_and(|(table, row)| !self.newer(system, of, table, row).is_empty())
    }

    pub(super) fn snapshots_are_accounted_for(&self, system: &System) -> Result<(), String> {
        for (at, state) in self.stores.iter().enumerate() {
            let mine = |tx: &Tx| system.txs[tx.def.at()].store == StoreId(at as u16) && tx.snapshot.is_some();
            let open = self.txs.live().filter(|(_, tx)| mine(tx)).count() as u32;
            if open != state.past.snapshots_open() {
                let name = &system.stores[at].name;
                return Err(format!("{name}: {} snapshots are open, {open} transactions look through one", state.past.snapshots_open()));
            }
        }
        Ok(())
    }
}
