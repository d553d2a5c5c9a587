//! Local transactions: a connection, locks in order, one instant at which everything is committed or nothing.

use std::collections::VecDeque;

use hashbrown::HashTable;
use smallvec::SmallVec;

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, mix};
use super::config::WORLD;
use super::queue::Kind;
use super::run::Then;
use super::state::{Act, Tx, TxStage};
use super::story::Part;
use super::topics::Outgoing;
use crate::Outcome;
use crate::expr::Shelf;
use crate::system::{Answer, Exists, Fill, Find, Insert, Statement, System, TableId, TxDef, TxId, VIA_OUTBOX};

#[derive(Debug, Clone, Default)]
pub struct StoreState {
    pub used: u32,
    pub down: bool,
    /// What waits to be published, oldest first.
    pub outbox: VecDeque<Outgoing>,
}

pub fn start(system: &System) -> Vec<StoreState> {
    vec![StoreState::default(); system.stores.len()]
}

/// Row locks by the hash of table and key: who holds one, and who waits, in order.
#[derive(Debug, Clone, Default)]
pub struct Locks(HashTable<Lock>);

#[derive(Debug, Clone)]
struct Lock {
    key: u64,
    holder: Ref,
    waiting: SmallVec<[Ref; 2]>,
}

impl Locks {
    /// True when the transaction has the lock now.
    fn take(&mut self, key: u64, tx: Ref) -> bool {
        match self.0.find_mut(key, |lock| lock.key == key) {
            None => {
                self.0.insert_unique(key, Lock { key, holder: tx, waiting: SmallVec::new() }, |lock| lock.key);
                true
            }
            Some(lock) => lock.holder == tx,
        }
    }

    fn wait(&mut self, key: u64, tx: Ref) {
        if let Some(lock) = self.0.find_mut(key, |lock| lock.key == key) {
            lock.waiting.push(tx);
        }
    }

    fn holder(&self, key: u64) -> Option<Ref> {
        self.0.find(key, |lock| lock.key == key).map(|lock| lock.holder)
    }

    /// Gives the lock to the first of those that wait and still exist.
    fn pass(&mut self, key: u64, tx: Ref, exists: impl Fn(Ref) -> bool) -> Option<Ref> {
        let Ok(mut entry) = self.0.find_entry(key, |lock| lock.key == key) else { return None };
        if entry.get().holder != tx {
            entry.get_mut().waiting.retain(|waiting| *waiting != tx);
            return None;
        }
        while !entry.get().waiting.is_empty() {
            let next = entry.get_mut().waiting.remove(0);
            if exists(next) {
                entry.get_mut().holder = next;
                return Some(next);
            }
        }
        entry.remove();
        None
    }
}

/// What a commit has done so far, to be taken back if it aborts.
enum Done {
    Inserted(TableId, u32),
    Moved(TableId, u32, u8),
    Set(TableId, u32, u8, i64),
    Stored,
}

