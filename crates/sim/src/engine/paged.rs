//! Long lists of which a snapshot and what goes on after it have most in common: pages, which are shared from the moment at
//! which somebody asks for that until they are written to.

use std::{
    ops::{Index, IndexMut},
    sync::Arc,
};

/// A list in pages of `SIZE` items.
#[derive(Debug, Clone)]
pub struct Paged<T, const SIZE: usize> {
    pages: Vec<Page<T, SIZE>>,
    count: usize,
}

type Items<T, const SIZE: usize> = Box<[T; SIZE]>;

#[derive(Debug, Clone)]
enum Page<T, const SIZE: usize> {
    Own(Items<T, SIZE>),
    Shared(Arc<Items<T, SIZE>>),
}

impl<T, const SIZE: usize> Default for Paged<T, SIZE> {
    fn default() -> Self {
        Paged { pages: Vec::new(), count: 0 }
    }
}

/// Made on the heap: a page is too large to be carried there.
fn page<T, const SIZE: usize>(items: Vec<T>) -> Items<T, SIZE> {
    match items.into_boxed_slice().try_into() {
        Ok(items) => items,
        Err(_) => unreachable!("pages are made of SIZE items"),
    }
}

impl<T: Clone, const SIZE: usize> Page<T, SIZE> {
    #[inline]
    fn items(&self) -> &[T; SIZE] {
        match self {
            Page::Own(items) => items,
            Page::Shared(items) => items,
        }
    }

    #[inline]
    fn items_mut(&mut self) -> &mut [T; SIZE] {
        if let Page::Shared(shared) = self {
            *self = Page::Own(own(shared));
        }
        match self {
            Page::Own(items) => items,
            Page::Shared(_) => unreachable!("made its own above"),
        }
    }
}

#[cold]
fn own<T: Clone, const SIZE: usize>(shared: &Items<T, SIZE>) -> Items<T, SIZE> {
    page(shared.to_vec())
}

impl<T: Clone + Default, const SIZE: usize> Paged<T, SIZE> {
    pub fn push(&mut self, item: T) {
        self.put(self.count, std::slice::from_ref(&item));
    }

    /// Puts items where others stood, or at the end.
    pub fn put(&mut self, mut at: usize, mut items: &[T]) {
        while !items.is_empty() {
            if at == self.pages.len() * SIZE {
                self.pages.push(Page::Own(page(vec![T::default(); SIZE])));
            }
            let place = at % SIZE;
            let (here, rest) = items.split_at(items.len().min(SIZE - place));
            self.pages[at / SIZE].items_mut()[place..place + here.len()].clone_from_slice(here);
            (at, items) = (at + here.len(), rest);
            self.count = self.count.max(at);
        }
    }
}

impl<T: Clone, const SIZE: usize> Paged<T, SIZE> {
    #[inline]
    pub fn len(&self) -> usize {
        self.count
    }

    #[inline]
    pub fn get(&self, at: usize) -> Option<&T> {
        (at < self.count).then(|| &self[at])
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.pages.iter().flat_map(Page::items).take(self.count)
    }

    /// From here on a clone has all pages in common with this one; whoever writes to a page first gets a copy of it.
    pub fn share(&mut self) {
        let pages = std::mem::take(&mut self.pages);
        let share = |page| match page {
            Page::Own(items) => Page::Shared(Arc::new(items)),
            shared => shared,
        };
        self.pages = pages.into_iter().map(share).collect();
    }
}

impl<T: Clone, const SIZE: usize> Index<usize> for Paged<T, SIZE> {
    type Output = T;

    #[inline]
    fn index(&self, at: usize) -> &T {
        &self.pages[at / SIZE].items()[at % SIZE]
    }
}

impl<T: Clone, const SIZE: usize> IndexMut<usize> for Paged<T, SIZE> {
    #[inline]
    fn index_mut(&mut self, at: usize) -> &mut T {
        &mut self.pages[at / SIZE].items_mut()[at % SIZE]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever is written, shared and cloned in whatever order, each copy is the list that a `Vec` of its own is.
        #[test]
        fn copies_are_apart(steps in prop::collection::vec((0u8..4, any::<u8>(), 0u8..200), 0..120)) {
            let mut lists: Vec<(Paged<u8, 4>, Vec<u8>)> = vec![(Paged::default(), Vec::new())];
            for (what, which, value) in steps {
                let at = usize::from(which) % lists.len();
                let (list, plain) = &mut lists[at];
                match what {
                    0 => {
                        list.push(value);
                        plain.push(value);
                    }
                    1 => {
                        let (place, items) = (usize::from(value) % (plain.len() + 1), [value, value + 1, 2, 3, 4, 5]);
                        list.put(place, &items);
                        plain.resize(plain.len().max(place + items.len()), 0);
                        plain[place..place + items.len()].copy_from_slice(&items);
                    }
                    2 if !plain.is_empty() => {
                        let place = usize::from(value) % plain.len();
                        list[place] = value;
                        plain[place] = value;
                    }
                    _ => {
                        list.share();
                        let copy = (list.clone(), plain.clone());
                        lists.push(copy);
                    }
                }
            }
            for (list, plain) in &lists {
                prop_assert_eq!(list.iter().copied().collect::<Vec<u8>>(), plain.clone());
                prop_assert_eq!(list.len(), plain.len());
                prop_assert_eq!(list.get(plain.len()), None);
            }
        }
    }
}
