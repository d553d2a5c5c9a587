//! The oracle: it sees everything, evaluates invariants anew when something they read has changed, and counts who
//! was hurt. Nothing it knows reaches a step, an alert or an operator.

use super::World;
use super::arena::{PagedArena, Ref};
use super::chance::{Purpose, draw, happens};
use super::config::WORLD;
use super::operators::Ticket;
use super::queue::Kind;
use super::story::Part;
use super::vault::{Mark, Seen};
use crate::expr::Shelf;
use crate::system::{InvariantId, InvariantKind, RecordId, System};

/// How many of the keys that broke an invariant are kept by name.
pub const KEYS_KEPT: usize = 20;

#[derive(Debug, Clone)]
pub struct Oracle {
    pub invariants: Vec<InvariantState>,
    pub windows: PagedArena<Window>,
    /// By shelf number: invariants that read it.
    readers: Vec<Vec<u16>>,
}

#[derive(Debug, Clone, Default)]
pub struct InvariantState {
    pub broken: u64,
    /// Broken, and later true after all.
    pub mended: u64,
    pub open: u64,
    pub cost: i64,
    pub tickets: u64,
    /// Number of the arrival and id of the instance.
    pub keys: Vec<(u64, i64)>,
}

/// An `eventually` that waits.
#[derive(Debug, Clone, Default)]
pub struct Window {
    pub invariant: u16,
    pub case: u32,
    pub tuple: u32,
}

impl Oracle {
    pub fn new(system: &System) -> Oracle {
        let records = system.records.len();
        let mut readers = vec![Vec::new(); records + system.tables.len()];
        for (at, invariant) in system.invariants.iter().enumerate() {
            let own = invariant.each.map(Shelf::Record);
            let mut places: Vec<usize> = invariant
                .reads
                .iter()
                .copied()
                .chain(own)
                .map(|shelf| match shelf {
                    Shelf::Record(record) => record.at(),
                    Shelf::Table(table) => records + table.at(),
                })
                .collect();
            places.sort_unstable();
            places.dedup();
            places.into_iter().for_each(|place| readers[place].push(at as u16));
        }
        Oracle {
            invariants: vec![InvariantState::default(); system.invariants.len()],
            windows: PagedArena::default(),
            readers,
        }
    }
}

impl World {
    /// Something on this shelf has changed in the case: whoever reads it is asked again.
    pub(super) fn touched(&mut self, system: &System, case: u32, shelf: Shelf) {
        let number = self.vault.number(shelf) as usize;
        for reader in 0..self.oracle.readers[number].len() {
            let invariant = self.oracle.readers[number][reader];
            let Some(record) = system.invariants[invariant as usize].each else {
                continue;
            };
            let mut from = 0;
            while let Some((at, next)) = self.vault.next(Shelf::Record(record), case, None, from) {
                from = next;
                self.judge(system, invariant, record, case, at);
            }
        }
    }

    fn judge(&mut self, system: &System, invariant: u16, record: RecordId, case: u32, at: u32) {
        if self.vault.about(Shelf::Record(record), at).born < system.clock.warm_up {
            return;
        }
        let marks = &self.vault.cases[case as usize].marks;
        let place = marks.iter().position(|mark| mark.invariant == invariant && mark.tuple == at);
        let seen = place.map(|place| marks[place].seen);
        match system.invariants[invariant as usize].kind {
            InvariantKind::Never(bad) => {
                if seen.is_none() && self.eval_oracle(system, bad, case, at) != 0 {
                    self.mark(case, place, Mark { invariant, tuple: at, seen: Seen::Broken });
                    self.broken(system, invariant, record, case, at);
                }
            }
            InvariantKind::Eventually { when, then, within } => match seen {
                None => {
                    if self.eval_oracle(system, when, case, at) != 0 && self.eval_oracle(system, then, case, at) == 0 {
                        self.hold(case);
                        let window = self.oracle.windows.put(Window { invariant, case, tuple: at });
                        self.oracle.invariants[invariant as usize].open += 1;
                        self.mark(case, place, Mark { invariant, tuple: at, seen: Seen::Open(window.at) });
                        let within = self.configs.get(WORLD, within) as u64;
                        self.queue.push_timer(self.now, within, Kind::Deadline, window.at, window.generation);
                    }
                }
                Some(Seen::Open(window)) => {
                    if self.eval_oracle(system, then, case, at) != 0 {
                        self.oracle.windows.free(window);
                        self.oracle.invariants[invariant as usize].open -= 1;
                        self.mark(case, place, Mark { invariant, tuple: at, seen: Seen::Kept });
                        self.release(case);
                    }
                }
                Some(Seen::Late) => {
                    if self.eval_oracle(system, then, case, at) != 0 {
                        self.oracle.invariants[invariant as usize].mended += 1;
                        self.mark(case, place, Mark { invariant, tuple: at, seen: Seen::Broken });
                        self.release(case);
                    }
                }
                Some(Seen::Kept | Seen::Broken) => {}
            },
            InvariantKind::AtEnd(_) => {}
        }
    }

    fn mark(&mut self, case: u32, place: Option<usize>, mark: Mark) {
        let marks = &mut self.vault.cases[case as usize].marks;
        match place {
            Some(place) => marks[place] = mark,
            None => marks.push(mark),
        }
    }

    pub(super) fn deadline(&mut self, system: &System, of: Ref) {
        let Some(window) = self.oracle.windows.get(of) else {
            return;
        };
        let Window { invariant, case, tuple, .. } = *window;
        self.oracle.windows.free(of.at);
        self.oracle.invariants[invariant as usize].open -= 1;
        let marks = &self.vault.cases[case as usize].marks;
        let place = marks.iter().position(|mark| mark.invariant == invariant && mark.tuple == tuple);
        // What is late is watched until it is true after all, so the case is still held.
        self.mark(case, place, Mark { invariant, tuple, seen: Seen::Late });
        if let Some(record) = system.invariants[invariant as usize].each {
            self.broken(system, invariant, record, case, tuple);
        }
    }

    fn broken(&mut self, system: &System, invariant: u16, record: RecordId, case: u32, at: u32) {
        let def = &system.invariants[invariant as usize];
        let cost = def.costs.map_or(0, |cost| self.eval_oracle(system, cost, case, at));
        let id = self.vault.field(Shelf::Record(record), at, 0);
        let serial = self.vault.cases[case as usize].serial;
        let state = &mut self.oracle.invariants[invariant as usize];
        state.broken += 1;
        state.cost = state.cost.saturating_add(cost);
        if state.keys.len() < KEYS_KEPT {
            state.keys.push((serial, id));
        }
        self.note(u64::from(invariant) | 3 << 40, serial);
        self.beat(case, Part::Oracle, || super::Beat::Broken { invariant: InvariantId(invariant), record, id });
        if let Some(rule) = def.ticket {
            let luck = self.vault.cases[case as usize].luck;
            let chance = f64::from_bits(self.configs.get(WORLD, rule.chance) as u64);
            if happens(draw(luck, rule.step.0, Purpose::Ticket), chance) {
                let delay = self.world_duration(system, rule.after, luck, rule.step, Purpose::TicketDelay);
                self.hold(case);
                let ticket = self.operators.tickets.put(Ticket { invariant, case, broken_at: self.now, record, id, number: 0 });
                self.after(delay, Kind::Ticket, ticket);
            }
        }
    }
}
