//! Calls: attempts, time-outs, retries, and what comes back. What holds a call back stands in `sites.rs`.
//!
//! The bulkhead holds a call with all its attempts; the breaker is asked before each attempt and counts it, as resilience4j's
//! default order of aspects has it: Retry ( CircuitBreaker ( … ) ). After it, the throttle is asked. The budget is asked before a
//! retry.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, mix, unit};
use super::listen::Who;
use super::pauses::Frozen;
use super::queue::Kind;
use super::sending::{Args, Sending};
use super::run::Then;
use super::wires::Way;
use super::state::{Act, Caller, Flight, From, NOBODY};
use super::story::{NotCalled, Part};
use crate::system::{Backoff, CallDef, CallId, Growth, Jitter, Op, ServiceId, System, Target, deadline};
use crate::{Outcome, Outcomes};

/// Which of several calls a flight is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// `NOBODY` for a call that stands alone.
    pub fork: u32,
    /// The branch of its fork.
    pub number: u16,
    /// Of the same call made several times, from 0: each has a luck of its own.
    pub time: u16,
}

/// One that is about to be made.
#[derive(Clone, Copy)]
struct Attempt {
    act: Ref,
    call: CallId,
    replica: u32,
    case: u32,
    /// From 1.
    number: u16,
    luck: u64,
}

impl Leg {
    pub const ALONE: Leg = Leg { fork: NOBODY, number: 0, time: 0 };
}

/// Tells an attempt's timer from those of earlier attempts and of whoever used the slot before.
pub fn stamp(flight: Ref, attempt: u16) -> u32 {
    flight.generation << 8 | u32::from(attempt & 0xff)
}

impl World {
    #[inline]
    pub(super) fn unstamp(&self, at: u32, stamped: u32) -> Option<Ref> {
        let flight = self.flights.of(at);
        let live = flight.generation % 2 == 1 && stamp(flight, self.flights[at].attempt) == stamped;
        live.then_some(flight)
    }

    /// Whether nothing is to be asked before a call is made.
    #[inline(always)]
    pub(super) fn is_plainly_called(&self, system: &System, replica: u32, call: CallId) -> bool {
        system.calls[call.at()].placed.is_none() && self.is_plain(replica, call.at())
    }

    #[inline(never)]
    pub(super) fn calls_plainly(&mut self, system: &System, act: Ref, call: CallId) {
        let (flight, attempt) = self.takes_off(system, act, call, Leg::ALONE);
        self.attempts_as(system, flight, attempt, true);
    }

    #[inline(never)]
    pub(super) fn call(&mut self, system: &System, act: Ref, call: CallId) -> Then {
        match self.one_call(system, act, call, Leg::ALONE) {
            Then::GoesOn => {
                self.acts[act.at].outcome = self.falls_back(system, act, call, Outcome::Refused);
                Then::GoesOn
            }
            then => then,
        }
    }

    /// A call, perhaps one of several, perhaps hedged.
    pub(super) fn one_call(&mut self, system: &System, act: Ref, call: CallId, leg: Leg) -> Then {
        let def = &system.calls[call.at()];
        if def.placed.is_some()
            && let Some(handler) = self.is_function(system, act.at, def)
        {
            return self.call_function(system, act, call, handler, leg);
        }
        let replica = self.acts[act.at].replica;
        if !self.is_plain(replica, call.at()) {
            let after = self.setting(replica, def.policy.hedge_after) as u64;
            if after > 0 {
                self.hedged_call(system, act, call, after, leg);
                return Then::Waits;
            }
        }
        self.flight(system, act, call, leg)
    }

    /// `GoesOn` when the bulkhead is full and nobody but the activation waits for it.
    pub(super) fn flight(&mut self, system: &System, act: Ref, call: CallId, leg: Leg) -> Then {
        let replica = self.acts[act.at].replica;
        if !self.is_plain(replica, call.at()) && !self.has_room(system, act, call, leg) {
            return Then::GoesOn;
        }
        let (flight, attempt) = self.take_off(system, act, call, leg);
        self.attempts(system, flight, attempt);
        Then::Waits
    }

