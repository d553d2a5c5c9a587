//! Somebody else's system: its effects are real even when nobody hears of them.

use smallvec::SmallVec;

use super::World;
use super::arena::{PagedArena, Ref};
use super::chance::{Purpose, draw, happens, mix};
use super::bucket::Bucket;
use super::config::WORLD;
use super::index::Index;
use super::listen::Who;
use super::queue::Kind;
use super::links::Cargo;
use super::state::{Caller, NOBODY, Request};
use super::story::Part;
use crate::Outcome;
use crate::expr::Shelf;
use crate::system::{End, CallDef, ExprId, NONE, Operation, OperationId, OperationKind, ProviderId, RecordId, System};

#[derive(Debug, Clone, Default)]
pub struct ProviderState {
    pub down: bool,
    /// The rate limit's.
    bucket: Bucket,
}

/// Idempotency keys: what was first asked under them, and what it came to.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    stored: PagedArena<Stored>,
    index: Index,
}

#[derive(Debug, Clone, Default)]
struct Stored {
    operation: u16,
    key: i64,
    arguments: u64,
    expires: u64,
    /// None while the first request runs.
    outcome: Option<Outcome>,
    result: u32,
    /// The arrival that is kept for it, when many share it.
    kept: Option<u32>,
}

/// How soon a key whose request is not through is looked at again.
const RUNS_ON_NS: u64 = 1_000_000_000;

impl Keys {
    pub fn share(&mut self) {
        self.stored.share();
        self.index.share();
    }

    fn hash(operation: u16, key: i64) -> u64 {
        mix(u64::from(operation), key as u64)
    }

    fn find(&self, operation: u16, key: i64) -> Option<u32> {
        let same = |at| self.stored[at].operation == operation && self.stored[at].key == key;
        self.index.find(Keys::hash(operation, key), same)
    }

    fn store(&mut self, stored: Stored) -> u32 {
        let hash = Keys::hash(stored.operation, stored.key);
        let at = self.stored.put(stored).at;
        self.index.insert(hash, at);
        at
    }

    pub fn forget(&mut self, at: u32) {
        let hash = Keys::hash(self.stored[at].operation, self.stored[at].key);
        self.index.remove(hash, at);
        self.stored.free(at);
    }
}

