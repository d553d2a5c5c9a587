//! The interpreter. Hot: no allocation, no way to fail. `verify` has seen to it that the stack suffices, so places
//! on it are masked, not checked.

use super::{Calc, LANES, Op, Program, STACK};
use crate::Id;
use crate::expr::Ground;

const MASK: usize = STACK - 1;

/// Where a loop stands.
#[derive(Clone, Copy, Default)]
struct Lane {
    item: i64,
    from: u32,
    key: i64,
}

struct Stack {
    values: [i64; STACK],
    depth: usize,
}

impl Stack {
    fn push(&mut self, value: i64) {
        self.values[self.depth & MASK] = value;
        self.depth = self.depth.wrapping_add(1);
    }

    fn pop(&mut self) -> i64 {
        self.depth = self.depth.wrapping_sub(1);
        self.values[self.depth & MASK]
    }

    fn top(&self) -> i64 {
        self.values[self.depth.wrapping_sub(1) & MASK]
    }
}

impl Program {
    /// The value on this ground.
    pub fn run<G: Ground>(&self, ground: &G) -> i64 {
        let mut stack = Stack { values: [0; STACK], depth: 0 };
        let mut lanes = [Lane::default(); LANES];
        let mut pc = 0usize;
        while let Some(op) = self.ops.get(pc) {
            pc += 1;
            match *op {
                Op::Const(value) => stack.push(value),
                Op::Reg(reg) => stack.push(ground.reg(reg)),
                Op::Item(lane) => stack.push(lanes[usize::from(lane) % LANES].item),
                Op::Field { shelf, field } => {
                    let at = stack.pop();
                    stack.push(u32::try_from(at).map_or(0, |at| ground.field(shelf, at, field)));
                }
                Op::State(shelf) => {
                    let at = stack.pop();
                    let state = u32::try_from(at).map_or(-1, |at| i64::from(ground.state(shelf, at)));
                    stack.push(state);
                }
                Op::Ask(what) => stack.push(ground.ask(what)),
                Op::Find { shelf, field } => {
                    let key = stack.pop();
                    let found = ground.next(shelf, Some((field, key)), 0);
                    stack.push(found.map_or(-1, |(at, _)| i64::from(at)));
                }
                Op::Calc(calc) => {
                    let right = stack.pop();
                    let value = if calc.is_unary() { alone(calc, right) } else { both(calc, stack.pop(), right) };
                    stack.push(value);
                }
                Op::Compose(shape) => {
                    let count = u64::try_from(stack.pop()).unwrap_or(0);
                    let number = Id(stack.pop().cast_unsigned()).bare();
                    stack.push(Id::shaped(shape, number, count).0.cast_signed());
                }
                Op::Pop => _ = stack.pop(),
                Op::Jump(to) => pc = to.into(),
                Op::JumpUnless(to) => {
                    if stack.pop() == 0 {
                        pc = to.into();
                    }
                }
                Op::AndThen(to) => {
                    if stack.top() == 0 {
                        pc = to.into();
                    } else {
                        stack.pop();
                    }
                }
                Op::OrElse(to) => {
                    if stack.top() == 0 {
                        stack.pop();
                    } else {
                        pc = to.into();
                    }
                }
                Op::Begin { lane, keyed } => {
                    let key = if keyed { stack.pop() } else { 0 };
                    lanes[usize::from(lane) % LANES] = Lane { item: -1, from: 0, key };
                }
                Op::Next { lane, shelf, field, exit } => {
                    let lane = &mut lanes[usize::from(lane) % LANES];
                    match ground.next(shelf, field.map(|field| (field, lane.key)), lane.from) {
                        // A ground that does not move on would hold the loop for ever.
                        Some((at, from)) if from > lane.from => {
                            lane.item = at.into();
                            lane.from = from;
                        }
                        _ => pc = exit.into(),
                    }
                }
            }
        }
        if stack.depth == 0 { 0 } else { stack.top() }
    }
}

fn alone(calc: Calc, value: i64) -> i64 {
    match calc {
        Calc::Neg => value.saturating_neg(),
        Calc::NegF => bits(-float(value)),
        Calc::ToF => bits(value as f64),
        Calc::Not => i64::from(value == 0),
        _ => 0,
    }
}

fn both(calc: Calc, left: i64, right: i64) -> i64 {
    let (l, r) = (float(left), float(right));
    match calc {
        Calc::Add => left.saturating_add(right),
        Calc::Sub => left.saturating_sub(right),
        Calc::Mul => left.saturating_mul(right),
        Calc::Div if right == 0 => 0,
        Calc::Div => left.saturating_div(right),
        Calc::Rem if right == 0 => 0,
        Calc::Rem => left.wrapping_rem(right),
        // The cast saturates, and makes 0 of what is no number.
        Calc::Scale => (left as f64 * r).round_ties_even() as i64,
        Calc::ScaleRight => (l * right as f64).round_ties_even() as i64,
        Calc::AddF => bits(l + r),
        Calc::SubF => bits(l - r),
        Calc::MulF => bits(l * r),
        Calc::DivF => bits(l / r),
        Calc::Eq => i64::from(left == right),
        Calc::Ne => i64::from(left != right),
        Calc::Less => i64::from(left < right),
        Calc::LessEq => i64::from(left <= right),
        Calc::EqF => i64::from(l == r),
        Calc::NeF => i64::from(l != r),
        Calc::LessF => i64::from(l < r),
        Calc::LessEqF => i64::from(l <= r),
        Calc::Neg | Calc::NegF | Calc::ToF | Calc::Not => 0,
    }
}

fn float(bits: i64) -> f64 {
    f64::from_bits(bits.cast_unsigned())
}

/// One pattern for all that is no number: which one an operation yields differs between processors.
fn bits(value: f64) -> i64 {
    const NAN: u64 = 0x7ff8_0000_0000_0000;
    if value.is_nan() { NAN.cast_signed() } else { value.to_bits().cast_signed() }
}
