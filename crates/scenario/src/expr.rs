//! Expressions of a scenario: which names each place knows, and where in the file a mistake of one stands. The
//! language itself is `cel`'s.

use std::collections::BTreeMap;
use std::rc::Rc;

use seatrial_sim::expr::{Asked, Program, Shelf};
use seatrial_sim::system::{
    ExprId, FieldKind, GroupId, MeasureId, RecordId, ServiceId, TableId, TopicId,
};
use seatrial_source::{Node, Span, Value};

use crate::cel::{self, Binding, Children, Column, Env, Function, Of, Place, Tuples, Type, Want};
use crate::cx::Cx;
use crate::known::plural;
use crate::scope::{FieldInfo, Scope, Ty};

/// What an expression must come to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wish {
    Bool,
    Money,
    Id,
    /// The value of a field.
    Field(Ty),
}

impl Wish {
    fn want(self) -> Want {
        match self {
            Wish::Bool => Want::bool(),
            Wish::Money | Wish::Field(Ty::Plain(FieldKind::Money)) => Want::money(),
            Wish::Id | Wish::Field(Ty::Record(_) | Ty::Id(_) | Ty::Plain(FieldKind::Id)) => {
                Want::id()
            }
            Wish::Field(Ty::Plain(FieldKind::Text)) => Want::text(),
            Wish::Field(Ty::Plain(FieldKind::Date)) => Want::date(),
            Wish::Field(Ty::Plain(FieldKind::Duration)) => Want::duration(),
            Wish::Field(Ty::Plain(FieldKind::Count)) => Want::int(),
            Wish::Field(Ty::Plain(FieldKind::Ratio)) => Want::ratio(),
        }
    }
}

/// What expressions are compiled with, made once the names are known.
#[derive(Default)]
pub(crate) struct Envs {
    /// Records as steps see them: without what only a provider knows.
    steps: BTreeMap<Shelf, Tuples>,
    /// Everything, true.
    oracle: BTreeMap<Shelf, Tuples>,
    alert: Option<Rc<Env>>,
    /// Names that belong to one place only, to say so in the others.
    elsewhere: BTreeMap<String, Place>,
}

impl<'a> Cx<'a> {
    /// Builds what all environments share.
    pub fn build_envs(&mut self) {
        let records = (0..self.known.records.len()).map(|r| RecordId(r as u16));
        let mut oracle: BTreeMap<Shelf, Tuples> = BTreeMap::new();
        for record in records.clone() {
            let info = &self.known.records[record.at()];
            let columns = info
                .fields
                .iter()
                .map(|field| self.column(field, Some(record), false))
                .collect();
            let tuples = Tuples {
                name: info.name.clone(),
                columns,
                states: info.states.clone(),
                children: self.children(record),
                ..Tuples::default()
            };
            oracle.insert(Shelf::Record(record), tuples);
        }
        for (place, table) in self.known.tables.iter().enumerate() {
            let columns = table
                .fields
                .iter()
                .map(|field| self.column(field, table.record, false))
                .collect();
            let name = format!("{}.{}", self.known.stores.name(table.store), table.name);
            let states = table.states.clone();
            let tuples = Tuples {
                name,
                columns,
                states,
                ..Tuples::default()
            };
            oracle.insert(Shelf::Table(TableId(place as u16)), tuples);
        }
        let steps = records.map(|record| {
            let info = &self.known.records[record.at()];
            let columns = info
                .fields
                .iter()
                .map(|field| self.column(field, Some(record), field.hidden))
                .collect();
            let tuples = Tuples {
                name: info.name.clone(),
                columns,
                states: info.states.clone(),
                state_hidden: true,
                ..Tuples::default()
            };
            (Shelf::Record(record), tuples)
        });
        self.envs.steps = steps.collect();
        self.envs.oracle = oracle;
        let alert = self.alert_env();
        let mut elsewhere: BTreeMap<String, Place> = BTreeMap::new();
        for name in alert.names.keys().chain(alert.functions.keys()) {
            elsewhere.insert(name.clone(), Place::Alert);
        }
        for name in ["total", "balance"] {
            elsewhere.insert(name.to_owned(), Place::Oracle);
        }
        for record in &self.known.records {
            elsewhere
                .entry(plural(&crate::known::snake(&record.name)))
                .or_insert(Place::Oracle);
        }
        for table in &self.known.tables {
            elsewhere.entry(table.name.clone()).or_insert(Place::Oracle);
        }
        for name in ["click", "saga", "event"] {
            elsewhere.entry(name.to_owned()).or_insert(Place::Step);
        }
        self.envs.alert = Some(Rc::new(alert));
        self.envs.elsewhere = elsewhere;
    }

    fn currency(&self) -> cel::Currency {
        cel::Currency {
            code: self.currency.code.clone(),
            digits: self.currency.digits,
        }
    }

