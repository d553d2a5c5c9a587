//! Registers of activations. They stand apart from them, and so many for each as the handler that names most has: most
//! systems need few of the sixteen there may be, and what is not there is neither set, nor fetched, nor copied.

use std::ops::{Index, IndexMut};

use crate::system::{Reg, System};

#[derive(Debug, Clone)]
pub struct Registers {
    each: usize,
    /// Activation by activation.
    all: Vec<i64>,
}

impl Registers {
    pub fn new(system: &System) -> Registers {
        Registers { each: system.handlers.iter().map(|handler| handler.regs.len()).max().unwrap_or(0), all: Vec::new() }
    }

    /// An activation begins with its arguments, and with 0 in all others. Arguments that no handler has a name for nobody
    /// could ask for.
    #[inline]
    pub fn begin(&mut self, act: u32, args: &[i64]) {
        if self.each > 0 {
            self.fill(act, args);
        }
    }

    fn fill(&mut self, act: u32, args: &[i64]) {
        let start = act as usize * self.each;
        if self.all.len() < start + self.each {
            self.all.resize(start + self.each, 0);
        }
        let count = args.len().min(self.each);
        let (given, others) = self.of_mut(act).split_at_mut(count);
        given.iter_mut().zip(args).for_each(|(reg, value)| *reg = *value);
        others.fill(0);
    }

    #[inline]
    pub fn of(&self, act: u32) -> &[i64] {
        &self.all[act as usize * self.each..][..self.each]
    }

    #[inline]
    pub fn of_mut(&mut self, act: u32) -> &mut [i64] {
        &mut self.all[act as usize * self.each..][..self.each]
    }
}

/// One register of an activation.
impl Index<(u32, Reg)> for Registers {
    type Output = i64;

    #[inline]
    fn index(&self, (act, reg): (u32, Reg)) -> &i64 {
        &self.of(act)[usize::from(reg)]
    }
}

impl IndexMut<(u32, Reg)> for Registers {
    #[inline]
    fn index_mut(&mut self, (act, reg): (u32, Reg)) -> &mut i64 {
        &mut self.of_mut(act)[usize::from(reg)]
    }
}
