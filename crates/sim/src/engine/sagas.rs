//! Sagas: who runs one, what its journal says, and how it goes on after its replica died.
//!
//! An entry of the journal rides along with a local transaction of the same store that stands next to it; otherwise
//! it takes a transaction's time of its own. A journal without an entry for a step that was done does it again, and a
//! saga that has no entry at all has never been: nobody takes it up.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, mix};
use super::config::WORLD;
use super::few::Few;
use super::listen::{SpanId, Who};
use super::queue::Kind;
use super::sending::Sending;
use super::run::Then;
use super::state::{Act, Caller, Phase, SagaRun};
use super::story::Part;
use crate::Outcome;
use crate::system::{ASK, Answer, LEAVE, Op, Pc, SagaId, System, TxId, UNDO};

fn hash(saga: SagaId, key: i64) -> u64 {
    mix(u64::from(saga.0) | 9 << 40, key as u64)
}

impl World {
    fn saga_by_key(&self, saga: SagaId, key: i64) -> Option<Ref> {
        let hash = hash(saga, key);
        let same = |at| self.sagas[at].def == saga.0 && self.sagas[at].key == key;
        self.saga_keys.find(hash, same).map(|at| self.sagas.of(at))
    }

    pub(super) fn forget_saga(&mut self, at: u32) {
        let hash = hash(SagaId(self.sagas[at].def), self.sagas[at].key);
        self.saga_keys.remove(hash, at);
        self.sagas.free(at);
    }

    pub(super) fn enter_saga(&mut self, system: &System, act: Ref, saga: SagaId) -> Then {
        let def = &system.sagas[saga.at()];
        if self.stores[def.journal.at()].down {
            self.acts[act.at].outcome = Outcome::Refused;
            self.respond(system, act, Answer::Last);
            return Then::Ended;
        }
        let key = self.fill(system, act.at, def.key, None);
        let Act { case, click, luck, .. } = self.acts[act.at];
        let run = match self.saga_by_key(saga, key) {
            Some(run) if self.sagas[run.at].phase != Phase::Done => {
                self.sagas[run.at].waiting.push(act);
                return Then::Waits;
            }
            // What was bought is not bought again: a key whose saga ended well is answered at once. (Temporal's
            // `ALLOW_DUPLICATE_FAILED_ONLY`.)
            Some(run) if self.sagas[run.at].attempt > 0 && self.sagas[run.at].outcome == Outcome::Ok => {
                self.acts[act.at].outcome = Outcome::Ok;
                self.acts[act.at].pc = def.exit + 1;
                return Then::GoesOn;
            }
            Some(run) => run,
            None => {
                let new = SagaRun {
                    def: saga.0,
                    key,
                    case,
                    attempt: 0,
                    phase: Phase::Done,
                    step: 0,
                    owner: None,
                    click,
                    luck,
                    regs: None,
                    waiting: Few::default(),
                    outcome: Outcome::Ok,
                    kept: false,
                    begun_by: SpanId::NONE,
                    lives: 0,
                };
                let run = self.sagas.put(new);
                let hash = hash(saga, key);
                self.saga_keys.insert(hash, run.at);
                self.vault.cases[case as usize].sagas.push(run.at);
                run
            }
        };
        self.hold(case);
        let regs = self.registers.of(act.at).into();
        let state = &mut self.sagas[run.at];
        state.attempt += 1;
        let attempt = state.attempt;
        (state.phase, state.step, state.owner, state.regs) = (Phase::Forward, 0, Some(act), Some(regs));
        (state.click, state.luck, state.kept, state.begun_by) = (click, luck, false, act.into());
        self.acts[act.at].saga = Some(run);
        self.acts[act.at].saga_attempt = attempt;
        self.beat_by(Who::act(act), case, Part::Saga(saga), || super::Beat::SagaBegins { attempt });
        Then::GoesOn
    }

    /// Whether the entry that a step begins needs a transaction of its own.
    fn needs_entry(system: &System, saga: SagaId, step: u8) -> bool {
        let def = &system.sagas[saga.at()];
        let rides = |pc: Pc| matches!(system.code.get(pc as usize + 1), Some(Op::Transact(tx)) if system.txs[tx.at()].store == def.journal);
        let before = step.checked_sub(1).is_some_and(|before| rides(def.steps[before as usize].forward));
        !(before || rides(def.steps[step as usize].forward))
    }

    pub(super) fn saga_step(&mut self, system: &System, act: Ref, saga: SagaId, step: u8) -> Then {
        self.acts[act.at].saga_step = step;
        if !World::needs_entry(system, saga, step) {
            return Then::GoesOn;
        }
        let store = system.sagas[saga.at()].journal;
        if self.stores[store.at()].down {
            return self.put_off(system, act, saga, Outcome::Unknown);
        }
        let luck = mix(self.acts[act.at].luck, u64::from(step) | 13 << 40);
        let takes = system.stores[store.at()].takes;
        let drawn = self.world_duration(system, takes, luck, crate::system::StepId(0), Purpose::Other);
        let delay = self.slowed(drawn, self.configs.get(WORLD, system.stores[store.at()].slow));
        self.acts[act.at].journals = true;
        self.after(delay, Kind::Step, act);
        Then::Waits
    }

