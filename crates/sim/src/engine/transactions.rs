//! Local transactions: a connection, locks in order, one instant at which everything is committed or nothing.

use std::collections::VecDeque;

use smallvec::SmallVec;

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, mix};
use super::config::WORLD;
use super::listen::Who;
use super::queue::Kind;
use super::run::Then;
use super::schema::Passage;
use super::serial::Serials;
use super::open_tx::Next;
use super::past::Past;
use super::state::{Fate, Tx, TxStage};
use super::story::Part;
use super::topics::Outgoing;
use crate::Outcome;
use crate::expr::Shelf;
use crate::system::{End, Fill, Find, Statement, StoreId, System, TableId, TxId};

#[derive(Debug, Clone, Default)]
pub struct StoreState {
    pub used: u32,
    pub down: bool,
    /// What waits to be published, oldest first.
    pub outbox: VecDeque<Outgoing>,
    pub past: Past,
    pub serials: Serials,
    /// Ids that rows of the outbox have been given.
    pub outbox_ids: u64,
    /// When it last went down.
    pub failed_at: u64,
    /// Its copy is taking over, and who asked for it.
    pub promotes: bool,
    pub asked_by: Option<Ref>,
}

pub fn start(system: &System) -> Vec<StoreState> {
    vec![StoreState::default(); system.stores.len()]
}

impl World {
    #[inline(never)]
    pub(super) fn transact(&mut self, system: &System, act: Ref, def: TxId) -> Then {
        let tx = &system.txs[def.at()];
        let replica = self.acts[act.at].replica;
        // Over a link one hears of it only there.
        let far = self.link_from(system, replica, End::Store(tx.store)).is_some();
        if !far && self.stores[tx.store.at()].down && !self.asks_the_copy(system, act, tx) {
            self.telemetry.now.stores[tx.store.at()].is.refused += 1;
            self.no_connection(system, act, def, self.now);
            self.leave_tx(system, act, def, Outcome::Refused);
            return Then::GoesOn;
        }
        let service = &system.services[self.replicas[replica as usize].service as usize];
        let pool = service.pools.iter().position(|pool| pool.store == tx.store);
        let new = Tx {
            act,
            def,
            replica,
            pool: pool.map(|pool| pool as u8),
            stage: TxStage::Runs,
            began: self.now,
            locks: SmallVec::new(),
            next: 0,
            statement: 0,
            read: 0,
            found: 0,
            done: 0,
            waits_since: 0,
            level: 0,
            snapshot: None,
            serial: 0,
            from_copy: false,
            fate: Fate::Open,
            outbox_id: 0,
            inside: SmallVec::new(),
            at_gate: None,
        };
        if let Some(pool) = pool {
            let rules = service.pools[pool];
            let size = self.param(act.at, rules.size);
            let state = &mut self.replicas[replica as usize].pools[pool];
            if i64::from(state.used) >= size {
                let of = self.txs.put(Tx { stage: TxStage::WaitsForConnection, ..new });
                self.replicas[replica as usize].pools[pool].waiting.push_back(of);
                self.acts[act.at].tx = Some(of);
                let patience = self.param(act.at, rules.wait) as u64;
                if patience > 0 {
                    self.after(patience, Kind::PoolTimeUp, of);
                }
                return Then::Waits;
            }
            self.replicas[replica as usize].pools[pool].used += 1;
        }
        let of = self.txs.put(new);
        self.acts[act.at].tx = Some(of);
        match self.reach(system, of) {
            Some(outcome) => {
                self.tx_goes_on(system, act, def, outcome);
                Then::GoesOn
            }
            None => Then::Waits,
        }
    }

    /// The transaction is at its store: it connects and takes its locks. An outcome when it ended at once.
    pub(super) fn connect(&mut self, system: &System, of: Ref) -> Option<Outcome> {
        let Tx { act, def, began, .. } = self.txs[of.at];
        let tx = &system.txs[def.at()];
        let limit = self.configs.get(WORLD, system.stores[tx.store.at()].connections);
        let down = self.stores[tx.store.at()].down && !self.asks_the_copy(system, act, tx);
        let full = down || i64::from(self.stores[tx.store.at()].used) >= limit;
        if full || !self.logs_in(system, of) {
            self.telemetry.now.stores[tx.store.at()].is.refused += 1;
            self.leave_pool(of);
            self.txs.free(of.at);
            self.acts[act.at].tx = None;
            self.no_connection(system, act, def, began);
            return Some(Outcome::Refused);
        }
        self.stores[tx.store.at()].used += 1;
        self.isolate(system, of);
        self.lock_on(system, of)
    }

