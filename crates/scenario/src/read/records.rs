//! `records`: kinds of things, their fields and states.

use std::collections::BTreeSet;

use seatrial_sim::system::{Field, FieldKind, Record, RecordId};
use seatrial_source::{Node, Span, Spanned, Value};

use crate::cx::Cx;
use crate::known::RecordInfo;
use crate::scope::{FieldInfo, Ty};

pub(crate) const FIELDS_MOST: usize = 32;
/// Sets of states are bits of a `u64`.
const STATES_MOST: usize = 64;
const RECORDS_MOST: usize = 200;

impl<'a> Cx<'a> {
    pub fn records(&mut self, root: &'a Node) {
        let entries = self.section(root, "records");
        // Types of fields name other records, so all names come first.
        for entry in entries.iter().take(RECORDS_MOST) {
            self.known.records.push(RecordInfo {
                name: entry.key.clone(),
                fields: Vec::new(),
                states: Vec::new(),
            });
        }
        if let Some(entry) = entries.get(RECORDS_MOST) {
            self.error(
                entry.key_span,
                "too-many",
                format!("more than {RECORDS_MOST} records"),
                "",
            );
        }
        for (place, entry) in entries.iter().enumerate().take(RECORDS_MOST) {
            let id = RecordId(place as u16);
            let letters =
                entry.key.bytes().all(|b| b.is_ascii_alphanumeric()) && entry.key.len() <= 64;
            if !letters || !entry.key.starts_with(|c: char| c.is_ascii_uppercase()) {
                let message = format!(
                    "`{}` cannot be a record's name",
                    seatrial_source::clip(&entry.key)
                );
                self.error(
                    entry.key_span,
                    "bad-name",
                    message,
                    "letters and digits, beginning with a capital: `Order`",
                );
            }
            let record = self.at.map(&entry.value, "record", |f| {
                let fields = f
                    .required("fields")
                    .map(|node| self.record_fields(node))
                    .unwrap_or_default();
                let (states, next) = f
                    .optional("states")
                    .map(|node| self.states(node))
                    .unwrap_or_default();
                (fields, states, next)
            });
            let (mut fields, states, next) = record.unwrap_or_default();
            self.id_first(&mut fields, id, entry.key_span);
            let known = &mut self.known.records[place];
            known.fields = fields.clone();
            known.states = states.clone();
            self.system.records.push(Record {
                name: entry.key.clone(),
                // The first is its own id.
                refers: refers(&fields, 1),
                fields: fields.iter().map(plain).collect(),
                states: if states.is_empty() {
                    vec![String::new()]
                } else {
                    states
                },
                next: if next.is_empty() { vec![0] } else { next },
                // Told apart at a glance, and never another record's number.
                first_id: (place as u64 + 1) * 1_000_000 + 1,
            });
        }
    }

    /// The id stands first; a record that names none has one called `id`.
    fn id_first(&self, fields: &mut Vec<FieldInfo>, record: RecordId, span: Span) {
        let own = fields
            .iter()
            .position(|f| f.ty == Ty::Id(None) || f.ty == Ty::Id(Some(record)));
        match own {
            Some(0) => {}
            Some(place) => {
                let message = format!(
                    "the record's own id, `{}`, must be its first field",
                    fields[place].name
                );
                self.error(span, "id-not-first", message, "move it to the front");
                let own = fields.remove(place);
                fields.insert(0, own);
            }
            None => fields.insert(
                0,
                FieldInfo {
                    name: "id".into(),
                    ty: Ty::Id(None),
                    hidden: false,
                },
            ),
        }
        fields[0].ty = Ty::Id(Some(record));
    }

