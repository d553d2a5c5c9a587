//! What a handler surely does when all goes well: its operations in their order, branches left out.

use seatrial_sim::Outcome;
use seatrial_sim::system::{Op, Pc};

use super::Look;

impl Look<'_> {
    /// From a place in the code to the end of the handler. What stands under an `if` may not happen, and is left out.
    pub(super) fn surely(&self, entry: Pc) -> Vec<Op> {
        let code = &self.system.code;
        let mut done = Vec::new();
        let (mut pc, mut back) = (entry as usize, None);
        // Code only goes forward, but for the return from a block.
        for _ in 0..code.len() + 1 {
            let Some(op) = code.get(pc).copied() else { break };
            pc += 1;
            match op {
                Op::Jump(to) => pc = to as usize,
                Op::JumpOn { outcomes, to } if outcomes.has(Outcome::Ok) => pc = to as usize,
                Op::JumpUnless { to, .. } | Op::JumpUnlessHappens { to, .. } => {
                    // Before the other branch stands the jump over it.
                    let over = code.get((to as usize).saturating_sub(1)).filter(|_| to as usize > pc);
                    pc = match over {
                        Some(Op::Jump(end)) if *end >= to => *end as usize,
                        _ => (to as usize).max(pc),
                    };
                }
                Op::Use { block } if back.is_none() => {
                    let block = usize::try_from(self.value(block)).ok().and_then(|at| self.system.blocks.get(at));
                    if let Some(block) = block {
                        back = Some(pc);
                        pc = block.entry as usize;
                    }
                }
                Op::Return => match back.take() {
                    Some(after) => pc = after,
                    None => break,
                },
                Op::SagaCheck { saga, step } => {
                    let saga = &self.system.sagas[saga.at()];
                    pc = saga.steps.get(usize::from(step) + 1).map_or(saga.exit, |next| next.forward) as usize;
                }
                Op::End => break,
                op => done.push(op),
            }
        }
        done
    }
}
