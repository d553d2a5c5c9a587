//! Records of providers that go on by themselves: after a time, at the next of certain instants, by chance.
//!
//! Several ways out of a state compete: each has its own time and chance, and the first to come takes the record, unless
//! somebody has moved it before.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, happens, mix};
use super::config::WORLD;
use super::queue::Kind;
use super::story::Part;
use crate::expr::Shelf;
use crate::system::{RecordId, StepId, System};

/// A record on its way to another state.
#[derive(Debug, Clone)]
pub struct Turning {
    turn: u16,
    record: u32,
    to: u8,
    case: u32,
    luck: u64,
}

impl World {
    /// A record has come to a state, from another or (`None`) into being.
    pub(super) fn turns_begin(&mut self, system: &System, record: RecordId, at: u32, before: Option<u8>, state: u8, case: u32, luck: u64) {
        for (number, turn) in system.turns.iter().enumerate() {
            if turn.record != record {
                continue;
            }
            let was = before.is_some_and(|before| turn.from >> before & 1 == 1);
            let is = turn.from >> state & 1 == 1;
            let number = number as u16;
            if was && !is {
                self.turn_ends(number, at);
            }
            if was || !is {
                continue;
            }
            let luck = mix(luck, u64::from(number) | 9 << 40);
            let chance = f64::from_bits(self.configs.get(WORLD, turn.chance) as u64);
            let to = if happens(draw(luck, number, Purpose::Declined), chance) { Some(turn.to) } else { turn.otherwise };
            let Some(to) = to else { continue };
            let after = self.world_duration(system, turn.after, luck, StepId(number), Purpose::Delay);
            let mut due = self.now.saturating_add(after);
            if let Some(calendar) = turn.at {
                let instants = &system.calendars[usize::from(calendar)];
                // What comes exactly at the cut-off is in.
                due = instants.get(instants.partition_point(|instant| *instant < due)).copied().unwrap_or(u64::MAX);
            }
            if due > system.clock.ends() {
                continue;
            }
            self.hold(case);
            let turning = self.turning.put(Turning { turn: number, record: at, to, case, luck });
            self.turning_of.insert((number, at), turning);
            self.queue.push(due, Kind::Turns, turning.at, turning.generation);
        }
    }

    fn turn_ends(&mut self, turn: u16, record: u32) {
        if let Some(turning) = self.turning_of.remove(&(turn, record)) {
            let case = self.turning[turning.at].case;
            self.turning.free(turning.at);
            self.release(case);
        }
    }

    /// It goes on by itself.
    pub(super) fn record_turns(&mut self, system: &System, of: Ref) {
        let Some(Turning { turn, record: at, to, case, luck }) = self.turning.get(of).cloned() else {
            return;
        };
        let def = &system.turns[usize::from(turn)];
        self.hold(case);
        self.turn_ends(turn, at);
        let shelf = Shelf::Record(def.record);
        let before = self.vault.about(shelf, at).state;
        for &field in &def.clears {
            self.vault.set_record_field(def.record, at, field, 0);
        }
        self.vault.set_state(shelf, at, to);
        let id = self.vault.field(shelf, at, 0);
        let record = def.record;
        self.beat(case, Part::Provider(def.provider), || super::Beat::Becomes { record, id, state: to });
        self.entered(system, def.provider, case, record, at, Some(before), to, luck);
        self.release(case);
    }
}