    pub(super) fn locks_of(&mut self, system: &System, act: u32, statement: &Statement, locks: &mut SmallVec<[u64; 4]>) {
        let mut add = |key: u64| {
            if !locks.contains(&key) {
                locks.push(key);
            }
        };
        match statement {
            Statement::Insert(insert) => {
                for row in &insert.rows {
                    for (number, set) in system.tables[insert.table.at()].unique.iter().enumerate() {
                        // A new id clashes with nobody.
                        if set.iter().any(|&field| row[field as usize] == Fill::NewId) {
                            continue;
                        }
                        let first = u64::from(insert.table.0) | (number as u64) << 32;
                        let value = |field: u8| self.fill(system, act, row[field as usize], None) as u64;
                        add(set.iter().copied().map(value).fold(first, mix));
                    }
                }
            }
            Statement::Move { find, .. }
            | Statement::Update { find, .. }
            | Statement::Read { find, lock: true, .. } => {
                let value = self.fill(system, act, find.value, None);
                add(self.lock_of_row(system, act, find, value));
            }
            Statement::Read { .. } | Statement::Publish(_) | Statement::Steps => {}
        }
    }

    /// The same key as an insert of that row would take, so that both meet.
    pub(super) fn lock_of_row(&self, system: &System, act: u32, find: &Find, value: i64) -> u64 {
        let seed = u64::from(find.table.0);
        let Some(set) = system.tables[find.table.at()].unique.first() else {
            return mix(mix(seed, u64::from(find.field)), value as u64);
        };
        if set[..] == [find.field] {
            return mix(seed, value as u64);
        }
        match self.vault.find(system, find.table, self.acts[act].case, find.field, value) {
            Some(row) => set
                .iter()
                .fold(seed, |hash, &field| mix(hash, self.vault.field(Shelf::Table(find.table), row, field) as u64)),
            None => mix(mix(seed, u64::from(find.field)), value as u64),
        }
    }

    /// Goes through the statements: each takes its locks, and reads what it reads, until one is held by another. A
    /// circle of waiting aborts the one that would close it. An unlocked read sees what is committed when it is its
    /// turn, which another transaction may change before this one commits: read committed.
    pub(super) fn lock_on(&mut self, system: &System, of: Ref) -> Option<Outcome> {
        loop {
            if let Some(outcome) = self.take_locks(system, of) {
                return outcome;
            }
            let Tx { act, def, statement, .. } = self.txs[of.at];
            let statements = &system.txs[def.at()].statements;
            if self.txs[of.at].done < statement {
                self.txs[of.at].done = statement;
                let before = statement - 1;
                if self.txs[of.at].outbox_id == 0 && matches!(statements[before as usize], Statement::Publish(_)) {
                    let ids = &mut self.stores[system.txs[def.at()].store.at()].outbox_ids;
                    self.txs[of.at].outbox_id = *ids + 1;
                    *ids += statements.len() as u64;
                }
                self.read_early(system, of, before, &statements[..=before as usize]);
                match self.after_statement(system, of, before) {
                    Next::Statement => {}
                    Next::Handler => return Some(Outcome::Ok),
                    Next::Later => return None,
                }
            }
            let Some(next) = statements.get(statement as usize) else {
                break;
            };
            if !system.gated.is_empty() {
                match self.pass_gate(system, of, statement) {
                    Passage::Inside => {}
                    Passage::Waits => return None,
                    Passage::Broken => {
                        self.suits_no_more(of);
                        return None;
                    }
                }
            }
            let mut locks = std::mem::take(&mut self.txs[of.at].locks);
            self.locks_of(system, act.at, next, &mut locks);
            self.txs[of.at].locks = locks;
            self.txs[of.at].statement += 1;
        }
        self.txs[of.at].stage = TxStage::Runs;
        let Tx { act, def, .. } = self.txs[of.at];
        let tx = &system.txs[def.at()];
        let store = &system.stores[tx.store.at()];
        let drawn = self.world_duration(system, store.takes, self.luck_of_try(act), tx.step, Purpose::Time);
        let takes = self.slowed(drawn, self.configs.get(WORLD, store.slow)) + self.waits_for_copy(system, act, tx);
        self.after(takes, Kind::Commit, of);
        None
    }

