//! `+ - * / %`: which types go with which, and what to write instead when they do not.

use cel::common::ast::{Expr, IdedExpr, LiteralValue, operators};
use seatrial_sim::expr::{Calc, Op};

use super::Checker;
use crate::cel::{Mistake, Type};

impl<'a> Checker<'a> {
    pub(super) fn arithmetic(
        &mut self,
        node: &'a IdedExpr,
        name: &str,
        left: &'a IdedExpr,
        right: &'a IdedExpr,
    ) -> Option<Type> {
        let l = self.expr(left);
        let r = self.expr(right);
        let (l, r) = (l?, r?);
        self.apply(node, name, (left, l), (right, r))
    }

    /// Both values are on the stack.
    pub(super) fn apply(
        &mut self,
        node: &IdedExpr,
        name: &str,
        (left, l): (&IdedExpr, Type),
        (right, r): (&IdedExpr, Type),
    ) -> Option<Type> {
        if let Some((ty, calc)) = rule(name, l, r) {
            self.ops.push(Op::Calc(calc));
            return Some(ty);
        }
        let sign = name.trim_matches('_');
        let message = format!(
            "`{sign}` does not go with {} and {}",
            l.says(self.env),
            r.says(self.env)
        );
        let help = match (sign, l, r) {
            ("+", Type::Time, Type::Time) => {
                "Two times have a difference, not a sum: `-` gives a duration.".to_owned()
            }
            ("*", Type::Money, Type::Money) => {
                "Money is multiplied by a number: `… * 2` or `… * 0.02`.".to_owned()
            }
            ("/", Type::Money | Type::Duration, Type::Money | Type::Duration | Type::Ratio) => {
                "It is divided by a whole number; multiply by a ratio instead: `… * 0.5`."
                    .to_owned()
            }
            ("*" | "/", Type::Int, Type::Ratio) => self.convert(r, l, left).unwrap_or_default(),
            _ => self
                .convert(l, r, right)
                .or_else(|| self.convert(r, l, left))
                .unwrap_or_default(),
        };
        self.wrong(Mistake::new(self.places.whole(node), "type", message).help(help));
        None
    }

    /// What to write so that `node`, which is a `have`, becomes a `want`.
    pub(super) fn convert(&self, want: Type, have: Type, node: &IdedExpr) -> Option<String> {
        let literal = matches!(
            &node.expr,
            Expr::Literal(LiteralValue::Int(_) | LiteralValue::Double(_))
        );
        let written = if literal {
            self.places.written(node)
        } else {
            String::new()
        };
        let money = self.env.currency.code.to_lowercase();
        match (want, have) {
            (Type::Money, Type::Int | Type::Ratio) if literal => {
                Some(format!("Write `{money}({written})`."))
            }
            (Type::Money, Type::Int) => Some(format!(
                "Money does not come from a count by itself: `… * {money}(1)`."
            )),
            (Type::Duration, Type::Int) if literal => Some(format!(
                "Write a duration with its unit: `duration('{written}s')`."
            )),
            (Type::Duration, Type::Int | Type::Text) => {
                Some("A duration is written as `duration('5m')`.".into())
            }
            (Type::Duration, Type::Time) => {
                Some("The difference of two times is a duration: `now - …`.".into())
            }
            (Type::Time, Type::Duration) => {
                Some("A time plus or minus a duration is a time: `now - …`.".into())
            }
            (Type::Ratio, Type::Int) if literal => Some(format!("Write `{written}.0`.")),
            (Type::Ratio, Type::Int) => Some("Write `double(…)` around the whole number.".into()),
            (Type::Id | Type::Key, Type::Text) => Some(
                "A key needs something that differs from case to case: `'refund-' + charge.id`."
                    .into(),
            ),
            (Type::Id | Type::Key, Type::Int) => {
                Some("Put a text before it: `'try-' + string(…)`.".into())
            }
            (Type::Id | Type::Key, Type::Tuple(_)) => Some("Name its id: `….id`.".into()),
            (Type::Date, Type::Time) => Some("Write `date(now)`.".into()),
            (Type::Bool, Type::State(_)) => Some("Compare it: `… == '…'`.".into()),
            (Type::Bool, Type::Int | Type::Money | Type::Duration | Type::Ratio) => {
                Some("Compare it: `… > …`.".into())
            }
            _ => None,
        }
    }
}

/// The whole table of what is allowed.
fn rule(name: &str, l: Type, r: Type) -> Option<(Type, Calc)> {
    use Type::{Duration, Int, Money, Ratio, Time};
    let additive = |int: Calc, float: Calc| match (l, r) {
        (Int | Money | Duration, _) if l == r => Some((l, int)),
        (Ratio, Ratio) => Some((Ratio, float)),
        (Time, Duration) => Some((Time, int)),
        _ => None,
    };
    match name {
        operators::ADD => match (l, r) {
            (Duration, Time) => Some((Time, Calc::Add)),
            _ => additive(Calc::Add, Calc::AddF),
        },
        operators::SUBSTRACT => match (l, r) {
            (Time, Time) => Some((Duration, Calc::Sub)),
            _ => additive(Calc::Sub, Calc::SubF),
        },
        operators::MULTIPLY => match (l, r) {
            (Int, Int) => Some((Int, Calc::Mul)),
            (Ratio, Ratio) => Some((Ratio, Calc::MulF)),
            (Money | Duration, Int) => Some((l, Calc::Mul)),
            (Int, Money | Duration) => Some((r, Calc::Mul)),
            (Money | Duration, Ratio) => Some((l, Calc::Scale)),
            (Ratio, Money | Duration) => Some((r, Calc::ScaleRight)),
            _ => None,
        },
        operators::DIVIDE => match (l, r) {
            (Int | Money | Duration, Int) => Some((l, Calc::Div)),
            (Ratio, Ratio) => Some((Ratio, Calc::DivF)),
            _ => None,
        },
        operators::MODULO if (l, r) == (Int, Int) => Some((Int, Calc::Rem)),
        _ => None,
    }
}
