//! Writing operations whose targets are not known yet.

use seatrial_sim::expr::Op;

use super::Checker;

impl Checker<'_> {
    /// Where the next operation will stand. What does not fit is refused when the program is made.
    pub(super) fn here(&self) -> u16 {
        u16::try_from(self.ops.len()).unwrap_or(u16::MAX)
    }

    /// Writes a jump to be landed later.
    pub(super) fn jump(&mut self, jump: Op) -> usize {
        self.ops.push(jump);
        self.ops.len() - 1
    }

    /// Lets a jump lead to the next operation.
    pub(super) fn land(&mut self, jump: usize) {
        let here = self.here();
        if let Some(
            Op::Jump(to)
            | Op::JumpUnless(to)
            | Op::AndThen(to)
            | Op::OrElse(to)
            | Op::Next { exit: to, .. },
        ) = self.ops.get_mut(jump)
        {
            *to = here;
        }
    }
}
