//! `call`: to a handler or to a provider's operation, with its policy.

use seatrial_sim::system::{
    CallDef, CallId, FieldKind, Fill, HandlerId, NONE, Op, OperationId, OperationKind, PlacedId, Policy, RecordId, Reg,
    Target, deadline,
};
use seatrial_sim::{Outcome, Outcomes};
use seatrial_source::{Fields, Node, Spanned};

use super::steps::{Body, Mode};
use crate::cx::{Cx, Place};
use crate::scope::{FieldInfo, Given, Ty};
use crate::slot::Kind;
use crate::unit;

/// gRPC allows five attempts in all (proposal A6).
const HEDGES: Kind = Kind::Count { least: 0, most: 10 };

/// What becomes of the caller's deadline.
const DEADLINE: Kind = Kind::Word(&[("false", deadline::FORGOTTEN), ("true", deadline::PASSED_ON), ("bounds", deadline::BOUNDS)]);

/// What stands in for a call that did not come back. Where a record would have to stand in as well, nothing does.
const FALLBACK: &[(&str, i64)] = &[
    ("none", NONE),
    ("ok", Outcome::Ok as i64),
    ("declined", Outcome::Declined as i64),
    ("missing", Outcome::Missing as i64),
    ("invalid", Outcome::Invalid as i64),
];
const NO_FALLBACK: &[(&str, i64)] = &[("none", NONE), ("declined", Outcome::Declined as i64), ("missing", Outcome::Missing as i64)];

/// Who is called.
#[derive(Debug, Clone, Copy)]
enum Callee {
    Handler(usize, Option<PlacedId>),
    Operation(usize),
}

impl<'a> Cx<'a> {
    pub fn call_step(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>, mode: Mode) -> String {
        let name = f
            .required("call")
            .and_then(|node| self.name(node, "`call`"))
            .unwrap_or_default();
        let derived = name
            .value
            .split_once('.')
            .map_or("call", |(_, name)| name)
            .to_owned();
        let id = self.step_id(f, b, &derived);
        let place = b.place.below(&id);
        self.call(f, b, &name, &place);
        let cases = f
            .optional("when")
            .map_or(&[][..], |node| self.at.entries(node, "`when`"));
        let mut jumps = Vec::new();
        for case in cases {
            let outcomes = unit::outcomes(case.key.split(',').map(str::trim));
            let Ok(outcomes) = outcomes else {
                let known = Outcome::ALL.iter().map(|o| o.name());
                self.unknown(case.key_span, "outcome", &case.key, known);
                continue;
            };
            jumps.push((self.emit(Op::JumpOn { outcomes, to: 0 }), &case.value));
        }
        if mode == Mode::OrFail {
            self.emit(Op::OrFail);
        }
        let mut ends = Vec::new();
        if !jumps.is_empty() {
            ends.push(self.emit(Op::Jump(0)));
        }
        let scope = b.scope.clone();
        for (jump, steps) in jumps {
            let here = self.pc();
            if let Some(Op::JumpOn { to, .. }) = self.system.code.get_mut(jump) {
                *to = here;
            }
            let result = b.last_result;
            self.steps(steps, b, "when");
            b.scope = scope.clone();
            b.last_result = result;
            ends.push(self.emit(Op::Jump(0)));
        }
        let here = self.pc();
        for end in ends {
            if let Some(Op::Jump(to)) = self.system.code.get_mut(end) {
                *to = here;
            }
        }
        id
    }

    /// Writes the call itself; the name stands in the step as `call`, or is a step of its own.
    pub fn call(
        &mut self,
        f: &mut Fields<'a>,
        b: &mut Body<'a>,
        name: &Spanned<String>,
        place: &Place,
    ) {
        if let Some(call) = self.call_of(f, b, name, place) {
            self.emit(Op::Call(call));
        }
    }