    pub fn record_fields(&self, node: &'a Node) -> Vec<FieldInfo> {
        let entries = self.at.entries(node, "`fields`");
        if let Some(entry) = entries.get(FIELDS_MOST) {
            self.error(
                entry.key_span,
                "too-many",
                format!("more than {FIELDS_MOST} fields"),
                "",
            );
        }
        let read = |entry: &'a seatrial_source::Entry| {
            self.word(&entry.key, entry.key_span);
            let ty = self
                .name(&entry.value, &format!("the type of `{}`", entry.key))
                .and_then(|name| self.ty(&name));
            if ty.is_none() {
                self.unread.set(true);
            }
            let ty = ty.unwrap_or(Ty::Unread);
            FieldInfo {
                name: entry.key.clone(),
                ty,
                hidden: false,
            }
        };
        entries.iter().take(FIELDS_MOST).map(read).collect()
    }

    /// `money`, `Order.id`.
    pub fn ty(&self, name: &Spanned<String>) -> Option<Ty> {
        if let Some(record) = name.value.strip_suffix(".id") {
            return self
                .find_record(&Spanned {
                    value: record.to_owned(),
                    span: name.span,
                })
                .map(|r| Ty::Id(Some(r)));
        }
        if let Some((_, ty)) = TYPES.iter().find(|(word, _)| *word == name.value) {
            return Some(*ty);
        }
        if self.known.record(&name.value).is_some() {
            let message = format!(
                "a field holds the id of a record, not the record: `{}.id`",
                name.value
            );
            self.error(
                name.span,
                "wrong-type",
                message,
                format!("write `{}.id`", name.value),
            );
            return None;
        }
        let records = self.known.records.iter().map(|r| format!("{}.id", r.name));
        let known: Vec<String> = TYPES
            .iter()
            .map(|(word, _)| (*word).to_owned())
            .chain(records)
            .collect();
        self.unknown(
            name.span,
            "type",
            &name.value,
            known.iter().map(String::as_str),
        );
        None
    }

    /// States in the order in which they are named first, and where each may go.
    fn states(&self, node: &'a Node) -> (Vec<String>, Vec<u64>) {
        let entries = self.at.entries(node, "`states`");
        let mut states: Vec<String> = Vec::new();
        let mut moves: Vec<(String, Spanned<String>)> = Vec::new();
        for entry in entries {
            states.push(entry.key.clone());
            if !crate::parts::is_nothing(&entry.value) {
                let to = self.name_list(&entry.value, &entry.key);
                moves.extend(to.into_iter().map(|to| (entry.key.clone(), to)));
            }
        }
        for (_, to) in &moves {
            if !states.contains(&to.value) {
                states.push(to.value.clone());
            }
        }
        if states.len() > STATES_MOST {
            self.error(
                node.span,
                "too-many",
                format!("more than {STATES_MOST} states"),
                "",
            );
            return (Vec::new(), Vec::new());
        }
        let mut next = vec![0u64; states.len()];
        let place = |name: &str| states.iter().position(|s| s == name).unwrap_or(0);
        for (from, to) in &moves {
            if *from == to.value {
                self.error(
                    to.span,
                    "bad-value",
                    format!("`{from}` goes to itself"),
                    "leave it out",
                );
            }
            next[place(from)] |= 1 << place(&to.value);
        }
        (states, next)
    }

    /// Warns of states that nothing can reach: neither made in one, nor coming from one that is reached.
    pub fn reach(&self, root: &'a Node, begins: &BTreeSet<(RecordId, u8)>) {
        for (place, entry) in self.section(root, "records").iter().enumerate() {
            let Some(record) = self.system.records.get(place) else {
                return;
            };
            let id = RecordId(place as u16);
            let made = begins.iter().filter(|(record, _)| *record == id);
            let mut reached: u64 = made.fold(0, |set, (_, state)| set | 1 << state);
            if reached == 0 {
                reached = 1;
            }
            for _ in 0..record.states.len() {
                for (state, next) in record.next.iter().enumerate() {
                    if reached & (1 << state) != 0 {
                        reached |= next;
                    }
                }
            }
            let Some(Value::Map(states)) = entry.value.get("states").map(|node| &node.value) else {
                continue;
            };
            for (_, name) in record
                .states
                .iter()
                .enumerate()
                .filter(|(s, _)| reached & (1 << s) == 0)
            {
                let span = states
                    .iter()
                    .find(|e| e.key == *name)
                    .map_or(entry.key_span, |e| e.key_span);
                let first = &record.states
                    [(reached.trailing_zeros() as usize).min(record.states.len() - 1)];
                let message = format!("no {} ever comes to the state `{name}`", record.name);
                self.warn(
                    span,
                    "unreachable-state",
                    message,
                    format!("it begins as `{first}`; let a state lead here, or delete it"),
                );
            }
        }
    }
}

const TYPES: &[(&str, Ty)] = &[
    ("id", Ty::Id(None)),
    ("money", Ty::Plain(FieldKind::Money)),
    ("string", Ty::Plain(FieldKind::Text)),
    ("date", Ty::Plain(FieldKind::Date)),
    ("time", Ty::Plain(FieldKind::Time)),
    ("duration", Ty::Plain(FieldKind::Duration)),
    ("count", Ty::Plain(FieldKind::Count)),
    ("ratio", Ty::Plain(FieldKind::Ratio)),
];

pub(crate) fn plain(field: &FieldInfo) -> Field {
    Field {
        name: field.name.clone(),
        kind: field.ty.field(),
    }
}

/// Which fields refer to which records, from the first that is no id of its own.
pub(crate) fn refers(fields: &[FieldInfo], own: usize) -> Vec<(u8, RecordId)> {
    let found = fields
        .iter()
        .enumerate()
        .skip(own)
        .filter_map(|(place, field)| match field.ty {
            Ty::Id(Some(record)) => Some((place as u8, record)),
            _ => None,
        });
    found.collect()
}
