//! Expressions of a scenario: which names each place knows (`envs`), and where in the file a mistake of one stands
//! (`place`). The language itself is `cel`'s.

mod envs;
mod place;

use std::collections::BTreeMap;

use seatrial_sim::expr::{Asked, Program, Shelf};
use seatrial_sim::system::{ExprId, FieldKind, RecordId, TableId};
use seatrial_source::{Node, Span, Value};

pub(crate) use envs::Envs;

use crate::cel::{self, Binding, Env, Of, Place, Type, Want};
use crate::cx::Cx;
use crate::scope::{Scope, Ty};

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
            Wish::Id
            | Wish::Field(Ty::Record(_) | Ty::Id(_) | Ty::Unread | Ty::Plain(FieldKind::Id)) => {
                Want::id()
            }
            Wish::Field(Ty::Plain(FieldKind::Text)) => Want::text(),
            Wish::Field(Ty::Plain(FieldKind::Date)) => Want::date(),
            Wish::Field(Ty::Plain(FieldKind::Time)) => Want::new(&[Type::Time], "a time"),
            Wish::Field(Ty::Plain(FieldKind::Duration)) => Want::duration(),
            Wish::Field(Ty::Plain(FieldKind::Count)) => Want::int(),
            Wish::Field(Ty::Plain(FieldKind::Ratio)) => Want::ratio(),
        }
    }
}

impl<'a> Cx<'a> {
    /// In a step: what is in scope.
    pub fn step_expr(&mut self, node: &'a Node, scope: &Scope, wish: Wish) -> Option<ExprId> {
        let mut names: BTreeMap<String, Binding> = BTreeMap::new();
        for var in &scope.vars {
            let binding = Binding::Reg {
                reg: var.reg,
                ty: self.cel_type(var.ty),
            };
            match var.name.split_once('.') {
                None => drop(names.insert(var.name.clone(), binding)),
                Some((group, member)) => {
                    let entry = names
                        .entry(group.to_owned())
                        .or_insert_with(|| Binding::Group(BTreeMap::new()));
                    if let Binding::Group(members) = entry {
                        members.insert(member.to_owned(), binding);
                    }
                }
            }
        }
        names.entry("click".into()).or_insert(Binding::Ask {
            what: Asked::Click,
            ty: Type::Int,
        });
        // Passed on from caller to callee, as the click is; 0 where no saga leads.
        let attempt = Binding::Ask {
            what: Asked::SagaAttempt,
            ty: Type::Int,
        };
        names
            .entry("saga".into())
            .or_insert_with(|| Binding::Group(BTreeMap::from([("attempt".to_owned(), attempt)])));
        let env = self.envs.step.take()?;
        let (env, read) = self.with_names(env, names, |cx, env| {
            cx.compile(node, env, wish, scope.unsure)
        });
        self.envs.step = Some(env);
        read
    }

    /// Over the rows that a transaction inserted.
    pub fn rows_expr(&mut self, node: &'a Node, table: usize, wish: Wish) -> Option<ExprId> {
        let shelf = Shelf::Table(TableId(table as u16));
        let rows = Binding::List {
            shelf,
            of: Of::Case,
            one: false,
        };
        let mut env = self.envs.oracle.take()?;
        env.place = Place::Step;
        let (mut env, read) = self.with_names(
            env,
            BTreeMap::from([("rows".to_owned(), rows)]),
            |cx, env| cx.compile(node, env, wish, false),
        );
        env.place = Place::Oracle;
        self.envs.oracle = Some(env);
        read
    }

    pub fn alert_expr(&mut self, node: &'a Node) -> Option<ExprId> {
        let env = self.envs.alert.take()?;
        let read = self.compile(node, &env, Wish::Bool, false);
        self.envs.alert = Some(env);
        read
    }

    /// With names that stand for figures of something at hand.
    pub fn alert_expr_with(&mut self, node: &'a Node, names: BTreeMap<String, Binding>) -> Option<ExprId> {
        let env = self.envs.alert.take()?;
        let (env, read) = self.with_names(env, names, |cx, env| cx.compile(node, env, Wish::Bool, false));
        self.envs.alert = Some(env);
        read
    }

    /// The truth about one instance, or about everything.
    pub fn oracle_expr(
        &mut self,
        node: &'a Node,
        each: Option<RecordId>,
        wish: Wish,
    ) -> Option<ExprId> {
        let mut env = self.envs.oracle.take()?;
        let before = env.names.clone();
        if let Some(record) = each {
            self.name_rows(&mut env, record);
            env.instance(&self.known.record_var(record), 0, Shelf::Record(record));
        }
        if let Some(table) = self
            .system
            .tables
            .iter()
            .position(|table| table.balance.is_some())
        {
            let known = self.texts_of_balance(table);
            env.functions.insert(
                "balance".into(),
                cel::Function::Balance {
                    table: TableId(table as u16),
                    known,
                },
            );
        }
        let read = self.compile(node, &env, wish, false);
        env.names = before;
        self.envs.oracle = Some(env);
        read
    }

    /// What the expressions from `first` on read.
    pub fn shelves_read(&self, first: usize) -> Vec<Shelf> {
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

    /// Compiles with a few names more than the environment has.
    fn with_names<T>(
        &mut self,
        mut env: Env,
        names: BTreeMap<String, Binding>,
        compile: impl FnOnce(&mut Self, &Env) -> T,
    ) -> (Env, T) {
        let before = env.names.clone();
        env.names.extend(names);
        let result = compile(self, &env);
        env.names = before;
        (env, result)
    }

    fn compile(&mut self, node: &'a Node, env: &Env, wish: Wish, unsure: bool) -> Option<ExprId> {
        let Value::Scalar(scalar) = &node.value else {
            self.at.wrong_type(node, "this", "an expression");
            return None;
        };
        match cel::compile(&scalar.text, env, wish.want(), &mut self.pools) {
            Ok((program, _)) => {
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
                self.system.expr_texts.push(scalar.text.trim().to_owned());
                Some(ExprId(place as u16))
            }
            Err(mistakes) => {
                for mistake in mistakes {
                    // What follows from a mistake that was told is not told again.
                    let follows = mistake.code != "syntax"
                        && (self.unread.get() || unsure && mistake.code == "unknown-name");
                    if !follows {
                        self.tell(node, &scalar.text, mistake);
                    }
                }
                None
            }
        }
    }

    fn tell(&self, node: &Node, text: &str, mistake: cel::Mistake) {
        let span = self.inside(node, text, mistake.start, mistake.end);
        let told = self.at.error(span, mistake.code, mistake.message);
        // Sentences there, phrases here.
        let mut help = mistake.help;
        if help.matches(". ").count() == 0 {
            help.truncate(help.trim_end_matches('.').len());
        }
        if let Some(first) = help.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        self.at
            .report
            .add(told.help(help).suggest(mistake.suggestion.as_deref()));
    }

    /// Bytes of a scalar's text as bytes of the file.
    fn inside(&self, node: &Node, text: &str, start: usize, end: usize) -> Span {
        let (file, there) = self.at.report.locate(self.at.file, node.span);
        let source = self
            .at
            .report
            .sources()
            .get(&file)
            .and_then(|s| s.text().get(there.start..there.end));
        match source.and_then(|source| place::walk(source, text, start, end)) {
            Some((from, to)) => {
                Span::new(node.span.start + from, node.span.start + to.max(from + 1))
            }
            None => node.span,
        }
    }
}
