//! Types a tree and writes its program, in one walk. A part that is wrong has no type, and nothing more is said
//! about what is made of it; its neighbours are still looked at.

mod added;
mod arithmetic;
mod calls;
mod choices;
mod compare;
mod emit;
mod keys;
mod lists;
mod members;
mod units;

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};
use seatrial_sim::expr::{Calc, Flaw, LANES, OPS_MAX, Op, Program, STACK, Shelf};

use super::parse::Tree;
use super::places::Places;
use super::{Env, Mistake, Pools, Type, Want};
use lists::Listed;
use members::Members;

/// More than these of one expression help nobody.
const MISTAKES_MAX: usize = 20;

/// Nodes looked at. `x in […]` looks at `x` once for each element, so nesting it would multiply without this.
const VISITS_MAX: usize = 20_000;

/// What a node stands for.
enum Value<'a> {
    /// On the stack. An id that refers to something says to what.
    Of(Type, Option<Shelf>),
    /// Its key, if it has one, is on the stack.
    List(Listed<'a>),
    /// Nothing is on the stack.
    Group(Members<'a>),
}

/// A name that a list macro gave to its elements.
struct Element<'a> {
    name: &'a str,
    shelf: Shelf,
    lane: u8,
}

struct Checker<'a> {
    env: &'a Env,
    places: &'a Places<'a>,
    pools: &'a mut Pools,
    mistakes: Vec<Mistake>,
    ops: Vec<Op>,
    elements: Vec<Element<'a>>,
    /// Loops that are open.
    loops: usize,
    visits: usize,
}

pub(super) fn check(
    tree: &Tree<'_>,
    env: &Env,
    want: &Want,
    pools: &mut Pools,
) -> Result<(Program, Type), Vec<Mistake>> {
    let places = &tree.places;
    let mut checker = Checker {
        env,
        places,
        pools,
        mistakes: vec![],
        ops: vec![],
        elements: vec![],
        loops: 0,
        visits: 0,
    };
    let ty = checker.expr(&tree.root);
    if let Some(ty) = ty.filter(|ty| !want.accepts.contains(ty)) {
        checker.unwanted(&tree.root, ty, want);
    }
    let Checker {
        mut mistakes, ops, ..
    } = checker;
    let (Some(ty), true) = (ty, mistakes.is_empty()) else {
        mistakes.sort_by_key(|mistake| (mistake.start, mistake.end));
        mistakes.truncate(MISTAKES_MAX);
        return Err(mistakes);
    };
    match Program::new(ops) {
        Ok(program) => Ok((program.folded(), ty)),
        Err(flaw) => Err(vec![refused(flaw, places.text.len())]),
    }
}

fn refused(flaw: Flaw, end: usize) -> Mistake {
    let message = match flaw {
        Flaw::TooLong => format!("the expression needs more than {OPS_MAX} steps"),
        Flaw::StackTooDeep => format!("the expression holds more than {STACK} values at one time"),
        Flaw::LoopsTooDeep => format!("more than {LANES} lists are gone through inside each other"),
        Flaw::Malformed => "the expression cannot be compiled".to_owned(),
    };
    let help = match flaw {
        Flaw::Malformed => "This is a mistake of the compiler; please report the expression.",
        _ => "Say it more simply.",
    };
    Mistake::new(0..end, "too-much", message).help(help)
}

impl<'a> Checker<'a> {
    fn wrong(&mut self, mistake: Mistake) {
        if self.mistakes.len() < MISTAKES_MAX {
            self.mistakes.push(mistake);
        }
    }

    /// Nothing more is looked at.
    fn is_full(&self) -> bool {
        self.visits >= VISITS_MAX || self.mistakes.len() >= MISTAKES_MAX
    }

    /// A value on the stack. A list or a group is none.
    fn expr(&mut self, node: &'a IdedExpr) -> Option<Type> {
        match self.value(node)? {
            Value::Of(ty, _) => Some(ty),
            Value::List(list) => {
                let message = format!(
                    "a list of `{}` is no value of its own",
                    self.env.shelf_name(list.shelf)
                );
                let help = if list.map.is_some() {
                    "Write `sum(…)` around it."
                } else {
                    "Ask it something: `.size()`, `.exists(x, …)`, `.all(x, …)`, or `sum(….map(x, …))`."
                };
                self.wrong(Mistake::new(self.places.whole(node), "list", message).help(help));
                None
            }
            Value::Group(members) => {
                let known = members.shown();
                let message = format!("`{}` is a group of names, not a value", members.path);
                self.wrong(
                    Mistake::new(self.places.whole(node), "group", message)
                        .help(format!("It has {known}.")),
                );
                None
            }
        }
    }