    fn env(&self, place: Place, shelves: BTreeMap<Shelf, Tuples>) -> Env {
        let mut env = Env::new(place, self.currency());
        env.shelves = shelves;
        let others = self
            .envs
            .elsewhere
            .iter()
            .filter(|(_, there)| **there != place);
        env.elsewhere = others.map(|(name, place)| (name.clone(), *place)).collect();
        env
    }

    fn column(&self, field: &FieldInfo, _of: Option<RecordId>, hidden: bool) -> Column {
        let refers = match field.ty {
            Ty::Id(Some(record)) if Some(record) != _of || !self.is_own(field, record) => {
                Some(Shelf::Record(record))
            }
            _ => None,
        };
        Column {
            name: field.name.clone(),
            ty: self.cel_type(field.ty),
            hidden,
            refers,
        }
    }

    fn is_own(&self, field: &FieldInfo, record: RecordId) -> bool {
        self.known.records[record.at()]
            .fields
            .first()
            .is_some_and(|first| first.name == field.name)
    }

    /// Ids of what clients and providers make are numbers; those of rows and messages may be composed.
    fn cel_type(&self, ty: Ty) -> Type {
        match ty {
            Ty::Record(record) => Type::Tuple(Shelf::Record(record)),
            Ty::Id(Some(record)) if self.known.is_made(record) => Type::Id,
            Ty::Id(_) | Ty::Plain(FieldKind::Id) => Type::Key,
            Ty::Plain(FieldKind::Money) => Type::Money,
            Ty::Plain(FieldKind::Text) => Type::Text,
            Ty::Plain(FieldKind::Date) => Type::Date,
            Ty::Plain(FieldKind::Duration) => Type::Duration,
            Ty::Plain(FieldKind::Count) => Type::Int,
            Ty::Plain(FieldKind::Ratio) => Type::Ratio,
        }
    }

    /// What refers to a record: other records by their plural, rows by their table's name where that is free.
    fn children(&self, record: RecordId) -> BTreeMap<String, Children> {
        let mut children = BTreeMap::new();
        for (place, other) in self.system.records.iter().enumerate() {
            let other_id = RecordId(place as u16);
            if let Some((field, _)) = other.refers.iter().find(|(_, to)| *to == record)
                && self.known.is_made(other_id)
            {
                let name = plural(&self.known.record_var(other_id));
                children.insert(
                    name,
                    Children {
                        shelf: Shelf::Record(other_id),
                        field: *field,
                    },
                );
            }
        }
        for (place, table) in self.system.tables.iter().enumerate() {
            if let Some((field, _)) = table.refers.iter().find(|(_, to)| *to == record) {
                let shelf = Shelf::Table(TableId(place as u16));
                children.entry(table.name.clone()).or_insert(Children {
                    shelf,
                    field: *field,
                });
            }
        }
        children
    }

    fn alert_env(&self) -> Env {
        let mut env = Env::new(Place::Alert, self.currency());
        for (place, name) in self.known.measures.iter().enumerate() {
            let what = Asked::Oldest(MeasureId(place as u16));
            env.names.insert(
                format!("oldest_{name}"),
                Binding::Ask {
                    what,
                    ty: Type::Duration,
                },
            );
        }
        let services: BTreeMap<String, ServiceId> = self
            .known
            .services
            .iter()
            .enumerate()
            .map(|(s, name)| (name.to_owned(), ServiceId(s as u16)))
            .collect();
        let named = |make: fn(ServiceId) -> Asked, ty: Type| Function::Named {
            of: services
                .iter()
                .map(|(name, id)| (name.clone(), (make(*id), ty)))
                .collect(),
            what: "service".into(),
        };
        env.functions
            .insert("error_ratio".into(), named(Asked::ErrorRatio, Type::Ratio));
        env.functions
            .insert("rate".into(), named(Asked::Rate, Type::Ratio));
        env.functions
            .insert("waiting".into(), named(Asked::Waiting, Type::Int));
        env.functions.insert(
            "latency".into(),
            Function::Latency {
                services: services.clone(),
                per_mille: None,
            },
        );
        for (name, per_mille) in [("p50", 500), ("p95", 950), ("p99", 990)] {
            let function = Function::Latency {
                services: services.clone(),
                per_mille: Some(per_mille),
            };
            env.functions.insert(name.into(), function);
        }
        let groups = self
            .known
            .groups
            .iter()
            .enumerate()
            .map(|(place, (topic, group, _))| {
                let pair = (self.known.topics.name(*topic).to_owned(), group.clone());
                (pair, (Asked::Lag(GroupId(place as u16)), Type::Int))
            });
        let what = ("topic".to_owned(), "group".to_owned());
        env.functions.insert(
            "lag".into(),
            Function::Pair {
                of: groups.collect(),
                what,
            },
        );
        let topics = self.known.topics.iter().enumerate();
        let of = topics
            .map(|(t, name)| {
                (
                    name.to_owned(),
                    (Asked::Parked(TopicId(t as u16)), Type::Int),
                )
            })
            .collect();
        env.functions.insert(
            "parked".into(),
            Function::Named {
                of,
                what: "topic".into(),
            },
        );
        env
    }

