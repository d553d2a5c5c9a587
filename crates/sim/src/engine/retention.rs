//! Rows that are kept for a time: a key that makes an effect happen once does so for as long as its row is there.

use super::World;
use super::arena::Ref;
use super::config::WORLD;
use super::queue::Kind;
use crate::expr::Shelf;
use crate::system::{System, TableId};

/// A row on its way out. Its arrival is kept until then, so that whoever shares the row finds it.
#[derive(Debug, Clone)]
pub struct Ageing {
    table: TableId,
    row: u32,
    life: u32,
    case: u32,
}

impl World {
    /// A row was inserted and committed.
    #[inline]
    pub(super) fn row_begins(&mut self, system: &System, table: TableId, row: u32) {
        if system.tables[table.at()].gathered {
            self.waits_to_be_gathered(system, table, row);
        }
        let Some(keep) = system.tables[table.at()].keep else { return };
        let keep = self.configs.get(WORLD, keep) as u64;
        if keep == 0 {
            return;
        }
        let about = self.vault.about(Shelf::Table(table), row);
        let (case, life) = (about.case, about.life);
        self.hold(case);
        let of = self.ageing.put(Ageing { table, row, life, case });
        self.queue.push_timer(self.now, keep, Kind::RowEnds, of.at, of.generation);
    }

    pub(super) fn row_ends(&mut self, system: &System, of: Ref) {
        let Some(Ageing { table, row, life, case }) = self.ageing.get(of).cloned() else { return };
        self.ageing.free(of.at);
        let shelf = Shelf::Table(table);
        // A fault may have lost it before.
        if self.vault.about(shelf, row).life == life {
            self.vault.drop_row(system, table, row);
            self.note(u64::from(table.0) | 17 << 40, self.vault.cases[case as usize].serial);
            self.touched(system, case, shelf);
        }
        self.release(case);
    }
}
