//! Moves: what an operator does to a running system. A move waits, takes its time, may go on for long, may be done in
//! part only, and says what it came to.

use std::fmt;

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, mix};
use super::queue::Kind;
use super::sending::Sending;
use super::state::{Caller, NOBODY};
use super::story::Part;
use super::vault::WORLD_CASE;
use crate::Outcome;
use crate::system::{GroupId, MoveEffect, MoveId, Patch, ServiceId, System, TopicId};

/// What is said with a move; `Move::asks` says what it wants to know.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum With {
    /// Redrive: all dead letters at the usual rate. Pause and resume: all groups of the topic. Restart: the first
    /// replica that is up.
    #[default]
    Nothing,
    /// The id of a record.
    Record(i64),
    /// Of a redrive.
    DeadLetters {
        /// Which of them are put back.
        which: Letters,
        /// How many a second; 0 is all at once, none is the usual rate.
        rate: Option<f64>,
    },
    /// Of a pause and a resumption: the group.
    Group(GroupId),
    /// Of a skip: whose first message is passed over.
    Partition {
        /// The group whose offset is set.
        group: GroupId,
        /// The partition, from 0.
        partition: u16,
    },
    /// A replica by its number in its service, from 1.
    Replica(u16),
}

/// Which dead letters of a topic, over all of its groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letters {
    /// All that there are.
    All,
    /// The oldest.
    First(u32),
    /// By their numbers.
    These(Vec<u64>),
}

/// A move that somebody made, as a console lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveSeen {
    /// From 1, in the order in which they were planned.
    pub number: u64,
    /// Which move of the system.
    pub makes: MoveId,
    /// What was said with it. A skip by the automatic operator shows what it chose.
    pub with: With,
    /// Who made it.
    pub by: By,
    /// How far it has come.
    pub phase: Phase,
    /// When it was asked for. Nanoseconds after virtual 0, as are the other two.
    pub asked_at: u64,
    /// When somebody set about it; none while it waits.
    pub began: Option<u64>,
    /// When it ended; none before that.
    pub ended: Option<u64>,
    /// How much there was to do; `done` of it was, `failed` of it was not. What is neither is under way.
    pub of: u32,
    /// Parts that came to what they should.
    pub done: u32,
    /// Parts that came to nothing; `hindrance` says why, of the last.
    pub failed: u32,
    /// What stood in the way, last.
    pub hindrance: Option<Hindrance>,
    /// The move that this one takes back.
    pub takes_back: Option<u64>,
    /// Another move has taken it back, or is going to.
    pub taken_back: bool,
}

/// Who makes a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A command.
    Somebody,
    /// The automatic operator.
    Script,
}

/// How far a move has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Until whoever makes it is ready.
    Waits,
    /// Somebody is at it; nothing has changed yet.
    Prepares,
    /// Part of it may be done.
    Runs,
    /// It is over, and came to this.
    Ended(Ended),
}

/// What a move came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// All that there was.
    Done,
    /// There was nothing to do.
    Nothing,
    /// Some of it.
    Partly,
    /// All of it came to nothing; `MoveSeen::hindrance` says why.
    Failed,
    /// Somebody called it off; what was done by then stays.
    CalledOff,
}

/// Why a move, or part of it, came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// No replica of the service is up.
    NobodyUp(ServiceId),
    /// The replica is not up: it comes back by itself.
    ReplicaDown,
    /// The broker takes nothing.
    BrokerDown(TopicId),
    /// The partition's first message does not fail, or not any more.
    NotBlocked,
    /// What was called, or repaired, came to this.
    Answered(Outcome),
    /// Put back, they failed as before.
    ParkedAgain,
    /// Somebody called the move off.
    CalledOff,
    /// Differences for which there is no repair.
    NoRepair,
    /// Nothing is being rolled out, or there is nothing to go to.
    NoRollOut,
    /// Another roll-out is under way.
    RollOutUnderWay,
    /// A gate, or somebody, turned it back.
    RolledBack,
    /// Its lock was not had in time.
    NoLock,
    /// What the job has to work with does not answer, or another run of it is under way.
    JobCannotRun,
    /// There is one version, and it is in use.
    NothingToRevoke,
}

impl Hindrance {
    /// Not that it could not be done: there was nothing to do.
    fn is_nothing_to_do(self) -> bool {
        matches!(self, Hindrance::NoRollOut | Hindrance::NotBlocked | Hindrance::NothingToRevoke)
    }
}

