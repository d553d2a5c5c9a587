//! `tx`: a local transaction and its statements.

use seatrial_sim::system::{
    Exists, Fill, Find, Insert, Op, Statement, StoreId, TableId, TxDef, TxId,
};
use seatrial_source::{Entry, Fields, Node, Span, Spanned, Value};

use super::steps::{Body, Mode};
use crate::cx::Cx;
use crate::scope::{FieldInfo, Given, Ty};

const STATEMENTS: &[&str] = &["insert", "move", "update", "read", "publish"];

pub(crate) fn is_statement(node: &Node) -> bool {
    super::steps::has_key(node, STATEMENTS)
}

impl<'a> Cx<'a> {
    pub fn tx_step(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>, mode: Mode) -> String {
        let name = f.required("tx").and_then(|node| self.name(node, "`tx`"));
        let derived = format!("tx-{}", name.as_ref().map_or("", |name| &name.value));
        let id = self.step_id(f, b, &derived);
        let store = name.and_then(|name| self.find_store(&name));
        let statements = f
            .required("do")
            .map_or(&[][..], |node| self.at.items(node, "`do`", "statements"));
        if let Some(store) = store {
            let items: Vec<&'a Node> = statements.iter().collect();
            self.transact(b, store, &id, &items);
        }
        if mode == Mode::OrFail {
            self.emit(Op::OrFail);
        }
        id
    }

    /// Writes a transaction of these statements.
    pub fn transact(&mut self, b: &mut Body<'a>, store: usize, id: &str, items: &[&'a Node]) {
        let step = self.step(&b.place.below(id).path);
        let mut statements = Vec::new();
        for node in items {
            statements.extend(self.statement(node, b, store));
        }
        b.last_store = Some(store);
        self.known.pools_used.insert((b.service, store));
        self.system.txs.push(TxDef {
            step,
            store: StoreId(store as u16),
            statements,
        });
        self.emit(Op::Transact(TxId((self.system.txs.len() - 1) as u16)));
    }

    fn statement(&mut self, node: &'a Node, b: &mut Body<'a>, store: usize) -> Option<Statement> {
        let verbs: Vec<&str> = STATEMENTS
            .iter()
            .copied()
            .filter(|verb| node.get(verb).is_some())
            .collect();
        self.at
            .map(node, "statement", |f| match verbs[..] {
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
                        format!("a statement has one of {}", STATEMENTS.join(", ")),
                    );
                    None
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
    ) -> Vec<Fill> {
        self.given_fields(what, fields, given);
        fields
            .iter()
            .map(|field| self.fill(&b.scope, field, given))
            .collect()
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
        let set = f.required("set");
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
        let given = Given {
            entries: set.map_or(&[][..], |node| self.at.entries(node, "`set`")),
            span,
            key: "set",
        };
        self.given_fields(&what, &fields, given);
        let sets = fields
            .iter()
            .enumerate()
            .filter(|(_, field)| given.entries.iter().any(|e| e.key == field.name));
        let sets = sets
            .map(|(place, field)| (place as u8, self.fill(&b.scope, field, given)))
            .collect();
        Some(Statement::Update { find, sets })
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
