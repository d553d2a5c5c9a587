//! `== != < <= > >=`.

use cel::common::ast::{Expr, IdedExpr, LiteralValue, operators};
use seatrial_sim::expr::{Calc, Op, Shelf};

use super::Checker;
use crate::cel::{Mistake, Type};

/// A text that is written out.
pub(super) fn literal_text(node: &IdedExpr) -> Option<&str> {
    match &node.expr {
        Expr::Literal(LiteralValue::String(text)) => Some(text.inner()),
        _ => None,
    }
}

impl<'a> Checker<'a> {
    pub(super) fn equality(
        &mut self,
        node: &'a IdedExpr,
        name: &str,
        left: &'a IdedExpr,
        right: &'a IdedExpr,
    ) -> Option<Type> {
        // What a text means is decided by what it is compared with.
        let (left, right) = if literal_text(left).is_some() {
            (right, left)
        } else {
            (left, right)
        };
        let l = self.expr(left);
        let (l, r) = match (l, literal_text(right)) {
            (Some(Type::State(shelf)), Some(state)) => {
                self.state(right, shelf, state)?;
                (Type::State(shelf), Type::State(shelf))
            }
            _ => {
                let r = self.expr(right);
                (l?, r?)
            }
        };
        let same = match (l, r) {
            (Type::Id | Type::Key, Type::Id | Type::Key) => true,
            (Type::State(l), Type::State(r)) => self.states(l) == self.states(r),
            _ => l == r,
        };
        if !same {
            return self.incomparable(node, name, (left, l), (right, r));
        }
        self.ops.push(Op::Calc(match (name, l) {
            (operators::EQUALS, Type::Ratio) => Calc::EqF,
            (operators::EQUALS, _) => Calc::Eq,
            (_, Type::Ratio) => Calc::NeF,
            _ => Calc::Ne,
        }));
        Some(Type::Bool)
    }

    pub(super) fn order(
        &mut self,
        node: &'a IdedExpr,
        name: &str,
        left: &'a IdedExpr,
        right: &'a IdedExpr,
    ) -> Option<Type> {
        // `a > b` is `b < a`: values are pure, so the right one may come first.
        let turned = matches!(name, operators::GREATER | operators::GREATER_EQUALS);
        let (first, second) = if turned { (right, left) } else { (left, right) };
        let f = self.expr(first);
        let s = self.expr(second);
        let (f, s) = (f?, s?);
        let (l, r) = if turned { (s, f) } else { (f, s) };
        let ordered = matches!(
            l,
            Type::Int | Type::Ratio | Type::Money | Type::Duration | Type::Time | Type::Date
        );
        if l != r || !ordered {
            return self.incomparable(node, name, (left, l), (right, r));
        }
        let strict = matches!(name, operators::LESS | operators::GREATER);
        self.ops.push(Op::Calc(match (strict, l) {
            (true, Type::Ratio) => Calc::LessF,
            (true, _) => Calc::Less,
            (false, Type::Ratio) => Calc::LessEqF,
            (false, _) => Calc::LessEq,
        }));
        Some(Type::Bool)
    }

    fn incomparable(
        &mut self,
        node: &IdedExpr,
        name: &str,
        (left, l): (&IdedExpr, Type),
        (right, r): (&IdedExpr, Type),
    ) -> Option<Type> {
        let sign = name.trim_matches('_');
        let message = if l == r {
            format!(
                "`{sign}` does not go with {}: it has no order",
                l.says(self.env)
            )
        } else {
            format!(
                "`{sign}` compares two of one type, not {} with {}",
                l.says(self.env),
                r.says(self.env)
            )
        };
        let help = match (l, r) {
            _ if l == r => "Only `==` and `!=` do.".to_owned(),
            (Type::Id | Type::Key, Type::Tuple(_)) | (Type::Tuple(_), Type::Id | Type::Key) => {
                "Name its id: `….id`.".into()
            }
            (Type::Id | Type::Key, Type::Text) => {
                "An id is compared with an id; its text does not exist yet.".into()
            }
            _ => self
                .convert(l, r, right)
                .or_else(|| self.convert(r, l, left))
                .unwrap_or_default(),
        };
        self.wrong(Mistake::new(self.places.whole(node), "type", message).help(help));
        None
    }

    fn states(&self, shelf: Shelf) -> &'a [String] {
        self.env
            .shelves
            .get(&shelf)
            .map_or(&[], |tuples| &tuples.states)
    }

    /// Writes the number of a state.
    fn state(&mut self, node: &IdedExpr, shelf: Shelf, name: &str) -> Option<()> {
        let states = self.states(shelf);
        if let Some(at) = states.iter().position(|state| state == name) {
            self.ops.push(Op::Const(at as i64));
            return Some(());
        }
        let known = states
            .iter()
            .map(|state| format!("`{state}`"))
            .collect::<Vec<_>>()
            .join(", ");
        let message = format!("`{}` has no state `{name}`", self.env.shelf_name(shelf));
        let mistake = Mistake::new(self.places.whole(node), "unknown-state", message)
            .help(format!("Its states are {known}."))
            .nearest(name, states.iter().map(String::as_str));
        self.wrong(mistake);
        None
    }
}