    /// The entry of its own that says that a step begins has been written, or could not be.
    pub(super) fn entry_done(&mut self, system: &System, act: Ref) {
        let Some(run) = self.acts[act.at].saga else {
            return;
        };
        let saga = SagaId(self.sagas[run.at].def);
        let journal = system.sagas[saga.at()].journal;
        if self.stores[journal.at()].down || self.is_full(system, journal) {
            self.put_off(system, act, saga, Outcome::Unknown);
        } else {
            self.journal(act, Phase::Forward, self.acts[act.at].saga_step);
        }
    }

    /// A transaction was committed: if it is that of a saga's step in the store of the journal, the entry that the
    /// next step begins is part of it.
    pub(super) fn entry_rides(&mut self, system: &System, act: Ref, tx: TxId) {
        let Act { saga: Some(run), saga_step, .. } = self.acts[act.at] else {
            return;
        };
        let def = &system.sagas[self.sagas[run.at].def as usize];
        let forward = def.steps.get(saga_step as usize).map(|step| step.forward as usize + 1);
        let own = forward.and_then(|pc| system.code.get(pc)) == Some(&Op::Transact(tx));
        if own && system.txs[tx.at()].store == def.journal {
            self.journal(act, Phase::Forward, saga_step + 1);
        }
    }

    pub(super) fn saga_check(&mut self, system: &System, act: Ref, saga: SagaId, step: u8) -> Then {
        let def = &system.sagas[saga.at()];
        let outcome = self.acts[act.at].outcome;
        let case = self.acts[act.at].case;
        self.beat_by(Who::act(act), case, Part::Saga(saga), || super::Beat::SagaStep { step, outcome });
        if outcome == Outcome::Ok {
            return Then::GoesOn;
        }
        let asks = outcome == Outcome::Unknown && self.param(act.at, def.unknown) == ASK;
        match def.steps[step as usize].ask {
            Some(ask) if asks => {
                self.journal(act, Phase::Ask, step);
                self.acts[act.at].pc = ask;
                Then::GoesOn
            }
            // What is unknown is not undone: it may have been done.
            _ if outcome == Outcome::Unknown || self.param(act.at, def.failed) == LEAVE => {
                self.leave_saga(act, def.exit, outcome)
            }
            _ => {
                self.turn_back(act, outcome);
                self.undo_below(system, act, saga, step)
            }
        }
    }

    /// What the saga comes to in the end, once everything is undone.
    fn turn_back(&mut self, act: Ref, outcome: Outcome) {
        if let Some(run) = self.acts[act.at].saga {
            self.sagas[run.at].outcome = outcome;
        }
    }

    fn journal(&mut self, act: Ref, phase: Phase, step: u8) {
        let regs = self.registers.of(act.at);
        if let Some(run) = self.acts[act.at].saga {
            let state = &mut self.sagas[run.at];
            (state.phase, state.step, state.kept) = (phase, step, true);
            match &mut state.regs {
                Some(kept) => kept.copy_from_slice(regs),
                none => *none = Some(regs.into()),
            }
        }
    }

    fn leave_saga(&mut self, act: Ref, exit: Pc, outcome: Outcome) -> Then {
        if let Some(run) = self.acts[act.at].saga {
            self.sagas[run.at].outcome = outcome;
        }
        self.acts[act.at].outcome = outcome;
        self.acts[act.at].pc = exit;
        Then::GoesOn
    }

    /// The answer to “was it done?”
    pub(super) fn saga_asked(&mut self, system: &System, act: Ref, saga: SagaId, step: u8) -> Then {
        let def = &system.sagas[saga.at()];
        let outcome = self.acts[act.at].outcome;
        match outcome {
            Outcome::Ok => {
                // On, behind the step's check.
                self.acts[act.at].pc = World::behind(system, saga, step);
                Then::GoesOn
            }
            Outcome::Missing if self.param(act.at, def.failed) == UNDO => {
                self.turn_back(act, Outcome::Failed);
                self.undo_below(system, act, saga, step)
            }
            Outcome::Missing => self.leave_saga(act, def.exit, Outcome::Failed),
            _ => self.put_off(system, act, saga, Outcome::Unknown),
        }
    }

    /// Where the step after this one begins.
    fn behind(system: &System, saga: SagaId, step: u8) -> Pc {
        let def = &system.sagas[saga.at()];
        def.steps.get(step as usize + 1).map_or(def.exit, |next| next.forward)
    }

    /// Undoes the steps before this one, last first.
    fn undo_below(&mut self, system: &System, act: Ref, saga: SagaId, step: u8) -> Then {
        let def = &system.sagas[saga.at()];
        let undo = (0..step).rev().find_map(|at| def.steps[at as usize].undo.map(|pc| (at, pc)));
        match undo {
            Some((at, pc)) => {
                self.journal(act, Phase::Undo, at);
                self.acts[act.at].pc = pc;
                Then::GoesOn
            }
            None => {
                let why = self.acts[act.at].saga.map_or(Outcome::Failed, |run| self.sagas[run.at].outcome);
                self.leave_saga(act, def.exit, why)
            }
        }
    }

