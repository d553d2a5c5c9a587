//! Short lists that stand inside whatever has them: up to `N` items ask for no memory of their own, and copying the whole is
//! copying bytes. There are tens of thousands of them in a snapshot, and `SmallVec` clones item by item.

use std::ops::{Deref, DerefMut};

/// A list of `N` items or fewer, as a rule. More are kept apart, all of them together.
#[derive(Debug, Clone)]
pub struct Few<T, const N: usize> {
    here: [T; N],
    count: u32,
    apart: Option<Box<Apart<T>>>,
}

#[derive(Debug, Clone)]
struct Apart<T>(Vec<T>);

impl<T: Copy + Default, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Few { here: [T::default(); N], count: 0, apart: None }
    }
}

impl<T: Copy + Default, const N: usize> Few<T, N> {
    #[inline]
    pub fn push(&mut self, item: T) {
        if let Some(place) = self.here.get_mut(self.count as usize)
            && self.apart.is_none()
        {
            *place = item;
            self.count += 1;
            return;
        }
        self.push_apart(item);
    }

    #[cold]
    fn push_apart(&mut self, item: T) {
        let here = &self.here[..self.count as usize];
        self.apart.get_or_insert_with(|| Box::new(Apart(here.to_vec()))).0.push(item);
    }

    /// Takes one out; those behind it move up.
    pub fn remove(&mut self, place: usize) {
        match &mut self.apart {
            Some(apart) => {
                apart.0.remove(place);
            }
            None => {
                self.here.copy_within(place + 1..self.count as usize, place);
                self.count -= 1;
            }
        }
    }
}

impl<T, const N: usize> Deref for Few<T, N> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match &self.apart {
            None => &self.here[..self.count as usize],
            Some(apart) => &apart.0,
        }
    }
}

impl<T, const N: usize> DerefMut for Few<T, N> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.apart {
            None => &mut self.here[..self.count as usize],
            Some(apart) => &mut apart.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever is pushed and taken out, it is the list that a `Vec` is.
        #[test]
        fn a_few_are_a_list(steps in prop::collection::vec((any::<u8>(), 0usize..4), 0..40)) {
            let (mut few, mut list) = (Few::<u8, 3>::default(), Vec::new());
            for (item, place) in steps {
                if place == 3 && !list.is_empty() {
                    let place = usize::from(item) % list.len();
                    few.remove(place);
                    list.remove(place);
                } else {
                    few.push(item);
                    list.push(item);
                }
                prop_assert_eq!(&few[..], &list[..]);
                prop_assert_eq!(&few.clone()[..], &list[..]);
            }
        }
    }
}