    /// A call with its policy, which some operation makes.
    pub fn call_of(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>, name: &Spanned<String>, place: &Place) -> Option<CallId> {
        let policy = self.policy(f, b, place, name);
        let with = f.optional("with");
        let given = Given {
            entries: with.map_or(&[][..], |node| self.at.entries(node, "`with`")),
            span: name.span,
            key: "with",
        };
        let called = self.named(f, "as");
        let scope = b.scope.clone();
        let priority = f.optional("priority").map(|node| self.fill_from(&scope, Ty::Plain(FieldKind::Count), node, "priority"));
        let call = self.call_with(b, name, place, policy, given, called)?;
        self.system.calls[call.at()].priority = priority;
        Some(call)
    }

    pub fn call_with(
        &mut self,
        b: &mut Body<'a>,
        name: &Spanned<String>,
        place: &Place,
        policy: Policy,
        given: Given<'a>,
        called: Option<Spanned<String>>,
    ) -> Option<CallId> {
        let step = self.step(&place.path);
        let Some(callee) = self.callee(name) else {
            b.scope.unsure = true;
            return None;
        };
        let mut placed = None;
        let (target, args, subject, answers) = match callee {
            Callee::Handler(place, module) => {
                placed = module;
                let handler = &self.known.handlers[place];
                let answers = handler.answers;
                let inputs = handler.inputs.iter();
                let inputs: Vec<FieldInfo> = inputs
                    .map(|(name, ty)| FieldInfo {
                        name: name.clone(),
                        ty: *ty,
                        hidden: false,
                    })
                    .collect();
                self.given_fields(&format!("`{}`", name.value), &inputs, given);
                let args = inputs
                    .iter()
                    .map(|input| self.fill(&b.scope, input, given))
                    .collect();
                (
                    Target::Handler(HandlerId(place as u16)),
                    args,
                    None,
                    answers,
                )
            }
            Callee::Operation(place) => {
                let answers = self.known.operations[place].answers;
                let (args, subject) = self.operation_args(b, place, name, given);
                (
                    Target::Operation(OperationId(place as u16)),
                    args,
                    subject,
                    answers,
                )
            }
        };
        let result = answers.map(|record| self.result(b, record, subject, called.as_ref(), name));
        if answers.is_none()
            && let Some(called) = called
        {
            let message = format!("`{}` answers with no record", name.value);
            self.error(called.span, "bad-value", message, "delete the `as`");
        }
        b.last_result = result;
        self.system.calls.push(CallDef {
            step,
            target,
            args,
            result,
            brings: answers,
            subject,
            placed,
            priority: None,
            policy,
        });
        Some(CallId((self.system.calls.len() - 1) as u16))
    }

    fn callee(&self, name: &Spanned<String>) -> Option<Callee> {
        if name.value.is_empty() {
            return None;
        }
        if let Some(module) = self.known.module_handlers.get(&name.value) {
            return Some(Callee::Handler(module.at[0], module.placed));
        }
        if let Some(place) = self.known.handler_places.get(&name.value).copied() {
            let handler = &self.known.handlers[place];
            if handler.topic.is_some()
                || handler.kind == seatrial_sim::system::HandlerKind::Consumer
            {
                self.error(
                    name.span,
                    "wrong-type",
                    format!("`{}` takes messages, not calls", name.value),
                    "publish to its topic",
                );
                return None;
            }
            return Some(Callee::Handler(place, None));
        }
        if let Some(place) = self.known.operation_places.get(&name.value).copied() {
            if self.known.operations[place].node.get("every").is_some() {
                let message = format!(
                    "`{}` is a report: comparisons read it, and nobody calls it",
                    name.value
                );
                self.error(name.span, "wrong-type", message, "");
                return None;
            }
            return Some(Callee::Operation(place));
        }
        let known = self
            .known
            .handler_places
            .keys()
            .chain(self.known.module_handlers.keys())
            .chain(self.known.operation_places.keys());
        self.unknown(
            name.span,
            "handler or operation",
            &name.value,
            known.map(String::as_str),
        );
        None
    }

