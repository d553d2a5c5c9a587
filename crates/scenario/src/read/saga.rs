//! `saga`: steps with a journal. What undoes a step, and what asks about one, is written out of line behind the
//! handler.

use seatrial_sim::system::{
    ASK, FieldKind, Fill, LEAVE, Op, ParamId, Pc, Reg, SagaDef, SagaId, SagaStepDef, StoreId, UNDO,
};
use seatrial_source::{Fields, Node, Span, Value};

use super::steps::{Body, Mode, is_step};
use super::tx::is_statement;
use crate::cx::{Cx, Place};
use crate::scope::{Given, Scope, Ty};
use crate::slot::Kind;
use crate::unit::DistOf;

const STEPS_MOST: usize = 64;
const FAILED: &[(&str, i64)] = &[("leave", LEAVE), ("undo", UNDO)];
const UNKNOWN: &[(&str, i64)] = &[("leave", LEAVE), ("ask", ASK)];

/// Code that stands behind its handler: what undoes a step of a saga, or asks about one.
pub(crate) struct Later<'a> {
    saga: SagaId,
    step: u8,
    node: &'a Node,
    asks: bool,
    place: Place,
    scope: Scope,
    store: Option<usize>,
    /// Whether the step is a transaction, even if its store could not be read.
    of_tx: bool,
    result: Option<Reg>,
}

impl<'a> Cx<'a> {
    pub fn saga(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>) -> String {
        let name = f
            .required("saga")
            .and_then(|node| self.name(node, "`saga`"))
            .unwrap_or_default();
        f.optional("id");
        if !name.value.is_empty() && b.used.insert(name.value.clone(), 1).is_some() {
            let message = format!(
                "there is already a step `{}` in {}",
                name.value, b.place.path
            );
            self.error(
                name.span,
                "duplicate-id",
                message,
                "give the saga another name",
            );
        }
        if b.scope.in_saga {
            self.error(
                name.span,
                "nested-saga",
                "a saga cannot hold a saga",
                "let a step call a handler that has its own",
            );
        }
        let place = b.place.below(&name.value);
        let key = self.saga_key(f, b, name.span);
        let journal = self
            .named(f, "journal")
            .and_then(|name| self.find_store(&name));
        if journal.is_none() && f.optional("journal").is_none() {
            f.error(
                f.span(),
                "missing-field",
                "this saga has no `journal`",
                "name the store that keeps it",
            );
        }
        let resume_after = self.field(f, &place, "resume_after", Kind::Duration, 30_000_000_000);
        let failed = self.field(f, &place, "failed", Kind::Word(FAILED), LEAVE);
        let unknown = self.field(f, &place, "unknown", Kind::Word(UNKNOWN), LEAVE);
        let steps = f
            .required("steps")
            .map_or(&[][..], |node| self.at.items(node, "`steps`", "steps"));
        if let Some(step) = steps.get(STEPS_MOST) {
            self.error(
                step.span,
                "too-many",
                format!("a saga has at most {STEPS_MOST} steps"),
                "",
            );
        }
        let saga = SagaId(self.system.sagas.len() as u16);
        self.system.sagas.push(SagaDef {
            name: name.value.clone(),
            key,
            journal: StoreId(journal.unwrap_or(0) as u16),
            resume_after,
            failed,
            unknown,
            steps: Vec::new(),
            exit: 0,
            handler: b.handler,
        });
        self.emit(Op::SagaEnter(saga));
        let outer = (
            std::mem::replace(&mut b.place, place.clone()),
            std::mem::take(&mut b.used),
            b.scope.in_saga,
        );
        b.used
            .extend(["failed", "unknown", "resume_after"].map(|name| (name.to_owned(), 1)));
        b.scope.in_saga = true;
        let mut asks = false;
        for (number, node) in steps.iter().enumerate().take(STEPS_MOST) {
            asks |= self.saga_step(node, b, saga, number as u8);
        }
        (b.place, b.used, b.scope.in_saga) = outer;
        b.scope.after_saga = true;
        let exit = self.emit(Op::SagaExit(saga)) as Pc;
        self.system.sagas[saga.at()].exit = exit;
        self.known.saga_asks.push((unknown, asks));
        name.value
    }

    /// What the saga is about: as it says, or the first thing in scope.
    fn saga_key(&mut self, f: &mut Fields<'a>, b: &Body<'a>, span: Span) -> Fill {
        if let Some(node) = f.optional("key") {
            return self.fill_from(&b.scope, Ty::Id(None), node, "key");
        }
        let first = b.scope.vars.iter().find_map(|var| match var.ty {
            Ty::Record(record) => Some(Fill::Field {
                reg: var.reg,
                record,
                field: 0,
            }),
            Ty::Id(_) => Some(Fill::Reg(var.reg)),
            _ => None,
        });
        first.unwrap_or_else(|| {
            self.error(
                span,
                "missing-field",
                "this saga has no `key`",
                "say what it is about: `key: order.id`",
            );
            Fill::Constant(0)
        })
    }

