//! Single facts about a run, for whoever asks: alerts that fired, keys that broke a promise, whether one is still broken.

use std::collections::{BTreeMap, BTreeSet};

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

    /// The oracle's: whether each of these invariants does not hold for the record of this id now. None when it is about
    /// totals, or nothing of the record is kept any more. One look through what is held, however many are asked about.
    pub fn are_broken(&self, asked: &[(InvariantId, i64)]) -> Vec<Option<bool>> {
        self.world.are_broken(&self.system, asked)
    }
}

impl World {
    fn are_broken(&self, system: &System, asked: &[(InvariantId, i64)]) -> Vec<Option<bool>> {
        let mut answers = vec![None; asked.len()];
        let mut wanted: BTreeMap<(RecordId, i64), Vec<usize>> = BTreeMap::new();
        for (at, &(invariant, id)) in asked.iter().enumerate() {
            if let Some(record) = system.invariants.get(invariant.at()).and_then(|def| def.each) {
                wanted.entry((record, id)).or_default().push(at);
            }
        }
        let records: BTreeSet<RecordId> = wanted.keys().map(|&(record, _)| record).collect();
        for (case, _) in self.vault.cases.iter().enumerate().filter(|(_, held)| held.live) {
            for &record in &records {
                let mut from = 0;
                while let Some((tuple, next)) = self.vault.next(Shelf::Record(record), case as u32, None, from) {
                    from = next;
                    let id = self.vault.field(Shelf::Record(record), tuple, 0);
                    for &at in wanted.get(&(record, id)).into_iter().flatten() {
                        answers[at] = self.is_broken(system, asked[at].0, case as u32, tuple);
                    }
                }
            }
        }
        answers
    }

    fn is_broken(&self, system: &System, invariant: InvariantId, case: u32, tuple: u32) -> Option<bool> {
        match system.invariants[invariant.at()].kind {
            InvariantKind::Never(bad) => Some(self.eval_oracle(system, bad, case, tuple) != 0),
            InvariantKind::Eventually { .. } => {
                let marks = &self.vault.cases[case as usize].marks;
                let mark = marks.iter().find(|mark| mark.invariant == invariant.0 && mark.tuple == tuple);
                Some(mark.is_some_and(|mark| mark.seen == Seen::Late))
            }
            InvariantKind::AtEnd(_) => None,
        }
    }
}
