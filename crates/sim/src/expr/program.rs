//! The stack program. What it may do stands in `op`, what makes it safe to run in `verify`, how it runs in `run`.

use super::{Asked, Ground, Shelf};

mod op;
mod run;
#[cfg(test)]
mod tests;
mod verify;

pub use op::{Calc, Op};
pub use verify::Flaw;

/// Values on the stack at one time. A power of two: the interpreter masks instead of checking.
pub const STACK: usize = 32;

/// Operations of one program.
pub const OPS_MAX: usize = 1024;

/// Loops inside each other.
pub const LANES: usize = 2;

/// A compiled expression: checked when it was made, so that it can be run without looking. The default is the
/// constant 0, which is also `false`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Program {
    ops: Box<[Op]>,
}

impl Program {
    /// Refuses what could leave its stack, jump out of itself, or run for ever.
    pub fn new(ops: Vec<Op>) -> Result<Program, Flaw> {
        verify::verify(&ops)?;
        Ok(Program { ops: ops.into() })
    }

    /// The program that is this value on every ground.
    pub fn constant(value: i64) -> Program {
        Program { ops: Box::new([Op::Const(value)]) }
    }

    /// The same program; a constant, if it asks its ground for nothing.
    pub fn folded(self) -> Program {
        if self.ops.iter().any(Op::asks) { self } else { Program::constant(self.run(&Nothing)) }
    }

    /// The value, if it is the same on every ground.
    pub fn as_constant(&self) -> Option<i64> {
        match &*self.ops {
            [] => Some(0),
            [Op::Const(value)] => Some(*value),
            _ => None,
        }
    }

    /// The shelves it reads, sorted, each once: only a change on one of these can change its value, as long as the
    /// registers and the time stay.
    pub fn reads(&self) -> Vec<Shelf> {
        let mut shelves: Vec<Shelf> = self.ops.iter().filter_map(Op::shelf).collect();
        shelves.sort_unstable();
        shelves.dedup();
        shelves
    }

    /// Whether it asks for sums over everything: then its value changes with what happens elsewhere.
    pub fn reads_totals(&self) -> bool {
        self.ops.iter().any(|op| matches!(op, Op::Ask(Asked::Total { .. } | Asked::Balance { .. })))
    }

    /// Whether it asks for a figure of the business.
    pub fn reads_business(&self) -> bool {
        self.ops.iter().any(|op| matches!(op, Op::Ask(Asked::Release { figure: super::Figure::OkRatio, .. })))
    }

    /// Whether it asks for the time: then its value changes without anything else changing.
    pub fn reads_time(&self) -> bool {
        self.ops.iter().any(|op| matches!(op, Op::Ask(Asked::Now | Asked::Today)))
    }
}

/// The ground of what asks for nothing.
struct Nothing;

impl Ground for Nothing {
    fn reg(&self, _: u8) -> i64 {
        0
    }

    fn field(&self, _: Shelf, _: u32, _: u8) -> i64 {
        0
    }

    fn state(&self, _: Shelf, _: u32) -> u8 {
        0
    }

    fn next(&self, _: Shelf, _: Option<(u8, i64)>, _: u32) -> Option<(u32, u32)> {
        None
    }

    fn ask(&self, _: Asked) -> i64 {
        0
    }
}
