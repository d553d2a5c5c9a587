//! What a program can do, one small step each.

use crate::expr::{Asked, Shelf};

/// One operation. "Pops" and "pushes" speak of the stack of `i64`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Op {
    /// Pushes.
    Const(i64),
    /// Pushes a register.
    Reg(u8),
    /// Pushes the place of the tuple that the loop of this lane stands at.
    Item(u8),
    /// Pops a place, pushes the field. The place of nothing (negative) has 0 in all fields.
    Field {
        /// Where the tuple stands.
        shelf: Shelf,
        /// Which of its fields, from 0.
        field: u8,
    },
    /// Pops a place, pushes the state. The place of nothing is in no state: -1.
    State(Shelf),
    /// Pushes a figure.
    Ask(Asked),
    /// Pops a value, pushes the place of the first tuple of the case whose field has it; -1 when there is none.
    Find {
        /// Where it looks.
        shelf: Shelf,
        /// Which field it compares, from 0.
        field: u8,
    },
    /// Pops one or two values, pushes one.
    Calc(Calc),
    /// Pops a count, then a number; pushes the id of that shape.
    Compose(u16),
    /// Drops the topmost value.
    Pop,
    /// Goes on at this operation: further on, or the `Next` of a loop.
    Jump(u16),
    /// Pops; jumps when it was false.
    JumpUnless(u16),
    /// `&&`: jumps and leaves the value when it is false, else pops it.
    AndThen(u16),
    /// `||`: jumps and leaves the value when it is true, else pops it.
    OrElse(u16),
    /// Begins a loop: the lane goes back to its start. With `keyed` pops the value that `Next` looks for.
    Begin {
        /// Which loop, below `LANES`.
        lane: u8,
        /// Whether the loop is about tuples whose field has a value.
        keyed: bool,
    },
    /// Goes on to the next tuple of the lane, or jumps when there is none. The only place to jump back to.
    Next {
        /// Which loop, below `LANES`.
        lane: u8,
        /// What it goes through.
        shelf: Shelf,
        /// The field that must have the value that `Begin` popped; none: all tuples.
        field: Option<u8>,
        /// Where it goes on when there is no other.
        exit: u16,
    },
}

/// Arithmetic, comparison, logic. Integers saturate; dividing by 0 gives 0. The `F` ones work on the bits of `f64`s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calc {
    /// The sum.
    Add,
    /// The value that is popped second, less the first.
    Sub,
    /// The product.
    Mul,
    /// Towards zero.
    Div,
    /// The remainder, with the sign of what is divided; by 0 it is 0.
    Rem,
    /// The negative.
    Neg,
    /// An amount times a ratio, half to even.
    Scale,
    /// A ratio times an amount, likewise.
    ScaleRight,
    /// The sum.
    AddF,
    /// The difference.
    SubF,
    /// The product.
    MulF,
    /// The quotient; by 0 as IEEE 754 has it, and every value that is no number is one and the same.
    DivF,
    /// The negative.
    NegF,
    /// A count as a ratio.
    ToF,
    /// 1 when they are equal, else 0, as with all comparisons.
    Eq,
    /// 1 when they differ.
    Ne,
    /// 1 when the left one is less.
    Less,
    /// 1 when the left one is not greater.
    LessEq,
    /// Equal as ratios: 0 is −0, and what is no number equals nothing.
    EqF,
    /// Different as ratios.
    NeF,
    /// Less, as ratios.
    LessF,
    /// Less or equal, as ratios.
    LessEqF,
    /// 1 for 0, and 0 for everything else.
    Not,
}

impl Calc {
    /// Whether it takes one value instead of two.
    pub fn is_unary(self) -> bool {
        matches!(self, Calc::Neg | Calc::NegF | Calc::ToF | Calc::Not)
    }
}

impl Op {
    pub(super) fn shelf(&self) -> Option<Shelf> {
        match *self {
            Op::Field { shelf, .. } | Op::State(shelf) | Op::Find { shelf, .. } | Op::Next { shelf, .. } => Some(shelf),
            Op::Ask(Asked::Total { record, .. }) => Some(Shelf::Record(record)),
            Op::Ask(Asked::Balance { table, .. }) => Some(Shelf::Table(table)),
            _ => None,
        }
    }

    /// Whether it asks the ground for something.
    pub(super) fn asks(&self) -> bool {
        matches!(self, Op::Reg(_) | Op::Ask(_)) || self.shelf().is_some()
    }

    /// Values taken from the stack and put on it, when it goes on to the next operation.
    pub(super) fn effect(&self) -> (usize, usize) {
        match *self {
            Op::Const(_) | Op::Reg(_) | Op::Item(_) | Op::Ask(_) => (0, 1),
            Op::Field { .. } | Op::State(_) | Op::Find { .. } => (1, 1),
            Op::Calc(calc) => (if calc.is_unary() { 1 } else { 2 }, 1),
            Op::Compose(_) => (2, 1),
            Op::Pop | Op::JumpUnless(_) | Op::AndThen(_) | Op::OrElse(_) => (1, 0),
            Op::Begin { keyed, .. } => (usize::from(keyed), 0),
            Op::Jump(_) | Op::Next { .. } => (0, 0),
        }
    }

    /// Where it may jump to, and how many values more than on going on it leaves when it does.
    pub(super) fn target(&self) -> Option<(usize, usize)> {
        match *self {
            Op::Jump(to) | Op::JumpUnless(to) | Op::Next { exit: to, .. } => Some((to.into(), 0)),
            Op::AndThen(to) | Op::OrElse(to) => Some((to.into(), 1)),
            _ => None,
        }
    }

    pub(super) fn lane(&self) -> Option<u8> {
        match *self {
            Op::Item(lane) | Op::Begin { lane, .. } | Op::Next { lane, .. } => Some(lane),
            _ => None,
        }
    }
}
