//! `providers`: somebody else's systems, their operations, and the events that they send.

use seatrial_sim::Outcome;
use seatrial_sim::system::{
    Backoff, Growth, HandlerId, Idempotency, Jitter, Operation, OperationKind, ParamId, Provider,
    ProviderId, Quota, RecordId, Webhooks,
};
use seatrial_source::{Fields, Node, Spanned};

use super::stores::ONE;
use crate::cx::{Cx, Place};
use crate::slot::Kind;
use crate::unit::{self, DistOf};

const SECOND: i64 = 1_000_000_000;
const DAY: i64 = 86_400 * SECOND;

impl<'a> Cx<'a> {
    pub fn providers(&mut self, root: &'a Node) {
        for (number, entry) in self.section(root, "providers").iter().enumerate() {
            let place = Place::world(&entry.key);
            self.at.map(&entry.value, "provider", |f| {
                // Declared before; read here, in the order in which they were.
                f.optional("operations");
                let operations = self
                    .known
                    .operations
                    .iter()
                    .enumerate()
                    .filter(|(_, o)| o.provider == number);
                for operation in operations.map(|(place, _)| place).collect::<Vec<_>>() {
                    self.operation(operation, &place);
                }
                let provider = self.provider(&entry.key, f, &place);
                self.turns(number, f, &place);
                self.system.providers.push(provider);
            });
        }
    }

    /// `lost: {request, answer}`: shares of what never arrives.
    pub fn lost(&mut self, f: &mut Fields<'a>, place: &Place) -> (ParamId, ParamId) {
        let lost = place.below("lost");
        let mut pair = None;
        f.optional_one("lost", "group of shares", |f| {
            let request = self.field(f, &lost, "request", Kind::Share, 0);
            pair = Some((request, self.field(f, &lost, "answer", Kind::Share, 0)));
        });
        let span = f.span();
        pair.unwrap_or_else(|| {
            let request = self.param(&lost, "request", Kind::Share, 0, span);
            (request, self.param(&lost, "answer", Kind::Share, 0, span))
        })
    }

    fn provider(&mut self, name: &str, f: &mut Fields<'a>, place: &Place) -> Provider {
        let (lost_request, lost_answer) = self.lost(f, place);
        let span = f.span();
        let limit = self.field(f, place, "limit", Kind::RateLimit, 0);
        let burst = match f.optional("limit").map(|node| &node.value) {
            Some(seatrial_source::Value::Scalar(s)) => {
                unit::limit(&s.text).map_or(0, |limit| limit.1)
            }
            _ => 0,
        };
        // Stands directly behind the limit: `Kind::RateLimit` relies on it.
        let burst = self.param(place, "burst", Kind::count(0), burst, span);
        let slow = self.field(f, place, "slow", Kind::Factor, ONE);
        let mut idempotency = None;
        f.optional_one("idempotency", "rule for keys", |f| {
            idempotency = Some(self.idempotency(f, place))
        });
        let mut webhooks = None;
        f.optional_one("webhooks", "source of events", |f| {
            webhooks = self.webhooks(f, place)
        });
        Provider {
            name: name.to_owned(),
            lost_request,
            lost_answer,
            limit,
            burst,
            slow,
            idempotency,
            webhooks,
        }
    }

