//! A copy of a store that follows it: reads that are behind, and what is gone when it takes over.
//!
//! The copy gets each commit after a time of its own and applies them one after the other, so that it falls behind when
//! more is written than it can apply. What it has received counts as safe; what it has applied is what reads of it see
//! (PostgreSQL docs, streaming replication: pg_stat_replication's flush_lag and replay_lag). Two that both take themselves for
//! the first are out of scope: the old one is fenced off.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw};
use super::config::WORLD;
use super::moves::Hindrance;
use super::past::{Change, Was};
use super::queue::Kind;
use crate::expr::Shelf;
use crate::system::{Statement, StoreId, System, TxDef};

pub(super) fn writes(tx: &TxDef) -> bool {
    tx.statements.iter().any(|statement| !matches!(statement, Statement::Read { lock: false, .. } | Statement::Steps))
}

impl World {
    /// When a commit of this instant is safe with the copy, and when its reads see it.
    pub(super) fn arrives_at_copy(&mut self, system: &System, act: Ref, tx: &TxDef) -> Option<(u64, u64)> {
        let copy = system.stores[tx.store.at()].copy?;
        let luck = self.luck_of_try(act);
        let on_way = self.duration(system, self.configs.get(WORLD, copy.delay), draw(luck, tx.step.0, Purpose::Replication));
        let applies = self.duration(system, self.configs.get(WORLD, copy.applies), draw(luck, tx.step.0, Purpose::Applies));
        let synchronous = self.configs.get(WORLD, copy.synchronous) != 0;
        let past = &mut self.stores[tx.store.at()].past;
        let arrived = if synchronous { self.now } else { self.now + on_way };
        // In the order of commits, over one connection.
        past.safe_at = past.safe_at.max(arrived);
        past.applied_at = past.applied_at.max(past.safe_at) + applies;
        Some((past.safe_at, past.applied_at))
    }

    /// A commit that waits until the copy has it.
    pub(super) fn waits_for_copy(&self, system: &System, act: Ref, tx: &TxDef) -> u64 {
        match system.stores[tx.store.at()].copy {
            Some(copy) if self.configs.get(WORLD, copy.synchronous) != 0 && writes(tx) => {
                let bits = draw(self.luck_of_try(act), tx.step.0, Purpose::Replication);
                self.duration(system, self.configs.get(WORLD, copy.delay), bits)
            }
            _ => 0,
        }
    }

    /// Whether a transaction goes to the copy.
    pub(super) fn asks_the_copy(&self, system: &System, act: Ref, tx: &TxDef) -> bool {
        tx.reads_from.is_some_and(|from| system.stores[tx.store.at()].copy.is_some() && self.param(act.at, from) != 0)
    }

    /// The copy takes over. A store that works is switched in good order; of one that has failed, what had not arrived is lost.
    pub(super) fn fail_over(&mut self, system: &System, store: StoreId, in_order: bool, by: Option<Ref>) {
        let Some(copy) = system.stores[store.at()].copy else {
            return;
        };
        if self.stores[store.at()].promotes {
            if let Some(by) = by {
                self.part_of_move(by, Err(Hindrance::JobCannotRun));
            }
            return;
        }
        let was_down = self.stores[store.at()].down;
        if !was_down {
            self.store_fails(system, store.0);
        }
        if was_down || !in_order {
            self.lose_tail(system, store);
        }
        self.stores[store.at()].promotes = true;
        self.stores[store.at()].asked_by = by;
        if let Some(by) = by {
            self.move_waits(by, 1);
        }
        let bits = draw(self.setup.seed ^ self.now, store.0, Purpose::Replication);
        let takes = self.duration(system, self.configs.get(WORLD, copy.promotes), bits);
        self.note(24 << 40, store.0.into());
        self.queue.push(self.now + takes, Kind::Promoted, store.0.into(), 0);
    }

    pub(super) fn promoted(&mut self, store: u32) {
        let state = &mut self.stores[store as usize];
        (state.promotes, state.down) = (false, false);
        // It has applied all that it had received.
        let now = self.now;
        (state.past.applied_at, state.past.safe_at) = (now, now);
        state.past.all_is_copied(now);
        if let Some(by) = state.asked_by.take() {
            self.part_done(by, Ok(()));
        }
    }

    /// What was committed and had not arrived at the copy when the store failed.
    fn lose_tail(&mut self, system: &System, store: StoreId) {
        let failed_at = self.stores[store.at()].failed_at;
        let mut since = None;
        while let Some(change) = self.stores[store.at()].past.take_youngest_after(failed_at) {
            since = Some(change.at);
            self.undo(system, &change);
        }
        let Some(since) = since else { return };
        self.forget_unmatched();
        self.relays_lose(system, store);
        while self.stores[store.at()].outbox.back().is_some_and(|outgoing| outgoing.born >= since) {
            if let Some(outgoing) = self.stores[store.at()].outbox.pop_back() {
                self.release(outgoing.case);
            }
        }
    }

    fn undo(&mut self, system: &System, change: &Change) {
        let Change { table, row, life, was, .. } = *change;
        let shelf = Shelf::Table(table);
        let about = *self.vault.about(shelf, row);
        if about.life != life {
            // Given back meanwhile, with its arrival.
            return;
        }
        self.note(u64::from(table.0) << 32 | 1 << 30, row.into());
        match was {
            Was::NotThere => self.vault.drop_row(system, table, row),
            Was::Moved(state) => self.vault.set_state(shelf, row, state),
            Was::Field(field, value) => self.vault.set_row_field(system, table, row, field, value),
        }
        self.touched(system, about.case, shelf);
    }

    /// A full disk takes nothing new.
    pub(super) fn is_full(&self, system: &System, store: StoreId) -> bool {
        self.configs.get(WORLD, system.stores[store.at()].full) != 0
    }
}
