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
    if ops.iter().filter_map(Op::lane).any(|lane| usize::from(lane) >= LANES) {
        return Err(Flaw::LoopsTooDeep);
    }
    if !loops_end(ops) {
        return Err(Flaw::Malformed);
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

/// Whether no way goes round for ever. Each jump back leads to the head of a loop, which moves its lane on; nothing
/// inside the loop sets that lane back; loops nest or lie apart, so that a loop is left only for good or by way of a
/// loop around it.
fn loops_end(ops: &[Op]) -> bool {
    let mut loops: Vec<(usize, usize)> = Vec::new();
    for (at, op) in ops.iter().enumerate() {
        let Some((head, _)) = op.target().filter(|(to, _)| *to <= at) else {
            continue;
        };
        let Op::Next { lane, .. } = ops[head] else {
            return false;
        };
        let sets_back = |op: &Op| matches!(op, Op::Begin { lane: other, .. } if *other == lane);
        if ops[head..at].iter().any(sets_back) {
            return false;
        }
        let crosses = |&(other, end): &(usize, usize)| other < head && head <= end && end < at;
        if loops.iter().any(crosses) {
            return false;
        }
        loops.push((head, at));
    }
    true
}
