//! Migrations: tables change while others use them. Whoever uses a table that some migration changes goes through its
//! gate; a change waits until those inside have committed, and everybody who comes later waits behind it (PostgreSQL docs,
//! Explicit Locking: a lock that is asked for conflicts with those that are granted and those that are waited for).

use std::collections::VecDeque;

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, mix};
use super::config::WORLD;
use super::moves::Hindrance;
use super::queue::Kind;
use super::state::{Fate, Tx, TxStage};
use crate::expr::Shelf;
use crate::system::{Alter, FaultEffect, Keeps, MigrationId, Statement, StoreId, System, TableId};

#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// By place in `System::gated`.
    gates: Vec<Gate>,
    migrations: Vec<MigrationState>,
}

#[derive(Debug, Clone, Default)]
struct Gate {
    readers: u32,
    writers: u32,
    held_by: Option<(u16, Keeps)>,
    waiting: VecDeque<Waiting>,
    /// Columns, as bits.
    absent: u64,
    required: u64,
    dropped: bool,
}

#[derive(Debug, Clone, Copy)]
enum Waiting {
    Tx { of: Ref, writes: bool },
    Change { migration: u16, stamp: u32, keeps: Keeps },
}

#[derive(Debug, Clone, Copy, Default)]
struct MigrationState {
    phase: Phase,
    change: u16,
    tries: u32,
    /// Tells its timers from those of an earlier phase.
    stamp: u32,
    by: Option<Ref>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Phase {
    #[default]
    Idle,
    WaitsForLock,
    Pauses,
    Works,
}

/// How far a statement gets.
pub enum Passage {
    Inside,
    Waits,
    /// The table or a column is not what the statement takes it for.
    Broken,
}

impl Gate {
    /// Whether a transaction may go in beside those who are inside; who waits already is not asked here.
    fn admits(&self, writes: bool) -> bool {
        match self.held_by {
            None => true,
            Some((_, keeps)) => keeps == Keeps::Writers && !writes || keeps == Keeps::Nobody,
        }
    }

    fn is_free_for(&self, keeps: Keeps) -> bool {
        self.held_by.is_none() && self.writers == 0 && (keeps == Keeps::Writers || self.readers == 0)
    }
}

fn writes(statement: &Statement) -> bool {
    !matches!(statement, Statement::Read { .. })
}

pub(super) fn table_of(statement: &Statement) -> Option<TableId> {
    match statement {
        Statement::Insert(insert) => Some(insert.table),
        Statement::Move { find, .. } | Statement::Update { find, .. } | Statement::Read { find, .. } => Some(find.table),
        Statement::Publish(_) | Statement::Steps => None,
    }
}

/// Whether a fault brings the migration, so that it does not come by itself.
fn comes_with_a_fault(system: &System, at: usize) -> bool {
    let brings = |effect: &FaultEffect| matches!(effect, FaultEffect::Migrate(of) if of.at() == at);
    system.faults.iter().any(|fault| fault.effects.iter().any(brings))
}

impl World {
    pub(super) fn start_schema(&mut self, system: &System) {
        self.schema.gates = vec![Gate::default(); system.gated.len()];
        self.schema.migrations = vec![MigrationState::default(); system.migrations.len()];
        // What some migration brings is not there before it.
        let mut seen = vec![0u64; system.gated.len()];
        for change in system.migrations.iter().flat_map(|migration| &migration.changes) {
            let Ok(gate) = system.gated.binary_search(&change.table) else { continue };
            let (brings, other) = match change.does {
                Alter::Add(field) => (Some(field), None),
                Alter::Rename(from, to) => (Some(to), Some(from)),
                Alter::Drop(field) | Alter::Require(field) => (None, Some(field)),
                Alter::Copy(from, to) => (None, Some(from).or(Some(to))),
                Alter::Index | Alter::IndexConcurrently | Alter::DropTable => (None, None),
            };
            if let Some(field) = brings.filter(|&field| seen[gate] & bit(field) == 0) {
                self.schema.gates[gate].absent |= bit(field);
            }
            seen[gate] |= brings.map_or(0, bit) | other.map_or(0, bit);
        }
        for (at, migration) in system.migrations.iter().enumerate() {
            if self.configs.get(WORLD, migration.applied) != 0 {
                for change in &migration.changes {
                    self.alter(system, change.table, change.does);
                }
                continue;
            }
            let when = self.configs.get(WORLD, migration.at) as u64;
            if when > 0 && !comes_with_a_fault(system, at) {
                // Stamp 0 is that of a migration that has never run.
                self.queue.push(system.clock.warm_up + when, Kind::Migration, at as u32, 0);
            }
        }
    }

