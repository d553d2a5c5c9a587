//! Webhooks: what a provider tells by itself, late, twice, again until somebody answers `ok`.

use super::World;
use super::arena::Ref;
use super::calls::wait;
use super::chance::{Purpose, draw, happens, mix};
use super::config::WORLD;
use super::queue::Kind;
use super::sending::Sending;
use super::state::{Caller, Hook, NOBODY};
use super::story::Part;
use crate::Outcome;
use super::links::Cargo;
use crate::system::{End, ProviderId, RecordId, StepId, System};

const STEP: StepId = StepId(u16::MAX);

/// Marks the attempt that is over: until the next there is none whose answer, or whose time, counts.
const BETWEEN: u16 = 0x100;

impl World {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn queue_hook(
        &mut self,
        system: &System,
        provider: ProviderId,
        record: RecordId,
        at: u32,
        case: u32,
        luck: u64,
        tells: Option<u16>,
    ) {
        let Some(webhooks) = &system.providers[provider.at()].webhooks else {
            return;
        };
        let luck = mix(luck, u64::from(record.0) | 7 << 40);
        let event = self.next_event;
        self.next_event += 1;
        let twice = f64::from_bits(self.configs.get(WORLD, webhooks.twice) as u64);
        let copies = if happens(draw(luck, STEP.0, Purpose::Twice), twice) { 2 } else { 1 };
        for copy in 0..copies {
            let luck = mix(luck, copy);
            let delay = self.world_duration(system, webhooks.delay, luck, STEP, Purpose::Delay);
            self.hold(case);
            let hook =
                Hook { provider: provider.0, event, record: at, case, luck, first: self.now, attempt: 0, waited: 0, tells };
            let hook = self.hooks.put(hook);
            self.after(delay, Kind::Hook, hook);
        }
    }

    pub(super) fn send_hook(&mut self, system: &System, of: Ref) {
        let Some(hook) = self.hooks.get_mut(of) else {
            return;
        };
        hook.attempt = (hook.attempt & 0xff) % 200 + 1;
        let Hook { provider, event, record, case, luck, attempt, tells, .. } = *hook;
        let Some(webhooks) = &system.providers[provider as usize].webhooks else {
            return;
        };
        let args = [event, i64::from(record), tells.map_or(0, i64::from)];
        let timeout = self.configs.get(WORLD, webhooks.timeout) as u64;
        if timeout > 0 {
            self.queue.push_timer(self.now, timeout, Kind::HookTimeUp, of.at, super::calls::stamp(of, attempt));
        }
        self.telemetry.now.providers[provider as usize].is.hooks_sent += 1;
        self.beat(case, Part::Provider(ProviderId(provider)), || super::Beat::SendsHook { event, attempt });
        let caller = Caller::Hook { hook: of, attempt };
        let luck = mix(luck, u64::from(attempt));
        let sending = Sending::new(webhooks.to, &args, caller, case, luck);
        if let Err(outcome) = self.send(system, NOBODY, &sending) {
            self.hook_answered(system, of, attempt, outcome);
        }
    }

    pub(super) fn hook_time_up(&mut self, system: &System, at: u32, stamped: u32) {
        let hook = self.hooks.of(at);
        let attempt = self.hooks[at].attempt;
        let runs = hook.generation % 2 == 1 && attempt & BETWEEN == 0;
        if runs && super::calls::stamp(hook, attempt) == stamped {
            self.hook_answered(system, hook, attempt, Outcome::Unknown);
        }
    }

    /// The answer to a webhook leaves for the provider.
    pub(super) fn answer_hook(&mut self, system: &System, of: Ref, attempt: u16, outcome: Outcome) {
        let Some(&Hook { provider, luck, .. }) = self.hooks.get(of) else {
            return;
        };
        let to = system.providers[provider as usize].webhooks.as_ref().map(|webhooks| webhooks.to);
        let service = to.map(|to| system.handlers[to.at()].service);
        let link = service.and_then(|to| self.way_to(system, Caller::Hook { hook: of, attempt }, NOBODY, End::Service(to)));
        match link {
            None => self.hook_answered(system, of, attempt, outcome),
            Some(link) => {
                let luck = mix(luck, u64::from(attempt));
                self.depart(system, link, true, NOBODY, luck, Cargo::HookAnswer { hook: of, attempt, outcome });
            }
        }
    }

    pub(super) fn hook_answered(&mut self, system: &System, of: Ref, attempt: u16, outcome: Outcome) {
        let Some(hook) = self.hooks.get(of) else {
            return;
        };
        if hook.attempt != attempt {
            return;
        }
        let Hook { provider, case, luck, first, waited, .. } = *hook;
        let Some(webhooks) = &system.providers[provider as usize].webhooks else {
            return;
        };
        self.telemetry.now.hook_answered(provider, outcome);
        let patience = self.configs.get(WORLD, webhooks.give_up) as u64;
        let rule = usize::try_from(self.configs.get(WORLD, webhooks.retry)).ok().and_then(|at| system.backoffs.get(at));
        let again = outcome != Outcome::Ok && self.now - first < patience;
        let (true, Some(rule)) = (again, rule) else {
            self.hooks.free(of.at);
            self.release(case);
            return;
        };
        let delay = wait(rule, u32::from(attempt), waited, draw(luck, attempt, Purpose::Jitter)).max(1);
        let hook = &mut self.hooks[of.at];
        hook.waited = delay;
        hook.attempt = attempt | BETWEEN;
        self.after(delay, Kind::Hook, of);
    }
}
