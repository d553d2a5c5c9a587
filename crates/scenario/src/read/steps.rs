//! Steps: what a handler does one after the other, and where their code goes. Calls, transactions and sagas have
//! files of their own.

use std::collections::BTreeMap;
use std::rc::Rc;

use seatrial_sim::system::{Answer, BatchDef, BatchId, HandlerId, Holds, Op, Pc, REGS, Reg, ServiceId};
use seatrial_source::{Fields, Node, Span, Value};

use crate::cx::{Cx, Place};
use crate::expr::Wish;
use crate::scope::{Scope, Ty};
use crate::slot::{Kind, MANY};
use crate::unit::{self, DistOf};

/// Names of steps, each with the last number that was given to one of its kind.
pub(crate) type Used = BTreeMap<String, u32>;

/// The handler that is being written, and what is in scope where writing stands.
pub(crate) struct Body<'a> {
    pub service: usize,
    pub handler: HandlerId,
    /// Where its steps' paths begin: `front.take`, in a saga `front.take.buy`.
    pub place: Place,
    pub scope: Scope,
    /// Names of steps below `place`.
    pub used: Used,
    /// Registers that hold something somewhere in the handler. None is used for two things, so that code out of line
    /// finds what it knew.
    pub taken: usize,
    /// Code that is written behind the handler's.
    pub later: Vec<super::saga::Later<'a>>,
    /// The store of the transaction that was written last.
    pub last_store: Option<usize>,
    /// The register of the record that the last step answered with.
    pub last_result: Option<Reg>,
    /// In a block: blocks do not nest.
    pub in_block: bool,
    /// In a transaction: what else may stand there is little.
    pub in_tx: bool,
}

/// What becomes of a step's outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The handler ends with it, unless it is `ok`.
    OrFail,
    /// Whatever comes next takes it.
    Leave,
}

const VERBS: &[&str] = &[
    "work", "wait", "batch", "call", "tx", "publish", "respond", "if", "chance", "saga", "use", "parallel",
];

impl<'a> Cx<'a> {
    pub fn emit(&mut self, op: Op) -> usize {
        self.system.code.push(op);
        self.system.code.len() - 1
    }

    pub fn pc(&self) -> Pc {
        self.system.code.len() as Pc
    }

    /// A new register for a name.
    pub fn bind(&mut self, b: &mut Body<'a>, name: &str, ty: Ty, span: Span) -> Reg {
        match b.scope.add(name, ty, b.taken) {
            Some(reg) => {
                b.taken = usize::from(reg) + 1;
                let regs = &mut self.system.handlers[b.handler.at()].regs;
                regs.resize(regs.len().max(b.taken), String::new());
                regs[usize::from(reg)] = name.to_owned();
                reg
            }
            None => {
                let message = format!("a handler knows at most {REGS} values at a time");
                self.error(span, "too-many", message, "divide it into two handlers");
                0
            }
        }
    }

    /// Writes a list of steps.
    pub fn steps(&mut self, node: &'a Node, b: &mut Body<'a>, name: &str) {
        for item in self.at.items(node, &format!("`{name}`"), "steps") {
            self.one_step(item, b, Mode::OrFail);
        }
    }