    /// A statement's turn has come, and its table has a gate.
    pub(super) fn pass_gate(&mut self, system: &System, of: Ref, at: u16) -> Passage {
        let def = &system.txs[self.txs[of.at].def.at()];
        let statement = &def.statements[at as usize];
        let Some(number) = table_of(statement).and_then(|table| system.gated.binary_search(&table).ok()) else {
            return Passage::Inside;
        };
        let writes = writes(statement);
        let inside = self.txs[of.at].inside.iter().position(|&(gate, _)| usize::from(gate) == number);
        let gate = &mut self.schema.gates[number];
        match inside {
            Some(place) if self.txs[of.at].inside[place].1 || !writes => {}
            // Whoever is inside goes before those who wait for it to leave.
            Some(place) if gate.admits(true) => {
                gate.readers -= 1;
                gate.writers += 1;
                self.txs[of.at].inside[place].1 = true;
            }
            None if gate.admits(writes) && gate.waiting.is_empty() => self.goes_in(of, number, writes),
            _ => {
                gate.waiting.push_back(Waiting::Tx { of, writes });
                self.txs[of.at].at_gate = Some(number as u8);
                if self.looks_at_once(system, of) && self.circle_through_gates(&[of], of) {
                    self.conflicts(of);
                    return Passage::Waits;
                }
                self.txs[of.at].stage = TxStage::WaitsForLock;
                self.patience_for_lock(system, of);
                return Passage::Waits;
            }
        }
        let gate = &self.schema.gates[number];
        let names = def.names.get(at as usize).copied().unwrap_or(0);
        let lacks = matches!(statement, Statement::Insert(_)) && gate.required & !names != 0;
        if gate.dropped || gate.absent & names != 0 || lacks { Passage::Broken } else { Passage::Inside }
    }

    fn goes_in(&mut self, of: Ref, gate: usize, writes: bool) {
        let state = &mut self.schema.gates[gate];
        if writes {
            state.writers += 1;
        } else {
            state.readers += 1;
        }
        self.txs[of.at].inside.push((gate as u8, writes));
    }

    /// A transaction ends: those whom it kept out may go in.
    pub(super) fn leave_gates(&mut self, system: &System, of: Ref) {
        let inside = std::mem::take(&mut self.txs[of.at].inside);
        let waited = self.txs[of.at].at_gate.take();
        for &(gate, writes) in &inside {
            let state = &mut self.schema.gates[gate as usize];
            if writes {
                state.writers -= 1;
            } else {
                state.readers -= 1;
            }
        }
        if let Some(gate) = waited {
            self.schema.gates[gate as usize].waiting.retain(|waiting| !matches!(waiting, Waiting::Tx { of: tx, .. } if *tx == of));
        }
        for gate in inside.iter().map(|&(gate, _)| gate).chain(waited) {
            self.wake_gate(system, gate as usize);
        }
    }