    /// In a step: what is in scope.
    pub fn step_expr(&mut self, node: &'a Node, scope: &Scope, wish: Wish) -> Option<ExprId> {
        let mut env = self.env(Place::Step, self.envs.steps.clone());
        for var in &scope.vars {
            let binding = Binding::Reg {
                reg: var.reg,
                ty: self.cel_type(var.ty),
            };
            match var.name.split_once('.') {
                None => drop(env.names.insert(var.name.clone(), binding)),
                Some((group, member)) => {
                    let entry = env
                        .names
                        .entry(group.to_owned())
                        .or_insert_with(|| Binding::Group(BTreeMap::new()));
                    if let Binding::Group(members) = entry {
                        members.insert(member.to_owned(), binding);
                    }
                }
            }
        }
        env.names.entry("click".into()).or_insert(Binding::Ask {
            what: Asked::Click,
            ty: Type::Int,
        });
        if scope.in_saga {
            let attempt = Binding::Ask {
                what: Asked::SagaAttempt,
                ty: Type::Int,
            };
            env.names.insert(
                "saga".into(),
                Binding::Group(BTreeMap::from([("attempt".to_owned(), attempt)])),
            );
        }
        self.compile(node, &env, wish).map(|(id, _)| id)
    }

    /// Over the rows that a transaction inserted.
    pub fn rows_expr(&mut self, node: &'a Node, table: usize, wish: Wish) -> Option<ExprId> {
        let mut env = self.env(Place::Step, self.envs.oracle.clone());
        let shelf = Shelf::Table(TableId(table as u16));
        env.names.insert(
            "rows".into(),
            Binding::List {
                shelf,
                of: Of::Case,
                one: false,
            },
        );
        self.compile(node, &env, wish).map(|(id, _)| id)
    }

    pub fn alert_expr(&mut self, node: &'a Node) -> Option<ExprId> {
        let mut env = self.envs.alert.as_deref().cloned()?;
        let others = self
            .envs
            .elsewhere
            .iter()
            .filter(|(_, there)| **there != Place::Alert);
        env.elsewhere = others.map(|(name, place)| (name.clone(), *place)).collect();
        self.compile(node, &env, Wish::Bool).map(|(id, _)| id)
    }

    /// The truth about one instance, or about everything.
    pub fn oracle_expr(
        &mut self,
        node: &'a Node,
        each: Option<RecordId>,
        wish: Wish,
    ) -> Option<ExprId> {
        let mut env = self.env(Place::Oracle, self.envs.oracle.clone());
        if let Some(record) = each {
            let shelf = Shelf::Record(record);
            for (place, table) in self.system.tables.iter().enumerate() {
                let Some((field, _)) = table.refers.iter().find(|(_, to)| *to == record) else {
                    continue;
                };
                let of = Of::Tuple {
                    field: *field,
                    reg: 0,
                    shelf,
                };
                // A copy of the instance itself is one row, where the store sees to that.
                let one = table.record == Some(record)
                    && *field == 0
                    && table.unique.iter().any(|set| set == &[0]);
                let list = Binding::List {
                    shelf: Shelf::Table(TableId(place as u16)),
                    of,
                    one,
                };
                let store = self.known.stores.name(table.store.at()).to_owned();
                let group = env
                    .names
                    .entry(store)
                    .or_insert_with(|| Binding::Group(BTreeMap::new()));
                if let Binding::Group(members) = group {
                    members.insert(table.name.clone(), list);
                }
            }
            env.instance(&self.known.record_var(record), 0, shelf);
        }
        let mut of = BTreeMap::new();
        for (place, record) in self.known.records.iter().enumerate() {
            for (field, info) in record.fields.iter().enumerate() {
                let ty = self.cel_type(info.ty);
                if matches!(ty, Type::Money | Type::Int | Type::Duration) {
                    let what = Asked::Total {
                        record: RecordId(place as u16),
                        field: field as u8,
                    };
                    of.insert(format!("{}.{}", record.name, info.name), (what, ty));
                }
            }
        }
        env.functions.insert(
            "total".into(),
            Function::Named {
                of,
                what: "total".into(),
            },
        );
        if let Some(table) = self
            .system
            .tables
            .iter()
            .position(|table| table.balance.is_some())
        {
            env.functions.insert(
                "balance".into(),
                Function::Balance {
                    table: TableId(table as u16),
                    known: Default::default(),
                },
            );
        }
        self.compile(node, &env, wish).map(|(id, _)| id)
    }