    pub(super) fn saga_undone(&mut self, system: &System, act: Ref, saga: SagaId, step: u8) -> Then {
        let outcome = self.acts[act.at].outcome;
        let case = self.acts[act.at].case;
        self.beat_by(Who::act(act), case, Part::Saga(saga), || super::Beat::SagaUndone { step, outcome });
        match outcome {
            // Nothing there to undo is undone.
            Outcome::Ok | Outcome::Missing | Outcome::Declined => self.undo_below(system, act, saga, step),
            _ => self.put_off(system, act, saga, Outcome::Failed),
        }
    }

    /// The saga stays open and is taken up later; whoever waits for it is told what is known now.
    fn put_off(&mut self, system: &System, act: Ref, saga: SagaId, outcome: Outcome) -> Then {
        let delay = self.param(act.at, system.sagas[saga.at()].resume_after) as u64;
        let exit = system.sagas[saga.at()].exit;
        if let Some(run) = self.acts[act.at].saga.take() {
            self.sagas[run.at].owner = None;
            self.after(delay, Kind::Resume, run);
            self.wake(run, exit, outcome);
        }
        self.acts[act.at].outcome = outcome;
        self.acts[act.at].pc = exit + 1;
        Then::GoesOn
    }

    fn wake(&mut self, run: Ref, exit: Pc, outcome: Outcome) {
        let waiting = std::mem::take(&mut self.sagas[run.at].waiting);
        for &act in waiting.iter() {
            if let Some(state) = self.acts.get_mut(act) {
                state.outcome = outcome;
                state.pc = exit + 1;
                self.ready.push(act);
            }
        }
    }

    pub(super) fn exit_saga(&mut self, system: &System, act: Ref, saga: SagaId) -> Then {
        let Some(run) = self.acts[act.at].saga.take() else {
            return Then::GoesOn;
        };
        let outcome = self.acts[act.at].outcome;
        let case = self.sagas[run.at].case;
        let state = &mut self.sagas[run.at];
        (state.phase, state.owner, state.outcome, state.regs) = (Phase::Done, None, outcome, None);
        self.note(u64::from(saga.0) | 2 << 40, outcome as u64);
        self.beat_by(Who::act(act), case, Part::Saga(saga), || super::Beat::SagaEnds { outcome });
        self.wake(run, system.sagas[saga.at()].exit, outcome);
        self.release(case);
        Then::GoesOn
    }

    /// The replica that ran it is gone.
    pub(super) fn orphan_saga(&mut self, system: &System, run: Ref) {
        let Some(state) = self.sagas.get_mut(run) else {
            return;
        };
        state.owner = None;
        let def = &system.sagas[state.def as usize];
        if !state.kept {
            let (saga, case, outcome) = (SagaId(state.def), state.case, Outcome::Unknown);
            (state.phase, state.outcome, state.regs) = (Phase::Done, outcome, None);
            self.beat(case, Part::Saga(saga), || super::Beat::SagaEnds { outcome });
            self.wake(run, def.exit, outcome);
            return self.release(case);
        }
        let delay = self.configs.get(WORLD, def.resume_after) as u64;
        self.after(delay, Kind::Resume, run);
    }

    pub(super) fn resume_saga(&mut self, system: &System, run: Ref) {
        let Some(state) = self.sagas.get(run) else {
            return;
        };
        if state.owner.is_some() || state.phase == Phase::Done {
            return;
        }
        let &SagaRun { def: saga, case, attempt, phase, step, click, luck, ref regs, lives, begun_by: by, .. } = state;
        let regs = regs.clone().unwrap_or_default();
        let def = &system.sagas[saga as usize];
        let service = system.handlers[def.handler.at()].service;
        let Some(replica) = self.first_up(service.0) else {
            let delay = self.configs.get(WORLD, def.resume_after) as u64;
            return self.after(delay.max(1_000_000_000), Kind::Resume, run);
        };
        let pc = match (def.steps.get(step as usize), phase) {
            // All steps are done, and the journal says so.
            (None, _) => def.exit,
            (Some(steps), Phase::Forward | Phase::Done) => steps.forward,
            (Some(steps), Phase::Ask) => steps.ask.unwrap_or(steps.forward),
            (Some(steps), Phase::Undo) => steps.undo.unwrap_or(steps.forward),
        };
        let sending = Sending {
            click,
            saga_attempt: attempt,
            // Another life, other luck.
            ..Sending::new(def.handler, &regs, Caller::Nobody, case, mix(luck, u64::from(lives) | 15 << 40))
        };
        let act = self.begin_aside(system, replica, &sending, pc);
        self.acts[act.at].saga = Some(run);
        self.acts[act.at].saga_step = step;
        self.acts[act.at].answered = true;
        self.sagas[run.at].owner = Some(act);
        self.sagas[run.at].lives = lives.wrapping_add(1);
        self.beat_by(Who::act(act), case, Part::Saga(SagaId(saga)), || super::Beat::SagaResumes { step, by });
    }
}
