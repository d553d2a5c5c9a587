//! Retries: those that make something twice, and those that can change nothing.

use seatrial_sim::system::{Balance, CallDef, HandlerId, Op, OperationKind, Target};
use seatrial_sim::{Outcome, Outcomes};

use super::{Look, number_text, time_text};

impl Look<'_> {
    pub(super) fn retries(&mut self) {
        let system = self.system;
        for (at, call) in system.calls.iter().enumerate() {
            if self.value(call.policy.attempts) < 2 {
                continue;
            }
            let retry = Outcomes::from_bits(self.value(call.policy.retry));
            let again: Vec<Outcome> = Outcome::ALL.into_iter().filter(|outcome| *outcome != Outcome::Ok && retry.has(*outcome)).collect();
            if again.is_empty() {
                let attempts = self.value(call.policy.attempts);
                let message = format!("{} has {attempts} attempts, and tries none of its outcomes again", self.step(call));
                self.doubt(call.policy.retry, "retry-in-vain", message, "say which: `retry: [unknown, refused]`");
                continue;
            }
            self.twice(call);
            self.decided(call, &again);
            self.too_late(call, self.callers[at], &again);
        }
    }

    /// A call asks elsewhere where there is no elsewhere.
    pub(super) fn nowhere_else(&mut self) {
        let system = self.system;
        for call in &system.calls {
            if self.value(call.policy.elsewhere) == 0 {
                continue;
            }
            let (step, name) = (self.step(call).to_owned(), self.target(call));
            let why = match call.target {
                Target::Operation(_) => format!("{name} is somebody else's, and has no instances to choose from"),
                Target::Handler(id) => {
                    let service = &system.services[system.handlers[id.at()].service.at()];
                    match self.value(service.replicas) {
                        _ if matches!(service.balance, Balance::Pinned { .. }) => format!("every request goes through one connection to {name}"),
                        instances @ ..2 => format!("{name} has {instances} instance"),
                        _ if self.value(call.policy.attempts) < 2 && self.value(call.policy.hedge_after) <= 0 => {
                            format!("{name} is asked once: there is no second attempt and no hedge")
                        }
                        _ => continue,
                    }
                }
            };
            self.doubt(call.policy.elsewhere, "nowhere-else", format!("{step} is to ask elsewhere, but {why}"), "leave it out, or give it somewhere to go");
        }
    }

    fn twice(&mut self, call: &CallDef) {
        if let Some(id) = self.creates(call).filter(|_| !self.has_key(call)) {
            let (step, name) = (self.step(call), self.operation(id));
            let message = format!("{step} repeats {name} without an idempotency key: what was done twice is real twice");
            self.doubt(call.policy.key, "repeats-without-key", message, "give it a key of what is bought: `idempotency_key: order.id`");
        }
    }

    /// An answer that the provider has stored under the key comes again as it was.
    fn decided(&mut self, call: &CallDef, again: &[Outcome]) {
        let Target::Operation(id) = call.target else { return };
        let operation = &self.system.operations[id.at()];
        let stores = self.system.providers[operation.provider.at()].idempotency.is_some();
        // A question changes nothing and is answered each time.
        let asks = matches!(operation.kind, OperationKind::Find { .. });
        if !stores || asks || !self.has_key(call) {
            return;
        }
        for (outcome, share) in [(Outcome::Declined, operation.declined), (Outcome::Failed, operation.error)] {
            if !again.contains(&outcome) || self.ratio(share) <= 0.0 {
                continue;
            }
            let (step, name, attempts) = (self.step(call), self.operation(id), self.value(call.policy.attempts));
            let (outcome, percent) = (outcome.name(), number_text(self.ratio(share) * 100.0));
            let message = format!(
                "{step} tries `{outcome}` again, up to {attempts} times under one idempotency key: {name} answers so {percent} % \
                 of the time, stores it under the key, and gives the same answer again"
            );
            self.doubt(call.policy.retry, "retry-in-vain", message, "try again only what is not decided: `retry: [unknown, refused]`");
        }
    }

    /// Nobody who called waits any more when the second attempt begins.
    fn too_late(&mut self, call: &CallDef, caller: Option<HandlerId>, again: &[Outcome]) {
        let own = self.value(call.policy.timeout);
        let Some(handler) = caller.filter(|_| own > 0 && again == [Outcome::Unknown]) else { return };
        // What comes to nothing because a timer ends is known then, and not before.
        let callers = self.system.calls.iter().filter(|outer| outer.target == Target::Handler(handler));
        let waits: Vec<(i64, String)> = callers.map(|outer| (self.value(outer.policy.timeout), self.step(outer).to_owned())).collect();
        let others = self.system.clients.iter().filter(|client| client.target == handler);
        let waits: Vec<(i64, String)> = waits.into_iter().chain(others.map(|client| (self.value(client.timeout), client.name.clone()))).collect();
        let longest = waits.iter().max_by_key(|(wait, _)| *wait);
        let Some((wait, who)) = longest.filter(|_| waits.iter().all(|(wait, _)| (1..=own).contains(wait))) else { return };
        // A saga goes on by itself, and what it finds out is not for who waits.
        let entry = self.system.handlers[handler.at()].entry;
        if self.surely(entry).iter().any(|op| matches!(op, Op::SagaEnter(_))) {
            return;
        }
        let (step, own, wait) = (self.step(call), time_text(own as f64), time_text(*wait as f64));
        let message = format!("{step} tries again after {own} at the earliest, and {who} has stopped waiting after {wait}");
        self.doubt(call.policy.attempts, "retry-in-vain", message, "wait less for one attempt than the caller waits for all");
    }
}
