//! The three environments: what steps, alerts and the oracle can name. Built once the names are known; what is in
//! scope at one place is added there.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_sim::expr::{Asked, Shelf};
use seatrial_sim::system::{
    FieldKind, Fill, FlagId, GroupId, MeasureId, RecordId, SecretId, ServiceId, Statement, TableId, TopicId,
};

use crate::cel::{self, Binding, Children, Column, Env, Function, Of, Place, Tuples, Type};
use crate::cx::Cx;
use crate::known::{plural, snake};
use crate::scope::{FieldInfo, Ty};

#[derive(Default)]
pub(crate) struct Envs {
    /// Records as steps see them: without what only a provider knows.
    pub step: Option<Env>,
    pub alert: Option<Env>,
    /// Everything, true.
    pub oracle: Option<Env>,
}

impl<'a> Cx<'a> {
    pub fn build_envs(&mut self) {
        let currency = || cel::Currency {
            code: self.currency.code.clone(),
            digits: self.currency.digits,
        };
        let mut step = Env::new(Place::Step, currency());
        step.shelves = self.step_shelves();
        let mut oracle = Env::new(Place::Oracle, currency());
        oracle.shelves = self.oracle_shelves();
        let total = Function::Named {
            of: self.totals(),
            what: "total".into(),
        };
        oracle.functions.insert("total".into(), total);
        let mut alert = self.alert_env(currency());
        let flags = self.known.flags.iter().enumerate();
        let of = flags.map(|(at, name)| (name.to_owned(), (Asked::Flag(FlagId(at as u16)), Type::Bool))).collect();
        step.functions.insert("flag".into(), Function::Named { of, what: "flag".into() });
        let secret = |asks: fn(SecretId) -> Asked| Function::Named {
            of: self
                .known
                .secrets
                .iter()
                .take(self.known.credentials)
                .enumerate()
                .map(|(at, name)| (name.to_owned(), (asks(SecretId(at as u16)), Type::Int)))
                .collect(),
            what: "credential".into(),
        };
        oracle.functions.insert("misused".into(), secret(Asked::Misused));
        oracle.functions.insert("exposed".into(), secret(Asked::Exposed));
        alert.functions.insert("misused".into(), secret(Asked::Misused));
        alert.functions.insert("logins_failed".into(), secret(Asked::LoginsFailed));
        // Who uses a name of another environment is told whose it is.
        let records = self
            .known
            .records
            .iter()
            .map(|record| plural(&snake(&record.name)));
        let tables = self.known.tables.iter().map(|table| table.name.clone());
        let truths: Vec<String> = records
            .chain(tables)
            .chain(["total", "balance"].map(str::to_owned))
            .collect();
        step.knows_of(&alert);
        for name in &truths {
            step.elsewhere.entry(name.clone()).or_insert(Place::Oracle);
            alert.elsewhere.entry(name.clone()).or_insert(Place::Oracle);
        }
        oracle.knows_of(&alert);
        for name in ["click", "saga", "event"] {
            oracle
                .elsewhere
                .entry(name.to_owned())
                .or_insert(Place::Step);
            alert
                .elsewhere
                .entry(name.to_owned())
                .or_insert(Place::Step);
        }
        self.envs = Envs {
            step: Some(step),
            alert: Some(alert),
            oracle: Some(oracle),
        };
    }

    fn step_shelves(&self) -> BTreeMap<Shelf, Tuples> {
        let shelf = |(place, info): (usize, &crate::known::RecordInfo)| {
            let id = RecordId(place as u16);
            let columns = info
                .fields
                .iter()
                .map(|field| self.column(field, Some(id), field.hidden))
                .collect();
            let (name, states) = (info.name.clone(), info.states.clone());
            (
                Shelf::Record(id),
                Tuples {
                    name,
                    columns,
                    states,
                    state_hidden: true,
                    ..Tuples::default()
                },
            )
        };
        self.known.records.iter().enumerate().map(shelf).collect()
    }

