//! `tx`: a local transaction and its statements.

use seatrial_sim::system::{
    AS_THE_STORE, Exists, FieldKind, Fill, Find, Insert, NONE, Op, ParamId, Pc, READ_COMMITTED, REPEATABLE_READ,
    Statement, StepId, StoreId, TableId, TxDef, TxId,
};
use seatrial_source::{Entry, Fields, Node, Span, Spanned, Value};

use super::steps::{Body, Mode, Used};
use crate::cx::{Cx, Place};
use crate::scope::{FieldInfo, Given, Ty};
use crate::slot::Kind;
use crate::unit::DistOf;

const STATEMENTS: &[&str] = &["insert", "move", "update", "read", "publish"];

/// What a handler may do while its transaction is open.
const STEPS: &[&str] = &["work", "wait", "call", "if"];

const TX_LEVELS: &[(&str, i64)] = &[
    ("as_the_store", AS_THE_STORE),
    ("read_committed", READ_COMMITTED),
    ("repeatable_read", REPEATABLE_READ),
];

/// How a transaction is done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    attempts: ParamId,
    backoff: ParamId,
    isolation: ParamId,
    reads_from: Option<ParamId>,
}

const FROM: &[(&str, i64)] = &[("primary", 0), ("replica", 1)];

pub(crate) fn is_statement(node: &Node) -> bool {
    super::steps::has_key(node, STATEMENTS)
}

impl<'a> Cx<'a> {
    pub fn tx_step(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>, mode: Mode) -> String {
        let name = f.required("tx").and_then(|node| self.name(node, "`tx`"));
        let derived = format!("tx-{}", name.as_ref().map_or("", |name| &name.value));
        let id = self.step_id(f, b, &derived);
        let store = name.and_then(|name| self.find_store(&name));
        let place = b.place.below(&id);
        let rules = Rules {
            attempts: self.late_field(f, &place, "attempts", Kind::Count { least: 1, most: 100 }, 1),
            backoff: self.late_field(f, &place, "backoff", Kind::Backoff, NONE),
            isolation: self.late_field(f, &place, "isolation", Kind::Word(TX_LEVELS), AS_THE_STORE),
            reads_from: None,
        };
        let copied = store.is_some_and(|store| self.system.stores[store].copy.is_some());
        let reads_from = f.optional("reads_from").is_some() || copied;
        let at = f.key("reads_from");
        let rules = Rules { reads_from: reads_from.then(|| self.late_field(f, &place, "reads_from", Kind::Word(FROM), 0)), ..rules };
        if !copied && reads_from {
            self.error(at, "bad-value", "this store has no copy to read from", "give it a `replica`");
        }
        let statements = f
            .required("do")
            .map_or(&[][..], |node| self.at.items(node, "`do`", "statements"));
        if let Some(store) = store {
            let items: Vec<&'a Node> = statements.iter().collect();
            self.transact(b, store, &id, &items, rules);
        }
        if mode == Mode::OrFail {
            self.emit(Op::OrFail);
        }
        id
    }

    /// What holds for a transaction that says nothing of it.
    pub fn usual_rules(&mut self, b: &Body<'a>, id: &str, span: Span) -> Rules {
        let place = b.place.below(id);
        let mut usual = |field: &str, kind: Kind, value: i64| {
            let param = self.param(&place, field, kind, value, span);
            self.late(param)
        };
        Rules {
            attempts: usual("attempts", Kind::Count { least: 1, most: 100 }, 1),
            backoff: usual("backoff", Kind::Backoff, NONE),
            isolation: usual("isolation", Kind::Word(TX_LEVELS), AS_THE_STORE),
            reads_from: None,
        }
    }