impl fmt::Display for Hindrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hindrance::NobodyUp(_) => f.write_str("no replica is up"),
            Hindrance::ReplicaDown => f.write_str("the replica is not up"),
            Hindrance::BrokerDown(_) => f.write_str("the broker takes nothing"),
            Hindrance::NotBlocked => f.write_str("its first message does not fail any more"),
            Hindrance::Answered(outcome) => write!(f, "it came to {}", outcome.name()),
            Hindrance::ParkedAgain => f.write_str("put back, they failed again"),
            Hindrance::CalledOff => f.write_str("called off"),
            Hindrance::NoRepair => f.write_str("nothing says how to repair them"),
            Hindrance::NoRollOut => f.write_str("there is nothing to roll out"),
            Hindrance::RollOutUnderWay => f.write_str("another roll-out is under way"),
            Hindrance::RolledBack => f.write_str("it was rolled back"),
            Hindrance::NoLock => f.write_str("it did not get its lock in time"),
            Hindrance::JobCannotRun => f.write_str("the job cannot run"),
            Hindrance::NothingToRevoke => f.write_str("there is no older version"),
        }
    }
}

/// A move under way.
#[derive(Debug, Clone)]
pub struct Making {
    pub seen: MoveSeen,
    pub case: u32,
    /// A record that somebody named; else it is picked.
    pub subject: u32,
    pub luck: u64,
    /// The message that a skip is about.
    pub offset: u64,
    /// Parts of it that are under way.
    open: u32,
    /// The replica that it waits for.
    pub awaits: u32,
    /// The version whose roll-out it waits for, and the service.
    pub awaits_version: Option<(u16, crate::system::VersionId)>,
    /// What it does instead of what the move says: it takes another one back.
    undoes: Option<Undo>,
    /// What would take it back.
    leaves: Option<Undo>,
    called_off: bool,
}

/// A move that has ended, with what it takes to take it back.
#[derive(Debug, Clone)]
pub struct EndedMove {
    pub seen: MoveSeen,
    undo: Option<Undo>,
}

#[derive(Debug, Clone)]
enum Undo {
    Set(Vec<Patch>),
    Resume(Vec<usize>),
}

/// How many that ended are remembered.
const ENDED_KEPT: usize = 100;

impl World {
    pub(super) fn moves_seen(&self) -> Vec<MoveSeen> {
        let mut seen: Vec<MoveSeen> = self.operators.moves.live().map(|(_, making)| making.seen.clone()).collect();
        seen.sort_unstable_by_key(|seen| seen.number);
        seen
    }

    /// One that can be taken back, and what takes it back.
    pub(super) fn can_take_back(&self, system: &System, number: u64) -> Result<MoveId, super::Refusal> {
        let found = self.operators.ended.iter().find(|ended| ended.seen.number == number);
        let ended = found.ok_or(super::Refusal::NoSuchMove)?;
        let reversible = system.moves[ended.seen.makes.at()].reversible && ended.undo.is_some();
        if !reversible || ended.seen.taken_back {
            return Err(super::Refusal::NotReversible);
        }
        Ok(ended.seen.makes)
    }

    pub(super) fn take_back_move(&mut self, number: u64) {
        let Some(ended) = self.operators.ended.iter_mut().find(|ended| ended.seen.number == number) else {
            return;
        };
        ended.seen.taken_back = true;
        let (makes, undo) = (ended.seen.makes, ended.undo.take());
        let of = self.plan_move(makes, By::Somebody, With::Nothing, WORLD_CASE, NOBODY, 0);
        let making = &mut self.operators.moves[of.at];
        (making.undoes, making.seen.takes_back) = (undo, Some(number));
    }

    /// Stops a move: what waits or is prepared does not happen, a redrive puts no more letters back.
    pub(super) fn call_off(&mut self, system: &System, number: u64) -> Result<(), super::Refusal> {
        let found = self.operators.moves.live().find(|(_, making)| making.seen.number == number).map(|(at, _)| at);
        let at = found.ok_or(super::Refusal::NoSuchMove)?;
        let of = self.operators.moves.of(at);
        let making = &mut self.operators.moves[at];
        match (making.seen.phase, &system.moves[making.seen.makes.at()].does) {
            (phase @ (Phase::Waits | Phase::Prepares), does) => {
                making.called_off = true;
                let reset = match (phase, does, &making.seen.with) {
                    (Phase::Prepares, MoveEffect::Skip(_), With::Partition { group, .. }) => Some(*group),
                    _ => None,
                };
                if let Some(undo) = making.undoes.take()
                    && let Some(before) = making.seen.takes_back
                    && let Some(ended) = self.operators.ended.iter_mut().find(|ended| ended.seen.number == before)
                {
                    (ended.seen.taken_back, ended.undo) = (false, Some(undo));
                }
                self.end_move(of);
                if let Some(group) = reset {
                    self.reset_over(system, group);
                }
            }
            (Phase::Runs, MoveEffect::Redrive { .. }) => {
                making.called_off = true;
                for group in 0..self.groups.len() as u32 {
                    self.break_redrive(group, Hindrance::CalledOff, |by| by == of);
                }
            }
            _ => return Err(super::Refusal::TooLate),
        }
        self.note(11 << 40, number);
        Ok(())
    }

