//! Runs an activation until it waits for something or ends.
//!
//! What is done for every request has two names: `runs_until`, `responds`, `ends` are put where they are needed most, so that one
//! request costs a handful of calls; `run`, `respond`, `end` are the same for everybody else. So it is in the other files that a
//! request passes. In browsers what is fetched counts as well: there the compiler decides what is put where.

use super::World;
use super::arena::Ref;
use super::chance::{LONGEST_NS, Purpose, draw, happens, value_ns};
use super::config::WORLD;
use super::listen::Who;
use super::pauses::Frozen;
use super::state::{Act, Caller, Health, NOBODY};
use super::story::Part;
use super::versions::NO_VERSION;
use crate::Outcome;
use crate::system::{Answer, DistId, HandlerId, Op, ParamId, StepId, System};

/// A time with a factor on it.
#[inline]
fn stretched(time: u64, factor: f64) -> u64 {
    if factor == 1.0 { time } else { ((time as f64 * factor) as u64).min(LONGEST_NS) }
}

/// What an operation leaves an activation with.
pub enum Then {
    GoesOn,
    Waits,
    Ended,
    /// It answers, and perhaps that is all.
    Answers { answer: Answer, ends: bool },
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
        value_ns(&system.dists[DistId(dist as u16).at()], bits)
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
        self.runs_until(system, act, self.acts[act.at].deadline);
    }

    /// It has until its deadline.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn runs_until(&mut self, system: &System, act: Ref, deadline: u64) {
        if self.paused > 0 && self.freezes_act(act) {
            return;
        }
        if deadline <= self.now {
            return self.give_up(system, act);
        }
        loop {
            let state = &mut self.acts[act.at];
            let (replica, op) = (state.replica, &system.code[state.pc as usize]);
            state.pc += 1;
            // The most frequent ones: each leads to one place only, and behind it nothing goes on.
            match *op {
                Op::Work { time, step } => return self.works_for(system, act, time, step),
                Op::Call(call) if self.is_plainly_called(system, replica, call) => return self.calls_plainly(system, act, call),
                _ => {}
            }
            if !self.does(system, act, op) {
                return;
            }
        }
    }

    /// It works for a time, on a core if it needs one: where none is free, it waits, and this operation is run again.
    #[inline(never)]
    fn works_for(&mut self, system: &System, act: Ref, time: ParamId, step: StepId) {
        let state = &mut self.acts[act.at];
        let at = state.replica as usize;
        let replica = &mut self.replicas[at];
        let now = self.configs.service(replica.config, replica.service);
        // Whoever waited was given the core before.
        if now.cores != i64::MAX && !state.holds_core {
            if i64::from(replica.cores_busy) >= now.cores {
                state.pc -= 1;
                return replica.core_queue.push_back(act);
            }
            replica.cores_busy += 1;
            state.holds_core = true;
        }
        let (slow, plainly, service) = (now.slow, now.works_plainly, replica.service);
        let (dist, bits) = (self.configs.get(replica.config, time), draw(state.luck, step.0, Purpose::Time));
        let mut delay = stretched(self.duration(system, dist, bits), slow);
        if !plainly {
            delay = self.works_as_an_instance(system, at, service, delay);
        }
        self.after(delay, super::Kind::Step, act);
    }

    #[cold]
    fn freezes_act(&mut self, act: Ref) -> bool {
        self.freezes(self.acts[act.at].replica, |_| Frozen::Run(act))
    }

    /// Does an operation of an activation; whether it goes on behind it. A function of its own, not the body of a loop: most
    /// activations do one thing and wait, and what a compiler prepares for a loop is prepared for nothing.
    #[inline(never)]
    fn does(&mut self, system: &System, act: Ref, op: &Op) -> bool {
        let state = &mut self.acts[act.at];
        let then = match *op {
            Op::OrFail if state.outcome == Outcome::Ok => return true,
            Op::Call(call) => self.call(system, act, call),
            Op::Jump(to) => {
                state.pc = to;
                return true;
            }
            Op::JumpOn { outcomes, to } => {
                if outcomes.has(state.outcome) {
                    state.pc = to;
                }
                return true;
            }
            Op::Respond(answer) => Then::Answers { answer, ends: false },
            Op::End => Then::Answers { answer: Answer::Outcome(Outcome::Ok), ends: true },
            Op::Transact(tx) => self.transact(system, act, tx),
            op => self.run_seldom(system, act, op),
        };
        let ended = match then {
            Then::GoesOn => return true,
            Then::Waits => return false,
            Then::Ended => true,
            Then::Answers { answer, ends } => {
                self.responds(system, act, answer);
                ends
            }
        };
        if ended {
            self.ends(system, act);
        }
        !ended
    }

    /// Operations that a handler comes to less often. They stand apart so that what is done all the time stays small.
    #[inline(never)]
    fn run_seldom(&mut self, system: &System, act: Ref, op: Op) -> Then {
        let at = act.at;
        match op {
            Op::JumpUnless { condition, to } => {
                if self.eval_step(system, at, condition) == 0 {
                    self.acts[at].pc = to;
                }
                Then::GoesOn
            }
            Op::OrFail if self.acts[at].filling == NOBODY => Then::Answers { answer: Answer::Last, ends: true },
            Op::OrFail => {
                self.acts[at].pc = self.fails_to_fill(system, self.acts[at].filling);
                Then::GoesOn
            }
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
                self.registers[(at, reg)] = self.eval_step(system, at, to);
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
            | Op::Respond(_)
            | Op::End => unreachable!("done where it is met"),
        }
    }

    /// What work takes on an instance that may not be warm yet, which an autoscaler counts.
    #[inline(never)]
    fn works_as_an_instance(&mut self, system: &System, replica: usize, service: u16, delay: u64) -> u64 {
        let def = &system.services[service as usize];
        let delay = if def.instances.is_some() { self.cold(system, replica, delay) } else { delay };
        if def.autoscale.is_some() {
            self.services[service as usize].scaler.work_ns += u128::from(delay);
        }
        delay
    }

    #[inline]
    pub(super) fn slowed(&self, time: u64, factor: i64) -> u64 {
        stretched(time, f64::from_bits(factor as u64))
    }

    /// Work, a wait or an entry in a journal is done.
    pub(super) fn step_done(&mut self, system: &System, act: Ref) {
        self.steps(system, act);
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn steps(&mut self, system: &System, act: Ref) {
        if self.paused > 0
            && let Some(replica) = self.acts.get(act).map(|state| state.replica)
            && self.freezes_event(replica, super::Kind::Step, act.at, act.generation)
        {
            return;
        }
        let Some(state) = self.acts.get_mut(act) else {
            return;
        };
        if state.owed > 0 {
            let owed = std::mem::take(&mut state.owed);
            return self.after(owed, super::Kind::Step, act);
        }
        let (journals, deadline) = (std::mem::take(&mut state.journals), state.deadline);
        if std::mem::take(&mut state.holds_core) {
            let at = state.replica;
            let replica = &mut self.replicas[at as usize];
            replica.cores_busy -= 1;
            if !replica.core_queue.is_empty() {
                self.pass_cores(at);
            }
        }
        if journals {
            self.entry_done(system, act);
        } else if !self.traps.is_empty() && self.dies_after_step(system, act) {
            return;
        }
        self.runs_until(system, act, deadline);
    }

    #[cold]
    fn dies_after_step(&mut self, system: &System, act: Ref) -> bool {
        let done = match system.code[self.acts[act.at].pc as usize - 1] {
            Op::Work { step, .. } | Op::Wait { step, .. } => Some(step),
            Op::Publish(publish) => Some(system.publishes[publish.at()].step),
            _ => None,
        };
        done.is_some_and(|step| self.falls_into_trap(system, act, step))
    }

    /// Answers the caller, once.
    pub(super) fn respond(&mut self, system: &System, act: Ref, answer: Answer) {
        self.responds(system, act, answer);
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn responds(&mut self, system: &System, act: Ref, answer: Answer) {
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
        let &mut Act { caller, handler, began, case, replica, .. } = state;
        let def = &system.handlers[handler as usize];
        let result = def.answers.map_or(NOBODY, |reg| self.registers[(act.at, reg)] as u32);
        // What the platform asks is nobody's request, and neither is a function.
        if !matches!(caller, Caller::Probe { .. } | Caller::Function(_)) {
            let took = self.now - began;
            let of = &self.replicas[replica as usize];
            self.tally.services[of.service as usize].by_outcome[outcome as usize] += 1;
            self.telemetry.now.service_answered(of.service, outcome, took);
            if of.version != NO_VERSION {
                self.telemetry.now.version_answered(of.version, outcome, took);
            }
            if self.configs.anybody_learns && self.configs.service(of.config, of.service).learns {
                self.learn(system, replica, took, outcome);
            }
        }
        let handler = HandlerId(handler);
        self.beat_by(Who::act(act), case, Part::Service(def.service), || super::Beat::Answers { handler, outcome });
        match caller {
            Caller::Flight { flight, attempt } => self.answer_flight(system, flight, attempt, outcome, result),
            caller => self.answer_caller(system, caller, outcome, result),
        }
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
        self.ends(system, act);
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn ends(&mut self, system: &System, act: Ref) {
        let &Act { replica, holds_worker, case, tx, filling, caller, .. } = &self.acts[act.at];
        if filling != NOBODY {
            self.stops_filling(system, act);
        }
        if let Some(tx) = tx {
            self.roll_back_open(system, act, tx);
        }
        self.acts.free(act.at);
        self.release(case);
        let of = &mut self.replicas[replica as usize];
        let (service, health) = (of.service as usize, of.health);
        let tally = &mut self.tally.services[service];
        if !matches!(caller, Caller::Function(_)) {
            tally.ended += 1;
        }
        if holds_worker {
            of.busy -= 1;
            tally.busy(self.now, -1);
            if !of.queue.is_empty() || !of.line.outside.is_empty() {
                self.wake_who_waits(system, replica);
            }
        }
        match health {
            Health::Ending => self.look_at_end(system, replica),
            Health::Up if self.somewhere.memory && system.services[service].memory.is_some() => self.served(system, replica),
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
            self.pass_cores(replica);
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