    /// Lets in whom nothing keeps out any more, in the order in which they came.
    fn wake_gate(&mut self, system: &System, number: usize) {
        while let Some(&next) = self.schema.gates[number].waiting.front() {
            match next {
                Waiting::Tx { of, writes } => {
                    if self.txs.is(of) {
                        if !self.schema.gates[number].admits(writes) {
                            return;
                        }
                        self.txs[of.at].at_gate = None;
                        match self.txs[of.at].inside.iter().position(|&(gate, _)| usize::from(gate) == number) {
                            Some(place) => {
                                self.txs[of.at].inside[place].1 = true;
                                self.schema.gates[number].readers -= 1;
                                self.schema.gates[number].writers += 1;
                            }
                            None => self.goes_in(of, number, writes),
                        }
                        self.granted.push(of);
                    }
                    self.schema.gates[number].waiting.pop_front();
                }
                Waiting::Change { migration, stamp, keeps } => {
                    let waits = self.schema.migrations[migration as usize];
                    if waits.stamp == stamp && waits.phase == Phase::WaitsForLock {
                        if !self.schema.gates[number].is_free_for(keeps) {
                            return;
                        }
                        self.schema.gates[number].waiting.pop_front();
                        self.has_lock(system, migration, number, keeps);
                    } else {
                        self.schema.gates[number].waiting.pop_front();
                    }
                }
            }
        }
    }

    /// Whether somebody who is waited for waits, in the end, for `of`: through rows and gates.
    pub(super) fn circle_through_gates(&self, from: &[Ref], of: Ref) -> bool {
        let mut todo: Vec<Ref> = from.iter().flat_map(|&tx| if tx == of { self.waited_for(tx) } else { vec![tx] }).collect();
        let mut seen: Vec<u32> = Vec::new();
        while let Some(tx) = todo.pop() {
            if tx == of {
                return true;
            }
            if self.txs.is(tx) && !seen.contains(&tx.at) {
                seen.push(tx.at);
                todo.extend(self.waited_for(tx));
            }
        }
        false
    }

    fn waited_for(&self, tx: Ref) -> Vec<Ref> {
        let Some(state) = self.txs.get(tx) else {
            return Vec::new();
        };
        if let Some(gate) = state.at_gate {
            // A change that works ends by itself; one that waits does so for all who are inside.
            let gate_state = &self.schema.gates[gate as usize];
            if gate_state.held_by.is_some() {
                return Vec::new();
            }
            let inside = |other: &Tx| other.inside.iter().any(|&(inside, _)| inside == gate);
            return self.txs.live().filter(|(_, other)| inside(other)).map(|(at, _)| self.txs.of(at)).collect();
        }
        if state.stage != TxStage::WaitsForLock {
            return Vec::new();
        }
        let holder = state.locks.get(state.next as usize).and_then(|&key| self.locks.holder(key));
        holder.filter(|&holder| holder != tx).into_iter().collect()
    }

    pub(super) fn has_gates(&self) -> bool {
        !self.schema.gates.is_empty()
    }

    /// Begins a migration: on its own, or because somebody asks for it.
    pub(super) fn migrate(&mut self, system: &System, migration: MigrationId, by: Option<Ref>) {
        let def = &system.migrations[migration.at()];
        let state = &mut self.schema.migrations[migration.at()];
        if state.phase != Phase::Idle || self.stores[def.store.at()].down {
            if let Some(by) = by {
                self.part_of_move(by, Err(Hindrance::JobCannotRun));
            }
            return;
        }
        // One that failed half-way goes on with what it could not do.
        if usize::from(state.change) >= def.changes.len() {
            state.change = 0;
        }
        (state.tries, state.by) = (0, by);
        let left = def.changes.len() as u32 - u32::from(state.change);
        if let Some(by) = by {
            self.move_waits(by, left);
        }
        self.note(21 << 40, migration.0.into());
        self.change_begins(system, migration.0);
    }

    /// Nothing of it is left to do.
    pub(super) fn is_applied(&self, system: &System, migration: MigrationId) -> bool {
        let (def, state) = (&system.migrations[migration.at()], &self.schema.migrations[migration.at()]);
        self.configs.get(WORLD, def.applied) != 0 || state.phase == Phase::Idle && usize::from(state.change) >= def.changes.len()
    }

    /// A roll-out wants it done, and waits for it; whether it is under way now.
    pub(super) fn begins_for_release(&mut self, system: &System, migration: MigrationId) -> bool {
        self.migrate(system, migration, None);
        self.schema.migrations[migration.at()].phase != Phase::Idle
    }

    fn phase(&mut self, migration: u16, phase: Phase) -> u32 {
        let state = &mut self.schema.migrations[migration as usize];
        state.phase = phase;
        state.stamp += 1;
        state.stamp
    }

