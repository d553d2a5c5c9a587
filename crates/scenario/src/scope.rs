//! Names in a step's scope, and what fills a field from them.

use seatrial_sim::system::{FieldKind, Fill, REGS, RecordId, Reg};
use seatrial_source::{Entry, Node, Span, Value};

use crate::cx::Cx;
use crate::expr::Wish;
use crate::unit;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ty {
    /// The place of a record of the world.
    Record(RecordId),
    /// An id, perhaps that of a known record.
    Id(Option<RecordId>),
    Plain(FieldKind),
    /// Its type could not be read, which was reported: fits everything, so that nothing follows from it.
    Unread,
}

impl Ty {
    pub fn field(self) -> FieldKind {
        match self {
            Ty::Record(_) | Ty::Id(_) | Ty::Unread => FieldKind::Id,
            Ty::Plain(kind) => kind,
        }
    }
}

/// A field of a record, a table or a topic.
#[derive(Debug, Clone)]
pub(crate) struct FieldInfo {
    pub name: String,
    pub ty: Ty,
    /// Set by a provider alone: steps neither fill nor read it.
    pub hidden: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Var {
    /// `order`, or `event.amount`.
    pub name: String,
    pub reg: Reg,
    pub ty: Ty,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    pub vars: Vec<Var>,
    /// Whether a saga is around.
    pub in_saga: bool,
    /// Whether a saga came before.
    pub after_saga: bool,
    /// A name is missing because of a mistake that was reported: what cannot be found may be it.
    pub unsure: bool,
}

impl Scope {
    pub fn get(&self, name: &str) -> Option<&Var> {
        self.vars.iter().rfind(|var| var.name == name)
    }

    /// The youngest record of a kind.
    pub fn record(&self, record: RecordId) -> Option<&Var> {
        self.vars.iter().rfind(|var| var.ty == Ty::Record(record))
    }

    fn next(&self) -> usize {
        self.vars
            .iter()
            .map(|var| usize::from(var.reg) + 1)
            .max()
            .unwrap_or(0)
    }

    /// Gives a name a register of its own; none when all are taken.
    pub fn add(&mut self, name: &str, ty: Ty, taken: usize) -> Option<Reg> {
        let reg = self.next().max(taken);
        if reg >= REGS {
            return None;
        }
        self.vars.push(Var {
            name: name.to_owned(),
            reg: reg as Reg,
            ty,
        });
        Some(reg as Reg)
    }
}

/// Where the value of a field may be given: `with`, `set` or `body`.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a> {
    pub entries: &'a [Entry],
    /// Where to point when something is missing.
    pub span: Span,
    /// `with`, `set` or `body`.
    pub key: &'static str,
}

impl<'a> Given<'a> {
    fn get(&self, name: &str) -> Option<&'a Node> {
        self.entries
            .iter()
            .find(|e| e.key == name)
            .map(|e| &e.value)
    }
}

impl<'a> Cx<'a> {
    /// What fills a field: what is given for it, else what is in scope. A mistake when nothing is.
    pub fn fill(&mut self, scope: &Scope, field: &FieldInfo, given: Given<'a>) -> Fill {
        if let Some(node) = given.get(&field.name) {
            return self.fill_from(scope, field.ty, node, &field.name);
        }
        if field.hidden {
            return Fill::Constant(0);
        }
        if let Some(fill) = self.fill_by_name(scope, field) {
            return fill;
        }
        if scope.unsure || field.ty == Ty::Unread || self.unread.get() {
            return Fill::Constant(0);
        }
        let names = scope.vars.iter().map(|var| var.name.as_str());
        let near = seatrial_source::nearest(&field.name, names.clone());
        let message = format!(
            "`{}` cannot be filled: nothing in scope is called so",
            field.name
        );
        let scope = match names.clone().count() {
            0 => "nothing is in scope".to_owned(),
            _ => format!("in scope: {}", names.collect::<Vec<_>>().join(", ")),
        };
        let help = format!(
            "say what it is: `{}: {{{}: …}}`; {scope}",
            given.key, field.name
        );
        self.at.report.add(
            self.at
                .error(given.span, "unfillable", message)
                .help(help)
                .suggest(near),
        );
        Fill::Constant(0)
    }

    /// Reports the names that are given and are no fields.
    pub fn given_fields(&self, what: &str, fields: &[FieldInfo], given: Given<'a>) {
        for entry in given.entries {
            match fields.iter().find(|field| field.name == entry.key) {
                Some(field) if field.hidden => {
                    let message =
                        format!("`{}` is set by a provider; steps cannot set it", entry.key);
                    self.error(entry.key_span, "unknown-field", message, "");
                }
                Some(_) => {}
                None => {
                    let names = fields.iter().filter(|f| !f.hidden).map(|f| f.name.as_str());
                    self.unknown(
                        entry.key_span,
                        &format!("field of {what} called"),
                        &entry.key,
                        names,
                    );
                }
            }
        }
    }

