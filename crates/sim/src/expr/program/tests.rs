use proptest::prelude::*;

use super::*;
use crate::Id;
use crate::expr::Ground;
use crate::system::{RecordId, TableId};

const SHELF: Shelf = Shelf::Record(RecordId(0));

/// Tuples of one shelf; field 0 is the value, field 1 what they belong to. The state is the place.
struct Tuples(Vec<(i64, i64)>);

impl Ground for Tuples {
    fn reg(&self, reg: u8) -> i64 {
        reg.into()
    }

    fn field(&self, _: Shelf, at: u32, field: u8) -> i64 {
        let tuple = self.0[at as usize];
        if field == 0 { tuple.0 } else { tuple.1 }
    }

    fn state(&self, _: Shelf, at: u32) -> u8 {
        at as u8
    }

    fn next(&self, shelf: Shelf, key: Option<(u8, i64)>, from: u32) -> Option<(u32, u32)> {
        (from..self.0.len() as u32)
            .find(|&at| key.is_none_or(|(field, value)| self.field(shelf, at, field) == value))
            .map(|at| (at, at + 1))
    }

    fn ask(&self, _: Asked) -> i64 {
        7
    }
}

fn value(ops: &[Op]) -> i64 {
    Program::new(ops.to_vec()).unwrap().run(&Tuples(vec![]))
}

fn calc(left: i64, right: i64, calc: Calc) -> i64 {
    value(&[Op::Const(left), Op::Const(right), Op::Calc(calc)])
}

/// Sums field 0 of the tuples that belong to `key`.
fn sum(key: i64) -> Program {
    Program::new(vec![
        Op::Const(0),
        Op::Const(key),
        Op::Begin { lane: 0, keyed: true },
        Op::Next { lane: 0, shelf: SHELF, field: Some(1), exit: 8 },
        Op::Item(0),
        Op::Field { shelf: SHELF, field: 0 },
        Op::Calc(Calc::Add),
        Op::Jump(3),
    ])
    .unwrap()
}

#[test]
fn nothing_is_zero() {
    assert_eq!(Program::default().run(&Tuples(vec![])), 0);
    assert_eq!(Program::default().as_constant(), Some(0));
    assert_eq!(Program::constant(-3).run(&Tuples(vec![])), -3);
}

#[test]
fn integers_saturate_and_zero_divides_to_zero() {
    assert_eq!(calc(i64::MAX, 1, Calc::Add), i64::MAX);
    assert_eq!(calc(i64::MIN, 1, Calc::Sub), i64::MIN);
    assert_eq!(calc(i64::MIN, -1, Calc::Div), i64::MAX);
    assert_eq!(calc(i64::MIN, -1, Calc::Rem), 0);
    assert_eq!(calc(5, 0, Calc::Div), 0);
    assert_eq!(calc(5, 0, Calc::Rem), 0);
    assert_eq!(value(&[Op::Const(i64::MIN), Op::Calc(Calc::Neg)]), i64::MAX);
}

#[test]
fn a_share_of_an_amount_goes_half_to_even() {
    let scaled = |amount, ratio: f64| calc(amount, ratio.to_bits().cast_signed(), Calc::Scale);
    assert_eq!(scaled(5, 0.5), 2);
    assert_eq!(scaled(7, 0.5), 4);
    assert_eq!(scaled(-5, 0.5), -2);
    assert_eq!(scaled(1000, 0.02), 20);
    assert_eq!(scaled(i64::MAX, 2.0), i64::MAX);
    assert_eq!(scaled(1, f64::NAN), 0);
}

#[test]
fn what_is_no_number_has_one_pattern() {
    let zero_by_zero = calc(0, 0, Calc::DivF);
    assert_eq!(zero_by_zero.cast_unsigned(), 0x7ff8_0000_0000_0000);
    assert_eq!(value(&[Op::Const(zero_by_zero), Op::Calc(Calc::NegF)]), zero_by_zero);
}

#[test]
fn ids_are_composed_around_the_bare_number() {
    let id = Id::shaped(9, 812, 0).0.cast_signed();
    let composed = value(&[Op::Const(id), Op::Const(3), Op::Compose(2)]);
    assert_eq!(Id(composed.cast_unsigned()), Id::shaped(2, 812, 3));
    let negative = value(&[Op::Const(812), Op::Const(-3), Op::Compose(2)]);
    assert_eq!(Id(negative.cast_unsigned()), Id::shaped(2, 812, 0));
}

#[test]
fn the_place_of_nothing_has_nothing() {
    assert_eq!(value(&[Op::Const(4), Op::Find { shelf: SHELF, field: 0 }]), -1);
    assert_eq!(value(&[Op::Const(-1), Op::Field { shelf: SHELF, field: 0 }]), 0);
    assert_eq!(value(&[Op::Const(-1), Op::State(SHELF)]), -1);
}

