//! `stores` and their tables, and `topics`.

use seatrial_sim::system::{AtCommit, BalanceOf, FieldKind, READ_COMMITTED, REPEATABLE_READ, SERIALIZABLE, Store, StoreCopy, StoreId, Table, Topic};
use seatrial_source::{Entry, Fields, Node, Value};

use super::records::{plain, refers};
use crate::cx::{Cx, Place};
use crate::expr::Wish;
use crate::known::{Index, TableInfo};
use crate::scope::FieldInfo;
use crate::slot::Kind;
use crate::unit::DistOf;

const TABLES_MOST: usize = 1000;
const SECOND: i64 = 1_000_000_000;
/// A store's levels of isolation.
pub(crate) const LEVELS: &[(&str, i64)] =
    &[("read_committed", READ_COMMITTED), ("repeatable_read", REPEATABLE_READ), ("serializable", SERIALIZABLE)];
pub(crate) const ONE: i64 = 1f64.to_bits() as i64;

impl<'a> Cx<'a> {
    pub fn stores(&mut self, root: &'a Node) {
        let entries = self.section(root, "stores");
        self.known.stores = Index::of(entries);
        for (number, entry) in entries.iter().enumerate() {
            let place = Place::world(&entry.key);
            let span = entry.key_span;
            let mut copy = None;
            let store = self.at.map(&entry.value, "store", |f| {
                for table in f
                    .optional("tables")
                    .map_or(&[][..], |node| self.at.entries(node, "`tables`"))
                {
                    self.table(number, table);
                }
                if let Some(node) = f.optional("migrations") {
                    self.migrations(number, node);
                }
                // PostgreSQL's max_connections.
                let connections = self.field(f, &place, "connections", Kind::count(1), 100);
                let millisecond = self.dist(seatrial_sim::system::Dist::Constant(1e6));
                let takes = self.field(f, &place, "takes", Kind::Dist(DistOf::Time), millisecond);
                let slow = self.field(f, &place, "slow", Kind::Factor, ONE);
                let isolation = self.late_field(f, &place, "isolation", Kind::Word(LEVELS), READ_COMMITTED);
                let deadlock_timeout = self.late_field(f, &place, "deadlock_timeout", Kind::Limit, 0);
                let lock_timeout = self.late_field(f, &place, "lock_timeout", Kind::Limit, 0);
                let full = self.late_field(f, &place, "full", Kind::Flag, 0);
                let below = place.below("replica");
                f.optional_one("replica", "copy of a store", |f| copy = Some(self.store_copy(f, &below)));
                [connections, takes, slow, isolation, deadlock_timeout, lock_timeout, full]
            });
            let [connections, takes, slow, isolation, deadlock_timeout, lock_timeout, full] =
                store.unwrap_or_else(|| [self.param(&place, "", Kind::Flag, 0, span); 7]);
            self.system.stores.push(Store {
                name: entry.key.clone(),
                connections,
                takes,
                slow,
                outbox: false,
                isolation,
                deadlock_timeout,
                lock_timeout,
                full,
                copy,
            });
        }
    }

    fn store_copy(&mut self, f: &mut Fields<'a>, place: &Place) -> StoreCopy {
        let millisecond = self.dist(seatrial_sim::system::Dist::Constant(1e6));
        let half_a_minute = self.dist(seatrial_sim::system::Dist::Constant(30e9));
        StoreCopy {
            delay: self.late_field(f, place, "delay", Kind::Dist(DistOf::Time), millisecond),
            applies: self.late_field(f, place, "applies", Kind::Dist(DistOf::Time), millisecond),
            synchronous: self.late_field(f, place, "synchronous", Kind::Flag, 0),
            promotes: self.late_field(f, place, "promotes", Kind::Dist(DistOf::Time), half_a_minute),
        }
    }

    fn table(&mut self, store: usize, entry: &'a Entry) {
        self.word(&entry.key, entry.key_span);
        if self.known.tables.len() >= TABLES_MOST {
            self.error(
                entry.key_span,
                "too-many",
                format!("more than {TABLES_MOST} tables"),
                "",
            );
            return;
        }
        let path = format!("{}.{}", self.known.stores.name(store), entry.key);
        self.known
            .table_places
            .insert(path, self.known.tables.len());
        let table = self.at.map(&entry.value, "table", |f| {
            self.table_fields(store, entry, f)
        });
        if table.is_none() {
            let (name, store) = (entry.key.clone(), store);
            let record = None;
            self.known.tables.push(TableInfo {
                name,
                store,
                record,
                fields: vec![],
                states: vec![],
                at_commit: None,
            });
            self.system.tables.push(Table {
                name: entry.key.clone(),
                store: StoreId(store as u16),
                record: None,
                fields: vec![],
                states: vec![],
                refers: vec![],
                unique: vec![],
                append_only: false,
                at_commit: None,
                balance: None,
                keep: None,
                gathered: false,
            });
        }
    }

