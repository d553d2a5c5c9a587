//! The same text, run by our program and by the `cel` crate's own interpreter, over random well-typed expressions and
//! random lists. Where the interpreter refuses (overflow, division by zero), the two differ on purpose: ours saturates.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use cel::{Context, ExecutionError, Value};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use seatrial_sim::expr::Shelf;
use seatrial_sim::system::RecordId;

use super::values::anything;
use super::world::World;
use super::writer::Writer;
use crate::cel::{Binding, Column, Currency, Env, Of, Place, Pools, Tuples, Type, compile};

const ITEMS: Shelf = Shelf::Record(RecordId(0));

/// Registers: two whole numbers, two ratios, a yes or no.
const NAMES: [(&str, Type); 5] = [
    ("i", Type::Int),
    ("j", Type::Int),
    ("f", Type::Ratio),
    ("g", Type::Ratio),
    ("p", Type::Bool),
];

fn env() -> Env {
    let mut env = Env::new(
        Place::Oracle,
        Currency {
            code: "USD".into(),
            digits: 2,
        },
    );
    env.names.clear();
    for (reg, (name, ty)) in NAMES.into_iter().enumerate() {
        env.names
            .insert(name.into(), Binding::Reg { reg: reg as u8, ty });
    }
    let column = |name: &str, ty| Column {
        name: name.into(),
        ty,
        hidden: false,
        refers: None,
    };
    let columns = vec![
        column("a", Type::Int),
        column("b", Type::Int),
        column("r", Type::Ratio),
        column("q", Type::Bool),
    ];
    env.shelves.insert(
        ITEMS,
        Tuples {
            name: "Item".into(),
            columns,
            ..Tuples::default()
        },
    );
    let list = |of| Binding::List {
        shelf: ITEMS,
        of,
        one: false,
    };
    env.names.insert("items".into(), list(Of::Case));
    // Those whose `b` is what `j` is.
    env.names
        .insert("mine".into(), list(Of::Equal { field: 1, reg: 1 }));
    env
}

/// What both sides are given.
#[derive(Debug, Clone)]
struct Given {
    i: i64,
    j: i64,
    f: f64,
    g: f64,
    p: bool,
    items: Vec<(i64, i64, f64, bool)>,
}

impl Given {
    fn world(&self) -> World {
        let bits = |value: f64| value.to_bits().cast_signed();
        let item = |&(a, b, r, q): &(i64, i64, f64, bool)| (0, vec![a, b, bits(r), i64::from(q)]);
        World {
            regs: vec![
                self.i,
                self.j,
                bits(self.f),
                bits(self.g),
                i64::from(self.p),
            ],
            shelves: BTreeMap::from([(ITEMS, self.items.iter().map(item).collect())]),
            ask: |_| 0,
        }
    }

    fn context(&self) -> Context<'static, 'static> {
        let mut context = Context::default();
        context.add_variable_from_value("i", self.i);
        context.add_variable_from_value("j", self.j);
        context.add_variable_from_value("f", self.f);
        context.add_variable_from_value("g", self.g);
        context.add_variable_from_value("p", self.p);
        let item = |&(a, b, r, q): &(i64, i64, f64, bool)| -> Value {
            let fields: [(&str, Value); 4] = [
                ("a", a.into()),
                ("b", b.into()),
                ("r", r.into()),
                ("q", q.into()),
            ];
            fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect::<HashMap<String, Value>>()
                .into()
        };
        let all: Vec<Value> = self.items.iter().map(item).collect();
        let mine: Vec<Value> = self
            .items
            .iter()
            .filter(|found| found.1 == self.j)
            .map(item)
            .collect();
        context.add_variable_from_value("items", Value::List(Arc::new(all)));
        context.add_variable_from_value("mine", Value::List(Arc::new(mine)));
        // The interpreter has no sums. An empty list does not say of what: there are two names for it.
        context.add_function("sum", ints).unwrap();
        context.add_function("sum_f", floats).unwrap();
        context
    }
}

