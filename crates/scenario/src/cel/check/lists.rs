//! Lists: filtered, asked, counted, added up. A list never exists as such; it becomes a loop where it is used.

use cel::common::ast::{ComprehensionExpr, Expr, IdedExpr, LiteralValue, operators};
use seatrial_sim::expr::{Calc, LANES, Op, Shelf};

use super::{Checker, Element, Value};
use crate::cel::{Mistake, Type};

/// A list that is not gone through yet. If it has a key, the value is on the stack.
pub(super) struct Listed<'a> {
    pub shelf: Shelf,
    /// The field that must equal the key; none for all tuples of the case.
    pub field: Option<u8>,
    /// At most one can be there, so that its members can be named directly.
    pub one: bool,
    pub filters: Vec<(&'a str, &'a IdedExpr)>,
    pub map: Option<(&'a str, &'a IdedExpr)>,
}

impl Listed<'_> {
    pub(super) fn new(shelf: Shelf, field: Option<u8>) -> Listed<'static> {
        Listed {
            shelf,
            field,
            one: false,
            filters: Vec::new(),
            map: None,
        }
    }
}

/// What a list macro was, found again in what the parser made of it.
enum Macro<'a> {
    Exists(&'a IdedExpr),
    All(&'a IdedExpr),
    ExistsOne(&'a IdedExpr),
    Filter(&'a IdedExpr),
    Map(Option<&'a IdedExpr>, &'a IdedExpr),
}

/// A loop that is open: where its `Next` stands.
struct Open {
    head: usize,
    lane: u8,
}

impl<'a> Checker<'a> {
    pub(super) fn comprehension(
        &mut self,
        node: &'a IdedExpr,
        over: &'a ComprehensionExpr,
    ) -> Option<Value<'a>> {
        let Some(found) = recognise(over) else {
            return self.unknown_form(node, "this use of a list is not part of the language");
        };
        let mut list = self.list(&over.iter_range)?;
        let name = over.iter_var.as_str();
        if list.map.is_some() {
            let message = "after `.map(…)` comes nothing but `sum(…)`";
            let help = "Filter first, then map: `sum(x.filter(…).map(…))`.";
            self.wrong(Mistake::new(self.places.member(node), "list", message).help(help));
            return None;
        }
        let ty = match found {
            Macro::Filter(test) => {
                list.filters.push((name, test));
                return Some(Value::List(list));
            }
            Macro::Map(test, body) => {
                list.filters.extend(test.map(|test| (name, test)));
                list.map = Some((name, body));
                return Some(Value::List(list));
            }
            Macro::Exists(test) => self.exists(node, list, (name, test)),
            Macro::All(test) => self.all(node, list, (name, test)),
            Macro::ExistsOne(test) => {
                list.filters.push((name, test));
                let count = self.count(node, list);
                self.ops.push(Op::Const(1));
                self.ops.push(Op::Calc(Calc::Eq));
                count.map(|_| Type::Bool)
            }
        };
        Some(Value::Of(ty?, None))
    }

    /// What must be a list.
    pub(super) fn list(&mut self, node: &'a IdedExpr) -> Option<Listed<'a>> {
        let what = match self.value(node)? {
            Value::List(list) => return Some(list),
            Value::Of(ty, _) => ty.says(self.env),
            Value::Group(members) => format!("the group `{}`", members.path),
        };
        self.wrong(Mistake::new(
            self.places.whole(node),
            "list",
            format!("this is {what}, not a list"),
        ));
        None
    }

    fn exists(
        &mut self,
        node: &IdedExpr,
        list: Listed<'a>,
        (name, test): (&'a str, &'a IdedExpr),
    ) -> Option<Type> {
        let open = self.open(node, &list)?;
        let ty = self
            .filters(&open, &list)
            .and(self.test(&open, list.shelf, (name, test)));
        self.ops.push(Op::Const(1));
        let over = self.jump(Op::Jump(0));
        self.land(open.head);
        self.ops.push(Op::Const(0));
        self.land(over);
        self.loops -= 1;
        ty
    }

    fn all(
        &mut self,
        node: &IdedExpr,
        list: Listed<'a>,
        (name, test): (&'a str, &'a IdedExpr),
    ) -> Option<Type> {
        let open = self.open(node, &list)?;
        let filters = self.filters(&open, &list);
        let ty = self.element(&open, list.shelf, name, |checker| {
            checker.condition(test, "`.all`")
        });
        let fails = self.jump(Op::JumpUnless(0));
        self.again(&open);
        self.land(fails);
        self.ops.push(Op::Const(0));
        let over = self.jump(Op::Jump(0));
        self.land(open.head);
        self.ops.push(Op::Const(1));
        self.land(over);
        self.loops -= 1;
        filters.and(ty)
    }

    pub(super) fn count(&mut self, node: &IdedExpr, list: Listed<'a>) -> Option<Type> {
        let open = self.open_from_zero(node, &list)?;
        let filters = self.filters(&open, &list);
        self.ops.push(Op::Const(1));
        self.ops.push(Op::Calc(Calc::Add));
        self.again(&open);
        self.land(open.head);
        self.loops -= 1;
        filters.map(|_| Type::Int)
    }

    pub(super) fn sum(&mut self, node: &IdedExpr, mut list: Listed<'a>) -> Option<Type> {
        let Some((name, body)) = list.map.take() else {
            let message = format!(
                "`sum` must know what of each `{}` is added",
                self.env.shelf_name(list.shelf)
            );
            let help = "Say it with a map: `sum(charges.map(c, c.amount))`.";
            self.wrong(Mistake::new(self.places.whole(node), "list", message).help(help));
            return None;
        };
        let open = self.open_from_zero(node, &list)?;
        let filters = self.filters(&open, &list);
        let ty = self.element(&open, list.shelf, name, |checker| checker.expr(body));
        let calc = if ty == Some(Type::Ratio) {
            Calc::AddF
        } else {
            Calc::Add
        };
        self.ops.push(Op::Calc(calc));
        self.again(&open);
        self.land(open.head);
        self.loops -= 1;
        filters?;
        match ty? {
            ty @ (Type::Int | Type::Ratio | Type::Money | Type::Duration) => Some(ty),
            ty => {
                let message = format!(
                    "`sum` adds numbers, money or durations, and this is {}",
                    ty.says(self.env)
                );
                self.wrong(Mistake::new(self.places.whole(body), "type", message));
                None
            }
        }
    }

    /// Begins to go through a list. The tuple of the lane is set after `head`.
    fn open(&mut self, node: &IdedExpr, list: &Listed<'a>) -> Option<Open> {
        self.begin(node, list)?;
        Some(self.head(list))
    }

    /// The same, with a 0 on the stack to add to.
    fn open_from_zero(&mut self, node: &IdedExpr, list: &Listed<'a>) -> Option<Open> {
        self.begin(node, list)?;
        self.ops.push(Op::Const(0));
        Some(self.head(list))
    }

    fn begin(&mut self, node: &IdedExpr, list: &Listed<'a>) -> Option<()> {
        if self.loops >= LANES {
            let message = format!("more than {LANES} lists are gone through inside each other");
            self.wrong(
                Mistake::new(self.places.whole(node), "too-much", message)
                    .help("Say it more simply."),
            );
            return None;
        }
        self.ops.push(Op::Begin {
            lane: self.loops as u8,
            keyed: list.field.is_some(),
        });
        Some(())
    }

    fn head(&mut self, list: &Listed<'a>) -> Open {
        let lane = self.loops as u8;
        self.loops += 1;
        let head = self.jump(Op::Next {
            lane,
            shelf: list.shelf,
            field: list.field,
            exit: 0,
        });
        Open { head, lane }
    }

    fn again(&mut self, open: &Open) {
        let head = u16::try_from(open.head).unwrap_or(u16::MAX);
        self.ops.push(Op::Jump(head));
    }

    /// Goes on to the next element unless all filters say yes.
    fn filters(&mut self, open: &Open, list: &Listed<'a>) -> Option<Type> {
        let mut all = Some(Type::Bool);
        for &filter in &list.filters {
            let ty = self.test(open, list.shelf, filter);
            all = all.and(ty);
        }
        all
    }

    /// Goes on to the next element unless the test says yes.
    fn test(
        &mut self,
        open: &Open,
        shelf: Shelf,
        (name, test): (&'a str, &'a IdedExpr),
    ) -> Option<Type> {
        let ty = self.element(open, shelf, name, |checker| checker.condition(test, "this"));
        let head = u16::try_from(open.head).unwrap_or(u16::MAX);
        self.ops.push(Op::JumpUnless(head));
        ty
    }

    /// With a name for the element.
    fn element<T>(
        &mut self,
        open: &Open,
        shelf: Shelf,
        name: &'a str,
        with: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.elements.push(Element {
            name,
            shelf,
            lane: open.lane,
        });
        let done = with(self);
        self.elements.pop();
        done
    }
}

/// The parser writes macros out as loops; each has a form of its own (`cel`'s `parser/macros.rs`).
fn recognise(over: &ComprehensionExpr) -> Option<Macro<'_>> {
    let Expr::Call(step) = &over.loop_step.expr else {
        return None;
    };
    let args = step.args.as_slice();
    match (&over.accu_init.expr, step.func_name.as_str(), args) {
        (Expr::Literal(LiteralValue::Boolean(_)), operators::LOGICAL_OR, [_, test]) => {
            Some(Macro::Exists(test))
        }
        (Expr::Literal(LiteralValue::Boolean(_)), operators::LOGICAL_AND, [_, test]) => {
            Some(Macro::All(test))
        }
        (Expr::Literal(LiteralValue::Int(_)), operators::CONDITIONAL, [test, ..]) => {
            Some(Macro::ExistsOne(test))
        }
        (Expr::List(_), operators::CONDITIONAL, [test, taken, _]) => {
            let body = appended(taken)?;
            match &body.expr {
                Expr::Ident(name) if *name == over.iter_var => Some(Macro::Filter(test)),
                _ => Some(Macro::Map(Some(test), body)),
            }
        }
        (Expr::List(_), operators::ADD, _) => Some(Macro::Map(None, appended(&over.loop_step)?)),
        _ => None,
    }
}

/// The element of `@result + [element]`.
fn appended(step: &IdedExpr) -> Option<&IdedExpr> {
    match &step.expr {
        Expr::Call(call) => match call.args.as_slice() {
            [
                _,
                IdedExpr {
                    expr: Expr::List(list),
                    ..
                },
            ] => list.elements.first(),
            _ => None,
        },
        _ => None,
    }
}