    fn value(&mut self, node: &'a IdedExpr) -> Option<Value<'a>> {
        self.visits += 1;
        if self.visits == VISITS_MAX {
            self.wrong(refused(Flaw::TooLong, self.places.text.len()));
        }
        if self.is_full() {
            return None;
        }
        let plain = |ty: Type| Value::Of(ty, None);
        match &node.expr {
            Expr::Literal(literal) => self.literal(node, literal).map(plain),
            Expr::Ident(name) => self.name(node, name),
            Expr::Select(select) if !select.test => self.select(node, select),
            Expr::Comprehension(over) => self.comprehension(node, over),
            Expr::Call(call) => self.call(node, call),
            Expr::Select(_) => self.unknown_form(
                node,
                "`has(…)` is not needed: what is not there has 0 in its fields",
            ),
            Expr::List(_) => self.unknown_form(node, "a list can be written only after `in`"),
            Expr::Map(_) | Expr::Struct(_) => {
                self.unknown_form(node, "maps and messages are not part of this language")
            }
            Expr::Unspecified => self.unknown_form(node, "this cannot be read"),
        }
    }

    fn unknown_form(&mut self, node: &IdedExpr, message: &str) -> Option<Value<'a>> {
        self.wrong(Mistake::new(
            self.places.whole(node),
            "not-offered",
            message,
        ));
        None
    }

    fn literal(&mut self, node: &IdedExpr, literal: &LiteralValue) -> Option<Type> {
        let (value, ty) = match literal {
            LiteralValue::Boolean(value) => (i64::from(*value.inner()), Type::Bool),
            LiteralValue::Int(value) => (*value.inner(), Type::Int),
            LiteralValue::Double(value) => (value.inner().to_bits().cast_signed(), Type::Ratio),
            LiteralValue::String(text) => return self.text(node, text.inner()),
            LiteralValue::UInt(_) => {
                self.unknown_form(node, "whole numbers are written without `u`");
                return None;
            }
            LiteralValue::Null => {
                self.unknown_form(
                    node,
                    "there is no `null`: what is not there has 0 in its fields",
                );
                return None;
            }
            LiteralValue::Bytes(_) => {
                self.unknown_form(node, "there are no bytes in this language");
                return None;
            }
        };
        self.ops.push(Op::Const(value));
        Some(ty)
    }

    fn text(&mut self, node: &IdedExpr, text: &str) -> Option<Type> {
        let at = self.intern(node, text)?;
        self.ops.push(Op::Const(at.into()));
        Some(Type::Text)
    }

    fn intern(&mut self, node: &IdedExpr, text: &str) -> Option<u16> {
        let at = self.pools.text(text);
        if at.is_none() {
            let message = format!("the scenario has more than {} texts", Pools::TEXTS_MAX);
            self.wrong(Mistake::new(self.places.whole(node), "too-much", message));
        }
        at
    }

    fn call(&mut self, node: &'a IdedExpr, call: &'a CallExpr) -> Option<Value<'a>> {
        let ty = match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::ADD, [_, _]) => self.sum_or_key(node),
            (
                name @ (operators::SUBSTRACT
                | operators::MULTIPLY
                | operators::DIVIDE
                | operators::MODULO),
                [l, r],
            ) => self.arithmetic(node, name, l, r),
            (name @ (operators::EQUALS | operators::NOT_EQUALS), [l, r]) => {
                self.equality(node, name, l, r)
            }
            (
                name @ (operators::LESS
                | operators::LESS_EQUALS
                | operators::GREATER
                | operators::GREATER_EQUALS),
                [l, r],
            ) => self.order(node, name, l, r),
            (name @ (operators::LOGICAL_AND | operators::LOGICAL_OR), [l, r]) => {
                self.logic(name, l, r)
            }
            (operators::LOGICAL_NOT, [inner]) => {
                let ty = self.condition(inner, "`!`")?;
                self.ops.push(Op::Calc(Calc::Not));
                Some(ty)
            }
            (operators::NEGATE, [inner]) => self.negation(node, inner),
            (operators::CONDITIONAL, [condition, yes, no]) => self.choice(node, condition, yes, no),
            (operators::IN, [what, list]) => self.one_of(node, what, list),
            (operators::INDEX, _) => {
                return self.unknown_form(
                    node,
                    "elements of a list have no numbers; use `.exists(x, …)` or `.filter(x, …)`",
                );
            }
            (name, args) => return self.function(node, call.target.as_deref(), name, args),
        }?;
        Some(Value::Of(ty, None))
    }

    /// What stands at the root has a type that is not wanted.
    fn unwanted(&mut self, node: &IdedExpr, ty: Type, want: &Want) {
        let message = format!(
            "this is {}, and {} is wanted here",
            ty.says(self.env),
            want.says
        );
        let help = want
            .accepts
            .first()
            .and_then(|wanted| self.convert(*wanted, ty, node))
            .unwrap_or_default();
        self.wrong(Mistake::new(self.places.whole(node), "type", message).help(help));
    }
}