    /// What the expressions from `first` on read.
    pub fn shelves_read(&self, first: usize, each: Option<RecordId>) -> Vec<Shelf> {
        let _ = each;
        let mut shelves: Vec<Shelf> = self
            .system
            .exprs
            .iter()
            .skip(first)
            .flat_map(Program::reads)
            .collect();
        shelves.sort_unstable();
        shelves.dedup();
        shelves
    }

    fn compile(&mut self, node: &'a Node, env: &Env, wish: Wish) -> Option<(ExprId, Type)> {
        let Value::Scalar(scalar) = &node.value else {
            self.at.wrong_type(node, "this", "an expression");
            return None;
        };
        match cel::compile(&scalar.text, env, wish.want(), &mut self.pools) {
            Ok((program, ty)) => {
                let place = self.system.exprs.len();
                if place >= usize::from(u16::MAX) {
                    self.error(
                        node.span,
                        "too-many",
                        "more expressions than can be counted",
                        "",
                    );
                    return None;
                }
                self.system.exprs.push(program);
                Some((ExprId(place as u16), ty))
            }
            Err(mistakes) => {
                for mistake in mistakes {
                    let span = self.inside(node, &scalar.text, mistake.start, mistake.end);
                    let told = self.at.error(span, mistake.code, mistake.message);
                    self.at.report.add(
                        told.help(mistake.help)
                            .suggest(mistake.suggestion.as_deref()),
                    );
                }
                None
            }
        }
    }

    /// Bytes of a scalar's text as bytes of the file: quotes, escapes and joined lines are walked along. The whole
    /// scalar where the two cannot be brought together, as where a part's parameter was filled in.
    fn inside(&self, node: &Node, text: &str, start: usize, end: usize) -> Span {
        let (file, there) = self.at.report.locate(self.at.file, node.span);
        let source = self
            .at
            .report
            .sources()
            .get(&file)
            .and_then(|s| s.text().get(there.start..there.end));
        match source.and_then(|source| walk(source, text, start, end)) {
            Some((from, to)) => {
                Span::new(node.span.start + from, node.span.start + to.max(from + 1))
            }
            None => node.span,
        }
    }
}

/// Where `start..end` of a scalar's text stands in the source that it was read from.
fn walk(source: &str, text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let quote = source.chars().next().filter(|c| matches!(c, '"' | '\''));
    let mut from = None;
    let mut to = None;
    let mut at = usize::from(quote.is_some());
    if source.starts_with(['>', '|']) {
        at = source.find('\n')? + 1;
    }
    let mut done = 0;
    for wanted in text.chars() {
        let rest = source.get(at..)?;
        let c = rest.chars().next()?;
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        // Blanks that were joined or dropped stand before what is wanted.
        let skipped = if blank(c) && !blank(wanted) {
            rest.len() - rest.trim_start().len()
        } else {
            0
        };
        at += skipped;
        let rest = source.get(at..)?;
        let c = rest.chars().next()?;
        if done >= start && from.is_none() {
            from = Some(at);
        }
        if done >= end && to.is_none() {
            to = Some(at);
        }
        at += match (quote, c) {
            (Some('\''), '\'') if wanted == '\'' && rest.starts_with("''") => 2,
            (Some('"'), '\\') => 1 + rest.chars().nth(1)?.len_utf8(),
            _ if c == wanted || (blank(c) && blank(wanted)) => c.len_utf8(),
            _ => return None,
        };
        if blank(c) && wanted == ' ' && c != ' ' {
            let rest = source.get(at..)?;
            at += rest.len() - rest.trim_start().len();
        }
        done += wanted.len_utf8();
    }
    Some((from.unwrap_or(at), to.unwrap_or(at)))
}

#[cfg(test)]
mod tests {
    use super::walk;

    #[test]
    fn places_inside_of_scalars() {
        assert_eq!(walk("a + b", "a + b", 4, 5), Some((4, 5)));
        assert_eq!(walk("\"a + b\"", "a + b", 4, 5), Some((5, 6)));
        assert_eq!(
            walk("'x == ''y'' + b'", "x == 'y' + b", 11, 12),
            Some((14, 15))
        );
        assert_eq!(
            walk("\"x == \\\"y\\\" + b\"", "x == \"y\" + b", 11, 12),
            Some((14, 15))
        );
        assert_eq!(walk("a\n   + b", "a + b", 4, 5), Some((7, 8)));
        assert_eq!(walk(">-\n  a\n  + b", "a + b", 4, 5), Some((11, 12)));
        assert_eq!(walk("${x} + b", "long + b", 7, 8), None);
    }
}