    /// What the statement reads, unless an earlier one of the transaction has written there: then the commit knows.
    fn read_early(&mut self, system: &System, of: Ref, at: u16, statements: &[Statement]) {
        let Some((Statement::Read { find, into, .. }, before)) = statements.split_last() else {
            return;
        };
        let writes = |statement: &Statement| match statement {
            Statement::Insert(insert) => insert.table == find.table,
            Statement::Move { find: other, .. } | Statement::Update { find: other, .. } => other.table == find.table,
            Statement::Read { .. } | Statement::Publish(_) | Statement::Steps => false,
        };
        if at >= 64 || before.iter().any(writes) {
            return;
        }
        let act = self.txs[of.at].act;
        let found = self.row(system, act, find).filter(|&row| self.sees(system, of, find.table, row));
        if let Some(row) = found {
            for &(field, reg) in into {
                self.registers[(act.at, reg)] = self.field_seen(system, of, find.table, row, field);
            }
        }
        self.txs[of.at].read |= 1 << at;
        self.txs[of.at].found |= u64::from(found.is_some()) << at;
    }

    /// `Some` when the transaction does not go on for now (`None`), or not at all.
    fn take_locks(&mut self, system: &System, of: Ref) -> Option<Option<Outcome>> {
        while let Some(&key) = self.txs[of.at].locks.get(self.txs[of.at].next as usize) {
            if self.locks.take(key, of) {
                self.txs[of.at].next += 1;
                continue;
            }
            if self.looks_at_once(system, of) && self.would_close_a_circle(key, of) {
                if self.will_try_again(system, of) {
                    self.conflicts(of);
                    return Some(None);
                }
                let act = self.txs[of.at].act;
                self.tally.aborted += 1;
                let case = self.acts[act.at].case;
                let Tx { def, began: since, .. } = self.txs[of.at];
                let store = system.txs[def.at()].store;
                self.telemetry.now.stores[store.at()].is.aborts += 1;
                let part = Part::Store(store);
                self.end_tx(system, of);
                self.acts[act.at].tx = None;
                let outcome = Outcome::Failed;
                self.beat_by(Who::act(act), case, part, || super::Beat::Aborts { tx: def, outcome, stops: false, since });
                return Some(Some(outcome));
            }
            self.txs[of.at].stage = TxStage::WaitsForLock;
            self.locks.wait(key, of);
            self.patience_for_lock(system, of);
            return Some(None);
        }
        None
    }

    /// Those who wait for one another stand in a line without a circle, so the line is no longer than all there are.
    pub(super) fn would_close_a_circle(&self, key: u64, of: Ref) -> bool {
        if self.has_gates() {
            let holder = self.locks.holder(key);
            return holder.is_some_and(|holder| self.circle_through_gates(&[holder], of));
        }
        let mut key = key;
        for _ in 0..=self.txs.count() {
            let Some(holder) = self.locks.holder(key) else {
                return false;
            };
            if holder == of {
                return true;
            }
            let Some(tx) = self.txs.get(holder) else {
                return false;
            };
            if tx.stage != TxStage::WaitsForLock {
                return false;
            }
            match tx.locks.get(tx.next as usize) {
                // It was passed what it waited for, and goes on in this instant: it waits for nobody any more.
                Some(&next) if next == key => return false,
                Some(&next) => key = next,
                None => return false,
            }
        }
        true
    }

