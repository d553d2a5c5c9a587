//! Calls: attempts, time-outs, retries, and what a replica remembers about the places it calls from.
//!
//! Breaker, bulkhead and budget belong to one replica and one place in the code. The bulkhead holds a call with all
//! its attempts; the breaker is asked before each attempt and counts it, as resilience4j's default order of aspects
//! has it: Retry ( CircuitBreaker ( … ) ). After it, the throttle is asked. The budget is asked before a retry.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, happens, mix, unit};
use super::listen::Who;
use super::pauses::Frozen;
use super::queue::Kind;
use super::replicas::Sending;
use super::run::Then;
use super::wires::Way;
use super::state::{Act, Caller, Flight, From, NOBODY, Site};
use super::story::{NotCalled, Part};
use crate::system::{Backoff, Breaker, CallDef, CallId, Growth, Jitter, REGS, ServiceId, System, Target};
use crate::{Outcome, Outcomes};

/// A retry's worth of tokens, and how many a place can save (gRPC A6: maxTokens 10).
const RETRY_MILLI: u32 = 1000;
const TOKENS_MILLI_MAX: u32 = 10_000;

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

impl Leg {
    pub const ALONE: Leg = Leg { fork: NOBODY, number: 0, time: 0 };
}

/// Tells an attempt's timer from those of earlier attempts and of whoever used the slot before.
pub fn stamp(flight: Ref, attempt: u16) -> u32 {
    flight.generation << 8 | u32::from(attempt & 0xff)
}

impl World {
    pub(super) fn unstamp(&self, at: u32, stamped: u32) -> Option<Ref> {
        let flight = self.flights.of(at);
        let live = flight.generation % 2 == 1 && stamp(flight, self.flights[at].attempt) == stamped;
        live.then_some(flight)
    }

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
        if let Some(handler) = self.is_function(system, act.at, &system.calls[call.at()]) {
            return self.call_function(system, act, call, handler, leg);
        }
        if !self.is_plain(self.acts[act.at].replica, call.at()) {
            let after = self.param(act.at, system.calls[call.at()].policy.hedge_after) as u64;
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
        self.knows_its_calls(system, replica);
        if !self.is_plain(replica, call.at()) && !self.has_room(system, act, call, leg) {
            return Then::GoesOn;
        }
        let flight = self.take_off(system, act, call, leg);
        self.attempt(system, flight);
        Then::Waits
    }

    /// Whether the bulkhead has a place; a call that is made fills the retry budget.
    #[inline(never)]
    fn has_room(&mut self, system: &System, act: Ref, call: CallId, leg: Leg) -> bool {
        let def = &system.calls[call.at()];
        let replica = self.acts[act.at].replica;
        let bulkhead = self.setting(replica, def.policy.bulkhead);
        if bulkhead > 0 && i64::from(self.replicas[replica as usize].sites[call.at()].in_flight) >= bulkhead {
            self.telemetry.now.calls[call.at()].is.held_back += 1;
            self.not_called(Who::act(act), act, call, NotCalled::BulkheadFull);
            if leg.fork != NOBODY {
                self.leg_over(system, leg, call, None, Outcome::Refused);
            }
            return false;
        }
        let budget = f64::from_bits(self.setting(replica, def.policy.budget) as u64);
        let site = &mut self.replicas[replica as usize].sites[call.at()];
        if budget >= 0.0 {
            let more = (budget * f64::from(RETRY_MILLI)) as u32;
            let full = if site.seen { site.tokens_milli + more } else { TOKENS_MILLI_MAX };
            site.tokens_milli = full.min(TOKENS_MILLI_MAX);
            site.seen = true;
        }
        true
    }

    /// Most replicas of a large system never call.
    pub(super) fn knows_its_calls(&mut self, system: &System, replica: u32) {
        let sites = &mut self.replicas[replica as usize].sites;
        if sites.is_empty() {
            sites.resize(system.calls.len(), Site::default());
        }
    }

