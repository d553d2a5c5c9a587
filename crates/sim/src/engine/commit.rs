//! The instant at which a transaction is committed: every statement has its effect, or none has.

use smallvec::SmallVec;

use super::World;
use super::arena::Ref;
use super::listen::Who;
use super::state::{Act, Fate, Tx};
use super::story::Part;
use crate::Outcome;
use crate::expr::Shelf;
use crate::system::{Answer, Exists, Find, Insert, Statement, System, TableId, TxDef, VIA_OUTBOX};

/// What a commit has done so far, to be taken back if it aborts.
pub(super) enum Done {
    Inserted(TableId, u32),
    Moved(TableId, u32, u8),
    Set(TableId, u32, u8, i64),
    Stored,
}

impl World {
    pub(super) fn commit(&mut self, system: &System, of: Ref) {
        let Some(&Tx { act, def, began: since, from_copy: copy, .. }) = self.txs.get(of) else {
            return;
        };
        if self.freezes_event(self.acts[act.at].replica, super::Kind::Commit, of.at, of.generation) {
            return;
        }
        let tx = &system.txs[def.at()];
        let case = self.acts[act.at].case;
        let (by, part) = (Who::act(act), Part::Store(tx.store));
        let (outcome, stops, touched) = self.apply_tx(system, of, tx);
        if self.txs[of.at].serial != 0 && outcome == Outcome::Ok && !stops {
            self.serial_commits(tx.store, of);
        }
        let again = self.txs[of.at].fate == Fate::Conflict && self.will_try_again(system, of);
        self.end_tx(system, of);
        self.acts[act.at].tx = None;
        if !again {
            self.leave_tx(system, act, def, outcome);
        }
        let committed = outcome == Outcome::Ok && !stops;
        // What stops because its row is there has done its work, as a store sees it.
        match outcome {
            Outcome::Ok => self.telemetry.now.committed(tx.store.0, self.now - since),
            _ => self.telemetry.now.stores[tx.store.at()].is.aborts += 1,
        }
        if committed {
            self.tally.committed += 1;
            self.acts[act.at].effects = true;
            self.entry_rides(system, act, def);
            self.beat_by(by, case, part, || super::Beat::Commits { tx: def, since, copy });
            touched.iter().for_each(|&shelf| self.touched(system, case, shelf));
        } else {
            self.tally.aborted += u64::from(!stops);
            self.beat_by(by, case, part, || super::Beat::Aborts { tx: def, outcome, stops, since });
        }
        if again {
            return self.try_tx_again(system, act, def);
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
        self.ready.push(act);
    }

    /// Does what the statements say, or nothing. Second: the handler is to stop.
    pub(super) fn apply_tx(&mut self, system: &System, of: Ref, tx: &TxDef) -> (Outcome, bool, SmallVec<[Shelf; 4]>) {
        let Tx { act, read, found, fate, .. } = self.txs[of.at];
        if fate != Fate::Open || self.is_full(system, tx.store) && super::copies::writes(tx) {
            return (Outcome::Failed, false, SmallVec::new());
        }
        let mut done: SmallVec<[Done; 6]> = SmallVec::new();
        let mut touched: SmallVec<[Shelf; 4]> = SmallVec::new();
        let mut failed = None;
        for (at, statement) in tx.statements.iter().enumerate() {
            let early = at < 64 && read >> at & 1 == 1;
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
                Statement::Update { find, expects, .. }
                    if !expects.is_empty() && !self.still_holds(system, act, find, expects) =>
                {
                    self.txs[of.at].fate = Fate::Conflict;
                    Outcome::Failed
                }
                Statement::Update { find, sets, adds, .. } => match self.row(system, act, find) {
                    Some(row) => {
                        let both = sets.iter().map(|set| (set, false)).chain(adds.iter().map(|add| (add, true)));
                        for (&(field, fill), adds) in both {
                            let mut value = self.fill(system, act.at, fill, None);
                            if adds {
                                value = value.saturating_add(self.vault.field(Shelf::Table(find.table), row, field));
                            }
                            done.push(Done::Set(
                                find.table,
                                row,
                                field,
                                self.vault.field(Shelf::Table(find.table), row, field),
                            ));
                            self.vault.set_row_field(system, find.table, row, field, value);
                            self.note(u64::from(find.table.0) << 32 | u64::from(field), value as u64);
                        }
                        Outcome::Ok
                    }
                    None => Outcome::Missing,
                },
                Statement::Read { .. } if early => match found >> at & 1 == 1 {
                    true => Outcome::Ok,
                    false => Outcome::Missing,
                },
                Statement::Read { find, into, .. } => match self.row(system, act, find) {
                    Some(row) => {
                        for &(field, reg) in into {
                            self.registers[(act.at, reg)] =
                                self.vault.field(Shelf::Table(find.table), row, field);
                        }
                        Outcome::Ok
                    }
                    None => Outcome::Missing,
                },
                Statement::Publish(publish) => {
                    if self.param(act.at, system.publishes[publish.at()].via) == VIA_OUTBOX {
                        let mut outgoing = self.outgoing(system, act, *publish);
                        outgoing.id = self.txs[of.at].outbox_id + at as u64;
                        self.hold(outgoing.case);
                        self.stores[tx.store.at()].outbox.push_back(outgoing);
                        done.push(Done::Stored);
                    }
                    Outcome::Ok
                }
                Statement::Steps => Outcome::Ok,
            };
            match statement {
                Statement::Insert(Insert { table, .. })
                | Statement::Move { find: Find { table, .. }, .. }
                | Statement::Update { find: Find { table, .. }, .. }
                    if !touched.contains(&Shelf::Table(*table)) =>
                {
                    touched.push(Shelf::Table(*table))
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
            None => {
                self.remember(system, act, tx, &done);
                for done in &done {
                    if let Done::Inserted(table, row) = *done {
                        self.row_begins(system, table, row);
                    }
                }
                (Outcome::Ok, false, touched)
            }
            Some(outcome) => {
                self.take_back(system, tx, &done);
                (outcome, false, touched)
            }
        }
    }

    pub(super) fn row(&mut self, system: &System, act: Ref, find: &Find) -> Option<u32> {
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
}
