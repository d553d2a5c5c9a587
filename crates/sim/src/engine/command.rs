//! What enters a run from outside: decisions, faults, moves. The order in which they come, and the instants at which
//! they come, are part of the input; the same commands give the same digest.

use std::fmt;

use super::World;
use super::chance::mix;
use super::moves::{By, Letters, With};
use super::operators::Noticed;
use super::state::NOBODY;
use super::vault::WORLD_CASE;
use crate::expr::Shelf;
use crate::system::{FaultId, GroupId, MoveEffect, MoveId, Patch, RecordId, ServiceId, System, TopicId};

/// What enters a run from outside, by `Sim::apply`. It takes effect at the present instant.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Changes decisions: arrives replica by replica.
    Decide(Vec<Patch>),
    /// Begins a fault now, for as long as it lasts by itself. Refused while it is on.
    Inject(FaultId),
    /// Ends a fault before its time.
    Lift(FaultId),
    /// Makes a move, with what it asks for (`Move::asks`).
    Move {
        /// Which move of the system.
        makes: MoveId,
        /// What it asks for; `With::Nothing` where the move asks nothing, or its usual choice will do.
        with: With,
    },
    /// Takes back what a move did, by its number: as much a move as the first, in as much time.
    TakeBack(u64),
    /// Stops a move that waits, is prepared, or puts dead letters back, by its number. What is done stays done.
    CallOff(u64),
}