    pub(super) fn plan_move(
        &mut self,
        makes: MoveId,
        by: By,
        with: With,
        case: u32,
        subject: u32,
        delay: u64,
    ) -> Ref {
        self.hold(case);
        // By what was done about this case before, not about others.
        let about = &mut self.vault.cases[case as usize];
        about.moves += 1;
        let luck = mix(about.luck, u64::from(makes.0) << 32 | u64::from(about.moves) | 31 << 56);
        self.operators.planned += 1;
        let seen = MoveSeen {
            number: self.operators.planned,
            makes,
            with,
            by,
            phase: Phase::Waits,
            asked_at: self.now,
            began: None,
            ended: None,
            of: 0,
            done: 0,
            failed: 0,
            hindrance: None,
            takes_back: None,
            taken_back: false,
        };
        let making = Making {
            seen,
            case,
            subject,
            luck,
            offset: 0,
            open: 0,
            awaits: NOBODY,
            awaits_version: None,
            undoes: None,
            leaves: None,
            called_off: false,
        };
        let making = self.operators.moves.put(making);
        self.after(delay, Kind::MoveStarts, making);
        making
    }

    pub(super) fn move_starts(&mut self, system: &System, of: Ref) {
        let now = self.now;
        let Some(making) = self.operators.moves.get_mut(of) else {
            return;
        };
        let (makes, case, luck) = (making.seen.makes, making.case, making.luck);
        (making.seen.phase, making.seen.began) = (Phase::Prepares, Some(now));
        let def = &system.moves[makes.at()];
        // Which partition is blocked is seen when somebody looks.
        if let (MoveEffect::Skip(topic), With::Nothing) = (&def.does, &making.seen.with)
            && let Some((group, partition)) = self.unreadable_head(*topic)
        {
            self.operators.moves[of.at].seen.with = With::Partition { group, partition };
        }
        if let (MoveEffect::Skip(_), &With::Partition { group, partition }) =
            (&def.does, &self.operators.moves[of.at].seen.with)
        {
            self.groups[group.at()].resets += 1;
            self.operators.moves[of.at].offset = self.groups[group.at()].parts[usize::from(partition)].next;
        }
        self.operators.tally[makes.at()].made += 1;
        let takes = self.world_duration(system, def.takes, luck, def.step, Purpose::Time);
        self.beat(case, Part::Operator, || super::Beat::Moves { makes });
        self.after(takes, Kind::MoveDone, of);
    }

    fn reset_over(&mut self, system: &System, group: GroupId) {
        self.groups[group.at()].resets -= 1;
        self.deliver_all(system, group.at());
    }

