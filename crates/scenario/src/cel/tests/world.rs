//! Environments and a ground for tests.

use std::collections::BTreeMap;

use seatrial_sim::expr::{Asked, Ground, Shelf};
use seatrial_sim::system::{GroupId, MeasureId, RecordId, ServiceId, TableId, TopicId};

use crate::cel::{Binding, Children, Column, Currency, Env, Function, Of, Place, Tuples, Type};

pub const ORDER: Shelf = Shelf::Record(RecordId(0));
pub const CHARGE: Shelf = Shelf::Record(RecordId(1));
pub const LINES: Shelf = Shelf::Table(TableId(0));
pub const ORDERS: Shelf = Shelf::Table(TableId(1));

fn column(name: &str, ty: Type) -> Column {
    Column {
        name: name.into(),
        ty,
        hidden: false,
        refers: None,
    }
}

fn refers(name: &str, shelf: Shelf) -> Column {
    Column {
        refers: Some(shelf),
        ..column(name, Type::Id)
    }
}

fn states(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn shelves() -> BTreeMap<Shelf, Tuples> {
    let order = Tuples {
        name: "Order".into(),
        columns: vec![
            column("id", Type::Id),
            column("value", Type::Money),
            column("items", Type::Int),
        ],
        states: states(&["pending", "confirmed", "cancelled"]),
        children: BTreeMap::from([(
            "charges".to_owned(),
            Children {
                shelf: CHARGE,
                field: 1,
            },
        )]),
        ..Tuples::default()
    };
    let charge = Tuples {
        name: "Charge".into(),
        columns: vec![
            column("id", Type::Id),
            refers("order", ORDER),
            column("amount", Type::Money),
            column("refunded", Type::Money),
            column("made", Type::Time),
        ],
        states: states(&["captured", "refunded", "disputed"]),
        children: BTreeMap::from([(
            "lines".to_owned(),
            Children {
                shelf: LINES,
                field: 1,
            },
        )]),
        ..Tuples::default()
    };
    let lines = Tuples {
        name: "settle.lines".into(),
        columns: vec![
            column("ref", Type::Key),
            refers("charge", CHARGE),
            column("amount", Type::Money),
            column("batch", Type::Date),
            column("account", Type::Text),
            column("share", Type::Ratio),
        ],
        ..Tuples::default()
    };
    let orders = Tuples {
        name: "shop.orders".into(),
        children: BTreeMap::new(),
        ..order.clone()
    };
    BTreeMap::from([
        (ORDER, order),
        (CHARGE, charge),
        (LINES, lines),
        (ORDERS, orders),
    ])
}

fn env(place: Place) -> Env {
    let mut env = Env::new(
        place,
        Currency {
            code: "USD".into(),
            digits: 2,
        },
    );
    env.shelves = shelves();
    env
}

/// About one order.
pub fn oracle() -> Env {
    let mut env = env(Place::Oracle);
    env.instance("order", 0, ORDER);
    let rows = Binding::List {
        shelf: ORDERS,
        of: Of::Tuple {
            field: 0,
            reg: 0,
            shelf: ORDER,
        },
        one: true,
    };
    env.names.insert(
        "shop".into(),
        Binding::Group(BTreeMap::from([("orders".to_owned(), rows)])),
    );
    env.names.insert(
        "lines".into(),
        Binding::List {
            shelf: LINES,
            of: Of::Case,
            one: false,
        },
    );
    let total = |field| {
        (
            Asked::Total {
                record: RecordId(1),
                field,
            },
            Type::Money,
        )
    };
    let of = BTreeMap::from([
        ("Charge.amount".to_owned(), total(2)),
        ("Charge.refunded".to_owned(), total(3)),
    ]);
    env.functions.insert(
        "total".into(),
        Function::Named {
            of,
            what: "total".into(),
        },
    );
    env.functions.insert(
        "balance".into(),
        Function::Balance {
            table: TableId(2),
            known: ["payable", "clearing"].map(str::to_owned).into(),
        },
    );
    env
}

pub fn alert() -> Env {
    let mut env = env(Place::Alert);
    env.shelves.clear();
    let services = BTreeMap::from([
        ("checkout".to_owned(), ServiceId(0)),
        ("payments".to_owned(), ServiceId(1)),
    ]);
    let named = |make: fn(ServiceId) -> Asked, ty| Function::Named {
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
    env.functions.insert(
        "p99".into(),
        Function::Latency {
            services,
            per_mille: Some(990),
        },
    );
    let lag = |group| (Asked::Lag(GroupId(group)), Type::Int);
    let of = BTreeMap::from([
        (("money".to_owned(), "ledger".to_owned()), lag(0)),
        (("money".to_owned(), "settlement".to_owned()), lag(1)),
    ]);
    env.functions.insert(
        "lag".into(),
        Function::Pair {
            of,
            what: ("topic".into(), "group of this topic".into()),
        },
    );
    let of = BTreeMap::from([("money".to_owned(), (Asked::Parked(TopicId(0)), Type::Int))]);
    env.functions.insert(
        "parked".into(),
        Function::Named {
            of,
            what: "topic".into(),
        },
    );
    env.names.insert(
        "oldest_unsettled".into(),
        Binding::Ask {
            what: Asked::Oldest(MeasureId(0)),
            ty: Type::Duration,
        },
    );
    env.knows_of(&oracle());
    env
}

/// A handler with an order, a charge and an event at hand.
pub fn step() -> Env {
    let mut env = env(Place::Step);
    for tuples in env.shelves.values_mut() {
        tuples.state_hidden = true;
        tuples.children.clear();
        for column in &mut tuples.columns {
            column.hidden = column.name == "refunded";
            column.refers = None;
        }
    }
    let reg = |reg, ty| Binding::Reg { reg, ty };
    env.names.insert("order".into(), reg(0, Type::Tuple(ORDER)));
    env.names
        .insert("charge".into(), reg(1, Type::Tuple(CHARGE)));
    let event = BTreeMap::from([
        ("ref".to_owned(), reg(2, Type::Key)),
        ("order".to_owned(), reg(3, Type::Id)),
        ("amount".to_owned(), reg(4, Type::Money)),
    ]);
    env.names.insert("event".into(), Binding::Group(event));
    let attempt = Binding::Ask {
        what: Asked::SagaAttempt,
        ty: Type::Int,
    };
    env.names.insert(
        "saga".into(),
        Binding::Group(BTreeMap::from([("attempt".to_owned(), attempt)])),
    );
    env.names.insert(
        "click".into(),
        Binding::Ask {
            what: Asked::Click,
            ty: Type::Int,
        },
    );
    env.knows_of(&oracle());
    env.knows_of(&alert());
    env
}

/// Tuples as (state, fields), in the order in which they came to be.
#[derive(Debug, Clone)]
pub struct World {
    pub regs: Vec<i64>,
    pub shelves: BTreeMap<Shelf, Vec<(u8, Vec<i64>)>>,
    pub ask: fn(Asked) -> i64,
}

impl Ground for World {
    fn reg(&self, reg: u8) -> i64 {
        self.regs.get(usize::from(reg)).copied().unwrap_or_default()
    }

    fn field(&self, shelf: Shelf, at: u32, field: u8) -> i64 {
        self.shelves[&shelf][at as usize].1[usize::from(field)]
    }

    fn state(&self, shelf: Shelf, at: u32) -> u8 {
        self.shelves[&shelf][at as usize].0
    }

    fn next(&self, shelf: Shelf, key: Option<(u8, i64)>, from: u32) -> Option<(u32, u32)> {
        let tuples = self.shelves.get(&shelf)?;
        (from as usize..tuples.len())
            .find(|&at| key.is_none_or(|(field, value)| tuples[at].1[usize::from(field)] == value))
            .map(|at| (at as u32, at as u32 + 1))
    }

    fn ask(&self, what: Asked) -> i64 {
        (self.ask)(what)
    }
}

/// Order 7 for 100.00 is confirmed, with two captured charges and a refunded one, of which one is settled; order 8 is
/// somebody else's.
pub fn world() -> World {
    let charge = |id, order, amount, refunded, made| vec![id, order, amount, refunded, made];
    World {
        regs: vec![0, 1, 902, 7, 2_500],
        shelves: BTreeMap::from([
            (ORDER, vec![(1, vec![7, 10_000, 3]), (0, vec![8, 500, 1])]),
            (
                CHARGE,
                vec![
                    (0, charge(70, 7, 10_000, 0, 1_000)),
                    (0, charge(71, 7, 2_500, 0, 2_000)),
                    (1, charge(72, 7, 1_000, 1_000, 3_000)),
                    (2, charge(80, 8, 500, 0, 4_000)),
                ],
            ),
            (
                LINES,
                vec![(
                    0,
                    vec![70, 70, 10_000, 20_000, 1, 0.25f64.to_bits().cast_signed()],
                )],
            ),
            (ORDERS, vec![(2, vec![7, 10_000, 3])]),
        ]),
        ask: |what| match what {
            Asked::Now => 5_000,
            Asked::Today => 20_524,
            Asked::Click => 2,
            Asked::SagaAttempt => 3,
            Asked::Total { field: 2, .. } => 14_000,
            Asked::Total { .. } => 1_000,
            Asked::Balance { text, .. } => -100 - i64::from(text),
            Asked::ErrorRatio(_) => 0.1f64.to_bits().cast_signed(),
            Asked::Rate(_) => 20.0f64.to_bits().cast_signed(),
            Asked::Latency { per_mille, .. } => i64::from(per_mille) * 1_000_000,
            Asked::Waiting(_) => 4,
            Asked::Up(_) => 3,
            Asked::Unmatched(_) => 6,
            Asked::Lag(GroupId(group)) => 10 + i64::from(group),
            Asked::LagMax(GroupId(group)) => 5 + i64::from(group),
            Asked::InFlight(GroupId(group)) => 7 + i64::from(group),
            Asked::Flag(_) | Asked::Misused(_) | Asked::Exposed(_) | Asked::LoginsFailed(_) => 0,
            Asked::Parked(_) => 1,
            Asked::Oldest(_) => 360_000_000_000,
            Asked::Release { new, .. } => i64::from(new),
        },
    }
}