    /// Writes one step; what it says of undoing and asking comes back.
    pub fn one_step(&mut self, node: &'a Node, b: &mut Body<'a>, mode: Mode) -> Aside<'a> {
        let mut aside = Aside::default();
        let verbs: Vec<&str> = VERBS
            .iter()
            .copied()
            .filter(|verb| node.get(verb).is_some())
            .collect();
        b.last_result = None;
        let site = self.opens_site(b.service);
        self.at.map(node, "step", |f| {
            if mode == Mode::Leave {
                aside = Aside {
                    undo: f.optional("undo"),
                    ask: f.optional("ask"),
                    id: String::new(),
                };
            }
            aside.id = match verbs[..] {
                [verb @ ("tx" | "publish" | "respond" | "saga" | "use")] if b.in_tx => {
                    let message = format!("`{verb}` does not stand inside of a transaction");
                    f.error(f.key(verb), "bad-step", message, "inside may be work, wait, call and if");
                    f.optional(verb);
                    String::new()
                }
                [verb] => self.verb(verb, f, b, mode),
                _ => {
                    f.optional("id");
                    for verb in VERBS {
                        f.optional(verb);
                    }
                    let message = match verbs.is_empty() {
                        true => "this step does nothing".to_owned(),
                        false => format!(
                            "this step does {} things: {}",
                            verbs.len(),
                            verbs.join(", ")
                        ),
                    };
                    f.error(
                        f.span(),
                        "bad-step",
                        message,
                        format!("a step has one of {}", VERBS.join(", ")),
                    );
                    String::new()
                }
            };
        });
        if site.is_some() {
            self.closes_site(site, b.place.below(&aside.id).path, mode);
        }
        aside
    }

    fn verb(&mut self, verb: &str, f: &mut Fields<'a>, b: &mut Body<'a>, mode: Mode) -> String {
        match verb {
            "work" | "wait" => self.time_step(verb, f, b),
            "call" => self.call_step(f, b, mode),
            "parallel" => self.parallel(f, b, mode),
            "tx" => self.tx_step(f, b, mode),
            "publish" => {
                let name = f.spanned("publish");
                let id = self.step_id(f, b, &name.value);
                if let Some(publish) = self.publish(f, b, &name, &id, None) {
                    self.emit(Op::Publish(publish));
                }
                if mode == Mode::OrFail {
                    self.emit(Op::OrFail);
                }
                id
            }
            "respond" => self.respond(f, b),
            "if" => self.branch(f, b),
            "chance" => self.by_chance(f, b),
            "batch" => self.batch_step(f, b, mode),
            "saga" => self.saga(f, b),
            _ => self.use_step(f, b),
        }
    }

    /// The step's own name, or one derived from what it does. Numbered when another has it.
    pub fn step_id(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>, derived: &str) -> String {
        let given = self.named(f, "id");
        if let Some(id) = given {
            self.word(&id.value, id.span);
            if b.used.insert(id.value.clone(), 1).is_some() {
                let message = format!("there is already a step `{}` in {}", id.value, b.place.path);
                self.error(
                    id.span,
                    "duplicate-id",
                    message,
                    "give one of the two another id",
                );
            }
            return id.value;
        }
        let mut name = derived.to_owned();
        while b.used.contains_key(&name) {
            let number = b.used.entry(derived.to_owned()).or_insert(1);
            *number += 1;
            name = format!("{derived}-{number}");
        }
        b.used.insert(name.clone(), 1);
        name
    }

    fn time_step(&mut self, verb: &str, f: &mut Fields<'a>, b: &mut Body<'a>) -> String {
        let id = self.step_id(f, b, verb);
        let place = b.place.below(&id);
        let key = if verb == "work" { "work" } else { "wait" };
        let time = self.field_as(f, &place, key, "takes", Kind::Dist(DistOf::Time), 0);
        let step = self.step(&place.path);
        self.emit(if verb == "work" {
            Op::Work { time, step }
        } else {
            Op::Wait { time, step }
        });
        id
    }

    fn respond(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>) -> String {
        let word = f.spanned("respond");
        f.optional("id");
        let answer = match word.value.as_str() {
            "last" => Some(Answer::Last),
            "saga.outcome" => {
                if !b.scope.after_saga {
                    self.error(
                        word.span,
                        "unknown-name",
                        "there is no saga before this step",
                        "write `last` for the last outcome",
                    );
                }
                Some(Answer::Last)
            }
            other => unit::outcome(other).map(Answer::Outcome),
        };
        match answer {
            Some(answer) => drop(self.emit(Op::Respond(answer))),
            None if word.value.is_empty() => {}
            None => {
                let words = [
                    "last",
                    "saga.outcome",
                    "ok",
                    "declined",
                    "missing",
                    "invalid",
                    "failed",
                    "refused",
                    "unknown",
                ];
                self.unknown(word.span, "answer", &word.value, words.into_iter());
            }
        }
        "respond".to_owned()
    }

    fn branch(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>) -> String {
        f.optional("id");
        let scope = b.scope.clone();
        let condition = f
            .required("if")
            .and_then(|node| self.step_expr(node, &scope, Wish::Bool));
        let jump = condition.map(|condition| self.emit(Op::JumpUnless { condition, to: 0 }));
        self.two_ways(f, b, jump, scope);
        "if".to_owned()
    }

    /// `chance: 30%`: which way it goes is drawn.
    fn by_chance(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>) -> String {
        let id = self.step_id(f, b, "chance");
        let place = b.place.below(&id);
        let chance = self.required(f, &place, "chance", Kind::Share);
        let step = self.step(&place.path);
        let scope = b.scope.clone();
        let jump = self.emit(Op::JumpUnlessHappens { chance, step, to: 0 });
        self.two_ways(f, b, Some(jump), scope);
        id
    }

    /// `then` and `else`, behind the jump over the first.
    fn two_ways(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>, jump: Option<usize>, scope: Scope) {
        if let Some(then) = f.required("then") {
            self.steps(then, b, "then");
            b.scope = scope.clone();
        }
        let other = f.optional("else");
        let over = other.map(|_| self.emit(Op::Jump(0)));
        let here = self.pc();
        if let Some(Op::JumpUnless { to, .. } | Op::JumpUnlessHappens { to, .. }) =
            jump.and_then(|jump| self.system.code.get_mut(jump))
        {
            *to = here;
        }
        if let Some(node) = other {
            self.steps(node, b, "else");
            b.scope = scope;
        }
        let here = self.pc();
        if let Some(Op::Jump(to)) = over.and_then(|over| self.system.code.get_mut(over)) {
            *to = here;
        }
    }

    /// Work that is done for several at once.
    fn batch_step(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>, mode: Mode) -> String {
        let id = self.step_id(f, b, "batch");
        let place = b.place.below(&id);
        let step = self.step(&place.path);
        let service = ServiceId(b.service as u16);
        f.optional_one("batch", "batch", |f| {
            let up_to = self.required(f, &place, "up_to", Kind::Count { least: 1, most: 10_000 });
            let def = BatchDef {
                step,
                service,
                up_to,
                within: self.field(f, &place, "within", Kind::Limit, 0),
                takes: self.required(f, &place, "takes", Kind::Dist(DistOf::Time)),
                each: self.field(f, &place, "each", Kind::Limit, 0),
                devices: self.field(f, &place, "devices", Kind::Count { least: 1, most: 1000 }, 1),
                waiting: self.field(f, &place, "waiting", Kind::count(0), MANY),
            };
            self.system.batches.push(def);
            self.emit(Op::Batch(BatchId((self.system.batches.len() - 1) as u16)));
        });
        if mode == Mode::OrFail {
            self.emit(Op::OrFail);
        }
        id
    }

    fn use_step(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>) -> String {
        let name = self
            .named(f, "use")
            .map(|name| name.value)
            .unwrap_or_default();
        let id = self.step_id(f, b, &name);
        let place = b.place.below(&id);
        self.use_block(f, b, &place);
        id
    }

    /// A `use` whose block can be exchanged; its blocks' steps stand below the handler's path and the block's name.
    pub fn use_block(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>, place: &Place) {
        if b.in_block {
            self.error(
                f.key("use"),
                "nested-block",
                "a block cannot use blocks",
                "write the steps out",
            );
            f.optional("use");
            return;
        }
        let site = self.site(b, place);
        let block = self.required(f, place, "use", Kind::Block { site });
        self.emit(Op::Use { block });
    }

    /// Handlers that call it get what was asked of them, whatever was left out.
    pub fn body(
        &mut self,
        service: usize,
        handler: HandlerId,
        place: Place,
        inputs: &[(String, Ty)],
        span: Span,
    ) -> Body<'a> {
        let mut body = Body {
            service,
            handler,
            place,
            scope: Scope::default(),
            used: BTreeMap::from([("use".to_owned(), 1)]),
            taken: 0,
            later: Vec::new(),
            last_store: None,
            last_result: None,
            in_block: false,
            in_tx: false,
        };
        for (name, ty) in inputs {
            self.bind(&mut body, name, *ty, span);
            let holds = match ty {
                Ty::Record(record) => Holds::Record(*record),
                Ty::Id(_) => Holds::Id,
                Ty::Plain(_) | Ty::Unread => Holds::Value,
            };
            self.system.handlers[handler.at()].inputs.push(holds);
        }
        body
    }

    pub fn scope_of(&self, b: &Body<'a>) -> Rc<Scope> {
        Rc::new(b.scope.clone())
    }
}

/// What a step says beside what it does.
#[derive(Default)]
pub(crate) struct Aside<'a> {
    pub undo: Option<&'a Node>,
    pub ask: Option<&'a Node>,
    pub id: String,
}

/// Whether a node is a group with one of these keys.
pub(crate) fn has_key(node: &Node, keys: &[&str]) -> bool {
    matches!(&node.value, Value::Map(entries) if entries.iter().any(|e| keys.contains(&e.key.as_str())))
}

pub(crate) fn is_step(node: &Node) -> bool {
    has_key(
        node,
        &["work", "wait", "batch", "chance", "call", "tx", "respond", "if", "saga", "use", "parallel"],
    )
}
