//! Names, and what stands behind a dot.

use std::collections::BTreeMap;

use cel::common::ast::{IdedExpr, SelectExpr};
use seatrial_sim::expr::{Op, Shelf};

use super::lists::Listed;
use super::{Checker, Value};
use crate::cel::{Binding, Children, Mistake, Of, Place, Type};

/// A group of names, and the path by which it was reached.
pub(super) struct Members<'a> {
    pub path: String,
    pub of: &'a BTreeMap<String, Binding>,
}

impl Members<'_> {
    /// "`ref`, `order` and 3 more".
    pub(super) fn shown(&self) -> String {
        shown(self.of.keys().map(String::as_str))
    }
}

/// Some names of many.
pub(super) fn shown<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 8;
    let names: Vec<&str> = names.collect();
    let first = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

impl<'a> Checker<'a> {
    pub(super) fn name(&mut self, node: &'a IdedExpr, name: &'a str) -> Option<Value<'a>> {
        if let Some(element) = self
            .elements
            .iter()
            .rev()
            .find(|element| element.name == name)
        {
            let (lane, shelf) = (element.lane, element.shelf);
            self.ops.push(Op::Item(lane));
            return Some(Value::Of(Type::Tuple(shelf), None));
        }
        match self.env.names.get(name) {
            Some(binding) => Some(self.binding(name.to_owned(), binding)),
            None => {
                self.unknown_name(node, name);
                None
            }
        }
    }

    fn binding(&mut self, path: String, binding: &'a Binding) -> Value<'a> {
        match binding {
            Binding::Reg { reg, ty } => {
                self.ops.push(Op::Reg(*reg));
                Value::Of(*ty, None)
            }
            Binding::Ask { what, ty } => {
                self.ops.push(Op::Ask(*what));
                Value::Of(*ty, None)
            }
            Binding::Group(of) => Value::Group(Members { path, of }),
            Binding::List { shelf, of, one } => {
                let field = match *of {
                    Of::Case => None,
                    Of::Equal { field, reg } => {
                        self.ops.push(Op::Reg(reg));
                        Some(field)
                    }
                    Of::Tuple { field, reg, shelf } => {
                        self.ops.push(Op::Reg(reg));
                        self.ops.push(Op::Field { shelf, field: 0 });
                        Some(field)
                    }
                };
                Value::List(Listed {
                    one: *one,
                    ..Listed::new(*shelf, field)
                })
            }
        }
    }

    pub(super) fn select(
        &mut self,
        node: &'a IdedExpr,
        select: &'a SelectExpr,
    ) -> Option<Value<'a>> {
        let field = select.field.as_str();
        match self.value(&select.operand)? {
            Value::Group(members) => match members.of.get(field) {
                Some(binding) => Some(self.binding(format!("{}.{field}", members.path), binding)),
                None => {
                    let message = format!("`{}` has no `{field}`", members.path);
                    let mistake = Mistake::new(self.places.member(node), "unknown-name", message)
                        .help(format!("It has {}.", members.shown()))
                        .nearest(field, members.of.keys().map(String::as_str));
                    self.wrong(mistake);
                    None
                }
            },
            Value::Of(Type::Tuple(shelf), _) => self.member(node, shelf, field),
            Value::Of(_, Some(shelf)) => {
                self.ops.push(Op::Find { shelf, field: 0 });
                self.member(node, shelf, field)
            }
            Value::Of(ty, None) => {
                let message = format!("{} has no members", ty.says(self.env));
                let help = match ty {
                    Type::Id => "What it refers to is not at hand here; compare the id itself.",
                    _ => "",
                };
                self.wrong(
                    Mistake::new(self.places.member(node), "unknown-member", message).help(help),
                );
                None
            }
            Value::List(Listed {
                one: true,
                field: Some(by),
                shelf,
                filters,
                map: None,
            }) if filters.is_empty() => {
                self.ops.push(Op::Find { shelf, field: by });
                self.member(node, shelf, field)
            }
            Value::List(list) => {
                let message = format!(
                    "a list of `{}` has no members; its elements do",
                    self.env.shelf_name(list.shelf)
                );
                let help = format!(
                    "Ask about one: `.exists(x, x.{field} == …)`, or add up: `sum(….map(x, x.{field}))`."
                );
                self.wrong(
                    Mistake::new(self.places.member(node), "unknown-member", message).help(help),
                );
                None
            }
        }
    }

    /// A member of the tuple whose place is on the stack.
    fn member(&mut self, node: &'a IdedExpr, shelf: Shelf, name: &'a str) -> Option<Value<'a>> {
        let Some(tuples) = self.env.shelves.get(&shelf) else {
            let message = format!(
                "nothing is known of the members of `{}`",
                self.env.shelf_name(shelf)
            );
            self.wrong(Mistake::new(
                self.places.member(node),
                "unknown-member",
                message,
            ));
            return None;
        };
        let hidden = |checker: &mut Self| {
            let message = format!("only the provider knows `{name}`; ask it with a find operation");
            checker.wrong(Mistake::new(checker.places.member(node), "hidden", message));
            None
        };
        if name == "state" && !tuples.states.is_empty() {
            if tuples.state_hidden {
                return hidden(self);
            }
            self.ops.push(Op::State(shelf));
            return Some(Value::Of(Type::State(shelf), None));
        }
        if let Some(at) = tuples.columns.iter().position(|column| column.name == name) {
            let column = &tuples.columns[at];
            if column.hidden {
                return hidden(self);
            }
            let field = u8::try_from(at).unwrap_or(u8::MAX);
            self.ops.push(Op::Field { shelf, field });
            return Some(Value::Of(column.ty, column.refers));
        }
        if let Some(&Children { shelf: of, field }) = tuples.children.get(name) {
            self.ops.push(Op::Field { shelf, field: 0 });
            return Some(Value::List(Listed::new(of, Some(field))));
        }
        let states = (!tuples.states.is_empty() && !tuples.state_hidden).then_some("state");
        let columns = tuples
            .columns
            .iter()
            .filter(|column| !column.hidden)
            .map(|column| column.name.as_str());
        let known = || {
            columns
                .clone()
                .chain(states)
                .chain(tuples.children.keys().map(String::as_str))
        };
        let message = match name {
            "state" => format!("`{}` has no states", tuples.name),
            _ => format!("`{}` has no `{name}`", tuples.name),
        };
        let mistake = Mistake::new(self.places.member(node), "unknown-member", message)
            .help(format!("It has {}.", shown(known())))
            .nearest(name, known());
        self.wrong(mistake);
        None
    }

    fn unknown_name(&mut self, node: &IdedExpr, name: &str) {
        let at = self.places.own(node.id);
        if let Some(mistake) = self.elsewhere(at.clone(), name) {
            return self.wrong(mistake);
        }
        let wrong = Mistake::new(
            at,
            "unknown-name",
            format!("nothing is called `{name}` here"),
        );
        if self.is_function(name) {
            return self.wrong(wrong.help(format!("It is a function: `{name}(…)`.")));
        }
        let is_state = |states: &[String]| states.iter().any(|state| state == name);
        if self
            .env
            .shelves
            .values()
            .any(|tuples| is_state(&tuples.states))
        {
            return self.wrong(wrong.help(format!("A state stands in quotation marks: '{name}'.")));
        }
        let elements = self.elements.iter().map(|element| element.name);
        let known = elements.chain(self.env.names.keys().map(String::as_str));
        let mut wrong = wrong.nearest(name, known.clone());
        if wrong.suggestion.is_none() {
            wrong = wrong.help(format!("Known here: {}.", shown(known)));
        }
        self.wrong(wrong);
    }

    /// The mistake of a name that is known in another place.
    pub(super) fn elsewhere(&self, at: std::ops::Range<usize>, name: &str) -> Option<Mistake> {
        let place = self
            .env
            .elsewhere
            .get(name)
            .filter(|place| **place != self.env.place)?;
        let is = match place {
            Place::Oracle => "is what the oracle knows",
            Place::Alert => "is telemetry",
            Place::Step => "is what a step has at hand",
        };
        let sees = match self.env.place {
            Place::Step => "a step sees its input, earlier results and local rows",
            Place::Alert => "an alert sees the metrics that were bought",
            Place::Oracle => "an invariant sees the records of its instance, totals and balances",
        };
        Some(Mistake::new(
            at,
            "elsewhere",
            format!("`{name}` {is}; {sees}"),
        ))
    }
}