    fn change_begins(&mut self, system: &System, migration: u16) {
        let def = &system.migrations[migration as usize];
        let state = self.schema.migrations[migration as usize];
        let Some(change) = def.changes.get(state.change as usize) else {
            self.phase(migration, Phase::Idle);
            return self.releases_hear_of(system, MigrationId(migration), true);
        };
        let keeps = change.does.keeps_out();
        if keeps == Keeps::Nobody {
            return self.change_works(system, migration);
        }
        let Ok(number) = system.gated.binary_search(&change.table) else { return };
        let stamp = self.phase(migration, Phase::WaitsForLock);
        self.schema.gates[number].waiting.push_back(Waiting::Change { migration, stamp, keeps });
        let patience = self.configs.get(WORLD, def.lock_timeout) as u64;
        if patience > 0 {
            self.queue.push(self.now + patience, Kind::Migration, migration.into(), stamp);
        }
        self.wake_gate(system, number);
    }

    fn has_lock(&mut self, system: &System, migration: u16, gate: usize, keeps: Keeps) {
        self.schema.gates[gate].held_by = Some((migration, keeps));
        self.change_works(system, migration);
    }

    fn change_works(&mut self, system: &System, migration: u16) {
        let def = &system.migrations[migration as usize];
        let change = &def.changes[self.schema.migrations[migration as usize].change as usize];
        let stamp = self.phase(migration, Phase::Works);
        let luck = mix(self.setup.seed, u64::from(migration) << 32 | u64::from(stamp) | 37 << 56);
        let bits = draw(luck, change.step.0, Purpose::Time);
        let drawn = self.duration(system, self.configs.get(WORLD, change.takes), bits);
        let takes = self.slowed(drawn, self.configs.get(WORLD, system.stores[def.store.at()].slow));
        self.queue.push(self.now.saturating_add(takes), Kind::Migration, migration.into(), stamp);
    }

    /// A fault brings it: its own time counts from now.
    pub(super) fn migrates_later(&mut self, system: &System, migration: MigrationId) {
        let def = &system.migrations[migration.at()];
        let when = self.configs.get(WORLD, def.at) as u64;
        let state = self.schema.migrations[migration.at()];
        if when > 0 && state.phase == Phase::Idle && self.configs.get(WORLD, def.applied) == 0 {
            self.queue.push(self.now + when, Kind::Migration, migration.0.into(), state.stamp);
        }
    }

    /// A timer of a migration.
    pub(super) fn migration_due(&mut self, system: &System, migration: u32, stamp: u32) {
        let id = migration as u16;
        let state = self.schema.migrations[id as usize];
        if state.stamp != stamp {
            return;
        }
        match state.phase {
            Phase::Idle => self.migrate(system, MigrationId(id), None),
            Phase::Pauses => self.change_begins(system, id),
            Phase::WaitsForLock => {
                let def = &system.migrations[id as usize];
                let tries = state.tries + 1;
                if i64::from(tries) >= self.configs.get(WORLD, def.attempts) {
                    return self.migration_fails(system, id, Hindrance::NoLock);
                }
                self.schema.migrations[id as usize].tries = tries;
                let stamp = self.phase(id, Phase::Pauses);
                let pause = self.configs.get(WORLD, def.again) as u64;
                self.queue.push(self.now + pause, Kind::Migration, migration, stamp);
                self.lets_go(system, id);
            }
            Phase::Works => {
                let def = &system.migrations[id as usize];
                let change = &def.changes[state.change as usize];
                self.alter(system, change.table, change.does);
                self.note(22 << 40 | u64::from(state.change), id.into());
                if let Some(by) = state.by {
                    self.part_done(by, Ok(()));
                }
                let state = &mut self.schema.migrations[id as usize];
                (state.change, state.tries) = (state.change + 1, 0);
                // Its own next change stands behind those who waited.
                let table = change.table;
                if let Ok(gate) = system.gated.binary_search(&table) {
                    self.frees(system, id, gate);
                }
                self.change_begins(system, id);
            }
        }
    }