    fn table_fields(&mut self, store: usize, entry: &'a Entry, f: &mut Fields<'a>) {
        let record = self.named(f, "of").and_then(|name| self.find_record(&name));
        let mut fields = record
            .map(|r| self.known.records[r.at()].fields.clone())
            .unwrap_or_default();
        if let Some(node) = f.optional("fields") {
            for field in self.record_fields(node) {
                if fields.iter().any(|f| f.name == field.name) {
                    let message = format!("the record has a field `{}` already", field.name);
                    self.error(
                        node.span,
                        "duplicate-key",
                        message,
                        "its rows have all fields of the record",
                    );
                } else {
                    fields.push(field);
                }
            }
        } else if record.is_none() {
            let help = "say `of: Record`, or `fields: {name: type}`";
            f.error(f.span(), "missing-field", "this table has no fields", help);
        }
        let what = format!("the table {}", entry.key);
        let unique = self.unique(f, &fields, &what);
        let append_only = f.flag("append_only");
        let place = Place::world(self.known.stores.name(store)).below(&entry.key);
        let keep = self.given(f, &place, "keep", Kind::Limit);
        let mut group = None;
        f.optional_one("at_commit", "check", |f| {
            let by = f.spanned("group");
            let check = f.required("check");
            if !by.value.is_empty() {
                group = self.find_field(&fields, &what, &by).zip(check);
            }
        });
        let mut balance = None;
        f.optional_one("balance", "balance", |f| {
            let (of, by) = (f.spanned("of"), f.spanned("by"));
            let amount = self.typed_field(&fields, &what, &of, FieldKind::Money);
            let by = self.typed_field(&fields, &what, &by, FieldKind::Text);
            balance = amount.zip(by).map(|(amount, by)| BalanceOf { amount, by });
        });
        let states = record
            .map(|r| self.known.records[r.at()].states.clone())
            .unwrap_or_default();
        self.system.tables.push(Table {
            name: entry.key.clone(),
            store: StoreId(store as u16),
            record,
            // A row of a record refers to it by its first field; one of fields alone, by any of them.
            refers: record
                .into_iter()
                .map(|r| (0, r))
                .chain(refers(&fields, usize::from(record.is_some())))
                .collect(),
            fields: fields.iter().map(plain).collect(),
            states: states.clone(),
            unique,
            append_only,
            at_commit: None,
            balance,
            keep,
            gathered: false,
        });
        self.known.tables.push(TableInfo {
            name: entry.key.clone(),
            store,
            record,
            fields,
            states,
            at_commit: group,
        });
    }

    pub fn typed_field(
        &self,
        fields: &[FieldInfo],
        what: &str,
        name: &seatrial_source::Spanned<String>,
        kind: FieldKind,
    ) -> Option<u8> {
        if name.value.is_empty() {
            return None;
        }
        let place = self.find_field(fields, what, name)?;
        if fields[usize::from(place)].ty.field() != kind {
            let message = format!("`{}` is not {}", name.value, super::says(kind));
            self.error(
                name.span,
                "wrong-type",
                message,
                format!("name a field that is {}", super::says(kind)),
            );
            return None;
        }
        Some(place)
    }