    fn oracle_shelves(&self) -> BTreeMap<Shelf, Tuples> {
        let record = |(place, info): (usize, &crate::known::RecordInfo)| {
            let id = RecordId(place as u16);
            let columns = info
                .fields
                .iter()
                .map(|field| self.column(field, Some(id), false))
                .collect();
            let (name, states) = (info.name.clone(), info.states.clone());
            (
                Shelf::Record(id),
                Tuples {
                    name,
                    columns,
                    states,
                    children: self.children(id),
                    ..Tuples::default()
                },
            )
        };
        let table = |(place, info): (usize, &crate::known::TableInfo<'a>)| {
            let columns = info
                .fields
                .iter()
                .map(|field| self.column(field, info.record, false))
                .collect();
            let name = format!("{}.{}", self.known.stores.name(info.store), info.name);
            let states = info.states.clone();
            (
                Shelf::Table(TableId(place as u16)),
                Tuples {
                    name,
                    columns,
                    states,
                    ..Tuples::default()
                },
            )
        };
        let records = self.known.records.iter().enumerate().map(record);
        records
            .chain(self.known.tables.iter().enumerate().map(table))
            .collect()
    }

    fn totals(&self) -> BTreeMap<String, (Asked, Type)> {
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
        of
    }

    /// The rows of an instance, by store and table: `depot.labels`.
    pub(super) fn name_rows(&self, env: &mut Env, record: RecordId) {
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
    }

    /// `own` is the record whose id the first field is, and refers to nothing else.
    fn column(&self, field: &FieldInfo, own: Option<RecordId>, hidden: bool) -> Column {
        let refers = match field.ty {
            Ty::Id(Some(record)) if Some(record) != own || !self.is_own(field, record) => {
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
    pub(super) fn cel_type(&self, ty: Ty) -> Type {
        match ty {
            Ty::Record(record) => Type::Tuple(Shelf::Record(record)),
            Ty::Id(Some(record)) if self.known.is_made(record) => Type::Id,
            Ty::Id(_) | Ty::Unread | Ty::Plain(FieldKind::Id) => Type::Key,
            Ty::Plain(FieldKind::Money) => Type::Money,
            Ty::Plain(FieldKind::Text) => Type::Text,
            Ty::Plain(FieldKind::Date) => Type::Date,
            Ty::Plain(FieldKind::Time) => Type::Time,
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

    fn alert_env(&self, currency: cel::Currency) -> Env {
        let mut env = Env::new(Place::Alert, currency);
        for (place, name) in self.known.measures.iter().enumerate() {
            let measure = MeasureId(place as u16);
            let oldest = Binding::Ask { what: Asked::Oldest(measure), ty: Type::Duration };
            env.names.insert(format!("oldest_{name}"), oldest);
            let count = Binding::Ask { what: Asked::Unmatched(measure), ty: Type::Int };
            env.names.insert(format!("count_{name}"), count);
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
        env.functions
            .insert("up".into(), named(Asked::Up, Type::Int));
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
        for (name, asks) in [
            ("lag", Asked::Lag as fn(GroupId) -> Asked),
            ("lag_max", Asked::LagMax),
            ("in_flight", Asked::InFlight),
        ] {
            let groups = self
                .known
                .groups
                .iter()
                .enumerate()
                .map(|(place, (topic, group, _))| {
                    let pair = (self.known.topics.name(*topic).to_owned(), group.clone());
                    (pair, (asks(GroupId(place as u16)), Type::Int))
                });
            let what = ("topic".to_owned(), "group".to_owned());
            let of = groups.collect();
            env.functions
                .insert(name.into(), Function::Pair { of, what });
        }
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

    /// The texts by which a table's balance is kept, when all rows are made with constant ones; none otherwise.
    pub(super) fn texts_of_balance(&self, table: usize) -> BTreeSet<String> {
        let Some(balance) = self.system.tables[table].balance else {
            return BTreeSet::new();
        };
        let mut texts = BTreeSet::new();
        for statement in self.system.txs.iter().flat_map(|tx| &tx.statements) {
            let Statement::Insert(insert) = statement else {
                continue;
            };
            for row in insert.rows.iter().filter(|_| insert.table.at() == table) {
                match row.get(usize::from(balance.by)) {
                    Some(Fill::Constant(text)) => {
                        texts.extend(self.pools.texts.get(*text as usize).cloned());
                    }
                    _ => return BTreeSet::new(),
                }
            }
        }
        texts
    }
}