impl World {
    pub(super) fn transact(&mut self, system: &System, act: Ref, def: TxId) -> Then {
        let tx = &system.txs[def.at()];
        if self.stores[tx.store.at()].down {
            self.acts[act.at].outcome = Outcome::Refused;
            return Then::GoesOn;
        }
        let replica = self.acts[act.at].replica;
        let service = &system.services[self.replicas[replica as usize].service as usize];
        let pool = service.pools.iter().position(|pool| pool.store == tx.store);
        let new = Tx {
            act,
            def,
            replica,
            pool: pool.map(|pool| pool as u8),
            stage: TxStage::Runs,
            locks: SmallVec::new(),
            next: 0,
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
        match self.connect(system, of) {
            Some(outcome) => {
                self.acts[act.at].outcome = outcome;
                Then::GoesOn
            }
            None => Then::Waits,
        }
    }

    /// The transaction has its place in the pool: it connects and takes its locks. An outcome when it ended at once.
    fn connect(&mut self, system: &System, of: Ref) -> Option<Outcome> {
        let Tx { act, def, .. } = self.txs[of.at];
        let tx = &system.txs[def.at()];
        let limit = self.configs.get(WORLD, system.stores[tx.store.at()].connections);
        if self.stores[tx.store.at()].down || i64::from(self.stores[tx.store.at()].used) >= limit {
            self.leave_pool(system, of);
            self.txs.free(of.at);
            self.acts[act.at].tx = None;
            return Some(Outcome::Refused);
        }
        self.stores[tx.store.at()].used += 1;
        self.txs[of.at].stage = TxStage::Runs;
        let mut locks: SmallVec<[u64; 4]> = SmallVec::new();
        for statement in &tx.statements {
            self.locks_of(system, act.at, statement, &mut locks);
        }
        self.txs[of.at].locks = locks;
        self.lock_on(system, of)
    }

    fn locks_of(&mut self, system: &System, act: u32, statement: &Statement, locks: &mut SmallVec<[u64; 4]>) {
        let mut add = |key: u64| {
            if !locks.contains(&key) {
                locks.push(key);
            }
        };
        match statement {
            Statement::Insert(insert) => {
                let Some(set) = system.tables[insert.table.at()].unique.first() else { return };
                for row in &insert.rows {
                    let key = set.iter().fold(u64::from(insert.table.0), |hash, &field| {
                        // A new id clashes with nobody.
                        match row[field as usize] {
                            Fill::NewId => mix(hash, act.into()),
                            fill => mix(hash, self.fill(system, act, fill, None) as u64),
                        }
                    });
                    add(key);
                }
            }
            Statement::Move { find, .. } | Statement::Update { find, .. } | Statement::Read { find, lock: true, .. } => {
                let value = self.fill(system, act, find.value, None);
                add(self.lock_of_row(system, act, find, value));
            }
            Statement::Read { .. } | Statement::Publish(_) => {}
        }
    }

    /// The same key as an insert of that row would take, so that both meet.
    fn lock_of_row(&self, system: &System, act: u32, find: &Find, value: i64) -> u64 {
        let seed = u64::from(find.table.0);
        let Some(set) = system.tables[find.table.at()].unique.first() else {
            return mix(mix(seed, u64::from(find.field)), value as u64);
        };
        if set[..] == [find.field] {
            return mix(seed, value as u64);
        }
        match self.vault.find(system, find.table, self.acts[act].case, find.field, value) {
            Some(row) => set.iter().fold(seed, |hash, &field| {
                mix(hash, self.vault.field(Shelf::Table(find.table), row, field) as u64)
            }),
            None => mix(mix(seed, u64::from(find.field)), value as u64),
        }
    }

    /// Takes locks until one is held by another; a circle of waiting aborts the one that would close it.
    fn lock_on(&mut self, system: &System, of: Ref) -> Option<Outcome> {
        while let Some(&key) = self.txs[of.at].locks.get(self.txs[of.at].next as usize) {
            if self.locks.take(key, of) {
                self.txs[of.at].next += 1;
                continue;
            }
            if self.would_close_a_circle(key, of) {
                let act = self.txs[of.at].act;
                self.tally.aborted += 1;
                self.end_tx(system, of);
                self.acts[act.at].tx = None;
                return Some(Outcome::Failed);
            }
            self.txs[of.at].stage = TxStage::WaitsForLock;
            self.locks.wait(key, of);
            return None;
        }
        self.txs[of.at].stage = TxStage::Runs;
        let Tx { act, def, .. } = self.txs[of.at];
        let tx = &system.txs[def.at()];
        let store = &system.stores[tx.store.at()];
        let drawn = self.world_duration(system, store.takes, self.acts[act.at].luck, tx.step, Purpose::Time);
        let takes = self.slowed(drawn, self.configs.get(WORLD, store.slow));
        self.after(takes, Kind::Commit, of);
        None
    }

    fn would_close_a_circle(&self, key: u64, of: Ref) -> bool {
        let mut key = key;
        for _ in 0..64 {
            let Some(holder) = self.locks.holder(key) else { return false };
            if holder == of {
                return true;
            }
            let Some(tx) = self.txs.get(holder) else { return false };
            if tx.stage != TxStage::WaitsForLock {
                return false;
            }
            match tx.locks.get(tx.next as usize) {
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
        let Tx { act, replica, pool, .. } = *tx;
        if let Some(pool) = pool {
            self.replicas[replica as usize].pools[pool as usize].waiting.retain(|waiting| *waiting != of);
        }
        self.txs.free(of.at);
        self.go_on(system, act, Outcome::Refused);
    }

    fn go_on(&mut self, _: &System, act: Ref, outcome: Outcome) {
        if let Some(state) = self.acts.get_mut(act) {
            state.tx = None;
            state.outcome = outcome;
            self.ready.push_back(act);
        }
    }

    /// Gives back locks, the connection and the place in the pool; whoever waited for them goes on.
    fn end_tx(&mut self, system: &System, of: Ref) {
        let locks = std::mem::take(&mut self.txs[of.at].locks);
        let taken = self.txs[of.at].next as usize;
        let store = system.txs[self.txs[of.at].def.at()].store;
        self.stores[store.at()].used -= 1;
        let mut next: SmallVec<[Ref; 4]> = SmallVec::new();
        for key in locks.iter().take(taken + 1) {
            let txs = &self.txs;
            next.extend(self.locks.pass(*key, of, |waiting| txs.is(waiting)));
        }
        self.leave_pool(system, of);
        self.txs.free(of.at);
        for waiting in next {
            let act = self.txs[waiting.at].act;
            if let Some(outcome) = self.lock_on(system, waiting) {
                self.go_on(system, act, outcome);
            }
        }
    }

    fn leave_pool(&mut self, system: &System, of: Ref) {
        let Tx { replica, pool: Some(pool), .. } = self.txs[of.at] else { return };
        // The next in the pool takes the place as it is.
        while let Some(next) = self.replicas[replica as usize].pools[pool as usize].waiting.pop_front() {
            if !self.txs.is(next) {
                continue;
            }
            let act = self.txs[next.at].act;
            if let Some(outcome) = self.connect(system, next) {
                self.go_on(system, act, outcome);
            }
            return;
        }
        let state = &mut self.replicas[replica as usize].pools[pool as usize];
        state.used = state.used.saturating_sub(1);
    }

    /// Its replica died: the store rolls back what was not committed.
    pub(super) fn abandon_tx(&mut self, system: &System, of: Ref) {
        let stage = self.txs[of.at].stage;
        self.txs[of.at].pool = None;
        if stage == TxStage::WaitsForConnection {
            self.txs.free(of.at);
        } else {
            self.tally.aborted += 1;
            self.end_tx(system, of);
        }
    }

    pub(super) fn commit(&mut self, system: &System, of: Ref) {
        let Some(&Tx { act, def, .. }) = self.txs.get(of) else { return };
        let tx = &system.txs[def.at()];
        let case = self.acts[act.at].case;
        let (outcome, stops, touched) = self.apply_tx(system, act, tx);
        self.end_tx(system, of);
        self.acts[act.at].tx = None;
        self.acts[act.at].outcome = outcome;
        let committed = outcome == Outcome::Ok && !stops;
        if committed {
            self.tally.committed += 1;
            self.acts[act.at].effects = true;
            self.beat(case, Part::Store(tx.store), || super::Beat::Commits { tx: def });
            touched.iter().for_each(|&shelf| self.touched(system, case, shelf));
        } else {
            self.tally.aborted += u64::from(!stops);
            self.beat(case, Part::Store(tx.store), || super::Beat::Aborts { tx: def, outcome, stops });
        }
        if stops {
            self.respond(system, act, Answer::Outcome(Outcome::Ok));
            return self.end(system, act);
        }
        if self.falls_into_trap(system, act, tx.step) {
            return;
        }
        if committed {
            self.acts[act.at].publishing = Some((def, 0));
            return self.publish_next(system, act);
        }
        self.ready.push_back(act);
    }

    /// Does what the statements say, or nothing. Second: the handler is to stop.
    fn apply_tx(&mut self, system: &System, act: Ref, tx: &TxDef) -> (Outcome, bool, SmallVec<[Shelf; 4]>) {
        let mut done: SmallVec<[Done; 6]> = SmallVec::new();
        let mut touched: SmallVec<[Shelf; 4]> = SmallVec::new();
        let mut failed = None;
        for statement in &tx.statements {
            let outcome = match statement {
                Statement::Insert(insert) => match self.insert(system, act, insert, &mut done) {
                    Ok(()) => Outcome::Ok,
                    Err(Some(outcome)) => outcome,
                    Err(None) => {
                        self.take_back(system, tx, &done);
                        return (Outcome::Ok, true, touched);
                    }
                },
                Statement::Move { find, from, to } => match self.row(system, act, find) {
                    Some(row) => {
                        let state = self.vault.about(Shelf::Table(find.table), row).state;
                        if from >> state & 1 == 1 {
                            done.push(Done::Moved(find.table, row, state));
                            self.vault.set_state(Shelf::Table(find.table), row, *to);
                            self.note(u64::from(find.table.0) << 32 | u64::from(*to), row.into());
                            Outcome::Ok
                        } else {
                            Outcome::Missing
                        }
                    }
                    None => Outcome::Missing,
                },
                Statement::Update { find, sets } => match self.row(system, act, find) {
                    Some(row) => {
                        for &(field, fill) in sets {
                            let value = self.fill(system, act.at, fill, None);
                            done.push(Done::Set(find.table, row, field, self.vault.field(Shelf::Table(find.table), row, field)));
                            self.vault.set_row_field(system, find.table, row, field, value);
                            self.note(u64::from(find.table.0) << 32 | u64::from(field), value as u64);
                        }
                        Outcome::Ok
                    }
                    None => Outcome::Missing,
                },
                Statement::Read { find, into, .. } => match self.row(system, act, find) {
                    Some(row) => {
                        for &(field, reg) in into {
                            self.acts[act.at].regs[reg as usize] = self.vault.field(Shelf::Table(find.table), row, field);
                        }
                        Outcome::Ok
                    }
                    None => Outcome::Missing,
                },
                Statement::Publish(publish) => {
                    if self.param(act.at, system.publishes[publish.at()].via) == VIA_OUTBOX {
                        let outgoing = self.outgoing(system, act, *publish);
                        self.hold(outgoing.case);
                        self.stores[tx.store.at()].outbox.push_back(outgoing);
                        done.push(Done::Stored);
                    }
                    Outcome::Ok
                }
            };
            match statement {
                Statement::Insert(Insert { table, .. })
                | Statement::Move { find: Find { table, .. }, .. }
                | Statement::Update { find: Find { table, .. }, .. } => {
                    if !touched.contains(&Shelf::Table(*table)) {
                        touched.push(Shelf::Table(*table));
                    }
                }
                _ => {}
            }
            if outcome != Outcome::Ok {
                failed = Some(outcome);
                break;
            }
        }
        let failed = failed.or_else(|| (!self.balanced(system, act, &done)).then_some(Outcome::Invalid));
        match failed {
            None => (Outcome::Ok, false, touched),
            Some(outcome) => {
                self.take_back(system, tx, &done);
                (outcome, false, touched)
            }
        }
    }

    fn row(&mut self, system: &System, act: Ref, find: &Find) -> Option<u32> {
        let value = self.fill(system, act.at, find.value, None);
        self.vault.find(system, find.table, self.acts[act.at].case, find.field, value)
    }

    /// `Err(None)`: the row is there and the handler is to stop.
    fn insert(
        &mut self,
        system: &System,
        act: Ref,
        insert: &Insert,
        done: &mut SmallVec<[Done; 6]>,
    ) -> Result<(), Option<Outcome>> {
        let Act { case, .. } = self.acts[act.at];
        let record = system.tables[insert.table.at()].record;
        for row in &insert.rows {
            let mut fields: SmallVec<[i64; 8]> = SmallVec::new();
            for fill in row {
                fields.push(self.fill(system, act.at, *fill, record));
            }
            if self.vault.clash(system, insert.table, &fields).is_some() {
                match insert.exists {
                    Exists::Continue => continue,
                    Exists::Stop => return Err(None),
                    Exists::Fail => return Err(Some(Outcome::Invalid)),
                }
            }
            let at = self.vault.add_row(system, insert.table, case, self.now, insert.state, &fields);
            done.push(Done::Inserted(insert.table, at));
            self.note(u64::from(insert.table.0) << 32 | 1 << 31, fields[0] as u64);
        }
        Ok(())
    }

    /// Checks what tables demand of the groups of rows that were inserted.
    fn balanced(&mut self, system: &System, act: Ref, done: &[Done]) -> bool {
        let case = self.acts[act.at].case;
        done.iter().all(|done| match done {
            Done::Inserted(table, row) => system.tables[table.at()]
                .at_commit
                .is_none_or(|check| self.eval_oracle(system, check.check, case, *row) != 0),
            _ => true,
        })
    }

    fn take_back(&mut self, system: &System, tx: &TxDef, done: &[Done]) {
        for done in done.iter().rev() {
            match *done {
                Done::Inserted(table, row) => self.vault.drop_row(system, table, row),
                Done::Moved(table, row, state) => self.vault.set_state(Shelf::Table(table), row, state),
                Done::Set(table, row, field, value) => self.vault.set_row_field(system, table, row, field, value),
                Done::Stored => {
                    if let Some(outgoing) = self.stores[tx.store.at()].outbox.pop_back() {
                        self.release(outgoing.case);
                    }
                }
            }
        }
    }

    /// The store goes down: what is under way has an unknown outcome, and either was committed or was not.
    pub(super) fn store_fails(&mut self, system: &System, store: u16) {
        self.stores[store as usize].down = true;
        let open: Vec<Ref> = self
            .txs
            .live()
            .filter(|(_, tx)| system.txs[tx.def.at()].store.0 == store && tx.stage != TxStage::WaitsForConnection)
            .map(|(at, _)| self.txs.of(at))
            .collect();
        for of in open {
            let Some(&Tx { act, def, stage, .. }) = self.txs.get(of) else { continue };
            let tx = &system.txs[def.at()];
            let luck = self.acts[act.at].luck;
            if stage == TxStage::Runs && draw(luck, tx.step.0, Purpose::Commit) & 1 == 0 {
                let (outcome, stops, touched) = self.apply_tx(system, act, tx);
                if outcome == Outcome::Ok && !stops {
                    let case = self.acts[act.at].case;
                    self.tally.committed += 1;
                    self.beat(case, Part::Store(tx.store), || super::Beat::Commits { tx: def });
                    touched.iter().for_each(|&shelf| self.touched(system, case, shelf));
                }
            }
            if self.txs.is(of) {
                self.end_tx(system, of);
                self.acts[act.at].effects = true;
                self.go_on(system, act, Outcome::Unknown);
            }
        }
    }
}