    /// The preparation is over: now it has its effect.
    pub(super) fn move_done(&mut self, system: &System, of: Ref) {
        let Some(making) = self.operators.moves.get_mut(of) else {
            return;
        };
        making.seen.phase = Phase::Runs;
        // Until all of it is begun, no part of it can be the last.
        making.open = 1;
        let Making { case, subject, luck, .. } = *making;
        let (makes, with, by) = (making.seen.makes, making.seen.with.clone(), making.seen.by);
        let undoes = making.undoes.take();
        match (&system.moves[makes.at()].does, undoes) {
            (_, Some(Undo::Set(patches))) => {
                self.change(system, &patches);
                self.part_of_move(of, Ok(()));
            }
            (_, Some(Undo::Resume(groups))) => {
                groups.into_iter().for_each(|group| self.pause(system, group, false));
                self.part_of_move(of, Ok(()));
            }
            (MoveEffect::Redrive { topic, rate }, None) => self.move_redrives(system, of, *topic, *rate, &with),
            (MoveEffect::Skip(_), None) => self.move_skips(system, of, &with),
            (MoveEffect::Pause(topic), None) => {
                let changed = self.pause_groups(system, *topic, &with, true);
                self.part_of_move(of, Ok(()));
                self.operators.moves[of.at].leaves = Some(Undo::Resume(changed));
            }
            (MoveEffect::Resume(topic), None) => {
                self.pause_groups(system, *topic, &with, false);
                self.part_of_move(of, Ok(()));
            }
            (MoveEffect::Call { handler, pick }, None) => {
                let subject = if subject == NOBODY { self.pick(case, *pick) } else { Some(subject) };
                if let Some(subject) = subject {
                    let args = [i64::from(subject)];
                    let sending = Sending::new(*handler, &args, Caller::Move(of), case, mix(luck, 37));
                    self.move_waits(of, 1);
                    if let Err(outcome) = self.send(system, NOBODY, &sending) {
                        self.part_done(of, Err(Hindrance::Answered(outcome)));
                    }
                }
            }
            (MoveEffect::Set(patches), None) => {
                self.operators.moves[of.at].leaves = Some(Undo::Set(self.before(system, patches)));
                self.change(system, patches);
                self.part_of_move(of, Ok(()));
            }
            (MoveEffect::Restart(service), None) => self.move_restarts(system, of, *service, &with, false),
            (MoveEffect::Drain(service), None) => self.move_restarts(system, of, *service, &with, true),
            (MoveEffect::RollOut(version), None) => self.move_rolls_out(system, of, *version),
            (MoveEffect::Hold(service), None) => {
                let held = self.hold_release(service.at());
                self.part_of_move(of, held);
            }
            (MoveEffect::Promote(service), None) => {
                let promoted = self.promote_release(system, service.at());
                self.part_of_move(of, promoted);
            }
            (MoveEffect::RollBack(service), None) => self.move_rolls_back(system, of, *service),
            (MoveEffect::FailOver(store), None) => self.fail_over(system, *store, true, Some(of)),
            (MoveEffect::Migrate(migration), None) => self.migrate(system, *migration, Some(of)),
            (MoveEffect::RunJob(job), None) => self.run_job(system, job.0.into(), Some(of)),
            (MoveEffect::Rotate(secret), None) => {
                self.rotate(system, *secret);
                self.part_of_move(of, Ok(()));
            }
            (MoveEffect::Reload { secret, service }, None) => {
                self.reload(system, *secret, *service);
                self.part_of_move(of, Ok(()));
            }
            (MoveEffect::Revoke { secret, terminate }, None) => {
                let done = match by {
                    By::Somebody => self.revoke(system, *secret, *terminate),
                    By::Script => self.is_to_be_revoked(system, *secret, *terminate),
                };
                self.part_of_move(of, if done { Ok(()) } else { Err(Hindrance::NothingToRevoke) });
            }
        }
        self.operators.moves[of.at].open -= 1;
        self.end_move_if_over(of);
    }

    pub(super) fn move_answered(&mut self, of: Ref, outcome: Outcome) {
        self.part_done(of, match outcome {
            Outcome::Ok => Ok(()),
            outcome => Err(Hindrance::Answered(outcome)),
        });
    }

    /// So many parts of the move are under way.
    pub(super) fn move_waits(&mut self, of: Ref, parts: u32) {
        let making = &mut self.operators.moves[of.at];
        making.seen.of += parts;
        making.open += parts;
    }

    /// A part that is done, or not, as soon as it is begun.
    pub(super) fn part_of_move(&mut self, of: Ref, came_to: Result<(), Hindrance>) {
        self.move_waits(of, 1);
        self.part_done(of, came_to);
    }

    pub(super) fn part_done(&mut self, of: Ref, came_to: Result<(), Hindrance>) {
        let Some(making) = self.operators.moves.get_mut(of) else {
            return;
        };
        match came_to {
            Ok(()) => making.seen.done += 1,
            Err(hindrance) => {
                making.seen.failed += 1;
                making.seen.hindrance = Some(hindrance);
            }
        }
        making.open -= 1;
        self.end_move_if_over(of);
    }

    fn end_move_if_over(&mut self, of: Ref) {
        if self.operators.moves[of.at].open == 0 {
            self.end_move(of);
        }
    }

    fn end_move(&mut self, of: Ref) {
        let now = self.now;
        let Making { seen, case, called_off, leaves, .. } = &mut self.operators.moves[of.at];
        let ended = match (*called_off, seen.of, seen.done, seen.failed) {
            (true, ..) => Ended::CalledOff,
            (_, 0, ..) => Ended::Nothing,
            (_, _, _, 0) => Ended::Done,
            (_, _, 0, _) => Ended::Failed,
            _ => Ended::Partly,
        };
        (seen.phase, seen.ended) = (Phase::Ended(ended), Some(now));
        let (seen, case, undo) = (seen.clone(), *case, leaves.take());
        let tally = &mut self.operators.tally[seen.makes.at()];
        match ended {
            Ended::Partly => tally.partly += 1,
            Ended::Nothing => tally.vain += 1,
            Ended::Failed if seen.hindrance.is_some_and(Hindrance::is_nothing_to_do) => tally.vain += 1,
            Ended::Failed => tally.failed += 1,
            Ended::Done | Ended::CalledOff => {}
        }
        self.operators.moves.free(of.at);
        if self.operators.ended.len() == ENDED_KEPT {
            self.operators.ended.pop_front();
        }
        let makes = seen.makes;
        self.operators.ended.push_back(EndedMove { seen, undo });
        self.beat(case, Part::Operator, || super::Beat::MoveEnds { makes, ended });
        self.release(case);
    }
}