fn ints(list: Arc<Vec<Value>>) -> Result<Value, ExecutionError> {
    list.iter()
        .try_fold(0i64, |sum, value| match value {
            Value::Int(value) => sum.checked_add(*value).ok_or_else(overflow),
            other => panic!("{other:?} in a sum of whole numbers"),
        })
        .map(Value::Int)
}

fn floats(list: Arc<Vec<Value>>) -> Result<Value, ExecutionError> {
    let add = |sum, value: &Value| match value {
        Value::Float(value) => sum + value,
        other => panic!("{other:?} in a sum of ratios"),
    };
    Ok(Value::Float(list.iter().fold(0.0, add)))
}

fn overflow() -> ExecutionError {
    ExecutionError::function_error("sum", "overflow")
}

fn given() -> impl Strategy<Value = Given> {
    let int = || prop_oneof![8 => -9i64..9, 1 => any::<i64>()];
    let ratio = || prop_oneof![8 => (-8i32..8).prop_map(|eighths| f64::from(eighths) / 8.0), 1 => any::<f64>()];
    let item = (int(), -2i64..2, ratio(), any::<bool>());
    let items = proptest::collection::vec(item, 0..7);
    (int(), -2i64..2, ratio(), ratio(), any::<bool>(), items).prop_map(|(i, j, f, g, p, items)| {
        Given {
            i,
            j,
            f,
            g,
            p,
            items,
        }
    })
}

thread_local! {
    static COMPARED: Cell<usize> = const { Cell::new(0) };
}

/// Holds both sides against each other.
fn agree(text: &str, given: &Given) -> Result<(), TestCaseError> {
    let ours = text.replace("sum_f(", "sum(");
    let (program, ty) = match compile(&ours, &env(), anything(), &mut Pools::default()) {
        Ok(done) => done,
        Err(mistakes) => {
            let limits = ["too-deep", "too-much", "too-long"];
            prop_assert!(
                mistakes
                    .iter()
                    .all(|mistake| limits.contains(&mistake.code)),
                "{text}: {mistakes:#?}"
            );
            return Ok(());
        }
    };
    let theirs = cel::Program::compile(text)
        .expect(text)
        .execute(&given.context());
    let Ok(theirs) = theirs else { return Ok(()) };
    let found = program.run(&given.world());
    let same = match (ty, &theirs) {
        (Type::Int, Value::Int(value)) => found == *value,
        (Type::Bool, Value::Bool(value)) => found == i64::from(*value),
        (Type::Ratio, Value::Float(value)) => {
            let found = f64::from_bits(found.cast_unsigned());
            found.to_bits() == value.to_bits() || (found.is_nan() && value.is_nan())
        }
        _ => false,
    };
    prop_assert!(same, "{text}\nours: {found} ({ty:?})\ntheirs: {theirs:?}");
    COMPARED.set(COMPARED.get() + 1);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_200))]

    #[test]
    fn our_programs_agree_with_the_interpreter(
        tape in proptest::collection::vec(any::<u8>(), 1..60),
        kind in 0..3,
        given in given(),
    ) {
        let mut writer = Writer::new(&tape);
        let text = match kind {
            0 => writer.int(),
            1 => writer.ratio(),
            _ => writer.bool(),
        };
        agree(&text, &given)?;
    }
}

/// The comparison above is worth something only while the two sides are in fact compared.
#[test]
fn most_texts_are_compared() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = (proptest::collection::vec(any::<u8>(), 1..60), given());
    COMPARED.set(0);
    for _ in 0..200 {
        let (tape, given) = strategy.new_tree(&mut runner).unwrap().current();
        let text = Writer::new(&tape).bool();
        agree(&text, &given).unwrap();
    }
    assert!(COMPARED.get() > 120, "{} of 200", COMPARED.get());
}
