//! What holds a call back where it is made, and what that place remembers for it: bulkhead, breaker, rate limit, throttle,
//! retry budget. All of it belongs to one replica and one place in the code.

use super::World;
use super::arena::Ref;
use super::calls::Leg;
use super::chance::{Purpose, draw, happens};
use super::listen::Who;
use super::state::NOBODY;
use super::story::NotCalled;
use crate::Outcome;
use crate::system::{Breaker, CallDef, CallId, System};

/// A retry's worth of tokens, and how many a place can save (gRPC A6: maxTokens 10).
const RETRY_MILLI: u32 = 1000;
const TOKENS_MILLI_MAX: u32 = 10_000;

impl World {
    /// Whether the bulkhead has a place; a call that is made fills the retry budget.
    #[inline(never)]
    pub(super) fn has_room(&mut self, system: &System, act: Ref, call: CallId, leg: Leg) -> bool {
        let def = &system.calls[call.at()];
        let replica = self.acts[act.at].replica;
        self.replicas[replica as usize].knows_its_calls(system);
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
        let burst = self.param(act, def.policy.burst);
        self.replicas[replica as usize].sites[call.at()].bucket.lets_in(self.now, rate, burst)
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
    pub(super) fn held_back(&mut self, act: u32, replica: u32, call: CallId, def: &CallDef, luck: u64) -> Option<NotCalled> {
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

    /// For the breaker and the throttle of whoever called.
    #[inline(never)]
    pub(super) fn count_attempt(&mut self, system: &System, replica: u32, call: u32, outcome: Outcome) {
        self.count_for_breaker(replica, call as usize, &system.calls[call as usize], outcome);
        if f64::from_bits(self.setting(replica, system.calls[call as usize].policy.throttle) as u64) > 0.0 {
            let now = self.now;
            self.replicas[replica as usize].sites[call as usize].throttle.answered(now, outcome);
        }
    }

    /// What a half-open breaker let through and nobody waits for any more says nothing; another may be tried for it (resilience4j:
    /// `releasePermission`).
    pub(super) fn gives_trial_back(&mut self, replica: u32, call: usize) {
        let (now, site) = (self.now, &mut self.replicas[replica as usize].sites[call]);
        if site.open_until > 0 && now >= site.open_until {
            site.trials = (site.trials + 1).min(Breaker::HALF_OPEN_CALLS - site.calls.min(Breaker::HALF_OPEN_CALLS));
        }
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
