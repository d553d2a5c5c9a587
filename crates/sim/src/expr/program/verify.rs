//! What a program must be so that running it cannot go wrong.

use super::{LANES, OPS_MAX, Op, STACK};

/// Why operations are no program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// More than `OPS_MAX` operations.
    TooLong,
    /// More than `STACK` values at one time.
    StackTooDeep,
    /// More than `LANES` loops inside each other.
    LoopsTooDeep,
    /// It ends without exactly one value, takes values that are not there, jumps to where nothing is, or jumps back
    /// to what is not the head of a loop. The compiler's mistake, not the author's.
    Malformed,
}

/// Follows every way through the operations once. The depth of the stack must be the same on all ways to a place, so
/// one visit per place is enough.
pub(super) fn verify(ops: &[Op]) -> Result<(), Flaw> {
    if ops.len() > OPS_MAX {
        return Err(Flaw::TooLong);
    }
    if ops
        .iter()
        .filter_map(Op::lane)
        .any(|lane| usize::from(lane) >= LANES)
    {
        return Err(Flaw::LoopsTooDeep);
    }
    let mut depths: Vec<Option<usize>> = vec![None; ops.len() + 1];
    let mut open = vec![(0usize, 0usize)];
    while let Some((at, depth)) = open.pop() {
        if depth > STACK {
            return Err(Flaw::StackTooDeep);
        }
        match depths.get(at) {
            None => return Err(Flaw::Malformed),
            Some(&Some(known)) if known == depth => continue,
            Some(Some(_)) => return Err(Flaw::Malformed),
            Some(None) => depths[at] = Some(depth),
        }
        let Some(op) = ops.get(at) else { continue };
        let (pops, pushes) = op.effect();
        let rest = depth.checked_sub(pops).ok_or(Flaw::Malformed)? + pushes;
        if let Some((to, more)) = op.target() {
            if to <= at && !loops(ops, to, at) {
                return Err(Flaw::Malformed);
            }
            open.push((to, rest + more));
        }
        if !matches!(op, Op::Jump(_)) {
            open.push((at + 1, rest));
        }
    }
    match depths[ops.len()] {
        Some(1) => Ok(()),
        _ => Err(Flaw::Malformed),
    }
}

/// Whether jumping from `from` back to `head` makes progress: the head moves its lane on, and nothing in between
/// sets the lane back.
fn loops(ops: &[Op], head: usize, from: usize) -> bool {
    let Op::Next { lane, .. } = ops[head] else {
        return false;
    };
    !ops[head..from]
        .iter()
        .any(|op| matches!(op, Op::Begin { lane: other, .. } if *other == lane))
}