    fn idempotency(&mut self, f: &mut Fields<'a>, place: &Place) -> Idempotency {
        let place = place.below("idempotency");
        // Its scope is always the operation and the key: the field is there to say so.
        if let Some(scope) = self.names(f, "scope") {
            let words: Vec<&str> = scope.iter().map(|s| s.value.as_str()).collect();
            if words != ["operation", "key"] {
                self.error(
                    f.key("scope"),
                    "unknown-word",
                    "the scope is the operation and the key",
                    "write `[operation, key]`",
                );
            }
        }
        // Stripe: a key may be pruned after at least 24 hours (docs.stripe.com/api/idempotent_requests).
        let keep = self.field(f, &place, "keep", Kind::Duration, DAY);
        let answer = |f: &mut Fields<'a>, key: &'static str, word: &'static str| {
            let words = [
                (word, Outcome::Invalid),
                ("declined", Outcome::Declined),
                ("failed", Outcome::Failed),
                ("refused", Outcome::Refused),
                ("invalid", Outcome::Invalid),
            ];
            f.optional_choice(key, &words)
        };
        let other_args = answer(f, "other_args", "error").unwrap_or(Outcome::Invalid);
        // A conflict says that it was not done by this request; trying again is the way on.
        let words = [
            ("conflict", Outcome::Refused),
            ("refused", Outcome::Refused),
            ("failed", Outcome::Failed),
        ];
        let concurrent = f
            .optional_choice("concurrent", &words)
            .unwrap_or(Outcome::Refused);
        let shared = f.flag("shared");
        Idempotency {
            keep,
            other_args,
            concurrent,
            shared,
        }
    }

    fn webhooks(&mut self, f: &mut Fields<'a>, place: &Place) -> Option<Webhooks> {
        let place = place.below("webhooks");
        let send = f
            .required("send")
            .map(|node| self.name_list(node, "send"))
            .unwrap_or_default();
        let mut states = Vec::new();
        for name in &send {
            let Some((record, state)) = self.find_state(name) else {
                continue;
            };
            if states.first().is_some_and(|(first, _)| *first != record) {
                let message = "the events of one provider tell of one kind of record";
                self.error(name.span, "bad-value", message, "leave the others out");
            }
            states.push((record, state));
        }
        let to = f
            .required("to")
            .and_then(|node| self.name(node, "`to`"))
            .and_then(|name| {
                let handler = self.find_handler(&name)?;
                if self.known.handlers[handler].events_of.is_none() {
                    let provider = place.path.split('.').next().unwrap_or_default();
                    let message = format!("`{}` does not take events", name.value);
                    self.error(
                        name.span,
                        "wrong-type",
                        message,
                        format!("give it `input: {{event: {provider}.event}}`"),
                    );
                }
                Some(handler)
            });
        let two_seconds = self.dist(seatrial_sim::system::Dist::Constant(2e9));
        let delay = self.field(f, &place, "delay", Kind::Dist(DistOf::Time), two_seconds);
        let twice = self.field(f, &place, "twice", Kind::Share, 0);
        let timeout = self.field(f, &place, "timeout", Kind::Duration, 10 * SECOND);
        // Stripe: exponential, for up to three days; the steps are not published (docs.stripe.com/webhooks).
        let backoff = Backoff {
            growth: Growth::Exponential { factor: 2.0 },
            jitter: Jitter::None,
            base: 10 * SECOND as u64,
            cap: 3600 * SECOND as u64,
        };
        let mut pair: Option<(ParamId, ParamId)> = None;
        let below = place.below("retry");
        let default = self.backoff(backoff);
        f.optional_one("retry", "rule for retries", |f| {
            let retry = self.field(f, &below, "backoff", Kind::Backoff, default);
            pair = Some((
                retry,
                self.field(f, &below, "give_up", Kind::Duration, 3 * DAY),
            ));
        });
        let span = f.span();
        let (retry, give_up) = pair.unwrap_or_else(|| {
            let retry = self.param(&below, "backoff", Kind::Backoff, default, span);
            (
                retry,
                self.param(&below, "give_up", Kind::Duration, 3 * DAY, span),
            )
        });
        let to = HandlerId(to? as u16);
        Some(Webhooks {
            tells: self.tells(to, &states),
            send: states,
            to,
            delay,
            twice,
            retry,
            give_up,
            timeout,
        })
    }

    /// The names of the states, when the handler asks which an event is about.
    fn tells(&mut self, to: HandlerId, states: &[(RecordId, u8)]) -> Vec<u16> {
        if !self.known.handlers[to.at()].asks_state {
            return Vec::new();
        }
        let name = |cx: &Self, (record, state): (RecordId, u8)| cx.known.records[record.at()].states.get(usize::from(state)).cloned();
        states.iter().map(|sent| name(self, *sent).map_or(0, |name| self.text(&name))).collect()
    }

    pub fn backoff(&mut self, backoff: Backoff) -> i64 {
        let place = self
            .system
            .backoffs
            .iter()
            .position(|b| *b == backoff)
            .unwrap_or_else(|| {
                self.system.backoffs.push(backoff);
                self.system.backoffs.len() - 1
            });
        place as i64
    }

    fn operation(&mut self, number: usize, provider: &Place) {
        let info = &self.known.operations[number];
        let (name, node, of) = (info.name.clone(), info.node, info.provider);
        let place = provider.below(&name);
        let read = self.at.map(node, "operation", |f| {
            let kind = self.operation_kind(f, &place);
            let instant = self.dist(seatrial_sim::system::Dist::Constant(0.0));
            let takes = self.field(f, &place, "takes", Kind::Dist(DistOf::Time), instant);
            let half = 0.5f64.to_bits() as i64;
            let effect_at = self.field(f, &place, "effect_at", Kind::Share, half);
            let declined = self.field(f, &place, "declined", Kind::Share, 0);
            let error = self.field(f, &place, "error", Kind::Share, 0);
            let quota = self.quota(f, &place, &kind);
            let step = self.step(&place.path);
            let provider = ProviderId(of as u16);
            Operation {
                name: name.clone(),
                provider,
                kind,
                takes,
                effect_at,
                declined,
                error,
                quota,
                step,
            }
        });
        self.system.operations.extend(read);
    }

    /// `limit: 5/s burst 10`, `per: field` for a bucket for each value of it.
    fn quota(&mut self, f: &mut Fields<'a>, place: &Place, kind: &OperationKind) -> Option<Quota> {
        let node = f.optional("limit");
        let per = self.named(f, "per");
        let Some(node) = node else {
            if let Some(per) = per {
                self.error(per.span, "missing-field", "a bucket each, of what size?", "add `limit: 5/s burst 10`");
            }
            return None;
        };
        let rate = self.field(f, place, "limit", Kind::RateLimit, 0);
        let burst = match &node.value {
            seatrial_source::Value::Scalar(s) => unit::limit(&s.text).map_or(0, |limit| limit.1),
            _ => 0,
        };
        // Directly behind the rate, as `Kind::RateLimit` has it.
        let burst = self.param(place, "burst", Kind::count(0), burst, node.span);
        let per = per.and_then(|per| match kind {
            OperationKind::Create { record, .. } => {
                let fields = self.known.records[record.at()].fields.clone();
                self.find_field(&fields, self.known.record_name(*record), &per)?.checked_sub(1)
            }
            OperationKind::Find { record, by, .. } => {
                let fields = self.known.records[record.at()].fields.clone();
                let field = self.find_field(&fields, self.known.record_name(*record), &per)?;
                (field == *by).then_some(0)
            }
            _ => {
                self.error(per.span, "bad-value", "only what is created or asked for has a field to count by", "delete `per`");
                None
            }
        });
        Some(Quota { rate, burst, per })
    }

    fn operation_kind(&mut self, f: &mut Fields<'a>, place: &Place) -> OperationKind {
        let creates = self.named(f, "creates");
        let changes = self.named(f, "takes_record");
        let reads = self.named(f, "reads");
        match (&creates, &changes, &reads) {
            (None, None, None) => OperationKind::Nothing,
            (Some(name), None, None) => match self.find_state(name) {
                Some((record, state)) => OperationKind::Create { record, state },
                None => OperationKind::Nothing,
            },
            (None, Some(name), None) => self.change(f, name),
            (None, None, Some(name)) => self.reads(f, place, name),
            _ => {
                let help = "an operation creates a record, or takes one, or reads some";
                f.error(
                    f.span(),
                    "either-or",
                    "this operation does several things",
                    help,
                );
                OperationKind::Nothing
            }
        }
    }

    fn change(&mut self, f: &mut Fields<'a>, name: &Spanned<String>) -> OperationKind {
        let record = self.find_record(name);
        let moves = f
            .required("moves")
            .and_then(|node| self.name(node, "`moves`"));
        let sets = f
            .optional("set")
            .map_or(&[][..], |node| self.at.entries(node, "`set`"));
        let Some(record) = record else {
            return OperationKind::Nothing;
        };
        let info = &self.known.records[record.at()];
        let (states, fields, of) = (info.states.clone(), info.fields.clone(), info.name.clone());
        let mut copies = Vec::new();
        for set in sets {
            let to = self.find_field(
                &fields,
                &of,
                &Spanned {
                    value: set.key.clone(),
                    span: set.key_span,
                },
            );
            let from = self
                .name(&set.value, &format!("`{}`", set.key))
                .and_then(|name| self.find_field(&fields, &of, &name));
            let Some((to, from)) = to.zip(from) else {
                continue;
            };
            if fields[usize::from(to)].ty.field() != fields[usize::from(from)].ty.field() {
                let message = format!(
                    "`{}` cannot take the value of a field of another type",
                    set.key
                );
                self.error(set.value.span, "wrong-type", message, "");
            }
            copies.push((to, from));
        }
        let (from, to) = moves
            .map(|moves| self.arrow(&states, &of, &moves))
            .unwrap_or_default();
        let part = self.part(f, &states, &fields, &of);
        OperationKind::Change {
            record,
            from,
            to,
            copies,
            part,
        }
    }

    /// `printed -> void`; several states before the arrow are divided by `|`.
    pub fn arrow(&self, states: &[String], of: &str, text: &Spanned<String>) -> (u64, u8) {
        let Some((from, to)) = text.value.split_once("->") else {
            let message = format!("`{}` is no move between states", text.value);
            self.error(text.span, "bad-value", message, "write `one -> other`");
            return (0, 0);
        };
        let mut set = 0;
        for state in from.split('|') {
            set |= self
                .state_of(states, state.trim(), text.span, of)
                .map_or(0, |state| 1 << state);
        }
        (
            set,
            self.state_of(states, to.trim(), text.span, of).unwrap_or(0),
        )
    }

    fn reads(
        &mut self,
        f: &mut Fields<'a>,
        place: &Place,
        name: &Spanned<String>,
    ) -> OperationKind {
        let record = self.find_record(name);
        let by = self.named(f, "by");
        let every = f.optional("every").is_some();
        if every {
            let every = self.field(f, place, "every", Kind::Duration, DAY);
            if let Some(by) = by {
                self.error(
                    by.span,
                    "either-or",
                    "a report lists all records and is not asked `by` a field",
                    "delete one of the two",
                );
            }
            return record.map_or(OperationKind::Nothing, |record| OperationKind::Report {
                record,
                every,
            });
        }
        let stale = self.field(f, place, "stale", Kind::Limit, 0);
        let Some(by) = by else {
            let help = "add `by: field`, or `every: 5m` for a report that a comparison reads";
            f.error(
                f.span(),
                "missing-field",
                "this operation has no `by`",
                help,
            );
            return OperationKind::Nothing;
        };
        let Some(record) = record else {
            return OperationKind::Nothing;
        };
        let fields = self.known.records[record.at()].fields.clone();
        match self.find_field(&fields, &name.value, &by) {
            Some(by) => OperationKind::Find { record, by, stale },
            None => OperationKind::Nothing,
        }
    }
}
