//! Runs an activation until it waits for something or ends.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, happens, value};
use super::config::WORLD;
use super::listen::Who;
use super::pauses::Frozen;
use super::state::{Act, Caller, Health, NOBODY};
use super::story::Part;
use crate::Outcome;
use crate::system::{Answer, DistId, HandlerId, Op, ParamId, Run, StepId, System};

/// Two centuries or so: whatever is drawn, adding two of them does not go round.
const LONGEST_NS: u64 = 1 << 62;

/// What an operation leaves an activation with.
pub enum Then {
    GoesOn,
    Waits,
    Ended,
}

impl World {
    #[inline]
    pub(super) fn param(&self, act: u32, param: ParamId) -> i64 {
        self.configs.get(self.replicas[self.acts[act].replica as usize].config, param)
    }

    /// A parameter as a replica has it, for those who know the replica already.
    #[inline]
    pub(super) fn setting(&self, replica: u32, param: ParamId) -> i64 {
        self.configs.get(self.replicas[replica as usize].config, param)
    }

    /// A time drawn from the distribution that a parameter names.
    #[inline]
    pub(super) fn duration(&self, system: &System, dist: i64, bits: u64) -> u64 {
        (value(&system.dists[DistId(dist as u16).at()], bits) as u64).min(LONGEST_NS)
    }

    pub(super) fn world_duration(
        &self,
        system: &System,
        param: ParamId,
        luck: u64,
        step: StepId,
        purpose: Purpose,
    ) -> u64 {
        self.duration(system, self.configs.get(WORLD, param), draw(luck, step.0, purpose))
    }

    pub(super) fn run(&mut self, system: &System, act: Ref) {
        let at = act.at;
        if self.paused > 0 && self.freezes(self.acts[at].replica, |_| Frozen::Run(act)) {
            return;
        }
        if self.acts[at].deadline <= self.now {
            return self.give_up(system, act);
        }
        loop {
            let op = system.code[self.acts[at].pc as usize];
            self.acts[at].pc += 1;
            let then = match op {
                Op::Work { time, step } => self.work(system, act, time, step),
                Op::Call(call) => self.call(system, act, call),
                Op::Transact(tx) => self.transact(system, act, tx),
                Op::Jump(to) => {
                    self.acts[at].pc = to;
                    Then::GoesOn
                }
                Op::JumpOn { outcomes, to } => {
                    if outcomes.has(self.acts[at].outcome) {
                        self.acts[at].pc = to;
                    }
                    Then::GoesOn
                }
                Op::JumpUnless { condition, to } => {
                    if self.eval_step(system, at, condition) == 0 {
                        self.acts[at].pc = to;
                    }
                    Then::GoesOn
                }
                Op::OrFail => {
                    if self.acts[at].outcome == Outcome::Ok {
                        Then::GoesOn
                    } else if self.acts[at].filling != NOBODY {
                        self.acts[at].pc = self.fails_to_fill(system, self.acts[at].filling);
                        Then::GoesOn
                    } else {
                        self.respond(system, act, Answer::Last);
                        Then::Ended
                    }
                }
                Op::Respond(answer) => {
                    self.respond(system, act, answer);
                    Then::GoesOn
                }
                Op::End => {
                    self.respond(system, act, Answer::Outcome(Outcome::Ok));
                    Then::Ended
                }
                op => self.run_seldom(system, act, op),
            };
            match then {
                Then::GoesOn => {}
                Then::Waits => return,
                Then::Ended => return self.end(system, act),
            }
        }
    }