    /// Writes a transaction of these statements, and of the steps between them.
    pub fn transact(&mut self, b: &mut Body<'a>, store: usize, id: &str, items: &[&'a Node], rules: Rules) {
        let place = b.place.below(id);
        let step = self.step(&place.path);
        // Steps inside of it hold no transaction, so nobody else takes the number meanwhile.
        let tx = TxId(self.system.txs.len() as u16);
        let entry = self.emit(Op::Transact(tx)) as Pc;
        let mut statements = Vec::new();
        let (mut takes, mut names) = (Vec::new(), Vec::new());
        let mut used = Used::new();
        let was_in_tx = std::mem::replace(&mut b.in_tx, true);
        for node in items {
            if !is_statement(node) && super::steps::has_key(node, STEPS) {
                self.step_between(node, b, tx);
                statements.push(Statement::Steps);
                takes.push(None);
                names.push(0);
                continue;
            }
            let Some(statement) = self.statement(node, b, store) else {
                continue;
            };
            names.push(self.columns_named(node, &statement));
            statements.push(statement);
            takes.push(self.time_of_statement(node, b, &place, &mut used));
        }
        b.in_tx = was_in_tx;
        b.last_store = Some(store);
        self.known.pools_used.insert((b.service, store));
        if takes.iter().all(Option::is_none) {
            takes.clear();
        }
        let stretched = !takes.is_empty() || statements.contains(&Statement::Steps);
        let Rules { attempts, backoff, isolation, reads_from } = rules;
        // What writes or locks goes to the store itself, whatever is said.
        let only_reads = statements.iter().all(|statement| matches!(statement, Statement::Read { lock: false, .. } | Statement::Steps));
        let reads_from = reads_from.filter(|_| only_reads);
        let exit = self.pc();
        let store = StoreId(store as u16);
        self.system.txs.push(TxDef { step, store, statements, takes, names, stretched, attempts, backoff, isolation, reads_from, entry, exit });
    }

    /// A step inside of a transaction, which stays open meanwhile and is rolled back unless the step comes to `ok`.
    fn step_between(&mut self, node: &'a Node, b: &mut Body<'a>, tx: TxId) {
        self.one_step(node, b, Mode::Leave);
        self.emit(Op::RollBackUnlessOk(tx));
        self.emit(Op::TransactOn(tx));
    }

    /// `takes` of a statement: its path is that of the transaction, and what it does to which table.
    fn time_of_statement(&mut self, node: &'a Node, b: &Body<'a>, place: &Place, used: &mut Used) -> Option<(ParamId, StepId)> {
        let takes = node.get("takes")?;
        let _ = b;
        let verb = STATEMENTS.iter().find(|verb| node.get(verb).is_some())?;
        let derived = match (node.get("id").and_then(|id| self.name(id, "`id`")), node.get(verb).and_then(|of| self.name(of, "a name"))) {
            (Some(id), _) => id.value,
            (None, Some(of)) => format!("{verb}-{}", of.value),
            (None, None) => return None,
        };
        let count = used.entry(derived.clone()).or_insert(0);
        *count += 1;
        let place = if *count == 1 { place.below(&derived) } else { place.below(&format!("{derived}-{count}")) };
        let value = self.value(&Kind::Dist(DistOf::Time), takes, "takes")?;
        let param = self.param(&place, "takes", Kind::Dist(DistOf::Time), value, takes.span);
        Some((param, self.step(&place.path)))
    }

    fn statement(&mut self, node: &'a Node, b: &mut Body<'a>, store: usize) -> Option<Statement> {
        let verbs: Vec<&str> = STATEMENTS
            .iter()
            .copied()
            .filter(|verb| node.get(verb).is_some())
            .collect();
        self.at
            .map(node, "statement", |f| {
                // Read where the statement's path is known.
                f.optional("takes");
                match verbs[..] {
                ["insert"] => self.insert(f, b, store),
                ["move"] => self.move_row(f, b, store),
                ["update"] => self.update(f, b, store),
                ["read"] => self.read_row(f, b, store),
                ["publish"] => {
                    let name = f.spanned("publish");
                    let id = self.step_id(f, b, &name.value);
                    self.publish(f, b, &name, &id, Some(store))
                        .map(Statement::Publish)
                }
                _ => {
                    for verb in STATEMENTS {
                        f.optional(verb);
                    }
                    let message = "this statement does not do one thing";
                    f.error(
                        f.span(),
                        "bad-step",
                        message,
                        format!("a statement has one of {}; a step between two statements one of {}", STATEMENTS.join(", "), STEPS.join(", ")),
                    );
                    None
                }
                }
            })
            .flatten()
    }

    /// The table that a statement names, in the transaction's store.
    fn table_of(
        &mut self,
        f: &mut Fields<'a>,
        key: &'static str,
        store: usize,
    ) -> Option<(usize, Span)> {
        f.optional("id");
        let name = f
            .required(key)
            .and_then(|node| self.name(node, &format!("`{key}`")))?;
        self.find_table_of(store, &name)
            .map(|table| (table, name.span))
    }

    fn insert(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>, store: usize) -> Option<Statement> {
        let table = self.table_of(f, "insert", store);
        let state = self.named(f, "state");
        let words: &[(&str, Exists)] = &[
            ("fail", Exists::Fail),
            ("continue", Exists::Continue),
            ("stop", Exists::Stop),
        ];
        let exists = f.optional_choice("exists", words).unwrap_or(Exists::Fail);
        let set = f.optional("set");
        let rows = f.optional("rows");
        let (table, span) = table?;
        let info = &self.known.tables[table];
        let (fields, states, what) = (
            info.fields.clone(),
            info.states.clone(),
            format!("the table {}", info.name),
        );
        let record = info.record;
        let moving = self.moving_columns(table);
        let state = match state {
            Some(state) => self
                .state_of(&states, &state.value, state.span, &what)
                .unwrap_or(0),
            None => self.first_state(record),
        };
        let set: &'a [Entry] = set.map_or(&[][..], |node| self.at.entries(node, "`set`"));
        let rows = match rows {
            None => vec![self.row(
                b,
                &fields,
                &what,
                Given {
                    entries: set,
                    span,
                    key: "set",
                },
                moving,
            )],
            Some(rows) => {
                if let Some(first) = set.first() {
                    self.error(
                        first.key_span,
                        "either-or",
                        "`set` is for one row; with `rows` each says its own",
                        "",
                    );
                }
                let items = self.at.items(rows, "`rows`", "rows");
                let read = |item: &'a Node| {
                    let entries = self.at.entries(item, "a row");
                    self.row(
                        b,
                        &fields,
                        &what,
                        Given {
                            entries,
                            span: item.span,
                            key: "rows",
                        },
                        moving,
                    )
                };
                items.iter().map(read).collect()
            }
        };
        Some(Statement::Insert(Insert {
            table: TableId(table as u16),
            state,
            exists,
            rows,
        }))
    }

    fn row(
        &mut self,
        b: &Body<'a>,
        fields: &[FieldInfo],
        what: &str,
        given: Given<'a>,
        moving: u64,
    ) -> Vec<Fill> {
        self.given_fields(what, fields, given);
        // A column that comes or goes holds nothing unless the statement names it.
        let leaves_out = |place: usize, field: &FieldInfo| {
            moving & 1u64.checked_shl(place as u32).unwrap_or(0) != 0 && !given.entries.iter().any(|entry| entry.key == field.name)
        };
        let fill = |(place, field): (usize, &FieldInfo)| match leaves_out(place, field) {
            true => Fill::Constant(0),
            false => self.fill(&b.scope, field, given),
        };
        fields.iter().enumerate().map(fill).collect()
    }

    /// Which row: the one of the record in scope, or the one whose field `by` says.
    fn find(&mut self, f: &mut Fields<'a>, b: &Body<'a>, table: usize, span: Span) -> Find {
        let by = f.optional("by");
        let info = &self.known.tables[table];
        let (fields, what) = (info.fields.clone(), format!("the table {}", info.name));
        let none = Given {
            entries: &[],
            span,
            key: "by",
        };
        let mut place = 0;
        let mut given = none;
        match by.map(|node| (node, &node.value)) {
            None => {}
            Some((_, Value::Map(entries))) => {
                if let [entry] = entries.as_slice() {
                    let name = Spanned {
                        value: entry.key.clone(),
                        span: entry.key_span,
                    };
                    place = self.find_field(&fields, &what, &name).unwrap_or(0);
                    given = Given { entries, ..none };
                } else {
                    let node = by.map_or(span, |node| node.span);
                    self.error(
                        node,
                        "bad-value",
                        "a row is found by one field",
                        "write `by: {field: value}`",
                    );
                }
            }
            Some((node, _)) => {
                let name = self.name(node, "`by`");
                place = name
                    .and_then(|name| self.find_field(&fields, &what, &name))
                    .unwrap_or(0);
            }
        }
        let value = match fields.get(usize::from(place)) {
            Some(field) => self.fill(&b.scope, field, given),
            None => Fill::Constant(0),
        };
        Find {
            table: TableId(table as u16),
            field: place,
            value,
        }
    }

    fn move_row(&mut self, f: &mut Fields<'a>, b: &Body<'a>, store: usize) -> Option<Statement> {
        let table = self.table_of(f, "move", store);
        let to = f.required("to").and_then(|node| self.name(node, "`to`"));
        let from = self.names(f, "from");
        let Some((table, span)) = table else {
            f.optional("by");
            return None;
        };
        let find = self.find(f, b, table, span);
        let info = &self.known.tables[table];
        let (states, what, record) = (
            info.states.clone(),
            format!("the table {}", info.name),
            info.record,
        );
        let to = to.and_then(|to| {
            self.state_of(&states, &to.value, to.span, &what)
                .map(|state| (state, to.span))
        });
        let next = record
            .map(|r| self.system.records[r.at()].next.clone())
            .unwrap_or_default();
        let (to, to_span) = to?;
        let may: u64 = next
            .iter()
            .enumerate()
            .filter(|(_, next)| *next & (1 << to) != 0)
            .fold(0, |set, (s, _)| set | 1 << s);
        if may == 0 {
            let message = format!("no state may go to `{}`", states[usize::from(to)]);
            self.error(
                to_span,
                "bad-move",
                message,
                "say so in the record's `states`, or insert the row in this state",
            );
        }
        let from = from.map(|from| {
            let mut set = 0;
            for name in from {
                let Some(state) = self.state_of(&states, &name.value, name.span, &what) else {
                    continue;
                };
                if may & (1 << state) == 0 {
                    let message = format!(
                        "`{}` may not go to `{}`",
                        name.value,
                        states[usize::from(to)]
                    );
                    self.error(
                        name.span,
                        "bad-move",
                        message,
                        "say so in the record's `states`",
                    );
                }
                set |= 1 << state;
            }
            set
        });
        Some(Statement::Move {
            find,
            from: from.unwrap_or(may),
            to,
        })
    }

    fn update(&mut self, f: &mut Fields<'a>, b: &Body<'a>, store: usize) -> Option<Statement> {
        let table = self.table_of(f, "update", store);
        let (set, add, expect) = (f.optional("set"), f.optional("add"), f.optional("expect"));
        if set.is_none() && add.is_none() {
            f.required("set");
        }
        let Some((table, span)) = table else {
            f.optional("by");
            return None;
        };
        let find = self.find(f, b, table, span);
        let info = &self.known.tables[table];
        let (fields, what) = (info.fields.clone(), format!("the table {}", info.name));
        if self.system.tables[table].append_only {
            self.error(
                span,
                "bad-move",
                format!("{what} is append-only"),
                "insert a row that corrects the other",
            );
        }
        let mut given = |node: Option<&'a Node>, key: &'static str| -> Vec<(u8, Fill)> {
            let entries = node.map_or(&[][..], |node| self.at.entries(node, &format!("`{key}`")));
            let given = Given { entries, span, key };
            self.given_fields(&what, &fields, given);
            let named = fields.iter().enumerate().filter(|(_, field)| entries.iter().any(|e| e.key == field.name));
            named.map(|(place, field)| (place as u8, self.fill(&b.scope, field, given))).collect()
        };
        let (sets, adds, expects) = (given(set, "set"), given(add, "add"), given(expect, "expect"));
        for (place, _) in &adds {
            let field = &fields[usize::from(*place)];
            if !matches!(field.ty.field(), FieldKind::Count | FieldKind::Money | FieldKind::Duration) {
                let message = format!("nothing can be added to `{}`", field.name);
                self.error(add.map_or(span, |node| node.span), "wrong-type", message, "name a field that is a count, money or a duration");
            }
            if sets.iter().any(|(set, _)| set == place) {
                let message = format!("`{}` is set and added to", field.name);
                self.error(add.map_or(span, |node| node.span), "either-or", message, "do one of the two");
            }
        }
        Some(Statement::Update { find, sets, adds, expects })
    }

    fn read_row(
        &mut self,
        f: &mut Fields<'a>,
        b: &mut Body<'a>,
        store: usize,
    ) -> Option<Statement> {
        let table = self.table_of(f, "read", store);
        let lock = f.flag("lock");
        let into = f.required("into");
        let Some((table, span)) = table else {
            f.optional("by");
            return None;
        };
        let find = self.find(f, b, table, span);
        let info = &self.known.tables[table];
        let (fields, what) = (info.fields.clone(), format!("the table {}", info.name));
        // `[value]`, or `{value: old_value}` under another name.
        let pairs: Vec<(Spanned<String>, Spanned<String>)> = match into.map(|node| &node.value) {
            Some(Value::Map(entries)) => {
                let pair = |e: &'a Entry| {
                    let field = Spanned {
                        value: e.key.clone(),
                        span: e.key_span,
                    };
                    self.name(&e.value, "a name").map(|name| (field, name))
                };
                entries.iter().filter_map(pair).collect()
            }
            Some(_) => into
                .map(|node| self.name_list(node, "into"))
                .unwrap_or_default()
                .into_iter()
                .map(|n| (n.clone(), n))
                .collect(),
            None => Vec::new(),
        };
        let mut reads = Vec::new();
        for (field, name) in pairs {
            let Some(place) = self.find_field(&fields, &what, &field) else {
                continue;
            };
            let ty = match fields[usize::from(place)].ty {
                Ty::Record(record) => Ty::Id(Some(record)),
                ty => ty,
            };
            reads.push((place, self.bind(b, &name.value, ty, name.span)));
        }
        Some(Statement::Read {
            find,
            into: reads,
            lock,
        })
    }
}