    fn operation_args(
        &mut self,
        b: &Body<'a>,
        place: usize,
        name: &Spanned<String>,
        given: Given<'a>,
    ) -> (Vec<Fill>, Option<Reg>) {
        let kind = self
            .system
            .operations
            .get(place)
            .map(|o| o.kind.clone())
            .unwrap_or(OperationKind::Nothing);
        let fields_of = |cx: &Self, record: RecordId| cx.known.records[record.at()].fields.clone();
        let what = format!("`{}`", name.value);
        match kind {
            OperationKind::Create { record, .. } => {
                let fields = fields_of(self, record);
                let fields = &fields[1..];
                self.given_fields(&what, fields, given);
                (
                    fields
                        .iter()
                        .map(|field| self.fill(&b.scope, field, given))
                        .collect(),
                    None,
                )
            }
            OperationKind::Change { record, part, .. } => {
                let var = self.known.record_var(record);
                let field = FieldInfo {
                    name: var,
                    ty: Ty::Record(record),
                    hidden: false,
                };
                // A part of it is an amount, whatever the field is called that takes the sum.
                let amount = FieldInfo { name: "amount".into(), ty: Ty::Plain(FieldKind::Money), hidden: false };
                let takes = [field.clone(), amount.clone()];
                self.given_fields(&what, if part.is_some() { &takes } else { &takes[..1] }, given);
                let fill = self.fill(&b.scope, &field, given);
                let subject = if let Fill::Reg(reg) = fill {
                    Some(reg)
                } else {
                    None
                };
                let amount = part.map(|_| self.fill(&b.scope, &amount, given));
                (amount.into_iter().collect(), subject)
            }
            OperationKind::Find { record, by, .. } => {
                let field = fields_of(self, record).swap_remove(usize::from(by));
                self.given_fields(&what, std::slice::from_ref(&field), given);
                (vec![self.fill(&b.scope, &field, given)], None)
            }
            OperationKind::Report { .. } | OperationKind::Nothing => {
                self.given_fields(&what, &[], given);
                (Vec::new(), None)
            }
        }
    }

    /// The register that takes the record of the answer: under the record's name, or that of `as`.
    fn result(
        &mut self,
        b: &mut Body<'a>,
        record: RecordId,
        subject: Option<Reg>,
        called: Option<&Spanned<String>>,
        name: &Spanned<String>,
    ) -> Reg {
        let var = called.map_or_else(
            || self.known.record_var(record),
            |called| called.value.clone(),
        );
        if let (Some(subject), None) = (subject, called) {
            return subject;
        }
        match b.scope.get(&var) {
            Some(known) if known.ty == Ty::Record(record) => known.reg,
            _ => self.bind(
                b,
                &var,
                Ty::Record(record),
                called.map_or(name.span, |called| called.span),
            ),
        }
    }

    /// Whether a callee answers with a record, which nothing can stand in for.
    fn brings_record(&self, name: &str) -> bool {
        let module = self.known.module_handlers.get(name).map(|module| module.at[0]);
        let handler = module.as_ref().or_else(|| self.known.handler_places.get(name)).map(|&at| self.known.handlers[at].answers);
        let operation = self.known.operation_places.get(name).map(|&at| self.known.operations[at].answers);
        handler.or(operation).flatten().is_some()
    }