    pub(super) fn pool_time_up(&mut self, system: &System, of: Ref) {
        let Some(tx) = self.txs.get(of) else { return };
        if tx.stage != TxStage::WaitsForConnection {
            return;
        }
        let Tx { act, replica, pool, def, began, .. } = *tx;
        self.telemetry.now.stores[system.txs[def.at()].store.at()].is.refused += 1;
        if let Some(pool) = pool {
            self.replicas[replica as usize].pools[pool as usize].waiting.retain(|waiting| *waiting != of);
        }
        self.txs.free(of.at);
        self.no_connection(system, act, def, began);
        self.go_on(system, act, def, Outcome::Refused);
    }

    fn no_connection(&mut self, system: &System, act: Ref, tx: TxId, since: u64) {
        let Some(state) = self.acts.get(act) else { return };
        let case = state.case;
        let store = system.txs[tx.at()].store;
        let down = self.stores[store.at()].down;
        self.beat_by(Who::act(act), case, Part::Store(store), || super::Beat::NoConnection { tx, since, down });
    }

    pub(super) fn go_on(&mut self, system: &System, act: Ref, def: TxId, outcome: Outcome) {
        if self.acts.is(act) {
            self.tx_goes_on(system, act, def, outcome);
            self.ready.push(act);
        }
    }

    /// Gives back locks, the connection and the place in the pool; whoever waited for them goes on.
    pub(super) fn end_tx(&mut self, system: &System, of: Ref) {
        let locks = std::mem::take(&mut self.txs[of.at].locks);
        let taken = self.txs[of.at].next as usize;
        let store = system.txs[self.txs[of.at].def.at()].store;
        self.stores[store.at()].used -= 1;
        self.session_rests(of);
        if let Some(snapshot) = self.txs[of.at].snapshot {
            self.stores[store.at()].past.close(snapshot);
        }
        if self.txs[of.at].serial != 0 {
            self.serial_ends(store, of);
        }
        let mut next: SmallVec<[Ref; 4]> = SmallVec::new();
        for key in locks.iter().take(taken + 1) {
            let txs = &self.txs;
            next.extend(self.locks.pass(*key, of, |waiting| txs.is(waiting)));
        }
        let Tx { replica, pool, .. } = self.txs[of.at];
        self.leave_pool(of);
        if self.has_gates() {
            self.leave_gates(system, of);
        }
        self.txs.free(of.at);
        if let Some(pool) = pool {
            self.pass_pool(system, replica, pool as usize);
        }
        next.into_iter().for_each(|of| self.granted.push(of));
    }

    /// A lock that it waited for was passed on to it. Done one after the other, not inside each other: a long line of
    /// transactions may end at once.
    pub(super) fn granted(&mut self, system: &System, of: Ref) {
        let Some(&Tx { act, def, stage, .. }) = self.txs.get(of) else {
            return;
        };
        // It may have come to its end in the instant in which it was given what it waited for.
        if stage == TxStage::Runs {
            return;
        }
        if let Some(outcome) = self.lock_on(system, of) {
            self.go_on(system, act, def, outcome);
        }
    }

    pub(super) fn leave_pool(&mut self, of: Ref) {
        let Tx { replica, pool: Some(pool), .. } = self.txs[of.at] else {
            return;
        };
        let state = &mut self.replicas[replica as usize].pools[pool as usize];
        state.used = state.used.saturating_sub(1);
    }

    /// Free places in a pool go to those who wait, in order.
    pub(super) fn pass_pool(&mut self, system: &System, replica: u32, pool: usize) {
        let state = &self.replicas[replica as usize];
        let size = self.configs.get(state.config, system.services[state.service as usize].pools[pool].size);
        while i64::from(self.replicas[replica as usize].pools[pool].used) < size {
            let Some(next) = self.replicas[replica as usize].pools[pool].waiting.pop_front() else {
                return;
            };
            if !self.txs.is(next) {
                continue;
            }
            let Tx { act, def, began, .. } = self.txs[next.at];
            // Nobody waits for it any more, and it knows: it takes no connection (Go, database/sql: a context covers the line, too).
            if self.acts.get(act).is_some_and(|state| state.deadline <= self.now) {
                self.txs.free(next.at);
                self.no_connection(system, act, def, began);
                self.go_on(system, act, def, Outcome::Refused);
                continue;
            }
            self.replicas[replica as usize].pools[pool].used += 1;
            if let Some(outcome) = self.reach(system, next) {
                self.go_on(system, act, def, outcome);
            }
        }
    }

