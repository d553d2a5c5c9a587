//! What enters a run from outside: decisions, faults, moves. The order in which they come, and the instants at which
//! they come, are part of the input; the same commands give the same digest.

use super::World;
use super::chance::mix;
use super::state::NOBODY;
use super::vault::WORLD_CASE;
use crate::expr::Shelf;
use crate::system::{FaultId, MoveEffect, MoveId, Patch, System};

#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Changes decisions: arrives replica by replica.
    Decide(Vec<Patch>),
    Inject(FaultId),
    /// Ends a fault before its time.
    Lift(FaultId),
    /// Makes a move; `subject` is the id of the record that a calling move asks for.
    Move {
        makes: MoveId,
        subject: Option<i64>,
    },
}

/// Why a command was not taken. The digest is as if it had not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NoSuchFault,
    NoSuchMove,
    NoSuchParameter,
    /// The parameter cannot have this value.
    NoSuchValue,
    /// The move needs a record, and there is none with this id.
    NoSuchRecord,
    FaultIsOn,
    FaultIsOff,
    /// The run has ended: `Report::stopped`.
    Stopped,
}

impl World {
    pub(super) fn command(&mut self, system: &System, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Decide(patches) => {
                if patches.iter().any(|patch| patch.param.at() >= system.params.len()) {
                    return Err(Refusal::NoSuchParameter);
                }
                if !patches.iter().all(|patch| system.accepts(patch)) {
                    return Err(Refusal::NoSuchValue);
                }
                for patch in patches {
                    self.note(u64::from(patch.param.0) | 6 << 40, patch.value as u64);
                }
                self.change(system, patches);
            }
            Command::Inject(fault) => {
                let state = self.faults.get(fault.at()).ok_or(Refusal::NoSuchFault)?;
                if state.on {
                    return Err(Refusal::FaultIsOn);
                }
                self.note(7 << 40, u64::from(fault.0));
                self.fault_on(system, fault.0.into());
            }
            Command::Lift(fault) => {
                let state = self.faults.get(fault.at()).ok_or(Refusal::NoSuchFault)?;
                if !state.on {
                    return Err(Refusal::FaultIsOff);
                }
                self.note(8 << 40, u64::from(fault.0));
                self.fault_off(system, fault.0.into());
            }
            Command::Move { makes, subject } => self.command_move(system, *makes, *subject)?,
        }
        Ok(())
    }

    fn command_move(&mut self, system: &System, makes: MoveId, subject: Option<i64>) -> Result<(), Refusal> {
        let def = system.moves.get(makes.at()).ok_or(Refusal::NoSuchMove)?;
        let (case, subject) = match (&def.does, subject) {
            (MoveEffect::Call { pick, .. }, Some(id)) => {
                let shelf = Shelf::Record(pick.record);
                let live = self.vault.cases.iter().enumerate().filter(|(_, held)| held.live);
                let mut found = live.filter_map(|(case, _)| {
                    self.vault.next(shelf, case as u32, Some((0, id)), 0).map(|(at, _)| (case as u32, at))
                });
                found.next().ok_or(Refusal::NoSuchRecord)?
            }
            (MoveEffect::Call { .. }, None) => return Err(Refusal::NoSuchRecord),
            _ => (WORLD_CASE, NOBODY),
        };
        self.digest = mix(self.digest ^ 9 << 40, u64::from(makes.0) << 32 | u64::from(subject));
        self.notice(system, super::report::Sign::Move, super::operators::Noticed::Something, self.now);
        self.plan_move(makes, case, subject, 0);
        Ok(())
    }
}
