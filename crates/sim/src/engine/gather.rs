//! What a job takes together: rows of many arrivals, summed by a field, each row once.
//!
//! Rows are claimed in a transaction of their own, in one instant; the handlers that are started with the sums come after it.
//! So no row is in two batches, and a crash between the claim and its use leaves rows that are claimed and not used.

use std::collections::BTreeMap;

use super::World;
use super::arena::Ref;
use super::chance::mix;
use super::moves::Hindrance;
use super::sending::Args;
use super::state::Caller;
use super::vault::{About, WORLD_CASE};
use crate::expr::Shelf;
use crate::system::{Gather, JobWork, System, TableId};

impl World {
    /// A row was inserted that a job will gather: its arrival is kept until then.
    #[cold]
    pub(super) fn waits_to_be_gathered(&mut self, system: &System, table: TableId, row: u32) {
        let About { case, state, life, .. } = *self.vault.about(Shelf::Table(table), row);
        for (job, def) in system.jobs.iter().enumerate() {
            if let JobWork::Gather(gather) = &def.work
                && gather.table == table
                && gather.moves.is_some_and(|(from, _)| from == state)
            {
                self.hold(case);
                self.jobs[job].open.push((row, life, case));
            }
        }
    }

    pub(super) fn gather(&mut self, system: &System, job: u32, replica: u32, gather: &Gather, by: Option<Ref>) {
        if self.stores[system.tables[gather.table.at()].store.at()].down {
            return self.job_fails(by, Hindrance::JobCannotRun);
        }
        self.jobs[job as usize].runs += 1;
        let runs = self.jobs[job as usize].runs;
        let shelf = Shelf::Table(gather.table);
        let mut groups: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
        let mut changed: Vec<u32> = Vec::new();
        let rows = match gather.moves {
            Some(_) => std::mem::take(&mut self.jobs[job as usize].open),
            None => self.vault.rows_since(gather.table, 0).into_iter().map(|(case, row)| (row, self.vault.about(shelf, row).life, case)).collect(),
        };
        for &(row, life, case) in &rows {
            let about = *self.vault.about(shelf, row);
            // Somebody else may have moved it on, and a fault may have lost it.
            if about.life != life || gather.moves.is_some_and(|(from, _)| about.state != from) {
                continue;
            }
            let value = gather.by.map_or(0, |field| self.vault.field(shelf, row, field));
            let amount = self.vault.field(shelf, row, gather.sum);
            let (sum, count) = groups.entry(value).or_default();
            (*sum, *count) = (sum.saturating_add(amount), *count + 1);
            if let Some((_, to)) = gather.moves {
                self.vault.set_state(shelf, row, to);
                self.note(u64::from(gather.table.0) << 32 | u64::from(to), row.into());
                changed.push(case);
            }
        }
        changed.sort_unstable();
        changed.dedup();
        changed.into_iter().for_each(|case| self.touched(system, case, shelf));
        if gather.moves.is_some() {
            rows.into_iter().for_each(|(.., case)| self.release(case));
        }
        let luck = mix(self.setup.seed, u64::from(job) << 32 | u64::from(runs) | 23 << 56);
        for (value, (sum, rows)) in groups {
            self.next_event += 1;
            let given = [Some(self.next_event), gather.by.map(|_| value), Some(sum), Some(rows)];
            let args: Args = given.into_iter().flatten().collect();
            let caller = by.map_or(Caller::Nobody, Caller::Move);
            if let Some(by) = by {
                self.move_waits(by, 1);
            }
            self.start_aside(system, replica, gather.handler, &args, WORLD_CASE, mix(luck, value as u64), caller);
        }
    }
}
