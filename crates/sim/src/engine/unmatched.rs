//! Rows that wait for their counterpart, so that a figure like "the oldest row here without one there" need not ask every row
//! at every sample.
//!
//! A row that has its counterpart keeps it until both are given back. Two things are otherwise: a store that loses what it
//! had committed, after which all rows are asked again, and an update of a field that is compared; where a system has one,
//! they are asked every time.

use super::World;
use crate::expr::Shelf;
use crate::system::{Measure, Statement, System};

/// Of one measure.
#[derive(Debug, Clone)]
pub struct Unmatched {
    /// Places and lives of the rows that had no counterpart when they were last asked.
    rows: Vec<(u32, u32)>,
    /// How many of them are in a state that counts.
    pub waiting: u64,
    /// Whether `rows` is all of them, but for those that the vault has noted as fresh.
    known: bool,
    /// Whether something may change a compared field.
    fickle: bool,
}

pub fn start(system: &System) -> Vec<Unmatched> {
    let fickle = |measure: &Measure| {
        let changes = |statement: &Statement| match statement {
            Statement::Update { find, sets, adds, .. } => sets.iter().chain(adds).any(|&(field, _)| {
                (find.table, field) == (measure.oldest, measure.field)
                    || (find.table, field) == (measure.without, measure.without_field)
            }),
            _ => false,
        };
        system.txs.iter().any(|tx| tx.statements.iter().any(changes))
    };
    system.measures.iter().map(|measure| Unmatched { rows: Vec::new(), waiting: 0, known: false, fickle: fickle(measure) }).collect()
}

impl World {
    /// Nobody measures at present, or what was known is not true any more.
    pub(super) fn forget_unmatched(&mut self) {
        for state in &mut self.telemetry.unmatched {
            (state.known, state.waiting) = (false, 0);
            state.rows.clear();
        }
    }

    /// Per measure: nanoseconds since the oldest row without its counterpart was inserted.
    pub(super) fn measure_unmatched(&mut self, system: &System) -> Vec<u64> {
        let ages = system.measures.iter().enumerate().map(|(at, measure)| {
            let mut state = std::mem::take(&mut self.telemetry.unmatched[at].rows);
            self.renew_unmatched(at, measure, &mut state);
            let waits = |row: u32| measure.states >> self.vault.about(Shelf::Table(measure.oldest), row).state & 1 == 1;
            let born = |row: u32| self.vault.about(Shelf::Table(measure.oldest), row).born;
            let waiting = state.iter().filter(|(row, _)| waits(*row));
            let (oldest, count) = (waiting.clone().map(|(row, _)| born(*row)).min(), waiting.count() as u64);
            (self.telemetry.unmatched[at].rows, self.telemetry.unmatched[at].waiting) = (state, count);
            self.now - oldest.unwrap_or(self.now)
        });
        let ages = ages.collect();
        self.vault.forget_fresh();
        ages
    }

    fn renew_unmatched(&mut self, at: usize, measure: &Measure, rows: &mut Vec<(u32, u32)>) {
        let shelf = Shelf::Table(measure.oldest);
        let state = &mut self.telemetry.unmatched[at];
        if state.known {
            let fresh = self.vault.fresh(measure.oldest).iter();
            rows.extend(fresh.map(|&row| (row, self.vault.about(shelf, row).life)));
        } else {
            rows.clear();
            rows.extend(self.vault.standing(measure.oldest));
            state.known = !state.fickle;
        }
        rows.retain(|&(row, life)| {
            let about = self.vault.about(shelf, row);
            if about.life != life {
                return false;
            }
            let key = Some((measure.without_field, self.vault.field(shelf, row, measure.field)));
            self.vault.next(Shelf::Table(measure.without), about.case, key, 0).is_none()
        });
    }
}
