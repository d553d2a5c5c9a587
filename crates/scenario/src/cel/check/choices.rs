//! `&&`, `||`, `?:`, `in`.

use cel::common::ast::{Expr, IdedExpr, operators};
use seatrial_sim::expr::{Calc, Op};

use super::Checker;
use crate::cel::{Mistake, Type};

impl<'a> Checker<'a> {
    /// Something that must be a yes or no.
    pub(super) fn condition(&mut self, node: &'a IdedExpr, of: &str) -> Option<Type> {
        let ty = self.expr(node)?;
        if ty == Type::Bool {
            return Some(ty);
        }
        let message = format!(
            "{of} takes a yes or no (bool), and this is {}",
            ty.says(self.env)
        );
        let help = match ty {
            Type::Int | Type::Money | Type::Duration => "Compare it with something: `… > …`.",
            Type::State(_) => "Compare it with a state: `… == '…'`.",
            _ => "",
        };
        self.wrong(Mistake::new(self.places.whole(node), "type", message).help(help));
        None
    }

    pub(super) fn logic(
        &mut self,
        name: &str,
        left: &'a IdedExpr,
        right: &'a IdedExpr,
    ) -> Option<Type> {
        let (shown, jump) = match name {
            operators::LOGICAL_AND => ("`&&`", Op::AndThen(0)),
            _ => ("`||`", Op::OrElse(0)),
        };
        let l = self.condition(left, shown);
        let jump = self.jump(jump);
        let r = self.condition(right, shown);
        self.land(jump);
        l.and(r)
    }

    pub(super) fn choice(
        &mut self,
        node: &'a IdedExpr,
        condition: &'a IdedExpr,
        yes: &'a IdedExpr,
        no: &'a IdedExpr,
    ) -> Option<Type> {
        let asked = self.condition(condition, "`?`");
        let unless = self.jump(Op::JumpUnless(0));
        let l = self.expr(yes);
        let over = self.jump(Op::Jump(0));
        self.land(unless);
        let r = self.expr(no);
        self.land(over);
        asked?;
        match (l?, r?) {
            (l, r) if l == r => Some(l),
            (Type::Id | Type::Key, Type::Id | Type::Key) => Some(Type::Key),
            (l, r) => {
                let message = format!(
                    "both sides of `:` must be of one type: {} and {}",
                    l.says(self.env),
                    r.says(self.env)
                );
                let help = self
                    .convert(l, r, no)
                    .or_else(|| self.convert(r, l, yes))
                    .unwrap_or_default();
                self.wrong(Mistake::new(self.places.whole(node), "type", message).help(help));
                None
            }
        }
    }

    /// `x in ['a', 'b']`: equal to one of them.
    pub(super) fn one_of(
        &mut self,
        node: &'a IdedExpr,
        what: &'a IdedExpr,
        list: &'a IdedExpr,
    ) -> Option<Type> {
        let Expr::List(list) = &list.expr else {
            let message = "after `in` stands a list that is written out";
            let help = "As in `charge.state in ['captured', 'refunded']`.";
            self.wrong(Mistake::new(self.places.whole(list), "not-offered", message).help(help));
            return None;
        };
        if list.elements.is_empty() {
            self.wrong(Mistake::new(
                self.places.whole(node),
                "not-offered",
                "nothing is in an empty list",
            ));
            return None;
        }
        let mut jumps = Vec::new();
        let mut all = Some(Type::Bool);
        let last = list.elements.len() - 1;
        for (at, element) in list.elements.iter().enumerate() {
            let before = self.mistakes.len();
            let equal = self.equality(node, operators::EQUALS, what, element);
            all = all.and(equal);
            // A mistake in what stands before `in` is one mistake, not one for each element.
            let sign = self.places.own(node.id).start;
            if self.is_full()
                || self.mistakes[before..]
                    .iter()
                    .any(|mistake| mistake.end <= sign)
            {
                break;
            }
            if at < last {
                jumps.push(self.jump(Op::OrElse(0)));
            }
        }
        for jump in jumps {
            self.land(jump);
        }
        // Without a mistake, every element was looked at.
        all.filter(|_| !self.is_full())
    }

    pub(super) fn negation(&mut self, node: &'a IdedExpr, inner: &'a IdedExpr) -> Option<Type> {
        let ty = self.expr(inner)?;
        let calc = match ty {
            Type::Int | Type::Money | Type::Duration => Calc::Neg,
            Type::Ratio => Calc::NegF,
            _ => {
                let message = format!(
                    "`-` takes a number, money or a duration, and this is {}",
                    ty.says(self.env)
                );
                let help = if ty == Type::Bool {
                    "Write `!` for *not*."
                } else {
                    ""
                };
                self.wrong(Mistake::new(self.places.whole(node), "type", message).help(help));
                return None;
            }
        };
        self.ops.push(Op::Calc(calc));
        Some(ty)
    }
}
