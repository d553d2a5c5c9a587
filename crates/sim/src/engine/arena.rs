//! Slots that are used again. A reference carries the generation of its slot, so that whoever comes late (a timer, an
//! answer) finds nobody rather than somebody else.

use std::{
    marker::PhantomData,
    ops::{Index, IndexMut},
};

use super::paged::Paged;

/// A place and its generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ref {
    pub at: u32,
    pub generation: u32,
}

#[derive(Debug, Clone)]
pub struct Arena<T, List = Vec<Slot<T>>> {
    slots: List,
    free: Vec<u32>,
    of: PhantomData<T>,
}

/// Of what is kept for long, so that snapshots share it.
pub type PagedArena<T> = Arena<T, Paged<Slot<T>, 64>>;

#[derive(Debug, Clone, Default)]
pub struct Slot<T> {
    /// Odd while in use.
    generation: u32,
    value: T,
}

/// What slots stand in.
pub trait Slots<T>: Default + IndexMut<usize, Output = Slot<T>> {
    fn push(&mut self, slot: Slot<T>);
    fn count(&self) -> usize;
    fn all<'a>(&'a self) -> impl Iterator<Item = &'a Slot<T>>
    where
        T: 'a;
}

impl<T> Slots<T> for Vec<Slot<T>> {
    fn push(&mut self, slot: Slot<T>) {
        self.push(slot);
    }

    #[inline]
    fn count(&self) -> usize {
        self.len()
    }

    fn all<'a>(&'a self) -> impl Iterator<Item = &'a Slot<T>>
    where
        T: 'a,
    {
        self.iter()
    }
}

impl<T: Clone + Default, const SIZE: usize> Slots<T> for Paged<Slot<T>, SIZE> {
    fn push(&mut self, slot: Slot<T>) {
        self.push(slot);
    }

    #[inline]
    fn count(&self) -> usize {
        self.len()
    }

    fn all<'a>(&'a self) -> impl Iterator<Item = &'a Slot<T>>
    where
        T: 'a,
    {
        self.iter()
    }
}

impl<T, List: Slots<T>> Default for Arena<T, List> {
    fn default() -> Self {
        Arena { slots: List::default(), free: Vec::new(), of: PhantomData }
    }
}

impl<T: Clone + Default> PagedArena<T> {
    pub fn share(&mut self) {
        self.slots.share();
    }
}

impl<T, List: Slots<T>> Arena<T, List> {
    pub fn put(&mut self, value: T) -> Ref {
        self.put_with(|| value).0
    }

    /// A large value is made where it is to stand, rather than carried there.
    #[inline(always)]
    pub fn put_with(&mut self, value: impl FnOnce() -> T) -> (Ref, &mut T) {
        let Some(at) = self.free.pop() else {
            let new = self.grow(value());
            return (new, &mut self.slots[new.at as usize].value);
        };
        let slot = &mut self.slots[at as usize];
        slot.generation = slot.generation.wrapping_add(1);
        slot.value = value();
        (Ref { at, generation: slot.generation }, &mut slot.value)
    }

    /// A place in use, with whatever stood there before: all of it is to be set anew.
    #[inline(always)]
    pub fn take(&mut self) -> (Ref, &mut T)
    where
        T: Default,
    {
        let at = match self.free.pop() {
            Some(at) => {
                let generation = &mut self.slots[at as usize].generation;
                *generation = generation.wrapping_add(1);
                at
            }
            None => self.grow(T::default()).at,
        };
        let slot = &mut self.slots[at as usize];
        (Ref { at, generation: slot.generation }, &mut slot.value)
    }

    #[cold]
    fn grow(&mut self, value: T) -> Ref {
        let at = self.slots.count() as u32;
        self.slots.push(Slot { generation: 1, value });
        Ref { at, generation: 1 }
    }

    /// What stood there keeps its memory until the slot is used again.
    #[inline]
    pub fn free(&mut self, at: u32) {
        let slot = &mut self.slots[at as usize];
        debug_assert!(slot.generation % 2 == 1, "freed twice");
        slot.generation = slot.generation.wrapping_add(1);
        self.free.push(at);
    }

    #[inline]
    pub fn is(&self, of: Ref) -> bool {
        (of.at as usize) < self.slots.count() && self.slots[of.at as usize].generation == of.generation
    }

    #[inline]
    pub fn get(&self, of: Ref) -> Option<&T> {
        if of.at as usize >= self.slots.count() {
            return None;
        }
        let slot = &self.slots[of.at as usize];
        (slot.generation == of.generation).then_some(&slot.value)
    }

    #[inline]
    pub fn get_mut(&mut self, of: Ref) -> Option<&mut T> {
        if of.at as usize >= self.slots.count() {
            return None;
        }
        let slot = &mut self.slots[of.at as usize];
        (slot.generation == of.generation).then_some(&mut slot.value)
    }

    /// What stands at a place that is in use, whoever it is.
    pub fn live_mut(&mut self, at: u32) -> Option<&mut T> {
        let known = (at as usize) < self.slots.count() && self.slots[at as usize].generation % 2 == 1;
        known.then(|| &mut self.slots[at as usize].value)
    }

    /// The reference of a slot in use.
    #[inline]
    pub fn of(&self, at: u32) -> Ref {
        Ref { at, generation: self.slots[at as usize].generation }
    }

    /// All that are in use, by place.
    pub fn live(&self) -> impl Iterator<Item = (u32, &T)> {
        let used = |(at, slot): (usize, &'_ Slot<T>)| (slot.generation % 2 == 1).then_some(at as u32);
        self.slots.all().enumerate().filter_map(move |(at, slot)| used((at, slot)).map(|at| (at, &slot.value)))
    }

    pub fn count(&self) -> usize {
        self.slots.count() - self.free.len()
    }
}

impl<T, List: Slots<T>> Index<u32> for Arena<T, List> {
    type Output = T;
    #[inline]
    fn index(&self, at: u32) -> &T {
        &self.slots[at as usize].value
    }
}

impl<T, List: Slots<T>> IndexMut<u32> for Arena<T, List> {
    #[inline]
    fn index_mut(&mut self, at: u32) -> &mut T {
        &mut self.slots[at as usize].value
    }
}