    /// Operations that a handler comes to less often. They stand apart so that what is done all the time stays small.
    #[inline(never)]
    fn run_seldom(&mut self, system: &System, act: Ref, op: Op) -> Then {
        let at = act.at;
        match op {
            Op::Wait { time, step } => {
                let delay =
                    self.duration(system, self.param(at, time), draw(self.acts[at].luck, step.0, Purpose::Time));
                self.after(delay, super::Kind::Step, act);
                Then::Waits
            }
            Op::Fork(which) => self.fork(system, act, which),
            Op::CacheGet(which) => self.look_up_cache(system, act, which),
            Op::CachePut(which) => self.fill_cache(system, act, which),
            Op::TransactOn(tx) => self.transact_on(system, act, tx),
            Op::RollBackUnlessOk(tx) => self.roll_back_unless_ok(system, act, tx),
            Op::Publish(publish) => self.publish_directly(system, act, publish),
            Op::Set { reg, to } => {
                self.acts[at].regs[reg as usize] = self.eval_step(system, at, to);
                Then::GoesOn
            }
            Op::JumpUnlessHappens { chance, step, to } => {
                let chance = f64::from_bits(self.param(at, chance) as u64);
                if !happens(draw(self.acts[at].luck, step.0, Purpose::Branch), chance) {
                    self.acts[at].pc = to;
                }
                Then::GoesOn
            }
            Op::Batch(place) => self.join_batch(system, act, place),
            Op::Use { block } => {
                let block = self.param(at, block);
                if let Some(block) = usize::try_from(block).ok().and_then(|block| system.blocks.get(block)) {
                    self.acts[at].back = self.acts[at].pc;
                    self.acts[at].pc = block.entry;
                }
                Then::GoesOn
            }
            Op::Return => {
                self.acts[at].pc = self.acts[at].back;
                Then::GoesOn
            }
            Op::SagaEnter(saga) => self.enter_saga(system, act, saga),
            Op::SagaStep { saga, step } => self.saga_step(system, act, saga, step),
            Op::SagaCheck { saga, step } => self.saga_check(system, act, saga, step),
            Op::SagaAsked { saga, step } => self.saga_asked(system, act, saga, step),
            Op::SagaUndone { saga, step } => self.saga_undone(system, act, saga, step),
            Op::SagaExit(saga) => self.exit_saga(system, act, saga),
            Op::Verify(secret) => self.verify(system, act, secret),
            Op::Defects(site) => self.comes_to_defects(system, act, site),
            Op::Work { .. }
            | Op::Call(_)
            | Op::Transact(_)
            | Op::Jump(_)
            | Op::JumpOn { .. }
            | Op::JumpUnless { .. }
            | Op::OrFail
            | Op::Respond(_)
            | Op::End => unreachable!("done where it is met"),
        }
    }

    fn work(&mut self, system: &System, act: Ref, time: ParamId, step: StepId) -> Then {
        let replica = self.acts[act.at].replica as usize;
        let service = self.replicas[replica].service as usize;
        if let Run::Async { cores, .. } = system.services[service].run {
            // Whoever waited was given the core before this operation is run again.
            if !self.acts[act.at].holds_core {
                let cores = self.param(act.at, cores);
                let state = &mut self.replicas[replica];
                if i64::from(state.cores_busy) >= cores {
                    self.acts[act.at].pc -= 1;
                    state.core_queue.push_back(act);
                    return Then::Waits;
                }
                state.cores_busy += 1;
                self.acts[act.at].holds_core = true;
            }
        }
        let drawn =
            self.duration(system, self.param(act.at, time), draw(self.acts[act.at].luck, step.0, Purpose::Time));
        let mut delay = self.slowed(drawn, self.param(act.at, system.services[service].slow));
        if system.services[service].instances.is_some() {
            delay = self.cold(system, replica, delay);
        }
        if system.services[service].autoscale.is_some() {
            self.services[service].scaler.work_ns += u128::from(delay);
        }
        self.after(delay, super::Kind::Step, act);
        Then::Waits
    }

    #[inline]
    pub(super) fn slowed(&self, time: u64, factor: i64) -> u64 {
        let factor = f64::from_bits(factor as u64);
        if factor == 1.0 { time } else { ((time as f64 * factor) as u64).min(LONGEST_NS) }
    }

    /// Work, a wait or an entry in a journal is done.
    pub(super) fn step_done(&mut self, system: &System, act: Ref) {
        if !self.acts.is(act) {
            return;
        }
        if self.paused > 0 && self.freezes_event(self.acts[act.at].replica, super::Kind::Step, act.at, act.generation) {
            return;
        }
        if self.acts[act.at].owed > 0 {
            let owed = std::mem::take(&mut self.acts[act.at].owed);
            return self.after(owed, super::Kind::Step, act);
        }
        if std::mem::take(&mut self.acts[act.at].holds_core) {
            let replica = self.acts[act.at].replica;
            self.replicas[replica as usize].cores_busy -= 1;
            self.wake_cores(system, replica);
        }
        if std::mem::take(&mut self.acts[act.at].journals) {
            self.entry_done(system, act);
        } else if !self.traps.is_empty() {
            let done = match system.code[self.acts[act.at].pc as usize - 1] {
                Op::Work { step, .. } | Op::Wait { step, .. } => Some(step),
                Op::Publish(publish) => Some(system.publishes[publish.at()].step),
                _ => None,
            };
            if done.is_some_and(|step| self.falls_into_trap(system, act, step)) {
                return;
            }
        }
        self.run(system, act);
    }

