//! Functions: the language's own, and those that the environment adds.

use cel::common::ast::{Expr, IdedExpr, LiteralValue};
use seatrial_sim::expr::{Asked, Calc, Op};

use super::compare::literal_text;
use super::members::shown;
use super::{Checker, Value, units};
use crate::cel::{Binding, Mistake, Type};

const OWN: [&str; 6] = ["size", "sum", "duration", "date", "string", "double"];
const METHODS: [&str; 7] = [
    "size",
    "sum",
    "exists",
    "exists_one",
    "all",
    "filter",
    "map",
];

impl<'a> Checker<'a> {
    pub(super) fn is_function(&self, name: &str) -> bool {
        OWN.contains(&name)
            || self.env.functions.contains_key(name)
            || name == self.env.currency.code.to_lowercase()
    }

    pub(super) fn function(
        &mut self,
        node: &'a IdedExpr,
        target: Option<&'a IdedExpr>,
        name: &'a str,
        args: &'a [IdedExpr],
    ) -> Option<Value<'a>> {
        let ty = match (target, name, args) {
            (Some(target), "size", []) | (None, "size", [target]) => {
                let list = self.list(target)?;
                if list.map.is_some() {
                    let message = "a map changes no size";
                    self.wrong(
                        Mistake::new(self.places.whole(node), "list", message)
                            .help("Leave `.map(…)` out."),
                    );
                    return None;
                }
                self.count(node, list)
            }
            (Some(target), "sum", []) | (None, "sum", [target]) => {
                let list = self.list(target)?;
                self.sum(node, list)
            }
            (Some(target), ..) => self.no_method(node, target, name),
            (None, "duration", [text]) => self.duration(text),
            (None, "date", [time]) => self.date(time),
            (None, "double", [count]) => self.double(node, count),
            (None, "string", [inner]) => {
                let inner = self.expr(inner);
                if inner.is_some() {
                    let message = "`string(…)` is used only inside a key, after a text";
                    let help = "As in `order.id + '/' + string(saga.attempt)`.";
                    self.wrong(Mistake::new(self.places.whole(node), "key", message).help(help));
                }
                None
            }
            (None, "size" | "sum" | "duration" | "date" | "string" | "double", _) => {
                self.arguments(node, name, "one argument", args.len())
            }
            (None, name, args) if name == self.env.currency.code.to_lowercase() => match args {
                [amount] => self.money(amount),
                _ => self.arguments(node, name, "one amount", args.len()),
            },
            (None, name, args) => match self.env.functions.get(name) {
                Some(function) => self.added(node, name, function, args),
                None => self.no_function(node, name, args),
            },
        };
        ty.map(|ty| Value::Of(ty, None))
    }

    pub(super) fn arguments(
        &mut self,
        node: &IdedExpr,
        name: &str,
        takes: &str,
        given: usize,
    ) -> Option<Type> {
        let stand = if given == 1 { "stands" } else { "stand" };
        let message = format!("`{name}` takes {takes}, and {given} {stand} here");
        self.wrong(Mistake::new(self.places.whole(node), "arguments", message));
        None
    }

    pub(super) fn number_written(&self, node: &IdedExpr) -> Option<String> {
        match &node.expr {
            Expr::Literal(LiteralValue::Int(_) | LiteralValue::Double(_)) => {
                Some(self.places.written(node))
            }
            _ => None,
        }
    }

    fn money(&mut self, amount: &'a IdedExpr) -> Option<Type> {
        let at = self.places.whole(amount);
        let lower = self.env.currency.code.to_lowercase();
        let Some(written) = self.number_written(amount) else {
            let ty = self.expr(amount)?;
            let message = format!(
                "`{lower}(…)` takes an amount that is written out, not {}",
                ty.says(self.env)
            );
            let help = match ty {
                Type::Money => "It is money already.".to_owned(),
                _ => format!("Multiply instead: `… * {lower}(1)`."),
            };
            self.wrong(Mistake::new(at, "amount", message).help(help));
            return None;
        };
        match units::money(&written, &self.env.currency, at) {
            Ok(minor) => {
                self.ops.push(Op::Const(minor));
                Some(Type::Money)
            }
            Err(mistake) => {
                self.wrong(mistake);
                None
            }
        }
    }

    fn duration(&mut self, text: &'a IdedExpr) -> Option<Type> {
        let at = self.places.whole(text);
        let Some(written) = literal_text(text) else {
            let help = match self.number_written(text) {
                Some(number) => format!("With its unit: `duration('{number}s')`."),
                None => "As in `duration('5m')`.".to_owned(),
            };
            let message = "`duration(…)` takes a text that is written out";
            self.wrong(Mistake::new(at, "duration", message).help(help));
            return None;
        };
        match units::duration(written, at) {
            Ok(ns) => {
                self.ops.push(Op::Const(ns));
                Some(Type::Duration)
            }
            Err(mistake) => {
                self.wrong(mistake);
                None
            }
        }
    }

    /// Only of now: the scenario's calendar belongs to the engine.
    fn date(&mut self, time: &'a IdedExpr) -> Option<Type> {
        let asks_now = matches!(&time.expr, Expr::Ident(name)
            if matches!(self.env.names.get(name), Some(Binding::Ask { what: Asked::Now, .. })));
        if asks_now {
            self.ops.push(Op::Ask(Asked::Today));
            return Some(Type::Date);
        }
        let ty = self.expr(time)?;
        let message = format!(
            "`date(…)` is offered for `now` only, and this is {}",
            ty.says(self.env)
        );
        self.wrong(
            Mistake::new(self.places.whole(time), "not-offered", message)
                .help("Write `date(now)` or `today`."),
        );
        None
    }

    fn double(&mut self, node: &IdedExpr, count: &'a IdedExpr) -> Option<Type> {
        let ty = self.expr(count)?;
        if ty == Type::Int {
            self.ops.push(Op::Calc(Calc::ToF));
            return Some(Type::Ratio);
        }
        let message = format!(
            "`double(…)` takes a whole number (int), and this is {}",
            ty.says(self.env)
        );
        self.wrong(Mistake::new(self.places.whole(node), "type", message));
        None
    }

    fn no_method(&mut self, node: &IdedExpr, target: &'a IdedExpr, name: &str) -> Option<Type> {
        self.value(target)?;
        let at = self.places.member(node);
        let mistake = match name {
            "exists" | "exists_one" | "all" | "filter" | "map" => Mistake::new(
                at,
                "arguments",
                format!("`.{name}` takes a name for the element and what to do with it"),
            )
            .help(format!("As in `.{name}(c, c.amount …)`.")),
            "size" | "sum" => Mistake::new(at, "arguments", format!("`.{name}()` takes nothing")),
            _ => Mistake::new(at, "unknown-function", format!("there is no `.{name}(…)`"))
                .help(format!("There are {}.", shown(METHODS.into_iter())))
                .nearest(name, METHODS),
        };
        self.wrong(mistake);
        None
    }

    fn no_function(
        &mut self,
        node: &'a IdedExpr,
        name: &str,
        args: &'a [IdedExpr],
    ) -> Option<Type> {
        let at = self.places.member(node);
        if let Some(mistake) = self.elsewhere(at.clone(), name) {
            self.wrong(mistake);
            return None;
        }
        let money = self.env.currency.code.to_lowercase();
        let wrong = Mistake::new(
            at,
            "unknown-function",
            format!("there is no function `{name}`"),
        );
        let amount = args.len() == 1 && self.number_written(&args[0]).is_some();
        let own = OWN
            .into_iter()
            .chain([money.as_str()])
            .chain(self.env.functions.keys().map(String::as_str));
        let mistake = if METHODS.contains(&name) {
            wrong.help(format!("It stands behind a list: `charges.{name}(c, …)`."))
        } else if amount && name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_lowercase()) {
            wrong.help(format!(
                "The scenario counts in {}: `{money}(…)`.",
                self.env.currency.code
            ))
        } else if self.env.names.contains_key(name) {
            wrong.help(format!("`{name}` is a name, not a function."))
        } else {
            wrong
                .help(format!("There are {}.", shown(own.clone())))
                .nearest(name, own)
        };
        self.wrong(mistake);
        None
    }
}
