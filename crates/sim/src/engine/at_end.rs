//! Invariants that hold at the end or not at all, one instance at a time. A case is judged when nothing can reach it
//! any more, just before it is given back: from then on nothing of it can change. What is still there is judged at the
//! end of the clock.

use super::World;
use super::story::{Beat, Part};
use super::vault::WORLD_CASE;
use crate::expr::Shelf;
use crate::system::{ExprId, InvariantId, InvariantKind, RecordId, System};

/// Instances that do not hold.
#[derive(Debug, Clone, Default)]
pub struct Unkept {
    pub count: u64,
    pub cost: i64,
    /// Number of the arrival and id of the instance.
    pub keys: Vec<(u64, i64)>,
}

impl World {
    /// The case is final.
    pub(super) fn judge_at_end(&mut self, system: &System, case: u32) {
        for (at, def) in system.invariants.iter().enumerate() {
            let (InvariantKind::AtEnd(holds), Some(record)) = (&def.kind, def.each) else {
                continue;
            };
            let mut unkept = Unkept::default();
            self.look_for_unkept(system, InvariantId(at as u16), *holds, record, case, &mut unkept);
            let state = &mut self.oracle.invariants[at];
            state.broken += unkept.count;
            state.cost = state.cost.saturating_add(unkept.cost);
            let room = super::oracle::KEYS_KEPT.saturating_sub(state.keys.len());
            state.keys.extend(unkept.keys.iter().take(room));
            for (serial, id) in unkept.keys {
                self.note(at as u64 | 14 << 40, serial);
                self.beat(case, Part::Oracle, || Beat::Broken { invariant: InvariantId(at as u16), record, id });
            }
        }
    }

    /// Of the cases that are still there.
    pub(super) fn unkept(&self, system: &System, invariant: InvariantId) -> Unkept {
        let mut unkept = Unkept::default();
        let def = &system.invariants[invariant.at()];
        if let (InvariantKind::AtEnd(holds), Some(record)) = (&def.kind, def.each) {
            for (case, _) in self.vault.cases.iter().enumerate().filter(|(_, held)| held.live) {
                self.look_for_unkept(system, invariant, *holds, record, case as u32, &mut unkept);
            }
        }
        unkept
    }

    fn look_for_unkept(
        &self,
        system: &System,
        invariant: InvariantId,
        holds: ExprId,
        record: RecordId,
        case: u32,
        unkept: &mut Unkept,
    ) {
        let costs = system.invariants[invariant.at()].costs;
        let shelf = Shelf::Record(record);
        let mut from = 0;
        while let Some((at, next)) = self.vault.next(shelf, case, None, from) {
            from = next;
            let judged = self.vault.about(shelf, at).born >= system.clock.warm_up;
            if !judged || self.eval_oracle(system, holds, case, at) != 0 {
                continue;
            }
            unkept.count += 1;
            let cost = costs.map_or(0, |cost| self.eval_oracle(system, cost, case, at));
            unkept.cost = unkept.cost.saturating_add(cost);
            unkept.keys.push((self.vault.cases[case as usize].serial, self.vault.field(shelf, at, 0)));
        }
    }

    /// Whether a statement about totals holds, and what it costs when it does not.
    pub(super) fn total_is_unkept(&self, system: &System, invariant: InvariantId, holds: ExprId) -> Option<i64> {
        let costs = system.invariants[invariant.at()].costs;
        (self.eval_totals(system, holds) == 0)
            .then(|| costs.map_or(0, |cost| self.eval_oracle(system, cost, WORLD_CASE, 0)))
    }
}
