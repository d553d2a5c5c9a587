//! The names that a scenario gives, by kind, and what must be known of a thing before it is read in full.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_sim::system::{HandlerKind, RecordId};
use seatrial_source::{Entry, Node, Span, Spanned};

use crate::cx::Cx;
use crate::scope::{FieldInfo, Ty};

/// Names of one kind, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Index {
    names: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Index {
    pub fn add(&mut self, name: &str) -> usize {
        self.places
            .entry(name.to_owned())
            .or_insert(self.names.len());
        self.names.push(name.to_owned());
        self.names.len() - 1
    }

    pub fn of(entries: &[Entry]) -> Index {
        let mut index = Index::default();
        for entry in entries {
            index.add(&entry.key);
        }
        index
    }

    pub fn get(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.iter().map(String::as_str)
    }

    pub fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", |name| name)
    }
}

pub(crate) struct RecordInfo {
    pub name: String,
    pub fields: Vec<FieldInfo>,
    pub states: Vec<String>,
}

pub(crate) struct TableInfo<'a> {
    pub name: String,
    pub store: usize,
    pub record: Option<RecordId>,
    pub fields: Vec<FieldInfo>,
    pub states: Vec<String>,
    /// Its expressions, which are read once everything has a name.
    pub at_commit: Option<(u8, &'a Node)>,
}

pub(crate) struct OperationInfo<'a> {
    pub name: String,
    pub provider: usize,
    pub node: &'a Node,
    /// The record that it answers with.
    pub answers: Option<RecordId>,
}

pub(crate) struct HandlerInfo<'a> {
    pub name: String,
    pub service: usize,
    pub span: Span,
    pub node: &'a Node,
    pub kind: HandlerKind,
    /// Names and types of its first registers.
    pub inputs: Vec<(String, Ty)>,
    pub answers: Option<RecordId>,
    /// The topic that a consumer reads.
    pub topic: Option<usize>,
    /// The provider whose events a webhook takes.
    pub events_of: Option<usize>,
    /// Whether it asks for the state that an event is about.
    pub asks_state: bool,
}

/// Places of its copies: in the service that it is part of, and in that of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ModuleHandler {
    pub at: [usize; 2],
    pub placed: Option<seatrial_sim::system::PlacedId>,
}

#[derive(Default)]
pub(crate) struct Known<'a> {
    pub records: Vec<RecordInfo>,
    /// Records that a client or a provider makes.
    pub made: BTreeSet<RecordId>,
    pub clients: Index,
    pub stores: Index,
    pub tables: Vec<TableInfo<'a>>,
    /// `store.migration`.
    pub migrations: Vec<String>,
    pub caches: Index,
    pub topics: Index,
    pub topic_fields: Vec<Vec<FieldInfo>>,
    pub topic_keys: Vec<u8>,
    /// Topic, group name, place of the handler.
    pub groups: Vec<(usize, String, usize)>,
    pub providers: Index,
    /// The `webhooks` of each provider.
    pub webhooks: Vec<Option<&'a Node>>,
    pub operations: Vec<OperationInfo<'a>>,
    pub services: Index,
    pub handlers: Vec<HandlerInfo<'a>>,
    /// Places of handlers and of operations, by `owner.name`.
    pub handler_places: BTreeMap<String, usize>,
    pub operation_places: BTreeMap<String, usize>,
    /// By `module.name`.
    pub module_handlers: BTreeMap<String, ModuleHandler>,
    pub table_places: BTreeMap<String, usize>,
    /// Service and name.
    pub jobs: Vec<(usize, String)>,
    pub blocks: BTreeMap<String, (Span, &'a Node)>,
    pub blocks_used: BTreeSet<String>,
    /// Service and store, where the one has transactions on the other.
    pub pools_used: BTreeSet<(usize, usize)>,
    /// Stores whose outbox some job publishes.
    pub relays: BTreeSet<usize>,
    /// Which parameter says how a message of which store travels, and where that stands.
    pub vias: Vec<(seatrial_sim::system::ParamId, usize, Span)>,
    /// Which parameter says what a saga does about the unknown, and whether it has somebody to ask.
    pub saga_asks: Vec<(seatrial_sim::system::ParamId, bool)>,
    pub measures: Index,
    pub alerts: Index,
    pub invariants: Index,
    pub moves: Index,
    /// `shop.v2`, in the order of the system's list.
    pub versions: Index,
    /// Services with versions that go wrong somewhere, and by path where that can be.
    pub faulty: BTreeSet<usize>,
    pub sites: BTreeMap<String, usize>,
    pub flags: Index,
    /// Credentials, so many, then certificates.
    pub secrets: Index,
    pub credentials: usize,
    /// By provider that signs its webhooks: with which credential.
    pub signers: BTreeMap<usize, usize>,
}

impl Known<'_> {
    pub fn record(&self, name: &str) -> Option<RecordId> {
        self.records
            .iter()
            .position(|record| record.name == name)
            .map(|place| RecordId(place as u16))
    }

    pub fn record_field(&self, record: RecordId, field: &str) -> Option<(u8, &FieldInfo)> {
        let fields = &self.records.get(record.at())?.fields;
        fields
            .iter()
            .position(|f| f.name == field)
            .map(|place| (place as u8, &fields[place]))
    }

    pub fn is_made(&self, record: RecordId) -> bool {
        self.made.contains(&record)
    }

    pub fn record_name(&self, record: RecordId) -> &str {
        self.records
            .get(record.at())
            .map_or("", |r| r.name.as_str())
    }

    /// `Label` as a name in scope: `label`; words stay apart: `ReturnLabel` is `return_label`.
    pub fn record_var(&self, record: RecordId) -> String {
        snake(self.record_name(record))
    }
}

pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// Several of them: `label` → `labels`, `entry` → `entries`, `batch` → `batches`.
pub(crate) fn plural(name: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if name.ends_with(['s', 'x']) || name.ends_with("ch") || name.ends_with("sh") => {
            format!("{name}es")
        }
        _ => format!("{name}s"),
    }
}

impl<'a> Cx<'a> {
    pub fn find_record(&self, name: &Spanned<String>) -> Option<RecordId> {
        let found = self.known.record(&name.value);
        if found.is_none() {
            self.unknown(
                name.span,
                "record",
                &name.value,
                self.known.records.iter().map(|r| r.name.as_str()),
            );
        }
        found
    }

    /// `Label.printed`.
    pub fn find_state(&self, name: &Spanned<String>) -> Option<(RecordId, u8)> {
        let (record, state) = name.value.split_once('.').unwrap_or((&name.value, ""));
        let record = self.find_record(&Spanned {
            value: record.to_owned(),
            span: name.span,
        })?;
        if state.is_empty() {
            return Some((record, 0));
        }
        let states = self.known.records[record.at()].states.clone();
        // A state that is not there has been told; the record is there all the same.
        let state = self.state_of(&states, state, name.span, self.known.record_name(record));
        Some((record, state.unwrap_or(0)))
    }

    pub fn state_of(&self, states: &[String], state: &str, span: Span, of: &str) -> Option<u8> {
        let found = states.iter().position(|s| s == state);
        if found.is_none() {
            self.unknown(
                span,
                &format!("state of {of} called"),
                state,
                states.iter().map(String::as_str),
            );
        }
        found.map(|place| place as u8)
    }

    pub fn find_in(&self, index: &Index, what: &str, name: &Spanned<String>) -> Option<usize> {
        let found = index.get(&name.value);
        if found.is_none() {
            self.unknown(name.span, what, &name.value, index.iter());
        }
        found
    }

    pub fn find_store(&self, name: &Spanned<String>) -> Option<usize> {
        self.find_in(&self.known.stores, "store", name)
    }

    pub fn find_topic(&self, name: &Spanned<String>) -> Option<usize> {
        self.find_in(&self.known.topics, "topic", name)
    }

    pub fn find_service(&self, name: &Spanned<String>) -> Option<usize> {
        self.find_in(&self.known.services, "service", name)
    }

    pub fn find_provider(&self, name: &Spanned<String>) -> Option<usize> {
        self.find_in(&self.known.providers, "provider", name)
    }

    /// A table of one store.
    pub fn find_table_of(&self, store: usize, name: &Spanned<String>) -> Option<usize> {
        let found = self
            .known
            .tables
            .iter()
            .position(|t| t.store == store && t.name == name.value);
        if found.is_none() {
            let tables = self
                .known
                .tables
                .iter()
                .filter(|t| t.store == store)
                .map(|t| t.name.as_str());
            let what = format!(
                "table of the store {} called",
                self.known.stores.name(store)
            );
            self.unknown(name.span, &what, &name.value, tables);
        }
        found
    }

    /// `depot.labels`.
    pub fn find_table(&self, name: &Spanned<String>) -> Option<usize> {
        self.find_by_path(&self.known.table_places, "table", name)
    }

    fn find_by_path(
        &self,
        places: &BTreeMap<String, usize>,
        what: &str,
        name: &Spanned<String>,
    ) -> Option<usize> {
        let found = places.get(&name.value).copied();
        if found.is_none() {
            self.unknown(
                name.span,
                what,
                &name.value,
                places.keys().map(String::as_str),
            );
        }
        found
    }

    pub fn find_field(
        &self,
        fields: &[FieldInfo],
        what: &str,
        name: &Spanned<String>,
    ) -> Option<u8> {
        let found = fields.iter().position(|f| f.name == name.value);
        if found.is_none() {
            self.unknown(
                name.span,
                &format!("field of {what} called"),
                &name.value,
                fields.iter().map(|f| f.name.as_str()),
            );
        }
        found.map(|place| place as u8)
    }

    /// `front.take` as a handler.
    pub fn find_handler(&self, name: &Spanned<String>) -> Option<usize> {
        if self.known.module_handlers.contains_key(&name.value) {
            let message = format!("`{}` is part of a module, which may be in one service or in another", name.value);
            self.error(name.span, "wrong-type", message, "name a service's handler, and let that call the module");
            return None;
        }
        self.find_by_path(&self.known.handler_places, "handler", name)
    }

    pub fn find_operation(&self, name: &Spanned<String>) -> Option<usize> {
        self.find_by_path(&self.known.operation_places, "operation", name)
    }

    /// Reports a name that paths and expressions could not hold.
    pub fn word(&self, name: &str, span: Span) {
        let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.len() <= 64
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-');
        if !fits {
            let message = format!("`{}` cannot be a name", seatrial_source::clip(name));
            self.error(
                span,
                "bad-name",
                message,
                "small letters, digits, `_` and `-`, beginning with a letter",
            );
        }
    }
}
