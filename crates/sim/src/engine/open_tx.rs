//! Transactions that stay open while time passes: statements that take time, steps of the handler in between, waiting
//! for locks with an end, and another try when somebody else was in the way.
//!
//! What a transaction does at its end stands in `commit.rs`, how it begins and takes its locks in `transactions.rs`.

use super::World;
use super::arena::Ref;
use super::calls::wait;
use super::chance::{Purpose, draw, mix};
use super::config::WORLD;
use super::listen::Who;
use super::queue::Kind;
use super::run::Then;
use super::state::{Fate, Tx, TxStage};
use super::story::Part;
use crate::Outcome;
use crate::expr::Shelf;
use crate::system::{Exists, Fill, Find, Insert, Op, Statement, System, TxId};

/// What comes after a statement.
pub enum Next {
    Statement,
    /// The handler goes on, the transaction stays open.
    Handler,
    /// Time passes, or the transaction is about to end.
    Later,
}

impl World {
    /// A statement of a transaction has its locks: it may take its time, and may turn out not to work.
    pub(super) fn after_statement(&mut self, system: &System, of: Ref, at: u16) -> Next {
        let Tx { act, def, fate, .. } = self.txs[of.at];
        let tx = &system.txs[def.at()];
        let statement = &tx.statements[at as usize];
        let late = self.is_overtaken(system, of, statement);
        if fate != Fate::Open || late || tx.stretched && !self.works(system, act, statement, &tx.statements[..at as usize]) {
            if late {
                self.txs[of.at].fate = Fate::Conflict;
            }
            // Its end finds what is the matter.
            self.ends_now(of);
            return Next::Later;
        }
        if *statement == Statement::Steps {
            self.txs[of.at].stage = TxStage::Idle;
            return Next::Handler;
        }
        let Some(Some((takes, step))) = tx.takes.get(at as usize) else {
            return Next::Statement;
        };
        let luck = self.luck_of_try(act);
        let drawn = self.duration(system, self.param(act.at, *takes), draw(luck, step.0, Purpose::Statement));
        let delay = self.slowed(drawn, self.configs.get(WORLD, system.stores[tx.store.at()].slow));
        self.txs[of.at].stage = TxStage::Works;
        self.after(delay, Kind::Statement, of);
        Next::Later
    }

    /// Another try draws anew; the first draws as it always has.
    pub(super) fn luck_of_try(&self, act: Ref) -> u64 {
        let state = &self.acts[act.at];
        if state.tries == 0 { state.luck } else { mix(state.luck, u64::from(state.tries) | 29 << 40) }
    }

    fn ends_now(&mut self, of: Ref) {
        self.txs[of.at].stage = TxStage::Runs;
        self.after(0, Kind::Commit, of);
    }

    /// It is aborted because of others, as soon as the store says so.
    pub(super) fn conflicts(&mut self, of: Ref) {
        self.txs[of.at].fate = Fate::Conflict;
        self.ends_now(of);
    }

    /// Whether a statement can have its effect. Where the transaction has written to the table before, its end knows.
    fn works(&mut self, system: &System, act: Ref, statement: &Statement, before: &[Statement]) -> bool {
        let wrote = |table| {
            before.iter().any(|statement| match statement {
                Statement::Insert(insert) => insert.table == table,
                Statement::Move { find, .. } | Statement::Update { find, .. } => find.table == table,
                Statement::Read { .. } | Statement::Publish(_) | Statement::Steps => false,
            })
        };
        match statement {
            Statement::Insert(insert) => wrote(insert.table) || insert.exists == Exists::Continue || !self.clashes(system, act, insert),
            Statement::Move { find, from, .. } => {
                let state = |world: &World, row| world.vault.about(Shelf::Table(find.table), row).state;
                wrote(find.table) || self.row(system, act, find).is_some_and(|row| from >> state(self, row) & 1 == 1)
            }
            Statement::Update { find, expects, .. } => {
                wrote(find.table) || self.row(system, act, find).is_some() && self.still_holds(system, act, find, expects)
            }
            Statement::Read { find, .. } => wrote(find.table) || self.row(system, act, find).is_some(),
            Statement::Publish(_) | Statement::Steps => true,
        }
    }