    /// Its session was ended by the store, which rolls back and says so.
    pub(super) fn session_ends(&mut self, system: &System, of: Ref) {
        let Tx { act, def, stage, began: since, .. } = self.txs[of.at];
        let store = system.txs[def.at()].store;
        let (by, case, outcome) = (Who::act(act), self.acts[act.at].case, Outcome::Failed);
        self.tally.aborted += 1;
        self.telemetry.now.stores[store.at()].is.aborts += 1;
        self.beat_by(by, case, Part::Store(store), || super::Beat::Aborts { tx: def, outcome, stops: false, since });
        self.end_tx(system, of);
        if stage == TxStage::Idle {
            // The handler notices when it comes back to it.
            self.acts[act.at].tx = None;
        } else {
            self.go_on(system, act, def, outcome);
        }
    }

    /// Its replica died: the store rolls back what was not committed.
    pub(super) fn abandon_tx(&mut self, system: &System, of: Ref) {
        let stage = self.txs[of.at].stage;
        self.txs[of.at].pool = None;
        if !stage.connected() {
            self.txs.free(of.at);
        } else {
            self.tally.aborted += 1;
            self.telemetry.now.stores[system.txs[self.txs[of.at].def.at()].store.at()].is.aborts += 1;
            self.end_tx(system, of);
        }
    }

    /// Another copy of the store takes over, which never got what was committed in the last so many nanoseconds.
    pub(super) fn lose_rows(&mut self, system: &System, store: StoreId, last: u64) {
        let since = self.now.saturating_sub(last);
        self.forget_unmatched();
        for (at, _) in system.tables.iter().enumerate().filter(|(_, table)| table.store == store) {
            let table = TableId(at as u16);
            for (case, row) in self.vault.rows_since(table, since) {
                self.note(u64::from(table.0) << 32 | 1 << 30, row.into());
                self.vault.drop_row(system, table, row);
                self.touched(system, case, Shelf::Table(table));
            }
        }
    }

    /// The store goes down: what is under way has an unknown outcome, and either was committed or was not.
    pub(super) fn store_fails(&mut self, system: &System, store: u16) {
        self.stores[store as usize].down = true;
        self.stores[store as usize].failed_at = self.now;
        self.migrations_lose(system, crate::system::StoreId(store));
        self.sessions_lose(system, store);
        let open: Vec<Ref> = self
            .txs
            .live()
            .filter(|(_, tx)| system.txs[tx.def.at()].store.0 == store && tx.stage.connected() && !tx.from_copy)
            .map(|(at, _)| self.txs.of(at))
            .collect();
        for of in open {
            let Some(&Tx { act, def, stage, began: since, .. }) = self.txs.get(of) else {
                continue;
            };
            let tx = &system.txs[def.at()];
            let (by, case, part) = (Who::act(act), self.acts[act.at].case, Part::Store(tx.store));
            if stage == TxStage::Runs {
                self.beat_by(by, case, part, || super::Beat::ConnectionLost { tx: def, since });
            }
            let luck = self.acts[act.at].luck;
            if stage == TxStage::Runs && draw(luck, tx.step.0, Purpose::Commit) & 1 == 0 {
                let (outcome, stops, touched) = self.apply_tx(system, of, tx);
                if outcome == Outcome::Ok && !stops {
                    self.tally.committed += 1;
                    self.entry_rides(system, act, def);
                    self.beat_by(by, case, part, || super::Beat::CommitsUnheard { tx: def });
                    touched.iter().for_each(|&shelf| self.touched(system, case, shelf));
                }
            }
            self.end_tx(system, of);
            if stage != TxStage::Runs {
                // It has not asked for a commit, so there was none.
                let outcome = Outcome::Failed;
                self.beat_by(by, case, part, || super::Beat::Aborts { tx: def, outcome, stops: false, since });
                if stage == TxStage::Idle {
                    // The handler notices when it comes back to it.
                    self.acts[act.at].tx = None;
                } else {
                    self.go_on(system, act, def, outcome);
                }
                continue;
            }
            self.acts[act.at].effects = true;
            self.go_on(system, act, def, Outcome::Unknown);
        }
    }
}