    /// A call is under way from here on; nothing has been sent yet.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn takes_off(&mut self, system: &System, act: Ref, call: CallId, leg: Leg) -> (Ref, Attempt) {
        let state = &mut self.acts[act.at];
        let (replica, case) = (state.replica, state.case);
        let caller = &mut self.replicas[replica as usize];
        caller.knows_its_calls(system);
        caller.sites[call.at()].in_flight += 1;
        let mut luck = mix(state.luck, u64::from(system.calls[call.at()].step.0) | 1 << 40);
        if leg.time != 0 {
            luck = mix(luck, u64::from(leg.time) | 1 << 42);
        }
        let (flight, of) = self.flights.take();
        of.begins(From::Act(act), call.0.into(), case, luck, replica, leg, self.now);
        of.attempt = 1;
        if leg.fork == NOBODY {
            state.flight = Some(flight);
        } else {
            self.in_fork(leg.fork, flight);
        }
        (flight, Attempt { act, call, replica, case, number: 1, luck: mix(luck, 1) })
    }

    #[inline(never)]
    fn take_off(&mut self, system: &System, act: Ref, call: CallId, leg: Leg) -> (Ref, Attempt) {
        self.takes_off(system, act, call, leg)
    }

    /// A call inside the process, as the first attempt of a remote one has it.
    pub(super) fn steps_inside(&mut self, system: &System, act: Ref, call: CallId, leg: Leg) -> (Ref, u64) {
        let (flight, attempt) = self.take_off(system, act, call, leg);
        (flight, attempt.luck)
    }

    /// What the callee's first registers hold.
    #[inline]
    pub(super) fn arguments(&mut self, system: &System, act: u32, def: &CallDef) -> Args {
        if def.args.is_empty() { Args::new() } else { self.some_arguments(system, act, def) }
    }

    #[inline(never)]
    fn some_arguments(&mut self, system: &System, act: u32, def: &CallDef) -> Args {
        def.args.iter().map(|fill| self.fill(system, act, *fill, None)).collect()
    }

    #[inline]
    fn is_plain(&self, replica: u32, call: usize) -> bool {
        self.configs.call(self.replicas[replica as usize].config, call).plain
    }

    /// Makes the next attempt, or as many as are refused on the spot.
    fn attempt(&mut self, system: &System, flight: Ref) {
        let state = &mut self.flights[flight.at];
        let From::Act(act) = state.from else { return };
        state.attempt += 1;
        state.sent = self.now;
        state.way = Way::default();
        let (number, call) = (state.attempt, CallId(state.call as u16));
        let luck = mix(state.luck, u64::from(number));
        let attempt = Attempt { act, call, replica: state.replica, case: state.case, number, luck };
        self.attempts(system, flight, attempt);
    }

    fn attempts(&mut self, system: &System, flight: Ref, of: Attempt) {
        let plain = self.is_plain(of.replica, of.call.at());
        self.attempts_as(system, flight, of, plain);
    }

    /// `plain`: whether nothing is to be asked before. Where that is known, nothing of it is in the way.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn attempts_as(&mut self, system: &System, flight: Ref, of: Attempt, plain: bool) {
        let Attempt { act, call, replica, case, number: attempt, luck } = of;
        let def = &system.calls[call.at()];
        let by = Who::call(act, flight);
        let caller = &self.replicas[replica as usize];
        let (timeout, service) = (self.configs.call(caller.config, call.at()).timeout, ServiceId(caller.service));
        if !plain && let Some(why) = self.held_back(act.at, replica, call, def, luck) {
            self.telemetry.now.calls[call.at()].is.held_back += 1;
            self.not_called(by, act, call, why);
            return self.attempt_failed(system, flight, act, Outcome::Refused, NOBODY);
        }
        self.telemetry.now.sent(call.0, attempt > 1);
        if attempt > 1 {
            self.tally.retries += 1;
        }
        let own = if timeout > 0 { self.now + timeout } else { u64::MAX };
        let bound = if plain { u64::MAX } else { self.bound(act, replica, def) };
        if bound < own {
            self.queue.push(bound, Kind::TimeUp, flight.at, stamp(flight, attempt));
        } else if timeout > 0 {
            self.queue.push_timer(self.now, timeout, Kind::TimeUp, flight.at, stamp(flight, attempt));
        }
        self.beat_by(by, case, Part::Service(service), || super::Beat::Calls { call, attempt });
        let sent = match self.target(system, def) {
            Target::Handler(handler) => {
                let args = self.arguments(system, act.at, def);
                let passed = !plain && self.setting(replica, def.policy.deadline) != deadline::FORGOTTEN;
                let from = &self.acts[act.at];
                let (click, saga_attempt, mine, deadline) = (from.click, from.saga_attempt, from.priority, from.deadline);
                let deadline = if passed { own.min(deadline) } else { u64::MAX };
                let priority = match def.priority {
                    Some(fill) => self.fill(system, act.at, fill, None).clamp(0, 7) as u8,
                    None => mine,
                };
                let caller = Caller::Flight { flight, attempt };
                let sending = Sending { handler, args: &args, caller, case, luck, deadline, checks: passed, click, saga_attempt, priority };
                match !plain && self.setting(replica, def.policy.elsewhere) != 0 {
                    true => self.send_elsewhere(system, replica, flight, &Sending { ..sending }),
                    false => self.send(system, replica, &sending),
                }
            }
            Target::Operation(operation) => self.request(system, act, flight, attempt, operation, def, luck),
        };
        if let Err(outcome) = sent {
            self.attempt_done(system, flight, attempt, outcome, NOBODY);
        }
    }

    /// The instant at which a call ends in any case, because its caller's deadline bounds it: at once, where a process wakes up
    /// after it and has not looked yet.
    fn bound(&self, act: Ref, replica: u32, def: &CallDef) -> u64 {
        match self.setting(replica, def.policy.deadline) {
            deadline::BOUNDS => self.acts[act.at].deadline.max(self.now),
            _ => u64::MAX,
        }
    }

    pub(super) fn time_up(&mut self, system: &System, at: u32, stamped: u32) {
        let Some(flight) = self.unstamp(at, stamped) else {
            return;
        };
        let Flight { from, attempt, case, call, replica, sent: since, .. } = self.flights[at];
        match from {
            From::Click { .. } => {
                self.stops_waiting(system, flight);
                self.click_fails(system, flight, Outcome::Unknown);
            }
            From::Act(_) if self.freezes_event(replica, Kind::TimeUp, at, stamped) => {}
            From::Act(act) => {
                let (by, part) = (Who::call(act, flight), Part::Service(ServiceId(self.replicas[replica as usize].service)));
                let call = CallId(call as u16);
                // While the connection opens nothing was sent, and the caller knows that.
                let connecting = self.flights[at].way.connecting;
                self.beat_by(by, case, part, || super::Beat::TimeUp { call, attempt, since, connecting });
                let outcome = if connecting { Outcome::Refused } else { Outcome::Unknown };
                self.stops_waiting(system, flight);
                self.attempt_is_over(system, flight, act, outcome);
            }
        }
    }

    #[inline(never)]
    fn attempt_is_over(&mut self, system: &System, flight: Ref, act: Ref, outcome: Outcome) {
        self.attempt_ends(system, flight, act, outcome, NOBODY);
    }

    /// An attempt has come to something. Answers to earlier attempts find nobody.
    #[inline(never)]
    pub(super) fn attempt_done(&mut self, system: &System, flight: Ref, attempt: u16, outcome: Outcome, result: u32) {
        self.attempt_is_done(system, flight, attempt, outcome, result);
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn attempt_is_done(&mut self, system: &System, flight: Ref, attempt: u16, outcome: Outcome, result: u32) {
        let Some(state) = self.flights.get(flight) else {
            return;
        };
        if state.attempt != attempt {
            return;
        }
        let From::Act(act) = state.from else {
            return self.click_answered(system, flight, outcome);
        };
        if self.paused > 0 && self.freezes(state.replica, |_| Frozen::Answer { flight, attempt, outcome, result }) {
            return;
        }
        if self.ears.is_some() {
            self.tell_return(system, flight, act, outcome, result);
        }
        self.attempt_ends(system, flight, act, outcome, result);
    }

    #[cold]
    fn tell_return(&mut self, system: &System, flight: Ref, act: Ref, outcome: Outcome, result: u32) {
        let Flight { attempt, call, replica, case, sent: since, .. } = self.flights[flight.at];
        let (by, part) = (Who::call(act, flight), Part::Service(ServiceId(self.replicas[replica as usize].service)));
        let call = CallId(call as u16);
        self.beat_by(by, case, part, || super::Beat::Returns { call, attempt, outcome, since });
        if let (Some(record), Outcome::Ok) = (system.calls[call.at()].brings, outcome) {
            self.beat_brought(act, part, record, result);
        }
    }

    /// It is answered, or its time is up: another attempt, or the call is over.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn attempt_ends(&mut self, system: &System, flight: Ref, act: Ref, outcome: Outcome, result: u32) {
        let state = &mut self.flights[flight.at];
        let (call, replica, sent, leg) = (state.call, state.replica, state.sent, state.leg);
        let to = std::mem::replace(&mut state.to, NOBODY);
        if to != NOBODY && self.somewhere.ejection {
            let service = self.replicas[to as usize].service as usize;
            if system.services[service].ejection.is_some() {
                self.host_answered(system, replica, service, self.endpoint(to), outcome);
            }
        }
        let caller = &mut self.replicas[replica as usize];
        if self.somewhere.by_load
            && let Some(count) = caller.outstanding.get_mut(to as usize)
        {
            *count = count.saturating_sub(1);
        }
        self.telemetry.now.attempt_done(call as u16, outcome, self.now - sent);
        if !self.configs.call(caller.config, call as usize).plain {
            self.count_attempt(system, replica, call, outcome);
        }
        if matches!(outcome, Outcome::Ok | Outcome::Unknown) {
            self.acts[act.at].effects = true;
        }
        if outcome == Outcome::Ok {
            return self.lands(system, flight, act, (call, replica, leg), outcome, result);
        }
        self.attempt_failed(system, flight, act, outcome, result);
    }

    pub(super) fn not_called(&mut self, by: Who, act: Ref, call: CallId, why: NotCalled) {
        let Act { case, replica, .. } = self.acts[act.at];
        let part = Part::Service(ServiceId(self.replicas[replica as usize].service));
        self.beat_by(by, case, part, || super::Beat::NotCalled { call, why });
    }

    /// Another attempt, or the call is over.
    #[inline(never)]
    fn attempt_failed(&mut self, system: &System, flight: Ref, act: Ref, outcome: Outcome, result: u32) {
        let state = &mut self.flights[flight.at];
        state.unknown |= outcome == Outcome::Unknown;
        let &mut Flight { call, replica, attempt, unknown, .. } = state;
        let def = &system.calls[call as usize];
        let again = Outcomes::from_bits(self.setting(replica, def.policy.retry)).has(outcome)
            && i64::from(attempt) < self.setting(replica, def.policy.attempts).min(120)
            && (self.setting(replica, def.policy.deadline) == deadline::FORGOTTEN || self.acts[act.at].deadline > self.now)
            && self.spend(replica, call as usize, def);
        if again {
            let delay = self.back_off(system, act.at, flight, def);
            let next = stamp(flight, attempt | 0x80);
            // The stamp is that of no running attempt, so its time-out finds nobody.
            self.flights[flight.at].attempt = attempt | 0x80;
            let bound = self.bound(act, replica, def);
            self.queue.push(bound.min(self.now + delay), Kind::TryAgain, flight.at, next);
            return;
        }
        // That this attempt was certainly not made says nothing of one before it.
        let outcome = if outcome == Outcome::Refused && unknown { Outcome::Unknown } else { outcome };
        self.land(system, flight, act, outcome, result);
    }

    /// The call has come to something, and its caller goes on.
    #[inline(never)]
    pub(super) fn land(&mut self, system: &System, flight: Ref, act: Ref, outcome: Outcome, result: u32) {
        let &Flight { call, replica, leg, .. } = &self.flights[flight.at];
        self.lands(system, flight, act, (call, replica, leg), outcome, result);
    }

    /// With what stands in the flight.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn lands(&mut self, system: &System, flight: Ref, act: Ref, (call, replica, leg): (u32, u32, Leg), outcome: Outcome, result: u32) {
        self.replicas[replica as usize].sites[call as usize].in_flight -= 1;
        self.flights.free(flight.at);
        if result != NOBODY
            && let Some(reg) = system.calls[call as usize].result
        {
            self.registers[(act.at, reg)] = i64::from(result);
        }
        let call = CallId(call as u16);
        if leg.fork != NOBODY {
            return self.leg_over(system, leg, call, Some(flight), outcome);
        }
        let outcome = self.falls_back(system, act, call, outcome);
        self.call_comes_to(system, act, call, outcome);
    }

    /// What stands in for a call that did not come back.
    #[inline]
    pub(super) fn falls_back(&mut self, system: &System, act: Ref, call: CallId, outcome: Outcome) -> Outcome {
        match outcome {
            Outcome::Failed | Outcome::Refused | Outcome::Unknown => self.stand_in(system, act, call).unwrap_or(outcome),
            outcome => outcome,
        }
    }

    fn stand_in(&mut self, system: &System, act: Ref, call: CallId) -> Option<Outcome> {
        let word = self.param(act.at, system.calls[call.at()].policy.fallback);
        let &instead = usize::try_from(word).ok().and_then(|at| Outcome::ALL.get(at))?;
        let Act { case, replica, .. } = self.acts[act.at];
        let part = Part::Service(ServiceId(self.replicas[replica as usize].service));
        self.beat_by(Who::act(act), case, part, || super::Beat::FallsBack { call, outcome: instead });
        Some(instead)
    }

    /// Whoever has called goes on.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn call_comes_to(&mut self, system: &System, act: Ref, call: CallId, outcome: Outcome) {
        let state = &mut self.acts[act.at];
        (state.flight, state.fork, state.outcome) = (None, NOBODY, outcome);
        // What would have been done had it failed is passed over here: one operation less for every call.
        if outcome == Outcome::Ok && matches!(system.code[state.pc as usize], Op::OrFail) {
            state.pc += 1;
        }
        if self.traps.is_empty() || !self.falls_into_trap(system, act, system.calls[call.at()].step) {
            self.ready.push(act);
        }
    }

    /// Nobody waits any more for a flight that is under way.
    pub(super) fn leave_flight(&mut self, system: &System, flight: Ref) {
        self.stops_waiting(system, flight);
        let Flight { from, call, replica, to, attempt, .. } = self.flights[flight.at];
        let From::Act(act) = from else { return };
        if attempt & 0x80 == 0 {
            self.gives_trial_back(replica, call as usize);
        }
        if to != NOBODY && let Some(count) = self.replicas[replica as usize].outstanding.get_mut(to as usize) {
            *count = count.saturating_sub(1);
        }
        let now = self.now;
        let throttled = f64::from_bits(self.param(act.at, system.calls[call as usize].policy.throttle) as u64) > 0.0;
        let site = &mut self.replicas[replica as usize].sites[call as usize];
        site.in_flight -= 1;
        if throttled {
            // That it was not needed any more says nothing against whom was asked.
            site.throttle.answered(now, Outcome::Ok);
        }
        self.flights.free(flight.at);
    }

    pub(super) fn try_again(&mut self, system: &System, at: u32, stamped: u32) {
        let Some(flight) = self.unstamp(at, stamped) else {
            return;
        };
        if self.freezes_event(self.flights[at].replica, Kind::TryAgain, at, stamped) {
            return;
        }
        self.flights[at].attempt &= 0x7f;
        let Flight { from, call, replica, .. } = self.flights[at];
        match from {
            From::Click { .. } => self.click_attempt(system, flight),
            From::Act(act) if self.bound(act, replica, &system.calls[call as usize]) <= self.now => {
                self.land(system, flight, act, Outcome::Unknown, NOBODY);
            }
            From::Act(_) => self.attempt(system, flight),
        }
    }

    fn back_off(&mut self, system: &System, act: u32, flight: Ref, def: &CallDef) -> u64 {
        let which = self.param(act, def.policy.backoff);
        let Some(rule) = usize::try_from(which).ok().and_then(|at| system.backoffs.get(at)) else {
            return 0;
        };
        let state = &self.flights[flight.at];
        let bits = draw(state.luck, state.attempt, Purpose::Jitter);
        let delay = wait(rule, u32::from(state.attempt & 0x7f), state.waited, bits);
        self.flights[flight.at].waited = delay;
        delay
    }

}

/// How long to wait before the next attempt; `tries` have been made.
pub fn wait(rule: &Backoff, tries: u32, before: u64, bits: u64) -> u64 {
    let cap = if rule.cap == 0 { u64::MAX } else { rule.cap };
    let base = rule.base as f64;
    let plain = match rule.growth {
        Growth::None => return 0,
        Growth::Fixed => base,
        Growth::Exponential { factor } => {
            let mut delay = base;
            for _ in 1..tries.min(64) {
                delay *= factor;
            }
            delay
        }
    }
    .min(cap as f64);
    let delay = match rule.jitter {
        Jitter::None => plain,
        Jitter::Full => plain * unit(bits),
        Jitter::Equal => plain / 2.0 + plain / 2.0 * unit(bits),
        Jitter::Decorrelated => {
            let high = 3.0 * if before == 0 { base } else { before as f64 };
            base + (high - base).max(0.0) * unit(bits)
        }
    };
    (delay as u64).min(cap)
}