    /// Whether a row with the same unique fields is there. A new id clashes with nobody, and is not taken for this.
    fn clashes(&mut self, system: &System, act: Ref, insert: &Insert) -> bool {
        self.row_in_the_way(system, act, insert).is_some()
    }

    pub(super) fn row_in_the_way(&mut self, system: &System, act: Ref, insert: &Insert) -> Option<u32> {
        for row in &insert.rows {
            for (number, set) in system.tables[insert.table.at()].unique.iter().enumerate() {
                if set.iter().any(|&field| row[field as usize] == Fill::NewId) {
                    continue;
                }
                let values: smallvec::SmallVec<[i64; 4]> =
                    set.iter().map(|&field| self.fill(system, act.at, row[field as usize], None)).collect();
                if let Some(found) = self.vault.clash_in(system, insert.table, number, &values) {
                    return Some(found);
                }
            }
        }
        None
    }

    /// Whether a row holds what it must still hold. A row that is not there is another matter.
    pub(super) fn still_holds(&mut self, system: &System, act: Ref, find: &Find, expects: &[(u8, Fill)]) -> bool {
        let Some(row) = self.row(system, act, find) else {
            return true;
        };
        expects.iter().all(|&(field, fill)| {
            let expected = self.fill(system, act.at, fill, None);
            self.vault.field(Shelf::Table(find.table), row, field) == expected
        })
    }

    /// A statement of it is through.
    pub(super) fn statement_done(&mut self, system: &System, of: Ref) {
        let Some(&Tx { act, .. }) = self.txs.get(of) else {
            return;
        };
        if self.freezes_event(self.acts[act.at].replica, Kind::Statement, of.at, of.generation) {
            return;
        }
        self.granted(system, of);
    }

    /// The handler comes back to its open transaction.
    pub(super) fn transact_on(&mut self, system: &System, act: Ref, def: TxId) -> Then {
        let Some(of) = self.acts[act.at].tx.filter(|&tx| self.txs.is(tx)) else {
            // The store dropped the connection meanwhile, and with it the transaction.
            self.leave_tx(system, act, def, Outcome::Failed);
            return Then::GoesOn;
        };
        match self.lock_on(system, of) {
            Some(outcome) => {
                self.tx_goes_on(system, act, def, outcome);
                Then::GoesOn
            }
            None => Then::Waits,
        }
    }

    /// Steps inside of a transaction came to something else than `ok`: it is rolled back.
    pub(super) fn roll_back_unless_ok(&mut self, system: &System, act: Ref, def: TxId) -> Then {
        let outcome = self.acts[act.at].outcome;
        if outcome != Outcome::Ok {
            if let Some(tx) = self.acts[act.at].tx {
                self.roll_back_open(system, act, tx);
            }
            self.leave_tx(system, act, def, outcome);
        }
        Then::GoesOn
    }

    /// Its handler ends, or goes elsewhere, with the transaction still open.
    pub(super) fn roll_back_open(&mut self, system: &System, act: Ref, of: Ref) {
        self.acts[act.at].tx = None;
        let Some(&Tx { def, began: since, .. }) = self.txs.get(of) else {
            return;
        };
        let store = system.txs[def.at()].store;
        let (case, outcome) = (self.acts[act.at].case, self.acts[act.at].outcome);
        self.tally.aborted += 1;
        self.telemetry.now.stores[store.at()].is.aborts += 1;
        self.end_tx(system, of);
        self.beat_by(Who::act(act), case, Part::Store(store), || super::Beat::Aborts { tx: def, outcome, stops: false, since });
    }