    /// `[id]`, or several sets: `[[id], [entry, account]]`.
    fn unique(&self, f: &mut Fields<'a>, fields: &[FieldInfo], what: &str) -> Vec<Vec<u8>> {
        let Some(node) = f.optional("unique") else {
            return Vec::new();
        };
        let sets: Vec<&'a Node> = match &node.value {
            Value::Seq(items) if items.iter().any(|item| matches!(item.value, Value::Seq(_))) => {
                items.iter().collect()
            }
            _ => vec![node],
        };
        let read = |set: &&'a Node| {
            let names = self.name_list(set, "unique");
            names
                .iter()
                .filter_map(|name| self.find_field(fields, what, name))
                .collect::<Vec<u8>>()
        };
        sets.iter()
            .map(read)
            .filter(|set| !set.is_empty())
            .collect()
    }

    /// The expressions of tables, once everything has a name.
    pub fn table_checks(&mut self) {
        for place in 0..self.known.tables.len() {
            let Some((group, node)) = self.known.tables[place].at_commit else {
                continue;
            };
            let check = self.rows_expr(node, place, Wish::Bool);
            self.system.tables[place].at_commit = check.map(|check| AtCommit { group, check });
        }
    }

    pub fn topics(&mut self, root: &'a Node) {
        let entries = self.section(root, "topics");
        self.known.topics = Index::of(entries);
        for entry in entries {
            let topic = self.at.map(&entry.value, "topic", |f| self.topic(entry, f));
            if topic.is_none() {
                self.known.topic_fields.push(Vec::new());
                self.known.topic_keys.push(0);
                let p = self.param(&Place::world(&entry.key), "", Kind::Flag, 0, entry.key_span);
                let (name, fields) = (entry.key.clone(), Vec::new());
                self.system.topics.push(Topic {
                    name,
                    fields,
                    partitions: p,
                    keep: p,
                    again: p,
                    park: p,
                    session: p,
                    takes: p,
                    queue: None,
                });
            }
        }
    }

    fn topic(&mut self, entry: &'a Entry, f: &mut Fields<'a>) {
        let place = Place::world(&entry.key);
        let record = self.named(f, "of").and_then(|name| self.find_record(&name));
        let fields = match (record, f.optional("fields")) {
            (Some(record), None) => self.known.records[record.at()].fields.clone(),
            (None, Some(node)) => self.record_fields(node),
            (Some(_), Some(node)) => {
                self.error(
                    node.span,
                    "either-or",
                    "a topic's messages are `of` a record or have `fields`, not both",
                    "",
                );
                Vec::new()
            }
            (None, None) => {
                let help = "say `of: Record`, or `fields: {name: type}`";
                f.error(
                    f.span(),
                    "missing-field",
                    "this topic's messages have no fields",
                    help,
                );
                Vec::new()
            }
        };
        let fields: Vec<FieldInfo> = fields.into_iter().filter(|field| !field.hidden).collect();
        if fields.len() > seatrial_sim::system::REGS {
            let message = format!(
                "a message has at most {} fields",
                seatrial_sim::system::REGS
            );
            self.error(entry.key_span, "too-many", message, "");
        }
        let key = self
            .named(f, "key")
            .and_then(|key| self.find_field(&fields, &format!("the topic {}", entry.key), &key));
        if f.optional_choice("kind", &[("log", false), ("queue", true)]) == Some(true) {
            self.queue_topic(entry, f, &place, &fields, key.is_some());
            self.known.topic_fields.push(fields);
            self.known.topic_keys.push(key.unwrap_or(0));
            return;
        }
        let partitions = self.field(
            f,
            &place,
            "partitions",
            Kind::Count {
                least: 1,
                most: 1000,
            },
            8,
        );
        // Kafka's defaults: log.retention.hours 168, session.timeout.ms 45000.
        let keep = self.field(f, &place, "keep", Kind::Duration, 7 * 86_400 * SECOND);
        let session = self.field(f, &place, "session", Kind::Duration, 45 * SECOND);
        // Until all in-sync replicas have the message: a few milliseconds within a data centre.
        let acknowledged = self.dist(seatrial_sim::system::Dist::log_normal(3e6, 0.5));
        let takes = self.field(f, &place, "takes", Kind::Dist(DistOf::Time), acknowledged);
        let failing = place.below("failing");
        let mut pair = None;
        f.optional_one("failing", "rule for failing messages", |f| {
            let again = self.field(f, &failing, "again", Kind::Duration, SECOND);
            pair = Some((
                again,
                self.field(
                    f,
                    &failing,
                    "park",
                    Kind::Park,
                    seatrial_sim::system::park::NEVER,
                ),
            ));
        });
        let (again, park) = pair.unwrap_or_else(|| {
            let span = f.span();
            let again = self.param(&failing, "again", Kind::Duration, SECOND, span);
            (
                again,
                self.param(
                    &failing,
                    "park",
                    Kind::Park,
                    seatrial_sim::system::park::NEVER,
                    span,
                ),
            )
        });
        self.system.topics.push(Topic {
            name: entry.key.clone(),
            fields: fields.iter().map(plain).collect(),
            partitions,
            keep,
            again,
            park,
            session,
            takes,
            queue: None,
        });
        self.known.topic_fields.push(fields);
        self.known.topic_keys.push(key.unwrap_or(0));
    }
}