/// Why a command was not taken. The digest is as if it had not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The fault is not in `System::faults`.
    NoSuchFault,
    /// There is no move of this kind, or none with this number.
    NoSuchMove,
    /// A patch names a parameter that is not in `System::params`.
    NoSuchParameter,
    /// The parameter cannot have this value.
    NoSuchValue,
    /// The move needs a record, and there is none with this id.
    NoSuchRecord,
    /// The move does not ask for this, or asks for what was not said.
    WrongArgument,
    /// No dead letter of the topic has this number (any more), or there is none at all.
    NoSuchDeadLetter,
    /// A rate is a number of messages a second, at most a million.
    NoSuchRate,
    /// The topic has no such group.
    NoSuchGroup,
    /// The group has no partition of this number; they count from 0.
    NoSuchPartition,
    /// The first message of the partition does not fail.
    NotBlocked,
    /// The service has no replica of this number; they count from 1.
    NoSuchReplica,
    /// The replica is down or starting: it comes back by itself.
    ReplicaIsDown,
    /// The group takes no messages already.
    IsPaused,
    /// The group was not paused, so there is nothing to go on with.
    IsNotPaused,
    /// Such a move cannot be taken back, or was.
    NotReversible,
    /// The move cannot be stopped any more.
    TooLate,
    /// The fault was injected, or came by itself, and has not ended.
    FaultIsOn,
    /// There is nothing to lift: the fault is not on, or has no duration.
    FaultIsOff,
    /// The run has ended: `Report::stopped`.
    Stopped,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::NoSuchFault => "there is no such fault",
            Refusal::NoSuchMove => "there is no such move",
            Refusal::NoSuchParameter => "there is no such parameter",
            Refusal::NoSuchValue => "the parameter cannot have this value",
            Refusal::NoSuchRecord => "there is no record with this id",
            Refusal::WrongArgument => "the move asks for something else",
            Refusal::NoSuchDeadLetter => "there is no such dead letter",
            Refusal::NoSuchRate => "this is no rate",
            Refusal::NoSuchGroup => "the topic has no such group",
            Refusal::NoSuchPartition => "the group has no such partition",
            Refusal::NotBlocked => "the first message of the partition does not fail",
            Refusal::NoSuchReplica => "the service has no such replica",
            Refusal::ReplicaIsDown => "the replica is not up; it comes back by itself",
            Refusal::IsPaused => "the group is paused already",
            Refusal::IsNotPaused => "the group is not paused",
            Refusal::NotReversible => "this cannot be taken back",
            Refusal::TooLate => "it cannot be stopped any more",
            Refusal::FaultIsOn => "the fault is on already",
            Refusal::FaultIsOff => "the fault is not on",
            Refusal::Stopped => "the run has ended",
        })
    }
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
                    self.note(system.number_in_digest(patch.param) | 6 << 40, patch.value as u64);
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
            Command::Move { makes, with } => self.command_move(system, *makes, with)?,
            Command::TakeBack(number) => {
                let makes = self.can_take_back(system, *number)?;
                self.digest = mix(self.digest ^ 13 << 40, u64::from(makes.0) << 32 ^ *number);
                self.notice(system, super::report::Sign::Move, Noticed::Something, self.now, self.now);
                self.take_back_move(*number);
            }
            Command::CallOff(number) => self.call_off(system, *number)?,
        }
        Ok(())
    }

    fn command_move(&mut self, system: &System, makes: MoveId, with: &With) -> Result<(), Refusal> {
        let def = system.moves.get(makes.at()).ok_or(Refusal::NoSuchMove)?;
        let (case, subject) = match (&def.does, with) {
            (MoveEffect::Call { pick, .. }, With::Record(id)) => {
                self.find_record_by_id(pick.record, *id).ok_or(Refusal::NoSuchRecord)?
            }
            (MoveEffect::Call { .. }, _) => return Err(Refusal::NoSuchRecord),
            _ => (WORLD_CASE, NOBODY),
        };
        match (&def.does, with) {
            (MoveEffect::Call { .. }, _) => {}
            (MoveEffect::Redrive { topic, .. }, With::DeadLetters { which, rate }) => {
                self.can_redrive(system, *topic, which)?;
                if rate.is_some_and(|rate| !(0.0..=1e6).contains(&rate)) {
                    return Err(Refusal::NoSuchRate);
                }
            }
            (MoveEffect::Redrive { topic, .. }, With::Nothing) => self.can_redrive(system, *topic, &Letters::All)?,
            (MoveEffect::Skip(topic), &With::Partition { group, partition }) => {
                self.can_skip(system, *topic, group, partition)?;
            }
            (MoveEffect::Pause(topic), With::Group(group)) => self.can_pause(system, *topic, *group, true)?,
            (MoveEffect::Resume(topic), With::Group(group)) => self.can_pause(system, *topic, *group, false)?,
            (MoveEffect::Restart(service) | MoveEffect::Drain(service), With::Replica(number)) => self.can_restart(*service, *number)?,
            (MoveEffect::Pause(_) | MoveEffect::Resume(_) | MoveEffect::Restart(_) | MoveEffect::Drain(_), With::Nothing) => {}
            (_, With::Nothing) if def.asks().is_empty() => {}
            _ => return Err(Refusal::WrongArgument),
        }
        self.digest = mix(self.digest ^ 9 << 40, u64::from(makes.0) << 32 | u64::from(subject));
        self.digest = mix(self.digest, digest_of(with));
        self.notice(system, super::report::Sign::Move, Noticed::Something, self.now, self.now);
        self.plan_move(makes, By::Somebody, with.clone(), case, subject, 0);
        Ok(())
    }

    /// The case and the place of a record, while anything of it is kept.
    pub(super) fn find_record_by_id(&self, record: RecordId, id: i64) -> Option<(u32, u32)> {
        if record.at() >= self.vault.records() {
            return None;
        }
        let live = self.vault.cases.iter().enumerate().filter(|(_, held)| held.live);
        let mut found = live.filter_map(|(case, _)| {
            self.vault.next(Shelf::Record(record), case as u32, Some((0, id)), 0).map(|(at, _)| (case as u32, at))
        });
        found.next()
    }

    fn can_redrive(&self, system: &System, topic: TopicId, which: &Letters) -> Result<(), Refusal> {
        let groups = system.groups.iter().zip(&self.groups).filter(|(def, _)| def.topic == topic);
        let there = |number: &u64| {
            groups.clone().any(|(_, state)| state.dead.binary_search_by_key(number, |letter| letter.number).is_ok())
        };
        let fine = match which {
            Letters::All => self.parked(topic) > 0,
            Letters::First(count) => *count > 0 && self.parked(topic) > 0,
            Letters::These(numbers) => !numbers.is_empty() && numbers.iter().all(there),
        };
        if fine { Ok(()) } else { Err(Refusal::NoSuchDeadLetter) }
    }

    fn group_of(&self, system: &System, topic: TopicId, group: GroupId) -> Result<usize, Refusal> {
        let found = system.groups.get(group.at()).filter(|def| def.topic == topic);
        found.map(|_| group.at()).ok_or(Refusal::NoSuchGroup)
    }

    fn can_skip(&self, system: &System, topic: TopicId, group: GroupId, partition: u16) -> Result<(), Refusal> {
        let group = self.group_of(system, topic, group)?;
        // The last part is that of what is put back.
        let parts = &self.groups[group].parts;
        let part = parts[..parts.len() - 1].get(usize::from(partition)).ok_or(Refusal::NoSuchPartition)?;
        if part.failures == 0 { Err(Refusal::NotBlocked) } else { Ok(()) }
    }

    fn can_pause(&self, system: &System, topic: TopicId, group: GroupId, pauses: bool) -> Result<(), Refusal> {
        let group = self.group_of(system, topic, group)?;
        match (self.groups[group].paused, pauses) {
            (true, true) => Err(Refusal::IsPaused),
            (false, false) => Err(Refusal::IsNotPaused),
            _ => Ok(()),
        }
    }

    fn can_restart(&self, service: ServiceId, number: u16) -> Result<(), Refusal> {
        let at = usize::from(number).wrapping_sub(1);
        let replica = self.services[service.at()].replicas.get(at).ok_or(Refusal::NoSuchReplica)?;
        if self.is_up(*replica) { Ok(()) } else { Err(Refusal::ReplicaIsDown) }
    }
}

fn digest_of(with: &With) -> u64 {
    let words = |kind: u64, words: &[u64]| words.iter().fold(mix(kind, 0), |digest, word| mix(digest, *word));
    match with {
        With::Nothing => 0,
        With::Record(id) => words(1, &[*id as u64]),
        With::DeadLetters { which, rate } => {
            let rate = rate.map_or(u64::MAX, f64::to_bits);
            match which {
                Letters::All => words(2, &[rate]),
                Letters::First(count) => words(3, &[rate, u64::from(*count)]),
                Letters::These(numbers) => mix(words(4, numbers), rate),
            }
        }
        With::Group(group) => words(5, &[group.0.into()]),
        With::Partition { group, partition } => words(6, &[group.0.into(), (*partition).into()]),
        With::Replica(number) => words(7, &[(*number).into()]),
    }
}
