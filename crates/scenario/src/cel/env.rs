//! What an expression can name. The loader builds one `Env` per place that holds expressions.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_sim::expr::{Asked, Shelf};
use seatrial_sim::system::{RecordId, ServiceId, TableId};

use super::Type;

/// Where an expression stands. Names of one are not known in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Steps of handlers: input, earlier results, local rows, the replica's clock.
    Step,
    /// Alerts: telemetry that was bought.
    Alert,
    /// Invariants: one instance's records, totals, balances, true time.
    Oracle,
}

/// The scenario's one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    /// ISO 4217, upper case. In lower case it is the name of the function that makes money.
    pub code: String,
    pub digits: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Env {
    pub place: Place,
    pub currency: Currency,
    pub names: BTreeMap<String, Binding>,
    pub functions: BTreeMap<String, Function>,
    /// What is known of the tuples on each shelf.
    pub shelves: BTreeMap<Shelf, Tuples>,
    /// Names and functions of the other places, to say so when one is used here.
    pub elsewhere: BTreeMap<String, Place>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Binding {
    /// A register, and what it holds.
    Reg { reg: u8, ty: Type },
    /// A figure that is asked for.
    Ask { what: Asked, ty: Type },
    /// Tuples of the case.
    List { shelf: Shelf, of: Of, one: bool },
    /// A name with members, as `event` in `event.ref`.
    Group(BTreeMap<String, Binding>),
}

/// Which tuples of a shelf a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// All of the case.
    Case,
    /// Those whose field has the value of a register.
    Equal { field: u8, reg: u8 },
    /// Those whose field has the id of the tuple in a register.
    Tuple { field: u8, reg: u8, shelf: Shelf },
}

/// A record or a table as expressions see it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tuples {
    /// `Charge`, `shop.orders`.
    pub name: String,
    /// In the order of the fields; field 0 of a record is its id.
    pub columns: Vec<Column>,
    /// Empty for what has no states.
    pub states: Vec<String>,
    /// Whether the state is what only the provider knows.
    pub state_hidden: bool,
    /// Lists that can be named as members: tuples that refer to this one by its field 0.
    pub children: BTreeMap<String, Children>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Children {
    pub shelf: Shelf,
    /// Their field that holds this one's id.
    pub field: u8,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub ty: Type,
    /// Only the provider knows it: naming it is a mistake.
    pub hidden: bool,
    /// The shelf that it refers to (by field 0), where members of that may be named: `charge.order.value`.
    pub refers: Option<Shelf>,
}

/// A function that the environment adds to the language's own.
#[derive(Debug, Clone, PartialEq)]
pub enum Function {
    /// `rate('checkout')`, `total('Charge.amount')`: one constant text out of a list. `what` says what the text names.
    /// (`total.captured` is offered by a group of names instead.)
    Named {
        of: BTreeMap<String, (Asked, Type)>,
        what: String,
    },
    /// `lag('money', 'ledger')`: two constant texts; `what` says both.
    Pair {
        of: BTreeMap<(String, String), (Asked, Type)>,
        what: (String, String),
    },
    /// `latency('checkout', 0.99)`, or with `per_mille` given `p99('checkout')`.
    Latency {
        services: BTreeMap<String, ServiceId>,
        per_mille: Option<u16>,
    },
    /// `balance('payable')`: one of the texts that rows of the table are made with; any, when none is listed.
    Balance {
        table: TableId,
        known: BTreeSet<String>,
    },
}

impl Env {
    /// With `now` and `today`, except for alerts.
    pub fn new(place: Place, currency: Currency) -> Env {
        let mut names = BTreeMap::new();
        if place != Place::Alert {
            names.insert(
                "now".to_owned(),
                Binding::Ask {
                    what: Asked::Now,
                    ty: Type::Time,
                },
            );
            names.insert(
                "today".to_owned(),
                Binding::Ask {
                    what: Asked::Today,
                    ty: Type::Date,
                },
            );
        }
        Env {
            place,
            currency,
            names,
            functions: BTreeMap::new(),
            shelves: BTreeMap::new(),
            elsewhere: BTreeMap::new(),
        }
    }

    /// Takes over the names and functions of another environment, to say so when one of them is used here.
    pub fn knows_of(&mut self, other: &Env) {
        let everywhere = Env::new(other.place, other.currency.clone()).names;
        let names = other
            .names
            .keys()
            .filter(|name| !everywhere.contains_key(*name));
        for name in names.chain(other.functions.keys()) {
            self.elsewhere.entry(name.clone()).or_insert(other.place);
        }
    }

    /// Names a tuple in a register, and as bare names what belongs to it.
    pub fn instance(&mut self, name: &str, reg: u8, shelf: Shelf) {
        self.names.insert(
            name.to_owned(),
            Binding::Reg {
                reg,
                ty: Type::Tuple(shelf),
            },
        );
        let children = self
            .shelves
            .get(&shelf)
            .map(|tuples| tuples.children.clone())
            .unwrap_or_default();
        for (name, Children { shelf: of, field }) in children {
            let list = Binding::List {
                shelf: of,
                of: Of::Tuple { field, reg, shelf },
                one: false,
            };
            self.names.insert(name, list);
        }
    }

    pub(super) fn shelf_name(&self, shelf: Shelf) -> String {
        match (self.shelves.get(&shelf), shelf) {
            (Some(tuples), _) => tuples.name.clone(),
            (None, Shelf::Record(RecordId(number))) => format!("record {number}"),
            (None, Shelf::Table(TableId(number))) => format!("table {number}"),
        }
    }
}
