//! Single facts about a run, for whoever asks: alerts that fired, keys that broke a promise, whether one is still broken.

use super::vault::Seen;
use super::{Sim, World};
use crate::expr::Shelf;
use crate::system::{InvariantId, InvariantKind, RecordId, System};

impl Sim {
    /// When an alert fired, by its place: once for each time that its condition began to hold for long enough.
    pub fn fired(&self, alert: usize) -> &[u64] {
        self.world.telemetry.alerts.get(alert).map_or(&[], |state| &state.fired)
    }

    /// The oracle's: the first keys that broke an invariant, as (number of the arrival, record, id).
    pub fn broken_keys(&self, invariant: usize) -> impl Iterator<Item = (u64, RecordId, i64)> {
        let each = self.system.invariants.get(invariant).and_then(|def| def.each);
        let keys = self.world.oracle.invariants.get(invariant).map_or(&[][..], |state| &state.keys);
        keys.iter().filter_map(move |&(serial, id)| Some((serial, each?, id)))
    }

    /// The oracle's: whether an invariant does not hold for a record now. None when it is about totals, or nothing of
    /// the record is kept any more.
    pub fn is_broken(&self, invariant: InvariantId, id: i64) -> Option<bool> {
        self.world.is_broken(&self.system, invariant, id)
    }
}

impl World {
    fn is_broken(&self, system: &System, invariant: InvariantId, id: i64) -> Option<bool> {
        let def = system.invariants.get(invariant.at())?;
        let (case, at) = self.find_record_by_id(def.each?, id)?;
        debug_assert_eq!(self.vault.field(Shelf::Record(def.each?), at, 0), id);
        match def.kind {
            InvariantKind::Never(bad) => Some(self.eval_oracle(system, bad, case, at) != 0),
            InvariantKind::Eventually { .. } => {
                let marks = &self.vault.cases[case as usize].marks;
                let mark = marks.iter().find(|mark| mark.invariant == invariant.0 && mark.tuple == at);
                Some(mark.is_some_and(|mark| mark.seen == Seen::Late))
            }
            InvariantKind::AtEnd(_) => None,
        }
    }
}