    /// Whether the step can be asked about.
    fn saga_step(
        &mut self,
        step_node: &'a Node,
        b: &mut Body<'a>,
        saga: SagaId,
        number: u8,
    ) -> bool {
        let forward = self.emit(Op::SagaStep { saga, step: number }) as Pc;
        b.last_store = None;
        let aside = self.one_step(step_node, b, Mode::Leave);
        self.emit(Op::SagaCheck { saga, step: number });
        let step = SagaStepDef {
            name: aside.id.clone(),
            forward,
            undo: None,
            ask: None,
        };
        self.system.sagas[saga.at()].steps.push(step);
        for (node, asks) in [(aside.undo, false), (aside.ask, true)] {
            let Some(node) = node else { continue };
            let place = b
                .place
                .below(&aside.id)
                .below(if asks { "ask" } else { "undo" });
            let scope = b.scope.clone();
            let (store, result) = (b.last_store, b.last_result);
            let of_tx = step_node.get("tx").is_some();
            b.later.push(Later {
                saga,
                step: number,
                node,
                asks,
                place,
                scope,
                store,
                of_tx,
                result,
            });
        }
        aside.ask.is_some()
    }

    /// Writes what stands behind the handler. It may not bring more of the kind: sagas do not nest.
    pub fn write_later(&mut self, b: &mut Body<'a>) {
        for later in std::mem::take(&mut b.later) {
            b.scope = later.scope.clone();
            b.place = later.place.clone();
            b.used = Default::default();
            b.last_store = later.store;
            let start = self.pc();
            if later.asks {
                self.ask(&later, b);
                self.emit(Op::SagaAsked {
                    saga: later.saga,
                    step: later.step,
                });
            } else {
                self.undo(&later, b);
                self.emit(Op::SagaUndone {
                    saga: later.saga,
                    step: later.step,
                });
            }
            let step = &mut self.system.sagas[later.saga.at()].steps[usize::from(later.step)];
            if later.asks {
                step.ask = Some(start)
            } else {
                step.undo = Some(start)
            }
        }
    }

    /// `{call: carrier.find, after: 5s}`, or the call's name alone. What it finds is what the step would have answered with.
    fn ask(&mut self, later: &Later<'a>, b: &mut Body<'a>) {
        if let Value::Scalar(_) = &later.node.value {
            self.named_call(later.node, later.place.clone(), b, "`ask`");
            return;
        }
        self.at.map(later.node, "question", |f| {
            let name = f
                .required("call")
                .and_then(|node| self.name(node, "`call`"));
            let wait = f
                .optional("after")
                .map(|_| self.field(f, &later.place, "after", Kind::Dist(DistOf::Time), 0));
            if let Some(time) = wait {
                let step = self.step(&later.place.below("after").path);
                self.emit(Op::Wait { time, step });
            }
            if let Some(name) = name {
                self.call(f, b, &name, &later.place);
            }
        });
        self.same_result(later, b);
    }

    /// A question answers into the register that the step's own answer would have gone to.
    fn same_result(&mut self, later: &Later<'a>, b: &Body<'a>) {
        if let (Some(wanted), Some(_)) = (later.result, b.last_result)
            && let Some(call) = self.system.calls.last_mut()
        {
            call.result = Some(wanted);
        }
    }

    /// The name of a handler, a statement, a step, or a list of those.
    fn undo(&mut self, later: &Later<'a>, b: &mut Body<'a>) {
        let nodes: Vec<&'a Node> = match &later.node.value {
            Value::Seq(items) => items.iter().collect(),
            _ => vec![later.node],
        };
        if let [node] = nodes[..]
            && matches!(node.value, Value::Scalar(_))
        {
            self.named_call(node, later.place.clone(), b, "`undo`");
            return;
        }
        let mut rest = &nodes[..];
        while let Some(first) = rest.first() {
            let statements = rest
                .iter()
                .take_while(|node| is_statement(node) && !is_step(node))
                .count();
            if statements == 0 {
                self.one_step(first, b, Mode::Leave);
                rest = &rest[1..];
                continue;
            }
            match later.store {
                Some(store) => {
                    let rules = self.usual_rules(b, "tx", first.span);
                    self.transact(b, store, "tx", &rest[..statements], rules);
                }
                None if later.of_tx => {}
                None => {
                    let message =
                        "these statements have no store: the step that they undo is no transaction";
                    self.error(
                        first.span,
                        "bad-step",
                        message,
                        "write `{tx: store, do: […]}`",
                    );
                }
            }
            rest = &rest[statements..];
        }
    }

    fn named_call(&mut self, node: &'a Node, place: Place, b: &mut Body<'a>, what: &str) {
        let Some(name) = self.name(node, what) else {
            return;
        };
        let policy = self.plain_policy(b, &place, node);
        let given = Given {
            entries: &[],
            span: node.span,
            key: "with",
        };
        if let Some(call) = self.call_with(b, &name, &place, policy, given, None) {
            self.emit(Op::Call(call));
        }
    }

    /// Sagas that ask, and have nobody to ask: told for the scenario's own value and for each patch.
    pub fn can_ask(&self, param: ParamId, value: i64, span: Span) {
        if value == ASK
            && self
                .known
                .saga_asks
                .iter()
                .any(|(unknown, asks)| *unknown == param && !asks)
        {
            let help = "give a step `ask: {call: provider.operation}`";
            self.error(
                span,
                "bad-value",
                "no step of this saga says whom to ask",
                help,
            );
        }
    }
}

/// The name of a type in a message.
pub(crate) fn says(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Id => "an id",
        FieldKind::Money => "money",
        FieldKind::Text => "a string",
        FieldKind::Date => "a date",
        FieldKind::Time => "a time",
        FieldKind::Duration => "a duration",
        FieldKind::Count => "a count",
        FieldKind::Ratio => "a ratio",
    }
}
