//! Slots that are used again. A reference carries the generation of its slot, so that whoever comes late (a timer, an
//! answer) finds nobody rather than somebody else.

/// A place and its generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ref {
    pub at: u32,
    pub generation: u32,
}

#[derive(Debug, Clone)]
pub struct Arena<T> {
    slots: Vec<Slot<T>>,
    free: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Slot<T> {
    /// Odd while in use.
    generation: u32,
    value: T,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Arena { slots: Vec::new(), free: Vec::new() }
    }
}

impl<T> Arena<T> {
    pub fn put(&mut self, value: T) -> Ref {
        self.put_with(|| value)
    }

    /// A large value is made where it is to stand, rather than carried there.
    #[inline(always)]
    pub fn put_with(&mut self, value: impl FnOnce() -> T) -> Ref {
        if let Some(at) = self.free.pop() {
            let slot = &mut self.slots[at as usize];
            slot.generation = slot.generation.wrapping_add(1);
            slot.value = value();
            return Ref { at, generation: slot.generation };
        }
        self.grow(value())
    }

    #[cold]
    fn grow(&mut self, value: T) -> Ref {
        let at = self.slots.len() as u32;
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
        self.slots.get(of.at as usize).is_some_and(|slot| slot.generation == of.generation)
    }

    #[inline]
    pub fn get(&self, of: Ref) -> Option<&T> {
        self.slots.get(of.at as usize).filter(|slot| slot.generation == of.generation).map(|slot| &slot.value)
    }

    pub fn get_mut(&mut self, of: Ref) -> Option<&mut T> {
        self.slots.get_mut(of.at as usize).filter(|slot| slot.generation == of.generation).map(|slot| &mut slot.value)
    }

    /// The reference of a slot in use.
    #[inline]
    pub fn of(&self, at: u32) -> Ref {
        Ref { at, generation: self.slots[at as usize].generation }
    }

    /// All that are in use, by place.
    pub fn live(&self) -> impl Iterator<Item = (u32, &T)> {
        let used = |(at, slot): (usize, &'_ Slot<T>)| (slot.generation % 2 == 1).then_some(at as u32);
        self.slots.iter().enumerate().filter_map(move |(at, slot)| used((at, slot)).map(|at| (at, &slot.value)))
    }

    pub fn count(&self) -> usize {
        self.slots.len() - self.free.len()
    }
}

impl<T> std::ops::Index<u32> for Arena<T> {
    type Output = T;
    #[inline]
    fn index(&self, at: u32) -> &T {
        &self.slots[at as usize].value
    }
}

impl<T> std::ops::IndexMut<u32> for Arena<T> {
    #[inline]
    fn index_mut(&mut self, at: u32) -> &mut T {
        &mut self.slots[at as usize].value
    }
}