    /// A call is under way from here on; nothing has been sent yet.
    pub(super) fn take_off(&mut self, system: &System, act: Ref, call: CallId, leg: Leg) -> Ref {
        let Act { replica, case, luck, .. } = self.acts[act.at];
        self.replicas[replica as usize].sites[call.at()].in_flight += 1;
        let luck = mix(luck, u64::from(system.calls[call.at()].step.0) | 1 << 40);
        let flight = self.flights.put(Flight {
            from: From::Act(act),
            call: u32::from(call.0),
            attempt: 0,
            case,
            luck: if leg.time == 0 { luck } else { mix(luck, u64::from(leg.time) | 1 << 42) },
            began: self.now,
            sent: self.now,
            waited: 0,
            unknown: false,
            replica,
            to: NOBODY,
            way: Way::default(),
            leg,
        });
        if leg.fork == NOBODY {
            self.acts[act.at].flight = Some(flight);
        } else {
            self.in_fork(leg.fork, flight);
        }
        flight
    }

    /// What the callee's first registers hold.
    pub(super) fn arguments(&mut self, system: &System, act: u32, def: &CallDef) -> [i64; REGS] {
        let mut regs = [0i64; REGS];
        for (reg, fill) in regs.iter_mut().zip(&def.args) {
            *reg = self.fill(system, act, *fill, None);
        }
        regs
    }

    /// Whether the breaker lets an attempt through.
    fn lets_through(&mut self, replica: u32, call: CallId, def: &CallDef) -> bool {
        let breaker = f64::from_bits(self.setting(replica, def.policy.breaker) as u64);
        let site = &mut self.replicas[replica as usize].sites[call.at()];
        if breaker == Breaker::FORCED_OPEN {
            return false;
        }
        if breaker <= 0.0 || site.open_until == 0 {
            return true;
        }
        if self.now < site.open_until || site.trials == 0 {
            return false;
        }
        site.trials -= 1;
        true
    }

    /// Whether the caller's own limit on how often it calls leaves room; it does not wait for it.
    fn within_own_rate(&mut self, act: u32, replica: u32, call: CallId, def: &CallDef) -> bool {
        let rate = f64::from_bits(self.param(act, def.policy.rate) as u64);
        if rate <= 0.0 {
            return true;
        }
        let burst = (self.param(act, def.policy.burst).max(1) as u64).saturating_mul(1000);
        let (now, site) = (self.now, &mut self.replicas[replica as usize].sites[call.at()]);
        let more = ((now - site.refilled) as f64 * rate / 1e6) as u64;
        if more > 0 {
            (site.spent_milli, site.refilled) = (site.spent_milli.saturating_sub(more), now);
        }
        let enough = site.spent_milli + 1000 <= burst;
        site.spent_milli += if enough { 1000 } else { 0 };
        enough
    }

    /// Whether so little of what was asked lately is accepted that this attempt is not made.
    fn is_throttled(&mut self, replica: u32, call: CallId, def: &CallDef, luck: u64) -> bool {
        let factor = f64::from_bits(self.setting(replica, def.policy.throttle) as u64);
        if factor <= 0.0 {
            return false;
        }
        let now = self.now;
        let share = self.replicas[replica as usize].sites[call.at()].throttle.asks(now, factor);
        happens(draw(luck, def.step.0, Purpose::Throttle), share)
    }

    /// What keeps the caller from making an attempt.
    #[inline(never)]
    fn held_back(&mut self, act: u32, replica: u32, call: CallId, def: &CallDef, luck: u64) -> Option<NotCalled> {
        if !self.lets_through(replica, call, def) {
            Some(NotCalled::BreakerOpen)
        } else if !self.within_own_rate(act, replica, call, def) {
            Some(NotCalled::RateLimited)
        } else if self.is_throttled(replica, call, def, luck) {
            Some(NotCalled::Throttled)
        } else {
            None
        }
    }

