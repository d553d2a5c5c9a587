//! Who can go on at this instant, in the order in which they were let go. As a rule it is one: it stands by itself, and asks
//! for nothing of a list.

use std::collections::VecDeque;

use super::arena::Ref;

#[derive(Debug, Clone, Default)]
pub struct Ready {
    first: Option<Ref>,
    /// Empty while there is no first.
    rest: VecDeque<Ref>,
}

impl Ready {
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    #[inline(always)]
    pub fn push(&mut self, of: Ref) {
        match self.first {
            None => self.first = Some(of),
            Some(_) => self.push_behind(of),
        }
    }

    #[inline(never)]
    fn push_behind(&mut self, of: Ref) {
        self.rest.push_back(of);
    }

    #[inline(always)]
    pub fn pop(&mut self) -> Option<Ref> {
        let first = self.first.take();
        if !self.rest.is_empty() {
            self.first = self.rest.pop_front();
        }
        first
    }

    /// Takes the last one back, if it is this one.
    pub fn take_back(&mut self, of: Ref) -> bool {
        if self.rest.is_empty() {
            return self.first.take_if(|first| *first == of).is_some();
        }
        self.rest.pop_back_if(|last| *last == of).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever is done to it, it is the list that a `VecDeque` is.
        #[test]
        fn it_is_a_list(steps in prop::collection::vec((0u32..4, 0u8..4), 0..60)) {
            let (mut ready, mut list) = (Ready::default(), VecDeque::new());
            for (at, what) in steps {
                let of = Ref { at, generation: 1 };
                match what {
                    0 | 1 => {
                        ready.push(of);
                        list.push_back(of);
                    }
                    2 => prop_assert_eq!(ready.pop(), list.pop_front()),
                    _ => prop_assert_eq!(ready.take_back(of), list.pop_back_if(|last| *last == of).is_some()),
                }
                prop_assert_eq!(ready.is_empty(), list.is_empty());
            }
        }
    }
}