impl World {
    /// Sends an attempt to a provider. `Err` when it is certain that nothing was started.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn request(
        &mut self,
        system: &System,
        act: Ref,
        flight: Ref,
        attempt: u16,
        operation: OperationId,
        def: &CallDef,
        luck: u64,
    ) -> Result<(), Outcome> {
        let op = &system.operations[operation.at()];
        let replica = self.acts[act.at].replica;
        if let Some(link) = self.way_to(system, Caller::Flight { flight, attempt }, replica, End::Provider(op.provider)) {
            let (request, key) = self.ask(system, act, flight, attempt, operation, def, luck);
            self.sends(system, link, replica, flight, attempt, luck, Cargo::Ask { request: Box::new(request), key });
            return Ok(());
        }
        let per = op.quota.and_then(|quota| quota.per).and_then(|per| def.args.get(usize::from(per)).copied());
        let counted = per.map_or(0, |arg| self.fill(system, act.at, arg, None));
        if self.gets_through(system, Who::call(act, flight), self.acts[act.at].case, operation, luck, counted)? {
            self.is_let_in(system, replica, op.provider)?;
            self.tally.providers[op.provider.at()].received += 1;
            let (request, key) = self.ask(system, act, flight, attempt, operation, def, luck);
            self.take_request(system, request, key);
        }
        Ok(())
    }

    /// A request comes over a link.
    pub(super) fn takes_request(&mut self, system: &System, request: Request, key: Option<i64>) -> Result<(), Outcome> {
        let per = system.operations[request.operation as usize].quota.and_then(|quota| quota.per);
        let counted = per.and_then(|per| request.args.get(usize::from(per))).copied().unwrap_or(0);
        if self.gets_through(system, Who::of(request.flight), request.case, OperationId(request.operation), request.luck, counted)? {
            let provider = system.operations[request.operation as usize].provider;
            if let Some(waiting) = self.flights.get(request.flight) {
                let replica = waiting.replica;
                self.is_let_in(system, replica, provider)?;
            }
            self.tally.providers[provider.at()].received += 1;
            self.take_request(system, request, key);
        }
        Ok(())
    }

    /// Whether a request comes to where it is worked on: not when it is lost at the provider's door.
    fn gets_through(
        &mut self,
        system: &System,
        by: Who,
        case: u32,
        operation: OperationId,
        luck: u64,
        counted: i64,
    ) -> Result<bool, Outcome> {
        let op = &system.operations[operation.at()];
        let provider = &system.providers[op.provider.at()];
        let part = Part::Provider(op.provider);
        if self.providers[op.provider.at()].down {
            self.tally.providers[op.provider.at()].turned_away += 1;
            self.telemetry.now.provider_answered(op.provider.0, Outcome::Refused, None);
            return Err(Outcome::Refused);
        }
        let lost = f64::from_bits(self.configs.get(WORLD, provider.lost_request) as u64);
        if happens(draw(luck, op.step.0, Purpose::Lost), lost) {
            self.tally.providers[op.provider.at()].lost += 1;
            self.beat_by(by, case, part, || super::Beat::RequestLost { operation });
            return Ok(false);
        }
        if !op.quota.is_none_or(|quota| self.within_quota(operation, &quota, counted)) || !self.within_limit(system, op.provider) {
            self.tally.providers[op.provider.at()].turned_away += 1;
            self.telemetry.now.provider_answered(op.provider.0, Outcome::Refused, None);
            self.beat_by(by, case, part, || super::Beat::TurnedAway);
            return Err(Outcome::Refused);
        }
        Ok(true)
    }

    /// What is asked, and under which key.
    #[allow(clippy::too_many_arguments)]
    fn ask(
        &mut self,
        system: &System,
        act: Ref,
        flight: Ref,
        attempt: u16,
        operation: OperationId,
        def: &CallDef,
        luck: u64,
    ) -> (Request, Option<i64>) {
        let op = &system.operations[operation.at()];
        let case = self.acts[act.at].case;
        let mut args = SmallVec::new();
        for fill in &def.args {
            args.push(self.fill(system, act.at, *fill, None));
        }
        let subject = def.subject.map_or(NOBODY, |reg| self.registers[(act.at, reg)] as u32);
        let request = Request {
            operation: operation.0,
            flight,
            attempt,
            case,
            luck,
            args,
            subject,
            key: NOBODY,
            outcome: Outcome::Ok,
            result: NOBODY,
            began: self.now,
            answers_at: 0,
            replay: false,
        };
        let key = self.param(act.at, def.policy.key);
        // A question changes nothing and is answered each time.
        let asks = matches!(op.kind, OperationKind::Find { .. });
        let keyed = system.providers[op.provider.at()].idempotency.is_some() && key != NONE && !asks;
        let key = keyed.then(|| self.eval_step(system, act.at, ExprId(key as u16)));
        (request, key)
    }

    fn take_request(&mut self, system: &System, mut request: Request, key: Option<i64>) {
        let operation = OperationId(request.operation);
        let provider = &system.providers[system.operations[operation.at()].provider.at()];
        if let (Some(rules), Some(key)) = (provider.idempotency, key) {
            let keep = self.configs.get(WORLD, rules.keep) as u64;
            self.look_up(operation, key, keep, &rules, &mut request);
        }
        self.schedule(system, request);
    }

    fn within_limit(&mut self, system: &System, provider: ProviderId) -> bool {
        let def = &system.providers[provider.at()];
        let rate = f64::from_bits(self.configs.get(WORLD, def.limit) as u64);
        let burst = self.configs.get(WORLD, def.burst);
        self.providers[provider.at()].bucket.lets_in(self.now, rate, burst)
    }

    /// What is stored under the key decides: an answer given again, a conflict, or a new entry.
    fn look_up(
        &mut self,
        operation: OperationId,
        key: i64,
        keep: u64,
        rules: &crate::system::Idempotency,
        request: &mut Request,
    ) {
        let arguments = request.args.iter().fold(u64::from(request.subject), |hash, arg| mix(hash, *arg as u64));
        if let Some(at) = self.keys.find(operation.0, key) {
            let now = self.now;
            let stored = &mut self.keys.stored[at];
            if stored.expires > now || stored.outcome.is_none() {
                request.replay = true;
                match stored.outcome {
                    _ if stored.arguments != arguments => request.outcome = rules.other_args,
                    None => request.outcome = rules.concurrent,
                    Some(outcome) => {
                        request.outcome = outcome;
                        request.result = stored.result;
                    }
                }
                return;
            }
            // Pruned: the key is new again.
            if stored.kept.is_none() {
                *stored = Stored { arguments, expires: now + keep, outcome: None, result: NOBODY, ..*stored };
                request.key = at;
                return;
            }
            self.let_key_go(at);
        }
        let expires = self.now + keep;
        let kept = rules.shared.then_some(request.case);
        let stored = Stored { operation: operation.0, key, arguments, expires, outcome: None, result: NOBODY, kept };
        request.key = self.keys.store(stored);
        let key = request.key;
        if kept.is_some() {
            self.hold(request.case);
            let of = self.keys.stored.of(key);
            return self.after(keep, Kind::KeyEnds, of);
        }
        self.vault.cases[request.case as usize].keys.push(key);
    }

    /// A key that many share has had its time.
    pub(super) fn shared_key_ends(&mut self, of: Ref) {
        let Some(stored) = self.keys.stored.get(of) else { return };
        if stored.outcome.is_none() {
            // Its request still runs, and will write down what it came to.
            return self.after(RUNS_ON_NS, Kind::KeyEnds, of);
        }
        self.let_key_go(of.at);
    }

    fn let_key_go(&mut self, at: u32) {
        if let Some(case) = self.keys.stored[at].kept {
            self.keys.forget(at);
            self.release(case);
        }
    }

    fn schedule(&mut self, system: &System, mut request: Request) {
        let op = &system.operations[request.operation as usize];
        let slow = self.configs.get(WORLD, system.providers[op.provider.at()].slow);
        let takes = self.slowed(self.world_duration(system, op.takes, request.luck, op.step, Purpose::Time), slow);
        let at = f64::from_bits(self.configs.get(WORLD, op.effect_at) as u64).clamp(0.0, 1.0);
        let answers_at = self.now + takes;
        request.answers_at = answers_at;
        let has_effect = !request.replay && !matches!(op.kind, OperationKind::Find { .. });
        self.hold(request.case);
        let (case, operation, by) = (request.case, OperationId(request.operation), Who::of(request.flight));
        let request = self.requests.put(request);
        self.beat_by(by, case, Part::Provider(op.provider), || super::Beat::Receives { operation });
        if has_effect {
            self.after((takes as f64 * at) as u64, Kind::Effect, request);
        } else {
            self.queue.push(answers_at, Kind::Answer, request.at, request.generation);
        }
    }

    fn beat_effect(
        &mut self,
        system: &System,
        by: Who,
        case: u32,
        operation: OperationId,
        outcome: Outcome,
        result: u32,
    ) {
        if self.ears.is_some() {
            let (id, amount) = self.effect_of(system, operation, result);
            let part = Part::Provider(system.operations[operation.at()].provider);
            self.beat_by(by, case, part, || super::Beat::Effect { operation, outcome, id, amount });
        }
    }

    /// Whether the provider declines, or fails, by chance.
    fn turns_down(&self, op: &Operation, luck: u64) -> Option<Outcome> {
        let happens = |purpose: Purpose, param| {
            happens(draw(luck, op.step.0, purpose), f64::from_bits(self.configs.get(WORLD, param) as u64))
        };
        if happens(Purpose::Declined, op.declined) {
            return Some(Outcome::Declined);
        }
        happens(Purpose::Error, op.error).then_some(Outcome::Failed)
    }

    pub(super) fn take_effect(&mut self, system: &System, of: Ref) {
        if !self.requests.is(of) {
            return;
        }
        let Request { operation, case, luck, subject, answers_at, key, flight, .. } = self.requests[of.at];
        let op = &system.operations[operation as usize];
        let (outcome, result) = if let Some(outcome) = self.turns_down(op, luck) {
            (outcome, NOBODY)
        } else {
            match &op.kind {
                OperationKind::Create { record, state } => {
                    let mut fields: SmallVec<[i64; 8]> = SmallVec::new();
                    fields.push(self.vault.new_id(*record));
                    fields.extend_from_slice(&self.requests[of.at].args);
                    fields.resize(system.records[record.at()].fields.len(), 0);
                    let made = self.vault.add_record(*record, case, self.now, *state, &fields);
                    (self.entered(system, op.provider, case, *record, made, None, *state, luck), made)
                }
                OperationKind::Change { record, from, to, copies, part } => {
                    let state = self.vault.about(Shelf::Record(*record), subject).state;
                    let amount = self.requests[of.at].args.first().copied();
                    let sum = part.zip(amount).map(|(part, amount)| {
                        let value = |field: u8| self.vault.field(Shelf::Record(*record), subject, field);
                        (value(part.adds).saturating_add(amount), value(part.up_to), amount > 0)
                    });
                    // More than there is left is no part of it, nor is nothing.
                    let fits = sum.is_none_or(|(sum, most, some)| some && sum <= most);
                    if from.checked_shr(state.into()).unwrap_or(0) & 1 == 0 || !fits {
                        (Outcome::Declined, NOBODY)
                    } else {
                        let to = match (part, sum) {
                            (Some(part), Some((sum, most, _))) => {
                                self.vault.set_record_field(*record, subject, part.adds, sum);
                                if sum < most { &part.partly } else { to }
                            }
                            _ => to,
                        };
                        for &(into, source) in copies {
                            let value = self.vault.field(Shelf::Record(*record), subject, source);
                            self.vault.set_record_field(*record, subject, into, value);
                        }
                        self.vault.set_state(Shelf::Record(*record), subject, *to);
                        (self.entered(system, op.provider, case, *record, subject, Some(state), *to, luck), subject)
                    }
                }
                OperationKind::Find { .. } | OperationKind::Report { .. } | OperationKind::Nothing => {
                    (Outcome::Ok, NOBODY)
                }
            }
        };
        let request = &mut self.requests[of.at];
        request.outcome = outcome;
        request.result = result;
        if key != NOBODY {
            let stored = &mut self.keys.stored[key];
            stored.outcome = Some(outcome);
            stored.result = result;
        }
        self.beat_effect(system, Who::of(flight), case, OperationId(operation), outcome, result);
        self.queue.push(answers_at, Kind::Answer, of.at, of.generation);
    }

    /// A record has entered a state at a provider: webhooks, comparisons, invariants.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn entered(
        &mut self,
        system: &System,
        provider: ProviderId,
        case: u32,
        record: RecordId,
        at: u32,
        before: Option<u8>,
        state: u8,
        luck: u64,
    ) -> Outcome {
        self.note(u64::from(record.0) << 8 | u64::from(state), u64::from(at));
        if let Some(webhooks) = &system.providers[provider.at()].webhooks
            && let Some(place) = webhooks.send.iter().position(|sent| *sent == (record, state))
        {
            let tells = webhooks.tells.get(place).copied();
            self.queue_hook(system, provider, record, at, case, luck, tells);
        }
        self.reported(system, record, at, case);
        if !system.turns.is_empty() {
            self.turns_begin(system, record, at, before, state, case, luck);
        }
        self.touched(system, case, Shelf::Record(record));
        Outcome::Ok
    }

    pub(super) fn provider_answers(&mut self, system: &System, of: Ref) {
        if !self.requests.is(of) {
            return;
        }
        let operation = self.requests[of.at].operation;
        let op = &system.operations[operation as usize];
        if let OperationKind::Find { record, by, stale } = op.kind {
            match self.turns_down(op, self.requests[of.at].luck) {
                Some(outcome) => self.requests[of.at].outcome = outcome,
                None => self.find_record(of, record, by, self.configs.get(WORLD, stale) as u64),
            }
            let Request { case, outcome, result, flight, .. } = self.requests[of.at];
            self.beat_effect(system, Who::of(flight), case, OperationId(operation), outcome, result);
        }
        let Request { flight, attempt, case, luck, outcome, result, replay, began, .. } = self.requests[of.at];
        self.requests.free(of.at);
        let provider = &system.providers[op.provider.at()];
        let lost = f64::from_bits(self.configs.get(WORLD, provider.lost_answer) as u64);
        let down = self.providers[op.provider.at()].down;
        self.tally.providers[op.provider.at()].replayed += u64::from(replay);
        if down || happens(draw(luck, op.step.0, Purpose::LostAnswer), lost) {
            self.tally.providers[op.provider.at()].answers_lost += 1;
            self.telemetry.now.provider_answered(op.provider.0, Outcome::Unknown, None);
            self.beat_by(Who::of(flight), case, Part::Provider(op.provider), || super::Beat::AnswerLost {
                operation: OperationId(operation),
            });
        } else {
            self.tally.providers[op.provider.at()].answered += 1;
            self.telemetry.now.provider_answered(op.provider.0, outcome, Some(self.now - began));
            let awaited = self.flights.get(flight).is_some_and(|waiting| waiting.attempt == attempt);
            let operation = OperationId(operation);
            self.beat_by(Who::of(flight), case, Part::Provider(op.provider), || match awaited {
                true => super::Beat::Replies { operation, outcome, replay },
                false => super::Beat::RepliesTooLate { operation },
            });
            self.answer_flight(system, flight, attempt, outcome, result);
        }
        self.release(case);
    }

    fn find_record(&mut self, of: Ref, record: RecordId, by: u8, stale: u64) {
        let request = &self.requests[of.at];
        let wanted = request.args.first().copied().unwrap_or(0);
        let mut from = 0;
        let mut newest = NOBODY;
        while let Some((at, next)) = self.vault.next(Shelf::Record(record), request.case, Some((by, wanted)), from) {
            from = next;
            if self.vault.about(Shelf::Record(record), at).born.saturating_add(stale) <= self.now {
                newest = at;
            }
        }
        let request = &mut self.requests[of.at];
        request.result = newest;
        request.outcome = if newest == NOBODY { Outcome::Missing } else { Outcome::Ok };
    }
}