    #[inline]
    fn is_plain(&self, replica: u32, call: usize) -> bool {
        self.configs.is_plain(self.replicas[replica as usize].config, call)
    }

    /// Makes the next attempt, or as many as are refused on the spot.
    fn attempt(&mut self, system: &System, flight: Ref) {
        let Flight { from, call, replica, case, .. } = self.flights[flight.at];
        let From::Act(act) = from else { return };
        let call = CallId(call as u16);
        let def = &system.calls[call.at()];
        let (attempt, luck) = {
            let state = &mut self.flights[flight.at];
            state.attempt += 1;
            state.sent = self.now;
            state.way = Way::default();
            (state.attempt, mix(state.luck, u64::from(state.attempt)))
        };
        let by = Who::call(act, flight);
        let plain = self.is_plain(replica, call.at());
        if !plain && let Some(why) = self.held_back(act.at, replica, call, def, luck) {
            self.telemetry.now.calls[call.at()].is.held_back += 1;
            self.not_called(by, act, call, why);
            return self.attempt_over(system, flight, act, Outcome::Refused, NOBODY);
        }
        self.telemetry.now.sent(call.0, attempt > 1);
        if attempt > 1 {
            self.tally.retries += 1;
        }
        let timeout = self.setting(replica, def.policy.timeout) as u64;
        if timeout > 0 {
            self.queue.push_timer(self.now, timeout, Kind::TimeUp, flight.at, stamp(flight, attempt));
        }
        let service = ServiceId(self.replicas[replica as usize].service);
        self.beat_by(by, case, Part::Service(service), || super::Beat::Calls { call, attempt });
        let sent = match self.target(system, def) {
            Target::Handler(handler) => {
                let regs = self.arguments(system, act.at, def);
                let from = &self.acts[act.at];
                let passed = !plain && self.setting(replica, def.policy.deadline) != 0;
                let own = if timeout > 0 { self.now + timeout } else { u64::MAX };
                let deadline = if passed { own.min(from.deadline) } else { u64::MAX };
                let caller = Caller::Flight { flight, attempt };
                let (click, saga_attempt, own) = (from.click, from.saga_attempt, from.priority);
                let priority = def.priority.map_or(own, |fill| self.fill(system, act.at, fill, None).clamp(0, 7) as u8);
                let sending =
                    Sending { handler, regs, caller, case, luck, deadline, checks: passed, click, saga_attempt, priority };
                self.send(system, replica, sending)
            }
            Target::Operation(operation) => self.request(system, act, flight, attempt, operation, def, luck),
        };
        if let Err(outcome) = sent {
            self.attempt_done(system, flight, attempt, outcome, NOBODY);
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
                if self.sdk_tries_again(system, flight, Outcome::Unknown) {
                    return;
                }
                self.click_done(system, flight, Outcome::Unknown);
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
                self.attempt_ends(system, flight, act, outcome, NOBODY);
            }
        }
    }

    /// An attempt has come to something. Answers to earlier attempts find nobody.
    pub(super) fn attempt_done(&mut self, system: &System, flight: Ref, attempt: u16, outcome: Outcome, result: u32) {
        let Some(state) = self.flights.get(flight) else {
            return;
        };
        if state.attempt != attempt {
            return;
        }
        let Flight { from, call, replica, case, sent: since, .. } = *state;
        let From::Act(act) = from else {
            if self.sdk_tries_again(system, flight, outcome) {
                return;
            }
            return self.click_done(system, flight, outcome);
        };
        if self.paused > 0 && self.freezes(replica, |_| Frozen::Answer { flight, attempt, outcome, result }) {
            return;
        }
        let (by, part) = (Who::call(act, flight), Part::Service(ServiceId(self.replicas[replica as usize].service)));
        let call = CallId(call as u16);
        self.beat_by(by, case, part, || super::Beat::Returns { call, attempt, outcome, since });
        if let (Some(record), Outcome::Ok) = (system.calls[call.at()].brings, outcome) {
            self.beat_brought(act, part, record, result);
        }
        self.attempt_ends(system, flight, act, outcome, result);
    }

    /// It is answered, or its time is up.
    #[inline]
    fn attempt_ends(&mut self, system: &System, flight: Ref, act: Ref, outcome: Outcome, result: u32) {
        let Flight { call, replica, to, sent, .. } = self.flights[flight.at];
        if to != NOBODY {
            let service = self.replicas[to as usize].service as usize;
            if system.services[service].ejection.is_some() {
                self.host_answered(system, replica, service, self.endpoint(to), outcome);
            }
            self.flights[flight.at].to = NOBODY;
            if let Some(count) = self.replicas[replica as usize].outstanding.get_mut(to as usize) {
                *count = count.saturating_sub(1);
            }
        }
        self.telemetry.now.attempt_done(call as u16, outcome, self.now - sent);
        if !self.is_plain(replica, call as usize) {
            self.count_attempt(system, replica, call, outcome);
        }
        self.attempt_over(system, flight, act, outcome, result);
    }

    /// For the breaker and the throttle of whoever called.
    #[inline(never)]
    fn count_attempt(&mut self, system: &System, replica: u32, call: u32, outcome: Outcome) {
        self.count_for_breaker(replica, call as usize, &system.calls[call as usize], outcome);
        if f64::from_bits(self.setting(replica, system.calls[call as usize].policy.throttle) as u64) > 0.0 {
            let now = self.now;
            self.replicas[replica as usize].sites[call as usize].throttle.answered(now, outcome);
        }
    }

    fn not_called(&mut self, by: Who, act: Ref, call: CallId, why: NotCalled) {
        let Act { case, replica, .. } = self.acts[act.at];
        let part = Part::Service(ServiceId(self.replicas[replica as usize].service));
        self.beat_by(by, case, part, || super::Beat::NotCalled { call, why });
    }

    /// Another attempt, or the call is over.
    fn attempt_over(&mut self, system: &System, flight: Ref, act: Ref, outcome: Outcome, result: u32) {
        let Flight { call, replica, attempt, .. } = self.flights[flight.at];
        let def = &system.calls[call as usize];
        self.flights[flight.at].unknown |= outcome == Outcome::Unknown;
        if matches!(outcome, Outcome::Ok | Outcome::Unknown) {
            self.acts[act.at].effects = true;
        }
        let again = outcome != Outcome::Ok
            && Outcomes::from_bits(self.setting(replica, def.policy.retry)).has(outcome)
            && i64::from(attempt) < self.setting(replica, def.policy.attempts).min(120)
            && (self.setting(replica, def.policy.deadline) == 0 || self.acts[act.at].deadline > self.now)
            && self.spend(replica, call as usize, def);
        if again {
            let delay = self.back_off(system, act.at, flight, def);
            let next = stamp(flight, attempt | 0x80);
            // The stamp is that of no running attempt, so its time-out finds nobody.
            self.flights[flight.at].attempt = attempt | 0x80;
            self.queue.push(self.now + delay, Kind::TryAgain, flight.at, next);
            return;
        }
        // That this attempt was certainly not made says nothing of one before it.
        let outcome = match outcome {
            Outcome::Refused if self.flights[flight.at].unknown => Outcome::Unknown,
            outcome => outcome,
        };
        self.land(system, flight, act, outcome, result);
    }

    /// The call has come to something, and its caller goes on.
    pub(super) fn land(&mut self, system: &System, flight: Ref, act: Ref, outcome: Outcome, result: u32) {
        let Flight { call, replica, leg, .. } = self.flights[flight.at];
        self.replicas[replica as usize].sites[call as usize].in_flight -= 1;
        self.flights.free(flight.at);
        if let (Some(reg), true) = (system.calls[call as usize].result, result != NOBODY) {
            self.acts[act.at].regs[reg as usize] = i64::from(result);
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
        if !matches!(outcome, Outcome::Failed | Outcome::Refused | Outcome::Unknown) {
            return outcome;
        }
        let word = self.param(act.at, system.calls[call.at()].policy.fallback);
        let Some(&instead) = usize::try_from(word).ok().and_then(|at| Outcome::ALL.get(at)) else {
            return outcome;
        };
        let Act { case, replica, .. } = self.acts[act.at];
        let part = Part::Service(ServiceId(self.replicas[replica as usize].service));
        self.beat_by(Who::act(act), case, part, || super::Beat::FallsBack { call, outcome: instead });
        instead
    }

    /// Whoever has called goes on.
    pub(super) fn call_comes_to(&mut self, system: &System, act: Ref, call: CallId, outcome: Outcome) {
        let state = &mut self.acts[act.at];
        (state.flight, state.fork, state.outcome) = (None, NOBODY, outcome);
        if !self.falls_into_trap(system, act, system.calls[call.at()].step) {
            self.ready.push_back(act);
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

    /// What a half-open breaker let through and nobody waits for any more says nothing; another may be tried for it (resilience4j:
    /// `releasePermission`).
    pub(super) fn gives_trial_back(&mut self, replica: u32, call: usize) {
        let (now, site) = (self.now, &mut self.replicas[replica as usize].sites[call]);
        if site.open_until > 0 && now >= site.open_until {
            site.trials = (site.trials + 1).min(Breaker::HALF_OPEN_CALLS - site.calls.min(Breaker::HALF_OPEN_CALLS));
        }
    }

    pub(super) fn try_again(&mut self, system: &System, at: u32, stamped: u32) {
        let Some(flight) = self.unstamp(at, stamped) else {
            return;
        };
        if self.freezes_event(self.flights[at].replica, Kind::TryAgain, at, stamped) {
            return;
        }
        self.flights[at].attempt &= 0x7f;
        if matches!(self.flights[at].from, From::Click { .. }) {
            return self.click_attempt(system, flight);
        }
        self.attempt(system, flight);
    }

    pub(super) fn spend(&mut self, replica: u32, call: usize, def: &CallDef) -> bool {
        let budget = f64::from_bits(self.setting(replica, def.policy.budget) as u64);
        if budget < 0.0 {
            return true;
        }
        let site = &mut self.replicas[replica as usize].sites[call];
        let enough = site.tokens_milli >= RETRY_MILLI;
        if enough {
            site.tokens_milli -= RETRY_MILLI;
        }
        enough
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

    /// resilience4j's count-based window: the share of failures among the last hundred attempts, from the hundredth
    /// on; half open, among the ten that are let through.
    fn count_for_breaker(&mut self, replica: u32, call: usize, def: &CallDef, outcome: Outcome) {
        let share = f64::from_bits(self.setting(replica, def.policy.breaker) as u64);
        // One that is forced open counts nothing: what still comes was sent before.
        if share <= 0.0 || share == Breaker::FORCED_OPEN {
            return;
        }
        let now = self.now;
        let failed = matches!(outcome, Outcome::Failed | Outcome::Refused | Outcome::Unknown);
        let site = &mut self.replicas[replica as usize].sites[call];
        let trying = site.open_until > 0;
        // What was under way when it opened says nothing of how it is later: each state counts its own (resilience4j).
        if now < site.open_until {
            return;
        }
        let (size, least) = match trying {
            true => (Breaker::HALF_OPEN_CALLS, Breaker::HALF_OPEN_CALLS),
            false => (Breaker::WINDOW_CALLS, Breaker::CALLS_MIN),
        };
        site.window = (site.window << 1 | u128::from(failed)) & ((1 << size) - 1);
        site.calls = (site.calls + 1).min(size);
        if site.calls < least {
            return;
        }
        let opens = f64::from(site.window.count_ones()) >= share * f64::from(site.calls);
        if opens || trying {
            site.open_until = if opens { now + Breaker::OPEN_NS } else { 0 };
            (site.window, site.calls, site.trials) = (0, 0, Breaker::HALF_OPEN_CALLS);
        }
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