#[test]
fn it_says_what_it_reads() {
    let table = TableId(4);
    let record = RecordId(2);
    let program = Program::new(vec![
        Op::Ask(Asked::Total { record, field: 1 }),
        Op::Ask(Asked::Balance { table, text: 0 }),
        Op::Calc(Calc::Add),
        Op::Const(0),
        Op::State(SHELF),
        Op::Calc(Calc::Add),
        Op::Const(0),
        Op::State(SHELF),
        Op::Calc(Calc::Add),
    ])
    .unwrap();
    assert_eq!(program.reads(), [SHELF, Shelf::Record(record), Shelf::Table(table)]);
    assert!(!program.reads_time());
}

#[test]
fn malformed_operations_are_refused() {
    let refused = |ops: &[Op]| Program::new(ops.to_vec()).unwrap_err();
    assert_eq!(refused(&[]), Flaw::Malformed);
    assert_eq!(refused(&[Op::Pop]), Flaw::Malformed);
    assert_eq!(refused(&[Op::Const(1), Op::Const(1)]), Flaw::Malformed);
    assert_eq!(refused(&[Op::Jump(9)]), Flaw::Malformed);
    assert_eq!(refused(&[Op::Const(1), Op::Jump(1)]), Flaw::Malformed, "runs for ever");
    assert_eq!(refused(&[Op::Const(1), Op::Item(2)]), Flaw::LoopsTooDeep);
    assert_eq!(refused(&vec![Op::Const(1); STACK + 1]), Flaw::StackTooDeep);
    assert_eq!(refused(&vec![Op::Const(1); OPS_MAX + 1]), Flaw::TooLong);
    let set_back = [
        Op::Begin { lane: 0, keyed: false },
        Op::Next { lane: 0, shelf: SHELF, field: None, exit: 4 },
        Op::Begin { lane: 0, keyed: false },
        Op::Jump(1),
        Op::Const(0),
    ];
    assert_eq!(refused(&set_back), Flaw::Malformed, "sets its own loop back");
}

#[test]
fn the_whole_stack_can_be_used() {
    let mut ops = vec![Op::Const(1); STACK];
    ops.extend(vec![Op::Calc(Calc::Add); STACK - 1]);
    assert_eq!(value(&ops), STACK as i64);
}

#[test]
fn a_ground_that_stands_still_ends_the_loop() {
    struct Stuck;
    impl Ground for Stuck {
        fn reg(&self, _: u8) -> i64 {
            0
        }
        fn field(&self, _: Shelf, _: u32, _: u8) -> i64 {
            1
        }
        fn state(&self, _: Shelf, _: u32) -> u8 {
            0
        }
        fn next(&self, _: Shelf, _: Option<(u8, i64)>, _: u32) -> Option<(u32, u32)> {
            Some((0, 1))
        }
        fn ask(&self, _: Asked) -> i64 {
            0
        }
    }
    assert_eq!(sum(0).run(&Stuck), 1);
}

proptest! {
    #[test]
    fn a_loop_sees_each_tuple_of_its_key_once(tuples in proptest::collection::vec((-9i64..9, 0i64..3), 0..20), key in 0i64..3) {
        let expected: i64 = tuples.iter().filter(|tuple| tuple.1 == key).map(|tuple| tuple.0).sum();
        prop_assert_eq!(sum(key).run(&Tuples(tuples)), expected);
    }

    /// Whatever `new` lets through ends, and gives back one value.
    #[test]
    fn random_operations_are_refused_or_run(seeds in proptest::collection::vec((0u8..12, 0u16..12), 1..12)) {
        let ops = seeds.iter().map(|&(kind, to)| match kind {
            0 => Op::Const(to.into()),
            1 => Op::Item((to % 2) as u8),
            2 => Op::Calc(Calc::Add),
            3 => Op::Calc(Calc::Not),
            4 => Op::Pop,
            5 => Op::Jump(to),
            6 => Op::JumpUnless(to),
            7 => Op::AndThen(to),
            8 => Op::OrElse(to),
            9 => Op::Begin { lane: (to % 2) as u8, keyed: to > 6 },
            10 => Op::Field { shelf: SHELF, field: 0 },
            _ => Op::Next { lane: (to % 2) as u8, shelf: SHELF, field: None, exit: to },
        }).collect();
        if let Ok(program) = Program::new(ops) {
            struct One;
            impl Ground for One {
                fn reg(&self, _: u8) -> i64 { 0 }
                fn field(&self, _: Shelf, at: u32, _: u8) -> i64 { i64::from(at) }
                fn state(&self, _: Shelf, _: u32) -> u8 { 0 }
                fn next(&self, _: Shelf, _: Option<(u8, i64)>, from: u32) -> Option<(u32, u32)> {
                    (from < 3).then_some((from, from + 1))
                }
                fn ask(&self, _: Asked) -> i64 { 0 }
            }
            program.run(&One);
        }
    }
}
