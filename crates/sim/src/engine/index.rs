//! An index: from the hash of what something is called by to where it stands. Whoever asks says what is the same.
//!
//! A list with open addressing (linear probing; what is taken out leaves no mark, for those behind it move up: Knuth, vol. 3,
//! 6.4, algorithm R). hashbrown's tables are as quick to ask, but are copied item by item; there are tens of thousands of
//! entries in a snapshot, which shares these with what goes on after it.

use super::paged::Paged;

#[derive(Debug, Clone, Default)]
pub struct Index {
    /// As many as a power of two, or none. Half of a hash above, a place below; `EMPTY` for nothing.
    slots: Paged<u64, 512>,
    count: usize,
}

/// No place is `u32::MAX`.
const EMPTY: u64 = u64::MAX;

const LEAST: usize = 8;

fn entry(hash: u64, at: u32) -> u64 {
    hash << 32 | u64::from(at)
}

impl Index {
    /// From here on a clone has in common with this one what neither has written to since.
    pub fn share(&mut self) {
        self.slots.share();
    }

    /// Where an entry would stand if nobody stood in its way.
    #[inline]
    fn home(&self, entry: u64) -> usize {
        (entry >> 32) as usize & (self.slots.len() - 1)
    }

    #[inline]
    fn next(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }

    /// The place that is the same, of those with this hash.
    #[inline]
    pub fn find(&self, hash: u64, same: impl Fn(u32) -> bool) -> Option<u32> {
        self.slot(hash, same).map(|slot| self.slots[slot] as u32)
    }

    #[inline]
    fn slot(&self, hash: u64, same: impl Fn(u32) -> bool) -> Option<usize> {
        if self.count == 0 {
            return None;
        }
        let wanted = entry(hash, 0) >> 32;
        let mut slot = self.home(entry(hash, 0));
        loop {
            let there = self.slots[slot];
            if there == EMPTY {
                return None;
            }
            if there >> 32 == wanted && same(there as u32) {
                return Some(slot);
            }
            slot = self.next(slot);
        }
    }

    /// Several may have one hash, and one place may be there several times.
    pub fn insert(&mut self, hash: u64, at: u32) {
        if (self.count + 1) * 3 > self.slots.len() * 2 {
            let wider = (self.slots.len() * 2).max(LEAST);
            let before = std::mem::take(&mut self.slots);
            self.slots.put(0, &vec![EMPTY; wider]);
            before.iter().filter(|&&entry| entry != EMPTY).for_each(|&entry| self.finds_a_slot(entry));
        }
        self.count += 1;
        self.finds_a_slot(entry(hash, at));
    }

    fn finds_a_slot(&mut self, entry: u64) {
        let mut slot = self.home(entry);
        while self.slots[slot] != EMPTY {
            slot = self.next(slot);
        }
        self.slots[slot] = entry;
    }

    /// Takes a place out, if it is there.
    pub fn remove(&mut self, hash: u64, at: u32) {
        let Some(mut hole) = self.slot(hash, |of| of == at) else { return };
        self.count -= 1;
        let mut slot = hole;
        loop {
            slot = self.next(slot);
            let there = self.slots[slot];
            if there == EMPTY {
                break;
            }
            // It may move up, unless it would then stand before its home.
            let (from_home, from_hole) = (slot.wrapping_sub(self.home(there)), slot.wrapping_sub(hole));
            let within = self.slots.len() - 1;
            if from_home & within >= from_hole & within {
                self.slots[hole] = there;
                hole = slot;
            }
        }
        self.slots[hole] = EMPTY;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever is put in and taken out, it is the list of pairs that a `Vec` is; with hashes that collide, and with
        /// those whose upper half alone differs.
        #[test]
        fn an_index_is_a_list_of_pairs(steps in prop::collection::vec((0u64..12, any::<bool>(), 0u32..40, 0u8..3), 0..200)) {
            let (mut index, mut list) = (Index::default(), Vec::new());
            for (few, spread, at, what) in steps {
                let hash = if spread { few << 33 | few } else { u64::from(u32::MAX) - few };
                match what {
                    0 | 1 => {
                        index.insert(hash, at);
                        list.push((hash as u32, at));
                    }
                    _ => {
                        index.remove(hash, at);
                        if let Some(place) = list.iter().position(|&pair| pair == (hash as u32, at)) {
                            list.swap_remove(place);
                        }
                    }
                }
                prop_assert_eq!(index.count, list.len());
                for &(hash, at) in &list {
                    prop_assert_eq!(index.find(hash.into(), |of| of == at), Some(at));
                }
                let there = list.contains(&(hash as u32, at));
                prop_assert_eq!(index.find(hash, |of| of == at).is_some(), there);
                prop_assert_eq!(index.slots.iter().filter(|&&slot| slot != EMPTY).count(), list.len());
            }
        }
    }
}