    /// The handler has an outcome, or, with a transaction that is still open, its next step.
    pub(super) fn tx_goes_on(&mut self, system: &System, act: Ref, def: TxId, outcome: Outcome) {
        let open = self.acts[act.at].tx.and_then(|tx| self.txs.get(tx));
        if open.is_some_and(|tx| tx.stage == TxStage::Idle) {
            self.acts[act.at].outcome = Outcome::Ok;
        } else {
            self.leave_tx(system, act, def, outcome);
        }
    }

    /// The transaction is over, one way or another: what comes behind it is next.
    pub(super) fn leave_tx(&mut self, system: &System, act: Ref, def: TxId, outcome: Outcome) {
        let state = &mut self.acts[act.at];
        (state.tx, state.outcome, state.pc, state.tries) = (None, outcome, system.txs[def.at()].exit, 0);
    }

    /// Whether the transaction, aborted because of others, is tried once more.
    pub(super) fn will_try_again(&self, system: &System, of: Ref) -> bool {
        let Tx { act, def, .. } = self.txs[of.at];
        i64::from(self.acts[act.at].tries) + 1 < self.param(act.at, system.txs[def.at()].attempts)
    }

    pub(super) fn try_tx_again(&mut self, system: &System, act: Ref, def: TxId) {
        let tx = &system.txs[def.at()];
        let rule = usize::try_from(self.param(act.at, tx.backoff)).ok().and_then(|at| system.backoffs.get(at));
        let state = &mut self.acts[act.at];
        state.tries += 1;
        state.pc = tx.entry;
        let bits = draw(mix(state.luck, state.tries.into()), tx.step.0, Purpose::Again);
        let delay = rule.map_or(0, |rule| wait(rule, state.tries.into(), 0, bits));
        self.after(delay, Kind::TransactAgain, act);
    }

    pub(super) fn transact_again(&mut self, system: &System, act: Ref) {
        if self.acts.is(act) {
            debug_assert!(matches!(system.code[self.acts[act.at].pc as usize], Op::Transact(_)));
            self.run(system, act);
        }
    }

    /// Whether a circle of waiting is looked for as soon as somebody waits.
    pub(super) fn looks_at_once(&self, system: &System, of: Ref) -> bool {
        let store = system.txs[self.txs[of.at].def.at()].store;
        self.configs.get(WORLD, system.stores[store.at()].deadlock_timeout) == 0
    }

    /// It waits for a lock from now on: until somebody looks whether it ever ends, and for as long as it may.
    pub(super) fn patience_for_lock(&mut self, system: &System, of: Ref) {
        let store = &system.stores[system.txs[self.txs[of.at].def.at()].store.at()];
        self.txs[of.at].waits_since = self.now;
        for timeout in [store.deadlock_timeout, store.lock_timeout] {
            let delay = self.configs.get(WORLD, timeout) as u64;
            if delay > 0 {
                self.after(delay, Kind::LockTimeUp, of);
            }
        }
    }

    pub(super) fn lock_time_up(&mut self, system: &System, of: Ref) {
        let Some(&Tx { stage: TxStage::WaitsForLock, waits_since, def, next, .. }) = self.txs.get(of) else {
            return;
        };
        let store = &system.stores[system.txs[def.at()].store.at()];
        let waited = self.now - waits_since;
        let over = |timeout: i64| timeout > 0 && waited >= timeout as u64;
        let circle = over(self.configs.get(WORLD, store.deadlock_timeout)) && {
            let key = self.txs[of.at].locks.get(next as usize).copied();
            let gate = self.txs[of.at].at_gate.is_some() && self.circle_through_gates(&[of], of);
            gate || key.is_some_and(|key| self.locks.holder(key) != Some(of) && self.would_close_a_circle(key, of))
        };
        if circle {
            self.conflicts(of);
        } else if over(self.configs.get(WORLD, store.lock_timeout)) {
            self.txs[of.at].fate = Fate::Broken;
            self.ends_now(of);
        }
    }
}
