//! A long row: in at one end, out at the other. What stands in the middle is never written to, so clones share it.
//!
//! ```text
//!   pop ◀── [ first, from `at` on ] [ block ] … [ block ] [ last ] ◀── push
//! ```

use std::{collections::VecDeque, sync::Arc};

#[derive(Debug, Clone)]
pub struct Row<T> {
    blocks: VecDeque<Arc<[T]>>,
    /// So many of the first have gone: of the first block, or of the last where there is no other.
    at: usize,
    last: Vec<T>,
}

const BLOCK: usize = 256;

impl<T> Default for Row<T> {
    fn default() -> Self {
        Row { blocks: VecDeque::new(), at: 0, last: Vec::new() }
    }
}

impl<T: Copy> Row<T> {
    #[inline]
    pub fn push(&mut self, item: T) {
        self.last.push(item);
        if self.last.len() == BLOCK {
            self.closes_a_block();
        }
    }

    #[cold]
    fn closes_a_block(&mut self) {
        self.blocks.push_back(self.last[..].into());
        self.last.clear();
    }

    pub fn len(&self) -> usize {
        self.blocks.len() * BLOCK + self.last.len() - self.at
    }

    #[inline]
    pub fn first(&self) -> Option<T> {
        self.blocks.front().map_or(&self.last[..], |block| block).get(self.at).copied()
    }

    pub fn pop(&mut self) -> Option<T> {
        let first = self.first()?;
        self.at += 1;
        match self.blocks.front() {
            Some(block) if self.at == block.len() => {
                self.blocks.pop_front();
                self.at = 0;
            }
            None if self.at == self.last.len() => {
                self.last.clear();
                self.at = 0;
            }
            _ => {}
        }
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever comes and goes, it is the list that a `VecDeque` is.
        #[test]
        fn a_row_is_a_list(steps in prop::collection::vec((0usize..700, 0usize..700), 1..8)) {
            let (mut row, mut list, mut number) = (Row::default(), VecDeque::new(), 0);
            for (come, go) in steps {
                prop_assert_eq!(row.len(), list.len());
                for _ in 0..come {
                    number += 1;
                    row.push(number);
                    list.push_back(number);
                }
                for _ in 0..go {
                    prop_assert_eq!(row.first(), list.front().copied());
                    prop_assert_eq!(row.pop(), list.pop_front());
                }
            }
        }
    }
}