    fn policy(&mut self, f: &mut Fields<'a>, b: &Body<'a>, place: &Place, name: &Spanned<String>) -> Policy {
        let retry = Outcomes::of(&[Outcome::Unknown, Outcome::Refused]).bits();
        let none = self.backoff(super::NO_BACKOFF);
        let key = Kind::Key(self.scope_of(b));
        let hedge = place.below("hedge");
        let mut hedges = None;
        f.optional_one("hedge", "rule for hedging", |f| {
            let after = self.required(f, &hedge, "after", Kind::Limit);
            hedges = Some((after, self.field(f, &hedge, "at_most", HEDGES, 1)));
        });
        let span = f.span();
        let (hedge_after, hedge_at_most) =
            hedges.unwrap_or_else(|| (self.param(&hedge, "after", Kind::Limit, 0, span), self.param(&hedge, "at_most", HEDGES, 1, span)));
        let fallback = Kind::Word(if self.brings_record(&name.value) { NO_FALLBACK } else { FALLBACK });
        let fallback = self.field(f, place, "fallback", fallback, NONE);
        let (rate, burst) = self.rate_limit(f, place);
        for param in [hedge_after, hedge_at_most, rate, burst, fallback] {
            self.late(param);
        }
        let policy = Policy {
            timeout: self.field(f, place, "timeout", Kind::Limit, 0),
            attempts: self.field(
                f,
                place,
                "attempts",
                Kind::Count {
                    least: 1,
                    most: 100,
                },
                1,
            ),
            retry: self.field(f, place, "retry", Kind::Outcomes, retry),
            backoff: self.field(f, place, "backoff", Kind::Backoff, none),
            key: self.field(f, place, "idempotency_key", key, NONE),
            budget: self.field(f, place, "budget", Kind::Budget, (-1.0f64).to_bits() as i64),
            breaker: self.field(f, place, "breaker", Kind::Breaker, 0),
            throttle: self.field(f, place, "throttle", Kind::Throttle, 0),
            bulkhead: self.field(f, place, "bulkhead", Kind::Bulkhead, 0),
            deadline: self.field(f, place, "deadline", DEADLINE, deadline::FORGOTTEN),
            cancel: self.field(f, place, "cancel", Kind::Flag, 0),
            elsewhere: self.field(f, place, "elsewhere", Kind::Flag, 0),
            hedge_after,
            hedge_at_most,
            rate,
            burst,
            fallback,
        };
        self.late(policy.cancel);
        self.late(policy.elsewhere);
        policy
    }

    /// A policy that says nothing, for calls that are written as a name alone.
    pub fn plain_policy(&mut self, b: &Body<'a>, place: &Place, node: &Node) -> Policy {
        let none = self.backoff(super::NO_BACKOFF);
        let retry = Outcomes::of(&[Outcome::Unknown, Outcome::Refused]).bits();
        let key = Kind::Key(self.scope_of(b));
        let hedge = place.below("hedge");
        let hedge_after = self.param(&hedge, "after", Kind::Limit, 0, node.span);
        let hedge_at_most = self.param(&hedge, "at_most", HEDGES, 1, node.span);
        let fallback = self.param(place, "fallback", Kind::Word(NO_FALLBACK), NONE, node.span);
        let rate = self.param(place, "rate_limit", Kind::RateLimit, 0, node.span);
        let burst = self.param(place, "rate_limit-burst", Kind::count(0), 0, node.span);
        for param in [hedge_after, hedge_at_most, rate, burst, fallback] {
            self.late(param);
        }
        let mut param =
            |name: &str, kind: Kind, value: i64| self.param(place, name, kind, value, node.span);
        let policy = Policy {
            timeout: param("timeout", Kind::Limit, 0),
            attempts: param(
                "attempts",
                Kind::Count {
                    least: 1,
                    most: 100,
                },
                1,
            ),
            retry: param("retry", Kind::Outcomes, retry),
            backoff: param("backoff", Kind::Backoff, none),
            key: param("idempotency_key", key, NONE),
            budget: param("budget", Kind::Budget, (-1.0f64).to_bits() as i64),
            breaker: param("breaker", Kind::Breaker, 0),
            throttle: param("throttle", Kind::Throttle, 0),
            bulkhead: param("bulkhead", Kind::Bulkhead, 0),
            deadline: param("deadline", DEADLINE, deadline::FORGOTTEN),
            cancel: param("cancel", Kind::Flag, 0),
            elsewhere: param("elsewhere", Kind::Flag, 0),
            hedge_after,
            hedge_at_most,
            rate,
            burst,
            fallback,
        };
        self.late(policy.cancel);
        self.late(policy.elsewhere);
        policy
    }
}
