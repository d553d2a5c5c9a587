//! `+`: a sum, or a key composed of at most one id, one count and fixed text.

use cel::common::ast::{CallExpr, Expr, IdedExpr, operators};
use seatrial_sim::Shape;
use seatrial_sim::expr::Op;

use super::Checker;
use super::compare::literal_text;
use crate::cel::{Mistake, Type};

const MADE_OF: &str = "A key is made of at most one id, one count and fixed text.";

/// What a chain of `+` has come to so far.
enum Chain<'a> {
    /// A value on the stack, made by this node.
    Value(&'a IdedExpr, Type),
    Key(Key),
}

#[derive(Default)]
struct Key {
    shape: Shape,
    /// Whether the number, and then the count, is on the stack.
    number: Option<Type>,
}

impl<'a> Checker<'a> {
    pub(super) fn sum_or_key(&mut self, node: &'a IdedExpr) -> Option<Type> {
        // The chain from its first part on, each with the `+` before it.
        let mut parts = vec![];
        let mut at = node;
        while let Some((left, right)) = addition(at) {
            parts.push((at, right));
            at = left;
        }
        parts.reverse();
        let mut chain = match literal_text(at) {
            Some(text) => Some(Chain::Key(Key::default().with(text))),
            None => self.expr(at).map(|ty| Chain::Value(at, ty)),
        };
        for (plus, part) in parts {
            // After a mistake the others are still looked at, alone.
            chain = match chain {
                Some(chain) => self.add(chain, plus, part),
                None if literal_text(part).is_some() => None,
                None => {
                    self.expr(part);
                    None
                }
            };
        }
        match chain? {
            Chain::Value(_, ty) => Some(ty),
            Chain::Key(key) => self.compose(node, key),
        }
    }

    fn add(
        &mut self,
        chain: Chain<'a>,
        plus: &'a IdedExpr,
        part: &'a IdedExpr,
    ) -> Option<Chain<'a>> {
        if let Some(text) = literal_text(part) {
            let key = match chain {
                Chain::Key(key) => key,
                Chain::Value(node, ty) => self.part(Key::default(), node, ty)?,
            };
            return Some(Chain::Key(key.with(text)));
        }
        let (inner, plain) = match string_of(part) {
            Some(inner) => (inner, false),
            None => (part, true),
        };
        let ty = self.expr(inner)?;
        match chain {
            Chain::Key(key) => self.part(key, part, ty).map(Chain::Key),
            Chain::Value(node, left) if plain && !is_id(left) && !is_id(ty) => {
                let sum = self.apply(plus, operators::ADD, (node, left), (part, ty))?;
                Some(Chain::Value(plus, sum))
            }
            Chain::Value(node, left) => {
                let key = self.part(Key::default(), node, left)?;
                self.part(key, part, ty).map(Chain::Key)
            }
        }
    }

    /// Takes a value, which is on the stack, into the key.
    fn part(&mut self, mut key: Key, node: &IdedExpr, ty: Type) -> Option<Key> {
        let at = self.places.whole(node);
        let has_text = !key.shape.before.is_empty();
        let between = !key.shape.between.is_empty();
        let (message, help) = match (ty, key.number) {
            (Type::Id | Type::Date | Type::Int, None) => {
                key.number = Some(ty);
                return Some(key);
            }
            (Type::Int, Some(_)) if key.shape.counted => {
                ("there is a second count in this key", MADE_OF)
            }
            (Type::Int, Some(Type::Int)) => ("there is a second count in this key", MADE_OF),
            (Type::Int, Some(_)) if between => {
                key.shape.counted = true;
                return Some(key);
            }
            (Type::Int, Some(_)) => (
                "the id and the count would run into each other",
                "Put a text between them: `order.id + '/' + string(saga.attempt)`.",
            ),
            (Type::Id | Type::Date, Some(Type::Int)) => (
                "the count stands before the id",
                "The id comes first: `order.id + '/' + string(saga.attempt)`.",
            ),
            (Type::Id | Type::Date, Some(_)) => ("there is a second id in this key", MADE_OF),
            (Type::Key, _) => (
                "this key is composed already, and nothing can be added to it",
                "Begin with an id, and write the parts one after the other without brackets; a field that carries a whole key already is used alone.",
            ),
            (Type::Text, _) => (
                "only a text that is written out can be part of a key",
                MADE_OF,
            ),
            (ty, _) => {
                let message = format!(
                    "{} cannot be part of {}",
                    ty.says(self.env),
                    if has_text { "a key" } else { "a text" }
                );
                self.wrong(Mistake::new(at, "key", message).help(MADE_OF));
                return None;
            }
        };
        self.wrong(Mistake::new(at, "key", message).help(help));
        None
    }

    /// The number, and the count if there is one, are on the stack.
    fn compose(&mut self, node: &IdedExpr, key: Key) -> Option<Type> {
        if key.number.is_none() {
            let message = "a key of fixed text only is the same for everybody";
            let help =
                "Add what makes it differ: `'refund-' + charge.id`. A single text needs no `+`.";
            self.wrong(Mistake::new(self.places.whole(node), "key", message).help(help));
            return None;
        }
        if !key.shape.counted {
            self.ops.push(Op::Const(0));
        }
        match self.pools.shape(key.shape) {
            Some(shape) => {
                self.ops.push(Op::Compose(shape));
                Some(Type::Key)
            }
            None => {
                let message = format!(
                    "the scenario has more than {} shapes of keys",
                    seatrial_sim::Id::SHAPES_MAX
                );
                self.wrong(Mistake::new(self.places.whole(node), "too-much", message));
                None
            }
        }
    }
}

impl Key {
    fn with(mut self, text: &str) -> Key {
        let shape = &mut self.shape;
        match (self.number, shape.counted) {
            (None, _) => shape.before += text,
            (Some(_), false) => shape.between += text,
            (Some(_), true) => shape.after += text,
        }
        self
    }
}

fn is_id(ty: Type) -> bool {
    matches!(ty, Type::Id | Type::Key)
}

fn addition(node: &IdedExpr) -> Option<(&IdedExpr, &IdedExpr)> {
    match &node.expr {
        Expr::Call(CallExpr {
            func_name,
            args,
            target: None,
        }) if func_name == operators::ADD => match args.as_slice() {
            [left, right] => Some((left, right)),
            _ => None,
        },
        _ => None,
    }
}

/// The argument of `string(…)`.
fn string_of(node: &IdedExpr) -> Option<&IdedExpr> {
    match &node.expr {
        Expr::Call(CallExpr {
            func_name,
            args,
            target: None,
        }) if func_name == "string" => match args.as_slice() {
            [inner] => Some(inner),
            _ => None,
        },
        _ => None,
    }
}