    /// Answers the caller, once.
    pub(super) fn respond(&mut self, system: &System, act: Ref, answer: Answer) {
        let state = &mut self.acts[act.at];
        if state.answered {
            return;
        }
        state.answered = true;
        let mut outcome = match answer {
            Answer::Outcome(outcome) => outcome,
            Answer::Last => state.outcome,
        };
        // Something was done already, so it is not true any more that certainly nothing was.
        if outcome == Outcome::Refused && state.effects {
            outcome = Outcome::Failed;
        }
        let &mut Act { caller, handler, began, case, ref regs, replica, .. } = state;
        let def = &system.handlers[handler as usize];
        let result = def.answers.map_or(NOBODY, |reg| regs[reg as usize] as u32);
        // What the platform asks is nobody's request, and neither is a function.
        if !matches!(caller, Caller::Probe { .. } | Caller::Function(_)) {
            self.tally.services[def.service.at()].by_outcome[outcome as usize] += 1;
            self.telemetry.now.service_answered(def.service.0, outcome, self.now - began);
            self.counts_for_version(replica, outcome, self.now - began);
            self.learn(system, replica, self.now - began, outcome);
        }
        let handler = HandlerId(handler);
        self.beat_by(Who::act(act), case, Part::Service(def.service), || super::Beat::Answers { handler, outcome });
        self.answer_caller(system, caller, outcome, result);
    }

    pub(super) fn answer_caller(&mut self, system: &System, caller: Caller, outcome: Outcome, result: u32) {
        match caller {
            Caller::Nobody => {}
            Caller::Flight { flight, attempt } => self.answer_flight(system, flight, attempt, outcome, result),
            Caller::Function(flight) => self.function_returns(system, flight, outcome, result),
            Caller::Message { group, partition, stamp, .. } => self.message_done(system, group, partition, stamp, outcome),
            Caller::Hook { hook, attempt } => self.answer_hook(system, hook, attempt, outcome),
            Caller::Queued(copy) => self.copy_done(system, copy, outcome),
            Caller::Move(making) => self.move_answered(making, outcome),
            Caller::Probe { replica, stamp } => self.probe_answered(system, replica, stamp, outcome),
            Caller::Item { job, run } => self.item_answered(system, job, run, outcome),
        }
    }

    pub(super) fn end(&mut self, system: &System, act: Ref) {
        if self.acts[act.at].filling != NOBODY {
            self.stops_filling(system, act);
        }
        let Act { replica, holds_worker, case, handler, tx, .. } = self.acts[act.at];
        if let Some(tx) = tx {
            self.roll_back_open(system, act, tx);
        }
        if !matches!(self.acts[act.at].caller, Caller::Function(_)) {
            self.tally.services[system.handlers[handler as usize].service.at()].ended += 1;
        }
        self.acts.free(act.at);
        self.release(case);
        if holds_worker {
            self.free_worker(system, replica);
        }
        match self.replicas[replica as usize].health {
            Health::Ending => self.look_at_end(system, replica),
            Health::Up if system.services[self.replicas[replica as usize].service as usize].memory.is_some() => self.served(system, replica),
            _ => {}
        }
    }

    /// Its caller's deadline was passed on and is over: it stops here. What it did stays done.
    #[cold]
    fn give_up(&mut self, system: &System, act: Ref) {
        if let Some(run) = self.acts[act.at].saga {
            self.orphan_saga(system, run);
        }
        let replica = self.acts[act.at].replica;
        if std::mem::take(&mut self.acts[act.at].holds_core) {
            self.replicas[replica as usize].cores_busy -= 1;
            self.wake_cores(system, replica);
        }
        self.respond(system, act, Answer::Outcome(Outcome::Unknown));
        self.end(system, act);
    }

    /// Whether a replica dies here; then the activation is gone.
    pub(super) fn falls_into_trap(&mut self, system: &System, act: Ref, step: StepId) -> bool {
        if self.traps.is_empty() {
            return false;
        }
        let replica = self.acts[act.at].replica;
        let service = self.replicas[replica as usize].service;
        let Some(trap) = self.traps.iter().position(|&(of, at, left)| of == service && at == step.0 && left > 0) else {
            return false;
        };
        if self.replicas[replica as usize].health != Health::Up {
            return false;
        }
        self.traps[trap].2 -= 1;
        self.kill(system, replica);
        true
    }
}