    fn frees(&mut self, system: &System, migration: u16, gate: usize) {
        if self.schema.gates[gate].held_by.is_some_and(|(of, _)| of == migration) {
            self.schema.gates[gate].held_by = None;
        }
        self.wake_gate(system, gate);
    }

    /// It neither holds nor waits for a lock any more.
    fn lets_go(&mut self, system: &System, migration: u16) {
        let change = self.schema.migrations[migration as usize].change as usize;
        let table = system.migrations[migration as usize].changes.get(change).map(|change| change.table);
        if let Some(gate) = table.and_then(|table| system.gated.binary_search(&table).ok()) {
            self.frees(system, migration, gate);
        }
    }

    fn migration_fails(&mut self, system: &System, migration: u16, why: Hindrance) {
        let left = system.migrations[migration as usize].changes.len() as u16 - self.schema.migrations[migration as usize].change;
        let by = self.schema.migrations[migration as usize].by.take();
        self.phase(migration, Phase::Idle);
        self.note(23 << 40, migration.into());
        self.lets_go(system, migration);
        for _ in 0..left {
            if let Some(by) = by {
                self.part_done(by, Err(why));
            }
        }
        self.releases_hear_of(system, MigrationId(migration), false);
    }

    /// The store goes down: a change that was under way is rolled back with its connection.
    pub(super) fn migrations_lose(&mut self, system: &System, store: StoreId) {
        for migration in 0..system.migrations.len() as u16 {
            if system.migrations[migration as usize].store == store && self.schema.migrations[migration as usize].phase != Phase::Idle {
                self.migration_fails(system, migration, Hindrance::JobCannotRun);
            }
        }
    }

    fn alter(&mut self, system: &System, table: TableId, does: Alter) {
        let Ok(number) = system.gated.binary_search(&table) else { return };
        let gate = &mut self.schema.gates[number];
        match does {
            Alter::Add(field) => gate.absent &= !bit(field),
            Alter::Drop(field) => {
                gate.absent |= bit(field);
                gate.required &= !bit(field);
            }
            Alter::Rename(from, to) => {
                gate.absent = gate.absent & !bit(to) | bit(from);
                gate.required &= !bit(from);
                self.copy_column(system, table, from, to, false);
            }
            Alter::Require(field) => gate.required |= bit(field),
            Alter::Copy(from, to) => self.copy_column(system, table, from, to, true),
            Alter::DropTable => gate.dropped = true,
            Alter::Index | Alter::IndexConcurrently => {}
        }
    }

    fn copy_column(&mut self, system: &System, table: TableId, from: u8, to: u8, where_empty: bool) {
        self.forget_unmatched();
        for (case, row) in self.vault.rows_since(table, 0) {
            let shelf = Shelf::Table(table);
            if where_empty && self.vault.field(shelf, row, to) != 0 {
                continue;
            }
            let value = self.vault.field(shelf, row, from);
            self.vault.set_row_field(system, table, row, to, value);
            self.touched(system, case, shelf);
        }
    }

    pub(super) fn gates_are_accounted_for(&self) -> Result<(), String> {
        for (number, gate) in self.schema.gates.iter().enumerate() {
            let inside = |tx: &Tx, writes: bool| tx.inside.contains(&(number as u8, writes));
            let readers = self.txs.live().filter(|(_, tx)| inside(tx, false)).count();
            let writers = self.txs.live().filter(|(_, tx)| inside(tx, true)).count();
            if (gate.readers as usize, gate.writers as usize) != (readers, writers) {
                return Err(format!("table {number}: {} and {} are counted, {readers} read and {writers} write", gate.readers, gate.writers));
            }
        }
        Ok(())
    }

    /// What a migration has made of a statement's table does not suit it.
    pub(super) fn suits_no_more(&mut self, of: Ref) {
        self.txs[of.at].fate = Fate::Broken;
        self.txs[of.at].stage = TxStage::Runs;
        self.after(0, Kind::Commit, of);
    }
}

fn bit(field: u8) -> u64 {
    1u64.checked_shl(field.into()).unwrap_or(0)
}