    fn fill_by_name(&self, scope: &Scope, field: &FieldInfo) -> Option<Fill> {
        if let Ty::Record(record) = field.ty {
            let named = scope.get(&field.name).filter(|var| var.ty == field.ty);
            return named
                .or_else(|| scope.record(record))
                .map(|var| Fill::Reg(var.reg));
        }
        if let Some(var) = scope.get(&field.name)
            && self.fits(field.ty, var.ty)
        {
            return Some(Fill::Reg(var.reg)).map(|fill| self.id_of(var, fill));
        }
        if let Ty::Id(Some(record)) = field.ty
            && let Some(var) = scope.record(record)
        {
            return Some(Fill::Field {
                reg: var.reg,
                record,
                field: 0,
            });
        }
        let mut found: Vec<Fill> = Vec::new();
        let mut groups: Vec<&str> = Vec::new();
        for var in scope.vars.iter().rev() {
            if let Some((group, last)) = var.name.split_once('.')
                && last == field.name
                && self.fits(field.ty, var.ty)
                && !groups.contains(&group)
            {
                groups.push(group);
                found.push(Fill::Reg(var.reg));
            }
            if let Ty::Record(record) = var.ty
                && !groups.contains(&var.name.as_str())
                && let Some((place, from)) = self.known.record_field(record, &field.name)
                && !from.hidden
                && self.fits(field.ty, from.ty)
            {
                groups.push(&var.name);
                found.push(Fill::Field {
                    reg: var.reg,
                    record,
                    field: place,
                });
            }
        }
        match found[..] {
            [fill] => Some(fill),
            _ => None,
        }
    }

    fn id_of(&self, var: &Var, otherwise: Fill) -> Fill {
        match var.ty {
            Ty::Record(record) => Fill::Field {
                reg: var.reg,
                record,
                field: 0,
            },
            _ => otherwise,
        }
    }

    /// Whether a value of one type may stand where the other is wanted. Ids of two different things that the world
    /// makes are not each other's; ids that only tables and messages have may be anything's.
    fn fits(&self, wanted: Ty, found: Ty) -> bool {
        match (wanted, found) {
            (Ty::Unread, _) | (_, Ty::Unread) => true,
            (Ty::Plain(a), Ty::Plain(b)) => a == b,
            (Ty::Record(a), Ty::Record(b)) => a == b,
            (Ty::Id(Some(a)), Ty::Record(b)) => a == b,
            (Ty::Id(None), Ty::Record(_)) => true,
            (Ty::Id(Some(a)), Ty::Id(Some(b))) => {
                a == b || !self.known.is_made(a) || !self.known.is_made(b)
            }
            (Ty::Id(_), Ty::Id(_)) => true,
            _ => false,
        }
    }

    /// A given value: a name, a field of a name, a literal, or an expression.
    pub fn fill_from(&mut self, scope: &Scope, ty: Ty, node: &'a Node, name: &str) -> Fill {
        let nothing = Fill::Constant(0);
        let Value::Scalar(scalar) = &node.value else {
            self.at
                .wrong_type(node, &format!("`{name}`"), "a value or an expression");
            return nothing;
        };
        let text = scalar.text.trim();
        if let Some(var) = scope.get(text)
            && self.fits(ty, var.ty)
        {
            return match ty {
                Ty::Record(_) => Fill::Reg(var.reg),
                _ => self.id_of(var, Fill::Reg(var.reg)),
            };
        }
        if let Some((owner, last)) = text.split_once('.')
            && let Some(var) = scope.get(owner)
            && let Ty::Record(record) = var.ty
            && let Some((field, info)) = self.known.record_field(record, last)
            && !info.hidden
            && self.fits(ty, info.ty)
        {
            return Fill::Field {
                reg: var.reg,
                record,
                field,
            };
        }
        let literal = match ty.field() {
            FieldKind::Money => unit::money(text, &self.currency).ok(),
            FieldKind::Duration => unit::duration(text).ok().map(|ns| ns as i64),
            FieldKind::Count => unit::count(text).ok(),
            FieldKind::Ratio => unit::ratio(text).ok().map(|ratio| ratio.to_bits() as i64),
            // A word that is no name in scope is the text itself.
            FieldKind::Text if is_word(text) && scope.get(text).is_none() => {
                Some(i64::from(self.text(text)))
            }
            _ => None,
        };
        if let Some(value) = literal {
            return Fill::Constant(value);
        }
        if let Ty::Record(_) = ty {
            let known = scope
                .vars
                .iter()
                .filter(|var| self.fits(ty, var.ty))
                .map(|var| var.name.as_str());
            self.unknown(node.span, "record in scope called", text, known);
            return nothing;
        }
        self.step_expr(node, scope, Wish::Field(ty))
            .map_or(nothing, Fill::Expr)
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}
